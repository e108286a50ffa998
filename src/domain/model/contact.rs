//! A person in the book, and their touches.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::{AnnualDay, Cadence, OtherDay, Promise};

/// A person in the book. Each field has the name of its key.
///
/// An absent text is `None`, an absent list is empty. Keys that netkeep does not know are not kept here.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[allow(
    missing_docs,
    reason = "each is the key of the same name, which `netkeep help book` explains"
)]
pub struct Contact {
    pub name: String,
    pub aka: Vec<String>,
    pub bucket: Option<String>,
    pub cadence: Option<Cadence>,
    pub limit: Option<Cadence>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub email: Vec<String>,
    pub phone: Vec<String>,
    pub links: Vec<String>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub birthday: Option<AnnualDay>,
    pub dates: Vec<OtherDay>,
    pub tags: Vec<String>,
    pub met: Option<String>,
    pub friendly: bool,
    pub paused: Option<Pause>,
    pub added: Option<NaiveDate>,
    pub next: Option<Next>,
    pub uid: Option<String>,
    pub notes: Option<String>,
    /// What the user promised, in the order of the file.
    pub promises: Vec<Promise>,
    /// In the order of the file, which need not be the order of the days.
    pub touches: Vec<Touch>,
}

/// One time you were in touch.
///
/// A book has ten times as many touches as contacts, and due days depend only on the days of touches. So the words are boxed, and a
/// touch without words is small.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Touch {
    /// The day.
    pub on: NaiveDate,
    /// Who reached out; `None` is a real exchange.
    pub direction: Option<Direction>,
    /// `None` if all words are absent.
    words: Option<Box<Words>>,
}

/// The words of a touch.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Words {
    /// The channel: `call`, `email` ..., or any word of the user.
    pub via: Option<String>,
    /// A line about it.
    pub note: Option<String>,
    /// What you gave: an introduction, an hour, a hint.
    pub gave: Option<String>,
    /// What you got.
    pub got: Option<String>,
    /// Where netkeep read it: `mail`, `calendar`, `calls`; `None` if it was logged by hand.
    pub source: Option<String>,
}

/// Who reached out, when it was one side only.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Direction {
    /// You reached out and have no answer (yet).
    Out,
    /// They reached out.
    In,
}

/// The planned next touch.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Next {
    /// The day it is planned for.
    pub on: NaiveDate,
    /// What for.
    pub what: Option<String>,
}

/// A time in which a contact is not due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pause {
    /// Until resumed.
    Open,
    /// Until that day, when the contact is back.
    Until(NaiveDate),
}

impl Contact {
    /// Who the contact is and where, without what happened and what is to happen.
    pub(super) fn without_history(&self) -> Self {
        Self {
            next: None,
            promises: vec![],
            touches: vec![],
            ..self.clone()
        }
    }

    /// Whether the days of the year still count: not if the contact is paused for good, because they may have died.
    pub(crate) fn keeps_days(&self) -> bool {
        self.paused != Some(Pause::Open)
    }

    /// The name as it is shown: a contact without one has to be seen, too.
    pub(crate) fn shown_name(&self) -> &str {
        match self.name.trim() {
            "" => "(no name)",
            _ => &self.name,
        }
    }

    /// Every name to find them by, their own first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> + Clone {
        std::iter::once(&self.name).chain(&self.aka)
    }

    /// The newest touch on or before `today`, wherever it is in the file; of two on one day, the later in the file.
    pub fn last_touch(&self, today: NaiveDate) -> Option<&Touch> {
        self.touches
            .iter()
            .filter(|touch| touch.on <= today)
            .max_by_key(|touch| touch.on)
    }

    /// The touches on or before `today`, the newest first; of those on one day, the later in the file.
    pub(crate) fn newest_first(&self, today: NaiveDate) -> Vec<&Touch> {
        let touches = self.touches.iter().rev();
        let mut touches: Vec<&Touch> = touches.filter(|touch| touch.on <= today).collect();
        touches.sort_by_key(|touch| std::cmp::Reverse(touch.on));
        touches
    }

    /// How many of the newest touches on or before `today` have no answer. Those of one day count once: a call and the
    /// message after it are one try.
    pub(crate) fn unanswered(&self, today: NaiveDate) -> usize {
        if !self.last_touch(today).is_some_and(Touch::is_out) {
            return 0;
        }
        let mut unanswered = Unanswered::default();
        for touch in self.newest_first(today).into_iter().rev() {
            unanswered.add(touch);
        }
        unanswered.count
    }

    /// The newest touch on or before `today` that has a note.
    pub(crate) fn last_note(&self, today: NaiveDate) -> Option<&Touch> {
        let has_note = |touch: &&Touch| {
            touch.on <= today && touch.note().is_some_and(|note| !note.trim().is_empty())
        };
        self.touches
            .iter()
            .filter(has_note)
            .max_by_key(|touch| touch.on)
    }

    /// The index of the newest touch on or before `today`, or if there is none, of the newest touch to come; of two on
    /// one day, the later in the file.
    pub(crate) fn newest_touch(&self, today: NaiveDate) -> Option<usize> {
        (0..self.touches.len())
            .max_by_key(|&at| (self.touches[at].on <= today, self.touches[at].on))
    }

    /// The index of the touch on `day`; of several, the last in the file.
    pub(crate) fn touch_on(&self, day: NaiveDate) -> Option<usize> {
        self.touches.iter().rposition(|touch| touch.on == day)
    }

    /// The index at which a touch of `day` keeps the touches in the order of their days; the end if they have none.
    pub(crate) fn place_for(&self, day: NaiveDate) -> usize {
        if self.touches.is_sorted_by_key(|touch| touch.on) {
            self.touches.partition_point(|touch| touch.on <= day)
        } else {
            self.touches.len()
        }
    }

    /// Whether logging `touch` settles the plan: it is the newest touch so far, and the plan is for its day or before, or
    /// for nothing in particular.
    pub(crate) fn is_settled_by(&self, touch: &Touch, today: NaiveDate) -> bool {
        let is_newest = self
            .last_touch(today)
            .is_none_or(|last| last.on <= touch.on);
        is_newest
            && self
                .next
                .as_ref()
                .is_some_and(|next| next.what.is_none() || next.on <= touch.on)
    }

    /// The planned next touch, unless the newest touch on or before `today` has spent it.
    pub(crate) fn open_plan(&self, today: NaiveDate) -> Option<&Next> {
        // Most contacts have no plan, and looking for the last touch takes time.
        let next = self.next.as_ref()?;
        let last = self.last_touch(today).map(|touch| touch.on);
        next.is_open_after(last).then_some(next)
    }

    pub(crate) fn is_paused(&self, today: NaiveDate) -> bool {
        match self.paused {
            None => false,
            Some(Pause::Open) => true,
            Some(Pause::Until(day)) => today < day,
        }
    }
}

