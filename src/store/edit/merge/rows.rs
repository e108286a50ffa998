//! Moves promises and touches from one contact to another, in the style of the other.

use std::ops::Range;

use super::Merge;
use super::other_text::OtherText;
use super::pieces::{Piece, PieceKind};
use crate::store::edit::contact_text::{ContactText, RowsText};
use crate::store::edit::statements::comments;
use crate::store::edit::table::{Entry, TableText, Unsupported};
use crate::store::edit::{lines, list};
use crate::store::parse::first_contact;
use crate::store::parse::row_key::RowKey;
use crate::store::parse::toml_value::{key, written};

use toml::de::{DeTable, DeValue};

/// A row as the second contact writes it, with its comments.
#[derive(Clone, Debug, Default)]
struct MovedRow {
    /// As an inline table.
    inline: String,
    /// As a block without its header and its last newline, each key on a line.
    keys: Vec<String>,
    /// The whole lines of a block, its header and comments included.
    block: Option<String>,
    above: Vec<String>,
    /// The comments between its keys, where it is an inline table.
    inside: Vec<String>,
    /// The comment after it on its line.
    after: Option<String>,
}

/// `text` with the rows of `other` that are not `there`, each at its place in the merged contact.
pub(super) fn insert(
    text: &str,
    other: &mut OtherText,
    merge: &Merge,
    key: RowKey,
    there: &[bool],
) -> Result<String, Unsupported> {
    let gaps = match key {
        RowKey::Dates => gaps_of_dates(merge, there),
        RowKey::Promises => gaps(merge.all(|contact| &contact.promises), there),
        RowKey::Touches => gaps(merge.all(|contact| &contact.touches), there),
    };
    if gaps.iter().all(Vec::is_empty) {
        return Ok(text.to_owned());
    }
    let rows = rows(other, key, there).ok_or(Unsupported(0..lines::end(text, 0)))?;
    put(text, key, &rows, &gaps)
}

/// `text` with the touch at `index` of `theirs` before its own touch at `gap`, or after the last one. Comments above a row stay
/// where they are, and so does one behind it that is not its own.
pub(in crate::store::edit) fn insert_one(
    text: &str,
    (theirs, index): (&str, usize),
    gap: usize,
) -> Result<String, Unsupported> {
    const KEY: RowKey = RowKey::Touches;
    let refused = || Unsupported(0..lines::end(text, 0));
    let end = ContactText::of(theirs).map_err(|_| refused())?.end();
    let theirs = &theirs[..end];
    let mut other = OtherText::of(theirs).map_err(|_| refused())?;
    let mut rows = rows(&mut other, KEY, &[]).ok_or_else(refused)?;
    let row = rows.get_mut(index).ok_or_else(refused)?;
    if let RowsText::Array { items, .. } = other.contact.rows(KEY) {
        row.above.clear();
        row.after = row
            .after
            .take()
            .filter(|_| list::is_alone(theirs, &items[index].at));
    }
    let contact = ContactText::of(text)?;
    if let RowsText::None = contact.rows(KEY) {
        return first(&contact, row);
    }
    let mut gaps = vec![vec![]; gap + 1];
    gaps[gap].push(index);
    put(text, KEY, &rows, &gaps)
}

/// `text`, a contact with rows of this key, with those of `theirs` before its own rows: for each of them and the end the
/// indexes of those that come there.
pub(in crate::store::edit) fn insert_some(
    text: &str,
    theirs: &str,
    key: RowKey,
    gaps: &[Vec<usize>],
) -> Result<String, Unsupported> {
    let refused = || Unsupported(0..lines::end(text, 0));
    let end = ContactText::of(theirs).map_err(|_| refused())?.end();
    let mut other = OtherText::of(&theirs[..end]).map_err(|_| refused())?;
    let rows = rows(&mut other, key, &[]).ok_or_else(refused)?;
    put(text, key, &rows, gaps)
}

