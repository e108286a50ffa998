//! What the crate `toml` takes and TOML does not: a number with other signs than its digits, or with none, and a line end
//! between a key and its value in an inline table.
//!
//! Source: TOML v1.1.0, "Integer", "Float" and "Inline Table".

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The first place of such a thing in the table of a text.
pub(super) fn first(text: &str, table: &DeTable) -> Option<Range<usize>> {
    in_table(text, table, false)
}

fn in_table(text: &str, table: &DeTable, is_inline: bool) -> Option<Range<usize>> {
    table.iter().find_map(|(key, node)| {
        let (key, at) = (key.span(), node.span());
        let between = text.get(key.end..at.start).unwrap_or_default();
        if is_inline && between.contains('\n') {
            return Some(key.start..at.start);
        }
        in_value(text, node.get_ref(), at, is_inline)
    })
}

fn in_value(
    text: &str,
    value: &DeValue,
    at: Range<usize>,
    is_inline: bool,
) -> Option<Range<usize>> {
    let wrong = match value {
        DeValue::Integer(number) => !is_integer(number.as_str(), number.radix()),
        DeValue::Float(number) => !is_float(number.as_str()),
        DeValue::Array(items) => {
            return items
                .iter()
                .find_map(|item| in_value(text, item.get_ref(), item.span(), is_inline));
        }
        DeValue::Table(table) => {
            let opens = text
                .get(at.start..)
                .is_some_and(|text| text.starts_with('{'));
            return in_table(text, table, is_inline || opens);
        }
        _ => false,
    };
    wrong.then_some(at)
}

/// Whether a number, without its prefix and its underscores, has digits and nothing else.
fn is_integer(number: &str, radix: u32) -> bool {
    let digits = match radix {
        10 => number.strip_prefix(['+', '-']).unwrap_or(number),
        _ => number,
    };
    !digits.is_empty() && digits.bytes().all(|byte| char::from(byte).is_digit(radix))
}

fn is_float(number: &str) -> bool {
    let number = number.strip_prefix(['+', '-']).unwrap_or(number);
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    matches!(number, "inf" | "nan")
        || (is_integer(exponent, 10)
            && [whole, part]
                .iter()
                .all(|digits| is_integer(digits, 10) && !digits.starts_with(['+', '-'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether TOML has the text, which `toml` may take.
    fn is_toml(text: &str) -> bool {
        DeTable::parse(text).is_ok_and(|table| first(text, table.get_ref()).is_none())
    }

    #[test]
    fn numbers_have_digits_and_nothing_else() {
        for number in [
            "0",
            "-17",
            "+9_0",
            "0xdead_BEEF",
            "0o755",
            "0b1_0",
            "1.5",
            "-0.0",
            "6.02e23",
            "5e+2",
            "1_0E-0_6",
            "inf",
            "-nan",
        ] {
            assert!(is_toml(&format!("a = [{number}]\n")), "{number}");
        }
        for number in [
            "0x", "0o", "0b", "1_000z", "12a", "0o8", "0b2", "0xg", "1.5x", "1.x", "1e5z", "1٠",
            "infx", "1.2.3", "1e1.5",
        ] {
            assert!(!is_toml(&format!("a = [{number}]\n")), "{number}");
        }
    }

    #[test]
    fn a_key_of_an_inline_table_has_its_value_on_its_line() {
        for text in [
            "a = {\n  b = 1,\n  c = [\n 2\n],\n}\n",
            "a = { b.c = 1 }\n",
            "a.b = { c = { d = 1 } }\n[t]\n\nx = 1\n[[u.v]]\ny = 1\n",
        ] {
            assert!(is_toml(text), "{text}");
        }
        for text in [
            "a = { b\n = 1 }\n",
            "a = { b =\n 1 }\n",
            "a = [{ b = # x\n 1 }]\n",
            "a = { b.c =\n 1 }\n",
            "a = { b = { c\n= 1 } }\n",
            "[[t]]\na = { b =\r\n 1 }\n",
        ] {
            assert!(!is_toml(text), "{text}");
        }
    }
}
