//! Errors of the parts, as errors of the whole.

use std::io;

use super::{Error, Exchange, OpenError, WeekError};
use crate::domain::dates::day::DayError;
use crate::domain::model::birthday::BirthdayError;
use crate::domain::model::cadence::CadenceError;
use crate::render::terminal::template::TemplateError;
use crate::store;

impl From<io::Error> for Error {
    fn from(err: io::Error) -> Self {
        Self::Output(err)
    }
}

impl From<store::Error> for Error {
    fn from(err: store::Error) -> Self {
        Self::Store(err)
    }
}

impl From<Exchange> for Error {
    fn from(err: Exchange) -> Self {
        Self::Exchange(err)
    }
}

impl From<WeekError> for Error {
    fn from(err: WeekError) -> Self {
        Self::Week(err)
    }
}

impl From<OpenError> for Error {
    fn from(err: OpenError) -> Self {
        Self::Open(err)
    }
}

impl From<DayError> for Error {
    fn from(err: DayError) -> Self {
        Self::Day(err)
    }
}

impl From<TemplateError> for Error {
    fn from(err: TemplateError) -> Self {
        Self::Template(err)
    }
}

impl From<CadenceError> for Error {
    fn from(err: CadenceError) -> Self {
        Self::Cadence(err)
    }
}

impl From<BirthdayError> for Error {
    fn from(err: BirthdayError) -> Self {
        Self::Birthday(err)
    }
}
