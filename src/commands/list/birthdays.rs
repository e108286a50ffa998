//! Birthdays and other days, by the day.

use chrono::NaiveDate;

use super::ListArgs;
use crate::app::App;
use crate::domain::due::coming_days::{ComingDay, coming_days};
use crate::domain::{Book, Cadence, ContactId};
use crate::error;
use crate::render::terminal::template::Template;
use crate::render::views::coming_days as render;
use crate::render::words::days::date_and_distance;
use crate::render::words::messages::typed_name;
use crate::render::{Text, json};

/// Answers with the days of these contacts, as far as they come within the time that was asked for.
pub(super) fn answer(
    app: &mut App,
    book: &Book,
    ids: &[ContactId],
    args: &ListArgs,
    form: Option<&Template>,
) -> error::Result<()> {
    let (today, within) = (app.today, args.within);
    let all = coming_days(book, ids.iter().copied(), today, NaiveDate::MAX);
    let last = within.and_then(|within| within.after(today));
    let last = last.unwrap_or(NaiveDate::MAX);
    let near = all.partition_point(|day| day.on <= last);
    let (days, later) = all.split_at(near);
    let mut days = days.to_vec();
    if args.reverse {
        days.reverse();
    }
    if let Some(form) = form {
        return Ok(form.day_lines(&mut app.out, book, &days, today)?);
    }
    app.answer(
        || json::days(book, &days, today),
        |sink| match days.as_slice() {
            [] => {
                let said = nothing(book, later.first(), within, today, has_paused(book, ids));
                sink.message(&Text::default(), said.as_str())
            }
            days => render::table(sink, book, days, today),
        },
    )?;
    if all.is_empty() && !has_paused(book, ids) && !app.json {
        let name = typed_name(&book.contact(ids[0]).name);
        app.out.flush()?;
        app.hint(format!(
            "`netkeep edit {name} --set birthday=--03-12` adds one, `--set dates+='1 jun 2014: wedding'` another day"
        ));
    }
    Ok(())
}

/// Whether one of them has a day in the book at all: if none comes, all who have one are paused for good.
fn has_paused(book: &Book, ids: &[ContactId]) -> bool {
    let mut contacts = ids.iter().map(|id| book.contact(*id));
    contacts.any(|contact| contact.birthday.is_some() || !contact.dates.is_empty())
}

/// A time, written like a cadence.
pub(super) fn time(typed: &str) -> Result<Cadence, String> {
    let hint = "write it like `30d`, `2w` or `3 months`";
    typed.parse().map_err(|_| hint.to_owned())
}

/// Says that no day comes, and which one would be next.
fn nothing(
    book: &Book,
    next: Option<&ComingDay>,
    within: Option<Cadence>,
    today: NaiveDate,
    has_paused: bool,
) -> String {
    let Some(next) = next else {
        return if has_paused {
            "Everyone here who has a birthday or another day is paused (`netkeep resume` ends a pause)"
        } else {
            "Nobody here has a birthday or another day in the book"
        }
        .to_owned();
    };
    let within = within.map_or(String::new(), |within| format!(" within {within}"));
    let name = book.contact(next.id).shown_name();
    let what = next.label();
    let day = date_and_distance(next.on, today);
    format!("No birthday or other day{within}; next is {name}, {what}, {day}")
}
