mod form;

use chrono::NaiveDate;
use clap::Args;

use self::form::Form;
use crate::app::{App, pick};
use crate::domain::dates::day::Toward;
use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::filter::Filter;
use crate::domain::planning::regroup;
use crate::domain::planning::rhythm::{self, Silence};
use crate::domain::planning::week::{self, WeekPlan};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::{due, silence, week as head, why};
use crate::render::words::days;
use crate::store::{Detail, ReadOnlyBook};

/// Show who to reach out to this week
///
/// Fills the week: what you promised and the friendly always stand in it, then come those past their limit, then the
/// rest, buckets taking turns by share. Who does not fit can wait and is only counted.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep due\n  netkeep due --all -b clients")]
pub(crate) struct DueArgs {
    /// Only these contacts, due or not
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only this bucket (can be repeated)
    #[arg(short, long)]
    bucket: Vec<String>,
    /// Only contacts with this tag (can be repeated)
    #[arg(long)]
    tag: Vec<String>,
    /// Everyone who has a due day, whenever it is
    #[arg(long)]
    all: bool,
    /// Everyone due by that day, like "in 2 weeks"
    #[arg(long, value_name = "DATE", conflicts_with = "all")]
    by: Option<String>,
    /// How many contacts the week holds, this time
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
    /// A line for each, like '{name}\t{phone}', or `waybar` for a status bar
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["why", "resting", "fading", "json"])]
    format: Option<String>,
    /// Only how many there are
    #[arg(long, conflicts_with_all = ["why", "resting", "fading", "json", "format"])]
    count: bool,
    /// No answer but the exit code: 0 when somebody is due, 3 when nobody is
    #[arg(short, long, conflicts_with_all = ["why", "resting", "fading", "json", "format", "count"])]
    quiet: bool,
}

/// Of `--quiet`, whose answer is the exit code alone.
const NOBODY: Error = Error::No { code: 3 };

pub(crate) fn run(app: &mut App, args: &DueArgs) -> Result<()> {
    let by_words = !args.names.is_empty() || !args.tag.is_empty();
    let keep = if by_words {
        Detail::Names
    } else {
        Detail::Days
    };
    let mut file = if args.quiet {
        app.read_or_empty_quietly(keep)?
    } else {
        app.read_or_empty(keep)?
    };
    answer(app, args, &mut file)?;
    // The process is about to end, and to give so much memory back piece by piece takes time.
    std::mem::forget(file);
    Ok(())
}

fn answer(app: &mut App, args: &DueArgs, file: &mut ReadOnlyBook) -> Result<()> {
    let form = args.format.as_deref().map(Form::of).transpose()?;
    let book = file.book();
    let today = app.today;
    let filter = filter(app, book, &args.bucket, &args.tag)?;
    if args.resting || args.fading {
        return silent(app, file, args, &filter);
    }
    let named = pick::all(book, &args.names)?;
    let by = args.by.as_deref().map(|by| app.day(by, Toward::By));
    let by = by.transpose()?;

    let mut plan = week::plan(book, today, args.size.unwrap_or(book.week.touches));
    let is_asked_for = |book: &Book, one: &Standing| filter.takes(book.contact(one.id));
    let mut listed = match (named.as_slice(), by) {
        ([], None) if !args.all => plan.listed.clone(),
        ([], by) => {
            let is_in = |one: &Standing| by.is_none_or(|by| one.is_due_by(by));
            let everyone = week::by_class(book, today).into_iter();
            everyone.filter(is_in).collect()
        }
        (named, _) => of_named(book, named, today),
    };
    listed.retain(|one| is_asked_for(book, one));
    if args.count {
        return Ok(app.sink().line(listed.len().to_string())?);
    }
    if args.quiet {
        let day = by.unwrap_or(book.week.last_day(today));
        let is_anybody = listed.iter().any(|one| one.is_due_by(day));
        return if is_anybody { Ok(()) } else { Err(NOBODY) };
    }
    file.fill(listed.iter().map(|standing| standing.id))?;
    let book = file.book();

    if let Some(form) = form {
        return form.write(app, book, &plan, &listed);
    }
    if app.json {
        return Ok(json::due(&mut app.out, book, &plan, &listed, today)?);
    }
    if args.why && !listed.is_empty() {
        return explain(app, book, &plan, &listed);
    }
    if args.all || by.is_some() || !named.is_empty() {
        if listed.is_empty() {
            return nobody(app, file, &filter, "Nobody", by);
        }
        let headed = named.is_empty();
        return Ok(due::rows(&mut app.sink(), book, &listed, today, headed)?);
    }
    let is_too_much = plan.is_too_much(book);
    plan.waiting.retain(|one| is_asked_for(book, one));
    this_week(app, file, &filter, &plan, &listed)?;
    if args.bucket.is_empty() && args.tag.is_empty() {
        let is_time = regroup::is_time(book, today);
        head::reminders(&mut app.sink(), is_too_much, is_time)?;
    }
    Ok(())
}

