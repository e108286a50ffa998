//! Many mail messages in little memory: each address is kept once.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::fact::{Mail, MailKind, Mailbox};

/// The place of an address among those of a log.
pub(super) type AddressNumber = u32;

/// Mail messages from any number of mail boxes.
#[derive(Clone, Debug, Default)]
pub struct MailLog {
    addresses: Vec<Mailbox>,
    numbers: HashMap<String, AddressNumber>,
    mails: Vec<LoggedMail>,
}

/// A message of a log; see [`Mail`].
#[derive(Clone, Debug)]
pub(super) struct LoggedMail {
    pub(super) id: u64,
    pub(super) answers: Box<[u64]>,
    pub(super) day: Option<NaiveDate>,
    pub(super) from: Box<[AddressNumber]>,
    pub(super) to: Box<[AddressNumber]>,
    pub(super) kind: Option<MailKind>,
    pub(super) subject: Option<Box<str>>,
    pub(super) is_sent: bool,
    /// Whether it is of a mail box that was asked for. The others only tell what such a message answers.
    pub(super) is_asked_for: bool,
}

impl MailLog {
    /// Adds a message of a mail box that was asked for.
    pub fn add(&mut self, mail: Mail) {
        self.push(mail, true);
    }

    /// Adds a message that may be answered by one that was asked for, or answer it.
    pub(crate) fn add_context(&mut self, mail: Mail) {
        self.push(mail, false);
    }

    fn push(&mut self, mail: Mail, is_asked_for: bool) {
        let mut numbers = |mailboxes: Vec<Mailbox>| {
            let numbers = mailboxes.into_iter().map(|mailbox| self.number(mailbox));
            numbers.collect::<Box<[AddressNumber]>>()
        };
        let (from, to) = (numbers(mail.from), numbers(mail.to));
        self.mails.push(LoggedMail {
            id: mail.id,
            answers: mail.answers.into(),
            day: mail.day,
            from,
            to,
            kind: mail.kind,
            subject: mail.subject.map(Into::into),
            is_sent: mail.is_sent,
            is_asked_for,
        });
    }

    /// The number of an address; it keeps the first name that stands beside it.
    fn number(&mut self, mailbox: Mailbox) -> AddressNumber {
        if let Some(number) = self.numbers.get(&mailbox.address) {
            let known = &mut self.addresses[*number as usize];
            if known.name.is_none() {
                known.name = mailbox.name;
            }
            return *number;
        }
        let number = AddressNumber::try_from(self.addresses.len()).unwrap_or(AddressNumber::MAX);
        self.numbers.insert(mailbox.address.clone(), number);
        self.addresses.push(mailbox);
        number
    }

    pub(super) fn mails(&self) -> &[LoggedMail] {
        &self.mails
    }

    /// The addresses, each at its number.
    pub(super) fn addresses(&self) -> &[Mailbox] {
        &self.addresses
    }
}
