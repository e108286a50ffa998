//! What is wrong with a text that is not TOML: the words of the crate `toml`, and what to write instead.

use memchr::memchr;

use super::problem::Problem;

/// The errors of the crate `toml`, the first of each line.
pub(super) fn problems(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = errors
        .iter()
        .map(|err| {
            let at = err.span().unwrap_or(0..0);
            let at = at.start.min(text.len())..at.end.min(text.len());
            let hint = syntax_hint(err.message(), &text[at.start..]);
            Problem::broken(at, err.message()).hint(hint)
        })
        .collect();
    problems.sort_by_key(|problem| problem.at.start);
    let mut line_end = 0;
    problems.retain(|problem| {
        let is_first = line_end == 0 || problem.at.start >= line_end;
        if is_first {
            let newline = memchr(b'\n', &text.as_bytes()[problem.at.start..]);
            line_end = newline.map_or(usize::MAX, |newline| problem.at.start + newline + 1);
        }
        is_first
    });
    problems
}

/// What to write instead, from the error and the text at its place.
fn syntax_hint(message: &str, text: &str) -> &'static str {
    const HINTS: [(&str, &str); 11] = [
        (
            "multi-line",
            "end the text with the three quotes that it starts with",
        ),
        ("must be quoted", "put text in quotes: `city = \"Oslo\"`"),
        (
            "string",
            "end the text with the quote that it starts with, on the same line",
        ),
        (
            "duplicate key",
            "a key can appear only once; keep one of the two",
        ),
        ("unclosed array", "close the list with `]`"),
        ("unclosed", "close it where it ends"),
        ("recurs", "lists and tables are nested too deeply here"),
        ("key with no value", "write it like `city = \"Oslo\"`"),
        (
            "unquoted key",
            "write it like `city = \"Oslo\"`; a key is a-z, 0-9, `-` and `_`, or in quotes",
        ),
        ("date", "write a day like `2026-11-27`"),
        (
            "float",
            "write a day like `2026-11-27`, a number like `4`, and text in quotes",
        ),
    ];
    if text.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
        return "write straight quotes: `\"`";
    }
    let hint = HINTS.iter().find(|(words, _)| message.contains(words));
    hint.map_or(
        "fix the line by hand; https://toml.io shows what TOML looks like",
        |(_, hint)| hint,
    )
}
