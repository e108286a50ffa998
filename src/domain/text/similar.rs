//! How similar two texts are, and whether one is a typo of the other.

use super::fold::fold;

/// The longest text, in bytes, to compare letter by letter.
const LONGEST_SLIP: usize = 200;

/// The entries of `known` that are similar to `typed`, the most similar first, at most three.
///
/// ```
/// use netkeep::domain::text::near;
///
/// assert_eq!(near("emial", ["email", "phone", "name"]), ["email"]);
/// ```
pub fn near<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    near_of(typed, known.into_iter().map(|name| (name, name)))
}

/// What belongs to the `known` texts that are similar to `typed`, in the same way.
pub(crate) fn near_of<'k, T>(typed: &str, known: impl IntoIterator<Item = (&'k str, T)>) -> Vec<T> {
    let typed = fold(typed);
    if typed.len() > LONGEST_SLIP {
        return vec![];
    }
    let mut near: Vec<(f64, T)> = known
        .into_iter()
        .filter(|(name, _)| name.len() <= LONGEST_SLIP)
        .map(|(name, its)| (likeness(&typed, &fold(name)), its))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, its)| its).collect()
}

/// The least likeness of a similar text.
const NEAR: f64 = 0.78;

/// Whether `typed` can only be a typo of `known`: one letter added, missing or wrong, or two swapped, in a word of at least
/// four letters. A digit is not a typo: `phone2` may be intended.
///
/// ```
/// use netkeep::domain::text::is_slip;
///
/// assert!(is_slip("emial", "email") && is_slip("notess", "notes"));
/// assert!(!is_slip("phone2", "phone") && !is_slip("mat", "met") && !is_slip("likes", "links"));
/// ```
pub fn is_slip(typed: &str, known: &str) -> bool {
    typed.chars().count() > 3
        && !typed.chars().any(char::is_numeric)
        && strsim::damerau_levenshtein(typed, known) == 1
}

/// Whether `typed` is the start of `known`, in three letters or more, or has one letter in four wrong at most.
pub(crate) fn is_start_or_typo(typed: &str, known: &str) -> bool {
    let length = typed.chars().count();
    let is_start = length > 2 && known.starts_with(typed);
    is_start || strsim::damerau_levenshtein(typed, known) <= (length / 4).max(1)
}

/// Whether two words differ by one additional letter, as Jon and John. Short words have too few letters for any other
/// difference.
pub(crate) fn is_short_slip(one: &str, other: &str) -> bool {
    let [first, second] = [one, other].map(|word| word.chars().count());
    first.min(second) > 2 && first != second && strsim::damerau_levenshtein(one, other) == 1
}

/// The similarity of a folded text to a folded name, 0.0 to 1.0: to the whole, or slightly less to one word of it.
fn likeness(typed: &str, name: &str) -> f64 {
    let squashed = |text: &str| text.replace(' ', "");
    let (short, long) = (squashed(typed), squashed(name));
    let is_start = short.chars().count() > 2 && long.starts_with(&short);
    let whole = similarity(&short, &long).max(if is_start { 0.85 } else { 0.0 });
    let words = name.split(' ').map(|word| similarity(typed, word) - 0.02);
    words.fold(whole, f64::max)
}

/// The similarity of two words; one typo in a word of three letters or more is similar enough. 0.0 stands for any that is too
/// small to matter.
fn similarity(one: &str, other: &str) -> f64 {
    let [first, second] = [one, other].map(|word| word.chars().count());
    let (short, long) = (first.min(second), first.max(second));
    // Comparing letter by letter takes long, and the letters alone tell most words apart.
    if !may_be_similar(one, other, [first, second]) {
        return 0.0;
    }
    let edits = if long - short <= (long / 4).max(1) {
        let one_slip = first > 2 && strsim::damerau_levenshtein(one, other) == 1;
        let alike = strsim::normalized_damerau_levenshtein(one, other);
        alike.max(if one_slip { 0.81 } else { 0.0 })
    } else {
        0.0
    };
    edits.max(strsim::jaro_winkler(one, other) - 0.1)
}

/// Whether two words of these lengths have so many letters in common, in any order, that they may be similar enough.
fn may_be_similar(one: &str, other: &str, lengths: [usize; 2]) -> bool {
    if !one.is_ascii() || !other.is_ascii() {
        return true;
    }
    let mut counts = [0_u16; 128];
    for letter in one.bytes() {
        counts[usize::from(letter)] += 1;
    }
    let mut common = 0;
    for letter in other.bytes() {
        let count = &mut counts[usize::from(letter)];
        common += usize::from(*count > 0);
        *count = count.saturating_sub(1);
    }
    // Two of three letters are the least of two words that are one typo apart.
    3 * common * (lengths[0] + lengths[1]) >= 4 * lengths[0] * lengths[1]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_similar_word_is_told_apart_by_its_letters(one in "[a-e]{0,9}", other in "[a-e]{0,9}") {
            let lengths = [one.len(), other.len()];
            if !may_be_similar(&one, &other, lengths) {
                let is_slip = one.len() > 2 && strsim::damerau_levenshtein(&one, &other) == 1;
                let edits = strsim::normalized_damerau_levenshtein(&one, &other);
                prop_assert!(!is_slip && edits < NEAR && strsim::jaro_winkler(&one, &other) - 0.1 < NEAR);
            }
        }
    }

    #[test]
    fn near_finds_typos_and_no_other_words() {
        assert_eq!(near("clinets", ["clients", "friends"]), ["clients"]);
        assert_eq!(near("client", ["Old clients", "clients"])[0], "clients");
        assert_eq!(near("vai", ["on", "via", "note"]), ["via"]);
        assert_eq!(near("nxt", ["next", "notes"]), ["next"]);
        assert_eq!(near("riuz", ["Ana Ruiz", "Bo Lind"]), ["Ana Ruiz"]);
        assert_eq!(near("jeanluc", ["Jean-Luc Picard"]), ["Jean-Luc Picard"]);
        assert!(near("zzz", ["Ana Ruiz", "Bo Lind"]).is_empty());
    }
}
