use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// The book after `args` has `new` where it had `old`, and is the same elsewhere.
#[track_caller]
fn changes(args: &str, old: &str, new: &str) {
    let env = Env::with_book(BOOK);
    env.ok(args);
    assert_eq!(env.book(), BOOK.replacen(old, new, 1));
}

#[test]
fn sets_and_removes_keys() {
    changes(
        "edit ana --set city=Madrid",
        "email = \"ana@acme.example\"\n",
        "email = \"ana@acme.example\"\ncity = \"Madrid\"\n",
    );
    changes(
        "edit ana --set company=Basalt",
        "company = \"Acme\"",
        "company = \"Basalt\"",
    );
    changes("edit ana --unset company", "company = \"Acme\"\n", "");
    changes(
        "edit ana --set email=a@b.example --set email=c@d.example --unset company",
        "company = \"Acme\"\nemail = \"ana@acme.example\"",
        "email = [\"a@b.example\", \"c@d.example\"]",
    );
    changes(
        "edit bo --set cadence=3w --set friendly=yes",
        "bucket = \"friends\"\n",
        "bucket = \"friends\"\ncadence = \"3 weeks\"\nfriendly = true\n",
    );
    changes(
        "edit kim --set 'next=fri: lunch'",
        "name = \"Kim Jansen\"\n",
        "name = \"Kim Jansen\"\nnext = { on = 2026-11-27, what = \"lunch\" }\n",
    );
    changes(
        "edit kim --set paused=2027-01-01",
        "name = \"Kim Jansen\"\n",
        "name = \"Kim Jansen\"\npaused = 2027-01-01\n",
    );
    changes(
        "edit kim --set birthday=--02-29 --set bucket=CLIENTS",
        "name = \"Kim Jansen\"\n",
        "name = \"Kim Jansen\"\nbucket = \"clients\"\nbirthday = \"--02-29\"\nnext = { on = 2026-11-30 }\n",
    );
}

