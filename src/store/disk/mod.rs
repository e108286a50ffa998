//! The file: its lock, its snapshot, its replacement. In goes a path, out come bytes; new bytes go in again.
//!
//! Nothing here parses or edits a book. Read `replace` first: every promise about a save is kept there.
//!
//! | file | what it does |
//! | --- | --- |
//! | `target` | the file that a path leads to, through any links |
//! | `lock` | one writer at a time |
//! | `snapshot` | the file as it was at one moment |
//! | `content` | what a file is to hold |
//! | `replace` | replaces the file as a whole, and notices other writers |
//! | `attributes` | owner, mode and access list, which the new file takes over |
//! | `plain_file`, `private` | reads plain files only; creates files for their owner only |
//! | `siblings` | the files beside the book |

pub(crate) mod attributes;
pub(crate) mod content;
pub(crate) mod lock;
pub(crate) mod plain_file;
pub(crate) mod private;
pub(crate) mod replace;
pub(crate) mod siblings;
pub(crate) mod snapshot;
pub(crate) mod target;
