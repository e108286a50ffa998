//! The system calls of a run, from `strace`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::bench::Bench;

/// One system call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// The arguments and the result.
    pub(crate) rest: String,
}

impl Call {
    /// The number that it returned; `None` if it failed.
    pub(crate) fn result(&self) -> Option<i64> {
        // Short calls are padded: `fsync(4</tmp>)          = 0`.
        let (_, result) = self.rest.rsplit_once(" = ")?;
        let number = result.split(|c: char| !c.is_ascii_digit()).next()?;
        number.parse().ok()
    }

    /// Whether it changes a file or takes a lock, or ends the program.
    pub(crate) fn is_changing(&self) -> bool {
        let opens = self.name == "openat" && self.rest.contains("O_CREAT");
        opens || CHANGING.contains(&self.name.as_str())
    }

    /// The texts among the arguments.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.rest.split('"').skip(1).step_by(2).collect()
    }

    /// The paths of open files among the arguments and of the result, as `strace -y` adds them: `3</tmp/book.toml>`.
    pub(crate) fn files(&self) -> Vec<&str> {
        let parts = self.rest.split('<').skip(1);
        parts
            .filter_map(|part| Some(part.split_once('>')?.0))
            .collect()
    }
}

/// The calls that change a file or take a lock, and the end of the program. Between two of them a kill finds the same on the disk,
/// so the short form of a test kills in these alone.
const CHANGING: [&str; 15] = [
    "exit_group",
    "fchmod",
    "flock",
    "fsync",
    "ftruncate",
    "link",
    "linkat",
    "mkdir",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "utimensat",
    "write",
];

/// Each call with its number among the calls of its name, as strace counts them to inject a fault.
pub(crate) fn numbered(calls: &[Call]) -> impl Iterator<Item = (&Call, usize)> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    calls.iter().map(move |call| {
        let number = numbers.entry(&call.name).or_default();
        *number += 1;
        (call, *number)
    })
}

/// Runs `program` with `args` under strace; returns its system calls from its own start on.
pub(crate) fn trace(bench: &Bench, program: &str, args: &[&str]) -> (Output, Vec<Call>) {
    let log = bench.at("trace");
    let run = bench
        .program("strace")
        .args(["-f", "-qq", "-y", "-s", "4096", "-o"])
        .arg(&log)
        .arg(program)
        .args(args)
        .output()
        .expect("strace runs");
    (run, calls_of(&log))
}

/// The system calls in a log of strace, after the first one, which starts the program.
pub(crate) fn calls_of(log: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&fs::read(log).expect("a trace")).into_owned();
    let calls = whole(&text);
    let calls = calls.iter().filter_map(|line| call(line));
    calls.skip(1).collect()
}

/// The lines of a trace, with those joined that another thread interrupted: `7 fsync(4</tmp/x> <unfinished ...>` and
/// `7 <... fsync resumed>) = 0`. A call is listed where it ends.
fn whole(trace: &str) -> Vec<String> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in trace.lines() {
        let (thread, _) = line.split_once(' ').unwrap_or_default();
        if let Some(start) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start);
        } else if let Some((_, end)) = line.split_once(" resumed>") {
            lines.extend(begun.remove(thread).map(|start| format!("{start}{end}")));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// `4711 fsync(4</tmp/x>) = 0`.
fn call(line: &str) -> Option<Call> {
    let line = line
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start();
    let (name, rest) = line.split_once('(')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then(|| Call {
        name: name.to_owned(),
        rest: rest.to_owned(),
    })
}
