//! Reads the contacts of a file of cards.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::UTF_8;
use vcard::tree::codec::mode::VcardEscaper;

use super::kinds::PropertyKind;
use super::lines::{ContentLine, each_card};
use super::person;
use super::property::{Encodings, Property, evidence, in_utf8};
use crate::domain::text::shortened;
use crate::exchange::clean::one_line;
use crate::exchange::guess::{Hints, Legacy};
use crate::exchange::{ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable};

/// The last place in a file where the first card may begin, in bytes.
const HEAD: usize = 1 << 16;

/// How many lines with text may stand before the first card.
const LINES_BEFORE: usize = 100;

pub(in crate::exchange) fn begins(bytes: &[u8]) -> bool {
    heads(bytes).next().is_some_and(|line| is_begin(&line))
}

/// Whether a card begins near the start of bytes: a mail may stand before it, but a long text with a card in it is that text.
pub(in crate::exchange) fn is_vcard(bytes: &[u8]) -> bool {
    heads(bytes).take(LINES_BEFORE).any(|line| is_begin(&line))
}

fn is_begin(line: &[u8]) -> bool {
    line.eq_ignore_ascii_case(b"BEGIN:VCARD")
}

/// The first lines in any encoding, without blanks, byte-order marks, NUL bytes and the ends of pages.
fn heads(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_mark = |byte: u8| {
        matches!(
            byte,
            0 | b' ' | b'\t' | b'\x0c' | 0xef | 0xbb | 0xbf | 0xff | 0xfe
        )
    };
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
    hints: Hints,
    how: &ReadOptions,
) -> Result<Parsed, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let legacy = Legacy::new(bytes, hints, evidence);
    let encodings = Encodings {
        named: hints.named.or(hints.is_decoded.then_some(UTF_8)),
        otherwise: &legacy,
    };
    let mut found = Parsed {
        source: ImportFormat::Vcard,
        ..Parsed::default()
    };
    let (mut groups, mut names) = (Vec::new(), Vec::new());
    let mut unused = BTreeSet::new();
    let mut strays = Strays::default();
    each_card(bytes, &mut found, |card, found| {
        let lines = repaired(card.lines, &mut found.flaws);
        let texts: Vec<_> = lines.iter().map(|line| in_utf8(line, encodings)).collect();
        let properties = properties(&lines, &texts, encodings, &mut strays, found);
        let group = person::group(&properties);
        unused.extend(person::left_out(&properties, group.is_some(), how));
        if how.last_from.is_some() {
            names.extend(person::names_of(&properties));
        }
        match group {
            Some(group) => groups.push(group),
            None => {
                let is_own = person::is_own(&properties);
                let arrival = person::person(&properties, is_own, card.line, how, found);
                found.people.extend(arrival);
            }
        }
    });
    for group in &groups {
        for person in &mut found.people {
            group.tag(person);
        }
    }
    unused.extend(found.unused);
    found.unused = vec![];
    strays.sort_out(&mut unused, &mut found.flaws);
    found.flaws.sort_by_key(|flaw| flaw.line);
    found.groups = groups.len();
    found.unused = unused.into_iter().collect();
    found.add_guess(legacy.guessed());
    how.check_last(names.iter().map(String::as_str).collect())?;
    Ok(found)
}

/// The properties of a card, of which `texts` are the lines in UTF-8.
pub(super) fn properties<'t>(
    lines: &[ContentLine],
    texts: &'t [Cow<[u8]>],
    encodings: Encodings<'t>,
    strays: &mut Strays,
    found: &mut Parsed,
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
    strays.cards += 1;
    for (line, text) in lines.iter().zip(texts) {
        let what = match Property::read(text, line.number, escaper, encodings.otherwise) {
            Some(property)
                if property.kind != PropertyKind::Unlisted || looks_like_a_property(text) =>
            {
                properties.push(property);
                continue;
            }
            Some(property) => {
                let what = format!("`{}` is not a vCard property: left out", shown(text));
                strays.add(property.name, RowProblem::new(line.number, what));
                continue;
            }
            None => format!("`{}` is not a vCard line", shown(text)),
        };
        found.flaws.push(RowProblem::new(line.number, what));
    }
    properties
}

/// Whether a line begins as properties do, `COUNTRYISO:NULL`, and unlike a text, `Next: call`, or the address of a page.
fn looks_like_a_property(line: &[u8]) -> bool {
    let is_end = |byte: &u8| matches!(byte, b':' | b';');
    let (name, rest) = line.split_at(line.iter().position(is_end).unwrap_or(line.len()));
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_shouted = !name.iter().any(u8::is_ascii_lowercase);
    let value = rest.get(1..).unwrap_or_default();
    let is_text = value.starts_with(b" ") || value.starts_with(b"//");
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(is_part)
        && (is_shouted || !is_text)
}

/// Lines that may be properties of some program, or lines of a text. What recurs in several cards is a property.
#[derive(Default)]
pub(super) struct Strays {
    /// How many cards were read.
    cards: usize,
    /// By name: the last card it is in, whether it is in several, and its lines.
    by_name: BTreeMap<String, (usize, bool, Vec<RowProblem>)>,
}

impl Strays {
    fn add(&mut self, name: String, problem: RowProblem) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let can_recur = name.chars().all(is_name);
        let (last, is_in_several, lines) = self.by_name.entry(name).or_default();
        *is_in_several |= can_recur && !lines.is_empty() && *last != self.cards;
        *last = self.cards;
        lines.push(problem);
    }

    /// Adds properties to those that are not used, and lines of texts to the problems.
    fn sort_out(self, unused: &mut BTreeSet<String>, flaws: &mut Vec<RowProblem>) {
        for (name, (_, is_property, lines)) in self.by_name {
            if is_property {
                unused.insert(name);
            } else {
                flaws.extend(lines);
            }
        }
    }
}

/// The lines of a card. A property with its value on the next line is joined again.
pub(super) fn repaired(card: Vec<ContentLine>, flaws: &mut Vec<RowProblem>) -> Vec<ContentLine> {
    let mut lines: Vec<ContentLine> = Vec::with_capacity(card.len());
    for line in card {
        match lines.last_mut() {
            Some(last) if line.bytes.starts_with(b":") && !last.bytes.contains(&b':') => {
                flaws.push(RowProblem::new(
                    last.number,
                    format!("`{}` is split into two lines", shown(&last.bytes)),
                ));
                last.bytes.extend_from_slice(&line.bytes);
                last.end = line.end;
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
