//! The comments of a block: each stays as often as the rule for rows says. One that lost its place stands on a line of its own
//! above what it was about.

use std::collections::BTreeMap;
use std::ops::Range;

use super::entries::{BlockLine, BlockText, LineKind};
use crate::domain::merge::rows::merged_count;
use crate::store::edit::lines;
use crate::store::edit::statements::comments;
use crate::store::parse::toml_value::written;

/// How often each comment is to be there.
pub(super) fn due(bases: &[&str], sides: [&str; 2]) -> BTreeMap<String, usize> {
    let bases: Vec<BTreeMap<String, usize>> = bases.iter().map(|base| counts(base)).collect();
    let [ours, theirs] = sides.map(counts);
    let all = ours.keys().chain(theirs.keys());
    let of = |counts: &BTreeMap<String, usize>, comment: &String| {
        counts.get(comment).copied().unwrap_or_default()
    };
    let due = all.map(|comment| {
        let base = bases.iter().map(|base| of(base, comment)).min();
        let count = merged_count(
            base.unwrap_or_default(),
            of(&ours, comment),
            of(&theirs, comment),
        );
        (comment.clone(), count)
    });
    due.collect()
}

/// How often each comment is in a text.
pub(super) fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for at in comments(text) {
        *counts.entry(text[at].to_owned()).or_default() += 1;
    }
    counts
}

/// `text` with the comments that are due, and no other of both sides.
pub(super) fn settled(bases: &[&str], sides: [&BlockText; 2], text: &str) -> Option<String> {
    let mut text = text.to_owned();
    let due = due(bases, sides.map(|side| side.text));
    let count =
        |text: &str, comment: &String| counts(text).get(comment).copied().unwrap_or_default();
    for (comment, due) in &due {
        for _ in *due..count(&text, comment) {
            text = without(&BlockText::of(&text)?, comment, sides)?;
        }
    }
    let [ours, theirs] = sides;
    // First where a side has one and the text does not; then anywhere that a side has it.
    for (is_elsewhere, side) in [(false, theirs), (false, ours), (true, theirs), (true, ours)] {
        for at in side.comments() {
            let comment = side.text[at.clone()].to_owned();
            if due
                .get(&comment)
                .is_none_or(|due| count(&text, &comment) >= *due)
            {
                continue;
            }
            let block = BlockText::of(&text)?;
            let about_it = about(side, at.start);
            let mut own = places(&block, &comment).into_iter();
            if is_elsewhere || !own.any(|at| about(&block, at.start) == about_it) {
                text = put(&block, side, at);
            }
        }
    }
    Some(text)
}

/// `lines` below the comments that are due and that they lack.
pub(super) fn with_comments(due: &BTreeMap<String, usize>, lines: &str, newline: &str) -> String {
    let own = counts(lines);
    let lacking = due.iter().flat_map(|(comment, due)| {
        let own = own.get(comment).copied().unwrap_or_default();
        (own..*due).map(move |_| format!("{comment}{newline}"))
    });
    lacking.collect::<String>() + lines
}

/// `lines` with the comments of `others` and no other: those that it lacks come first.
pub(super) fn with_comments_of(others: &str, lines: &str, newline: &str) -> String {
    let mut left: Vec<&str> = comments(others).into_iter().map(|at| &others[at]).collect();
    let mut own = comments(lines);
    own.retain(
        |at| match left.iter().position(|one| *one == &lines[at.clone()]) {
            Some(found) => {
                left.remove(found);
                false
            }
            None => true,
        },
    );
    let cut = own
        .into_iter()
        .rev()
        .fold(lines.to_owned(), |text, at| cut(&text, &at));
    let above: String = left
        .iter()
        .map(|comment| format!("{comment}{newline}"))
        .collect();
    above + &cut
}

/// `text` without a comment, and without its line if it is alone on it.
fn cut(text: &str, at: &Range<usize>) -> String {
    let line = lines::start(text, at.start)..lines::end(text, at.end);
    let before = &text[line.start..at.start];
    let removed = if lines::is_blank(before) {
        line
    } else {
        line.start + before.trim_end().len()..at.end
    };
    lines::replace(text, removed, "")
}

/// What a comment is about: the path and the place in the order of the statement that it is in or right above.
type About = (bool, Vec<String>);

fn about(block: &BlockText, at: usize) -> Option<About> {
    let line = statement_of(block, at)?;
    let line = &block.lines[line];
    Some((line.kind == LineKind::Pair, line.path.clone()))
}

