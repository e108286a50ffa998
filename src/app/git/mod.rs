//! The git program, and the repository that a book is in. All that concerns the network, credentials, signatures and hooks is
//! git's own.
//!
//! - `program`: runs git. Read it first.
//! - `answer`: what git says.
//! - `repository`: the repository of a book, and what it has.
//! - `address`: where a remote is.
//! - `commit`: commits of what is in the work tree.
//! - `upstream`: the branch of a remote: fetching and pushing.
//! - `remote_heads`: the branches of a remote.
//! - `setup`: what `sync --init` makes.
//! - `book_merging`: how git itself merges a book.
//! - `pending`: a merge as a commit, such that a kill at any point loses nothing.

mod address;
mod answer;
mod book_merging;
mod commit;
mod pending;
mod program;
mod remote_heads;
mod repository;
mod setup;
mod upstream;

pub(crate) use self::answer::{os_string, refuse};
pub(crate) use self::book_merging::{MergeFlaw, merge_flaw};
pub(crate) use self::commit::check_identity;
pub(crate) use self::pending::ChangedFile;
pub(crate) use self::repository::{BookRepository, TreeEntry, WorkTreeState, is_in_repository};
pub(crate) use self::setup::{Remote, first_branch, make_repository};
pub(crate) use self::upstream::{Fetched, Pushed, Upstream, forget_fetched};
