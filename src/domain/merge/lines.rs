//! Two texts that grew from one, by lines.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A part of three texts: the lines of each, by their places.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hunk {
    /// What the two sides did there.
    pub kind: HunkKind,
    /// The lines of the base.
    pub base: Range<usize>,
    /// What they are in ours.
    pub ours: Range<usize>,
    /// What they are in theirs.
    pub theirs: Range<usize>,
}

/// What two sides did with some lines.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HunkKind {
    /// Both have the same lines, new or not.
    Same,
    /// Only ours changed them.
    Ours,
    /// Only theirs did.
    Theirs,
    /// Both inserted lines at one place, and not the same.
    Inserted,
    /// One side only removed lines, some of which the other changed.
    Removed,
    /// Both changed them, and not in the same way.
    Conflict,
}

/// Where a side changed lines of the base, and what they are there.
type LineChange = (Range<usize>, Range<usize>);

/// The lines that all of `bases` have, in their order; only they count as a base where there are several.
///
/// ```
/// use netkeep::domain::merge::lines::common_lines;
///
/// assert_eq!(common_lines(&[&["a", "b", "c"], &["a", "c", "d"]]), ["a", "c"]);
/// ```
pub fn common_lines<'t>(bases: &[&[&'t str]]) -> Vec<&'t str> {
    let Some((first, others)) = bases.split_first() else {
        return vec![];
    };
    let both = |common: Vec<&'t str>, other: &&[&'t str]| {
        let equal = unchanged(&common, other).into_iter();
        equal.flat_map(|(mine, _)| common[mine].to_vec()).collect()
    };
    others.iter().fold(first.to_vec(), both)
}

/// Divides three texts, given as lines, into the parts that either side changed and those between them.
///
/// Two changes belong together if a line of the base is in both, or if both insert at one place.
///
/// ```
/// use netkeep::domain::merge::lines::{HunkKind, hunks};
///
/// let hunks = hunks(&["a", "b"], &["a", "b", "c"], &["A", "b"]);
/// let kinds: Vec<HunkKind> = hunks.iter().map(|hunk| hunk.kind).collect();
/// assert_eq!(kinds, [HunkKind::Theirs, HunkKind::Same, HunkKind::Ours]);
/// ```
pub fn hunks(base: &[&str], ours: &[&str], theirs: &[&str]) -> Vec<Hunk> {
    let changes = [changes(base, ours), changes(base, theirs)];
    let mut hunks = Vec::new();
    // How far each text is divided.
    let mut done = [0; 3];
    let mut next = [0; 2];
    loop {
        let first = [0, 1].map(|side| changes[side].get(next[side]).map(|change| &change.0));
        let Some(mut region) = first
            .into_iter()
            .flatten()
            .min_by_key(|at| (at.start, at.end))
            .cloned()
        else {
            break;
        };
        let from = next;
        // A side may join two changes of the other.
        while let Some(side) = [0, 1].into_iter().find(|&side| {
            let change = changes[side].get(next[side]);
            change.is_some_and(|change| belong_together(&region, &change.0))
        }) {
            region.end = region.end.max(changes[side][next[side]].0.end);
            next[side] += 1;
        }
        let same = region.start - done[0];
        let sides = [0, 1].map(|side| {
            let start = done[side + 1] + same;
            let made = &changes[side][from[side]..next[side]];
            let grown = made.iter().map(|(_, to)| to.len()).sum::<usize>();
            let replaced = made.iter().map(|(from, _)| from.len()).sum::<usize>();
            start..start + region.len() - replaced + grown
        });
        push_same(&mut hunks, done, same);
        let [mine, other] = sides;
        done = [region.end, mine.end, other.end];
        let changed = [0, 1].map(|side| next[side] > from[side]);
        hunks.push(Hunk {
            kind: kind(
                changed,
                &base[region.clone()],
                &ours[mine.clone()],
                &theirs[other.clone()],
            ),
            base: region,
            ours: mine,
            theirs: other,
        });
    }
    push_same(&mut hunks, done, base.len() - done[0]);
    hunks
}

/// Whether a change is part of a region: they share a line, one inserts within the other, or both insert at one place.
fn belong_together(region: &Range<usize>, change: &Range<usize>) -> bool {
    if region.is_empty() || change.is_empty() {
        let inside = |at: usize, other: &Range<usize>| other.start < at && at < other.end;
        return region == change
            || region.is_empty() && inside(region.start, change)
            || change.is_empty() && inside(change.start, region);
    }
    region.start < change.end && change.start < region.end
}

fn push_same(hunks: &mut Vec<Hunk>, done: [usize; 3], lines: usize) {
    if lines > 0 {
        let [base, ours, theirs] = done.map(|done| done..done + lines);
        hunks.push(Hunk {
            kind: HunkKind::Same,
            base,
            ours,
            theirs,
        });
    }
}

