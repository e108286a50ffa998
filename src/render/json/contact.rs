//! A contact as JSON: all that the book says of it, and when it is due.

use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::document::{cadence, day};
use super::week::class_name;
use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{ChannelReason, propose};
use crate::domain::due::rule::{Standing, State, standing};
use crate::domain::model::field::FieldKind;
use crate::domain::planning::week::class;
use crate::domain::{Book, Contact, ContactId, Field, Next, Touch, Value};

/// A row of `due`.
#[derive(Serialize)]
pub(super) struct DueView<'b> {
    name: &'b str,
    bucket: Option<&'b str>,
    due: Option<String>,
    last: Option<String>,
    cadence: Option<String>,
    pressure: Option<f64>,
    state: Option<&'static str>,
    urgent: bool,
    next: Option<NextView>,
    channel: Option<&'static str>,
    address: Option<&'b str>,
    friendly: bool,
    class: &'static str,
    reason: Option<String>,
    note: Option<&'b str>,
    only_asked: bool,
}

impl<'b> DueView<'b> {
    pub(super) fn of(book: &'b Book, standing: &'b Standing, today: NaiveDate) -> Self {
        let week_end = book.week.last_day(today);
        let contact = book.contact(standing.id);
        let channel = propose(contact, today);
        let reason = channel.and_then(|channel| channel.reason);
        Self {
            name: &contact.name,
            bucket: contact.bucket.as_deref(),
            due: day(standing.due),
            last: day(standing.last),
            cadence: cadence(standing.cadence.map(|(cadence, _)| cadence)),
            pressure: standing.due.map(|_| standing.pressure.ratio()),
            state: standing.state(today, week_end).map(state),
            urgent: standing.is_urgent(today),
            next: standing.next.clone().map(NextView::from),
            channel: channel.map(|channel| channel.via),
            address: channel.and_then(|channel| channel.address),
            friendly: contact.friendly,
            class: class_name(class(book, standing, today)),
            reason: reason.map(|reason| match reason {
                ChannelReason::TwoSocial => "two social in a row".to_owned(),
                ChannelReason::LastThree(via) => format!("the last three were {via}"),
            }),
            note: contact.last_note(today).and_then(Touch::note),
            only_asked: Balance::of(contact, today).only_asked(),
        }
    }
}

/// A contact: every field of the book under its key, the touches, and when it is due.
pub(super) struct ContactView<'b> {
    contact: &'b Contact,
    due: Option<String>,
    last: Option<String>,
    state: Option<State>,
}

impl<'b> ContactView<'b> {
    pub(super) fn of(book: &'b Book, id: ContactId, today: NaiveDate) -> Self {
        let standing = standing(book, id, today);
        Self {
            contact: book.contact(id),
            due: day(standing.due),
            last: day(standing.last),
            state: standing.state(today, book.week.last_day(today)),
        }
    }
}

impl Serialize for ContactView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for field in Field::ALL {
            map.serialize_entry(field.key(), &FieldView::of(self.contact, field))?;
        }
        let touches = self.contact.touches.iter().map(TouchView::of);
        map.serialize_entry("touches", &touches.collect::<Vec<_>>())?;
        map.serialize_entry("due", &self.due)?;
        map.serialize_entry("last", &self.last)?;
        map.serialize_entry("state", &self.state.map(state))?;
        map.end()
    }
}

/// The value of a field. An absent one is an empty array, false or null.
#[derive(Serialize)]
#[serde(untagged)]
enum FieldView<'b> {
    Text(String),
    List(&'b [String]),
    Flag(bool),
    Next(NextView),
    Absent(()),
}

impl<'b> FieldView<'b> {
    fn of(contact: &'b Contact, field: Field) -> Self {
        if field.kind() == FieldKind::List {
            return Self::List(contact.texts(field));
        }
        match (contact.get(field), field.kind()) {
            (Some(Value::Text(text)), _) => Self::Text(text),
            (Some(Value::Flag(flag)), _) => Self::Flag(flag),
            (Some(Value::Day(day)), _) => Self::Text(day.to_string()),
            (Some(Value::Next(next)), _) => Self::Next(next.into()),
            (None, FieldKind::Flag | FieldKind::FlagOrDay) => Self::Flag(false),
            (None | Some(Value::List(_)), _) => Self::Absent(()),
        }
    }
}

#[derive(Serialize)]
struct NextView {
    on: String,
    what: Option<String>,
}

impl From<Next> for NextView {
    fn from(next: Next) -> Self {
        Self {
            on: next.on.to_string(),
            what: next.what,
        }
    }
}

#[derive(Serialize)]
struct TouchView<'b> {
    on: String,
    via: Option<&'b str>,
    direction: Option<String>,
    note: Option<&'b str>,
    gave: Option<&'b str>,
    got: Option<&'b str>,
}

impl<'b> TouchView<'b> {
    fn of(touch: &'b Touch) -> Self {
        Self {
            on: touch.on.to_string(),
            via: touch.via(),
            direction: touch.direction.map(|direction| direction.to_string()),
            note: touch.note(),
            gave: touch.words().gave.as_deref(),
            got: touch.words().got.as_deref(),
        }
    }
}

pub(in crate::render) fn state(state: State) -> &'static str {
    match state {
        State::Overdue => "overdue",
        State::Today => "today",
        State::Soon => "soon",
        State::Later => "later",
        State::Resting => "resting",
        State::Paused => "paused",
    }
}
