//! The attributes of a tag as a call or a text message.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

use crate::domain::Direction;
use crate::domain::sources::fact::{Call, CallOutcome, Mail, TextMessage};
use crate::domain::text::shortened;
use crate::exchange::clean::one_line;

/// The first time that is in milliseconds; as such it is in 1973. A time of this century in seconds is before it.
const FIRST_MILLISECOND: i64 = 100_000_000_000;

/// How many characters of a text are kept.
const MAX_TEXT: usize = 200;

/// How many characters of a wrong value are told.
const MAX_TOLD: usize = 30;

/// How many characters a number has at most; names of senders have eleven.
const MAX_NUMBER: usize = 40;

/// What stands for the user's own number in a message.
const OWN: &str = "insert-address-token";

/// The parties of a message with pictures, as its protocol numbers them.
const SENDER: u32 = 137;

/// Tells the time of the user's zone.
pub(super) type Local<'l> = &'l dyn Fn(DateTime<Utc>) -> NaiveDateTime;

/// The attributes of a tag.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn of(tag: &str) -> Self {
        let tag = tag.trim_end_matches('/');
        let name = tag.find(char::is_whitespace).unwrap_or(tag.len());
        let start = BytesStart::from_content(tag, name);
        let mut all = start.attributes();
        // Names are compared when they are looked for.
        let all = all.with_checks(false).filter_map(Result::ok);
        let all = all.map(|one| (one.key.0.to_owned(), unescaped(&one.value)));
        Self(all.collect())
    }

    /// The value of an attribute. The program writes `null` for none.
    fn get(&self, name: &str) -> Option<&str> {
        let one = self.0.iter().find(|(key, _)| key == name);
        let value = one.map(|(_, value)| value.trim());
        value.filter(|value| !matches!(*value, "" | "null"))
    }

    fn needed(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("`{name}` is missing"))
    }

    fn number(&self, name: &str) -> Result<u64, String> {
        let value = self.needed(name)?;
        let wrong = |_| {
            format!(
                "`{}` is not a number for `{name}`",
                shortened(value, MAX_TOLD)
            )
        };
        value.parse().map_err(wrong)
    }

    /// The day on which it was. Times are in milliseconds since 1970 in UTC.
    fn day(&self, local: Local) -> Result<NaiveDate, String> {
        let value = self.needed("date")?;
        let time = value.parse::<i64>().ok();
        let time = time.filter(|time| *time >= FIRST_MILLISECOND);
        let time = time.and_then(DateTime::from_timestamp_millis);
        let time = time.map(|time| local(time).date());
        time.ok_or_else(|| {
            format!(
                "`{}` is not a time in milliseconds",
                shortened(value, MAX_TOLD)
            )
        })
    }

    /// The other numbers in `address`, each once.
    fn numbers(&self) -> Vec<String> {
        let mut numbers = vec![];
        for number in self.get("address").unwrap_or_default().split(['~', ';']) {
            add_number(&mut numbers, number);
        }
        numbers
    }

    /// The text of a part of a message, if it is one of text.
    pub(super) fn text_of_part(&self) -> Option<String> {
        let is_text = self
            .get("ct")
            .is_some_and(|kind| kind.starts_with("text/plain"));
        is_text.then(|| self.text("text")).flatten()
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = one_line(&shortened(self.get(name)?, MAX_TEXT));
        (!text.is_empty()).then_some(text)
    }
}

/// A call; `None` if the other number is not known.
pub(super) fn call(attributes: &Attributes, local: Local) -> Result<Option<Call>, String> {
    let day = attributes.day(local)?;
    let seconds = match attributes.get("duration") {
        Some(_) => attributes.number("duration")?,
        None => 0,
    };
    let outcome = match attributes.number("type")? {
        1 | 2 if seconds > 0 => CallOutcome::Connected,
        _ => CallOutcome::Unanswered,
    };
    let mut numbers = vec![];
    add_number(&mut numbers, attributes.get("number").unwrap_or_default());
    Ok(numbers.pop().map(|number| Call {
        number,
        day,
        outcome,
        seconds,
    }))
}

/// A text message; `None` if nobody else is known.
pub(super) fn text_message(
    attributes: &Attributes,
    local: Local,
) -> Result<Option<TextMessage>, String> {
    let message = TextMessage {
        numbers: attributes.numbers(),
        day: attributes.day(local)?,
        direction: direction(attributes.number("type")?),
        text: attributes.text("body"),
    };
    Ok(Some(message).filter(|message| !message.numbers.is_empty()))
}

