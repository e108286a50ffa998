//! What a key asks further, and the command that it comes to.

use self::ReviewAnswer::{Back, Leave, Nothing};
use super::channel_keys::channel_keys;
use super::typed_command::TypedCommand;
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::WalkStep;
use crate::commands::open;
use crate::domain::due::promises::promises;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::words::messages;

/// What a key of a review does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ReviewKey {
    Log,
    Open,
    NoAnswer,
    Skip,
    Snooze,
    Promise,
    Done,
    Note,
    Edit,
    Keep,
}

/// The keys: each with its word and its line for `?`.
pub(super) const REVIEW_KEYS: [(char, &str, &str, ReviewKey); 10] = [
    (
        'l',
        "log",
        "log a touch: the channel, who reached out, a note",
        ReviewKey::Log,
    ),
    (
        'o',
        "open",
        "open the mail, the phone or the page, and log what came of it",
        ReviewKey::Open,
    ),
    (
        'a',
        "no answer",
        "log that you reached out and have no answer yet",
        ReviewKey::NoAnswer,
    ),
    (
        's',
        "skip",
        "decline this round: the next one is a cadence from today",
        ReviewKey::Skip,
    ),
    ('z', "snooze", "hide them until a day", ReviewKey::Snooze),
    (
        'p',
        "promise",
        "say what you will do for them, and by when",
        ReviewKey::Promise,
    ),
    (
        'd',
        "done",
        "take out a promise that is done",
        ReviewKey::Done,
    ),
    ('n', "note", "add a line to the notes", ReviewKey::Note),
    ('e', "edit", "open them in your editor", ReviewKey::Edit),
    ('k', "keep", "keep all as it is, and go on", ReviewKey::Keep),
];

impl ReviewKey {
    /// Where the walk goes once it is done: what does not settle this round leaves the person on the screen.
    pub(super) fn step(self) -> WalkStep {
        match self {
            Self::Log | Self::Open | Self::NoAnswer | Self::Skip | Self::Snooze | Self::Keep => {
                WalkStep::Next
            }
            Self::Promise | Self::Done | Self::Note | Self::Edit => WalkStep::Stay,
        }
    }
}

/// What a person answers to the questions of a key.
pub(super) enum ReviewAnswer {
    /// This is to be done.
    Command(TypedCommand),
    /// Nothing is to be done, and the walk goes where the key leads.
    Nothing,
    /// They thought better of it.
    Back,
    /// They left.
    Leave,
}

/// The key that leaves a question of a key.
const BACK: char = 'q';

/// Asks what `key` needs to know about a contact.
pub(super) fn ask(
    app: &mut App,
    keys: &mut Keys,
    key: ReviewKey,
    book: &Book,
    id: ContactId,
) -> Result<ReviewAnswer> {
    let name = &book.contact(id).name;
    let command = |command: &str, options: &[String], rest: &[&str]| {
        ReviewAnswer::Command(TypedCommand::of(command, options, name, rest))
    };
    let words = |app: &mut App, keys: &mut Keys, question: &str| match app.words(keys, question)? {
        None => Ok(Err(Leave)),
        Some(line) if line.is_empty() => Ok(Err(Back)),
        Some(line) => Ok::<_, Error>(Ok(line)),
    };
    Ok(match key {
        ReviewKey::Log => return log(app, keys, book, id),
        ReviewKey::Open => return open(app, keys, name),
        ReviewKey::Done => return done(app, keys, book, id),
        ReviewKey::Keep => Nothing,
        ReviewKey::NoAnswer => command("log", &["--out".to_owned()], &[]),
        ReviewKey::Skip => command("skip", &[], &[]),
        ReviewKey::Edit => command("edit", &[], &[]),
        ReviewKey::Snooze => match words(app, keys, "Until when? (2w, 7 dec, next fri)")? {
            Ok(day) => command("snooze", &[format!("--until={day}")], &[]),
            Err(none) => none,
        },
        ReviewKey::Promise => match words(app, keys, "What, and by when? (fri: send the draft)")? {
            Ok(what) => command("promise", &[], &[&what]),
            Err(none) => none,
        },
        ReviewKey::Note => match words(app, keys, "A line for the notes:")? {
            Ok(note) => command("edit", &[format!("--set=notes+={note}")], &[]),
            Err(none) => none,
        },
    })
}

