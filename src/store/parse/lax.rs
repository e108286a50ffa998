//! What the crate `toml` takes for a number and TOML does not: one without digits, or with those of other scripts.
//!
//! Source: TOML v1.1.0, "Integer".

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The first place of such a number in a table.
pub(super) fn first(table: &DeTable) -> Option<Range<usize>> {
    table
        .iter()
        .find_map(|(_, node)| in_value(node.get_ref(), node.span()))
}

fn in_value(value: &DeValue, at: Range<usize>) -> Option<Range<usize>> {
    let is_number = |digits: &str| digits.is_ascii() && !digits.is_empty();
    match value {
        DeValue::Integer(number) => (!is_number(number.as_str())).then_some(at),
        DeValue::Float(number) => (!is_number(number.as_str())).then_some(at),
        DeValue::Array(items) => items
            .iter()
            .find_map(|item| in_value(item.get_ref(), item.span())),
        DeValue::Table(table) => first(table),
        _ => None,
    }
}
