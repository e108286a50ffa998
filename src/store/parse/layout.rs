//! Where the segments of a book are in its text.

use std::ops::Range;

use super::row_key::RowKey;
use super::scan::{Segment, SegmentKind};
use crate::domain::{Book, Contact, ContactId};

/// The segments of a book's text.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) pieces: Vec<Segment>,
    /// The segment of each contact.
    pub(crate) contacts: Vec<usize>,
}

impl Layout {
    pub(crate) fn of(pieces: Vec<Segment>) -> Self {
        let is_contact = |(_, piece): &(usize, &Segment)| piece.kind != SegmentKind::Rest;
        let contacts = pieces.iter().enumerate().filter(is_contact);
        let contacts = contacts.map(|(at, _)| at).collect();
        Self { pieces, contacts }
    }

    /// The place of a contact.
    pub(crate) fn contact(&self, id: ContactId) -> Range<usize> {
        self.pieces[self.contacts[id.0]].at.clone()
    }

    /// The segment that `at` is in.
    pub(crate) fn piece(&self, at: usize) -> &Segment {
        &self.pieces[self.pieces.partition_point(|piece| piece.at.end <= at)]
    }

    /// The end of the last value before the segment that `at` is in.
    pub(crate) fn floor(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|piece| piece.at.end <= at);
        piece
            .checked_sub(1)
            .map_or(0, |before| self.pieces[before].end)
    }

    /// Removes the segment of a contact and all that follow; the text without it is `length` bytes long.
    pub(crate) fn forget(&mut self, id: ContactId, length: usize) {
        self.pieces.truncate(self.contacts[id.0]);
        if let Some(last) = self.pieces.last_mut() {
            last.at.end = length;
            last.end = last.end.min(length);
        }
    }

    /// Whether the book writes the rows of this key as blocks, and none of them in an array.
    pub(in crate::store) fn uses_blocks(&self, book: &Book, rows: RowKey) -> bool {
        let has_rows = |contact: &Contact| match rows {
            RowKey::Dates => !contact.dates.is_empty(),
            RowKey::Promises => !contact.promises.is_empty(),
            RowKey::Touches => !contact.touches.is_empty(),
        };
        let is_in_blocks = |piece: &usize| match self.pieces[*piece].kind {
            SegmentKind::Contact { blocks } => blocks[rows as usize],
            SegmentKind::Rest => false,
        };
        let styles = self.contacts.iter().zip(&book.contacts);
        let mut styles = styles
            .filter(|(_, contact)| has_rows(contact))
            .map(|(piece, _)| is_in_blocks(piece))
            .peekable();
        styles.peek().is_some() && styles.all(|is_block| is_block)
    }
}
