//! `netkeep edit` without a name: the whole book in the editor.

use snapbox::cmd::OutputAssert;
use snapbox::str;

use crate::env::{BOOK, Env};

/// Runs `netkeep edit` with an editor that is this line of shell, and these answers.
fn edit(env: &Env, answers: &str) -> OutputAssert {
    env.command("edit").stdin(answers.to_owned()).assert()
}

#[test]
fn opens_a_copy_and_saves_it_as_one_step() {
    let script = "cmp \"$1\" book.toml && sed -i 's/Acme/Basalt/; s/letter/card/' \"$1\" && ! cmp -s \"$1\" book.toml";
    let env = Env::with_book(BOOK).editor(script);
    edit(&env, "")
        .success()
        .stderr_eq("")
        .stdout_eq("Saved the book: Ana Ruiz and Bo Lind\n");
    let after = BOOK.replace("Acme", "Basalt").replace("letter", "card");
    assert_eq!(env.book(), after);
    env.ok("undo")
        .stdout_eq("Undid: edit: Ana Ruiz and Bo Lind; `netkeep undo --redo` redoes it\n");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn writes_nothing_without_a_change_or_with_an_editor_that_fails() {
    let env = Env::with_book(BOOK).editor("true");
    edit(&env, "").success().stdout_eq("Nothing changed\n");
    assert_eq!(env.book(), BOOK);
    let env = Env::with_book(BOOK).editor("echo typed >> \"$1\"; exit 1");
    edit(&env, "").code(1).stderr_eq(str![[r#"
error: the editor `sh ./editor.sh` ended with an error; nothing was written
hint: set EDITOR to the command of your editor, or change a field with `--set`, like `--set city=Oslo`
note: what you typed is kept in [..].toml

"#]]);
    assert_eq!(env.book(), BOOK);
    let env = Env::with_book(BOOK).editor("sed -i 's/Acme/Basalt/' \"$1\"");
    env.ok("edit -n").stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -10,7 +10,7 @@
 [[contacts]]
 name = "Ana Ruiz"
 bucket = "clients"
-company = "Acme"
+company = "Basalt"
 email = "ana@acme.example"
 touches = [
   { on = 2026-10-02, via = "call", note = "budget approved" },  # a good one

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_broken_text_never_becomes_the_book() {
    // The first time it breaks the book, the second time it fixes it.
    let script = "if grep -q 'Kim Jansen$' \"$1\"; then sed -i 's/Kim Jansen$/Kim Jansen\"/' \"$1\"; \
                  else sed -i 's/Kim Jansen\"$/Kim Jansen/; s/Acme/Basalt/' \"$1\"; fi";
    let env = Env::with_book(BOOK).editor(script);
    edit(&env, "n\n").code(1).stdout_eq("").stderr_eq(str![[r#"
error: [..]
  --> your text:27:8
   |
27 | name = "Kim Jansen
   |        ^
hint: [..]
Edit it again? [Y/n] error: the book stays as it was
hint: fix the text and paste it in by hand, or edit again
note: what you typed is kept in [..].toml

"#]]);
    assert_eq!(env.book(), BOOK);
    edit(&env, "y\n")
        .success()
        .stdout_eq("Saved the book: company of Ana Ruiz\n");
    assert_eq!(env.book(), BOOK.replace("Acme", "Basalt"));
}

#[test]
fn an_empty_text_and_one_that_is_no_book_are_refused() {
    for (script, said) in [
        (": > \"$1\"", "the text is empty; the book has 3 contacts"),
        (
            "echo > \"$1\"",
            "the text is empty; the book has 3 contacts",
        ),
        (
            "printf '[package]\\nname = 1\\n' > \"$1\"",
            "the text is not a book: it has no contact, bucket or setting",
        ),
    ] {
        let env = Env::with_book(BOOK).editor(script);
        let run = edit(&env, "").code(1).stdout_eq("");
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.starts_with(&format!("error: {said}\n")), "{stderr}");
        assert_eq!(env.book(), BOOK);
    }
}

#[test]
fn new_problems_are_told_and_asked_about() {
    let script = "sed -i 's/\"clients\"$/\"clienst\"/' \"$1\"; echo 'shoe = 42' >> \"$1\"";
    let env = Env::with_book(BOOK).editor(script);
    let shown = str![[r#"
warning: there is no bucket `clienst`
  --> your text:12:10
   |
12 | bucket = "clienst"
   |          ^^^^^^^^^
hint: did you mean `clients`?
note: netkeep does not know the key `shoe`; it is kept as it is
  --> your text:28:1
   |
28 | shoe = 42
   | ^^^^
Save it all the same? [y] save [e] edit again [n] leave the book error: the book stays as it was
hint: fix the text and paste it in by hand, or edit again
note: what you typed is kept in [..].toml

"#]];
    edit(&env, "n\n").code(1).stderr_eq(shown);
    assert_eq!(env.book(), BOOK);
    edit(&env, "").code(1);
    assert_eq!(env.book(), BOOK);
    edit(&env, "y\n")
        .success()
        .stdout_eq("Saved the book: bucket of Ana Ruiz\n");
    let after = format!(
        "{}shoe = 42\n",
        BOOK.replace("\"clients\"\n", "\"clienst\"\n")
    );
    assert_eq!(env.book(), after);
    // What was wrong before is not asked about.
    let env = Env::with_book(&after).editor("sed -i 's/Acme/Basalt/' \"$1\"");
    edit(&env, "")
        .success()
        .stdout_eq("Saved the book: company of Ana Ruiz\n");
}

#[test]
fn a_known_key_that_is_mistyped_everywhere_is_asked_about() {
    let env = Env::with_book(BOOK).editor("sed -i 's/^bucket = /buckets = /' \"$1\"");
    let run = edit(&env, "n\n").code(1);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        said.contains("warning: netkeep does not know the key `buckets`"),
        "{said}"
    );
    assert!(said.contains("Save it all the same?"), "{said}");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_bucket_called_none_is_a_warning_as_in_check() {
    let env = Env::with_book(BOOK).editor("sed -i 's/buckets.friends/buckets.none/' \"$1\"");
    let run = edit(&env, "n\n").code(1);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(
        said.contains("warning: `none` stands for no bucket"),
        "{said}"
    );
}

#[test]
fn losing_most_people_is_asked_about() {
    let env = Env::with_book(BOOK).editor("sed -i '/^# Met/,$d' \"$1\"");
    edit(&env, "").code(1);
    assert_eq!(env.book(), BOOK);
    edit(&env, "y\n").success();
    assert_eq!(env.book(), &BOOK[..BOOK.find("# Met").expect("there")]);
    env.ok("check");
}

#[test]
fn a_broken_book_opens_and_is_fixed() {
    let broken = BOOK.replace("[[contacts]]\nname = \"Kim", "[[contacts]\nname = \"Kim");
    let env = Env::with_book(&broken).editor("sed -i 's/^\\[\\[contacts\\]$/[[contacts]]/' \"$1\"");
    edit(&env, "")
        .success()
        .stdout_eq("Saved the book: it can be read again, with 3 contacts\n")
        .stderr_eq(str![[r#"
warning: the header in line 26 lacks a bracket
  --> book.toml:26:1
   |
26 | [[contacts]
   | ^^^^^^^^^^^
hint: write `[[contacts]]`

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("undo").success();
    assert_eq!(env.book(), broken);
}

#[test]
fn a_book_that_changed_meanwhile_and_the_text_are_both_kept() {
    let env = Env::with_book(BOOK)
        .editor("sed -i 's/Acme/Basalt/' \"$1\"; sed -i 's/letter/card/' book.toml");
    edit(&env, "").code(1).stdout_eq("").stderr_eq(str![[r#"
error: book.toml was changed while your editor was open; nothing was written
hint: `diff book.toml [..].toml` shows what differs; `netkeep edit` again, and copy over what you typed
note: what you typed is kept in [..].toml

"#]]);
    assert_eq!(env.book(), BOOK.replace("letter", "card"));
}

#[test]
fn newlines_and_a_byte_order_mark_stay() {
    let book = format!("\u{feff}{}", BOOK.replace('\n', "\r\n"));
    for script in [
        "sed -i 's/Acme/Basalt/' \"$1\"",
        // Editors that write another kind of newline, or a mark of their own.
        "sed -i 's/Acme/Basalt/; s/\\r$//' \"$1\"",
        "sed -i 's/Acme/Basalt/; 1s/^/\\xef\\xbb\\xbf/' \"$1\"",
    ] {
        let env = Env::with_book(&book).editor(script);
        edit(&env, "").success();
        assert_eq!(env.book(), book.replace("Acme", "Basalt"), "{script}");
    }
}

#[test]
fn who_comes_into_a_bucket_gets_a_first_day() {
    let script = "sed -i 's/^name = \"Kim Jansen\"$/&\\nbucket = \"clients\"/' \"$1\"; \
                  printf '\\n[[contacts]]\\nname = \"Zoe\"\\nbucket = \"clients\"\\n' >> \"$1\"";
    let zoe = "\n[[contacts]]\nname = \"Zoe\"\nbucket = \"clients\"\n";
    let env = Env::with_book(BOOK).editor(script);
    edit(&env, "")
        .success()
        .stdout_eq("Saved the book: Kim Jansen and Zoe; first due Mon 30 Nov, in 7 days\n");
    let plan = "bucket = \"clients\"\nnext = { on = 2026-11-30 }\n";
    assert_eq!(env.book(), format!("{BOOK}{plan}{zoe}"));
    let env = Env::with_book(BOOK).editor(script);
    env.ok("edit --now");
    assert_eq!(env.book(), format!("{BOOK}bucket = \"clients\"\n{zoe}"));
}

#[test]
fn without_a_terminal_no_editor_is_guessed() {
    for args in ["edit", "edit ana"] {
        Env::with_book(BOOK).fails(args, 1).stderr_eq(str![[r#"
error: there is no terminal to open an editor in
hint: set EDITOR to a command that edits a file without one, or use `--set KEY=VALUE`

"#]]);
    }
}

#[test]
fn without_a_book_it_says_how_to_start() {
    Env::empty()
        .editor("true")
        .fails("edit", 1)
        .stderr_eq(str![[r#"
error: there is no file book.toml
hint: [..]

"#]]);
}

#[test]
fn the_page_of_a_contact_lists_the_other_keys_and_tells_new_ones() {
    // The new key comes below the comment, which stays out of the book all the same.
    let env = Env::with_book(BOOK).editor("printf 'emial = \"x\"\\n' >> \"$1\"");
    env.run("edit kim")
        .success()
        .stdout_eq("Changed Kim Jansen\n")
        .stderr_eq(str![[r#"
warning: netkeep does not know the key `emial`; it is kept as it is
 --> your text:4:1
  |
4 | emial = "x"
  | ^^^^^
hint: did you mean `email`?

"#]]);
    assert_eq!(env.book(), format!("{BOOK}emial = \"x\"\n"));
    // It is told once, and an error below the comment has its line as typed.
    let env = Env::with_book(&env.book()).editor("echo 'city = 4 x' >> \"$1\"");
    let run = env.command("edit kim").stdin("n\n").assert().code(1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.contains(" --> your text:5:"), "{stderr}");
    assert!(!stderr.contains("emial"), "{stderr}");
    // Nothing typed is nothing changed, with the comment deleted, too.
    let env = Env::with_book(BOOK.trim_end()).editor("sed -i '/^# other keys/d' \"$1\"");
    env.ok("edit kim").stdout_eq("Nothing changed\n");
}
