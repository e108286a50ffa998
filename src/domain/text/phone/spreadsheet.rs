//! Numbers that a spreadsheet computed with.

use super::number::WHOLE;
use super::signs::plain;

/// Whether only the first digits are left, as in `3.46E+10` or `+4.47E+11`.
pub(super) fn is_cut(text: &str) -> bool {
    let text = ascii(text).to_ascii_lowercase();
    let Some((number, power)) = text.trim().split_once('e') else {
        return false;
    };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let number = number.strip_prefix(['+', '-']).unwrap_or(number);
    is_digits(&number.replacen(['.', ','], "", 1)) && is_digits(power)
}

/// The digits of `34600000001.0` or `34,600,000,001.00`.
pub(super) fn whole_number(text: &str) -> Option<String> {
    let text = ascii(text);
    let (number, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let (plus, number) = match number.strip_prefix('+') {
        Some(number) => ("+", number),
        None => ("", number),
    };
    // Nobody writes a last group of one zero.
    let number = match fraction {
        "0" => number.replace(' ', ""),
        _ => number.to_owned(),
    };
    let groups: Vec<&str> = number.split(',').collect();
    let is_grouped = groups.len() > 2
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3);
    let is_plain = groups.len() == 1 && !fraction.is_empty();
    let digits = groups.concat();
    let is_whole = digits.len() >= WHOLE
        && is_digits(&digits)
        && fraction.len() <= 2
        && fraction.bytes().all(|byte| byte == b'0');
    (is_whole && (is_grouped || is_plain)).then(|| format!("{plus}{digits}"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn ascii(text: &str) -> String {
    text.chars().map(plain).collect()
}
