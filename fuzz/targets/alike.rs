//! Books are read alike by the fast readers and by the slow one: each says yes and no where the other does, and every value
//! and every problem is the same.
#![no_main]

#[path = "../../tests/reading/alike.rs"]
mod alike;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| alike::case(text));
