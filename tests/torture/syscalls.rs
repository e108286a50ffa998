//! Every system call of a save is killed, or fails with every error that a disk gives.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::sync::Mutex;

use crate::bench::{BOOK, Bench, NETKEEP, has, is_long, two_at_a_time};
use crate::trace::{Call, numbered, trace};

/// What happens to a system call.
const FAULTS: [&str; 6] = [
    "signal=KILL",
    "error=EIO",
    "error=ENOSPC",
    "error=EDQUOT",
    "error=EROFS",
    "error=EINTR",
];

/// System calls that never return an error of the disk, so only kills and interruptions are injected.
/// `exit` and `exit_group` cannot fail and do not return: libc repeats them until they work, so with a lasting fault the
/// process would never end. Threads wait for each other in `futex`, which does no input or output.
const NO_DISK_ERRORS: [&str; 3] = ["exit", "exit_group", "futex"];

/// One fault: the name of the call, its number among the calls of that name, and what happens to it.
#[derive(Clone, Debug)]
struct Fault {
    call: String,
    number: usize,
    what: &'static str,
    /// Whether every later one fails too.
    lasts: bool,
}

/// The results of the runs.
#[derive(Debug, Default)]
struct Tally {
    runs: usize,
    /// Neither the old book nor the new one.
    torn: Vec<String>,
    /// Success without the change.
    unsaved: Vec<String>,
    /// Anything else that is wrong: a panic, a changed mode, files left over, a next run that fails.
    wrong: Vec<String>,
}

/// A program that changes a book, and how to prepare the bench for it.
struct Work<'w> {
    program: &'w str,
    args: &'w [&'w str],
    ready: fn(&Bench),
}

#[test]
fn no_fault_tears_a_book_or_reports_a_save_that_was_not_made() {
    if !has("strace", &["-V"]) {
        return;
    }
    let work = |args, ready| Work {
        program: NETKEEP,
        args,
        ready,
    };
    for work in [
        work(&["log", "ana", "-v", "call"], |_| {}),
        work(&["add", "Zoë"], |_| {}),
        work(&["edit", "bo", "--set", "city=Oslo"], |_| {}),
        work(&["undo"], |bench| drop(bench.ok(&["log", "bo"]))),
    ] {
        let (tally, args) = (torture(&work), work.args);
        assert!(tally.runs > 300, "{args:?}: {} runs", tally.runs);
        assert!(tally.torn.is_empty(), "{args:?}: {:#?}", tally.torn);
        assert!(tally.unsaved.is_empty(), "{args:?}: {:#?}", tally.unsaved);
        assert!(tally.wrong.is_empty(), "{args:?}: {:#?}", tally.wrong);
        eprintln!("{args:?}: {} faults", tally.runs);
    }
}

#[test]
fn the_same_faults_tear_a_book_that_is_written_in_place() {
    if !has("strace", &["-V"]) {
        return;
    }
    let tally = torture(&Work {
        program: "dd",
        args: &["if=../new.toml", "of=book.toml", "bs=64", "status=none"],
        ready: |bench| fs::write(bench.at("new.toml"), format!("{BOOK}# more\n")).expect("written"),
    });
    assert!(!tally.torn.is_empty(), "the harness is blind");
}

fn torture(work: &Work) -> Tally {
    let bench = Bench::for_many_runs(BOOK);
    (work.ready)(&bench);
    let old = bench.book();
    let (_, calls) = trace(&bench, work.program, work.args);
    let new = bench.book();
    assert_ne!(old, new, "{:?} changes nothing", work.args);

    let faults = faults(&calls);
    let tally = Mutex::new(Tally::default());
    two_at_a_time(faults, |fault| {
        let found = inflict(work, &fault, &new);
        let mut tally = tally.lock().expect("nobody failed");
        tally.runs += 1;
        if let Some((kind, told)) = found {
            let told = format!("{fault:?}: {told}");
            match kind {
                Kind::Torn => tally.torn.push(told),
                Kind::Unsaved => tally.unsaved.push(told),
                Kind::Wrong => tally.wrong.push(told),
            }
        }
    });
    tally.into_inner().expect("nobody failed")
}

/// Every fault to inject into a run that makes `calls`.
fn faults(calls: &[Call]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (call, number) in numbered(calls) {
        for what in FAULTS {
            let is_disk_error = what.starts_with("error") && what != "error=EINTR";
            if is_disk_error && NO_DISK_ERRORS.contains(&call.name.as_str()) {
                continue;
            }
            // A program may retry an interrupted call for ever, so EINTR never lasts.
            let lasting: &[bool] = if is_long() && is_disk_error {
                &[false, true]
            } else {
                &[false]
            };
            faults.extend(lasting.iter().map(|&lasts| Fault {
                call: call.name.clone(),
                number,
                what,
                lasts,
            }));
        }
    }
    faults
}

enum Kind {
    Torn,
    Unsaved,
    Wrong,
}

/// Runs the work with one fault, and returns what is wrong with the result.
fn inflict(work: &Work, fault: &Fault, new: &str) -> Option<(Kind, String)> {
    let bench = Bench::for_many_runs(BOOK);
    (work.ready)(&bench);
    let old = fs::read(bench.path()).expect("there");
    let when = if fault.lasts { "+" } else { "" };
    let (call, what, number) = (&fault.call, fault.what, fault.number);
    let run = bench
        .program("timeout")
        .args(["-k", "5", "60", "strace"])
        // A filter in the kernel lets all other calls pass without a stop.
        .args(["--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={call}"))
        .arg("-e")
        .arg(format!("inject={call}:{what}:when={number}{when}"))
        .arg(work.program)
        .args(work.args)
        .output()
        .expect("strace runs");
    let told = || format!("{run:?}");
    if run.status.code() == Some(124) {
        return Some((Kind::Wrong, format!("does not end: {}", told())));
    }

    let book = fs::read(bench.path()).unwrap_or_default();
    let is_new = book == new.as_bytes();
    if !is_new && book != old {
        return Some((Kind::Torn, format!("{} bytes; {}", book.len(), told())));
    }
    if run.status.success() && !is_new {
        return Some((Kind::Unsaved, told()));
    }
    if work.program != NETKEEP {
        return None;
    }
    // Before `main`, the loader and the runtime may give up in their own way; nothing has happened then.
    let is_known =
        matches!(run.status.code(), Some(0 | 1 | 2 | 74 | 75)) || run.status.signal() == Some(9);
    if !is_known && is_new {
        return Some((
            Kind::Wrong,
            format!("ended in an unknown way after saving: {}", told()),
        ));
    }
    let is_refused = run.status.code() == Some(1) || run.status.code() == Some(75);
    if is_refused && is_new {
        return Some((
            Kind::Wrong,
            format!("says that nothing was written: {}", told()),
        ));
    }
    let next = bench.run(&["log", "ana", "-m", "the next run"]);
    if !next.status.success() || !bench.book().contains("the next run") {
        return Some((Kind::Wrong, format!("the next run fails: {next:?}")));
    }
    let litter = bench.litter();
    if !litter.is_empty() {
        return Some((Kind::Wrong, format!("left over: {litter:?}")));
    }
    None
}
