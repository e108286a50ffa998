//! With `--json`, every command writes one document and nothing else, whether it reads, writes or fails.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::env::Env;

const BOOK: &str = r#"[week]
touches = 5

[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[aliases]
w = "due --all"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"
email = "ana@acme.example"
phone = "+34 600 000 000"
promises = [{ by = 2026-11-27, what = "send the draft" }]
touches = [{ on = 2026-08-02, via = "call", note = "budget approved" }]

[[contacts]]
name = "Anna Berg"
bucket = "friends"
city = "Oslo"
paused = true

[[contacts]]
name = "Kim Jansen"

[[contacts]]
name = "Greta Vogel"
bucket = "friends"
touches = [
  { on = 2026-09-01, direction = "out" },
  { on = 2026-09-02, direction = "out" },
  { on = 2026-09-03, direction = "out" },
]
"#;

const CARDS: &str = "BEGIN:VCARD\nFN:Cy Ng\nEND:VCARD\nBEGIN:VCARD\nFN:Di Ek\nEND:VCARD\n";

/// A change to undo, and a file to import.
fn env() -> Env {
    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "echo opened");
    env.write("new.vcf", CARDS);
    env.ok("log kim -v letter");
    env
}

/// Of every command, lines that find something.
const READS: [&str; 25] = [
    "due --all",
    "due --resting",
    "due --fading",
    "due --why ana",
    "list",
    "list nothing-like-this",
    "list --promised",
    "list --birthdays",
    "log",
    "log --since 2026-01-01 -v call",
    "promise",
    "show ana",
    "query ana",
    "bucket",
    "bucket list",
    "forecast",
    "stats",
    "regroup --list",
    "check",
    "check --duplicates",
    "undo --list",
    "export",
    "export ana --to json",
    "w",
    "",
];

/// Lines that change the book.
const WRITES: [&str; 29] = [
    "log ana -v call -m \"met again\"",
    "log ana --amend -m other",
    "log ana --delete",
    "promise ana \"fri: call\"",
    "promise --done ana",
    "skip ana",
    "snooze ana 2w",
    "pause ana",
    "resume anna",
    "triage --set \"Kim Jansen=friends\"",
    "regroup --done",
    "fresh-start",
    "add \"Bo Lind\" -b clients",
    "edit ana --set city=Lund",
    "edit ana --unset company",
    "move kim clients",
    "rename kim \"Kim Jong\"",
    "merge ana anna",
    "remove anna",
    "remove --purge --yes \"Anna Berg\"",
    "bucket add mentors --cadence yearly",
    "bucket set clients --share 2",
    "bucket rename clients customers",
    "import new.vcf --yes",
    "import new.vcf --yes -b friends",
    "skip -b clients --yes",
    "move -b none friends --yes",
    "undo",
    "log ana kim -v call",
];

/// Lines that leave the book alone though their commands write, and what they add to the document.
const OTHERS: [(&str, &[&str], bool); 9] = [
    (
        "merge-file book.toml book.toml book.toml -o merged.toml",
        &["conflicts", "kept", "renamed"],
        true,
    ),
    ("sync", &["warnings"], false),
    ("open ana call", &["open", "warnings"], false),
    ("check --fix", &["problems"], false),
    ("check --accept", &[], false),
    ("check --recover", &[], false),
    ("edit ana --set company=Acme", &[], false),
    ("export -o people.vcf", &["file"], true),
    ("report", &["report"], true),
];

/// Lines that fail, and how.
const FAILS: [(&str, i32); 54] = [
    ("merge-file", 2),
    ("merge-file book.toml book.toml missing.toml", 129),
    ("sync --init ''", 2),
    ("due --by yesterdayy", 2),
    ("due nobody", 1),
    ("due -b nothing", 1),
    ("due --count", 2),
    ("due --quiet", 2),
    ("due --format waybar", 2),
    ("list -b nothing", 1),
    ("list --sort nothing", 2),
    ("list --format '{name}'", 2),
    ("show nobody", 1),
    ("show an", 1),
    ("query --bogus", 2),
    ("forecast too much", 2),
    ("stats too much", 2),
    ("report -o -", 2),
    ("report --since never", 2),
    ("log nobody -v call", 1),
    ("log an -v call", 1),
    ("log ana -d tomorrow", 1),
    ("log -m hi", 2),
    ("promise nobody \"fri: call\"", 1),
    ("promise --done=nothing ana", 1),
    ("skip", 2),
    ("skip nobody", 1),
    ("skip -b clients", 1),
    ("snooze nobody 2w", 1),
    ("pause nobody", 1),
    ("resume nobody", 1),
    ("triage", 2),
    ("triage --set kim=nothing", 1),
    ("regroup", 2),
    ("fresh-start --over never", 2),
    ("add \"Ana Ruiz\"", 1),
    ("add", 2),
    ("open nobody", 1),
    ("open kim", 1),
    ("edit kim", 2),
    ("edit kim --set cadence=nothing", 2),
    ("move kim nothing", 1),
    ("rename kim \"Ana Ruiz\"", 1),
    ("merge ana ana", 2),
    ("remove nobody", 1),
    ("remove --purge \"Ana Ruiz\"", 1),
    ("bucket add clients --cadence yearly", 1),
    ("bucket remove clients", 1),
    ("bucket nothing", 2),
    ("import new.vcf", 1),
    ("import missing.vcf --yes", 1),
    ("export --to csv", 2),
    ("check --bogus", 2),
    ("undo --bogus", 2),
];

