//! Tells a file of calls from other XML by its root element.

use encoding_rs::UTF_8;
use memchr::memmem;

use super::utf8::wide;

/// Whether it is XML with the calls or the messages of a phone.
pub(in crate::exchange) fn is_calls(start: &[u8]) -> bool {
    let text = wide(start).unwrap_or(UTF_8).decode(start).0;
    let root = root(text.trim_start().as_bytes());
    ["calls", "smses"].iter().any(|name| {
        let rest = root.strip_prefix(name.as_bytes());
        let next = rest.and_then(|rest| rest.first());
        next.is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}

/// The text from the name of the first element on, without what may be before it.
fn root(mut text: &[u8]) -> &[u8] {
    loop {
        let end: &[u8] = match text {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A list of declarations may be in it.
            [b'<', b'!', ..] if has_list(text) => b"]>",
            [b'<', b'!', ..] => b">",
            [b'<', name @ ..] => return name,
            _ => return &[],
        };
        let Some(at) = memmem::find(text, end) else {
            return &[];
        };
        text = text[at + end.len()..].trim_ascii_start();
    }
}

fn has_list(declaration: &[u8]) -> bool {
    let first = declaration.iter().find(|byte| b"[>".contains(byte));
    first == Some(&b'[')
}
