//! The questions about cards.

use super::CardSession;
use super::reading::CardReading;
use crate::app::App;
use crate::app::choose_values::what;
use crate::app::keys::Keys;
use crate::domain::cards::link::CardLink;
use crate::domain::cards::plan::{CardPlan, OpenValue, UnclearCard, WithoutCard};
use crate::domain::cards::round::{CardPerson, DeletedCard, RemovedContact};
use crate::domain::cards::three_way::CardSide;
use crate::domain::{Next, Value};
use crate::error::Result;
use crate::render::views::import::candidates;
use crate::render::words::plural::count;
use crate::store::{MergeSide, ValueConflict};

/// The most contacts that a card may be, each with a digit for its key.
const MOST: usize = 9;

impl CardSession<'_, '_> {
    /// Asks what is open and was not asked in this run; returns whether anything was.
    pub(super) fn ask(
        &mut self,
        app: &mut App,
        reading: &CardReading,
        plan: &CardPlan,
    ) -> Result<bool> {
        if self.ask_who(app, reading, plan)? {
            return Ok(true);
        }
        let mut is_asked = self.ask_deleted(app, plan)?;
        is_asked |= self.ask_orphans(app, reading, plan)?;
        is_asked |= self.ask_values(app, plan)?;
        Ok(is_asked)
    }

    /// Who is meant by a card. One at a time: an answer may make the next one clear.
    fn ask_who(&mut self, app: &mut App, reading: &CardReading, plan: &CardPlan) -> Result<bool> {
        let is_open = |card: &&UnclearCard| !self.sync.answers.unclear.contains_key(&card.file);
        let Some(unclear) = plan.unclear.iter().find(is_open) else {
            return Ok(false);
        };
        let mut cards = reading.cards.iter();
        let card = cards.find(|card| card.file == unclear.file);
        let card = card.expect("an unclear card was read");
        let people = &unclear.contacts[..unclear.contacts.len().min(MOST)];
        let contacts = people.iter().map(|(id, _)| plan.after.contact(*id));
        for line in candidates(&card.facts, &unclear.file, unclear.by, contacts) {
            app.say(&line);
        }
        let same = match people.len() {
            1 => "[1] the same person".to_owned(),
            count => format!("[1-{count}] one of these"),
        };
        let rest = ["[n] someone new", "[Enter] leave the card"].map(str::to_owned);
        let question: Vec<String> = std::iter::once(same).chain(rest).collect();
        let mut known: Vec<char> = ('1'..='9').take(people.len()).collect();
        known.extend(['n', '\n', 'q']);
        let key = key(app, &question, &known)?;
        let at = key.to_digit(10).map(|digit| digit as usize);
        let answer = match (key, at) {
            (_, Some(at)) => CardPerson::Same(people[at - 1].1.clone()),
            ('n', _) => CardPerson::New,
            _ => CardPerson::Left,
        };
        let answers = &mut self.sync.answers;
        answers.unclear.insert(unclear.file.clone(), answer);
        Ok(true)
    }

    /// What becomes of contacts whose card was deleted.
    fn ask_deleted(&mut self, app: &mut App, plan: &CardPlan) -> Result<bool> {
        let open = plan.deleted.iter().filter(|one| one.answer.is_none());
        let open: Vec<&WithoutCard> = open.collect();
        let mut rest = open.as_slice();
        while let [one, later @ ..] = rest {
            let name = plan.after.contact(one.contact).shown_name();
            app.say(&format!("The card of {name} was deleted"));
            let mut question = vec![
                "[k] or [Enter] keep the contact".to_owned(),
                "[p] pause it".to_owned(),
                "[r] remove it".to_owned(),
            ];
            let mut known = vec!['k', 'p', 'r', '\n'];
            if !later.is_empty() {
                question.push(format!("[a] keep all {}", rest.len()));
                known.push('a');
            }
            let key = key(app, &question, &known)?;
            let answer = match key {
                'p' => DeletedCard::Pause,
                'r' => DeletedCard::Remove,
                _ => DeletedCard::Keep,
            };
            let answered = if key == 'a' { rest } else { &rest[..1] };
            for one in answered {
                self.sync.answers.deleted.insert(one.uid.clone(), answer);
            }
            rest = &rest[answered.len()..];
        }
        Ok(!open.is_empty())
    }

