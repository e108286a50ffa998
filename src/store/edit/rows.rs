//! Adds and removes dates, promises and touches in the style of the contact's other ones: rows of an array, or blocks.

use std::ops::Range;

use super::contact_text::{ContactText, RowsText};
use super::lines;
use super::list;
use super::new_row::NewRow;
use super::table::{TableText, Unsupported, block, inline};
use crate::store::parse::row_key::RowKey;

/// `text` with `row` after the last one. `blocks` says whether the first one of a contact is a block.
pub(super) fn add(text: &str, row: &NewRow, blocks: bool) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    match contact.rows(row.of) {
        RowsText::None if blocks => Ok(first_block(&contact, row)),
        RowsText::None => first_row(&contact, row),
        RowsText::Array { items, .. } | RowsText::Blocks(items) => {
            put(&contact, items, items.len(), row)
        }
        RowsText::Unsupported(at) => Err(Unsupported(at.clone())),
    }
}

/// `text` with `row` before the one at `index`.
pub(super) fn insert(text: &str, index: usize, row: &NewRow) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    let (items, _) = items(&contact, row.of, index)?;
    put(&contact, items, index, row)
}

/// `text` without the row of `key` at `index`.
pub(super) fn delete(text: &str, key: RowKey, index: usize) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    let (items, item) = items(&contact, key, index)?;
    match contact.rows(key) {
        RowsText::Array { entry, .. }
            if items.len() == 1 && !list::has_comments(text, entry, &item.at) =>
        {
            Ok(lines::replace(text, entry.lines(text), ""))
        }
        RowsText::Array { .. } => Ok(list::remove(text, &places(items), index)),
        // Lines of other tables may stand between the block and a table inside it.
        _ if item.entries.iter().any(|entry| !entry.is_pair) => Err(Unsupported(item.at.clone())),
        _ => {
            let block = contact.header_start(item.at.start)..lines::end(text, item.end);
            Ok(lines::replace(text, lines::whole(text, block), ""))
        }
    }
}

/// The rows of a key, and the one at `index`.
pub(super) fn items<'c>(
    contact: &'c ContactText,
    key: RowKey,
    index: usize,
) -> Result<(&'c [TableText], &'c TableText), Unsupported> {
    let header = &contact.table.at;
    match contact.rows(key) {
        RowsText::Array { items, .. } | RowsText::Blocks(items) => {
            let item = items.get(index).ok_or(Unsupported(header.clone()))?;
            Ok((items, item))
        }
        RowsText::None => Err(Unsupported(header.clone())),
        RowsText::Unsupported(at) => Err(Unsupported(at.clone())),
    }
}

fn places(items: &[TableText]) -> Vec<Range<usize>> {
    items.iter().map(|item| item.at.clone()).collect()
}

/// The contact's text with `row` before the one at `index`, or at the end of `items`.
fn put(
    contact: &ContactText,
    items: &[TableText],
    index: usize,
    row: &NewRow,
) -> Result<String, Unsupported> {
    let text = contact.text;
    let neighbour = items.get(index.saturating_sub(1));
    match (contact.rows(row.of), neighbour) {
        (RowsText::Array { entry, .. }, like) => {
            let item = inline(text, like, &row.pairs);
            Ok(list::insert(text, entry, &places(items), index, &item))
        }
        (_, None) => Err(Unsupported(contact.table.at.clone())),
        (_, Some(like)) if index == 0 => {
            // The new block ends with a newline, so the block that it comes before must, too.
            if !text[..lines::end(text, like.end)].ends_with('\n') {
                return Err(Unsupported(like.at.clone()));
            }
            let start = contact.header_start(like.at.start);
            let newline = lines::newline(text, lines::end(text, like.end));
            let block = block_like(contact, like, row) + newline;
            Ok(lines::replace(text, start..start, &block))
        }
        (_, Some(like)) => {
            let at = lines::end(text, like.end);
            Ok(lines::insert(text, at, &block_like(contact, like, row)))
        }
    }
}

