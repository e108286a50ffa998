//! What a sync of cards did, or would do.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::ask::{differing, shown};
use super::reading::CardReading;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::commands::sync::report::came;
use crate::domain::cards::plan::{CardPlan, CardWrite, PlannedLink, UnclearCard, WithoutCard};
use crate::domain::cards::round::DeletedCard;
use crate::domain::changes::book_change::BookChange;
use crate::domain::{Book, Contact, ContactId};
use crate::error::Result;
use crate::render::json::CardsDone;
use crate::render::words::joined;
use crate::render::words::messages::{UNDO, typed_name};
use crate::render::words::plural::{count, or};
use crate::store::CardFolder;

/// The most cards that are told one by one.
const TOLD: usize = 5;

/// What a round does with the book and with the cards.
pub(super) struct RoundReport<'r> {
    pub(super) reading: &'r CardReading,
    /// The book before.
    pub(super) book: &'r Book,
    pub(super) plan: &'r CardPlan,
    /// The book afterwards, with those who are removed.
    pub(super) after: Book,
    /// The cards that are written, or are to be.
    pub(super) written: Vec<&'r PlannedLink>,
    /// Whether something could not be written.
    pub(super) is_stuck: bool,
}

impl<'r> RoundReport<'r> {
    /// What the plan does.
    pub(super) fn of(reading: &'r CardReading, book: &'r Book, plan: &'r CardPlan) -> Self {
        Self {
            reading,
            book,
            plan,
            after: plan.after.clone(),
            written: plan.to_write().collect(),
            is_stuck: false,
        }
    }

    pub(super) fn changes_book(&self) -> bool {
        !self.plan.removed.is_empty() || self.after.contacts != self.book.contacts
    }

    /// Shows what would be written, and asks whether it is to be; `v` shows everyone.
    pub(super) fn agree(&self, app: &mut App) -> Result<bool> {
        self.say(app)?;
        let today = app.today;
        app.confirm_write(AnswerSource::Input, "everyone", |sink| {
            let mut lines = self.lines(today, true).into_iter();
            Ok(lines.try_for_each(|line| sink.sentence(line))?)
        })
    }

    /// What comes from the cards, and what goes to them; of many, how many, unless `tells_all`.
    fn lines(&self, today: NaiveDate, tells_all: bool) -> Vec<String> {
        let after = self.book_after();
        let change = BookChange::between(self.book, &after);
        let from = match (change.is_empty(), tells_all) {
            (true, _) => vec![],
            (false, true) => joined::lines(&change, today),
            (false, false) => came(&change, today),
        };
        let from = from
            .into_iter()
            .map(|line| format!("From the cards: {line}"));
        let to = self.to_cards(today, tells_all).into_iter();
        from.chain(to.map(|line| format!("To the cards: {line}")))
            .collect()
    }

    /// What goes to the cards. Each is compared with itself: another contact may have its name by now.
    fn to_cards(&self, today: NaiveDate, tells_all: bool) -> Vec<String> {
        let pairs = self.cards();
        if pairs.len() > TOLD && !tells_all {
            let count = |is_it: fn(&[Option<Contact>; 2]) -> bool, how: &str| {
                let count = pairs.iter().filter(|pair| is_it(pair)).count();
                (count > 0).then(|| format!("{count} {how}"))
            };
            let counts = [
                count(|[was, _]| was.is_none(), "added"),
                count(|[was, is]| was.is_some() && is.is_some(), "changed"),
                count(|[_, is]| is.is_none(), "removed"),
            ];
            return vec![counts.into_iter().flatten().collect::<Vec<_>>().join(", ")];
        }
        let lines = pairs.into_iter().flat_map(|pair| {
            let [was, is] = pair.map(|card| card.into_iter().collect::<Book>());
            joined::lines(&BookChange::between(&was, &is), today)
        });
        lines.collect()
    }

    fn is_nothing(&self) -> bool {
        self.written.is_empty() && !self.changes_book() && self.plan.joined.is_empty()
    }

