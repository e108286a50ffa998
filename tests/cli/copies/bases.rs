//! The state that a copy grew from: what was taken out since, and what was changed, is told by it.

use std::fs;

use snapbox::str;

use super::{COPY, theirs};
use crate::env::{BOOK, Env};

/// The control: with the newest version for a base, what was written here last would have been taken out there.
#[test]
fn what_the_other_copy_never_had_stays() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v letter");
    env.ok("log kim -v gift");
    env.write(COPY, theirs());
    env.ok("sync");
    for row in ["letter", "gift", "2026-11-20", "budget"] {
        assert!(env.book().contains(row), "{row}: {}", env.book());
    }
}

/// A sync program puts the other machine's book in the place of ours, and ours beside it.
#[test]
fn ours_is_joined_where_theirs_took_its_place() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v letter");
    env.ok("add \"Cy Ng\"");
    env.ok("remove bo");
    fs::rename(env.path("book.toml"), env.path(COPY)).expect("moved");
    env.write("book.toml", theirs());
    // What was wiped is in the copy, so nothing is missing.
    env.ok("sync");
    for row in ["letter", "Cy Ng", "2026-11-20"] {
        assert!(env.book().contains(row), "{row}: {}", env.book());
    }
    assert!(!env.book().contains("Bo Lind"), "{}", env.book());
    assert_eq!(env.names(), ["book.toml"]);
}

#[test]
fn what_syncthing_kept_may_be_the_base() {
    let env = Env::with_book(BOOK);
    fs::create_dir(env.path(".stversions")).expect("made");
    env.write(".stversions/book~20261101-101500.toml", BOOK);
    // Here Bo was taken out by hand before netkeep knew the book.
    let without = BOOK.replace("touches = [{ on = 2026-11-10, via = \"letter\" }]\n", "");
    env.write("book.toml", &without);
    env.write(COPY, theirs());
    env.ok("sync");
    // The history does not show that it was taken out, so nothing is proven, and it stays.
    assert!(env.book().contains("via = \"letter\""));
    assert!(env.book().contains("2026-11-20"));
}