impl Next {
    /// Whether a contact with this last touch is still to be reached as planned.
    pub(crate) fn is_open_after(&self, last: Option<NaiveDate>) -> bool {
        last.is_none_or(|last| last < self.on)
    }
}

/// How many touches in a row have no answer, those of one day counted once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unanswered {
    pub(crate) count: usize,
    day: Option<NaiveDate>,
}

impl Unanswered {
    /// Counts the next touch, from the oldest to the newest.
    pub(crate) fn add(&mut self, touch: &Touch) {
        if !touch.is_out() {
            *self = Self::default();
        } else if self.day != Some(touch.on) {
            self.count += 1;
            self.day = Some(touch.on);
        }
    }
}

impl Touch {
    fn is_out(&self) -> bool {
        self.direction == Some(Direction::Out)
    }

    /// An exchange on a day, without words.
    pub fn on(on: NaiveDate) -> Self {
        Self {
            on,
            direction: None,
            words: None,
        }
    }

    /// The same touch with another direction.
    #[must_use]
    pub fn toward(mut self, direction: Option<Direction>) -> Self {
        self.direction = direction;
        self
    }

    /// The same touch with these words instead of its own.
    #[must_use]
    pub fn with(mut self, words: Words) -> Self {
        self.words = (words != Words::default()).then(|| Box::new(words));
        self
    }

    /// Its words.
    pub fn words(&self) -> &Words {
        const NONE: &Words = &Words {
            via: None,
            note: None,
            gave: None,
            got: None,
            source: None,
        };
        self.words.as_deref().unwrap_or(NONE)
    }

    pub(crate) fn via(&self) -> Option<&str> {
        self.words().via.as_deref()
    }

    /// The line about it.
    pub fn note(&self) -> Option<&str> {
        self.words().note.as_deref()
    }

    /// Where netkeep read it: `mail`, `calendar`, `calls`; `None` if it was logged by hand.
    pub fn source(&self) -> Option<&str> {
        self.words().source.as_deref()
    }
}

impl Words {
    /// Every word about it: neither the channel nor the source.
    pub(crate) fn about(&self) -> impl Iterator<Item = &String> {
        [&self.note, &self.gave, &self.got].into_iter().flatten()
    }
}

impl Direction {
    /// The direction that is written so.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        match word {
            "out" => Some(Self::Out),
            "in" => Some(Self::In),
            _ => None,
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Out => "out",
            Self::In => "in",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn the_last_touch_is_the_newest_that_has_happened() {
        let touches = ["2026-11-10", "2026-10-02", "2027-01-01"]
            .map(|on| Touch::on(day(on)))
            .to_vec();
        let contact = Contact {
            touches,
            ..Contact::default()
        };
        assert_eq!(
            contact.last_touch(day("2026-11-23")).map(|touch| touch.on),
            Some(day("2026-11-10"))
        );
        assert_eq!(contact.last_touch(day("2026-01-01")), None);
        assert_eq!(contact.newest_touch(day("2026-11-23")), Some(0));
        assert_eq!(contact.newest_touch(day("2026-01-01")), Some(2));
        assert_eq!(contact.touch_on(day("2026-10-02")), Some(1));
        assert_eq!(contact.place_for(day("2026-10-02")), 3);
        let sorted = Contact {
            touches: contact.touches[1..].to_vec(),
            ..Contact::default()
        };
        let place = |on| sorted.place_for(day(on));
        let places = ["2026-01-01", "2026-10-02", "2026-12-01", "2027-01-01"].map(place);
        assert_eq!(places, [0, 1, 1, 2]);
    }

    #[test]
    fn paused_until_a_day_is_back_on_that_day() {
        let contact = Contact {
            paused: Some(Pause::Until(day("2026-12-01"))),
            ..Contact::default()
        };
        assert!(contact.is_paused(day("2026-11-30")));
        assert!(!contact.is_paused(day("2026-12-01")));
    }
}
