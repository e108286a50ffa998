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
    /// The same, where both sides and every base have an array and something is left: no array and an empty one are values.
    Array,
    /// A text, line by line.
    Lines,
}

/// The keys with a rule of their own, from the top of the book down. All others are values.
const RULES: [(&[&str], KeyRule); 19] = [
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
    (&["sources", "me"], KeyRule::Set),
    (&["sources", "mail"], KeyRule::Set),
    (&["sources", "calendar"], KeyRule::Set),
    (&["sources", "calls"], KeyRule::Set),
    (&["sources", "ignored"], KeyRule::Set),
    (&["sources", "until"], KeyRule::Value(ValueRule::Earlier)),
    (&["sync", "who"], KeyRule::Array),
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
    use crate::domain::model::field::FieldKind;
    use crate::domain::{BookSources, Field};
    use crate::store::edit::book_merge::{MergeSide, merge_books};
    use crate::store::parse::read;

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
            ("sources", "mail", KeyRule::Set),
            ("sync", "who", KeyRule::Array),
            ("", "format", KeyRule::Value(ValueRule::Ask)),
        ] {
            assert_eq!(KeyRule::of(&keys(header), &keys(path)), rule, "{path}");
        }
    }

    #[test]
    fn sources_of_both_sides_are_read_and_what_either_deleted_is_ignored() {
        let book = |lines: &str| format!("[sources]\n{lines}\n\n[[contacts]]\nname = 'Ana'\n");
        let base = book(
            "me = 'sam@keeper.example'\nmail = ['~/Mail', '~/old']\nuntil = 2026-01-05\nignored = ['2026-02-01 call Bo', '2026-11-04 email Bo']",
        );
        let ours = book(
            "me = ['sam@keeper.example', 's@k.example']\nmail = ['~/Mail', '~/old', 'more.mbox']\ncalendar = '~/cal'\nuntil = 2026-01-01\nignored = ['2026-02-01 call Bo', '2026-11-04 email Bo', '2026-11-05 email Ana']",
        );
        let theirs = book(
            "me = ['sam@keeper.example', 'sk@k.example']\nmail = '~/Mail'\ncalls = 'calls.xml'\nuntil = 2026-01-03\nignored = [\n  '2026-11-04 email Bo',\n  '2026-11-06 call Ana', # why\n]",
        );
        for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
            let merge = merge_books(&[&base], ours, theirs).expect("a merge");
            assert_eq!(merge.conflicts, []);
            let text = merge.text(&[]);
            let parsed = read(&text).expect("a book");
            assert_eq!(parsed.problems, []);
            let BookSources {
                me,
                mail,
                calendar,
                calls,
                until,
                ignored,
            } = parsed.book.sources;
            let sorted = |mut texts: Vec<String>| {
                texts.sort();
                texts.join(", ")
            };
            let ignored = ignored.iter().map(ToString::to_string).collect();
            assert_eq!(
                [me, mail, calendar, calls, ignored].map(sorted),
                [
                    "s@k.example, sam@keeper.example, sk@k.example",
                    "more.mbox, ~/Mail",
                    "~/cal",
                    "calls.xml",
                    "2026-11-04 email Bo, 2026-11-05 email Ana, 2026-11-06 call Ana",
                ]
            );
            assert_eq!(until, "2026-01-01".parse().ok());
        }
    }

    #[test]
    fn lists_of_buckets_with_cards_are_merged_and_any_other_who_is_asked_about() {
        let book = |who: &str| {
            let who = if who.is_empty() {
                String::new()
            } else {
                format!("who = {who}\n")
            };
            format!("[sync]\n{who}\n[[contacts]]\nname = 'Ana'\n")
        };
        let merge = |base: &str, ours: &str, theirs: &str| {
            let merge = merge_books(&[&book(base)], &book(ours), &book(theirs)).expect("a merge");
            let choices = vec![MergeSide::Ours; merge.conflicts.len()];
            let who = read(&merge.text(&choices)).expect("a book").book.sync.who;
            (who.buckets().join(" "), merge.conflicts.len())
        };
        let both = merge("['a', 'b']", "['c', 'b']", "['a', 'd']");
        assert_eq!(both, ("c d".to_owned(), 0));
        assert_eq!(merge("'bucketed'", "'all'", "['a']").1, 1);
        assert_eq!(merge("'b'", "'a'", "['b', 'c']").1, 1);
        // Without the key everyone in a bucket has a card, so that an empty list and none are not the same.
        for (base, ours, theirs, who, conflicts) in [
            ("['a', 'b']", "['a']", "['b']", "a", 1),
            ("['a', 'b']", "[\n  'a', # why\n]", "['b']", "a", 1),
            ("", "['a']", "['b']", "a", 1),
            ("['a']", "", "['a', 'b']", "a b", 0),
            ("['a']", "['a', 'b']", "", "a b", 0),
        ] {
            let expected = (who.to_owned(), conflicts);
            assert_eq!(
                merge(base, ours, theirs),
                expected,
                "{base} {ours} {theirs}"
            );
        }
    }

    #[test]
    fn rows_of_one_source_day_and_channel_are_joined_to_one_touch() {
        let book = |rows: &str| format!("[[contacts]]\nname = 'Ana'\ntouches = [\n{rows}]\n");
        let row = |direction: &str| {
            format!("  {{ on = 2026-11-10, via = 'email'{direction}, source = 'mail' }},\n")
        };
        let (out, back) = (row(", direction = 'out'"), row(", direction = 'in'"));
        let call = "  { on = 2026-11-01, via = 'call' },\n";
        let base = book(call);
        let [ours, theirs] = [&out, &back].map(|row| book(&format!("{call}{row}")));
        let merge = merge_books(&[&base], &ours, &theirs).expect("a merge");
        let parsed = read(&merge.text(&[])).expect("a book");
        let touches = &parsed.book.contacts[0].touches;
        let said = touches
            .iter()
            .map(|touch| (touch.via(), touch.direction, touch.source()));
        let exchange = (Some("email"), None, Some("mail"));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [(Some("call"), None, None), exchange]
        );
    }

    #[test]
    fn every_list_of_a_contact_is_a_set() {
        for field in Field::ALL {
            let rule = KeyRule::of(&keys("contacts"), &keys(field.key()));
            assert_eq!(rule == KeyRule::Set, field.kind() == FieldKind::List);
        }
    }
}
