//! One block of a book that both sides changed: a contact, a table of settings, or the keys above the first table.
//!
//! The text of ours is the skeleton; what theirs changed comes into it as theirs writes it. Read them in this order:
//!
//! - `entries`: the lines of a block and the keys that they set. `units`: what is taken over, replaced or removed as one.
//! - `rules`: what becomes of each key. `block_merge`: a merge under way. `unit_merge`: decides unit by unit, with `row_merge`,
//!   `set_merge` and `note_merge` for keys that hold more than a value. `conflict_lines`: what is left to be decided.
//! - `comment_merge`: no comment is lost. `block_proof`: nor is anything else.

mod block_merge;
mod block_proof;
mod comment_merge;
mod conflict_lines;
mod entries;
mod note_merge;
mod row_merge;
mod rules;
mod set_merge;
mod unit_merge;
mod units;

use self::block_merge::BlockMerge;
use self::block_proof::is_proven;
use self::entries::BlockText;
use super::merged_book::{MergedPiece, ValueConflict};
use crate::domain::merge::values::{Decision, decide};

/// What two texts of one block become.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct MergedBlock {
    pub(super) pieces: Vec<MergedPiece>,
    /// One for each [`MergedPiece::Conflict`], in their order, without the name of the contact; the key is that of the book. An
    /// empty key is the block as a whole.
    pub(super) conflicts: Vec<ValueConflict>,
}

/// Merges the texts of one block: whole lines that all have an end, with the comments above the header and what follows until
/// the next block. A base that has no such block is an empty text.
pub(super) fn merge_block(bases: &[&str], ours: &str, theirs: &str) -> MergedBlock {
    let texts: Vec<Option<&str>> = bases.iter().map(|base| Some(*base)).collect();
    match decide(&texts, Some(ours), Some(theirs)) {
        Decision::Same | Decision::Ours => MergedBlock::of(ours),
        Decision::Theirs => MergedBlock::of(theirs),
        Decision::Conflict => {
            merged(bases, ours, theirs).unwrap_or_else(|| MergedBlock::conflict(ours, theirs))
        }
    }
}

/// The merge of two changed texts; `None` if it cannot be proven.
fn merged(bases: &[&str], ours: &str, theirs: &str) -> Option<MergedBlock> {
    let bases = bases.iter().map(|base| BlockText::of(base));
    let bases: Vec<BlockText> = bases.collect::<Option<_>>()?;
    let [ours, theirs] = [BlockText::of(ours)?, BlockText::of(theirs)?];

    let all = bases.iter().chain([&ours, &theirs]);
    { all }.try_for_each(|block| block.table().map(|_| ()))?;
    let mut merge = BlockMerge::new(&bases, &ours, &theirs);
    merge.all()?;
    merge.settle_comments()?;
    let block = merge.finish()?;
    let keys: Vec<_> = block.conflicts.iter().map(|one| one.key.as_str()).collect();
    let choices = if keys.is_empty() { 0..1 } else { 0..2 };
    let is_proven =
        { choices }.all(|side| is_proven(&bases, [&ours, &theirs], &block.text(side), &keys, side));
    is_proven.then_some(block)
}

impl MergedBlock {
    fn of(text: &str) -> Self {
        Self {
            pieces: vec![MergedPiece::Text(text.to_owned())],
            conflicts: Vec::new(),
        }
    }

    /// All lines of both sides.
    fn conflict(ours: &str, theirs: &str) -> Self {
        let sides = [ours, theirs].map(str::to_owned);
        Self {
            pieces: vec![MergedPiece::Conflict(sides.clone())],
            conflicts: vec![ValueConflict {
                contact: None,
                key: String::new(),
                values: sides,
            }],
        }
    }

