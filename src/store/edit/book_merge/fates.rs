//! What becomes of each part: removed, as one side has it, or merged.

use super::block::{MergedBlock, merge_block};
use super::merged_book::{BookMerge, MergedPiece, Unmergeable};
use super::parts::PartKind;
use super::same_parts::{BookStates, SamePart};
use crate::domain::Contact;
use crate::domain::merge::values::{Decision, decide};
use crate::store::parse::read_contact;

/// What becomes of a part.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum PartFate<'t> {
    /// No text has it, or one side removed it and the other left it as it was.
    Removed,
    /// The text of one side, or of both.
    Text(&'t str),
    Merged(MergedBlock),
}

/// A part with what becomes of it.
#[derive(Clone, Debug)]
pub(super) struct MergedPart<'t> {
    pub(super) part: SamePart,
    pub(super) fate: PartFate<'t>,
}

/// The texts of one part. `None` is where a text does not have it.
pub(super) struct PartTexts<'t> {
    pub(super) bases: Vec<Option<&'t str>>,
    pub(super) sides: [Option<&'t str>; 2],
}

impl<'t> BookStates<'_, 't> {
    pub(super) fn texts(&self, part: &SamePart) -> PartTexts<'t> {
        let bases = self.bases.iter().zip(&part.bases);
        PartTexts {
            bases: bases.map(|(base, at)| Some(base[(*at)?].body)).collect(),
            sides: [0, 1].map(|side| Some(self.sides[side][part.sides[side]?].body)),
        }
    }

    /// Decides what becomes of each part.
    pub(super) fn fates(&self, parts: Vec<SamePart>) -> Vec<MergedPart<'t>> {
        let with_fate = |part: SamePart| {
            let texts = self.texts(&part);
            let fate = match texts.sides {
                [Some(ours), _] if part.is_same => PartFate::Text(ours),
                _ => texts.fate(),
            };
            MergedPart { part, fate }
        };
        parts.into_iter().map(with_fate).collect()
    }
}

/// Tells which contacts stay though one side removed them, and to which contact a conflict belongs.
pub(super) fn tell(parts: &mut [MergedPart], merge: &mut BookMerge) -> Result<(), Unmergeable> {
    for MergedPart { part, fate } in parts {
        if part.kind != PartKind::Contact || part.is_same {
            continue;
        }
        let was = !part.bases.is_empty() && part.bases.iter().all(Option::is_some);
        let is_removed = was && part.sides.contains(&None);
        if is_removed && let Some(contact) = fate.contact() {
            merge.kept.push(contact.name);
        }
        let contact = fate.contact();
        if let PartFate::Merged(block) = fate {
            let name = contact.ok_or(Unmergeable::NotProven)?.name;
            for conflict in &mut block.conflicts {
                conflict.contact = Some(name.clone());
            }
        }
    }
    Ok(())
}

impl<'t> PartTexts<'t> {
    fn fate(&self) -> PartFate<'t> {
        let [ours, theirs] = self.sides;
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            let Some(there) = ours.or(theirs) else {
                return PartFate::Removed;
            };
            let is_removed =
                !self.bases.is_empty() && self.bases.iter().all(|base| *base == Some(there));
            return if is_removed {
                PartFate::Removed
            } else {
                PartFate::Text(there)
            };
        };
        match decide(&self.bases, Some(ours), Some(theirs)) {
            Decision::Same | Decision::Ours => PartFate::Text(ours),
            Decision::Theirs => PartFate::Text(theirs),
            Decision::Conflict => {
                let bases = self.bases.iter().map(|base| base.unwrap_or_default());
                let bases: Vec<&str> = bases.collect();
                PartFate::Merged(merge_block(&bases, ours, theirs))
            }
        }
    }
}

impl PartFate<'_> {
    /// The text with the values of one side; `None` if it is removed.
    pub(super) fn text(&self, side: usize) -> Option<String> {
        match self {
            Self::Removed => None,
            Self::Text(text) => Some((*text).to_owned()),
            Self::Merged(block) => {
                let texts = block.pieces.iter().map(|piece| match piece {
                    MergedPiece::Text(text) => text.as_str(),
                    MergedPiece::Conflict(sides) => sides[side].as_str(),
                });
                Some(texts.collect())
            }
        }
    }

    /// Whether it is this text, with the values of one side.
    pub(super) fn is(&self, text: &str, side: usize) -> bool {
        match self {
            Self::Text(own) => *own == text,
            _ => self.text(side).as_deref() == Some(text),
        }
    }

    /// The contact with our values.
    pub(super) fn contact(&self) -> Option<Contact> {
        Some(read_contact(&self.text(0)?)?.0)
    }

    /// The name of a contact that stays, or the two that it may have; `None` if it cannot be read.
    pub(super) fn names(&self) -> Option<Vec<String>> {
        let texts = (0..2).filter_map(|side| self.text(side));
        let names = texts.map(|text| Some(read_contact(&text)?.0.name));
        let mut names: Vec<String> = names.collect::<Option<_>>()?;
        names.dedup();
        Some(names)
    }
}
