//! What an import finds and does, in a line and in rows.

use std::collections::HashSet;
use std::io;

use super::plural::{and, count};
use super::table::{Column, Table};
use super::{Ink, Sink, Text};
use crate::domain::intake::{Arrival, Intake, Outcome};
use crate::domain::same::lacking;
use crate::domain::who::By;
use crate::domain::{Contact, ContactId, Field, Value};

/// What a file held besides people.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// Rows or cards that were left out.
    pub lost: usize,
    /// What a row is called.
    pub row: (&'static str, &'static str),
    /// Lists of people.
    pub groups: usize,
    /// Pictures, sounds and keys.
    pub media: usize,
}

/// `212 new, 31 known (4 gain a company), 2 unclear, 1 row skipped`.
#[must_use]
pub fn sum(intake: &Intake, outcomes: &[Outcome], beside: Beside) -> String {
    let (mut new, mut known, mut again, mut unclear, mut differ, mut taken) = (0, 0, 0, 0, 0, 0);
    for outcome in outcomes {
        match outcome {
            Outcome::New(_) => new += 1,
            Outcome::Again { differs, .. } => {
                again += 1;
                differ += usize::from(!differs.is_empty());
            }
            Outcome::Unclear(..) => unclear += 1,
            Outcome::Known {
                differs, replaced, ..
            } => {
                known += 1;
                taken += usize::from(!replaced.is_empty());
                differ += usize::from(!differs.is_empty());
            }
        }
    }
    let (known_gain, again_gain) = match gains(intake, outcomes) {
        gains if known > 0 => (gains, String::new()),
        gains => (String::new(), gains),
    };
    let mut parts = vec![format!("{new} new")];
    let mut part = |number: usize, text: String| {
        if number > 0 {
            parts.push(text);
        }
    };
    part(known, format!("{known} known{known_gain}"));
    part(again, format!("{again} repeated{again_gain}"));
    part(taken, count(taken, "takes theirs", "take theirs"));
    part(differ, count(differ, "differs", "differ"));
    part(unclear, format!("{unclear} unclear"));
    part(
        beside.lost,
        format!("{} skipped", count(beside.lost, beside.row.0, beside.row.1)),
    );
    part(beside.groups, count(beside.groups, "group", "groups"));
    part(
        beside.media,
        format!(
            "{} left out",
            count(beside.media, "picture or key", "pictures and keys")
        ),
    );
    parts.join(", ")
}

/// ` (4 gain a company, 1 a title)`: how many of the book's people gain what, be it by one row or by several.
fn gains(intake: &Intake, outcomes: &[Outcome]) -> String {
    let mut seen: HashSet<(ContactId, &str)> = HashSet::new();
    let mut gains: Vec<(&str, usize)> = Vec::new();
    for outcome in outcomes {
        let (id, fields, touches) = match outcome {
            Outcome::Known {
                id,
                gained,
                touches,
                ..
            } => (id, gained, *touches),
            Outcome::Again { id, gained, .. } => (id, gained, 0),
            Outcome::New(_) | Outcome::Unclear(..) => continue,
        };
        let fields = fields.iter().map(|field| article(*field));
        for field in fields.chain((touches > 0).then_some("a touch")) {
            if id.0 >= intake.before || !seen.insert((*id, field)) {
                continue;
            }
            match gains.iter_mut().find(|(there, _)| *there == field) {
                Some((_, count)) => *count += 1,
                None => gains.push((field, 1)),
            }
        }
    }
    gains.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let Some(((field, first), rest)) = gains.split_first() else {
        return String::new();
    };
    let gain = if *first == 1 { "gains" } else { "gain" };
    let rest = rest
        .iter()
        .map(|(field, count)| format!(", {count} {field}"));
    format!(" ({first} {gain} {field}{})", rest.collect::<String>())
}

/// A field as something that one has.
fn article(field: Field) -> &'static str {
    match field {
        Field::Name => "a name",
        Field::Aka => "another name",
        Field::Bucket => "a bucket",
        Field::Cadence => "a cadence",
        Field::Limit => "a limit",
        Field::Company => "a company",
        Field::Title => "a title",
        Field::Email => "an e-mail address",
        Field::Phone => "a phone number",
        Field::Links => "a link",
        Field::Address => "an address",
        Field::City => "a city",
        Field::Birthday => "a birthday",
        Field::Tags => "a tag",
        Field::Met => "where you met",
        Field::Friendly => "friendliness",
        Field::Paused => "a pause",
        Field::Added => "a first day",
        Field::Next => "a plan",
        Field::Uid => "a UID",
        Field::Notes => "notes",
    }
}

