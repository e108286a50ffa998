//! Merges a text that both sides changed, line by line.

use super::block_merge::{BlockMerge, MergedUnit, pairs};
use super::entries::BlockText;
use super::units::BlockUnit;
use crate::domain::Value;
use crate::domain::merge::lines::{common_lines, hunks};
use crate::domain::merge::values::{Decision, ValueRule, decide_by};
use crate::store::edit::lines;
use crate::store::edit::long_text::{self, parsed};
use crate::store::parse::toml_value;

/// `None` if it is not one text on each side.
pub(super) fn merge(merge: &BlockMerge, unit: &BlockUnit) -> Option<MergedUnit> {
    let block = BlockText::of(&merge.text)?;
    let [own, theirs] = pairs(unit, &block, merge.theirs)?;
    let content = block.lines[own].content.clone();
    let raw = [
        &block.text[content.clone()],
        &merge.theirs.text[merge.theirs.lines[theirs].content.clone()],
    ];
    let [ours, theirs] = [parsed(raw[0])?, parsed(raw[1])?];
    let path = unit.path();
    let bases = merge.bases.iter().map(|base| lines_of(base, &path));
    let bases: Vec<String> = bases.collect();
    let bases: Vec<NoteLines> = bases.iter().map(|base| NoteLines::of(base)).collect();
    let all: Vec<&[&str]> = bases.iter().map(|base| base.lines.as_slice()).collect();
    let base = common_lines(&all);
    let [ours, theirs] = [NoteLines::of(&ours), NoteLines::of(&theirs)];
    let ends: Vec<Option<&str>> = bases.iter().map(|base| Some(base.end)).collect();
    let end = match decide_by(ValueRule::Later, &ends, Some(ours.end), Some(theirs.end)) {
        Decision::Theirs => theirs.end,
        _ => ours.end,
    };
    let [ours, theirs] = [ours.lines, theirs.lines];

    let later = later(&base, &ours, &theirs);
    let [mut mine, mut other] = [0, 1].map(|_| later.unwrap_or_default().to_vec());
    let open = if later.is_none() {
        hunks(&base, &ours, &theirs)
    } else {
        Vec::new()
    };
    for hunk in open {
        match hunk.lines(&base, &ours, &theirs) {
            Some(lines) => {
                mine.extend_from_slice(&lines);
                other.extend(lines);
            }
            None => {
                mine.extend_from_slice(&ours[hunk.ours]);
                other.extend_from_slice(&theirs[hunk.theirs]);
            }
        }
    }
    let newline = lines::newline(block.text, content.start);
    let [mine, other] = [mine, other].map(|lines| lines.join("\n") + end);
    let text = written(raw[0], &mine, newline)?;
    Some(if mine == other {
        MergedUnit::Text(lines::replace(block.text, content, &text))
    } else {
        MergedUnit::InPart([text, written(raw[1], &other, newline)?])
    })
}

/// The lines of the side that has all that the other one changed, in its order: it was merged with that before.
fn later<'s, 't>(
    base: &[&str],
    ours: &'s [&'t str],
    theirs: &'s [&'t str],
) -> Option<&'s [&'t str]> {
    match [has(base, ours, theirs), has(base, theirs, ours)] {
        [true, false] => Some(ours),
        [false, true] => Some(theirs),
        _ => None,
    }
}

/// Whether `later` has each line that `earlier` added to the base, lacks each that it removed, and has the others in one order.
fn has(base: &[&str], later: &[&str], earlier: &[&str]) -> bool {
    let count = |lines: &[&str], line: &str| lines.iter().filter(|one| **one == line).count();
    let is_changed_too = |line: &&str| {
        let [base, later, earlier] = [base, later, earlier].map(|lines| count(lines, line));
        earlier == base
            || if earlier > base {
                later >= earlier
            } else {
                later <= earlier
            }
    };
    let mut rest = later.iter();
    { base.iter().chain(earlier) }.all(is_changed_too) && {
        earlier.iter().filter(|line| later.contains(line))
    }
    .all(|line| rest.any(|one| one == line))
}

/// A text in lines.
struct NoteLines<'t> {
    lines: Vec<&'t str>,
    /// What follows the last one: nothing, or a newline and the indent of the closing quotes.
    end: &'t str,
}

impl<'t> NoteLines<'t> {
    fn of(text: &'t str) -> Self {
        let last = text.rfind('\n').unwrap_or(text.len());
        let end = Some(last).filter(|last| lines::is_blank(&text[*last..]));
        let (text, end) = text.split_at(end.unwrap_or(text.len()));
        Self {
            lines: text.split('\n').filter(|_| !text.is_empty()).collect(),
            end,
        }
    }
}

/// What a base says; nothing if that is no text.
fn lines_of(base: &BlockText, path: &[String]) -> String {
    let text = base.value(path).and_then(|value| value.as_str());
    text.unwrap_or_default().replace("\r\n", "\n")
}

/// The string that says `new`, in the form of `raw` if that can hold it.
fn written(raw: &str, new: &str, newline: &str) -> Option<String> {
    if parsed(raw)? == new {
        return Some(raw.to_owned());
    }
    let set = long_text::set(raw, new, newline);
    let set = set.unwrap_or_else(|| toml_value::value(&Value::Text(new.to_owned()), newline));
    (parsed(&set)? == new).then_some(set)
}
