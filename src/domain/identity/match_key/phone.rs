//! Phone numbers, in the form in which they are compared.

use crate::domain::text;
use crate::domain::text::phone::PhoneNumber;

/// A phone number in the form in which it is compared: its digits, and whether they start with the country code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Phone {
    digits: String,
    is_whole: bool,
}

/// The fewest digits that identify a person; shorter numbers lack the area, or are short codes or typos.
const FEWEST: usize = 8;

/// This many last digits are the same however a number is written.
const SAME: usize = 8;

/// The fewest digits of a number that is typed to find someone.
const FEWEST_TYPED: usize = 6;

/// How many digits a country code has.
const CODE: std::ops::RangeInclusive<usize> = 1..=3;

impl Phone {
    /// The numbers in a text that are long enough to identify someone.
    pub(crate) fn all(text: &str) -> impl Iterator<Item = Self> {
        let numbers = text::phone::numbers(text).into_iter();
        numbers.filter_map(|number| Self::of(&number, FEWEST))
    }

    /// The numbers in a text, those too that have no area.
    pub(crate) fn all_to_dial(text: &str) -> impl Iterator<Item = Self> {
        let numbers = text::phone::numbers(text).into_iter();
        numbers.filter_map(|number| Self::of(&number, FEWEST_TYPED))
    }

    /// The number that a whole text is; `None` if it is too short, or anything else.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        if text.chars().any(char::is_alphabetic) {
            return None;
        }
        match text::phone::numbers(text).as_slice() {
            [number] => Self::of(number, FEWEST_TYPED),
            _ => None,
        }
    }

    fn of(number: &PhoneNumber, fewest: usize) -> Option<Self> {
        let number = number.digits.as_str();
        let whole = number.strip_prefix('+').or(number.strip_prefix("00"));
        let digits = whole.unwrap_or(number);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && digits.len() >= fewest).then(|| Self {
            digits: digits.to_owned(),
            is_whole: whole.is_some(),
        })
    }

    /// The digits that two equal numbers have in common, however they are written.
    pub(crate) fn key(&self) -> &str {
        &self.digits[self.digits.len().saturating_sub(SAME)..]
    }

    /// Whether the two are the same number. With or without the country code, a national number without its leading zero is
    /// the end of the international one.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let (long, short) =
            if self.is_whole || !other.is_whole && self.digits.len() > other.digits.len() {
                (self, other)
            } else {
                (other, self)
            };
        if long.is_whole == short.is_whole && long.digits.len() == short.digits.len()
            || short.is_whole
        {
            return long.digits == short.digits;
        }
        let national = short.digits.strip_prefix('0').unwrap_or(&short.digits);
        long.digits == short.digits || national.len() >= SAME && long.digits.ends_with(national)
    }

    /// Whether this number, as someone typed it, is the other: as it is, or one of them with the country code and the other
    /// without it.
    pub(crate) fn reaches(&self, other: &Self) -> bool {
        let [short, long] = if self.digits.len() < other.digits.len() {
            [self, other]
        } else {
            [other, self]
        };
        let is_national = |national: &str| {
            let code = long.digits.strip_suffix(national);
            code.is_some_and(|code| CODE.contains(&code.len()))
        };
        let national = short.digits.strip_prefix('0').unwrap_or(&short.digits);
        long.digits == short.digits
            || !short.is_whole && (is_national(&short.digits) || is_national(national))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn phones(one: &str, other: &str, same: bool) {
        let [one, other] = [one, other].map(|number| Phone::all(number).next().expect("a number"));
        assert_eq!(one.is(&other), same, "{one:?} {other:?}");
        assert_eq!(other.is(&one), same, "{other:?} {one:?}");
        assert!(!same || one.key() == other.key());
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("+34 600 000 001", "0034600000001"),
            ("+34 600 000 001", "600-000-001"),
            ("+44 (0)20 7946 0991", "020 7946 0991"),
            ("+47 22 55 50 10", "22555010"),
            ("+1-415-555-0188", "tel:+1-415-555-0188;ext=12"),
            ("(415) 555-0134 x12", "+1 415 555 0134"),
            ("+39 06 1234 5678", "06 1234 5678"),
            ("\u{202a}+49 30 555 0123\u{202c}", "030 5550123"),
        ] {
            phones(one, other, true);
        }
        for (one, other) in [
            ("+33 1 99 00 12 34", "+34 1 99 00 12 34"),
            ("+36 1 555 0101", "+36 1 555 0102"),
            ("0155501234", "0255501234"),
        ] {
            phones(one, other, false);
        }
        for none in ["", "555-0142", "BusinessPhone", "ext. 12", "112"] {
            assert_eq!(Phone::all(none).next(), None, "{none}");
        }
    }

    #[test]
    fn a_typed_number_is_found_with_or_without_the_country() {
        let reaches = |typed: &str, other: &str| {
            let typed = Phone::typed(typed).expect(typed);
            Phone::all_to_dial(other).any(|other| typed.reaches(&other))
        };
        for (typed, other) in [
            ("+34 600 000 000", "+34 600 000 000"),
            ("600000000", "+34 600 000 000"),
            ("600-000-000", "0034600000000"),
            ("0034 600 000 000", "600 000 000"),
            ("34600000000", "+34 600 000 000"),
            ("020 7946 0991", "+44 (0)20 7946 0991"),
            ("+44 20 7946 0991", "020 7946 0991"),
            ("06 1234 5678", "+39 06 1234 5678"),
            ("555 1234", "+354 555 1234"),
            ("(415) 555-0134", "+1 415 555 0134 x12"),
            ("555 010", "555010"),
            ("0600 000 002", "0600 000 001 / 0600 000 002"),
        ] {
            assert!(reaches(typed, other), "{typed} {other}");
        }
        for (typed, other) in [
            ("600 000 001", "+34 600 000 000"),
            ("+34 600 000 000", "+33 600 000 000"),
            ("555 0134", "+1 415 555 0134"),
            ("5550101 22555010", "22555010"),
            ("5550101 5550102", "5550102"),
        ] {
            assert!(!reaches(typed, other), "{typed} {other}");
        }
        for none in [
            "",
            "12345",
            "+34",
            "ana 600000000",
            "0600000001, 0600000002",
        ] {
            assert_eq!(Phone::typed(none), None, "{none}");
        }
    }
}
