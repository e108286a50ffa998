//! The records of a file of calls and text messages.

use std::io::{self, BufRead};

use super::record::{Attributes, Local, call, party, picture_message, text_message};
use super::tags::{Tag, Tags};
use crate::domain::sources::fact::{Call, TextMessage};
use crate::exchange::RowProblem;

/// A record of a phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PhoneRecord {
    /// A call.
    Call(Call),
    /// A text message, with pictures or without.
    Text(TextMessage),
}

/// Reads the calls and text messages in a file of SMS Backup & Restore. `local` tells the time of the user's zone. What cannot be
/// read is a problem, with which its record is lost; the others are read.
///
/// Source: <https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/>.
///
/// # Errors
///
/// Those of `input`.
///
/// ```
/// use netkeep::exchange::{PhoneRecord, calls};
///
/// let mut file = &br#"<calls><call number="+34600000000" duration="62" date="1772438100000" type="1"/></calls>"#[..];
/// let mut found = vec![];
/// calls(&mut file, &|time| time.naive_utc(), &mut |record| found.push(record))?;
/// let Ok(PhoneRecord::Call(call)) = &found[0] else { panic!("a call") };
/// assert_eq!((call.day.to_string().as_str(), call.seconds), ("2026-03-02", 62));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn calls(
    input: &mut impl BufRead,
    local: Local,
    found: &mut dyn FnMut(Result<PhoneRecord, RowProblem>),
) -> io::Result<()> {
    let mut tags = Tags::new(input)?;
    let mut pictures: Option<Pictures> = None;
    let mut is_at_end = false;
    let mut last_line = 1;
    while let Some((line, tag)) = tags.next()? {
        last_line = line;
        let tag = match tag {
            Tag::Whole(tag) => tag,
            Tag::Broken => {
                found(Err(RowProblem::lost(line, "a broken record")));
                continue;
            }
            Tag::Cut => break,
        };
        match name(tag) {
            "call" => {
                let call = call(&Attributes::of(tag), local);
                tell(line, call.map(|call| call.map(PhoneRecord::Call)), found);
            }
            "sms" => {
                let text = text_message(&Attributes::of(tag), local);
                tell(line, text.map(|text| text.map(PhoneRecord::Text)), found);
            }
            "mms" => {
                give(pictures.take(), local, found);
                let one = Pictures {
                    line,
                    attributes: Attributes::of(tag),
                    parties: vec![],
                    text: None,
                };
                if tag.ends_with('/') {
                    give(Some(one), local, found);
                } else {
                    pictures = Some(one);
                }
            }
            "addr" => {
                if let Some(open) = pictures
                    .as_mut()
                    .filter(|open| open.parties.len() < MAX_PARTIES)
                {
                    open.parties.extend(party(&Attributes::of(tag)));
                }
            }
            "part" => {
                if let Some(open) = pictures.as_mut().filter(|open| open.text.is_none()) {
                    open.text = Attributes::of(tag).text_of_part();
                }
            }
            "/mms" => give(pictures.take(), local, found),
            "/calls" | "/smses" => is_at_end = true,
            "calls" | "smses" => is_at_end = tag.ends_with('/'),
            _ => {}
        }
    }
    if !is_at_end {
        let what = "the file is cut off here; back it up again";
        found(Err(RowProblem::new(last_line, what)));
    }
    Ok(())
}

/// How many parties of a message are read.
const MAX_PARTIES: usize = 1000;

/// A message with pictures, of which the end is not read yet.
struct Pictures {
    line: usize,
    attributes: Attributes,
    parties: Vec<(u32, String)>,
    text: Option<String>,
}

fn give(
    pictures: Option<Pictures>,
    local: Local,
    found: &mut dyn FnMut(Result<PhoneRecord, RowProblem>),
) {
    if let Some(one) = pictures {
        let message = picture_message(&one.attributes, &one.parties, one.text, local);
        tell(
            one.line,
            message.map(|message| message.map(PhoneRecord::Text)),
            found,
        );
    }
}

fn tell(
    line: usize,
    record: Result<Option<PhoneRecord>, String>,
    found: &mut dyn FnMut(Result<PhoneRecord, RowProblem>),
) {
    if let Some(record) = record.transpose() {
        found(record.map_err(|why| RowProblem::lost(line, why)));
    }
}

