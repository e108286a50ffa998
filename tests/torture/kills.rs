//! Kills at random moments: what was acknowledged is there.

use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench::{BOOK, Bench, Chance, times};

/// Runs `command` again and again, each time with its own note, and kills it at a random moment. Returns how many
/// acknowledged notes are not in the book exactly once, and how many runs were cut short.
fn kill(bench: &Bench, kills: usize, command: impl Fn(&str) -> Command) -> (usize, usize) {
    let mut chance = Chance::new(23);
    let started = Instant::now();
    for warm in 0..5 {
        let done = command(&format!("warm-{warm}.")).output().expect("it runs");
        assert!(done.status.success(), "{done:?}");
    }
    // The latest moment of a kill: later if the last one came in time, sooner if it did not.
    let mut most = u64::try_from((started.elapsed() / 5).as_micros()).expect("short");
    let mut acknowledged = Vec::new();
    let mut cut_short = 0;
    for number in 0..kills {
        let note = format!("note-{number}.");
        let mut child = command(&note)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_micros(chance.below(most)));
        // The whole group: a control may be a shell with children.
        let group = rustix::process::Pid::from_child(&child);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        let mut told = String::new();
        let mut out = child.stdout.take().expect("piped");
        out.read_to_string(&mut told).expect("read");
        let status = child.wait().expect("ended");
        cut_short += usize::from(!status.success());
        most = (most * if status.success() { 9 } else { 11 } / 10).max(100);
        if told.contains("Logged") {
            acknowledged.push(note);
        }
    }
    let book = fs::read_to_string(bench.path()).unwrap_or_default();
    let is_lost = |note: &&String| book.matches(note.as_str()).count() != 1;
    (acknowledged.iter().filter(is_lost).count(), cut_short)
}

#[test]
fn no_kill_loses_what_was_acknowledged() {
    let bench = Bench::new(BOOK);
    let kills = times(200, 1000);
    let (lost, cut_short) = kill(&bench, kills, |note| {
        let mut netkeep = bench.netkeep();
        netkeep.args(["log", "ana", "-m", note]);
        netkeep
    });
    assert_eq!(lost, 0, "of {kills} kills, {cut_short} in time");
    assert!(
        cut_short > kills / 4,
        "{cut_short} of {kills} were cut short"
    );
    bench.ok(&["log", "bo"]);
    assert_eq!(bench.litter(), Vec::<String>::new());
    assert!(
        bench
            .book()
            .starts_with(BOOK.split("  { on").next().expect("a start"))
    );
}

#[test]
fn kills_lose_what_is_written_in_place() {
    let bench = Bench::new(BOOK);
    let script = r#"book=$(cat book.toml); : > book.toml; sleep 0.002
        printf '%s\n# %s\n' "$book" "$1" >> book.toml; echo Logged"#;
    let (lost, _) = kill(&bench, 200, |note| {
        let mut shell = bench.program("sh");
        shell.args(["-c", script, "sh", note]);
        shell
    });
    assert!(lost > 0, "the harness is blind");
}
