//! Touches that were read, beside those of the user: deleted, changed and logged by hand.

use snapbox::str;

use crate::touches::{ANA, BOOK, ME, mbox, message, three, with};

#[test]
fn what_was_deleted_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("log --delete bo -d 2026-11-06");
    let ignored = "ignored = [\n  \"2026-11-06 email Bo Lind\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
    let after = env.book();
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted
Nothing to write

"#]]);
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_deleted_in_an_editor_stays_away() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let row = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
    env.write("book.toml", env.book().replace(row, ""));
    let lines = env.book().lines().count();
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 that you
  deleted
Remembered in `[sources]` of the book; `netkeep undo` undoes it

"#]]);
    let ignored = "ignored = [\n  \"2026-11-05 email Ana Ruiz\",\n]\n";
    assert!(env.book().contains(ignored), "{}", env.book());
    assert_eq!(env.book().lines().count(), lines + 3);
    let after = env.book();
    env.ok("import box --yes");
    assert_eq!(env.book(), after);
}

#[test]
fn what_was_logged_by_hand_is_that_touch() {
    let env = with(&[("box", &three())]);
    env.ok("log bo -v email -d 2026-11-06 --out -m 'asked'");
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 3 touches with 2 people (1 known already), 1 message of people not in the book
Logged 2 touches with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_plan_without_a_reason_is_spent_and_a_promise_stays() {
    let book = BOOK.replace(
        "email = \"bo@lind.example\"\n",
        "email = \"bo@lind.example\"\nnext = { on = 2026-11-04 }\npromises = [{ what = \"call\" }]\n",
    );
    let env = with(&[("box", &three())]);
    env.write("book.toml", &book);
    env.ok("import box --yes");
    assert!(
        env.book()
            .contains("next = { on = 2026-11-04 }\npromises = [{ what = \"call\" }]\n")
    );
}

#[test]
fn what_was_deleted_on_another_machine_goes() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let ignored = "# that is me\nignored = ['2026-11-06 email Bo Lind']\n";
    env.write("book.toml", env.book().replace("# that is me\n", ignored));
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already), 1 message of people not in the book, 1 that you
  deleted on another machine
Took out 1 touch that you deleted on another machine; `netkeep undo` undoes it

"#]]);
    assert!(!env.book().contains("2026-11-06, via"));
}

#[test]
fn a_direction_of_the_users_own_stays() {
    let env = with(&[("box", &mbox(&[message(1, 3, ANA, ME, None)]))]);
    env.ok("import box --yes");
    env.ok("log ana --amend --out");
    let own = "{ on = 2026-11-03, via = \"email\", direction = \"out\" }";
    assert!(env.book().contains(own), "{}", env.book());
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person (1 known already)
Nothing to write

"#]]);
}

#[test]
fn an_import_of_people_in_between_does_not_bring_back_what_was_deleted() {
    let env = with(&[
        ("box", &three()),
        ("people.csv", "name,email\nCy,cy@x.example\n"),
    ]);
    env.ok("import box --yes");
    let row = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
    env.write("book.toml", env.book().replace(row, ""));
    env.run("import people.csv --yes").success();
    env.ok("import box --yes");
    assert!(!env.book().contains("on = 2026-11-05"), "{}", env.book());
}

#[test]
fn a_correction_there_and_back_leaves_the_row() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("log bo --amend -d 2026-11-09");
    assert!(
        env.book().contains("2026-11-06 email Bo Lind"),
        "{}",
        env.book()
    );
    env.ok("log bo --amend -d 2026-11-06");
    assert!(
        !env.book().contains("2026-11-06 email Bo Lind"),
        "{}",
        env.book()
    );
    let before = env.book();
    env.ok("import box --yes");
    assert_eq!(env.book(), before);
}

#[test]
fn what_is_put_back_in_an_editor_stays() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let row = "  { on = 2026-11-05, via = \"email\", source = \"mail\" },\n";
    env.write("book.toml", env.book().replace(row, ""));
    env.ok("import box --yes");
    let above = "  { on = 2026-11-03, via = \"email\", source = \"mail\" },\n";
    let back = env.book().replace(above, &format!("{above}{row}"));
    env.write("book.toml", &back);
    env.ok("import box --yes");
    assert!(
        env.book().contains(row) && !env.book().contains("email Ana Ruiz\""),
        "{}",
        env.book()
    );
}
