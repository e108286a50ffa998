//! What a message is if it is no letter from one person to another.
//!
//! The first of these that is true decides, so that what says most of a message comes first:
//!
//! 1. Where it is kept, by its labels or status: draft, spam, deleted, chat. Whatever it is, it was not sent, nobody asked
//!    for it, it was thrown away, or it is no mail.
//! 2. A program wrote it to say one thing: a bounce, a receipt, an invitation, an automatic answer. These are often marked as bulk
//!    too, but an answer to them is no answer to a person.
//! 3. An empty Return-Path, which programs use so that nobody answers: a bounce. Receipts and automatic answers have it as well.
//! 4. Bulk: it may still be an answer, as of a colleague on a list.
//! 5. What asks to leave a list. It may be from anyone; what matters of it is whether the user wrote it.

use mail_parser::ContentType;
use memchr::memmem;

use super::folder::MailFolder;
use super::head::{HeaderField, MailHead};
use super::parts::{Parts, content_type};
use crate::domain::sources::fact::{MailKind, Mailbox};

/// The bit of Thunderbird's status for a message that is deleted and still in the file.
const EXPUNGED: u16 = 0x0008;

/// The flags in X-Status for a message that is answered, deleted, flagged, or a draft, as pine, mutt and Dovecot write them. KMail
/// writes other letters beside them, among which `T` is an attachment.
const STATUS_FLAGS: &[u8] = b"ADFT";

/// What tells the kind of a message.
pub(super) struct Marks<'m> {
    pub(super) head: &'m MailHead,
    pub(super) parts: &'m Parts,
    /// What Gmail's labels stand for.
    pub(super) labels: &'m [MailFolder],
    pub(super) from: &'m [Mailbox],
    pub(super) to: &'m [Mailbox],
}

/// The kind of a message, by the order above.
pub(super) fn kind(marks: &Marks) -> Option<MailKind> {
    let kept = marks.kept();
    kept.or_else(|| marks.of_program())
        .or_else(|| marks.is_bulk().then_some(MailKind::Bulk))
        .or_else(|| marks.leaves_list().then_some(MailKind::Unsubscribe))
}

