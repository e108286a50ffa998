//! The sources that the book names, and the user's own addresses.

use std::fs;

use snapbox::{IntoData, str};

use crate::env::Env;
use crate::touches::{
    ANA, BO, BOOK, ME, OF_3_NOV, OF_5_NOV, OF_6_NOV, after, mbox, message, rows, sources, three,
    with,
};

#[test]
fn without_sources_a_file_must_be_named() {
    let env = Env::with_book(BOOK);
    env.fails("import --yes", 1).stderr_eq(str![[r#"
error: the book names no mail box, calendar or call list to read
hint: name a file: `netkeep import FILE`, or write them in the book, as in `[sources]` with `mail = ["~/Mail"]`

"#]]);
}

/// Imports what `three` tells from what the book names, with these notes and warnings.
#[track_caller]
fn imports_three(env: &Env, named: &str, told: impl IntoData) {
    env.write("book.toml", sources(BOOK, named));
    env.run("import --yes")
        .success()
        .stdout_eq(str![[r#"
mail: 3 touches with 2 people, 1 message of people not in the book
Logged 3 touches with 2 people; `netkeep undo` undoes it

"#]])
        .stderr_eq(told);
    assert_eq!(env.book(), sources(&after(), named));
}

#[test]
fn reads_what_the_book_names_and_what_this_machine_lacks_is_a_note() {
    let env = with(&[("mail/box", &three())]);
    let named = "mail = ['mail', '~/Mail']\ncalendar = 'gone.ics'\n";
    imports_three(
        &env,
        named,
        str![[r#"
note: ~/Mail is not on this machine
note: gone.ics is not on this machine

"#]],
    );
    env.run("import --yes --quiet")
        .success()
        .stdout_eq("")
        .stderr_eq("");
    fs::create_dir_all(env.home().join("Mail/cur")).expect("a folder");
    fs::write(
        env.home().join("Mail/cur/1:2,S"),
        message(8, 9, ANA, ME, None),
    )
    .expect("written");
    env.run("import --yes --quiet")
        .success()
        .stdout_eq("")
        .stderr_eq("");
    let row = "  { on = 2026-11-09, via = \"email\", direction = \"in\", source = \"mail\" },\n";
    let after = rows(BOOK, &[OF_3_NOV, OF_5_NOV, row], &[OF_6_NOV]);
    assert_eq!(env.book(), sources(&after, named));
}

#[test]
fn mail_of_others_alone_is_told_to_mean_other_addresses() {
    let env = with(&[("box", &mbox(&[message(1, 3, ANA, BO, None)]))]);
    env.run("import box --yes")
        .success()
        .stdout_eq(str![[r#"
mail: no touches in 1 message, 1 that does not count
Nothing to write

"#]])
        .stderr_eq(str![[r#"
hint: none of these messages is to or from sam@keeper.example; if you have other addresses, add them to `me` in `[sources]` of the book

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_first_day_is_remembered_for_the_sources_of_the_book() {
    let env = with(&[("mail/box", &three())]);
    env.write("book.toml", sources(BOOK, "mail = 'mail'\n"));
    env.ok("import --yes --since 2026-11-05")
        .stdout_eq(str![[r#"
mail: 2 touches with 2 people, 1 message of people not in the book, 1 from before Thu 5 Nov
Logged 2 touches with 2 people; `netkeep undo` undoes it

"#]]);
    let late = rows(BOOK, &[OF_5_NOV], &[OF_6_NOV]);
    let named = "mail = 'mail'\nuntil = 2026-11-05\n";
    assert_eq!(env.book(), sources(&late, named));
    env.ok("import --yes").stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 from before
  Thu 5 Nov
Nothing to write

"#]]);
    // A file that is named obeys it, too.
    env.ok("import mail/box --why --yes --since 2026-01-01")
        .stdout_eq(str![[r#"
mail: 2 touches with 2 people (2 known already), 1 message of people not in the book, 1 from before
  Thu 5 Nov
DAY                 NAME      TOUCH       WHY
Tue 3 Nov  too old  Ana Ruiz  email       you wrote; they answered on Thu 5 Nov
Thu 5 Nov  known    Ana Ruiz  email       they answered yours of Tue 3 Nov
Fri 6 Nov  known    Bo Lind   email, out  you wrote; no answer yet
1 message: nobody in the book
Nothing to write

"#]]);
    env.ok("import --yes --since 2026-11-01");
    let named = "mail = 'mail'\nuntil = 2026-11-01\n";
    assert_eq!(env.book(), sources(&after(), named));
}

#[cfg(unix)]
#[test]
fn one_that_cannot_be_read_does_not_stop_the_others() {
    let env = with(&[("mail/box", &three())]);
    std::os::unix::fs::symlink("nowhere", env.path("mail/link")).expect("a link");
    let named = "mail = ['mail/link/x', 'book.toml', 'mail']\n";
    imports_three(
        &env,
        named,
        str![[r#"
note: mail/link/x is not on this machine
warning: [..]/book.toml holds no mail box, calendar or call list
hint: name an mbox, a Maildir, an .ics file or a folder of them, or a backup of calls

"#]],
    );
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_asks_which_addresses_are_the_users() {
    let sent = mbox(&[message(1, 3, ME, ANA, None), message(3, 6, ME, BO, None)]);
    let env = with(&[("mail/Sent", &sent), ("mail/Inbox", &three())]);
    env.write("book.toml", BOOK.replacen("me = ", "calls = ", 1));
    let mut session = crate::pty::at_a_terminal(&env, "import mail");
    session
        .exp_string("Which e-mail addresses are yours? [Enter: sam@keeper.example]")
        .expect("a question");
    session.send_line("").expect("sent");
    session.exp_string("Write this?").expect("a question");
    session.send_line("y").expect("sent");
    session.exp_string("Logged 3 touches").expect("done");
    session.exp_eof().expect("the end");
    assert!(
        env.book().contains("\nme = [\"sam@keeper.example\"]\n"),
        "{}",
        env.book()
    );
    env.ok("undo");
    assert!(!env.book().contains("\nme = "));
}

#[test]
fn nobody_is_guessed_to_be_the_user() {
    let env = with(&[("box", &three())]);
    env.write("book.toml", BOOK.replacen("me = \"sam", "mail = \"sam", 1));
    env.fails("import box --yes", 1).stderr_eq(str![[r#"
error: it is not known which addresses are yours
hint: write them in the book, as in `[sources]` with `me = ["sam@keeper.example"]`, or import at a terminal, where you are asked

"#]]);
    // A call list needs none.
    let calls = "<?xml version='1.0'?>\n<calls count=\"0\">\n</calls>\n";
    env.write("calls.xml", calls);
    env.ok("import calls.xml --yes").stdout_eq(str![[r#"
calls: no touches in 0 calls and messages
Nothing to write

"#]]);
}
