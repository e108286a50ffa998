//! What is written without quotes and is no value of TOML, such as `yes`, `27.11.2026` or `New York`.

use chrono::NaiveDate;
use toml::de::DeTable;

use crate::domain::Field;
use crate::domain::model::field::FieldKind;
use crate::domain::text::shortened;

/// Whether a text is a value by itself.
pub(super) fn is_value(text: &str) -> bool {
    DeTable::parse(&format!("x = {text}\n")).is_ok()
}

/// The message and the hint for a value of `key` that is none.
pub(super) fn words(key: &str, value: &str) -> (String, String) {
    let key = key.trim();
    let kind = Field::from_key(key).map(Field::kind);
    let is_flag = matches!(kind, Some(FieldKind::Flag | FieldKind::FlagOrDay));
    let no_value = format!("`{}` is not a value in TOML", shortened(value, 40));
    if let Some(flag) = flag(value).filter(|_| {
        is_flag || value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
    }) {
        return (no_value, format!("write `{key} = {flag}`"));
    }
    if ["none", "null", "nil", "undefined", "~"].contains(&value.to_lowercase().as_str()) {
        return (
            no_value,
            "leave the line out: a key that is absent has no value".to_owned(),
        );
    }
    if is_flag && kind != Some(FieldKind::FlagOrDay) {
        return (no_value, format!("write `{key} = true` or `{key} = false`"));
    }
    if looks_like_day(value) || is_day_key(key, kind) {
        let day = day(value).map_or("2026-11-27".to_owned(), |day| day.to_string());
        return if day.as_str() == value || has_shape(value) {
            (
                format!("there is no day `{value}`"),
                "write a day like `2026-11-27`".to_owned(),
            )
        } else {
            (no_value, format!("write a day like `{day}`"))
        };
    }
    let quoted = shortened(value, 40)
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    let hint = if key.is_empty() {
        format!("put text in quotes: `\"{quoted}\"`")
    } else {
        format!("put text in quotes: `{key} = \"{quoted}\"`")
    };
    (
        format!("`{}` is text without quotes", shortened(value, 40)),
        hint,
    )
}

/// The flag that a word stands for.
pub(crate) fn flag(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some(true),
        "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

fn is_day_key(key: &str, kind: Option<FieldKind>) -> bool {
    matches!(key, "on" | "last")
        || matches!(
            kind,
            Some(FieldKind::Day | FieldKind::FlagOrDay | FieldKind::Birthday)
        )
}

/// Three numbers with one sign between them, a year at one end.
fn looks_like_day(value: &str) -> bool {
    parts(value).is_some()
}

/// Whether it is written as a day is: then the day itself is wrong.
fn has_shape(value: &str) -> bool {
    let mut parts = value.split('-').map(str::len);
    value.len() == 10
        && [parts.next(), parts.next(), parts.next()] == [Some(4), Some(2), Some(2)]
        && value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn parts(value: &str) -> Option<([u32; 3], char)> {
    let sign = value.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '-' | '.' | '/') {
        return None;
    }
    let numbers: Vec<&str> = value.trim_end_matches('.').split(sign).collect();
    let [a, b, c] = numbers.as_slice() else {
        return None;
    };
    let is_day = |year: &str, other: &str| year.len() == 4 && other.len() <= 2;
    if !(is_day(a, c) || is_day(c, a)) || b.len() > 2 {
        return None;
    }
    let number = |text: &str| text.trim().parse().ok();
    Some(([number(a)?, number(b)?, number(c)?], sign))
}

/// The day that a value can only mean: the year comes first, or the parts have dots between them, or one of them is no
/// month.
pub(crate) fn day(value: &str) -> Option<NaiveDate> {
    let ([a, b, c], sign) = parts(value)?;
    let of = |year: u32, month, day| NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day);
    let day = match (a > 99, sign) {
        (true, _) => of(a, b, c),
        (false, '.') => of(c, b, a),
        (false, _) => match (of(c, b, a), of(c, a, b)) {
            (Some(day), None) | (None, Some(day)) => Some(day),
            (Some(one), Some(other)) if one == other => Some(one),
            _ => None,
        },
    };
    day.filter(|_| a > 0 && c > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_can_mean_one_thing_only() {
        for (value, expected) in [
            ("2026-1-5", Some("2026-01-05")),
            ("2026/01/05", Some("2026-01-05")),
            ("27.11.2026", Some("2026-11-27")),
            ("5.1.2026", Some("2026-01-05")),
            ("27/11/2026", Some("2026-11-27")),
            ("11/27/2026", Some("2026-11-27")),
            ("05/11/2026", None),
            ("2026-02-30", None),
            ("0000-01-01", None),
            ("26-01-05", None),
            ("2026-01", None),
            ("+34 600", None),
        ] {
            let found = day(value).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn hints_say_what_to_write() {
        for (key, value, hint) in [
            ("friendly", "yes", "write `friendly = true`"),
            ("friendly", "No", "write `friendly = false`"),
            ("paused", "True", "write `paused = true`"),
            (
                "city",
                "None",
                "leave the line out: a key that is absent has no value",
            ),
            (
                "city",
                "New York",
                "put text in quotes: `city = \"New York\"`",
            ),
            ("city", "yes", "put text in quotes: `city = \"yes\"`"),
            ("on", "2026-1-5", "write a day like `2026-01-05`"),
            ("birthday", "27.11.1984", "write a day like `1984-11-27`"),
            ("added", "05/11/2026", "write a day like `2026-11-27`"),
            (
                "phone",
                "0155 123",
                "put text in quotes: `phone = \"0155 123\"`",
            ),
        ] {
            assert_eq!(words(key, value).1, hint);
        }
    }
}
