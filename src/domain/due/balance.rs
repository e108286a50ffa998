//! What you gave a contact and what you got.

use std::ops::Add;

use chrono::NaiveDate;

use crate::domain::Contact;

/// How many touches record that you gave something, and how many that you got something.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Balance {
    /// Touches with `gave`.
    pub gave: usize,
    /// Touches with `got`.
    pub got: usize,
}

impl Balance {
    /// The balance with one contact, up to `today`.
    ///
    /// ```
    /// use netkeep::domain::due::balance::Balance;
    ///
    /// let text = "[[contacts]]\nname = 'Ana'\ntouches = [{ on = 2026-11-10, got = 'a hint' }]\n";
    /// let book = netkeep::store::read(text).unwrap().book;
    /// let balance = Balance::of(&book.contacts[0], "2026-11-23".parse().unwrap());
    /// assert_eq!((balance.gave, balance.got, balance.only_asked()), (0, 1, true));
    /// ```
    pub fn of(contact: &Contact, today: NaiveDate) -> Self {
        let touches = contact.touches.iter().filter(|touch| touch.on <= today);
        touches.fold(Self::default(), |balance, touch| {
            let words = touch.words();
            Self {
                gave: balance.gave + usize::from(words.gave.is_some()),
                got: balance.got + usize::from(words.got.is_some()),
            }
        })
    }

    /// Whether you got something and never gave anything.
    pub fn only_asked(self) -> bool {
        self.got > 0 && self.gave == 0
    }

    /// Whether nothing is recorded.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl Add for Balance {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            gave: self.gave + other.gave,
            got: self.got + other.got,
        }
    }
}
