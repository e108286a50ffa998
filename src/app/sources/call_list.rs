//! Reads the calls and messages of a phone, unless they are remembered.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::local_time::local;
use super::memory::{SourceMemory, file_bookmark};
use super::remembered::SourceFact;
use crate::exchange::RowProblem;
use crate::exchange::calls;

/// More problems of a file are not kept: a file that is none has one in each line.
const MOST_PROBLEMS: usize = 10_000;

/// Reads a call list; returns what is wrong with it.
pub(super) fn read_call_list(
    path: &Path,
    memory: &SourceMemory,
    found: &mut dyn FnMut(SourceFact),
) -> io::Result<Vec<RowProblem>> {
    let file = File::open(path)?;
    let now = file_bookmark(&file)?;
    let recalled = memory.recall(path);
    if let Some(recalled) = recalled.filter(|recalled| recalled.bookmark == now) {
        let facts = recalled.lines().filter_map(|(_, line)| line.into_fact());
        facts.for_each(found);
        return Ok(vec![]);
    }
    let mut writer = memory.writer(path);
    let problems = read_calls(&mut BufReader::new(file), &mut |fact| {
        writer.fact(String::new(), Some(&fact));
        found(fact);
    })?;
    // What is wrong is told each time.
    if problems.is_empty() {
        writer.keep(now);
    }
    Ok(problems)
}

/// Reads calls and messages; returns what is wrong with them, as far as anyone would read it.
pub(super) fn read_calls(
    input: &mut impl BufRead,
    found: &mut dyn FnMut(SourceFact),
) -> io::Result<Vec<RowProblem>> {
    let mut problems = Vec::new();
    calls(input, &local, &mut |record| match record {
        Ok(record) => found(record.into()),
        Err(problem) if problems.len() < MOST_PROBLEMS => problems.push(problem),
        Err(_) => {}
    })?;
    Ok(problems)
}
