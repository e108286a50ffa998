//! What an import finds and does, in a line and in rows.

use std::io;

use super::plural::{and, count};
use super::table::{Column, Table};
use super::{Ink, Sink, Text};
use crate::domain::intake::{Arrival, Intake, Outcome};
use crate::domain::known::By;
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
pub fn sum(outcomes: &[Outcome], beside: Beside) -> String {
    let (mut new, mut known, mut again, mut unclear, mut differ) = (0, 0, 0, 0, 0);
    let mut gains: Vec<(&'static str, usize)> = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::New(_) => new += 1,
            Outcome::Again(_) => again += 1,
            Outcome::Unclear(..) => unclear += 1,
            Outcome::Known {
                gained,
                touches,
                differs,
                ..
            } => {
                known += 1;
                differ += usize::from(!differs.is_empty());
                let fields = gained
                    .iter()
                    .map(|field| article(*field))
                    .chain((*touches > 0).then_some("a touch"));
                for field in fields {
                    match gains.iter_mut().find(|(there, _)| *there == field) {
                        Some((_, count)) => *count += 1,
                        None => gains.push((field, 1)),
                    }
                }
            }
        }
    }
    gains.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut details = Vec::new();
    if let Some(((field, first), rest)) = gains.split_first() {
        let gain = if *first == 1 { "gains" } else { "gain" };
        let rest: String = rest
            .iter()
            .map(|(field, count)| format!(", {count} {field}"))
            .collect();
        details.push(format!("{first} {gain} {field}{rest}"));
    }
    if differ > 0 {
        details.push(count(differ, "differs", "differ"));
    }
    let details = if details.is_empty() {
        String::new()
    } else {
        format!(" ({})", details.join("; "))
    };
    let mut parts = vec![format!("{new} new")];
    let mut part = |number: usize, text: String| {
        if number > 0 {
            parts.push(text);
        }
    };
    part(known, format!("{known} known{details}"));
    part(again, format!("{again} repeated"));
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
        worth: 2,
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
        worth: 1,
        least: 16,
    },
];

/// Writes a row for each arrival of a file that `shows` takes: where it stands, what becomes of it, and why.
///
/// # Errors
///
/// Whatever the writer says.
pub fn rows(
    sink: &mut Sink,
    intake: &Intake,
    arrivals: &[Arrival],
    outcomes: &[Outcome],
    shows: impl Fn(&Outcome) -> bool,
) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    let mut is_empty = true;
    for (arrival, outcome) in arrivals
        .iter()
        .zip(outcomes)
        .filter(|(_, outcome)| shows(outcome))
    {
        is_empty = false;
        let name = match outcome {
            Outcome::New(id) | Outcome::Known { id, .. } | Outcome::Again(id) => {
                &intake.contacts[id.0].name
            }
            Outcome::Unclear(..) => &arrival.contact.name,
        };
        let (word, what) = words(intake, &arrival.contact, outcome);
        table.row(vec![
            Text::new(&arrival.line.to_string()),
            word,
            Text::one_line(name),
            Text::one_line(&what),
        ]);
    }
    if is_empty { Ok(()) } else { table.write(sink) }
}

fn words(intake: &Intake, theirs: &Contact, outcome: &Outcome) -> (Text, String) {
    let plain = |word: &str| Text::new(word);
    match outcome {
        Outcome::New(id) => (plain("new").ink(Ink::Added), about(&intake.contacts[id.0])),
        Outcome::Again(_) => (
            plain("again").ink(Ink::Faint),
            "another row of the same person".to_owned(),
        ),
        Outcome::Unclear(ids, by) => {
            let names: Vec<&str> = ids
                .iter()
                .map(|id| intake.contacts[id.0].name.as_str())
                .collect();
            (
                plain("unclear").ink(Ink::Overdue),
                format!("{} {}", shared(*by), and(&names)),
            )
        }
        Outcome::Known {
            id,
            gained,
            touches,
            differs,
        } => {
            let mut parts = Vec::new();
            let gains: Vec<&str> = gained
                .iter()
                .map(|field| article(*field))
                .chain((*touches > 0).then_some("touches"))
                .collect();
            if !gains.is_empty() {
                parts.push(format!("gains {}", and(&gains)));
            }
            let mine = &intake.contacts[id.0];
            parts.extend(differs.iter().map(|field| difference(*field, mine, theirs)));
            (plain("known"), parts.join("; "))
        }
    }
}

/// Who somebody may be, and why: a line about them, and one for each.
#[must_use]
pub fn candidates(arrival: &Arrival, ids: &[ContactId], by: By, intake: &Intake) -> Vec<String> {
    let known = |contact: &Contact| {
        let about = about(contact);
        if about.is_empty() {
            contact.name.clone()
        } else {
            format!("{}, {about}", contact.name)
        }
    };
    let mut lines = vec![format!(
        "{} (line {}) has {}",
        known(&arrival.contact),
        arrival.line,
        shared(by)
    )];
    lines.extend(
        ids.iter()
            .enumerate()
            .map(|(at, id)| format!("  {} {}", at + 1, known(&intake.contacts[id.0]))),
    );
    lines
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
        By::Email => "another name, but the e-mail address of",
        By::Phone => "another name, but the phone number of",
        By::Link => "another name, but the link of",
        By::Name => "the name of",
    }
}

/// `company Acme, theirs Globex`.
fn difference(field: Field, mine: &Contact, theirs: &Contact) -> String {
    let text = |contact: &Contact| match contact.get(field) {
        None => "none".to_owned(),
        Some(Value::Text(text)) => shortened(&text),
        Some(Value::List(items)) => shortened(&items.join(", ")),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Day(day)) => day.to_string(),
        Some(Value::Next(next)) => next.on.to_string(),
    };
    format!("{} {}, theirs {}", field.key(), text(mine), text(theirs))
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
        let known = |gained: &[Field], differs: &[Field]| Outcome::Known {
            id: ContactId(0),
            gained: gained.to_vec(),
            touches: 0,
            differs: differs.to_vec(),
        };
        let beside = Beside {
            lost: 1,
            row: ("row", "rows"),
            groups: 0,
            media: 2,
        };
        let outcomes = [
            Outcome::New(ContactId(3)),
            known(&[Field::Company, Field::Email], &[]),
            known(&[Field::Company], &[Field::Title]),
            known(&[], &[]),
            Outcome::Unclear(vec![], By::Name),
            Outcome::Again(ContactId(3)),
        ];
        assert_eq!(
            sum(&outcomes, beside),
            "1 new, 3 known (2 gain a company, 1 an e-mail address; 1 differs), 1 repeated, 1 unclear, 1 row skipped, 2 pictures and keys left out"
        );
        assert_eq!(sum(&[known(&[], &[])], Beside::default()), "0 new, 1 known");
    }
}
