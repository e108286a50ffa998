//! The text of a book outside its contacts: finds its tables, and adds one.

use std::ops::Range;

use toml::de::DeTable;

use super::lines;
use super::long_text::parsed;
use super::ownership::{OwnedLines, add_at_end, of_segment};
use super::table::{Entry, EntryContent, TableKind, TableText, Unsupported};
use crate::store::parse::layout::Layout;
use crate::store::parse::scan::SegmentKind;

/// The text of a book outside its contacts.
pub(super) struct SettingsText<'t> {
    text: &'t str,
    layout: &'t Layout,
    table: TableText,
}

impl<'t> SettingsText<'t> {
    pub(super) fn of(text: &'t str, layout: &'t Layout) -> Result<Self, Unsupported> {
        // With blanks in place of the contacts, the places of everything else stay the same.
        let mut blanked = String::with_capacity(text.len());
        for segment in &layout.pieces {
            match segment.kind {
                SegmentKind::Rest => blanked.push_str(&text[segment.at.clone()]),
                SegmentKind::Contact { .. } => {
                    blanked.extend(std::iter::repeat_n(' ', segment.at.len()));
                }
            }
        }
        let table = DeTable::parse(&blanked).map_err(|_| Unsupported(0..0))?;
        let table = TableText::of(&blanked, table.get_ref(), 0..0);
        Ok(Self {
            text,
            layout,
            table,
        })
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.table.entry(name)
    }

    /// Where `[defaults] bucket` says that new contacts go into the bucket `name`.
    pub(super) fn default_bucket(&self, name: &str) -> Option<Range<usize>> {
        let EntryContent::Table(defaults) = &self.entry("defaults")?.content else {
            return None;
        };
        let at = defaults.entry("bucket")?.value.clone();
        (parsed(&self.text[at.clone()])? == name).then_some(at)
    }

    /// Where `[sync] who` says that a bucket's people get cards, if it does: a list, or the one name.
    pub(super) fn card_scope(&self) -> Option<&Entry> {
        let EntryContent::Table(sync) = &self.entry("sync")?.content else {
            return None;
        };
        sync.entry("who")
    }

    /// Every bucket, in the order of the text.
    pub(super) fn buckets(&self) -> impl DoubleEndedIterator<Item = (&Entry, &TableText)> {
        let buckets = self.entry("buckets").map(|entry| &entry.content);
        let entries = match buckets {
            Some(EntryContent::Table(buckets)) => buckets.entries.as_slice(),
            _ => &[],
        };
        entries.iter().filter_map(|entry| match &entry.content {
            EntryContent::Table(table) => Some((entry, table)),
            _ => None,
        })
    }

    /// The bucket `name`, if it is a block or an inline table below `[buckets]`.
    pub(super) fn bucket(&self, name: &str) -> Result<(&Entry, &TableText), Unsupported> {
        let (entry, table) = self
            .buckets()
            .find(|(entry, _)| entry.name == name)
            .ok_or(Unsupported(0..0))?;
        let is_below = self
            .entry("buckets")
            .is_some_and(|buckets| buckets.kind() != Some(TableKind::Inline));
        let line = lines::start(self.text, entry.key.start)..entry.key.start;
        let is_alone = entry.is_pair && is_below && lines::is_blank(&self.text[line]);
        match table.kind {
            TableKind::Block => Ok((entry, table)),
            TableKind::Inline if is_alone => Ok((entry, table)),
            _ => Err(Unsupported(table.at.clone())),
        }
    }

    /// The lines of a bucket that is a block, with no other table among them.
    pub(super) fn lines_of(&self, bucket: &TableText) -> Result<OwnedLines, Unsupported> {
        let segment = self.layout.piece(bucket.at.start);
        let mut entries = bucket.entries.iter();
        let is_before = entries.any(|entry| entry.key.start < bucket.at.start);
        if is_before || lines::end(self.text, bucket.end) > segment.end {
            return Err(Unsupported(bucket.at.clone()));
        }
        Ok(of_segment(self.text, self.layout, segment))
    }

    /// The text with a new block after the last bucket, or before the contacts. `block` makes it, without its last newline,
    /// from the newline to use and a block to imitate.
    pub(super) fn add_block(
        &self,
        block: impl Fn(&str, Option<(&str, &TableText)>) -> String,
    ) -> Result<String, Unsupported> {
        let text = self.text;
        let Some((_, last)) = self.buckets().max_by_key(|(_, table)| table.at.start) else {
            return Ok(self.add_first(|newline| block(newline, None)));
        };
        let segment = self.layout.piece(last.at.start);
        if !text[segment.at.clone()].trim_start().starts_with('[') {
            return Err(Unsupported(last.at.clone()));
        }
        let like = (last.kind == TableKind::Block).then_some((text, last));
        let own = of_segment(self.text, self.layout, segment);
        if own.blanks == text.len() {
            return Ok(add_at_end(text, |newline| block(newline, like)));
        }
        // As far from what follows as the last bucket was, so that removing it undoes this exactly.
        let newline = lines::newline(text, own.blanks);
        let is_apart = own.blanks > own.lines.end;
        let apart = if is_apart { newline } else { "" };
        let block = block(newline, like);
        Ok(lines::insert(text, own.blanks, &format!("{block}{apart}")))
    }

    /// The text with a new block of settings after the last bucket, or before the contacts. `block` makes it, without its last
    /// newline, from the newline to use.
    pub(super) fn add_setting(&self, block: impl Fn(&str) -> String) -> String {
        let added = self.add_block(|newline, _| block(newline));
        added.unwrap_or_else(|_| self.add_first(block))
    }

    /// The text with a block before the contacts.
    fn add_first(&self, block: impl Fn(&str) -> String) -> String {
        let mut segments = self.layout.pieces.iter();
        let Some(contact) = segments.find(|segment| segment.kind != SegmentKind::Rest) else {
            return add_at_end(self.text, block);
        };
        let start = of_segment(self.text, self.layout, contact).lines.start;
        let newline = lines::newline(self.text, start);
        lines::insert(self.text, start, &format!("{}{newline}", block(newline)))
    }
}
