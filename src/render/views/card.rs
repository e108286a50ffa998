//! A contact in a few lines, to decide about.

use std::io;

use chrono::NaiveDate;

use crate::domain::Contact;
use crate::render::words::standing::about;
use crate::render::{Ink, Sink, Text};

/// Writes an empty line, who the contact is, and the last touch.
pub(crate) fn card(sink: &mut Sink, contact: &Contact, today: NaiveDate) -> io::Result<()> {
    sink.gap()?;
    let email = contact.email.first().cloned();
    let facts = position(contact).chain(email).chain(contact.tags.clone());
    let facts: Vec<String> = facts.collect();
    let name = Text::one_line(contact.shown_name()).ink(Ink::Strong);
    if facts.is_empty() {
        sink.line(name)?;
    } else {
        let facts = Text::one_line(&facts.join(", "));
        sink.prose(&(name + Text::new("  ")), facts)?;
    }
    sink.prose(&Text::new("  "), about(contact, today).ink(Ink::Faint))
}

/// `CTO at Acme`, `Oslo`: what they do and where, as far as it is known.
pub(super) fn position(contact: &Contact) -> impl Iterator<Item = String> {
    let work = match (&contact.title, &contact.company) {
        (Some(title), Some(company)) => Some(format!("{title} at {company}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    [work, contact.city.clone()].into_iter().flatten()
}
