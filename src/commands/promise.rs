mod choose;
mod make;

use clap::Args;

pub(super) use self::choose::{chosen, line, take_out};
pub(super) use self::make::Made;
use super::dated;
use crate::app::App;
use crate::domain::due::promises::promises;
use crate::domain::due::rule::standing;
use crate::domain::find::by_name::{NameMatch, find};
use crate::domain::text::fold;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::promises as views;
use crate::render::words::messages::{self, quoted, typed_argument, typed_name};
use crate::render::words::never::due_or_remedy;
use crate::store::{Detail, Edit};

/// Say what you will do for someone and by when, or that it is done
///
/// Alone, lists everything promised, the oldest first, and the plans with a reason, marked "plan"; with a name, what that
/// person was promised. A promise stays until `--done`, here or in `log`, whatever is touched; promised again with another
/// day, it moves to that day. Its day may bring the day on which they are due forward, and never puts it off.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep promise bo \"fri: send the photos\"\n  netkeep promise --done bo"
)]
pub(crate) struct PromiseArgs {
    /// A name, or enough of it to match one contact, as one argument
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// What you promise, after the day and a colon if there is a day: "fri: send the draft"
    #[arg(value_name = "[DATE: ]WHAT")]
    what: Option<String>,
    #[arg(hide = true)]
    more: Vec<String>,
    /// Take out what is done: the only promise, or the one with WORDS in it
    #[arg(long, value_name = "WORDS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    done: Option<String>,
}

impl PromiseArgs {
    pub(crate) fn writes(&self) -> bool {
        self.what.is_some() || self.done.is_some()
    }
}

pub(crate) fn run(app: &mut App, args: &PromiseArgs) -> Result<()> {
    match (&args.name, &args.what, &args.done) {
        _ if !args.more.is_empty() => Err(meant(app, args)?),
        (name, None, None) => list(app, name.as_deref()),
        (Some(name), Some(what), None) => promise(app, name, what),
        (Some(name), None, Some(words)) => done(app, name, words),
        (Some(_), Some(_), Some(_)) => Err(meant(app, args)?),
        (None, _, _) => Err(Error::usage(
            "`--done` needs the name of the person",
            "`netkeep promise` lists everything promised, with the names",
        )),
    }
}

/// Everything promised, or what one person was promised.
fn list(app: &mut App, name: Option<&str>) -> Result<()> {
    let today = app.today;
    let file = app.read_or_empty(Detail::Newest(today))?;
    let book = file.book();
    if name.is_none() && app.says_how_to_start(&file) {
        return Ok(());
    }
    let ids: Vec<ContactId> = match name {
        Some(name) => vec![app.pick(book, name)?],
        None => book.ids().collect(),
    };
    let entries = promises(book, &ids, today);
    let nothing = ids.first().filter(|_| name.is_some() && entries.is_empty());
    let nothing = nothing.map(|id| &book.contact(*id).name);
    app.answer(
        || json::promises(book, &entries, today),
        |sink| match nothing {
            Some(name) => sink.sentence(format!("Nothing is promised to {name}")),
            None => views::promises(sink, book, &entries, today),
        },
    )
}

fn promise(app: &mut App, name: &str, what: &str) -> Result<()> {
    let mut file = app.open_to_change_in(Detail::Names)?;
    if !app.is_certain(name) {
        refuse_rest_of_name(file.book(), name, what)?;
    }
    let contact = app.pick(file.book(), name)?;
    file.fill(&[contact]);
    let known = file.book().contact(contact);
    let typed = dated::promise(app.today, what)?;
    let has_day = typed.by.is_some();
    let made = Made::of(&known.promises, typed);
    if let Made::Known(there) = made {
        return Err(Error::PromisedAlready {
            name: known.name.clone(),
            what: there.what.clone(),
            promise: messages::what_by(&there.what, there.by, app.today),
        });
    }

    let edits: Vec<Edit> = made.edit(contact).into_iter().collect();
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    let promised = made.said(&known.name, app.today).unwrap_or_default();
    // Without a day, it changes nothing about when they are due.
    if !has_day {
        return app.line(promised);
    }
    let due = messages::due(&standing(&change.book, contact, app.today), app.today);
    app.line(format!("{promised}; {due}"))
}

fn done(app: &mut App, name: &str, words: &str) -> Result<()> {
    let mut file = app.open_to_change_in(Detail::Names)?;
    let contact = app.pick(file.book(), name)?;
    file.fill(&[contact]);
    let book = file.book();
    let entry = chosen(
        app,
        book,
        promises(book, &[contact], app.today),
        contact,
        words,
    )?;

    let Some(change) = app.save(&file, &[take_out(&entry)])? else {
        return Ok(());
    };

    let done = messages::done(&entry, app.today);
    let standing = standing(&change.book, contact, app.today);
    let due = due_or_remedy(&change.book, &standing, app.today);
    app.line(format!("{done}; {} is {due}", book.contact(contact).name))
}

/// Refuses a second word of a name as a promise: `sofia olsen` is a person.
fn refuse_rest_of_name(book: &Book, name: &str, what: &str) -> Result<()> {
    let NameMatch::One(id) = find(book, &format!("{name} {what}")) else {
        return Ok(());
    };
    let (first, rest) = (fold(name), fold(what));
    let is_first = |word: &str| first.split(' ').any(|other| other == word);
    let is_of = |whole: &String| {
        let whole = fold(whole);
        let is_of = |word: &str| whole.split(' ').any(|other| other == word);
        rest.split(' ').all(|word| is_of(word) && !is_first(word))
    };
    let contact = book.contact(id);
    if rest.is_empty() || what.contains(':') || !contact.names().any(is_of) {
        return Ok(());
    }
    let quoted = typed_name(&contact.name);
    Err(Error::usage(
        format!("`{name} {what}` is a name, and no promise"),
        format!(
            "quote the name: `netkeep promise {quoted}`; or put a colon before the promise: `: {what}`"
        ),
    ))
}

/// The error for too many arguments, with the line that was meant.
fn meant(app: &App, args: &PromiseArgs) -> Result<Error> {
    let words = args.name.iter().chain(&args.what).chain(&args.more);
    let words: Vec<&str> = words.map(String::as_str).collect();
    let file = app.read_or_empty(Detail::Names)?;
    let is_name = |words: &[&str]| matches!(find(file.book(), &words.join(" ")), NameMatch::One(_));
    if let [name, what, ..] = words.as_slice()
        && what.contains([':', ' '])
        && args.more.iter().any(|word| word.contains(':'))
        && is_name(&[*name])
    {
        return Ok(Error::usage(
            "one thing is promised at a time",
            format!(
                "start with `netkeep promise {} {}`",
                typed_argument(name),
                quoted(what)
            ),
        ));
    }
    let at_start = (1..=words.len()).rev().find(|at| is_name(&words[..*at]));
    let at_end = (1..words.len()).find(|at| at_start.is_none() && is_name(&words[*at..]));
    let (name, what) = match at_end {
        Some(at) => (&words[at..], &words[..at]),
        None => words.split_at(at_start.unwrap_or(1)),
    };
    let (name, what) = (typed_argument(&name.join(" ")), what.join(" "));
    let line = match args.done.as_deref() {
        None if what.is_empty() => name,
        None => format!("{name} {}", quoted(&what)),
        Some("") if what.is_empty() => format!("--done {name}"),
        Some("") => format!("--done={} {name}", quoted(&what)),
        Some(words) => format!("--done={} {name}", quoted(words)),
    };
    Ok(Error::usage(
        "a name is one argument, and what you promise is another",
        format!("did you mean `netkeep promise {line}`?"),
    ))
}
