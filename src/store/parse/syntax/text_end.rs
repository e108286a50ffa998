//! Where a text ends that starts with a quote or three.

use memchr::{memchr, memchr2, memchr3};

use super::slip::Slip;
use super::source::Source;

/// The end of a text on one line.
pub(super) fn short(source: &Source, mut at: usize, quote: u8) -> Result<Option<usize>, Slip> {
    let bytes = source.text.as_bytes();
    while let Some(found) = memchr3(quote, b'\\', b'\n', &bytes[at..]) {
        let end = at + found;
        if let Some(control) = bytes[at..end].iter().position(|byte| is_control(*byte)) {
            return Err(control_slip(source, at + control));
        }
        match bytes[end] {
            b'\\' if quote == b'"' => at = (end + 2).min(bytes.len()),
            b'\\' => at = end + 1,
            b'\n' => return Ok(None),
            _ => return Ok(Some(end + 1)),
        }
    }
    Ok(None)
}

/// The end of a text over several lines.
pub(super) fn long(source: &Source, mut at: usize, quote: u8) -> Option<usize> {
    let bytes = source.text.as_bytes();
    loop {
        let found = match quote {
            b'"' => memchr2(quote, b'\\', bytes.get(at..)?)?,
            _ => memchr(quote, bytes.get(at..)?)?,
        };
        at += found;
        if bytes[at] == b'\\' {
            at += 2;
            continue;
        }
        if bytes[at..].starts_with(&[quote; 3]) {
            let more = bytes[at + 3..].iter().take(2);
            return Some(at + 3 + more.take_while(|byte| **byte == quote).count());
        }
        at += 1;
    }
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t' && byte != b'\r') || byte == 0x7f
}

fn control_slip(source: &Source, at: usize) -> Slip {
    let code = u32::from(source.text.as_bytes()[at]);
    Slip::new(
        at..at + 1,
        format!("a control character (U+{code:04X}) stands in the text"),
        format!("delete it, or write `\\u{code:04X}` in double quotes"),
    )
}
