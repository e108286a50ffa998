use std::sync::Arc;

use clap::Args;

use super::addresses::{emails, links, phones};
use super::through;
use crate::app::{App, pick};
use crate::commands::dated::planning;
use crate::domain::dates::annual_day;
use crate::domain::dates::day::Toward;
use crate::domain::due::rule::standing;
use crate::domain::text::is_hidden;
use crate::domain::{Book, Cadence, Contact, ContactId, Touch};
use crate::error::{Error, Result};
use crate::render::words::days;
use crate::render::words::never::due_or_remedy;
use crate::store::{BookFile, Edit};

/// Record a contact
///
/// The first contact creates the book, with four buckets to start from.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep add \"Ida Friis\" -b clients --email ida@fjord.example\n  netkeep add \"Cy Ng\" -b friends --met \"at the harbour\" --last \"3 weeks ago\""
)]
pub(crate) struct AddArgs {
    /// The name, as you would write it
    #[arg(required = true)]
    name: Vec<String>,
    /// The bucket, which gives the contact its cadence; `none` for no bucket
    #[arg(short, long)]
    bucket: Option<String>,
    /// An e-mail address (can be repeated)
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    /// A phone number (can be repeated)
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// The company
    #[arg(long)]
    company: Option<String>,
    /// What they do there
    #[arg(long)]
    title: Option<String>,
    /// A page about them (can be repeated)
    #[arg(long, value_name = "URL")]
    link: Vec<String>,
    /// A tag (can be repeated, or a list with commas)
    #[arg(long, value_delimiter = ',')]
    tag: Vec<String>,
    /// The city
    #[arg(long)]
    city: Option<String>,
    /// The postal address
    #[arg(long)]
    address: Option<String>,
    /// The birthday: 1984-03-12, or --03-12 without the year
    #[arg(long, value_name = "BIRTHDAY", allow_hyphen_values = true)]
    birthday: Option<String>,
    /// Where you met, and who introduced you
    #[arg(long, value_name = "TEXT")]
    met: Option<String>,
    /// The contact who introduced you: `met` gets their name
    #[arg(long, value_name = "CONTACT")]
    through: Option<String>,
    /// Another name to find them by (can be repeated)
    #[arg(long, value_name = "NAME")]
    aka: Vec<String>,
    /// A cadence of their own, like "3 weeks"
    #[arg(long)]
    cadence: Option<String>,
    /// Never left to rest, and always in the week
    #[arg(long)]
    friendly: bool,
    /// Notes
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The day you were last in touch
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    last: Option<String>,
}

/// What a new book starts with.
pub(super) const NEW_BOOK: &str = include_str!("new_book.toml");

/// Says that the book was created, if it was.
pub(super) fn say_created(app: &mut App, file: &BookFile) -> Result<()> {
    if file.is_new() {
        let path = file.path().display();
        app.line(format!(
            "Created {path} with the buckets clients, prospects, colleagues and friends"
        ))?;
    }
    Ok(())
}

pub(crate) fn run(app: &mut App, args: &AddArgs) -> Result<()> {
    let file = app.open_or_create(NEW_BOOK)?;
    let book = file.book();
    let mut contact = contact(app, args, book, file.is_new())?;
    let by = app.introducer(book, args.through.as_deref())?;
    if let Some((by, typed)) = by.zip(args.through.as_deref()) {
        through::check_words(&args.name, typed, book.contact(by))?;
        contact.met = Some(met_through(book, &contact, by)?);
    }
    let name = contact.name.clone();
    if let Some(alike) = pick::free(book, &name, None)? {
        app.note(format!("`{alike}` is in the book too"));
    }

    let Some(change) = app.save(&file, &[Edit::Add(Box::new(contact))])? else {
        return Ok(());
    };

    say_created(app, &file)?;
    let id = ContactId(change.book.contacts.len() - 1);
    let added = change.book.contact(id);
    let to = added.bucket.as_ref();
    let to = to.map_or(String::new(), |bucket| format!(" to {bucket}"));
    let standing = standing(&change.book, id, app.today);
    let due = due_or_remedy(&change.book, &standing, app.today);
    let due = match standing.due {
        None if added.bucket.is_none() => format!("in no bucket, so {due}"),
        _ => due,
    };
    let by = by.map(|by| &change.book.contact(by).name);
    let through = by.map_or(String::new(), |by| format!(", met through {by}"));
    app.line(format!("Added {name}{to}{through}; {due}"))
}

