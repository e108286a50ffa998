//! E-mail addresses, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::write;
use crate::domain::{Book, ContactId};

#[derive(Serialize)]
struct AddressView<'b> {
    email: &'b str,
    name: &'b str,
    company: Option<&'b str>,
    bucket: Option<&'b str>,
}

/// Writes each e-mail address with its owner: `{"version", "addresses": [{"email", "name", "company", "bucket"}]}`.
pub(crate) fn addresses(out: &mut dyn Write, book: &Book, ids: &[ContactId]) -> io::Result<()> {
    let mut addresses = Vec::new();
    for contact in ids.iter().map(|id| book.contact(*id)) {
        addresses.extend(contact.addresses().map(|email| AddressView {
            email,
            name: &contact.name,
            company: contact.company.as_deref(),
            bucket: contact.bucket.as_deref(),
        }));
    }
    write(out, &[("addresses", &addresses)])
}
