//! When a contact is due, when you were last in touch and what to do next, in words.

use chrono::NaiveDate;

use super::days;
use super::outreach::{how, in_short};
use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{Channel, propose};
use crate::domain::due::coming_days::{self, ComingDay};
use crate::domain::due::promises::{PromiseEntry, to_contact};
use crate::domain::due::rule::{Quiet, Standing, State};
use crate::domain::planning::outreach_reason::OutreachReason;
use crate::domain::planning::week::DueClass;
use crate::domain::{Book, Contact, Direction, Pause};
use crate::render::{Ink, Text};

/// A contact and its standing on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShownContact<'b> {
    pub(in crate::render) contact: &'b Contact,
    pub(in crate::render) standing: &'b Standing,
    pub(in crate::render) today: NaiveDate,
    week_end: NaiveDate,
    /// The birthday or other day that is meant, if not the one that comes next.
    day: Option<ComingDay<'b>>,
}

impl<'b> ShownContact<'b> {
    pub(crate) fn new(book: &'b Book, standing: &'b Standing, today: NaiveDate) -> Self {
        Self {
            contact: book.contact(standing.id),
            standing,
            today,
            week_end: book.week.last_day(today),
            day: None,
        }
    }

    /// The same where one of the days is meant.
    pub(crate) fn on_day(self, day: ComingDay<'b>) -> Self {
        let day = Some(day);
        Self { day, ..self }
    }

    /// The birthday or other day that is meant, or comes next.
    pub(in crate::render) fn coming_day(&self) -> Option<ComingDay<'b>> {
        let id = self.standing.id;
        let next =
            || coming_days::of_contact(id, self.contact, self.today).min_by_key(|day| day.on);
        self.day.or_else(next)
    }

    pub(in crate::render) fn state(&self) -> Option<State> {
        self.standing.state(self.today, self.week_end)
    }

    /// `12 days over, urgent`, `today`, `Thu`, `in 3 weeks`, `resting`, `paused until 1 Dec`.
    pub(crate) fn when(&self) -> Text {
        let (standing, today) = (self.standing, self.today);
        let is_paused = standing.quiet == Some(Quiet::Paused);
        let (Some(due), Some(state)) = (standing.due, self.state()) else {
            return Text::new(if is_paused { "paused" } else { "never" }).ink(Ink::Faint);
        };
        let over = || days::distance((today - due).num_days());
        match state {
            State::Overdue if standing.is_urgent(today) => {
                Text::new(&format!("{} over, urgent", over())).ink(Ink::Urgent)
            }
            State::Overdue => Text::new(&format!("{} over", over())).ink(Ink::Overdue),
            State::Today => Text::new("today").ink(Ink::Today),
            State::Soon | State::Later => Text::new(&days::ahead(due, today)),
            State::Resting => Text::new("resting").ink(Ink::Faint),
            State::Paused => {
                let until = match self.contact.paused {
                    Some(Pause::Until(day)) => format!(" until {}", days::date(day, today)),
                    _ => String::new(),
                };
                Text::new(&format!("paused{until}")).ink(Ink::Faint)
            }
        }
    }

    /// What was promised for this week or for the due day, or is planned: `send the draft (by Fri 27 Nov), and 1 more`,
    /// `lunch`. Else a channel with its address, and a reason: `call +34 600 …: birthday on Friday`.
    pub(crate) fn next(&self) -> Text {
        match self.due_promise() {
            Some(due) => Text::one_line(&due),
            None => {
                let (channel, reason) = self.outreach();
                let reason = reason.as_ref();
                let reason = reason.map(|reason| (reason, in_short(reason, self.today)));
                how(channel.as_ref(), reason)
            }
        }
    }

    /// How to reach them, and a reason.
    pub(in crate::render) fn outreach(&self) -> (Option<Channel<'b>>, Option<OutreachReason<'b>>) {
        let channel = propose(self.contact, self.today);
        let reason = OutreachReason::of(self.contact, channel.as_ref(), self.today, self.week_end);
        (channel, reason)
    }

    /// What was promised for this week or for the due day, or is planned.
    fn due_promise(&self) -> Option<String> {
        let last = self.standing.due.max(Some(self.week_end));
        self.first_of(|entry| entry.by.is_some() && entry.by <= last)
    }

    /// What to know before reaching out, with what was promised without a day: `call 7 weeks ago; promised: a map`. It stands
    /// beside what is next, and does not say the same.
    pub(in crate::render) fn about(&self) -> Text {
        let is_told = || matches!(self.outreach(), (_, Some(OutreachReason::OnlyAsked(_))));
        about_with(
            self.contact,
            self.today,
            self.first_of(|entry| entry.by.is_none()),
            self.due_promise().is_none() && is_told(),
        )
    }

    /// The same with the first line of the notes, where no touch has a note: it may be all there is to go by.
    pub(in crate::render) fn about_tie(&self) -> Text {
        let notes = self.contact.notes.as_deref().unwrap_or_default();
        let first = notes.lines().map(str::trim).find(|line| !line.is_empty());
        let first = first.filter(|_| self.contact.last_note(self.today).is_none());
        let about = self.about();
        match first {
            None => about,
            Some(first) if about.is_empty() => Text::one_line(&format!("“{first}”")),
            Some(first) => about + Text::one_line(&format!("; “{first}”")),
        }
    }

    /// The same, if it says more than when you were last in touch: beside a due day, that says little.
    pub(in crate::render) fn about_beside_day(&self) -> Text {
        let about = self.about();
        if about == last(self.contact, self.today) {
            return Text::default();
        }
        about
    }

    /// The first of some of the promises, with its day, and how many more of them there are.
    fn first_of(&self, is_meant: impl Fn(&PromiseEntry) -> bool) -> Option<String> {
        let mut entries = to_contact(self.standing.id, self.contact, self.today);
        entries.retain(is_meant);
        let (first, more) = entries.split_first()?;
        let by = first.by.filter(|_| !first.is_plan());
        let by = by.map(|by| format!(" (by {})", days::date(by, self.today)));
        let more = match more.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        Some(format!("{}{}{more}", first.what, by.unwrap_or_default()))
    }

    /// Everything promised, the earliest first: `Fri 27 Nov: send the draft; ask about Q3`.
    pub(in crate::render) fn promises(&self, shown: impl Fn(NaiveDate) -> String) -> Text {
        let entries = to_contact(self.standing.id, self.contact, self.today).into_iter();
        let promises = entries.filter(|entry| !entry.is_plan());
        let promises = promises.map(|entry| {
            let by = entry.by.map(|by| format!("{}: ", shown(by)));
            by.unwrap_or_default() + entry.what
        });
        Text::one_line(&promises.collect::<Vec<_>>().join("; "))
    }
}

