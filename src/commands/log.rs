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
/// any touch, a promise (`--next "DATE: WHAT"`) by a touch on or after its day, or by `--done`. With `--amend`, `--next`
/// and `--done` plan without recording a touch.
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
    /// Take out the newest touch, or with -d that of a day
    #[arg(long, conflicts_with_all = ["amend", "via", "note", "out", "in", "next", "done"])]
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
        say(app, args, &plan, book.contact(id), &change.book, id)?;
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
        if let Some(day) = on.filter(|day| *day > app.today && !args.delete) {
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
        if args.amend && !plan.changes_a_touch() && plan.next.is_none() && !args.done {
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
        if args.delete {
            return Ok(vec![Edit::DeleteTouch {
                contact,
                index: self.deleted(known, today)?,
            }]);
        }
        let (edit, touch) = if args.amend && !self.changes_a_touch() {
            (None, None)
        } else if args.amend {
            let no_touch = || Error::NoTouch {
                name: known.name.clone(),
                on: None,
            };
            let index = known.newest_touch(today).ok_or_else(no_touch)?;
            let touch = self.over(&known.touches[index]);
            (
                Some(Edit::Amend {
                    contact,
                    index,
                    touch: touch.clone(),
                }),
                Some(touch),
            )
        } else {
            let touch = self.over(&Touch::on(today));
            (
                Some(Edit::Log {
                    contact,
                    touch: touch.clone(),
                }),
                Some(touch),
            )
        };
        let is_settled = || {
            touch
                .as_ref()
                .is_some_and(|touch| known.is_settled_by(touch, today))
        };
        let next = match &self.next {
            Some(next) if touch.as_ref().is_some_and(|touch| next.on <= touch.on) => {
                return Err(Error::NextBehind {
                    day: days::date(next.on, today),
                });
            }
            Some(next) => Some(Some(Value::Next(next.clone()))),
            None if known.next.is_some() && (args.done || (!args.amend && is_settled())) => {
                Some(None)
            }
            None => None,
        };
        let next = next.map(|value| Edit::Set {
            contact,
            field: Field::Next,
            value,
        });
        Ok(edit.into_iter().chain(next).collect())
    }

    /// The place of the touch that `--delete` is about.
    fn deleted(&self, known: &Contact, today: NaiveDate) -> Result<usize> {
        let index = match self.on {
            Some(day) => known.touch_on(day),
            None => known.newest_touch(today),
        };
        let on = self.on.map(|day| days::date(day, today));
        index.ok_or_else(|| Error::NoTouch {
            name: known.name.clone(),
            on,
        })
    }

    fn changes_a_touch(&self) -> bool {
        self.on.is_some() || self.via.is_some() || self.direction.is_some() || self.note.is_some()
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
    let is_digit = |c: char| c.is_ascii_digit();
    if on.ends_with(is_digit) && what.starts_with(is_digit) {
        return Err(Error::Usage {
            message: format!("`{typed}` has a clock time; netkeep plans by the day"),
            hint: "write what it is for after the colon and a blank: `fri: 10:30 at the harbour`"
                .to_owned(),
        });
    }
    let on = app.day(on, Toward::Future).map_err(|err| match err {
        Error::Day(_) if !typed.contains(':') && typed.trim().contains(' ') => Error::Usage {
            message: err.to_string(),
            hint: "put a colon between the day and what it is for: `fri: send the draft`"
                .to_owned(),
        },
        err => err,
    })?;
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

fn say(
    app: &mut App,
    args: &LogArgs,
    plan: &Plan,
    before: &Contact,
    book: &Book,
    id: ContactId,
) -> Result<()> {
    let today = app.today;
    let after = book.contact(id);
    let name = &after.name;
    let standing = standing(book, id, today);
    let due = said::due(&standing, today);
    if args.delete {
        if let Ok(gone) = plan.deleted(before, today) {
            let gone = &before.touches[gone];
            let note = gone
                .note
                .as_ref()
                .map(|note| format!(": {note}"))
                .unwrap_or_default();
            app.sink().line(format!(
                "Took out {}{note}; {due}",
                said::touch(gone, name, today)
            ))?;
        }
        return Ok(());
    }
    let (done, touch) = match before.newest_touch(today) {
        _ if !args.amend => ("Logged", after.touches.last()),
        Some(newest) if plan.changes_a_touch() => ("Amended", after.touches.get(newest)),
        _ => ("", None),
    };
    if let Some(touch) = touch {
        if !args.amend && before.touches.contains(touch) {
            let twice = said::touch(touch, name, today);
            app.note(
                "note",
                &format!("{twice} was logged already; `netkeep log --delete` takes one out"),
            );
        }
        app.sink()
            .line(format!("{done} {}; {due}", said::touch(touch, name, today)))?;
    }
    for line in said::plan(
        before.next.as_ref(),
        after.next.as_ref(),
        name,
        args.next.is_some(),
        today,
    ) {
        app.sink().line(line)?;
    }
    if args.done && before.next.is_none() {
        app.note("note", &format!("nothing was planned with {name}"));
    }
    if standing.quiet == Some(Quiet::Resting) {
        let times = book.rest_after.0;
        app.sink().line(format!(
            "{name} rests now: {times} touches without an answer; any other touch ends it"
        ))?;
    }
    Ok(())
}
