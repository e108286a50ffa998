//! One line of a calendar as a property.

use crate::exchange::clean::one_line;
use crate::exchange::vcard::unescaped;

/// The most bytes of a text that are looked at: enough for any title or name, whatever a calendar says.
const LONGEST_TEXT: usize = 1000;

/// A line of a calendar: `DTSTART;TZID=Europe/Paris:20260305T123000`.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventProperty<'l> {
    /// The name, as it is written.
    pub(super) name: &'l str,
    /// The parameters, from the first semicolon on.
    params: &'l str,
    /// The value, escaped as it is written.
    pub(super) value: &'l str,
    /// The line of the file it begins on, from 1.
    pub(super) line: usize,
}

impl<'l> EventProperty<'l> {
    /// Reads a line. `None` if it is not a property.
    pub(super) fn read(text: &'l str, line: usize) -> Option<Self> {
        let end = text.find([':', ';'])?;
        let (name, rest) = text.split_at(end);
        // A quote that is never closed does not hide the value.
        let colon = unquoted(rest, ':').or_else(|| rest.find(':'))?;
        Some(Self {
            name: name.trim(),
            params: &rest[..colon],
            value: rest[colon + 1..].trim(),
            line,
        })
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of a parameter, without its quotes.
    pub(super) fn param(&self, name: &str) -> Option<String> {
        let mut rest = self.params.strip_prefix(';')?;
        loop {
            let end = unquoted(rest, ';').unwrap_or(rest.len());
            if let Some((other, value)) = rest[..end].split_once('=')
                && other.trim().eq_ignore_ascii_case(name)
            {
                return Some(unescaped(start_of(value.trim()).trim_matches('"')));
            }
            rest = rest.get(end + 1..)?;
        }
    }

    /// Whether a parameter has one of these values, ignoring case.
    pub(super) fn has(&self, name: &str, values: &[&str]) -> bool {
        let found = self.param(name);
        found.is_some_and(|found| {
            let found = found.trim();
            values.iter().any(|value| found.eq_ignore_ascii_case(value))
        })
    }

    /// The value as a text on one line. Source: RFC 5545, 3.3.11.
    pub(super) fn text(&self) -> String {
        let mut plain = String::new();
        let mut chars = start_of(self.value).chars();
        while let Some(c) = chars.next() {
            plain.push(match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => '\n',
                    Some(c) => c,
                    None => '\\',
                },
                c => c,
            });
        }
        one_line(&plain)
    }
}

/// The first place of a character that is not between quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(at, c)| {
        is_quoted ^= c == '"';
        (c == wanted && !is_quoted).then_some(at)
    })
}

/// As much of a text as is looked at.
fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_TEXT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(text: &str) -> EventProperty<'_> {
        EventProperty::read(text, 1).expect("a property")
    }

    #[test]
    fn a_line_is_a_name_parameters_and_a_value() {
        let found =
            property(r#"ATTENDEE;CN="Ruiz; Ana: ^'x^'";role=CHAIR:mailto:ana@acme.example"#);
        assert!(found.is("attendee"));
        assert_eq!(found.param("CN").as_deref(), Some("Ruiz; Ana: \"x\""));
        assert!(found.has("ROLE", &["chair"]));
        assert_eq!(found.param("RSVP"), None);
        assert_eq!(found.value, "mailto:ana@acme.example");
        assert!(EventProperty::read("no colon", 1).is_none());
    }

    #[test]
    fn a_quote_that_is_not_closed_hides_no_value() {
        assert_eq!(
            property("ATTENDEE;CN=\"Ana:mailto:a@b.example").value,
            "mailto:a@b.example"
        );
    }

    #[test]
    fn texts_are_on_one_line() {
        assert_eq!(
            property(r"SUMMARY:Lunch\, at\nChez \\ Ana\").text(),
            r"Lunch, at Chez \ Ana\"
        );
        let long = "x".repeat(1 << 20);
        assert_eq!(property(&format!("SUMMARY:{long}")).text().len(), 1000);
    }
}
