//! Proves that a merged text is a book that consists of the merged parts.

use super::fates::{MergedPart, PartFate};
use super::merged_book::{BookMerge, MergeSide, Unmergeable};
use super::parts::{PartKind, ReadText};
use super::same_parts::BookStates;
use crate::store::parse::problem::Severity;
use crate::store::parse::{read, read_contact};

/// Proves the merge of parts in an order, before it gets the style of the whole. Contacts that all texts have are in `first`,
/// which was read; every other part is read here.
pub(super) fn prove(
    first: &ReadText,
    states: &BookStates,
    merge: &BookMerge,
    (parts, order): (&[MergedPart], &[usize]),
) -> Result<(), Unmergeable> {
    let is_known = |side: usize| {
        let known = parts.iter().filter(|one| one.part.sides[side].is_some());
        known.count() == states.sides[side].len()
    };
    let sides = [MergeSide::Ours, MergeSide::Theirs];
    let variants = if merge.conflicts.is_empty() { 1 } else { 2 };
    let is_proven = |(number, side): (usize, MergeSide)| {
        let text = merge.text(&vec![side; merge.conflicts.len()]);
        is_divided(first, &text, (parts, order), number) && is_readable(parts, order, number)
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
            there.kind == due.part.kind && due.fate.is(there.body, side)
        })
}

/// Whether each contact can be read, and so can everything else together.
fn is_readable(parts: &[MergedPart], order: &[usize], side: usize) -> bool {
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
        let problems = read_contact(&text).map(|(_, problems)| problems);
        let is_broken = |severity: Severity| severity == Severity::Broken;
        if problems.is_none_or(|all| all.iter().any(|one| is_broken(one.severity))) {
            return false;
        }
    }
    read(&others).is_ok()
}
