use clap::Args;

use super::add::name;
use crate::app::ask::AnswerSource;
use crate::app::{App, pick};
use crate::domain::find::by_name::{NameIndex, NameMatch};
use crate::domain::find::typed_form::form_or_name;
use crate::domain::identity::match_key::uid_to_keep;
use crate::domain::{Field, Value};
use crate::error::{Error, Result};
use crate::render::words::messages;
use crate::store::{Detail, Edit};

/// Change the name of a contact
#[derive(Args, Debug)]
#[command(
    override_usage = "NAME NEW",
    before_help = "Examples:\n  netkeep rename kim \"Kim de Jong\"\n  netkeep rename \"Bo Lind\" \"Bo Lindqvist\" --dry-run"
)]
pub(crate) struct RenameArgs {
    /// A name, or enough of it to match one contact, and then the new name
    // One list, so that an option may stand between the two.
    #[arg(required = true, value_name = "NAME")]
    words: Vec<String>,
}

pub(crate) fn run(app: &mut App, args: &RenameArgs) -> Result<()> {
    match args.words.as_slice() {
        [old, new] => return rename(app, old, new),
        [old] => {
            let old = messages::typed_argument(old);
            return Err(Error::usage(
                "`netkeep rename` needs a new name",
                format!("say it after the old one: `netkeep rename {old} \"Kim de Jong\"`"),
            ));
        }
        _ => {}
    }
    let Some((old, new)) = asked(app, &args.words)? else {
        return app.line("Nothing was written");
    };
    // Starting over because another program wrote the book must not ask again.
    app.until_saved(|app| rename(app, &old, &new))
}

/// The old and the new name, where they are typed in more than two words. Only a person can say whether that is meant; `None`
/// if it is not.
fn asked(app: &mut App, words: &[String]) -> Result<Option<(String, String)>> {
    let file = app.read(Detail::Names)?;
    let names = NameIndex::of(file.book());
    let (old, new) = divided(&names, words);
    let (old, new) = (old.join(" "), new.join(" "));
    if !names.is_anyone(&old) {
        app.pick(file.book(), &old)?;
    }
    if !app.may_ask() {
        let old = match names.find(&old) {
            NameMatch::One(id) => form_or_name(&names, id),
            _ => old,
        };
        let [old, new] = [old, new].map(|name| messages::typed_argument(&name));
        return Err(Error::usage(
            format!(
                "`rename` takes two names, and these are {} words",
                words.len()
            ),
            format!("write each name as one: `netkeep rename {old} {new}`"),
        ));
    }
    let id = app.pick(file.book(), &old)?;
    let question = format!("Rename {} to {new}?", file.book().contact(id).name);
    let is_meant = app.dry_run || app.confirm(AnswerSource::Input, &question, true)?;
    Ok(is_meant.then(|| (form_or_name(&names, id), new)))
}

/// The words of the old name and those of the new one. The last is the new name where the others are words of one name, each of
/// another word; else the old name must be whole, and none of the words quoted. A "to" between them belongs to neither.
fn divided<'w>(names: &NameIndex, words: &'w [String]) -> (&'w [String], &'w [String]) {
    let without_to = |old: &'w [String]| match old {
        [old @ .., to] if to == "to" && !old.is_empty() => old,
        old => old,
    };
    let (old, new) = words.split_at(words.len() - 1);
    let old = without_to(old);
    if !names.starts(&old.join(" ")).is_empty() || words.iter().any(|word| word.contains(' ')) {
        return (old, new);
    }
    let is_whole = |at: &usize| !names.whole(&without_to(&words[..*at]).join(" ")).is_empty();
    match (1..words.len() - 1).rev().find(is_whole) {
        Some(at) => (without_to(&words[..at]), &words[at..]),
        None => (old, new),
    }
}

fn rename(app: &mut App, old: &str, new: &str) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let contact = app.pick(book, old)?;
    let new = name(new)?;
    if new == book.contact(contact).name {
        return app.line(format!("Nothing to change: {new} is the name already"));
    }
    if let Some(alike) = pick::free(book, &new, Some(contact))? {
        app.note(format!("`{alike}` is in the book too"));
    }
    let uid = uid_to_keep(&book.contacts, contact, &new).map(Value::Text);
    let values = [(Field::Name, Some(Value::Text(new)))]
        .into_iter()
        .chain(uid.map(|uid| (Field::Uid, Some(uid))));
    let set = |(field, value)| Edit::Set {
        contact,
        field,
        value,
    };
    let edits: Vec<Edit> = values.map(set).collect();

    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    let old = book.contact(contact);
    let new = change.book.contact(contact);
    app.note_lost_introductions(book, &change.book, contact);
    let mut said = format!("Renamed {} to {}", old.name, new.name);
    if old.uid != new.uid {
        let uid = messages::field(new, Field::Uid, app.today);
        said.push_str(&format!("; {uid}, as in cards and calendars so far"));
    }
    app.line(said)
}
