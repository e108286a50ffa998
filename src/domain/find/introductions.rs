//! What people write about introductions: `RustConf 2024, through Bo Lind`, `an introduction to Kai Mori`.

use std::ops::Range;

use super::mentioned::MOST_WORDS;
use super::phrase_words::{PhraseWord, is_at, words};

/// What comes before the name of the person who introduced you to someone.
const BY: [&[&str]; 1] = [&["introduced", "by"]];

/// What comes before that name where nobody is said to have introduced you; it may be a channel too.
const THROUGH: [&[&str]; 2] = [&["through"], &["via"]];

/// What comes before the name of the person you were introduced to.
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
const AFTER_A_NAME: [&str; 24] = [
    "after", "and", "as", "at", "before", "but", "during", "for", "from", "in", "last", "of", "on",
    "or", "since", "then", "through", "to", "via", "when", "where", "while", "who", "with",
];

/// Marks that end a name, and dashes with a blank on each side: those within a name have none.
const MARKS: [char; 5] = [',', ';', '(', ')', '\n'];
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// Other marks after a name. They may be part of one too: `Marks & Co`.
const MARKS_AFTER: [char; 31] = [
    '!', '#', '$', '%', '&', '*', '+', '/', ':', '<', '=', '>', '?', '[', '\\', ']', '^', '{', '|',
    '}', '~', '，', '；', '：', '！', '？', '、', '。', '（', '）', '…',
];

/// The most phrases of a kind that count in a text, its last ones. People write one or two.
const MOST_PHRASES: usize = 4;

/// The most pieces of a text that are looked up: as many as two phrases with a long sentence after each have.
const MOST_PIECES: usize = 2 * MOST_WORDS;

/// The pieces of a text that may be someone's name, as far as only a book can tell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NamePieces<'t> {
    pub(crate) text: &'t str,
    /// The first that is someone's name is the one that is meant.
    pub(crate) places: Vec<NamePlace>,
    /// Where the name is if none is anyone's.
    pub(crate) plain: Option<Range<usize>>,
}

/// Where a piece is in its text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NamePlace {
    pub(crate) range: Range<usize>,
    /// Whether the name may go on after it, as far as can be seen: `Ana` in `Ana Kok`. Then it counts only if it is a whole
    /// name of two words or more: a part may be someone else's.
    pub(crate) may_go_on: bool,
}

impl<'t> NamePieces<'t> {
    /// The pieces themselves.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &'t str> {
        self.places
            .iter()
            .map(|place| &self.text[place.range.clone()])
    }

    /// The name, if none of the pieces is anyone's.
    pub(crate) fn plain(&self) -> Option<&'t str> {
        Some(&self.text[self.plain.clone()?])
    }
}

/// The name of the person who introduced you to someone, from what `met` says.
///
/// It comes after `introduced by`, else after `through` or `via`; of several phrases, the last one with a contact's name after it
/// counts. The name ends at a comma, a semicolon, a bracket, a dash, the end of a line, or a word such as `at` or `and`. A
/// name may have such words itself, so the longest piece comes first: `through Bo in 't Veld in Delft` may be about `Bo in 't
/// Veld in Delft`, `Bo in 't Veld` or `Bo`. What else may come after a name is left off mark by mark and word by word.
pub(crate) fn introducer(met: &str) -> NamePieces<'_> {
    pieces_after(met, &[&BY, &THROUGH])
}

/// The name of the person you were introduced to, from what a touch says you got: `an introduction to Kai Mori`.
pub(crate) fn introduced(got: &str) -> NamePieces<'_> {
    pieces_after(got, &[&TO])
}

/// What `gave` says of an introduction to someone: `an introduction to Kai Mori`.
pub(crate) fn introduction_to(name: &str) -> String {
    format!("an introduction to {name}")
}

