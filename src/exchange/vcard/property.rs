//! One property of a card, decoded.

use std::borrow::Cow;
use std::cell::Cell;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use encoding_rs::{Encoding, UTF_8};
use vcard::tree::codec::mode::VcardEscaper;
use vcard::tree::line::VcardLine;

use super::kinds::{PropertyKind, property_kind};
use super::lines::{ContentLine, each_card, is_quoted_printable};
use crate::exchange::Parsed;
use crate::exchange::decode;
use crate::exchange::guess::Legacy;

pub(super) struct Property<'l> {
    /// Its name in upper case, without the group.
    pub(super) name: String,
    /// The group that ties it to others, such as `item1`.
    pub(super) group: Option<String>,
    /// `HOME`, `WORK`, `CELL`, `PREF` ..., also the bare words of vCard 2.1.
    pub(super) types: Vec<String>,
    pub(super) kind: PropertyKind,
    /// The line of the file it begins on, from 1.
    pub(super) number: usize,
    /// How many bytes its line has.
    pub(super) length: usize,
    params: Vec<(String, String)>,
    line: VcardLine<'l>,
    is_quoted: bool,
    is_base64: bool,
    otherwise: &'l Legacy<'l>,
    /// Whether some bytes that were decoded are no letters in their encoding.
    is_spoilt: Cell<bool>,
}

/// How to read bytes that are not valid UTF-8.
#[derive(Clone, Copy)]
pub(super) struct Encodings<'e> {
    /// The encoding that the user gives.
    pub(super) named: Option<&'static Encoding>,
    /// The encoding that the bytes look like.
    pub(super) otherwise: &'e Legacy<'e>,
}

/// The bytes of a line as UTF-8. A line in quoted-printable becomes ASCII, to be decoded value by value. Other bytes are decoded as
/// the user says, else as the line says, if that is possible, else as the file looks.
pub(super) fn in_utf8<'l>(line: &'l ContentLine, encodings: Encodings) -> Cow<'l, [u8]> {
    let bytes = line.bytes.as_slice();
    if bytes.iter().all(|byte| byte.is_ascii() && *byte != ESCAPE) {
        return Cow::Borrowed(bytes);
    }
    if is_quoted_printable(bytes) {
        return Cow::Owned(all_quoted(bytes));
    }
    let label = label_of(bytes);
    let text = match encodings.named {
        Some(named) => named.decode_without_bom_handling(bytes).0.into_owned(),
        None => decode::value(bytes, label.as_deref(), || encodings.otherwise.encoding()),
    };
    Cow::Owned(text.into_bytes())
}

/// The bytes of a file of cards that show its encoding: those that are not UTF-8, in lines that do not name another encoding.
pub(super) fn evidence(bytes: &[u8]) -> Vec<u8> {
    let mut evidence = Vec::new();
    each_card(bytes, &mut Parsed::default(), |card, _| {
        for line in card.lines {
            let is_plain = line.bytes.is_ascii() && !line.is_quoted;
            let label = label_of(&line.bytes);
            let label = label.as_deref().and_then(decode::known_label);
            if is_plain || label.is_some_and(|label| label != UTF_8) {
                continue;
            }
            let text = if line.is_quoted {
                let coded = all_quoted(&line.bytes);
                quoted_printable::decode(coded, quoted_printable::ParseMode::Robust)
                    .unwrap_or_default()
            } else {
                line.bytes
            };
            if !decode::is_mostly_utf8(&text) {
                evidence.extend(text);
                evidence.push(b'\n');
            }
        }
    });
    evidence
}

/// The byte with which Japanese mail encodings switch to other letters, in what is otherwise ASCII.
const ESCAPE: u8 = 0x1b;

/// Quotes the bytes of a quoted-printable line that should be quoted but are not.
fn all_quoted(bytes: &[u8]) -> Vec<u8> {
    let quoted = |byte: &u8| {
        if byte.is_ascii() {
            vec![*byte]
        } else {
            format!("={byte:02X}").into_bytes()
        }
    };
    bytes.iter().flat_map(quoted).collect()
}

impl<'l> Property<'l> {
    /// Reads a line of a card. `None` if the line is not a property.
    pub(super) fn read(
        bytes: &'l [u8],
        number: usize,
        escaper: VcardEscaper,
        otherwise: &'l Legacy<'l>,
    ) -> Option<Self> {
        let is_quoted = is_quoted_printable(bytes);
        let (mut line, _) = VcardLine::take(bytes).ok()?;
        let mut params = Vec::new();
        let mut types = Vec::new();
        for param in &line.params {
            let name = param.name.get().trim().to_ascii_uppercase();
            let plain = |value: &str| unescaped(value.trim().trim_matches('"'));
            let values = param.values.iter().map(|value| plain(value.get()));
            let values: Vec<String> = values.collect();
            match name.as_str() {
                "TYPE" => types.extend(values.iter().flat_map(|value| type_words(value))),
                // The bare words of vCard 2.1, also several: `TEL;WORK,FAX`.
                _ if values.is_empty() => types.extend(type_words(&name)),
                _ => params.push((name, values.join(","))),
            }
        }
        let is_base64 =
            |word: &str| word.eq_ignore_ascii_case("base64") || word.eq_ignore_ascii_case("b");
        let mut encodings = params.iter().filter(|(name, _)| name == "ENCODING");
        let is_base64 =
            types.iter().any(|word| word == "BASE64") || encodings.any(|(_, word)| is_base64(word));
        let name = line.bare_name().trim().to_ascii_uppercase();
        let group = line.group().map(str::to_ascii_lowercase);
        if name.is_empty() {
            return None;
        }
        line.value.escaper = escaper;
        Some(Self {
            kind: property_kind(&name),
            number,
            length: bytes.len(),
            name,
            group,
            types,
            params,
            line,
            is_quoted,
            is_base64,
            otherwise,
            is_spoilt: Cell::new(false),
        })
    }

