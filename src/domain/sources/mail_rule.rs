//! Which mail messages are touches.
//!
//! A message counts that one person wrote to another: from the user to those in To, or from someone to the user. What is between a
//! contact and the user on one day is one touch: with a direction while only one side wrote, and without one when both did. An
//! answer on a later day is an exchange, and so is what it answers.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::fact::{Mail, MailKind};
use super::found::{ContactDays, DayNews, LeftOut, SourceKind};
use super::mail_log::{AddressNumber, LoggedMail, MailLog};
use super::owners::{Owner, Owners};
use super::reason::{Why, WhyNot};
use super::threads::{MailNumber, Threads};
use crate::domain::{ContactId, Direction};

/// What mail boxes tell of.
pub(super) struct MailFindings {
    pub(super) days: ContactDays,
    pub(super) left_out: Vec<LeftOut>,
    /// How many messages were asked for, each once.
    pub(super) seen: usize,
    /// The letters between the user and each address that is nobody's in the book.
    pub(super) strangers: HashMap<AddressNumber, StrangerMail>,
}

/// The letters between the user and someone who is not in the book.
#[derive(Clone, Copy, Debug)]
pub(super) struct StrangerMail {
    pub(super) sent: usize,
    pub(super) received: usize,
    /// Whether one of theirs answers one of the user's.
    pub(super) has_answered: bool,
    pub(super) last: NaiveDate,
}

/// What tells a message from others: programs that number their messages anew may use an id twice.
type MailKey = (u64, Option<NaiveDate>, Option<AddressNumber>);

/// A message from one person to another.
struct Letter {
    mail: MailNumber,
    day: NaiveDate,
    direction: Direction,
    /// The other side: who wrote it, or those it was written to.
    others: Vec<(AddressNumber, Owner)>,
}

/// The rule with what it needs to know.
struct MailRule<'r> {
    log: &'r MailLog,
    /// Who has each address of the log.
    owners: Vec<Owner>,
    /// Whether each is the user's.
    is_mine: Vec<bool>,
    threads: Threads,
    today: NaiveDate,
}

/// Finds the touches in mail; `me` are the user's own addresses, in the form in which they are compared.
pub(super) fn find(
    log: &MailLog,
    owners: &Owners,
    me: &HashSet<String>,
    today: NaiveDate,
) -> MailFindings {
    let addresses = log.addresses().iter().map(|mailbox| &mailbox.address);
    let is_mine: Vec<bool> = addresses.clone().map(|one| me.contains(one)).collect();
    // A draft has answered nothing yet.
    let is_mine_and_sent = |mail: &LoggedMail| {
        let mut from = mail.from.iter();
        mail.kind != Some(MailKind::Draft) && from.any(|number| is_mine[*number as usize])
    };
    let threads = Threads::of(log, is_mine_and_sent);
    let rule = MailRule {
        log,
        owners: addresses.map(|one| owners.of_address(one)).collect(),
        is_mine,
        threads,
        today,
    };
    rule.find()
}

