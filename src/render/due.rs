//! Who is due, as a table.

use std::io;

use chrono::NaiveDate;

use super::table::{Column, Table};
use super::{Ink, Sink, Text, days};
use crate::domain::channel::propose;
use crate::domain::due::{Standing, State};
use crate::domain::{Book, Contact, Pause};

const COLUMNS: [Column; 5] = [
    Column {
        title: "NAME",
        worth: 0,
        least: 16,
    },
    Column {
        title: "DUE",
        worth: 0,
        least: 20,
    },
    Column {
        title: "BUCKET",
        worth: 2,
        least: 8,
    },
    Column {
        title: "LAST",
        worth: 1,
        least: 14,
    },
    Column {
        title: "NEXT",
        worth: 3,
        least: 14,
    },
];

/// Writes a row for each standing, in the order given.
///
/// # Errors
///
/// Whatever the writer says.
pub fn due(
    sink: &mut Sink,
    book: &Book,
    standings: &[Standing],
    today: NaiveDate,
    week_end: NaiveDate,
) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for standing in standings {
        let contact = book.contact(standing.id);
        table.row(vec![
            Text::new(&contact.name),
            when(standing, contact, today, week_end),
            Text::new(contact.bucket.as_deref().unwrap_or_default()),
            last(contact, today),
            next(standing, contact, today),
        ]);
    }
    table.write(sink)
}

/// `12 days over, urgent`, `today`, `Thu`, `in 3 weeks`, `resting`, `paused until 1 Dec`.
#[must_use]
pub fn when(standing: &Standing, contact: &Contact, today: NaiveDate, week_end: NaiveDate) -> Text {
    let (Some(due), Some(state)) = (standing.due, standing.state(today, week_end)) else {
        return Text::new("never").ink(Ink::Faint);
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

/// `call 7 weeks ago`, `email 3 days ago, no answer`, `never`.
#[must_use]
pub fn last(contact: &Contact, today: NaiveDate) -> Text {
    let Some(touch) = contact.last_touch(today) else {
        return Text::new("never");
    };
    let ago = days::ago(touch.on, today);
    Text::one_line(&match &touch.via {
        Some(via) => format!("{via} {ago}"),
        None => ago,
    })
}

/// What was promised, else a channel with its address.
fn next(standing: &Standing, contact: &Contact, today: NaiveDate) -> Text {
    if let Some(what) = standing.next.and_then(|next| next.what.as_deref()) {
        return Text::one_line(what);
    }
    let Some(channel) = propose(contact, today) else {
        return Text::default();
    };
    Text::one_line(&match channel.address {
        Some(address) => format!("{} {address}", channel.via),
        None => channel.via.to_owned(),
    })
}