impl Marks<'_> {
    /// By where it is kept.
    fn kept(&self) -> Option<MailKind> {
        let is_in = |folder| self.labels.contains(&folder);
        let has_status = |flag: u8| {
            let status = self.value(HeaderField::XStatus);
            let is_known = status.iter().all(|flag| STATUS_FLAGS.contains(flag));
            is_known && status.contains(&flag)
        };
        let is_marked_spam = self
            .value(HeaderField::SpamFlag)
            .eq_ignore_ascii_case(b"yes");
        if is_in(MailFolder::Drafts) || has_status(b'T') {
            Some(MailKind::Draft)
        } else if is_in(MailFolder::Spam) || is_marked_spam {
            Some(MailKind::Spam)
        } else if is_in(MailFolder::Trash) || has_status(b'D') || self.is_expunged() {
            Some(MailKind::Deleted)
        } else {
            is_in(MailFolder::Chats).then_some(MailKind::Chat)
        }
    }

    fn is_expunged(&self) -> bool {
        let status = std::str::from_utf8(self.value(HeaderField::MozillaStatus));
        let status = status
            .ok()
            .and_then(|status| u16::from_str_radix(status, 16).ok());
        status.is_some_and(|status| status & EXPUNGED != 0)
    }

    /// By the program that wrote it, if no person did.
    fn of_program(&self) -> Option<MailKind> {
        let is_of = |kind| self.head.starts(HeaderField::ContentType, kind);
        let is_odd = is_of("multipart/report") || is_of("text/calendar");
        let kind = is_odd.then(|| content_type(self.head)).flatten();
        let reports = |what: &str| kind.as_ref().is_some_and(|kind| is_report(kind, what));
        let is_calendar = is_of("text/calendar")
            || memmem::find(
                &self.value(HeaderField::ContentClass).to_ascii_lowercase(),
                b"calendarmessage",
            )
            .is_some();
        let is_auto_reply = self.head.has(HeaderField::AutoReply)
            || word(self.value(HeaderField::AutoSubmitted)) == b"auto-replied"
            || word(self.value(HeaderField::Precedence)) == b"auto_reply";
        if reports("delivery-status")
            || self.parts.has_delivery_status
            || self.head.has(HeaderField::FailedRecipients)
            || self.is_from_mailer()
        {
            Some(MailKind::Bounce)
        } else if reports("disposition-notification") || self.parts.has_receipt {
            Some(MailKind::Receipt)
        } else if is_calendar || self.parts.has_invitation {
            Some(MailKind::Invitation)
        } else if is_auto_reply {
            Some(MailKind::AutoReply)
        } else {
            let return_path = self.head.value(HeaderField::ReturnPath);
            return_path
                .is_some_and(|path| path == b"<>")
                .then_some(MailKind::Bounce)
        }
    }

    /// Whether the program that delivers mail wrote it.
    fn is_from_mailer(&self) -> bool {
        let is_mailer = |local: &[u8]| matches!(local, b"mailer-daemon" | b"postmaster");
        // On one's own machine it has no domain.
        let written = self.value(HeaderField::From);
        let written = &written[..written.len().min(200)];
        let is_local = |part: &[u8]| is_mailer(&part.trim_ascii().to_ascii_lowercase());
        self.from
            .iter()
            .any(|from| is_mailer(local(from).as_bytes()))
            || self.from.is_empty() && written.split(|byte| b"<>()\"".contains(byte)).any(is_local)
    }

    fn is_bulk(&self) -> bool {
        let precedence = word(self.value(HeaderField::Precedence));
        let submitted = word(self.value(HeaderField::AutoSubmitted));
        self.head.has(HeaderField::List)
            || matches!(&precedence[..], b"bulk" | b"list" | b"junk")
            || !matches!(&submitted[..], b"" | b"no")
            || self.from.iter().any(|from| is_no_reply(local(from)))
    }

    fn leaves_list(&self) -> bool {
        let subject = self.value(HeaderField::Subject);
        let is_subject = subject.eq_ignore_ascii_case(b"unsubscribe");
        let has_subject = self.head.starts(HeaderField::Subject, "unsubscribe");
        let leaves = |local: &str| {
            let local = local.split(['+', '=']).next().unwrap_or_default();
            local.contains("unsubscribe")
                || local.starts_with("leave-")
                || local.ends_with("-leave")
                || has_subject && local.ends_with("-request")
        };
        is_subject || self.to.iter().any(|to| leaves(local(to)))
    }

    fn value(&self, field: HeaderField) -> &[u8] {
        self.head.value(field).unwrap_or_default()
    }
}

fn is_report(kind: &ContentType, what: &str) -> bool {
    let reported = kind.attribute("report-type");
    reported.is_some_and(|reported| reported.eq_ignore_ascii_case(what))
}

fn local(mailbox: &Mailbox) -> &str {
    let address = &mailbox.address;
    address.rsplit_once('@').map_or(address, |(local, _)| local)
}

/// Whether the name before the `@` is one to which nobody answers: `no-reply`, `do_not_reply+17`, `notifications`.
fn is_no_reply(local: &str) -> bool {
    let letters = local.replace(['-', '_', '.'], "");
    let name = letters.split('+').next().unwrap_or_default();
    letters.starts_with("noreply")
        || letters.starts_with("donotreply")
        || matches!(name, "notification" | "notifications")
}

