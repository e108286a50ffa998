//! The touches that were found, one a contact, day and channel.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::reason::{Why, WhyNot};
use crate::domain::{ContactId, Direction, Touch, Words};

/// The kinds of sources.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum SourceKind {
    /// A mail box.
    Mail,
    /// A calendar.
    Calendar,
    /// The list of calls and messages of a phone.
    Calls,
}

/// A touch that a source tells of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FoundTouch {
    pub(crate) contact: ContactId,
    pub(crate) on: NaiveDate,
    pub(crate) source: SourceKind,
    pub(crate) channel: &'static str,
    /// Who reached out; `None` is a real exchange.
    pub(crate) direction: Option<Direction>,
    pub(crate) why: Why,
    /// The subject of the first message, or the title of the meeting.
    pub(crate) subject: Option<String>,
    /// Whether it is of a source that was asked for. Another one is only settled by what was: its direction may go.
    pub(crate) is_asked_for: bool,
}

/// What sources tell of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    /// By day, then contact.
    pub(crate) touches: Vec<FoundTouch>,
    /// What does not count, with someone in the book or with nobody.
    pub(crate) left_out: Vec<LeftOut>,
    /// How many messages, meetings and calls were looked at, each once.
    pub(crate) seen: BTreeMap<SourceKind, usize>,
}

/// Something that does not count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct LeftOut {
    pub(crate) source: SourceKind,
    pub(crate) on: Option<NaiveDate>,
    /// Who of the book took part.
    pub(crate) contact: Option<ContactId>,
    pub(crate) why: WhyNot,
}

/// What one day brought with one contact by one channel.
#[derive(Clone, Debug, Default)]
pub(super) struct ContactDay {
    sides: Sides,
    why: Option<Why>,
    subject: Option<String>,
    /// Whether anything of it is of a source that was asked for.
    is_asked_for: bool,
    /// Whether what was asked for tells more of it.
    is_settled: bool,
}

/// What happened with a contact on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayNews<'n> {
    /// Who wrote; `None` where both were there, or for what is answered by another day's news.
    pub(super) by: Option<Direction>,
    /// Whether the other side took part, on this day or another.
    pub(super) is_exchange: bool,
    pub(super) why: Why,
    pub(super) subject: Option<&'n str>,
    /// Whether it is of a source that was asked for.
    pub(super) is_asked_for: bool,
    /// Whether it is, or what was asked for answers it, or is answered by it.
    pub(super) is_settled: bool,
}

/// Who reached out on a day.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Sides {
    out: bool,
    r#in: bool,
    exchange: bool,
}

/// The days with each contact by each channel.
pub(super) struct ContactDays {
    source: SourceKind,
    channel: &'static str,
    days: BTreeMap<(NaiveDate, ContactId), ContactDay>,
}

impl SourceKind {
    /// The word in the `source` of a touch.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Calendar => "calendar",
            Self::Calls => "calls",
        }
    }
}

/// How much does not count, by source and reason.
pub(crate) fn by_reason<'l>(
    left_out: impl IntoIterator<Item = &'l LeftOut>,
) -> BTreeMap<(SourceKind, WhyNot), usize> {
    let mut numbers = BTreeMap::new();
    for left in left_out {
        *numbers.entry((left.source, left.why)).or_default() += 1;
    }
    numbers
}

impl FoundTouch {
    /// The touch as it comes into the book.
    pub(crate) fn touch(&self) -> Touch {
        let touch = Touch::on(self.on).toward(self.direction);
        touch.with(Words {
            via: Some(self.channel.to_owned()),
            source: Some(self.source.word().to_owned()),
            ..Words::default()
        })
    }
}

impl<'n> DayNews<'n> {
    /// News of a source that was asked for, whatever else there is; an exchange where nobody wrote to the other.
    pub(super) fn asked_for(by: Option<Direction>, why: Why, subject: Option<&'n str>) -> Self {
        Self {
            by,
            is_exchange: by.is_none(),
            why,
            subject,
            is_asked_for: true,
            is_settled: true,
        }
    }
}

impl ContactDays {
    pub(super) fn new(source: SourceKind, channel: &'static str) -> Self {
        Self {
            source,
            channel,
            days: BTreeMap::new(),
        }
    }

    /// Adds what happened with a contact on a day.
    pub(super) fn add(&mut self, (on, contact): (NaiveDate, ContactId), news: DayNews) {
        let day = self.days.entry((on, contact)).or_default();
        day.sides.exchange |= news.is_exchange;
        day.sides.out |= news.by == Some(Direction::Out);
        day.sides.r#in |= news.by == Some(Direction::In);
        day.why = Some(day.why.map_or(news.why, |known| known.min(news.why)));
        if day.subject.is_none() {
            day.subject = news.subject.map(str::to_owned);
        }
        day.is_asked_for |= news.is_asked_for;
        day.is_settled |= news.is_settled;
    }

    /// The touches of the days that were asked for, and of those that these settle.
    pub(super) fn touches(self) -> impl Iterator<Item = FoundTouch> {
        let Self {
            source, channel, ..
        } = self;
        let is_news = |day: &ContactDay| day.is_asked_for || day.is_settled;
        let days = self.days.into_iter().filter(move |(_, day)| is_news(day));
        days.filter_map(move |((on, contact), day)| {
            let why = day.why?;
            Some(FoundTouch {
                contact,
                on,
                source,
                channel,
                direction: day.sides.direction(),
                why: match day.sides {
                    Sides {
                        out: true,
                        r#in: true,
                        ..
                    } => Why::BothWrote,
                    _ => why,
                },
                subject: day.subject,
                is_asked_for: day.is_asked_for,
            })
        })
    }
}

impl Sides {
    fn direction(self) -> Option<Direction> {
        match (self.exchange, self.out, self.r#in) {
            (false, true, false) => Some(Direction::Out),
            (false, false, true) => Some(Direction::In),
            _ => None,
        }
    }
}