    /// Says what comes from the cards, and what goes to them; of many, how many.
    pub(super) fn say(&self, app: &mut App) -> Result<()> {
        if self.is_nothing() {
            let is_settled = self.left().is_empty() && !self.is_stuck;
            return app.line(if is_settled {
                "The book and its cards say the same"
            } else {
                "Nothing to write"
            });
        }
        if !self.plan.joined.is_empty() {
            let linked = count(
                self.plan.joined.len(),
                "card to a contact",
                "cards to contacts",
            );
            app.line(format!("Linked {linked} of the book"))?;
        }
        for line in self.lines(app.today, false) {
            app.line(line)?;
        }
        Ok(())
    }

    /// Says what was done; in short where the user has seen it.
    pub(super) fn say_done(&self, app: &mut App, is_told: bool) -> Result<()> {
        if !is_told || self.is_nothing() {
            self.say(app)?;
        }
        let changes_book = self.changes_book();
        let is_deleted =
            |planned: &&&PlannedLink| matches!(planned.write, Some(CardWrite::Delete { .. }));
        let deleted = self.written.iter().filter(is_deleted).count();
        let cards = |number| count(number, "card", "cards");
        let [did, took_out] = if changes_book {
            ["Saved, and wrote", "Saved, and deleted"]
        } else {
            ["Wrote", "Deleted"]
        };
        let said = match (self.written.len() - deleted, deleted) {
            (0, 0) if changes_book => "Saved".to_owned(),
            (0, 0) => return Ok(()),
            (0, deleted) => format!("{took_out} {}", cards(deleted)),
            (wrote, 0) => format!("{did} {}", cards(wrote)),
            (wrote, deleted) => format!("{did} {}, deleted {deleted}", cards(wrote)),
        };
        let undo = if changes_book { UNDO } else { "" };
        app.line(format!("{said}{undo}"))
    }

    /// Says what stays as it is, and what a person can do about it.
    pub(super) fn say_left(&self, app: &App) {
        for left in self.left() {
            app.note(left.note);
        }
        let loose = self.plan.added.len();
        if loose > 0 {
            let they = count(
                loose,
                "new contact is in no bucket",
                "new contacts are in no bucket",
            );
            app.hint(format!(
                "{they}, and so never due: `netkeep triage` goes through them"
            ));
        }
    }

    /// Adds it to what earlier rounds did.
    pub(super) fn add_to(&self, done: &mut CardsDone, folder: &CardFolder) {
        let plan = self.plan;
        let name = |id: ContactId| plan.after.contact(id).name.clone();
        let facts = self.facts();
        let written = self.written.iter().filter_map(|planned| {
            let (how, file) = match planned.write.as_ref()? {
                CardWrite::Create { uid, .. } => ("new", CardFolder::new_name(uid)),
                CardWrite::Change { file, .. } => ("changed", file.clone()),
                CardWrite::Delete { file } => ("deleted", file.clone()),
            };
            let of_card = || facts.get(file.as_str()).map(|card| card.name.clone());
            let contact = planned.contact.map(name).or_else(of_card);
            Some([file, contact.unwrap_or_default(), how.to_owned()])
        });
        done.written.extend(written);
        done.folder = folder.path().display().to_string();
        done.added
            .extend(plan.added.iter().map(|(id, _)| name(*id)));
        done.joined
            .extend(plan.joined.iter().map(|(id, _)| name(*id)));
        let deleted = plan.deleted.iter();
        done.deleted
            .extend(deleted.map(|one| (name(one.contact), outcome(one.answer))));
        let left = self.left().into_iter();
        done.left = left.map(|left| [left.what, left.why]).collect();
    }