/// What `met` says of the new contact.
fn met_through(book: &Book, contact: &Contact, by: ContactId) -> Result<String> {
    let mut book = book.clone();
    let id = ContactId(book.contacts.len());
    book.contacts.push(Arc::new(contact.clone()));
    through::met(&book, id, contact.met.as_deref().unwrap_or_default(), by)
}

fn contact(app: &App, args: &AddArgs, book: &Book, is_new: bool) -> Result<Contact> {
    let last = args.last.as_deref().map(|last| app.day(last, Toward::Past));
    let last = last.transpose()?;
    if let Some((day, typed)) = last.zip(args.last.as_deref())
        && day > app.today
    {
        let plan = planning(typed, None, &[args.name.join(" ")]);
        return Err(Error::FutureTouch {
            day: days::date(day, app.today),
            hint: format!("leave `--last` out; `{plan}` then plans one"),
        });
    }
    let bucket = bucket(args, book, is_new)?;
    let cadence = args.cadence.as_deref().map(str::parse::<Cadence>);
    let birthday = args.birthday.as_deref().map(annual_day::birthday);
    let several = |items: &[String]| {
        let items = items.iter().map(|item| item.trim().to_owned());
        items.filter(|item| !item.is_empty()).collect::<Vec<_>>()
    };
    Ok(Contact {
        name: name(&one_name(book, &args.name)?)?,
        aka: several(&args.aka),
        bucket,
        cadence: cadence.transpose()?,
        company: given(args.company.as_ref()),
        title: given(args.title.as_ref()),
        email: emails(&several(&args.email))?,
        phone: phones(&several(&args.phone))?,
        links: links(&several(&args.link))?,
        address: given(args.address.as_ref()),
        city: given(args.city.as_ref()),
        birthday: birthday.transpose()?,
        tags: several(&args.tag),
        met: given(args.met.as_ref()),
        friendly: args.friendly,
        added: Some(app.today),
        notes: given(args.note.as_ref()),
        touches: last.map(Touch::on).into_iter().collect(),
        ..Contact::default()
    })
}

/// The words of a name as one. What comes after a whole name, an address or a bucket is no part of it.
fn one_name(book: &Book, words: &[String]) -> Result<String> {
    let is_name = |word: &String| {
        let is_part =
            |c: char| c.is_alphabetic() || matches!(c, '-' | '.' | ',' | '\'' | '’' | '(' | ')');
        word.chars().all(is_part) && pick::bucket(book, word).is_err()
    };
    if words.len() > 1
        && let Some(other) = words.iter().find(|word| !is_name(word))
    {
        let first_is_whole = words[0].contains(' ');
        let other = if first_is_whole { &words[1] } else { other };
        return Err(Error::usage(
            format!("`{other}` is no part of a name"),
            "say what follows the name with an option: `-b`, `--email`, `--phone` or `--note`",
        ));
    }
    Ok(words.join(" "))
}

/// A text that was typed, if there is something to see in it.
pub(super) fn given(typed: Option<&String>) -> Option<String> {
    let typed = typed.map(|typed| typed.trim());
    typed.filter(|typed| !typed.is_empty()).map(str::to_owned)
}

/// The bucket that was asked for. A book that does not exist yet has the four that it will start with.
fn bucket(args: &AddArgs, book: &Book, is_new: bool) -> Result<Option<String>> {
    let Some(typed) = &args.bucket else {
        return Ok(book.defaults.bucket.clone());
    };
    match pick::bucket_or_none(book, typed) {
        Err(Error::NoSuchBucket {
            near: None, typed, ..
        }) if is_new => Err(Error::NotYetABucket(typed)),
        found => found,
    }
}

/// Checks a name: it has something to see, and no control characters.
pub(crate) fn name(typed: &str) -> Result<String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(Error::Blank("a name"));
    }
    let acts = |c| is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}');
    if name.chars().any(acts) {
        return Err(Error::usage(
            format!("`{typed}` is not a name: it holds a control character"),
            "type it without control characters",
        ));
    }
    Ok(name.to_owned())
}
