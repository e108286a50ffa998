//! The arithmetic of being due, for one contact.

use std::io;

use chrono::NaiveDate;

use super::due;
use crate::domain::due::channel::propose;
use crate::domain::due::rule::{CadenceSource, Pressure, Quiet, Standing};
use crate::domain::planning::week::{Class, WeekPlace, class, share};
use crate::domain::{Book, Pause};
use crate::render::words::days;
use crate::render::words::plural::count;
use crate::render::{Ink, Sink, Text};

/// Writes how the due day of a contact comes about.
pub fn why(
    sink: &mut Sink,
    book: &Book,
    standing: &Standing,
    place: WeekPlace,
    today: NaiveDate,
) -> io::Result<()> {
    let contact = book.contact(standing.id);
    sink.line(Text::one_line(&contact.name).ink(Ink::Strong))?;
    let told = |day: NaiveDate| days::date_and_distance(day, today);

    let last = match (contact.last_touch(today), contact.added) {
        (Some(touch), _) => match touch.via() {
            Some(via) => format!("{} ({via})", told(touch.on)),
            None => told(touch.on),
        },
        (None, Some(added)) => format!("none; tracking began {}", told(added)),
        (None, None) => "none, and no day when tracking began".to_owned(),
    };
    line(sink, "last touch", &last)?;

    let bucket = contact.bucket.as_deref();
    let cadence = match (standing.cadence, bucket) {
        (Some((cadence, CadenceSource::Own)), _) => format!("{cadence}, their own"),
        (Some((cadence, CadenceSource::Bucket)), Some(bucket)) => {
            format!("{cadence}, from the bucket {bucket}")
        }
        (_, Some(bucket)) => format!("none: the bucket {bucket} gives none"),
        (_, None) => "none: in no bucket".to_owned(),
    };
    line(sink, "cadence", &cadence)?;

    if let Some(next) = &contact.next {
        let what = next
            .what
            .as_ref()
            .map(|what| format!(": {what}"))
            .unwrap_or_default();
        let is_spent = if standing.next.is_none() {
            " (spent by the last touch)"
        } else {
            ""
        };
        line(sink, "next", &format!("{}{what}{is_spent}", told(next.on)))?;
    }
    let reason = match (&standing.next, standing.since, standing.cadence) {
        (Some(_), ..) => "the planned next",
        (None, Some(_), Some(_)) if standing.last.is_some() => "last touch + cadence",
        (None, Some(_), Some(_)) => "start of tracking + cadence",
        (None, None, Some(_)) => "never touched: today",
        (None, _, None) => "nothing asks for a touch",
    };
    match standing.due {
        Some(day) => line(sink, "due day", &format!("{} = {reason}", told(day)))?,
        None => line(sink, "due day", &format!("none: {reason}"))?,
    }
    if let Some(limit) = standing.limit {
        let past = if limit < today {
            "past it"
        } else {
            "inside it"
        };
        line(sink, "limit", &format!("{}: {past}", told(limit)))?;
    }
    if standing.due.is_some() {
        let Pressure { gone, allowed } = standing.pressure;
        let sum = format!(
            "{gone} of {allowed} days = {:.2}",
            standing.pressure.ratio()
        );
        line(sink, "pressure", &sum)?;
    }
    let state = match (standing.quiet, contact.paused) {
        (Some(Quiet::Paused), Some(Pause::Until(day))) => {
            Text::new(&format!("paused until {}", told(day)))
        }
        (Some(Quiet::Paused), _) => Text::new("paused until resumed"),
        (Some(Quiet::Resting), _) => Text::new(&format!(
            "resting: the last {} had no answer",
            count(book.defaults.rest_after.0 as usize, "touch", "touches")
        )),
        (None, _) => due::when(standing, contact, today, book.week.last_day(today)),
    };
    sink.line(label("state") + state)?;
    let class = class(book, standing, today);
    line(sink, "class", class_told(class))?;
    let why = if share(book, bucket) == 0 {
        "its bucket has no share of the week"
    } else {
        "the week is full"
    };
    match place {
        WeekPlace::Listed { place, of } => {
            line(sink, "place", &format!("{place} of {of} this week"))?;
        }
        WeekPlace::Waiting { place, of } => {
            line(sink, "place", &format!("can wait, {place} of {of}: {why}"))?;
        }
        WeekPlace::No => line(sink, "place", "not in this week")?,
    }
    match propose(contact, today) {
        Some(channel) => sink.line(label("how") + due::how(&channel)),
        None => line(sink, "how", "no number or address on record"),
    }
}

fn class_told(class: Class) -> &'static str {
    match class {
        Class::Promised => "promised: always in the week",
        Class::Friendly => "friendly: always in the week",
        Class::Urgent => "past the limit: before the rest",
        Class::Due => "due: by turns of the buckets",
        Class::Later => "not due this week",
        Class::Quiet => "left alone",
    }
}

fn line(sink: &mut Sink, name: &str, text: &str) -> io::Result<()> {
    sink.line(label(name) + Text::one_line(text))
}

fn label(name: &str) -> Text {
    Text::new(&format!("  {name:<12}")).ink(Ink::Faint)
}
