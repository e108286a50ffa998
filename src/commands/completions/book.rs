//! The book's own words, for a word that is being typed.

use std::collections::HashMap;

use super::word::Word;
use crate::app::App;
use crate::commands::help::ONE_NAME;
use crate::commands::open::OPENED;
use crate::domain::due::channel::CHANNELS;
use crate::domain::due::promises::{PromiseEntry, promises};
use crate::domain::due::rule::standing;
use crate::domain::find::by_name::{NameMatch, find};
use crate::domain::find::filter::NONE;
use crate::domain::find::name_completion::{NameCompletion, due_first, name_completions};
use crate::domain::text::caseless;
use crate::domain::text::shell_words::command_at;
use crate::domain::{Book, Bucket, ContactId, Field};
use crate::error::Result;
use crate::render::words::messages;
use crate::render::words::standing::ShownContact;
use crate::store::Detail;

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

const SPANS: [&str; 5] = [
    "next week",
    "in 2 weeks",
    "next month",
    "in 3 months",
    "in 6 months",
];

/// The most people to show when nothing is typed: nobody looks through more, and a letter finds the others.
const MOST: usize = 500;

/// Cadences of one word.
const CADENCES: [&str; 5] = ["weekly", "fortnightly", "monthly", "quarterly", "yearly"];

/// Values by the name that the help gives them.
const VALUES: [&str; 12] = [
    "NAME",
    "CONTACT",
    "OTHER",
    "TEXT",
    "BUCKET",
    "TAG",
    "CITY",
    "CHANNEL",
    "CADENCE",
    "DATE",
    "DATE[: WHAT]",
    "WORDS",
];

/// Whether there are words for a value of a command. The name for `add` is in no book yet.
pub(super) fn has_words(command: &str, value: &str) -> bool {
    match (command, value) {
        ("add", "NAME") => false,
        ("edit", "KEY" | "KEY=VALUE")
        | ("help", "TOPIC")
        | ("man", "PAGE")
        | ("triage", "NAME=BUCKET") => true,
        _ => VALUES.contains(&value),
    }
}

