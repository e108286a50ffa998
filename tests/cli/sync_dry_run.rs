//! `netkeep sync -n` with git.

use crate::sync::{git, two};

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let (_shared, one, other) = two();
    other.ok("log bo -v call");
    other.ok("sync");
    one.ok("log ana -v call");
    let state = || {
        let refs = git(&one, "for-each-ref");
        (
            refs,
            git(&one, "count-objects"),
            git(&one, "status --porcelain"),
            one.book(),
        )
    };
    let before = state();
    one.ok("sync -n").stdout_eq(
        "Would commit: log: a call with Ana Ruiz\nWould fetch from origin/main, merge, and push\n",
    );
    assert_eq!(state(), before);
}
