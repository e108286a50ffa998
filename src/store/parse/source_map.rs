//! Leads from places in a part of a text back to places in the whole.

use std::ops::Range;

/// Pieces of a text joined to one, and where each came from.
#[derive(Default)]
pub(crate) struct JoinedText {
    pub(crate) text: String,
    pub(crate) map: SourceMap,
}

/// Leads from places in a part of the text to places in the whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceMap(Vec<(usize, usize)>);

impl JoinedText {
    /// Adds a piece that starts at `start` in the whole text.
    pub(crate) fn push(&mut self, piece: &str, start: usize) {
        self.map.0.push((self.text.len(), start));
        self.text.push_str(piece);
    }
}

impl SourceMap {
    /// For a part that starts at `start` and is in one piece.
    pub(crate) fn from(start: usize) -> Self {
        Self(vec![(0, start)])
    }

    /// The place in the whole text.
    pub(crate) fn whole(&self, at: Range<usize>) -> Range<usize> {
        let part = self
            .0
            .partition_point(|(start, _)| *start <= at.start)
            .saturating_sub(1);
        match self.0.get(part) {
            Some((start, whole)) => at.start - start + whole..at.end - start + whole,
            None => at,
        }
    }
}