/// A message with pictures, or to several; `None` if nobody else is known.
///
/// Who wrote to a small group is the one who was in touch, not the others in it.
pub(super) fn picture_message(
    attributes: &Attributes,
    parties: &[(u32, String)],
    text: Option<String>,
    local: Local,
) -> Result<Option<TextMessage>, String> {
    let direction = direction(attributes.number("msg_box")?);
    let mut numbers = vec![];
    for (_, number) in parties.iter().filter(|(role, _)| *role != SENDER) {
        add_number(&mut numbers, number);
    }
    if numbers.is_empty() || direction == Some(Direction::In) {
        numbers = attributes.numbers();
    }
    let sender = parties.iter().find(|(role, _)| *role == SENDER);
    if let Some((_, sender)) = sender
        && direction == Some(Direction::In)
        && numbers.len() <= Mail::MANY
    {
        let mut only = vec![];
        add_number(&mut only, sender);
        if !only.is_empty() {
            numbers = only;
        }
    }
    let message = TextMessage {
        numbers,
        day: attributes.day(local)?,
        direction,
        text,
    };
    Ok(Some(message).filter(|message| !message.numbers.is_empty()))
}

/// A party of a message with pictures: what it is, and its number.
pub(super) fn party(attributes: &Attributes) -> Option<(u32, String)> {
    let role = attributes.get("type")?.parse().ok()?;
    Some((role, attributes.get("address")?.to_owned()))
}

/// Messages that are received and sent have the same types in every table of a phone; others are drafts, or could not be sent.
fn direction(kind: u64) -> Option<Direction> {
    match kind {
        1 => Some(Direction::In),
        2 => Some(Direction::Out),
        _ => None,
    }
}

/// Adds a number unless it is there, the user's own, or that of nobody: `-1` stands for one that is withheld. Of more than
/// [`Mail::MANY`] only that many and one are kept.
fn add_number(numbers: &mut Vec<String>, number: &str) {
    let number = one_line(number);
    let is_other = !number.is_empty() && number != OWN && !number.starts_with('-');
    let is_new = !numbers.contains(&number);
    if is_other && is_new && numbers.len() <= Mail::MANY && number.len() <= MAX_NUMBER {
        numbers.push(number);
    }
}

/// A value without references. One that has others than XML knows stays as it is.
fn unescaped(value: &str) -> String {
    let paired = paired(value);
    match unescape(&paired) {
        Ok(text) => text.into_owned(),
        Err(_) => value.to_owned(),
    }
}

