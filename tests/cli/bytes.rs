//! Writing changes no byte that the command does not name.

use crate::env::Env;

/// A book that a person has written, with everything that a serializer would tidy away.
const BOOK: &str = "\u{feff}# Mine.\r\n\r\nformat=1\r\n[buckets.a]   # a\r\n\tcadence='4w'\r\n\r\n# Some One\r\n[[contacts]]\r\n\tname   = \"Some One\"   # who?\r\n\tbucket = 'a'\r\n\t\"my key\".x = 1 # kept\r\n\tnotes  = '''\r\n[[contacts]]\r\n# no comment'''\r\n\ttouches = [ # all of them\r\n\t\t{ on = 2026-01-10 },# first\r\n\t\t{ on = 2026-02-10, mood = 'good' }, # second\r\n\t]\r\n\r\n# --- divider ---\r\n\r\n[[contacts]]\r\nname = \"Last\"";

#[test]
fn a_touch_is_one_more_line() {
    let env = Env::with_book(BOOK);
    env.ok("log 'some one' -v call");
    let row = "\t\t{ on = 2026-11-23, via = \"call\" },\r\n";
    assert_eq!(
        env.book(),
        BOOK.replace("# second\r\n", &format!("# second\r\n{row}"))
    );
}

#[test]
fn a_field_is_one_value() {
    let env = Env::with_book(BOOK);
    env.ok("edit 'some one' --set name='Some Body' --set uid=x");
    assert_eq!(
        env.book(),
        BOOK.replace("\"Some One\"", "\"Some Body\"")
            .replace("\tbucket = 'a'\r\n", "\tbucket = 'a'\r\n\tuid = \"x\"\r\n")
    );
    env.ok("rename 'some body' 'Some One'");
    assert_eq!(
        env.book(),
        BOOK.replace("\tbucket = 'a'\r\n", "\tbucket = 'a'\r\n\tuid = \"x\"\r\n")
    );
}

#[test]
fn a_text_of_several_lines_takes_the_newlines_of_the_file() {
    let env = Env::with_book(BOOK);
    env.ok("edit last --set \"notes=one\ntwo\"");
    assert_eq!(
        env.book(),
        format!("{BOOK}\r\nnotes = \"\"\"\r\none\r\ntwo\"\"\"")
    );
    let shown = crate::env::stdout(&env.ok("show last --json"));
    assert!(shown.contains("\"notes\": \"one\\ntwo\""), "{shown}");
}

#[test]
fn a_new_contact_goes_last_and_the_file_ends_as_it_did() {
    let env = Env::with_book(BOOK);
    env.ok("add New");
    let added = "\r\n\r\n[[contacts]]\r\nname = \"New\"\r\nadded = 2026-11-23";
    assert_eq!(env.book(), format!("{BOOK}{added}"));
}

#[test]
fn removing_leaves_the_divider() {
    let env = Env::with_book(BOOK);
    env.ok("remove 'some one'");
    let start = BOOK.find("# Some One").expect("the comment");
    let end = BOOK.find("# --- divider").expect("the divider");
    assert_eq!(env.book(), format!("{}{}", &BOOK[..start], &BOOK[end..]));
}

#[test]
fn a_touch_follows_the_style_of_blocks() {
    let book = "[[contacts]]\nname = \"Ana\"\n\n  [[contacts.touches]]\n  on = 2026-01-10\n  via = \"call\"\n\n# foot\n";
    let env = Env::with_book(book);
    env.ok("log ana -v email");
    let block = "\n  [[contacts.touches]]\n  on = 2026-11-23\n  via = \"email\"\n";
    assert_eq!(
        env.book(),
        book.replace("\"call\"\n", &format!("\"call\"\n{block}"))
    );
}

#[test]
fn a_plan_is_removed_however_it_is_written() {
    for next in [
        "next.on = 2026-12-01\n",
        "[contacts.next]\non = 2026-12-01\n",
    ] {
        let env = Env::with_book(&format!("[[contacts]]\nname = \"Ana\"\n{next}"));
        env.ok("log ana");
        let row = "touches = [\n  { on = 2026-11-23 },\n]\n";
        assert_eq!(env.book(), format!("[[contacts]]\nname = \"Ana\"\n{row}"));
    }
}

