//! Setting and taking out the keys of a contact.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::contact_text::{ContactText, Entry};
use super::inline::plan_inside;
use super::lines;
use super::list::next_item;
use crate::domain::{Field, Next, Value};
use crate::store::parse::toml_value::{string, value};

/// A place in a stretch that is written in a way the editor does not know.
pub(crate) struct Unsupported(pub(crate) Range<usize>);

/// `text` with `field` set to `new`, or without it.
pub(crate) fn set(text: &str, field: Field, new: Option<&Value>) -> Result<String, Unsupported> {
    let stretch = ContactText::of(text).ok_or(Unsupported(0..text.len()))?;
    match (stretch.entry(field.key()), new) {
        (Some(entry), Some(Value::Next(next))) if !entry.parts.is_empty() => {
            plan_again(text, entry, next)
        }
        (Some(entry), None) if field == Field::Next && !entry.parts.is_empty() => {
            Ok(without_parts(&stretch, entry))
        }
        (Some(entry), _) if !entry.is_plain => Err(Unsupported(entry.key.clone())),
        (Some(entry), Some(Value::Next(next)))
            if let Some(planned) = plan_inside(text, entry, next) =>
        {
            planned
        }
        (Some(entry), Some(new)) => match grown(text, entry, new) {
            Some(grown) => set(&grown, field, Some(new)),
            None if is_so(text, entry, new) => Ok(text.to_owned()),
            None => {
                let new = value(new, lines::newline(text, entry.value.start));
                Ok(lines::replace(text, entry.value.clone(), &new))
            }
        },
        (Some(entry), None) => Ok(lines::replace(text, own_lines(text, entry), "")),
        (None, Some(new)) => Ok(add(&stretch, field, new)),
        (None, None) => Ok(text.to_owned()),
    }
}

/// Whether a list says `new` already, however it is laid out.
fn is_so(text: &str, entry: &Entry, new: &Value) -> bool {
    let (Value::List(new), Some(items)) = (new, items(&text[entry.value.clone()])) else {
        return false;
    };
    items.len() == new.len() && items.iter().zip(new).all(|((old, _), new)| old == new)
}

/// The texts of a list and where they stand in it; `None` if it is no list of texts.
fn items(list: &str) -> Option<Vec<(String, Range<usize>)>> {
    let document = format!("x={list}");
    let table = DeTable::parse(&document).ok()?;
    let DeValue::Array(items) = table.get_ref()["x"].get_ref() else {
        return None;
    };
    let item = |item: &toml::Spanned<DeValue>| {
        let at = item.span();
        let at = at.start - "x=".len()..at.end - "x=".len();
        Some((item.get_ref().as_str()?.to_owned(), at))
    };
    items.iter().map(item).collect()
}

/// `text` with one more item at the end of a list, whose own items and the comments among them stay; `None` where `new` is
/// another list.
fn grown(text: &str, entry: &Entry, new: &Value) -> Option<String> {
    let (Value::List(new), Some(old)) = (new, items(&text[entry.value.clone()])) else {
        return None;
    };
    let next = new.get(old.len())?;
    let is_start = old.iter().zip(new).all(|((old, _), new)| old == new);
    let (_, last) = old.last().filter(|_| is_start)?;
    let place = |at: usize| entry.value.start + at;
    Some(next_item(
        text,
        &(place(last.start)..place(last.end)),
        &string(next),
    ))
}

/// `text` with another plan where one is written as dotted keys or under a header: the lines stay, with their comments.
fn plan_again(text: &str, entry: &Entry, next: &Next) -> Result<String, Unsupported> {
    let inner = |name: &str| entry.inner.iter().find(|inner| inner.name == name);
    let on = inner("on")
        .filter(|on| on.is_pair(text))
        .ok_or(Unsupported(entry.key.clone()))?;
    let what = next.what.as_ref().map(|what| string(what));
    let after_on = lines::end(text, on.value.end);
    let mut changes = vec![(on.value.clone(), next.on.to_string())];
    match (inner("what"), what) {
        (Some(old), Some(what)) => changes.push((old.value.clone(), what)),
        (Some(old), None) => changes.push((own_lines(text, old), String::new())),
        (None, Some(what)) => {
            let start = &text[lines::start(text, on.key.start)..on.key.start];
            let line = format!("{start}what{}{what}", on.equals(text));
            let with = lines::insert(text, after_on, &line);
            return Ok(lines::replace(
                &with,
                on.value.clone(),
                &next.on.to_string(),
            ));
        }
        (None, None) => {}
    }
    changes.sort_by_key(|(at, _)| at.start);
    Ok(changes
        .into_iter()
        .rev()
        .fold(text.to_owned(), |text, (at, new)| {
            lines::replace(&text, at, &new)
        }))
}

