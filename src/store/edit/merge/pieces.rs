//! The text of the contact that is merged into another, in pieces: each key with the comments right above it.

use std::ops::Range;

use crate::store::edit::statements::{Statement, StatementKind};

/// A part of the text that stays together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Whole lines, the comment lines right above included.
    pub(super) at: Range<usize>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum PieceKind {
    /// The header of the contact, or comments that belong to no key.
    Rest,
    /// `key = value`, or with more keys before the equals sign.
    Pair(String),
    /// A table below the contact, with its header.
    Section {
        key: String,
        /// Whether it starts an item of the list with that key.
        is_item: bool,
        /// Whether there is a blank line above.
        is_apart: bool,
    },
}

impl Piece {
    pub(super) fn key(&self) -> Option<&str> {
        match &self.kind {
            PieceKind::Rest => None,
            PieceKind::Pair(key) | PieceKind::Section { key, .. } => Some(key),
        }
    }
}

/// Puts the statements of a contact together.
pub(super) fn pieces(statements: Vec<Statement>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // The comments that the next statement has above it.
    let mut above: Option<Range<usize>> = None;
    let mut is_apart = false;
    for Statement { at, kind } in statements {
        let start = above.as_ref().map_or(at.start, |above| above.start);
        let kind = match kind {
            StatementKind::Comment => {
                above = Some(start..at.end);
                continue;
            }
            StatementKind::Blank => {
                if let Some(above) = above.take() {
                    rest(&mut pieces, above);
                }
                is_apart = true;
                continue;
            }
            StatementKind::Contact => PieceKind::Rest,
            StatementKind::Pair(key) => match pieces.last_mut() {
                Some(section) if matches!(section.kind, PieceKind::Section { .. }) => {
                    section.at.end = at.end;
                    above = None;
                    continue;
                }
                _ => PieceKind::Pair(key),
            },
            StatementKind::Header { key, is_item } => PieceKind::Section {
                key,
                is_item,
                is_apart,
            },
        };
        let at = start..at.end;
        pieces.push(Piece { kind, at });
        (above, is_apart) = (None, false);
    }
    if let Some(above) = above {
        rest(&mut pieces, above);
    }
    pieces
}

/// Comments with a blank line or the end below them belong to the section above, if there is one.
fn rest(pieces: &mut Vec<Piece>, at: Range<usize>) {
    match pieces.last_mut() {
        Some(section) if matches!(section.kind, PieceKind::Section { .. }) => {
            section.at.end = at.end;
        }
        _ => {
            let kind = PieceKind::Rest;
            pieces.push(Piece { kind, at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::edit::statements::statements;

    #[test]
    fn keeps_each_key_with_the_comments_above_it() {
        let parts = [
            "# above\n[[contacts]] # who\n",
            "# a\n# b\na.x = 1\n",
            "# free\n",
            "b = [\n  1,\n]\n",
            "# sec\n[contacts.s]\nx = 1\n# in\ny = 2\n\n# in, too\n",
            "# item\n[[contacts.t]]\n\nz = 1\n# under\n",
        ];
        // Blank lines after a comment without a key, and between sections.
        let text = parts
            .concat()
            .replace("# free\n", "# free\n\n")
            .replace("too\n", "too\n\n");
        let pieces = pieces(statements(&text).expect("statements"));
        let texts: Vec<&str> = pieces.iter().map(|piece| &text[piece.at.clone()]).collect();
        assert_eq!(texts, parts);
        let keys: Vec<_> = pieces.iter().map(Piece::key).collect();
        assert_eq!(
            keys,
            [None, Some("a"), None, Some("b"), Some("s"), Some("t")]
        );
    }
}
