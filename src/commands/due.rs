use chrono::NaiveDate;
use clap::Args;

use crate::app::{App, pick};
use crate::domain::day::Toward;
use crate::domain::due::{Standing, all, standing};
use crate::domain::filter::Filter;
use crate::domain::{Book, ContactId};
use crate::error::Result;
use crate::render::why::Place;
use crate::render::{days, due, json, why};
use crate::store::BookFile;

/// Show who to reach out to this week
///
/// Lists everyone who is due by the end of the week, the longest overdue for their cadence first. A planned next touch
/// comes before the cadence; paused and resting contacts are left alone.
#[derive(Args, Debug)]
pub(crate) struct DueArgs {
    /// Only these contacts, due or not
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
    /// Show the arithmetic instead
    #[arg(long)]
    why: bool,
}

pub(crate) fn run(app: &mut App, args: &DueArgs) -> Result<()> {
    let file = app.open_or_empty()?;
    let book = file.book();
    let today = app.today;
    let week_end = book.week.last_day(today);
    let by = args
        .by
        .as_deref()
        .map(|by| app.day(by, Toward::By))
        .transpose()?
        .unwrap_or(week_end);
    let filter = filter(app, book, &args.bucket, &args.tag)?;
    let named = pick::all(book, &args.names)?;

    let everyone = all(book, today);
    let is_meant = |standing: &&Standing| match named.as_slice() {
        [] => args.all || standing.is_due_by(by),
        named => named.contains(&standing.id),
    };
    let mut listed: Vec<Standing> = everyone
        .iter()
        .filter(is_meant)
        .filter(|standing| filter.takes(book.contact(standing.id)))
        .cloned()
        .collect();
    // Those who were named are shown even if nothing asks for a touch with them.
    let without = named
        .iter()
        .filter(|id| !everyone.iter().any(|standing| standing.id == **id));
    listed.extend(without.map(|id| standing(book, *id, today)));

    if app.json {
        return Ok(json::due(&mut app.out, book, &listed, today, week_end)?);
    }
    if args.why {
        return explain(app, book, &everyone, &listed, week_end);
    }
    if listed.is_empty() {
        return nobody(app, &file, &everyone, &filter, args.all, by);
    }
    due::due(&mut app.sink(), book, &listed, today, week_end)?;
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

fn explain(
    app: &mut App,
    book: &Book,
    everyone: &[Standing],
    listed: &[Standing],
    week_end: NaiveDate,
) -> Result<()> {
    let due: Vec<ContactId> = everyone
        .iter()
        .filter(|standing| standing.is_due_by(week_end))
        .map(|standing| standing.id)
        .collect();
    let today = app.today;
    for (at, standing) in listed.iter().enumerate() {
        if at > 0 {
            app.sink().gap()?;
        }
        let place = due.iter().position(|id| *id == standing.id);
        let place = place.map(|place| Place {
            place: place + 1,
            of: due.len(),
        });
        why::why(&mut app.sink(), book, standing, place, today)?;
    }
    Ok(())
}

/// Says that nobody is due, and who comes next.
fn nobody(
    app: &mut App,
    file: &BookFile,
    everyone: &[Standing],
    filter: &Filter,
    all: bool,
    by: NaiveDate,
) -> Result<()> {
    let book = file.book();
    if book.contacts.is_empty() {
        app.hint_to_start(file);
        return Ok(());
    }
    let today = app.today;
    let until = if all {
        String::new()
    } else {
        format!(" by {}", days::date(by, today))
    };
    let next = everyone
        .iter()
        .filter(|standing| standing.quiet.is_none() && filter.takes(book.contact(standing.id)))
        .min_by_key(|standing| standing.due);
    let next = next.and_then(|next| Some((&book.contact(next.id).name, next.due?)));
    let next = next
        .map(|(name, due)| format!("; next is {name}, {}", days::date_and_distance(due, today)));
    app.sink()
        .line(format!("Nobody is due{until}{}", next.unwrap_or_default()))?;
    Ok(())
}
