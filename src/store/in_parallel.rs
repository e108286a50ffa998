//! Two things that need not wait for each other.

use std::thread;

/// Does both, `other` in a thread of its own where the system gives one.
pub(super) fn at_once<T, U: Send>(one: impl FnOnce() -> T, other: impl Fn() -> U + Sync) -> (T, U) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, &other).ok();
        let done = one();
        // A thread that panicked has done it no worse than the next try does.
        let other = thread
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(&other);
        (done, other)
    })
}
