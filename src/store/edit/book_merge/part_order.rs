//! In which order the parts of the merged text come.

use std::collections::HashMap;

use super::fates::{MergedPart, PartFate};
use super::same_parts::SamePart;

/// The numbers of the parts that stay, in their order, and the side that gives it.
///
/// If only theirs has the common parts in another order than the base, it is theirs; else it is ours. The new parts of the other
/// side come after the part that they follow there.
pub(super) fn in_order(parts: &[MergedPart]) -> (Vec<usize>, usize) {
    let ours = order(parts, |part| part.sides[0]);
    let theirs = order(parts, |part| part.sides[1]);
    let base = order(parts, |part| *part.bases.first()?);
    let common = |order: &[usize]| -> Vec<usize> {
        let is_common = |part: &SamePart| {
            part.bases.iter().chain(&part.sides).all(Option::is_some) && !part.bases.is_empty()
        };
        let common = order.iter().filter(|one| is_common(&parts[**one].part));
        common.copied().collect()
    };
    let [base, of_ours, of_theirs] = [&base, &ours, &theirs].map(|order| common(order));
    let skeleton = usize::from(of_ours == base && of_theirs != base);
    let stays = |one: &&usize| parts[**one].fate != PartFate::Removed;
    let sides = [ours, theirs];
    let [skeleton_order, other_order] = [skeleton, 1 - skeleton].map(|side| {
        let stay = sides[side].iter().filter(stays);
        stay.copied().collect::<Vec<usize>>()
    });
    let mut added: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut above = 0;
    for one in other_order {
        match parts[one].part.sides[skeleton] {
            Some(_) => above = one,
            None => added.entry(above).or_default().push(one),
        }
    }
    let mut order = Vec::with_capacity(parts.len());
    let mut waiting = Vec::new();
    for one in skeleton_order {
        let is_common = parts[one].part.sides[1 - skeleton].is_some();
        if is_common {
            order.append(&mut waiting);
        }
        order.push(one);
        waiting.extend(added.remove(&one).unwrap_or_default());
        // Those that ours adds come first.
        if skeleton == 1 {
            order.append(&mut waiting);
        }
    }
    order.append(&mut waiting);
    (order, skeleton)
}

/// The numbers of the parts that a text has, in its order.
fn order(parts: &[MergedPart], place: impl Fn(&SamePart) -> Option<usize>) -> Vec<usize> {
    let there = parts.iter().enumerate();
    let mut there: Vec<(usize, usize)> = there
        .filter_map(|(number, one)| Some((place(&one.part)?, number)))
        .collect();
    there.sort_unstable();
    there.into_iter().map(|(_, number)| number).collect()
}
