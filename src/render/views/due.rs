//! Who is due, as a table.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{Channel, ChannelReason, propose};
use crate::domain::due::rule::{Quiet, Standing, State};
use crate::domain::model::column::Column;
use crate::domain::planning::week::{Class, class};
use crate::domain::{Book, Contact, Direction, Pause};
use crate::render::terminal::column::{self, ShownContact};
use crate::render::words::days;
use crate::render::{Ink, Sink, Text};

/// The default columns, and what they are worth.
const COLUMNS: [(Column, u8); 4] = [
    (Column::Name, 0),
    (Column::Due, 0),
    (Column::Bucket, 2),
    (Column::Next, 3),
];

/// The width from which the next step has a column of its own; in a narrower terminal it goes under the row.
const ROOM: usize = 54;

/// Writes a row for each standing, in the order given, with the last touch under it; if `headed`, with a heading above each
/// class.
pub fn rows(
    sink: &mut Sink,
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    headed: bool,
) -> io::Result<()> {
    let is_narrow = sink.width().is_some_and(|width| width < ROOM);
    let usual = &COLUMNS[..COLUMNS.len() - usize::from(is_narrow)];
    let (columns, mut table) = column::table(&book.defaults.columns.due, usual);
    let mut last = None;
    for standing in standings {
        let class = class(book, standing, today);
        if headed && last.replace(class) != Some(class) {
            table.heading(Text::new(heading(class)));
        }
        let seen = ShownContact::new(book, standing, today);
        let cells = columns.iter().map(|column| seen.cell(*column));
        let mut below = about(book.contact(standing.id), today);
        if !columns.contains(&Column::Next) && is_narrow {
            let next = next(standing, book.contact(standing.id), today);
            if !next.is_empty() {
                below = next + Text::new("; ") + below;
            }
        }
        table.row_with(cells.collect(), below);
    }
    table.write(sink)
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Promised => "Promised",
        Class::Friendly => "Friendly",
        Class::Urgent => "Past the limit",
        Class::Due => "Due",
        Class::Later => "Later",
        Class::Quiet => "Left alone",
    }
}

/// `12 days over, urgent`, `today`, `Thu`, `in 3 weeks`, `resting`, `paused until 1 Dec`.
#[must_use]
pub fn when(standing: &Standing, contact: &Contact, today: NaiveDate, week_end: NaiveDate) -> Text {
    let is_paused = standing.quiet == Some(Quiet::Paused);
    let (Some(due), Some(state)) = (standing.due, standing.state(today, week_end)) else {
        return Text::new(if is_paused { "paused" } else { "never" }).ink(Ink::Faint);
    };
    match state {
        State::Overdue if standing.is_urgent(today) => Text::new(&format!(
            "{} over, urgent",
            days::distance((today - due).num_days())
        ))
        .ink(Ink::Urgent),
        State::Overdue => Text::new(&format!(
            "{} over",
            days::distance((today - due).num_days())
        ))
        .ink(Ink::Overdue),
        State::Today => Text::new("today").ink(Ink::Today),
        State::Soon | State::Later => Text::new(&days::ahead(due, today)),
        State::Resting => Text::new("resting").ink(Ink::Faint),
        State::Paused => match contact.paused {
            Some(Pause::Until(day)) => {
                Text::new(&format!("paused until {}", days::date(day, today)))
            }
            _ => Text::new("paused"),
        }
        .ink(Ink::Faint),
    }
}

/// `call 7 weeks ago`, `3 days ago`, `never`.
#[must_use]
pub fn last(contact: &Contact, today: NaiveDate) -> Text {
    let Some(touch) = contact.last_touch(today) else {
        return Text::new("never");
    };
    let ago = days::ago(touch.on, today);
    Text::one_line(&match touch.via() {
        Some(via) => format!("{via} {ago}"),
        None => ago,
    })
}

/// What to know before reaching out: `call 7 weeks ago: “budget approved”`, `email 3 days ago, no answer yet`.
pub(crate) fn about(contact: &Contact, today: NaiveDate) -> Text {
    let Some(touch) = contact.last_touch(today) else {
        return match &contact.met {
            Some(met) => Text::one_line(&format!("not in touch yet; met: {met}")),
            None => Text::new("not in touch yet"),
        };
    };
    let direction = match touch.direction {
        Some(Direction::Out) => ", no answer yet",
        Some(Direction::In) => ", from them",
        None => "",
    };
    let note = contact.last_note(today).map_or(String::new(), |noted| {
        let note = noted.note().unwrap_or_default();
        if noted.on == touch.on {
            format!(": “{note}”")
        } else {
            format!("; {}: “{note}”", days::date(noted.on, today))
        }
    });
    let asked = if Balance::of(contact, today).only_asked() {
        " (you only asked)".to_owned()
    } else {
        String::new()
    };
    let blank = if direction.is_empty() && !asked.is_empty() {
        " "
    } else {
        ""
    };
    last(contact, today) + Text::new(blank) + Text::one_line(&format!("{direction}{asked}{note}"))
}

/// What is planned, else a channel with its address.
pub(crate) fn next(standing: &Standing, contact: &Contact, today: NaiveDate) -> Text {
    if let Some(what) = standing.next.as_ref().and_then(|next| next.what.as_deref()) {
        return Text::one_line(what);
    }
    propose(contact, today).map_or(Text::default(), |channel| how(&channel))
}

/// `call +34 600 …`, `letter, the last three were email`, `meet: two social in a row`.
#[must_use]
pub fn how(channel: &Channel) -> Text {
    let reason = match channel.reason {
        Some(ChannelReason::TwoSocial) => ": two social in a row".to_owned(),
        Some(ChannelReason::LastThree(via)) => format!(", the last three were {via}"),
        None => String::new(),
    };
    let way = match (channel.via, channel.address) {
        ("meeting", Some(city)) => format!("meet in {city}"),
        ("meeting", None) => "meet".to_owned(),
        // A postal address is long, and `show` has it.
        (via @ "letter", _) if !reason.is_empty() => via.to_owned(),
        (via, Some(address)) => format!("{via} {address}"),
        (via, None) => via.to_owned(),
    };
    Text::one_line(&format!("{way}{reason}"))
}
