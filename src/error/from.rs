//! Errors of the parts, as errors of the whole.

use super::{
    BirthdayError, CadenceError, DayError, Error, Exchange, OpenError, TemplateError, WeekError,
};

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
    Exchange => Exchange,
    WeekError => Week,
    OpenError => Open,
    DayError => Day,
    TemplateError => Template,
    CadenceError => Cadence,
    BirthdayError => Birthday,
}
