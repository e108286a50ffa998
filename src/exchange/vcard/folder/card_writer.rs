//! Writes a property as a line of a card, in the version of that card.
//!
//! Sources: vCard 2.1 (versit, 1996), 2.1.3 (quoted-printable) and 2.3 (`\;`); for the others see `write.rs`.

use crate::domain::{AnnualDay, Field};
use crate::exchange::clean::plain;
use crate::exchange::vcard::write::{VcardVersion, annual, fold, text, with_type};

/// The parameters that say something of the value there was: how it was encoded, in which form and language it was, how it is
/// sorted (RFC 6350, 5.9), and where it was. The others, such as its type, are of the new value too.
const OF_THE_VALUE: [&str; 15] = [
    "ENCODING",
    "CHARSET",
    "VALUE",
    "LANGUAGE",
    "SORT-AS",
    "X-APPLE-OMIT-YEAR",
    "CALSCALE",
    "LABEL",
    "GEO",
    "TZ",
    "CC",
    "QUOTED-PRINTABLE",
    "BASE64",
    "8BIT",
    "7BIT",
];

pub(super) struct CardWriter {
    /// `None` for 2.1.
    version: Option<VcardVersion>,
    line_end: String,
}

impl CardWriter {
    /// For a card of this version, whose line BEGIN ends as the others are to end.
    pub(super) fn new(version: Option<&str>, begin: &[u8]) -> Self {
        let line_end = if begin.ends_with(b"\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        Self {
            version: match version.map(str::trim) {
                Some("2.1") => None,
                Some("3.0") => Some(VcardVersion::V3),
                _ => Some(VcardVersion::V4),
            },
            line_end: line_end.to_owned(),
        }
    }

    /// The version whose properties are written; 2.1 has those of 3.0.
    fn version(&self) -> VcardVersion {
        self.version.unwrap_or(VcardVersion::V3)
    }

    /// The name of a property with the type that the version asks for.
    pub(super) fn head(&self, field: Field) -> String {
        match (field, self.version) {
            (Field::Email, None) => "EMAIL;INTERNET".to_owned(),
            (Field::Phone, None) => "TEL;VOICE".to_owned(),
            (Field::Email, Some(version)) => with_type("EMAIL", false, version),
            (Field::Phone, Some(version)) => with_type("TEL", false, version),
            (Field::Aka, _) => "NICKNAME".to_owned(),
            (Field::Links, _) => "URL".to_owned(),
            (Field::Name, _) => "FN".to_owned(),
            (Field::Company, _) => "ORG".to_owned(),
            (Field::Address | Field::City, _) => "ADR".to_owned(),
            (Field::Birthday, _) => "BDAY".to_owned(),
            (Field::Tags, _) => "CATEGORIES".to_owned(),
            (Field::Notes, _) => "NOTE".to_owned(),
            (field, _) => field.key().to_uppercase(),
        }
    }

    /// A line with a text.
    pub(super) fn text(&self, head: &str, value: &str) -> String {
        self.parts(head, &[value.to_owned()], ";")
    }

    /// A line with the parts of a value, or the entries of a list.
    pub(super) fn parts(&self, head: &str, parts: &[String], separator: &str) -> String {
        if self.version.is_none() {
            return self.of_old(head, parts, separator);
        }
        let parts: Vec<String> = parts.iter().map(|part| text(part)).collect();
        self.line(&format!("{head}:{}", parts.join(separator)))
    }

    /// A line with a day of the year.
    pub(super) fn day(&self, head: &str, day: AnnualDay) -> String {
        let (head, value) = annual(head, day, self.version());
        self.line(&format!("{head}:{value}"))
    }

    fn line(&self, line: &str) -> String {
        let mut folded = String::new();
        fold(&mut folded, line);
        self.with_line_end(&folded)
    }

    fn with_line_end(&self, lines: &str) -> String {
        lines.replace("\r\n", &self.line_end)
    }

    /// The same in 2.1, which has no escapes but `\;`, and letters other than ASCII only in quoted-printable.
    fn of_old(&self, head: &str, parts: &[String], separator: &str) -> String {
        let parts = parts.iter().map(|part| plain(part).replace(';', "\\;"));
        let value = parts.collect::<Vec<_>>().join(separator);
        if value.is_ascii() && !value.contains('\n') {
            return format!("{head}:{value}{}", self.line_end);
        }
        let coded = quoted_printable::encode_binary(value.replace('\n', "\r\n"));
        let coded = String::from_utf8_lossy(&coded);
        let line = format!("{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{coded}\r\n");
        self.with_line_end(&line)
    }
}

/// What stands before the value of a line, with the group and without what only its value had.
pub(super) fn kept_head(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let mut is_in_quotes = false;
    let mut parts = vec![String::new()];
    for c in line.chars() {
        match c {
            ':' if !is_in_quotes => break,
            ';' if !is_in_quotes => parts.push(String::new()),
            c => {
                is_in_quotes ^= c == '"';
                parts.last_mut().expect("there is always one").push(c);
            }
        }
    }
    let is_kept = |part: &String| {
        let name = part.split('=').next().unwrap_or_default().trim();
        !OF_THE_VALUE
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
    };
    let mut parts = parts.into_iter();
    let name = parts.next().unwrap_or_default();
    std::iter::once(name)
        .chain(parts.filter(is_kept))
        .collect::<Vec<_>>()
        .join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_the_value_does_not_stay() {
        for (line, head) in [
            ("TEL:1", "TEL"),
            (
                "item1.TEL;type=CELL;type=pref:1",
                "item1.TEL;type=CELL;type=pref",
            ),
            (
                "ADR;TYPE=HOME;LABEL=\"a:b;c\";LANGUAGE=en:;;x",
                "ADR;TYPE=HOME",
            ),
            (
                "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=A9",
                "NOTE",
            ),
            ("BDAY;VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-01-02", "BDAY"),
            ("NOTE;quoted-printable:x", "NOTE"),
            (
                "N;SORT-AS=\"Harten,Rene\";ALTID=1:van der Harten;Rene",
                "N;ALTID=1",
            ),
        ] {
            assert_eq!(kept_head(line.as_bytes()), head);
        }
    }
}
