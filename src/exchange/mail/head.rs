//! The header block of a message or of a part of one: its fields that matter, as they are written.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::window::Window;

/// How much of a field is kept. Longer ones name hundreds of people or messages; those that are cut off are not needed: of people
/// only the first count, and In-Reply-To has the nearest message.
const MAX_FIELD: usize = 1 << 14;

/// How much of a header block is kept.
const MAX_HEAD: usize = 1 << 18;

/// How many fields are kept.
const MAX_FIELDS: usize = 1000;

/// How long a field's name is at most, with the blanks after it.
const MAX_NAME: usize = 80;

/// How long the longest name is that `HeaderField::named` knows in full.
const LONGEST_KNOWN: usize = b"x-failed-recipients".len();

/// The fields that matter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum HeaderField {
    AutoReply,
    AutoSubmitted,
    ContentClass,
    ContentLength,
    ContentType,
    Date,
    FailedRecipients,
    From,
    GmailLabels,
    InReplyTo,
    /// `List-Id`, `List-Unsubscribe` and all others that begin so: RFC 2369, RFC 2919.
    List,
    MessageId,
    MozillaStatus,
    Precedence,
    Received,
    References,
    ReturnPath,
    SpamFlag,
    Subject,
    To,
    /// `X-Status`, the letters of which differ between programs.
    XStatus,
}

impl HeaderField {
    fn named(name: &[u8]) -> Option<Self> {
        if name.len() > LONGEST_KNOWN {
            let start = &name[..b"list-".len()];
            return start.eq_ignore_ascii_case(b"list-").then_some(Self::List);
        }
        let mut lower = [0; LONGEST_KNOWN];
        let lower = &mut lower[..name.len()];
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"auto-submitted" => Self::AutoSubmitted,
            b"content-class" => Self::ContentClass,
            b"content-length" => Self::ContentLength,
            b"content-type" => Self::ContentType,
            b"date" => Self::Date,
            b"from" => Self::From,
            b"in-reply-to" => Self::InReplyTo,
            b"message-id" => Self::MessageId,
            b"precedence" => Self::Precedence,
            b"received" => Self::Received,
            b"references" => Self::References,
            b"return-path" => Self::ReturnPath,
            b"subject" => Self::Subject,
            b"to" => Self::To,
            b"x-autoreply" | b"x-autorespond" => Self::AutoReply,
            b"x-failed-recipients" => Self::FailedRecipients,
            b"x-gmail-labels" => Self::GmailLabels,
            b"x-mozilla-status" => Self::MozillaStatus,
            b"x-spam-flag" => Self::SpamFlag,
            b"x-status" => Self::XStatus,
            name if name.starts_with(b"list-") => Self::List,
            _ => return None,
        })
    }
}

/// The fields of a header block that matter, in their order. Each ends with a newline.
///
/// Source: RFC 5322, 2.2 and 4.5.
#[derive(Debug, Default)]
pub(super) struct MailHead {
    text: Vec<u8>,
    fields: Vec<(HeaderField, Range<usize>)>,
    /// Which fields there are, a bit for each, as most are looked for in vain.
    present: u32,
    /// Whether the last line began a field that is kept.
    is_kept: bool,
}

impl MailHead {
    /// Reads a header block and the blank line after it, and nothing beyond.
    pub(super) fn read(&mut self, window: &mut Window<impl Read>) -> io::Result<()> {
        self.text.clear();
        self.fields.clear();
        self.present = 0;
        self.is_kept = false;
        // Whether the line before is not whole, because it is very long.
        let mut is_cut = false;
        loop {
            let rest = window.rest();
            let mut used = 0;
            let mut is_end = false;
            for end in memchr_iter(b'\n', rest) {
                let line = &rest[used..=end];
                used = end + 1;
                if is_cut {
                    self.add_to_field(line);
                    is_cut = false;
                } else if self.add(line) {
                    is_end = true;
                    break;
                }
            }
            window.skip(used);
            if is_end {
                break;
            }
            // Of a longer line no more is kept.
            if window.rest().len() <= MAX_FIELD && window.more()? {
                continue;
            }
            let line = window.rest();
            if is_cut {
                self.add_to_field(line);
            } else {
                self.add(line);
            }
            is_cut = true;
            let length = line.len();
            window.skip(length);
            if window.is_over() {
                break;
            }
        }
        self.end_field();
        Ok(())
    }

