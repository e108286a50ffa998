//! Takes dates, promises and touches out of tables of the crate `toml`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::meant;
use super::row_key::RowKey;
use super::value::{Node, ValueReader};
use crate::domain::{AnnualDay, Direction, OtherDay, Promise, Touch, Words};
use crate::store::parse::toml_value::annual;

/// The days of a contact other than the birthday.
pub(super) fn dates(reader: &mut ValueReader, node: &Node) -> Vec<OtherDay> {
    rows(reader, node, RowKey::Dates, other_day, |value, _| {
        meant_other_day(value)
    })
}

/// The promises of a contact.
pub(super) fn promises(reader: &mut ValueReader, node: &Node) -> Vec<Promise> {
    rows(reader, node, RowKey::Promises, promise, |value, _| {
        meant_promise(value)
    })
}

/// The touches of a contact.
pub(super) fn touches(reader: &mut ValueReader, node: &Node) -> Vec<Touch> {
    rows(reader, node, RowKey::Touches, touch, |value, written| {
        let on = meant::day(value, written)?;
        Some((format!("{{ on = {on} }}"), Touch::on(on)))
    })
}

/// The rows of a key, each read by `row`. `meant` says what a value that is no table can only mean, and how that is written.
fn rows<T>(
    reader: &mut ValueReader,
    node: &Node,
    rows: RowKey,
    row: impl Fn(&mut ValueReader, &DeTable, &Range<usize>) -> Option<T>,
    meant: impl Fn(&DeValue, &str) -> Option<(String, T)>,
) -> Vec<T> {
    let key = rows.key();
    let message = format!("`{key}` must be a list of {key}");
    let nodes = match node.get_ref() {
        DeValue::Array(nodes) => nodes,
        DeValue::Table(table) if is_one_row(reader.written(node), key) => {
            let fix = format!("[{}]", reader.written(node));
            reader.meant(key, node, message, fix, ());
            return row(reader, table, &node.span()).into_iter().collect();
        }
        value => {
            let Some((written, meant)) = meant(value, reader.written(node)) else {
                reader.wrong(node.span(), message, hint(rows));
                return vec![];
            };
            let fix = format!("[{written}]");
            return vec![reader.meant(key, node, message, fix, meant)];
        }
    };
    let mut all = Vec::with_capacity(nodes.len());
    let message = format!("{} must be a table", rows.row());
    for node in nodes {
        match node.get_ref() {
            DeValue::Table(table) => all.extend(row(reader, table, &node.span())),
            value => match meant(value, reader.written(node)) {
                Some((fix, meant)) => all.push(reader.meant(key, node, &*message, fix, meant)),
                None => reader.wrong(node.span(), &*message, hint(rows)),
            },
        }
    }
    all
}

/// Whether a table, or its header, is one row without the brackets of a list.
fn is_one_row(written: &str, key: &str) -> bool {
    let header: String = written.split([' ', '\t']).collect();
    written.starts_with('{') || header == format!("[contacts.{key}]")
}

fn hint(rows: RowKey) -> &'static str {
    match rows {
        RowKey::Dates => "write each date like `{ on = \"--06-01\", what = \"wedding\" }`",
        RowKey::Promises => {
            "write each promise like `{ by = 2026-11-27, what = \"send the draft\" }`"
        }
        RowKey::Touches => "write each touch like `{ on = 2026-11-27, via = \"call\" }`",
    }
}

fn other_day(reader: &mut ValueReader, table: &DeTable, at: &Range<usize>) -> Option<OtherDay> {
    reader.check_keys_below(table, RowKey::Dates.keys(), at, "the date above");
    let on = reader.get(table, "on", |reader, key, node| {
        reader.annual_day(key, node, "a day")
    });
    if !table.contains_key("on") {
        let hint = "write it like `on = 2014-06-01`, or `on = \"--06-01\"` without the year";
        reader.wrong(at.clone(), "a date without `on`", hint);
    }
    let what = what(reader, table, at, RowKey::Dates, "wedding");
    Some(OtherDay {
        on: on?,
        what: what?,
    })
}

/// The `what` of a row, which it needs.
fn what(
    reader: &mut ValueReader,
    table: &DeTable,
    at: &Range<usize>,
    rows: RowKey,
    example: &str,
) -> Option<String> {
    let row = rows.row();
    let hint = format!("write it like `what = \"{example}\"`");
    let Some(node) = table.get("what") else {
        reader.wrong(at.clone(), format!("{row} without `what`"), hint);
        return None;
    };
    let what = reader.text("what", node)?;
    if what.trim().is_empty() {
        let row = row.strip_prefix("a ").unwrap_or(row);
        reader.wrong(node.span(), format!("an empty {row}"), hint);
        return None;
    }
    Some(what)
}