impl MailRule<'_> {
    fn find(&self) -> MailFindings {
        // Copies of a message in several folders are one message, which counts if one of them does.
        let mut letters: HashMap<MailKey, Letter> = HashMap::new();
        let mut rejected: HashMap<MailKey, (MailNumber, WhyNot)> = HashMap::new();
        for (number, mail) in self.log.mails().iter().enumerate() {
            match self.letter(number, mail) {
                Ok(letter) => {
                    let known = letters.entry(key(mail)).or_insert(letter);
                    // A copy that was asked for speaks for all.
                    if mail.is_asked_for {
                        known.mail = number;
                    }
                }
                Err(why) => drop(rejected.entry(key(mail)).or_insert((number, why))),
            }
        }
        rejected.retain(|key, _| !letters.contains_key(key));
        let mut findings = MailFindings {
            days: ContactDays::new(SourceKind::Mail, "email"),
            left_out: vec![],
            seen: 0,
            strangers: HashMap::new(),
        };
        // In the order in which they were read: of a day, the first subject is taken.
        let mut in_order: Vec<&Letter> = letters.values().collect();
        in_order.sort_by_key(|letter| letter.mail);
        for letter in in_order {
            self.add(&mut findings, letter, &letters);
        }
        for (number, why) in rejected.into_values() {
            self.leave_out(&mut findings, number, why);
        }
        findings
    }

    /// The letter that a message is, or why it is none.
    fn letter(&self, number: MailNumber, mail: &LoggedMail) -> Result<Letter, WhyNot> {
        let is_from_me = self.is_from_me(mail);
        if let Some(kind) = mail.kind
            && !self.counts_all_the_same(number, kind)
        {
            return Err(WhyNot::Kind(kind));
        }
        let day = mail.day.ok_or(WhyNot::NoDay)?;
        if day > self.today {
            return Err(WhyNot::Future);
        }
        let is_many = mail.to.len() > Mail::MANY;
        let others: Vec<AddressNumber> = if is_from_me {
            let others = mail.to.iter().copied();
            others.filter(|number| !self.is_mine(*number)).collect()
        } else {
            mail.from.to_vec()
        };
        if others.is_empty() {
            return Err(WhyNot::Alone);
        }
        if is_many {
            return Err(WhyNot::ManyRecipients);
        }
        if !is_from_me && !mail.to.iter().any(|number| self.is_mine(*number)) {
            return Err(WhyNot::NotToYou);
        }
        let with_owner = |number: AddressNumber| (number, self.owners[number as usize]);
        Ok(Letter {
            mail: number,
            day,
            direction: if is_from_me {
                Direction::Out
            } else {
                Direction::In
            },
            others: others.into_iter().map(with_owner).collect(),
        })
    }

    /// Whether a message of that kind counts: mail to many does if it belongs to a conversation, an answer that a program gave if
    /// the user answered it.
    fn counts_all_the_same(&self, number: MailNumber, kind: MailKind) -> bool {
        let mail = &self.log.mails()[number];
        let answered = self.threads.answered(number);
        let answered = answered.map(|answered| &self.log.mails()[answered]);
        let is_from_me = self.is_from_me(mail);
        let answers_the_other =
            || answered.is_some_and(|answered| self.is_from_me(answered) != is_from_me);
        match kind {
            MailKind::Bulk if is_from_me => answers_the_other(),
            MailKind::Bulk => self.threads.is_answered_by_me(mail) || answers_the_other(),
            MailKind::AutoReply => self.threads.is_answered_by_me(mail),
            MailKind::Unsubscribe => !is_from_me,
            MailKind::Bounce
            | MailKind::Receipt
            | MailKind::Invitation
            | MailKind::Draft
            | MailKind::Spam
            | MailKind::Deleted
            | MailKind::Chat => false,
        }
    }

    /// Adds a letter to the days of each contact, with what it answers.
    fn add(
        &self,
        findings: &mut MailFindings,
        letter: &Letter,
        letters: &HashMap<MailKey, Letter>,
    ) {
        let mail = &self.log.mails()[letter.mail];
        let answered = self.threads.answered(letter.mail);
        let answered = answered.map(|number| &self.log.mails()[number]);
        findings.seen += usize::from(mail.is_asked_for);
        let mut contacts = Vec::new();
        for (number, owner) in &letter.others {
            match owner {
                Owner::One(contact) if contacts.contains(contact) => {}
                Owner::One(contact) => {
                    contacts.push(*contact);
                    let answered = answered.filter(|answered| {
                        let side = self.side(answered, *contact);
                        side.is_some_and(|side| side != letter.direction)
                    });
                    let before = answered.and_then(|answered| letters.get(&key(answered)));
                    self.add_to_days(findings, letter, *contact, answered, before);
                }
                Owner::Nobody => {
                    let is_answer = answered.is_some_and(|answered| self.is_from_me(answered));
                    let stranger = findings.strangers.entry(*number);
                    stranger.or_insert(StrangerMail::new(letter.day)).add(
                        letter.direction,
                        letter.day,
                        is_answer,
                    );
                }
                Owner::Several => {}
            }
        }
        if contacts.is_empty() && mail.is_asked_for {
            findings.left_out.push(LeftOut {
                source: SourceKind::Mail,
                on: Some(letter.day),
                contact: None,
                why: Owner::why_none(letter.others.iter().map(|(_, owner)| *owner)),
            });
        }
    }

    /// Adds a letter to the days of a contact. What it answers is an exchange, too: on its own day, if that counts (`before`).
    fn add_to_days(
        &self,
        findings: &mut MailFindings,
        letter: &Letter,
        contact: ContactId,
        answered: Option<&LoggedMail>,
        before: Option<&Letter>,
    ) {
        let mail = &self.log.mails()[letter.mail];
        let before = before.filter(|before| {
            let mut others = before.others.iter();
            others.any(|(_, owner)| *owner == Owner::One(contact))
        });
        let is_settled = self.threads.is_settled(letter.mail, self.log);
        // Bulk mail that was read before may count only now.
        let is_news = self.threads.is_news(letter.mail, self.log);
        let counts_now = is_news && mail.kind.is_some();
        let why = match (answered, letter.direction) {
            (None, Direction::Out) => Why::YouWrote,
            (None, Direction::In) => Why::TheyWrote,
            (Some(answered), Direction::Out) => {
                Why::YouAnswered(answered.day.unwrap_or(letter.day))
            }
            (Some(answered), Direction::In) => {
                Why::TheyAnswered(answered.day.unwrap_or(letter.day))
            }
        };
        let news = DayNews {
            by: Some(letter.direction),
            is_exchange: answered.is_some(),
            why,
            subject: mail.subject.as_deref(),
            is_asked_for: mail.is_asked_for || counts_now,
            is_settled,
        };
        findings.days.add((letter.day, contact), news);
        if let Some(before) = before {
            let mail = &self.log.mails()[before.mail];
            let news = DayNews {
                by: None,
                is_exchange: true,
                why: match letter.direction {
                    Direction::Out => Why::AnsweredByYou(letter.day),
                    Direction::In => Why::AnsweredByThem(letter.day),
                },
                subject: mail.subject.as_deref(),
                is_asked_for: mail.is_asked_for,
                is_settled,
            };
            findings.days.add((before.day, contact), news);
        }
    }

    /// Which side of a conversation with a contact wrote a message; `None` if neither did.
    fn side(&self, mail: &LoggedMail, contact: ContactId) -> Option<Direction> {
        let is_theirs =
            |number: &AddressNumber| self.owners[*number as usize] == Owner::One(contact);
        if self.is_from_me(mail) {
            Some(Direction::Out)
        } else {
            let mut from = mail.from.iter();
            from.any(is_theirs).then_some(Direction::In)
        }
    }

    fn leave_out(&self, findings: &mut MailFindings, number: MailNumber, why: WhyNot) {
        let mail = &self.log.mails()[number];
        if !mail.is_asked_for {
            return;
        }
        findings.seen += 1;
        let is_from_me = self.is_from_me(mail);
        let others = if is_from_me { &mail.to } else { &mail.from };
        let others = others.iter().filter(|number| !self.is_mine(**number));
        let mut owners = others.map(|number| self.owners[*number as usize]);
        let contact = owners.find_map(Owner::contact);
        findings.left_out.push(LeftOut {
            source: SourceKind::Mail,
            on: mail.day,
            contact,
            why,
        });
    }

    fn is_mine(&self, number: AddressNumber) -> bool {
        self.is_mine[number as usize]
    }

    fn is_from_me(&self, mail: &LoggedMail) -> bool {
        mail.from.iter().any(|number| self.is_mine(*number))
    }
}

fn key(mail: &LoggedMail) -> MailKey {
    (mail.id, mail.day, mail.from.first().copied())
}

impl StrangerMail {
    fn new(day: NaiveDate) -> Self {
        Self {
            sent: 0,
            received: 0,
            has_answered: false,
            last: day,
        }
    }

    fn add(&mut self, direction: Direction, day: NaiveDate, answers_me: bool) {
        match direction {
            Direction::Out => self.sent += 1,
            Direction::In => {
                self.received += 1;
                self.has_answered |= answers_me;
            }
        }
        self.last = self.last.max(day);
    }
}
