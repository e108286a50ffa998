//! What the crate `toml` finds wrong, in words that say what to write.

use std::ops::Range;

use toml::de::DeTable;

use super::slip::Slip;
use super::source::Source;
use crate::domain::text::shortened;

/// Words of `toml`, and the message and hint in their place. `{}` is the text at the place.
const WORDS: [(&str, &str, &str); 14] = [
    (
        DUPLICATE,
        "`{}` stands here a second time",
        "a key can appear only once; keep one of the two",
    ),
    (
        "missing assignment",
        "an `=` is missing here, or something stands before a key",
        "write each key like `city = \"Oslo\"`, and nothing else before it",
    ),
    (
        "unexpected key or value",
        "there is more after the value",
        "write each key on a line of its own; a comment starts with `#`",
    ),
    (
        "recurs",
        "lists and tables are nested too deeply here",
        "take some of the brackets out",
    ),
    (
        "unquoted key",
        "`{}` is not a key",
        "a key is a-z, 0-9, `-` and `_`, or in quotes: `city = \"Oslo\"`",
    ),
    (
        "key with no value",
        "`{}` has no value",
        "write it like `city = \"Oslo\"`",
    ),
    (
        "escape",
        "a backslash starts something that TOML does not know",
        "write a backslash as `\\\\`, or put the text in single quotes",
    ),
    (
        "unicode",
        "a backslash starts something that TOML does not know",
        "write a backslash as `\\\\`, or put the text in single quotes",
    ),
    (
        "comment",
        "a control character stands in the comment",
        "delete it: type the line again",
    ),
    (
        "carriage",
        "a line ends in the way of old Macs",
        "save the file with plain line ends (LF)",
    ),
    (
        "comma",
        "a comma is missing, or there is one too many",
        "put one comma between two values",
    ),
    (
        "extra",
        "there is one `=` too many",
        "write it like `city = \"Oslo\"`",
    ),
    (
        "multi-line",
        "a key cannot have several lines",
        "write it like `city = \"Oslo\"`",
    ),
    (
        "string",
        "the text holds what TOML does not allow in one",
        "write a control character like `\\u001B`",
    ),
];

/// What `toml` says of a key that appears twice.
const DUPLICATE: &str = "duplicate key";

/// An error of `toml` in the statement at `start`.
pub(super) fn of_toml(source: &Source, start: usize, err: &toml::de::Error) -> Slip {
    let at = err.span().unwrap_or(0..0);
    let end = source.text.len();
    let at = (start + at.start).min(end)..(start + at.end).min(end);
    let there = shortened(source.text.get(at.clone()).unwrap_or_default().trim(), 40);
    let found = WORDS
        .iter()
        .find(|(words, ..)| err.message().contains(words));
    if err.message().contains("unquoted key")
        && let Some(slip) = Slip::lookalike(source, at.clone())
    {
        return slip;
    }
    match found {
        Some((_, message, hint)) => Slip::new(at, named(message, &there), *hint),
        None => Slip::new(
            at,
            format!("this is not TOML: {}", err.message()),
            "fix the line by hand; https://toml.io shows what TOML looks like",
        ),
    }
}

/// A message about `what`, or about this place if there is nothing.
fn named(message: &str, what: &str) -> String {
    if what.is_empty() {
        return message.replace("`{}`", "this");
    }
    message.replace("{}", what)
}

/// What `toml` takes and TOML does not: see `lax`.
pub(super) fn lax(source: &Source, at: Range<usize>) -> Slip {
    let key = source.text[at.clone()].split(['=', '#', '\n']).next();
    let key = key.unwrap_or_default().trim();
    if source.text[at.clone()].contains('\n') {
        return apart(at.start..at.start + key.len(), key);
    }
    Slip::lookalike(source, at.clone()).unwrap_or_else(|| {
        let message = format!("`{}` is not a number", &source.text[at.clone()]);
        Slip::new(at, message, "write a number like `4`, and text in quotes")
    })
}

/// A key in braces whose value is not on its line.
pub(super) fn apart(at: Range<usize>, key: &str) -> Slip {
    let message = format!("a line ends between `{key}` and its value");
    Slip::new(at, message, format!("write `{key} = …` on one line"))
}

/// What `toml` finds wrong when what is `broken` is left out, the first of each line: a key that appears twice, for one.
pub(super) fn remaining(source: &Source, broken: &[Range<usize>]) -> Vec<Slip> {
    let mut text = source.text.as_bytes().to_vec();
    for range in broken {
        for byte in &mut text[range.clone()] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    let text = String::from_utf8_lossy(&text);
    let (_, mut errors) = DeTable::parse_recoverable(&text);
    let start = |err: &toml::de::Error| err.span().map_or(0, |at| at.start);
    errors.sort_by_key(start);
    let mut slips: Vec<Slip> = Vec::new();
    // Where the table ends whose header is missing.
    let mut end = 0;
    for err in &errors {
        let at = start(err);
        let is_double = err.message().contains(DUPLICATE);
        if is_double && at < end {
            continue;
        }
        let slip = of_toml(source, 0, err);
        if is_double && is_key(&text[at..], "name") {
            end = source.next_table(at);
            let hint = "write `[[contacts]]` above it if it starts another contact; otherwise keep one of the two";
            slips.push(Slip::new(slip.at, slip.message, hint));
        } else {
            slips.push(slip);
        }
    }
    slips.dedup_by_key(|slip| source.line(slip.at.start));
    slips
}

/// Whether a text starts with this key.
fn is_key(text: &str, key: &str) -> bool {
    let rest = text.strip_prefix(key);
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('='))
}
