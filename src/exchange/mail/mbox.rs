//! The messages of an mbox, one after another.
//!
//! A message begins with a From_ line, `From sam@keeper.example Mon Mar  2 09:15:00 2026`, and ends before the next one.
//! Programs disagree about such lines within a message: they write `>From` for `From`, for any number of `>` before it or
//! for none, or they write nothing else but how long the message is. So a line counts as a From_ line only where it has all
//! that such a line has, and a length counts where a message ends there.
//!
//! Source: RFC 4155, and <https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml> with its four relatives
//! (mboxo, mboxrd, mboxcl, mboxcl2).

use std::io::{self, BufRead, Read};

use memchr::memchr;
use memchr::memmem::Finder;

use super::from_line::{MAX_LINE, is_after_blank_line, is_from_line};
use super::head::{HeaderField, MailHead};
use super::message::{MailReading, mail};
use super::parts::Parts;
use super::window::Window;
use crate::domain::sources::fact::Mail;

/// How much of the file is in memory while nothing needs more. It fits into the caches of a processor.
const WINDOW: usize = 1 << 18;

/// How many messages wait at most until it is known whether they are within another one.
const MAX_WAITING: usize = 500;

/// Reads the messages of an mbox. Each goes to `found`, with the place at which it starts, counted from where `input` is.
///
/// Any place at which a message starts is one from which an mbox can be read.
///
/// # Errors
///
/// Those of `input`.
///
/// ```
/// use netkeep::exchange::mail::{MailReading, mbox};
///
/// let mut file = &b"From ana Mon Mar  2 09:15:00 2026\nFrom: ana@acme.example\n\nHello\n"[..];
/// let mut senders = vec![];
/// mbox(&mut file, MailReading::default(), &mut |at, mail| senders.push((at, mail.from[0].address.clone())))?;
/// assert_eq!(senders, [(0, "ana@acme.example".to_owned())]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn mbox(
    input: &mut impl BufRead,
    how: MailReading,
    found: &mut dyn FnMut(u64, Mail),
) -> io::Result<()> {
    let mut window = Window::new(input, WINDOW);
    let mut waiting = Waiting::default();
    let mut head = MailHead::default();
    let starts = Finder::new(LINE_START);
    let mut is_from = is_at_first(&mut window)?;
    if !is_from {
        is_from = skip_body(&mut window, &starts, None)?;
    }
    while is_from {
        let at = window.position();
        let line = memchr(b'\n', window.rest()).map_or(window.rest().len(), |line| line + 1);
        window.skip(line);
        head.read(&mut window)?;
        let claimed = claimed_end(&head, window.position());
        let mut parts = Parts::of(&head);
        is_from = skip_body(&mut window, &starts, parts.as_mut())?;
        let parts = parts.unwrap_or_default();
        waiting.add(at, mail(&head, &parts, how), claimed);
        waiting.settle(window.position(), newlines_before(&window));
        waiting.give(found);
    }
    waiting.claims.clear();
    waiting.give(found);
    Ok(())
}

/// Messages that may be within the body of one before them.
#[derive(Default)]
struct Waiting {
    messages: Vec<(u64, Mail)>,
    /// Where messages end as they say themselves, and how many of `messages` there are up to each of them.
    claims: Vec<(u64, usize)>,
}

impl Waiting {
    fn add(&mut self, at: u64, mail: Mail, claimed: Option<u64>) {
        self.messages.push((at, mail));
        if self.messages.len() >= MAX_WAITING {
            self.claims.clear();
        } else if let Some(end) = claimed {
            self.claims.push((end, self.messages.len()));
        }
    }

    /// A message starts at `place` or the file ends there. Whatever says that it ends there is believed, the first above all,
    /// and has within it all that began since.
    fn settle(&mut self, place: u64, newlines: u64) {
        let is_true = |(end, _): &(u64, usize)| *end <= place && *end + newlines >= place;
        if let Some(at) = self.claims.iter().position(is_true) {
            self.messages.truncate(self.claims[at].1);
            self.claims.truncate(at);
        }
        self.claims.retain(|(end, _)| *end > place);
    }

