//! Which calls and text messages of a phone are touches: calls on which both were for a while, and messages as in mail.

use chrono::NaiveDate;

use super::fact::{Call, CallOutcome, Mail, TextMessage};
use super::found::{ContactDays, DayNews, Findings, LeftOut, SourceKind};
use super::owners::{Owner, Owners};
use super::reason::{Why, WhyNot};
use crate::domain::{ContactId, Direction};

/// A call of so many seconds or fewer reached a voicemail, or nobody.
pub(crate) const SHORT: u64 = 10;

/// Finds the touches in calls and text messages.
pub(super) fn find(
    calls: &[Call],
    texts: &[TextMessage],
    owners: &Owners,
    today: NaiveDate,
) -> Findings {
    let mut findings = Findings::default();
    let mut leave_out = |on, contact, why| {
        findings.left_out.push(LeftOut {
            source: SourceKind::Calls,
            on: Some(on),
            contact,
            why,
        });
    };
    let mut days = ContactDays::new(SourceKind::Calls, "call");
    for call in calls {
        let owner = owners.of_number(&call.number);
        match (call_counts(call, today), owner.contact()) {
            (Err(why), contact) => leave_out(call.day, contact, why),
            (Ok(()), None) => leave_out(call.day, None, Owner::why_none([owner])),
            (Ok(()), Some(contact)) => {
                let news = DayNews::asked_for(None, Why::Talked(call.seconds), None);
                days.add((call.day, contact), news);
            }
        }
    }
    let mut text_days = ContactDays::new(SourceKind::Calls, "message");
    for text in texts {
        let owners: Vec<Owner> = text
            .numbers
            .iter()
            .map(|number| owners.of_number(number))
            .collect();
        let contacts: Vec<ContactId> = owners.iter().filter_map(|owner| owner.contact()).collect();
        let direction = match text_direction(text, today) {
            Ok(direction) => direction,
            Err(why) => {
                leave_out(text.day, contacts.first().copied(), why);
                continue;
            }
        };
        if contacts.is_empty() {
            leave_out(text.day, None, Owner::why_none(owners));
        }
        let why = match direction {
            Direction::Out => Why::YouWrote,
            Direction::In => Why::TheyWrote,
        };
        let news = DayNews::asked_for(Some(direction), why, text.text.as_deref());
        for contact in contacts {
            text_days.add((text.day, contact), news);
        }
    }
    findings
        .seen
        .insert(SourceKind::Calls, calls.len() + texts.len());
    findings
        .touches
        .extend(days.touches().chain(text_days.touches()));
    findings
        .touches
        .sort_by_key(|touch| (touch.on, touch.contact));
    findings
}

fn call_counts(call: &Call, today: NaiveDate) -> Result<(), WhyNot> {
    if call.day > today {
        return Err(WhyNot::Future);
    }
    match call.outcome {
        CallOutcome::Unanswered => Err(WhyNot::Unanswered),
        CallOutcome::Connected if call.seconds <= SHORT => Err(WhyNot::Short),
        CallOutcome::Connected => Ok(()),
    }
}

fn text_direction(text: &TextMessage, today: NaiveDate) -> Result<Direction, WhyNot> {
    if text.day > today {
        return Err(WhyNot::Future);
    }
    if text.numbers.len() > Mail::MANY {
        return Err(WhyNot::ManyRecipients);
    }
    text.direction.ok_or(WhyNot::NotSent)
}
