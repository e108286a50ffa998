//! Days as people type them: a text and today's date go in, a date or an error comes out.
//!
//! - `day`: what is a day, and the errors. Read it first.
//! - `phrases`: days in words, seen from today.
//! - `annual_day`: a birthday or another day of every year, which may lack its year.
//! - `written`: a day of the calendar in words or numbers, with or without its year.
//! - `day_words`: the names of weekdays and months, and numbers as words.

pub(crate) mod annual_day;
pub mod day;
pub(crate) mod day_words;
mod phrases;
mod written;
