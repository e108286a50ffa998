//! Opens an address with the desktop.

use snapbox::str;

use crate::env::{BOOK, Env};

fn env() -> Env {
    let more = "company = \"Acme\"\nphone = \"+34 600 000 000\"\nlinks = [\"javascript:x\", \"acme.example/ana\", \"https://github.example/ana\"]\n";
    Env::with_book(&BOOK.replace("company = \"Acme\"\n", more)).var("NETKEEP_OPEN", "echo opened:")
}

#[test]
fn the_channel_decides_what_is_opened() {
    let env = env();
    for (channel, uri) in [
        ("call", "tel:+34600000000"),
        ("email", "mailto:ana@acme.example"),
        ("message", "sms:+34600000000"),
        ("social", "https://acme.example/ana"),
        ("github", "https://github.example/ana"),
        ("phone", "tel:+34600000000"),
        ("E-Mail", "mailto:ana@acme.example"),
        // The channel that `due` proposes: the last touch was a call.
        ("", "mailto:ana@acme.example"),
    ] {
        let before = env.book();
        let run = env.run(&format!("open ana {channel}")).success();
        run.stdout_eq(format!("Ana Ruiz: {uri}\nopened: {uri}\n"));
        assert_eq!(env.book(), before);
    }
    env.run("open ana github").stderr_eq(str![[r#"
hint: when you reached them: `netkeep log ana-ruiz -v social`

"#]]);
    env.ok("open ana call -n")
        .stdout_eq("Ana Ruiz: tel:+34600000000\n");
}

#[test]
fn all_words_are_a_name_and_the_last_may_be_a_channel() {
    let contact = |name: &str, more: &str| format!("[[contacts]]\nname = \"{name}\"\n{more}\n\n");
    let book = [
        contact(
            "Ana Ruiz",
            "phone = \"0600 000 001\"\nemail = \"ana@acme.example\"",
        ),
        contact("Ana Call", "phone = \"0600 000 002\""),
        contact("Bo Lind", "links = \"https://github.example/bo\""),
        contact("Bo Berg", "email = \"bo@acme.example\""),
    ];
    let env = Env::with_book(&book.concat());
    for (typed, uri) in [
        ("ana ruiz", "Ana Ruiz: tel:0600000001"),
        ("ana ruiz call", "Ana Ruiz: tel:0600000001"),
        ("ana ruiz E-Mail", "Ana Ruiz: mailto:ana@acme.example"),
        // The words are someone's whole words.
        ("ana call", "Ana Call: tel:0600000002"),
        ("ana call call", "Ana Call: tel:0600000002"),
        // A word that is no channel is first the rest of a name, then a word of a link.
        ("bo be", "Bo Berg: mailto:bo@acme.example"),
        ("bo github", "Bo Lind: https://github.example/bo"),
        ("bo lind github", "Bo Lind: https://github.example/bo"),
    ] {
        env.ok(&format!("open {typed} -n"))
            .stdout_eq(format!("{uri}\n"));
    }
    env.fails("open bo linnd", 1).stderr_eq(str![[r#"
error: nobody matches `bo linnd`
hint: did you mean Bo Lind (`bo-lind`)?

"#]]);
    env.fails("open bo lind mastodon", 1).stderr_eq(str![[r#"
error: Bo Lind has no link with `mastodon` in it
hint: `netkeep edit bo-lind` opens them in your editor

"#]]);
    env.fails("open bo lind emial", 1).stderr_eq(str![[r#"
error: Bo Lind has no link with `emial` in it
hint: did you mean `netkeep open bo-lind email`?

"#]]);
    env.fails("open bo email", 1).stderr_eq(str![[r#"
error: `bo` matches 2 contacts
  Bo Lind  bo-lind
  Bo Berg  bo-berg
hint: type more of the name, like `bo-lind`

"#]]);
}

#[test]
fn reports_what_cannot_be_opened() {
    let env = env();
    env.fails("open bo email", 1).stderr_eq(str![[r#"
error: Bo Lind has no e-mail address
hint: `netkeep edit bo-lind --set email=ADDRESS` adds one

"#]]);
    env.fails("open kim", 1).stderr_eq(str![[r#"
error: Kim Jansen has no number, address or link
hint: `netkeep edit kim-jansen --set email=ADDRESS` adds one

"#]]);
    env.fails("open bo mastodon", 1).stderr_eq(str![[r#"
error: Bo Lind has no link with `mastodon` in it
hint: `netkeep edit bo-lind --set links=URL` adds one

"#]]);
    env.fails("open ana ''", 2);
    env.fails("open ana letter", 1).stderr_eq(str![[r#"
error: Ana Ruiz has nothing that opens for a letter
hint: `netkeep show ana-ruiz` shows where to find them

"#]]);
    // Setting the links would remove the existing ones.
    env.fails("open ana mastodon", 1).stderr_eq(str![[r#"
error: Ana Ruiz has no link with `mastodon` in it
hint: `netkeep edit ana-ruiz` opens them in your editor

"#]]);
}

#[test]
fn dials_the_first_number_and_writes_to_the_bare_address() {
    let more = "email = \"Ana <ana@acme.example>, ana@home.example\"\n\
                phone = [\"ask Bo\", \"0600 000 001 or 0600 000 002\"]\n";
    let old = "email = \"ana@acme.example\"\n";
    let env = Env::with_book(&BOOK.replace(old, more));
    env.ok("open ana call -n")
        .stdout_eq("Ana Ruiz: tel:0600000001\n");
    env.ok("open ana email -n")
        .stdout_eq("Ana Ruiz: mailto:ana@acme.example\n");
    env.ok("query ana").stdout_eq(str![[r#"
2 addresses
ana@acme.example	Ana Ruiz	Acme, clients
ana@home.example	Ana Ruiz	Acme, clients

"#]]);
    let env = Env::with_book(&BOOK.replace(old, "phone = \"4E11\"\nemail = \"ana at acme\"\n"));
    env.fails("open ana call", 1).stderr_eq(str![[r#"
error: Ana Ruiz has no number that can be dialled
hint: `netkeep edit ana-ruiz --set phone=NUMBER` replaces what is there

"#]]);
    env.fails("open ana email", 1).stderr_eq(str![[r#"
error: Ana Ruiz has no e-mail address that can be used
hint: `netkeep edit ana-ruiz --set email=ADDRESS` replaces what is there

"#]]);
}

/// On a server, and over ssh.
#[test]
fn without_a_desktop_it_shows_the_address_to_copy() {
    let env = Env::with_book(BOOK);
    env.run("open ana email")
        .success()
        .stdout_eq("Ana Ruiz: mailto:ana@acme.example\n")
        .stderr_eq(str![[r#"
note: there is no desktop here to open it; the address to copy: ana@acme.example
hint: when you reached them: `netkeep log ana-ruiz -v email`

"#]]);
    // A screen is no help where nothing opens anything.
    let bare = Env::with_book(BOOK).var("DISPLAY", ":0").var("PATH", "");
    bare.run("open ana email").success().stderr_eq(str![[r#"
note: there is no desktop here to open it; the address to copy: ana@acme.example
hint: when you reached them: `netkeep log ana-ruiz -v email`

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("open ana email --json")
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
{
  "version": 1,
  "command": "open",
  "written": false,
  "contacts": [],
  "undo": null,
  "open": {
    "name": "Ana Ruiz",
    "channel": "email",
    "address": "mailto:ana@acme.example",
    "opened": false
  },
  "warnings": [
    {
      "line": null,
      "column": null,
      "severity": "note",
      "message": "there is no desktop here to open it; the address to copy: ana@acme.example",
      "hint": null,
      "contact": null
    },
    {
      "line": null,
      "column": null,
      "severity": "note",
      "message": "when you reached them: `netkeep log ana-ruiz -v email`",
      "hint": null,
      "contact": null
    }
  ]
}

"#]]);
}

#[test]
fn reports_a_desktop_that_fails_to_open_it() {
    for (command, code) in [
        ("false", "could not open it"),
        ("no-such-program", "could not run"),
    ] {
        let env = Env::with_book(BOOK).var("NETKEEP_OPEN", command);
        let run = env.run("open ana email").code(1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(
            stderr.contains(code) && stderr.contains("nothing was logged"),
            "{stderr}"
        );
        assert_eq!(env.book(), BOOK);
    }
}
