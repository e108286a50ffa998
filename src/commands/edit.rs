//! Changes of contacts by key or in the editor.
//!
//! `key_change` reads what was typed after `--set`, `key_edits` makes edits of it, `told` says what became of each key.
//! `set_change` does the same with a set of contacts, `plans` with their plans where the bucket changes.
//! `contact_page` opens the editor at one contact, `whole_book` at the whole book.

mod contact_page;
mod draft_problems;
mod key_change;
mod key_edits;
mod newlines;
mod own_keys;
mod plans;
mod set_change;
mod told;
mod typed_value;
mod whole_book;

use chrono::NaiveDate;
use clap::Args;

use self::key_change::{Key, KeyChange, Operator, key_changes};
use self::key_edits::{KeyOutcome, key_edits};
use self::plans::plan_edits;
use super::contact_set::SetArgs;
use super::through;
use crate::app::App;
use crate::domain::due::rule::standing;
use crate::domain::identity::match_key::uid_to_keep;
use crate::domain::identity::warnings::{WarningKind, short_limit};
use crate::domain::planning::spread::{first_days, leavers, newcomers};
use crate::domain::{Book, ContactId, Field, Next, Value};
use crate::error::{Error, Result};
use crate::render::words::messages::{self, quoted, typed_argument};
use crate::store::Edit;

/// Change a contact, in your editor or by key
///
/// With a name alone, opens $VISUAL or $EDITOR at that contact, and checks what comes back. Without a name, opens the whole
/// book in the same way: a copy of it, which becomes the book only if it is one. `--set` changes keys without an editor:
/// `KEY=VALUE` replaces what is there, `KEY+=VALUE` adds to a list or a line to the notes, `KEY-=VALUE` takes out of them.
/// The keys are those of the book: name, aka, bucket, cadence, limit, company, title, email, phone, links, address, city,
/// birthday, dates, tags, met, friendly, paused, added, next, uid, notes. Any other key is one of your own: netkeep keeps it.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep edit kim --set city=Oslo --set tags+=bikes\n  netkeep edit kim --set notes+='met her son'"
)]
pub(crate) struct EditArgs {
    /// A name, or enough of it to match one contact; without one, the whole book
    #[arg(value_name = "NAME")]
    name: Vec<String>,
    /// Set a key: city=Oslo, tags+=rust, tags-=rust (can be repeated; the same key again makes a list)
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Remove a key (can be repeated)
    #[arg(long, value_name = "KEY")]
    unset: Vec<String>,
    /// Say in `met` which contact introduced you
    #[arg(long, value_name = "CONTACT")]
    through: Option<String>,
    /// Leave out the first day in a new bucket: due at once, if silent for longer than the cadence
    #[arg(long)]
    now: bool,
    #[command(flatten)]
    of: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &EditArgs) -> Result<()> {
    refuse_values(&args.name)?;
    let changes = key_changes(&args.set, &args.unset)?;
    let through = args.through.as_deref();
    if args.of.is_given() {
        refuse_through(through)?;
        return set_change::edit(app, &args.of, &args.name, &changes, args.now);
    }
    match (args.name.as_slice(), changes.as_slice(), through) {
        ([], [], None) => whole_book::edit(app, args.now),
        (name, [], None) => contact_page::edit(app, name, args.now),
        ([], changes, through) => Err(no_name(changes, through)),
        (name, changes, through) => by_key(app, name, changes, through, args.now),
    }
}

/// Changes keys of one contact, who was met `through` another.
fn by_key(
    app: &mut App,
    name: &[String],
    changes: &[KeyChange],
    through: Option<&str>,
    now: bool,
) -> Result<()> {
    let file = app.open_to_change()?;
    let contact = app.pick_one(file.book(), name)?;
    let mut changes = changes.to_vec();
    if let Some(by) = app.introducer(file.book(), through)? {
        introduce(file.book(), contact, by, &mut changes)?;
    }
    let (mut edits, outcomes) = key_edits(app, &file, contact, &changes)?;
    edits.extend(kept_uid(file.book(), contact, &edits));
    let mut change = file.change(&edits)?;
    let is_set = |wanted| outcomes.iter().any(|one| one.key == Key::Known(wanted));
    let plans = plan_edits(file.book(), &change.book, now, app.today);
    if !plans.is_empty() && !is_set(Field::Next) {
        edits.extend(plans);
        change = file.change(&edits)?;
    }
    app.record_own(own_keys::changes(contact, &outcomes));
    let own = own_keys::new_ones(&outcomes);
    let Some(change) = app.save_change(&file, change)? else {
        own_keys::note(app, &own);
        return Ok(());
    };

    app.note_lost_introductions(file.book(), &change.book, contact);
    let is_same = change.text.is(file.text());
    let books = [file.book(), &change.book];
    app.line(said(books, contact, &outcomes, is_same, app.today))?;
    own_keys::note(app, &own);
    let is_of_limit = [Field::Limit, Field::Cadence, Field::Bucket].map(is_set);
    if let Some(WarningKind::ShortLimit { limit, cadence, .. }) = short_limit(&change.book, contact)
        && is_of_limit.contains(&true)
    {
        super::bucket::note_short_limit(app, limit, cadence);
    }
    Ok(())
}

