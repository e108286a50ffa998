//! One block of a book that both sides changed: a contact, a table of settings, or the keys above the first table.

use super::{MergedPiece, ValueConflict};

/// What two texts of one block become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct MergedBlock {
    pub(super) pieces: Vec<MergedPiece>,
    /// One for each [`MergedPiece::Conflict`], in their order, without the name of the contact; the key is that within the
    /// block. An empty key is the block as a whole.
    pub(super) conflicts: Vec<ValueConflict>,
}

/// Merges the texts of one block: whole lines, with the comments above the header and what follows until the next block. A
/// base that has no such block is not among `bases`.
pub(super) fn merge_block(bases: &[&str], ours: &str, theirs: &str) -> MergedBlock {
    let is_base = |text: &str| !bases.is_empty() && bases.iter().all(|base| *base == text);
    if ours == theirs || is_base(theirs) {
        return MergedBlock::of(ours);
    }
    if is_base(ours) {
        return MergedBlock::of(theirs);
    }
    MergedBlock::conflict(ours, theirs)
}

impl MergedBlock {
    fn of(text: &str) -> Self {
        Self {
            pieces: vec![MergedPiece::Text(text.to_owned())],
            conflicts: Vec::new(),
        }
    }

    /// All lines of both sides.
    fn conflict(ours: &str, theirs: &str) -> Self {
        let sides = [ours, theirs].map(str::to_owned);
        Self {
            pieces: vec![MergedPiece::Conflict(sides.clone())],
            conflicts: vec![ValueConflict {
                contact: None,
                key: String::new(),
                values: sides,
            }],
        }
    }
}
