//! What people write about introductions: `RustConf 2024, through Bo Lind`, `an introduction to Kai Mori`.

/// What comes before the name of the person who introduced you to someone.
const BY: [&[&str]; 1] = [&["introduced", "by"]];

/// What comes before that name where nobody is said to have introduced you; it may be a channel too.
const THROUGH: [&[&str]; 2] = [&["through"], &["via"]];

/// What comes before the name of the person to which you were introduced.
const TO: [&[&str]; 4] = [
    &["introduction", "to"],
    &["intro", "to"],
    &["introduced", "to"],
    &["introduced", "me", "to"],
];

/// Words that say that someone was introduced.
const INTRODUCTION: [&str; 6] = [
    "intro",
    "intros",
    "introduction",
    "introductions",
    "introduced",
    "introducing",
];

/// Words that go on after a name: `through Bo Lind at RustConf`.
const AFTER_A_NAME: [&str; 13] = [
    "and", "at", "during", "for", "from", "in", "on", "through", "to", "via", "when", "who", "with",
];

/// Marks that end a name, and dashes with a blank on each side: those within a name have none.
const MARKS: [char; 5] = [',', ';', '(', ')', '\n'];
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The name of the person through which you met someone, from what `met` says; of several, the last.
///
/// It comes after `introduced by`, else after `through` or `via`, and ends at a comma, a semicolon, a bracket, a dash, the end
/// of a line, or a word such as `at` or `and`.
pub(crate) fn introducer(met: &str) -> Option<&str> {
    name_after(met, &BY).or_else(|| name_after(met, &THROUGH))
}

/// The name of the person to which you were introduced, from what a touch says you got: `an introduction to Kai Mori`.
pub(crate) fn introduced(got: &str) -> Option<&str> {
    name_after(got, &TO)
}

/// Whether what a touch says you gave was an introduction.
pub(crate) fn is_introduction(gave: &str) -> bool {
    words(gave).any(|word| is_one_of(word.text, &INTRODUCTION))
}

/// All words above, in lower case: introductions are told by them.
pub(crate) fn connecting() -> impl Iterator<Item = &'static str> {
    let phrases = BY.into_iter().chain(THROUGH).chain(TO).flatten().copied();
    phrases.chain(INTRODUCTION).chain(AFTER_A_NAME)
}

/// The name after the last of these `phrases`.
fn name_after<'t>(text: &'t str, phrases: &[&[&str]]) -> Option<&'t str> {
    let words: Vec<PhraseWord> = words(text).collect();
    let ends_at = |at: usize| {
        let is_phrase = |phrase: &&[&str]| is_at(text, &words, at, phrase);
        let phrase = phrases.iter().find(|phrase| is_phrase(phrase))?;
        Some(at + phrase.len())
    };
    let first = (0..words.len()).rev().find_map(ends_at)?;
    let start = words[first - 1].end();
    let rest = text[start..].strip_prefix([' ', ':', '\u{a0}'])?;
    let marks = DASHES.iter().filter_map(|dash| rest.find(dash));
    let mark = marks.chain(rest.find(MARKS)).min();
    let name = &rest[..mark.unwrap_or(rest.len())];
    let after = words[first..].iter();
    let mut after = after.filter(|word| AFTER_A_NAME.contains(&word.text));
    let end = after.next().map_or(text.len(), |word| word.start);
    let name = &name[..name.len().min(end.saturating_sub(text.len() - rest.len()))];
    let name = name.trim().trim_end_matches('.');
    (!name.is_empty()).then_some(name)
}