    /// The header block at the start of a text, as of a part.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut head = Self::default();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            if head.add(line) {
                break;
            }
        }
        head.end_field();
        head
    }

    /// Adds a line with its end. Returns whether it is the blank line that ends the block.
    fn add(&mut self, line: &[u8]) -> bool {
        match line {
            [b'\n', ..] | [b'\r', b'\n', ..] | [b'\r'] | [] => return true,
            [b' ' | b'\t', ..] => self.add_to_field(line),
            _ => {
                self.is_kept = false;
                let Some((name, value)) = name_and_value(line) else {
                    return false;
                };
                let is_full = self.text.len() >= MAX_HEAD || self.fields.len() >= MAX_FIELDS;
                if let Some(field) = HeaderField::named(name).filter(|_| !is_full) {
                    let start = self.text.len();
                    self.fields.push((field, start..start));
                    self.present |= 1 << field as u32;
                    // Of these it matters only whether they are there.
                    self.is_kept = !matches!(field, HeaderField::List | HeaderField::Received);
                    self.add_to_field(value);
                }
            }
        }
        false
    }

    fn add_to_field(&mut self, text: &[u8]) {
        let Some((_, range)) = self.fields.last_mut().filter(|_| self.is_kept) else {
            return;
        };
        let room = MAX_FIELD.saturating_sub(range.len());
        self.text.extend_from_slice(&text[..text.len().min(room)]);
        range.end = self.text.len();
        if text.len() > room {
            self.end_field();
        }
    }

    /// Ends a field with a newline, where its last line has none.
    fn end_field(&mut self) {
        if let Some((_, range)) = self.fields.last_mut().filter(|_| self.is_kept)
            && !self.text.ends_with(b"\n")
        {
            self.text.push(b'\n');
            range.end = self.text.len();
        }
        self.is_kept = false;
    }

    /// The values of a field, as often as it is there, as they are written: with folds, and a newline at the end.
    pub(super) fn values(&self, field: HeaderField) -> impl Iterator<Item = &[u8]> {
        let fields = if self.has(field) {
            &self.fields[..]
        } else {
            &[]
        };
        let fields = fields.iter().filter(move |(known, _)| *known == field);
        fields.map(|(_, range)| &self.text[range.clone()])
    }

    /// The first value of a field, without blanks around it.
    pub(super) fn value(&self, field: HeaderField) -> Option<&[u8]> {
        self.values(field).next().map(<[u8]>::trim_ascii)
    }

    /// Whether the first value of a field begins with that, in any case.
    pub(super) fn starts(&self, field: HeaderField, start: &str) -> bool {
        let begin = self.value(field).and_then(|value| value.get(..start.len()));
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
    }

    pub(super) fn has(&self, field: HeaderField) -> bool {
        self.present & 1 << field as u32 != 0
    }

    /// Whether it is that of a message: it has a field that any message has.
    pub(super) fn is_of_message(&self) -> bool {
        let telling = [
            HeaderField::From,
            HeaderField::Date,
            HeaderField::Received,
            HeaderField::ReturnPath,
            HeaderField::MessageId,
        ];
        telling.iter().any(|field| self.has(*field))
    }
}

/// The name and the value of a header field, of which `line` is the first line.
pub(super) fn name_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr(b':', &line[..line.len().min(MAX_NAME)])?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    is_name.then(|| (name, &line[colon + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(head: &MailHead, field: HeaderField) -> String {
        String::from_utf8_lossy(head.value(field).unwrap_or(b"-")).into_owned()
    }

    #[test]
    fn fields_are_read_with_their_folds() {
        let text = b"From : ana@acme.example\r\nSUBJECT: a\r\n b\r\n\tc\r\n>From x\r\nno field\r\nX-Y: z\r\n w\r\nTo: x\r\n\r\nDate: y\r\n";
        let head = MailHead::of(text);
        assert_eq!(value(&head, HeaderField::From), "ana@acme.example");
        assert_eq!(value(&head, HeaderField::Subject), "a\r\n b\r\n\tc");
        assert_eq!(value(&head, HeaderField::To), "x");
        assert_eq!(value(&head, HeaderField::Date), "-");
        assert!(head.is_of_message());
        assert!(!MailHead::of(b"Subject: x\n\n").is_of_message());
        assert_eq!(value(&MailHead::of(b"From: a"), HeaderField::From), "a");
    }

    #[test]
    fn a_line_without_an_end_is_not_kept() {
        let long = b"x".repeat(10_000_000);
        let text = [
            b"To: a,".as_slice(),
            &long,
            b"\nX: ",
            &long,
            b"\n",
            &long,
            b"\nFrom: b\n\nrest",
        ];
        let text = text.concat();
        let mut input = &text[..];
        let mut window = Window::new(&mut input, 16);
        let mut head = MailHead::default();
        head.read(&mut window).expect("memory");
        assert_eq!(window.rest(), b"rest");
        assert_eq!(
            head.value(HeaderField::To).map(<[u8]>::len),
            Some(MAX_FIELD - 1)
        );
        assert_eq!(value(&head, HeaderField::From), "b");
        assert!(head.values(HeaderField::To).all(|to| to.ends_with(b"\n")));
    }

    #[test]
    fn a_million_fields_are_not_kept() {
        let text = b"List-A: b\nTo: a@x.example\nTo:\n".repeat(300_000);
        let head = MailHead::of(&text);
        assert_eq!(head.fields.len(), MAX_FIELDS);
        let text = [b"To: ".as_slice(), &b"a".repeat(MAX_FIELD), b"\n"].concat();
        assert!(MailHead::of(&text.repeat(1000)).text.len() < 2 * MAX_HEAD);
    }
}
