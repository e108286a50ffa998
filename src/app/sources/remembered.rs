//! How a fact is written in the state folder: a line of JSON.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::Direction;
use crate::domain::sources::fact::{Call, CallOutcome, Mail, MailKind, Mailbox, TextMessage};
use crate::exchange::PhoneRecord;

/// What was read at one place of a source; `None` where nothing of use is.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct RememberedLine {
    /// The place: the name of a file, or the offset in one.
    #[serde(rename = "k")]
    pub(super) key: String,
    #[serde(rename = "f", skip_serializing_if = "Option::is_none", default)]
    fact: Option<RememberedFact>,
}

/// The place alone, where that is enough.
#[derive(Debug, Deserialize)]
pub(super) struct LineKey {
    #[serde(rename = "k")]
    pub(super) key: String,
}

/// A fact that is remembered.
#[derive(Clone, Debug)]
pub(super) enum SourceFact {
    Mail(Mail),
    Call(Call),
    Text(TextMessage),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
enum RememberedFact {
    #[serde(rename = "m")]
    Mail(RememberedMail),
    #[serde(rename = "c")]
    Call(String, i32, bool, u64),
    #[serde(rename = "t")]
    Text(Vec<String>, i32, Option<bool>, Option<String>),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct RememberedMail(
    u64,
    Vec<u64>,
    Option<i32>,
    Vec<(String, Option<String>)>,
    Vec<(String, Option<String>)>,
    Option<usize>,
    bool,
    Option<String>,
);

impl From<PhoneRecord> for SourceFact {
    fn from(record: PhoneRecord) -> Self {
        match record {
            PhoneRecord::Call(call) => Self::Call(call),
            PhoneRecord::Text(text) => Self::Text(text),
        }
    }
}

impl RememberedLine {
    pub(super) fn new(key: String, fact: Option<&SourceFact>) -> Self {
        let fact = fact.map(RememberedFact::of);
        Self { key, fact }
    }

    /// The fact, unless nothing of use was there, or the line is damaged.
    pub(super) fn into_fact(self) -> Option<SourceFact> {
        self.fact?.into_fact()
    }
}

impl RememberedFact {
    fn of(fact: &SourceFact) -> Self {
        let is_out = |direction| direction == Direction::Out;
        match fact {
            SourceFact::Mail(mail) => Self::Mail(RememberedMail::of(mail)),
            SourceFact::Call(call) => Self::Call(
                call.number.clone(),
                number(call.day),
                call.outcome == CallOutcome::Connected,
                call.seconds,
            ),
            SourceFact::Text(text) => Self::Text(
                text.numbers.clone(),
                number(text.day),
                text.direction.map(is_out),
                text.text.clone(),
            ),
        }
    }

    fn into_fact(self) -> Option<SourceFact> {
        Some(match self {
            Self::Mail(mail) => SourceFact::Mail(mail.into_mail()?),
            Self::Call(number, on, is_connected, seconds) => SourceFact::Call(Call {
                number,
                day: day(on)?,
                outcome: if is_connected {
                    CallOutcome::Connected
                } else {
                    CallOutcome::Unanswered
                },
                seconds,
            }),
            Self::Text(numbers, on, is_out, text) => SourceFact::Text(TextMessage {
                numbers,
                day: day(on)?,
                direction: is_out.map(|is_out| {
                    if is_out {
                        Direction::Out
                    } else {
                        Direction::In
                    }
                }),
                text,
            }),
        })
    }
}

impl RememberedMail {
    fn of(mail: &Mail) -> Self {
        let pairs = |mailboxes: &[Mailbox]| {
            let pairs = mailboxes.iter();
            let pairs = pairs.map(|one| (one.address.clone(), one.name.clone()));
            pairs.collect::<Vec<_>>()
        };
        let kind = |kind: MailKind| MailKind::ALL.iter().position(|other| *other == kind);
        Self(
            mail.id,
            mail.answers.clone(),
            mail.day.map(number),
            pairs(&mail.from),
            pairs(&mail.to),
            mail.kind.and_then(kind),
            mail.is_sent,
            mail.subject.clone(),
        )
    }

    fn into_mail(self) -> Option<Mail> {
        let Self(id, answers, on, from, to, kind, is_sent, subject) = self;
        let mailboxes = |pairs: Vec<(String, Option<String>)>| {
            let mailboxes = pairs.into_iter();
            let mailboxes = mailboxes.map(|(address, name)| Mailbox { address, name });
            mailboxes.collect()
        };
        Some(Mail {
            id,
            answers,
            day: match on {
                None => None,
                Some(on) => Some(day(on)?),
            },
            from: mailboxes(from),
            to: mailboxes(to),
            kind: match kind {
                None => None,
                Some(kind) => Some(*MailKind::ALL.get(kind)?),
            },
            subject,
            is_sent,
        })
    }
}

fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}