    /// What becomes of cards whose contact was removed. Enter leaves one until the next sync.
    fn ask_orphans(
        &mut self,
        app: &mut App,
        reading: &CardReading,
        plan: &CardPlan,
    ) -> Result<bool> {
        let is_open = |(link, answer): &&(CardLink, Option<RemovedContact>)| {
            answer.is_none() && !self.sync.left_orphans.contains(&link.contact)
        };
        let open: Vec<CardLink> = plan
            .orphans
            .iter()
            .filter(is_open)
            .map(|(link, _)| link.clone())
            .collect();
        let mut rest = open.as_slice();
        while let [link, later @ ..] = rest {
            let name = reading.name_of(link);
            app.say(&format!(
                "{name} is no longer in the book, and has a card ({})",
                link.file
            ));
            let mut question = vec!["[d] delete the card".to_owned(), "[k] keep it".to_owned()];
            let mut known = vec!['d', 'k', '\n', 'q'];
            if !later.is_empty() {
                question.push(format!("[a] delete all {}", rest.len()));
                known.push('a');
            }
            question.push("[Enter] ask again later".to_owned());
            let key = key(app, &question, &known)?;
            let answered = if key == 'a' { rest } else { &rest[..1] };
            for link in answered {
                let uid = link.contact.clone();
                let answer = match key {
                    'd' | 'a' => RemovedContact::DeleteCard,
                    'k' => RemovedContact::KeepCard,
                    _ => {
                        self.sync.left_orphans.insert(uid);
                        continue;
                    }
                };
                self.sync.answers.removed.insert(uid, answer);
            }
            rest = &rest[answered.len()..];
        }
        Ok(!open.is_empty())
    }

    /// Whose value stays.
    fn ask_values(&mut self, app: &mut App, plan: &CardPlan) -> Result<bool> {
        let is_left = |open: &&OpenValue| self.sync.left_values.contains(open);
        let open: Vec<&OpenValue> = plan
            .conflicts
            .iter()
            .filter(|open| !is_left(open))
            .collect();
        if open.is_empty() {
            return Ok(false);
        }
        let values: Vec<ValueConflict> =
            open.iter().map(|open| value_conflict(plan, open)).collect();
        if !app.choose_values(&values, ["in the book", "on the card"])? {
            let left = count(
                values.len(),
                "value stays as it is",
                "values stay as they are",
            );
            app.say(&format!("{left} on both sides"));
            self.sync.left_values.extend(open.into_iter().cloned());
            return Ok(true);
        }
        let chosen = app.chosen_values(&values).unwrap_or_default();
        for (open, side) in open.into_iter().zip(chosen) {
            let side = match side {
                MergeSide::Ours => CardSide::Book,
                MergeSide::Theirs => CardSide::Card,
            };
            let answer = (open.uid.clone(), open.conflict.clone(), side);
            self.sync.answers.values.push(answer);
        }
        Ok(true)
    }
}

/// A key that differs between the book and a card, as other keys that differ are told.
fn value_conflict(plan: &CardPlan, open: &OpenValue) -> ValueConflict {
    ValueConflict {
        contact: Some(plan.after.contact(open.contact).shown_name().to_owned()),
        key: open.conflict.field.key().to_owned(),
        values: open.conflict.values.each_ref().map(shown),
    }
}

/// A value as it is told; a plan with what it is for.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Next(Next {
            on,
            what: Some(what),
        }) => format!("{on}: {what}"),
        value => value.to_string(),
    }
}

/// `title of Ana Ruiz`.
pub(super) fn differing(plan: &CardPlan, open: &OpenValue) -> String {
    what(&value_conflict(plan, open))
}

/// A key that answers a question; Ctrl-C ends it all.
fn key(app: &mut App, question: &[String], known: &[char]) -> Result<char> {
    let mut keys = Keys::open("")?;
    let key = app.key_or_leave(&mut keys, question, known);
    keys.close();
    Ok(key?.unwrap_or('\n'))
}
