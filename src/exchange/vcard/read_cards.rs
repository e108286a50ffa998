//! Reads the contacts of a file of cards.

use std::borrow::Cow;
use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8};
use vcard::tree::codec::mode::VcardEscaper;

use super::kinds::{PropertyKind, property_kind};
use super::lines::{ContentLine, each_card};
use super::person;
use super::property::{Encodings, Property, in_utf8};
use crate::domain::text::shortened;
use crate::exchange::clean::one_line;
use crate::exchange::{ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable, decode};

/// The last place in a file where the first card may begin, in bytes.
const HEAD: usize = 1 << 16;

pub(in crate::exchange) fn begins(bytes: &[u8]) -> bool {
    heads(bytes).next().is_some_and(|line| is_begin(&line))
}

/// Whether a card begins near the start of bytes.
pub(in crate::exchange) fn is_vcard(bytes: &[u8]) -> bool {
    heads(bytes).any(|line| is_begin(&line))
}

fn is_begin(line: &[u8]) -> bool {
    line.eq_ignore_ascii_case(b"BEGIN:VCARD")
}

/// The first lines in any encoding, without blanks, byte-order marks and NUL bytes.
fn heads(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_mark = |byte: u8| matches!(byte, 0 | b' ' | b'\t' | 0xef | 0xbb | 0xbf | 0xff | 0xfe);
    let plain = move |line: &[u8]| -> Vec<u8> {
        line.iter()
            .copied()
            .filter(|byte| !is_mark(*byte))
            .collect()
    };
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.map(plain).filter(|line| !line.is_empty())
}

pub(in crate::exchange) fn read(
    bytes: &[u8],
    named: Option<&'static Encoding>,
    how: &ReadOptions,
) -> Result<Parsed, Unreadable> {
    let wide;
    let bytes = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => &bytes[mark..],
        Some(_) => {
            wide = decode::text(bytes, None)?.text;
            wide.as_bytes()
        }
        None if named.is_some_and(|named| !named.is_ascii_compatible()) => {
            wide = decode::text(bytes, named)?.text;
            wide.as_bytes()
        }
        None => bytes,
    };
    let named = named.filter(|named| named.is_ascii_compatible());
    let encodings = Encodings {
        named,
        otherwise: named.unwrap_or_else(|| match std::str::from_utf8(bytes) {
            Ok(_) => UTF_8,
            Err(_) => decode::guess(bytes),
        }),
    };
    let mut found = Parsed {
        source: ImportFormat::Vcard,
        ..Parsed::default()
    };
    let (mut groups, mut names) = (Vec::new(), Vec::new());
    let mut unused = BTreeSet::new();
    let (people, flaws) = (&mut found.people, &mut found.flaws);
    found.media = each_card(bytes, flaws, |card, flaws| {
        let lines = repaired(card.lines, flaws);
        let texts: Vec<_> = lines.iter().map(|line| in_utf8(line, encodings)).collect();
        let properties = properties(&lines, &texts, encodings, flaws);
        unused.extend(person::left_out(&properties, how));
        if how.last_from.is_some() {
            names.extend(person::names_of(&properties));
        }
        match person::group(&properties) {
            Some(group) => groups.push(group),
            None => people.extend(person::person(&properties, card.line, how, flaws)),
        }
    });
    for group in &groups {
        for person in people.iter_mut() {
            group.tag(person);
        }
    }
    found.flaws.sort_by_key(|flaw| flaw.line);
    found.groups = groups.len();
    found.unused = unused.into_iter().collect();
    how.check_last(names.iter().map(String::as_str).collect())?;
    Ok(found)
}

/// The properties of a card, of which `texts` are the lines in UTF-8.
fn properties<'t>(
    lines: &[ContentLine],
    texts: &'t [Cow<[u8]>],
    encodings: Encodings,
    flaws: &mut Vec<RowProblem>,
) -> Vec<Property<'t>> {
    let version = texts.iter().find_map(|text| {
        let text = std::str::from_utf8(text).ok()?;
        let (name, version) = text.split_once(':')?;
        name.eq_ignore_ascii_case("VERSION").then(|| version.trim())
    });
    let escaper = version
        .map(VcardEscaper::for_version_str)
        .unwrap_or_default();
    let mut properties = Vec::with_capacity(lines.len());
    for (line, text) in lines.iter().zip(texts) {
        let what = match Property::read(text, escaper, encodings.otherwise) {
            Some(property) if property_kind(&property.name) != PropertyKind::Unknown => {
                properties.push(property);
                continue;
            }
            Some(_) => "is not a vCard property: left out",
            None => "is not a vCard line",
        };
        let what = format!("`{}` {what}", shown(text));
        flaws.push(RowProblem::new(line.number, what));
    }
    properties
}

/// The lines of a card. A property with its value on the next line is joined again.
fn repaired(card: Vec<ContentLine>, flaws: &mut Vec<RowProblem>) -> Vec<ContentLine> {
    let mut lines: Vec<ContentLine> = Vec::with_capacity(card.len());
    for line in card {
        match lines.last_mut() {
            Some(last) if line.bytes.starts_with(b":") && !last.bytes.contains(&b':') => {
                flaws.push(RowProblem::new(
                    last.number,
                    format!("`{}` is split into two lines", shown(&last.bytes)),
                ));
                last.bytes.extend_from_slice(&line.bytes);
            }
            _ => lines.push(line),
        }
    }
    lines
}

/// The beginning of a line, enough to recognize it.
fn shown(bytes: &[u8]) -> String {
    shortened(&one_line(&String::from_utf8_lossy(bytes)), 40)
}