/// The first word of a value such as `auto-replied; owner="x"`, in lower case.
fn word(value: &[u8]) -> Vec<u8> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b";,(".contains(byte);
    let word = value.split(is_end).next().unwrap_or_default();
    word[..word.len().min(40)].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::mailboxes::mailboxes;
    use super::*;

    fn of(head: &str) -> Option<MailKind> {
        let head = MailHead::of(head.as_bytes());
        kind(&Marks {
            head: &head,
            parts: &Parts::default(),
            labels: &[],
            from: &mailboxes(head.values(HeaderField::From)),
            to: &mailboxes(head.values(HeaderField::To)),
        })
    }

    #[test]
    fn the_header_block_says_what_is_no_letter() {
        use MailKind::{
            AutoReply, Bounce, Bulk, Deleted, Draft, Invitation, Receipt, Spam, Unsubscribe,
        };
        for (head, expected) in [
            ("From: ana@acme.example", None),
            ("Precedence: bulk", Some(Bulk)),
            ("precedence: List", Some(Bulk)),
            ("Precedence: junk", Some(Bulk)),
            ("Precedence: first-class", None),
            ("Precedence: auto_reply", Some(AutoReply)),
            ("List-Id: <deals.shop.example>", Some(Bulk)),
            ("List-Unsubscribe: <https://shop.example/u>", Some(Bulk)),
            ("List-Help: x", Some(Bulk)),
            ("Listing: x", None),
            ("X-List-Id: x", None),
            ("Feedback-ID: a:b:c", None),
            ("Auto-Submitted: no", None),
            ("Auto-Submitted: No (a person)", None),
            ("Auto-Submitted: auto-generated", Some(Bulk)),
            (
                "Auto-Submitted: auto-replied; owner-email=\"a@x.example\"",
                Some(AutoReply),
            ),
            (
                "Auto-Submitted: auto-replied\nPrecedence: bulk\nReturn-Path: <>",
                Some(AutoReply),
            ),
            ("X-Autoreply: yes", Some(AutoReply)),
            ("X-Autorespond: Re: x", Some(AutoReply)),
            ("From: no-reply@shop.example", Some(Bulk)),
            ("From: Shop <noreply+17@shop.example>", Some(Bulk)),
            ("From: do_not_reply@shop.example", Some(Bulk)),
            ("From: Ana Ruiz <notifications@git.example>", Some(Bulk)),
            ("From: notificationsana@git.example", None),
            ("From: reply@shop.example", None),
            ("Return-Path: <>", Some(Bounce)),
            ("Return-Path: <ana@acme.example>", None),
            ("From: MAILER-DAEMON@mx.example", Some(Bounce)),
            ("From: Mail Delivery System <MAILER-DAEMON>", Some(Bounce)),
            ("From: postmaster@mx.example", Some(Bounce)),
            ("From: Mailer-Daemon Fans <fans@x.example>", None),
            ("X-Failed-Recipients: bo@x.example", Some(Bounce)),
            (
                "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
                Some(Bounce),
            ),
            (
                "Content-Type: multipart/report;\n report-type=\"Disposition-Notification\"\nReturn-Path: <>",
                Some(Receipt),
            ),
            ("Content-Type: multipart/mixed; boundary=x", None),
            (
                "Content-Type: text/calendar; method=REQUEST",
                Some(Invitation),
            ),
            (
                "Content-Class: urn:content-classes:calendarmessage",
                Some(Invitation),
            ),
            ("Content-Class: urn:content-classes:message", None),
            ("X-Spam-Flag: YES", Some(Spam)),
            ("X-Spam-Flag: NO", None),
            ("X-Mozilla-Status: 0009", Some(Deleted)),
            ("X-Mozilla-Status: 0001", None),
            ("X-Mozilla-Status: x", None),
            ("Status: RO\nX-Status: D", Some(Deleted)),
            ("X-Status: AT", Some(Draft)),
            ("Status: RO\nX-Status: AF", None),
            ("X-Status: RT", None),
            ("X-Status: RDT", None),
            ("Status: Delivered", None),
            ("Status: D", None),
            ("To: news-leave@x.example", Some(Unsubscribe)),
            (
                "To: news-unsubscribe-sam=keeper.example@x.example",
                Some(Unsubscribe),
            ),
            (
                "To: news-request@x.example\nSubject: unsubscribe news",
                Some(Unsubscribe),
            ),
            ("To: news-request@x.example\nSubject: your request", None),
            (
                "To: ana@acme.example\nSubject: Unsubscribe",
                Some(Unsubscribe),
            ),
            ("To: ana@acme.example\nSubject: How do I unsubscribe?", None),
            ("To: ana-leaves@acme.example", None),
            ("Subject: unsubscribe\nList-Id: <x>", Some(Bulk)),
            ("X-Spam-Flag: YES\nList-Id: <x>", Some(Spam)),
            (
                "Content-Type: text/calendar\nList-Id: <x>",
                Some(Invitation),
            ),
        ] {
            let head = format!("{head}\n\n");
            assert_eq!(of(&head), expected, "{head}");
        }
    }
}
