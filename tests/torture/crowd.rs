//! Many people log at once, through every path that leads to the book.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::bench::{BOOK, Bench, is_long};

/// Lets `people` log `times` times at once, through the file, a link and a link to the link. Returns how many acknowledged
/// touches are lost, and how many are there twice.
fn crowd(
    bench: &Bench,
    people: usize,
    times: usize,
    command: impl Fn(&str, &str) -> Command + Sync,
) -> (usize, usize) {
    symlink("../books/book.toml", bench.at("home/link.toml")).expect("linked");
    symlink("home/link.toml", bench.at("chain.toml")).expect("linked");
    let ways = [
        bench.path(),
        bench.at("home/link.toml"),
        bench.at("chain.toml"),
    ];
    let logged: Vec<String> = std::thread::scope(|scope| {
        let one = |person: usize| {
            let way = ways[person % ways.len()]
                .to_str()
                .expect("a plain name")
                .to_owned();
            let command = &command;
            scope.spawn(move || {
                let notes = (0..times).map(|number| format!("note-{person}-{number}."));
                let is_logged = |note: &String| {
                    let run = command(&way, note).output().expect("it runs");
                    run.status.success()
                };
                notes.filter(is_logged).collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = (0..people).map(one).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("it ran"))
            .collect()
    });
    assert_eq!(logged.len(), people * times, "every log succeeds");
    let book = fs::read_to_string(bench.path()).expect("there");
    let count = |note: &String| book.matches(note.as_str()).count();
    let lost = logged.iter().filter(|note| count(note) == 0).count();
    (lost, logged.iter().filter(|note| count(note) > 1).count())
}

#[test]
fn a_crowd_that_logs_at_once_loses_and_doubles_nothing() {
    let bench = Bench::new(BOOK);
    let (people, times) = if is_long() { (10, 1000) } else { (4, 100) };
    let found = crowd(&bench, people, times, |way, note| {
        let mut netkeep = bench.netkeep();
        netkeep.args(["--file", way, "log", "ana", "-m", note]);
        netkeep
    });
    assert_eq!(found, (0, 0));
    assert_eq!(bench.litter(), Vec::<String>::new());
    assert!(bench.at("chain.toml").is_symlink() && bench.at("home/link.toml").is_symlink());
}

#[test]
fn without_a_lock_a_crowd_loses_touches() {
    let bench = Bench::new(BOOK);
    let script = r##"{ cat "$1"; echo "# $2"; } > "$1.$$" && mv "$1.$$" ../books/book.toml"##;
    let (lost, _) = crowd(&bench, 4, 50, |way, note| {
        let mut shell = bench.program("sh");
        shell.args(["-c", script, "sh", way, note]);
        shell
    });
    assert!(lost > 0, "the harness is blind");
}
