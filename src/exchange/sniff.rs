//! Tells files of touches from files of people by how they begin.

use super::calls::is_calls;
use super::mail::is_message;
use super::meetings::is_calendar;

/// What a file of touches is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TouchSource {
    /// Messages one after another: [`super::mail::mbox`].
    Mbox,
    /// One message: [`super::mail::message`].
    Message,
    /// Calendars: [`super::meetings::meetings`].
    Calendar,
    /// The calls and text messages of a phone.
    Calls,
}

impl TouchSource {
    /// How many bytes of a file are enough to tell.
    pub const START: usize = 1 << 16;

    /// The kind of source that a file with this beginning is; `None` for anything else, such as a list of people.
    ///
    /// ```
    /// use netkeep::exchange::TouchSource;
    ///
    /// let file = b"From: ana@acme.example\nSubject: hello\n\nHello";
    /// assert_eq!(TouchSource::of(file), Some(TouchSource::Message));
    /// assert_eq!(TouchSource::of(b"name,email\nAna Ruiz,ana@acme.example\n"), None);
    /// ```
    pub fn of(start: &[u8]) -> Option<Self> {
        let start = &start[..start.len().min(Self::START)];
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = text.trim_ascii_start();
        if is_calendar(start) {
            return Some(Self::Calendar);
        }
        if is_calls(start) {
            return Some(Self::Calls);
        }
        if text.starts_with(b"From ") {
            let rest = text.splitn(2, |byte| *byte == b'\n').nth(1)?;
            return is_message(rest).then_some(Self::Mbox);
        }
        // Apple Mail writes the length first.
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = match digits {
            0 => text,
            digits => text[digits..].trim_ascii_start(),
        };
        is_message(text).then_some(Self::Message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_a_file_tells_what_it_is() {
        use TouchSource::{Calendar, Calls, Mbox, Message};
        for (text, expected) in [
            (
                "From ana Mon Mar  2 09:15:00 2026\nFrom: ana@x.example\n\nHi",
                Some(Mbox),
            ),
            (
                "\u{feff}\r\nFrom - Mon Mar  2 09:15:00 2026\r\nX-Mozilla-Status: 0001\r\nFrom: a\r\n\r\n",
                Some(Mbox),
            ),
            ("From here to there,\nnobody came\n", None),
            ("From ana", None),
            ("Return-Path: <a@x.example>\nX: y\n\nHi", Some(Message)),
            (
                "received: by mx\r\n\tfor x\r\nSubject: y\r\n\r\n",
                Some(Message),
            ),
            ("X-A: b\nDate: x\n", Some(Message)),
            ("1234\nMessage-ID: <x>\n\n", Some(Message)),
            ("Subject: x\n\nFrom: y\n", None),
            ("Subject: x\nTo: y\n\n", None),
            ("BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", None),
            ("begin:vcalendar\r\nVERSION:2.0\r\n", Some(Calendar)),
            ("BEGIN:VCARD\nNOTE:x\nFrom: y\nDate: z\n", None),
            ("name,email\nAna,ana@x.example\n", None),
            ("From,To\nana@x.example,Date: x\n", None),
            ("people:\n  - name: Ana\n    from: Madrid\n", None),
            ("# abook\n[format]\nFrom: x\n", None),
            ("[format]\nprogram=abook\n", None),
            ("format = 1\n\n[[contacts]]\nname = \"From: x\"\n", None),
            ("---\nfrom: ana\nname: x\n", None),
            (
                "From ana Mon Mar  2 09:15:00 2026\n>From x\nDate: y\n",
                Some(Mbox),
            ),
            ("<html>From: x\n</html>", None),
            ("<calls count=\"1\">", Some(Calls)),
            (
                "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--a < b--><smses>",
                Some(Calls),
            ),
            (
                "\u{feff}<!DOCTYPE calls [<!ENTITY a \"b\">]>\n<calls/>",
                Some(Calls),
            ),
            ("<!DOCTYPE calls>\n\n<calls\n>", Some(Calls)),
            ("<callsign>", None),
            ("<x><calls>", None),
            ("<!-- <calls>", None),
            ("<", None),
            ("1234", None),
            ("", None),
        ] {
            assert_eq!(TouchSource::of(text.as_bytes()), expected, "{text}");
            let start = text.trim_start_matches('\u{feff}');
            if start.starts_with('<') {
                for (order, mark) in [
                    (u16::to_le_bytes as fn(u16) -> [u8; 2], ""),
                    (u16::to_be_bytes, ""),
                    (u16::to_le_bytes, "\u{feff}"),
                    (u16::to_be_bytes, "\u{feff}"),
                ] {
                    let wide = format!("{mark}{start}");
                    let wide: Vec<u8> = wide.encode_utf16().flat_map(order).collect();
                    assert_eq!(TouchSource::of(&wide), expected, "{text}");
                }
            }
        }
    }
}
