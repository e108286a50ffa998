//! Writes contacts as vCards.
//!
//! Sources: RFC 2426 (3.0), RFC 6350 (4.0). Lines end with CRLF and are folded at 75 octets, between characters.

use super::name_parts::name_parts;
use super::own;
use crate::domain::identity::match_key;
use crate::domain::model::field::FieldKind;
use crate::domain::text::email;
use crate::domain::{AnnualDay, Contact, Field, Value};
use crate::exchange::clean::plain;

/// A version of the format.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum VcardVersion {
    /// RFC 2426, which most programs read.
    V3,
    /// RFC 6350.
    V4,
}

/// The longest line without its end, in octets: RFC 6350, 3.2.
const WIDTH: usize = 75;

/// What the standard's own day is in the book: RFC 6350, 6.2.6. Any other goes into a property of Apple's with a label.
pub(super) const ANNIVERSARY: &str = "anniversary";

/// Writes a card for each contact.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::exchange::{VcardVersion, vcards};
///
/// let ana = Contact { name: "Ana Ruiz".to_owned(), ..Contact::default() };
/// assert!(vcards([&ana], VcardVersion::V4).contains("\r\nFN:Ana Ruiz\r\nN:Ruiz;Ana;;;\r\n"));
/// ```
pub fn vcards<'c>(
    contacts: impl IntoIterator<Item = &'c Contact>,
    version: VcardVersion,
) -> String {
    let contacts: Vec<&Contact> = contacts.into_iter().collect();
    let uids = match_key::exported_uids(&contacts);
    let uids = uids.iter().map(String::as_str);
    vcards_with_uids(contacts.iter().copied().zip(uids), version)
}

/// The same for contacts whose UIDs are known.
pub(crate) fn vcards_with_uids<'c>(
    contacts: impl IntoIterator<Item = (&'c Contact, &'c str)>,
    version: VcardVersion,
) -> String {
    let mut cards = String::new();
    for (contact, uid) in contacts {
        card(&mut cards, &without_blanks(contact), uid, version);
    }
    cards
}

/// A contact without blank values, with bare addresses, and with a name, which every card needs.
fn without_blanks(contact: &Contact) -> Contact {
    let mut contact = contact.clone();
    let says_something = |text: &String| !text.trim().is_empty();
    let is_text = |field: &Field| matches!(field.kind(), FieldKind::Text | FieldKind::List);
    for field in Field::ALL.into_iter().filter(is_text) {
        let texts = contact.texts(field).iter().cloned();
        let value = match texts.filter(says_something).collect::<Vec<_>>() {
            texts if texts.is_empty() => None,
            texts if field.kind() == FieldKind::List => Some(Value::List(texts)),
            texts => texts.into_iter().next().map(Value::Text),
        };
        contact.set(field, value);
    }
    let bare = |text: String| match email::addresses(&text) {
        addresses if addresses.is_empty() => vec![text],
        addresses => addresses,
    };
    contact.email = contact.email.into_iter().flat_map(bare).collect();
    if contact.name.trim().is_empty() {
        let lists = [&contact.email, &contact.phone].into_iter().flatten();
        let mut ways = lists.chain(&contact.company);
        contact.name = ways.next().cloned().unwrap_or_else(|| "?".to_owned());
    }
    contact
}

fn card(out: &mut String, contact: &Contact, uid: &str, version: VcardVersion) {
    let mut line = |name: &str, value: &str| fold(out, &format!("{name}:{value}"));
    line("BEGIN", "VCARD");
    let number = match version {
        VcardVersion::V3 => "3.0",
        VcardVersion::V4 => "4.0",
    };
    line("VERSION", number);
    line(
        "PRODID",
        concat!("-//netkeep//netkeep ", env!("CARGO_PKG_VERSION"), "//EN"),
    );
    line("UID", &text(uid));
    line("FN", &text(&contact.name));
    let parts = name_parts(contact);
    line("N", &parts.map(|part| text(&part)).join(";"));
    for (property, field) in own::PLAIN {
        let texts = contact.texts(field);
        for (at, value) in texts.iter().enumerate() {
            let is_preferred = at == 0 && texts.len() > 1;
            line(&with_type(property, is_preferred, version), &text(value));
        }
    }
    if contact.address.is_some() || contact.city.is_some() {
        let [street, city] =
            [&contact.address, &contact.city].map(|part| text(part.as_deref().unwrap_or_default()));
        line("ADR", &format!(";;{street};{city};;;"));
    }
    if let Some(birthday) = contact.birthday {
        let (name, value) = annual("BDAY", birthday, version);
        line(&name, &value);
    }
    let mut dates = contact.dates.iter();
    let wedding = dates.position(|date| date.what == ANNIVERSARY);
    for (at, date) in contact.dates.iter().enumerate() {
        if Some(at) == wedding {
            let (name, value) = annual("ANNIVERSARY", date.on, version);
            line(&name, &value);
        } else {
            let group = format!("item{}", at + 1);
            let (name, value) = annual("X-ABDATE", date.on, version);
            line(&format!("{group}.{name}"), &value);
            line(&format!("{group}.X-ABLabel"), &text(&date.what));
        }
    }
    let categories = contact.bucket.iter().chain(&contact.tags);
    let categories: Vec<String> = categories.map(|category| text(category)).collect();
    if !categories.is_empty() {
        line("CATEGORIES", &categories.join(","));
    }
    if let Some(notes) = &contact.notes {
        line("NOTE", &text(notes));
    }
    for (name, parts) in own::lines(contact) {
        let parts: Vec<String> = parts.iter().map(|part| text(part)).collect();
        line(&format!("{}{name}", own::PREFIX), &parts.join(";"));
    }
    line("END", "VCARD");
}

