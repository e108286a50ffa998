use snapbox::str;

use crate::env::Env;

/// A book with lists and notes in the ways in which people write them.
const LISTS: &str = r#"# Mine.
[[contacts]]
name = "Ana Ruiz"
aka = 'Ani'
email = ['ana@acme.example', "old@x.example"] # two
phone = [
  "+34 600 111 222", # work
  # gone: "+34 600 333 444",
  "+34 600 555 666", # home
]
tags = [ "rust" , "a" ]
city = "Oslo" # was Rome
notes = """
Two kids.
Says "hi".
"""
shoe = 42
pets = 'Rex'
touches = [
  { on = 2026-10-02, via = "call" },
]

[[contacts]]
name = "Bo Lind"
notes = 'One line'
"#;

/// The book after `args` has `new` where it had `old`, and is the same elsewhere, with either newline.
#[track_caller]
fn changes(args: &str, replaced: &[(&str, &str)]) {
    let after = replaced.iter().fold(LISTS.to_owned(), |book, (old, new)| {
        assert!(book.contains(old), "{old}");
        book.replacen(old, new, 1)
    });
    for newline in ["\n", "\r\n"] {
        let [before, after] = [LISTS, &after].map(|text| text.replace('\n', newline));
        let env = Env::with_book(&before);
        env.run(args).success();
        assert_eq!(env.book(), after, "{args}");
        env.ok("undo");
        assert_eq!(env.book(), before, "{args}");
    }
}

/// The answer to `args`; nothing is written to stderr.
#[track_caller]
fn says(args: &str, said: &str) {
    let env = Env::with_book(LISTS);
    env.ok(args).stdout_eq(format!("{said}\n"));
}

#[test]
fn adds_to_a_list_however_it_is_written() {
    changes(
        "edit ana --set tags+=vip --set email+=new@x.example --set aka+='Anita R'",
        &[
            ("\"rust\" , \"a\" ]", "\"rust\" , \"a\", \"vip\" ]"),
            (
                "\"old@x.example\"]",
                "\"old@x.example\", \"new@x.example\"]",
            ),
            ("'Ani'", "['Ani', \"Anita R\"]"),
        ],
    );
    changes(
        "edit ana --set phone+='+34 600 777 888'",
        &[("# home\n", "# home\n  \"+34 600 777 888\",\n")],
    );
    changes(
        "edit bo --set 'tags+=b, c' --set links+=https://x.example/?a=b",
        &[(
            "\"Bo Lind\"\n",
            "\"Bo Lind\"\nlinks = \"https://x.example/?a=b\"\ntags = [\"b\", \"c\"]\n",
        )],
    );
    says(
        "edit ana --set tags+=vip --set links+=x.example",
        "Changed Ana Ruiz: tags rust, a, vip; links x.example",
    );
}

