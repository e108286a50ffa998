//! The text of the contact that is merged into another, and the lines of it that move.

use std::collections::HashSet;
use std::ops::Range;

use super::pieces::{Piece, PieceKind, pieces};
use crate::store::edit::contact_text::ContactText;
use crate::store::edit::statements::{comments, statements};
use crate::store::edit::table::Unsupported;

/// The text of the contact that is merged into another.
pub(super) struct OtherText<'t> {
    pub(super) contact: ContactText<'t>,
    pub(super) pieces: Vec<Piece>,
    /// The starts of the comments that have moved.
    pub(super) moved: HashSet<usize>,
}

impl<'t> OtherText<'t> {
    pub(super) fn of(text: &'t str) -> Result<Self, Unsupported> {
        let statements = statements(text).ok_or(Unsupported(0..0))?;
        Ok(Self {
            contact: ContactText::of(text)?,
            pieces: pieces(statements),
            moved: HashSet::new(),
        })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.pieces.iter().any(|piece| piece.key() == Some(key))
    }

    /// The lines that move: those for the keys of the contact, and those for the tables below it. Each line ends with a
    /// newline.
    pub(super) fn lines(&self, is_moved: &impl Fn(&str) -> bool, newline: &str) -> [String; 2] {
        let text = self.contact.text;
        let [mut top, mut sections] = [String::new(), String::new()];
        let mut comments = comments(text).into_iter().peekable();
        for piece in &self.pieces {
            let is_its = |comment: &Range<usize>| comment.start < piece.at.end;
            let its = std::iter::from_fn(|| comments.next_if(is_its));
            let its: Vec<_> = its.filter(|at| !self.moved.contains(&at.start)).collect();
            let lines = match piece.key() {
                Some(key) if is_moved(key) => &text[piece.at.clone()],
                _ => {
                    for at in its {
                        top.push_str(&text[at]);
                        top.push_str(newline);
                    }
                    continue;
                }
            };
            let to = match piece.kind {
                PieceKind::Section { is_apart, .. } => {
                    sections.push_str(if is_apart { newline } else { "" });
                    &mut sections
                }
                _ => &mut top,
            };
            to.push_str(lines);
            if !lines.ends_with('\n') {
                to.push_str(newline);
            }
        }
        [top, sections]
    }
}
