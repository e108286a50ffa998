//! Merges that others do. The verdict that ours passes must fail each of them.

use std::fs;
use std::process::Command;

use netkeep::store::{MergeSide, merge_books};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::facts::State;
use super::scenarios::{Scenario, scenario};
use super::verdict::{MergeResult, verdict};

/// How many cases a control has for being caught.
const TRIES: usize = 200;

/// The first thing of this kind that is wrong with what a program makes of some cases. Nothing in them needs to be asked, so
/// that a merge which asks nobody can be right.
fn caught(kind: &str, merge: impl Fn(&Scenario) -> String) -> Option<String> {
    let mut runner = TestRunner::deterministic();
    let cases = scenario(5);
    (0..TRIES).find_map(|_| {
        let case = cases.new_tree(&mut runner).expect("a case").current();
        let right = merge_books(&[&case.base], &case.ours, &case.theirs).ok()?;
        if !right.conflicts.is_empty() || !right.kept.is_empty() {
            return None;
        }
        let text = merge(&case);
        let [base, ours, theirs] =
            [&case.base, &case.ours, &case.theirs].map(|text| State::of(text).expect("a book"));
        let found = State::of(&text)
            .and_then(|after| verdict(&[&base], &ours, &theirs, &MergeResult::plain(&after)));
        found.err().filter(|err| err.contains(kind))
    })
}

/// What is wrong with a control is the control, not how it is looked at.
#[test]
fn the_merge_of_netkeep_is_not_caught() {
    let ours = |case: &Scenario| {
        let merge = merge_books(&[&case.base], &case.ours, &case.theirs).expect("two books");
        merge.text(&[])
    };
    assert_eq!(caught("", ours), None);
}

#[test]
fn the_union_merge_of_git_is_caught() {
    let folder = tempfile::tempdir().expect("a folder");
    let union = |case: &Scenario| {
        let texts = [&case.ours, &case.base, &case.theirs];
        let paths = ["ours", "base", "theirs"].map(|name| folder.path().join(name));
        for (path, text) in paths.iter().zip(texts) {
            fs::write(path, text).expect("it can be written");
        }
        let merge = Command::new("git")
            .args(["merge-file", "--union", "-p"])
            .args(&paths)
            .output();
        String::from_utf8(merge.expect("git runs").stdout).expect("UTF-8")
    };
    assert!(caught("no TOML", union).is_some(), "the verdict is blind");
}

#[test]
fn the_last_writer_is_caught() {
    let last = |case: &Scenario| case.theirs.clone();
    assert!(caught("is missing", last).is_some(), "the verdict is blind");
}

/// A touch that only ours has, taken for one that theirs took out: ours is the newest version, so it is taken for the base.
#[test]
fn a_base_that_is_guessed_is_caught() {
    let guessed = |case: &Scenario| {
        let merge = merge_books(&[&case.ours], &case.ours, &case.theirs).expect("two books");
        merge.text(&vec![MergeSide::Ours; merge.conflicts.len()])
    };
    assert!(
        caught("is missing", guessed).is_some(),
        "the verdict is blind"
    );
}
