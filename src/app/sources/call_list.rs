//! Reads the calls and messages of a phone, unless they are remembered.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use super::local_time::local;
use super::memory::{SourceMemory, file_bookmark};
use super::remembered::SourceFact;
use crate::exchange::RowProblem;
use crate::exchange::calls;

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
    let (mut writer, mut problems) = (memory.writer(path), Vec::new());
    calls(
        &mut BufReader::new(file),
        &local,
        &mut |record| match record {
            Ok(record) => {
                let fact = SourceFact::from(record);
                writer.fact(String::new(), Some(&fact));
                found(fact);
            }
            Err(problem) => problems.push(problem),
        },
    )?;
    // What is wrong is told each time.
    if problems.is_empty() {
        writer.keep(now);
    }
    Ok(problems)
}
