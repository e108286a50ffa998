mod answer;
mod form;

use clap::Args;

use self::answer::{DueAnswer, DueSpan, People};
use self::form::Form;
use crate::app::{App, pick};
use crate::domain::dates::day::Toward;
use crate::domain::find::filter::Filter;
use crate::domain::planning::rhythm;
use crate::error::Result;
use crate::store::{Detail, ReadOnlyBook};

/// Show who to reach out to this week
///
/// Fills the week: promises and people marked `friendly` are always included, then come those past their limit, then the
/// rest, with buckets taking turns by share. Those who do not fit can wait and are only counted.
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
    /// No answer but the exit code: 0 when someone is due, 3 when nobody is
    #[arg(short, long, conflicts_with_all = ["why", "resting", "fading", "json", "format", "count"])]
    quiet: bool,
}

pub(crate) fn run(app: &mut App, args: &DueArgs) -> Result<()> {
    let is_found_by_text = !args.names.is_empty() || !args.tag.is_empty();
    let keep = if is_found_by_text {
        Detail::Names
    } else {
        Detail::Days
    };
    let mut file = if args.quiet {
        app.read_or_empty_quietly(keep)?
    } else {
        app.read_or_empty(keep)?
    };
    let form = form(args, app.json)?;
    let filter = app.filter(file.book(), &args.bucket, &args.tag)?;
    let answer = answer(app, args, &file, &filter, &form)?;
    // Counts and exit codes need none of the words.
    if !matches!(form, Form::Count | Form::ExitCode) {
        file.fill(answer.ids())?;
    }
    form.write(app, &file, &answer)?;
    // The process is about to end, and freeing so much memory piece by piece takes time.
    std::mem::forget(file);
    Ok(())
}

fn form(args: &DueArgs, json: bool) -> Result<Form> {
    Ok(match args.format.as_deref() {
        // A template has a field in it, so this word is not one.
        Some("waybar") => Form::Waybar,
        Some(template) => Form::Lines(template.parse()?),
        None if args.count => Form::Count,
        None if args.quiet => Form::ExitCode,
        None if json => Form::Json,
        None if args.why => Form::Why,
        None => Form::Table,
    })
}

fn answer(
    app: &App,
    args: &DueArgs,
    file: &ReadOnlyBook,
    filter: &Filter,
    form: &Form,
) -> Result<DueAnswer> {
    let (book, today) = (file.book(), app.today);
    if args.resting {
        let mut resting = rhythm::resting(book, today);
        resting.retain(|one| filter.takes(book.contact(one.id)));
        return Ok(DueAnswer::Resting(resting));
    }
    if args.fading {
        let mut fading = rhythm::fading(book, today);
        fading.retain(|one| filter.takes(book.contact(one.id)));
        return Ok(DueAnswer::Fading(fading));
    }
    let named = pick::all(book, &args.names)?;
    let by = args.by.as_deref().map(|by| app.day(by, Toward::By));
    let span = match (named.as_slice(), by.transpose()?) {
        ([], None) if !args.all => DueSpan::Week,
        ([], by) => DueSpan::Everyone { by },
        (_, by) => DueSpan::Named { ids: named, by },
    };
    let size = args.size.unwrap_or(book.week.touches);
    let mut people = People::of(book, span, size, filter, today);
    if form.is_table() {
        people.look_ahead(book, filter, today);
    }
    Ok(DueAnswer::People(people))
}
