//! Texts that are no books, or hardly: nothing panics, and nothing takes forever.

use netkeep::store::{ConflictMarks, MergeSide, merge_books};
use proptest::prelude::*;
use proptest::sample::Index;

use super::config;
use super::facts::is_toml;
use super::scenarios::scenario;

/// What is put in, or in place of some bytes.
const BITS: [&str; 16] = [
    "",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[contacts]]\n",
    "name = 'Bo'\n",
    "\n",
    "\r",
    "#",
    "{",
    "}",
    ",",
    "=",
    "\u{feff}",
];

fn mutations() -> impl Strategy<Value = Vec<(Index, Index, usize)>> {
    prop::collection::vec((any::<Index>(), any::<Index>(), 0..BITS.len()), 0..4)
}

fn mutated(text: &str, mutations: &[(Index, Index, usize)]) -> String {
    let mut text = text.to_owned();
    for (from, length, bit) in mutations {
        let places: Vec<usize> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .collect();
        let from = from.index(places.len());
        let to = (from + length.index(12)).min(places.len() - 1);
        text.replace_range(places[from]..places[to], BITS[*bit]);
    }
    text
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn three_broken_texts_are_refused_or_merged(it in scenario(3), changes in [mutations(), mutations(), mutations()]) {
        let texts = [&it.base, &it.ours, &it.theirs];
        let [base, ours, theirs] = [0, 1, 2].map(|at| mutated(texts[at], &changes[at]));
        for bases in [vec![base.as_str()], vec![], vec![&it.base, &base]] {
            if let Ok(merge) = merge_books(&bases, &ours, &theirs) {
                let text = merge.text(&vec![MergeSide::Theirs; merge.conflicts.len()]);
                prop_assert!(is_toml(&text), "{text}");
                merge.marked(&ConflictMarks::default());
            }
        }
    }
}