/// The contact's text with `row` as its first touch.
fn first(contact: &ContactText, row: &MovedRow) -> Result<String, Unsupported> {
    let text = contact.text;
    if let Some(block) = &row.block {
        let at = contact.end();
        let block = block.trim_matches(['\r', '\n']);
        let block = format!("{}{block}", lines::newline(text, at));
        return Ok(lines::insert(text, at, &block));
    }
    let anchor = contact.last_pair();
    let start = anchor.map_or(contact.table.at.start, |anchor| anchor.key.start);
    let newline = contact.newline_after(anchor);
    let array = list::array(&row.inline, lines::indent(text, start), newline);
    let after = row.after.as_ref();
    let array = match after.zip(array.rsplit_once(',')) {
        Some((after, (item, end))) => format!("{item}, {after}{end}"),
        None => array,
    };
    contact
        .table
        .set(text, anchor, RowKey::Touches.key(), &array)
}

/// `text` with `rows`, those of each gap before the touch there, and those of the last one at the end.
fn put(
    text: &str,
    key: RowKey,
    rows: &[MovedRow],
    gaps: &[Vec<usize>],
) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    let mut new = text.to_owned();
    // From the end, so that the places before stay valid.
    for (gap, indexes) in gaps.iter().enumerate().rev() {
        let rows: Vec<&MovedRow> = indexes.iter().map(|index| &rows[*index]).collect();
        if rows.is_empty() {
            continue;
        }
        new = match contact.rows(key) {
            RowsText::Array { entry, items } => in_array(&new, entry, items, gap, &rows),
            RowsText::Blocks(items) => as_blocks(&new, &contact, items, gap, &rows)?,
            RowsText::None => return Err(Unsupported(contact.table.at.clone())),
            RowsText::Unsupported(at) => return Err(Unsupported(at.clone())),
        };
    }
    Ok(new)
}

/// Which rows of the second come before each row of the first, and after the last one.
fn gaps<R: PartialEq>([one, other, merged]: [&Vec<R>; 3], there: &[bool]) -> Vec<Vec<usize>> {
    let mut gaps = vec![vec![]];
    let mut known = one.iter().peekable();
    let mut is_left: Vec<bool> = there.iter().map(|there| !there).collect();
    for row in merged {
        let is_it = |(index, new): &(usize, &R)| *new == row && is_left[*index];
        let new = other.iter().enumerate().find(is_it);
        match (known.next_if_eq(&row), new) {
            (Some(_), _) => gaps.push(vec![]),
            (None, Some((index, _))) => {
                is_left[index] = false;
                gaps.last_mut().expect("there is one").push(index);
            }
            (None, None) => {}
        }
    }
    gaps
}

/// The same for dates: those of the first have gained the years that the second knows.
fn gaps_of_dates(merge: &Merge, there: &[bool]) -> Vec<Vec<usize>> {
    let [one, other, merged] = merge.all(|contact| &contact.dates);
    let own = merged.iter().take(one.len()).cloned().collect();
    gaps([&own, other, merged], there)
}

