//! A message as a fact: what its header block and its parts say.

use std::borrow::Cow;

use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::day::day;
use super::encoded::prepared;
use super::folder::MailFolder;
use super::head::{HeaderField, MailHead};
use super::kind::{Marks, kind};
use super::mailboxes::mailboxes;
use super::parts::Parts;
use crate::domain::sources::fact::Mail;
use crate::domain::text::shortened;
use crate::exchange::clean::one_line;

/// How many characters of a subject are kept.
const MAX_SUBJECT: usize = 500;

/// How mail is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct MailReading {
    /// Whether subjects are wanted.
    pub with_subjects: bool,
}

/// A message by what it says; [`MailFolder::keep`] adds what its place does.
pub(super) fn mail(head: &MailHead, parts: &Parts, how: MailReading) -> Mail {
    let from = mailboxes(head.values(HeaderField::From));
    let to = mailboxes(head.values(HeaderField::To));
    let labels = labels(head);
    let marks = Marks {
        head,
        parts,
        labels: &labels,
        from: &from,
        to: &to,
    };
    Mail {
        id: id(head),
        answers: answers(head),
        day: head.value(HeaderField::Date).and_then(day),
        kind: kind(&marks),
        subject: how.with_subjects.then(|| subject(head)).flatten(),
        is_sent: labels.contains(&MailFolder::Sent),
        from,
        to,
    }
}

/// The checksum of the Message-ID, else of the fields that a copy of the message has as well.
fn id(head: &MailHead) -> u64 {
    let id = head.value(HeaderField::MessageId).and_then(|value| {
        let within = ids(value).next();
        within.or_else(|| (!value.is_empty()).then(|| compact(value)))
    });
    if let Some(id) = id {
        return xxh3_64(&id);
    }
    let mut all = Xxh3::new();
    for field in [
        HeaderField::Date,
        HeaderField::From,
        HeaderField::To,
        HeaderField::Subject,
    ] {
        for value in head.values(field) {
            all.update(&compact(value));
        }
        all.update(b"\n");
    }
    all.digest()
}

/// The messages that it answers, the nearest first.
fn answers(head: &MailHead) -> Vec<u64> {
    let of = |field| head.values(field).flat_map(ids).collect::<Vec<_>>();
    let nearest = of(HeaderField::InReplyTo);
    let others = of(HeaderField::References);
    let mut found = vec![];
    for id in nearest.iter().chain(others.iter().rev()) {
        let id = xxh3_64(id);
        if !found.contains(&id) {
            found.push(id);
        }
        if found.len() == Mail::ANSWERS {
            break;
        }
    }
    found
}

/// The identities between angle brackets in a field, without blanks.
fn ids(field: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let starts = field.split(|byte| *byte == b'<').skip(1);
    let ids = starts.filter_map(|part| part.split(|byte| *byte == b'>').next());
    ids.map(compact).filter(|id| !id.is_empty())
}

/// A text without blanks.
fn compact(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.iter().any(u8::is_ascii_whitespace) {
        return Cow::Borrowed(text);
    }
    let seen = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    Cow::Owned(seen.copied().collect())
}

/// A field of words, decoded, on one line.
fn words(field: &[u8]) -> Option<String> {
    match MessageStream::new(&prepared(field)).parse_unstructured() {
        HeaderValue::Text(text) => Some(one_line(&text)),
        _ => None,
    }
}

fn subject(head: &MailHead) -> Option<String> {
    let subject = words(head.values(HeaderField::Subject).next()?)?;
    Some(shortened(&subject, MAX_SUBJECT)).filter(|subject| !subject.is_empty())
}

