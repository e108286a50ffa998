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
    for meeting in meetings {
        let party = Party::of(meeting, owners, me);
        let mut leave_out = |contact, why| {
            findings.left_out.push(LeftOut {
                source: SourceKind::Calendar,
                on: Some(meeting.day),
                contact,
                why,
            });
        };
        if let Some(why) = party.why_not(meeting, owners, now) {
            leave_out(party.contacts.first().map(|(contact, _)| *contact), why);
            continue;
        }
        for (contact, has_declined) in &party.contacts {
            if *has_declined {
                leave_out(Some(*contact), WhyNot::TheyDeclined);
                continue;
            }
            let why = Why::Met(party.coming());
            let news = DayNews::asked_for(None, why, meeting.title.as_deref());
            days.add((meeting.day, *contact), news);
        }
    }
    findings.seen.insert(SourceKind::Calendar, meetings.len());
    findings.touches.extend(days.touches());
    findings
}

/// Who is in a meeting.
struct Party<'m> {
    /// The user, once for each address of theirs.
    me: Vec<&'m Attendee>,
    /// The other people.
    others: Vec<&'m Attendee>,
    /// The contacts among them, and whether they declined.
    contacts: Vec<(ContactId, bool)>,
}

impl<'m> Party<'m> {
    fn of(meeting: &'m Meeting, owners: &Owners, me: &HashSet<String>) -> Self {
        let is_me = |attendee: &&Attendee| me.contains(&attendee.mailbox.address);
        let (me, others): (Vec<_>, Vec<_>) = meeting.people.iter().partition(is_me);
        let others = others.into_iter().filter(|attendee| !attendee.is_thing);
        let others: Vec<&Attendee> = others.collect();
        let contact = |attendee: &&Attendee| {
            let owner = owners.of_address(&attendee.mailbox.address);
            Some((owner.contact()?, attendee.has_declined))
        };
        let contacts = others.iter().filter_map(contact).collect();
        Self {
            me,
            others,
            contacts,
        }
    }

    /// How many of the others have not declined.
    fn coming(&self) -> usize {
        let coming = self.others.iter();
        coming.filter(|attendee| !attendee.has_declined).count()
    }

    /// Why the meeting is no touch with any of them. The first reason counts.
    fn why_not(&self, meeting: &Meeting, owners: &Owners, now: NaiveDateTime) -> Option<WhyNot> {
        if meeting.is_cancelled {
            Some(WhyNot::Cancelled)
        } else if meeting.end > now {
            Some(WhyNot::Future)
        } else if meeting.is_all_day {
            Some(WhyNot::AllDay)
        } else if self.others.is_empty() {
            Some(WhyNot::Alone)
        } else if self.is_of_others() {
            Some(WhyNot::NotInvited)
        } else if self.me.iter().any(|me| me.has_declined) {
            Some(WhyNot::YouDeclined)
        } else if self.coming() > MANY_OTHERS {
            Some(WhyNot::ManyOthers)
        } else if self.contacts.is_empty() {
            let others = self.others.iter();
            let owner = |other: &&Attendee| owners.of_address(&other.mailbox.address);
            Some(Owner::why_none(others.map(owner)))
        } else {
            None
        }
    }

    /// Whether the user has no part in it. A calendar of one's own may leave out oneself, but then it does not say that another
    /// person invited: it names nobody, or itself, as those of Google do.
    fn is_of_others(&self) -> bool {
        self.me.is_empty() && self.others.iter().any(|one| one.is_organizer)
    }
}
