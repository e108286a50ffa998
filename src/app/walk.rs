//! A walk through a list of contacts, with one key for each and a way back: the loop that `review`, `triage` and `regroup`
//! share. `review` writes each answer at once; the others collect them (`collecting_walk`) and write them at the end. However a walk
//! ends, no answer is lost.

mod collecting_walk;

use std::io;

pub(crate) use self::collecting_walk::{Decided, Walked};
use super::keys::Keys;
use super::{App, Draft};
use crate::domain::planning::size::full;
use crate::domain::{Book, Bucket};
use crate::error::{Error, Result};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};

/// Who a walk leads to, and what becomes of an answer.
pub(crate) trait ContactWalk {
    /// What a key decides.
    type KeyDecision;

    /// How many contacts it leads to.
    fn len(&self) -> usize;

    /// Shows the contact at a place, in `room` lines if it may be long; whether it is still there.
    fn show(&mut self, app: &App, at: usize, room: usize) -> Result<bool>;

    /// The keys for that contact.
    fn choices(&self, at: usize) -> Vec<KeyChoice<Self::KeyDecision>>;

    /// Does what was decided about it. At a terminal, what it refuses is said, and the question comes again.
    fn decide(
        &mut self,
        app: &mut App,
        keys: &mut Keys,
        at: usize,
        decision: Self::KeyDecision,
    ) -> Result<WalkStep>;

    /// Undoes the last answer, or says why not: the place of the contact to go back to, if another than now.
    fn undo(&mut self, app: &mut App) -> Result<Option<usize>>;
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum WalkStep {
    /// To the next contact.
    Next,
    /// To another question about the same one.
    Stay,
    /// Out of the walk.
    Stop,
}

/// A key, and what it decides.
#[derive(Clone, Debug)]
pub(crate) struct KeyChoice<D> {
    pub(crate) key: char,
    /// What it does, in a word for the question.
    pub(crate) word: String,
    /// The same in a line for `?`.
    pub(crate) about: String,
    pub(crate) decision: D,
}

impl<D> KeyChoice<D> {
    pub(crate) fn new(key: char, word: &str, about: &str, decision: D) -> Self {
        Self {
            key,
            word: word.to_owned(),
            about: about.to_owned(),
            decision,
        }
    }
}

/// The keys that every walk has: the key, its word in the question, its line for `?`.
const WAYS: [(char, &str, &str); 3] = [
    ('u', "undo", "undo the last answer, and go back to it"),
    (
        'q',
        "stop",
        "stop: the answers so far count; Ctrl-C and Ctrl-D do the same",
    ),
    ('?', "keys", "show these keys"),
];

/// The keys of buckets: digits, then letters that have no other meaning where buckets are chosen.
const BUCKET_KEYS: &str = "123456789abcefghijlmoprtvwxz";

/// A key for each bucket, until keys run out.
pub(crate) fn bucket_choices<'b, D>(
    book: &'b Book,
    decision: impl Fn(&'b str) -> D,
) -> Vec<KeyChoice<D>> {
    let full = full(book);
    let choice = |(key, bucket): (char, &'b Bucket)| {
        let every = bucket.cadence.map(|cadence| format!(", every {cadence}"));
        let every = every.unwrap_or_default();
        let name = &bucket.name;
        let full = full.iter().find(|full| full.bucket.name == *name);
        let full = full.map_or(String::new(), |full| {
            format!(" ({} of {})", full.people, full.size)
        });
        let about = format!("put them into {name}{every}{full}");
        KeyChoice::new(key, &format!("{name}{full}"), &about, decision(name))
    };
    BUCKET_KEYS.chars().zip(&book.buckets).map(choice).collect()
}

/// What is said above answers that were kept.
const KEPT: &str = "# netkeep could not write these answers; the commands below do the same.\n";

impl App {
    /// Leads through a walk. Ctrl-C or the end of the terminal only stop it, as `q` does.
    pub(crate) fn walk<W: ContactWalk>(&mut self, keys: &mut Keys, walk: &mut W) -> Result<()> {
        let mut at = 0;
        let mut shown = None;
        while at < walk.len() {
            let choices = walk.choices(at);
            let question = question(&choices, walk.len() - at);
            if shown != Some(at) {
                self.out.flush()?;
                self.measure();
                let room = self.rows_above(|sink| sink.question(&question));
                if !walk.show(self, at, room)? {
                    at += 1;
                    continue;
                }
            }
            shown = Some(at);
            let known = choices.iter().map(|choice| choice.key);
            let known: Vec<char> = known.chain(WAYS.map(|(key, ..)| key)).collect();
            match self.key(keys, &question, &known)? {
                None | Some('q') => break,
                Some('u') => {
                    let undone = walk.undo(self);
                    if let Some(back) = self.or_say(keys, undone)?.flatten() {
                        (at, shown) = (back, None);
                    }
                }
                Some('?') => self.show(|sink| legend(sink, &choices)),
                Some(key) => {
                    let Some(choice) = choices.into_iter().find(|choice| choice.key == key) else {
                        continue;
                    };
                    let step = walk.decide(self, keys, at, choice.decision);
                    match self.or_say(keys, step)?.unwrap_or(WalkStep::Stay) {
                        WalkStep::Next => at += 1,
                        WalkStep::Stay => {}
                        WalkStep::Stop => break,
                    }
                }
            }
        }
        Ok(())
    }

