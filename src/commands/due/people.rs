//! Who is due or was named, as a table.

use std::io;

use chrono::{Days, NaiveDate};

use crate::domain::due::coming_days::{ComingDay, coming_days};
use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::filter::Filter;
use crate::domain::planning::dormant::{self, dormant};
use crate::domain::planning::week::{WeekPlan, by_class};
use crate::domain::planning::{regroup, travel, triage};
use crate::domain::{Book, ContactId};
use crate::render::Sink;
use crate::render::views::due::DueRows;
use crate::render::views::{coming_days, due};
use crate::render::words::days;
use crate::render::words::never::remedy;

/// The contacts that were asked for.
pub(in crate::commands) struct DuePeople {
    pub(super) span: DueSpan,
    /// The last day of the span; the last of the week, if the span has no end.
    pub(super) last_day: NaiveDate,
    pub(super) filter: Filter,
    /// The filter as it was typed.
    pub(super) typed_filter: String,
    /// The week as a whole, whatever the filter.
    pub(super) plan: WeekPlan,
    /// The contacts of the span that pass the filter.
    pub(in crate::commands) listed: Vec<Standing>,
    pub(super) today: NaiveDate,
}

/// Today and the coming seven days, as `list --birthdays --within 7d` counts them.
const DAYS_AHEAD: u64 = 7;

const NO_BUCKET: &str = "Nobody is ever due: the book has no bucket (`netkeep bucket add clients --cadence '4 weeks'` adds one)";

/// Which contacts were asked for.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum DueSpan {
    /// Those with a place in this week.
    Week,
    /// Everyone with a due day, or with one up to a day.
    Everyone,
    /// Everyone in a place, due or not.
    There,
    /// The dormant ties that have their turn, or all of them; `others` are those who have not.
    Dormant { others: usize },
    /// Those who were named, due or not.
    Named,
}

impl DuePeople {
    /// Writes the week with who can wait, or a plain list.
    pub(in crate::commands) fn table(&self, sink: &mut Sink, book: &Book) -> io::Result<()> {
        let rows = match self.span {
            DueSpan::Week => return self.week(sink, book),
            DueSpan::Dormant { others } => {
                let span = book.defaults.dormant_after.0;
                let all = format!("netkeep due --dormant --all{}", self.typed_filter);
                due::dormant_head(sink, self.listed.len(), others, span, &all)?;
                DueRows::Silent
            }
            DueSpan::Everyone => DueRows::ByClass,
            DueSpan::There => DueRows::There,
            DueSpan::Named => DueRows::Plain,
        };
        if self.listed.is_empty() && rows != DueRows::Silent {
            self.nobody(sink, book, "Nobody")?;
        }
        self.write_days(sink, book)?;
        due::rows(sink, book, &self.listed, self.today, rows)?;
        if self.span == DueSpan::Named {
            due::never(sink, book, &self.listed, self.today)?;
        }
        Ok(())
    }

    /// The same with only those of the dormant ties that have their turn this week, or with all of them.
    pub(super) fn only_dormant(self, book: &Book, all: bool) -> Self {
        let ties = dormant(book, self.today, |contact| self.filter.takes(contact));
        let asked = if all { &ties.all } else { &ties.turn };
        let listed = asked.iter().map(|id| standing(book, *id, self.today));
        Self {
            span: DueSpan::Dormant {
                others: ties.all.len() - asked.len(),
            },
            listed: listed.collect(),
            ..self
        }
    }

    /// Whether the week is asked for, and of it those in some place.
    pub(super) fn is_week_of_place(&self) -> bool {
        self.span == DueSpan::Week && !self.filter.places.is_empty()
    }

    /// The same with everyone there, due or not.
    pub(super) fn everyone_there(self, book: &Book) -> Self {
        let listed = travel::there(book, self.today, |contact| self.filter.takes(contact));
        Self {
            span: DueSpan::There,
            listed,
            ..self
        }
    }

    /// The contacts that need every word, for a list with a foot or without one.
    pub(super) fn with_words(&self, book: &Book, has_foot: bool) -> Vec<ContactId> {
        let mut ids: Vec<ContactId> = self.listed.iter().map(|one| one.id).collect();
        if has_foot && self.tells_dormant(book) {
            ids.extend(dormant::undecided(book, self.today));
        }
        ids
    }

    /// Whether the list ends with a line about what else there is: not where only a part of the book was asked for.
    fn is_whole(&self) -> bool {
        self.span == DueSpan::Week && self.filter == Filter::default()
    }

    fn tells_dormant(&self, book: &Book) -> bool {
        self.is_whole() && dormant::is_told(book, self.today)
    }