    fn give(&mut self, found: &mut dyn FnMut(u64, Mail)) {
        if self.claims.is_empty() {
            for (at, mail) in self.messages.drain(..) {
                found(at, mail);
            }
        }
    }
}

/// Where a message ends as it says itself, whose body starts at `start`.
fn claimed_end(head: &MailHead, start: u64) -> Option<u64> {
    let length = head.value(HeaderField::ContentLength)?;
    let length: u64 = std::str::from_utf8(length).ok()?.parse().ok()?;
    start.checked_add(length)
}

/// Skips what may be before the first From_ line: a byte-order mark and blank lines. Returns whether there is one then.
fn is_at_first(window: &mut Window<impl Read>) -> io::Result<bool> {
    window.fill(3)?;
    if window.rest().starts_with(b"\xef\xbb\xbf") {
        window.skip(3);
    }
    loop {
        let is_blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let blanks = window.rest().iter().take_while(|byte| is_blank(byte));
        let blanks = blanks.count();
        window.skip(blanks);
        if !window.rest().is_empty() || !window.more()? {
            break;
        }
    }
    window.fill(MAX_LINE)?;
    Ok(is_from_line(window.rest(), true))
}

/// Skips to the next From_ line, and shows the start of what is before it to `parts`. Returns whether there is one.
fn skip_body(
    window: &mut Window<impl Read>,
    starts: &Finder,
    mut parts: Option<&mut Parts>,
) -> io::Result<bool> {
    // How much of the rest has no From_ line.
    let mut searched = 0;
    loop {
        let next = next_from(window, starts, searched);
        let (Ok(body) | Err(body)) = next;
        let is_enough = next.is_ok() || window.is_over() || body >= Parts::MAX_BODY;
        if let Some(parts) = parts.take_if(|_| is_enough) {
            parts.look_at(&window.rest()[..body]);
        }
        searched = body;
        if parts.is_none() {
            window.skip(searched);
            searched = 0;
        }
        if next.is_ok() {
            return Ok(true);
        }
        if window.is_over() {
            return Ok(false);
        }
        window.more()?;
    }
}

/// How many bytes of the rest are before the next From_ line, which is not within the first `searched`; or how many at least
/// are before it if there is none yet.
fn next_from(window: &Window<impl Read>, starts: &Finder, searched: usize) -> Result<usize, usize> {
    let rest = window.rest();
    let is_in_full = |line: usize| window.is_over() || rest.len() - line >= MAX_LINE;
    let counts = |line: usize| {
        is_after_blank_line(window.before(), &rest[..line]) && is_from_line(&rest[line..], false)
    };
    if searched == 0 && rest.starts_with(b"From ") {
        if !is_in_full(0) {
            return Err(0);
        }
        if counts(0) {
            return Ok(0);
        }
    }
    let mut at = searched;
    while let Some(hit) = starts.find(&rest[at..]) {
        let line = at + hit + 1;
        if !is_in_full(line) {
            return Err(line - 1);
        }
        if counts(line) {
            return Ok(line);
        }
        at = line;
    }
    if window.is_over() {
        return Err(rest.len());
    }
    Err(rest.len().saturating_sub(LINE_START.len()).max(at))
}

/// What a From_ line and a newline before it begin with.
const LINE_START: &[u8] = b"\nFrom ";

