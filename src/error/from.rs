//! Errors of the parts, as errors of the whole.

use super::{BirthdayError, CadenceError, DayError, Error, TemplateError};

macro_rules! from {
    ($($part:ty => $variant:ident,)*) => {
        $(impl From<$part> for Error {
            fn from(err: $part) -> Self {
                Self::$variant(err)
            }
        })*
    };
}

from! {
    std::io::Error => Output,
    crate::store::StoreError => Store,
    DayError => Day,
    TemplateError => Template,
    CadenceError => Cadence,
    BirthdayError => Birthday,
}
