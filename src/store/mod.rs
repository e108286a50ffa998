//! The book as text: reading it, changing it, saving it.
//!
//! A change is a value ([`Edit`]). It is made on the text itself, between bytes that stay as they are, and what comes
//! out is read back and compared with what the change was meant to do before anything is written.

mod book_file;
mod disk;
mod edit;
mod error;
mod excerpt;
mod history;
mod in_parallel;
mod open;
mod parse;
mod read_only_book;
mod storage;

pub use self::book_file::{BookFile, Shrunken};
pub use self::edit::apply::{apply, apply_most};
pub use self::edit::change::{Change, Edit, Refused, Setting};
pub use self::edit::fixes::Fixed;
pub use self::edit::new_book::text_of;
pub use self::edit::patch::Patch;
pub use self::error::Error;
pub use self::excerpt::Excerpt;
pub use self::history::purge::{files_naming, mentions, remembered};
pub use self::parse::known::is_steady;
pub use self::parse::plain::Detail;
pub use self::parse::problem::{Problem, Severity};
pub use self::parse::read::{Read, book_in, read, read_keeping, read_slowly};
pub use self::read_only_book::Glance;
pub use self::storage::{
    Content, Holder, Origin, SaveKind, Saved, Slice, Stamp, Storage, UndoHistory, UndoStep,
    Version, create_folder,
};