/// Every command, and whether it has a document.
fn commands() -> Vec<(&'static str, bool)> {
    let rows = include_str!("../../src/commands/mod.rs").lines();
    let command = |row: &'static str| {
        let (_, name) = row.split_once(") = \"")?;
        let (name, mode) = name.split_once('"')?;
        Some((name, !["asks,", "explains,"].contains(&mode.trim())))
    };
    rows.filter_map(command).collect()
}

#[test]
fn every_command_is_tried_here() {
    assert!(commands().len() > 25);
    let others = OTHERS.map(|(line, ..)| line);
    let found: Vec<&str> = [&READS[..], &WRITES, &others].concat();
    let failed: Vec<&str> = FAILS.iter().map(|(line, _)| *line).collect();
    let has = |lines: &[&str], name| {
        lines
            .iter()
            .any(|line| line.split(' ').next() == Some(name))
    };
    for (name, _) in commands().into_iter().filter(|(_, has)| *has) {
        assert!(has(&found, name), "`{name} --json` is not tried");
        assert!(has(&failed, name), "`{name} --json` is not tried to fail");
    }
}

#[test]
fn what_only_asks_or_explains_netkeep_has_no_document() {
    for (name, _) in commands().into_iter().filter(|(_, has)| !has) {
        let line = match name {
            "completions" => "completions bash --json".to_owned(),
            name => format!("{name} --json"),
        };
        let error = env().fails_in_json(&line, 2);
        let message = format!("`{name}` does not answer in JSON");
        assert_eq!(error["message"], message);
    }
}

#[test]
fn reading_commands_answer_with_one_document() {
    let env = env();
    for line in READS {
        let document = env.json(&format!("{line} --json"), 0);
        assert_eq!(document.get("error"), None, "{line}");
        assert_eq!(document.get("warnings"), None, "{line}: {document}");
    }
}

/// The keys of a document of a writing command, and what is left beside them.
fn further(document: &Value) -> BTreeSet<&str> {
    let object = document.as_object().expect("an object");
    let mut keys: BTreeSet<&str> = object.keys().map(String::as_str).collect();
    for key in ["version", "command", "written", "contacts", "undo"] {
        assert!(keys.remove(key), "{key} is missing: {document}");
    }
    keys
}

#[test]
fn writing_commands_answer_with_what_they_changed() {
    for line in WRITES {
        let dry = env();
        let before = dry.book();
        let planned = dry.json(&format!("{line} --json --dry-run"), 0);
        assert_eq!(planned["written"], false, "{line}");
        assert_eq!(planned["undo"], Value::Null, "{line}");
        assert_eq!(dry.book(), before, "{line}");

        let env = env();
        let mut done = env.json(&format!("{line} --json"), 0);
        assert_ne!(env.book(), before, "{line}");
        assert_eq!(done["written"], true, "{line}");
        assert_eq!(Some(done["command"].as_str()), Some(line.split(' ').next()));
        let further = further(&done);
        let known = ["buckets", "settings", "steps", "versions", "warnings"];
        assert!(
            further.iter().all(|key| known.contains(key)),
            "{line}: {further:?}"
        );
        let changed = |key: &str| done[key].as_array().map_or(0, Vec::len);
        assert!(
            changed("contacts") + changed("buckets") + changed("settings") > 0,
            "{line}"
        );

        if line.starts_with("undo") || line.contains("--purge") {
            assert_eq!(done["undo"], Value::Null, "{line}");
        } else {
            assert_eq!(done["undo"]["step"], 1, "{line}");
            assert!(done["undo"]["what"].is_string(), "{line}");
            env.json("undo --json", 0);
            assert_eq!(env.book(), before, "{line}");
        }
        // What would be done is what is done.
        assert_eq!(planned["contacts"], done["contacts"].take(), "{line}");
    }
}

