//! How the due day of a contact is computed.

use std::io;

use chrono::NaiveDate;

use crate::domain::due::promises::to_contact;
use crate::domain::due::rule::{CadenceSource, Pressure, Quiet, Standing};
use crate::domain::planning::week::{WeekPlace, WeekPlan, class, share};
use crate::domain::{Book, Contact, Next, Pause};
use crate::render::words::never::changes_that;
use crate::render::words::outreach::{how, with_grounds};
use crate::render::words::plural::count;
use crate::render::words::standing::{ShownContact, class_words};
use crate::render::words::touch::origin;
use crate::render::words::{days, messages};
use crate::render::{Ink, Sink, Text};

/// Writes how the due day of each contact is computed, and its place in the week.
pub(crate) fn all(
    sink: &mut Sink,
    book: &Book,
    plan: &WeekPlan,
    listed: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    for (at, standing) in listed.iter().enumerate() {
        if at > 0 {
            sink.gap()?;
        }
        why(sink, book, standing, plan.place(standing.id), today)?;
    }
    Ok(())
}

fn why(
    sink: &mut Sink,
    book: &Book,
    standing: &Standing,
    place: WeekPlace,
    today: NaiveDate,
) -> io::Result<()> {
    let contact = book.contact(standing.id);
    let name = Text::one_line(contact.shown_name());
    sink.prose(&Text::default(), name.ink(Ink::Strong))?;
    line(sink, "last touch", &last(contact, today))?;
    line(sink, "cadence", &cadence(contact, standing))?;
    if let Some(next) = &contact.next {
        line(sink, "next", &planned(next, standing, today))?;
    }
    for entry in to_contact(standing.id, contact, today) {
        if !entry.is_plan() {
            line(sink, "promise", &messages::promise(&entry, today))?;
        }
    }
    line(sink, "due day", &due_day(standing, today))?;
    if let Some(limit) = standing.limit {
        let side = if limit < today { "past" } else { "inside" };
        let limit = days::date_and_distance(limit, today);
        line(sink, "limit", &format!("{limit}: {side} it"))?;
    }
    if standing.due.is_some() {
        line(sink, "pressure", &pressure(standing, today))?;
    }
    let remedy = Text::new(&changes_that(book, standing, today));
    sink.prose(&label("state"), state(book, standing, today) + remedy)?;
    let [.., class] = class_words(class(book, standing, today));
    line(sink, "class", class)?;
    line(sink, "place", &place_words(book, contact, place))?;
    match ShownContact::new(book, standing, today).outreach() {
        (None, None) => line(sink, "how", "no number or address on record"),
        (channel, reason) => {
            let reason = reason.as_ref();
            let reason = reason.map(|reason| (reason, with_grounds(reason, today)));
            sink.prose(&label("how"), how(channel.as_ref(), reason))
        }
    }
}

fn last(contact: &Contact, today: NaiveDate) -> String {
    let day = |day| days::date_and_distance(day, today);
    match (contact.last_touch(today), contact.added) {
        (Some(touch), _) => {
            let how = [touch.via().map(str::to_owned), origin(touch)];
            let how: Vec<String> = how.into_iter().flatten().collect();
            match how.as_slice() {
                [] => day(touch.on),
                how => format!("{} ({})", day(touch.on), how.join(", ")),
            }
        }
        (None, Some(added)) => format!("none; tracking began {}", day(added)),
        (None, None) => "none, and no day when tracking began".to_owned(),
    }
}

fn cadence(contact: &Contact, standing: &Standing) -> String {
    match (standing.cadence, &contact.bucket) {
        (Some((cadence, CadenceSource::Own)), _) => format!("{cadence}, their own"),
        (Some((cadence, CadenceSource::Bucket)), Some(bucket)) => {
            format!("{cadence}, from the bucket {bucket}")
        }
        (_, Some(bucket)) => format!("none: the bucket {bucket} has none"),
        (_, None) => "none: in no bucket".to_owned(),
    }
}

fn planned(next: &Next, standing: &Standing, today: NaiveDate) -> String {
    let is_spent = standing.next.is_none();
    let spent = if is_spent {
        " (spent by the last touch)"
    } else {
        ""
    };
    format!("{}{spent}", messages::planned(next, today))
}

/// The due day, and what it comes from.
fn due_day(standing: &Standing, today: NaiveDate) -> String {
    if let (Some(day), true) = (standing.due, standing.is_due_for_promise()) {
        let (day, regular) = (
            days::date_and_distance(day, today),
            standing.regular.map(|regular| days::date(regular, today)),
        );
        let before = regular.map_or(String::new(), |regular| format!(", before {regular}"));
        return format!("{day} = the promise{before}");
    }
    let reason = match (&standing.next, standing.since, standing.cadence) {
        (Some(_), ..) => "the planned next",
        (None, Some(_), Some(_)) if standing.last.is_some() => "last touch + cadence",
        (None, Some(_), Some(_)) => "start of tracking + cadence",
        (None, None, Some(_)) => "never touched: today",
        (None, _, None) => "nothing asks for a touch",
    };
    match standing.due {
        Some(day) => format!("{} = {reason}", days::date_and_distance(day, today)),
        None => format!("none: {reason}"),
    }
}

/// `13 of 28 days = 0.46`; where a promise makes it, `28 + 3 past the promise: 31 of 28 days = 1.11`.
fn pressure(standing: &Standing, today: NaiveDate) -> String {
    let Pressure { gone, allowed } = standing.pressure;
    let sum = format!(
        "{gone} of {allowed} days = {:.2}",
        standing.pressure.ratio()
    );
    let due = standing.due.filter(|_| standing.is_due_for_promise());
    match due.map(|by| (today - by).num_days()) {
        Some(late) if allowed + late < gone => format!("{sum}, without the promise"),
        Some(late @ 0..) => format!("{allowed} + {late} past the promise: {sum}"),
        Some(early) => format!("{allowed} - {} before the promise: {sum}", -early),
        None => sum,
    }
}

fn state(book: &Book, standing: &Standing, today: NaiveDate) -> Text {
    let contact = book.contact(standing.id);
    match (standing.quiet, contact.paused) {
        (Some(Quiet::Paused), Some(Pause::Until(day))) => {
            let day = days::date_and_distance(day, today);
            Text::new(&format!("paused until {day}"))
        }
        (Some(Quiet::Paused), _) => Text::new("paused until resumed"),
        (Some(Quiet::Resting), _) => {
            let tries = book.defaults.rest_after.0 as usize;
            let tries = count(tries, "touch", "touches");
            Text::new(&format!("resting: the last {tries} had no answer"))
        }
        (None, _) => ShownContact::new(book, standing, today).when(),
    }
}

fn place_words(book: &Book, contact: &Contact, place: WeekPlace) -> String {
    match place {
        WeekPlace::Listed { place, of } => format!("{place} of {of} this week"),
        WeekPlace::Waiting { place, of } => {
            let why = match share(book, contact.bucket.as_deref()) {
                0 => "its bucket has no share of the week",
                _ => "the week is full",
            };
            format!("can wait, {place} of {of}: {why}")
        }
        WeekPlace::No => "not in this week".to_owned(),
    }
}

fn line(sink: &mut Sink, name: &str, text: &str) -> io::Result<()> {
    sink.prose(&label(name), Text::one_line(text))
}

fn label(name: &str) -> Text {
    Text::new(&format!("  {name:<12}")).ink(Ink::Faint)
}