/// Those who were named, by class; they are shown even if nothing asks for a touch with them.
fn of_named(book: &Book, named: &[ContactId], today: NaiveDate) -> Vec<Standing> {
    let mut listed = week::by_class(book, today);
    listed.retain(|standing| named.contains(&standing.id));
    let without = |id: &&ContactId| !listed.iter().any(|standing| standing.id == **id);
    let without: Vec<Standing> = named
        .iter()
        .filter(without)
        .map(|id| standing(book, *id, today))
        .collect();
    listed.extend(without);
    listed
}

/// The week: where it stands, who is to be reached, who can wait.
fn this_week(
    app: &mut App,
    file: &ReadOnlyBook,
    filter: &Filter,
    plan: &WeekPlan,
    listed: &[Standing],
) -> Result<()> {
    let today = app.today;
    let is_over = listed.is_empty() && plan.waiting.is_empty();
    if is_over && plan.done == 0 {
        return nobody(app, file, filter, "Nobody", None);
    }
    head::head(&mut app.sink(), plan, listed.len())?;
    if is_over {
        return nobody(app, file, filter, "Nobody else", None);
    }
    if !listed.is_empty() {
        app.sink().gap()?;
        due::rows(&mut app.sink(), file.book(), listed, today, false)?;
    }
    if !plan.waiting.is_empty() {
        app.sink().gap()?;
        head::foot(&mut app.sink(), file.book(), &plan.waiting)?;
    }
    Ok(())
}

/// The filter that the options make.
pub(crate) fn filter(
    app: &App,
    book: &Book,
    buckets: &[String],
    tags: &[String],
) -> Result<Filter> {
    let buckets = buckets
        .iter()
        .map(|bucket| pick::bucket(book, bucket))
        .collect::<Result<Vec<String>>>()?;
    for tag in tags {
        let tagged = Filter {
            tags: vec![tag.clone()],
            ..Filter::default()
        };
        if !book.contacts.iter().any(|contact| tagged.takes(contact)) {
            app.note("note", &format!("nobody has the tag `{tag}`"));
        }
    }
    Ok(Filter {
        buckets,
        tags: tags.to_vec(),
        texts: vec![],
    })
}

fn explain(app: &mut App, book: &Book, plan: &WeekPlan, listed: &[Standing]) -> Result<()> {
    let today = app.today;
    for (at, standing) in listed.iter().enumerate() {
        if at > 0 {
            app.sink().gap()?;
        }
        why::why(
            &mut app.sink(),
            book,
            standing,
            plan.place(standing.id),
            today,
        )?;
    }
    Ok(())
}

/// Lists who rests, or who fades.
fn silent(app: &mut App, file: &mut ReadOnlyBook, args: &DueArgs, filter: &Filter) -> Result<()> {
    let book = file.book();
    let today = app.today;
    let mut silent = if args.resting {
        rhythm::resting(book, today)
    } else {
        rhythm::fading(book, today)
    };
    silent.retain(|one: &Silence| filter.takes(book.contact(one.id)));
    file.fill(silent.iter().map(|one| one.id))?;
    let book = file.book();
    let (key, nobody, hint) = if args.resting {
        let hint = "`netkeep log NAME --in` ends it when they answer, any other touch too";
        ("resting", "Nobody rests", hint)
    } else {
        let hint = "`netkeep move NAME BUCKET` keeps somebody in the loop";
        ("fading", "Nobody fades", hint)
    };
    if app.json {
        return Ok(json::silent(&mut app.out, book, key, &silent, today)?);
    }
    if silent.is_empty() {
        return Ok(app.sink().line(nobody)?);
    }
    if args.resting {
        silence::resting(&mut app.sink(), book, &silent, today)?;
    } else {
        silence::fading(&mut app.sink(), book, &silent, today)?;
    }
    app.out.flush()?;
    app.note("hint", hint);
    Ok(())
}

/// Says that nobody is due, and who comes next.
fn nobody(
    app: &mut App,
    file: &ReadOnlyBook,
    filter: &Filter,
    nobody: &str,
    by: Option<NaiveDate>,
) -> Result<()> {
    let book = file.book();
    if book.contacts.is_empty() {
        app.hint_to_start(book, file.shrunken());
        return Ok(());
    }
    let today = app.today;
    let by = by.unwrap_or(book.week.last_day(today));
    let everyone = week::by_class(book, today);
    if everyone.is_empty() {
        let line =
            "Nobody is ever due: no cadence asks (`netkeep triage` puts people into buckets)";
        return Ok(app.sink().line(line)?);
    }
    let next = everyone
        .iter()
        .filter(|standing| standing.quiet.is_none() && standing.due.is_some_and(|due| due > by))
        .filter(|standing| filter.takes(book.contact(standing.id)))
        .min_by_key(|standing| standing.due);
    let next = next.and_then(|next| Some((&book.contact(next.id).name, next.due?)));
    let next = next
        .map(|(name, due)| format!("; next is {name}, {}", days::date_and_distance(due, today)));
    let next = next.unwrap_or_default();
    app.sink().line(format!(
        "{nobody} is due by {}{next}",
        days::date(by, today)
    ))?;
    Ok(())
}
