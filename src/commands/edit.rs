use chrono::NaiveDate;
use clap::Args;

use super::add::{emails, name};
use super::dated::next_touch;
use crate::app::ask::AnswerSource;
use crate::app::{App, Draft, pick};
use crate::domain::dates::birthday;
use crate::domain::dates::day::Toward;
use crate::domain::due::rule::standing;
use crate::domain::identity::match_key::uid_to_keep;
use crate::domain::identity::warnings::{WarningKind, short_limit};
use crate::domain::model::field::FieldKind;
use crate::domain::planning::spread::{first_days, newcomers};
use crate::domain::text::near;
use crate::domain::{AnnualDay, Book, Cadence, ContactId, Field, Next, Value};
use crate::error::{Error, Result};
use crate::render::views::problem::SourceText;
use crate::render::words::messages::{self, quoted};
use crate::render::words::plural::and;
use crate::store::{self, BookFile, Edit, Failure, Refused, StoreError};

/// Change a contact, in your editor or by key
///
/// Without options, opens $VISUAL or $EDITOR at that contact alone, and checks what comes back. The keys are those of
/// the book: name, aka, bucket, cadence, limit, company, title, email, phone, links, address, city, birthday, tags,
/// met, friendly, paused, added, next, uid, notes.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep edit kim --set city=Oslo --set tags=bikes\n  netkeep edit kim --unset notes"
)]
pub(crate) struct EditArgs {
    /// A name, or enough of it to match one contact
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Set a key: city=Oslo, tags=rust (can be repeated; the same key again makes a list)
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Remove a key (can be repeated)
    #[arg(long, value_name = "KEY")]
    unset: Vec<String>,
    /// Leave out the first day in a new bucket: due at once, if silent for longer than the cadence
    #[arg(long)]
    now: bool,
}

