//! The book's own words, for a word that is being typed.

use std::collections::HashMap;

use super::word::Word;
use crate::app::App;
use crate::commands::open::OPENED;
use crate::domain::due::channel::CHANNELS;
use crate::domain::due::rule::standing;
use crate::domain::find::name_completion::{NameCompletion, due_first, name_completions};
use crate::domain::text::caseless;
use crate::domain::{Book, Bucket, Field};
use crate::error::Result;
use crate::render::words::standing::when;
use crate::store::Detail;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ValueKind {
    People,
    /// People, those first who are due.
    Due,
    /// People, and the bucket that they go to.
    Moved,
    Buckets,
    Tags,
    Channels,
    Cadences,
    /// Days that lie behind.
    Past,
    /// Days that lie ahead.
    Ahead,
    Opened,
    /// What there is help on; the grammar knows.
    Topics,
    Keys,
    /// The keys of a contact, with what sets them.
    Settings,
    /// People, and the bucket for each.
    Sorted,
    Paused,
}

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

/// As many people are shown where nothing is typed: nobody looks through more, and a letter finds the others.
const MOST: usize = 500;

/// Cadences that a word says.
const CADENCES: [&str; 5] = ["weekly", "fortnightly", "monthly", "quarterly", "yearly"];

impl ValueKind {
    /// What a value of a command is, by the name that the help gives it. Who is added is in no book yet.
    pub(super) fn of(command: &str, value: &str) -> Option<Self> {
        Some(match (command, value) {
            ("add", "NAME") => return None,
            ("log" | "open" | "skip" | "snooze", "NAME") => Self::Due,
            ("resume", "NAME") => Self::Paused,
            ("move", "NAME") => Self::Moved,
            (_, "NAME" | "OTHER" | "TEXT") => Self::People,
            (_, "BUCKET") => Self::Buckets,
            (_, "TAG") => Self::Tags,
            ("open", "CHANNEL") => Self::Opened,
            (_, "CHANNEL") => Self::Channels,
            ("help", "TOPIC") => Self::Topics,
            (_, "CADENCE") => Self::Cadences,
            ("log" | "add", "DATE") => Self::Past,
            (_, "DATE" | "DATE[: WHAT]") => Self::Ahead,
            ("triage", "NAME=BUCKET") => Self::Sorted,
            ("edit", "KEY") => Self::Keys,
            ("edit", "KEY=VALUE") => Self::Settings,
            _ => return None,
        })
    }

    /// The kind after these words: the first argument of `move` is a person.
    pub(super) fn behind(self, words: &[String]) -> Self {
        match (self, words.last().map(String::as_str)) {
            (Self::Moved, Some("move")) => Self::People,
            (kind, _) => kind,
        }
    }

    /// Whether it is people, each of which is named once.
    pub(super) fn is_people(self) -> bool {
        matches!(self, Self::People | Self::Due | Self::Moved | Self::Paused)
    }
}

