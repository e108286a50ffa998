//! The fast parser and the slow one accept and refuse the same books, and give the same values and problems.
#![no_main]

#[path = "../../tests/reading/alike.rs"]
mod alike;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| alike::case(text));
