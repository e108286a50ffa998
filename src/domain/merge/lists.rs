//! Lists of texts, which are sets: tags, addresses, other names.

use std::collections::HashSet;
use std::hash::Hash;

/// Which items of a list stay, by their places.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MergedList {
    /// Those of ours, in its order.
    pub ours: Vec<usize>,
    /// Those that theirs adds, in its order, after them.
    pub theirs: Vec<usize>,
}

/// Merges two lists: an item of every base that one side lacks was removed there; all others stay. What ours has twice stays
/// twice.
///
/// ```
/// use netkeep::domain::merge::lists::merge_lists;
///
/// let merged = merge_lists(&[&["go", "rust"]], &["rust", "tea"], &["go", "rust", "chess"]);
/// assert_eq!((merged.ours, merged.theirs), (vec![0, 1], vec![2]));
/// ```
pub fn merge_lists<T: Eq + Hash>(bases: &[&[T]], ours: &[T], theirs: &[T]) -> MergedList {
    let bases: Vec<HashSet<&T>> = bases.iter().map(|base| base.iter().collect()).collect();
    let is_base = |item: &T| !bases.is_empty() && bases.iter().all(|base| base.contains(item));
    let [in_ours, in_theirs] = [ours, theirs].map(|side| side.iter().collect::<HashSet<&T>>());
    let stays = |item: &T| in_theirs.contains(item) || !is_base(item);
    let is_added = |item: &T| !in_ours.contains(item) && !is_base(item);
    let mut seen = HashSet::new();
    MergedList {
        ours: places(ours, stays),
        theirs: places(theirs, |item| is_added(item) && seen.insert(item)),
    }
}

fn places<'t, T>(items: &'t [T], mut stays: impl FnMut(&'t T) -> bool) -> Vec<usize> {
    let items = items.iter().enumerate();
    let items = items.filter(|(_, item)| stays(item));
    items.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(bases: &[&str], ours: &str, theirs: &str, merged: &str) {
        let items = |text: &str| text.chars().collect::<Vec<char>>();
        let bases: Vec<Vec<char>> = bases.iter().map(|base| items(base)).collect();
        let bases: Vec<&[char]> = bases.iter().map(Vec::as_slice).collect();
        let [ours, theirs] = [ours, theirs].map(items);
        let text = |ours: &[char], theirs: &[char]| {
            let list = merge_lists(&bases, ours, theirs);
            let mine = list.ours.iter().map(|at| ours[*at]);
            mine.chain(list.theirs.iter().map(|at| theirs[*at]))
                .collect::<String>()
        };
        assert_eq!(text(&ours, &theirs), merged);
        let sorted = |text: &str| text.chars().collect::<std::collections::BTreeSet<char>>();
        assert_eq!(sorted(&text(&theirs, &ours)), sorted(merged));
    }

    #[test]
    fn both_sides_add_and_remove() {
        becomes(&["abc"], "abcx", "abcy", "abcxy");
        becomes(&["abc"], "bcx", "aby", "bxy");
        becomes(&["abc"], "", "abcy", "y");
        becomes(&["a"], "b", "c", "bc");
        becomes(&["a"], "xa", "ax", "xa");
    }

    #[test]
    fn without_a_base_everything_stays() {
        becomes(&[], "ab", "bc", "abc");
        becomes(&[], "", "bcb", "bc");
    }

    #[test]
    fn only_what_every_base_has_was_removed() {
        becomes(&["abc", "ab"], "b", "abc", "bc");
    }

    #[test]
    fn what_is_there_twice_stays_twice() {
        becomes(&["aa"], "aa", "aax", "aax");
    }
}
