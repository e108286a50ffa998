//! Merges a text that both sides changed, line by line.

use super::block_merge::{BlockMerge, MergedUnit, pairs};
use super::entries::BlockText;
use super::units::BlockUnit;
use crate::domain::Value;
use crate::domain::merge::lines::{common_lines, hunks};
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
    let bases: Vec<Vec<&str>> = bases
        .iter()
        .map(|base| base.split('\n').collect())
        .collect();
    let bases: Vec<&[&str]> = bases.iter().map(Vec::as_slice).collect();
    let base = common_lines(&bases);
    let ours: Vec<&str> = ours.split('\n').collect();
    let theirs: Vec<&str> = theirs.split('\n').collect();

    let [mut mine, mut other] = [Vec::new(), Vec::new()];
    for hunk in hunks(&base, &ours, &theirs) {
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
    let [mine, other] = [mine.join("\n"), other.join("\n")];
    let text = lines::replace(block.text, content, &written(raw[0], &mine, newline)?);
    Some(if mine == other {
        MergedUnit::Text(text)
    } else {
        MergedUnit::InPart([text, written(raw[1], &other, newline)?])
    })
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