/// The text without an entry that is written as dotted keys or under a header of its own. The comment lines right
/// above a header go with it, and the blank line before them.
fn without_parts(stretch: &ContactText, entry: &Entry) -> String {
    let text = stretch.text;
    let mut gone: Vec<Range<usize>> = Vec::new();
    for part in &entry.parts {
        let mut start = part.start;
        if lines::is_header(&text[part.clone()]) {
            let others = stretch
                .entries
                .iter()
                .filter(|other| other.name != entry.name);
            let floor = others
                .map(|other| other.value.end)
                .filter(|end| *end <= start)
                .max();
            let floor = floor.map_or(0, |end| lines::end(text, end));
            start = lines::apart(text, floor, start);
        }
        match gone.last_mut() {
            Some(last) if last.end == start => last.end = part.end,
            _ => gone.push(start..part.end),
        }
    }
    gone.into_iter().rev().fold(text.to_owned(), |text, gone| {
        let gone = lines::whole(&text, gone);
        lines::replace(&text, gone, "")
    })
}

/// The lines that an entry stands on, whole.
pub(super) fn own_lines(text: &str, entry: &Entry) -> Range<usize> {
    lines::whole(
        text,
        lines::start(text, entry.key.start)..lines::end(text, entry.value.end),
    )
}

/// Puts a new key after the last of those that netkeep would write before it.
fn add(stretch: &ContactText, field: Field, new: &Value) -> String {
    let text = stretch.text;
    let before = |entry: &&Entry| {
        entry.is_plain && Field::from_key(&entry.name).is_some_and(|other| other < field)
    };
    let anchor = stretch
        .entries
        .iter()
        .filter(before)
        .max_by_key(|entry| Field::from_key(&entry.name));
    let Some(anchor) = anchor else {
        let at = lines::end(text, stretch.header.end);
        let indent = lines::indent(text, stretch.header.start);
        return lines::insert(
            text,
            at,
            &format!(
                "{indent}{} = {}",
                field.key(),
                value(new, lines::newline(text, at))
            ),
        );
    };
    let at = lines::end(text, anchor.value.end);
    lines::insert(
        text,
        at,
        &line_like(
            text,
            anchor,
            field.key(),
            &value(new, lines::newline(text, at)),
        ),
    )
}

