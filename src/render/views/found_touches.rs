//! The touches that sources tell of, and what becomes of them.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::io;

use chrono::NaiveDate;

use crate::domain::sources::found::{FoundTouch, LeftOut, SourceKind, by_reason};
use crate::domain::sources::gain::{BookGain, TouchFate};
use crate::domain::sources::reason::WhyNot;
use crate::domain::sources::suggest::Suggestion;
use crate::domain::{Book, ContactId};
use crate::render::terminal::table::{Head, Table};
use crate::render::words::messages::quoted;
use crate::render::words::plural::count;
use crate::render::words::{days, reasons, touch};
use crate::render::{Ink, Sink, Text};

/// What was found, with what becomes of each touch.
#[derive(Clone, Copy)]
pub(crate) struct FoundView<'v> {
    pub(crate) book: &'v Book,
    pub(crate) gain: &'v BookGain,
    /// Nothing older is taken.
    pub(crate) oldest: Option<NaiveDate>,
    pub(crate) today: NaiveDate,
}

/// How much is shown of what was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FoundDetail {
    /// A line for each kind of source.
    Sum,
    /// Each touch.
    Touches,
    /// Each touch with its reason, and what else contacts took part in, with the reason why it does not count.
    Reasons,
}

/// The least width for a reason beside a touch; in a narrower terminal it goes under it.
const WIDE: usize = 70;

const COLUMNS: [Head; 5] = [
    Head::new("DAY", 0, 6),
    Head::new("", 3, 8),
    Head::new("NAME", 0, 12),
    Head::new("TOUCH", 4, 10),
    Head::new("WHY", 2, 16),
];