/// The statement that a comment is in, or right above.
fn statement_of(block: &BlockText, at: usize) -> Option<usize> {
    let line = block.line_at(at);
    let below = block.lines[line..].iter();
    let comments = below
        .take_while(|line| line.kind == LineKind::Comment)
        .count();
    let line = line + comments;
    (line < block.lines.len() && block.is_statement(line)).then_some(line)
}

/// The places at which a block has a comment.
fn places(block: &BlockText, comment: &str) -> Vec<Range<usize>> {
    let mut all = block.comments();
    all.retain(|at| &block.text[at.clone()] == comment);
    all
}

/// The text without one of the comments that say the same: one that a side does not have there.
fn without(block: &BlockText, comment: &str, sides: [&BlockText; 2]) -> Option<String> {
    let own = places(block, comment);
    let is_new = |at: &&Range<usize>| {
        let about_own = about(block, at.start);
        sides.iter().any(|side| {
            let mut its = places(side, comment).into_iter();
            !its.any(|at| about(side, at.start) == about_own)
        })
    };
    let at = own.iter().rfind(is_new).or(own.last())?;
    Some(cut(block.text, at))
}

/// The text of `block` with the comment that `side` has at `at`.
fn put(block: &BlockText, side: &BlockText, at: Range<usize>) -> String {
    let comment = &side.text[at.clone()];
    let of = side.line_at(at.start);
    let Some(statement) = statement_of(side, at.start) else {
        return put_apart(block, side, of, comment);
    };
    let key = side.lines[statement].path.first();
    let of_key = || key.and_then(|key| block.lines_of(key).next());
    let Some(own) = same_statement(block, side, statement).or_else(of_key) else {
        return put_apart(block, side, of, comment);
    };
    if let Some(text) = put_inside(block, own, side, &at) {
        return text;
    }
    let line = &block.lines[own];
    let end = line.content.end;
    if side.is_statement(of)
        && at.start > side.lines[of].content.end
        && lines::is_blank(&block.text[end..line.at.end])
    {
        // After the value, as it was.
        let before = &side.text[side.lines[of].content.end..at.start];
        return lines::replace(block.text, end..end, &format!("{before}{comment}"));
    }
    let start = if side.is_statement(of) {
        line.at.start
    } else {
        place_above(block, own, side, of)
    };
    let newline = lines::newline(block.text, line.at.start);
    let indent = lines::indent(block.text, line.at.start);
    lines::replace(
        block.text,
        start..start,
        &format!("{indent}{comment}{newline}"),
    )
}

/// The text with a comment inside a value of several lines: after what it follows on its line, or below the line that it
/// follows. `None` if it is not inside one, or what it follows is not there.
fn put_inside(
    block: &BlockText,
    own: usize,
    side: &BlockText,
    at: &Range<usize>,
) -> Option<String> {
    let of = side.line_at(at.start);
    if !side.lines[of].content.contains(&at.start) {
        return None;
    }
    let comment = &side.text[at.clone()];
    let start = lines::start(side.text, at.start);
    let before = side.text[start..at.start].trim_end();
    let content = block.lines[own].content.clone();
    let its: Vec<usize> = comments(&block.text[content.clone()])
        .into_iter()
        .map(|comment| content.start + comment.start)
        .collect();
    // The lines of the value but for its last one, which goes on after it.
    let mut own_lines = Vec::new();
    let mut line = lines::start(block.text, content.start);
    while lines::end(block.text, line) < content.end {
        own_lines.push(line..lines::end(block.text, line));
        line = lines::end(block.text, line);
    }
    let uncommented = |line: &Range<usize>| {
        let end = its.iter().copied().find(|comment| line.contains(comment));
        block.text[line.start..end.unwrap_or(line.end)]
            .trim_end()
            .len()
            + line.start
    };
    let item = |text: &str| text.trim().trim_end_matches(',').trim_end().to_owned();
    let find = |text: &str| {
        let mut lines = own_lines.iter();
        lines.find(|line| item(&block.text[line.start..uncommented(line)]) == item(text))
    };
    let text = if before.trim().is_empty() {
        let above = &side.text[lines::start(side.text, start - 1)..start];
        let above = comments(above)
            .first()
            .map_or(above, |at| &above[..at.start]);
        let after = find(above)?.end;
        let newline = lines::newline(block.text, after);
        let indent = lines::indent(side.text, at.start);
        lines::replace(
            block.text,
            after..after,
            &format!("{indent}{comment}{newline}"),
        )
    } else {
        let line = find(before)?;
        let end = uncommented(line);
        let blank = &side.text[start + before.len()..at.start];
        if end < block.text[..line.end].trim_end().len() {
            return None;
        }
        lines::replace(block.text, end..end, &format!("{blank}{comment}"))
    };
    // What looks like a line of the value may be one of a string in it.
    let new = BlockText::of(&text)?;
    let says = |block: &BlockText| block.value(&side.lines[of].path).map(written);
    let is_proven = says(&new) == says(block) && new.comments().len() == block.comments().len() + 1;
    is_proven.then_some(text)
}