    /// What was done; where a person can answer otherwise, `None` once it is said what went wrong.
    pub(crate) fn or_say<T>(&self, keys: &Keys, done: Result<T>) -> Result<Option<T>> {
        match done {
            Err(err) if !keys.is_script() && !matches!(err, Error::Output(_)) => {
                self.show(|sink| err.write(sink));
                Ok(None)
            }
            done => done.map(Some),
        }
    }

    /// Keeps the answers of a person that could not be written because of `err`, as the commands that do the same; where not
    /// even that can be written, shows them.
    pub(crate) fn keep_answers(&self, err: Error, commands: &[String]) -> Error {
        if commands.is_empty() || self.dry_run {
            return err;
        }
        let commands = commands
            .iter()
            .map(|line| line.replacen("netkeep", &self.as_now(), 1));
        let text = format!("{KEPT}{}\n", commands.collect::<Vec<_>>().join("\n"));
        let draft = self
            .storage()
            .and_then(|storage| Draft::new(&storage, &text));
        match draft {
            Ok(draft) => draft.keep(err),
            Err(_) => {
                self.show(|sink| text.lines().try_for_each(|line| sink.line(line)));
                err
            }
        }
    }

    /// Notes that some contacts are not asked about.
    pub(crate) fn note_unsound(&self, unsound: usize) {
        if unsound > 0 {
            let contacts = count(unsound, "contact has", "contacts have");
            self.note(format!(
                "{contacts} problems and must wait: `netkeep check` lists them"
            ));
        }
    }

    /// Notes that some buckets cannot be chosen with a key.
    pub(crate) fn note_keyless(&self, book: &Book) {
        let keyless = book.buckets.len().saturating_sub(BUCKET_KEYS.len());
        if keyless > 0 {
            let buckets = count(keyless, "bucket has", "buckets have");
            self.note(format!(
                "{buckets} no key: `netkeep move` moves people to any bucket"
            ));
        }
    }
}

/// The keys in brackets, each with its word, and how many contacts are left.
fn question<D>(choices: &[KeyChoice<D>], left: usize) -> Vec<String> {
    let choices = choices
        .iter()
        .map(|choice| format!("[{}] {}", choice.key, choice.word));
    let ways = WAYS.map(|(key, word, _)| format!("[{key}] {word}"));
    choices
        .chain(ways)
        .chain([format!("({left} left)")])
        .collect()
}

/// Writes a line for each key.
fn legend<D>(sink: &mut Sink, choices: &[KeyChoice<D>]) -> io::Result<()> {
    let choices = choices
        .iter()
        .map(|choice| (choice.key, choice.about.as_str()));
    for (key, about) in choices.chain(WAYS.map(|(key, _, about)| (key, about))) {
        let head = Text::new(&format!("  {key}  "));
        sink.wrapped(&head, about)?;
    }
    Ok(())
}