/// The contact's text with an array of its first row.
fn first_row(contact: &ContactText, row: &NewRow) -> Result<String, Unsupported> {
    let (text, table) = (contact.text, &contact.table);
    let anchor = match row.of {
        RowKey::Dates | RowKey::Promises => contact.anchor(row.of.key()),
        // The contact's own keys come before its first sub-table.
        RowKey::Touches => contact.last_pair(),
    };
    let start = anchor.map_or(table.at.start, |anchor| anchor.key.start);
    let indent = lines::indent(text, start);
    let item = inline(text, None, &row.pairs);
    let array = list::array(&item, indent, contact.newline_after(anchor));
    table.set(text, anchor, row.of.key(), &array)
}

/// The contact's text with a first block at its end.
fn first_block(contact: &ContactText, row: &NewRow) -> String {
    let (text, at) = (contact.text, contact.end());
    let newline = lines::newline(text, at);
    let indent = lines::indent(text, contact.table.at.start);
    let header = format!("{newline}{indent}[[contacts.{}]]", row.of.key());
    let line = |key: &str, value: &str| format!("{indent}{key} = {value}");
    lines::insert(text, at, &block(&header, newline, &row.pairs, line))
}

/// A block that looks like another, with a blank line before it if that one has one.
fn block_like(contact: &ContactText, like: &TableText, row: &NewRow) -> String {
    let text = contact.text;
    let newline = lines::newline(text, lines::end(text, like.end));
    let start = contact.header_start(like.at.start);
    let is_apart = lines::is_blank(&text[start..lines::end(text, start)]);
    let header = [
        if is_apart { newline } else { "" },
        lines::indent(text, like.at.start),
        &text[like.at.clone()],
    ];
    let first = like.entries.first();
    block(
        &header.concat(),
        newline,
        &row.pairs,
        |key, value| match first {
            Some(first) => first.line_like(text, key, value),
            None => format!("{key} = {value}"),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Promise, Touch, Words};

    fn call() -> Touch {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        Touch::on(on).with(Words {
            via: Some("call".to_owned()),
            ..Words::default()
        })
    }

    const ROW: &str = "{ on = 2026-11-23, via = \"call\" }";

    /// Logging turns `before` into `after`, and deleting the new touch turns it back.
    #[track_caller]
    fn case(before: &str, after: &str, count: usize) {
        let logged = add(before, &NewRow::from(&call()), false).ok();
        assert_eq!(logged.as_deref(), Some(after.replace("ROW", ROW).as_str()));
        assert_eq!(
            delete(&logged.expect("logged"), RowKey::Touches, count)
                .ok()
                .as_deref(),
            Some(before)
        );
    }

    #[test]
    fn adds_an_array_for_the_first_touch() {
        case(
            "[[contacts]]\nname = 'A'\n",
            "[[contacts]]\nname = 'A'\ntouches = [\n  ROW,\n]\n",
            0,
        );
        case(
            "[[contacts]]\r\nname='A'",
            "[[contacts]]\r\nname='A'\r\ntouches=[\r\n  ROW,\r\n]",
            0,
        );
        case(
            "[[contacts]]\n\tname = 'A' # x\n\n# y\n",
            "[[contacts]]\n\tname = 'A' # x\n\ttouches = [\n\t  ROW,\n\t]\n\n# y\n",
            0,
        );
        case(
            "[[contacts]]\nname = 'A'\n[contacts.extra]\nx = 1\n",
            "[[contacts]]\nname = 'A'\ntouches = [\n  ROW,\n]\n[contacts.extra]\nx = 1\n",
            0,
        );
    }

    #[test]
    fn adds_a_touch_as_a_line() {
        let list = |rows: &str| format!("[[contacts]]\nname = 'A'\ntouches = [\n{rows}]\n");
        let old = "{ on = 2026-01-10 }";
        for (before, after) in [
            (format!("  {old},\n"), format!("  {old},\n  ROW,\n")),
            (
                format!("\t{old},  # first, in a year\n"),
                format!("\t{old},  # first, in a year\n\tROW,\n"),
            ),
            (format!("  {old}\n"), format!("  {old},\n  ROW\n")),
            (
                format!("  {old} # last\n"),
                format!("  {old}, # last\n  ROW\n"),
            ),
            (
                format!("  {old},\n  # older ones are on paper\n"),
                format!("  {old},\n  ROW,\n  # older ones are on paper\n"),
            ),
        ] {
            let logged = add(&list(&before), &NewRow::from(&call()), false).ok();
            assert_eq!(logged, Some(list(&after).replace("ROW", ROW)));
        }
    }

    #[test]
    fn imitates_arrays_of_every_layout() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, after) in [
            ("touches = []\n", "touches = [\n  ROW,\n]\n"),
            ("touches = [ ] # none\n", "touches = [\n  ROW,\n] # none\n"),
            (
                "touches = [\n  # none\n]\n",
                "touches = [\n  # none\n  ROW,\n]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 }]\n",
                "touches = [{ on = 2026-01-10 }, ROW]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 },]\n",
                "touches = [{ on = 2026-01-10 }, ROW,]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }]\n",
                "touches = [\n  { on = 2026-01-10 },\n  ROW]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }\n  , ]\n",
                "touches = [\n  { on = 2026-01-10 }\n  ,\n  ROW, ]\n",
            ),
        ] {
            let logged = add(&format!("{head}{before}"), &NewRow::from(&call()), false).ok();
            assert_eq!(
                logged,
                Some(format!("{head}{after}").replace("ROW", ROW)),
                "{before}"
            );
        }
        let tight = add(
            "[[contacts]]\nname='A'\ntouches=[{on=2026-01-10}]\n",
            &NewRow::from(&call()),
            false,
        )
        .ok();
        assert_eq!(
            tight.as_deref(),
            Some(
                "[[contacts]]\nname='A'\ntouches=[{on=2026-01-10}, {on=2026-11-23, via=\"call\"}]\n"
            )
        );
    }

    #[test]
    fn adds_a_block_after_blocks() {
        let one =
            "[[contacts]]\nname = 'A'\n\n[[contacts.touches]]\non = 2026-01-10\nnote = \"x\" # y\n";
        case_block(
            one,
            &format!("{one}\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n"),
            1,
        );
        let tight = "[[contacts]]\nname='A'\n  [[ contacts.touches ]] # 1\n  on=2026-01-10";
        case_block(
            tight,
            &format!("{tight}\n  [[ contacts.touches ]]\n  on=2026-11-23\n  via=\"call\""),
            1,
        );
        let none = "[[contacts]]\nname = 'A'\n\n# next\n";
        let after = "[[contacts]]\nname = 'A'\n\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n# next\n";
        case_block(none, after, 0);
    }

    #[track_caller]
    fn case_block(before: &str, after: &str, count: usize) {
        let logged = add(before, &NewRow::from(&call()), true).ok();
        assert_eq!(logged.as_deref(), Some(after));
        assert_eq!(
            delete(after, RowKey::Touches, count).ok().as_deref(),
            Some(before)
        );
    }

    #[test]
    fn deletes_a_row_anywhere() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, index, after) in [
            (
                "touches = [{ on = 2026-01-10 }, { on = 2026-01-11 }]\n",
                0,
                "touches = [{ on = 2026-01-11 }]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 }, { on = 2026-01-11 }]\n",
                1,
                "touches = [{ on = 2026-01-10 }]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }, # x\n  { on = 2026-01-11 },\n]\n",
                0,
                "touches = [\n  { on = 2026-01-11 },\n]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 },\n  { on = 2026-01-11 }\n]\n",
                1,
                "touches = [\n  { on = 2026-01-10 }\n]\n",
            ),
            (
                "touches = [\n    { on = 2026-01-10 }\n  , { on = 2026-01-11 }\n]\n",
                1,
                "touches = [\n    { on = 2026-01-10 }\n]\n",
            ),
            (
                "touches = [\n  # kept\n  { on = 2026-01-10 },\n]\n",
                0,
                "touches = [\n  # kept\n]\n",
            ),
        ] {
            let deleted = delete(&format!("{head}{before}"), RowKey::Touches, index).ok();
            assert_eq!(deleted, Some(format!("{head}{after}")), "{before}");
        }
    }

    #[test]
    fn inserts_a_touch_between_others_in_their_style() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, index, after) in [
            (
                "touches = [{on=2026-12-10}]\n",
                0,
                "touches = [{on=2026-11-23, via=\"call\"}, {on=2026-12-10}]\n",
            ),
            (
                "touches = [\n  # x\n  { on = 2026-12-10 },\n]\n",
                0,
                "touches = [\n  ROW,\n  # x\n  { on = 2026-12-10 },\n]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }, # x\n  { on = 2026-12-11 }\n]\n",
                1,
                "touches = [\n  { on = 2026-01-10 }, # x\n  ROW,\n  { on = 2026-12-11 }\n]\n",
            ),
            (
                "\n[[contacts.touches]]\non = 2026-01-10\n\n[[contacts.touches]]\non = 2026-12-10\n",
                1,
                "\n[[contacts.touches]]\non = 2026-01-10\n\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n[[contacts.touches]]\non = 2026-12-10\n",
            ),
            (
                "\n# y\n[[contacts.touches]]\non = 2026-12-10\n",
                0,
                "\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n# y\n[[contacts.touches]]\non = 2026-12-10\n",
            ),
        ] {
            let inserted = insert(&format!("{head}{before}"), index, &NewRow::from(&call())).ok();
            assert_eq!(
                inserted,
                Some(format!("{head}{after}").replace("ROW", ROW)),
                "{before}"
            );
        }
    }

    fn draft() -> Promise {
        Promise {
            by: chrono::NaiveDate::from_ymd_opt(2026, 11, 25),
            what: "send the \"draft\"".to_owned(),
        }
    }

    const PROMISE: &str = r#"{ by = 2026-11-25, what = "send the \"draft\"" }"#;

    /// Promising turns `before` into `after`, and taking the promise out turns it back.
    #[track_caller]
    fn promise_case(before: &str, after: &str, index: usize) {
        let [before, after] =
            [before, after].map(|rest| format!("[[contacts]]\nname = 'A'\n{rest}"));
        let after = after.replace("ROW", PROMISE);
        let promised = add(&before, &NewRow::from(&draft()), false).ok();
        assert_eq!(promised.as_deref(), Some(after.as_str()));
        let back = delete(&after, RowKey::Promises, index).ok();
        assert_eq!(back, Some(before));
    }

    #[test]
    fn the_first_promise_comes_after_the_plan() {
        for (before, after) in [
            ("", "promises = [\n  ROW,\n]\n"),
            (
                "next = { on = 2026-12-01 } # lunch\nuid = 'x'\nnotes = ''\ntouches = []\n",
                "next = { on = 2026-12-01 } # lunch\npromises = [\n  ROW,\n]\nuid = 'x'\nnotes = ''\ntouches = []\n",
            ),
            (
                "next.on = 2026-12-01\nnext.what = 'eat' # lunch\nnotes = ''\n",
                "next.on = 2026-12-01\nnext.what = 'eat' # lunch\npromises = [\n  ROW,\n]\nnotes = ''\n",
            ),
            (
                "notes = ''\n  city  = 'Oslo'\n\n# why\nmood = 1\n",
                "notes = ''\n  city  = 'Oslo'\n  promises = [\n    ROW,\n  ]\n\n# why\nmood = 1\n",
            ),
            (
                "[contacts.next]\non = 2026-12-01\n[[contacts.touches]]\non = 2026-01-10\n",
                "promises = [\n  ROW,\n]\n[contacts.next]\non = 2026-12-01\n[[contacts.touches]]\non = 2026-01-10\n",
            ),
        ] {
            promise_case(before, after, 0);
        }
    }

    #[test]
    fn a_promise_is_added_in_the_style_of_the_others() {
        for (before, after) in [
            (
                "promises = [\n\t{ what = 'sit' } # down\n]\n",
                "promises = [\n\t{ what = 'sit' }, # down\n\tROW\n]\n",
            ),
            (
                "promises = [{ what = 'sit' }]\ntouches = [{ on = 2026-01-10 }]\n",
                "promises = [{ what = 'sit' }, ROW]\ntouches = [{ on = 2026-01-10 }]\n",
            ),
            (
                "\n[[contacts.promises]]\nwhat='sit'\n\n[[contacts.touches]]\non = 2026-01-10\n",
                "\n[[contacts.promises]]\nwhat='sit'\n\n[[contacts.promises]]\nby=2026-11-25\nwhat=\"send the \\\"draft\\\"\"\n\n[[contacts.touches]]\non = 2026-01-10\n",
            ),
        ] {
            promise_case(before, after, 1);
        }
    }
}
