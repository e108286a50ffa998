//! What people write about introductions: `RustConf 2024, through Bo Lind`, `an introduction to Kai Mori`.

use std::ops::Range;

use super::mentioned::MOST_WORDS;

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

/// The pieces of a text that may be someone's name, as far as only a book can tell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NamePieces<'t> {
    pub(crate) text: &'t str,
    /// Where they are in the text. The first that is someone's name is the one that is meant.
    pub(crate) places: Vec<Range<usize>>,
    /// Where the name is if none is anyone's.
    pub(crate) plain: Option<Range<usize>>,
}

impl<'t> NamePieces<'t> {
    /// The pieces themselves.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &'t str> {
        self.places.iter().map(|place| &self.text[place.clone()])
    }

    /// The name, if none of the pieces is anyone's.
    pub(crate) fn plain(&self) -> Option<&'t str> {
        Some(&self.text[self.plain.clone()?])
    }
}

/// The name of the person through which you met someone, from what `met` says; of several, the last.
///
/// It comes after `introduced by`, else after `through` or `via`, and ends at a comma, a semicolon, a bracket, a dash, the end
/// of a line, or a word such as `at` or `and`. A name may have such words itself, so the longest piece comes first:
/// `through Bo in 't Veld in Delft` may be about `Bo in 't Veld in Delft`, `Bo in 't Veld` or `Bo`.
pub(crate) fn introducer(met: &str) -> NamePieces<'_> {
    pieces_after(met, &[&BY, &THROUGH])
}

/// The name of the person to which you were introduced, from what a touch says you got: `an introduction to Kai Mori`.
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

/// What may be a name after phrases of these kinds; the first kind after which there is one decides, and of several the last.
fn pieces_after<'t>(text: &'t str, kinds: &[&[&[&str]]]) -> NamePieces<'t> {
    let words: Vec<PhraseWord> = words(text).collect();
    let starts = |phrases: &[&[&str]]| -> Vec<NameStart> {
        let ats = 0..words.len();
        ats.filter_map(|at| NameStart::after(text, &words, at, phrases))
            .collect()
    };
    let starts: Vec<Vec<NameStart>> = kinds.iter().map(|phrases| starts(phrases)).collect();
    // The last of the first kind that has what is asked for.
    let last = |place: &dyn Fn(NameStart) -> Option<Range<usize>>| {
        let mut kinds = starts.iter();
        kinds.find_map(|starts| {
            let mut starts = starts.iter().rev();
            starts.find_map(|start| Some((*start, place(*start)?)))
        })
    };
    let plain = last(&|start| start.plain(text, &words)).map(|(_, place)| place);
    let longest = |start: NameStart| start.places(text, &words).into_iter().next();
    let mut places: Vec<Range<usize>> = Vec::new();
    if let Some((deciding, _)) = last(&longest) {
        // A name may have a phrase within, or be nothing but such words.
        let mut before = starts.concat();
        before.retain(|start| {
            start.phrase < deciding.phrase && deciding.phrase < start.first + MOST_WORDS
        });
        before.sort_by_key(|start| start.phrase);
        let within = before.iter().flat_map(|start| start.places(text, &words));
        places.extend(within.filter(|place| place.end > words[deciding.phrase].start));
        places.extend(deciding.places(text, &words));
    }
    if let Some(plain) = &plain
        && !places.contains(plain)
    {
        places.push(plain.clone());
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
            .filter(|word| word.may_end_a_name());
        let end = after.next().map_or(text.len(), |word| word.start);
        self.place(text, self.at + up_to_mark(&text[self.at..end]).len())
    }

    /// The pieces that end at the first mark, or before it at a word that may end a name: the longest first.
    fn places(self, text: &str, words: &[PhraseWord]) -> Vec<Range<usize>> {
        let words = &words[self.first..];
        let (words, beyond) = words.split_at(words.len().min(MOST_WORDS));
        let end = beyond.first().map_or(text.len(), |word| word.start);
        let stretch = up_to_mark(&text[self.at..end]);
        let last = self.at + stretch.len();
        // What goes on without a mark is no name.
        let whole = Some(last).filter(|last| *last < end || beyond.is_empty());
        let after = words.iter().rev().filter(|word| word.may_end_a_name());
        let cuts = after.map(|word| word.start).filter(|cut| *cut < last);
        whole
            .into_iter()
            .chain(cuts)
            .filter_map(|end| self.place(text, end))
            .collect()
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

    fn may_end_a_name(self) -> bool {
        AFTER_A_NAME.contains(&self.text)
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

    #[test]
    fn the_longest_piece_comes_first() {
        for (met, pieces) in [
            ("through Bo Lind", &["Bo Lind"][..]),
            (
                "through Bo in 't Veld in Delft, at dawn",
                &["Bo in 't Veld in Delft", "Bo in 't Veld", "Bo"],
            ),
            ("through Bo via Lind", &["Bo via Lind", "Lind"]),
            ("through Ana, via Bo Lind", &["Bo Lind"]),
            ("introduced by Bo via email", &["Bo via email", "Bo"]),
            ("via Ana introduced by Bo", &["Ana introduced by Bo", "Bo"]),
            ("through In 't Veld.", &["In 't Veld"]),
            ("through in 't Veld", &["in 't Veld"]),
            ("through via", &["via"]),
            ("through via via", &["via via", "via", "via"]),
            ("via Bo, through and", &["and", "Bo"]),
            ("through, via", &[]),
            ("RustConf", &[]),
        ] {
            let found: Vec<&str> = introducer(met).pieces().collect();
            assert_eq!(found, pieces, "{met}");
        }
    }

    #[test]
    fn no_piece_of_many_words_is_a_name() {
        let long = format!("through {}Bo", "via at ".repeat(100_000));
        let pieces = introducer(&long);
        assert!(pieces.places.len() < MOST_WORDS * MOST_WORDS);
        let long = format!("through Bo {}", "Lind ".repeat(100));
        assert_eq!(introducer(&long).places.len(), 1);
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