/// Whether the words from `at` on are those of the phrase, with nothing but blanks between them.
fn is_at(text: &str, words: &[PhraseWord], at: usize, phrase: &[&str]) -> bool {
    let there = words.get(at..at + phrase.len());
    there.is_some_and(|there| {
        let is_word =
            |(word, expected): (&PhraseWord, &&str)| word.text.eq_ignore_ascii_case(expected);
        there.iter().zip(phrase).all(is_word)
            && there
                .windows(2)
                .all(|pair| text[pair[0].end()..pair[1].start].trim().is_empty())
    })
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A run of letters and digits, and where it begins in its text.
#[derive(Clone, Copy)]
struct PhraseWord<'t> {
    start: usize,
    text: &'t str,
}

impl PhraseWord<'_> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }
}

fn words(text: &str) -> impl Iterator<Item = PhraseWord<'_>> {
    let mut at = 0;
    let pieces = text.split_inclusive(|c: char| !c.is_alphanumeric());
    let words = pieces.map(move |piece| {
        let start = at;
        at += piece.len();
        let text = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        PhraseWord { start, text }
    });
    words.filter(|word| !word.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_after_through_via_or_introduced_by() {
        for (met, name) in [
            ("RustConf 2024, through Bo Lind", "Bo Lind"),
            ("through Bo Lind", "Bo Lind"),
            ("THROUGH Bo Lind.", "Bo Lind"),
            ("RustConf (through Bo Lind), in the hall", "Bo Lind"),
            ("via Bo Lind, RustConf", "Bo Lind"),
            ("Via: Bo Lind; 2024", "Bo Lind"),
            ("introduced by Bo Lind (Acme)", "Bo Lind"),
            ("Introduced  by  Bo Lind at RustConf", "Bo Lind"),
            ("through Bo Lind\nat a fair", "Bo Lind"),
            ("through Ana, then via Bo Lind", "Bo Lind"),
            ("through Bo", "Bo"),
            ("through J. R. Vale from Acme", "J. R. Vale"),
            ("through 李小龙", "李小龙"),
            ("through Ana de la Cruz in Lisbon", "Ana de la Cruz"),
            ("introduced by Bo Lind via email", "Bo Lind"),
            ("introduced by Bo Lind, via LinkedIn", "Bo Lind"),
            ("via LinkedIn, introduced by Bo Lind", "Bo Lind"),
            ("introduced by Bo and Ana", "Bo"),
            ("introduced, by the way, through Bo", "Bo"),
            ("through Bo - we had lunch", "Bo"),
            ("through Bo – we had lunch", "Bo"),
            ("through Bo — we had lunch, and more", "Bo"),
            ("through Ana-Lena Vale", "Ana-Lena Vale"),
        ] {
            assert_eq!(introducer(met), Some(name), "{met}");
        }
    }

    #[test]
    fn other_words_name_nobody() {
        for met in [
            "",
            "RustConf 2024",
            "through",
            "through, it seems",
            "throughout Bo Lind's time",
            "a viaduct in Kent",
            "introduced, by Bo",
            "through at",
            "through via",
        ] {
            assert_eq!(introducer(met), None, "{met}");
        }
    }

    #[test]
    fn an_introduction_is_to_someone() {
        for (got, name) in [
            ("an introduction to Kai Mori", Some("Kai Mori")),
            ("Intro to Kai Mori at Acme", Some("Kai Mori")),
            ("she introduced me to Kai Mori, by mail", Some("Kai Mori")),
            ("an intro to Dee Ash via email", Some("Dee Ash")),
            ("introduced me to Em and Fay", Some("Em")),
            ("an introduction to Bo - by phone", Some("Bo")),
            ("an introduction", None),
            ("a reintroduction to Kai", None),
        ] {
            assert_eq!(introduced(got), name, "{got}");
        }
    }

    #[test]
    fn an_introduction_is_told_by_whole_words() {
        for gave in [
            "an introduction to Bo",
            "Intro: Bo",
            "introduced Bo and Ana",
        ] {
            assert!(is_introduction(gave), "{gave}");
        }
        for gave in ["", "an introductory course", "reintroduction"] {
            assert!(!is_introduction(gave), "{gave}");
        }
    }
}
