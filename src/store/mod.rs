//! The book as text: parsing it, changing it, saving it, undoing that.
//!
//! | room | what it is |
//! | --- | --- |
//! | `parse` | text to book, with every problem and the place of each contact |
//! | `edit` | a change to patched text, verified before it is written |
//! | `disk` | the file: lock, snapshot, replacement |
//! | `history` | the older versions, undo, what was wiped |
//! | `cards` | a folder with one vCard a file, and what is remembered of it |
//!
//! Above the rooms: `storage` is a file with its lock and its versions (`open_storage` opens it, `save` replaces it,
//! `steps` finds where an undo or a redo leads, `purge` what still names people who were purged, `purged` who
//! they were, `copies` which files beside it are copies of it, `conflict_copy` joins one, `cut_off` tells whether it is
//! whole, `lineage` proves which state it grew from, `drafts` which texts an editor has left);
//! `book_file` is a book that is opened to be changed, `read_only_book` one that is not.
//!
//! # One `due`
//!
//! 1. `ReadOnlyBook::open` finds the file (`disk::target`), looks for older versions and for conflict copies beside it
//!    (`history::versions`, `disk::siblings`) and opens it (`disk::snapshot`).
//! 2. `parse::read_file` hands it in blocks to the one loop (`parse::parser`). Each contact is parsed at the detail that
//!    due days need (`parse::plain`); an odd one goes through `toml` by itself (`parse::contact`).
//! 3. `parse::validate` checks names and buckets. If a problem has to be shown, the file is read again as a whole, since
//!    the text of a problem is shown with it.
//! 4. The command works out who is due, and asks for every detail of those it lists (`ReadOnlyBook::fill`).
//!
//! # One `log`
//!
//! 1. `BookFile::open_to_change` takes the lock (`disk::lock`), reads the file into a snapshot, and sweeps up what a
//!    killed process has left. Then `parse` reads it as above, from memory.
//! 2. The command finds the contact, fills in its details, and makes an `Edit::Log`.
//! 3. `edit::apply` splices a row into that contact's text (`edit::rows`, `edit::list`), parses that text again and
//!    compares it with what the model says it must be. What comes out is a `Patch`: most of it is parts of the old text.
//! 4. `BookFile::save` hands the parts to `Storage::write` (`save`), which writes a new file beside the old one, flushes
//!    it, exchanges the two in one step of the kernel and compares what came out with the snapshot (`disk::replace`).
//! 5. The new text is copied to the history while the disk is busy, and old versions are pruned (`history::staged`,
//!    `history::prune`).

mod book_file;
mod cards;
mod conflict_copy;
mod copies;
mod cut_off;
mod disk;
mod drafts;
mod edit;
mod error;
mod history;
mod in_parallel;
mod lineage;
mod open_storage;
mod other_file;
mod parse;
mod purge;
mod purged;
mod read_only_book;
mod save;
mod steps;
mod storage;

pub use self::book_file::BookFile;
pub use self::cards::folder::{CardFiles, CardFolder, CardSource};
pub use self::cards::links::CardMemory;
pub(crate) use self::conflict_copy::{
    ConflictCopy, CopyBase, CopyDoubt, CopyProblem, JoinedCopy, Returning,
};
pub use self::disk::content::Content;

pub(crate) use self::disk::lock::lock_folder;
pub(crate) use self::disk::private::create_folder;
pub(crate) use self::drafts::{SUFFIX as DRAFT_SUFFIX, draft_prefix};
pub use self::edit::apply;
pub(crate) use self::edit::book_merge::merge_texts;
pub use self::edit::book_merge::{
    BookMerge, ConflictMarks, MergeSide, Unmergeable, ValueConflict, merge_books,
};
pub use self::edit::change::{Change, Edit, Refused, Setting};
pub use self::edit::fixes::Fixed;
pub(crate) use self::edit::merge::Unmodelled;
pub use self::edit::new_book::text_of;
pub use self::edit::own_key::OwnValue;
pub use self::edit::patch::Patch;
pub(crate) use self::edit::{doubts, with_ignored, with_plan, with_plans};
pub use self::error::{Failure, Forbidden, Holder, Shrunken, StoreError};
pub(crate) use self::history::states::PastChange;
pub use self::history::states::{UndoHistory, UndoStep, UndoTarget};
pub use self::history::version::{Origin, Stamp, Version};
pub(crate) use self::history::wiped::Wiped;
pub(crate) use self::in_parallel::in_parallel;
pub(crate) use self::lineage::Lineage;
pub(crate) use self::other_file::OtherFile;
pub(crate) use self::parse::book_in;
pub use self::parse::problem::{Problem, Severity};
pub use self::parse::{Detail, ParsedBook, read, read_by_toml, read_in_detail};
pub(crate) use self::purge::mentions;
pub(crate) use self::purged::PurgedPeople;
pub use self::read_only_book::ReadOnlyBook;
pub use self::save::Saved;
pub use self::storage::Storage;
