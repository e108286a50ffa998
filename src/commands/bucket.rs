use clap::{Args, Subcommand};

use super::add::{NEW_BOOK, say_created};
use crate::app::{App, pick};
use crate::domain::find::filter::is_none;
use crate::domain::{Book, Bucket, Cadence};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::{diff, tables};
use crate::render::words::messages::UNDO;
use crate::render::words::plural::{and, count};
use crate::store::{Edit, Setting};

/// List, add, change, rename or remove buckets
///
/// A bucket is a group of contacts with a cadence: how long they may go without a touch.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep bucket\n  netkeep bucket set friends --cadence monthly"
)]
pub(crate) struct BucketArgs {
    #[command(subcommand)]
    command: Option<BucketCommand>,
}

#[derive(Debug, Subcommand)]
enum BucketCommand {
    /// List the buckets, and how many are in them and due this week
    #[command(before_help = "Examples:\n  netkeep bucket list\n  netkeep bucket list --json")]
    List,
    /// Add a bucket
    #[command(
        before_help = "Examples:\n  netkeep bucket add mentors --cadence quarterly\n  netkeep bucket add \"old friends\" --cadence \"6 months\" --share 2"
    )]
    Add {
        /// Its name
        name: String,
        /// How long its contacts may go without a touch, like "4 weeks"
        #[arg(long)]
        cadence: String,
        /// The longest you would ever let it go [default: one and a half times the cadence]
        #[arg(long, value_name = "CADENCE")]
        limit: Option<String>,
        /// Its weight when the week is too full
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(..=9999))]
        share: u32,
        /// How many people it is meant to hold; more are told, never refused
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=9999))]
        size: Option<u32>,
    },
    /// Change a bucket
    #[command(
        before_help = "Examples:\n  netkeep bucket set clients --share 2\n  netkeep bucket set friends --cadence monthly --limit \"3 months\""
    )]
    #[command(group = clap::ArgGroup::new("setting").required(true).multiple(true))]
    Set {
        /// Its name
        #[arg(value_name = "BUCKET")]
        name: String,
        /// How long its contacts may go without a touch
        #[arg(long, group = "setting")]
        cadence: Option<String>,
        /// The longest you would ever let it go
        #[arg(long, value_name = "CADENCE", group = "setting")]
        limit: Option<String>,
        /// Its weight when the week is too full
        #[arg(long, value_name = "N", group = "setting", value_parser = clap::value_parser!(u32).range(..=9999))]
        share: Option<u32>,
        /// How many people it is meant to hold, or `none`
        #[arg(long, value_name = "N", group = "setting", allow_hyphen_values = true)]
        size: Option<String>,
    },
    /// Rename a bucket, for its contacts too
    #[command(
        before_help = "Examples:\n  netkeep bucket rename clients customers\n  netkeep bucket rename friends \"old friends\" -n"
    )]
    Rename {
        /// Its name
        #[arg(value_name = "BUCKET")]
        name: String,
        /// The new name
        #[arg(value_name = "NEW")]
        to: String,
    },
    /// Remove a bucket that nobody is in
    #[command(
        before_help = "Examples:\n  netkeep bucket add mentors --cadence yearly && netkeep bucket remove mentors\n  netkeep move sean greta clients && netkeep bucket remove prospects"
    )]
    Remove {
        /// Its name
        #[arg(value_name = "BUCKET")]
        name: String,
    },
}

impl BucketArgs {
    pub(crate) fn writes(&self) -> bool {
        !matches!(self.command, None | Some(BucketCommand::List))
    }
}

pub(crate) fn run(app: &mut App, args: &BucketArgs) -> Result<()> {
    let Some(command) = args.command.as_ref().filter(|_| args.writes()) else {
        return list(app);
    };
    let file = match command {
        BucketCommand::Add { .. } => app.open_or_create(NEW_BOOK)?,
        _ => app.open_to_change()?,
    };
    let (edits, said) = change(file.book(), command)?;
    if let Some(change) = app.save(&file, &edits)? {
        if matches!(edits.as_slice(), [Edit::RemoveBucket(_)]) {
            diff::removed(&mut app.sink(), file.text(), &change.text.to_string())?;
        }
        say_created(app, &file)?;
        app.line(said)?;
        if let [Edit::RenameBucket { name, to }] = edits.as_slice() {
            note_joined(app, file.book(), to);
            note_aliases(app, file.book(), name);
        }
        for bucket in &change.book.buckets {
            let has_changed = file.book().bucket(&bucket.name) != Some(bucket);
            if let Some((limit, cadence)) = bucket.limit.zip(bucket.cadence)
                && has_changed
            {
                note_short_limit(app, limit, cadence);
            }
        }
    }
    Ok(())
}

/// The new name of a bucket, which no bucket has but the one that is renamed.
fn free_name(book: &Book, typed: &str, renamed: Option<&str>) -> Result<String> {
    let name = super::add::name(typed)?;
    if is_none(&name) {
        return Err(Error::usage(
            format!("`{name}` cannot be the name of a bucket: it stands for no bucket"),
            "choose another name",
        ));
    }
    match pick::bucket(book, &name) {
        Ok(there) if Some(there.as_str()) != renamed => Err(Error::BucketThere(there)),
        _ => Ok(name),
    }
}