pub(crate) fn run(app: &mut App, args: &EditArgs) -> Result<()> {
    refuse_values(&args.name)?;
    if args.set.is_empty() && args.unset.is_empty() {
        return in_editor(app, args);
    }
    let file = app.open_to_change()?;
    let contact = app.pick_one(file.book(), &args.name)?;
    let mut values = values(app, file.book(), contact, args)?;
    values.extend(kept_uid(file.book(), contact, &values));
    let fields: Vec<Field> = values.iter().map(|(field, _)| *field).collect();
    let edit = |(field, value)| Edit::Set {
        contact,
        field,
        value,
    };
    let mut edits: Vec<Edit> = values.into_iter().map(edit).collect();
    let mut change = file.change(&edits)?;
    let is_planned = fields.contains(&Field::Next) || args.now;
    if let Some(next) = first_day(file.book(), &change.book, contact, app.today)
        && !is_planned
    {
        edits.push(edit((Field::Next, Some(Value::Next(next)))));
        change = file.change(&edits)?;
    }
    let Some(change) = app.save_change(&file, change)? else {
        return Ok(());
    };

    let is_of_limit =
        |field: &Field| matches!(field, Field::Limit | Field::Cadence | Field::Bucket);
    let short = short_limit(&change.book, contact).filter(|_| fields.iter().any(is_of_limit));
    let entered = entered(app, file.book(), &change.book, contact);
    let contact = change.book.contact(contact);
    let name = &contact.name;
    let said = if change.text.is(file.text()) {
        format!("Nothing to change for {name}")
    } else {
        let value = |field| messages::field(contact, field, app.today);
        let values = fields.into_iter().map(value).chain(entered);
        let values: Vec<String> = values.collect();
        format!("Changed {name}: {}", values.join("; "))
    };
    app.line(said)?;
    if let Some(WarningKind::ShortLimit { limit, cadence, .. }) = short {
        super::bucket::note_short_limit(app, limit, cadence);
    }
    Ok(())
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

/// When the contact is first due, if it came into a bucket.
fn entered(app: &App, before: &Book, after: &Book, contact: ContactId) -> Option<String> {
    let newcomers = came_in(before, after, contact);
    let standings = newcomers
        .iter()
        .map(|id| standing(after, *id, app.today))
        .collect::<Vec<_>>();
    messages::first_due(&standings, app.today)
}

/// Refuses `phone=123` among the words of the name.
fn refuse_values(words: &[String]) -> Result<()> {
    let is_value = |word: &&String| {
        let key = word.split_once('=').map(|(key, _)| key);
        key.is_some_and(|key| Field::from_key(key).is_some())
    };
    let (values, name): (Vec<&String>, Vec<&String>) = words.iter().partition(is_value);
    let Some(first) = values.first().filter(|_| !name.is_empty()) else {
        return Ok(());
    };
    let sets = values
        .iter()
        .map(|value| format!("--set {}", quoted(value)));
    let line: Vec<String> = name.iter().map(|word| quoted(word)).chain(sets).collect();
    Err(Error::usage(
        format!("`{first}` is a key and its value, not a name"),
        format!("did you mean `netkeep edit {}`?", line.join(" ")),
    ))
}

/// What each key is to become; `None` takes it out.
fn values(
    app: &App,
    book: &Book,
    contact: ContactId,
    args: &EditArgs,
) -> Result<Vec<(Field, Option<Value>)>> {
    let mut values: Vec<(Field, Option<Value>)> = Vec::new();
    for typed in &args.set {
        let Some((key, typed)) = typed.split_once('=') else {
            return Err(Error::usage(
                format!("`{typed}` is not KEY=VALUE"),
                "write it like `--set city=Oslo`",
            ));
        };
        let field = field(key.trim())?;
        let new = value(app, book, contact, field, typed.trim())?;
        match values.iter_mut().find(|(other, _)| *other == field) {
            Some((_, Some(Value::List(list)))) => {
                if let Some(Value::List(more)) = new {
                    list.extend(more);
                }
            }
            Some(_) => {
                return Err(Error::usage(
                    format!("`{}` is set twice", field.key()),
                    "it holds one value",
                ));
            }
            None => values.push((field, new)),
        }
    }
    for key in &args.unset {
        let field = field(key.trim())?;
        if field == Field::Name {
            return Err(Error::Blank("a name"));
        }
        if values.iter().any(|(other, _)| *other == field) {
            return Err(Error::usage(
                format!("`{}` is both set and unset", field.key()),
                "say one of the two",
            ));
        }
        values.push((field, None));
    }
    Ok(values)
}

/// The UID that the contact keeps if its name changes, so that other programs still know it.
fn kept_uid(
    book: &Book,
    contact: ContactId,
    values: &[(Field, Option<Value>)],
) -> Option<(Field, Option<Value>)> {
    let new = |wanted| values.iter().find(|(field, _)| *field == wanted);
    let (_, Some(Value::Text(name))) = new(Field::Name)? else {
        return None;
    };
    let uid = uid_to_keep(&book.contacts, contact, name).filter(|_| new(Field::Uid).is_none());
    uid.map(|uid| (Field::Uid, Some(Value::Text(uid))))
}

fn field(key: &str) -> Result<Field> {
    Field::from_key(key).ok_or_else(|| {
        let keys = Field::ALL.map(Field::key);
        let hint = match near(key, keys).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None if key == "touches" => TOUCHES.to_owned(),
            None if key == "promises" => PROMISES.to_owned(),
            None => format!("the keys are {}", and(&keys)),
        };
        Error::usage(
            format!("`{key}` is not a key of a contact that can be set"),
            hint,
        )
    })
}

const TOUCHES: &str =
    "touches are logged with `netkeep log`, and changed with its `--amend` or `--delete`";

const PROMISES: &str = "promises are made with `netkeep promise`, and taken out with its `--done`";

