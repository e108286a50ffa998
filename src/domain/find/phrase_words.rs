//! The words of a text with their places, and where a phrase is among them.

/// A run of letters and digits, and where it begins in its text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct PhraseWord<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl PhraseWord<'_> {
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = PhraseWord<'_>> {
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

/// Whether the words from `at` on are those of the phrase, with nothing but blanks between them.
pub(super) fn is_at(text: &str, words: &[PhraseWord], at: usize, phrase: &[&str]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_words_with_nothing_but_blanks_between() {
        for (text, at, is_there) in [
            ("introduced by Bo", 0, true),
            ("Introduced  BY Bo", 0, true),
            ("was introduced\nby Bo", 1, true),
            ("introduced, by Bo", 0, false),
            ("introduced by Bo", 1, false),
            ("reintroduced by Bo", 0, false),
            ("introduced", 0, false),
        ] {
            let words: Vec<PhraseWord> = words(text).collect();
            let found = is_at(text, &words, at, &["introduced", "by"]);
            assert_eq!(found, is_there, "{text}");
        }
    }

    #[test]
    fn a_word_knows_its_place() {
        for text in ["", "…", "Bo", " Bo, in 't Veld!", "李小龙，2019"] {
            for word in words(text) {
                assert_eq!(&text[word.start..word.end()], word.text);
            }
        }
        let found = words("Bo, in 't Veld!").map(|word| word.text);
        assert_eq!(found.collect::<Vec<_>>(), ["Bo", "in", "t", "Veld"]);
    }
}