#[test]
fn what_changed_nothing_says_so() {
    for (line, expected, is_written) in OTHERS {
        let env = env();
        let before = env.book();
        let done = env.json(&format!("{line} --json"), 0);
        let further: Vec<&str> = further(&done).into_iter().collect();
        assert_eq!(further, expected, "{line}: {done}");
        assert_eq!(done["written"], is_written, "{line}");
        assert_eq!(done["contacts"], json!([]), "{line}");
        assert_eq!(done["undo"], Value::Null, "{line}");
        assert_eq!(env.book(), before, "{line}");
    }
}

#[test]
fn errors_are_documents() {
    let env = env();
    for (line, code) in FAILS {
        let error = env.fails_in_json(&format!("{line} --json"), code);
        let object = error.as_object().expect("an object");
        for key in ["message", "hint", "exit"] {
            assert!(object.contains_key(key), "{line}: {error}");
        }
        assert!(error["message"].is_string(), "{line}: {error}");
    }
}

#[test]
fn a_key_of_ones_own_is_told_like_any_other() {
    let env = env();
    let done = env.json("edit ana --set shoe=38 --set city=Lund --json", 0);
    let changed = &done["contacts"][0]["changed"];
    assert_eq!(changed["shoe"], json!({ "old": null, "new": "38" }));
    assert_eq!(changed["city"], json!({ "old": null, "new": "Lund" }));
    let done = env.json("edit ana --unset shoe --json", 0);
    assert_eq!(done["contacts"][0]["name"], "Ana Ruiz");
    let changed = &done["contacts"][0]["changed"];
    assert_eq!(*changed, json!({ "shoe": { "old": "38", "new": null } }));
}

#[test]
fn touches_and_promises_are_those_that_changed() {
    let env = env();
    let changed = |line: &str| {
        let mut done = env.json(line, 0);
        done["contacts"][0]["changed"].take()
    };
    let amended = changed("log ana --amend -m other --json");
    assert_eq!(amended["touches"]["old"][0]["note"], "budget approved");
    assert_eq!(amended["touches"]["new"][0]["note"], "other");
    let deleted = changed("log ana --delete --json");
    assert_eq!(deleted["touches"]["new"], json!([]));
    let promised = changed("promise ana \"fri: call\" --json");
    let call = json!([{ "by": "2026-11-27", "what": "call" }]);
    assert_eq!(promised["promises"], json!({ "old": [], "new": call }));
}

#[test]
fn who_is_added_renamed_or_removed_is_marked() {
    let env = env();
    let contact = |line: &str| env.json(line, 0)["contacts"][0].take();
    let added = contact("add \"Bo Lind\" -b clients --json");
    assert_eq!(
        (&added["name"], &added["added"]),
        (&json!("Bo Lind"), &json!(true))
    );
    assert_eq!(added["due"], "2026-12-21");
    assert_eq!(
        added["changed"]["bucket"],
        json!({ "old": null, "new": "clients" })
    );
    let renamed = contact("rename bo Bosse --json");
    assert_eq!(renamed["name"], "Bosse");
    assert_eq!(
        renamed["changed"]["name"],
        json!({ "old": "Bo Lind", "new": "Bosse" })
    );
    let removed = contact("remove bosse --json");
    assert_eq!(
        (&removed["name"], &removed["removed"]),
        (&json!("Bosse"), &json!(true))
    );
    assert_eq!(removed["due"], Value::Null);
}

#[test]
fn buckets_and_settings_that_changed_are_told() {
    let env = env();
    let set = env.json("bucket set clients --share 2 --json", 0);
    let share = json!([{ "name": "clients", "changed": { "share": { "old": 1, "new": 2 } } }]);
    assert_eq!(set["buckets"], share);
    let done = env.json("regroup --done --json", 0);
    let last = json!([{ "key": "regroup.last", "old": null, "new": "2026-11-23" }]);
    assert_eq!(done["settings"], last);
}

#[test]
fn undo_tells_what_it_undid_and_redo_how_to_undo_it() {
    let env = env();
    env.ok("log ana -v call");
    let undone = env.json("undo 2 --json", 0);
    let steps = json!(["log: a call with Ana Ruiz", "log: a letter with Kim Jansen"]);
    assert_eq!(undone["steps"], steps);
    assert_eq!(undone["undo"], Value::Null);
    let redone = env.json("undo --redo --json", 0);
    assert_eq!(redone["undo"]["step"], 2);
    env.fails_in_json("undo 9 --json", 1);
}