/// The channel, the direction and the note of a touch.
fn log(app: &mut App, keys: &mut Keys, book: &Book, id: ContactId) -> Result<ReviewAnswer> {
    let contact = book.contact(id);
    let channels = channel_keys(book, contact, app.today);
    let (first, rest) = channels.split_first().expect("netkeep knows channels");
    let mut question = vec![format!("How? [{}, Enter] {}", first.0, first.1)];
    question.extend(rest.iter().map(|(key, via)| format!("[{key}] {via}")));
    question.extend(["[w] in another way".to_owned(), "[q] back".to_owned()]);
    let mut known: Vec<char> = channels.iter().map(|(key, _)| *key).collect();
    known.extend(['\n', 'w', BACK]);
    let via = match app.key(keys, &question, &known)? {
        None => return Ok(Leave),
        Some(BACK) => return Ok(Back),
        Some('\n') => first.1.to_owned(),
        Some('w') => match app.words(keys, "In which way?")? {
            None => return Ok(Leave),
            Some(word) => word,
        },
        Some(key) => {
            let found = channels.iter().find(|(its, _)| *its == key);
            found.map_or(String::new(), |(_, via)| (*via).to_owned())
        }
    };
    let question = [
        "Who reached out?",
        "[b, Enter] both",
        "[o] you, no answer yet",
        "[i] they",
        "[q] back",
    ];
    let direction = match app.key(
        keys,
        &question.map(str::to_owned),
        &['b', '\n', 'o', 'i', BACK],
    )? {
        None => return Ok(Leave),
        Some(BACK) => return Ok(Back),
        Some('o') => Some("--out".to_owned()),
        Some('i') => Some("--in".to_owned()),
        Some(_) => None,
    };
    let Some(note) = app.words(keys, "A line about it, or Enter:")? else {
        return Ok(Leave);
    };
    let note = (!note.is_empty()).then(|| format!("--note={note}"));
    let options = [Some(format!("--via={via}")), direction, note];
    let options: Vec<String> = options.into_iter().flatten().collect();
    Ok(ReviewAnswer::Command(TypedCommand::of(
        "log",
        &options,
        &contact.name,
        &[],
    )))
}

/// Opens an address, and asks what came of it.
fn open(app: &mut App, keys: &mut Keys, name: &str) -> Result<ReviewAnswer> {
    let words = [name.to_owned()];
    let Some(opened) = keys.lend(|| open::open(app, &words))? else {
        return Ok(Nothing);
    };
    let question = [
        &format!("Did you reach {name}?"),
        "[y] yes",
        "[o] no answer yet",
        "[n] no",
    ];
    let out = match app.key(keys, &question.map(str::to_owned), &['y', 'o', 'n', BACK])? {
        None => return Ok(Leave),
        Some('y') => None,
        Some('o') => Some("--out".to_owned()),
        Some(_) => return Ok(Back),
    };
    let options: Vec<String> = [Some(format!("--via={}", opened.via)), out]
        .into_iter()
        .flatten()
        .collect();
    Ok(ReviewAnswer::Command(TypedCommand::of(
        "log",
        &options,
        name,
        &[],
    )))
}

/// The keys of what was promised.
const PROMISE_KEYS: &str = "123456789";

/// Which promise is done, if there are several.
fn done(app: &mut App, keys: &mut Keys, book: &Book, id: ContactId) -> Result<ReviewAnswer> {
    let entries = promises(book, &[id], app.today);
    let name = &book.contact(id).name;
    let command = |words: &str| {
        let done = format!("--done={words}");
        ReviewAnswer::Command(TypedCommand::of("promise", &[done], name, &[]))
    };
    if entries.len() < 2 {
        return Ok(command(""));
    }
    let numbered: Vec<_> = PROMISE_KEYS.chars().zip(&entries).collect();
    let mut question = vec!["Which one?".to_owned()];
    question.extend(numbered.iter().map(|(key, entry)| {
        let what = messages::what_by(entry.what, entry.by, app.today);
        format!("[{key}] {what}")
    }));
    question.push("[q] back".to_owned());
    let mut known: Vec<char> = numbered.iter().map(|(key, _)| *key).collect();
    known.push(BACK);
    let Some(key) = app.key(keys, &question, &known)? else {
        return Ok(Leave);
    };
    let entry = numbered.into_iter().find(|(its, _)| *its == key);
    Ok(entry.map_or(Back, |(_, entry)| command(entry.what)))
}