/// A class in JSON, as a heading, and with what it means.
pub(crate) fn class_words(class: DueClass) -> [&'static str; 3] {
    match class {
        DueClass::Promised => ["promised", "Promised", "promised: always in the week"],
        DueClass::Friendly => ["friendly", "Friendly", "friendly: always in the week"],
        DueClass::Urgent => [
            "urgent",
            "Past the limit",
            "past the limit: before the rest",
        ],
        DueClass::Due => ["due", "Due", "due: the buckets take turns"],
        DueClass::Later => ["later", "Later", "not due this week"],
        DueClass::Quiet => ["quiet", "Left alone", "left alone"],
    }
}

/// `call 7 weeks ago`, `3 days ago`, `never`.
pub(crate) fn last(contact: &Contact, today: NaiveDate) -> Text {
    let Some(touch) = contact.last_touch(today) else {
        return Text::new("never");
    };
    let ago = days::ago(touch.on, today);
    Text::one_line(&match touch.via() {
        Some(via) => format!("{via} {ago}"),
        None => ago,
    })
}

/// What to know before reaching out: `call 7 weeks ago: “budget approved”`, `email 3 days ago, no answer yet`, `not in touch
/// yet; met: RustConf 2024`.
pub(crate) fn about(contact: &Contact, today: NaiveDate) -> Text {
    let about = about_with(contact, today, None, false);
    match contact.last_touch(today) {
        Some(_) => about,
        None if about.is_empty() => Text::new("not in touch yet"),
        None => Text::new("not in touch yet; ") + about,
    }
}

/// The last touch, what is `promised`, and the last note; without a touch, where you met. A long note is what is cut. That you
/// only asked is left out where it is told elsewhere.
fn about_with(
    contact: &Contact,
    today: NaiveDate,
    promised: Option<String>,
    is_asking_told: bool,
) -> Text {
    let promised = promised.map(|what| format!("promised: {what}"));
    let Some(touch) = contact.last_touch(today) else {
        let met = contact.met.as_ref().map(|met| format!("met: {met}"));
        let known: Vec<String> = promised.into_iter().chain(met).collect();
        return Text::one_line(&known.join("; "));
    };
    let with_promise = promised.as_ref().map(|promised| format!("; {promised}"));
    let with_promise = with_promise.unwrap_or_default();
    let direction = match touch.direction {
        Some(Direction::Out) => ", no answer yet",
        Some(Direction::In) => ", from them",
        None => "",
    };
    let asked = if !is_asking_told && Balance::of(contact, today).only_asked() {
        " (you only asked)"
    } else {
        ""
    };
    let note = contact.last_note(today).map_or(String::new(), |noted| {
        let note = noted.note().unwrap_or_default();
        if noted.on == touch.on && promised.is_none() {
            format!(": “{note}”")
        } else {
            format!("; {}: “{note}”", days::date(noted.on, today))
        }
    });
    let last = last(contact, today).plain();
    Text::one_line(&format!("{last}{direction}{asked}{with_promise}{note}"))
}
