//! What the signs in a phone number mean.

use crate::domain::text::fold::is_hidden;

/// What may stand between two numbers; between parts of one it is a way to write it.
pub(super) const SEPARATORS: [char; 5] = [',', ';', '/', '|', '&'];

/// Words that announce an extension.
pub(super) const EXTENSION: [&str; 18] = [
    "extension",
    "extn",
    "ext",
    "x",
    "durchwahl",
    "dw",
    "nebenstelle",
    "nst",
    "poste",
    "interno",
    "int",
    "anexo",
    "ramal",
    "toestel",
    "wewn",
    "доб",
    "внутр",
    "вн",
];

/// Words that announce a pause, after which digits are typed to a machine.
pub(super) const PAUSE: [&str; 8] = ["p", "w", "pause", "wait", "code", "pin", "passcode", "kod"];

/// Numbers that cost the caller nothing, or more than others: letters often follow them.
pub(super) const FREE: [&str; 10] = [
    "800", "888", "877", "866", "855", "844", "833", "900", "300", "808",
];

/// The zeros of the scripts with decimal digits; nine more digits follow each.
const ZEROS: [char; 40] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
];

/// A sign as it is dialled: a decimal digit of any script and a full-width sign in ASCII, any dash as a hyphen.
pub(super) fn plain(c: char) -> char {
    match c {
        '\0'..='\x7f' => c,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{fe62}' => '+',
        '、' | '،' => ',',
        '؛' => ';',
        '·' | '•' | '∙' | '・' => '.',
        '⁄' | '∕' => '/',
        _ => digit(c).unwrap_or(c),
    }
}

fn digit(c: char) -> Option<char> {
    let value = |zero: char| u32::from(c).checked_sub(u32::from(zero));
    let mut values = ZEROS.into_iter().filter_map(value);
    char::from_digit(values.find(|value| *value < 10)?, 10)
}

/// The digit on whose key a letter is: ITU-T E.161.
pub(super) fn key(letter: char) -> char {
    match letter.to_ascii_lowercase() {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        digit => digit,
    }
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_hidden(c)
}

pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` may stand between the digits of a number. The last are those that make pictures of digits.
pub(super) fn is_within(c: char) -> bool {
    is_blank(c) || "-.()[]/'_~\u{fe0e}\u{fe0f}\u{20e3}".contains(c)
}
