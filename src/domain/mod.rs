//! What netkeep knows about a network, and its rules.
//!
//! Everything here is pure: a function of the book and of the day it is given. Nothing reads a clock, a file or the
//! environment, and nothing prints. The rooms, from the bottom; each uses only those before it, and tests/layers.rs checks
//! that:
//!
//! - `model`: the book and the values in it. Read `model::book` first. `text`: how texts are compared.
//! - `dates`: days as people type them.
//! - `due`: when a contact is due. `identity`: which contacts are the same person.
//! - `find`: contacts by name or filter. `planning`: the week and the months ahead. `changes`: what differs between two
//!   books.
//! - `merge`: what two states of a book become. `sources`: touches from mail, calendars and call lists.
//! - `cards`: what the book and a folder of cards say of the same people, and what each becomes.
//! - `redact`: a book with invented people.

pub mod cards;
pub(crate) mod changes;
pub mod dates;
pub mod due;
pub mod find;
pub mod identity;
pub mod merge;
pub mod model;
pub mod planning;
pub(crate) mod redact;
pub mod sources;
pub mod text;

pub use self::model::annual_day::AnnualDay;
pub use self::model::book::{Book, Bucket, ContactId, Week};
pub use self::model::cadence::Cadence;
pub use self::model::contact::{Contact, Direction, Next, Pause, Touch, Words};
pub use self::model::field::{Field, Value};
pub use self::model::other_day::OtherDay;
pub use self::model::promise::Promise;
pub use self::model::sources::{BookSources, IgnoredTouch};
pub use self::model::sync::{BookSync, CardScope};
