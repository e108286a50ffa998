//! Addresses for mail programs: mutt's manual, "External Address Queries".

use std::io;

use crate::domain::identity::match_key;
use crate::domain::{Book, Contact, ContactId};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};

/// Writes a line for each address: the address, the name and what identifies the person, separated by tabs. The line
/// before says how many there are, if `count_shown` has them; a mail program shows it as a message.
pub(crate) fn addresses(
    sink: &mut Sink,
    book: &Book,
    ids: &[ContactId],
    count_shown: Option<usize>,
) -> io::Result<()> {
    match count_shown {
        Some(0) => sink.sentence("Nobody with an address matches")?,
        Some(many) => sink.line(count(many, "address", "addresses"))?,
        None => {}
    }
    let one_line = |text: &str| Text::one_line(text).plain();
    for contact in ids.iter().map(|id| book.contact(*id)) {
        for email in match_key::addresses(contact) {
            let fields = [email.as_str(), contact.name.as_str(), &about(contact)];
            let line = fields.map(one_line).join("\t");
            sink.verbatim(&Text::tabbed(&line))?;
        }
    }
    Ok(())
}

fn about(contact: &Contact) -> String {
    let parts = [&contact.company, &contact.bucket];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}
