//! Looks for slips in a text, header by header and key by key.

use std::ops::Range;

use toml::de::DeTable;

use super::slip::{Slip, SlipKind};
use super::source::{Source, header, indent, is_header, is_marker, marker};
use super::statement::{self, KeyWithValue, two_quotes};
use super::words;
use crate::store::parse::lax;

/// Whether a text is TOML by itself.
pub(super) fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| lax::first(text, table.get_ref()).is_none())
}

/// A search for slips, header by header.
pub(super) struct Search<'s, 't> {
    source: &'s Source<'t>,
    pub(super) slips: Vec<Slip>,
    /// What was not read, because of a slip.
    pub(super) broken: Vec<Range<usize>>,
    lines: Lines,
    /// No merge ends after this.
    last_merge: usize,
}

/// How many lines of a text look like those of a book.
#[derive(Default)]
struct Lines {
    good: usize,
    bad: usize,
    headers: usize,
    /// Whether the first line that is not a comment is neither a key nor a header.
    starts_badly: bool,
}

/// What the search knows within one segment.
struct SegmentSearch {
    start: usize,
    limit: usize,
    /// The statement before.
    before: Option<(usize, KeyWithValue)>,
    has_slipped: bool,
}

impl<'s, 't> Search<'s, 't> {
    pub(super) fn new(source: &'s Source<'t>) -> Self {
        Self {
            source,
            slips: Vec::new(),
            broken: Vec::new(),
            lines: Lines::default(),
            last_merge: source.text.len(),
        }
    }

    /// Whether the text is no book, but something else.
    pub(super) fn is_foreign(&self) -> bool {
        let is_odd = self.lines.starts_badly || (self.lines.headers == 0 && self.slips.len() > 1);
        is_odd && self.lines.bad > self.lines.good
    }

    /// Looks at the text from the header at `start` to the next one, and returns where to go on.
    pub(super) fn segment(&mut self, start: usize) -> usize {
        let limit = self.source.next_header(self.source.next_line(start));
        let text = &self.source.text[start..limit];
        self.lines.headers += usize::from(is_header(self.source.rest(start)));
        if is_toml(text) {
            self.lines.good += text.lines().filter(|line| !line.trim().is_empty()).count();
            return limit;
        }
        let mut segment = SegmentSearch {
            start,
            limit,
            before: None,
            has_slipped: false,
        };
        let mut at = start;
        while at < limit {
            at = self.line(at, &mut segment);
        }
        at
    }

    /// Looks at the statement or header in the line at `at`, and returns where to go on.
    fn line(&mut self, line: usize, segment: &mut SegmentSearch) -> usize {
        let rest = self.source.rest(line);
        let at = line + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = &rest[at - line..];
        let next = self.source.next_line(line);
        if rest.is_empty() || rest.starts_with('#') {
            return next;
        }
        if is_marker(rest) {
            return self.merge(line, segment);
        }
        if rest.starts_with('[') || (line == segment.start && is_header(rest)) {
            return self.header(line, at, segment);
        }
        match statement::read(self.source, at, segment.limit) {
            Ok(statement) => self.statement(at, statement, segment),
            Err(slip) if slip.kind == SlipKind::Merge => {
                let merge = slip.at.start;
                let end = self.merge(merge, segment);
                let next = self.source.next_key(end, at - line, segment.limit);
                self.broken.push(line..next.max(end));
                next.max(end)
            }
            Err(slip) => {
                let is_junk = slip.kind == SlipKind::Junk;
                let slip = self.two_quotes(at, segment).unwrap_or(slip);
                self.lines.starts_badly |= is_junk && self.lines.good == 0 && self.slips.is_empty();
                self.slip(at, slip, segment)
            }
        }
    }

    /// An empty text before a line that is not a key of a book: then a third quote is missing.
    fn two_quotes(&self, at: usize, segment: &SegmentSearch) -> Option<Slip> {
        let (key, before) = segment.before.as_ref()?;
        let value = self.source.text[before.value.clone()].trim();
        let is_key = self.source.next_key(at, usize::MAX, segment.limit) == at;
        if is_key || !matches!(value, "\"\"" | "''") {
            return None;
        }
        let key = self.source.text[*key..before.value.start].split('=').next();
        Some(two_quotes(
            self.source,
            before.value.start,
            key.unwrap_or_default(),
        ))
    }

