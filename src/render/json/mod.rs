//! The answers of commands as JSON.
//!
//! A command gives domain values and gets one document: `"version": 1`, then named values in a fixed order. Keys are only ever
//! added; days are ISO strings; what is absent is `null` or an empty array; texts are as they stand in the book.
//!
//! - `document.rs`: the document itself
//! - `visible.rs`: the characters that are escaped in it
//! - `contacts.rs`: contacts: `due`, `list`, `show`, `query`, and their touches: `log`
//! - `written.rs`: what a command did to the book; `sync.rs`: what `sync` did beside; `error.rs`: what went wrong; `notice.rs`: what is told beside an answer
//! - `sources.rs`: what `import` found in mail boxes, calendars and call lists
//! - `book.rs`: answers about the book as a whole: `bucket`, `forecast`, `stats`, `regroup`, `check`, `undo`

mod book;
mod contacts;
mod document;
mod error;
mod notice;
mod sources;
mod sync;
mod visible;
mod written;

pub(crate) use self::book::{
    buckets, duplicates, findings, forecast, history, problem_list, problems, stats,
};
pub(super) use self::contacts::state_name;
pub(crate) use self::contacts::{
    addresses, days, due, journal, list, promised, promises, show, silent,
};
pub(super) use self::document::write_line;
pub(crate) use self::document::{Object, Part, write};
pub(crate) use self::error::{error, failed};
pub(crate) use self::notice::{Notice, with_warnings};
pub(crate) use self::sources::{found_touches, source_sums, suggestions};
pub(crate) use self::sync::{CardsDone, JoinedDone, SyncDone, cards, joined, left, sync};
pub(crate) use self::written::{
    OwnKeyChange, conflict, conflicts, file, kept, mode, moved, open, renamed, report, steps,
    unclear, versions, written,
};
