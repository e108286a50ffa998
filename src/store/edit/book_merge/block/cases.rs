//! Cases for the tests of a block.

use super::entries::BlockText;
use super::{MergedBlock, MergedPiece, comment_merge, merge_block};

/// The merge of contacts that say this below their name, in both orders.
#[track_caller]
pub(super) fn case(base: &str, ours: &str, theirs: &str, expected: &str) {
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
pub(super) fn marked(merged: &MergedBlock) -> String {
    let texts = merged.pieces.iter().map(|piece| match piece {
        MergedPiece::Text(text) => text.clone(),
        MergedPiece::Conflict([ours, theirs]) => format!("<\n{ours}=\n{theirs}>\n"),
    });
    texts.collect()
}

/// What a contact says, whatever the order.
pub(super) fn content(text: &str) -> Vec<String> {
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

/// The merge of a base, ours and theirs.
pub(super) fn merge_of(texts: &[String]) -> MergedBlock {
    merge_block(&[&texts[0]], &texts[1], &texts[2])
}
