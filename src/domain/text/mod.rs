//! Text as people compare it, and the characters that must not be taken at face value.

pub mod shell_words;
use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Folds `text` for comparing names: case and accents aside, and what stands between words as one blank.
///
/// A hyphen is such a mark, so `ana-ruiz` and `Ana Ruiz` fold to the same text; an apostrophe is none at all. Signs
/// that tell words apart (`c++`, `c#`) stay.
///
/// ```
/// use netkeep::domain::text::fold;
///
/// assert_eq!(fold("José  O’Brien-Łuk"), "jose obrien luk");
/// assert_eq!(fold("Артём"), fold("АРТЕМ"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    quick(text).unwrap_or_else(|| words(&caseless(text)))
}

/// The same in a tenth of the time for words of Latin letters, as nearly all names are. What comes of them is also how they
/// read.
fn quick(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => plain.push(c.to_ascii_lowercase()),
            ' ' | '-' | '.' | ',' | '(' | ')' => end_word(&mut plain),
            '\'' | '’' => {}
            // These come apart otherwise: a multiplication sign, a division sign, an L with a dot behind it.
            '×' | '÷' | 'Ŀ' | 'ŀ' => return None,
            'À'..='ſ' => {
                let letters = deunicode_char(c).filter(|letters| is_word(letters))?;
                plain.extend(letters.chars().map(|letter| letter.to_ascii_lowercase()));
            }
            _ => return None,
        }
    }
    plain.truncate(plain.trim_end_matches(' ').len());
    Some(plain)
}

fn is_word(letters: &str) -> bool {
    letters.bytes().all(|letter| letter.is_ascii_alphabetic())
}

/// `text` with case and accents aside, and everything else as it is.
///
/// Decomposed as in Unicode's NFKD, without the marks that are accents or vowel points, and in one case. Latin letters
/// that are no letter with a mark (ø, ł, ß, đ, æ) are those that people type for them.
#[must_use]
pub fn caseless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        match deunicode_char(c).filter(|_| is_latin(c)) {
            Some(letters) => plain.push_str(&letters.to_ascii_lowercase()),
            // By way of the upper case: some letters have two lower ones, as the sigma has.
            None => plain.extend(c.to_uppercase().flat_map(char::to_lowercase)),
        }
    }
    plain.nfc().collect()
}

/// Whether two names are the same to the eye, case aside: composed and decomposed letters are.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let seen = |text: &str| text.to_lowercase().nfc().collect::<String>();
    seen(one) == seen(other)
}

/// How a text in another script reads in Latin letters, folded; the text itself where there is nothing to read.
///
/// ```
/// assert_eq!(netkeep::domain::text::reading("李小龙"), "li xiao long");
/// ```
#[must_use]
pub fn reading(text: &str) -> String {
    let read = |c: char| {
        if c.is_alphabetic() {
            deunicode_char(c).map(str::to_owned)
        } else {
            Some(c.to_string())
        }
    };
    fold(&text.chars().filter_map(read).collect::<String>())
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
        && c.is_alphabetic()
}

/// Marks that people leave out when they type: accents, and the vowel points of Hebrew and Arabic. In other scripts a
/// mark makes another letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{fe20}'..='\u{fe2f}')
}

/// `text` with single blanks between its words.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' | 'A'..='Z' | 'a'..='z' => words.push(c),
            '\'' | '’' | '‘' | 'ʼ' | '`' => {}
            '-' | ',' | '.' | ';' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '/' | '|'
            | '_' | '·' | '–' | '—' | '‐' | '“' | '”' | '„' | '«' | '»' | '、' | '・' =>
            {
                end_word(&mut words);
            }
            c if c.is_whitespace() || is_hidden(c) => end_word(&mut words),
            c => words.push(c),
        }
    }
    words.truncate(words.trim_end_matches(' ').len());
    words
}