fn kind(changed: [bool; 2], base: &[&str], ours: &[&str], theirs: &[&str]) -> HunkKind {
    match changed {
        _ if ours == theirs => HunkKind::Same,
        [true, false] => HunkKind::Ours,
        [false, true] => HunkKind::Theirs,
        _ if base.is_empty() => HunkKind::Inserted,
        _ if is_part(ours, base) || is_part(theirs, base) => HunkKind::Removed,
        _ => HunkKind::Conflict,
    }
}

/// Whether all of `lines` are in `whole`, in that order.
fn is_part(lines: &[&str], whole: &[&str]) -> bool {
    let mut whole = whole.iter();
    lines.iter().all(|line| whole.any(|other| other == line))
}

/// The merged lines; `None` if both sides changed a line, each in its own way.
///
/// Lines that both insert at one place are all kept, those that both have once; which come first is decided by their text. Of
/// lines that one side removed and the other changed, the changed ones stay.
///
/// ```
/// use netkeep::domain::merge::lines::merged_lines;
///
/// let base = ["Two kids."];
/// let ours = ["Two kids.", "Sails.", "Plays go."];
/// let theirs = ["Two kids.", "Prefers mornings.", "Plays go."];
/// assert_eq!(
///     merged_lines(&base, &ours, &theirs),
///     Some(vec!["Two kids.", "Prefers mornings.", "Sails.", "Plays go."])
/// );
/// assert_eq!(merged_lines(&base, &["Three kids."], &["No kids."]), None);
/// ```
pub fn merged_lines<'t>(
    base: &[&'t str],
    ours: &[&'t str],
    theirs: &[&'t str],
) -> Option<Vec<&'t str>> {
    let mut lines = Vec::new();
    for hunk in hunks(base, ours, theirs) {
        lines.extend(hunk.lines(base, ours, theirs)?);
    }
    Some(lines)
}

/// The lines of two texts without a base: nothing was removed.
///
/// ```
/// use netkeep::domain::merge::lines::union;
///
/// assert_eq!(union(&["a", "x", "z"], &["a", "y", "z"]), ["a", "x", "y", "z"]);
/// ```
pub fn union<'t>(ours: &[&'t str], theirs: &[&'t str]) -> Vec<&'t str> {
    let [first, second] = if ours <= theirs {
        [ours, theirs]
    } else {
        [theirs, ours]
    };
    let mut lines = Vec::new();
    let mut done = [0; 2];
    let equal = unchanged(first, second);
    // What stands at another place on the other side is not repeated.
    let mut spare: Vec<&str> = Vec::new();
    let mut at = 0;
    for (mine, _) in &equal {
        spare.extend(&first[at..mine.start]);
        at = mine.end;
    }
    spare.extend(&first[at..]);
    let ends = std::iter::once((first.len()..first.len(), second.len()..second.len()));
    for (mine, other) in equal.into_iter().chain(ends) {
        lines.extend(&first[done[0]..mine.start]);
        for line in &second[done[1]..other.start] {
            match spare.iter().position(|spare| spare == line) {
                Some(at) => drop(spare.swap_remove(at)),
                None => lines.push(*line),
            }
        }
        lines.extend(&first[mine.clone()]);
        done = [mine.end, other.end];
    }
    lines
}

impl Hunk {
    /// The merged lines of this part; `None` if it is a conflict.
    pub fn lines<'t>(
        &self,
        base: &[&'t str],
        ours: &[&'t str],
        theirs: &[&'t str],
    ) -> Option<Vec<&'t str>> {
        let base = &base[self.base.clone()];
        let [ours, theirs] = [&ours[self.ours.clone()], &theirs[self.theirs.clone()]];
        match self.kind {
            HunkKind::Same | HunkKind::Ours => Some(ours.to_vec()),
            HunkKind::Theirs => Some(theirs.to_vec()),
            HunkKind::Inserted => Some(union(ours, theirs)),
            HunkKind::Removed if is_part(ours, base) => Some(without_removed(base, ours, theirs)),
            HunkKind::Removed => Some(without_removed(base, theirs, ours)),
            HunkKind::Conflict => None,
        }
    }
}

/// The lines of `other` without those of the base that are in it as they were, and that `removed` lacks.
fn without_removed<'t>(base: &[&str], removed: &[&str], other: &[&'t str]) -> Vec<&'t str> {
    let mut stays = vec![false; base.len()];
    for (of_base, _) in unchanged(base, removed) {
        stays[of_base].fill(true);
    }
    let mut is_out = vec![false; other.len()];
    for (of_base, of_other) in unchanged(base, other) {
        for (from, to) in of_base.zip(of_other) {
            is_out[to] = !stays[from];
        }
    }
    let lines = other.iter().zip(is_out);
    lines
        .filter(|(_, is_out)| !is_out)
        .map(|(line, _)| *line)
        .collect()
}

