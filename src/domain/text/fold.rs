//! Texts as people compare them, and the characters that must not be taken at face value.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Folds `text` for comparing names: without case and accents, and with single spaces between words.
///
/// A hyphen separates words, so `ana-ruiz` and `Ana Ruiz` fold to the same text; an apostrophe is dropped. Signs that
/// distinguish words (`c++`, `c#`) stay.
///
/// ```
/// use netkeep::domain::text::fold;
///
/// assert_eq!(fold("José  O’Brien-Łuk"), "jose obrien luk");
/// assert_eq!(fold("Артём"), fold("АРТЕМ"));
/// ```
pub fn fold(text: &str) -> String {
    quick(text).unwrap_or_else(|| words(&caseless(text)))
}

/// The same for words of Latin letters, in a tenth of the time; nearly all names are such. The result is also their
/// reading.
fn quick(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x7f' | '’' | '–' | '—' | '“' | '”' | '„' | '«' | '»' => {
                add(&mut plain, c.to_ascii_lowercase());
            }
            // These decompose differently: a multiplication sign, a division sign, an L with a dot after it.
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

/// `text` without case and accents; all else stays.
///
/// Decomposed as in Unicode's NFKD, without accents and vowel points, and in one case. Latin letters that do not decompose
/// (ø, ł, ß, đ, æ) become those that people type instead.
pub(crate) fn caseless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        match deunicode_char(c).filter(|_| is_latin(c)) {
            Some(letters) => plain.push_str(&letters.to_ascii_lowercase()),
            // Via upper case, because some letters have two lower-case forms, such as sigma.
            None => plain.extend(c.to_uppercase().flat_map(char::to_lowercase)),
        }
    }
    plain.nfc().collect()
}

/// Whether two names look the same, ignoring case: composed and decomposed letters do.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    look(one) == look(other)
}

/// How a name looks, ignoring case.
pub(crate) fn look(name: &str) -> String {
    name.to_lowercase().nfc().collect()
}

/// The reading of a text in another script in Latin letters, folded; a text without letters stays.
///
/// ```
/// assert_eq!(netkeep::domain::text::reading("李小龙"), "li xiao long");
/// ```
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

/// Marks that people omit when typing: accents, and the vowel points of Hebrew and Arabic. In other scripts a mark makes
/// another letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{fe20}'..='\u{fe2f}')
}

fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        add(&mut words, c);
    }
    words.truncate(words.trim_end_matches(' ').len());
    words
}

/// Adds a character to words, or ends the last of them.
fn add(words: &mut String, c: char) {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => words.push(c),
        '\'' | '’' | '‘' | 'ʼ' | '`' => {}
        '-' | ',' | '.' | ';' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '/' | '|' | '_'
        | '·' | '–' | '—' | '‐' | '“' | '”' | '„' | '«' | '»' | '、' | '・' => {
            end_word(words);
        }
        c if c.is_whitespace() || is_hidden(c) => end_word(words),
        c => words.push(c),
    }
}

fn end_word(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

/// Whether `c` acts on a terminal or on the reading order and is not visible itself: control characters, bidirectional
/// overrides, zero-width characters, line separators, tags, and characters that Unicode reserves.
///
/// This includes the joiners U+200C and U+200D; the code that displays text decides where they are allowed.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
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
    fn the_fast_fold_equals_the_slow_one() {
        let mut taken = 0;
        for c in ('\0'..='\u{250}').chain(['ẞ', 'ǅ', '\u{1e9b}', '’', '—', '…', '„', '»'])
        {
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
        assert!(taken > 4 * 240, "{taken}");
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
}