fn end_word(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

/// Whether `c` acts on a terminal or on the reading order instead of being seen: control characters, bidirectional
/// overrides, zero-width characters, line separators, tags, and characters that Unicode reserves.
///
/// The joiners U+200C and U+200D are among them; whoever shows text decides where they are at home.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The longest text, in bytes, that is compared letter by letter.
const LONGEST_SLIP: usize = 200;

/// The entries of `known` that look like `typed`, the likeliest first, at most three.
///
/// ```
/// use netkeep::domain::text::near;
///
/// assert_eq!(near("emial", ["email", "phone", "name"]), ["email"]);
/// ```
pub fn near<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let typed = fold(typed);
    if typed.len() > LONGEST_SLIP {
        return vec![];
    }
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .filter(|name| name.len() <= LONGEST_SLIP)
        .map(|name| (likeness(&typed, &fold(name)), name))
        .filter(|(likeness, _)| *likeness >= 0.78)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Whether `typed` can only be a slip of the finger for `known`: one letter more, less or other, or two changed round, in
/// a word that is long enough to tell. A figure is no slip: `phone2` may be meant.
///
/// ```
/// use netkeep::domain::text::is_slip;
///
/// assert!(is_slip("emial", "email") && is_slip("notess", "notes"));
/// assert!(!is_slip("phone2", "phone") && !is_slip("mat", "met") && !is_slip("likes", "links"));
/// ```
#[must_use]
pub fn is_slip(typed: &str, known: &str) -> bool {
    typed.chars().count() > 3
        && !typed.chars().any(char::is_numeric)
        && strsim::damerau_levenshtein(typed, known) == 1
}

/// Whether two words are one but for a letter more or less, as Jon and John; short words have few letters to tell them apart.
#[must_use]
pub fn is_short_slip(one: &str, other: &str) -> bool {
    let [first, second] = [one, other].map(|word| word.chars().count());
    first.min(second) > 2 && first != second && strsim::damerau_levenshtein(one, other) == 1
}

/// How alike a folded text is to a folded name, 0.0 to 1.0: to the whole, or a little less to one word of it.
fn likeness(typed: &str, name: &str) -> f64 {
    let squashed = |text: &str| text.replace(' ', "");
    let (short, long) = (squashed(typed), squashed(name));
    let is_start = short.chars().count() > 2 && long.starts_with(&short);
    let whole = similarity(&short, &long).max(if is_start { 0.85 } else { 0.0 });
    let words = name.split(' ').map(|word| similarity(typed, word) - 0.02);
    words.fold(whole, f64::max)
}

/// How alike two words are; one slip in a word of three letters or more is alike enough.
fn similarity(one: &str, other: &str) -> f64 {
    let one_slip = strsim::damerau_levenshtein(one, other) == 1 && one.chars().count() > 2;
    strsim::normalized_damerau_levenshtein(one, other)
        .max(strsim::jaro_winkler(one, other) - 0.1)
        .max(if one_slip { 0.81 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_case_and_punctuation() {
        for (text, folded) in [
            ("José", "jose"),
            ("Jose\u{301}", "jose"),
            ("ŁUKASZ  Đặng", "lukasz dang"),
            ("Ruiz, Ana (Acme)", "ruiz ana acme"),
            ("O'Brien", "obrien"),
            ("Jean-Luc", "jean luc"),
            ("Dr. Wen", "dr wen"),
            ("—", ""),
            ("C++", "c++"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn the_fast_way_to_fold_is_the_slow_one() {
        let mut taken = 0;
        for c in (' '..='\u{250}').chain(['ẞ', 'ǅ', '\u{1e9b}', '’']) {
            for text in [
                format!("{c}"),
                format!("A{c} {c}b"),
                format!(" {c}"),
                format!("a  {c}"),
            ] {
                let Some(plain) = quick(&text) else { continue };
                assert_eq!(plain, words(&caseless(&text)), "{text}");
                assert_eq!(plain, reading(&text), "{text}");
                taken += 1;
            }
        }
        assert!(taken > 2 * 150, "{taken}");
    }

    #[test]
    fn letters_of_other_scripts_stay_apart() {
        for (one, other) in [
            ("李", "黎"),
            ("か", "が"),
            ("c", "c++"),
            ("c#", "c++"),
            ("😀", "🙂"),
        ] {
            assert_ne!(fold(one), fold(other));
        }
        for (one, other) in [
            ("Артём Петров", "АРТЕМ ПЕТРОВ"),
            ("Арте\u{308}м", "Артём"),
            ("Αλέξης", "ΑΛΕΞΗΣ"),
            ("مُحَمَّد", "محمد"),
            ("山本カ\u{3099}", "山本ガ"),
            ("Straße", "STRASSE"),
            ("Işık", "ISIK"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn reads_other_scripts_in_latin_letters() {
        assert_eq!(reading("Ana 李"), "ana li");
        assert_eq!(reading("😀"), "😀");
    }

    #[test]
    fn near_takes_slips_and_leaves_strangers() {
        assert_eq!(near("clinets", ["clients", "friends"]), ["clients"]);
        assert_eq!(near("client", ["Old clients", "clients"])[0], "clients");
        assert_eq!(near("vai", ["on", "via", "note"]), ["via"]);
        assert_eq!(near("nxt", ["next", "notes"]), ["next"]);
        assert_eq!(near("riuz", ["Ana Ruiz", "Bo Lind"]), ["Ana Ruiz"]);
        assert_eq!(near("jeanluc", ["Jean-Luc Picard"]), ["Jean-Luc Picard"]);
        assert!(near("zzz", ["Ana Ruiz", "Bo Lind"]).is_empty());
    }
}