    /// The whole value as one text.
    pub(super) fn text(&self) -> String {
        self.decoded(&self.line.value.decode_bytes())
    }

    /// Whether it says nothing, as `GEO:` or `TZ:;;`.
    pub(super) fn is_empty(&self) -> bool {
        let text = self.text();
        text.trim_matches([' ', ';', ',']).is_empty()
    }

    /// The value as a list separated by commas.
    pub(super) fn list(&self) -> Vec<String> {
        if self.is_quoted || self.is_base64 {
            return self.text().split(',').map(str::to_owned).collect();
        }
        let list = self.line.value.decode_list();
        list.into_iter().map(Cow::into_owned).collect()
    }

    /// A part of a structured value. The first is 0.
    pub(super) fn part(&self, at: usize) -> String {
        if self.is_base64 {
            let text = self.text();
            return text.split(';').nth(at).unwrap_or_default().to_owned();
        }
        let part = self.line.value.decode_component(at);
        self.decoded(part.as_bytes())
    }

    pub(super) fn parts(&self) -> usize {
        if self.is_base64 {
            return self.text().split(';').count();
        }
        self.line.value.component_count()
    }

    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let param = self.params.iter().find(|(other, _)| other == name);
        param.map(|(_, value)| value.as_str())
    }

    /// The rank among properties of the same name: the lower, the more preferred. Source: RFC 6350, 5.3.
    pub(super) fn preference(&self) -> u32 {
        let number = self.param("PREF").and_then(|number| number.parse().ok());
        number.unwrap_or(if self.is("PREF") { 1 } else { 101 })
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|other| other == kind)
    }

    /// Whether some bytes that were decoded are no letters in their encoding.
    pub(super) fn is_spoilt(&self) -> bool {
        self.is_spoilt.get()
    }

    fn decoded(&self, bytes: &[u8]) -> String {
        let text = self.decoded_anyhow(bytes);
        if text.contains(char::REPLACEMENT_CHARACTER) {
            self.is_spoilt.set(true);
        }
        text
    }

    fn decoded_anyhow(&self, bytes: &[u8]) -> String {
        let coded = if self.is_quoted {
            quoted_printable::decode(bytes, quoted_printable::ParseMode::Robust).ok()
        } else if self.is_base64 {
            let coded = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
            BASE64_STANDARD
                .decode(coded.copied().collect::<Vec<u8>>())
                .ok()
        } else {
            return String::from_utf8_lossy(bytes).into_owned();
        };
        // A value that is not encoded as declared is taken as it is.
        let bytes = coded.unwrap_or_else(|| bytes.to_vec());
        decode::value(&bytes, self.param("CHARSET"), || self.otherwise.encoding())
    }
}

/// The properties of a card, the preferred ones first.
pub(super) fn by_preference<'p, 'l>(all: &'p [Property<'l>]) -> Vec<&'p Property<'l>> {
    let mut all: Vec<&Property> = all.iter().collect();
    all.sort_by_key(|property| property.preference());
    all
}

/// The types in a value of `TYPE`, in upper case.
fn type_words(value: &str) -> impl Iterator<Item = String> {
    let words = value.split(',').map(|word| {
        let word = word.trim_matches([' ', '\\', '"']).to_ascii_uppercase();
        // Some programs write `TYPE=WORK,TYPE=FAX`.
        word.strip_prefix("TYPE=")
            .map(str::to_owned)
            .unwrap_or(word)
    });
    words.filter(|word| !word.is_empty())
}

/// A value of a parameter with the characters that it cannot hold as they are: RFC 6868.
pub(in crate::exchange) fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('^') {
        let (c, taken) = match after.bytes().next() {
            Some(b'n') => ('\n', 1),
            Some(b'\'') => ('"', 1),
            Some(b'^') => ('^', 1),
            _ => ('^', 0),
        };
        plain.push_str(before);
        plain.push(c);
        rest = &after[taken..];
    }
    plain + rest
}

/// The label after `CHARSET=` in the head of a line.
fn label_of(line: &[u8]) -> Option<String> {
    let head = line.split(|byte| *byte == b':').next()?;
    let head = String::from_utf8_lossy(head).to_ascii_uppercase();
    let (_, label) = head.split_once("CHARSET=")?;
    Some(label.split(';').next()?.trim_matches('"').to_owned())
}