/// The rows of the second contact. The comments of those that move count as moved.
fn rows(other: &mut OtherText, key: RowKey, there: &[bool]) -> Option<Vec<MovedRow>> {
    let text = other.contact.text;
    let document = DeTable::parse(text).ok()?;
    let values = first_contact(document.get_ref())?.get(key.key())?;
    let values = values.get_ref().as_array()?;
    let comments = comments(text);
    let mut rows = Vec::new();
    let (items, array) = match other.contact.rows(key) {
        RowsText::Array { items, entry } => (items, Some(entry.value.start)),
        RowsText::Blocks(items) => (items, None),
        _ => return None,
    };
    for (index, item) in items.iter().enumerate() {
        let value = values.get(index)?.get_ref();
        let keys = keys(text, item, value);
        let mut row = MovedRow::default();
        let its = if let Some(start) = array {
            let start = match index.checked_sub(1) {
                Some(before) => lines::end(text, items[before].at.end),
                None => start,
            };
            of_row(text, &comments, start, items, index, &mut row)
        } else {
            let block = block(&other.pieces, key, index);
            row.inline = format!("{{ {} }}", keys.join(", "));
            row.block = Some(block.iter().map(|at| &text[at.clone()]).collect());
            let its = |comment: &&Range<usize>| block.iter().any(|at| at.contains(&comment.start));
            let its: Vec<Range<usize>> = comments.iter().filter(its).cloned().collect();
            row.above = texts(text, its.iter().filter(|at| !is_in_value(item, at)));
            its
        };
        row.keys = keys;
        if !there.get(index).copied().unwrap_or_default() {
            other.moved.extend(its.iter().map(|at| at.start));
        }
        rows.push(row);
    }
    Some(rows)
}

/// The comments of an inline table in an array: those above it, after it and in it. What is on the line of the row
/// before it belongs to that.
fn of_row(
    text: &str,
    comments: &[Range<usize>],
    start: usize,
    items: &[TableText],
    index: usize,
    row: &mut MovedRow,
) -> Vec<Range<usize>> {
    let at = &items[index].at;
    let line = lines::end(text, at.end);
    let next = items
        .get(index + 1)
        .map_or(text.len(), |next| next.at.start);
    let first = comments.partition_point(|comment| comment.start < start.min(at.start));
    let mut its = Vec::new();
    for comment in &comments[first..] {
        if comment.start >= line.min(next) {
            break;
        }
        let said = text[comment.clone()].to_owned();
        if comment.start < at.start {
            row.above.push(said);
        } else if comment.start > at.end {
            row.after = Some(said);
        } else if !is_in_value(&items[index], comment) {
            row.inside.push(said);
        }
        its.push(comment.clone());
    }
    text[at.clone()].clone_into(&mut row.inline);
    its
}

/// The places of a block and of the tables inside it.
fn block(pieces: &[Piece], rows: RowKey, index: usize) -> Vec<Range<usize>> {
    let mut count = 0;
    let mut places = Vec::new();
    for piece in pieces {
        if let PieceKind::Section { key, is_item, .. } = &piece.kind
            && key == rows.key()
        {
            count += usize::from(*is_item);
            if count == index + 1 {
                places.push(piece.at.clone());
            }
        }
    }
    places
}

fn is_in_value(item: &TableText, comment: &Range<usize>) -> bool {
    let mut pairs = item.entries.iter().filter(|entry| entry.is_pair);
    pairs.any(|entry| entry.value.contains(&comment.start))
}

fn texts<'c>(text: &str, comments: impl Iterator<Item = &'c Range<usize>>) -> Vec<String> {
    comments.map(|at| text[at.clone()].to_owned()).collect()
}

/// `key = value` for each key of a row, as it is written where that is one pair.
fn keys(text: &str, item: &TableText, value: &DeValue) -> Vec<String> {
    let keys = item.entries.iter().map(|entry| {
        if entry.is_pair {
            return text[entry.key.start..entry.value.end].to_owned();
        }
        let node = value.get(entry.name.as_str());
        let written = node.map(|node| written(node.get_ref()));
        format!("{} = {}", key(&entry.name), written.unwrap_or_default())
    });
    keys.collect()
}

