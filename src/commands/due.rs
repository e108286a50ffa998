mod people;
mod silent;

use chrono::NaiveDate;
use clap::Args;

use self::people::{DuePeople, DueSpan};
use crate::app::App;
use crate::app::filter_args::FilterArgs;
use crate::domain::dates::day::Toward;
use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::filter::Filter;
use crate::domain::planning::week;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::terminal::template::Template;
use crate::render::views::waybar::waybar;
use crate::render::views::why;
use crate::store::{Detail, ReadOnlyBook};

/// Show who to reach out to this week
///
/// Fills the week: promises and people marked `friendly` are always included, then come those past their limit, then the
/// rest, with buckets taking turns by share. Those who do not fit can wait and are only counted.
///
/// Before you travel, `netkeep due --in lisbon` shows everyone there, due or not, the longest silent for their cadence first.
#[derive(Args, Debug, Default)]
#[command(before_help = "Examples:\n  netkeep due\n  netkeep due --all -b clients")]
pub(crate) struct DueArgs {
    #[command(flatten)]
    who: DueWho,
    /// Everyone due by that day, like "in 2 weeks"
    #[arg(long, value_name = "DATE", conflicts_with = "all")]
    by: Option<String>,
    /// How many contacts the week holds, just this once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=9999), conflicts_with_all = ["all", "by"])]
    size: Option<u32>,
    /// Show the arithmetic instead
    #[arg(long)]
    why: bool,
    /// Who rests after touches without an answer, and for how long they have been silent
    #[arg(long, conflicts_with_all = ["names", "all", "by", "size", "why"])]
    resting: bool,
    /// Who is in no bucket and more silent than they used to be
    #[arg(long, conflicts_with_all = ["names", "all", "by", "size", "why", "resting"])]
    fading: bool,
    /// Three a week of those once in touch and silent for years; with --all, all of them
    #[arg(long, conflicts_with_all = ["names", "by", "size", "why", "resting", "fading", "quiet"])]
    dormant: bool,
    /// A line for each, like '{name}\t{phone}', or `waybar` for a status bar
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["why", "resting", "fading"])]
    format: Option<String>,
    /// Only how many there are
    #[arg(long, conflicts_with_all = ["why", "resting", "fading", "format"])]
    count: bool,
    /// Print nothing; exit with 0 when someone is due, 3 when nobody is
    #[arg(short, long, conflicts_with_all = ["why", "resting", "fading", "format", "count"])]
    quiet: bool,
}

/// Who is asked for.
#[derive(Args, Debug, Default)]
pub(super) struct DueWho {
    /// Only these contacts, due or not
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Everyone who has a due day, whenever it is
    #[arg(long)]
    all: bool,
}

/// The word that is no template: a template has a field in it.
const WAYBAR: &str = "waybar";

pub(crate) fn run(app: &mut App, args: &DueArgs) -> Result<()> {
    app.check_form(&[
        ("--format", args.format.is_some()),
        ("--count", args.count),
        ("--quiet", args.quiet),
    ])?;
    let is_found_by_text = !args.who.names.is_empty() || !args.who.filter.groups.tag.is_empty();
    let keep = if args.dormant || !args.who.filter.city.is_empty() {
        Detail::All
    } else if is_found_by_text {
        Detail::Names
    } else {
        Detail::Days
    };
    let file = if args.quiet {
        app.read_or_empty_quietly(keep)?
    } else {
        app.read_or_empty(keep)?
    };
    run_on(app, args, file)
}

/// The same for a book that was read.
pub(super) fn run_on(app: &mut App, args: &DueArgs, mut file: ReadOnlyBook) -> Result<()> {
    let template = args.format.as_deref().filter(|format| *format != WAYBAR);
    let template = template.map(str::parse::<Template>).transpose()?;
    let filter = args.who.filter.filter(file.book())?;
    if args.dormant && args.format.as_deref() == Some(WAYBAR) {
        return Err(Error::usage(
            "`--dormant` does not go with `waybar`",
            "leave one of them out",
        ));
    }
    if args.resting || args.fading {
        silent::answer(app, &mut file, &filter, args.resting)?;
    } else {
        let people = people(app, args, file.book(), filter)?;
        // Counts and exit codes need none of the words.
        if !args.count && !args.quiet {
            let has_foot = args.format.is_none() && !app.json;
            file.fill(people.with_words(file.book(), has_foot))?;
        }
        answer(app, args, &file, &people, template.as_ref())?;
    }
    // The process is about to end, and freeing so much memory piece by piece takes time.
    std::mem::forget(file);
    Ok(())
}

