//! The book as text: reading it, changing it, saving it.
//!
//! A change is a value ([`Edit`]). It is made on the text itself, between bytes that stay as they are, and what comes
//! out is read back and compared with what the change was meant to do before anything is written.

mod apply;
mod at_once;
mod blocks;
mod buckets;
mod cursor;
mod cut;
mod defaults;
mod edit;
mod error;
mod excerpt;
mod fields;
mod file;
mod glance;
mod head;
mod inline;
mod known;
mod layout;
mod lines;
mod mend;
mod open;
mod over;
mod owned;
mod part;
mod person;
mod pieces;
mod problem;
mod purge;
mod read;
mod reader;
mod regrouped;
mod rest;
mod rope;
mod rows;
mod runs;
mod shelf;
mod skim;
mod stream;
mod stretch;
mod syntax;
mod touches;
mod value;
mod whole;
mod wiped;
mod work;
mod written;

pub use apply::{apply, apply_most};
pub use edit::{Change, Edit, Refused, Setting};
pub use error::Error;
pub use excerpt::Excerpt;
pub use file::{BookFile, Shrunken};
pub use glance::Glance;
pub use known::is_steady;
pub use mend::Mended;
pub use problem::{Problem, Severity};
pub use purge::{files_naming, mentions, remembered};
pub use read::{Read, book_in, read, read_keeping, read_slowly};
pub use rope::Rope;
pub use shelf::{
    By, Content, Goal, Holder, Saved, Shelf, Slice, Stamp, Timeline, Version, Way, create_folder,
};
pub use skim::Keep;
pub use written::text_of;