/// Where the comment line `of` goes among those above a statement: before the one that follows it in `side`, after the one that
/// it follows, or below all of them.
fn place_above(block: &BlockText, own: usize, side: &BlockText, of: usize) -> usize {
    let group = block.above(own)..own;
    let said =
        |block: &BlockText, line: usize| block.text[block.lines[line].at.clone()].trim().to_owned();
    let find = |line: usize| {
        group
            .clone()
            .find(|own| said(block, *own) == said(side, line))
    };
    let is_comment = |line: usize| {
        side.lines
            .get(line)
            .is_some_and(|line| line.kind == LineKind::Comment)
    };
    if let Some(before) = Some(of + 1).filter(|line| is_comment(*line)).and_then(find) {
        return block.lines[before].at.start;
    }
    let after = of
        .checked_sub(1)
        .filter(|line| is_comment(*line))
        .and_then(find);
    match after {
        Some(after) => block.lines[after].at.end,
        None => block.lines[own].at.start,
    }
}

/// The text with a comment line that is about nothing that is there: below the line that it follows in `side`.
fn put_apart(block: &BlockText, side: &BlockText, of: usize, comment: &str) -> String {
    let above = (0..of)
        .rev()
        .filter(|line| side.lines[*line].kind != LineKind::Blank);
    let after = { above }.find_map(|line| same_line(block, side, line));
    let is_blank = |block: &BlockText, line: Option<usize>| {
        let line = line.and_then(|line| block.lines.get(line));
        line.is_some_and(|line| line.kind == LineKind::Blank)
    };
    // Pairs that only the text has at this place stay with the one above.
    let mut next = after.map_or(0, |after| after + 1);
    let is_new = |line: &BlockLine| line.kind == LineKind::Pair && side.pair(&line.path).is_none();
    while after.is_some_and(|after| block.is_statement(after))
        && block.lines.get(next).is_some_and(is_new)
    {
        next += 1;
    }
    let start = next
        .checked_sub(1)
        .map_or(0, |last| block.lines[last].at.end);
    let newline = lines::newline(block.text, start);
    let is_apart = is_blank(side, of.checked_sub(1)) && start > 0;
    let above = if is_apart { newline } else { "" };
    let is_last = next == block.lines.len();
    let has_blank_below = is_blank(side, Some(of + 1)) && !is_last && !is_blank(block, Some(next));
    let below = if has_blank_below { newline } else { "" };
    let new = format!("{above}{comment}{newline}{below}");
    lines::replace(block.text, start..start, &new)
}

/// The same statement or comment line in `block`.
fn same_line(block: &BlockText, side: &BlockText, line: usize) -> Option<usize> {
    if side.is_statement(line) {
        return same_statement(block, side, line);
    }
    let said =
        |block: &BlockText, line: usize| block.text[block.lines[line].at.clone()].trim().to_owned();
    let is_it = |own: &usize| {
        block.lines[*own].kind == LineKind::Comment && said(block, *own) == said(side, line)
    };
    (0..block.lines.len()).rfind(is_it)
}

/// The same statement in `block`; of several with one key the one that says the same.
pub(super) fn same_statement(block: &BlockText, side: &BlockText, line: usize) -> Option<usize> {
    let it = &side.lines[line];
    let said = |block: &BlockText, line: usize| {
        let line = &block.lines[line];
        block.text[line.at.start..line.content.end]
            .trim()
            .to_owned()
    };
    let is_alike = |own: &usize| {
        let own = &block.lines[*own];
        own.kind == it.kind && own.path == it.path
    };
    let alike: Vec<usize> = (0..block.lines.len()).filter(is_alike).collect();
    match alike.as_slice() {
        [one] => Some(*one),
        several => {
            let mut several = several.iter();
            several
                .find(|own| said(block, **own) == said(side, line))
                .copied()
        }
    }
}
