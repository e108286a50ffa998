//! The keys of every JSON document: scripts rely on them, so they are only ever added, and `netkeep help scripting` lists them.

use std::collections::BTreeSet;

use serde_json::Value;
use snapbox::{IntoData, assert_data_eq, str};

use crate::env::{Env, stdout};
use crate::touches::{BO, DI, ME, mbox, message};

/// A book with everything that a document can contain.
const BOOK: &str = r#"[week]
touches = 1

[sources]
me = "sam@keeper.example"

[buckets.clients]
cadence = "1 week"
share = 2

[buckets.friends]
cadence = "2 months"
emial = "x"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
email = "ana@acme.example"
birthday = "--11-25"
dates = [{ on = 2014-11-26, what = "wedding" }]
next = { on = 2026-11-27, what = "send the draft" }
promises = [{ by = 2026-11-25, what = "a map" }]
paused = false
touches = [
  { on = 2026-01-02, via = "call", note = "hi", gave = "x" },
  { on = 2026-10-02, via = "call", direction = "in", note = "budget approved" },
]

[[contacts]]
name = "Anna Ruiz"
bucket = "clients"
email = "ana@acme.example"
met = "through Bo Lind"

[[contacts]]
name = "Bo Lind"
bucket = "clients"
email = "bo@lind.example"
company = "Acme"
title = "CTO"
touches = [
  { on = 2026-09-01, direction = "out" },
  { on = 2026-09-02, direction = "out" },
  { on = 2026-09-03, direction = "out" },
]

[[contacts]]
name = "Cy Ng"
touches = [{ on = 2026-01-01, got = "x" }, { on = 2026-02-01 }, { on = 2026-03-01 }, { on = 2026-04-01 }]
"#;

/// With changes that can be undone and redone.
fn env() -> Env {
    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "true");
    env.write(
        "new.vcf",
        "BEGIN:VCARD\nFN:Ana Ruiz\nEMAIL:other@x.example\nEND:VCARD\n",
    );
    env.write(
        "moved.vcf",
        "BEGIN:VCARD\nFN:Bo Lind\nEMAIL:bo@lind.example\nORG:Basalt\nEND:VCARD\n",
    );
    env.write(
        "box",
        mbox(&[
            message(1, 3, ME, BO, None),
            message(2, 5, ME, DI, None),
            message(3, 6, DI, ME, Some(2)),
        ]),
    );
    env.run("log bo -v call -d 2026-01-01");
    env.run("bucket set friends --share 2");
    env.run("log ana -v call -d 2026-01-01");
    env.run("undo");
    env
}

/// Commands that write a document.
const DOCUMENTS: [&str; 36] = [
    "due --all --json",
    "due --resting --json",
    "due --fading --json",
    "list --json",
    "list --promised --json",
    "list --birthdays --json",
    "promise --json",
    "show ana --json",
    "export --to json",
    "query --json",
    "bucket list --json",
    "forecast --json",
    "stats --json",
    "regroup --list --json",
    "check --json",
    "check --duplicates --json",
    "undo --list --json",
    "log bo -v call --json -n",
    "log bo -v call --json",
    "rename bo Bosse --json",
    "bucket set friends --share 3 --json",
    "bucket rename friends mates --json",
    "regroup --done --json",
    "remove --purge --yes \"Cy Ng\" --json",
    "import new.vcf --yes --json",
    "import moved.vcf --yes --json -n",
    "import box --yes --json",
    "import box --suggest --json",
    "undo --json",
    "open ana email --json",
    "check --fix --json",
    "export -o x.vcf --json",
    "report -o x.html --json",
    "show nobody --json",
    "show ruiz --json",
    "promise --done=nothing ana --json",
];

/// Every key of the document of a command, as a path to it.
fn keys(env: &Env, args: &str) -> String {
    let run = env.run(args);
    let document: Value = serde_json::from_str(&stdout(&run)).expect(args);
    assert_eq!(document["version"], 1, "{args}");
    let mut paths = BTreeSet::new();
    gather(&document, "", &mut paths);
    paths.into_iter().map(|path| path + "\n").collect()
}

