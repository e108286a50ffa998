use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, pick};
use crate::domain::day::Toward;
use crate::domain::due::{Quiet, standing};
use crate::domain::{Book, Contact, ContactId, Direction, Field, Next, Touch, Value};
use crate::error::{Error, Result};
use crate::render::{days, said};
use crate::store::Edit;

/// Record a touch, with one or several people
///
/// Adds one line to each contact's touches; the clock of the cadence starts anew. A plan without a reason is done by
/// any touch, a promise (`--next "DATE: WHAT"`) by a touch on or after its day, or by `--done`.
#[derive(Args, Debug)]
pub(crate) struct LogArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The channel: call, email, message, social, meeting, letter, event, gift, or a word of yours
    #[arg(short = 'v', long, value_name = "CHANNEL")]
    via: Option<String>,
    /// The day, if not today: "yesterday", "fri", "3 days ago", 2026-11-10
    #[arg(short, long, allow_hyphen_values = true)]
    date: Option<String>,
    /// A line about it
    #[arg(short = 'm', long = "note", value_name = "NOTE")]
    note: Option<String>,
    /// You reached out and have no answer yet
    #[arg(long, conflicts_with = "in")]
    out: bool,
    /// They reached out
    #[arg(long)]
    r#in: bool,
    /// Plan the next touch: "fri", or "fri: send the draft"
    #[arg(
        long,
        value_name = "DATE[: WHAT]",
        conflicts_with = "done",
        allow_hyphen_values = true
    )]
    next: Option<String>,
    /// Take out what was planned or promised
    #[arg(long)]
    done: bool,
    /// Change the newest touch instead of adding one
    #[arg(long)]
    amend: bool,
    /// Take out the newest touch
    #[arg(long, conflicts_with_all = ["amend", "via", "date", "note", "out", "in", "next", "done"])]
    delete: bool,
}

pub(crate) fn run(app: &mut App, args: &LogArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    let ids = pick::all(book, &args.names)?;
    let plan = Plan::of(app, args)?;

    let mut edits = Vec::new();
    for &id in &ids {
        edits.extend(plan.edits(book, id, args, app.today)?);
    }
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for id in ids {
        say(app, args, book.contact(id), &change.book, id)?;
    }
    Ok(())
}

/// What the options ask for, for everyone named.
struct Plan {
    on: Option<NaiveDate>,
    via: Option<String>,
    direction: Option<Direction>,
    note: Option<String>,
    next: Option<Next>,
}

impl Plan {
    fn of(app: &App, args: &LogArgs) -> Result<Self> {
        let on = args
            .date
            .as_deref()
            .map(|date| app.day(date, Toward::Past))
            .transpose()?;
        if let Some(day) = on.filter(|day| *day > app.today) {
            return Err(Error::FutureTouch {
                day: days::date(day, app.today),
            });
        }
        let text = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let plan = Self {
            on,
            via: text(&args.via),
            direction: if args.out {
                Some(Direction::Out)
            } else {
                args.r#in.then_some(Direction::In)
            },
            note: text(&args.note),
            next: args
                .next
                .as_deref()
                .map(|next| next_touch(app, next))
                .transpose()?,
        };
        let changes_a_touch = plan.on.is_some()
            || plan.via.is_some()
            || plan.direction.is_some()
            || plan.note.is_some();
        if args.amend && !changes_a_touch && plan.next.is_none() && !args.done {
            return Err(Error::Usage {
                message: "nothing to amend".to_owned(),
                hint: "say what changes: `-v CHANNEL`, `-d DATE`, `-m NOTE`, `--out` or `--in`"
                    .to_owned(),
            });
        }
        Ok(plan)
    }

