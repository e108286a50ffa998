//! What `due` answers, before it takes a form.

use chrono::NaiveDate;

use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::filter::Filter;
use crate::domain::planning::regroup;
use crate::domain::planning::rhythm::Silence;
use crate::domain::planning::week::{self, WeekPlan};
use crate::domain::{Book, ContactId};

/// What `due` answers.
pub(super) enum DueAnswer {
    /// Contacts who rest after touches without an answer.
    Resting(Vec<Silence>),
    /// Contacts without a bucket who are more silent than they used to be.
    Fading(Vec<Silence>),
    People(People),
}

/// Contacts by due day.
pub(super) struct People {
    pub(super) span: DueSpan,
    /// The week as a whole, whatever the filter.
    pub(super) plan: WeekPlan,
    /// The contacts of the span that pass the filter.
    pub(super) listed: Vec<Standing>,
    /// For the table of the week: due, without a place in it, and past the filter.
    pub(super) waiting: Vec<Standing>,
    /// Who is next, where nobody is left in the span.
    pub(super) next: Option<NextDue>,
    pub(super) reminders: Reminders,
}

/// Which contacts were asked for.
pub(super) enum DueSpan {
    /// Those with a place in this week.
    Week,
    /// Everyone with a due day, or with one up to a day.
    Everyone { by: Option<NaiveDate> },
    /// Those who were named, due or not.
    Named {
        ids: Vec<ContactId>,
        by: Option<NaiveDate>,
    },
}

/// Who is due after a span in which nobody is.
pub(super) enum NextDue {
    /// Nobody in the book has a due day.
    Never,
    /// Nobody who passes the filter.
    Nobody,
    On(ContactId, NaiveDate),
}

/// What it is time for; nothing where only a part of the book was asked for.
#[derive(Default)]
pub(super) struct Reminders {
    pub(super) is_too_much: bool,
    pub(super) is_regroup_time: bool,
}

impl DueAnswer {
    /// The contacts in it.
    pub(super) fn ids(&self) -> Vec<ContactId> {
        match self {
            Self::Resting(silent) | Self::Fading(silent) => {
                silent.iter().map(|one| one.id).collect()
            }
            Self::People(people) => people.listed.iter().map(|one| one.id).collect(),
        }
    }
}

impl People {
    /// The contacts of `span` that pass `filter`; the week holds `size`.
    pub(super) fn of(
        book: &Book,
        span: DueSpan,
        size: u32,
        filter: &Filter,
        today: NaiveDate,
    ) -> Self {
        let plan = week::plan(book, today, size);
        let mut listed = match &span {
            DueSpan::Week => plan.listed.clone(),
            DueSpan::Everyone { by } => {
                let is_in = |one: &Standing| by.is_none_or(|by| one.is_due_by(by));
                let everyone = week::by_class(book, today).into_iter();
                everyone.filter(is_in).collect()
            }
            DueSpan::Named { ids, .. } => of_named(book, ids, today),
        };
        listed.retain(|one| filter.takes(book.contact(one.id)));
        Self {
            span,
            plan,
            listed,
            waiting: vec![],
            next: None,
            reminders: Reminders::default(),
        }
    }

    /// Finds what a table says besides: who can wait, who is next, what it is time for.
    pub(super) fn look_ahead(&mut self, book: &Book, filter: &Filter, today: NaiveDate) {
        if matches!(self.span, DueSpan::Week) {
            let waiting = self.plan.waiting.iter();
            let is_asked_for = |one: &&Standing| filter.takes(book.contact(one.id));
            self.waiting = waiting.filter(is_asked_for).cloned().collect();
            if *filter == Filter::default() {
                self.reminders = Reminders {
                    is_too_much: self.plan.is_too_much(book),
                    is_regroup_time: regroup::is_time(book, today),
                };
            }
        }
        if self.is_empty() {
            self.next = Some(next_due(book, filter, self.last_day(book, today), today));
        }
    }

    /// Whether nobody is in the span, not even waiting.
    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.waiting.is_empty()
    }

    /// The last day of the span; without an end of its own, that of the week.
    pub(super) fn last_day(&self, book: &Book, today: NaiveDate) -> NaiveDate {
        match self.span {
            DueSpan::Everyone { by: Some(by) } | DueSpan::Named { by: Some(by), .. } => by,
            _ => book.week.last_day(today),
        }
    }
}

/// Those who were named, by class; then those of them without a due day.
fn of_named(book: &Book, named: &[ContactId], today: NaiveDate) -> Vec<Standing> {
    let mut listed = week::by_class(book, today);
    listed.retain(|standing| named.contains(&standing.id));
    let without = |id: &&ContactId| !listed.iter().any(|standing| standing.id == **id);
    let without: Vec<Standing> = named
        .iter()
        .filter(without)
        .map(|id| standing(book, *id, today))
        .collect();
    listed.extend(without);
    listed
}

fn next_due(book: &Book, filter: &Filter, after: NaiveDate, today: NaiveDate) -> NextDue {
    let everyone = week::by_class(book, today);
    if everyone.is_empty() {
        return NextDue::Never;
    }
    let later = everyone
        .iter()
        .filter(|one| one.quiet.is_none() && filter.takes(book.contact(one.id)))
        .filter_map(|one| Some((one.id, one.due.filter(|due| *due > after)?)));
    match later.min_by_key(|(_, due)| *due) {
        Some((id, due)) => NextDue::On(id, due),
        None => NextDue::Nobody,
    }
}