fn gather(value: &Value, path: &str, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let path = format!("{path}.{key}");
                gather(value, &path, paths);
                paths.insert(path);
            }
        }
        Value::Array(items) => {
            for item in items {
                gather(item, &format!("{path}[]"), paths);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn case(args: &str, expected: impl IntoData) {
    assert_data_eq!(keys(&env(), args), expected);
}

#[test]
fn the_keys_of_due() {
    case(
        "due --all --json",
        str![[r#"
.days
.days[].bucket
.days[].date
.days[].name
.days[].on
.days[].turns
.days[].what
.days[].years
.due
.due[].address
.due[].bucket
.due[].cadence
.due[].channel
.due[].class
.due[].company
.due[].due
.due[].email
.due[].friendly
.due[].last
.due[].name
.due[].next
.due[].next.on
.due[].next.what
.due[].note
.due[].only_asked
.due[].phone
.due[].pressure
.due[].promises
.due[].promises[].by
.due[].promises[].what
.due[].reason
.due[].state
.due[].urgent
.today
.version
.week
.week.done
.week.ends
.week.size
.week.starts
.week.to_go
.week.waiting
.week.waiting_by_bucket
.week.waiting_by_bucket[].bucket
.week.waiting_by_bucket[].contacts

"#]],
    );
    case(
        "due --resting --json",
        str![[r#"
.resting
.resting[].bucket
.resting[].last
.resting[].name
.resting[].silent_days
.resting[].unanswered
.resting[].usual_days
.today
.version

"#]],
    );
    case(
        "due --fading --json",
        str![[r#"
.fading
.fading[].bucket
.fading[].last
.fading[].name
.fading[].silent_days
.fading[].unanswered
.fading[].usual_days
.today
.version

"#]],
    );
}

#[test]
fn the_keys_of_contacts() {
    case(
        "list --json",
        str![[r#"
.contacts
.contacts[].added
.contacts[].address
.contacts[].aka
.contacts[].birthday
.contacts[].bucket
.contacts[].cadence
.contacts[].city
.contacts[].company
.contacts[].dates
.contacts[].dates[].on
.contacts[].dates[].what
.contacts[].due
.contacts[].email
.contacts[].friendly
.contacts[].last
.contacts[].limit
.contacts[].links
.contacts[].met
.contacts[].name
.contacts[].next
.contacts[].next.on
.contacts[].next.what
.contacts[].notes
.contacts[].paused
.contacts[].phone
.contacts[].pressure
.contacts[].promises
.contacts[].promises[].by
.contacts[].promises[].what
.contacts[].state
.contacts[].tags
.contacts[].title
.contacts[].touches
.contacts[].touches[].direction
.contacts[].touches[].gave
.contacts[].touches[].got
.contacts[].touches[].note
.contacts[].touches[].on
.contacts[].touches[].source
.contacts[].touches[].via
.contacts[].uid
.version

"#]],
    );
    case(
        "show ana --json",
        str![[r#"
.contact
.contact.added
.contact.address
.contact.aka
.contact.birthday
.contact.brought
.contact.brought_by
.contact.bucket
.contact.cadence
.contact.city
.contact.company
.contact.dates
.contact.dates[].on
.contact.dates[].what
.contact.due
.contact.email
.contact.friendly
.contact.last
.contact.limit
.contact.links
.contact.met
.contact.name
.contact.next
.contact.next.on
.contact.next.what
.contact.notes
.contact.paused
.contact.phone
.contact.pressure
.contact.promises
.contact.promises[].by
.contact.promises[].what
.contact.state
.contact.tags
.contact.title
.contact.touches
.contact.touches[].direction
.contact.touches[].gave
.contact.touches[].got
.contact.touches[].note
.contact.touches[].on
.contact.touches[].source
.contact.touches[].via
.contact.uid
.version

"#]],
    );
    case(
        "query ana --json",
        str![[r#"
.addresses
.addresses[].bucket
.addresses[].company
.addresses[].email
.addresses[].name
.version

"#]],
    );
    case(
        "export ana --to json",
        str![[r#"
.contacts
.contacts[].added
.contacts[].address
.contacts[].aka
.contacts[].birthday
.contacts[].bucket
.contacts[].cadence
.contacts[].city
.contacts[].company
.contacts[].dates
.contacts[].dates[].on
.contacts[].dates[].what
.contacts[].due
.contacts[].email
.contacts[].friendly
.contacts[].last
.contacts[].limit
.contacts[].links
.contacts[].met
.contacts[].name
.contacts[].next
.contacts[].next.on
.contacts[].next.what
.contacts[].notes
.contacts[].paused
.contacts[].phone
.contacts[].pressure
.contacts[].promises
.contacts[].promises[].by
.contacts[].promises[].what
.contacts[].state
.contacts[].tags
.contacts[].title
.contacts[].touches
.contacts[].touches[].direction
.contacts[].touches[].gave
.contacts[].touches[].got
.contacts[].touches[].note
.contacts[].touches[].on
.contacts[].touches[].source
.contacts[].touches[].via
.contacts[].uid
.version

"#]],
    );
}

#[test]
fn the_keys_of_numbers() {
    case(
        "bucket list --json",
        str![[r#"
.buckets
.buckets[].cadence
.buckets[].contacts
.buckets[].due
.buckets[].limit
.buckets[].name
.buckets[].share
.buckets[].size
.version

"#]],
    );
    case(
        "forecast --json",
        str![[r#"
.asks_a_week
.buckets
.buckets[].asks_a_week
.buckets[].bucket
.buckets[].cadence
.buckets[].carries
.buckets[].comes_to_days
.buckets[].comes_to_times
.buckets[].done_a_week
.buckets[].never
.buckets[].size
.done_a_week
.size
.today
.verdict
.version
.weeks
.weeks[].buckets
.weeks[].buckets[].bucket
.weeks[].buckets[].due
.weeks[].due
.weeks[].starts

"#]],
    );
    case(
        "stats --json",
        str![[r#"
.buckets
.buckets[].asked
.buckets[].both
.buckets[].bucket
.buckets[].cadence
.buckets[].gave
.buckets[].got
.buckets[].in
.buckets[].median_gap_days
.buckets[].out
.buckets[].people
.buckets[].within
.channels
.channels[].touches
.channels[].via
.connectors
.connectors[].brought
.connectors[].name
.months
.months[].month
.months[].touches
.only_asked
.promises
.promises.late
.promises.open
.today
.version

"#]],
    );
}

#[test]
fn the_keys_of_findings() {
    case(
        "regroup --list --json",
        str![[r#"
.findings
.findings[].bucket
.findings[].median_gap_days
.findings[].name
.findings[].proposal
.findings[].to
.findings[].why
.today
.version

"#]],
    );
    case(
        "check --json",
        str![[r#"
.file
.problems
.problems[].column
.problems[].contact
.problems[].hint
.problems[].line
.problems[].message
.problems[].severity
.version

"#]],
    );
    case(
        "check --duplicates --json",
        str![[r#"
.duplicates
.duplicates[].one
.duplicates[].other
.duplicates[].reasons
.version

"#]],
    );
    case(
        "undo --list --json",
        str![[r#"
.changes
.changes[].at
.changes[].buckets
.changes[].command
.changes[].contacts
.changes[].step
.changes[].what
.undone
.undone[].at
.undone[].buckets
.undone[].command
.undone[].contacts
.undone[].step
.undone[].what
.version

"#]],
    );
}

#[test]
fn the_keys_of_promise() {
    case(
        "promise --json",
        str![[r#"
.promises
.promises[].bucket
.promises[].by
.promises[].late
.promises[].name
.promises[].plan
.promises[].what
.today
.version

"#]],
    );
}

#[test]
fn the_keys_of_what_was_done() {
    case(
        "log bo -v call --json",
        str![[r#"
.command
.contacts
.contacts[].changed
.contacts[].changed.touches
.contacts[].changed.touches.new
.contacts[].changed.touches.new[].direction
.contacts[].changed.touches.new[].gave
.contacts[].changed.touches.new[].got
.contacts[].changed.touches.new[].note
.contacts[].changed.touches.new[].on
.contacts[].changed.touches.new[].source
.contacts[].changed.touches.new[].via
.contacts[].changed.touches.old
.contacts[].due
.contacts[].name
.undo
.undo.step
.undo.what
.version
.written

"#]],
    );
    case(
        "bucket set friends --share 3 --json",
        str![[r#"
.buckets
.buckets[].changed
.buckets[].changed.share
.buckets[].changed.share.new
.buckets[].changed.share.old
.buckets[].name
.command
.contacts
.undo
.undo.step
.undo.what
.version
.written

"#]],
    );
    case(
        "regroup --done --json",
        str![[r#"
.command
.contacts
.settings
.settings[].key
.settings[].new
.settings[].old
.undo
.undo.step
.undo.what
.version
.written

"#]],
    );
    case(
        "import new.vcf --yes --json",
        str![[r#"
.command
.contacts
.unclear
.unclear[].line
.unclear[].may_be
.unclear[].name
.undo
.version
.warnings
.warnings[].column
.warnings[].contact
.warnings[].hint
.warnings[].line
.warnings[].message
.warnings[].severity
.written

"#]],
    );
    case(
        "import moved.vcf --yes --json -n",
        str![[r#"
.command
.contacts
.moved
.moved[].company
.moved[].company.new
.moved[].company.old
.moved[].name
.moved[].title
.moved[].title.new
.moved[].title.old
.undo
.version
.warnings
.warnings[].column
.warnings[].contact
.warnings[].hint
.warnings[].line
.warnings[].message
.warnings[].severity
.written

"#]],
    );
    case(
        "import box --yes --json",
        str![[r#"
.command
.contacts
.contacts[].changed
.contacts[].changed.touches
.contacts[].changed.touches.new
.contacts[].changed.touches.new[].direction
.contacts[].changed.touches.new[].gave
.contacts[].changed.touches.new[].got
.contacts[].changed.touches.new[].note
.contacts[].changed.touches.new[].on
.contacts[].changed.touches.new[].source
.contacts[].changed.touches.new[].via
.contacts[].changed.touches.old
.contacts[].due
.contacts[].name
.found
.found[].direction
.found[].name
.found[].on
.found[].source
.found[].state
.found[].subject
.found[].via
.found[].why
.sources
.sources[].left_out
.sources[].left_out[].number
.sources[].left_out[].why
.sources[].seen
.sources[].source
.undo
.undo.step
.undo.what
.version
.written

"#]],
    );
    case(
        "import box --suggest --json",
        str![[r#"
.command
.contacts
.suggestions
.suggestions[].email
.suggestions[].last
.suggestions[].name
.suggestions[].received
.suggestions[].sent
.undo
.version
.written

"#]],
    );
    case(
        "undo --json",
        str![[r#"
.buckets
.buckets[].changed
.buckets[].changed.share
.buckets[].changed.share.new
.buckets[].changed.share.old
.buckets[].name
.command
.contacts
.steps
.undo
.version
.written

"#]],
    );
    case(
        "open ana email --json",
        str![[r#"
.command
.contacts
.open
.open.address
.open.channel
.open.name
.open.opened
.undo
.version
.warnings
.warnings[].column
.warnings[].contact
.warnings[].hint
.warnings[].line
.warnings[].message
.warnings[].severity
.written

"#]],
    );
    case(
        "check --fix --json",
        str![[r#"
.command
.contacts
.problems
.problems[].column
.problems[].contact
.problems[].hint
.problems[].line
.problems[].message
.problems[].severity
.undo
.version
.written

"#]],
    );
    case(
        "export -o x.vcf --json",
        str![[r#"
.command
.contacts
.file
.file.contacts
.file.format
.file.path
.undo
.version
.written

"#]],
    );
    case(
        "report -o x.html --json",
        str![[r#"
.command
.contacts
.report
.report.contacts
.report.opened
.report.path
.report.since
.undo
.version
.written

"#]],
    );
}

#[test]
fn the_keys_of_errors() {
    case(
        "show nobody --json",
        str![[r#"
.error
.error.exit
.error.hint
.error.message
.version

"#]],
    );
    case(
        "show ruiz --json",
        str![[r#"
.error
.error.choices
.error.choices[].bucket
.error.choices[].company
.error.choices[].line
.error.choices[].name
.error.choices[].type
.error.exit
.error.hint
.error.message
.version

"#]],
    );
    case(
        "promise --done=nothing ana --json",
        str![[r#"
.error
.error.choices
.error.choices[].promise
.error.exit
.error.hint
.error.message
.version

"#]],
    );
}

/// The help explains every key.
#[test]
fn every_key_is_in_the_help() {
    let help = include_str!("../../docs/reference/scripting.md");
    let env = env();
    for args in DOCUMENTS {
        for path in keys(&env, args).lines() {
            let key = path.rsplit('.').next().unwrap_or_default();
            let told = [format!("\"{key}\":"), format!("`{key}`")];
            assert!(
                told.iter().any(|told| help.contains(told)),
                "{args}: {path}"
            );
        }
    }
}
