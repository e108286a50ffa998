//! People who are not in the book, and answered what the user wrote to them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::fact::Mailbox;
use super::mail_log::{AddressNumber, MailLog};
use super::mail_rule::StrangerMail;

/// Someone who answered, with how often each side wrote.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Suggestion {
    pub(crate) mailbox: Mailbox,
    pub(crate) sent: usize,
    pub(crate) received: usize,
    pub(crate) last: NaiveDate,
}

/// Those who answered, the most frequent correspondents first.
pub(super) fn suggestions(
    log: &MailLog,
    strangers: &HashMap<AddressNumber, StrangerMail>,
) -> Vec<Suggestion> {
    let answered = strangers.iter().filter(|(_, mail)| mail.has_answered);
    let suggestion = |(number, mail): (&AddressNumber, &StrangerMail)| Suggestion {
        mailbox: log.addresses()[*number as usize].clone(),
        sent: mail.sent,
        received: mail.received,
        last: mail.last,
    };
    let mut suggestions: Vec<Suggestion> = answered.map(suggestion).collect();
    suggestions.sort_by(|one, other| {
        let most = (other.sent + other.received).cmp(&(one.sent + one.received));
        let newest = other.last.cmp(&one.last);
        most.then(newest)
            .then_with(|| one.mailbox.address.cmp(&other.mailbox.address))
    });
    suggestions
}
