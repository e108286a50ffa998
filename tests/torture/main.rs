//! Proof that the book is safe: puts every promise of docs/proofs.md to the test.
//!
//! `cargo test` runs the short form. The long form takes hours and is run before a release:
//!
//! ```sh
//! NETKEEP_TORTURE=long cargo test --release --test torture
//! ```
//!
//! Those that kill, cut or race a save have a control: a program that does the same work without the care, which the
//! same harness must catch. A test that needs `strace`, `vim` or a namespace says so if it is missing; `.ci/run` installs
//! the programs.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stderr, reason = "tests report what they skip and count")]

mod bench;
mod card_kills;
mod clones;
mod crowd;
mod disk;
mod editor;
mod identity;
mod kills;
mod machines;
#[path = "../cli/memory.rs"]
mod memory;
mod output;
mod power;
mod reading;
mod sequences;
mod sync_kills;
mod syscalls;
mod trace;
mod truncation;
mod wiped;
mod wiped_contested;
