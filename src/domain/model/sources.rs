//! What touches are read from: `[sources]` of the book.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::mistyped::Mistyped;

/// What touches are read from, and which of them are not: `[sources]`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct BookSources {
    /// The user's own e-mail addresses, as they are written.
    pub me: Vec<String>,
    /// Paths of mail boxes. A relative one counts from the folder of the book.
    pub mail: Vec<String>,
    /// Paths of calendars.
    pub calendar: Vec<String>,
    /// Paths of lists of calls and messages.
    pub calls: Vec<String>,
    /// Nothing before this day is read.
    pub until: Option<NaiveDate>,
    /// The touches that are not read again: the user deleted them.
    pub ignored: Vec<IgnoredTouch>,
}

/// A touch that is not read again, since the user deleted it: its day, its channel as one word, and the name of the contact.
///
/// ```
/// use netkeep::domain::IgnoredTouch;
///
/// let ignored: IgnoredTouch = "2026-11-04 email Bo Lind".parse().unwrap();
/// assert_eq!(ignored, IgnoredTouch::new("2026-11-04".parse().unwrap(), Some("email"), "Bo Lind"));
/// assert_eq!(ignored.to_string(), "2026-11-04 email Bo Lind");
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct IgnoredTouch {
    on: NaiveDate,
    via: String,
    name: String,
}

/// What touches are read from, as a touch says it.
pub(crate) const SOURCES: [&str; 3] = ["mail", "calendar", "calls"];

/// What a touch without a channel is called.
const NO_CHANNEL: &str = "touch";

impl BookSources {
    /// Whether a touch is not read: it is from before the first day, or the user deleted it.
    pub fn ignores(&self, touch: &IgnoredTouch) -> bool {
        self.until.is_some_and(|until| touch.on < until) || self.ignored.contains(touch)
    }
}

impl IgnoredTouch {
    /// A touch on a day by a channel, whose blanks become hyphens, with the contact of this name.
    pub fn new(on: NaiveDate, via: Option<&str>, name: &str) -> Self {
        let words = via.unwrap_or_default().split_whitespace();
        let via = words.collect::<Vec<_>>().join("-").to_lowercase();
        let via = if via.is_empty() {
            NO_CHANNEL.to_owned()
        } else {
            via
        };
        let name = name.trim().to_owned();
        Self { on, via, name }
    }

    /// The day.
    pub fn on(&self) -> NaiveDate {
        self.on
    }

    /// The channel as one word.
    pub fn via(&self) -> &str {
        &self.via
    }

    /// The name of the contact.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same touch with a contact of another name.
    #[must_use]
    pub fn with(&self, name: &str) -> Self {
        Self::new(self.on, Some(&self.via), name)
    }
}

impl fmt::Display for IgnoredTouch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.on, self.via, self.name)
    }
}

impl FromStr for IgnoredTouch {
    type Err = Mistyped;

    fn from_str(text: &str) -> Result<Self, Mistyped> {
        let read = || {
            let (day, rest) = text.trim().split_once(char::is_whitespace)?;
            let (via, name) = rest.trim_start().split_once(char::is_whitespace)?;
            Some(Self::new(day.parse().ok()?, Some(via), name))
        };
        read().ok_or_else(|| {
            Mistyped::new(
                format!("`{text}` is not a day, a channel and a name"),
                "write it like `\"2026-11-04 email Bo Lind\"`",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(via: Option<&str>, name: &str) -> IgnoredTouch {
        IgnoredTouch::new("2026-11-04".parse().expect("a day"), via, name)
    }

    #[test]
    fn an_entry_says_the_day_the_channel_and_the_name() {
        for (via, name, text) in [
            (Some("email"), "Bo Lind", "2026-11-04 email Bo Lind"),
            (Some("Video call"), "李小龙", "2026-11-04 video-call 李小龙"),
            (None, " Bo ", "2026-11-04 touch Bo"),
            (Some(" "), "Bo  Lind", "2026-11-04 touch Bo  Lind"),
        ] {
            let ignored = ignored(via, name);
            assert_eq!(ignored.to_string(), text);
            assert_eq!(text.parse(), Ok(ignored));
        }
    }

    #[test]
    fn an_entry_may_have_more_blanks_and_capitals() {
        let typed = " 2026-11-04\tEmail   Bo Lind ";
        assert_eq!(typed.parse(), Ok(ignored(Some("email"), "Bo Lind")));
    }

    #[test]
    fn anything_else_is_no_entry() {
        for text in [
            "",
            "2026-11-04",
            "2026-11-04 email",
            "2026-02-30 email Bo",
            "yesterday email Bo",
            "email Bo Lind",
        ] {
            assert!(text.parse::<IgnoredTouch>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_older_or_was_deleted_is_not_read() {
        let sources = BookSources {
            until: "2026-11-04".parse().ok(),
            ignored: vec![ignored(Some("email"), "Bo")],
            ..BookSources::default()
        };
        let old = IgnoredTouch::new("2026-11-03".parse().expect("a day"), Some("call"), "Bo");
        assert!(sources.ignores(&old));
        assert!(sources.ignores(&ignored(Some("email"), "Bo")));
        assert!(!sources.ignores(&ignored(Some("call"), "Bo")));
        assert!(!sources.ignores(&ignored(Some("email"), "Ana")));
    }
}
