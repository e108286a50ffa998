//! Values as TOML 1.0 text.
//!
//! Source: TOML v1.0.0, "String": what a basic string may contain and how to escape the rest. Characters that control a
//! terminal or the reading order are escaped too, so that the file shows what it contains.

use std::fmt::Write;

use toml::de::DeValue;

use crate::domain::text::is_hidden;
use crate::domain::{AnnualDay, Next, OtherDay, Value};

/// `value` as written after the `=`. `newline` is the file's, for texts of several lines.
pub(crate) fn value(value: &Value, newline: &str) -> String {
    match value {
        Value::Text(text) if text.contains('\n') && !has_marker(text) => lines(text, newline),
        Value::Text(text) => string(text),
        Value::List(items) => match items.as_slice() {
            [one] => string(one),
            items => array(items.iter().map(String::as_str)),
        },
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Dates(dates) => {
            let rows = dates
                .iter()
                .map(|date| format!("  {},{newline}", row(date)));
            format!("[{newline}{}]", rows.collect::<String>())
        }
        Value::Next(next) => plan(next),
    }
}

/// A parsed value on one line. Two values are the same if they are written the same.
pub(crate) fn written(value: &DeValue) -> String {
    let mut text = String::new();
    push_value(&mut text, value);
    text
}

fn push_value(text: &mut String, value: &DeValue) {
    match value {
        DeValue::String(string) => push_string(text, string),
        DeValue::Integer(number) => text.push_str(&number.to_string()),
        DeValue::Float(number) => text.push_str(&number.to_string()),
        DeValue::Boolean(flag) => text.push_str(&flag.to_string()),
        DeValue::Datetime(time) => text.push_str(&time.to_string()),
        DeValue::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                push_value(text, item.get_ref());
            }
            text.push(']');
        }
        DeValue::Table(table) if table.is_empty() => text.push_str("{}"),
        DeValue::Table(table) => {
            for (at, (name, node)) in table.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "{ " });
                text.push_str(&key(name.get_ref()));
                text.push_str(" = ");
                push_value(text, node.get_ref());
            }
            text.push_str(" }");
        }
    }
}

/// A day of every year: a date, or a text without the year.
pub(crate) fn annual(day: AnnualDay) -> String {
    match day {
        AnnualDay::Date(day) => day.to_string(),
        yearless @ AnnualDay::Yearless { .. } => string(&yearless.to_string()),
    }
}

fn row(date: &OtherDay) -> String {
    let what = string(&date.what);
    format!("{{ on = {}, what = {what} }}", annual(date.on))
}

fn plan(next: &Next) -> String {
    match &next.what {
        Some(what) => format!("{{ on = {}, what = {} }}", next.on, string(what)),
        None => format!("{{ on = {} }}", next.on),
    }
}

/// Whether a line of the text would look like a merge marker on a line of the file.
fn has_marker(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

/// A basic string on one line.
pub(crate) fn string(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    push_string(&mut string, text);
    string
}

fn push_string(string: &mut String, text: &str) {
    string.push('"');
    for c in text.chars() {
        match c {
            '"' => string.push_str("\\\""),
            '\n' => string.push_str("\\n"),
            c => push(string, c),
        }
    }
    string.push('"');
}

/// An array of texts on one line.
pub(crate) fn array<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.map(string).collect();
    format!("[{}]", texts.join(", "))
}

/// A multi-line basic string. The newline right after the opening quotes is not part of the text.
fn lines(text: &str, newline: &str) -> String {
    format!("\"\"\"{newline}{}\"\"\"", inside_lines(text, newline))
}

/// What is inside a multi-line basic string with this text.
pub(crate) fn inside_lines(text: &str, newline: &str) -> String {
    let mut string = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => string.push_str(newline),
            // Any quote that could be one of the closing three.
            '"' if string.ends_with('"') => string.push_str("\\\""),
            '"' => string.push('"'),
            c => push(&mut string, c),
        }
    }
    if string.ends_with('"') && !string.ends_with("\\\"") {
        string.pop();
        string.push_str("\\\"");
    }
    string
}

fn push(string: &mut String, c: char) {
    match c {
        '\\' => string.push_str("\\\\"),
        '\t' => string.push_str("\\t"),
        '\r' => string.push_str("\\r"),
        // Joiners are part of many names and most emoji.
        '\u{200c}' | '\u{200d}' => string.push(c),
        c if is_hidden(c) => {
            let code = u32::from(c);
            let written = if code <= 0xffff {
                write!(string, "\\u{code:04X}")
            } else {
                write!(string, "\\U{code:08X}")
            };
            written.expect("writing to a string does not fail");
        }
        c => string.push(c),
    }
}

/// A key: bare if TOML allows it, or else quoted.
pub(crate) fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        string(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::{DeTable, DeValue};

    use super::*;

    fn read(text: &str) -> String {
        let document = format!("x = {text}\n");
        let table = DeTable::parse(&document).unwrap_or_else(|err| panic!("{document}: {err}"));
        match table.get_ref()["x"].get_ref() {
            DeValue::String(text) => text.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn escapes_control_characters() {
        assert_eq!(
            string("a\u{1b}[31m\u{202e}b\u{9b}"),
            r#""a\u001B[31m\u202Eb\u009B""#
        );
        assert_eq!(string("👩\u{200d}🚀"), "\"👩\u{200d}🚀\"");
    }

    #[test]
    fn texts_of_several_lines_stay_several_lines() {
        let text = value(&Value::Text("Two kids.\nSays \"hi\".\n".to_owned()), "\n");
        assert_eq!(text, "\"\"\"\nTwo kids.\nSays \"hi\".\n\"\"\"");
    }

    #[test]
    fn quotes_keys_only_if_needed() {
        assert_eq!(key("old-friends_2"), "old-friends_2");
        assert_eq!(key("my clients"), "\"my clients\"");
        assert_eq!(key(""), "\"\"");
    }

    proptest! {
        #[test]
        fn any_text_parses_back(text in "(\\PC|[\"\\\\\n\r\t\u{0}\u{7f}\u{85}\u{202e}]){0,12}") {
            prop_assert_eq!(read(&string(&text)), text.clone());
            prop_assert_eq!(read(&lines(&text, "\n")), text.clone());
            prop_assert_eq!(read(&lines(&text, "\r\n")).replace("\r\n", "\n"), text);
        }
    }
}