/// Ours and the copy grew from what Syncthing kept: what was removed here stays removed, and what only ours has stays.
#[test]
fn what_syncthing_kept_is_the_base_where_both_grew_from_it() {
    let env = Env::with_book(&format!("{BOOK}\n[[contacts]]\nname = \"Cy Ng\"\n"));
    env.ok("remove bo");
    let before = env.book();
    env.write(COPY, theirs());
    // The control: without it nothing proves that Bo was removed here.
    env.run("sync")
        .code(1)
        .stderr_eq(str![[r#"
note: book.sync-conflict-20261120-101010-ABCDEFG.toml stays where it is: it would bring back Bo Lind, who was removed; `netkeep sync` asks about it at a terminal, `netkeep sync --copy book.sync-conflict-20261120-101010-ABCDEFG.toml --yes` joins it

"#]]);
    fs::create_dir(env.path(".stversions")).expect("made");
    env.write(".stversions/book~20261101-101500.toml", BOOK);
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    let touched = theirs().replacen(BOOK, "", 1);
    let kim = "name = \"Kim Jansen\"\n";
    assert_eq!(env.book(), before.replace(kim, &format!("{kim}{touched}")));
}

/// The copy may be from before the book got its values, and nothing here knows how it was then.
#[test]
fn an_old_copy_takes_no_value_away_from_a_book_that_is_new_to_netkeep() {
    let kim = "name = \"Kim Jansen\"\n";
    let env =
        Env::with_book(&BOOK.replace(kim, &format!("{kim}city = \"Lund\"\ntitle = \"Dr\"\n")));
    env.write(
        COPY,
        theirs().replace(kim, &format!("{kim}city = \"Oslo\"\n")),
    );
    env.ok("sync");
    for kept in [
        "\"Lund\"",
        "\"Dr\"",
        "city on the other copy: Oslo",
        "2026-11-20",
    ] {
        assert!(env.book().contains(kept), "{kept}: {}", env.book());
    }
}

/// Undone, it can be joined again; whether the book had something of its own, or is the copy then.
#[test]
fn a_copy_that_was_joined_and_undone_is_joined_again() {
    for before in [None, Some("log ana -v letter")] {
        let env = Env::with_book(BOOK);
        if let Some(command) = before {
            env.ok(command);
        }
        for _ in 0..2 {
            env.write(COPY, theirs());
            env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
            assert!(env.book().contains("2026-11-20"));
            env.run("undo").success();
            assert!(!env.book().contains("2026-11-20"));
        }
    }
}

/// The other copy did not grow from what was undone here, so that a newer one brings all of it, as the same one does.
#[test]
fn a_newer_copy_brings_what_was_undone_with_the_one_before() {
    for undo in ["undo", "undo 2 --yes"] {
        let env = Env::with_book(BOOK);
        let there = format!("{}\n[[contacts]]\nname = \"Cy Ng\"\n", theirs());
        env.write(COPY, &there);
        env.ok("sync");
        if undo != "undo" {
            env.ok("edit kim --set city=Oslo");
        }
        env.ok(undo);
        assert!(!env.book().contains("Cy Ng"));
        let newer = "via = \"call\" }, { on = 2026-11-21, via = \"letter\" }]";
        env.write(COPY, there.replace("via = \"call\" }]", newer));
        env.ok("sync");
        for row in ["2026-11-20", "2026-11-21", "Cy Ng"] {
            assert!(env.book().contains(row), "{row}: {}", env.book());
        }
    }
}

/// What was taken out here before the first copy came stays out.
#[test]
fn a_second_copy_of_one_machine_brings_back_nothing() {
    let env = Env::with_book(BOOK);
    env.ok("log bo --delete");
    let there = format!("{}\n[[contacts]]\nname = \"Cy Ng\"\n", theirs());
    env.write(COPY, &there);
    env.ok("sync");
    let book = env.book();
    assert!(!book.contains("2026-11-10") && book.contains("Cy Ng"));
    env.write(COPY, &there);
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: nothing new
Moved 1 copy with nothing new to the older versions

"#]]);
    assert_eq!(env.book(), book);
    env.write(COPY, format!("{there}city = \"Oslo\"\n"));
    env.ok("sync");
    assert_eq!(env.book(), format!("{book}city = \"Oslo\"\n"));
}

/// The title, which came with the city, proves which state the copy grew from: only the copy has changed the city since.
#[test]
fn a_value_that_only_the_copy_changed_is_the_copys() {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set city=Lund --set title=Dr");
    let theirs = env.book().replace("Lund", "Rome");
    env.ok("log bo");
    env.write(COPY, theirs);
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Ana Ruiz: city changed
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    assert!(env.book().contains("city = \"Rome\"\n"), "{}", env.book());
}

#[test]
fn who_has_another_name_here_is_not_called_removed() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -v letter");
    // Renamed by hand; the copy lacks a touch of every version, so nothing is proven.
    env.write("book.toml", env.book().replace("Bo Lind", "Boris Lind"));
    env.ok("log boris -v letter");
    env.write(COPY, theirs().replace("2026-11-10", "2026-11-09"));
    let left_because = |who: &str| {
        let run = env.run("sync").code(1);
        let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        let why = format!("stays where it is: it would bring back {who}; `netkeep sync` asks");
        assert!(said.contains(&why), "{said}");
    };
    left_because("Bo Lind, who is Boris Lind now");
    env.run("merge boris kim").success();
    env.run("remove ana").success();
    left_because(
        "Ana Ruiz, who was removed; and Bo Lind, who is Boris Lind now; and Kim Jansen, who is Boris Lind now",
    );
}

/// No state is proven that both grew from, and it says less than the first that is known.
#[test]
fn a_copy_that_is_older_than_the_history_is_left_and_told() {
    let env = Env::with_book(BOOK);
    env.ok("edit ana --set city=Lund");
    env.ok("edit ana --unset company");
    let start = BOOK.find("# --- friends").expect("there");
    env.write("old.toml", &BOOK[..start]);
    env.ok("log ana --delete");
    env.run("sync --copy old.toml")
        .code(1)
        .stderr_eq(str![[r#"
error: could not join old.toml: it is older than what is known of the book; `netkeep sync` asks about it at a terminal, `netkeep sync --copy old.toml --yes` joins it

"#]]);
}

/// Bo in the book.
const BO: &str = "[[contacts]]\nname = \"Bo Lind\"\nbucket = \"friends\"\n\
                  touches = [{ on = 2026-11-10, via = \"letter\" }]\n\n";

/// On another machine Bo was removed, and a touch of Ana's; nothing here proves it.
#[test]
fn what_a_copy_lacks_stays_and_is_told() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -v letter");
    // What is new here was never there.
    env.ok("add \"Cy Ng\"");
    env.ok("log ana -v gift");
    let budget =
        "  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n";
    let there = theirs().replace(BO, "").replace(budget, "");
    env.write(COPY, &there);
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Bo Lind is missing there and stays here: nothing proves a removal; `netkeep remove bo-lind` removes them
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Ana Ruiz: a call on Fri 2 Oct is missing there and stays here
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    for row in ["Bo Lind", "budget", "Cy Ng", "gift", "2026-11-20"] {
        assert!(env.book().contains(row), "{row}: {}", env.book());
    }
    // Finished here, it is proven from now on.
    env.ok("remove bo");
    env.write(COPY, there.replace("2026-11-20", "2026-11-21"));
    let run = env.run("sync --json").success();
    let done: serde_json::Value = serde_json::from_str(&crate::env::stdout(&run)).expect("JSON");
    assert_eq!(done["joined"][0]["missing"], serde_json::json!([]));
    assert_eq!(
        done["joined"][0]["missing_parts"],
        serde_json::json!(["Ana Ruiz"])
    );
}

/// The control: where it was removed, the history proves it, and there is nothing to tell.
#[test]
fn what_was_removed_here_is_proven() {
    let env = Env::with_book(BOOK);
    env.ok("remove bo");
    env.write(COPY, theirs());
    env.ok("sync").stdout_eq(str![[r#"
From book.sync-conflict-20261120-101010-ABCDEFG.toml: Kim Jansen: a call on Fri 20 Nov
Joined 1 copy, and moved it to the older versions; `netkeep undo` undoes it

"#]]);
    assert!(!env.book().contains("Bo Lind"));
}

/// A copy in which someone has another name lacks nobody.
#[test]
fn who_has_another_name_in_a_copy_is_not_missing_there() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -v letter");
    let budget =
        "  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n";
    let there = theirs()
        .replace(budget, "")
        .replace("Bo Lind", "Boris Lind");
    env.write(COPY, there);
    let run = env.run("sync").success();
    let said = crate::env::stdout(&run);
    assert!(!said.contains("Bo Lind is missing"), "{said}");
    assert!(said.contains("Boris Lind added"), "{said}");
}
