//! Characters that look like those of TOML and are others, such as a no-break blank or a curly quote.

/// What TOML has in place of a character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PlainForm {
    /// A blank.
    Blank,
    /// Nothing: the character is invisible.
    Nothing,
    /// A quote.
    Quote,
    /// A hyphen.
    Hyphen,
    /// The end of a line.
    LineEnd,
    /// This sign, letter or digit.
    Sign(char),
}

/// The characters of a range, and what TOML has in their place.
const LOOKALIKES: &[(char, char, PlainForm)] = &[
    ('`', '`', PlainForm::Quote),
    ('\u{b}', '\u{c}', PlainForm::Blank),
    ('\u{85}', '\u{85}', PlainForm::LineEnd),
    ('\u{a0}', '\u{a0}', PlainForm::Blank),
    ('\u{ab}', '\u{ab}', PlainForm::Quote),
    ('\u{ad}', '\u{ad}', PlainForm::Nothing),
    ('\u{b4}', '\u{b4}', PlainForm::Quote),
    ('\u{bb}', '\u{bb}', PlainForm::Quote),
    ('\u{2b9}', '\u{2bf}', PlainForm::Quote),
    ('\u{34f}', '\u{34f}', PlainForm::Nothing),
    ('\u{61c}', '\u{61c}', PlainForm::Nothing),
    ('\u{60c}', '\u{60c}', PlainForm::Sign(',')),
    ('\u{115f}', '\u{1160}', PlainForm::Nothing),
    ('\u{1680}', '\u{1680}', PlainForm::Blank),
    ('\u{180e}', '\u{180e}', PlainForm::Nothing),
    ('\u{2000}', '\u{200a}', PlainForm::Blank),
    ('\u{200b}', '\u{200f}', PlainForm::Nothing),
    ('\u{2010}', '\u{2015}', PlainForm::Hyphen),
    ('\u{2018}', '\u{201f}', PlainForm::Quote),
    ('\u{2028}', '\u{2029}', PlainForm::LineEnd),
    ('\u{202a}', '\u{202e}', PlainForm::Nothing),
    ('\u{202f}', '\u{202f}', PlainForm::Blank),
    ('\u{2032}', '\u{2036}', PlainForm::Quote),
    ('\u{2039}', '\u{203a}', PlainForm::Quote),
    ('\u{2043}', '\u{2043}', PlainForm::Hyphen),
    ('\u{205f}', '\u{205f}', PlainForm::Blank),
    ('\u{2060}', '\u{206f}', PlainForm::Nothing),
    ('\u{2212}', '\u{2212}', PlainForm::Hyphen),
    ('\u{275b}', '\u{275e}', PlainForm::Quote),
    ('\u{2800}', '\u{2800}', PlainForm::Blank),
    ('\u{3000}', '\u{3000}', PlainForm::Blank),
    ('\u{3001}', '\u{3001}', PlainForm::Sign(',')),
    ('\u{300c}', '\u{300f}', PlainForm::Quote),
    ('\u{3010}', '\u{3010}', PlainForm::Sign('[')),
    ('\u{3011}', '\u{3011}', PlainForm::Sign(']')),
    ('\u{301d}', '\u{301f}', PlainForm::Quote),
    ('\u{3164}', '\u{3164}', PlainForm::Nothing),
    ('\u{fe00}', '\u{fe0f}', PlainForm::Nothing),
    ('\u{fe58}', '\u{fe58}', PlainForm::Hyphen),
    ('\u{fe63}', '\u{fe63}', PlainForm::Hyphen),
    ('\u{feff}', '\u{feff}', PlainForm::Nothing),
    ('\u{ff02}', '\u{ff02}', PlainForm::Quote),
    ('\u{ff07}', '\u{ff07}', PlainForm::Quote),
    ('\u{ff0d}', '\u{ff0d}', PlainForm::Hyphen),
    ('\u{ff62}', '\u{ff63}', PlainForm::Quote),
    ('\u{ffa0}', '\u{ffa0}', PlainForm::Nothing),
    ('\u{e0000}', '\u{e007f}', PlainForm::Nothing),
];

/// What `c` looks like, if TOML does not have it.
pub(super) fn plain(c: char) -> Option<PlainForm> {
    let found = LOOKALIKES
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&c));
    let wide = || {
        // The wide forms of ASCII are in the same order.
        let code = u32::from(c).checked_sub(0xfee0)?;
        let ascii = char::from_u32(code).filter(|c| ('!'..='~').contains(c))?;
        Some(PlainForm::Sign(ascii))
    };
    let digit = || digit(c).map(PlainForm::Sign);
    found.map(|(.., plain)| *plain).or_else(wide).or_else(digit)
}

/// The digit of another script as an ASCII one.
fn digit(c: char) -> Option<char> {
    /// The zeros of the scripts that people write days in.
    const ZEROS: [u32; 12] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xe50, 0x1d7ce,
    ];
    let code = u32::from(c);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The text as it looks: with the characters that TOML has.
pub(crate) fn plainly(text: &str) -> String {
    let mut plainly = String::with_capacity(text.len());
    for c in text.chars() {
        match plain(c) {
            None => plainly.push(c),
            Some(PlainForm::Nothing) => {}
            Some(PlainForm::Blank) => plainly.push(' '),
            Some(PlainForm::Quote) => plainly.push('"'),
            Some(PlainForm::Hyphen) => plainly.push('-'),
            Some(PlainForm::LineEnd) => plainly.push('\n'),
            Some(PlainForm::Sign(sign)) => plainly.push(sign),
        }
    }
    plainly
}

/// The message and the hint for `c`, which stands where only TOML's own characters may.
pub(super) fn words(c: char, plain: PlainForm, is_in_day: bool) -> (String, String) {
    let code = format!("U+{:04X}", u32::from(c));
    match plain {
        PlainForm::Blank => {
            let what = match c {
                '\u{a0}' | '\u{202f}' => "a no-break blank",
                '\u{3000}' => "an ideographic blank",
                _ => "a special blank",
            };
            let message = format!("{what} ({code}) is not a blank in TOML");
            (
                message,
                format!("{what} ({code}) stands here; write a plain one"),
            )
        }
        PlainForm::Nothing => (
            format!("an invisible character ({code}) stands outside of a text"),
            "delete it: type the line again".to_owned(),
        ),
        PlainForm::LineEnd => (
            format!("a special line end ({code}) is not one in TOML"),
            "write a plain line end".to_owned(),
        ),
        PlainForm::Quote => (
            format!("`{c}` is not a quote in TOML"),
            "write straight quotes: `\"`".to_owned(),
        ),
        PlainForm::Hyphen if is_in_day => (
            format!("`{c}` ({code}) is not a hyphen"),
            "write a day like `2026-11-27`, with plain hyphens".to_owned(),
        ),
        PlainForm::Hyphen => (
            format!("`{c}` ({code}) is not a hyphen"),
            "write a plain hyphen: `-`".to_owned(),
        ),
        PlainForm::Sign(sign) => (
            format!("`{c}` ({code}) is not the plain `{sign}`"),
            format!("write a plain `{sign}`"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_a_character_looks_like() {
        assert_eq!(
            plainly("name\u{a0}＝\u{3000}“２０２６–０１−٠٥”，\u{200b}［"),
            "name = \"2026-01-05\",["
        );
        assert_eq!(plainly("größe 李"), "größe 李");
    }
}