#[test]
fn refuses_unknown_ways_of_writing_with_their_place() {
    for (book, args, place) in [
        (
            "contacts = [{ name = \"Ana\" }]\n",
            "log ana",
            "book.toml:1:1",
        ),
        (
            "[[contacts]]\nname = \"Ana\"\nnotes.text = 1\n",
            "edit ana --set notes=x",
            "book.toml:3:1",
        ),
        (
            "[[contacts]]\nname = \"Ana\"\n\n[week]\n\n[[contacts.touches]]\non = 2026-01-01\n",
            "log ana",
            "book.toml:6:1",
        ),
    ] {
        let run = Env::with_book(book).fails(args, 1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.contains(place), "{stderr}");
    }
}

#[test]
fn the_last_line_of_a_text_is_not_a_comment() {
    let book = "[[contacts]]\nname = \"Ana\"\nnotes = \"\"\"\nhi\n#rust #go\"\"\"\n[[contacts]]\nname = \"Bo\"\n";
    let env = Env::with_book(book);
    let bo = "[[contacts]]\nname = \"Bo\"\n";
    env.ok("remove bo");
    assert_eq!(env.book(), book.replace(bo, ""));
}

#[test]
fn a_comment_after_a_list_outlives_its_only_touch() {
    let book = "[[contacts]]\nname = \"Ana\"\ntouches = [\n  { on = 2026-01-01 },\n] # older ones are on paper\n";
    let env = Env::with_book(book);
    env.ok("log --delete ana");
    assert_eq!(env.book(), book.replace("  { on = 2026-01-01 },\n", ""));
}

#[test]
fn a_plan_is_removed_with_everything_it_owns_or_not_at_all() {
    let ana = "[[contacts]]\nname = \"Ana\"\n";
    let row = "touches = [\n  { on = 2026-11-23 },\n]";
    // Without a last newline; with a comment of its own.
    for next in [
        "next.on = 2026-11-01\nnext.what = \"y\"",
        "\n# call before noon\n[contacts.next]\non = 2026-11-01\nwhat = \"y\"",
    ] {
        let env = Env::with_book(&format!("{ana}{next}"));
        env.ok("log ana");
        assert_eq!(env.book(), format!("{ana}{row}"));
    }
    for next in [
        "[contacts.next]\non = 2026-11-01\nx.y = 1\n",
        "[contacts.next]\non = 2026-11-01\n[[contacts.next.z]]\nk = 1\n",
        "[contacts.next]\non = 2026-11-01\n[contacts.next.extra]\nk = 1\n",
    ] {
        let run = Env::with_book(&format!("{ana}{next}")).fails("log ana", 1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.contains("reads but does not edit") && stderr.contains("book.toml:3:11"),
            "{stderr}"
        );
    }
}

#[test]
fn a_block_is_removed_without_the_tables_beside_it() {
    let book = "[[contacts]]\nname = \"Ana\"\n[[contacts.touches]]\non = 2026-10-01\n[contacts.extra]\nz = 1\n[contacts.touches.x]\ny = 1\n";
    Env::with_book(book).fails("log --delete ana", 1);
    let book = book.replace("[contacts.touches.x]\ny = 1\n", "");
    let env = Env::with_book(&book);
    env.ok("log --delete ana");
    assert_eq!(
        env.book(),
        book.replace("[[contacts.touches]]\non = 2026-10-01\n", "")
    );
}

#[test]
fn the_last_contacts_are_removed_together_from_a_file_without_a_last_newline() {
    let book = "[[contacts]]\nname = \"Ana\"\n\n[[contacts]]\nname = \"Bo\"\n\n[[contacts]]\nname = \"Cy\"";
    let env = Env::with_book(book);
    env.ok("remove cy bo");
    assert_eq!(env.book(), "[[contacts]]\nname = \"Ana\"\n\n");
    let env = Env::with_book(book);
    env.ok("remove ana bo cy");
    assert_eq!(env.book(), "");
}

