//! Somebody in a few lines, to decide about.

use std::io;

use chrono::NaiveDate;

use super::due;
use crate::domain::Contact;
use crate::render::{Ink, Sink, Text};

/// Writes who it is, and the last that one heard of each other; before it an empty line.
///
/// # Errors
///
/// Whatever the writer says.
pub fn card(sink: &mut Sink, contact: &Contact, today: NaiveDate) -> io::Result<()> {
    sink.gap()?;
    let place = match (&contact.title, &contact.company) {
        (Some(title), Some(company)) => Some(format!("{title} at {company}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    let facts = [place, contact.city.clone(), contact.email.first().cloned()];
    let facts: Vec<String> = facts
        .into_iter()
        .flatten()
        .chain(contact.tags.clone())
        .collect();
    let name = Text::one_line(&contact.name).ink(Ink::Strong);
    if facts.is_empty() {
        sink.line(name)?;
    } else {
        sink.line(name + Text::new("  ") + Text::one_line(&facts.join(", ")))?;
    }
    sink.line(Text::new("  ") + due::about(contact, today).ink(Ink::Faint))
}
