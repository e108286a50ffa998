//! Proves that a merged text is a book that consists of the merged parts.

use super::fates::MergedPart;
use super::parts::{PartKind, divide};
use super::same_parts::BookStates;
use super::{BookMerge, MergeSide, Unmergeable};
use crate::store::parse::{Detail, read_in_detail};

/// Proves the merge of parts in an order, before it gets the style of the whole.
pub(super) fn prove(
    states: &BookStates,
    merge: &BookMerge,
    parts: &[MergedPart],
    order: &[usize],
) -> Result<(), Unmergeable> {
    for (side, there) in states.sides.iter().enumerate() {
        let known = parts.iter().filter(|one| one.part.sides[side].is_some());
        if known.count() != there.len() {
            return Err(Unmergeable::NotProven);
        }
    }
    let sides = [MergeSide::Ours, MergeSide::Theirs];
    let variants = if merge.conflicts.is_empty() { 1 } else { 2 };
    for (number, side) in sides.into_iter().enumerate().take(variants) {
        let text = merge.text(&vec![side; merge.conflicts.len()]);
        let divided = divide(&text).ok_or(Unmergeable::NotProven)?;
        let is_there = divided.len() == order.len()
            && divided.iter().zip(order).all(|(there, one)| {
                let due = &parts[*one];
                there.kind == due.part.kind && due.fate.is(there.body, number)
            });
        let book = read_in_detail(&text, Detail::Days).map_err(|_| Unmergeable::NotProven)?;
        let contacts = divided.iter().filter(|part| part.kind == PartKind::Contact);
        if !is_there || !book.is_book || book.book.contacts.len() != contacts.count() {
            return Err(Unmergeable::NotProven);
        }
    }
    Ok(())
}