#[test]
fn text_like_a_merge_marker_never_starts_a_line() {
    let env = Env::with_book("[[contacts]]\nname = \"Ana\"\n");
    env.ok("edit ana --set \"notes=a\n<<<<<<< HEAD\nb\"");
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ana\"\nnotes = \"a\\n<<<<<<< HEAD\\nb\"\n"
    );
}

#[test]
fn an_unreadable_touch_stops_changes_to_all_of_them() {
    let book =
        "[[contacts]]\nname = \"Ana\"\ntouches = [{ o = 2026-01-01 }, { on = 2026-02-01 }]\n";
    for command in ["log --delete ana", "log --amend ana -v call", "log ana"] {
        let run = Env::with_book(book).fails(command, 1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.contains("has a problem in the book (a touch without a day)"),
            "{stderr}"
        );
    }
}

#[test]
fn amending_a_touch_keeps_the_users_own_keys() {
    let book = "[[contacts]]\nname = \"Ana\"\ntouches = [{ on = 2026-01-01, x.y = 1 }]\n";
    let env = Env::with_book(book);
    env.ok("log --amend ana -v call");
    assert_eq!(
        env.book(),
        book.replace("2026-01-01", "2026-01-01, via = \"call\"")
    );
}

#[test]
fn a_first_touch_is_a_block_only_if_all_others_are() {
    let block = "[[contacts]]\nname = \"Ana\"\n\n[[contacts.touches]]\non = 2026-01-10\n\n[[contacts]]\nname = \"Bo\"\n";
    let env = Env::with_book(block);
    env.ok("log bo");
    assert_eq!(
        env.book(),
        format!("{block}\n[[contacts.touches]]\non = 2026-11-23\n")
    );
    let rows = "[[contacts]]\nname = \"Cy\"\ntouches = [{ on = 2026-01-10 }]\n\n";
    let env = Env::with_book(&format!("{rows}{block}"));
    env.ok("log bo");
    assert_eq!(
        env.book(),
        format!("{rows}{block}touches = [\n  {{ on = 2026-11-23 }},\n]\n")
    );
}

/// A book known from the previous save is not read as a whole.
#[test]
fn a_known_book_is_written_like_any_other() {
    let ana = "[[contacts]]\nname = \"Ana\"\ntouches = [\n  { on = 2026-01-10 },\n]\n";
    let bo = "\n[[contacts]]\nname = \"Bo\"\n\n[[contacts.touches]]\non = 2026-01-10\n";
    let env = Env::with_book(&format!("{ana}{bo}\n[[contacts]]\nname = \"Cy\"\n"));
    env.ok("log ana");
    env.ok("log cy");
    assert!(
        env.book()
            .ends_with("touches = [\n  { on = 2026-11-23 },\n]\n")
    );

    let env = Env::with_book(&format!("{ana}\n[[contacts]]\nname = \"Cy\"\n"));
    for what in ["ana", "cy", "an -m more"] {
        env.ok(&format!("log {what}"));
    }
    let row = "  { on = 2026-11-23 },\n";
    let more = row.replace("23 }", "23, note = \"more\" }");
    let ana = ana.replace("10 },\n]", &format!("10 }},\n{row}{more}]"));
    assert_eq!(
        env.book(),
        format!("{ana}\n[[contacts]]\nname = \"Cy\"\ntouches = [\n{row}]\n")
    );
    // An array that ends within a line must not end with the array of another contact.
    let short = "[[contacts]]\nname = \"Di\"\ntouches = [\n  { on = 2026-01-10 }]\n";
    let di = Env::with_book(&format!("{short}\n[[contacts]]\nname = \"Cy\"\n"));
    for name in ["cy", "di", "cy -m more"] {
        di.ok(&format!("log {name}"));
    }
    assert_eq!(di.book().matches("on = 2026-11-23").count(), 3);
    // An unknown name suggests similar ones.
    let run = env.fails("log anna", 1);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.contains("Ana"), "{stderr}");
}
