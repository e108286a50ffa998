//! Runs two closures in parallel.

use std::thread;

/// Runs both, `other` in a thread of its own where the system gives one, and returns what they return.
pub(crate) fn in_parallel<T, U: Send>(
    one: impl FnOnce() -> T,
    other: impl Fn() -> U + Sync,
) -> (T, U) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().spawn_scoped(scope, &other).ok();
        let done = one();
        // If there is no thread, or it panicked, run it here.
        let other = thread
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(&other);
        (done, other)
    })
}
