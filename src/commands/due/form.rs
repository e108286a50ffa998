//! The forms of the answer, and the one place that writes each.

use std::io;

use chrono::NaiveDate;

use super::answer::{DueAnswer, DueSpan, NextDue, People};
use crate::app::App;
use crate::domain::Book;
use crate::domain::planning::rhythm::Silence;
use crate::error::{Error, Result};
use crate::render::terminal::template::Template;
use crate::render::views::waybar::waybar;
use crate::render::views::{due, silence, week, why};
use crate::render::words::days;
use crate::render::{Sink, json};
use crate::store::ReadOnlyBook;

/// What the answer looks like.
pub(super) enum Form {
    Count,
    /// 0 when someone is due, 3 when nobody is.
    ExitCode,
    Json,
    /// A line for each, from a template.
    Lines(Template),
    Table,
    /// The JSON of a status bar.
    Waybar,
    /// The arithmetic of each.
    Why,
}

impl Form {
    /// Whether it may say who is next: nobody has arithmetic where nobody is due.
    pub(super) fn is_table(&self) -> bool {
        matches!(self, Self::Table | Self::Why)
    }

    pub(super) fn write(
        &self,
        app: &mut App,
        file: &ReadOnlyBook,
        answer: &DueAnswer,
    ) -> Result<()> {
        let (book, today) = (file.book(), app.today);
        let people = match answer {
            DueAnswer::Resting(silent) | DueAnswer::Fading(silent)
                if matches!(self, Self::Json) =>
            {
                let is_resting = matches!(answer, DueAnswer::Resting(_));
                let key = if is_resting { "resting" } else { "fading" };
                return Ok(json::silent(&mut app.out, book, key, silent, today)?);
            }
            DueAnswer::Resting(silent) => return resting(app, book, silent),
            DueAnswer::Fading(silent) => return fading(app, book, silent),
            DueAnswer::People(people) => people,
        };
        let People { plan, listed, .. } = people;
        match self {
            Self::Count => app.sink().line(listed.len().to_string())?,
            Self::ExitCode => {
                let day = people.last_day(book, today);
                if !listed.iter().any(|one| one.is_due_by(day)) {
                    return Err(Error::No { code: 3 });
                }
            }
            Self::Json => json::due(&mut app.out, book, plan, listed, today)?,
            Self::Lines(template) => template.lines(&mut app.out, book, listed, today)?,
            Self::Waybar => waybar(&mut app.out, book, plan, listed, today)?,
            Self::Why if !listed.is_empty() => explain(&mut app.sink(), book, people, today)?,
            Self::Why | Self::Table => {
                if book.contacts.is_empty() {
                    app.hint_to_start(book, file.shrunken());
                }
                table(&mut app.sink(), book, people, today)?;
            }
        }
        Ok(())
    }
}

fn resting(app: &mut App, book: &Book, silent: &[Silence]) -> Result<()> {
    if silent.is_empty() {
        return Ok(app.sink().line("Nobody rests")?);
    }
    let today = app.today;
    silence::resting(&mut app.sink(), book, silent, today)?;
    hint(
        app,
        "`netkeep log NAME --in` ends it when they answer, any other touch too",
    )
}

fn fading(app: &mut App, book: &Book, silent: &[Silence]) -> Result<()> {
    if silent.is_empty() {
        return Ok(app.sink().line("Nobody fades")?);
    }
    let today = app.today;
    silence::fading(&mut app.sink(), book, silent, today)?;
    hint(app, "`netkeep move NAME BUCKET` keeps someone in the loop")
}

/// Gives a hint below the answer.
fn hint(app: &mut App, hint: &str) -> Result<()> {
    app.out.flush()?;
    app.note("hint", hint);
    Ok(())
}

fn explain(sink: &mut Sink, book: &Book, people: &People, today: NaiveDate) -> io::Result<()> {
    for (at, standing) in people.listed.iter().enumerate() {
        if at > 0 {
            sink.gap()?;
        }
        let place = people.plan.place(standing.id);
        why::why(sink, book, standing, place, today)?;
    }
    Ok(())
}

fn table(sink: &mut Sink, book: &Book, people: &People, today: NaiveDate) -> io::Result<()> {
    let is_headed = match people.span {
        DueSpan::Week => return this_week(sink, book, people, today),
        DueSpan::Everyone { .. } => true,
        DueSpan::Named { .. } => false,
    };
    if people.listed.is_empty() {
        return nobody(sink, book, people, "Nobody", today);
    }
    due::rows(sink, book, &people.listed, today, is_headed)
}

/// The week: where it stands, who is to be reached, who can wait.
fn this_week(sink: &mut Sink, book: &Book, people: &People, today: NaiveDate) -> io::Result<()> {
    let People { plan, listed, .. } = people;
    if people.is_empty() && plan.done == 0 {
        nobody(sink, book, people, "Nobody", today)?;
    } else {
        week::head(sink, plan, listed.len())?;
        if people.is_empty() {
            nobody(sink, book, people, "Nobody else", today)?;
        }
        if !listed.is_empty() {
            sink.gap()?;
            due::rows(sink, book, listed, today, false)?;
        }
        if !people.waiting.is_empty() {
            sink.gap()?;
            week::foot(sink, book, &people.waiting)?;
        }
    }
    let reminders = &people.reminders;
    week::reminders(sink, reminders.is_too_much, reminders.is_regroup_time)
}

/// Says that nobody is due, and who is next. In a book without contacts the hint has said enough.
fn nobody(
    sink: &mut Sink,
    book: &Book,
    people: &People,
    nobody: &str,
    today: NaiveDate,
) -> io::Result<()> {
    if book.contacts.is_empty() {
        return Ok(());
    }
    let next = match people.next {
        Some(NextDue::Never) => {
            return sink.line(
                "Nobody is ever due: nobody has a cadence (`netkeep triage` puts people into buckets)",
            );
        }
        Some(NextDue::On(id, due)) => {
            let name = &book.contact(id).name;
            let when = days::date_and_distance(due, today);
            format!("; next is {name}, {when}")
        }
        Some(NextDue::Nobody) | None => String::new(),
    };
    let day = days::date(people.last_day(book, today), today);
    sink.line(format!("{nobody} is due by {day}{next}"))
}