/// What folders the labels of Gmail stand for: `X-Gmail-Labels: Sent,"Ana, Bo"`.
fn labels(head: &MailHead) -> Vec<MailFolder> {
    let fields = head.values(HeaderField::GmailLabels).filter_map(words);
    let labels = fields.flat_map(|labels| {
        let mut is_quoted = false;
        let labels = labels.split(|c| {
            is_quoted ^= c == '"';
            c == ',' && !is_quoted
        });
        labels.map(MailFolder::in_gmail).collect::<Vec<_>>()
    });
    labels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Mail {
        let how = MailReading {
            with_subjects: true,
        };
        let head = format!("{head}\n\n");
        mail(&MailHead::of(head.as_bytes()), &Parts::default(), how)
    }

    #[test]
    fn a_message_is_the_same_wherever_it_is() {
        let id = |head| read(head).id;
        let one = id("Message-ID: <a1@wisla.example>\nFrom: a@x.example");
        for same in [
            "Message-Id: <a1@wisla.example>",
            "message-id:\n <a1@wisla.example> (added by x)\nTo: b@x.example",
            "Message-ID: a1@wisla.example",
            "Message-ID: < a1@wisla.example >",
        ] {
            assert_eq!(id(same), one, "{same}");
        }
        assert_ne!(id("Message-ID: <A1@wisla.example>"), one);
        let without = id("From: a@x.example\nSubject: x y\nDate: z");
        assert_eq!(
            id("Status: RO\nDate: z\nFrom: a@x.example\nSubject: x\n y\nReceived: q"),
            without
        );
        for other in [
            "From: a@x.example\nSubject: x",
            "From: a@x.example\nSubject: xz\nDate: y",
            "From: a@x.example\nMessage-ID:\nTo: x y\nDate: z",
        ] {
            assert_ne!(id(other), without, "{other}");
        }
    }

    #[test]
    fn the_nearest_messages_that_it_answers_come_first() {
        let answers = |head| read(head).answers;
        let ids =
            |ids: &[&str]| -> Vec<u64> { ids.iter().map(|id| xxh3_64(id.as_bytes())).collect() };
        assert_eq!(
            answers("References: <a@x> <b@x>\n <c@x>\nIn-Reply-To: <b@x>"),
            ids(&["b@x", "c@x", "a@x"])
        );
        assert_eq!(
            answers("In-Reply-To: Your message of today <a@x> \"b\""),
            ids(&["a@x"])
        );
        assert!(answers("In-Reply-To: your message\nReferences: <>").is_empty());
        let many: String = (0..500).map(|at| format!(" <{at}@x>")).collect();
        let many = answers(&format!("References:{many}"));
        assert_eq!((many.len(), many[0]), (Mail::ANSWERS, ids(&["499@x"])[0]));
    }

    #[test]
    fn a_subject_is_one_decoded_line() {
        for (subject, expected) in [
            ("=?UTF-8?B?V2l0YWogxZt3aWVjaWU=?=", "Witaj świecie"),
            ("=?iso-8859-1?Q?Caf=E9_Friday=3F?=", "Café Friday?"),
            ("=?utf-8?Q?a=0A=1B[31m=E2=80=AEb?=", "a [31mb"),
            ("Re: a\n b", "Re: a b"),
            ("=?iso-2022-jp?B?GyRCOzNFRBsoQg==?=", "山田"),
            ("=?x-unknown?Q?a=FFb?=", "a\u{fffd}b"),
            ("", ""),
        ] {
            let mail = read(&format!("From: a@x.example\nSubject: {subject}"));
            assert_eq!(mail.subject.unwrap_or_default(), expected);
        }
        let head = MailHead::of(b"Subject: x\n\n");
        let unasked = mail(&head, &Parts::default(), MailReading::default());
        assert_eq!(unasked.subject, None);
    }

    #[test]
    fn labels_of_gmail_are_folders() {
        use crate::domain::sources::fact::MailKind::{Chat, Deleted, Draft, Spam};
        for (labels, kind, is_sent) in [
            ("Inbox,Opened,Ana & Bo", None, false),
            ("Archived,Sent", None, true),
            ("=?UTF-8?Q?Gesendet,Ge=C3=B6ffnet?=", None, true),
            ("Spam", Some(Spam), false),
            ("Sent,Trash", Some(Deleted), true),
            ("Drafts", Some(Draft), false),
            ("Chat", Some(Chat), false),
            ("Bin", Some(Deleted), false),
            ("\"Chats, old\",Inbox", None, false),
            ("\"Ana \"\"Trash, \"\" Bo\",Sent", None, true),
            ("Sentinel", None, false),
        ] {
            let mail = read(&format!("From: a@x.example\nX-Gmail-Labels: {labels}"));
            assert_eq!((mail.kind, mail.is_sent), (kind, is_sent), "{labels}");
        }
    }
}
