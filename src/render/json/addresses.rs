//! E-mail addresses, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::{VERSION, write};
use crate::domain::{Book, ContactId};

/// Writes e-mail addresses, one of each with whose it is: `{"version", "addresses": [{"email", "name", "company", "bucket"}]}`.
///
/// # Errors
///
/// Whatever the writer says.
pub fn addresses(out: &mut dyn Write, book: &Book, ids: &[ContactId]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'b> {
        version: u32,
        addresses: Vec<AddressView<'b>>,
    }
    #[derive(Serialize)]
    struct AddressView<'b> {
        email: &'b str,
        name: &'b str,
        company: Option<&'b str>,
        bucket: Option<&'b str>,
    }
    let mut addresses = Vec::new();
    for contact in ids.iter().map(|id| book.contact(*id)) {
        addresses.extend(contact.addresses().map(|email| AddressView {
            email,
            name: &contact.name,
            company: contact.company.as_deref(),
            bucket: contact.bucket.as_deref(),
        }));
    }
    let version = VERSION;
    write(out, &Document { version, addresses })
}
