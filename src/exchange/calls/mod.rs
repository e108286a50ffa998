//! The calls and text messages of a phone as facts, from the files of SMS Backup & Restore.
//!
//! Such files are XML and large: a message with a picture has it in an attribute. So a file is never read as a whole, nor is
//! any tag of it.
//!
//! - `read.rs`: the records of a file. Read it first.
//! - `record.rs`: the attributes of a tag as a fact.
//! - `tags.rs`: the tags of a stream of XML, each with its line, and none longer than it needs to be.
//! - `root.rs`: whether a file is one of calls or messages, by its root element.
//! - `utf8.rs`: a stream in UTF-16 or UTF-8 as UTF-8.

mod read;
mod record;
mod root;
mod tags;
mod utf8;

pub use self::read::{PhoneRecord, calls};
pub(super) use self::root::is_calls;