/// The completions of `typed`, as a value of a command after the words `before`.
pub(super) fn words(
    app: &App,
    (command, value): (&str, &str),
    before: &[String],
    typed: &str,
) -> Result<Vec<Word>> {
    let fixed = |words: &[&str]| Ok(begin(words.iter().map(|word| Word::new(word)), typed));
    // The completions of a value after an equals sign.
    let behind = |value: &str, (key, typed): (&str, &str)| -> Result<Vec<Word>> {
        let words = words(app, (command, value), before, typed)?.into_iter();
        Ok(words
            .map(|word| word.between(&format!("{key}="), ""))
            .collect())
    };
    match (command, value) {
        ("promise", "NAME") if before.iter().any(|word| word.starts_with("--done")) => {
            people(app, PROMISE_DONE, typed)
        }
        (_, "NAME") => named(app, command, before, typed),
        (_, "CONTACT" | "OTHER" | "TEXT") => people(app, "", typed),
        (command, "BUCKET") => {
            let book = app.read_or_empty(Detail::Who)?;
            // There it is the bucket itself that is meant, or one to put people into.
            let none = (!matches!(command, "bucket" | "triage")).then_some(NONE);
            Ok(buckets(book.book(), none, typed))
        }
        (_, "TAG") => {
            let read = app.read_or_empty(Detail::Names)?;
            let tags = read.book().contacts.iter().flat_map(|one| &one.tags);
            Ok(begin(by_use(tags), typed))
        }
        (_, "CITY") => {
            let read = app.read_or_empty(Detail::Names)?;
            let cities = read
                .book()
                .contacts
                .iter()
                .filter_map(|one| one.city.as_ref());
            Ok(begin(by_use(cities), typed))
        }
        ("open", "CHANNEL") => fixed(&OPENED),
        (_, "CHANNEL") => {
            let file = app.read(Detail::All)?;
            let touches = file.book().contacts.iter().flat_map(|one| &one.touches);
            let used = by_use(touches.filter_map(|touch| touch.words().via.as_ref()));
            let others = CHANNELS.into_iter().map(Word::new);
            Ok(begin(used.into_iter().chain(others), typed))
        }
        (_, "CADENCE") => {
            let read = app.read_or_empty(Detail::Who)?;
            let of_buckets = read.book().buckets.iter().filter_map(|one| one.cadence);
            let used: Vec<String> = of_buckets.map(|cadence| cadence.to_string()).collect();
            let used = by_use(used.iter()).into_iter();
            let others = CADENCES.into_iter().map(Word::new);
            Ok(begin(used.chain(others), typed))
        }
        ("log" | "add", "DATE") => fixed(&[&["today", "yesterday"], &WEEKDAYS[..]].concat()),
        (_, "DATE" | "DATE[: WHAT]") => fixed(&[&["tomorrow"], &WEEKDAYS[..], &SPANS].concat()),
        (_, "WORDS") => promised(app, before, typed),
        (_, "KEY") => fixed(&Field::ALL.map(Field::key)),
        (_, "KEY=VALUE") => match typed.split_once('=') {
            None => {
                let keys = Field::ALL.map(|field| Word::new(field.key()).between("", "="));
                Ok(begin(keys, typed))
            }
            Some(parts) => match Field::from_key(parts.0) {
                Some(Field::Bucket) => behind("BUCKET", parts),
                Some(Field::Tags) => behind("TAG", parts),
                Some(Field::Cadence | Field::Limit) => behind("CADENCE", parts),
                _ => Ok(vec![]),
            },
        },
        (_, "NAME=BUCKET") => match typed.split_once('=') {
            None => {
                let people = people(app, command, typed)?;
                Ok(people
                    .into_iter()
                    .map(|word| word.between("", "="))
                    .collect())
            }
            Some(parts) => behind("BUCKET", parts),
        },
        _ => Ok(vec![]),
    }
}

/// The buckets, and `none` where it may stand for one.
fn buckets(book: &Book, none: Option<&str>, typed: &str) -> Vec<Word> {
    let word = |bucket: &Bucket| {
        let cadence = bucket.cadence.map(|cadence| cadence.to_string());
        Word::new(&bucket.name).about(&cadence.unwrap_or_default())
    };
    let none = none.map(|none| Word::new(none).about("no bucket"));
    begin(book.buckets.iter().map(word).chain(none), typed)
}

/// `promise` where something is done: its people are those who were promised something.
const PROMISE_DONE: &str = "promise --done";

/// The people for a command after the words `before`, and what else may follow a name.
fn named(app: &App, command: &str, before: &[String], typed: &str) -> Result<Vec<Word>> {
    let so_far = so_far(before);
    if so_far.is_empty() {
        return people(app, command, typed);
    }
    let mut words = match command {
        "move" => buckets(app.read_or_empty(Detail::Who)?.book(), Some(NONE), typed),
        "open" => begin(OPENED.into_iter().map(Word::new), typed),
        "snooze" | "pause" => self::words(app, (command, "DATE"), before, typed)?,
        _ => vec![],
    };
    // The rest of a name whose first words are typed.
    let start = format!("{} ", so_far.join(" "));
    let of_name = people(app, command, &format!("{start}{typed}"))?;
    let rest = |word: &Word| {
        let rest = word.as_typed.as_ref()?.strip_prefix(&start)?;
        (!rest.is_empty()).then(|| Word::new(rest).about(&word.about))
    };
    words.extend(of_name.iter().filter_map(rest));
    if !ONE_NAME.contains(&command) {
        let others = people(app, command, typed)?.into_iter();
        words.extend(others.filter(|word| of_name.iter().all(|one| one.text != word.text)));
    }
    Ok(words)
}

