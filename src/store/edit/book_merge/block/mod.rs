//! One block of a book that both sides changed: a contact, a table of settings, or the keys above the first table.
//!
//! The text of ours is the skeleton; what theirs changed comes into it as theirs writes it. Read them in this order:
//!
//! - `entries`: the lines of a block and the keys that they set. `units`: what is taken over, replaced or removed as one.
//! - `rules`: what becomes of each key. `block_merge`: a merge under way. `unit_merge`: decides unit by unit, with `row_merge`,
//!   `set_merge`, `item_merge` and `note_merge` for keys that hold more than a value. `conflict_lines`: what is left to be decided.
//! - `comment_merge`: no comment is lost, `comment_order`. `block_proof`: nor is anything else.

mod block_merge;
mod block_proof;
mod block_row;
#[cfg(test)]
mod cases;
mod comment_merge;
mod comment_order;
mod conflict_lines;
mod entries;
mod item_merge;
mod note_merge;
#[cfg(test)]
mod random_blocks;
mod row_merge;
mod rules;
mod set_merge;
mod unit_merge;
mod units;

use self::block_merge::BlockMerge;
use self::block_proof::BlockProof;
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

/// The merge of two changed texts; `None` if it cannot be proven. The order of the keys is that of ours, unless only theirs
/// has a new one.
fn merged(bases: &[&str], ours: &str, theirs: &str) -> Option<MergedBlock> {
    let bases = bases.iter().map(|base| BlockText::of(base));
    let bases: Vec<BlockText> = bases.collect::<Option<_>>()?;
    let [ours, theirs] = [BlockText::of(ours)?, BlockText::of(theirs)?];

    let all = bases.iter().chain([&ours, &theirs]);
    { all }.try_for_each(|block| block.table().map(|_| ()))?;
    if is_moved(&theirs, &bases) && !is_moved(&ours, &bases) {
        return merged_into(&bases, &theirs, &ours).map(MergedBlock::swapped);
    }
    merged_into(&bases, &ours, &theirs)
}

/// Whether the keys of a side have another order than those of a base.
fn is_moved<'t>(side: &BlockText<'t>, bases: &[BlockText<'t>]) -> bool {
    bases.iter().any(|base| side.has_other_order(base))
}

/// The merge into the text of ours.
fn merged_into<'t>(
    bases: &[BlockText<'t>],
    ours: &BlockText<'t>,
    theirs: &BlockText<'t>,
) -> Option<MergedBlock> {
    let mut merge = BlockMerge::new(bases, ours, theirs);
    merge.all()?;
    merge.settle_comments()?;
    let block = merge.finish()?;
    let keys: Vec<_> = block.conflicts.iter().map(|one| one.key.as_str()).collect();
    let mut choices = if keys.is_empty() { 0..1 } else { 0..2 };
    let proof = BlockProof::of(bases, [ours, theirs], &keys);
    { choices.all(|side| proof.holds(&block.text(side), side)) }.then_some(block)
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

    /// The same with the sides in the other order.
    fn swapped(mut self) -> Self {
        for piece in &mut self.pieces {
            if let MergedPiece::Conflict(sides) = piece {
                sides.reverse();
            }
        }
        for conflict in &mut self.conflicts {
            conflict.values.reverse();
        }
        self
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
    use super::cases::{case, marked};
    use super::*;

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
    fn an_order_of_keys_that_one_side_changed_is_kept() {
        let other = "x = 1\n# here\ncity = 'Oslo'\ntitle = 'Dr'\n";
        let merged = "x = 1\n# here\ncity = 'Rome'\ntitle = 'Dr'\n";
        let base = "city = 'Oslo'\ntitle = 'Dr'\nx = 1\n";
        let ours = "city = 'Rome'\ntitle = 'Dr'\nx = 1\n";
        case(base, ours, other, merged);
        case(base, other, ours, merged);
        let both = [other.replace("Oslo", "Bern"), ours.to_owned()];
        let conflict = "x = 1\n# here\n<\ncity = 'Rome'\n=\ncity = 'Bern'\n>\ntitle = 'Dr'\n";
        case(base, &both[1], &both[0], conflict);
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
    fn what_is_no_list_of_rows_is_a_value() {
        for other in ["'yesterday'", "[2026-01-01]"] {
            case(
                "",
                &format!("touches = {other}\n"),
                "touches = [{ on = 2026-01-01 }]\n",
                &format!("<\ntouches = {other}\n=\ntouches = [{{ on = 2026-01-01 }}]\n>\n"),
            );
        }
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
    fn notes_that_were_merged_before_are_not_asked_about_again() {
        let merged = "notes = \"\"\"\nA\nB\nthree\n\"\"\"\n";
        for other in ["A\ntwo", "one\nB"] {
            let other = format!("notes = \"\"\"\n{other}\nthree\n\"\"\"\n");
            let base = "notes = \"\"\"\none\ntwo\nthree\n\"\"\"\n";
            case(base, merged, &other, merged);
        }
        // Nor are lines added again; a line that is there twice is twice.
        let notes = |lines: &str| format!("notes = \"\"\"\n{lines}\n\"\"\"\n");
        case(
            &notes("a\nb"),
            &notes("a\nx\ny"),
            &notes("a\nb\ny"),
            &notes("a\nx\ny"),
        );
        case(
            &notes("a\nb"),
            &notes("a\nb\nx"),
            &notes("a\na\nb"),
            &notes("a\na\nb\nx"),
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
        case(
            "",
            "added = 'May'\n",
            "added = 2024-04-01\n",
            "<\nadded = 'May'\n=\nadded = 2024-04-01\n>\n",
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
            "# later\n# now\n# work\ncity = 'Oslo' # away\n\n# mine\n",
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
}
