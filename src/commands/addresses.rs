//! Addresses that were typed: e-mail, phone and links, as `add` and `edit` take them.

use std::collections::HashSet;

use crate::domain::text::email;
use crate::error::{Error, Result};

/// The bare addresses in texts that were typed.
pub(super) fn emails(typed: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for text in typed {
        if let Some(other) = email::others(text).first() {
            return Err(not_an_address(other, "an e-mail address", "dee@x.example"));
        }
        all.extend(email::addresses(text));
    }
    let mut seen = HashSet::new();
    all.retain(|address| seen.insert(address.clone()));
    Ok(all)
}

/// Phone numbers as they were typed: each has a digit.
pub(super) fn phones(typed: &[String]) -> Result<Vec<String>> {
    let is_other = |text: &&String| !text.contains(char::is_numeric);
    match typed.iter().find(is_other) {
        Some(other) => Err(not_an_address(other, "a phone number", "+34 600 000 000")),
        None => Ok(typed.to_vec()),
    }
}

/// Links as they were typed: each names a page, an address or a handle.
pub(super) fn links(typed: &[String]) -> Result<Vec<String>> {
    let is_other = |text: &&String| !text.contains(['.', ':', '/', '@']);
    match typed.iter().find(is_other) {
        Some(other) => Err(not_an_address(other, "a link", "https://www.x.example/dee")),
        None => Ok(typed.to_vec()),
    }
}

fn not_an_address(other: &str, what: &str, example: &str) -> Error {
    Error::usage(
        format!("`{other}` is not {what}"),
        format!("write it like `{example}`; any other text belongs in the notes"),
    )
}