/// `text` with rows before the one at `gap` of an array, or at its end.
fn in_array(
    text: &str,
    entry: &Entry,
    items: &[TableText],
    gap: usize,
    rows: &[&MovedRow],
) -> String {
    let places: Vec<Range<usize>> = items.iter().map(|item| item.at.clone()).collect();
    let like = items.get(gap.saturating_sub(1));
    let newline = lines::newline(text, entry.value.start);
    let is_own_line = like.is_none_or(|like| {
        lines::is_blank(&text[lines::start(text, like.at.start)..like.at.start])
    });
    let indent = match like {
        Some(like) if is_own_line => lines::indent(text, like.at.start).to_owned(),
        _ => lines::indent(text, entry.key.start).to_owned() + "  ",
    };
    let has_comments = |row: &&MovedRow| !row.above.is_empty() || row.after.is_some();
    let is_apart = is_own_line || rows.iter().any(has_comments);
    let break_line = format!("{newline}{indent}");
    let mut item = String::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            item.push_str(if is_apart { &break_line } else { " " });
        }
        let is_last = at + 1 == rows.len();
        // On a line that goes on, there is no place for a comment.
        let is_above = is_last && !is_own_line;
        let after = row.after.iter().filter(|_| is_above);
        for comment in row.above.iter().chain(after) {
            item.push_str(comment);
            item.push_str(&break_line);
        }
        item.push_str(&row.inline);
        if !is_last {
            item.push(',');
            if let Some(after) = &row.after {
                item.push_str(&format!(" {after}"));
            }
        }
    }
    let new = list::insert(text, entry, &places, gap, &item);
    let last = rows.last().and_then(|row| row.after.as_ref());
    match last.filter(|_| is_own_line) {
        Some(after) => annotate(new, entry.value.start, &item, &indent, newline, after),
        None => new,
    }
}

/// `text` with a comment after `item`, which is on a line of its own, or above it if something follows.
fn annotate(
    text: String,
    from: usize,
    item: &str,
    indent: &str,
    newline: &str,
    comment: &str,
) -> String {
    let Some(start) = text[from..].find(item).map(|at| from + at) else {
        return text;
    };
    let end = start + item.len();
    let end = lines::next_sign(&text, end, ',').map_or(end, |comma| comma + 1);
    if lines::is_blank(&text[end..lines::end(&text, end)]) {
        return lines::replace(&text, end..end, &format!(" {comment}"));
    }
    lines::replace(&text, start..start, &format!("{comment}{newline}{indent}"))
}

/// `new` with rows as blocks. It is the contact's text as far as the row at `gap`.
fn as_blocks(
    new: &str,
    contact: &ContactText,
    items: &[TableText],
    gap: usize,
    rows: &[&MovedRow],
) -> Result<String, Unsupported> {
    let text = contact.text;
    let like = items.get(gap.saturating_sub(1));
    let like = like.ok_or(Unsupported(contact.table.at.clone()))?;
    let newline = lines::newline(text, lines::end(text, like.end));
    let start = contact.header_start(like.at.start);
    let is_apart = lines::is_blank(&text[start..lines::end(text, start)]);
    let indent = lines::indent(text, like.at.start);
    let header = format!("{indent}{}", &text[like.at.clone()]);
    let mut blocks = Vec::new();
    for row in rows {
        let block = match &row.block {
            Some(block) => block.trim_end_matches(['\r', '\n']).to_owned(),
            None => {
                let comments = row.above.iter().chain(&row.inside).chain(&row.after);
                let keys = row.keys.iter().map(|key| format!("{indent}{key}"));
                let lines = comments.cloned().chain([header.clone()]).chain(keys);
                let lines: Vec<String> = lines.collect();
                lines.join(newline)
            }
        };
        blocks.push(if is_apart {
            format!("{newline}{block}")
        } else {
            block
        });
    }
    let blocks = blocks.join(newline);
    if gap > 0 {
        return Ok(lines::insert(new, lines::end(text, like.end), &blocks));
    }
    if !text[..lines::end(text, like.end)].ends_with('\n') {
        return Err(Unsupported(like.at.clone()));
    }
    Ok(lines::replace(new, start..start, &(blocks + newline)))
}

#[cfg(test)]
mod tests {
    use crate::domain::ContactId;
    use crate::store::edit::apply;
    use crate::store::edit::change::{Edit, Refused};
    use crate::store::parse::read;

