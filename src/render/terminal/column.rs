//! What stands in a column of a listing, for people; and what a field of a template says, for programs.

use chrono::NaiveDate;

use super::table::{Head, Table};
use crate::domain::due::channel::propose;
use crate::domain::due::rule::Standing;
use crate::domain::model::column::Column;
use crate::domain::{Book, Contact, Pause};
use crate::render::views::due;
use crate::render::words::days;
use crate::render::{Text, json};

/// A contact as it stands on a day.
#[derive(Clone, Copy, Debug)]
pub struct ShownContact<'b> {
    contact: &'b Contact,
    standing: &'b Standing,
    today: NaiveDate,
    week_end: NaiveDate,
}

impl<'b> ShownContact<'b> {
    /// The contact of a standing of this book.
    #[must_use]
    pub fn new(book: &'b Book, standing: &'b Standing, today: NaiveDate) -> Self {
        Self {
            contact: book.contact(standing.id),
            standing,
            today,
            week_end: book.week.last_day(today),
        }
    }

    /// The cell of a table.
    #[must_use]
    pub fn cell(&self, column: Column) -> Text {
        let date = |day: Option<NaiveDate>| {
            let day = day.map(|day| days::date(day, self.today));
            Text::new(&day.unwrap_or_default())
        };
        match column {
            Column::Name => Text::new(&self.contact.name),
            Column::Due | Column::When => {
                due::when(self.standing, self.contact, self.today, self.week_end)
            }
            Column::Next => due::next(self.standing, self.contact, self.today),
            Column::Last if self.standing.last.is_some() => due::last(self.contact, self.today),
            Column::Last => Text::default(),
            Column::Added => date(self.contact.added),
            other => Text::one_line(&self.field(other)),
        }
    }

    /// The same, but nothing of when somebody is due for whom no cadence asks.
    #[must_use]
    pub fn quiet_cell(&self, column: Column) -> Text {
        let is_asked = self.standing.due.is_some() || self.contact.is_paused(self.today);
        match column {
            Column::Due | Column::When if !is_asked => Text::default(),
            other => self.cell(other),
        }
    }

    /// What a field of a template says: days as ISO strings, the first of several addresses, nothing for what is absent.
    #[must_use]
    pub fn field(&self, column: Column) -> String {
        let contact = self.contact;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let first = |list: &[String]| list.first().cloned().unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        let flag = |flag: bool| if flag { "yes" } else { "" }.to_owned();
        let is_due = self.standing.due.is_some();
        match column {
            Column::Name => contact.name.clone(),
            Column::Aka => contact.aka.join(", "),
            Column::Bucket => text(&contact.bucket),
            Column::Due => day(self.standing.due),
            Column::When | Column::Next => self.quiet_cell(column).plain(),
            Column::State => {
                let state = self.standing.state(self.today, self.week_end);
                state.map_or("", json::state).to_owned()
            }
            Column::Pressure if is_due => format!("{:.2}", self.standing.pressure.ratio()),
            Column::Pressure => String::new(),
            Column::Over => {
                let over = self.standing.due.map(|due| (self.today - due).num_days());
                over.map_or(String::new(), |over| over.to_string())
            }
            Column::Channel => {
                let channel = propose(contact, self.today);
                channel.map_or("", |channel| channel.via).to_owned()
            }
            Column::Last => day(self.standing.last),
            Column::Via => {
                let touch = contact.last_touch(self.today);
                touch
                    .and_then(|touch| touch.via())
                    .unwrap_or_default()
                    .to_owned()
            }
            Column::Note => {
                let touch = contact.last_note(self.today);
                touch
                    .and_then(|touch| touch.note())
                    .unwrap_or_default()
                    .to_owned()
            }
            Column::Cadence => {
                let cadence = self.standing.cadence;
                cadence.map_or(String::new(), |(cadence, _)| cadence.to_string())
            }
            Column::Company => text(&contact.company),
            Column::Title => text(&contact.title),
            Column::Email => first(&contact.email),
            Column::Phone => first(&contact.phone),
            Column::Links => first(&contact.links),
            Column::Address => text(&contact.address),
            Column::City => text(&contact.city),
            Column::Birthday => {
                let birthday = contact.birthday.as_ref();
                birthday.map_or(String::new(), ToString::to_string)
            }
            Column::Tags => contact.tags.join(", "),
            Column::Met => text(&contact.met),
            Column::Friendly => flag(contact.friendly),
            Column::Paused => match contact.paused {
                Some(Pause::Until(until)) => until.to_string(),
                _ => flag(contact.is_paused(self.today)),
            },
            Column::Added => day(contact.added),
            Column::Uid => text(&contact.uid),
            Column::Notes => text(&contact.notes),
        }
    }
}

/// The columns of a table and the table itself: those that somebody chose, else the usual ones, each with what it is worth where
/// room is short. Of chosen ones the last goes first, and the first never.
#[must_use]
pub fn table(chosen: &[Column], usual: &[(Column, u8)]) -> (Vec<Column>, Table) {
    let count = u8::try_from(chosen.len()).unwrap_or(u8::MAX);
    let worth = (0..count).map(|at| if at == 0 { 0 } else { count - at });
    let mut columns: Vec<(Column, u8)> = chosen.iter().copied().zip(worth).collect();
    if columns.is_empty() {
        columns = usual.to_vec();
    }
    let head = |(column, worth): &(Column, u8)| Head {
        title: column.name().to_uppercase().into(),
        worth: *worth,
        least: least(*column),
    };
    let heads: Vec<Head> = columns.iter().map(head).collect();
    let columns = columns.into_iter().map(|(column, _)| column);
    (columns.collect(), Table::new(&heads))
}

fn least(column: Column) -> usize {
    match column {
        Column::Due | Column::When => 20,
        Column::Name => 16,
        Column::Next | Column::Last => 14,
        Column::Company | Column::Tags | Column::Email | Column::Phone => 12,
        _ => 8,
    }
}