/// Writes who is due, in the form that was asked for.
fn answer(
    app: &mut App,
    args: &DueArgs,
    file: &ReadOnlyBook,
    people: &DuePeople,
    template: Option<&Template>,
) -> Result<()> {
    let (book, today) = (file.book(), app.today);
    let DuePeople { plan, listed, .. } = people;
    if let Some(template) = template {
        template.lines(&mut app.out, book, listed, today)?;
    } else if args.format.is_some() {
        waybar(&mut app.out, book, plan, listed, today)?;
    } else if args.count {
        app.line(listed.len().to_string())?;
    } else if args.quiet {
        if !listed.iter().any(|one| one.is_due_by(people.last_day)) {
            return Err(Error::No(3));
        }
    } else if app.json {
        let days = people.days(book);
        app.document(&json::due(book, plan, listed, &days, today))?;
    } else if args.why && !listed.is_empty() {
        why::all(&mut app.sink(), book, plan, listed, today)?;
    } else {
        if book.contacts.is_empty() {
            app.hint_to_start(book, file.shrunken());
        }
        people.table(&mut app.sink(), book)?;
    }
    Ok(())
}

/// The contacts that were asked for, as far as they pass the filter: by that day, in a week of that size.
fn people(app: &App, args: &DueArgs, book: &Book, filter: Filter) -> Result<DuePeople> {
    let by = args.by.as_deref().map(|by| app.day(by, Toward::By));
    let size = args.size.unwrap_or(book.week.touches);
    let people = people_of(app, &args.who, book, filter, (by.transpose()?, size))?;
    // A status bar, an exit code and a size are about the week.
    let is_about_week = args.quiet || args.size.is_some() || args.format.as_deref() == Some(WAYBAR);
    Ok(if args.dormant {
        people.only_dormant(book, args.who.all)
    } else if people.is_week_of_place() && !is_about_week {
        people.everyone_there(book)
    } else {
        people
    })
}

/// The contacts that were asked for, in the week as it is.
pub(super) fn people_of_week(app: &App, who: &DueWho, book: &Book) -> Result<DuePeople> {
    let filter = who.filter.filter(book)?;
    people_of(app, who, book, filter, (None, book.week.touches))
}

/// The contacts that were asked for, as far as they pass the filter, by a day and in a week of that size.
fn people_of(
    app: &App,
    who: &DueWho,
    book: &Book,
    filter: Filter,
    (by, size): (Option<NaiveDate>, u32),
) -> Result<DuePeople> {
    let today = app.today;
    let named = app.pick_all(book, &who.names)?;
    let plan = week::plan(book, today, size);
    let (span, mut listed) = if !named.is_empty() {
        (DueSpan::Named, of_named(book, &named, today))
    } else if who.all || by.is_some() {
        let mut everyone = week::by_class(book, today);
        everyone.retain(|one| by.is_none_or(|by| one.is_due_by(by)));
        (DueSpan::Everyone, everyone)
    } else {
        (DueSpan::Week, plan.listed.clone())
    };
    listed.retain(|one| filter.takes(book.contact(one.id)));
    Ok(DuePeople {
        span,
        last_day: by.unwrap_or_else(|| book.week.last_day(today)),
        filter,
        typed_filter: who.filter.typed(),
        plan,
        listed,
        today,
    })
}

/// Those who were named, by class; then those of them without a due day.
fn of_named(book: &Book, named: &[ContactId], today: NaiveDate) -> Vec<Standing> {
    let mut listed = week::by_class(book, today);
    listed.retain(|standing| named.contains(&standing.id));
    let is_listed = |id: &ContactId| listed.iter().any(|standing| standing.id == *id);
    let others: Vec<_> = named.iter().filter(|id| !is_listed(id)).collect();
    listed.extend(others.into_iter().map(|id| standing(book, *id, today)));
    listed
}