    /// The book of A and B after the touch at `index` of A is moved to `at` of B.
    fn moved(text: &str, index: usize, at: usize) -> Result<String, Refused> {
        let parsed = read(text).expect("a book");
        let [from, to] = [ContactId(0), ContactId(1)];
        let edit = Edit::MoveTouch {
            from,
            index,
            to,
            at,
        };
        apply(text, &parsed, &[edit]).map(|change| change.text.to_string())
    }

    #[track_caller]
    fn case(text: &str, index: usize, at: usize, expected: &str) {
        let after = moved(text, index, at);
        assert_eq!(after.as_deref(), Ok(expected));
    }

    #[test]
    fn a_touch_moves_as_it_is_written() {
        let a = "[[contacts]]\nname = 'A'\n";
        let b = "\n# next\n[[contacts]]\nname = 'B'\n";
        let row = "{on=2026-10-02, mood = 'x', note='n # 1'}";
        // With its comment, but not with the one above it.
        case(
            &format!(
                "{a}touches = [\n  # mine\n  {row}, # good\n  {{ on = 2026-01-01 }},\n]\n{b}touches = [\n\t{{ on = 2026-01-01 }}\n]\n"
            ),
            0,
            1,
            &format!(
                "{a}touches = [\n  # mine\n  {{ on = 2026-01-01 }},\n]\n{b}touches = [\n\t{{ on = 2026-01-01 }},\n\t{row} # good\n]\n"
            ),
        );
        // The only one, to someone without touches.
        case(
            &format!("{a}touches = [\n  {row}, # good\n]\n{b}"),
            0,
            0,
            &format!("{a}touches = [\n]\n{b}touches = [\n  {row}, # good\n]\n"),
        );
        case(
            &format!("{a}touches = [{row}]\n{b}touches = [ {{ on = 2026-12-01 }} ] # c\n"),
            0,
            0,
            &format!("{a}{b}touches = [ {row}, {{ on = 2026-12-01 }} ] # c\n"),
        );
        // A comment that is not only its own stays.
        case(
            &format!("{a}touches = [{{ on = 2026-01-01 }}, {row}] # two\n{b}"),
            1,
            0,
            &format!("{a}touches = [{{ on = 2026-01-01 }}] # two\n{b}touches = [\n  {row},\n]\n"),
        );
    }

    #[test]
    fn a_touch_moves_between_rows_and_blocks() {
        let a = "[[contacts]]\nname = 'A'\n";
        let b = "\n[[contacts]]\nname = 'B'\n";
        let block = "\n# lunch\n[[contacts.touches]]\non = 2026-10-02\nmood = 'x' # y\n";
        case(&format!("{a}{block}{b}"), 0, 0, &format!("{a}{b}{block}"));
        case(
            &format!("{a}{block}{b}touches = [\n  {{ on = 2026-01-01 }},\n]\n"),
            0,
            1,
            &format!(
                "{a}{b}touches = [\n  {{ on = 2026-01-01 }},\n  # lunch\n  # y\n  {{ on = 2026-10-02, mood = 'x' }},\n]\n"
            ),
        );
        case(
            &format!("{a}touches = [{{ on = 2026-11-02, mood = 'x' }}]\n{b}{block}"),
            0,
            1,
            &format!("{a}{b}{block}\n[[contacts.touches]]\non = 2026-11-02\nmood = 'x'\n"),
        );
    }

    #[test]
    fn a_touch_that_cannot_move_as_a_whole_is_refused() {
        let a = "[[contacts]]\nname = 'A'\n";
        let b = "\n[[contacts]]\nname = 'B'\n";
        for text in [
            format!("{a}[[contacts.touches]]\non = 2026-10-02\n[contacts.touches.x]\ny = 1\n{b}"),
            format!("{a}touches = [{{ on = 2026-10-02 }}]\n{b}birthday = 'x'\n"),
        ] {
            assert!(moved(&text, 0, 0).is_err(), "{text}");
        }
    }
}