/// The date that a text can only mean: its day, a colon, and what it is.
fn meant_other_day(value: &DeValue) -> Option<(String, OtherDay)> {
    let DeValue::String(text) = value else {
        return None;
    };
    let text = text.replace("\r\n", "\n");
    let (day, what) = text.split_once(':')?;
    let (day, what) = (day.trim(), what.trim());
    let date = || meant::day(&DeValue::String(day.into()), "").map(AnnualDay::Date);
    let on = day.parse().ok().or_else(date)?;
    if what.is_empty() {
        return None;
    }
    let written = format!("{{ on = {}, what = {} }}", annual(on), meant::quoted(what));
    let what = what.to_owned();
    Some((written, OtherDay { on, what }))
}

fn promise(reader: &mut ValueReader, table: &DeTable, at: &Range<usize>) -> Option<Promise> {
    reader.check_keys_below(table, RowKey::Promises.keys(), at, "the promise above");
    let by = reader.get(table, "by", ValueReader::day);
    let what = what(reader, table, at, RowKey::Promises, "send the draft")?;
    Some(Promise { by, what })
}

/// The promise that a text can only mean, which may start with its day and a colon.
fn meant_promise(value: &DeValue) -> Option<(String, Promise)> {
    let DeValue::String(text) = value else {
        return None;
    };
    let text = text.replace("\r\n", "\n");
    let day = |text: &str| meant::day(&DeValue::String(text.into()), "");
    let (by, what) = match text.split_once(':') {
        Some((before, what)) if day(before).is_some() => (day(before), what),
        _ => (None, text.as_str()),
    };
    let what = what.trim();
    if what.is_empty() || day(what).is_some() {
        return None;
    }
    let says = format!("what = {}", meant::quoted(what));
    let written = match by {
        Some(by) => format!("{{ by = {by}, {says} }}"),
        None => format!("{{ {says} }}"),
    };
    let what = what.to_owned();
    Some((written, Promise { by, what }))
}

fn touch(reader: &mut ValueReader, table: &DeTable, at: &Range<usize>) -> Option<Touch> {
    reader.check_keys_below(table, RowKey::Touches.keys(), at, "the touch above");
    let direction = reader.get(table, "direction", direction);
    let gave = reader.get(table, "gave", ValueReader::text);
    let got = reader.get(table, "got", ValueReader::text);
    let note = reader.get(table, "note", ValueReader::text);
    let on = reader.get(table, "on", ValueReader::day);
    let source = reader.get(table, "source", ValueReader::text);
    let via = reader.get(table, "via", ValueReader::text);
    if !table.contains_key("on") {
        reader.wrong(
            at.clone(),
            "a touch without a day",
            "write it like `on = 2026-11-27`",
        );
    }
    let words = Words {
        via,
        note,
        gave,
        got,
        source,
    };
    Some(Touch::on(on?).toward(direction).with(words))
}

