//! What people of other programs type. An alias of the book goes before.

/// Each other name, and the words that it stands for.
pub(super) const OTHER_NAMES: [(&str, &[&str]); 4] = [
    ("ls", &["list"]),
    ("find", &["list"]),
    ("rm", &["remove"]),
    ("redo", &["undo", "--redo"]),
];

/// The words that `name` stands for, if it is one of them.
pub(crate) fn other_name(name: &str) -> Option<Vec<String>> {
    let (_, words) = OTHER_NAMES.iter().find(|(other, _)| *other == name)?;
    Some(words.iter().map(|word| (*word).to_owned()).collect())
}