/// The name of a property with the type that 3.0 asks for, and the mark of the preferred one of several.
pub(super) fn with_type(name: &'static str, is_preferred: bool, version: VcardVersion) -> String {
    let kind = match name {
        "EMAIL" => "INTERNET",
        "TEL" => "VOICE",
        _ => return name.to_owned(),
    };
    match (version, is_preferred) {
        (VcardVersion::V3, true) => format!("{name};TYPE={kind},PREF"),
        (VcardVersion::V3, false) => format!("{name};TYPE={kind}"),
        (VcardVersion::V4, true) => format!("{name};PREF=1"),
        (VcardVersion::V4, false) => name.to_owned(),
    }
}

/// The property of a day of every year. Version 3.0 cannot leave out the year, so a day without one is written as Apple does;
/// 4.0 can (RFC 6350, 4.3.1).
pub(super) fn annual(name: &str, day: AnnualDay, version: VcardVersion) -> (String, String) {
    let value = match (day, version) {
        (AnnualDay::Date(day), VcardVersion::V3) => day.to_string(),
        (AnnualDay::Date(day), VcardVersion::V4) => day.format("%Y%m%d").to_string(),
        (AnnualDay::Yearless { month, day }, VcardVersion::V3) => {
            let name = format!("{name};X-APPLE-OMIT-YEAR=1604");
            return (name, format!("1604-{month:02}-{day:02}"));
        }
        (AnnualDay::Yearless { month, day }, VcardVersion::V4) => format!("--{month:02}{day:02}"),
    };
    (name.to_owned(), value)
}

/// A text with its separators escaped: RFC 6350, 3.4.
pub(in crate::exchange) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes a line, folded between characters. If possible, no line begins with a blank of the text or ends with `=`: readers drop
/// blank lines, and take such an end for a soft break.
pub(in crate::exchange) fn fold(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = WIDTH;
    while rest.len() > room {
        let is_good =
            |at: &usize| !rest[*at..].starts_with([' ', '\t']) && !rest[..*at].ends_with('=');
        let mut places = (1..=room).rev().filter(|at| rest.is_char_boundary(*at));
        let last = places.clone().next();
        let at = places.find(is_good).or(last).unwrap_or(rest.len());
        let (now, later) = rest.split_at(at);
        out.push_str(now);
        out.push_str("\r\n ");
        // The blank that marks the continuation takes one octet.
        (rest, room) = (later, WIDTH - 1);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&mut out, &format!("NOTE:{}", "é".repeat(100)));
        let lines: Vec<&str> = out.split_terminator("\r\n").collect();
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= WIDTH));
        assert_eq!(out.replace("\r\n ", "").len(), "NOTE:\r\n".len() + 200);

        for blanks in [
            "a".repeat(74) + "   ",
            "=".repeat(90),
            "a ".repeat(99),
            " ".repeat(200),
        ] {
            let mut out = String::new();
            fold(&mut out, &blanks);
            assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), blanks);
            assert!(out.split("\r\n").all(|line| line.len() <= WIDTH), "{out}");
        }
        let mut out = String::new();
        fold(&mut out, &("a".repeat(74) + "=   "));
        assert_eq!(out, "a".repeat(74) + "\r\n =   \r\n");
    }

    #[test]
    fn a_card_has_what_the_contact_has() {
        let ana = Contact {
            name: "Ana Ruiz (Acme)".to_owned(),
            bucket: Some("clients".to_owned()),
            company: Some("Acme; Sons, Inc.".to_owned()),
            email: vec!["a@x.example".to_owned(), "b@x.example".to_owned()],
            links: vec!["https://x.example/a,b;c".to_owned()],
            birthday: Some("--03-12".parse().expect("a birthday")),
            tags: vec!["rust, lang".to_owned()],
            notes: Some("one\ntwo\u{7}".to_owned()),
            uid: Some("x".to_owned()),
            ..Contact::default()
        };
        let card = vcards([&ana], VcardVersion::V3).replace("\r\n", "\n");
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            card,
            format!(
                "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//netkeep//netkeep {version}//EN\nUID:x\nFN:Ana Ruiz (Acme)\nN:Ruiz (Acme);Ana;;;\n\
                 ORG:Acme\\; Sons\\, Inc.\nEMAIL;TYPE=INTERNET,PREF:a@x.example\nEMAIL;TYPE=INTERNET:b@x.example\n\
                 URL:https://x.example/a\\,b\\;c\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-12\nCATEGORIES:clients,rust\\, lang\n\
                 NOTE:one\\ntwo\nX-NETKEEP-BUCKET:clients\nEND:VCARD\n"
            )
        );
        let card = vcards([&ana], VcardVersion::V4);
        assert!(
            card.contains("\r\nEMAIL;PREF=1:a@x.example\r\nEMAIL:b@")
                && card.contains("\r\nBDAY:--0312\r\n")
        );
    }
}
