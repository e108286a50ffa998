//! What netkeep knows, and the rules it goes by.
//!
//! Everything here is pure: a function of the book and of the day that it is handed. Nothing reads a clock, a file or
//! the environment, and nothing prints.

mod agree;
pub mod balance;
pub mod begun;
pub mod birthday;
pub mod book;
pub mod cadence;
pub mod channel;
pub mod column;
pub mod contact;
pub mod day;
mod day_words;
pub mod doubt;
pub mod due;
pub mod duplicates;
pub mod field;
pub mod filter;
pub mod find;
pub mod forecast;
pub mod intake;
pub mod join;
pub mod known;
pub mod level;
mod limit;
pub mod line;
pub mod load;
pub mod mark;
pub mod merge;
mod phones;
pub mod promise;
pub mod redact;
pub mod regroup;
pub mod rhythm;
pub mod same;
mod sieve;
pub mod sort;
mod standing;
pub mod stats;
pub mod text;
pub mod triage;
pub mod week;
pub mod who;
pub mod whom;
pub mod written;

pub use self::birthday::Birthday;
pub use self::book::{Book, Bucket, ContactId, Week};
pub use self::cadence::Cadence;
pub use self::contact::{Contact, Direction, Next, Pause, Touch, Words};
pub use self::field::{Field, Value};
pub use self::sieve::Sieve;
