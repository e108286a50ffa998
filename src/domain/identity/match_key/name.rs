//! Names, in the form in which they are compared.

use crate::domain::text::{fold, spellings};

/// A name in the form in which it is compared, without brackets at its end, which only tell namesakes apart.
pub(crate) fn name(name: &str) -> String {
    let trimmed = name.trim();
    match bracketed(trimmed) {
        Some((base, _)) if !fold(base).is_empty() => whole_name(base),
        _ => whole_name(trimmed),
    }
}

/// The spellings of a name without brackets at its end, the one of [`name`] first.
pub(crate) fn names(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    match bracketed(trimmed) {
        Some((base, _)) if !fold(base).is_empty() => spellings(base),
        _ => whole_names(trimmed),
    }
}

/// The spellings of a name with its brackets. A name without letters or digits stays as it is.
pub(crate) fn whole_names(text: &str) -> Vec<String> {
    let names = spellings(text);
    if names[0].is_empty() {
        vec![text.trim().to_owned()]
    } else {
        names
    }
}

/// Whether two names are the same, ignoring brackets at the end, however they are spelled.
pub(crate) fn is_one_name(one: &str, other: &str) -> bool {
    let others = names(other);
    names(one).iter().any(|name| others.contains(name))
}

/// A name before the brackets at its end, and what is in them.
pub(crate) fn bracketed(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(')')?.rsplit_once(" (")
}

/// A name with its brackets in the form in which it is compared. A name without letters or digits stays as it is.
pub(crate) fn whole_name(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        name.trim().to_owned()
    } else {
        folded
    }
}

/// Words before and after a name that are not part of it.
const TITLES: [&str; 20] = [
    "dr", "prof", "mr", "mrs", "ms", "herr", "frau", "phd", "msc", "bsc", "mba", "llm", "cpa",
    "pmp", "cfa", "jr", "sr", "esq", "iii", "dipl",
];

pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// What tells two people with the same family name and name apart.
struct WordRank {
    /// 1 for Sr., 2 for Jr. ...; without one it may be the parent.
    generation: Option<u8>,
    /// Whether the title is a man's, and whether it is a woman's.
    addressed: [bool; 2],
}

impl WordRank {
    fn of(words: &[&str]) -> Self {
        let has = |titles: &[&str]| words.iter().any(|word| titles.contains(word));
        Self {
            generation: match words {
                [_, .., "sr" | "senior"] => Some(1),
                [_, .., "jr" | "junior" | "ii"] => Some(2),
                [_, .., "iii"] => Some(3),
                [_, .., "iv"] => Some(4),
                _ => None,
            },
            addressed: [has(&["mr", "herr"]), has(&["mrs", "ms", "frau"])],
        }
    }

    fn may_be(&self, other: &Self) -> bool {
        let nobody = [false, false];
        let is_parent = |rank: &Self| matches!(rank.generation, None | Some(1));
        let is_generation =
            self.generation == other.generation || is_parent(self) && is_parent(other);
        let is_addressed = self.addressed == other.addressed
            || self.addressed == nobody
            || other.addressed == nobody;
        is_generation && is_addressed
    }
}

/// The words without titles; a name of only titles keeps them.
fn plain_words<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !is_title(word))
        .collect();
    if plain.is_empty() {
        words.to_vec()
    } else {
        plain
    }
}

/// Whether two names may be one person's: one has every word of the other, ignoring titles. An initial may stand for a
/// word, but at least one whole word must be common.
pub(crate) fn may_be_one(one: &str, other: &str) -> bool {
    let others = names(other);
    let mut ones = names(one).into_iter();
    ones.any(|one| others.iter().any(|other| may_be_spelled(&one, other)))
}

fn may_be_spelled(one: &str, other: &str) -> bool {
    let words = [one, other].map(|name| name.split_whitespace().collect::<Vec<&str>>());
    let [mine, theirs] = words.each_ref().map(|words| WordRank::of(words));
    if !mine.may_be(&theirs) {
        return false;
    }
    let [mut short, mut long] = words.map(|words| plain_words(&words));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    // The longest words choose first, so that an initial takes none of theirs.
    short.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut is_whole = false;
    let all_found = short.into_iter().all(|word| {
        let stands_for = |other: &&str| {
            is_initial(word) && other.starts_with(word)
                || is_initial(other) && word.starts_with(*other)
        };
        let whole = long.iter().position(|other| *other == word);
        let found = whole.or_else(|| long.iter().position(stands_for));
        let found = found.map(|at| long.swap_remove(at));
        is_whole |= found == Some(word);
        found.is_some()
    });
    all_found && is_whole
}

/// The words of a name in the form in which it is compared, without titles.
pub(crate) fn words(text: &str) -> Vec<String> {
    words_of(&name(text))
}

/// The same in each spelling.
pub(crate) fn spelled_words(text: &str) -> Vec<Vec<String>> {
    names(text).iter().map(|name| words_of(name)).collect()
}

fn words_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = plain_words(&words).into_iter();
    plain.map(str::to_owned).collect()
}

pub(crate) fn sorted_words<S: AsRef<str>>(words: &[S]) -> String {
    let mut words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.sort_unstable();
    words.join(" ")
}

/// How many words two names have in common, ignoring titles.
pub(crate) fn common_words(one: &str, other: &str) -> usize {
    let [one, other] = [one, other].map(words);
    one.iter().filter(|word| other.contains(word)).count()
}

/// A single letter of an alphabet; in other scripts one character may be a word.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_tell_namesakes_apart_and_are_not_a_name() {
        assert_eq!(name("Ana Ruiz (Acme, Inc.)"), "ana ruiz");
        assert_eq!(name("Wen Li (李文)"), "wen li");
        assert_eq!(name("(Ana)"), "ana");
    }

    #[test]
    fn names_may_be_one_persons_or_not() {
        for (one, other) in [
            ("Ana Ruiz", "Ruiz, Ana"),
            ("Dr. Camille Jo Moreau", "Camille Moreau"),
            ("Ana Maria Ruiz Lopez", "Ana Ruiz"),
            ("A. M. Ruiz", "Ana Maria Ruiz"),
            ("José", "jose garcia"),
            ("Anna Lang-Becker", "Dr. Becker, Anna"),
            ("Ana Ruiz (Acme)", "Ana Ruiz (Globex)"),
            ("Hal Moss", "Hal Moss Sr."),
            ("Mr. Moss", "Moss"),
            ("A. B.", "A. B."),
            ("M. Moreau", "M. Moreau"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("J. Müller", "Jan Mueller"),
            ("山田 太郎", "山田太郎"),
        ] {
            assert!(
                may_be_one(one, other) && may_be_one(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [
            ("John Smith", "Mary Smith"),
            ("Ana Ruiz", "Ana Lind"),
            ("Thomas Müller", "Thomas Weber"),
            ("Erik Berg", "Erika Berg"),
            ("Hal Moss Jr.", "Hal Moss Sr."),
            ("Hal Moss", "Hal Moss Jr."),
            ("Mr Moss", "Mrs Moss"),
            ("Mr & Mrs Moss", "Mr Moss"),
            ("Hal Moss III", "Hal Moss, Jr"),
            ("A. Berg", "Axel"),
            ("王 芳", "王 芳华"),
            ("Anna Schmidt", "Anna Kowalski"),
            ("Bo", "Ana"),
            ("Jan Muller", "Jan Mueller"),
            ("", "Ana"),
            ("—", "/"),
        ] {
            assert!(
                !may_be_one(one, other) && !may_be_one(other, one),
                "{one} {other}"
            );
        }
    }
}