    /// The text with the values of one side.
    fn text(&self, side: usize) -> String {
        let texts = self.pieces.iter().map(|piece| match piece {
            MergedPiece::Text(text) => text.as_str(),
            MergedPiece::Conflict(sides) => sides[side].as_str(),
        });
        texts.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// The merge of contacts that say this below their name, in both orders.
    #[track_caller]
    fn case(base: &str, ours: &str, theirs: &str, expected: &str) {
        let text = |keys: &str| format!("[[contacts]]\nname = 'A'\n{keys}");
        let [base, ours, theirs] = [base, ours, theirs].map(text);
        let merged = merge_block(&[&base], &ours, &theirs);
        assert_eq!(marked(&merged), text(expected));
        let swapped = merge_block(&[&base], &theirs, &ours);
        assert_eq!(swapped.conflicts.len(), merged.conflicts.len());
        let sides = [0, 1].map(|side| content(&merged.text(side)));
        let swapped = [1, 0].map(|side| content(&swapped.text(side)));
        assert_eq!(sides, swapped);
    }

    /// The text with `<`, `=` and `>` on lines around what differs.
    fn marked(merged: &MergedBlock) -> String {
        let texts = merged.pieces.iter().map(|piece| match piece {
            MergedPiece::Text(text) => text.clone(),
            MergedPiece::Conflict([ours, theirs]) => format!("<\n{ours}=\n{theirs}>\n"),
        });
        texts.collect()
    }

    /// What a contact says, whatever the order.
    fn content(text: &str) -> Vec<String> {
        let block = BlockText::of(text).unwrap_or_else(|| panic!("a block:\n{text}"));
        let mut said: Vec<String> = comment_merge::counts(text)
            .into_iter()
            .map(|(comment, count)| format!("{comment} {count}"))
            .collect();
        for (key, node) in block.table().expect("a table") {
            let value = crate::store::parse::toml_value::written(node.get_ref());
            let value = match node.get_ref().as_array() {
                Some(items) => {
                    let items = items.iter();
                    let items =
                        items.map(|item| crate::store::parse::toml_value::written(item.get_ref()));
                    let mut items: Vec<String> = items.collect();
                    items.sort();
                    if items.is_empty() {
                        continue;
                    }
                    items.join(", ")
                }
                None => value,
            };
            said.push(format!("{} {value}", key.get_ref()).replace("\\r\\n", "\\n"));
        }
        said.sort();
        said
    }

    #[test]
    fn each_side_changes_keys_of_its_own() {
        case(
            "city = 'Oslo'\ncompany = 'X'\n",
            "city = 'Bergen' # moved\ncompany = 'X'\n",
            "# new\nphone = '1'\ncity = 'Oslo'\n",
            "# new\nphone = '1'\ncity = 'Bergen' # moved\n",
        );
    }

    #[test]
    fn two_values_for_one_key_are_a_conflict_of_that_line() {
        case(
            "city = 'Oslo' # since May\n",
            "city = 'Bergen' # since May\nx = 1\n",
            "city = 'Rome' # since June\ny = 1\n",
            "<\n# since June\ncity = 'Bergen' # since May\n=\ncity = 'Rome' # since June\n>\ny = 1\nx = 1\n",
        );
    }

    #[test]
    fn rows_of_both_are_kept() {
        case(
            "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-02-01 },\n]\n",
            "touches = [\n  { on = 2026-02-01 },\n  { on = 2026-03-01, mood = 'x' },\n]\n",
            "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-02-01 },\n  # called\n  { on = 2026-04-01 }, # long\n]\n",
            "touches = [\n  { on = 2026-02-01 },\n  { on = 2026-03-01, mood = 'x' },\n  # called\n  { on = 2026-04-01 }, # long\n]\n",
        );
    }

    #[test]
    fn lists_are_sets() {
        case(
            "tags = ['a', 'b']\n",
            "tags = ['a', 'c']\n",
            "tags = 'b'\n",
            "tags = ['c']\n",
        );
        case(
            "email = 'a'\n",
            "email = ['a', \"c\"]\n",
            "email = [\n  'a',\n  'b', # work\n]\n",
            "# work\nemail = ['a', \"c\", 'b']\n",
        );
    }

    #[test]
    fn notes_are_merged_by_lines() {
        case(
            "notes = '''\none\ntwo\n'''\n",
            "notes = '''\none\ntwo\nthree\n'''\n",
            "notes = '''\nONE\ntwo\n'''\n",
            "notes = '''\nONE\ntwo\nthree\n'''\n",
        );
        case(
            "notes = 'one'\n",
            "notes = \"\"\"\none\nb\"\"\"\n",
            "notes = 'uno'\n",
            "notes = \"\"\"\nuno\nb\"\"\"\n",
        );
    }

    #[test]
    fn comments_inside_an_array_stay_there() {
        case(
            "tags = [\n  'a',\n  'b',\n]\n",
            "tags = [\n  'a',\n  'b',\n  'c',\n]\n",
            "tags = [ # all\n  'a', # one\n  # two\n  'b',\n  'd', # four\n  # last\n]\n",
            "tags = [ # all\n  'a', # one\n  # two\n  'b',\n  'c',\n  'd', # four\n  # last\n]\n",
        );
        case(
            "touches = [\n  { on = 2026-01-01 },\n]\n",
            "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-01-03 },\n]\n",
            "touches = [\n  # older ones on paper\n  { on = 2026-01-01 }, # first\n  { on = 2026-01-02 }\n]\n",
            "touches = [\n  # older ones on paper\n  { on = 2026-01-01 }, # first\n  { on = 2026-01-02 },\n  { on = 2026-01-03 },\n]\n",
        );
    }

    #[test]
    fn rows_in_blocks_meet_rows_in_an_array() {
        case(
            "touches = [{ on = 2026-01-01 }]\n",
            "touches = [{ on = 2026-01-01 }, { on = 2026-01-03 }]\n",
            "\n[[contacts.touches]]\non = 2026-01-01\n\n# lunch\n[[contacts.touches]]\non = 2026-01-02\nmood = 'x'\n",
            "touches = [{ on = 2026-01-01 }, # lunch\n  { on = 2026-01-02, mood = 'x' }, { on = 2026-01-03 }]\n",
        );
        case(
            "\n[[contacts.touches]]\non = 2026-01-01\n[contacts.touches.deep]\nx = 1\n\n[[contacts.touches]]\non = 2026-01-02\n",
            "\n[[contacts.touches]]\non = 2026-01-01\n[contacts.touches.deep]\nx = 1\n\n[[contacts.touches]]\non = 2026-01-02\n\n[[contacts.touches]]\non = 2026-01-03\n",
            "\n[[contacts.touches]]\non = 2026-01-02\n\n[[contacts.touches]]\non = 2026-01-03\nmood = 'x'\n[contacts.touches.deep]\nx = 1\n",
            "\n[[contacts.touches]]\non = 2026-01-02\n\n[[contacts.touches]]\non = 2026-01-03\nmood = 'x'\n[contacts.touches.deep]\nx = 1\n\n[[contacts.touches]]\non = 2026-01-03\n",
        );
    }

    #[test]
    fn tables_below_a_contact_are_merged_key_by_key() {
        case(
            "\n[contacts.social]\na = 1\nb = 2\n\n[[contacts.touches]]\non = 2026-01-01\n",
            "\n[contacts.social]\na = 3\nb = 2\n\n[[contacts.touches]]\non = 2026-01-01\n",
            "z = 1\n\n# where\n[contacts.social]\na = 1\n# new\nc = 4\n\n[contacts.more]\nx = 1\n\n[[contacts.touches]]\non = 2026-01-01\n",
            "z = 1\n\n# where\n[contacts.social]\na = 3\n# new\nc = 4\n\n[contacts.more]\nx = 1\n\n[[contacts.touches]]\non = 2026-01-01\n",
        );
    }

    #[test]
    fn two_forms_of_one_table_with_two_values_are_a_conflict() {
        case(
            "",
            "next.on = 2026-01-01\ncity = 'X'\nnext.what = 'a' # b\n",
            "\n# c\n[contacts.next]\non = 2026-01-02\n",
            "city = 'X'\n<\n# c\nnext.on = 2026-01-01\nnext.what = 'a' # b\n=\n# b\n# c\n[contacts.next]\non = 2026-01-02\n>\n",
        );
    }

    #[test]
    fn a_touch_that_both_read_from_a_source_is_one() {
        let row = |direction: &str| {
            format!(
                "touches = [{{ on = 2026-01-01, via = 'email'{direction}, source = 'mail' }}]\n"
            )
        };
        case(
            "",
            &row(", direction = 'out'"),
            &row(", direction = 'in'"),
            &row(""),
        );
        case("", &row(", direction = 'out'"), &row(""), &row(""));
    }

    #[test]
    fn days_have_rules_of_their_own() {
        case(
            "added = 2024-05-01\n",
            "added = 2024-03-01\n",
            "added = 2024-04-01\n",
            "added = 2024-03-01\n",
        );
        let merged = merge_block(
            &["# b\n[regroup]\nlast = 2026-01-01\n"],
            "# b\n[regroup]\nlast = 2026-02-01\n",
            "# b\n[regroup]\nlast = 2026-03-01\n# c\n",
        );
        assert_eq!(marked(&merged), "# b\n[regroup]\nlast = 2026-03-01\n# c\n");
    }

    #[test]
    fn settings_are_named_as_in_the_book() {
        let text = |clients: &str| format!("[buckets.\"a b\"]\ncadence = '{clients}'\nshare = 1\n");
        let merged = merge_block(&[&text("1 week")], &text("2 weeks"), &text("3 weeks"));
        assert_eq!(merged.conflicts[0].key, "buckets.\"a b\".cadence");
        assert_eq!(merged.conflicts[0].values, ["'2 weeks'", "'3 weeks'"]);
        let root = merge_block(&[], "# book\nformat = 1\nx = 1\n\n", "format = 1\ny = 2\n");
        assert_eq!(marked(&root), "# book\nformat = 1\ny = 2\nx = 1\n\n");
    }

    #[test]
    fn a_comment_that_both_changed_is_kept_twice() {
        case(
            "# soon\ncity = 'Oslo' # home\n# tail\n",
            "# now\ncity = 'Oslo' # work\n# tail\n\n# mine\n",
            "# later\ncity = 'Oslo' # away\n",
            "# now\n# later\n# away\ncity = 'Oslo' # work\n\n# mine\n",
        );
    }

    #[test]
    fn lines_of_comments_keep_their_order() {
        case(
            "city = 'Oslo'\n",
            "city = 'Oslo'\nx = 1\n",
            "# the last\n# of\n# all\ncity = 'Oslo' # c\n\n# z\n# y\n\n# x\n",
            "# the last\n# of\n# all\ncity = 'Oslo' # c\nx = 1\n\n# z\n# y\n\n# x\n",
        );
        let merged = merge_block(&[""], "# 3\n# 2\n\n# 1\n", "# b\n# a\n\n");
        assert_eq!(marked(&merged), "# b\n# a\n\n# 3\n# 2\n\n# 1\n");
    }

    /// What a key may be; each is left out, too.
    const KEYS: [&[&str]; 12] = [
        &[
            "",
            "city = 'Oslo'\n",
            "city = 'Oslo' # c1\n",
            "# c2\ncity = \"Rome\"\n",
            "city=\"Bern\"#c3\n",
        ],
        &[
            "",
            "added = 2024-01-01\n",
            "added = 2024-02-01 # a1\n",
            "added = 2023-01-01\n",
        ],
        &[
            "",
            "email = 'a'\n",
            "email = ['a', 'b']\n",
            "email = [\n  'a', # e1\n  # e2\n  'c' # e3\n]\n",
            "email = []\n",
            "email = [ 'b', \"c\", ]\n",
        ],
        &[
            "",
            "next = { on = 2026-01-01 }\n",
            "next.on = 2026-01-02 # n1\nnext.what = 'x'\n",
            "next = { on = 2026-01-01, what = 'y', zz = 1 } # n2\n",
        ],
        &[
            "",
            "x.a = 1\n",
            "x.a = 1\nx.b = 2 # x1\n",
            "# x2\nx.b = 3\n",
            "x = { a = 1 }\n",
        ],
        &[
            "",
            "notes = 'one'\n",
            "notes = '''\none\ntwo\n'''\n",
            "notes = \"\"\"\none\nthree\"\"\" # no1\n",
            "notes = \"two\\nfour\"\n",
        ],
        &[
            "",
            "list = [1, 2]\n",
            "list = [\n  1, # l1\n]\n",
            "list = [3]\n",
        ],
        &[
            "",
            "promises = [{ what = 'a' }]\n",
            "promises = [{ what = 'a' }, { by = 2026-01-01, what = 'b', odd = 1 }] # p1\n",
            "promises = [\n  # p2\n  { what = 'c' }, # p3\n  { what = 'c' },\n]\n",
        ],
        &[
            "",
            "# t1\ntouches = [\n  { on = 2026-01-01 },\n]\n",
            "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-02-01, mood = 'x' }, # t2\n]\n",
            "touches = []\n",
            "touches = [{ on = 2026-03-01, note = 'n' }]\n",
            "\n[[contacts.touches]]\non = 2026-01-01\n",
            "[[contacts.touches]]\non = 2026-01-01\n\n# t3\n[[contacts.touches]] # t4\non = 2026-04-01\nmood = [\n  1, # t5\n]\n",
        ],
        &[
            "",
            "\n[contacts.social]\na = 1\n",
            "\n# s1\n[contacts.social] # s2\na = 2\nb = 3\n",
            "[contacts.social]\n# s3\nb = 4\n",
            "\n[contacts.social]\na = 1\n\n[contacts.social.deep]\nc = 1\n",
        ],
        &[
            "",
            "\n[[contacts.kids]]\nname = 'k'\n",
            "\n[[contacts.kids]]\nname = 'k' # k1\n[[contacts.kids]]\nname = 'l'\n",
            "[[contacts.kids]]\nname = 'm'\n[contacts.kids.toy]\nx = 1\n",
        ],
        &["", "\n", "# end1\n", "\n# end2\n\n", "\n# end1\n# end2\n"],
    ];

    /// For each key which of its texts the base and the two sides have.
    fn picks() -> impl Strategy<Value = Vec<[usize; 3]>> {
        let pick = |texts: usize| {
            (0..texts, 0..texts, 0..texts, 0..4_usize).prop_map(|(base, ours, theirs, kept)| {
                match kept {
                    0 => [base, base, theirs],
                    1 => [base, ours, base],
                    2 => [base, base, base],
                    _ => [base, ours, theirs],
                }
            })
        };
        KEYS.map(|texts| pick(texts.len())).to_vec()
    }

    fn texts(picks: &[[usize; 3]], heads: [&str; 3]) -> [String; 3] {
        [0, 1, 2].map(|which| {
            let keys = KEYS
                .iter()
                .zip(picks)
                .map(|(texts, pick)| texts[pick[which]]);
            let touches_first = keys.collect::<String>();
            format!("{}[[contacts]]\nname = 'A'\n{touches_first}", heads[which])
        })
    }

    /// The words of a text that only one key has: what may not be lost.
    fn words(text: &str) -> std::collections::BTreeSet<&str> {
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '#';
        let words = text
            .split("\\n")
            .flat_map(|line| line.split(|c| !is_word(c)));
        let is_key = |word: &str| {
            ["on", "what", "mood", "name", "email", "promises", "touches"].contains(&word)
        };
        words
            .filter(|word| word.len() > 1 && !is_key(word) && !word.contains('-'))
            .collect()
    }

    /// A key and one of its texts.
    fn key_and_text() -> impl Strategy<Value = (usize, usize)> {
        (0..KEYS.len()).prop_flat_map(|key| (Just(key), 0..KEYS[key].len()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn nothing_is_lost_and_the_order_of_the_sides_is_nothing(
            picks in picks(),
            heads in [(); 3].map(|()| select(vec!["", "# h1\n", "# h1\n# h2\n", "# h3\n"])),
            newline in select(vec!["\n", "\r\n"]),
            bases in select(vec![0, 1, 1, 1, 2]),
            other in key_and_text(),
        ) {
            let [base, ours, theirs] = texts(&picks, heads).map(|text| text.replace('\n', newline));
            // A base that differs from the first in one key.
            let mut picks = picks;
            picks[other.0][0] = other.1;
            let [second, ..] = texts(&picks, heads).map(|text| text.replace('\n', newline));
            let bases: Vec<&str> = [base.as_str(), &second].into_iter().take(bases).collect();
            let [merged, swapped] = [[&ours, &theirs], [&theirs, &ours]].map(|[ours, theirs]| merge_block(&bases, ours, theirs));
            for merged in [&merged, &swapped] {
                prop_assert!(merged.conflicts.iter().all(|one| !one.key.is_empty()), "{}", marked(merged));
            }
            for side in [0, 1] {
                prop_assert_eq!(content(&merged.text(side)), content(&swapped.text(1 - side)));
            }
            let all = merged.text(0) + &merged.text(1);
            let all = words(&all);
            let was: Vec<_> = bases.iter().map(|base| words(base)).collect();
            let [ours, theirs] = [&ours, &theirs].map(|text| words(text));
            for word in ours.union(&theirs) {
                let is_of_both = ours.contains(word) && theirs.contains(word);
                let is_base = !was.is_empty() && was.iter().all(|base| base.contains(word));
                let is_removed = is_base && !is_of_both;
                prop_assert!(is_removed || all.contains(word), "{} in\n{}", word, marked(&merged));
            }
        }
    }
}
