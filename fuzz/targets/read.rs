//! Any bytes are read or refused, with places that are in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netkeep::store::read;

fuzz_target!(|text: &str| {
    let problems = match read(text) {
        Ok(read) => read.problems,
        Err(problems) => {
            assert!(!problems.is_empty());
            problems
        }
    };
    for problem in problems {
        assert!(problem.at.start <= problem.at.end && problem.at.end <= text.len() + 1);
        assert!(!problem.message.is_empty());
    }
});