/// What `typed` means for `field`.
fn value(
    app: &App,
    book: &Book,
    contact: ContactId,
    field: Field,
    typed: &str,
) -> Result<Option<Value>> {
    let bad = |hint: &str| {
        Error::usage(
            format!("`{typed}` is not a value for `{}`", field.key()),
            hint.to_owned(),
        )
    };
    if typed.is_empty() {
        return Err(bad("`--unset KEY` removes a key"));
    }
    let flag = || match typed.to_lowercase().as_str() {
        "true" | "yes" => Some(Some(Value::Flag(true))),
        "false" | "no" => Some(None),
        _ => None,
    };
    Ok(match field.kind() {
        FieldKind::Text if field == Field::Name => {
            let new = name(typed)?;
            pick::free(book, &new, Some(contact))?;
            Some(Value::Text(new))
        }
        FieldKind::Text => Some(Value::Text(typed.to_owned())),
        FieldKind::List if field == Field::Tags => {
            let tags = typed.split(',').map(|tag| tag.trim().to_owned());
            Some(Value::List(tags.filter(|tag| !tag.is_empty()).collect()))
        }
        FieldKind::List if field == Field::Email => Some(Value::List(emails(&[typed.to_owned()])?)),
        FieldKind::List => Some(Value::List(vec![typed.to_owned()])),
        FieldKind::Bucket => Some(Value::Text(pick::bucket(book, typed)?)),
        FieldKind::Cadence => Some(Value::Text(typed.parse::<Cadence>()?.to_string())),
        FieldKind::Birthday => Some(match birthday::parse(typed)? {
            AnnualDay::Date(day) => Value::Day(day),
            yearless @ AnnualDay::Yearless { .. } => Value::Text(yearless.to_string()),
        }),
        FieldKind::Flag => flag().ok_or_else(|| bad("write true or false"))?,
        FieldKind::FlagOrDay => match flag() {
            Some(flag) => flag,
            None => Some(Value::Day(app.day(typed, Toward::Future)?)),
        },
        FieldKind::Day => match app.day(typed, Toward::Past)? {
            day if day > app.today => return Err(bad("write a day that has come")),
            day => Some(Value::Day(day)),
        },
        FieldKind::Next => Some(Value::Next(next_touch(app, typed)?)),
    })
}

/// Opens the editor at the contact, again and again until what comes back is sound or the user gives up. What was
/// typed is never lost: what cannot be used is kept in a file.
///
/// Nobody waits for an editor: the book is only read here, and locked when the text comes back.
fn in_editor(app: &mut App, args: &EditArgs) -> Result<()> {
    let file = &app.open()?;
    let contact = app.pick_one(file.book(), &args.name)?;
    let before = file.lines_of(contact)?.to_owned();
    let mut draft = app.edit(Draft::new(file.storage(), &before)?)?;
    loop {
        if draft.text() == before {
            return app.line("Nothing changed");
        }
        match app.until_saved(|app| rewrite(app, file, contact, [&before, draft.text()], args.now))
        {
            Ok(done) => return Ok(done),
            Err(Error::Store(StoreError {
                why: Failure::Refused(_, Refused::Invalid(problems)),
                ..
            })) => {
                let source = SourceText::new("your text", draft.text());
                app.report("error", &source, &problems);
                if !app.confirm(AnswerSource::Input, "Edit it again?", true)? {
                    return Err(draft.keep(Error::EditGivenUp));
                }
                draft = app.edit(draft)?;
            }
            Err(err) => return Err(draft.keep(err)),
        }
    }
}

/// Puts the new lines into the book as it is now: it may have changed while the editor was open.
fn rewrite(
    app: &mut App,
    opened: &BookFile,
    contact: ContactId,
    [before, text]: [&str; 2],
    now: bool,
) -> Result<()> {
    let file = app.open_to_change()?;
    let name = &opened.book().contact(contact).name;
    let is_it = |id: &ContactId| {
        file.book().contact(*id).name == *name
            && file.lines_of(*id).is_ok_and(|lines| lines == before)
    };
    let is_there = |id: &ContactId| id.0 < file.book().contacts.len() && is_it(id);
    let there = Some(contact).filter(is_there);
    let Some(contact) = there.or_else(|| file.book().ids().find(is_it)) else {
        return Err(Error::ChangedWhileEditing(name.clone()));
    };
    let rewrite = |text: String| file.change(&[Edit::Rewrite { contact, text }]);
    let mut change = rewrite(text.to_owned())?;
    let planned = change.book.contact(contact).next.as_ref();
    let is_typed = planned.is_some_and(|_| planned != file.book().contact(contact).next.as_ref());
    let next = first_day(file.book(), &change.book, contact, app.today);
    let next = next.filter(|_| !is_typed && !now);
    // A text that cannot be added to stays as it was typed.
    if let Some(text) = next.and_then(|next| store::with_plan(text, next)) {
        change = rewrite(text)?;
    }
    if let Some(change) = app.save_change(&file, change)? {
        let name = &change.book.contact(contact).name;
        let entered = entered(app, file.book(), &change.book, contact);
        let entered = entered.map_or(String::new(), |first| format!("; {first}"));
        app.line(format!("Changed {name}{entered}"))?;
    }
    Ok(())
}
