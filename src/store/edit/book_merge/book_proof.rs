//! Proves that a merged text is a book that consists of the merged parts.

use super::fates::{MergedPart, PartFate};
use super::merged_book::{BookMerge, MergeSide, Unmergeable};
use super::parts::{PartKind, ReadText};
use super::same_parts::BookStates;
use crate::store::parse::problem::{Problem, Severity};
use crate::store::parse::read;

/// Proves the merge of parts in an order, before it gets the style of the whole. Contacts that all texts have are in `first`,
/// which was read; every other part is read here.
pub(super) fn prove<'t>(
    first: &ReadText,
    states: &BookStates<'_, 't>,
    merge: &BookMerge,
    (parts, order): (&[MergedPart<'t>], &[usize]),
) -> Result<(), Unmergeable> {
    let is_known = |side: usize| {
        let known = parts.iter().filter(|one| one.part.sides[side].is_some());
        known.count() == states.sides[side].len()
    };
    let sides = [MergeSide::Ours, MergeSide::Theirs];
    let variants = if merge.conflicts.is_empty() { 1 } else { 2 };
    let is_proven = |(number, side): (usize, MergeSide)| {
        let text = merge.with_choices(&vec![side; merge.conflicts.len()]);
        is_divided(first, &text, (parts, order), number)
            && is_readable(states, (parts, order), number)
    };
    let mut variants = sides.into_iter().enumerate().take(variants);
    if is_known(0) && is_known(1) && variants.all(is_proven) {
        Ok(())
    } else {
        Err(Unmergeable::NotProven)
    }
}

/// Whether a text consists of the parts.
fn is_divided(
    first: &ReadText,
    text: &str,
    (parts, order): (&[MergedPart], &[usize]),
    side: usize,
) -> bool {
    let divided = first.divide_like(text).unwrap_or_default();
    let mut pairs = divided.iter().zip(order);
    divided.len() == order.len()
        && pairs.all(|(there, one)| {
            let due = &parts[*one];
            there.kind == due.part.kind && due.fate.text(side).as_deref() == Some(there.body)
        })
}

/// Whether each contact can be read, and so can everything else together.
fn is_readable<'t>(
    states: &BookStates<'_, 't>,
    (parts, order): (&[MergedPart<'t>], &[usize]),
    side: usize,
) -> bool {
    let mut others = String::new();
    for one in order.iter().map(|one| &parts[*one]) {
        let text = match &one.fate {
            _ if one.part.is_same => continue,
            PartFate::Removed => return false,
            fate => fate.text(side).unwrap_or_default(),
        };
        if one.part.kind != PartKind::Contact {
            others.push_str(&text);
            continue;
        }
        let is_broken = |one: &Problem| one.severity == Severity::Broken;
        let read = states.read.of(text);
        if read.is_none_or(|read| read.problems.iter().any(is_broken)) {
            return false;
        }
    }
    read(&others).is_ok()
}
