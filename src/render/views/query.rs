//! Addresses for mail programs: mutt's manual, "External Address Queries".

use std::io;

use crate::domain::{Book, Contact, ContactId};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};

/// Writes the first line, which a mail program shows as a message.
pub(crate) fn header(sink: &mut Sink, addresses: usize) -> io::Result<()> {
    let message = match addresses {
        0 => "Nobody with an address matches".to_owned(),
        addresses => count(addresses, "address", "addresses"),
    };
    sink.line(message)
}

/// Writes a line for each address: the address, the name and what tells the person apart, separated by tabs.
pub(crate) fn addresses(sink: &mut Sink, book: &Book, ids: &[ContactId]) -> io::Result<()> {
    let one_line = |text: &str| Text::one_line(text).plain();
    for contact in ids.iter().map(|id| book.contact(*id)) {
        for email in contact.addresses() {
            let fields = [email, contact.name.as_str(), &about(contact)];
            let line = fields.map(one_line).join("\t");
            sink.line(Text::tabbed(&line))?;
        }
    }
    Ok(())
}

fn about(contact: &Contact) -> String {
    let parts = [&contact.company, &contact.bucket];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}