#[test]
fn takes_out_of_a_list_what_is_named_and_nothing_else() {
    changes(
        "edit ana --set email-=OLD@x.example",
        &[(
            "'ana@acme.example', \"old@x.example\"",
            "'ana@acme.example'",
        )],
    );
    changes(
        "edit ana --set phone-=0034600111222",
        &[("  \"+34 600 111 222\", # work\n", "")],
    );
    changes("edit ana --set aka-=ANI", &[("aka = 'Ani'\n", "")]);
    changes(
        "edit ana --set tags-=rust,a",
        &[("tags = [ \"rust\" , \"a\" ]\n", "")],
    );
    says(
        "edit ana --set email-=old@x.example",
        "Changed Ana Ruiz: email ana@acme.example; took out old@x.example",
    );
    let env = Env::with_book(LISTS);
    env.fails("edit ana --set email-=new@x.example", 1)
        .stderr_eq(str![[r#"
error: `new@x.example` is not in email of Ana Ruiz
hint: there are 2: ana@acme.example, old@x.example

"#]]);
    env.fails("edit bo --set tags-=vip", 1).stderr_eq(str![[r#"
error: Bo Lind has no tags

"#]]);
}

#[test]
fn what_is_there_already_is_told_and_not_added() {
    let env = Env::with_book(LISTS);
    env.ok("edit ana --set tags+=RUST --set email+='Ana <ana@ACME.example>'")
        .stdout_eq(str![[r#"
Nothing to change for Ana Ruiz: `RUST` is in tags already; `ana@ACME.example` is in email already

"#]]);
    assert_eq!(env.book(), LISTS);
    says(
        "edit ana --set tags+=rust --set tags+=vip",
        "Changed Ana Ruiz: tags rust, a, vip; `rust` is in tags already",
    );
}

#[test]
fn what_is_replaced_is_told() {
    says(
        "edit ana --set tags=c --set city=Rome --unset aka",
        "Changed Ana Ruiz: tags c; was rust, a; city Rome; was Oslo; no aka; was Ani",
    );
    says(
        "edit ana --set notes='Three kids.'",
        "Changed Ana Ruiz: notes Three kids.; was Two kids. / Says \"hi\".",
    );
    let long = "x".repeat(70);
    says(
        &format!("edit bo --set notes={long}"),
        &format!("Changed Bo Lind: notes {}…; was One line", &long[..60]),
    );
}

#[test]
fn several_changes_of_a_key_are_made_in_their_order() {
    changes(
        "edit ana --set tags=x --set tags=y --set tags+=z --set tags-=x",
        &[("[ \"rust\" , \"a\" ]", "[\"y\", \"z\"]")],
    );
    changes(
        "edit ana --set tags-=a --set tags+=b --set tags+=c --set tags-=b",
        &[("\"rust\" , \"a\" ]", "\"rust\" , \"c\" ]")],
    );
}

#[test]
fn notes_get_a_line_more_or_less() {
    changes(
        "edit ana --set notes+='met her son'",
        &[("Says \"hi\".\n", "Says \"hi\".\nmet her son\n")],
    );
    changes(
        "edit bo --set notes+='C:\\x'",
        &[("'One line'", "'''\nOne line\nC:\\x\n'''")],
    );
    changes("edit ana --set 'notes-=two KIDS.'", &[("Two kids.\n", "")]);
    changes(
        "edit bo --set notes-='one line'",
        &[("notes = 'One line'\n", "")],
    );
    says(
        "edit ana --set notes+='met her son'",
        "Changed Ana Ruiz: added to notes: met her son",
    );
    says(
        "edit ana --set 'notes-=two kids.'",
        "Changed Ana Ruiz: took out of notes: Two kids.",
    );
    let env = Env::with_book(LISTS);
    env.fails("edit ana --set notes-=kids", 1)
        .stderr_eq(str![[r#"
error: `kids` is not in notes of Ana Ruiz
hint: there are 2: Two kids., Says "hi".

"#]]);
}

#[test]
fn one_value_is_not_added_to() {
    let env = Env::with_book(LISTS);
    env.fails("edit ana --set city+='New York'", 2)
        .stderr_eq(str![[r#"
error: `city` holds one value
hint: use `--set city='New York'`

"#]]);
    env.fails("edit ana --set bucket-=clients", 2)
        .stderr_eq(str![[r#"
error: `bucket` holds one value
hint: use `--unset bucket`

"#]]);
    env.fails("edit ana --set promises+='send the draft'", 2)
        .stderr_eq(str![[r#"
error: `promises` is not a key of a contact that can be set
hint: promises are made with `netkeep promise`, and taken out with its `--done`

"#]]);
    env.fails("edit ana tags+=vip", 2).stderr_eq(str![[r#"
error: `tags+=vip` is a key and its value, not a name
hint: did you mean `netkeep edit ana --set tags+=vip`?

"#]]);
    env.fails("edit --set tags+=vip", 2).stderr_eq(str![[r#"
error: whose `tags`? A name is missing
hint: write it like `netkeep edit NAME --set tags=VALUE`

"#]]);
}

#[test]
fn a_key_of_the_users_own_is_set_and_told() {
    let env = Env::with_book(LISTS);
    env.run("edit bo --set shoe=42 --set emial=bo@x.example")
        .success()
        .stdout_eq("Changed Bo Lind: shoe 42; emial bo@x.example\n")
        .stderr_eq(str![[r#"
note: `shoe` is a key of your own: netkeep keeps it and does nothing with it
note: `emial` is a key of your own: netkeep keeps it and does nothing with it
hint: did you mean `email`? `netkeep undo` undoes it

"#]]);
    let own = "shoe = \"42\"\nemial = \"bo@x.example\"\n";
    assert_eq!(env.book(), format!("{LISTS}{own}"));
    env.ok("edit bo --unset shoe --unset emial")
        .stdout_eq("Changed Bo Lind: no shoe; was 42; no emial; was bo@x.example\n");
    assert_eq!(env.book(), LISTS);
    // What other programs call a key of the book.
    env.run("edit bo --set mobile=600")
        .success()
        .stderr_eq(str![[r#"
note: `mobile` is a key of your own: netkeep keeps it and does nothing with it
hint: did you mean `phone`? `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    // One that is there already is not told again, and stays a number.
    env.ok("edit ana --set shoe=43")
        .stdout_eq("Changed Ana Ruiz: shoe 43; was 42\n");
    changes("edit ana --set shoe=43", &[("42", "43")]);
    changes("edit ana --set pets+=Tom", &[("'Rex'", "['Rex', \"Tom\"]")]);
    changes("edit ana --set pets-=rex", &[("pets = 'Rex'\n", "")]);
    env.fails("edit ana --set shoe+=43", 1).stderr_eq(str![[r#"
error: `shoe` of Ana Ruiz is not a text or a list of texts
hint: `netkeep edit ana-ruiz` opens the contact in your editor

"#]]);
}

#[test]
fn no_bucket_takes_the_key_out() {
    let book = "[buckets.clients]\n[[contacts]]\nname = \"Ana\"\nbucket = \"clients\"\n";
    let env = Env::with_book(book);
    env.run("edit ana --set bucket=none")
        .success()
        .stdout_eq("Changed Ana: no bucket; was clients; no longer due\n");
    assert_eq!(env.book(), book.replace("bucket = \"clients\"\n", ""));
}

#[test]
fn a_dry_run_shows_the_lines_that_change() {
    let env = Env::with_book(LISTS);
    let run = env.ok("edit bo --set notes+=two -n");
    let shown = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    assert!(
        shown.contains("\n+'''\n") || shown.contains("\n+One line\n+two\n"),
        "{shown}"
    );
    assert_eq!(env.book(), LISTS);
}

/// What `args` make of these lines of a contact.
#[track_caller]
fn becomes(lines: &str, args: &str, expected: &str) {
    let book = |lines: &str| format!("[[contacts]]\nname = \"Ana Ruiz\"\n{lines}");
    let env = Env::with_book(&book(lines));
    env.run(args).success();
    assert_eq!(env.book(), book(expected), "{args}");
}

#[test]
fn comments_in_a_list_stay_when_all_else_goes() {
    let phone =
        "phone = [ # all\n  \"+34 600 111 222\", # work\n  # gone: \"+34 600 333 444\"\n]\n";
    let left = "phone = [ # all\n  # gone: \"+34 600 333 444\"\n]\n";
    let new = "phone = [ # all\n  # gone: \"+34 600 333 444\"\n  \"+34 600 555 666\",\n]\n";
    becomes(phone, "edit ana --set phone-=600111222", left);
    becomes(left, "edit ana --set phone+='+34 600 555 666'", new);
    becomes(phone, "edit ana --unset phone", "");
    becomes(left, "edit ana --set phone+=1 --set phone-=1", left);
    becomes(
        "tags = [\n  'a', # one\n  # two\n  'b',\n]\n",
        "edit ana --set tags-=a --set tags+=a",
        "tags = [\n  # two\n  'b',\n  \"a\",\n]\n",
    );
}

#[test]
fn a_value_that_stays_keeps_its_bytes() {
    for (line, set) in [
        ("pets = 'Rex'\n", "pets=Rex"),
        ("pets = ['Rex']\n", "pets=Rex"),
        ("friendly = false\n", "friendly=no"),
        ("tags = []\n", "tags+=x --set tags-=x"),
        ("pets = 'Rex'\n", "pets+=x --set pets-=x"),
        ("shoe = 0x2a\n", "shoe=0x2a"),
    ] {
        becomes(line, &format!("edit ana --set {set}"), line);
    }
    becomes(
        "notes = \"\"\"\\\n  Two \\\n  kids.\"\"\"\n",
        "edit ana --set notes+=Sails.",
        "notes = \"\"\"\\\n  Two \\\n  kids.\nSails.\n\"\"\"\n",
    );
    becomes("x = \"\"\n", "edit ana --set x+=a", "x = \"a\"\n");
    becomes(
        "",
        "edit ana --set schuhgröße=42",
        "\"schuhgröße\" = \"42\"\n",
    );
}

#[test]
fn several_addresses_are_taken_out_like_they_are_added() {
    becomes(
        "email = ['a@x.example', 'b@x.example', 'c@x.example']\n",
        "edit ana --set 'email-=Ana <A@x.example>, c@x.example'",
        "email = ['b@x.example']\n",
    );
}

#[test]
fn options_of_add_and_words_are_taken_for_keys_in_the_hint() {
    let env = Env::with_book(LISTS);
    for (args, meant) in [
        (
            "edit ana --city 'New York'",
            "edit ana --set 'city=New York'",
        ),
        ("edit ana --city=Oslo -n", "edit ana --set city=Oslo -n"),
        (
            "edit ana --link x.example",
            "edit ana --set links+=x.example",
        ),
        ("edit ana --tags vip", "edit ana --set tags+=vip"),
        ("edit ana --mobile 600", "edit ana --set phone+=600"),
        ("edit ana -m sails", "edit ana --set notes+=sails"),
        (
            "edit ana --tag vip -b none",
            "edit ana --set bucket=none --set tags+=vip",
        ),
        ("edit ana set city=Oslo", "edit ana --set city=Oslo"),
    ] {
        let env = env.fails(args, 2);
        let stderr = String::from_utf8_lossy(&env.get_output().stderr).into_owned();
        let hint = format!("hint: did you mean `netkeep {meant}`?\n");
        assert!(stderr.ends_with(&hint), "{args}: {stderr}");
    }
    env.fails("edit ana --set paused=yesterday", 1)
        .stderr_eq(str![[r#"
error: Sun 22 Nov is not in the future
hint: give a day after today

"#]]);
    assert_eq!(env.book(), LISTS);
}
