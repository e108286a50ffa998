//! Touches that were read, beside those of the user: deleted, changed and logged by hand.

use snapbox::str;

use crate::touches::{
    ANA, BOOK, ME, NOTHING, OF_3_NOV, OF_5_NOV, OF_6_NOV, after, imports, mbox, message, rows,
    sources, take_out, three, with,
};

/// The book that ignores a touch.
fn ignoring(book: &str, touch: &str) -> String {
    sources(book, &format!("ignored = [\n  \"{touch}\",\n]\n"))
}

#[test]
fn what_was_deleted_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("log --delete bo -d 2026-11-06");
    let book = rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[]);
    let after = ignoring(&book, "2026-11-06 email Bo Lind");
    assert_eq!(env.book(), after);
    env.ok("import box --why --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted
DAY                 NAME      TOUCH       WHY
Tue 3 Nov  known    Ana Ruiz  email       you wrote; they answered on Thu 5 Nov
Thu 5 Nov  known    Ana Ruiz  email       they answered yours of Tue 3 Nov
Fri 6 Nov  deleted  Bo Lind   email, out  you wrote; no answer yet
1 message: nobody in the book
Nothing to write

"#]]);
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_deleted_in_an_editor_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    take_out(&env, OF_5_NOV);
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 that you
  deleted
Remembered in `[sources]` of the book; `netkeep undo` undoes it

"#]]);
    let book = rows(BOOK, &[OF_3_NOV], &[OF_6_NOV]);
    let after = ignoring(&book, "2026-11-05 email Ana Ruiz");
    assert_eq!(env.book(), after);
    env.ok("import box --yes");
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_logged_by_hand_is_that_touch() {
    let env = with(&[("box", &three())]);
    env.ok("log bo -v email -d 2026-11-06 --out -m 'asked'");
    imports(
        &env,
        "box",
        "3 touches with 2 people (1 known already), 1 message of people not in the book",
        "Logged 2 touches with 1 person; `netkeep undo` undoes it",
    );
    let by_hand = OF_6_NOV.replace("source = \"mail\"", "note = \"asked\"");
    let after = rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[&by_hand]);
    assert_eq!(env.book(), after);
}

#[test]
fn a_plan_without_a_reason_is_spent_and_a_promise_stays() {
    let with_plan = |book: &str| {
        book.replace(
            "email = \"bo@lind.example\"\n",
            "email = \"bo@lind.example\"\nnext = { on = 2026-11-04 }\npromises = [{ what = \"call\" }]\n",
        )
    };
    let env = with(&[("box", &three())]);
    env.write("book.toml", with_plan(BOOK));
    env.ok("import box --yes");
    assert_eq!(env.book(), with_plan(&after()));
    env.ok("due --why bo").stdout_eq(str![[r#"
Bo Lind
  last touch  Fri 6 Nov, 17 days ago (email, from your mail)
  cadence     4 weeks, from the bucket clients
  next        Wed 4 Nov, 19 days ago (spent by the last touch)
  promise     no day: call
  due day     Fri 4 Dec, in 11 days = last touch + cadence
  limit       Fri 18 Dec, in 4 weeks: inside it
  pressure    17 of 28 days = 0.61
  state       in 11 days
  class       not due this week
  place       not in this week
  how         email bo@lind.example

"#]]);
}

#[test]
fn what_was_deleted_on_another_machine_goes() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let ignored = "ignored = ['2026-11-06 email Bo Lind']\n";
    env.write("book.toml", sources(&env.book(), ignored));
    env.ok("import box --why --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted on another machine
DAY               NAME      TOUCH       WHY
Tue 3 Nov  known  Ana Ruiz  email       you wrote; they answered on Thu 5 Nov
Thu 5 Nov  known  Ana Ruiz  email       they answered yours of Tue 3 Nov
Fri 6 Nov  goes   Bo Lind   email, out  you wrote; no answer yet
1 message: nobody in the book
Took out 1 touch that you deleted on another machine; `netkeep undo` undoes it

"#]]);
    let book = rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[]);
    assert_eq!(env.book(), sources(&book, ignored));
}

#[test]
fn a_direction_of_the_users_own_stays() {
    let env = with(&[("box", &mbox(&[message(1, 3, ANA, ME, None)]))]);
    env.ok("import box --yes");
    env.ok("log ana --amend --out");
    let own = "  { on = 2026-11-03, via = \"email\", direction = \"out\" },\n";
    let after = rows(BOOK, &[own], &[]);
    assert_eq!(env.book(), after);
    let sum = "1 touch with 1 person (1 known already)";
    imports(&env, "box", sum, NOTHING);
    assert_eq!(env.book(), after);
}

#[test]
fn an_import_of_people_in_between_does_not_bring_back_what_was_deleted() {
    let env = with(&[
        ("box", &three()),
        ("people.csv", "name,email\nCy,cy@x.example\n"),
    ]);
    env.ok("import box --yes");
    take_out(&env, OF_5_NOV);
    env.run("import people.csv --yes").success();
    let before = env.book();
    env.ok("import box --yes");
    assert_eq!(env.book(), ignoring(&before, "2026-11-05 email Ana Ruiz"));
}

#[test]
fn a_correction_there_and_back_leaves_the_row() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("log bo --amend -d 2026-11-09");
    // On a day that the user gives, nothing was read: the row is theirs.
    let own = OF_6_NOV.replace(", source = \"mail\"", "");
    let ignoring_6_nov = |row: &str| {
        let book = rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[row]);
        ignoring(&book, "2026-11-06 email Bo Lind")
    };
    let corrected = own.replace("11-06", "11-09");
    assert_eq!(env.book(), ignoring_6_nov(&corrected));
    env.ok("log bo --amend -d 2026-11-06");
    let before = ignoring_6_nov(&own);
    assert_eq!(env.book(), before);
    env.ok("import box --yes");
    assert_eq!(env.book(), before);
}

#[test]
fn what_is_put_back_in_an_editor_stays() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    take_out(&env, OF_5_NOV);
    env.ok("import box --yes");
    let back = ignoring(&after(), "2026-11-05 email Ana Ruiz");
    env.write("book.toml", &back);
    env.ok("import box --yes");
    assert_eq!(env.book(), after());
}
