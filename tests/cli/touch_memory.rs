//! What of mail boxes was read before.

use std::fs;

use snapbox::str;

use crate::touches::{AFTER, ANA, BO, ME, mbox, message, three, with};

#[test]
fn only_what_is_new_is_read() {
    let env = with(&[]);
    let maildir = |folder: &str, name: &str, text: &str| {
        let folder = env.path("Mail").join(folder);
        for folder in ["cur", "new", "tmp"] {
            fs::create_dir_all(env.path("Mail").join(folder)).expect("a folder");
        }
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(name), text).expect("written");
    };
    maildir("new", "1.a", &message(1, 3, ME, ANA, None));
    maildir("tmp", "9.a", &message(9, 9, ME, ANA, None));
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    // What was read moves, and cannot be read again: it is remembered.
    fs::rename(env.path("Mail/new/1.a"), env.path("Mail/cur/1.a:2,S")).expect("moved");
    fs::write(env.path("Mail/cur/1.a:2,S"), "nothing").expect("written");
    maildir("new", "2.a", &message(2, 5, ANA, ME, Some(1)));
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    assert!(
        env.book()
            .contains("{ on = 2026-11-03, via = \"email\", source = \"mail\" }")
    );
    // Without the memory the same comes of it.
    fs::write(env.path("Mail/cur/1.a:2,S"), message(1, 3, ME, ANA, None)).expect("written");
    fs::remove_dir_all(env.home().join(".local/state/netkeep/sources")).expect("removed");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (2 known already)
Nothing to write

"#]]);
}

#[test]
fn a_message_that_was_deleted_does_not_count() {
    let env = with(&[]);
    fs::create_dir_all(env.path("Mail/cur")).expect("a folder");
    fs::write(env.path("Mail/cur/1.a:2,ST"), message(1, 3, ME, ANA, None)).expect("written");
    fs::write(env.path("Mail/cur/2.a:2,D"), message(2, 4, ME, ANA, None)).expect("written");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: no touches in 2 messages, 2 that do not count
Nothing to write

"#]]);
}

#[test]
fn an_mbox_that_has_grown_is_read_on() {
    let env = with(&[("box", &mbox(&[message(1, 3, ME, ANA, None)]))]);
    env.ok("import box --yes");
    let grown = mbox(&[
        message(1, 3, ME, ANA, None),
        message(2, 5, ANA, ME, Some(1)),
    ]);
    env.write("box", grown);
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    // Another mail box of the same name, and size.
    env.write(
        "box",
        mbox(&[message(3, 4, ME, BO, None), message(4, 6, BO, ME, Some(3))]),
    );
    env.ok("import box --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person
Logged 2 touches with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_folder_counts_anew_each_time() {
    let env = with(&[("Mail/Drafts/Old/1.eml", &message(1, 3, ME, ANA, None))]);
    for box_name in ["Mail/Drafts/Old", "Mail"] {
        env.ok(&format!("import {box_name} --yes"))
            .stdout_eq(str![[r#"
mail: no touches in 1 message, 1 that does not count
Nothing to write

"#]]);
    }
    fs::rename(env.path("Mail/Drafts"), env.path("Mail/Letters")).expect("renamed");
    env.ok("import Mail --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_damaged_memory_is_read_again() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    env.ok("undo");
    let folder = env.home().join(".local/state/netkeep/sources");
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
        assert_eq!(env.book(), AFTER);
        env.ok("undo");
    }
}

#[test]
fn a_purge_forgets_who_wrote() {
    let env = with(&[("box", &three())]);
    env.ok("import box --yes");
    let memory = env.home().join(".local/state/netkeep/sources");
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
    env.ok("import A/cur/2.a:2,S --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person (1 known already)
Nothing to write

"#]]);
    env.ok("import B --yes").stdout_eq(str![[r#"
mail: 2 touches with 1 person (1 answered since)
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
}

#[test]
fn what_was_read_before_counts_with_its_flags() {
    let env = with(&[
        ("A/cur/1.a:2,S", &message(1, 3, ME, ANA, None)),
        ("B/cur/3.b:2,ST", &message(3, 7, ANA, ME, Some(1))),
    ]);
    env.ok("import B --yes");
    env.ok("import A --yes").stdout_eq(str![[r#"
mail: 1 touch with 1 person
Logged 1 touch with 1 person; `netkeep undo` undoes it

"#]]);
    assert!(env.book().contains("direction = \"out\""), "{}", env.book());
}
