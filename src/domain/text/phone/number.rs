//! A phone number that was read.

use std::ops::Range;

/// A number that can be dialled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PhoneNumber {
    /// The digits in ASCII, with `+` before them if it was written; a code of the network also has `*` and `#`.
    pub(crate) digits: String,
    /// The digits of the extension; empty if there is none.
    pub(crate) extension: String,
    /// Its place in the text, in bytes.
    pub(super) at: Range<usize>,
}

/// A number of this many digits is whole: a shorter one may be part of another.
pub(super) const WHOLE: usize = 7;

/// The most digits of a number: ITU-T E.164.
pub(super) const MOST: usize = 15;

impl PhoneNumber {
    pub(super) fn is_whole(&self) -> bool {
        count(&self.digits) >= WHOLE
    }
}

/// How many digits a number has.
pub(super) fn count(digits: &str) -> usize {
    digits.bytes().filter(u8::is_ascii_digit).count()
}
