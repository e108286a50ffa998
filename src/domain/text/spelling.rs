//! The ways in which one name is spelled.

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;

/// Letters with a mark, and the two letters that stand for each in passports, addresses and profiles: ICAO 9303, part 3. Folding
/// already does the same to æ, œ, ß and þ.
const TWO_LETTERS: [(char, &str); 10] = [
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('å', "aa"),
    ('ø', "oe"),
    ('Ä', "ae"),
    ('Ö', "oe"),
    ('Ü', "ue"),
    ('Å', "aa"),
    ('Ø', "oe"),
];

/// Of a name with more words than this that have two spellings, all are spelled alike.
const MOST_WORDS: usize = 3;

/// The spellings of a name, folded: first without marks; then with two letters for a letter with a mark, word by word; then, in East
/// Asian scripts, without the blank between the names.
///
/// Only a letter with a mark has a second spelling: `Manuel` is never `Manul`.
pub(crate) fn spellings(name: &str) -> Vec<String> {
    let folded = fold(name);
    if name.is_ascii() {
        return vec![folded];
    }
    let others = in_two_letters(name).map(|long| combined(&folded, &long));
    let closed = without_blanks(&folded);
    let others = others.into_iter().flatten().chain(closed);
    std::iter::once(folded.clone()).chain(others).collect()
}

/// Whether two names have a spelling in common. A name without letters or digits has none.
pub(crate) fn is_one_spelling(one: &str, other: &str) -> bool {
    let others = spellings(other);
    let mut ones = spellings(one).into_iter();
    ones.any(|one| !one.is_empty() && others.contains(&one))
}

/// The name with two letters for each letter with a mark, folded; `None` if it has no such letter.
fn in_two_letters(name: &str) -> Option<String> {
    let letters = |c: char| TWO_LETTERS.iter().find(|(marked, _)| *marked == c);
    let name: String = name.nfc().collect();
    name.contains(|c| letters(c).is_some()).then(|| {
        let mut long = String::with_capacity(name.len());
        for c in name.chars() {
            match letters(c) {
                Some((_, two)) => long.push_str(two),
                None => long.push(c),
            }
        }
        fold(&long)
    })
}

/// Every name with the words of one or the other, but not the first as it is.
fn combined(short: &str, long: &str) -> Vec<String> {
    let words: Vec<(&str, &str)> = short.split(' ').zip(long.split(' ')).collect();
    let differing = words.iter().filter(|(short, long)| short != long).count();
    if differing > MOST_WORDS {
        return vec![long.to_owned()];
    }
    let mut names = vec![String::new()];
    for (short, long) in words {
        let with = |name: &String, word: &str| match name.as_str() {
            "" => word.to_owned(),
            name => format!("{name} {word}"),
        };
        let others = names.iter().filter(|_| short != long);
        let others: Vec<String> = others.map(|name| with(name, long)).collect();
        for name in &mut names {
            *name = with(name, short);
        }
        names.extend(others);
    }
    names.remove(0);
    names
}

/// A folded name without the blanks between words of East Asian scripts; `None` if there are none.
fn without_blanks(folded: &str) -> Option<String> {
    let mut closed = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let joins = closed.ends_with(is_east_asian) && word.starts_with(is_east_asian);
        if !closed.is_empty() && !joins {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    (closed != folded).then_some(closed)
}

/// Han, kana and Hangul, in which a blank between the names is often left out.
pub(crate) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{318f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_a_mark_has_two_spellings() {
        for (name, expected) in [
            ("Ana Ruiz", &["ana ruiz"][..]),
            ("José", &["jose"]),
            ("Müller", &["muller", "mueller"]),
            ("MU\u{308}LLER", &["muller", "mueller"]),
            (
                "Jürgen Müller",
                &[
                    "jurgen muller",
                    "juergen muller",
                    "jurgen mueller",
                    "juergen mueller",
                ],
            ),
            (
                "Øystein Ås",
                &["oystein as", "oeystein as", "oystein aas", "oeystein aas"],
            ),
            ("Jörg Groß", &["jorg gross", "joerg gross"]),
            ("Æsa", &["aesa"]),
            ("ö ö ö ö", &["o o o o", "oe oe oe oe"]),
            ("李 小龙", &["李 小龙", "李小龙"]),
            ("山田\u{3000}太郎", &["山田 太郎", "山田太郎"]),
            ("김 철수", &["김 철수", "김철수"]),
            ("マイケル・リー", &["マイケル リー", "マイケルリー"]),
            ("李 Wei", &["李 wei"]),
            ("—", &[""]),
        ] {
            assert_eq!(spellings(name), expected, "{name}");
        }
    }

    #[test]
    fn names_are_one_in_every_spelling_and_no_other() {
        for (one, other) in [
            ("Müller", "Mueller"),
            ("Müller", "Muller"),
            ("Jürgen Mueller", "Juergen Müller"),
            ("Åse Bjørn", "Aase Bjoern"),
            ("李小龙", "李 小龙"),
        ] {
            assert!(
                is_one_spelling(one, other) && is_one_spelling(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [
            ("Mueller", "Muller"),
            ("Manuel", "Manul"),
            ("Joel", "Jol"),
            ("Michael", "Michal"),
            ("李 Wei", "李Wei"),
            ("—", "/"),
        ] {
            assert!(!is_one_spelling(one, other), "{one} {other}");
        }
    }
}