/// A line for `key`, indented and spaced like `anchor`, the equals signs in one column where they are.
pub(super) fn line_like(text: &str, anchor: &Entry, key: &str, value: &str) -> String {
    let indent = lines::indent(text, anchor.key.start);
    let between = anchor.equals(text);
    let blanks = between.len() - between.trim_start().len();
    let equals = between.trim_start();
    // More than one blank lines the equals signs up in a column.
    let column = if blanks > 1 {
        anchor.key.len() + blanks
    } else {
        key.len() + blanks
    };
    format!(
        "{indent}{key:<width$}{equals}{value}",
        width = column.max(key.len() + blanks.min(1))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(before: &str, field: Field, new: Option<Value>, after: &str) {
        assert_eq!(
            set(before, field, new.as_ref()).ok().as_deref(),
            Some(after)
        );
    }

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    #[test]
    fn a_new_key_stands_where_it_belongs_and_looks_like_its_neighbours() {
        case(
            "[[contacts]]\nname = 'A'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A'\ncity = \"Oslo\"\n",
        );
        case(
            "[[contacts]]\nname = 'A' # she\ntags = 'x'\n\n# next\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A' # she\ncity = \"Oslo\"\ntags = 'x'\n\n# next\n",
        );
        case(
            "[[contacts]]\r\n\tname='A'",
            Field::City,
            text("Oslo"),
            "[[contacts]]\r\n\tname='A'\r\n\tcity=\"Oslo\"",
        );
        case(
            "[[contacts]]\nname     = 'A'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname     = 'A'\ncity     = \"Oslo\"\n",
        );
        case(
            "[[contacts]]\nname  = 'A'\n",
            Field::Birthday,
            text("--03-12"),
            "[[contacts]]\nname  = 'A'\nbirthday = \"--03-12\"\n",
        );
    }

    #[test]
    fn a_key_that_is_there_changes_its_value_only() {
        case(
            "[[contacts]]\nname = 'A'\n  city  =  'Bergen' # was Oslo\ntags = 'x'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A'\n  city  =  \"Oslo\" # was Oslo\ntags = 'x'\n",
        );
    }

    #[test]
    fn taking_a_key_out_takes_its_lines() {
        case(
            "[[contacts]]\nname = 'A'\nemail = [\n  'a', # old\n  'b',\n] # both\ntags = 'x'\n",
            Field::Email,
            None,
            "[[contacts]]\nname = 'A'\ntags = 'x'\n",
        );
    }

    #[test]
    fn a_table_goes_however_it_is_written() {
        for next in [
            "next.on = 2026-01-01\ntags = 'x'\nnext . what = 'y' # z\n",
            "tags = 'x'\n\n[contacts.next]\non = 2026-01-01\nwhat = 'y'\n",
            "next.on = 2026-01-01\ntags = 'x'",
            "tags = 'x'\nnext.on = 2026-01-01",
        ] {
            let set = set(
                &format!("[[contacts]]\nname = 'A'\n{next}"),
                Field::Next,
                None,
            );
            let set = set.ok().expect("it is made");
            assert_eq!(set.trim_end(), "[[contacts]]\nname = 'A'\ntags = 'x'");
        }
    }

    #[test]
    fn another_plan_keeps_the_lines_of_the_old() {
        let next = |what: Option<&str>| {
            let on = chrono::NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day");
            Some(Value::Next(Next {
                on,
                what: what.map(str::to_owned),
            }))
        };
        let head = "[[contacts]]\nname = 'A'\n";
        let table = format!("{head}[contacts.next]\n  on=2026-01-01 # hers\n");
        let day = table.replace("2026-01-01", "2026-12-24");
        case(&table, Field::Next, next(None), &day);
        case(
            &table,
            Field::Next,
            next(Some("go")),
            &format!("{day}  what=\"go\"\n"),
        );
        let dotted = format!("{head}next.what = 'x' # y\nnext.on = 2026-01-01\nnext.mood = 1");
        let day = dotted.replace("2026-01-01", "2026-12-24");
        case(
            &dotted,
            Field::Next,
            next(Some("go")),
            &day.replace("'x'", "\"go\""),
        );
        case(
            &dotted,
            Field::Next,
            next(None),
            &day.replace("next.what = 'x' # y\n", ""),
        );
        let bare = format!("{head}next.on = 2026-01-01");
        let after = format!("{head}next.on = 2026-12-24\nnext.what = \"go\"");
        case(&bare, Field::Next, next(Some("go")), &after);
    }

    #[test]
    fn a_list_that_grows_keeps_what_stands_among_its_items() {
        let head = "[[contacts]]\nname = 'A'\n";
        let list = |items: &[&str]| {
            Some(Value::List(
                items.iter().map(|item| (*item).to_owned()).collect(),
            ))
        };
        for (before, after) in [
            ("email = ['a'] # x\n", "email = ['a', \"b\", \"c\"] # x\n"),
            (
                "email = [\n  'a', # work\n  # \"b\" is gone\n]\n",
                "email = [\n  'a', # work\n  \"b\",\n  \"c\",\n  # \"b\" is gone\n]\n",
            ),
            ("email = 'a' # x\n", "email = [\"a\", \"b\", \"c\"] # x\n"),
            ("email = ['b', 'a']\n", "email = [\"a\", \"b\", \"c\"]\n"),
        ] {
            case(
                &format!("{head}{before}"),
                Field::Email,
                list(&["a", "b", "c"]),
                &format!("{head}{after}"),
            );
        }
    }

    #[test]
    fn leaves_alone_what_it_does_not_know() {
        let text = "[[contacts]]\nname = 'A'\n[[contacts.email]]\nx = 1\n";
        let err = set(text, Field::Email, None)
            .err()
            .map(|Unsupported(at)| &text[at]);
        assert_eq!(err, Some("email"));
    }
}