/// A name with blanks in place of the marks at which it would end.
pub(crate) fn without_marks(name: &str) -> String {
    let dashes = DASHES.iter();
    let name = dashes.fold(name.to_owned(), |name, dash| name.replace(dash, " "));
    let words = name.split(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let words =
        words.filter(|word| !word.is_empty() && !DASHES.iter().any(|dash| dash.trim() == *word));
    words.collect::<Vec<_>>().join(" ")
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

/// What may be a name after phrases of these kinds: first after those of the first kind, and of each kind after the last.
fn pieces_after<'t>(text: &'t str, kinds: &[&[&[&str]]]) -> NamePieces<'t> {
    let words: Vec<PhraseWord> = words(text).collect();
    let starts = kinds.iter().flat_map(|phrases| {
        let ats = (0..words.len()).rev();
        let starts = ats.filter_map(|at| NameStart::after(text, &words, at, phrases));
        starts.take(MOST_PHRASES)
    });
    let starts: Vec<NameStart> = starts.collect();
    let plain = starts.iter().find_map(|start| start.plain(text, &words));
    let mut by_phrase: Vec<(NameStart, Vec<NamePlace>)> = starts
        .iter()
        .map(|start| (*start, start.places(text, &words)))
        .collect();
    by_phrase.sort_by_key(|(start, _)| start.phrase);
    let mut places: Vec<NamePlace> = Vec::new();
    for deciding in starts {
        // A name may have a phrase within, or be nothing but such words.
        let reach = by_phrase.iter().filter(|(start, _)| {
            start.phrase < deciding.phrase && deciding.phrase < start.first + MOST_WORDS
        });
        let within = reach.flat_map(|(_, places)| places);
        let within = within.filter(|place| place.range.end > words[deciding.phrase].start);
        let own = by_phrase
            .iter()
            .filter(|(start, _)| start.phrase == deciding.phrase);
        let own: Vec<&NamePlace> = own.flat_map(|(_, places)| places).collect();
        if own.is_empty() {
            continue;
        }
        for place in within.chain(own) {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
    }
    places.truncate(MOST_PIECES);
    if let Some(plain) = &plain
        && !places.iter().any(|place| place.range == *plain)
    {
        places.push(NamePlace {
            range: plain.clone(),
            may_go_on: false,
        });
    }
    NamePieces {
        text,
        places,
        plain,
    }
}

/// Where a name begins: after a phrase.
#[derive(Clone, Copy)]
struct NameStart {
    /// The first word of the phrase.
    phrase: usize,
    /// The first word of the name.
    first: usize,
    /// The place in the text.
    at: usize,
}

impl NameStart {
    /// The start after one of the phrases, if it is at this word.
    fn after(text: &str, words: &[PhraseWord], phrase: usize, phrases: &[&[&str]]) -> Option<Self> {
        let mut phrases = phrases.iter();
        let found = phrases.find(|found| is_at(text, words, phrase, found))?;
        let first = phrase + found.len();
        let rest = &text[words[first - 1].end()..];
        let name = rest.strip_prefix([' ', ':', '\u{a0}'])?;
        let at = text.len() - name.len();
        Some(Self { phrase, first, at })
    }

    /// The name that ends at the first mark or word that may end one.
    fn plain(self, text: &str, words: &[PhraseWord]) -> Option<Range<usize>> {
        let mut after = words[self.first..]
            .iter()
            .filter(|word| may_end_a_name(word));
        let end = after.next().map_or(text.len(), |word| word.start);
        self.place(text, self.at + up_to_mark(&text[self.at..end]).len())
    }

    /// The pieces that end at the first mark, or before it where a name may end: the longest first.
    fn places(self, text: &str, words: &[PhraseWord]) -> Vec<NamePlace> {
        let words = &words[self.first..];
        let (words, beyond) = words.split_at(words.len().min(MOST_WORDS));
        let end = beyond.first().map_or(text.len(), |word| word.start);
        let stretch = up_to_mark(&text[self.at..end]);
        let last = self.at + stretch.len();
        // What goes on without a mark is no name.
        let whole = Some(last).filter(|last| *last < end || beyond.is_empty());
        let whole = whole.map(|last| (last, false));
        let words = &words[..words.partition_point(|word| word.start < last)];
        let cuts = (0..words.len()).rev().filter_map(|at| {
            let (word, after) = (words[at], words.get(at + 1));
            let gap = &text[word.end()..after.map_or(last, |after| after.start)];
            name_end(word, gap, after)
        });
        let places = whole
            .into_iter()
            .chain(cuts)
            .filter_map(|(end, may_go_on)| {
                let range = self.place(text, end)?;
                let has_words = || text[range.clone()].contains(char::is_whitespace);
                let counts = !may_go_on || has_words();
                counts.then_some(NamePlace { range, may_go_on })
            });
        places.collect()
    }

    /// From here to `end`, without blanks and full stops around; `None` if nothing is left.
    fn place(self, text: &str, end: usize) -> Option<Range<usize>> {
        let name = &text[self.at..end];
        let start = end - name.trim_start().len();
        let name = name.trim().trim_end_matches('.');
        (!name.is_empty()).then(|| start..start + name.len())
    }
}

/// What comes before the first mark.
fn up_to_mark(text: &str) -> &str {
    let dashes = DASHES.iter().filter_map(|dash| text.find(dash));
    let mark = dashes.chain(text.find(MARKS)).min();
    &text[..mark.unwrap_or(text.len())]
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a name may end before this word.
fn may_end_a_name(word: &PhraseWord) -> bool {
    AFTER_A_NAME.contains(&word.text)
}

/// Where a name ends whose last word may be this one, and whether it may go on; `gap` is what comes before the word `after`.
fn name_end(last: PhraseWord, gap: &str, after: Option<&PhraseWord>) -> Option<(usize, bool)> {
    if let Some(mark) = gap.find(MARKS_AFTER) {
        return Some((last.end() + mark, false));
    }
    let (after, blank) = after.zip(gap.find(char::is_whitespace))?;
    let is_number = after.text.starts_with(char::is_numeric);
    let may_go_on = !is_number && !may_end_a_name(after);
    Some((last.end() + blank, may_go_on))
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
            ("through ???", "???"),
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
            assert_eq!(introducer(met).plain(), Some(name), "{met}");
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
            "through ",
        ] {
            assert_eq!(introducer(met).plain(), None, "{met}");
        }
    }

    /// A piece after which the name may go on has three dots.
    #[test]
    fn the_longest_piece_comes_first() {
        for (met, pieces) in [
            ("through Bo Lind", &["Bo Lind"][..]),
            (
                "through Bo in 't Veld in Delft, at dawn",
                &[
                    "Bo in 't Veld in Delft",
                    "Bo in 't Veld in…",
                    "Bo in 't Veld",
                    "Bo in 't…",
                    "Bo in…",
                    "Bo",
                ],
            ),
            (
                "through Bo via Lind",
                &["Bo via Lind", "Bo via…", "Lind", "Bo"],
            ),
            ("through Ana, via Bo Lind", &["Bo Lind", "Ana"]),
            ("through Bo Lind, via LinkedIn", &["LinkedIn", "Bo Lind"]),
            (
                "introduced by Bo, via Ana, through Ed",
                &["Bo", "Ed", "Ana"],
            ),
            ("through Bo Lind!", &["Bo Lind!", "Bo Lind"]),
            (
                "through Bo Lind: a dinner",
                &["Bo Lind: a dinner", "Bo Lind: a…", "Bo Lind"],
            ),
            ("through Bo Lind 2019", &["Bo Lind 2019", "Bo Lind"]),
            ("through Bo 2019", &["Bo 2019", "Bo"]),
            ("through Bo Lind Acme", &["Bo Lind Acme", "Bo Lind…"]),
            ("through Ana-Lena", &["Ana-Lena"]),
            ("through Ana-Lena Kok", &["Ana-Lena Kok"]),
            ("through Ana's", &["Ana's"]),
            ("through Bo@Lind", &["Bo@Lind"]),
            ("through Jose\u{301}", &["Jose\u{301}"]),
            (
                "introduced by Bo via email",
                &["Bo via email", "Bo via…", "Bo", "email"],
            ),
            (
                "via Ana introduced by Bo",
                &[
                    "Ana introduced by Bo",
                    "Ana introduced by…",
                    "Ana introduced…",
                    "Bo",
                ],
            ),
            ("through In 't Veld.", &["In 't Veld", "In 't…"]),
            ("through in 't Veld", &["in 't Veld", "in 't…"]),
            ("through via", &["via"]),
            ("through via via", &["via via", "via", "via"]),
            ("via Bo, through and", &["and", "Bo"]),
            ("through, via", &[]),
            ("RustConf", &[]),
        ] {
            let found = introducer(met);
            let pieces_found = found.pieces().zip(&found.places);
            let told = pieces_found.map(|(piece, place)| {
                let more = if place.may_go_on { "…" } else { "" };
                format!("{piece}{more}")
            });
            assert_eq!(told.collect::<Vec<_>>(), pieces, "{met}");
        }
    }

    #[test]
    fn no_piece_of_many_words_is_a_name() {
        let long = format!("through {}Bo", "via at ".repeat(100_000));
        let pieces = introducer(&long);
        assert!(pieces.places.len() <= MOST_PIECES);
        let long = format!("through Bo {}", "Lind ".repeat(100));
        assert_eq!(introducer(&long).places.len(), MOST_WORDS - 1);
        let long = "introduced by , ".repeat(100_000);
        assert_eq!(introducer(&long).places, []);
    }

    #[test]
    fn marks_in_a_name_become_blanks() {
        for (name, written) in [
            ("Bo Lind", "Bo Lind"),
            ("Ruiz, Ana", "Ruiz Ana"),
            ("Smith (Acme)", "Smith Acme"),
            ("Bo - Lind", "Bo Lind"),
            ("– Bo –", "Bo"),
            ("Ana-Lena\nVale", "Ana-Lena Vale"),
            ("(,)", ""),
        ] {
            assert_eq!(without_marks(name), written, "{name}");
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
            assert_eq!(introduced(got).plain(), name, "{got}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(through|via|introduced by|[a-zß李’.,() :\n\u{a0}–-]| - | in | 't | and ){0,40}") {
            for found in [introducer(&text), introduced(&text)] {
                let pieces: Vec<&str> = found.pieces().collect();
                for piece in &pieces {
                    proptest::prop_assert!(!piece.trim().is_empty() && !piece.contains(MARKS), "{}", piece);
                }
                let plain = found.plain();
                proptest::prop_assert!(plain.is_none_or(|plain| pieces.contains(&plain)));
                proptest::prop_assert_eq!(pieces.is_empty(), found.places.is_empty());
            }
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