    /// The birthdays and other days of the coming week, of those who were named, or of all who pass the filter.
    pub(super) fn days<'b>(&self, book: &'b Book) -> Vec<ComingDay<'b>> {
        let last = self.today.checked_add_days(Days::new(DAYS_AHEAD));
        let last = last.unwrap_or(NaiveDate::MAX);
        let ids: Vec<ContactId> = match self.span {
            DueSpan::Named | DueSpan::Dormant { .. } => {
                self.listed.iter().map(|one| one.id).collect()
            }
            DueSpan::Week | DueSpan::Everyone | DueSpan::There => book.ids().collect(),
        };
        let mut days = coming_days(book, ids, self.today, last);
        days.retain(|day| self.filter.takes(book.contact(day.id)));
        days
    }

    fn write_days(&self, sink: &mut Sink, book: &Book) -> io::Result<()> {
        let typed = &self.typed_filter;
        let command = format!("netkeep list --birthdays{typed} --within {DAYS_AHEAD}d");
        coming_days::lines(sink, book, &self.days(book), self.today, &command)
    }

    /// Where the week stands, who is to be reached, who can wait, who is in no bucket, what it is time for, whether there are
    /// dormant ties.
    fn week(&self, sink: &mut Sink, book: &Book) -> io::Result<()> {
        let Self { plan, listed, .. } = self;
        let mut waiting = plan.waiting.clone();
        waiting.retain(|one| self.filter.takes(book.contact(one.id)));
        let is_empty = listed.is_empty() && waiting.is_empty();
        let is_untouched = is_empty && plan.done == 0;
        if !is_untouched {
            due::head(sink, book, plan, listed.len(), &waiting, &self.typed_filter)?;
        }
        if is_empty {
            let nobody = if is_untouched {
                "Nobody"
            } else {
                "Nobody else"
            };
            self.nobody(sink, book, nobody)?;
        }
        self.write_days(sink, book)?;
        due::rows(sink, book, listed, self.today, DueRows::Plain)?;
        if self.is_whole() {
            let is_regroup_time = regroup::is_time(book, self.today);
            // That there is no bucket has been said.
            let has_none = book.buckets.is_empty() && by_class(book, self.today).is_empty();
            let loose = if has_none { 0 } else { triage::count(book) };
            let dormant = if self.tells_dormant(book) {
                dormant::count(book, self.today)
            } else {
                0
            };
            due::foot(sink, book, loose, is_regroup_time, dormant)?;
        }
        Ok(())
    }

    /// Says that nobody is due, and who is next, or what would give due days. In a book without contacts the hint has said
    /// enough.
    fn nobody(&self, sink: &mut Sink, book: &Book, nobody: &str) -> io::Result<()> {
        if book.contacts.is_empty() {
            return Ok(());
        }
        if matches!(self.span, DueSpan::Named | DueSpan::There) {
            return sink.sentence("Nobody matches");
        }
        let takes = |id: &ContactId| self.filter.takes(book.contact(*id));
        let asked: Vec<ContactId> = book.ids().filter(takes).collect();
        let everyone = by_class(book, self.today);
        if !asked.is_empty() && !everyone.iter().any(|one| takes(&one.id)) {
            let has_no_bucket = everyone.is_empty() && book.buckets.is_empty();
            return if has_no_bucket {
                sink.sentence(NO_BUCKET)
            } else {
                self.never(sink, book, &asked)
            };
        }
        let later = everyone.iter().filter_map(|one| {
            let due = one.due.filter(|due| *due > self.last_day)?;
            let contact = book.contact(one.id);
            let is_next = one.quiet.is_none() && self.filter.takes(contact);
            is_next.then_some((due, contact))
        });
        let next = later.min_by_key(|(due, _)| *due);
        let next = next.map_or(String::new(), |(due, contact)| {
            let when = days::date_and_distance(due, self.today);
            format!("; next is {}, {when}", contact.name)
        });
        let day = days::date(self.last_day, self.today);
        sink.sentence(format!("{nobody} is due by {day}{next}"))
    }

    /// Says that none of `asked` is ever due, and what changes that.
    fn never(&self, sink: &mut Sink, book: &Book, asked: &[ContactId]) -> io::Result<()> {
        let standings = asked.iter().map(|id| standing(book, *id, self.today));
        let standings: Vec<Standing> = standings.collect();
        let cure = |one| remedy(book, one, self.today);
        let cure = standings.iter().find_map(cure);
        if let ([_], Some(_)) = (standings.as_slice(), &cure) {
            return due::never(sink, book, &standings, self.today);
        }
        let mut contacts = asked.iter().map(|id| book.contact(*id));
        let way = if !book.buckets.is_empty() && contacts.any(triage::is_candidate) {
            Some("netkeep triage".to_owned())
        } else {
            cure
        };
        let way = way.map_or(String::new(), |way| format!(" (`{way}` changes that)"));
        let is_whole = asked.len() == book.contacts.len();
        let nobody = if is_whole { "Nobody" } else { "Nobody here" };
        sink.sentence(format!(
            "{nobody} is ever due: none of them has a cadence{way}"
        ))
    }
}
