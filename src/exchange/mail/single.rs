//! A message in a file of its own, as in a Maildir.

use std::io::{self, BufRead, Read};

use memchr::memchr;

use super::head::{MailHead, name_and_value};
use super::message::{MailReading, mail};
use super::parts::Parts;
use super::window::Window;
use crate::domain::sources::fact::Mail;

/// How much of a message is in memory while nothing needs more. Most header blocks are shorter.
const WINDOW: usize = 1 << 14;

/// Reads one message, as in a Maildir or an `.eml` or `.emlx` file; `None` if it is none.
///
/// # Errors
///
/// Those of `input`.
///
/// ```
/// use netkeep::exchange::mail::{MailReading, message};
///
/// let mut file = &b"Date: Mon, 2 Mar 2026 23:30:00 -0800\nFrom: ana@acme.example\n\nHello\n"[..];
/// let mail = message(&mut file, MailReading::default())?.expect("a message");
/// assert_eq!(mail.day.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn message(input: &mut impl BufRead, how: MailReading) -> io::Result<Option<Mail>> {
    let mut window = Window::new(input, WINDOW);
    skip_preface(&mut window)?;
    let mut head = MailHead::default();
    head.read(&mut window)?;
    if !head.is_of_message() {
        return Ok(None);
    }
    let mut parts = Parts::of(&head);
    if let Some(parts) = &mut parts {
        window.fill(Parts::MAX_BODY)?;
        parts.look_at(window.rest());
    }
    Ok(Some(mail(&head, &parts.unwrap_or_default(), how)))
}

/// Whether a text begins as a message: with a header field, and one that any message has among the first.
pub(in crate::exchange) fn is_message(text: &[u8]) -> bool {
    // An mbox may have a From_ line of another one.
    let is_quoted = text.starts_with(b">From ");
    // A vCard and a calendar have lines of the same form.
    let is_field =
        name_and_value(text).is_some_and(|(name, _)| !name.eq_ignore_ascii_case(b"BEGIN"));
    (is_quoted || is_field) && MailHead::of(text).is_of_message()
}

/// Skips what programs write before a message: a byte-order mark, blank lines, the length (Apple Mail), a From_ line.
fn skip_preface(window: &mut Window<impl Read>) -> io::Result<()> {
    window.fill(WINDOW / 2)?;
    if window.rest().starts_with(b"\xef\xbb\xbf") {
        window.skip(3);
    }
    loop {
        let rest = window.rest();
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = &rest[..end];
        let is_length = line.trim_ascii().iter().all(u8::is_ascii_digit);
        if line.is_empty() || !is_length && !line.starts_with(b"From ") {
            return Ok(());
        }
        window.skip(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sources::fact::MailKind;

    fn read(text: &[u8]) -> Option<Mail> {
        let mut input = text;
        message(&mut input, MailReading::default()).expect("memory")
    }

    #[test]
    fn a_file_is_a_message_whatever_program_wrote_it() {
        let text = "From: ana@acme.example\nTo: sam@keeper.example\n\nDate: x\n\nFrom bo Mon Mar  2 09:15:00 2026\nFrom: b@x.example\n\n";
        for before in [
            "",
            "\n",
            "\u{feff}",
            "\r\n\r\n",
            "1234      \n",
            "From ana Mon Mar  2 09:15:00 2026\n",
            "\u{feff}\nFrom x\n",
        ] {
            let text = format!("{before}{text}");
            let mail = read(text.as_bytes());
            let from = mail.map(|mail| (mail.from[0].address.clone(), mail.from.len()));
            assert_eq!(from, Some(("ana@acme.example".to_owned(), 1)), "{text}");
        }
        for other in [
            "",
            "\n\n",
            "1234",
            "Subject: x\n\nFrom: a@x.example\n",
            "BEGIN:VCARD\nFN:Ana\nEND:VCARD\n",
            "name,email\nAna,a@x.example\n",
            "From x\n",
        ] {
            assert_eq!(read(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn an_invitation_is_seen_in_a_part() {
        let filler = "x".repeat(100) + "\n";
        for (lines, expected) in [
            (1, Some(MailKind::Invitation)),
            (2000, Some(MailKind::Invitation)),
            (3000, None),
        ] {
            let text = format!(
                "From: ana@acme.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{}\n--b\n\
                 Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n",
                filler.repeat(lines)
            );
            assert_eq!(read(text.as_bytes()).and_then(|mail| mail.kind), expected);
            let mut kinds = vec![];
            let text =
                format!("From ana Mon Mar  2 09:15:00 2026\n{text}\nFrom -\nFrom: b@x.example\n");
            let end = super::super::mbox(
                &mut text.as_bytes(),
                MailReading::default(),
                &mut |_, mail| kinds.push(mail.kind),
            );
            assert!(end.is_ok());
            assert_eq!(kinds, [expected, None]);
        }
    }
}
