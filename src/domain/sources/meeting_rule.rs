//! Which meetings are touches: those that have passed, with few others, that nobody cancelled and neither side declined.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::fact::{Attendee, Meeting};
use super::found::{ContactDays, DayNews, Findings, LeftOut, SourceKind};
use super::owners::{Owner, Owners};
use super::reason::{Why, WhyNot};
use crate::domain::ContactId;

/// A meeting with more others than this is with nobody in particular.
pub(crate) const MANY_OTHERS: usize = 4;

/// Finds the touches in meetings; `now` is in the local time zone.
pub(super) fn find(
    meetings: &[Meeting],
    owners: &Owners,
    me: &HashSet<String>,
    now: NaiveDateTime,
) -> Findings {
    let mut findings = Findings::default();
    let mut days = ContactDays::new(SourceKind::Calendar, "meeting");
    let is_me = |attendee: &&Attendee| me.contains(&attendee.mailbox.address);
    for meeting in meetings {
        let is_other = |attendee: &&Attendee| !attendee.is_thing && !is_me(attendee);
        let others: Vec<&Attendee> = meeting.people.iter().filter(is_other).collect();
        let contact = |attendee: &Attendee| match owners.of_address(&attendee.mailbox.address) {
            Owner::One(contact) => Some(contact),
            Owner::Nobody | Owner::Several => None,
        };
        let contacts: Vec<(ContactId, bool)> = others
            .iter()
            .filter_map(|attendee| Some((contact(attendee)?, attendee.has_declined)))
            .collect();
        let mut me_there = meeting.people.iter().filter(is_me).peekable();
        // A calendar of one's own may leave out oneself, but then it does not say that another invited.
        let is_of_others =
            me_there.peek().is_none() && meeting.people.iter().any(|one| one.is_organizer);
        let coming = others.iter().filter(|attendee| !attendee.has_declined);
        let coming = coming.count();
        let why_not = if meeting.is_cancelled {
            Some(WhyNot::Cancelled)
        } else if meeting.end > now {
            Some(WhyNot::Future)
        } else if meeting.is_all_day {
            Some(WhyNot::AllDay)
        } else if others.is_empty() {
            Some(WhyNot::Alone)
        } else if is_of_others {
            Some(WhyNot::NotInvited)
        } else if me_there.any(|me| me.has_declined) {
            Some(WhyNot::YouDeclined)
        } else if coming > MANY_OTHERS {
            Some(WhyNot::ManyOthers)
        } else if contacts.is_empty() {
            let is_shared = |attendee: &&&Attendee| {
                owners.of_address(&attendee.mailbox.address) == Owner::Several
            };
            Some(match others.iter().find(is_shared) {
                Some(_) => WhyNot::Shared,
                None => WhyNot::Unknown,
            })
        } else {
            None
        };
        let mut leave_out = |contact, why| {
            findings.left_out.push(LeftOut {
                source: SourceKind::Calendar,
                on: Some(meeting.day),
                contact,
                why,
            });
        };
        if let Some(why) = why_not {
            leave_out(contacts.first().map(|(contact, _)| *contact), why);
            continue;
        }
        for (contact, has_declined) in contacts {
            if has_declined {
                leave_out(Some(contact), WhyNot::TheyDeclined);
            } else {
                let news = DayNews {
                    by: None,
                    is_exchange: true,
                    why: Why::Met(coming),
                    subject: meeting.title.as_deref(),
                    is_asked_for: true,
                    is_settled: true,
                };
                days.add((meeting.day, contact), news);
            }
        }
    }
    findings.seen.insert(SourceKind::Calendar, meetings.len());
    findings.touches.extend(days.touches());
    findings
}