const COLUMNS: [Column; 4] = [
    Column {
        title: "LINE",
        worth: 1,
        least: 4,
    },
    Column {
        title: "",
        worth: 3,
        least: 7,
    },
    Column {
        title: "NAME",
        worth: 0,
        least: 16,
    },
    Column {
        title: "WHAT",
        worth: 2,
        least: 10,
    },
];

/// Writes a row for each arrival of a file: where it stands, what becomes of it, and what it gains.
///
/// # Errors
///
/// Whatever the writer says.
pub fn rows(
    sink: &mut Sink,
    intake: &Intake,
    arrivals: &[Arrival],
    outcomes: &[Outcome],
) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for (arrival, outcome) in arrivals.iter().zip(outcomes) {
        let name = match outcome {
            Outcome::New(id) | Outcome::Known { id, .. } | Outcome::Again { id, .. } => {
                &intake.contacts[id.0].name
            }
            Outcome::Unclear(..) => &arrival.contact.name,
        };
        let (word, what) = words(intake, outcome);
        table.row(vec![
            Text::new(&arrival.line.to_string()),
            word,
            Text::one_line(name),
            Text::one_line(&what),
        ]);
    }
    if arrivals.is_empty() {
        return Ok(());
    }
    table.write(sink)
}

/// Writes a line for each arrival that somebody should look at: who is left out, and in what a contact differs.
///
/// # Errors
///
/// Whatever the writer says.
pub fn to_look_at(
    sink: &mut Sink,
    intake: &Intake,
    arrivals: &[Arrival],
    outcomes: &[Outcome],
) -> io::Result<()> {
    for (arrival, outcome) in arrivals.iter().zip(outcomes) {
        let theirs = &arrival.contact;
        let mut said = Vec::new();
        match outcome {
            Outcome::New(_) => {}
            Outcome::Unclear(ids, by) => {
                let names = names(intake, ids);
                said.push(format!(
                    "{} has {} {names}: left out",
                    known_by(theirs),
                    shared(*by)
                ));
            }
            Outcome::Known { id, differs, .. } | Outcome::Again { id, differs, .. } => {
                let mine = &intake.contacts[id.0];
                if let Outcome::Known { replaced, .. } = outcome
                    && !replaced.is_empty()
                {
                    let taken = replaced.iter().map(|(field, old)| taken(*field, mine, old));
                    let taken: Vec<String> = taken.collect();
                    said.push(format!("{} takes {}", mine.name, taken.join(", ")));
                }
                if !differs.is_empty() {
                    let differences = differs.iter().map(|field| difference(*field, mine, theirs));
                    let differences: Vec<String> = differences.collect();
                    said.push(format!("{} keeps {}", mine.name, differences.join(", ")));
                }
            }
        }
        for said in said {
            let said = Text::one_line(&format!("line {}: {said}", arrival.line));
            sink.line(Text::new("  ") + said)?;
        }
    }
    Ok(())
}

fn names(intake: &Intake, ids: &[ContactId]) -> String {
    let names = ids.iter().map(|id| intake.contacts[id.0].name.as_str());
    and(&names.collect::<Vec<&str>>())
}

fn words(intake: &Intake, outcome: &Outcome) -> (Text, String) {
    let plain = |word: &str| Text::new(word);
    match outcome {
        Outcome::New(id) => (plain("new").ink(Ink::Added), about(&intake.contacts[id.0])),
        Outcome::Again { gained, .. } => {
            let gains: Vec<&str> = gained.iter().map(|field| article(*field)).collect();
            let gains = match gains.as_slice() {
                [] => String::new(),
                gains => format!(", gains {}", and(gains)),
            };
            let what = format!("one more of the same person{gains}");
            (plain("again").ink(Ink::Faint), what)
        }
        Outcome::Unclear(ids, by) => (
            plain("unclear").ink(Ink::Overdue),
            format!("{} {}", shared(*by), names(intake, ids)),
        ),
        Outcome::Known {
            gained,
            replaced,
            touches,
            ..
        } => {
            let touches = (*touches > 0).then_some("touches");
            let gains = gained.iter().map(|field| article(*field)).chain(touches);
            let gains: Vec<&str> = gains.collect();
            let takes: Vec<&str> = replaced.iter().map(|(field, _)| field.key()).collect();
            let part = |word: &str, parts: &[&str]| {
                Some(format!("{word} {}", and(parts))).filter(|_| !parts.is_empty())
            };
            let parts = [part("gains", &gains), part("takes their", &takes)];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (plain("known"), parts.join("; "))
        }
    }
}