    fn edits(
        &self,
        book: &Book,
        contact: ContactId,
        args: &LogArgs,
        today: NaiveDate,
    ) -> Result<Vec<Edit>> {
        let known = book.contact(contact);
        let newest = || {
            known.newest_touch().ok_or_else(|| Error::NoTouch {
                name: known.name.clone(),
            })
        };
        if args.delete {
            return Ok(vec![Edit::DeleteTouch {
                contact,
                index: newest()?,
            }]);
        }
        let (edit, touch) = if args.amend {
            let index = newest()?;
            let touch = self.over(&known.touches[index]);
            (
                Edit::Amend {
                    contact,
                    index,
                    touch: touch.clone(),
                },
                touch,
            )
        } else {
            let touch = self.over(&Touch::on(today));
            (
                Edit::Log {
                    contact,
                    touch: touch.clone(),
                },
                touch,
            )
        };
        let settles = !args.amend && known.is_settled_by(&touch, today);
        let next = match &self.next {
            Some(next) if next.on <= touch.on => {
                return Err(Error::NextBehind {
                    day: days::date(next.on, today),
                });
            }
            Some(next) => Some(Some(Value::Next(next.clone()))),
            None if known.next.is_some() && (args.done || settles) => Some(None),
            None => None,
        };
        let next = next.map(|value| Edit::Set {
            contact,
            field: Field::Next,
            value,
        });
        Ok(std::iter::once(edit).chain(next).collect())
    }

    /// `touch` with what the options say in place of what it said.
    fn over(&self, touch: &Touch) -> Touch {
        Touch {
            on: self.on.unwrap_or(touch.on),
            via: self.via.clone().or_else(|| touch.via.clone()),
            direction: self.direction.or(touch.direction),
            note: self.note.clone().or_else(|| touch.note.clone()),
        }
    }
}

/// `fri`, or `fri: send the draft`.
pub(crate) fn next_touch(app: &App, typed: &str) -> Result<Next> {
    let (on, what) = typed.split_once(':').unwrap_or((typed, ""));
    let on = app.day(on, Toward::Future)?;
    if on < app.today {
        return Err(Error::NextBehind {
            day: days::date(on, app.today),
        });
    }
    let what = what.trim();
    Ok(Next {
        on,
        what: (!what.is_empty()).then(|| what.to_owned()),
    })
}

fn say(app: &mut App, args: &LogArgs, before: &Contact, book: &Book, id: ContactId) -> Result<()> {
    let today = app.today;
    let after = book.contact(id);
    let name = &after.name;
    let standing = standing(book, id, today);
    let due = said::due(&standing, today);
    let told = |touch: &Touch| {
        let note = touch
            .note
            .as_ref()
            .map(|note| format!(": {note}"))
            .unwrap_or_default();
        format!("{}{note}", said::touch(touch, name, today))
    };
    if args.delete {
        if let Some(gone) = before.newest_touch() {
            app.sink()
                .line(format!("Took out {}; {due}", told(&before.touches[gone])))?;
        }
        return Ok(());
    }
    let touch = if args.amend {
        before.newest_touch().map(|at| &after.touches[at])
    } else {
        after.touches.last()
    };
    if let Some(touch) = touch {
        let done = if args.amend { "Amended" } else { "Logged" };
        app.sink()
            .line(format!("{done} {}; {due}", said::touch(touch, name, today)))?;
    }
    match &after.next {
        Some(next) if args.next.is_some() => {
            let what = next
                .what
                .as_ref()
                .map(|what| format!(": {what}"))
                .unwrap_or_default();
            app.sink().line(format!(
                "Next with {name}: {}{what}",
                days::date_and_distance(next.on, today)
            ))?;
        }
        Some(Next {
            on,
            what: Some(what),
        }) => {
            let day = days::date(*on, today);
            app.sink().line(format!(
                "The promise for {day} stays: {what} (`--done` takes it out)"
            ))?;
        }
        _ => {}
    }
    if standing.quiet == Some(Quiet::Resting) {
        let times = book.rest_after.0;
        app.sink().line(format!(
            "{name} rests now: {times} touches without an answer; any other touch ends it"
        ))?;
    }
    Ok(())
}
