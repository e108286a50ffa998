//! `log` without a touch to record: the last touches, with whom and how.

use chrono::{Days, NaiveDate};

use super::args::{JOURNAL_DAYS, LogArgs};
use crate::app::App;
use crate::domain::dates::day::Toward;
use crate::domain::due::channel_words::{by_other_word, known, near_miss};
use crate::domain::find::journal::{JournalEntry, journal};
use crate::domain::text::caseless;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::terminal::template::Template;
use crate::render::terminal::touch_field::TouchField;
use crate::render::views::journal as render;
use crate::render::words::days;
use crate::render::words::messages::{self, typed_name};
use crate::store::{Detail, ReadOnlyBook};

/// Lists the touches since a day, and writes nothing.
pub(super) fn run(app: &mut App, args: &LogArgs) -> Result<()> {
    check_options(args)?;
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
    if app.says_how_to_start(&file) {
        return Ok(());
    }
    let asked_for = asked_for(app, args, file.book())?;
    let is_in_span = |id: &ContactId| {
        let mut touches = file.book().contact(*id).touches.iter();
        touches.any(|touch| (since..=today).contains(&touch.on))
    };
    let ids: Vec<ContactId> = asked_for.iter().copied().filter(is_in_span).collect();
    file.fill(ids.iter().copied())?;

    let book = file.book();
    let mut entries = journal(book, &ids, since, today);
    if let Some(via) = &args.via {
        by_channel(&mut entries, via)?;
    }
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
        say_none(app, args, &mut file, &asked_for, since)?;
    }
    Ok(())
}

/// Refuses options that record something.
fn check_options(args: &LogArgs) -> Result<()> {
    let Some(option) = args.recording_option() else {
        return Ok(());
    };
    Err(match args.journal.option() {
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
    // `2w` is two weeks ago: no touch is still to come.
    let span = |err| match app.day(&format!("{typed} ago"), Toward::Past) {
        Ok(since) => Ok(since),
        Err(_) => Err(err),
    };
    let since = app.day(typed, Toward::Past).or_else(span)?;
    if since > app.today {
        return Err(Error::usage(
            format!("{} is still to come", days::date(since, app.today)),
            "give a day up to today: `netkeep log --since \"3 months ago\"`",
        ));
    }
    Ok(since)
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

/// Keeps the touches by a channel; with `""`, those without one.
fn by_channel(entries: &mut Vec<JournalEntry>, typed: &str) -> Result<()> {
    let is_by = |entry: &JournalEntry, channel: &str| {
        let via = entry.touch.via().unwrap_or_default();
        caseless(via.trim()) == caseless(channel.trim())
    };
    let is_used = entries.iter().any(|entry| is_by(entry, typed));
    let channel = match known(typed).or_else(|| by_other_word(typed)) {
        Some(known) if !is_used => known,
        _ => typed,
    };
    if let (false, Some(near)) = (is_used, near_miss(channel)) {
        let typed = typed.to_owned();
        return Err(Error::NoSuchChannel { typed, near });
    }
    entries.retain(|entry| is_by(entry, channel));
    Ok(())
}

/// Says that there is no touch in the span, and what to type for an earlier one or the first.
fn say_none(
    app: &mut App,
    args: &LogArgs,
    file: &mut ReadOnlyBook,
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
    if args.via.is_some() {
        app.hint("`netkeep log --since \"1 year ago\"` looks further back");
        return Ok(());
    }
    let last = asked_for.iter().filter_map(|id| {
        let touch = file.book().contact(*id).last_touch(today)?;
        Some((touch.on, *id))
    });
    let last = last.filter(|(on, _)| *on < since).max_by_key(|(on, _)| *on);
    if let Some((on, id)) = last {
        file.fill([id])?;
        let contact = file.book().contact(id);
        if let Some(touch) = contact.last_touch(today) {
            let touch = messages::touch(touch, &contact.name, today);
            app.hint(format!("the last was {touch}: `netkeep log --since {on}`"));
        }
        return Ok(());
    }
    if let Some(id) = asked_for.first() {
        let name = &file.book().contact(*id).name;
        let name = typed_name(name);
        app.hint(format!("record one: `netkeep log {name} -v call`"));
    }
    Ok(())
}
