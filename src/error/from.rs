//! Errors of the parts, as errors of the whole.

use super::{Error, Mistyped, TemplateError};

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
    Mistyped => Mistyped,
    TemplateError => Template,
}
