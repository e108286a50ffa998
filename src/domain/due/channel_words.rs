//! The words that people type for channels: those netkeep knows, other words for them, and the user's own.

use super::channel::CHANNELS;
use crate::domain::text::{caseless, is_short_slip, is_slip};

/// Other words for the channels that netkeep knows.
const OTHER_WORDS: [(&str, &[&str]); 5] = [
    (
        "call",
        &["phone", "tel", "telephone", "mobile", "ring", "called"],
    ),
    ("email", &["mail", "e-mail", "emailed"]),
    ("message", &["msg", "dm", "sms", "text", "txt"]),
    ("social", &["web", "link", "links", "page", "url"]),
    ("meeting", &["mtg", "meet", "met"]),
];

/// The known channel that another word stands for.
pub(crate) fn by_other_word(typed: &str) -> Option<&'static str> {
    let typed = caseless(typed.trim());
    let mut found = OTHER_WORDS.iter();
    let found = found.find(|(_, words)| words.contains(&typed.as_str()));
    found.map(|(channel, _)| *channel)
}

/// The known channel that is typed, case aside.
pub(crate) fn known(typed: &str) -> Option<&'static str> {
    let typed = caseless(typed.trim());
    CHANNELS.into_iter().find(|channel| *channel == typed)
}

/// The known channel that a word was probably meant to be: it is another word for it, its start, or a typo of it.
pub(crate) fn near_miss(typed: &str) -> Option<&'static str> {
    let word = caseless(typed.trim());
    let is_meant = |channel: &&str| {
        let is_start = word.chars().count() > 2 && channel.starts_with(&word);
        is_start || is_slip(&word, channel) || is_short_slip(&word, channel)
    };
    match known(typed) {
        Some(_) => None,
        None => by_other_word(typed).or_else(|| CHANNELS.into_iter().find(is_meant)),
    }
}

/// A word of the user's own as it is written in the book, where only its case differs: as typed if it is there so, else as it
/// is there most often.
pub(crate) fn as_used<'u>(typed: &str, used: impl Iterator<Item = &'u str>) -> Option<&'u str> {
    let folded = caseless(typed);
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for word in used.filter(|word| caseless(word) == folded) {
        match counts.iter_mut().find(|(_, known)| *known == word) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, word)),
        }
    }
    let best = counts
        .into_iter()
        .max_by_key(|(count, word)| (*word == typed, *count));
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_channels_ignore_case() {
        assert_eq!(known("Call"), Some("call"));
        assert_eq!(known(" E-MAIL "), None);
        assert_eq!(known("EMAIL"), Some("email"));
        assert_eq!(known("coffee"), None);
    }

    #[test]
    fn near_misses_are_typos_starts_and_other_words() {
        for (typed, expected) in [
            ("cal", Some("call")),
            ("calll", Some("call")),
            ("cll", Some("call")),
            ("Phone", Some("call")),
            ("emial", Some("email")),
            ("emails", Some("email")),
            ("mail", Some("email")),
            ("E-Mail", Some("email")),
            ("mesage", Some("message")),
            ("dm", Some("message")),
            ("mtg", Some("meeting")),
            ("meet", Some("meeting")),
            ("soc", Some("social")),
            ("lettre", Some("letter")),
            ("gifts", Some("gift")),
            ("call", None),
            ("CALL", None),
            ("whatsapp", None),
            ("signal", None),
            ("linkedin", None),
            ("messenger", None),
            ("zoom", None),
            ("coffee", None),
            ("lunch", None),
            ("golf", None),
            ("ca", None),
            ("carrier pigeon", None),
            ("", None),
        ] {
            assert_eq!(near_miss(typed), expected, "{typed}");
        }
    }

    #[test]
    fn an_own_word_is_written_as_it_was_used() {
        let used = ["Coffee", "coffee", "Coffee", "WhatsApp", "call"];
        let as_used = |typed| as_used(typed, used.into_iter());
        assert_eq!(as_used("whatsapp"), Some("WhatsApp"));
        assert_eq!(as_used("COFFEE"), Some("Coffee"));
        assert_eq!(as_used("coffee"), Some("coffee"));
        assert_eq!(as_used("tea"), None);
    }
}