/// The lines that two texts have in common, by their places in each.
fn unchanged(one: &[&str], other: &[&str]) -> Vec<LineChange> {
    let same = diff(one, other).into_iter().filter_map(|op| match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } => Some((old_index..old_index + len, new_index..new_index + len)),
        _ => None,
    });
    same.collect()
}

/// The changes of a side, none touching the next.
fn changes(base: &[&str], side: &[&str]) -> Vec<LineChange> {
    let mut changes = Vec::new();
    let mut done = [0; 2];
    let ends = std::iter::once((base.len()..base.len(), side.len()..side.len()));
    for (of_base, of_side) in unchanged(base, side).into_iter().chain(ends) {
        if done != [of_base.start, of_side.start] {
            changes.push((done[0]..of_base.start, done[1]..of_side.start));
        }
        done = [of_base.end, of_side.end];
    }
    changes
}

fn diff(one: &[&str], other: &[&str]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts with a letter a line; what they become is the same with the sides in the other order.
    #[track_caller]
    fn becomes(base: &str, ours: &str, theirs: &str, merged: Option<&str>) {
        let [base, ours, theirs] = [base, ours, theirs]
            .map(|text| text.split_terminator("").skip(1).collect::<Vec<&str>>());
        let text = |lines: Option<Vec<&str>>| lines.map(|lines| lines.concat());
        let merged = merged.map(str::to_owned);
        assert_eq!(text(merged_lines(&base, &ours, &theirs)), merged);
        assert_eq!(text(merged_lines(&base, &theirs, &ours)), merged);
    }

    #[test]
    fn changes_at_different_places_are_both_made() {
        becomes("abcd", "aXcd", "abcY", Some("aXcY"));
        becomes("ab", "Xb", "aY", Some("XY"));
        becomes("ab", "Xb", "aYb", Some("XYb"));
        becomes("abc", "ac", "abcd", Some("acd"));
        becomes("abc", "abc", "aXYc", Some("aXYc"));
        becomes("abc", "", "abc", Some(""));
        becomes("", "", "", Some(""));
    }

    #[test]
    fn what_both_did_is_done_once() {
        becomes("ab", "aXb", "aXb", Some("aXb"));
        becomes("ab", "X", "X", Some("X"));
        becomes("ab", "a", "a", Some("a"));
    }

    #[test]
    fn lines_that_both_inserted_are_all_kept_and_the_same_ones_once() {
        becomes("a", "aX", "aY", Some("aXY"));
        becomes("a", "aXZ", "aYZ", Some("aXYZ"));
        becomes("a", "aXY", "aYX", Some("aXY"));
        becomes("", "X", "Y", Some("XY"));
        becomes("a", "aXX", "aX", Some("aXX"));
    }

    #[test]
    fn one_line_changed_in_two_ways_is_a_conflict() {
        becomes("abc", "aXc", "aYc", None);
        becomes("abc", "XYc", "aZc", None);
    }

    #[test]
    fn a_line_removed_by_one_and_changed_by_the_other_stays_as_it_was_changed() {
        becomes("abc", "ac", "aXc", Some("aXc"));
        becomes("abcd", "", "abXd", Some("X"));
        becomes("abcd", "a", "abcXd", Some("aX"));
    }

    #[test]
    fn without_a_base_every_line_stays() {
        let [one, other] = [["a", "x", "d"], ["a", "d", "y"]];
        assert_eq!(union(&one, &other), ["a", "x", "d", "y"]);
        assert_eq!(union(&other, &one), ["a", "x", "d", "y"]);
        assert_eq!(union(&[], &one), one);
    }

    #[test]
    fn the_parts_follow_one_another_in_each_text() {
        let letters = [
            "", "a", "b", "ab", "ba", "abc", "cba", "aXbYc", "XaY", "bXX", "aab", "abab",
        ];
        let lines = |text: &'static str| text.split_terminator("").skip(1).collect::<Vec<&str>>();
        for base in letters.map(lines) {
            for ours in letters.map(lines) {
                for theirs in letters.map(lines) {
                    let mut done = [0; 3];
                    for hunk in hunks(&base, &ours, &theirs) {
                        assert_eq!(done, [hunk.base.start, hunk.ours.start, hunk.theirs.start]);
                        done = [hunk.base.end, hunk.ours.end, hunk.theirs.end];
                    }
                    assert_eq!(done, [base.len(), ours.len(), theirs.len()]);
                    let merge = |ours, theirs| merged_lines(&base, ours, theirs);
                    assert_eq!(merge(&ours, &theirs), merge(&theirs, &ours));
                    assert_eq!(merge(&base, &theirs), Some(theirs.clone()));
                    assert_eq!(merge(&ours, &ours), Some(ours.clone()));
                }
            }
        }
    }
}
