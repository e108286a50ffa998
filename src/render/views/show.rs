//! The page to read before a call.

use std::io;

use chrono::{Datelike, NaiveDate};

use super::card::position;
use crate::domain::due::balance::Balance;
use crate::domain::due::rule::{CadenceSource, standing};
use crate::domain::{Birthday, Book, Contact, ContactId, Direction, Touch};
use crate::render::words::standing::when;
use crate::render::words::{days, messages, plural};
use crate::render::{Ink, Sink, Text};

/// How many touches are shown unless all are asked for.
const TOUCHES: usize = 8;

/// The width of a label.
const LABEL: usize = 10;

/// Writes everything known about a contact, the newest touches first; every touch if `all`.
pub(crate) fn show(
    sink: &mut Sink,
    book: &Book,
    id: ContactId,
    today: NaiveDate,
    all: bool,
) -> io::Result<()> {
    let contact = book.contact(id);
    heading(sink, contact)?;
    reach(sink, contact)?;
    about(sink, contact, today)?;
    rhythm(sink, book, id, today)?;
    touches(sink, contact, today, all)?;
    notes(sink, contact)
}

fn heading(sink: &mut Sink, contact: &Contact) -> io::Result<()> {
    let mut name = Text::one_line(&contact.name).ink(Ink::Strong);
    if !contact.aka.is_empty() {
        name += Text::new(" ") + Text::one_line(&format!("({})", contact.aka.join(", ")));
    }
    sink.line(name)?;
    let parts: Vec<String> = position(contact).collect();
    if parts.is_empty() {
        Ok(())
    } else {
        sink.line(Text::one_line(&parts.join(", ")))
    }
}

fn reach(sink: &mut Sink, contact: &Contact) -> io::Result<()> {
    let lists = [
        ("Phone", &contact.phone),
        ("E-mail", &contact.email),
        ("Link", &contact.links),
    ];
    if lists.iter().any(|(_, list)| !list.is_empty()) || contact.address.is_some() {
        sink.gap()?;
    }
    for (label, list) in lists {
        let labels = [label].into_iter().chain(std::iter::repeat(""));
        for (item, label) in list.iter().zip(labels) {
            fact(sink, label, &Text::one_line(item))?;
        }
    }
    text(sink, "Address", contact.address.as_deref())
}

fn about(sink: &mut Sink, contact: &Contact, today: NaiveDate) -> io::Result<()> {
    if contact.birthday.is_some() || contact.met.is_some() || !contact.tags.is_empty() {
        sink.gap()?;
    }
    if let Some(birthday) = contact.birthday {
        let birthday = birthday_words(birthday, today);
        fact(sink, "Birthday", &Text::new(&birthday))?;
    }
    text(sink, "Met", contact.met.as_deref())?;
    let tags = contact.tags.join(", ");
    text(sink, "Tags", (!tags.is_empty()).then_some(tags.as_str()))
}

/// `12 Mar 1984, turns 43 in 3 months`.
fn birthday_words(birthday: Birthday, today: NaiveDate) -> String {
    let next = birthday.next(today);
    let when = days::ahead(next, today);
    match birthday {
        Birthday::Date(date) if next.year() > date.year() => {
            format!(
                "{}, turns {} {when}",
                date.format("%-d %b %Y"),
                next.year() - date.year()
            )
        }
        Birthday::Date(date) => date.format("%-d %b %Y").to_string(),
        Birthday::Yearless { day, .. } => format!("{day} {}, {when}", next.format("%b")),
    }
}