pub(super) fn words(app: &App, kind: ValueKind, typed: &str) -> Result<Vec<Word>> {
    let fixed = |words: &[&str]| Ok(begin(words.iter().map(|word| Word::new(word)), typed));
    match kind {
        ValueKind::People | ValueKind::Due | ValueKind::Paused | ValueKind::Moved => {
            people(app, kind, typed)
        }
        ValueKind::Buckets => Ok(buckets(app.read_or_empty(Detail::Who)?.book(), typed)),
        ValueKind::Tags => {
            let read = app.read_or_empty(Detail::Names)?;
            let contacts = read.book().contacts.iter();
            Ok(begin(
                by_use(contacts.flat_map(|contact| &contact.tags)),
                typed,
            ))
        }
        ValueKind::Channels => {
            let file = app.read(Detail::All)?;
            let touches = file.book().contacts.iter().flat_map(|one| &one.touches);
            let used = by_use(touches.filter_map(|touch| touch.words().via.as_ref()));
            let others = CHANNELS.into_iter().map(Word::new);
            Ok(begin(used.into_iter().chain(others), typed))
        }
        ValueKind::Cadences => {
            let read = app.read_or_empty(Detail::Who)?;
            let of_buckets = read.book().buckets.iter().filter_map(|one| one.cadence);
            let used: Vec<String> = of_buckets.map(|cadence| cadence.to_string()).collect();
            let used = by_use(used.iter()).into_iter();
            Ok(begin(
                used.chain(CADENCES.into_iter().map(Word::new)),
                typed,
            ))
        }
        ValueKind::Opened => fixed(&OPENED),
        ValueKind::Topics => Ok(vec![]),
        ValueKind::Past => fixed(&[&["today", "yesterday"], &WEEKDAYS[..]].concat()),
        ValueKind::Ahead => fixed(&[&["tomorrow"], &WEEKDAYS[..], &SPANS].concat()),
        ValueKind::Keys => fixed(&Field::ALL.map(Field::key)),
        ValueKind::Settings => match typed.split_once('=') {
            None => {
                let keys = Field::ALL.map(|field| format!("{}=", field.key()));
                Ok(begin(keys.iter().map(|key| Word::new(key)), typed))
            }
            Some((key, value)) => {
                let kind = match Field::from_key(key) {
                    Some(Field::Bucket) => ValueKind::Buckets,
                    Some(Field::Tags) => ValueKind::Tags,
                    Some(Field::Cadence | Field::Limit) => ValueKind::Cadences,
                    _ => return Ok(vec![]),
                };
                behind(app, kind, key, value)
            }
        },
        ValueKind::Sorted => match typed.split_once('=') {
            None => {
                let people = people(app, ValueKind::People, typed)?;
                Ok(people.into_iter().map(|word| word.before("=")).collect())
            }
            Some((name, bucket)) => behind(app, ValueKind::Buckets, name, bucket),
        },
    }
}

/// What a value may become that stands behind an equals sign.
fn behind(app: &App, kind: ValueKind, key: &str, value: &str) -> Result<Vec<Word>> {
    let words = words(app, kind, value)?.into_iter();
    Ok(words.map(|word| word.after(&format!("{key}="))).collect())
}

fn buckets(book: &Book, typed: &str) -> Vec<Word> {
    let word = |bucket: &Bucket| {
        let cadence = bucket.cadence.map(|cadence| cadence.to_string());
        Word::new(&bucket.name).about(&cadence.unwrap_or_default())
    };
    begin(book.buckets.iter().map(word), typed)
}

fn people(app: &App, kind: ValueKind, typed: &str) -> Result<Vec<Word>> {
    let today = app.today;
    // Of everybody the days are read at once; of few, once it is known who they are.
    let is_everybody = typed.trim().is_empty();
    let mut read = app.read_or_empty(if is_everybody {
        Detail::Days
    } else {
        Detail::Who
    })?;
    let mut found = name_completions(read.book(), typed);
    if !is_everybody {
        read.fill(found.iter().map(|one| one.id))?;
    }
    let book = read.book();
    let week_end = book.week.last_day(today);
    if kind == ValueKind::Due {
        found = due_first(book, found, today);
    }
    if kind == ValueKind::Paused {
        found.retain(|one| book.contact(one.id).is_paused(today));
    }
    if is_everybody {
        found.truncate(MOST);
    }
    let word = |one: &NameCompletion| {
        let contact = book.contact(one.id);
        let standing = standing(book, one.id, today);
        let about = match (&contact.bucket, standing.due) {
            (Some(bucket), Some(_)) => {
                let due = when(&standing, contact, today, week_end);
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
    let mut words = match kind {
        ValueKind::Moved => buckets(book, typed),
        _ => vec![],
    };
    words.extend(found.iter().map(word));
    // The process is about to end, and to give so much memory back piece by piece takes time.
    std::mem::forget(read);
    Ok(words)
}

/// Each of some words once, the most used first.
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
    let mut name_completions: Vec<Word> = Vec::new();
    for word in words {
        let is_new = name_completions.iter().all(|other| other.text != word.text);
        if is_new && caseless(&word.text).starts_with(&start) {
            name_completions.push(word);
        }
    }
    name_completions
}
