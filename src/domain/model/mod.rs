//! What a book contains. The other rooms take these values; they are built by the store and by imports.
//!
//! - `book`: the book, its settings and its buckets. Read it first.
//! - `contact`: a contact and its touches. `sources`: what touches are read from. `sync`: which cards there are.
//! - `field`: the fields of a contact, and their values. `column`: the columns of tables.
//! - `cadence`: how long a contact may go without a touch. `annual_day`: a day of every year, with or without the year it began.
//!   `other_day`: one that is not the birthday. `promise`: what the user said they would do. `mistyped`: the error for a text that should be one of them.

pub(crate) mod annual_day;
pub(crate) mod book;
pub(crate) mod cadence;
pub(crate) mod column;
pub(crate) mod contact;
pub(crate) mod field;
pub(crate) mod field_words;
pub mod mistyped;
pub(crate) mod other_day;
pub(crate) mod promise;
pub(crate) mod sources;
pub(crate) mod sync;
