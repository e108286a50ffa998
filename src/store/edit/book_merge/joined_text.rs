//! The merged parts as one text, with blank lines between them as the sides have them.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::fates::{MergedPart, PartFate};
use super::merged_book::{BookMerge, MergedPiece};
use super::parts::{BookPart, PartKind};
use super::same_parts::{BookStates, SamePart};
use crate::domain::merge::values::{Decision, decide};
use crate::store::edit::{lines, statements};

/// Adds the parts to a merge in an order, which is that of the side `skeleton`.
pub(super) fn join(
    states: &BookStates,
    parts: &[MergedPart],
    (order, skeleton): (&[usize], usize),
    merge: &mut BookMerge,
) {
    let blanks = BlanksBetween {
        states,
        skeleton,
        newline: states.newline(),
        apart: apart(states.sides[skeleton]),
    };
    let length = states.sides.map(|side| {
        let lengths = side.iter().map(|part| part.body.len() + part.blanks.len());
        lengths.sum::<usize>()
    });
    let text = String::with_capacity(length[0].max(length[1]));
    merge.pieces.push(MergedPiece::Text(text));
    for (at, one) in order.iter().enumerate() {
        let one = &parts[*one];
        match &one.fate {
            PartFate::Removed => {}
            PartFate::Text(text) => merge.push(text),
            PartFate::Merged(block) => {
                merge.conflicts.extend_from_slice(&block.conflicts);
                for piece in &block.pieces {
                    match piece {
                        MergedPiece::Text(text) => merge.push(text),
                        MergedPiece::Conflict(_) => merge.pieces.push(piece.clone()),
                    }
                }
            }
        }
        merge.push(match order.get(at + 1) {
            Some(next) => blanks.between(one, &parts[*next]),
            None => blanks.at_end(),
        });
    }
}

impl BookMerge {
    /// Adds text that is no conflict.
    fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(MergedPiece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(MergedPiece::Text(text.to_owned())),
        }
    }
}

impl BookStates<'_, '_> {
    fn newline(&self) -> &'static str {
        let first = self.sides.iter().flat_map(|side| side.iter());
        let first = first.map(|part| part.body).find(|body| !body.is_empty());
        first.map_or("\n", |body| lines::newline(body, body.len()))
    }
}

/// Finds the blank lines between two parts.
struct BlanksBetween<'p, 't> {
    states: &'p BookStates<'p, 't>,
    skeleton: usize,
    newline: &'static str,
    apart: PartsApart,
}

/// Of each kind of part how many more have blank lines above them than have none.
type PartsApart = HashMap<Discriminant<PartKind>, isize>;

fn apart(parts: &[BookPart]) -> PartsApart {
    let mut apart = PartsApart::new();
    for pair in parts
        .windows(2)
        .filter(|pair| pair[0].kind != PartKind::Root)
    {
        let count = apart.entry(discriminant(&pair[1].kind)).or_default();
        *count += if pair[0].blanks.is_empty() { -1 } else { 1 };
    }
    apart
}

impl<'t> BlanksBetween<'_, 't> {
    fn between(&self, one: &MergedPart, next: &MergedPart) -> &'t str {
        let blanks = self
            .as_written(&one.part, &next.part)
            .unwrap_or_else(|| self.usual(&one.part, &next.part));
        if blanks.is_empty() && need_blank(one, next) {
            return self.newline;
        }
        blanks
    }

    /// The blank lines of the sides that have one part right after the other.
    fn as_written(&self, one: &SamePart, next: &SamePart) -> Option<&'t str> {
        let blanks = |parts: &[BookPart<'t>], at: Option<usize>, next: Option<usize>| {
            let at = at?;
            (next == Some(at + 1)).then(|| parts[at].blanks)
        };
        let bases = self.states.bases.iter().enumerate();
        let bases: Vec<Option<&str>> = bases
            .map(|(state, base)| blanks(base, one.bases[state], next.bases[state]))
            .collect();
        let sides = [0, 1].map(|side| {
            let parts = self.states.sides[side];
            blanks(parts, one.sides[side], next.sides[side])
        });
        match sides {
            [Some(ours), Some(theirs)] => Some(match decide(&bases, Some(ours), Some(theirs)) {
                Decision::Same | Decision::Ours => ours,
                Decision::Theirs => theirs,
                Decision::Conflict => sides[self.skeleton].unwrap_or(ours),
            }),
            [ours, theirs] => ours.or(theirs),
        }
    }

    /// The blank lines between parts that no side has one right after the other.
    fn usual(&self, one: &SamePart, next: &SamePart) -> &'t str {
        let own = [self.skeleton, 1 - self.skeleton]
            .into_iter()
            .find_map(|side| {
                let blanks = self.states.sides[side][one.sides[side]?].blanks;
                (!blanks.is_empty()).then_some(blanks)
            });
        if let Some(own) = own {
            return own;
        }
        let apart = self.apart.get(&discriminant(&next.kind));
        if one.kind == PartKind::Root || apart.is_some_and(|apart| *apart < 0) {
            ""
        } else {
            self.newline
        }
    }

    /// The blank lines at the end of the text.
    fn at_end(&self) -> &'t str {
        let last = |parts: &[BookPart<'t>]| parts.last().map(|part| part.blanks);
        let bases: Vec<Option<&str>> = self.states.bases.iter().map(|base| last(base)).collect();
        let [ours, theirs] = self.states.sides.map(last);
        let blanks = match decide(&bases, ours, theirs) {
            Decision::Theirs => theirs,
            Decision::Conflict if self.skeleton == 1 => theirs,
            _ => ours,
        };
        blanks.unwrap_or_default()
    }
}

/// Whether comments would get another owner without a blank line.
fn need_blank(one: &MergedPart, next: &MergedPart) -> bool {
    let last = one.fate.text(0).unwrap_or_default();
    let first = next.fate.text(0).unwrap_or_default();
    let is_comment_last = statements::end_of_last(&last) < last.len();
    let is_comment_first = lines::is_comment(&first[..lines::end(&first, 0)]);
    let is_divider = |one: &MergedPart| one.part.kind == PartKind::Divider;
    let is_top = one.part.kind == PartKind::Root && !last.is_empty() && !lines_with_keys(&last);
    match one.part.kind {
        PartKind::Root if last.is_empty() => is_comment_first,
        PartKind::Root if is_top => is_comment_first || is_divider(next),
        _ => is_comment_last || is_divider(next),
    }
}

/// Whether a text has more than comments.
fn lines_with_keys(text: &str) -> bool {
    lines::run(text, lines::is_comment).len() < text.len()
}
