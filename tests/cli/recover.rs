//! An editor's old buffer is saved over what netkeep wrote: it is told once, and `check --recover` puts all of it back.

use snapbox::cmd::OutputAssert;
use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// An editor loads the book, `commands` write, and the editor saves its buffer with another comment. Returns the book
/// that netkeep had written, with that comment.
fn wiped(env: &Env, commands: &[&str]) -> String {
    let edited = |book: String| book.replacen("# My network.", "# My network, edited.", 1);
    let buffer = edited(env.book());
    for command in commands {
        env.run(command).success();
    }
    let written = edited(env.book());
    env.write("book.toml", &buffer);
    written
}

fn stderr(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("UTF-8")
}

/// What these commands wrote is told by the next one, and put back.
#[track_caller]
fn case(commands: &[&str], told: &str) {
    let env = Env::with_book(BOOK);
    env.ok("log kim -d 2026-11-01 -m first");
    let written = wiped(&env, commands);
    let said = stderr(&env.run("edit kim --set city=Rome").success());
    let expected = format!(
        "warning: an older copy was saved over the book: {told} lost\n\
         hint: `netkeep check --recover` restores what is lost\n"
    );
    assert_eq!(said, expected, "{commands:?}");
    env.ok("edit kim --unset city");
    env.ok("check --recover");
    assert_eq!(env.book(), written, "{commands:?}");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
    env.ok("undo");
    env.ok("check");
}

#[test]
fn whatever_wrote_it_is_told_and_put_back() {
    for (commands, told) in [
        (&["log ana"][..], "a call with Ana Ruiz today is"),
        (
            &["log ana -v call -m one", "log ana -v call -m two"],
            "a call with Ana Ruiz today (“one”) and a call with Ana Ruiz today (“two”) are",
        ),
        (
            &["move bo clients", "move bo friends", "move bo none"],
            "the end of the bucket of Bo Lind is",
        ),
        (
            &["snooze ana --until '7 dec'", "snooze ana --until '14 dec'"],
            "the plan with Ana Ruiz is",
        ),
        (
            &[
                "log bo -m precious",
                "edit ana --set city=Oslo",
                "edit ana --unset city",
            ],
            "a letter with Bo Lind today is",
        ),
        (
            &["log bo -m precious", "log ana", "undo"],
            "a letter with Bo Lind today is",
        ),
        (
            &["log bo -m precious", "undo", "undo --redo"],
            "a letter with Bo Lind today is",
        ),
        (
            &["log --delete ana"],
            "the deletion of a call with Ana Ruiz on Fri 2 Oct is",
        ),
        (&["remove bo"], "the removal of Bo Lind is"),
        (
            &[
                "rename bo 'Bo the Elder'",
                "edit bo --set city=Oslo",
                "log bo",
            ],
            "the name Bo the Elder for Bo Lind, a letter with Bo the Elder today and the city of Bo the Elder are",
        ),
        (
            &["merge ana bo"],
            "a letter with Ana Ruiz on Tue 10 Nov, the aka of Ana Ruiz, the notes of Ana Ruiz and the removal of Bo Lind are",
        ),
        (
            &["bucket set friends --cadence '3 weeks'"],
            "the change of the bucket friends is",
        ),
        (
            &["bucket rename friends pals"],
            "the name pals for the bucket friends and the bucket of Bo Lind are",
        ),
        (
            &["edit ana --set tags+=a --set shoe=42"],
            "the tags of Ana Ruiz are",
        ),
        (
            &["edit ana --set shoe=42"],
            "comments or keys of Ana Ruiz are",
        ),
        (
            &[
                "add Zed",
                "add Zoë",
                "promise bo photos",
                "log bo -m seen",
                "log ana",
            ],
            "a call with Ana Ruiz today, a letter with Bo Lind today, the promise “photos” to Bo Lind and 2 more are",
        ),
    ] {
        case(commands, told);
    }
}