impl FoundView<'_> {
    /// Writes a line for each kind of source that was read, with its touches in the detail that was asked for.
    pub(crate) fn write(self, sink: &mut Sink, detail: FoundDetail) -> io::Result<()> {
        for (source, seen) in &self.gain.seen {
            sink.sentence(self.sum(*source, *seen))?;
        }
        if detail == FoundDetail::Sum {
            return Ok(());
        }
        let mut table = Table::new(&COLUMNS);
        let is_narrow = sink.width().is_some_and(|width| width < WIDE);
        for (found, fate) in &self.gain.touches {
            let why = Text::new(&reasons::why(found.why, self.today));
            let (beside, below) = match (detail, is_narrow) {
                (FoundDetail::Reasons, false) => (why, vec![]),
                (FoundDetail::Reasons, true) => {
                    let below = Text::new("  ") + why.ink(Ink::Faint);
                    (Text::default(), vec![below])
                }
                _ => (Text::default(), vec![]),
            };
            table.row_with(self.row(found, *fate, beside), below);
        }
        table.write(sink)?;
        if detail == FoundDetail::Reasons {
            self.write_left_out(sink)?;
        }
        Ok(())
    }

    /// `mail: 41 touches with 17 people (12 known already), 380 messages of people not in the book`.
    fn sum(self, source: SourceKind, seen: usize) -> String {
        let its = self.gain.touches.iter();
        let its: Vec<_> = its.filter(|(found, _)| found.source == source).collect();
        let number = |is_meant: fn(TouchFate) -> bool| {
            its.iter().filter(|(_, fate)| is_meant(*fate)).count()
        };
        let people = its.iter().filter(|(_, fate)| fate.stays());
        let people: HashSet<ContactId> = people.map(|(found, _)| found.contact).collect();
        let touches = number(TouchFate::stays);
        let mut notes = Vec::new();
        let mut note = |number: usize, words: &str| {
            if number > 0 {
                notes.push(format!("{number} {words}"));
            }
        };
        note(number(|fate| fate == TouchFate::Known), "known already");
        note(
            number(|fate| matches!(fate, TouchFate::Answered(_))),
            "answered since",
        );
        let notes = match notes.as_slice() {
            [] => String::new(),
            notes => format!(" ({})", notes.join(", ")),
        };
        let mut parts = vec![match touches {
            0 => format!("no touches in {}", reasons::items(source, seen)),
            _ => format!(
                "{} with {}{notes}",
                count(touches, "touch", "touches"),
                count(people.len(), "person", "people")
            ),
        }];
        let mut part = |number: usize, words: &str| {
            if number > 0 {
                parts.push(words.to_owned());
            }
        };
        let left_out = self.gain.left_out.iter();
        let left_out = left_out.filter(|left| left.source == source);
        let (unknown, others): (Vec<&LeftOut>, Vec<&LeftOut>) =
            left_out.partition(|left| left.why == WhyNot::Unknown);
        let (unknown, others) = (unknown.len(), others.len());
        let items = reasons::items(source, unknown);
        part(unknown, &format!("{items} of people not in the book"));
        let verb = if others == 1 { "does" } else { "do" };
        part(others, &format!("{others} that {verb} not count"));
        let old = number(|fate| fate == TouchFate::TooOld);
        let before = self.oldest.map(|oldest| days::date(oldest, self.today));
        let before = before.unwrap_or_default();
        part(old, &format!("{old} from before {before}"));
        let ignored = number(|fate| fate == TouchFate::Ignored);
        let returned = number(|fate| matches!(fate, TouchFate::Returned(_)));
        part(
            returned,
            &format!("{returned} that you deleted on another machine"),
        );
        part(ignored, &format!("{ignored} that you deleted"));
        format!("{}: {}", source.word(), parts.join(", "))
    }

    fn row(self, found: &FoundTouch, fate: TouchFate, why: Text) -> Vec<Text> {
        let ink = match fate {
            TouchFate::New | TouchFate::Answered(_) => Ink::Added,
            TouchFate::Returned(_) => Ink::Removed,
            _ => Ink::Faint,
        };
        vec![
            Text::new(&days::date(found.on, self.today)),
            Text::new(reasons::fate(fate)).ink(ink),
            Text::one_line(self.book.contact(found.contact).shown_name()),
            touch::channel(&found.touch()),
            why,
        ]
    }

    /// What contacts took part in that does not count, then how much else does not, by reason.
    fn write_left_out(self, sink: &mut Sink) -> io::Result<()> {
        const LEFT_OUT: [Head; 4] = [
            Head::new("LEFT OUT", 0, 8),
            Head::new("NAME", 0, 12),
            Head::new("IN", 3, 8),
            Head::new("WHY", 2, 16),
        ];
        let mut table = Table::new(&LEFT_OUT);
        for left in &self.gain.left_out {
            let LeftOut {
                source, on, why, ..
            } = *left;
            let Some(contact) = left.contact else {
                continue;
            };
            let day = on.map_or("no date".to_owned(), |on| days::date(on, self.today));
            table.row(vec![
                Text::new(&day),
                Text::one_line(self.book.contact(contact).shown_name()),
                Text::new(source.word()),
                Text::new(reasons::why_not(why)),
            ]);
        }
        table.write(sink)?;
        let others = self.gain.left_out.iter();
        let others = by_reason(others.filter(|left| left.contact.is_none()));
        let mut others: Vec<_> = others.into_iter().collect();
        others.sort_by_key(|((source, _), number)| (*source, Reverse(*number)));
        for ((source, why), number) in others {
            let items = reasons::items(source, number);
            sink.sentence(format!("{items}: {}", reasons::why_not(why)))?;
        }
        Ok(())
    }
}

/// Writes a line that adds each person, with how often you wrote to each other.
pub(crate) fn suggestions(
    sink: &mut Sink,
    suggestions: &[Suggestion],
    today: NaiveDate,
) -> io::Result<()> {
    for one in suggestions {
        let address = &one.mailbox.address;
        let name = one.mailbox.name.as_ref().unwrap_or(address);
        let often = format!(
            "{} from you, {} from them, last {}",
            count(one.sent, "message", "messages"),
            one.received,
            days::date(one.last, today)
        );
        let is_option = name.starts_with('-') || address.starts_with('-');
        let (name, address) = (quoted(name), quoted(address));
        let line = if is_option {
            format!("netkeep add --email={address} -- {name}")
        } else {
            format!("netkeep add {name} --email {address}")
        };
        sink.line(Text::one_line(&line) + Text::new(&format!("  # {often}")).ink(Ink::Faint))?;
    }
    Ok(())
}