/// How many bytes right before the rest are of line ends.
fn newlines_before(window: &Window<impl Read>) -> u64 {
    let back = window.before().iter().rev();
    let newlines = back.take_while(|byte| matches!(byte, b'\r' | b'\n'));
    newlines.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: &str =
        "From ana@acme.example Mon Mar  2 09:15:00 2026\nFrom: ana@acme.example\nMessage-ID: <a>\n";
    const BO: &str = "From bo@x.example Mon Mar  2 09:15:00 2026\nFrom: bo@x.example\nMessage-ID: <b>\n\nHello\n";

    /// Each message as its place and the first letter of its sender.
    fn read(text: &[u8]) -> String {
        let mut found = vec![];
        let mut input = text;
        let end = mbox(&mut input, MailReading::default(), &mut |at, mail| {
            let from = mail.from.first().map_or("-", |from| &from.address[..1]);
            found.push(format!("{from}{at}"));
        });
        end.expect("memory");
        assert!(input.is_empty(), "all is read");
        found.join(" ")
    }

    #[test]
    fn messages_begin_with_a_line_of_their_own() {
        let n = ANA.len();
        for (text, expected) in [
            (format!("{ANA}\nHi\n\n{BO}"), format!("a0 b{}", n + 5)),
            (format!("{ANA}\n{BO}"), format!("a0 b{}", n + 1)),
            (format!("{ANA}\n\n\n\n{BO}"), format!("a0 b{}", n + 4)),
            // Not after a blank line, without a header block, without a time, or quoted.
            (format!("{ANA}\nHi\n{BO}"), "a0".to_owned()),
            (
                format!("{ANA}\nHi\n\nFrom bo Mon Mar  2 09:15:00 2026\nHello\n"),
                "a0".to_owned(),
            ),
            (
                format!("{ANA}\nHi\n\nFrom here: it looks good\nNote: x\n"),
                "a0".to_owned(),
            ),
            (
                format!("{ANA}\nHi\n\nFrom 10:30 on\nNote: x\n"),
                "a0".to_owned(),
            ),
            (
                format!("{ANA}\nHi\n\nFrom 2026 on\nNote: x\n"),
                "a0".to_owned(),
            ),
            (format!("{ANA}\nHi\n\n>{BO}"), "a0".to_owned()),
            (format!("{ANA}\nHi\n\n>>{BO}"), "a0".to_owned()),
            // Thunderbird's, and bare ones.
            (
                format!(
                    "{ANA}\nHi\n\nFrom - Mon Mar  2 09:15:00 2026\nX-Mozilla-Status: 0001\nFrom: bo@x.example\n\n"
                ),
                format!("a0 b{}", n + 5),
            ),
            (
                format!("{ANA}\nHi\n\nFrom -\nFrom: bo@x.example\n\n"),
                format!("a0 b{}", n + 5),
            ),
            (
                format!("{ANA}\nHi\n\nFrom \nFrom: bo@x.example\n\n"),
                format!("a0 b{}", n + 5),
            ),
            (
                format!(
                    "{ANA}\nHi\n\nFrom bo Mon Mar  2 09:15 2026\n>From x\nFrom: bo@x.example\n\n"
                ),
                format!("a0 b{}", n + 5),
            ),
            (
                "From ana\nFrom: ana@acme.example\n\nHi".to_owned(),
                "a0".to_owned(),
            ),
            // What is before the first.
            (format!("\u{feff}{BO}"), "b3".to_owned()),
            (format!("\n\r\n{BO}"), "b3".to_owned()),
            (format!("Words\n\n{BO}"), "b7".to_owned()),
            ("Words\n".to_owned(), String::new()),
            (String::new(), String::new()),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
            let crlf = text.replace('\n', "\r\n");
            let count = expected.split_whitespace().count();
            assert_eq!(
                read(crlf.as_bytes()).split_whitespace().count(),
                count,
                "{crlf}"
            );
        }
        let mixed = format!("{}\r\nHi\r\n\r\n{BO}", ANA.replace('\n', "\r\n"));
        assert_eq!(read(mixed.as_bytes()).split(' ').count(), 2);
        let mixed = format!("{ANA}\nHi\n\r\n{BO}");
        assert_eq!(read(mixed.as_bytes()).split(' ').count(), 2);
    }

    #[test]
    fn a_length_counts_where_a_message_ends_there() {
        let within = format!("Look:\n\n{BO}\n{BO}");
        let length = within.len();
        let of = |length: usize, after: &str| {
            read(format!("{ANA}Content-Length: {length}\n\n{within}{after}").as_bytes())
        };
        let letters = |found: &str| {
            found
                .chars()
                .filter(char::is_ascii_alphabetic)
                .collect::<String>()
        };
        assert_eq!(letters(&of(length, "")), "a");
        assert_eq!(letters(&of(length, "\n")), "a");
        assert_eq!(letters(&of(length, &format!("\n{BO}"))), "ab");
        assert_eq!(letters(&of(length - 1, &format!("\n{BO}"))), "ab");
        assert_eq!(letters(&of(length + 1, &format!("\n{BO}"))), "ab");
        // Wrong ones: too short, too long, without bounds.
        for wrong in [0, 3, length - 3, length + 100, usize::MAX] {
            assert_eq!(letters(&of(wrong, &format!("\n{BO}"))), "abbb", "{wrong}");
        }
        // The length of the first is right, and that of one within it does not count.
        let inner = format!(
            "{}Content-Length: 100000\n\nHi\n\n{BO}",
            BO.trim_end_matches("\n\nHello\n").to_owned() + "\n"
        );
        let body = format!("Look:\n\n{inner}");
        let text = format!("{ANA}Content-Length: {}\n\n{body}\n{BO}", body.len());
        assert_eq!(letters(&read(text.as_bytes())), "ab");
        // The length of the first is wrong, and that of one within it counts.
        let inner = format!(
            "{}Content-Length: {}\n\n{within}",
            BO.trim_end_matches("\n\nHello\n").to_owned() + "\n",
            length
        );
        let text = format!("{ANA}Content-Length: 9999999\n\nHi\n\n{inner}\n{BO}");
        assert_eq!(letters(&read(text.as_bytes())), "abb");
        // Only so many wait.
        let text = format!(
            "{ANA}Content-Length: 9999999\n\n{}",
            format!("{BO}\n").repeat(2000)
        );
        assert_eq!(letters(&read(text.as_bytes())).len(), 2001);
    }

    #[test]
    fn any_message_is_a_place_to_start() {
        let text = format!("{ANA}\nHi\n\n{BO}\n{ANA}");
        let places = |text: &str, before: usize| {
            let all = read(text.as_bytes());
            let places = all
                .split(' ')
                .filter_map(|one| one[1..].parse::<usize>().ok());
            places.map(|place| place + before).collect::<Vec<_>>()
        };
        let all = places(&text, 0);
        assert_eq!((all.len(), all[0]), (3, 0));
        for (at, place) in all.iter().enumerate() {
            assert_eq!(places(&text[*place..], *place), all[at..]);
        }
        assert_eq!(places(&text[5..], 5), all[1..]);
    }

    /// A stream of `before`, so many bytes of lines, and `after`, given in pieces of odd lengths.
    struct Long {
        before: Vec<u8>,
        line: &'static [u8],
        lines: usize,
        after: Vec<u8>,
        piece: usize,
    }

    impl Read for Long {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.before.is_empty() && self.lines > 0 {
                let lines = self.lines.min(5000);
                self.before = self.line.repeat(lines);
                self.lines -= lines;
            }
            if self.before.is_empty() {
                self.before = std::mem::take(&mut self.after);
            }
            self.piece = self.piece * 7 % 70_001 + 1;
            let count = into.len().min(self.before.len()).min(self.piece);
            into[..count].copy_from_slice(&self.before[..count]);
            self.before.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn a_message_is_found_after_a_long_body() {
        let kinds = ["X: y", "Content-Type: multipart/mixed; boundary=b"];
        let lines: [(&'static [u8], usize); 3] = [
            (
                b"Rm9yIG9uY2UgaXQgd2FzIGEgZ29vZCB5ZWFyLCBhbmQgc28gd2UgYWxsIHNhaWQu\n",
                300_000,
            ),
            (
                b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                300_000,
            ),
            (b"\nFrom \n", 100_000),
        ];
        for kind in kinds {
            for (line, lines) in lines {
                let long = Long {
                    before: format!("{ANA}{kind}\n\n").into_bytes(),
                    line,
                    lines,
                    after: format!("\n\n{BO}").into_bytes(),
                    piece: 1,
                };
                let mut found = 0;
                let mut input = io::BufReader::new(long);
                let end = mbox(&mut input, MailReading::default(), &mut |_, _| found += 1);
                assert_eq!(found, 2);
                assert!(end.is_ok());
                assert!(input.fill_buf().is_ok_and(<[u8]>::is_empty));
            }
        }
    }
}
