//! What of mail boxes was read before.

use std::fs;

use snapbox::str;

use crate::touches::{
    ANA, BO, BOOK, LOGGED_ONE, ME, NOTHING, OF_3_NOV, OF_5_NOV, after, imports, mbox, memory,
    message, rows, three, with,
};

#[test]
fn only_what_is_new_is_read() {
    let env = with(&[
        ("Mail/new/1.a", &message(1, 3, ME, ANA, None)),
        ("Mail/tmp/9.a", &message(9, 9, ME, ANA, None)),
    ]);
    imports(&env, "Mail", "1 touch with 1 person", LOGGED_ONE);
    // What was read moves, and cannot be read again: it is remembered.
    fs::remove_file(env.path("Mail/new/1.a")).expect("removed");
    env.write("Mail/cur/1.a:2,S", "nothing");
    env.write("Mail/new/2.a", message(2, 5, ANA, ME, Some(1)));
    let after = rows(BOOK, &[OF_3_NOV, OF_5_NOV], &[]);
    env.ok("import Mail --why --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
DAY                  NAME      TOUCH  WHY
Tue 3 Nov  answered  Ana Ruiz  email  you wrote; they answered on Thu 5 Nov
Thu 5 Nov  new       Ana Ruiz  email  they answered yours of Tue 3 Nov
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), after);
    // Without the memory the same comes of it.
    env.write("Mail/cur/1.a:2,S", message(1, 3, ME, ANA, None));
    fs::remove_dir_all(memory(&env)).expect("removed");
    let sum = "2 touches with 1 person (2 known already)";
    imports(&env, "Mail", sum, NOTHING);
    assert_eq!(env.book(), after);
}

#[test]
fn a_message_that_was_deleted_does_not_count() {
    let env = with(&[
        ("Mail/cur/1.a:2,ST", &message(1, 3, ME, ANA, None)),
        ("Mail/cur/2.a:2,D", &message(2, 4, ME, ANA, None)),
    ]);
    let sum = "no touches in 2 messages, 2 that do not count";
    imports(&env, "Mail", sum, NOTHING);
}

#[test]
fn an_mbox_that_has_grown_is_read_on() {
    let first = message(1, 3, ME, ANA, None);
    let env = with(&[("box", &mbox(std::slice::from_ref(&first)))]);
    imports(&env, "box", "1 touch with 1 person", LOGGED_ONE);
    env.write("box", mbox(&[first, message(2, 5, ANA, ME, Some(1))]));
    let sum = "2 touches with 1 person (1 answered since)";
    imports(&env, "box", sum, LOGGED_ONE);
    // Another mail box of the same name, and size.
    env.write(
        "box",
        mbox(&[message(3, 4, ME, BO, None), message(4, 6, BO, ME, Some(3))]),
    );
    let done = "Logged 2 touches with 1 person; `netkeep undo` undoes it";
    imports(&env, "box", "2 touches with 1 person", done);
}

#[test]
fn a_folder_counts_anew_each_time() {
    let env = with(&[("Mail/Drafts/Old/1.eml", &message(1, 3, ME, ANA, None))]);
    let sum = "no touches in 1 message, 1 that does not count";
    imports(&env, "Mail/Drafts/Old", sum, NOTHING);
    imports(&env, "Mail", sum, NOTHING);
    fs::rename(env.path("Mail/Drafts"), env.path("Mail/Letters")).expect("renamed");
    imports(&env, "Mail", "1 touch with 1 person", LOGGED_ONE);
}

#[test]
fn a_damaged_memory_is_read_again() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("undo");
    let folder = memory(&env);
    for damage in [
        |text: String| {
            text.lines()
                .skip(1)
                .map(|line| format!("{line}\n"))
                .collect()
        },
        |text: String| text[..text.len() / 2].to_owned(),
        |text: String| text.replacen("ana@acme", "eve@acme", 1),
        |_| "{}\n".to_owned(),
    ] as [fn(String) -> String; 4]
    {
        let file = fs::read_dir(&folder).expect("a folder").next();
        let file = file.expect("a file").expect("an entry").path();
        fs::write(&file, damage(fs::read_to_string(&file).expect("text"))).expect("written");
        env.ok("import box --yes");
        assert_eq!(env.book(), after());
        env.ok("undo");
    }
}

#[test]
fn a_purge_forgets_who_wrote() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let memory = memory(&env);
    assert!(memory.exists());
    env.run("remove --purge bo-lind").success();
    assert!(!memory.exists());
}

#[test]
fn a_message_of_a_folder_leaves_the_others_remembered() {
    let env = with(&[
        ("A/cur/1.a:2,S", &message(1, 3, ME, ANA, None)),
        ("A/cur/2.a:2,S", &message(2, 4, ME, BO, None)),
        ("B/cur/3.b:2,S", &message(3, 7, ANA, ME, Some(1))),
    ]);
    env.ok("import A --yes");
    let sum = "1 touch with 1 person (1 known already)";
    imports(&env, "A/cur/2.a:2,S", sum, NOTHING);
    let sum = "2 touches with 1 person (1 answered since)";
    imports(&env, "B", sum, LOGGED_ONE);
}

#[test]
fn what_was_read_before_counts_with_its_flags() {
    let env = with(&[
        ("A/cur/1.a:2,S", &message(1, 3, ME, ANA, None)),
        ("B/cur/3.b:2,ST", &message(3, 7, ANA, ME, Some(1))),
    ]);
    env.ok("import B --yes");
    imports(&env, "A", "1 touch with 1 person", LOGGED_ONE);
    let row = "  { on = 2026-11-03, via = \"email\", direction = \"out\", source = \"mail\" },\n";
    assert_eq!(env.book(), rows(BOOK, &[row], &[]));
}