/// A value in which pairs of surrogates are letters. The program writes each half of an emoji as a reference of its own, which
/// XML forbids: `&#55357;&#56832;`.
fn paired(value: &str) -> Cow<'_, str> {
    // All of them have five digits.
    let half = |text: &str| -> Option<u16> {
        let unit: u16 = text.get(2..7)?.parse().ok()?;
        (matches!(unit, 0xd800..=0xdfff) && text.get(7..8) == Some(";")).then_some(unit)
    };
    if !value.contains("&#5") {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("&#5") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = half(rest).and_then(|high| {
            let low = rest[8..]
                .strip_prefix("&#")
                .and_then(|_| half(&rest[8..]))?;
            Some((String::from_utf16(&[high, low]).ok()?, 16))
        });
        let (letter, length) = pair.unwrap_or_else(|| ("&#5".to_owned(), 3));
        text.push_str(&letter);
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attributes: &str) -> Attributes {
        Attributes::of(&format!("sms {attributes} date=\"1772438100000\" /"))
    }

    fn local(time: DateTime<Utc>) -> NaiveDateTime {
        time.naive_utc()
    }

    #[test]
    fn a_call_is_connected_or_not() {
        for (attributes, expected) in [
            (
                "number='+34600' duration='62' type='1'",
                "+34600 Connected 62",
            ),
            (
                "number='+34600' duration='62' type='2'",
                "+34600 Connected 62",
            ),
            (
                "number='+34600' duration='0' type='2'",
                "+34600 Unanswered 0",
            ),
            ("number='+34600' type='1'", "+34600 Unanswered 0"),
            (
                "number='+34600' duration='0' type='3'",
                "+34600 Unanswered 0",
            ),
            (
                "number='+34600' duration='30' type='4'",
                "+34600 Unanswered 30",
            ),
            (
                "number='+34600' duration='30' type='5'",
                "+34600 Unanswered 30",
            ),
            (
                "number='+34600' duration='30' type='6'",
                "+34600 Unanswered 30",
            ),
            (
                "number='+34600' duration='30' type='99'",
                "+34600 Unanswered 30",
            ),
            ("number='' duration='62' type='1'", "-"),
            ("number='null' duration='62' type='1'", "-"),
            ("number='-2' duration='62' type='1'", "-"),
            ("duration='62' type='1'", "-"),
            ("number='+34600' duration='62'", "`type` is missing"),
            (
                "number='+34600' duration='x' type='1'",
                "`x` is not a number for `duration`",
            ),
            (
                "number='+34600' duration='-1' type='1'",
                "`-1` is not a number for `duration`",
            ),
        ] {
            let told = match call(&of(attributes), &local) {
                Ok(Some(call)) => format!("{} {:?} {}", call.number, call.outcome, call.seconds),
                Ok(None) => "-".to_owned(),
                Err(why) => why,
            };
            assert_eq!(told, expected, "{attributes}");
        }
    }

    #[test]
    fn a_time_is_in_milliseconds_and_of_the_local_day() {
        let day = |date: &str, hours: i64| {
            let attributes = Attributes::of(&format!("call date=\"{date}\""));
            let local = |time: DateTime<Utc>| time.naive_utc() + chrono::TimeDelta::hours(hours);
            attributes.day(&local).map(|day| day.to_string())
        };
        assert_eq!(day("1772438100000", 0).as_deref(), Ok("2026-03-02"));
        assert_eq!(day("1772438100000", -8).as_deref(), Ok("2026-03-01"));
        for (date, why) in [
            ("1772438100", "`1772438100` is not a time in milliseconds"),
            ("0", "`0` is not a time in milliseconds"),
            (
                "-1772438100000",
                "`-1772438100000` is not a time in milliseconds",
            ),
            (
                "9223372036854775807",
                "`9223372036854775807` is not a time in milliseconds",
            ),
            ("2026-03-02", "`2026-03-02` is not a time in milliseconds"),
            ("", "`date` is missing"),
            ("null", "`date` is missing"),
        ] {
            assert_eq!(day(date, 0), Err(why.to_owned()));
        }
    }

    fn told(message: Result<Option<TextMessage>, String>) -> String {
        match message {
            Ok(Some(one)) => {
                let direction = one.direction.map_or("-", |direction| match direction {
                    Direction::In => "in",
                    Direction::Out => "out",
                });
                let text = one.text.unwrap_or_default();
                format!("{direction} {} {text}", one.numbers.join(","))
            }
            Ok(None) => "-".to_owned(),
            Err(why) => why,
        }
    }

    #[test]
    fn a_text_message_is_received_sent_or_neither() {
        for (attributes, expected) in [
            ("address='+34600' type='1' body='Hi'", "in +34600 Hi"),
            ("address='+34600' type='2' body='null'", "out +34600 "),
            ("address='+34600' type='3'", "- +34600 "),
            ("address='+34600' type='4'", "- +34600 "),
            ("address='+34600' type='5'", "- +34600 "),
            ("address='+34600' type='6'", "- +34600 "),
            (
                "address='+34600~+34601;+34600' type='2'",
                "out +34600,+34601 ",
            ),
            ("address='ACME' type='1'", "in ACME "),
            ("address='' type='1'", "-"),
            ("type='1'", "-"),
            ("address='+34600'", "`type` is missing"),
            (
                "address='+34600' type='1' body='a &lt;b&gt; &amp;amp; &quot;&apos;&#65;&#x42;'",
                "in +34600 a <b> &amp; \"'AB",
            ),
            (
                "address='+34600' type='1' body='&#55357;&#56832;&#10;x&#55357;'",
                "in +34600 &#55357;&#56832;&#10;x&#55357;",
            ),
            (
                "address='+34600' type='1' body='&#55357;&#56832;&#10;&#128512;x'",
                "in +34600 \u{1f600} \u{1f600}x",
            ),
            (
                "address='+34600' type='1' body='&secret; &#27;[2J'",
                "in +34600 &secret; &#27;[2J",
            ),
            (
                "address='+34600' type='1' body='&#27;[2J&#x202e;x'",
                "in +34600 [2Jx",
            ),
            ("address='+34600' address='+34601' type='1'", "in +34600 "),
        ] {
            assert_eq!(
                told(text_message(&of(attributes), &local)),
                expected,
                "{attributes}"
            );
        }
        let long = "x".repeat(1000);
        let long = text_message(
            &of(&format!("address='+34600' type='1' body='{long}'")),
            &local,
        );
        assert_eq!(told(long).len(), "in +34600 ".len() + MAX_TEXT + "…".len());
    }

    #[test]
    fn a_message_with_pictures_has_its_parties() {
        let parties: [(u32, String); 3] = [(137, "+34600"), (151, OWN), (130, "+34601")]
            .map(|(role, number)| (role, number.to_owned()));
        let sent: [(u32, String); 4] = [
            (137, OWN),
            (151, "+34600"),
            (129, "+34601"),
            (151, "+34600"),
        ]
        .map(|(role, number)| (role, number.to_owned()));
        for (attributes, parties, expected) in [
            (
                "address='+34600~+34601' msg_box='1'",
                &parties[..],
                "in +34600 x",
            ),
            (
                "address='+34600~+34601' msg_box='1'",
                &[],
                "in +34600,+34601 x",
            ),
            ("address='+34600' msg_box='2'", &sent, "out +34600,+34601 x"),
            (
                "address='+34600~+34601' msg_box='2'",
                &[],
                "out +34600,+34601 x",
            ),
            ("address='+34600' msg_box='4'", &sent, "- +34600,+34601 x"),
            ("address='+34600' msg_box='1'", &sent, "in +34600 x"),
            (
                "address='1~2~3~4~5~6~7' msg_box='1'",
                &parties,
                "in 1,2,3,4,5 x",
            ),
            ("address='null' msg_box='1'", &[], "-"),
            ("address='+34600'", &parties, "`msg_box` is missing"),
        ] {
            let text = Some("x".to_owned());
            assert_eq!(
                told(picture_message(&of(attributes), parties, text, &local)),
                expected,
                "{attributes}"
            );
        }
    }
}
