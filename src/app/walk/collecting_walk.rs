//! A walk whose answers are written at its end, all at once. However it ends, what was decided counts.

use super::{ContactWalk, KeyChoice, WalkStep};
use crate::app::App;
use crate::app::keys::Keys;
use crate::domain::{Book, Contact, ContactId};
use crate::error::Result;

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

impl<D, S, C> ContactWalk for CollectingWalk<'_, D, S, C>
where
    S: Fn(&App, usize),
    C: Fn(usize) -> Vec<KeyChoice<D>>,
{
    type KeyDecision = D;

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
}