/// The name of a tag, with the slash of an end tag.
fn name(tag: &str) -> &str {
    let is_end = |(at, c): &(usize, char)| c.is_whitespace() || *c == '/' && *at > 0;
    let end = tag.char_indices().find(is_end);
    end.map_or(tag, |(at, _)| &tag[..at])
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn read(text: &[u8]) -> String {
        let mut told = vec![];
        let mut input = text;
        let local = |time: DateTime<Utc>| time.naive_utc();
        let end = calls(&mut input, &local, &mut |record| {
            told.push(match record {
                Ok(PhoneRecord::Call(call)) => format!("call {}", call.number),
                Ok(PhoneRecord::Text(text)) => format!(
                    "text {} {}",
                    text.numbers.join(","),
                    text.text.unwrap_or_default()
                ),
                Err(problem) => {
                    let left = if problem.is_lost { ": left out" } else { "" };
                    format!("{}: {}{left}", problem.line, problem.what)
                }
            });
        });
        assert!(end.is_ok());
        told.join("|")
    }

    const DATE: &str = "date=\"1772438100000\"";
    const END: &str = "the file is cut off here; back it up again";

    #[test]
    fn a_broken_record_takes_no_other_with_it() {
        let call = |number: &str| {
            format!("<call number=\"{number}\" duration=\"62\" {DATE} type=\"1\" />")
        };
        for (text, expected) in [
            (
                format!("<calls>{}{}</calls>", call("1"), call("2")),
                "call 1|call 2".to_owned(),
            ),
            (
                format!(
                    "<calls>\n{}\n<call number=\"2\" />\n{}</calls>",
                    call("1"),
                    call("3")
                ),
                "call 1|3: `date` is missing: left out|call 3".to_owned(),
            ),
            (
                format!("<calls>\n<call number=\"1\n{}</calls>", call("2")),
                "2: a broken record: left out|call 2".to_owned(),
            ),
            (
                format!(
                    "<calls>\n<call number=1 duration=2 {DATE}/>{}</calls>",
                    call("2")
                ),
                "2: `type` is missing: left out|call 2".to_owned(),
            ),
            (
                format!("<calls>{}\n<call numb", call("1")),
                format!("call 1|2: {END}"),
            ),
            (
                format!("<calls>{}\n", call("1")),
                format!("call 1|1: {END}"),
            ),
            (
                format!("<calls>{}<!-- ", call("1")),
                format!("call 1|1: {END}"),
            ),
            (
                format!(
                    "<calls><!-- {} --><![CDATA[{}]]>{}</calls>",
                    call("1"),
                    call("2"),
                    call("3")
                ),
                "call 3".to_owned(),
            ),
            (
                format!(
                    "<?xml version='1.0'?><!DOCTYPE calls [<!ENTITY a \"{}\"> <!ENTITY b SYSTEM 'file:///etc/passwd'>]><calls>{}</calls>",
                    "x".repeat(100),
                    call("&a;&b;")
                ),
                "call &a;&b;".to_owned(),
            ),
            ("<calls count=\"0\"/>".to_owned(), String::new()),
            ("<calls/>".to_owned(), String::new()),
            (String::new(), format!("1: {END}")),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
            for order in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
                let wide: Vec<u8> = format!("\u{feff}{text}")
                    .encode_utf16()
                    .flat_map(order)
                    .collect();
                assert_eq!(read(&wide), expected, "{text}");
                if !text.is_empty() {
                    assert_eq!(read(&wide[2..]), expected, "{text}");
                    // Half a letter is left at the end.
                    let half = &wide[..wide.len() - 1];
                    assert!(read(half).ends_with(END), "{text}");
                }
            }
        }
    }

    #[test]
    fn messages_have_parts_and_parties() {
        let parties = "<addrs><addr address=\"1\" type=\"137\"/><addr address=\"insert-address-token\" type=\"151\"/></addrs>";
        for (text, expected) in [
            (
                format!("<smses><sms address=\"1\" {DATE} type=\"1\" body=\"Hi\"/></smses>"),
                "text 1 Hi",
            ),
            (
                format!(
                    "<smses><mms address=\"1~2\" {DATE} msg_box=\"1\"><parts><part ct=\"image/png\" data=\"xx\"/><part ct=\"text/plain\" text=\"Hi\"/><part ct=\"text/plain\" text=\"you\"/></parts>{parties}</mms></smses>"
                ),
                "text 1 Hi",
            ),
            (
                format!("<smses><mms address=\"1\" {DATE} msg_box=\"1\"/></smses>"),
                "text 1 ",
            ),
            (
                format!(
                    "<smses><mms address=\"1\" {DATE} msg_box=\"1\"><sms address=\"2\" {DATE} type=\"1\"/><mms address=\"3\" {DATE} msg_box=\"2\"></mms></smses>"
                ),
                "text 2 |text 1 |text 3 ",
            ),
            (
                format!("<smses>\n\n<mms address=\"1\"\n{DATE}></mms></smses>"),
                "3: `msg_box` is missing: left out",
            ),
            (
                format!("<smses>{parties}<part ct=\"text/plain\" text=\"Hi\"/></mms></smses>"),
                "",
            ),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
        let cut = format!("<smses><mms address=\"1\" {DATE} msg_box=\"1\"><parts>");
        assert_eq!(read(cut.as_bytes()), format!("1: {END}"));
    }

    #[test]
    fn pictures_and_hostile_tags_are_not_kept() {
        let picture = "iVBORw0KGgo".repeat(1_000_000);
        let text = format!(
            "<smses>\n<mms address=\"1\" {DATE} msg_box=\"1\"><part ct=\"image/png\" data=\"{picture}\" text='null'/><part ct='text/plain' text='Hi'/></mms>\n\
             <{picture}>\n<sms {}/>\n<sms address=\"2\" {DATE} type=\"1\" body=\"{}&amp;{picture}\"/></smses>",
            "\"\"".repeat(1_000_000),
            "x".repeat(4093)
        );
        let told = read(text.as_bytes());
        let mut parts = told.split('|');
        assert_eq!(parts.next(), Some("text 1 Hi"));
        assert_eq!(parts.next(), Some("3: a broken record: left out"));
        assert_eq!(parts.next(), Some("4: a broken record: left out"));
        assert!(
            parts
                .next()
                .is_some_and(|text| text.starts_with("text 2 xxx"))
        );
        assert!(read("<".repeat(100_000).as_bytes()).len() < 100_000 * 30);
    }
}