/// The buffer has another value of a contact or a bucket that netkeep has removed, renamed or merged since, or of one that
/// both added: all else is put back.
#[test]
fn what_was_edited_on_both_sides_hides_nothing() {
    const PHONE: [&str; 2] = ["name = \"Kim Jansen\"\n", "phone = \"+1 555 0199\""];
    const ZED: [&str; 2] = [PHONE[0], "\n[[contacts]]\nname = \"Zed\"\ncity = \"Rome\""];
    const CADENCE: [&str; 2] = ["cadence = \"5 weeks\"\n", "limit = 3"];
    const TAG: [&str; 2] = [PHONE[0], "tags = \"a\""];
    for (commands, [after, typed]) in [
        (&["remove kim"][..], PHONE),
        (&["remove kim", "log bo -m last"], PHONE),
        (&["rename kim 'Eva Moe'"], PHONE),
        (&["merge bo kim"], PHONE),
        (&["remove kim", "undo"], PHONE),
        (&["bucket remove spare"], CADENCE),
        (&["bucket remove spare", "undo"], CADENCE),
        (&["bucket rename spare pals"], CADENCE),
        (&["add Zed"], ZED),
        (&["edit kim --set tags+=a --set tags+=b"], TAG),
    ] {
        let env = Env::with_book(BOOK);
        env.ok("bucket add spare --cadence '5 weeks'");
        let buffer = env.book().replace(after, &format!("{after}{typed}\n"));
        env.ok("log ana -m precious");
        for command in commands {
            env.run(command).success();
        }
        env.write("book.toml", &buffer);
        let said = stderr(&env.run("log bo -d 2026-05-05 -m probe").success());
        assert!(
            said.contains("a call with Ana Ruiz today"),
            "{commands:?}\n{said}"
        );
        env.ok("check --recover");
        let book = env.book();
        let is_last_there =
            book.contains("\"last\"") || commands.len() == 1 || commands[1] == "undo";
        assert!(
            book.contains("\"precious\"") && is_last_there,
            "{commands:?}\n{book}"
        );
        let kept = typed.lines().next_back().expect("a line");
        let kept = kept.split_once(" = ").expect("a value").1;
        assert!(book.contains(kept), "{commands:?}\n{book}");
        env.ok("check --recover").stdout_eq("Nothing to restore\n");
    }
}

