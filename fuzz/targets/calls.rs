//! Any file of calls is read, the same in pieces of any length; nothing in it reaches a line raw.
#![no_main]

use std::io::{BufRead, BufReader};

use libfuzzer_sys::fuzz_target;
use netkeep::exchange::{PhoneRecord, RowProblem, calls};

fn records(input: &mut impl BufRead) -> Vec<Result<PhoneRecord, RowProblem>> {
    let mut found = vec![];
    let end = calls(input, &|time| time.naive_utc(), &mut |record| {
        found.push(record)
    });
    assert!(end.is_ok());
    found
}

fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    let found = records(&mut input);
    let piece = bytes.first().map_or(4, |byte| usize::from(*byte) + 4);
    assert_eq!(found, records(&mut BufReader::with_capacity(piece, bytes)));
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for record in &found {
        let numbers = match record {
            Ok(PhoneRecord::Call(call)) => std::slice::from_ref(&call.number),
            Ok(PhoneRecord::Text(text)) => {
                assert!(
                    text.text
                        .as_ref()
                        .is_none_or(|text| !text.contains(char::is_control))
                );
                &text.numbers
            }
            Err(problem) => {
                assert!(problem.line <= lines || bytes.contains(&0));
                &[]
            }
        };
        assert!(
            numbers
                .iter()
                .all(|number| !number.is_empty() && !number.contains(char::is_control))
        );
    }
});
