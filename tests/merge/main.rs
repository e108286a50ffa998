//! Properties of the merge of two states of a book, over generated books and what people and netkeep do to them.
//!
//! `cargo test` tries 3,000 books, `NETKEEP_TORTURE=long` 100,000, and `PROPTEST_CASES` as many as it says; each is checked for
//! all properties at once. What a text says is read with the crate `toml` alone, not with netkeep's parser.
//!
//! - `books`: books as people write them. `changes`: what is done to one. `scenarios`: two states that grew from one.
//! - `facts`: what a text says. `verdict`: whether a merged text says what it must.
//! - `properties`: what holds for every merge. `controls`: merges that others do, which the same verdict must fail.
//! - `mutated`: texts that are no books.

mod books;
mod changes;
mod controls;
mod facts;
mod mutated;
mod properties;
mod scenarios;
mod verdict;

use std::fmt::Debug;

use proptest::prelude::{ProptestConfig, Strategy};
use proptest::test_runner::{TestCaseError, TestRunner};

/// How many books are tried in the short form.
const BOOKS: u32 = 3_000;

/// How many books are tried, where the short form tries one in so many of them.
fn config(one_in: u32) -> ProptestConfig {
    let is_long = std::env::var_os("NETKEEP_TORTURE").is_some_and(|form| form == "long");
    let asked = std::env::var("PROPTEST_CASES");
    let asked = asked.ok().and_then(|cases| cases.parse().ok());
    let cases = if is_long {
        100_000
    } else {
        asked.unwrap_or(BOOKS / one_in)
    };
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    }
}

/// Tests half of the cases in each of two threads, which have chances of their own: this is most of the work here.
fn test_in_two_threads<S: Strategy>(
    config: &ProptestConfig,
    cases: impl Fn() -> S + Sync,
    test: impl Fn(S::Value) -> Result<(), TestCaseError> + Sync,
) where
    S::Value: Debug,
{
    let half = || {
        let config = ProptestConfig {
            cases: config.cases.div_ceil(2),
            ..config.clone()
        };
        let found = TestRunner::new(config).run(&cases(), &test);
        found.unwrap_or_else(|err| panic!("{err}"));
    };
    std::thread::scope(|scope| {
        scope.spawn(half);
        half();
    });
}