/// What became of the contact.
fn said(
    [before, after]: [&Book; 2],
    contact: ContactId,
    outcomes: &[KeyOutcome],
    is_same: bool,
    today: NaiveDate,
) -> String {
    let name = &after.contact(contact).name;
    let told = told::told(outcomes, today);
    if is_same {
        let told = told.map_or(String::new(), |told| format!(": {told}"));
        return format!("Nothing to change for {name}{told}");
    }
    let values = || {
        let values = outcomes.iter().map(|one| told::is(one, today));
        values.collect::<Vec<_>>().join("; ")
    };
    let entered = entered(before, after, contact, today);
    let parts = [Some(told.unwrap_or_else(values)), entered];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("Changed {name}: {}", parts.join("; "))
}

/// Adds the introduction by a contact to what `met` becomes.
fn introduce(
    book: &Book,
    contact: ContactId,
    by: ContactId,
    changes: &mut Vec<KeyChange>,
) -> Result<()> {
    let key = Key::Known(Field::Met);
    let typed = changes.iter().position(|change| change.key == key);
    let typed = typed.map(|at| changes.remove(at).typed);
    let met = typed.or_else(|| book.contact(contact).met.clone());
    changes.push(KeyChange {
        key,
        operator: Operator::Set,
        typed: through::met(book, contact, &met.unwrap_or_default(), by)?,
    });
    Ok(())
}

/// Several contacts are to be changed, but the text of `met` is that of one.
fn refuse_through(through: Option<&str>) -> Result<()> {
    match through {
        None => Ok(()),
        Some(_) => Err(Error::usage(
            "`--through` is about one contact",
            "name the contact: `netkeep edit NAME --through CONTACT`",
        )),
    }
}

/// Keys are to be changed, and nobody is named.
fn no_name(changes: &[KeyChange], through: Option<&str>) -> Error {
    if let Some(through) = through {
        let through = quoted(through);
        return Error::usage(
            "who was introduced? A name is missing",
            format!("write it like `netkeep edit NAME --through {through}`"),
        );
    }
    let first = changes.first().map_or("city", |first| first.key.name());
    Error::usage(
        format!("whose `{first}`? A name is missing"),
        format!("write it like `netkeep edit NAME --set {first}=VALUE`"),
    )
}

/// The first day of the contact, if it came into a bucket and needs one.
fn first_day(before: &Book, after: &Book, contact: ContactId, today: NaiveDate) -> Option<Next> {
    let days = first_days(after, &came_in(before, after, contact), today);
    days.first().map(|&(_, on)| Next { on, what: None })
}

/// The contact, if it came into a bucket.
fn came_in(before: &Book, after: &Book, contact: ContactId) -> Vec<ContactId> {
    let mut newcomers = newcomers(before, after);
    newcomers.retain(|id| *id == contact);
    newcomers
}

/// When the contact is due, if it came into a bucket or left one for none.
fn entered(before: &Book, after: &Book, contact: ContactId, today: NaiveDate) -> Option<String> {
    if leavers(before, after).contains(&contact) {
        return Some(messages::still_due(&standing(after, contact, today), today));
    }
    first_due(after, &came_in(before, after, contact), today)
}

/// When those who came into a bucket are first due.
fn first_due(after: &Book, newcomers: &[ContactId], today: NaiveDate) -> Option<String> {
    let standings = newcomers.iter().map(|id| standing(after, *id, today));
    messages::first_due(&standings.collect::<Vec<_>>(), today)
}

/// Refuses `phone=123` among the words of the name.
fn refuse_values(words: &[String]) -> Result<()> {
    let is_value = |word: &&String| {
        let key = word.split_once('=').map(|(key, _)| key);
        let key = key.map(|key| key.trim_end_matches(['+', '-']));
        key.is_some_and(|key| Field::from_key(key).is_some())
    };
    let (values, name): (Vec<&String>, Vec<&String>) = words.iter().partition(is_value);
    let Some(first) = values.first().filter(|_| !name.is_empty()) else {
        return Ok(());
    };
    let name = match name.as_slice() {
        [name @ .., last] if *last == "set" && !name.is_empty() => name,
        name => name,
    };
    let sets = values.iter().map(|value| format!("--set {}", set(value)));
    let line: Vec<String> = name
        .iter()
        .map(|word| typed_argument(word))
        .chain(sets)
        .collect();
    Err(Error::usage(
        format!("`{first}` is a key and its value, not a name"),
        format!("did you mean `netkeep edit {}`?", line.join(" ")),
    ))
}

/// `KEY=VALUE` as it is typed, with the value in quotes if needed.
fn set(typed: &str) -> String {
    match typed.split_once('=') {
        Some((key, value)) => format!("{key}={}", quoted(value)),
        None => quoted(typed),
    }
}

/// The UID that the contact keeps if its name changes, so that other programs still know it.
fn kept_uid(book: &Book, contact: ContactId, edits: &[Edit]) -> Option<Edit> {
    let new = |wanted| {
        edits.iter().find_map(|edit| match edit {
            Edit::Set { field, value, .. } if *field == wanted => Some(value),
            _ => None,
        })
    };
    let Some(Value::Text(name)) = new(Field::Name)? else {
        return None;
    };
    let uid = uid_to_keep(&book.contacts, contact, name).filter(|_| new(Field::Uid).is_none());
    uid.map(|uid| Edit::Set {
        contact,
        field: Field::Uid,
        value: Some(Value::Text(uid)),
    })
}
