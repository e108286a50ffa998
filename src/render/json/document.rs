//! A document: a version, then named parts.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::{Compound, PrettyFormatter};

use crate::domain::Cadence;

/// The version of every document.
const VERSION: u32 = 1;

pub(super) fn iso(day: NaiveDate) -> String {
    day.to_string()
}

pub(super) fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(iso)
}

pub(super) fn cadence(cadence: Option<Cadence>) -> Option<String> {
    cadence.map(|cadence| cadence.to_string())
}

/// Writes a document: the version, then `parts` in this order.
pub(super) fn write(out: &mut dyn Write, parts: &[(&str, &dyn Part)]) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    let mut document = serializer.serialize_map(None)?;
    document.serialize_entry("version", &VERSION)?;
    for (key, part) in parts {
        part.write_to(&mut document, key)?;
    }
    document.end()?;
    out.write_all(b"\n")
}

/// A value under a key of a document.
pub(super) trait Part {
    fn write_to(&self, document: &mut Document, key: &str) -> serde_json::Result<()>;
}

pub(super) type Document<'d, 'w, 'o> =
    Compound<'d, &'w mut (dyn Write + 'o), PrettyFormatter<'static>>;

impl<T: Serialize> Part for T {
    fn write_to(&self, document: &mut Document, key: &str) -> serde_json::Result<()> {
        document.serialize_entry(key, self)
    }
}
