//! What mail boxes, calendars and call lists say happened, before anything is decided.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::Direction;

/// A mail message, as its headers have it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Mail {
    /// The identity of the message: a checksum of its Message-ID, or of its Date, From, To and Subject where it has none.
    pub id: u64,
    /// The messages that it answers, the nearest first: In-Reply-To, then References from the last to the first. Of more
    /// than [`Mail::ANSWERS`] only that many are kept.
    pub answers: Vec<u64>,
    /// The day, in the time zone of the writer; `None` without a date that can be read.
    pub day: Option<NaiveDate>,
    /// Who wrote it; not more than of To.
    pub from: Vec<Mailbox>,
    /// Those in To, each once. Of more than [`Mail::MANY`] only that many and one are kept.
    pub to: Vec<Mailbox>,
    /// What it is if it is no letter from one person to another.
    pub kind: Option<MailKind>,
    /// The subject, on one line.
    pub subject: Option<String>,
    /// Whether it is in a folder of sent messages.
    pub is_sent: bool,
}

/// An address with the name that stands beside it.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Mailbox {
    /// The bare address in the form in which it is compared; see [`crate::domain::identity::match_key`].
    pub address: String,
    /// The name, decoded, on one line.
    pub name: Option<String>,
}

/// Mail that is no letter from one person to another.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum MailKind {
    /// To many: `Precedence: bulk`, `List-Id` and the like, or `Auto-Submitted: auto-generated`.
    Bulk,
    /// An answer that a program gave, such as an out-of-office reply: `Auto-Submitted: auto-replied`.
    AutoReply,
    /// Says that a message could not be delivered.
    Bounce,
    /// Says that a message was delivered or read.
    Receipt,
    /// An invitation, an answer to one, or another message of a calendar.
    Invitation,
    /// Not sent: a draft, or in a folder of drafts.
    Draft,
    /// In a folder of spam, or marked as such.
    Spam,
    /// In a folder of deleted messages, or marked as deleted.
    Deleted,
    /// A conversation of a chat, kept among the mail, as Gmail does.
    Chat,
    /// Leaves a mailing list.
    Unsubscribe,
}

/// A meeting of a calendar: one occurrence of an event.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Meeting {
    /// Its first day in the local time zone.
    pub day: NaiveDate,
    /// When it ends, in the local time zone.
    pub end: NaiveDateTime,
    /// Whether it takes whole days: it has no time, or goes from midnight to midnight.
    pub is_all_day: bool,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
    /// Everyone who was invited, and who invited them, each once. The occurrences of an event share them.
    pub people: Arc<[Attendee]>,
    /// Its title, on one line.
    pub title: Option<Arc<str>>,
}

/// An attendee or the organizer of a meeting.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Attendee {
    /// Who it is.
    pub mailbox: Mailbox,
    /// Whether it is a room, a resource or a list, not a person.
    pub is_thing: bool,
    /// Whether they declined.
    pub has_declined: bool,
    /// Whether they invited the others.
    pub is_organizer: bool,
}

/// A call on a phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call {
    /// The other number, as the phone has it.
    pub number: String,
    /// The day in the local time zone.
    pub day: NaiveDate,
    /// What became of it.
    pub outcome: CallOutcome,
    /// How long it was, in seconds.
    pub seconds: u64,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CallOutcome {
    /// Both were on the line.
    Connected,
    /// Missed, refused, blocked or taken by the voicemail.
    Unanswered,
}

/// A text message of a phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextMessage {
    /// The other numbers, as the phone has them, each once.
    pub numbers: Vec<String>,
    /// The day in the local time zone.
    pub day: NaiveDate,
    /// Whether it was sent or received; `None` for a draft and for one that could not be sent.
    pub direction: Option<Direction>,
    /// The start of the text, on one line; for one with pictures, that of its first text part.
    pub text: Option<String>,
}

impl MailKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Bulk,
        Self::AutoReply,
        Self::Bounce,
        Self::Receipt,
        Self::Invitation,
        Self::Draft,
        Self::Spam,
        Self::Deleted,
        Self::Chat,
        Self::Unsubscribe,
    ];
}

impl Mail {
    /// A message to more people than this is to nobody in particular.
    pub const MANY: usize = 4;

    /// An answer to more messages than this is to a long conversation, whose nearest messages tell enough.
    pub const ANSWERS: usize = 8;
}
