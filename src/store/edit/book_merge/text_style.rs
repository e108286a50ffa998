//! What a text has as a whole: a byte-order mark, its newlines, an end of the last line. Each is a value that two states may
//! have changed; the books are merged without them.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::merged_book::{BookMerge, MergedPiece};
use crate::domain::merge::values::{Decision, decide};

const MARK: char = '\u{feff}';

/// How a text is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct TextStyle {
    has_mark: bool,
    newlines: Newlines,
    /// Whether its last line has an end.
    is_ended: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Newlines {
    Lf,
    CrLf,
    Mixed,
}

impl TextStyle {
    fn of(text: &str) -> Self {
        let returns = memchr_iter(b'\r', text.as_bytes()).count();
        Self {
            has_mark: text.starts_with(MARK),
            newlines: match returns {
                0 => Newlines::Lf,
                _ if returns == memchr_iter(b'\n', text.as_bytes()).count() => Newlines::CrLf,
                _ => Newlines::Mixed,
            },
            is_ended: text.ends_with('\n') || text.trim_start_matches(MARK).is_empty(),
        }
    }

    /// A text of this style as it is merged. Newlines are all the same then if `is_uniform`.
    fn plain(self, text: &str, is_uniform: bool) -> Cow<'_, str> {
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let is_changed = is_uniform && self.newlines != Newlines::Lf;
        match (is_changed, self.is_ended) {
            (false, true) => text.into(),
            (false, false) if self.newlines == Newlines::CrLf => (text.to_owned() + "\r\n").into(),
            (false, false) => (text.to_owned() + "\n").into(),
            (true, true) => text.replace("\r\n", "\n").into(),
            (true, false) => (text.replace("\r\n", "\n") + "\n").into(),
        }
    }
}

/// Whether a return stands elsewhere than before a newline, where TOML has none.
pub(super) fn has_lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Texts of one style, and the style that the merged one gets.
pub(super) struct AlikeTexts<'t> {
    pub(super) bases: Vec<Cow<'t, str>>,
    pub(super) sides: [Cow<'t, str>; 2],
    has_mark: bool,
    has_returns: bool,
    is_ended: bool,
}

impl<'t> AlikeTexts<'t> {
    pub(super) fn of(bases: &[&'t str], sides: [&'t str; 2]) -> Self {
        let of_bases: Vec<TextStyle> = bases.iter().map(|base| TextStyle::of(base)).collect();
        let of_sides = sides.map(TextStyle::of);
        let newlines = of_sides.map(|style| style.newlines);
        let all = of_bases.iter().chain(&of_sides);
        let is_one = all.clone().all(|style| style.newlines == newlines[0]);
        let merged = decided(&of_bases, of_sides, |style| style.newlines);
        // Where nothing decides, a text of one kind counts for more.
        let merged = merged.unwrap_or(match newlines {
            [Newlines::Mixed, theirs] => theirs,
            [ours, _] => ours,
        });
        let is_uniform = !is_one && merged != Newlines::Mixed;
        let plain = |(style, text): (&TextStyle, &&'t str)| style.plain(text, is_uniform);
        Self {
            bases: of_bases.iter().zip(bases).map(plain).collect(),
            sides: [0, 1].map(|side| of_sides[side].plain(sides[side], is_uniform)),
            // What nothing decides is not taken away.
            has_mark: decided(&of_bases, of_sides, |style| style.has_mark).unwrap_or(true),
            has_returns: is_uniform && merged == Newlines::CrLf,
            is_ended: decided(&of_bases, of_sides, |style| style.is_ended).unwrap_or(true),
        }
    }

    /// Gives a merge of these texts its style.
    pub(super) fn give(&self, merge: &mut BookMerge) {
        if !self.is_ended
            && let Some(MergedPiece::Text(last)) = merge.pieces.last_mut()
        {
            let line = last.strip_suffix('\n').unwrap_or(last);
            let line = line.strip_suffix('\r').unwrap_or(line);
            last.truncate(line.len());
        }
        if self.has_returns {
            let texts = merge.pieces.iter_mut().flat_map(|piece| match piece {
                MergedPiece::Text(text) => std::slice::from_mut(text),
                MergedPiece::Conflict(sides) => sides.as_mut_slice(),
            });
            let values = merge.conflicts.iter_mut().flat_map(|one| &mut one.values);
            for text in texts.chain(values) {
                *text = text.replace('\n', "\r\n");
            }
        }
        if self.has_mark {
            match merge.pieces.first_mut() {
                Some(MergedPiece::Text(first)) => first.insert(0, MARK),
                _ => merge.pieces.insert(0, MergedPiece::Text(MARK.to_string())),
            }
        }
    }
}

/// What becomes of a value of the styles; `None` if nothing decides.
fn decided<V: Copy + PartialEq>(
    bases: &[TextStyle],
    sides: [TextStyle; 2],
    value: impl Fn(TextStyle) -> V,
) -> Option<V> {
    let bases: Vec<Option<V>> = bases.iter().map(|base| Some(value(*base))).collect();
    let [ours, theirs] = sides.map(value);
    match decide(&bases, Some(ours), Some(theirs)) {
        Decision::Same | Decision::Ours => Some(ours),
        Decision::Theirs => Some(theirs),
        Decision::Conflict => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::store::{MergeSide, Unmergeable, merge_books};

    #[test]
    fn a_lone_return_makes_no_book_of_a_side() {
        let base = "[[contacts]]\r\nname = 'Ana'\r\n\r\n[week]\r\ntouches = 4\r\n";
        let theirs = base.replace("Ana", "Bo");
        for lone in [
            base.replace("\r\n\r\n", "\r\n\r\r\n"),
            base.replace("4\r\n", "4\r"),
        ] {
            for bases in [vec![], vec![base]] {
                let refused = merge_books(&bases, &lone, &theirs);
                assert!(matches!(
                    refused,
                    Err(Unmergeable::NotABook(MergeSide::Ours, _))
                ));
            }
        }
    }
}
