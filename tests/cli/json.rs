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
const READS: [&str; 22] = [
    "due --all",
    "due --resting",
    "due --fading",
    "due --why ana",
    "list",
    "list nothing-like-this",
    "list --promised",
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
const WRITES: [&str; 27] = [
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
    "undo",
    "log ana kim -v call",
];

/// Lines that leave the book alone though their commands write, and what they add to the document.
const OTHERS: [(&str, &[&str]); 6] = [
    ("open ana call", &["opened", "warnings"]),
    ("check --fix", &["problems"]),
    ("check --accept", &[]),
    ("check --recover", &[]),
    ("edit ana --set company=Acme", &[]),
    ("export -o people.vcf", &["file"]),
];

/// Lines that fail, and how.
const FAILS: [(&str, i32); 48] = [
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
    ("log nobody -v call", 1),
    ("log an -v call", 1),
    ("log ana -d tomorrow", 1),
    ("log -m hi", 2),
    ("promise nobody \"fri: call\"", 1),
    ("promise --done=nothing ana", 1),
    ("skip", 2),
    ("skip nobody", 1),
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
    ("edit kim --set nothing=1", 2),
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
        Some((name, mode.trim() != "explains,"))
    };
    rows.filter_map(command).collect()
}

#[test]
fn every_command_is_tried_here() {
    assert!(commands().len() > 25);
    let others = OTHERS.map(|(line, _)| line);
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
fn what_explains_netkeep_has_no_document() {
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
    for (line, expected) in OTHERS {
        let env = env();
        let before = env.book();
        let done = env.json(&format!("{line} --json"), 0);
        let further: Vec<&str> = further(&done).into_iter().collect();
        assert_eq!(further, expected, "{line}: {done}");
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