/// The words of a name before the one that is being typed.
fn so_far(before: &[String]) -> &[String] {
    let behind = command_at(before).map_or(before.len(), |at| at + 1);
    let words = &before[behind..];
    let is_option = |word: &String| word.starts_with('-') || word.contains('=');
    let from = words.iter().rposition(is_option).map_or(0, |at| at + 1);
    &words[from..]
}

/// The people for a command: those who are due first, only the paused, or only those who were promised something.
fn people(app: &App, command: &str, typed: &str) -> Result<Vec<Word>> {
    let today = app.today;
    // For everyone, the days are read at once; for a few, once it is known who they are.
    let is_everyone = typed.trim().is_empty();
    let mut read = app.read_or_empty(if is_everyone {
        Detail::Days
    } else {
        Detail::Who
    })?;
    let mut found = name_completions(read.book(), typed);
    if !is_everyone {
        read.fill(found.iter().map(|one| one.id))?;
    }
    let book = read.book();
    if command == PROMISE_DONE {
        found.retain(|one| !promises(book, &[one.id], today).is_empty());
    }
    if ["log", "promise", "open", "skip", "snooze"].contains(&command) {
        found = due_first(book, found, today, |one| one.id);
    }
    if command == "resume" {
        found.retain(|one| book.contact(one.id).is_paused(today));
    }
    if is_everyone {
        found.truncate(MOST);
    }
    let word = |one: &NameCompletion| {
        let contact = book.contact(one.id);
        let standing = standing(book, one.id, today);
        let about = match (&contact.bucket, standing.due) {
            (Some(bucket), Some(_)) => {
                let due = ShownContact::new(book, &standing, today).when();
                format!("{bucket}, {}", due.plain())
            }
            (Some(bucket), None) => bucket.clone(),
            (None, _) => contact.company.clone().unwrap_or_default(),
        };
        Word {
            as_typed: one.as_typed.clone(),
            ..Word::new(&contact.name).about(&about)
        }
    };
    let words = found.iter().map(word).collect();
    // The process is about to end, and freeing so much memory piece by piece takes time.
    std::mem::forget(read);
    Ok(words)
}

/// What is promised to the people who are named before, or to anyone where nobody is.
fn promised(app: &App, before: &[String], typed: &str) -> Result<Vec<Word>> {
    let read = app.read_or_empty(Detail::Newest(app.today))?;
    let book = read.book();
    let behind = command_at(before).map_or(before.len(), |at| at + 1);
    let named = |word: &String| match find(book, word) {
        NameMatch::One(id) => Some(id),
        _ => None,
    };
    let mut ids: Vec<ContactId> = before[behind..].iter().filter_map(named).collect();
    if ids.is_empty() {
        ids = book.ids().collect();
    }
    let word = |entry: &PromiseEntry| {
        let name = &book.contact(entry.id).name;
        let about = messages::what_by(name, entry.by, app.today);
        Word::new(entry.what).about(&about)
    };
    Ok(begin(
        promises(book, &ids, app.today).iter().map(word),
        typed,
    ))
}

/// Each word once, the most used first.
fn by_use<'w>(words: impl Iterator<Item = &'w String>) -> Vec<Word> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for word in words {
        *uses.entry(word).or_default() += 1;
    }
    let mut uses: Vec<(&str, usize)> = uses.into_iter().collect();
    uses.sort_unstable_by_key(|(word, uses)| (std::cmp::Reverse(*uses), *word));
    uses.into_iter().map(|(word, _)| Word::new(word)).collect()
}

/// Those that begin with what was typed, case and accents aside, each once.
pub(super) fn begin(words: impl IntoIterator<Item = Word>, typed: &str) -> Vec<Word> {
    let start = caseless(typed);
    let mut begun: Vec<Word> = Vec::new();
    for word in words {
        let is_new = begun.iter().all(|other| other.text != word.text);
        if is_new && caseless(&word.text).starts_with(&start) {
            begun.push(word);
        }
    }
    begun
}
