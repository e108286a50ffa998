//! What becomes of a key that both sides changed.

use crate::domain::merge::values::ValueRule;
use crate::store::parse::row_key::RowKey;

/// The rule for a key of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum KeyRule {
    /// One of the two values.
    Value(ValueRule),
    /// The same for a table of which the keys belong together.
    Whole,
    /// The rows of both, less those that one of them removed.
    Rows(RowKey),
    /// The texts of both, less those that one of them removed.
    Set,
    /// A text, line by line.
    Lines,
}

/// The keys with a rule of their own, from the top of the book down. All others are values.
const RULES: [(&[&str], KeyRule); 14] = [
    (&["contacts", "aka"], KeyRule::Set),
    (&["contacts", "email"], KeyRule::Set),
    (&["contacts", "phone"], KeyRule::Set),
    (&["contacts", "links"], KeyRule::Set),
    (&["contacts", "tags"], KeyRule::Set),
    (&["contacts", "notes"], KeyRule::Lines),
    (&["contacts", "added"], KeyRule::Value(ValueRule::Earlier)),
    (&["contacts", "next"], KeyRule::Whole),
    (&["contacts", "dates"], KeyRule::Rows(RowKey::Dates)),
    (&["contacts", "promises"], KeyRule::Rows(RowKey::Promises)),
    (&["contacts", "touches"], KeyRule::Rows(RowKey::Touches)),
    (&["regroup", "last"], KeyRule::Value(ValueRule::Later)),
    (&["sources", "ignored"], KeyRule::Set),
    (&["sources", "until"], KeyRule::Value(ValueRule::Earlier)),
];

impl KeyRule {
    /// The rule for a key of the block with this header.
    pub(super) fn of(header: &[String], path: &[String]) -> Self {
        let is_it = |keys: &[&str]| header.iter().chain(path).eq(keys);
        let rule = RULES.iter().find(|(keys, _)| is_it(keys));
        rule.map_or(Self::Value(ValueRule::Ask), |(_, rule)| *rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Field;
    use crate::domain::model::field::FieldKind;

    fn keys(keys: &str) -> Vec<String> {
        keys.split_terminator('.').map(str::to_owned).collect()
    }

    #[test]
    fn a_key_has_the_rule_of_its_place() {
        for (header, path, rule) in [
            ("contacts", "tags", KeyRule::Set),
            ("contacts", "social.tags", KeyRule::Value(ValueRule::Ask)),
            ("regroup", "last", KeyRule::Value(ValueRule::Later)),
            ("", "regroup.last", KeyRule::Value(ValueRule::Later)),
            ("sources", "until", KeyRule::Value(ValueRule::Earlier)),
            ("", "sources.ignored", KeyRule::Set),
            ("", "format", KeyRule::Value(ValueRule::Ask)),
        ] {
            assert_eq!(KeyRule::of(&keys(header), &keys(path)), rule, "{path}");
        }
    }

    #[test]
    fn every_list_of_a_contact_is_a_set() {
        for field in Field::ALL {
            let rule = KeyRule::of(&keys("contacts"), &keys(field.key()));
            assert_eq!(rule == KeyRule::Set, field.kind() == FieldKind::List);
        }
    }
}
