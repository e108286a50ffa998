//! The merge of one block under way.

use super::entries::{BlockText, LineKind};
use super::units::BlockUnit;

/// A merge under way.
pub(super) struct BlockMerge<'m, 't> {
    pub(super) bases: &'m [BlockText<'t>],
    pub(super) ours: &'m BlockText<'t>,
    pub(super) theirs: &'m BlockText<'t>,
    /// The text of ours with what is merged so far.
    pub(super) text: String,
    /// What each side has another value for, with the two values if they are merged in part.
    pub(super) conflicts: Vec<(BlockUnit, Option<[String; 2]>)>,
}

/// What becomes of a unit that both sides changed.
pub(super) enum MergedUnit {
    /// The text after it.
    Text(String),
    /// Ours stays until someone decides.
    Conflict,
    /// The same, but both values have what can be merged of the other.
    InPart([String; 2]),
}

impl<'m, 't> BlockMerge<'m, 't> {
    pub(super) fn new(
        bases: &'m [BlockText<'t>],
        ours: &'m BlockText<'t>,
        theirs: &'m BlockText<'t>,
    ) -> Self {
        Self {
            bases,
            ours,
            theirs,
            text: ours.text.to_owned(),
            conflicts: Vec::new(),
        }
    }
}

/// The lines of a unit in both blocks, if it is one pair in each.
pub(super) fn pairs(unit: &BlockUnit, block: &BlockText, theirs: &BlockText) -> Option<[usize; 2]> {
    let pair = |block: &BlockText| match unit.lines(block).as_slice() {
        [one] if block.lines[*one].path == unit.path() => {
            Some(*one).filter(|one| block.lines[*one].kind == LineKind::Pair)
        }
        _ => None,
    };
    Some([pair(block)?, pair(theirs)?])
}
