//! What netkeep knows, and the rules it goes by.
//!
//! Everything here is pure: a function of the book and of the day that it is handed. Nothing reads a clock, a file or
//! the environment, and nothing prints.

pub mod changes;
pub mod dates;
pub mod due;
pub mod find;
pub mod identity;
pub mod model;
pub mod planning;
pub mod redact;
pub mod text;

pub use self::model::birthday::Birthday;
pub use self::model::book::{Book, Bucket, ContactId, Week};
pub use self::model::cadence::Cadence;
pub use self::model::contact::{Contact, Direction, Next, Pause, Touch, Words};
pub use self::model::field::{Field, Value};
