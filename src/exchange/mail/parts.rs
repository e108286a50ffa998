//! What the parts of a message tell of its kind, without decoding them.

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};
use memchr::{memchr, memmem};

use super::head::{HeaderField, MailHead};

/// How many parts that have parts may be within each other.
const MAX_DEPTH: usize = 10;

/// How many lines that may be where a part starts are looked at.
const MAX_LINES: usize = 200;

/// How long the header block of a part is at most.
const MAX_PART_HEAD: usize = 1 << 13;

/// What the parts of a message are, as far as it matters.
///
/// Source: RFC 2046, 5.1. A message within a message does not count: its boundaries are not known here.
#[derive(Debug, Default)]
pub(super) struct Parts {
    boundaries: Vec<Vec<u8>>,
    /// Whether one is an invitation, an answer to one, or the like: RFC 6047.
    pub(super) has_invitation: bool,
    /// Whether one says how a delivery failed: RFC 3464.
    pub(super) has_delivery_status: bool,
    /// Whether one says that a message was read: RFC 8098.
    pub(super) has_receipt: bool,
}

impl Parts {
    /// How much of a body is looked at.
    pub(super) const MAX_BODY: usize = 1 << 18;

    /// What is to be looked for in the body of a message, if anything is.
    pub(super) fn of(head: &MailHead) -> Option<Self> {
        if !head.starts(HeaderField::ContentType, "multipart/") {
            return None;
        }
        let kind = content_type(head)?;
        Some(Self {
            boundaries: vec![boundary(&kind)?],
            ..Self::default()
        })
    }

    /// Looks at the start of a body.
    pub(super) fn look_at(&mut self, body: &[u8]) {
        let body = &body[..body.len().min(Self::MAX_BODY)];
        let mut at = if body.starts_with(b"--") {
            0
        } else {
            match memmem::find(body, b"\n--") {
                Some(hit) => hit + 1,
                None => return,
            }
        };
        for _ in 0..MAX_LINES {
            let end = memchr(b'\n', &body[at..]).map_or(body.len(), |end| at + end + 1);
            if self.is_delimiter(&body[at + 2..end]) {
                let head = &body[end..];
                self.add(&MailHead::of(&head[..head.len().min(MAX_PART_HEAD)]));
            }
            // The newline of the line before may be this one's.
            match memmem::find(&body[end - 1..], b"\n--") {
                Some(hit) => at = end + hit,
                None => return,
            }
        }
    }

    /// Whether a line, without its two dashes, is where a part starts.
    fn is_delimiter(&self, line: &[u8]) -> bool {
        let line = line.trim_ascii_end();
        self.boundaries.iter().any(|boundary| boundary == line)
    }

    fn add(&mut self, head: &MailHead) {
        let Some(kind) = content_type(head) else {
            return;
        };
        match (kind.ctype(), kind.subtype()) {
            ("multipart", _) if self.boundaries.len() < MAX_DEPTH => {
                self.boundaries.extend(boundary(&kind));
            }
            ("text", Some("calendar")) if kind.attribute("method").is_some() => {
                self.has_invitation = true;
            }
            ("message", Some("delivery-status" | "global-delivery-status")) => {
                self.has_delivery_status = true;
            }
            ("message", Some("disposition-notification" | "global-disposition-notification")) => {
                self.has_receipt = true;
            }
            _ => {}
        }
    }
}

/// What a header block says the body is.
pub(super) fn content_type(head: &MailHead) -> Option<ContentType<'_>> {
    let value = head.values(HeaderField::ContentType).next()?;
    match MessageStream::new(value).parse_content_type() {
        HeaderValue::ContentType(kind) => Some(kind),
        _ => None,
    }
}

fn boundary(kind: &ContentType) -> Option<Vec<u8>> {
    let boundary = kind.attribute("boundary")?.trim_end();
    (!boundary.is_empty()).then(|| boundary.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a body of parts between `b1`: invitation, delivery status, receipt.
    fn look(kind: &str, body: &str) -> Option<[bool; 3]> {
        let head = format!("Content-Type: {kind}; boundary=\"b1\"\n\n");
        let mut parts = Parts::of(&MailHead::of(head.as_bytes()))?;
        parts.look_at(body.as_bytes());
        Some([
            parts.has_invitation,
            parts.has_delivery_status,
            parts.has_receipt,
        ])
    }

    #[test]
    fn only_the_parts_of_the_message_itself_count() {
        let calendar =
            "Content-Type: text/calendar;\n charset=utf-8; method=REQUEST\n\nBEGIN:VCALENDAR\n";
        for (body, expected) in [
            (format!("--b1\n{calendar}--b1--\n"), true),
            (
                format!("A preamble\r\n--b1 \r\n{}", calendar.replace('\n', "\r\n")),
                true,
            ),
            (
                format!(
                    "--b1\nContent-Type: multipart/alternative; boundary=b2\n\n--b2\n\ntext\n--b2\n{calendar}"
                ),
                true,
            ),
            (
                format!(
                    "--b1\nContent-Type: message/rfc822\n\nFrom: a@x.example\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n{calendar}--b1--\n"
                ),
                false,
            ),
            (
                format!("--b1\nContent-Type: text/plain\n\n{calendar}--b1--\n"),
                false,
            ),
            (format!("--b1\n\n> --b1\n{calendar}"), false),
            (format!("--b2\n{calendar}"), false),
            (
                "--b1\nContent-Type: text/calendar; name=a.ics\n\nBEGIN:VCALENDAR\n".to_owned(),
                false,
            ),
            ("--b1\nX: calendar\n--b1--".to_owned(), false),
            ("--b1".to_owned(), false),
            ("--".to_owned(), false),
            ("calendar".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(
                look("multipart/mixed", &body),
                Some([expected, false, false]),
                "{body}"
            );
        }
        assert_eq!(look("text/plain", ""), None);
    }

    #[test]
    fn a_report_is_what_its_part_says() {
        for (kind, expected) in [
            ("message/delivery-status", [false, true, false]),
            ("Message/Disposition-Notification", [false, false, true]),
            ("text/plain", [false; 3]),
        ] {
            let body = format!("--b1\n\nwords\n--b1\nContent-Type: {kind}\n\nx: y\n--b1--\n");
            assert_eq!(look("multipart/report", &body), Some(expected));
        }
    }

    #[test]
    fn parts_a_thousand_deep_take_no_time() {
        let mut body = String::from("alendar");
        for at in 1..100_000 {
            body.push_str(&format!(
                "\n--b{at}\nContent-Type: multipart/mixed; boundary=b{}\n",
                at + 1
            ));
        }
        assert_eq!(look("multipart/mixed", &body), Some([false; 3]));
    }
}
