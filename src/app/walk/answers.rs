//! A walk whose answers are written at its end, all at once. However it ends, what was decided counts.

use super::{KeyChoice, Walk, WalkStep};
use crate::app::keys::Keys;
use crate::app::{App, Draft};
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::words::plural::count;

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

/// A walk that only collects decisions about the contacts `ids`.
struct CollectingWalk<'w, D, S, C> {
    book: &'w Book,
    ids: &'w [ContactId],
    /// Shows the contact at a place in the list.
    show: S,
    /// The keys for it.
    choices: C,
    decided: Vec<Decided<D>>,
}

impl<D, S, C> Walk for CollectingWalk<'_, D, S, C>
where
    S: Fn(&App, usize),
    C: Fn(usize) -> Vec<KeyChoice<D>>,
{
    type Decision = D;

    fn len(&self) -> usize {
        self.ids.len()
    }

    fn show(&mut self, app: &App, at: usize, _: usize) -> Result<bool> {
        (self.show)(app, at);
        Ok(true)
    }

    fn choices(&self, at: usize) -> Vec<KeyChoice<D>> {
        (self.choices)(at)
    }

    fn decide(&mut self, _: &mut App, _: &mut Keys, at: usize, decision: D) -> Result<WalkStep> {
        let id = self.ids[at];
        let seen = self.book.contact(id).clone();
        self.decided.push(Decided { id, seen, decision });
        Ok(WalkStep::Next)
    }

    fn undo(&mut self, app: &mut App) -> Result<Option<usize>> {
        if self.decided.pop().is_none() {
            app.say("nothing to undo");
        }
        Ok(Some(self.decided.len()))
    }
}

/// What is said above answers that were kept.
const KEPT: &str = "# netkeep could not write these answers; the commands below do the same.\n";

impl App {
    /// Walks through the contacts `ids`: `show` shows one, at its place in the list, and `choices` are the keys for it.
    pub(crate) fn collect<D>(
        &mut self,
        keys: &mut Keys,
        book: &Book,
        ids: &[ContactId],
        show: impl Fn(&Self, usize),
        choices: impl Fn(usize) -> Vec<KeyChoice<D>>,
    ) -> Result<Walked<D>> {
        let mut walk = CollectingWalk {
            book,
            ids,
            show,
            choices,
            decided: Vec::new(),
        };
        self.walk(keys, &mut walk)?;
        Ok(Walked {
            is_finished: walk.decided.len() == ids.len(),
            decided: walk.decided,
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
}