#[test]
fn writes_nothing_when_nothing_changes() {
    changes(
        "edit ana --set company=Acme --unset city --set friendly=no",
        "",
        "",
    );
    Env::with_book(BOOK)
        .ok("edit ana --set company=Acme")
        .stdout_eq(str![[r#"
Nothing to change for Ana Ruiz

"#]]);
}

#[test]
fn refuses_invalid_keys_and_values() {
    let env = Env::with_book(BOOK);
    env.fails("edit ana --unset emial", 1).stderr_eq(str![[r#"
error: Ana Ruiz has no emial
hint: did you mean `email`?

"#]]);
    env.fails("edit ana --set touches=x", 2).stderr_eq(str![[r#"
error: `touches` is not a key of a contact that can be set
hint: touches are logged with `netkeep log`, and changed with its `--amend` or `--delete`

"#]]);
    env.fails("edit ana --set size.shoe=x", 2)
        .stderr_eq(str![[r#"
error: `size.shoe` is not a key
hint: a key of your own is a word, like `shoe`; tables are written in the editor, which `netkeep edit NAME` opens

"#]]);
    env.fails("edit ana --set city", 2).stderr_eq(str![[r#"
error: `city` is not KEY=VALUE
hint: write it like `--set city=Oslo`

"#]]);
    env.fails("edit ana --set city=", 2).stderr_eq(str![[r#"
error: an empty text is not a value for `city`
hint: `--unset KEY` removes a key

"#]]);
    env.fails("edit ana --set city=a --set city=b", 2)
        .stderr_eq(str![[r#"
error: `city` is set twice
hint: it holds one value

"#]]);
    env.fails("edit ana --set friendly=maybe", 2)
        .stderr_eq(str![[r#"
error: `maybe` is not a value for `friendly`
hint: write true or false

"#]]);
    env.fails("edit ana --set bucket=frends", 1)
        .stderr_eq(str![[r#"
error: there is no bucket `frends`
hint: did you mean `friends`?

"#]]);
    env.fails("edit ana --set 'name=Bo Lind'", 1)
        .stderr_eq(str![[r#"
error: `Bo Lind` is already in the book
hint: change that contact with `netkeep edit bo-lind`, or tell the two apart: "Bo Lind (Acme)"

"#]]);
    env.fails("edit ana --unset name", 2).stderr_eq(str![[r#"
error: a name cannot be blank

"#]]);
}

#[test]
fn the_editor_shows_only_the_contact() {
    let env = Env::with_book(BOOK).editor("cp \"$1\" seen.toml; sed -i 's/Acme/Basalt/' \"$1\"");
    env.ok("edit ana").stdout_eq(str![[r#"
Changed Ana Ruiz: company Basalt; was Acme

"#]]);
    let lines = "# Met in Madrid.\n[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clients\"\ncompany = \"Acme\"\nemail = \"ana@acme.example\"\ntouches = [\n  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n]\n\
                 # other keys: aka, cadence, limit, title, phone, links, address, city, birthday, dates, tags, met, friendly, paused, added, next, uid, notes, promises (netkeep help book)\n";
    assert_eq!(
        std::fs::read_to_string(env.path("seen.toml")).expect("seen"),
        lines
    );
    assert_eq!(env.book(), BOOK.replace("Acme", "Basalt"));
}

#[test]
fn an_editor_that_changes_nothing_or_fails_changes_nothing() {
    let env = Env::with_book(BOOK).editor("true");
    env.ok("edit ana").stdout_eq(str![[r#"
Nothing changed

"#]]);
    assert_eq!(env.book(), BOOK);
    Env::with_book(BOOK)
        .editor("exit 3")
        .fails("edit ana", 1)
        .stderr_eq(str![[r#"
error: the editor `sh ./editor.sh` ended with an error; nothing was written
hint: set EDITOR to the command of your editor, or change a field with `--set`, like `--set city=Oslo`

"#]]);
    Env::with_book(BOOK)
        .var("VISUAL", "no-such-editor")
        .fails("edit ana", 1)
        .stderr_eq(str![[r#"
error: could not run the editor `no-such-editor`: there is no such command
hint: set EDITOR to the command of your editor, or change a field with `--set`, like `--set city=Oslo`

"#]]);
}

#[test]
fn opens_the_typed_text_again_after_an_error() {
    // The first time it breaks the bucket, the second time it fixes it.
    let script = "if grep -q frends \"$1\"; then sed -i 's/frends/friends/' \"$1\"; else sed -i 's/\"clients\"/\"frends\"/' \"$1\"; fi";
    let env = Env::with_book(BOOK).editor(script);
    env.command("edit ana")
        .stdin("y\n")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Changed Ana Ruiz: bucket friends; was clients

"#]])
        .stderr_eq(str![[r#"
error: there is no bucket `frends`
 --> your text:4:10
  |
4 | bucket = "frends"
  |          ^^^^^^^^
hint: did you mean `friends`?
Edit it again? [Y/n] 
"#]]);
    assert_eq!(
        env.book(),
        BOOK.replace("\"clients\"\ncompany", "\"friends\"\ncompany")
    );
}

/// The drafts that are kept, in the state folder.
fn drafts(env: &Env) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(env.home().join(".local/state/netkeep/drafts"));
    let folders = folders
        .into_iter()
        .flatten()
        .map(|folder| folder.expect("one").path());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).expect("listed"));
    files.map(|file| file.expect("one").path()).collect()
}

#[test]
fn a_draft_goes_with_its_edit_and_is_named_if_it_is_left() {
    let env = Env::with_book(BOOK).editor("sed -i 's/Kim/Tim/' \"$1\"");
    env.ok("edit kim");
    assert_eq!(drafts(&env), Vec::<std::path::PathBuf>::new());
    let env = Env::with_book(BOOK).editor("echo 'name = ' >> \"$1\"");
    env.command("edit kim").stdin("n\n").assert().code(1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let kept = &drafts(&env)[0];
        let mode = |path: &std::path::Path| path.metadata().expect("there").mode() & 0o777;
        assert_eq!(
            [mode(kept), mode(kept.parent().expect("a folder"))],
            [0o600, 0o700]
        );
    }
    env.ok("check").stdout_eq(str![[r#"
note: what was typed and not saved is kept in [..]/drafts/[..].toml
hint: take over what is of use in it, then `rm [..].toml`
book.toml: 3 contacts, no problems, 1 note

"#]]);
    env.ok("remove --purge 'Ana Ruiz'");
    assert_eq!(drafts(&env).len(), 1);
    env.ok("remove --purge 'Kim Jansen'").stdout_eq(str![[r#"
Purged Kim Jansen, and 1 older version of the book with them: `netkeep undo` starts over
Purged 1 draft that an editor left

"#]]);
    assert_eq!(drafts(&env), Vec::<std::path::PathBuf>::new());
}

#[test]
fn keeps_the_typed_text_when_the_user_gives_up() {
    let env = Env::with_book(BOOK).editor("echo 'name = ' > \"$1\"");
    env.command("edit ana")
        .stdin("n\n")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `name` has no value
 --> your text:1:1
  |
1 | name =
  | ^^^^
hint: write it like `name = "…"`, or leave the line out
Edit it again? [Y/n] error: the contact stays as it was
hint: fix the text and paste it in by hand, or edit again
note: what you typed is kept in [..].toml

"#]]);
    assert_eq!(env.book(), BOOK);
    let kept = drafts(&env);
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).expect("read"), b"name = \n");
}

#[test]
fn a_sentence_and_its_place_name_one_line() {
    let script = "printf '# other keys: aka, city\\n# mine\\nname = \"Bo Lind\"\\ntags = [\"a\"\\nmet = 1\\n' > \"$1\"";
    let env = Env::with_book(BOOK).editor(script);
    let run = env.command("edit bo").stdin("n\n").assert().code(1);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("`tags` in line 4 "), "{said}");
    assert!(said.contains(" --> your text:4:"), "{said}");
}

#[test]
fn what_an_editor_replaced_is_told() {
    let env =
        Env::with_book(BOOK).editor("sed -i 's/Acme/Apex/; /^email/d; $a city = \"Oslo\"' \"$1\"");
    env.ok("edit ana").stdout_eq(
        "Changed Ana Ruiz: company Apex; was Acme; no email; was ana@acme.example; city Oslo\n",
    );
}

#[test]
fn the_text_must_stay_one_contact() {
    for script in [
        "printf '[[contacts]]\\nname = \"X\"\\n' >> \"$1\"",
        "printf '[week]\\n' >> \"$1\"",
        "printf '[mine]\\nx = 1\\n' >> \"$1\"",
        ": > \"$1\"",
        "sed -i '1i city = \"Oslo\"' \"$1\"",
        "sed -i '1i name = \"Oslo\"' \"$1\"",
        "sed -i '1i format = 1' \"$1\"",
        "sed -i '1i [week]' \"$1\"",
    ] {
        for who in ["ana", "bo", "kim"] {
            let env = Env::with_book(BOOK).editor(script);
            env.command(&format!("edit {who}"))
                .stdin("")
                .assert()
                .code(1)
                .stdout_eq("");
            assert_eq!(env.book(), BOOK, "{script}");
        }
    }
}

#[test]
fn quirks_of_editors_stay_out_of_the_book() {
    // A byte-order mark; Windows newlines, on the last line only as well, or none there; a comment of netkeep's own that was
    // indented, wrapped or doubled.
    for script in [
        "sed -i 's/Kim/Tim/; s/$/\\r/' \"$1\"",
        "sed -i 's/Kim/Tim/; s/^# other/  # other/' \"$1\"",
        "sed -i 's/Kim/Tim/; s/, title/,\\n# title/; s/, uid/,\\n# uid/' \"$1\"",
        "sed -i 's/Kim/Tim/; /other keys/p' \"$1\"",
        "sed -i '1s/^/\\xef\\xbb\\xbf/; s/Kim/Tim/' \"$1\"",
        "printf '[[contacts]]\\nname = \"Tim Jansen\"\\r\\n' > \"$1\"",
        "printf '[[contacts]]\\nname = \"Tim Jansen\"' > \"$1\"",
    ] {
        for book in [BOOK.to_owned(), BOOK.trim_end().to_owned()] {
            let env = Env::with_book(&book).editor(script);
            env.ok("edit kim");
            assert_eq!(env.book(), book.replace("Kim", "Tim"), "{script}");
        }
    }
}

#[test]
fn a_comment_of_the_users_own_stays() {
    let env = Env::with_book(BOOK).editor("printf '# other plans\\n# title\\n' >> \"$1\"");
    env.ok("edit kim");
    assert_eq!(env.book(), format!("{BOOK}# other plans\n# title\n"));
}

#[test]
fn a_book_that_cannot_be_written_opens_no_editor() {
    let env = Env::with_book(BOOK).editor("touch opened");
    let book = env.path("book.toml");
    let set_readonly = |is_readonly| {
        let mut permissions = std::fs::metadata(&book).expect("a book").permissions();
        permissions.set_readonly(is_readonly);
        std::fs::set_permissions(&book, permissions).expect("set");
    };
    set_readonly(true);
    for args in ["edit ana", "edit"] {
        env.fails(args, 1);
        assert!(!env.path("opened").exists(), "{args}");
    }
    set_readonly(false);
}

#[test]
fn keeps_the_typed_text_when_the_editor_fails() {
    for (script, stdin) in [
        ("echo typed >> \"$1\"; exit 1", ""),
        (
            "if [ -e once ]; then exit 1; fi; touch once; echo typed >> \"$1\"",
            "y\n",
        ),
        ("printf 'typed \\351' >> \"$1\"", ""),
        ("echo typed >> \"$1\"", "\u{1b}\n"),
    ] {
        let env = Env::with_book(BOOK).editor(script);
        env.command("edit ana")
            .stdin(stdin)
            .assert()
            .code(1)
            .stdout_eq("");
        assert_eq!(env.book(), BOOK);
        let kept = drafts(&env).pop().expect("it is kept");
        let kept = std::fs::read(kept).expect("read");
        assert!(String::from_utf8_lossy(&kept).contains("typed"), "{script}");
    }
}

#[test]
fn edits_the_contact_that_was_opened_of_two_namesakes() {
    let book = "[[contacts]]\nname = \"A\"\nemail = \"a@b\"\n\n[[contacts]]\nname = \"A\"\nemail = \"c@d\"\n";
    let env = Env::with_book(book).editor("sed -i 's/\"A\"/\"B\"/' \"$1\"");
    env.run("edit c@d")
        .success()
        .stdout_eq("Changed B: name B; was A\n");
    assert_eq!(
        env.book(),
        book.replace("name = \"A\"\nemail = \"c", "name = \"B\"\nemail = \"c")
    );
    // The problem is the second's: the first is free.
    let env = Env::with_book(book);
    env.run("edit a@b --set city=Oslo").success();
    env.fails("edit c@d --set city=Oslo", 1);
}

#[test]
fn removes_a_key_that_has_its_default_value() {
    let env = Env::with_book("[[contacts]]\nname = \"A\"\nfriendly = false\naka = []\n");
    env.ok("edit a --unset friendly --unset aka");
    assert_eq!(env.book(), "[[contacts]]\nname = \"A\"\n");
    env.fails("edit a --set city=B --unset city", 2)
        .stderr_eq(str![[r#"
error: `city` is both set and unset
hint: say one of the two

"#]]);
}

#[test]
fn a_book_that_changed_under_the_editor_is_not_overwritten() {
    let env = Env::with_book(BOOK)
        .editor("sed -i 's/Acme/Basalt/' \"$1\"; sed -i 's/Acme/Cobalt/' book.toml");
    env.run("edit ana")
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: Ana Ruiz was changed in the book while your editor was open; nothing was written
hint: edit again, and copy over what you typed
note: what you typed is kept in [..].toml

"#]]);
    assert_eq!(env.book(), BOOK.replace("Acme", "Cobalt"));
    // A change elsewhere is fine.
    let env = Env::with_book(BOOK)
        .editor("sed -i 's/Acme/Basalt/' \"$1\"; sed -i 's/letter/card/' book.toml");
    env.ok("edit ana");
    assert_eq!(
        env.book(),
        BOOK.replace("Acme", "Basalt").replace("letter", "card")
    );
}

#[test]
fn moves_and_renames() {
    changes(
        "move kim clients",
        "name = \"Kim Jansen\"\n",
        "name = \"Kim Jansen\"\nbucket = \"clients\"\nnext = { on = 2026-11-30 }\n",
    );
    let uid = "uid = \"urn:uuid:eab7ffb7-c2d0-8310-a920-5aa154555707\"\n";
    for command in [
        "rename kim 'Kim de Vries'",
        "edit kim --set name='Kim de Vries'",
    ] {
        changes(
            command,
            "name = \"Kim Jansen\"\n",
            &format!("name = \"Kim de Vries\"\n{uid}"),
        );
    }
    changes(
        "edit kim --set name='Kim de Vries' --set uid=x",
        "name = \"Kim Jansen\"\n",
        "name = \"Kim de Vries\"\nuid = \"x\"\n",
    );
    let env = Env::with_book(BOOK);
    env.ok("move ana bo kim friends").stdout_eq(str![[r#"
Moved Ana Ruiz from clients to friends; due Wed 2 Dec, in 9 days
Bo Lind is in friends already; due Sun 10 Jan 2027, in 7 weeks
Moved Kim Jansen to friends; first due Mon 7 Dec, in 14 days

"#]]);
    let cards = |env: &Env| {
        let cards = stdout(&env.ok("export --to vcard"));
        let uids = cards.lines().filter(|line| line.starts_with("UID:"));
        uids.map(str::to_owned).collect::<Vec<_>>()
    };
    let before = cards(&env);
    env.ok("rename bo 'Bo Ek'").stdout_eq(str![[r#"
Renamed Bo Lind to Bo Ek; uid urn:uuid:[..], as in cards and calendars so far

"#]]);
    env.ok("rename 'bo ek' Bob").stdout_eq(str![[r#"
Renamed Bo Ek to Bob

"#]]);
    assert_eq!(cards(&env), before);
    env.ok("rename bob 'Bo Ek'");
    let book = env.book();
    env.ok("rename bo 'Bo Ek'").stdout_eq(str![[r#"
Nothing to change: Bo Ek is the name already

"#]]);
    assert_eq!(env.book(), book);
    env.fails("rename ana 'Bo Ek'", 1).stderr_eq(str![[r#"
error: `Bo Ek` is already in the book
hint: change that contact with `netkeep edit bo-ek`, or tell the two apart: "Bo Ek (Acme)"

"#]]);
    env.fails("move ana frends", 1).stderr_eq(str![[r#"
error: there is no bucket `frends`
hint: did you mean `friends`?

"#]]);
}