fn direction(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Direction> {
    match reader.word(key, node)?.as_str() {
        "out" => Some(Direction::Out),
        "in" => Some(Direction::In),
        other => {
            let word = other.trim().to_lowercase();
            let message = format!("`{other}` is not a direction");
            if let Some(direction) = Direction::from_word(&word) {
                let fix = format!("\"{word}\"");
                return Some(reader.meant(key, node, message, fix, direction));
            }
            let hint = "write `out`, `in`, or leave it out for an exchange";
            reader.wrong(node.span(), message, hint);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::store::parse::{read, read_by_toml};

    /// The promises of a contact and the problems, each with its hint.
    fn promises(value: &str) -> (String, Vec<String>) {
        let text = format!("[[contacts]]\nname = 'A'\n{value}\n");
        let read = read(&text).expect("a book");
        let all = read.book.contacts[0].promises.iter();
        let all = all.map(|promise| {
            let by = promise
                .by
                .map_or_else(|| "-".to_owned(), |by| by.to_string());
            format!("{by} {}", promise.what)
        });
        let problems = read.problems.iter();
        let problems = problems.map(|problem| {
            let hint = problem.hint.as_deref().unwrap_or_default();
            let fix = if problem.fix.is_some() { "!" } else { "" };
            format!("{}: {hint}{fix}", problem.message)
        });
        (all.collect::<Vec<String>>().join("; "), problems.collect())
    }

    #[test]
    fn a_touch_says_where_it_was_read() {
        for row in [
            "touches = [{ on = 2026-11-18, via = 'email', direction = 'out', source = 'mail' }]",
            "touches = [\n  { on = 2026-11-18, source = \"mail\", direction = \"out\", via = \"email\" }, # x\n]",
            "touches = [{ on = 2026-11-18, via = \"email\", source = \"mail\" }]",
            "touches = [\n  { on = 2026-11-18, via = \"email\", direction = \"in\", note = \"hi\", source = \"mail\" },\n]",
            "[[contacts.touches]]\non = 2026-11-18\nvia = 'email'\nsource = 'mail'",
        ] {
            let text = format!("[[contacts]]\nname = 'A'\n{row}\n");
            let read = read(&text).expect("a book");
            let touch = &read.book.contacts[0].touches[0];
            let said = (touch.via(), touch.source(), read.problems);
            assert_eq!(said, (Some("email"), Some("mail"), vec![]), "{row}");
            assert_eq!(Ok(read.book), read_by_toml(&text).map(|read| read.book));
        }
    }

    #[test]
    fn a_promise_has_a_day_or_none() {
        for value in [
            "promises = [{ by = 2026-11-25, what = 'call' }, { what = 'sit' }]",
            "promises = [\n  { what = 'call', by = 2026-11-25 }, # x\n  {what='sit'},\n]",
            "[[contacts.promises]]\nby = 2026-11-25\nwhat = 'call'\n[[contacts.promises]]\nwhat = 'sit'",
        ] {
            let expected = ("2026-11-25 call; - sit".to_owned(), vec![]);
            assert_eq!(promises(value), expected, "{value}");
        }
    }

    #[test]
    fn what_can_only_mean_a_promise_is_one() {
        const LIST: &str = "`promises` must be a list of promises: write `promises = ";
        for (value, read, problem) in [
            (
                "promises = { by = 2026-11-25, what = 'call' }",
                "2026-11-25 call",
                &format!("{LIST}[{{ by = 2026-11-25, what = 'call' }}]`!"),
            ),
            (
                "[contacts.promises]\nwhat = 'call'",
                "- call",
                &"`promises` must be a list of promises: write `[[contacts.promises]]`!".to_owned(),
            ),
            (
                "promises = 'call'",
                "- call",
                &format!("{LIST}[{{ what = \"call\" }}]`!"),
            ),
            (
                "promises = ['call']",
                "- call",
                &"a promise must be a table: write `{ what = \"call\" }`!".to_owned(),
            ),
            (
                "promises = ['2026-11-25: call: now']",
                "2026-11-25 call: now",
                &"a promise must be a table: write `{ by = 2026-11-25, what = \"call: now\" }`!"
                    .to_owned(),
            ),
            (
                "promises = [{ by = '2026-11-25', what = 'call' }]",
                "2026-11-25 call",
                &"`by` must be a day, not text: write `by = 2026-11-25`!".to_owned(),
            ),
            (
                "promises = [{ on = 2026-11-25, what = 'call' }]",
                "- call",
                &"netkeep does not know the key `on`; it is kept as it is: did you mean `by`?!"
                    .to_owned(),
            ),
        ] {
            let expected = (read.to_owned(), vec![problem.clone()]);
            assert_eq!(promises(value), expected, "{value}");
        }
    }

    #[test]
    fn what_is_no_promise_is_a_problem() {
        for (value, read, problem) in [
            (
                "promises = [{ by = 'soon', what = 'call' }]",
                "- call",
                "`by` must be a day, not text",
            ),
            (
                "promises = [{ by = 2026-11-25 }]",
                "",
                "a promise without `what`",
            ),
            ("promises = [{ what = ' ' }]", "", "an empty promise"),
            ("promises = ['']", "", "a promise must be a table"),
            ("promises = ['2026-11-25']", "", "a promise must be a table"),
            ("promises = [2026-11-25]", "", "a promise must be a table"),
            (
                "promises = 2026-11-25",
                "",
                "`promises` must be a list of promises",
            ),
            (
                "promises.what = 'call'",
                "",
                "`promises` must be a list of promises",
            ),
            (
                "[[contacts.promises]]\nwhat = 'call'\ncity = 'Oslo'",
                "- call",
                "`city` is a key of a contact, but here it belongs to the promise above",
            ),
        ] {
            let (found, problems) = promises(value);
            assert_eq!(found, read, "{value}");
            assert_eq!(problems.len(), 1, "{value}");
            assert!(problems[0].starts_with(problem), "{problems:?}");
        }
    }
}
