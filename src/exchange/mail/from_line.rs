//! The line with which a message of an mbox begins: `From sam@keeper.example Mon Mar  2 09:15:00 2026`.

use memchr::memchr;

use super::head::name_and_value;

/// How long a From_ line and the name of the field after it are at most. RFC 5322 allows 998 characters a line.
pub(super) const MAX_LINE: usize = 1 << 11;

/// Whether a text begins with a From_ line and a header block. Within a file the line has a time or nothing but a dash, as many
/// sentences begin with "From"; the first line of a file needs neither.
pub(super) fn is_from_line(text: &[u8], is_first: bool) -> bool {
    let text = &text[..text.len().min(MAX_LINE)];
    let Some(end) = memchr(b'\n', text) else {
        return false;
    };
    let Some(says) = text[..end].strip_prefix(b"From ") else {
        return false;
    };
    let says = says.trim_ascii();
    let next = &text[end + 1..];
    (is_first || matches!(says, b"" | b"-") || has_time_and_year(says))
        && (next.starts_with(b">From ") || name_and_value(next).is_some())
}

/// Whether a line has a time, `9:15`, and a year.
fn has_time_and_year(line: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let is_time =
        |part: &[u8]| part[1] == b':' && [part[0], part[2], part[3]].iter().all(u8::is_ascii_digit);
    let is_year = |word: &[u8]| word.len() == 4 && word.iter().all(is_digit);
    line.windows(4).any(is_time) && line.split(u8::is_ascii_whitespace).any(is_year)
}

/// Whether the line after `before` and `start` is the first one or comes after a blank one.
pub(super) fn is_after_blank_line(before: &[u8], start: &[u8]) -> bool {
    let mut back = before.iter().chain(start).rev();
    match back.next() {
        None => return true,
        Some(b'\n') => {}
        Some(_) => return false,
    }
    let last = match back.next() {
        Some(b'\r') => back.next(),
        last => last,
    };
    matches!(last, None | Some(b'\n'))
}
