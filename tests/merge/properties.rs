//! What holds for every merge of two states of a book.

use netkeep::store::{BookMerge, ConflictMarks, MergeSide, Unmergeable, merge_books};
use proptest::prelude::*;

use super::config;
use super::facts::{Facts, marks};
use super::scenarios::{Scenario, apart, scenario};
use super::verdict::{Merged, verdict};

/// How many changes each side makes, at most.
const MOST: usize = 5;

fn merged(bases: &[&str], ours: &str, theirs: &str) -> Result<BookMerge, TestCaseError> {
    merge_books(bases, ours, theirs).map_err(|err| match err {
        // A text without a contact and without a setting of a book may be anything.
        Unmergeable::NotABook(_, problems) if problems.is_empty() => {
            TestCaseError::reject("not a book")
        }
        err => TestCaseError::fail(format!("{err:?}")),
    })
}

fn with(merge: &BookMerge, side: MergeSide) -> String {
    merge.text(&vec![side; merge.conflicts.len()])
}

/// Both texts, with ours or theirs for each conflict, are what the two states become.
fn check(bases: &[&str], ours: &str, theirs: &str) -> Result<(), TestCaseError> {
    // An empty file is no base.
    let bases = if bases.iter().any(|base| base.trim().is_empty()) {
        &[]
    } else {
        bases
    };
    let merge = merged(bases, ours, theirs)?;
    let whole = merge.marked(&ConflictMarks::default());
    for side in [MergeSide::Ours, MergeSide::Theirs] {
        let text = with(&merge, side);
        verdict(bases, ours, theirs, &Merged::of(&merge, &text, &whole))
            .map_err(|err| TestCaseError::fail(format!("{err}\n--- with {side:?}:\n{text}")))?;
    }
    Ok(())
}

/// What a text says, and the words in it, comments too.
fn said(text: &str) -> (Facts, Vec<String>) {
    let facts = Facts::of(text).unwrap_or_else(|err| panic!("{err}: {text}"));
    (facts, marks(text).into_iter().map(str::to_owned).collect())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn both_sides_are_in_the_result(it in scenario(MOST)) {
        check(&[&it.base], &it.ours, &it.theirs)?;
    }

    #[test]
    fn without_a_base_everything_of_both_sides_is_in_the_result(it in scenario(MOST)) {
        check(&[], &it.ours, &it.theirs)?;
    }

    #[test]
    fn only_what_every_base_has_counts_as_removed(it in scenario(MOST)) {
        check(&[&it.base, &it.between], &it.ours, &it.theirs)?;
        check(&[&it.between, &it.base], &it.ours, &it.theirs)?;
    }

    #[test]
    fn the_one_side_that_changed_is_the_result_to_the_byte(it in scenario(MOST)) {
        let Scenario { base, between, ours, .. } = &it;
        for bases in [vec![base.as_str()], vec![base, base]] {
            prop_assert_eq!(&with(&merged(&bases, ours, base)?, MergeSide::Ours), ours);
            prop_assert_eq!(&with(&merged(&bases, base, ours)?, MergeSide::Ours), ours);
        }
        for bases in [vec![], vec![base.as_str()], vec![base, between]] {
            prop_assert_eq!(&with(&merged(&bases, ours, ours)?, MergeSide::Ours), ours);
        }
    }

    #[test]
    fn a_contact_that_one_side_changed_is_that_sides_text(it in apart()) {
        let merge = merged(&[&it.base], &it.ours, &it.theirs)?;
        prop_assert_eq!(&merge.conflicts, &[]);
        prop_assert_eq!(with(&merge, MergeSide::Ours), it.both);
    }

    #[test]
    fn the_content_does_not_depend_on_which_side_is_ours(it in scenario(MOST)) {
        for bases in [vec![it.base.as_str()], vec![]] {
            let one = merged(&bases, &it.ours, &it.theirs)?;
            let other = merged(&bases, &it.theirs, &it.ours)?;
            let texts = [with(&one, MergeSide::Ours), with(&other, MergeSide::Theirs)];
            let [mine, others] = texts.each_ref().map(|text| said(text));
            prop_assert_eq!(mine, others, "{}\n---\n{}", texts[0], texts[1]);
            let swapped = |merge: &BookMerge, sides: [usize; 2]| {
                let open = merge.conflicts.iter();
                let open = open.map(|one| (one.key.clone(), sides.map(|side| one.values[side].clone())));
                let mut open: Vec<_> = open.collect();
                open.sort();
                open
            };
            prop_assert_eq!(swapped(&one, [0, 1]), swapped(&other, [1, 0]));
            let mut names = [one.kept, other.kept];
            for names in &mut names {
                names.sort();
            }
            prop_assert_eq!(&names[0], &names[1]);
        }
    }

    #[test]
    fn a_second_merge_changes_nothing(it in scenario(MOST)) {
        let merge = merged(&[&it.base], &it.ours, &it.theirs)?;
        let text = with(&merge, MergeSide::Ours);
        prop_assert_eq!(&with(&merged(&[&it.theirs], &it.theirs, &text)?, MergeSide::Ours), &text);
        // Whoever got another name is somebody else to those who know the old one only.
        if merge.conflicts.is_empty() && merge.renamed.is_empty() {
            let again = merged(&[&it.base], &text, &it.theirs)?;
            prop_assert!(again.conflicts.is_empty());
            prop_assert_eq!(said(&with(&again, MergeSide::Ours)), said(&text));
        }
    }

    #[test]
    fn two_machines_that_merge_at_once_have_nothing_to_merge_then(it in scenario(MOST)) {
        let one = merged(&[&it.base], &it.ours, &it.theirs)?;
        let other = merged(&[&it.base], &it.theirs, &it.ours)?;
        let [one, other] = [with(&one, MergeSide::Ours), with(&other, MergeSide::Theirs)];
        let both = merged(&[&it.ours, &it.theirs], &one, &other)?;
        prop_assert_eq!(&both.conflicts, &[]);
        prop_assert_eq!(said(&with(&both, MergeSide::Ours)), said(&one));
    }
}
