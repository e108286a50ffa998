//! Why something of a mail box, a calendar or a call list counts as a touch, and why not, in words.

use chrono::NaiveDate;

use super::days;
use super::plural::count;
use crate::domain::sources::fact::MailKind;
use crate::domain::sources::found::SourceKind;
use crate::domain::sources::gain::TouchFate;
use crate::domain::sources::reason::{Why, WhyNot};

/// Why a day is a touch: `they answered yours of 2 Nov`.
pub(crate) fn why(why: Why, today: NaiveDate) -> String {
    let date = |day| days::date(day, today);
    match why {
        Why::BothWrote => "you both wrote".to_owned(),
        Why::TheyAnswered(day) => format!("they answered yours of {}", date(day)),
        Why::YouAnswered(day) => format!("you answered theirs of {}", date(day)),
        Why::AnsweredByThem(day) => format!("you wrote; they answered on {}", date(day)),
        Why::AnsweredByYou(day) => format!("they wrote; you answered on {}", date(day)),
        Why::YouWrote => "you wrote; no answer yet".to_owned(),
        Why::TheyWrote => "they wrote; no answer yet".to_owned(),
        Why::Met(1) => "the two of you met".to_owned(),
        Why::Met(others) => format!("you met with {}", count(others, "other", "others")),
        Why::Talked(seconds) => format!("you talked for {}", length(seconds)),
    }
}

/// What becomes of a touch that was found, in a word or two.
pub(crate) fn fate(fate: TouchFate) -> &'static str {
    match fate {
        TouchFate::New => "new",
        TouchFate::Answered(_) => "answered",
        TouchFate::Known => "known",
        TouchFate::Ignored => "deleted",
        TouchFate::Returned(_) => "goes",
        TouchFate::TooOld => "too old",
    }
}

/// Why something does not count.
pub(crate) fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::Unknown => "nobody in the book",
        WhyNot::Shared => "the address or number of several contacts",
        WhyNot::NoDay => "no date that can be read",
        WhyNot::Future => "still to come",
        WhyNot::Kind(kind) => kind_words(kind),
        WhyNot::Alone => "with nobody but you",
        WhyNot::ManyRecipients => "to more than four",
        WhyNot::NotToYou => "not written to you",
        WhyNot::AllDay => "all day",
        WhyNot::Cancelled => "cancelled",
        WhyNot::NotInvited => "a meeting of others",
        WhyNot::YouDeclined => "you declined",
        WhyNot::TheyDeclined => "they declined",
        WhyNot::ManyOthers => "with more than four others",
        WhyNot::Unanswered => "the call was not answered",
        WhyNot::Short => "the call took ten seconds or less",
        WhyNot::NotSent => "not sent",
    }
}

fn kind_words(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Bulk => "to many, or from a program",
        MailKind::AutoReply => "an automatic reply",
        MailKind::Bounce => "could not be delivered",
        MailKind::Receipt => "a receipt",
        MailKind::Invitation => "an invitation, or an answer to one",
        MailKind::Draft => "a draft",
        MailKind::Spam => "spam",
        MailKind::Deleted => "deleted",
        MailKind::Chat => "a chat",
        MailKind::Unsubscribe => "a request to leave a mailing list",
    }
}

/// What a source holds, as a count: `380 messages`.
pub(crate) fn items(source: SourceKind, number: usize) -> String {
    match source {
        SourceKind::Mail => count(number, "message", "messages"),
        SourceKind::Calendar => count(number, "meeting", "meetings"),
        SourceKind::Calls => count(number, "call or message", "calls and messages"),
    }
}

/// `40 seconds`, `12 minutes`.
fn length(seconds: u64) -> String {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    match seconds {
        0..90 => count(number(seconds), "second", "seconds"),
        _ => count(number((seconds + 30) / 60), "minute", "minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_as_long_as_people_say() {
        for (seconds, expected) in [
            (1, "1 second"),
            (89, "89 seconds"),
            (90, "2 minutes"),
            (3600, "60 minutes"),
        ] {
            assert_eq!(length(seconds), expected);
        }
    }
}
