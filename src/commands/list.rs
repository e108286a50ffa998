mod birthdays;
mod by_key;

use clap::Args;

use super::grammar::{ArgValue, one_of};
use crate::app::App;
use crate::app::filter_args::FilterArgs;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::find::filter::Filter;
use crate::domain::find::sort::{SortValue, sort};
use crate::domain::{Book, Cadence, ContactId, Field};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::terminal::template::Template;
use crate::render::views::{list, promises as render};
use crate::render::words::messages::typed_name;
use crate::store::Detail;

/// List contacts, or find those that mention a text
///
/// Every TEXT must be in some field: a name, a company, a city, a tag, notes, a touch ... Case and accents do not
/// matter. KEY=VALUE looks for a part of the value of that key alone, one of your own too; `city=` finds those without a
/// city. A blank before a text with an equals sign says that it is a text: `netkeep list ' a=b'`.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep list conference --sort last --reverse\n  netkeep list city=madrid tags=rust"
)]
pub(crate) struct ListArgs {
    /// What to look for: a text, or KEY=VALUE
    text: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Only those this contact introduced, by `met` or by an introduction you got
    #[arg(long, value_name = "CONTACT")]
    through: Option<String>,
    /// The order; by default, that of the file
    #[arg(long, value_name = "KEY", value_parser = one_of(ORDERS))]
    sort: Option<SortValue>,
    /// What you promised, and plans with a reason: the oldest first, those without a day last
    #[arg(long, conflicts_with = "sort")]
    promised: bool,
    /// Birthdays and other days, by the day on which they come next
    #[arg(long, conflicts_with_all = ["sort", "promised"])]
    birthdays: bool,
    /// With --birthdays: only those of the coming time, like 30d, 2w or "3 months"
    #[arg(long, value_name = "TIME", value_parser = birthdays::time)]
    within: Option<Cadence>,
    /// Reverse the order
    #[arg(long)]
    reverse: bool,
    /// A line for each, like '{name}\t{email}'
    #[arg(long, value_name = "TEMPLATE", conflicts_with = "promised")]
    format: Option<String>,
}

const ORDERS: [ArgValue<SortValue>; 7] = [
    ("name", "", SortValue::Text(Field::Name)),
    ("bucket", "", SortValue::Text(Field::Bucket)),
    ("company", "", SortValue::Text(Field::Company)),
    ("city", "", SortValue::Text(Field::City)),
    ("last", "The longest silence first", SortValue::Last),
    ("due", "The earliest due day first", SortValue::Due),
    ("added", "The longest known first", SortValue::Added),
];

pub(crate) fn run(app: &mut App, args: &ListArgs) -> Result<()> {
    app.check_form(&[("--format", args.format.is_some())])?;
    if let Some(within) = args.within.filter(|_| !args.birthdays) {
        return Err(Error::usage(
            "`--within` is for birthdays and other days",
            format!("write `netkeep list --birthdays --within '{within}'`"),
        ));
    }
    let form = args.format.as_deref().map(str::parse::<Template>);
    let form = form.transpose()?;
    let is_plain = args.format.is_none() && !app.json;
    let is_table = args.text.is_empty() && args.through.is_none() && is_plain && !args.promised;
    let detail = if is_table {
        Detail::Newest(app.today)
    } else {
        Detail::All
    };
    let mut file = app.read_or_empty(detail)?;
    let book = file.book();
    let through = args.through.as_deref();
    let through = app.introducer(book, through.filter(|_| !book.contacts.is_empty()))?;
    let brought = through.map(|by| BroughtBy::of(book, app.today).brought(by));
    if let Some(by) = through
        && brought.as_ref().is_some_and(Vec::is_empty)
        && !app.json
    {
        let name = &book.contact(by).name;
        let typed = typed_name(name);
        app.note(format!(
            "nobody was met through {name}; `netkeep edit NAME --through {typed}` says who was"
        ));
        return Ok(());
    }
    let ids = found(app, book, args, brought)?;
    let mut columns = book.defaults.columns.list.iter();
    if is_table && columns.any(|column| column.needs_all_words()) {
        file.fill(ids.iter().copied())?;
    }

    let (book, today) = (file.book(), app.today);
    if app.says_how_to_start(&file) {
        return Ok(());
    }
    if args.birthdays && (app.json || !ids.is_empty()) {
        return birthdays::answer(app, book, &ids, args, form.as_ref());
    }
    if let Some(form) = form {
        let standings = ids.iter().map(|id| standing(book, *id, today));
        let standings: Vec<Standing> = standings.collect();
        return Ok(form.lines(&mut app.out, book, &standings, today)?);
    }
    if args.promised {
        let mut entries = promises(book, &ids, today);
        if args.reverse {
            entries.reverse();
        }
        return app.answer(
            || json::promised(book, &entries, today),
            |sink| render::promises(sink, book, &entries, today),
        );
    }
    if ids.is_empty() && !app.json {
        let all = match book.contacts.len() {
            1 => "the one contact does not match".to_owned(),
            all => format!("none of the {all} contacts matches"),
        };
        app.note(all);
        return Ok(());
    }
    app.answer(
        || json::list(book, &ids, today),
        |sink| list::list(sink, book, &ids, today),
    )?;
    // The process is about to end, and freeing so much memory piece by piece takes time.
    std::mem::forget(file);
    Ok(())
}

/// The contacts that were asked for, in the order of the list: of all, or of those that someone brought.
fn found(
    app: &App,
    book: &Book,
    args: &ListArgs,
    brought: Option<Vec<ContactId>>,
) -> Result<Vec<ContactId>> {
    let (asked, texts) = by_key::divided(&args.text);
    let filter = Filter {
        texts,
        ..args.filter.filter(book)?
    };
    let takes = |id: &ContactId| filter.takes(book.contact(*id));
    let mut ids = brought.unwrap_or_else(|| book.ids().collect());
    ids.retain(takes);
    by_key::retain(app, book, &mut ids, &asked)?;
    match args.sort {
        Some(key) => sort(book, &mut ids, key, args.reverse, app.today),
        None if args.reverse => ids.reverse(),
        None => {}
    }
    Ok(ids)
}
