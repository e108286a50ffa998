//! The questions that a key asks, and the command that the answers make.

use self::ReviewAnswer::{Back, Leave, Nothing};
use super::channel_keys::channel_keys;
use super::typed_command::TypedCommand;
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::WalkStep;
use crate::commands::open;
use crate::commands::promise::line;
use crate::domain::due::channel::CHANNELS;
use crate::domain::due::promises::promises;
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::views::show::{ShowLength, show};

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
    View,
    GoOn,
}

/// The keys: each with its word and its line for `?`. Those that settle this round come first.
pub(super) const REVIEW_KEYS: [(char, &str, &str, ReviewKey); 11] = [
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
        'g',
        "go on",
        "go on to the next person, as each key above does",
        ReviewKey::GoOn,
    ),
    (
        'p',
        "promise",
        "say what you will do for them, and stay with them",
        ReviewKey::Promise,
    ),
    (
        'd',
        "done",
        "take out a promise that is done, and stay",
        ReviewKey::Done,
    ),
    (
        'n',
        "note",
        "add a line to the notes, and stay",
        ReviewKey::Note,
    ),
    (
        'e',
        "edit",
        "open them in your editor, and stay",
        ReviewKey::Edit,
    ),
    (
        'v',
        "view",
        "show all of the page, and stay",
        ReviewKey::View,
    ),
];

impl ReviewKey {
    /// Where the walk goes once it is done: what does not settle this round stays with the person.
    pub(super) fn step(self) -> WalkStep {
        match self {
            Self::Log | Self::Open | Self::NoAnswer | Self::Skip | Self::Snooze | Self::GoOn => {
                WalkStep::Next
            }
            Self::Promise | Self::Done | Self::Note | Self::Edit | Self::View => WalkStep::Stay,
        }
    }

    /// Whether it asks for words, which are asked for again if they mean nothing.
    pub(super) fn takes_words(self) -> bool {
        matches!(self, Self::Snooze | Self::Promise | Self::Note)
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

/// The key that goes back to the question about the person.
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
        ReviewKey::GoOn => Nothing,
        ReviewKey::View => return view(app, keys, book, id),
        ReviewKey::NoAnswer => command("log", &["--out".to_owned()], &[]),
        ReviewKey::Skip => command("skip", &[], &[]),
        ReviewKey::Edit => command("edit", &[], &[]),
        ReviewKey::Snooze => {
            match words(app, keys, "Until when? (2w, 7 dec, next fri; Enter: back)")? {
                Ok(day) => command("snooze", &[format!("--until={day}")], &[]),
                Err(none) => none,
            }
        }
        ReviewKey::Promise => match words(
            app,
            keys,
            "What, and by when? (fri: send the draft; Enter: back)",
        )? {
            Ok(what) => command("promise", &[], &[&what]),
            Err(none) => none,
        },
        ReviewKey::Note => match words(app, keys, "A line for the notes (Enter: back):")? {
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
        Some('w') => match app.words(keys, "In which way? (Enter: back)")? {
            None => return Ok(Leave),
            Some(word) if word.is_empty() => return Ok(Back),
            Some(word) => word,
        },
        // Enter is the first of them.
        Some(key) => {
            let found = channels.iter().find(|(its, _)| *its == key);
            found.unwrap_or(first).1.to_owned()
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
        Some('o') => Some("--out"),
        Some('i') => Some("--in"),
        Some(_) => None,
    };
    touch(app, keys, &contact.name, &via, direction)
}

/// Asks for the note of a touch, and logs it.
fn touch(
    app: &mut App,
    keys: &mut Keys,
    name: &str,
    via: &str,
    direction: Option<&str>,
) -> Result<ReviewAnswer> {
    let Some(note) = app.words(keys, "A line about it (Enter: none):")? else {
        return Ok(Leave);
    };
    let mut options = vec![format!("--via={via}")];
    options.extend(direction.map(str::to_owned));
    if !note.is_empty() {
        options.push(format!("--note={note}"));
    }
    let mut command = TypedCommand::of("log", &options, name, &[]);
    // A word of the user's own that looks like a slip is asked about.
    command.needs_terminal = !CHANNELS.contains(&via);
    Ok(ReviewAnswer::Command(command))
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
    let direction = match app.key(keys, &question.map(str::to_owned), &['y', 'o', 'n'])? {
        None => return Ok(Leave),
        Some('y') => None,
        Some('o') => Some("--out"),
        Some(_) => return Ok(Back),
    };
    touch(app, keys, name, &opened.via, direction)
}

/// Shows the page whole, in the pager if it is long.
fn view(app: &mut App, keys: &mut Keys, book: &Book, id: ContactId) -> Result<ReviewAnswer> {
    let today = app.today;
    let brought = BroughtBy::of(book, today);
    keys.lend(|| app.show_paged(|sink| show(sink, book, id, &brought, today, ShowLength::ALL)))?;
    Ok(Back)
}

/// The keys of what was promised.
const PROMISE_KEYS: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// Which promise is done, if there are several.
fn done(app: &mut App, keys: &mut Keys, book: &Book, id: ContactId) -> Result<ReviewAnswer> {
    let entries = promises(book, &[id], app.today);
    let name = &book.contact(id).name;
    let command = |words: &str| {
        let done = [format!("--done={words}")];
        ReviewAnswer::Command(TypedCommand::of("promise", &done, name, &[]))
    };
    if entries.len() < 2 {
        return Ok(command(""));
    }
    let lines = entries.iter().map(|entry| line(app, entry));
    let numbered: Vec<(char, String)> = PROMISE_KEYS.into_iter().zip(lines).collect();
    let mut question = vec!["Which one?".to_owned()];
    question.extend(numbered.iter().map(|(key, line)| format!("[{key}] {line}")));
    let mut known: Vec<char> = numbered.iter().map(|(key, _)| *key).collect();
    if entries.len() > numbered.len() {
        question.push("[w] another".to_owned());
        known.push('w');
    }
    question.push("[q] back".to_owned());
    known.push(BACK);
    match app.key(keys, &question, &known)? {
        None => Ok(Leave),
        Some('w') => Ok(match app.words(keys, "Words of it (Enter: back):")? {
            None => Leave,
            Some(words) if words.is_empty() => Back,
            Some(words) => command(&words),
        }),
        Some(key) => {
            let found = numbered.iter().find(|(its, _)| *its == key);
            Ok(found.map_or(Back, |(_, line)| command(line)))
        }
    }
}
