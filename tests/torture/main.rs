//! Proof that the book is safe: every promise of the README about the file, tried by force.
//!
//! `cargo test` runs the short form. The long form takes hours and is run before a release:
//!
//! ```sh
//! NETKEEP_TORTURE=long cargo test --release --test torture
//! ```
//!
//! Each guarantee has a control: something rude that does the same work without the care, and that the same harness
//! must catch. What needs `strace`, `vim` or a namespace of its own says so where they are missing; `.ci/run` installs
//! them.
#![cfg(target_os = "linux")]
#![allow(
    clippy::print_stderr,
    reason = "what is skipped and what was counted is told"
)]

mod bench;
mod crowd;
mod disk;
mod editor;
mod identity;
mod kills;
mod output;
mod power;
mod reading;
mod sequences;
mod syscalls;
mod trace;
mod truncation;
