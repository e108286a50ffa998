//! Text as people compare it, and the characters that must not be taken at face value.

use deunicode::deunicode_with_tofu;

/// Folds `text` for comparing: accents and case aside, punctuation as blanks, apostrophes dropped.
///
/// A hyphen becomes a blank, so `ana-ruiz` and `Ana Ruiz` fold to the same text.
///
/// ```
/// use netkeep::domain::text::fold;
///
/// assert_eq!(fold("José  O’Brien-Łuk"), "jose obrien luk");
/// assert_eq!(fold("李小龙"), "li xiao long");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return plain(text);
    }
    plain(&deunicode_with_tofu(text, " "))
}

/// Lower-cases `text` and keeps its letters as they are; punctuation becomes blanks as in [`fold`].
///
/// Folding reads Chinese characters one way only; the plain form is what finds them as they are written.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`') {
            continue;
        }
        if c.is_ascii_punctuation() || c.is_whitespace() || is_hidden(c) {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
        } else {
            plain.extend(c.to_lowercase());
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
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

/// The entries of `known` that look like `typed`, the likeliest first, at most three.
///
/// ```
/// use netkeep::domain::text::near;
///
/// assert_eq!(near("emial", ["email", "phone", "name"]), ["email"]);
/// ```
pub fn near<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let typed = fold(typed);
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .map(|name| (likeness(&typed, &fold(name)), name))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How alike two folded texts are, 0.0 to 1.0: as a whole, or `typed` against one word of `name`.
fn likeness(typed: &str, name: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(typed, name)
        .max(strsim::jaro_winkler(typed, name) - 0.1);
    name.split(' ')
        .filter(|word| word.len() > 2)
        .map(|word| strsim::normalized_damerau_levenshtein(typed, word) + 0.1)
        .fold(whole, f64::max)
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
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn plain_keeps_letters() {
        assert_eq!(plain("Åse-Marie 李"), "åse marie 李");
    }

    #[test]
    fn near_takes_slips_and_leaves_strangers() {
        assert_eq!(near("clinets", ["clients", "friends"]), ["clients"]);
        assert_eq!(near("riuz", ["Ana Ruiz", "Bo Lind"]), ["Ana Ruiz"]);
        assert!(near("zzz", ["Ana Ruiz", "Bo Lind"]).is_empty());
    }
}