fn rhythm(sink: &mut Sink, book: &Book, id: ContactId, today: NaiveDate) -> io::Result<()> {
    let contact = book.contact(id);
    let standing = standing(book, id, today);
    sink.gap()?;
    let bucket = contact.bucket.as_deref().unwrap_or("none");
    let friendly = if contact.friendly { ", friendly" } else { "" };
    let bucket = format!("{bucket}{friendly}");
    fact(sink, "Bucket", &Text::one_line(&bucket))?;
    if let Some((cadence, source)) = standing.cadence {
        let own = if source == CadenceSource::Own {
            ", their own"
        } else {
            ""
        };
        fact(sink, "Cadence", &Text::new(&format!("{cadence}{own}")))?;
    }
    if let Some(next) = &standing.next {
        let mut plan = days::date_and_distance(next.on, today);
        if let Some(what) = &next.what {
            plan += &format!(": {what}");
        }
        fact(sink, "Next", &Text::one_line(&plan))?;
    }
    let balance = Balance::of(contact, today);
    if !balance.is_empty() {
        fact(sink, "Balance", &Text::new(&messages::balance(balance)))?;
    }
    let due_words = when(&standing, contact, today, book.week.last_day(today));
    let due = match standing.due {
        Some(due) if standing.quiet.is_none() && due > today => {
            Text::new(&days::date_and_distance(due, today))
        }
        Some(due) if standing.quiet.is_none() && due < today => {
            due_words + Text::new(&format!(", since {}", days::date(due, today)))
        }
        _ => due_words,
    };
    fact(sink, "Due", &due)
}

fn touches(sink: &mut Sink, contact: &Contact, today: NaiveDate, all: bool) -> io::Result<()> {
    sink.gap()?;
    let mut touches: Vec<&Touch> = contact.touches.iter().collect();
    touches.sort_by_key(|touch| touch.on);
    if touches.is_empty() {
        return match contact.added {
            Some(added) => sink.line(format!(
                "No touches yet; added {}",
                days::date(added, today)
            )),
            None => sink.line("No touches yet"),
        };
    }
    sink.line(Text::new(&plural::count(touches.len(), "touch", "touches")).ink(Ink::Faint))?;
    let shown = if all { touches.len() } else { TOUCHES };
    let via_width = touches
        .iter()
        .rev()
        .take(shown)
        .map(|touch| via(touch).width())
        .max()
        .unwrap_or(0);
    for touch in touches.iter().rev().take(shown) {
        let via = via(touch);
        let pad = " ".repeat(via_width - via.width() + 2);
        let head = Text::new(&format!(
            "  {:>11}  ",
            touch.on.format("%-d %b %Y").to_string()
        )) + via
            + Text::new(&pad);
        sink.wrapped(&head, words(touch).split_whitespace())?;
    }
    match touches.len().checked_sub(shown) {
        Some(more @ 1..) => sink.line(Text::new(&format!("  {more} more (--all)")).ink(Ink::Faint)),
        _ => Ok(()),
    }
}

/// `budget approved; gave: an introduction; got: a hint`.
fn words(touch: &Touch) -> String {
    let labelled =
        |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label}: {text}"));
    let words = touch.words();
    let words = [
        words.note.clone(),
        labelled("gave", &words.gave),
        labelled("got", &words.got),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The channel, and who reached out.
fn via(touch: &Touch) -> Text {
    let via = touch.via().unwrap_or("touch");
    Text::one_line(&match touch.direction {
        Some(Direction::Out) => format!("{via}, out"),
        Some(Direction::In) => format!("{via}, in"),
        None => via.to_owned(),
    })
}

fn notes(sink: &mut Sink, contact: &Contact) -> io::Result<()> {
    let Some(notes) = &contact.notes else {
        return Ok(());
    };
    sink.gap()?;
    sink.line(Text::new("Notes").ink(Ink::Faint))?;
    for line in notes.trim_end().lines() {
        // Indented, so that a line of the notes does not look like a fact.
        sink.wrapped(&Text::new("  "), line.split_whitespace())?;
    }
    Ok(())
}

fn text(sink: &mut Sink, label: &str, text: Option<&str>) -> io::Result<()> {
    match text {
        Some(text) => sink.wrapped(&label_of(label), text.split_whitespace()),
        None => Ok(()),
    }
}

fn fact(sink: &mut Sink, label: &str, fact: &Text) -> io::Result<()> {
    sink.line(label_of(label) + fact.clone())
}

fn label_of(label: &str) -> Text {
    Text::new(&format!("{label:<LABEL$}")).ink(Ink::Faint)
}
