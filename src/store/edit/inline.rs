//! A plan that is written as an inline table with more in it than a plan: other keys, or comments. They stay.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::contact_text::{Entry, entries};
use super::fields::Unsupported;
use super::lines;
use crate::domain::Next;
use crate::store::parse::toml_value::string;

/// What stands before the value where it is parsed by itself.
const HEAD: &str = "x=";

/// `text` with another plan at `entry`; `None` where nothing would be lost by writing it anew.
pub(super) fn plan_inside(
    text: &str,
    entry: &Entry,
    next: &Next,
) -> Option<Result<String, Unsupported>> {
    let keys = keys(text, entry)?;
    let is_ours = |key: &Entry| matches!(key.name.as_str(), "on" | "what");
    let is_simple = !text[entry.value.clone()].contains(['#', '\n']);
    if is_simple && keys.iter().all(is_ours) {
        return None;
    }
    Some(changed(text, &keys, next).ok_or(Unsupported(entry.key.clone())))
}

/// The keys of an inline table, with their places in `text`.
fn keys(text: &str, entry: &Entry) -> Option<Vec<Entry>> {
    let value = &text[entry.value.clone()];
    if !value.starts_with('{') {
        return None;
    }
    let document = format!("{HEAD}{value}");
    let table = DeTable::parse(&document).ok()?;
    let DeValue::Table(inner) = table.get_ref()["x"].get_ref() else {
        return None;
    };
    let place = |at: usize| entry.value.start + at - HEAD.len();
    let to_text = |key: Entry| Entry {
        key: place(key.key.start)..place(key.key.end),
        value: place(key.value.start)..place(key.value.end),
        ..key
    };
    let keys = entries(&document, inner, HEAD.len()).into_iter();
    Some(keys.map(to_text).collect())
}

fn changed(text: &str, keys: &[Entry], next: &Next) -> Option<String> {
    let of = |name: &str| keys.iter().position(|key| key.name == name);
    let on = &keys[of("on")?];
    let what = next.what.as_ref().map(|what| string(what));
    let mut changes = vec![(on.value.clone(), next.on.to_string())];
    match (of("what"), what) {
        (Some(old), Some(what)) => changes.push((keys[old].value.clone(), what)),
        (None, Some(what)) => {
            let end = on.value.end;
            changes.push((end..end, format!(", what{}{what}", on.equals(text))));
        }
        (Some(old), None) => changes.push((pair(text, &keys[old]), String::new())),
        (None, None) => {}
    }
    changes.sort_by_key(|(at, _)| at.start);
    let mut text = text.to_owned();
    for (at, new) in changes.into_iter().rev() {
        text = lines::replace(&text, at, &new);
    }
    Some(text)
}

/// What goes with a key: its line, if it has one to itself, else one of the commas beside it.
pub(crate) fn pair(text: &str, key: &Entry) -> Range<usize> {
    let line = lines::start(text, key.key.start)..lines::end(text, key.value.end);
    let after = text[key.value.end..line.end].trim_start();
    let comma = after.strip_prefix(',');
    let rest = comma.unwrap_or(after).trim_start();
    let is_alone = lines::is_blank(&text[line.start..key.key.start])
        && (rest.is_empty() || rest.starts_with('#'))
        && (comma.is_some() || next_sign(text, line.end) == Some('}'));
    if is_alone {
        return line;
    }
    let before = text[..key.key.start].trim_end();
    if before.ends_with(',') {
        return before.len() - 1..key.value.end;
    }
    // The first, or one behind somebody else's comment, which stays.
    let behind = text[key.value.end..].trim_start_matches([' ', '\t']);
    let end = match behind.strip_prefix(',') {
        Some(rest) => rest.trim_start_matches([' ', '\t']),
        None => behind,
    };
    key.key.start..text.len() - end.len()
}

/// The first character from `at` on that is neither blank nor in a comment.
fn next_sign(text: &str, mut at: usize) -> Option<char> {
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text[at..].chars().next()? {
            '#' => at = lines::end(text, at),
            sign => return Some(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::set;
    use super::*;
    use crate::domain::{Field, Value};

    #[track_caller]
    fn case(before: &str, what: Option<&str>, after: &str) {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day");
        let what = what.map(str::to_owned);
        let next = Value::Next(Next { on, what });
        let text = |next: &str| format!("[[contacts]]\nname = 'A'\nnext = {next} # mine\n");
        let set = set(&text(before), Field::Next, Some(&next)).ok();
        assert_eq!(set.as_deref(), Some(text(after).as_str()));
    }

    #[test]
    fn other_keys_and_comments_stay() {
        case("{on=2026-01-01, zz=1}", None, "{on=2026-12-24, zz=1}");
        case(
            "{on=2026-01-01, zz=1}",
            Some("go"),
            "{on=2026-12-24, what=\"go\", zz=1}",
        );
        case(
            "{ zz = 1, what = 'x', on = 2026-01-01 }",
            None,
            "{ zz = 1, on = 2026-12-24 }",
        );
        case(
            "{ what = 'x', on = 2026-01-01, zz = 1 }",
            None,
            "{ on = 2026-12-24, zz = 1 }",
        );
        let lines = "{\n  on = 2026-01-01, # why\n  what = 'x', # c\n  zz = 1,\n}";
        case(
            lines,
            Some("go"),
            "{\n  on = 2026-12-24, # why\n  what = \"go\", # c\n  zz = 1,\n}",
        );
        case(lines, None, "{\n  on = 2026-12-24, # why\n  zz = 1,\n}");
        case(
            "{ on = 2026-01-01, z.x = 1, what = 'x' }",
            None,
            "{ on = 2026-12-24, z.x = 1 }",
        );
        case(
            "{\n  on = 2026-01-01,\n  what = 'x'\n  , # c\n}",
            None,
            "{\n  on = 2026-12-24\n  , # c\n}",
        );
        case(
            "{\n  on = 2026-01-01, # the day\n  what = 'x' }",
            None,
            "{\n  on = 2026-12-24, # the day\n  }",
        );
        case(
            "{\n  what = 'x', # c\n  on = 2026-01-01\n}",
            None,
            "{\n  on = 2026-12-24\n}",
        );
    }

    #[test]
    fn a_plan_and_nothing_else_is_written_anew() {
        case("{on=2026-01-01,what='x'}", None, "{ on = 2026-12-24 }");
    }
}
