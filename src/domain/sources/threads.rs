//! Which message answers which.

use std::collections::{HashMap, HashSet};

use super::mail_log::{LoggedMail, MailLog};

/// The place of a message in a log.
pub(super) type MailNumber = usize;

/// Which message of a log answers which.
pub(super) struct Threads {
    /// The message that each one answers.
    answered: Vec<Option<MailNumber>>,
    /// The ids of the messages that the user answered.
    answered_by_me: HashSet<u64>,
    /// The ids of the messages that were asked for, and of those that these answer.
    asked_for: HashSet<u64>,
    /// The same of messages that were not there before.
    new: HashSet<u64>,
}

impl Threads {
    pub(super) fn of(log: &MailLog, is_mine: impl Fn(&LoggedMail) -> bool) -> Self {
        let mails = log.mails();
        let mut places: HashMap<u64, MailNumber> = HashMap::with_capacity(mails.len());
        for (at, mail) in mails.iter().enumerate() {
            places.entry(mail.id).or_insert(at);
        }
        let mut threads = Self {
            answered: Vec::with_capacity(mails.len()),
            answered_by_me: HashSet::new(),
            asked_for: HashSet::new(),
            new: HashSet::new(),
        };
        let before = mails.iter().filter(|mail| !mail.is_asked_for);
        let before: HashSet<u64> = before.map(|mail| mail.id).collect();
        for mail in mails {
            let mut answers = mail.answers.iter().filter(|id| **id != mail.id);
            let answered = answers.find_map(|id| places.get(id).copied());
            threads.answered.push(answered);
            let answered = answered.map(|answered| mails[answered].id);
            if is_mine(mail) {
                threads.answered_by_me.extend(answered);
            }
            if mail.is_asked_for {
                threads.asked_for.insert(mail.id);
                threads.asked_for.extend(answered);
                if !before.contains(&mail.id) {
                    threads.new.insert(mail.id);
                    threads.new.extend(answered);
                }
            }
        }
        threads
    }

    /// The message that one answers: the nearest that is there.
    pub(super) fn answered(&self, mail: MailNumber) -> Option<MailNumber> {
        self.answered[mail]
    }

    /// Whether the user answered it.
    pub(super) fn is_answered_by_me(&self, mail: &LoggedMail) -> bool {
        self.answered_by_me.contains(&mail.id)
    }

    /// Whether what was asked for tells more of a message: it was asked for itself, or what answers it or what it answers was.
    pub(super) fn is_settled(&self, number: MailNumber, log: &MailLog) -> bool {
        self.is_near(&self.asked_for, number, log)
    }

    /// The same of messages that were not there before.
    pub(super) fn is_news(&self, number: MailNumber, log: &MailLog) -> bool {
        self.is_near(&self.new, number, log)
    }

    fn is_near(&self, ids: &HashSet<u64>, number: MailNumber, log: &MailLog) -> bool {
        let mails = log.mails();
        let answered = self.answered[number].map(|answered| mails[answered].id);
        ids.contains(&mails[number].id) || answered.is_some_and(|id| ids.contains(&id))
    }
}