/// Who somebody may be, and why: a line about them, and one for each.
#[must_use]
pub fn candidates(arrival: &Arrival, ids: &[ContactId], by: By, intake: &Intake) -> Vec<String> {
    let mut lines = vec![format!(
        "{} (line {}) has {}",
        known_by(&arrival.contact),
        arrival.line,
        shared(by)
    )];
    lines.extend(
        ids.iter()
            .enumerate()
            .map(|(at, id)| format!("  {} {}", at + 1, known_by(&intake.contacts[id.0]))),
    );
    lines
}

/// A name with what tells whose it is.
fn known_by(contact: &Contact) -> String {
    let first = |list: &[String]| list.first().cloned();
    let about = [
        contact.company.clone(),
        first(&contact.email),
        first(&contact.phone),
    ];
    let about = about
        .into_iter()
        .flatten()
        .filter(|about| *about != contact.name);
    let parts: Vec<String> = std::iter::once(contact.name.clone()).chain(about).collect();
    parts.join(", ")
}

/// What somebody new is known by at a glance.
fn about(contact: &Contact) -> String {
    let first = |list: &[String]| list.first().cloned();
    [
        contact.company.clone(),
        first(&contact.email),
        first(&contact.phone),
        first(&contact.links),
    ]
    .into_iter()
    .flatten()
    .find(|about| *about != contact.name)
    .unwrap_or_default()
}

fn shared(by: By) -> &'static str {
    match by {
        By::Uid => "the UID of",
        By::Email => "the e-mail address (and not the name) of",
        By::Phone => "the phone number (and not the name) of",
        By::Link => "the link (and not the name) of",
        By::Name => "the name of",
    }
}

/// `company Acme (theirs Globex)`.
fn difference(field: Field, mine: &Contact, theirs: &Contact) -> String {
    if field == Field::Notes {
        let [mine, theirs] = [mine, theirs].map(|contact| contact.notes.as_deref());
        let more = lacking(mine.unwrap_or_default(), theirs.unwrap_or_default());
        return format!("notes (theirs add {})", shortened(&more.join(" / ")));
    }
    let [mine, theirs] = [mine, theirs].map(|contact| value(contact.get(field)));
    format!("{} {mine} (theirs {theirs})", field.key())
}

/// `company Globex (was Acme)`.
fn taken(field: Field, mine: &Contact, old: &Value) -> String {
    let new = value(mine.get(field));
    format!("{} {new} (was {})", field.key(), value(Some(old.clone())))
}

fn value(value: Option<Value>) -> String {
    match value {
        None => "none".to_owned(),
        Some(Value::Text(text)) => shortened(&text),
        Some(Value::List(items)) => shortened(&items.join(", ")),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Day(day)) => day.to_string(),
        Some(Value::Next(next)) => next.on.to_string(),
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_counts_what_there_is() {
        let known = |id, gained: &[Field], differs: &[Field]| Outcome::Known {
            id: ContactId(id),
            gained: gained.to_vec(),
            replaced: vec![],
            touches: 0,
            differs: differs.to_vec(),
        };
        let again = |id, gained: &[Field]| Outcome::Again {
            id: ContactId(id),
            gained: gained.to_vec(),
            differs: vec![],
        };
        let beside = Beside {
            lost: 1,
            row: ("row", "rows"),
            groups: 0,
            media: 2,
        };
        let intake = Intake {
            contacts: vec![],
            before: 3,
            outcomes: vec![],
        };
        let outcomes = [
            Outcome::New(ContactId(3)),
            known(0, &[Field::Company, Field::Email], &[]),
            known(1, &[Field::Company], &[Field::Title]),
            known(2, &[], &[]),
            Outcome::Unclear(vec![], By::Name),
            again(3, &[Field::Email]),
            again(1, &[Field::Company]),
        ];
        assert_eq!(
            sum(&intake, &outcomes, beside),
            "1 new, 3 known (2 gain a company, 1 an e-mail address), 2 repeated, 1 differs, 1 unclear, 1 row skipped, 2 pictures and keys left out"
        );
        let sum = |outcome| sum(&intake, &[outcome], Beside::default());
        assert_eq!(sum(known(0, &[], &[])), "0 new, 1 known");
        let taken = Outcome::Known {
            id: ContactId(0),
            gained: vec![],
            replaced: vec![(Field::City, Value::Text("Lyon".to_owned()))],
            touches: 0,
            differs: vec![],
        };
        assert_eq!(sum(taken), "0 new, 1 known, 1 takes theirs");
        assert_eq!(
            sum(again(0, &[Field::Title])),
            "0 new, 1 repeated (1 gains a title)"
        );
    }
}
