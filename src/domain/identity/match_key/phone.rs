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

impl Phone {
    /// The numbers in a text that are long enough to identify someone.
    pub(crate) fn all(text: &str) -> impl Iterator<Item = Self> {
        let numbers = text::phone::numbers(text).into_iter();
        numbers.filter_map(|number| Self::of(&number))
    }

    fn of(number: &PhoneNumber) -> Option<Self> {
        let number = number.digits.as_str();
        let whole = number.strip_prefix('+').or(number.strip_prefix("00"));
        let digits = whole.unwrap_or(number);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && digits.len() >= FEWEST).then(|| Self {
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
}
