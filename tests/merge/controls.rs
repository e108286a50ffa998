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

/// The first thing that is wrong with what a program makes of some cases.
fn caught(merge: impl Fn(&Scenario) -> String) -> Option<String> {
    let mut runner = TestRunner::deterministic();
    let cases = scenario(5);
    (0..TRIES).find_map(|_| {
        let case = cases.new_tree(&mut runner).expect("a case").current();
        let text = merge(&case);
        let [base, ours, theirs] =
            [&case.base, &case.ours, &case.theirs].map(|text| State::of(text).expect("a book"));
        let found = State::of(&text)
            .and_then(|after| verdict(&[&base], &ours, &theirs, &MergeResult::plain(&after)));
        found
            .err()
            // Asking nobody is not what makes a control wrong.
            .filter(|err| err.contains("no TOML") || err.contains("is missing"))
    })
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
    let wrong = caught(union).expect("a union is no merge of books");
    assert!(wrong.contains("no TOML"), "{wrong}");
}

#[test]
fn the_last_writer_is_caught() {
    let wrong = caught(|case| case.theirs.clone()).expect("a change is missing");
    assert!(wrong.contains("is missing"), "{wrong}");
}

/// A touch that only ours has, taken for one that theirs took out: ours is the newest version, so it is taken for the base.
#[test]
fn a_base_that_is_guessed_is_caught() {
    let guessed = |case: &Scenario| {
        let merge = merge_books(&[&case.ours], &case.ours, &case.theirs).expect("two books");
        merge.text(&vec![MergeSide::Ours; merge.conflicts.len()])
    };
    let wrong = caught(guessed).expect("a change is missing");
    assert!(wrong.contains("is missing"), "{wrong}");
}
