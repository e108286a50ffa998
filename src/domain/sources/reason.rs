//! Why something of a mail box, a calendar or a call list counts as a touch, and why not.

use chrono::NaiveDate;

use super::fact::MailKind;

/// Why a day is a touch.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Why {
    /// Both wrote on that day.
    BothWrote,
    /// They answered what you wrote on that day.
    TheyAnswered(NaiveDate),
    /// You answered what they wrote on that day.
    YouAnswered(NaiveDate),
    /// What you wrote was answered on that day.
    AnsweredByThem(NaiveDate),
    /// What they wrote was answered on that day.
    AnsweredByYou(NaiveDate),
    /// You wrote, and have no answer yet.
    YouWrote,
    /// They wrote.
    TheyWrote,
    /// A meeting with so many others.
    Met(usize),
    /// A call of so many seconds.
    Talked(u64),
}

/// Why something is no touch.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum WhyNot {
    /// Nobody who took part is in the book.
    Unknown,
    /// The address or the number is that of several contacts.
    Shared,
    /// It has no date that can be read.
    NoDay,
    /// It is still to come.
    Future,
    /// A message that is no letter from one person to another.
    Kind(MailKind),
    /// Only you take part in it.
    Alone,
    /// To more people than [`Mail::MANY`](super::fact::Mail::MANY).
    ManyRecipients,
    /// You are not in To.
    NotToYou,
    /// It takes whole days.
    AllDay,
    Cancelled,
    /// Others invited each other to it, and not you.
    NotInvited,
    /// You declined.
    YouDeclined,
    /// They declined.
    TheyDeclined,
    /// With more people than [`MANY_OTHERS`](super::meeting_rule::MANY_OTHERS).
    ManyOthers,
    /// The call was not answered.
    Unanswered,
    /// The call was no longer than [`SHORT`](super::phone_rule::SHORT) seconds.
    Short,
    /// The message was not sent.
    NotSent,
}