/// Says how many contacts named the bucket before there was one of that name: they are in it now.
fn note_joined(app: &App, before: &Book, bucket: &str) {
    let there = before.count_in(bucket);
    if there > 0 && before.bucket(bucket).is_none() {
        let contacts = count(there, "contact", "contacts");
        let [its, is] = if there == 1 {
            ["its", "is"]
        } else {
            ["their", "are"]
        };
        app.note(format!(
            "{contacts} already named {bucket} as {its} bucket, and {is} in it now"
        ));
    }
}

/// Says which of the user's own commands still name a bucket by its old name.
fn note_aliases(app: &App, book: &Book, bucket: &str) {
    let names_it = |word: &String| {
        let value = word
            .split_once('=')
            .map_or(word.as_str(), |(_, value)| value);
        value == bucket || word.strip_prefix("-b") == Some(bucket)
    };
    let aliases = book.aliases.iter();
    let named = aliases.filter(|(_, words)| words.iter().any(names_it));
    let named: Vec<String> = named.map(|(alias, _)| format!("`{alias}`")).collect();
    if !named.is_empty() {
        let aliases = if named.len() == 1 { "alias" } else { "aliases" };
        app.note(format!(
            "{bucket} still stands in the {aliases} {}: change that in `[aliases]` of the book",
            and(&named)
        ));
    }
}

/// Says that a limit was set that ends before the cadence does, if it was.
pub(super) fn note_short_limit(app: &App, limit: Cadence, cadence: Cadence) {
    if limit.is_shorter_than(cadence) {
        app.note(format!(
            "the limit of {limit} is shorter than the cadence of {cadence}; a limit is as long as the cadence or longer"
        ));
    }
}

fn list(app: &mut App) -> Result<()> {
    let file = app.open()?;
    let (book, today) = (file.book(), app.today);
    app.answer(
        || json::buckets(book, today),
        |sink| tables::buckets(sink, book, today),
    )
}

/// A size as it is typed; `none` is none.
fn size_of(typed: &str) -> Result<Option<u32>> {
    if is_none(typed) {
        return Ok(None);
    }
    let size = typed
        .trim()
        .parse()
        .ok()
        .filter(|size| *size <= LARGEST_SIZE);
    size.map(Some).ok_or_else(|| {
        Error::usage(
            format!("`--size` does not take `{typed}`"),
            format!("give a whole number from 0 to {LARGEST_SIZE}, or `none`"),
        )
    })
}

/// As in the book.
const LARGEST_SIZE: u32 = 9999;

/// The edits of a command, and what to say once they are saved.
fn change(book: &Book, command: &BucketCommand) -> Result<(Vec<Edit>, String)> {
    let cadence = |typed: &Option<String>| typed.as_deref().map(str::parse::<Cadence>).transpose();
    Ok(match command {
        BucketCommand::List => (vec![], String::new()),
        BucketCommand::Add {
            name,
            cadence: typed,
            limit,
            share,
            size,
        } => {
            let name = free_name(book, name, None)?;
            let typed: Cadence = typed.parse()?;
            let said = format!("Added the bucket {name}, every {typed}");
            let bucket = Bucket {
                name,
                cadence: Some(typed),
                limit: cadence(limit)?,
                share: *share,
                size: *size,
            };
            (vec![Edit::AddBucket(bucket)], said)
        }
        BucketCommand::Set {
            name,
            cadence: typed,
            limit,
            share,
            size,
        } => {
            let name = pick::bucket(book, name)?;
            let settings = [
                cadence(typed)?.map(Setting::Cadence),
                cadence(limit)?.map(Setting::Limit),
                share.map(Setting::Share),
                size.as_deref().map(size_of).transpose()?.map(Setting::Size),
            ];
            let set = |setting| Edit::SetBucket {
                name: name.clone(),
                setting,
            };
            let has_another = |setting: &Setting| {
                book.bucket(&name).is_none_or(|there| match setting {
                    Setting::Cadence(cadence) => there.cadence != Some(*cadence),
                    Setting::Limit(limit) => there.limit != Some(*limit),
                    Setting::Share(share) => there.share != *share,
                    Setting::Size(size) => there.size != *size,
                })
            };
            let settings = settings.into_iter().flatten().filter(has_another);
            let edits: Vec<Edit> = settings.map(set).collect();
            let said = if edits.is_empty() {
                format!("Nothing to change: the bucket {name} is like that already")
            } else {
                format!("Changed the bucket {name}")
            };
            (edits, said)
        }
        BucketCommand::Rename { name, to } => {
            let name = pick::bucket(book, name)?;
            let to = free_name(book, to, Some(&name))?;
            if name == to {
                let said = format!("Nothing to change: the bucket is called {to} already");
                return Ok((vec![], said));
            }
            let contacts = count(book.count_in(&name), "contact", "contacts");
            let said = format!("Renamed the bucket {name} to {to}, with {contacts}");
            (vec![Edit::RenameBucket { name, to }], said)
        }
        BucketCommand::Remove { name } => {
            let name = pick::bucket(book, name)?;
            let contacts = book.count_in(&name);
            if contacts > 0 {
                return Err(Error::BucketInUse { name, contacts });
            }
            if book.defaults.bucket.as_ref() == Some(&name) {
                return Err(Error::BucketIsDefault(name));
            }
            if book.sync.who.buckets() == [name.as_str()] {
                return Err(Error::BucketHasCards(name));
            }
            let said = format!("Removed the bucket {name}{UNDO}");
            (vec![Edit::RemoveBucket(name)], said)
        }
    })
}
