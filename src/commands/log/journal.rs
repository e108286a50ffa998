//! `log` without a touch to record: the last touches.

use chrono::{Days, NaiveDate};

use super::args::{JOURNAL_DAYS, LogArgs};
use super::intro::INTRO_LINE;
use crate::app::App;
use crate::domain::due::channel_words::{by_other_word, known, near_miss};
use crate::domain::find::journal::{JournalEntry, journal};
use crate::domain::find::values_there::channels_there;
use crate::domain::text::caseless;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::terminal::template::Template;
use crate::render::terminal::touch_field::TouchField;
use crate::render::views::journal as render;
use crate::render::words::days;
use crate::render::words::messages::{self, typed_name};
use crate::store::Detail;

/// Lists the touches since a day, and writes nothing.
pub(super) fn run(app: &mut App, args: &LogArgs) -> Result<()> {
    check_options(args)?;
    app.check_form(&[("--format", args.journal.format.is_some())])?;
    let form = args.journal.format.as_deref();
    let form = form.map(str::parse::<Template<TouchField>>).transpose()?;
    let today = app.today;
    let since = since(app, args)?;
    let is_found_by_text = !args.names.is_empty() || !args.journal.groups.tag.is_empty();
    let mut file = app.read_or_empty(if is_found_by_text {
        Detail::Names
    } else {
        Detail::Days
    })?;
    let asked_for = asked_for(app, args, file.book())?;
    if app.says_how_to_start(&file) {
        return Ok(());
    }
    let is_in_span = |id: &ContactId| {
        let mut touches = file.book().contact(*id).touches.iter();
        touches.any(|touch| (since..=today).contains(&touch.on))
    };
    let ids: Vec<ContactId> = asked_for.iter().copied().filter(is_in_span).collect();
    file.fill(ids.iter().copied())?;
    if in_span(args, file.book(), &ids, since, today).is_empty() {
        // The span has nothing: read everyone, to tell an unknown channel from an unused one.
        file.fill(file.book().ids())?;
        check_channel(args, file.book(), today)?;
    }

    let book = file.book();
    let entries = in_span(args, book, &ids, since, today);
    if let Some(form) = form {
        let lines = entries
            .iter()
            .filter_map(|entry| form.fill(|field| field.of(book, entry, today)));
        for line in lines {
            writeln!(app.out, "{line}")?;
        }
        return Ok(());
    }
    app.answer(
        || json::journal(book, &entries, since, today),
        |sink| render::journal(sink, book, &entries, today),
    )?;
    if entries.is_empty() && !app.json {
        say_none(app, args, book, &asked_for, since)?;
    }
    Ok(())
}

/// Refuses options that record something.
fn check_options(args: &LogArgs) -> Result<()> {
    let Some(option) = args.recording_option() else {
        return Ok(());
    };
    Err(match args.journal.option() {
        None if args.intro => Error::usage(
            "an introduction is between two contacts, and none is named",
            INTRO_LINE,
        ),
        None => Error::usage(
            format!("`netkeep log {option}` needs a name"),
            "type it like `netkeep log ana -v call -m \"budget approved\"`",
        ),
        Some(listing) => Error::usage(
            format!("`{listing}` lists touches, and `{option}` records one"),
            "leave one of them out",
        ),
    })
}

/// The first day of the span.
fn since(app: &App, args: &LogArgs) -> Result<NaiveDate> {
    let Some(typed) = args.journal.since.as_deref() else {
        let since = app.today.checked_sub_days(Days::new(JOURNAL_DAYS));
        return Ok(since.unwrap_or(NaiveDate::MIN));
    };
    app.day_back(typed, "netkeep log --since \"3 months ago\"")
}

/// The contacts that were named, or everyone, as far as they pass the filter.
fn asked_for(app: &App, args: &LogArgs, book: &Book) -> Result<Vec<ContactId>> {
    let named = app.pick_all(book, &args.names)?;
    let filter = args.journal.groups.filter(book)?;
    let is_meant = |id: &ContactId| {
        (args.names.is_empty() || named.contains(id)) && filter.takes(book.contact(*id))
    };
    Ok(book.ids().filter(is_meant).collect())
}

/// The touches from `since` to `today`, with `-v` those by that channel; with `-v ""`, those without one.
fn in_span<'b>(
    args: &LogArgs,
    book: &'b Book,
    ids: &[ContactId],
    since: NaiveDate,
    today: NaiveDate,
) -> Vec<JournalEntry<'b>> {
    let mut entries = journal(book, ids, since, today);
    if let Some(typed) = &args.via {
        let is_used = entries.iter().any(|entry| is_by(entry, typed));
        let channel = meant(typed).filter(|_| !is_used).unwrap_or(typed);
        entries.retain(|entry| is_by(entry, channel));
    }
    entries
}

/// The channel of netkeep's own that a word stands for.
fn meant(typed: &str) -> Option<&'static str> {
    known(typed).or_else(|| by_other_word(typed))
}

fn is_by(entry: &JournalEntry, channel: &str) -> bool {
    let via = entry.touch.via().unwrap_or_default();
    caseless(via.trim()) == caseless(channel.trim())
}

/// Refuses a channel that netkeep does not know and by which the book has no touch. A book without touches has more to say.
fn check_channel(args: &LogArgs, book: &Book, today: NaiveDate) -> Result<()> {
    let Some(typed) = args.via.as_deref().map(str::trim) else {
        return Ok(());
    };
    let ids: Vec<ContactId> = book.ids().collect();
    let is_used = || !in_span(args, book, &ids, NaiveDate::MIN, today).is_empty();
    if meant(typed).is_some() || typed.is_empty() || is_used() {
        return Ok(());
    }
    let near = near_miss(typed);
    let channels = channels_there(book);
    if near.is_none() && channels.is_empty() {
        return Ok(());
    }
    let typed = typed.to_owned();
    Err(Error::NoSuchChannel {
        typed,
        near,
        channels,
    })
}

/// Says that there is no touch in the span, and what to type for an earlier one or the first.
fn say_none(
    app: &mut App,
    args: &LogArgs,
    book: &Book,
    asked_for: &[ContactId],
    since: NaiveDate,
) -> Result<()> {
    let today = app.today;
    let day = days::date(since, today);
    let by = match args.via.as_deref().map(str::trim) {
        None => String::new(),
        Some("") => " without a channel".to_owned(),
        Some(via) => format!(" by {via}"),
    };
    app.sink().sentence(format!("No touches{by} since {day}"))?;
    app.out.flush()?;
    let ever = in_span(args, book, asked_for, NaiveDate::MIN, today);
    if let Some(JournalEntry { id, touch }) = ever.first() {
        let told = messages::touch(touch, &book.contact(*id).name, today);
        let line = format!("{} --since {}", args.list_line(), touch.on);
        app.hint(format!("the last was {told}: `{line}`"));
    } else if let Some(id) = asked_for.first() {
        let name = typed_name(&book.contact(*id).name);
        let via = args.via.as_deref().and_then(meant).unwrap_or("call");
        app.hint(format!("record one: `netkeep log {name} -v {via}`"));
    }
    Ok(())
}