    /// What is left as it is.
    fn left(&self) -> Vec<LeftPart> {
        let plan = self.plan;
        let name = |id: ContactId| plan.after.contact(id).shown_name();
        let mut left = Vec::new();
        let mut leave = |what: &str, why: String, note: String| {
            let what = what.to_owned();
            left.push(LeftPart { what, why, note });
        };
        for (file, why) in &self.reading.unread {
            if let Some(why) = why {
                leave(file, why.clone(), format!("{file} is left alone: {why}"));
            }
        }
        for double in &plan.doubles {
            let [first, other] = &double.files;
            let (why, what) = if double.is_one_uid {
                (format!("it has the UID of {first}"), "have the same UID")
            } else {
                (
                    format!("it is the person of {first}"),
                    "are the same person",
                )
            };
            let note = format!(
                "{first} and {other} {what}: {other} is left alone; join the two cards, or delete one"
            );
            leave(other, why, note);
        }
        for WithoutCard {
            contact, answer, ..
        } in &plan.deleted
        {
            let who = name(*contact);
            if answer.is_none() {
                let typed = typed_name(who);
                let note = format!(
                    "the card of {who} was deleted: the contact stays, without a card (`netkeep remove {typed}` removes it)"
                );
                leave(who, "its card was deleted".to_owned(), note);
            }
        }
        for (link, answer) in &plan.orphans {
            if answer.is_none() {
                let who = self.reading.name_of(link);
                let file = &link.file;
                let note = format!(
                    "{who} is no longer in the book, and the card {file} stays; `netkeep sync` at a terminal asks whether to delete it"
                );
                leave(file, "its contact is not in the book".to_owned(), note);
            }
        }
        for UnclearCard { file, contacts, .. } in &plan.unclear {
            let names: Vec<&str> = contacts.iter().map(|(id, _)| name(*id)).collect();
            let who = or(&names);
            let note = format!(
                "{file} may be {who}, and is left alone; `netkeep sync` at a terminal asks who it is"
            );
            leave(file, format!("it may be {who}"), note);
        }
        for open in &plan.conflicts {
            let [book, card] = open.conflict.values.each_ref().map(shown);
            let (what, why) = (
                differing(plan, open),
                format!("{book} in the book, {card} on the card"),
            );
            let note =
                format!("{what} differs: {why}; both stay until `netkeep sync` asks at a terminal");
            leave(&what, why, note);
        }
        left
    }

    /// The book afterwards.
    fn book_after(&self) -> Book {
        let mut after = self.after.clone();
        let mut ids = self.after.ids();
        after.contacts.retain(|_| {
            let id = ids.next();
            id.is_none_or(|id| !self.plan.removed.contains(&id))
        });
        after
    }

    /// The cards that are written, each before and after.
    fn cards(&self) -> Vec<[Option<Contact>; 2]> {
        let facts = self.facts();
        let pairs = self.written.iter().filter_map(|planned| {
            let (file, after) = match planned.write.as_ref()? {
                CardWrite::Create { facts, .. } => (None, Some(facts)),
                CardWrite::Change { file, facts } => (Some(file), Some(facts)),
                CardWrite::Delete { file } => (Some(file), None),
            };
            let before = file.and_then(|file| facts.get(file.as_str()).copied());
            let is_renamed = before
                .zip(after)
                .is_some_and(|(was, is)| was.name != is.name);
            // A namesake has a name of its own in the book.
            let name = match planned.contact {
                Some(id) => self.after.contact(id).name.clone(),
                None => self.reading.name_of(&planned.link),
            };
            let told = |card: Option<&Contact>| {
                let mut card = card?.clone();
                if !is_renamed {
                    card.name.clone_from(&name);
                }
                // It is one card, whatever its name.
                card.uid = Some(name.clone());
                Some(card)
            };
            Some([told(before), told(after)])
        });
        pairs.collect()
    }

    /// What each card says, by the name of its file.
    fn facts(&self) -> HashMap<&str, &Contact> {
        let cards = self.reading.cards.iter();
        cards
            .map(|card| (card.file.as_str(), &card.facts))
            .collect()
    }
}

/// Something that stays as it is on both sides.
struct LeftPart {
    /// A file, a contact, or a key of a contact.
    what: String,
    why: String,
    /// The same as a sentence, with what to do.
    note: String,
}

fn outcome(answer: Option<DeletedCard>) -> &'static str {
    match answer {
        None | Some(DeletedCard::Keep) => "kept",
        Some(DeletedCard::Pause) => "paused",
        Some(DeletedCard::Remove) => "removed",
    }
}