/// The buffer holds what an undo took out since: it is taken out again.
#[test]
fn an_undo_that_an_old_buffer_took_back_is_told() {
    let env = Env::with_book(BOOK);
    env.ok("log bo -m kept");
    let kept = env.book();
    env.ok("log ana -m oops");
    env.write("buffer", env.book() + "# edited\n");
    env.ok("undo");
    env.write(
        "book.toml",
        std::fs::read_to_string(env.path("buffer")).expect("there"),
    );
    env.run("check").code(1).stdout_eq(str![[r#"
warning: an older copy was saved over the book: the deletion of a call with Ana Ruiz today is lost
hint: `netkeep check --recover` restores what is lost
book.toml: 1 problem

"#]]);
    env.run("log kim -d 2026-11-01 -m probe").success();
    env.ok("check --recover")
        .stdout_eq("Redid the deletion of a call with Ana Ruiz today\n");
    env.ok("undo 2 -y");
    env.ok("check --recover");
    assert_eq!(env.book(), kept + "# edited\n");
}

#[test]
fn nothing_is_told_where_nothing_was_written() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -m first");
    wiped(&env, &[]);
    env.ok("log kim -v call");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
    // Nor about other newlines, another order, or what is typed into what netkeep wrote.
    for (from, to) in [
        ("\n", "\r\n"),
        ("# My network, edited.", "# Mine."),
        ("note = \"first\"", "note = \"first, by phone\""),
        (
            "via = \"call\" },\r\n]",
            "via = \"call\", got = \"a hint\" },\r\n]",
        ),
        ("\r\n", "\n"),
    ] {
        let edited = env.book().replace(from, to);
        assert_ne!(edited, env.book(), "{from}");
        env.write("book.toml", &edited);
        env.ok("check --recover").stdout_eq("Nothing to restore\n");
        env.ok("edit bo --set city=Oslo");
        env.ok("edit bo --unset city");
        assert_eq!(env.book(), edited);
    }
}

/// The editor at the whole book writes as well, and nothing that comes later would tell.
#[test]
fn the_editor_at_the_whole_book_tells_what_was_wiped() {
    let env = Env::with_book(BOOK).editor("echo '# more' >> \"$1\"");
    wiped(&env, &["log ana -m one"]);
    let said = stderr(&env.run("edit").success());
    assert!(
        said.contains("a call with Ana Ruiz today is lost"),
        "{said}"
    );
    env.ok("log bo");
}

/// An old buffer brings back those who were purged, and no older version is left to tell.
#[test]
fn who_was_purged_and_is_back_with_an_old_buffer_is_told_once() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -m one");
    let buffer = env.book() + "# edited\n";
    env.ok("remove --purge --yes \"Kim Jansen\" \"Bo Lind\"");
    env.write("book.toml", &buffer);
    env.run("check").code(1).stdout_eq(str![[r#"
warning: Bo Lind and Kim Jansen were purged and are back in the book
hint: `netkeep remove --purge 'Bo Lind' 'Kim Jansen'` purges again
book.toml: 1 problem

"#]]);
    env.run("log ana -m two").success().stderr_eq(str![[r#"
warning: Bo Lind and Kim Jansen were purged and are back in the book
hint: `netkeep remove --purge 'Bo Lind' 'Kim Jansen'` purges again

"#]]);
    env.ok("log ana -m three");
    env.ok("remove --purge --yes 'Bo Lind' 'Kim Jansen'");
    // Nobody who is typed in anew is told, nor one who was added again.
    env.write(
        "book.toml",
        env.book() + "\n[[contacts]]\nname = \"Kim Berg\"\n",
    );
    env.ok("log kim");
    env.ok("add 'Bo Lind'");
    env.write("book.toml", env.book() + "# edited\n");
    env.ok("log bo");
}

/// Who takes out by hand what netkeep wrote last is told, once.
#[test]
fn what_was_taken_out_by_hand_is_told_once() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -m one");
    env.write("book.toml", BOOK);
    let said = stderr(&env.run("log bo").success());
    assert!(
        said.contains("a call with Ana Ruiz today is lost"),
        "{said}"
    );
    env.ok("log kim");
    env.ok("check").stdout_eq(str![[r#"
note: an older copy was saved over the book once: a call with Ana Ruiz today is still lost
hint: unless that was meant, `netkeep check --recover` restores what is lost
book.toml: 3 contacts, no problems, 1 note

"#]]);
    // A command takes out what was put back: it stays out.
    env.ok("check --recover");
    env.ok("log --delete ana");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
}

/// Both machines changed the same list, and the sync program took the other side: the join has every item, in its own order.
#[test]
fn what_a_sync_joined_is_not_lost() {
    let env = Env::with_book(BOOK);
    let theirs = BOOK.replacen(
        "name = \"Ana Ruiz\"\n",
        "name = \"Ana Ruiz\"\ntags = [\"chess\"]\n",
        1,
    );
    env.ok("edit ana --set tags+=bikes --set city=Rome");
    let ours = env.book();
    env.write("book.toml", &theirs);
    let copy = "book.sync-conflict-20261120-101010-ABCDEFG.toml";
    env.write(copy, &ours);
    env.ok("sync");
    assert!(
        env.book().contains(r#"["chess", "bikes"]"#),
        "{}",
        env.book()
    );
    env.ok("check")
        .stdout_eq("book.toml: 3 contacts, no problems\n");
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
    // Control: what is taken out again is lost, and told.
    env.write("book.toml", &theirs);
    let said = stderr(&env.run("log bo").success());
    assert!(said.contains("the city of Ana Ruiz"), "{said}");
}

#[test]
fn a_buffer_that_is_saved_again_and_again_loses_nothing() {
    let env = Env::with_book(BOOK);
    let buffer = env.book() + "# edited\n";
    env.ok("log ana -m one");
    env.write("book.toml", &buffer);
    env.run("log bo -m two").success();
    env.write("book.toml", format!("{buffer}# again\n"));
    let said = stderr(&env.run("add Zed").success());
    assert!(
        said.contains("a letter with Bo Lind today is lost"),
        "{said}"
    );
    env.ok("check --recover").stdout_eq(str![[r#"
Restored a call with Ana Ruiz today
Restored a letter with Bo Lind today

"#]]);
    let book = env.book();
    for part in ["\"one\"", "\"two\"", "# edited\n# again\n", "Zed"] {
        assert!(book.contains(part), "{part}\n{book}");
    }
    env.ok("check --recover").stdout_eq("Nothing to restore\n");
}

#[test]
fn a_dry_run_shows_what_comes_back_and_json_lists_it() {
    let env = Env::with_book(BOOK);
    wiped(&env, &["log ana -m one"]);
    let before = env.book();
    let shown = stdout(&env.ok("check --recover -n"));
    assert!(
        shown.contains("+  { on = 2026-11-23, via = \"call\", note = \"one\" },"),
        "{shown}"
    );
    assert_eq!(env.book(), before);
    let told = stdout(&env.ok("check --recover --json"));
    assert!(told.contains("\"one\""), "{told}");
    assert_ne!(env.book(), before);
}
