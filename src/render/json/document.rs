//! A document: an object with its version, then named values.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use serde_json::{Serializer, Value};

use super::visible::Visible;

pub(super) const VERSION: u32 = 1;

/// An object whose keys keep their order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Object(Vec<(Cow<'static, str>, Part)>);

/// What is under a key.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Part {
    Value(Value),
    Object(Option<Object>),
    List(Vec<Object>),
}

impl Object {
    /// An object that begins with the version.
    pub(super) fn document() -> Self {
        Self::default().with("version", VERSION)
    }

    pub(in crate::render) fn with(self, key: &'static str, value: impl Into<Value>) -> Self {
        self.with_part(key, Part::Value(value.into()))
    }

    pub(in crate::render) fn with_list(
        self,
        key: &'static str,
        items: impl Iterator<Item = Self>,
    ) -> Self {
        self.with_part(key, Part::List(items.collect()))
    }

    pub(crate) fn with_part(mut self, key: impl Into<Cow<'static, str>>, part: Part) -> Self {
        self.0.push((key.into(), part));
        self
    }
}

impl Serialize for Object {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, part)| (key, part)))
    }
}

impl Part {
    /// `null`.
    pub(super) fn none() -> Self {
        Self::Value(Value::Null)
    }
}

/// What a value shows as; `null` if there is none.
pub(super) fn text(value: Option<impl ToString>) -> Value {
    value.map(|value| value.to_string()).into()
}

/// Writes a document over several lines.
pub(crate) fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    write_as(PrettyFormatter::new(), out, document)
}

/// Writes a document on one line.
pub(in crate::render) fn write_line(
    out: &mut dyn Write,
    document: &impl Serialize,
) -> io::Result<()> {
    write_as(CompactFormatter, out, document)
}

fn write_as<F: Formatter>(
    layout: F,
    out: &mut dyn Write,
    document: &impl Serialize,
) -> io::Result<()> {
    document.serialize(&mut Serializer::with_formatter(&mut *out, Visible(layout)))?;
    out.write_all(b"\n")
}