    /// Records a slip of the statement at `at`, and returns where the next key is.
    fn slip(&mut self, at: usize, slip: Slip, segment: &mut SegmentSearch) -> usize {
        // After one slip, a line that is nothing by itself belongs to it.
        if !(slip.kind == SlipKind::Junk && segment.has_slipped) {
            self.slips.push(slip);
        }
        segment.has_slipped = true;
        segment.before = None;
        let next = self.source.next_line(at);
        let next = self
            .source
            .next_key(next, indent(self.source, at), segment.limit);
        self.pass(at, next);
        next
    }

    fn pass(&mut self, from: usize, to: usize) {
        let lines = self.source.text[from..to].lines();
        self.lines.bad += lines.filter(|line| !line.trim().is_empty()).count();
        self.broken.push(from..to);
    }

    /// A statement that is closed.
    fn statement(
        &mut self,
        at: usize,
        statement: KeyWithValue,
        segment: &mut SegmentSearch,
    ) -> usize {
        let text = self.source.text;
        if let Some(opener) = &statement.crossing {
            // A text may hold lines that look like headers; then what is around it is TOML.
            let end = self.source.next_header(statement.end);
            if is_toml(&text[segment.start..end]) {
                segment.limit = end;
                return end;
            }
            // Quotes on a line of their own close a text; those after a key would open one.
            let last = text[statement.value.clone()].rsplit('\n').next();
            let is_closed =
                last.is_some_and(|last| last.trim().trim_matches(['"', '\'']).is_empty());
            if is_closed && is_toml(&text[at..statement.end]) {
                segment.limit = end;
                self.lines.good += 1;
                return statement.end;
            }
            let slip = Slip::unclosed(self.source, opener);
            return self.slip(at, slip, segment);
        }
        let its = &text[at..statement.end];
        match DeTable::parse(its) {
            Ok(table) if lax::first(its, table.get_ref()).is_none() => {
                self.lines.good += 1;
                let end = statement.end;
                segment.before = Some((at, statement));
                end
            }
            Ok(table) => {
                let lax = lax::first(its, table.get_ref()).unwrap_or(0..0);
                let slip = words::lax(self.source, at + lax.start..at + lax.end);
                self.slip(at, slip, segment)
            }
            Err(err) => {
                let slip = words::of_toml(self.source, at, &err);
                self.slip(at, slip, segment)
            }
        }
    }

    /// A line with a header.
    fn header(&mut self, line: usize, at: usize, segment: &mut SegmentSearch) -> usize {
        let next = self.source.next_line(line);
        let text = &self.source.text[line..next];
        if DeTable::parse(text).is_ok() {
            self.lines.good += 1;
            return next;
        }
        let at = at..at + self.source.rest(at).trim_ascii_end().len();
        let slip = Slip::lookalike(self.source, at.clone()).unwrap_or_else(|| {
            let whole = header(text);
            match text.trim_start().strip_prefix(whole.as_str()) {
                Some(_) => Slip::new(
                    at,
                    format!("there is more after the header `{whole}`"),
                    "put it on a line of its own",
                ),
                None => Slip::new(
                    at,
                    format!(
                        "the header in line {} lacks a bracket",
                        self.source.line(line)
                    ),
                    format!("write `{whole}`"),
                ),
            }
        });
        self.lines.starts_badly |=
            self.lines.good == 0 && self.slips.is_empty() && !is_header(text);
        self.slips.push(slip);
        segment.has_slipped |= !is_header(text);
        self.lines.bad += 1;
        // Its keys are read, but belong to no table of the text.
        self.broken.push(line..self.source.next_table(next));
        next
    }

    /// The marker of an unfinished merge at `line`; what is up to its end is not read.
    fn merge(&mut self, line: usize, segment: &mut SegmentSearch) -> usize {
        let mut end = line;
        let mut at = line;
        while at < self.last_merge {
            let next = self.source.next_line(at);
            let rest = self.source.rest(at);
            if rest.starts_with(">>>>>>>") && is_marker(rest) {
                end = next;
                break;
            }
            at = next;
        }
        if end == line {
            // No other marker is looked for up to the end of the text.
            self.last_merge = line;
        }
        let end = end.max(self.source.next_line(line));
        self.slips.push(Slip::merge(marker(line)));
        self.broken.push(line..end);
        segment.has_slipped = true;
        segment.before = None;
        end
    }
}
