//! A walk through a list of contacts, with one key for each and a way back. However it ends, what was decided counts.

use std::io;

use super::keys::Keys;
use super::{App, Draft};
use crate::domain::{Book, Bucket, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::words::plural::count;
use crate::render::{Sink, Text};

/// A decision, and who it is about.
pub(crate) struct Decided<D> {
    pub(crate) id: ContactId,
    /// The contact as it was shown.
    pub(crate) seen: Contact,
    pub(crate) decision: D,
}

/// What was decided on a walk.
pub(crate) struct Walked<D> {
    pub(crate) decided: Vec<Decided<D>>,
    /// Whether nobody is left to decide about.
    pub(crate) is_finished: bool,
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
    ('u', "undo", "go back to the one before"),
    (
        'q',
        "stop",
        "stop, and write the answers so far; Ctrl-C and Ctrl-D do the same",
    ),
    ('?', "keys", "show these keys"),
];

/// What is said above answers that were kept.
const KEPT: &str = "# netkeep could not write these answers; the commands below do the same.\n";

/// The keys of buckets: digits, then letters that have no other meaning in any walk.
const BUCKET_KEYS: &str = "123456789abcefghijlmoprtvwxz";

/// A key for each bucket, until keys run out.
pub(crate) fn bucket_choices<'b, D>(
    book: &'b Book,
    decision: impl Fn(&'b str) -> D,
) -> Vec<KeyChoice<D>> {
    let choice = |(key, bucket): (char, &'b Bucket)| {
        let about = match bucket.cadence {
            Some(cadence) => format!("put them into {}, every {cadence}", bucket.name),
            None => format!("put them into {}", bucket.name),
        };
        KeyChoice::new(key, &bucket.name, &about, decision(&bucket.name))
    };
    BUCKET_KEYS.chars().zip(&book.buckets).map(choice).collect()
}

impl App {
    /// Walks through the contacts `ids`: `show` shows one, at its place in the list, and `choices` are the keys for it. Ctrl-C
    /// or the end of the terminal only stop the walk, as `q` does.
    pub(crate) fn walk<D>(
        &mut self,
        keys: &mut Keys,
        book: &Book,
        ids: &[ContactId],
        show: impl Fn(&Self, usize),
        choices: impl Fn(usize) -> Vec<KeyChoice<D>>,
    ) -> Result<Walked<D>> {
        let mut decided: Vec<Decided<D>> = Vec::new();
        while let Some(&id) = ids.get(decided.len()) {
            let at = decided.len();
            let choices = choices(at);
            show(self, at);
            let known = choices.iter().map(|choice| choice.key);
            let known: Vec<char> = known.chain(WAYS.map(|(key, ..)| key)).collect();
            match self.key(keys, &question(&choices, ids.len() - at), &known)? {
                None | Some('q') => break,
                Some('u') if decided.pop().is_none() => self.say("nothing to undo"),
                Some('u') => {}
                Some('?') => self.show(|sink| legend(sink, &choices)),
                Some(key) => {
                    let made = choices.into_iter().find(|choice| choice.key == key);
                    decided.extend(made.map(|choice| Decided {
                        id,
                        seen: book.contact(id).clone(),
                        decision: choice.decision,
                    }));
                }
            }
        }
        let is_finished = decided.len() == ids.len();
        Ok(Walked {
            decided,
            is_finished,
        })
    }

    /// The contacts that are `still` what was decided about, with the decisions; the others are reported. `bucket` is the one
    /// that a decision needs.
    pub(crate) fn still_so<'d, D: 'd>(
        &self,
        book: &Book,
        decided: impl IntoIterator<Item = &'d Decided<D>>,
        still: impl Fn(&Book, ContactId, &Contact) -> Option<ContactId>,
        bucket: impl Fn(&D) -> Option<&str>,
    ) -> Vec<(ContactId, &'d D)> {
        let mut there = Vec::new();
        for one in decided {
            let name = &one.seen.name;
            let gone = bucket(&one.decision).filter(|name| book.bucket(name).is_none());
            match (gone, still(book, one.id, &one.seen)) {
                (Some(bucket), _) => self.note(format!(
                    "the bucket {bucket} is no longer there, and {name} is left as is"
                )),
                (None, Some(id)) => there.push((id, &one.decision)),
                (None, None) => self.note(format!(
                    "{name} was changed in the meantime, and is left as is"
                )),
            }
        }
        there
    }

    /// Keeps the answers of a person that could not be written because of `err`, as the commands that do the same; where not
    /// even that can be written, shows them.
    pub(crate) fn keep_answers(&self, err: Error, commands: &[String]) -> Error {
        if commands.is_empty() || self.has_saved || self.dry_run {
            return err;
        }
        let text = format!("{KEPT}{}\n", commands.join("\n"));
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
