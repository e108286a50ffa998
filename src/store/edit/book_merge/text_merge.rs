//! Two texts merged line by line, whatever they are: for what is no book, or cannot be proven to be merged as one.

use std::ops::Range;

use super::merged_book::{BookMerge, MergedPiece, ValueConflict};
use super::text_style::AlikeTexts;
use crate::domain::merge::lines::{HunkKind, hunks};

/// So many equal lines between two conflicts do not divide them.
const NEAR: usize = 3;

/// Merges texts by their lines. Where both sides changed the same lines there is a conflict, the key of which says where that
/// is in ours. Without a base every line that differs is one.
pub(crate) fn merge_texts(base: Option<&str>, ours: &str, theirs: &str) -> BookMerge {
    let bases: Vec<&str> = base.into_iter().collect();
    let texts = AlikeTexts::of(&bases, [ours, theirs]);
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let base = texts
        .bases
        .first()
        .map_or_else(Vec::new, |base| lines(base));
    let [ours, theirs] = [lines(&texts.sides[0]), lines(&texts.sides[1])];
    let mut merge = BookMerge::default();
    for hunk in hunks(&base, &ours, &theirs) {
        let sides = [hunk.ours.clone(), hunk.theirs.clone()];
        match hunk.kind {
            HunkKind::Same | HunkKind::Ours => push_text(&mut merge, &ours[hunk.ours]),
            HunkKind::Theirs => push_text(&mut merge, &theirs[hunk.theirs]),
            HunkKind::Inserted | HunkKind::Removed | HunkKind::Conflict => {
                push_conflicts(&mut merge, [&ours, &theirs], sides);
            }
        }
    }
    texts.give(&mut merge);
    merge
}

fn push_text(merge: &mut BookMerge, lines: &[&str]) {
    if let Some(MergedPiece::Text(text)) = merge.pieces.last_mut() {
        text.extend(lines.iter().copied());
    } else if !lines.is_empty() {
        merge.pieces.push(MergedPiece::Text(lines.concat()));
    }
}

/// Adds lines that are in conflict; those at their ends that are equal are not.
fn push_conflicts(merge: &mut BookMerge, texts: [&[&str]; 2], at: [Range<usize>; 2]) {
    let sides = [0, 1].map(|side| &texts[side][at[side].clone()]);
    let place = |side: usize, lines: &Range<usize>| {
        at[side].start + lines.start..at[side].start + lines.end
    };
    let mut open: Option<[Range<usize>; 2]> = None;
    let parts = hunks(sides[0], sides[0], sides[1]);
    for (number, part) in parts.iter().enumerate() {
        let both = [place(0, &part.ours), place(1, &part.theirs)];
        let is_between = number + 1 < parts.len() && part.ours.len() <= NEAR;
        open = match (open, part.kind) {
            (Some([ours, theirs]), kind) if kind != HunkKind::Same || is_between => {
                Some([ours.start..both[0].end, theirs.start..both[1].end])
            }
            (None, kind) if kind != HunkKind::Same => Some(both),
            (open, _) => {
                push_conflict(merge, texts, open);
                push_text(merge, &sides[0][part.ours.clone()]);
                None
            }
        };
    }
    push_conflict(merge, texts, open);
}

fn push_conflict(merge: &mut BookMerge, texts: [&[&str]; 2], at: Option<[Range<usize>; 2]>) {
    let Some(at) = at else {
        return;
    };
    let [ours, theirs] = [0, 1].map(|side| texts[side][at[side].clone()].concat());
    let [first, last] = [at[0].start + 1, at[0].end];
    let key = match last.saturating_sub(first) {
        0 => format!("line {first}"),
        _ => format!("lines {first} to {last}"),
    };
    merge.conflicts.push(ValueConflict {
        contact: None,
        key,
        values: [ours.clone(), theirs.clone()],
    });
    merge.pieces.push(MergedPiece::Conflict([ours, theirs]));
}

#[cfg(test)]
mod tests {
    use super::super::ConflictMarks;
    use super::*;

    #[track_caller]
    fn case(base: Option<&str>, ours: &str, theirs: &str, expected: &str) -> Vec<String> {
        let merge = merge_texts(base, ours, theirs);
        assert_eq!(merge.marked(&ConflictMarks::default()), expected);
        merge.conflicts.into_iter().map(|one| one.key).collect()
    }

    #[test]
    fn lines_that_one_side_changed_are_changed() {
        let base = "a\nb\nc\nd\ne\n";
        let both = "a\nB\nc\nd\nE\n";
        let none = case(Some(base), "a\nB\nc\nd\ne\n", "a\nb\nc\nd\nE\n", both);
        assert!(none.is_empty());
    }

    #[test]
    fn lines_that_both_changed_are_marked_and_what_is_equal_among_them_is_not() {
        let marked = "a\nx\n<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\ny\nc\n";
        let keys = case(
            Some("a\nb\nc\n"),
            "a\nx\n1\ny\nc\n",
            "a\nx\n2\ny\nc\n",
            marked,
        );
        assert_eq!(keys, ["line 3"]);
        // Both added something at one place, and there is no base.
        let marked = "a\n<<<<<<< ours\n1\n=======\n2\n3\n>>>>>>> theirs\n";
        case(Some("a\n"), "a\n1\n", "a\n2\n3\n", marked);
        case(None, "a\n1\n", "a\n2\n3\n", marked);
        case(None, "a\n1", "a\n2\n3", marked);
        // One removed what the other changed.
        let marked = "a\n<<<<<<< ours\n=======\nB\n>>>>>>> theirs\nc\n";
        case(Some("a\nb\nc\n"), "a\nc\n", "a\nB\nc\n", marked);
    }

    #[test]
    fn conflicts_that_are_near_are_one() {
        let sides = |between: &str| [format!("1\n{between}3\n"), format!("2\n{between}4\n")];
        let [ours, theirs] = sides("a\nb\nc\n");
        assert_eq!(
            merge_texts(None, &ours, &theirs).conflicts[0].key,
            "lines 1 to 5"
        );
        let [ours, theirs] = sides("a\nb\nc\nd\n");
        assert_eq!(merge_texts(None, &ours, &theirs).conflicts.len(), 2);
    }

    #[test]
    fn newlines_and_a_byte_order_mark_are_no_conflict() {
        let merged = "\u{feff}a\r\nB\r\nc\r\nD\r\n";
        let theirs = "\u{feff}a\r\nb\r\nc\r\nD\r\n";
        case(Some("a\nb\nc\nd\n"), "a\nB\nc\nd\n", theirs, merged);
    }
}
