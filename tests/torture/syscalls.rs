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

/// System calls that work on memory, signals and threads, not on files. Whichever error they return, it is the same to the
/// caller, so the short form injects one.
const NO_FILES: [&str; 16] = [
    "arch_prctl",
    "brk",
    "clone3",
    "getrandom",
    "gettid",
    "madvise",
    "mprotect",
    "munmap",
    "prlimit64",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
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
    /// Whether the short form also injects faults before the program gets to the book. Every command starts in the same way,
    /// so one is enough.
    from_its_start: bool,
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
        from_its_start: false,
    };
    for work in [
        Work {
            from_its_start: true,
            ..work(&["log", "ana", "-v", "call"], |_| {})
        },
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
        from_its_start: true,
    });
    assert!(!tally.torn.is_empty(), "the harness is blind");
}

fn torture(work: &Work) -> Tally {
    let bench = Bench::in_memory(BOOK);
    (work.ready)(&bench);
    let old = bench.book();
    let (_, calls) = trace(&bench, work.program, work.args);
    let new = bench.book();
    assert_ne!(old, new, "{:?} changes nothing", work.args);

    let start = if work.from_its_start || is_long() {
        0
    } else {
        let reaches_the_book = |call: &Call| call.texts().iter().any(|text| text.contains("book"));
        let start = calls.iter().position(reaches_the_book);
        start.expect("the book is opened")
    };
    let faults = faults(&calls, start);
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

/// Every fault to inject into a run that makes `calls`, from the one at `start` on.
fn faults(calls: &[Call], start: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (call, number) in numbered(calls).skip(start) {
        let one_error = !is_long() && NO_FILES.contains(&call.name.as_str());
        for what in FAULTS {
            if one_error && !["signal=KILL", "error=ENOSPC", "error=EINTR"].contains(&what) {
                continue;
            }
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
    let bench = Bench::in_memory(BOOK);
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