#[test]
fn an_import_says_who_is_unclear_and_what_is_wrong() {
    let env = env();
    env.write(
        "people.csv",
        "name,email\nAna Ruiz,other@x.example\n,\nBo Lind,bo@x.example,more\n",
    );
    let done = env.json("import people.csv --yes --json", 0);
    assert_eq!(done["contacts"][0]["name"], "Bo Lind");
    let unclear = json!([{ "name": "Ana Ruiz", "line": 2, "may_be": ["Ana Ruiz"] }]);
    assert_eq!(done["unclear"], unclear);
    let again = env.json("import people.csv --yes --json", 0);
    assert_eq!(
        (&again["written"], &again["contacts"]),
        (&json!(false), &json!([]))
    );
}

#[test]
fn what_is_warned_of_is_in_the_document() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana\"\n\n[[contacts]]\nname = \"Bo\"\nbucket = \"x\"\n",
    );
    for line in ["list --json", "show ana --json", "log ana -v call --json"] {
        let document = env.json(line, 0);
        let warning = &document["warnings"][0];
        assert_eq!(warning["message"], "there is no bucket `x`", "{line}");
        assert_eq!(
            (&warning["line"], &warning["severity"]),
            (&json!(6), &json!("warning"))
        );
    }
    env.json("undo --json", 0);
    let error = env.fails_in_json("log bo -v call --json", 1);
    assert_eq!(error["problems"][0]["line"], 6);
    let broken = Env::with_book("a = \n");
    for line in ["due --json", "log ana -v call --json", "w --json"] {
        let error = broken.fails_in_json(line, 1);
        assert_eq!(error["problems"][0]["column"], 1, "{line}");
    }
}

#[test]
fn a_book_is_missing_or_started_in_json_too() {
    let env = Env::empty();
    env.fails_in_json("show ana --json", 1);
    let mut started = env.json("add \"Ana Ruiz\" --json", 0);
    let buckets = started["buckets"].take();
    assert!(
        buckets.as_array().is_some_and(|buckets| buckets.len() > 1),
        "{buckets}"
    );
    assert_eq!(buckets[0]["added"], true);
    assert_eq!(started["undo"]["step"], 1);
}

#[test]
fn the_line_says_json_however_wrong_the_rest_is() {
    let env = env();
    for line in [
        "--json --bogus",
        "nothing --json",
        "due --json --jsno",
        "--json log --out",
        "--today nonsense --json due",
        "w --json --bogus",
        "due --json=x",
        "--json=true list",
        "edit kim --set --json",
        "log kim -m --json",
    ] {
        let error = env.fails_in_json(line, 2);
        assert!(error["hint"].is_string(), "{line}: {error}");
    }
    // After two hyphens it is a word like any other.
    env.run("show -- --json").code(1).stdout_eq("");
}

#[test]
fn another_form_is_refused_wherever_the_option_is() {
    let env = env();
    for line in [
        "due --quiet",
        "due --count",
        "due --format {name}",
        "due --format waybar",
        "list --format {name}",
        "log --format {name}",
    ] {
        for line in [format!("--json {line}"), format!("{line} --json")] {
            let error = env.fails_in_json(&line, 2);
            let message = error["message"].as_str().unwrap_or_default();
            assert!(
                message.ends_with("does not go with `--json`"),
                "{line}: {error}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_asked_at_a_terminal() {
    for line in [
        "triage --json",
        "regroup --json",
        "edit kim --json",
        "import new.vcf --json",
        "log an -v call --json",
        "skip -b clients --json",
    ] {
        let env = env();
        let before = env.book();
        let mut session = crate::pty::at_a_terminal(&env, line);
        let shown = session.exp_eof().expect("it ended without an answer");
        let document: Value = serde_json::from_str(&shown).expect(line);
        assert!(document["error"]["message"].is_string(), "{line}: {shown}");
        assert_eq!(env.book(), before, "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_cannot_be_written_is_no_panic() {
    let run = |line: &str| {
        let env = env();
        let full = std::fs::OpenOptions::new();
        let full = full.clone().write(true).open("/dev/full").expect("opened");
        let mut command = env.beside("netkeep");
        let output = command.args(line.split(' ')).stdout(full).output();
        let output = output.expect("ended");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{line}: {said}");
        (output.status.code(), said)
    };
    let (code, said) = run("list --json");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("could not write the answer"), "{said}");
    let (code, said) = run("log ana -v call --json");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("warning: done, but the answer could not be written"),
        "{said}"
    );
    let (code, said) = run("show nobody --json");
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("error: nobody matches `nobody`\n"),
        "{said}"
    );
    assert_eq!(run("due --bogus --json").0, Some(2));
}

#[test]
fn a_forgotten_value_before_the_option_is_an_error_in_json() {
    let env = Env::with_book(BOOK);
    let document = env.fails_in_json("log ana -d --json", 2);
    assert_eq!(document["message"], "`--json` is not a day");
}
