//! What an import finds and does, row by row.

use std::collections::HashMap;
use std::io;

use super::import_summary::{ImportRow, article};
use crate::domain::identity::equivalence::{is_same, lacking};
use crate::domain::identity::import::{Intake, Outcome};
use crate::domain::identity::match_key::MatchedBy;
use crate::domain::identity::moves::{JobChange, Move};
use crate::domain::identity::supplement::Gains;
use crate::domain::text;
use crate::domain::{Contact, ContactId, Field, Value};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::plural::and;
use crate::render::{Ink, Sink, Text};

const COLUMNS: [Head; 4] = [
    Head::new("LINE", 1, 4),
    Head::new("", 3, 7),
    Head::new("NAME", 0, 16),
    Head::new("WHAT", 2, 10),
];

/// Writes a row for each arrival of a file: its line, what becomes of it, and what the contact gains.
pub(crate) fn rows(sink: &mut Sink, intake: &Intake, rows: &[ImportRow]) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for (arrival, outcome) in rows {
        let known = outcome.id().map(|id| &intake.contacts[id.0]);
        let name = &known.unwrap_or(&arrival.contact).name;
        let (word, what) = words(intake, outcome);
        table.row(vec![
            Text::new(&arrival.line.to_string()),
            word,
            Text::one_line(name),
            Text::one_line(&what),
        ]);
    }
    if rows.is_empty() {
        return Ok(());
    }
    table.write(sink)
}

/// Writes a line for each arrival that needs a look: those left out, and those that differ from their contact in more than that
/// they moved.
pub(crate) fn to_look_at(
    sink: &mut Sink,
    intake: &Intake,
    moves: &[Move],
    rows: &[ImportRow],
) -> io::Result<()> {
    let moves: HashMap<ContactId, &Move> = moves.iter().map(|one| (one.id, one)).collect();
    for (arrival, outcome) in rows {
        let theirs = &arrival.contact;
        let mut remarks = Vec::new();
        match outcome {
            Outcome::New(_) => {}
            Outcome::Unclear(ids, by) => {
                let names = names(intake, ids);
                remarks.push(format!(
                    "{} has {} {names}: left out",
                    known_by(theirs),
                    shared(*by)
                ));
            }
            Outcome::Known(id, gains) | Outcome::Again(id, gains) => {
                let mine = &intake.contacts[id.0];
                let mut remark = |verb: &str, facts: Vec<String>| {
                    if !facts.is_empty() {
                        remarks.push(format!("{} {verb} {}", mine.name, facts.join(", ")));
                    }
                };
                let is_news = |field: Field, of: &Contact| {
                    moves.get(id).is_none_or(|one| !is_part(one, field, of))
                };
                let replaced = gains.replaced.iter();
                let replaced = replaced.filter(|(field, _)| is_news(*field, mine));
                let taken = replaced.map(|(field, old)| taken(*field, mine, old));
                remark("takes", taken.collect());
                let differs = gains.differs.iter();
                let differs = differs.filter(|field| is_news(**field, theirs));
                let kept = differs.map(|field| difference(*field, mine, theirs));
                remark("keeps", kept.collect());
            }
        }
        for remark in remarks {
            let remark = Text::one_line(&format!("line {}: {remark}", arrival.line));
            sink.message(&Text::new("  "), remark)?;
        }
    }
    Ok(())
}

/// Whether a value of `contact` is what someone moved to: that is told once, in a line for all.
fn is_part(one: &Move, field: Field, contact: &Contact) -> bool {
    let replaced = match field {
        Field::Company => &one.company,
        Field::Title => &one.title,
        _ => return false,
    };
    let new = |replaced: &JobChange| replaced.new.clone().map(Value::Text);
    match (replaced.as_ref().map(new), contact.get(field)) {
        (Some(Some(new)), Some(value)) => is_same(field, &new, &value),
        (Some(None), None) => true,
        _ => false,
    }
}

fn names(intake: &Intake, ids: &[ContactId]) -> String {
    let names = ids.iter().map(|id| intake.contacts[id.0].name.as_str());
    and(&names.collect::<Vec<&str>>())
}

fn words(intake: &Intake, outcome: &Outcome) -> (Text, String) {
    let plain = |word: &str| Text::new(word);
    let part = |word: &str, parts: Vec<&str>| {
        Some(format!("{word} {}", and(&parts))).filter(|_| !parts.is_empty())
    };
    let gained = |gains: &Gains| {
        let promises = (gains.promises > 0).then_some("promises");
        let touches = (gains.touches > 0).then_some("touches");
        let fields = gains.fields.iter().map(|field| article(*field));
        fields.chain(promises).chain(touches).collect()
    };
    let changes = |gains: &Gains| {
        let replaced = gains.replaced.iter().map(|(field, _)| field.key());
        let parts = [
            part("gains", gained(gains)),
            part("takes their", replaced.collect()),
        ];
        parts.into_iter().flatten().collect::<Vec<String>>()
    };
    match outcome {
        Outcome::New(id) => (plain("new").ink(Ink::Added), about(&intake.contacts[id.0])),
        Outcome::Again(_, gains) => {
            let what = match changes(gains).join("; ") {
                none if none.is_empty() => "the same person again".to_owned(),
                changes => format!("the same person again, {changes}"),
            };
            (plain("again").ink(Ink::Faint), what)
        }
        Outcome::Unclear(ids, by) => (
            plain("unclear").ink(Ink::Overdue),
            format!("{} {}", shared(*by), names(intake, ids)),
        ),
        Outcome::Known(_, gains) => (plain("known"), changes(gains).join("; ")),
    }
}

/// Who someone may be: a line about them, with the place where they were read, then one for each of the contacts.
pub(crate) fn candidates<'c>(
    person: &Contact,
    place: &str,
    by: MatchedBy,
    contacts: impl Iterator<Item = &'c Contact>,
) -> Vec<String> {
    let mut lines = vec![format!("{} ({place}) has {}", known_by(person), shared(by))];
    let contacts = contacts.enumerate();
    lines.extend(contacts.map(|(at, contact)| format!("  {} {}", at + 1, known_by(contact))));
    lines
}

/// A name with the facts that identify the contact.
fn known_by(contact: &Contact) -> String {
    let parts: Vec<&str> = std::iter::once(contact.name.as_str())
        .chain(facts(contact))
        .collect();
    parts.join(", ")
}

/// The first fact that identifies a new contact.
fn about(contact: &Contact) -> String {
    let link = contact.links.first().filter(|link| **link != contact.name);
    let mut all = facts(contact).chain(link.map(String::as_str));
    all.next().unwrap_or_default().to_owned()
}

/// The facts that identify a contact, besides its name.
fn facts(contact: &Contact) -> impl Iterator<Item = &str> {
    let lists = [&contact.email, &contact.phone].into_iter();
    let firsts = lists.filter_map(|list| list.first());
    let all = contact.company.iter().chain(firsts);
    all.filter(|fact| **fact != contact.name)
        .map(String::as_str)
}

fn shared(by: MatchedBy) -> &'static str {
    match by {
        MatchedBy::Uid => "the UID of",
        MatchedBy::Email => "the e-mail address (but not the name) of",
        MatchedBy::Phone => "the phone number (but not the name) of",
        MatchedBy::Link => "the link (but not the name) of",
        MatchedBy::Name => "the name of",
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
    value.map_or("none".to_owned(), |value| shortened(&value.to_string()))
}

fn shortened(text: &str) -> String {
    text::shortened(&text::on_one_line(text), 40)
}
