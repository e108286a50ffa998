//! The cells of a listing's table, for people; and the fields of a template, for programs.

use super::table::{Head, Table};
use crate::domain::due::channel::propose;
use crate::domain::model::column::Column;
use crate::domain::{Contact, Field, Touch, Value};
use crate::render::words::days;
use crate::render::words::standing::{ShownContact, last};
use crate::render::{Text, json};

impl ShownContact<'_> {
    pub(crate) fn cell(&self, column: Column) -> Text {
        let (contact, standing, today) = (self.contact, self.standing, self.today);
        match column {
            Column::Field(Field::Name) => Text::new(contact.shown_name()),
            Column::Field(Field::Added) => {
                Text::optional(contact.added.map(|day| days::date(day, today)))
            }
            Column::Due | Column::When => self.when(),
            Column::Next => self.next(),
            Column::Last if standing.last.is_some() => last(contact, today),
            Column::Last => Text::default(),
            Column::Promises => self.promises(|by| days::date(by, today)),
            Column::Day => Text::optional(self.coming_day().map(|day| days::date(day.on, today))),
            other => Text::one_line(&self.field(other)),
        }
    }

    /// The same, but without a due day when no cadence asks for the contact.
    pub(crate) fn quiet_cell(&self, column: Column) -> Text {
        let is_asked = self.standing.due.is_some() || self.contact.is_paused(self.today);
        match column {
            Column::Due | Column::When if !is_asked => Text::default(),
            other => self.cell(other),
        }
    }

    /// The field of a template: days in ISO format, the first of several addresses, empty for what is absent.
    pub(crate) fn field(&self, column: Column) -> String {
        let (contact, standing, today) = (self.contact, self.standing, self.today);
        let text = |text: Option<&str>| text.map(str::to_owned);
        let field = match column {
            Column::Field(field) => value(contact, field),
            Column::Due => standing.due.map(|day| day.to_string()),
            Column::When | Column::Next => Some(self.quiet_cell(column).plain()),
            Column::State => text(self.state().map(json::state_name)),
            Column::Pressure => {
                let ratio = standing.due.map(|_| standing.pressure.ratio());
                ratio.map(|ratio| format!("{ratio:.2}"))
            }
            Column::Over => standing.due.map(|due| (today - due).num_days().to_string()),
            Column::Channel => text(propose(contact, today).map(|channel| channel.via)),
            Column::Promises => Some(self.promises(|by| by.to_string()).plain()),
            Column::Last => standing.last.map(|day| day.to_string()),
            Column::Via => text(contact.last_touch(today).and_then(Touch::via)),
            Column::Note => text(contact.last_note(today).and_then(Touch::note)),
            Column::Cadence => standing.cadence.map(|(cadence, _)| cadence.to_string()),
            Column::Day => self.coming_day().map(|day| day.on.to_string()),
            Column::What => text(self.coming_day().map(|day| day.label())),
            Column::Years => {
                let years = self.coming_day().and_then(|day| day.years());
                years.map(|years| years.to_string())
            }
        };
        field.unwrap_or_default()
    }
}

fn value(contact: &Contact, field: Field) -> Option<String> {
    match contact.get(field)? {
        Value::Flag(flag) => flag.then(|| "yes".to_owned()),
        Value::List(items) if !matches!(field, Field::Aka | Field::Tags) => {
            items.into_iter().next()
        }
        value => Some(value.to_string()),
    }
}

/// A usual column of a listing, its worth when room is short, and the least width that is of use.
pub(crate) type UsualColumn = (Column, u8, usize);

/// The chosen columns, or without any the usual ones, and an empty table with their heads. Of chosen columns, the last is
/// dropped first, and the first never.
pub(crate) fn table(chosen: &[Column], usual: &[UsualColumn]) -> (Vec<Column>, Table) {
    let count = u8::try_from(chosen.len()).unwrap_or(u8::MAX);
    let worth = (0..count).map(|at| if at == 0 { 0 } else { count - at });
    let chosen = chosen.iter().zip(worth);
    let mut columns: Vec<UsualColumn> = chosen
        .map(|(column, worth)| (*column, worth, least(*column)))
        .collect();
    if columns.is_empty() {
        columns = usual.to_vec();
    }
    let head = |(column, worth, least): &UsualColumn| Head {
        title: column.name().to_uppercase().into(),
        worth: *worth,
        least: *least,
    };
    let heads: Vec<Head> = columns.iter().map(head).collect();
    let columns = columns.into_iter().map(|(column, ..)| column);
    (columns.collect(), Table::new(&heads))
}

/// The least width that is of use in a column that was chosen.
fn least(column: Column) -> usize {
    match column {
        Column::Due | Column::When => 20,
        Column::Field(Field::Name) => 16,
        Column::Next | Column::Promises | Column::Last => 14,
        Column::Field(Field::Company | Field::Tags | Field::Email | Field::Phone) => 12,
        _ => 8,
    }
}
