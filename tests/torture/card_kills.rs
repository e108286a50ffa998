//! `netkeep sync` with a folder of cards is killed in every system call: the book and each card are the old one or the new one,
//! and the next `sync` ends with what an undisturbed one makes.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use crate::bench::{Bench, NETKEEP, has, is_long, two_at_a_time};
use crate::trace::{Call, numbered, trace};

const BOOK: &str = "\
[buckets.clients]
cadence = \"4 weeks\"

# Met in Madrid.
[[contacts]]
name = \"Ana Ruiz\"
bucket = \"clients\"
title = \"CTO\"

[[contacts]]
name = \"Bo Lind\"
bucket = \"clients\"
";

const SYNC: [&str; 4] = ["sync", "--yes", "--cards", "cards"];

fn card(uid: &str, name: &str, phone: &str) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Phone//EN\r\nUID:{uid}\r\nN:{name};;;;\r\nFN:{name}\r\nTEL;TYPE=CELL:{phone}\r\n\
         X-RINGTONE:harp\r\nEND:VCARD\r\n"
    )
}

/// A book and a folder that agreed once: since then each side got someone new and a new value, and one was removed.
fn ready() -> Bench {
    let bench = Bench::for_many_runs(BOOK);
    fs::create_dir(bench.at("books/cards")).expect("a folder");
    let write = |file: &str, text: String| {
        fs::write(bench.at("books/cards").join(file), text).expect("written");
    };
    write(
        "ivo.vcf",
        card("0c3c1a6e-0001-4a6f", "Ivo Brand", "+49151000001"),
    );
    bench.ok(&SYNC);
    bench.ok(&["edit", "ana", "--set", "title=CEO"]);
    bench.ok(&["remove", "Bo Lind"]);
    bench.ok(&["add", "Cy Noor", "-b", "clients"]);
    write(
        "ivo.vcf",
        card("0c3c1a6e-0001-4a6f", "Ivo Brand", "+49151000002"),
    );
    write(
        "tess.vcf",
        card("0c3c1a6e-0002-4a6f", "Tess Okoro", "+49151000003"),
    );
    bench
}

/// The files of the folder.
fn cards(bench: &Bench) -> BTreeMap<String, String> {
    let entries = fs::read_dir(bench.at("books/cards")).expect("listed");
    let files = entries.map(|entry| {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read_to_string(entry.path()).expect("read"))
    });
    files.collect()
}

/// The kills: the name of a call and its number.
fn kills(calls: &[Call]) -> Vec<(String, usize)> {
    let calls = numbered(calls).filter(|(call, _)| is_long() || call.is_changing());
    calls
        .map(|(call, number)| (call.name.clone(), number))
        .collect()
}

/// Syncs with one kill, and returns what is wrong with what is left.
fn inflict(program: &[&str], kill: &(String, usize), end: &Bench) -> Result<(), String> {
    let bench = ready();
    let (old, old_cards, end_cards) = (bench.book(), cards(&bench), cards(end));
    let (call, number) = kill;
    bench
        .program("strace")
        .args(["--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "-e"])
        .arg(format!("trace={call}"))
        .arg("-e")
        .arg(format!("inject={call}:signal=KILL:when={number}"))
        .args(program)
        .output()
        .expect("strace runs");
    let book = bench.book();
    if book != old && book != end.book() {
        return Err(format!("torn: {book}"));
    }
    for (name, text) in cards(&bench)
        .iter()
        .filter(|(name, _)| !name.starts_with('.'))
    {
        if ![&old_cards, &end_cards]
            .iter()
            .any(|cards| cards.get(name) == Some(text))
        {
            return Err(format!("torn: {name}: {text}"));
        }
    }
    let next = bench.run(&SYNC);
    if !next.status.success() {
        return Err(format!("the next sync fails: {next:?}"));
    }
    if bench.book() != end.book() || cards(&bench) != end_cards {
        return Err(format!(
            "not ended: {} {:#?} {next:?}",
            bench.book(),
            cards(&bench)
        ));
    }
    let idle = bench.ok(&SYNC);
    if idle.stdout != b"The book and its cards say the same\n" {
        return Err(format!("not quiet: {idle:?}"));
    }
    Ok(())
}

/// Kills a program once in each of its system calls; returns how many kills there were, and what went wrong.
fn torture(program: &[&str]) -> (usize, Vec<String>) {
    let end = ready();
    end.ok(&SYNC);
    let (_, calls) = trace(&ready(), program[0], &program[1..]);
    let kills = kills(&calls);
    let count = kills.len();
    let wrong = Mutex::new(Vec::new());
    two_at_a_time(kills, |kill| {
        if let Err(why) = inflict(program, &kill, &end) {
            wrong
                .lock()
                .expect("nobody failed")
                .push(format!("{kill:?}: {why}"));
        }
    });
    (count, wrong.into_inner().expect("nobody failed"))
}

#[test]
fn a_killed_sync_leaves_whole_cards_and_the_next_one_ends_it() {
    if !has("strace", &["-V"]) {
        return;
    }
    let (count, wrong) = torture(&[[NETKEEP].as_slice(), &SYNC].concat());
    assert!(wrong.is_empty(), "{} of {count}: {wrong:#?}", wrong.len());
    assert!(count > 30, "{count} kills");
    eprintln!("{count} kills");
}

#[test]
fn the_same_kills_tear_a_card_that_is_written_in_place() {
    if !has("strace", &["-V"]) {
        return;
    }
    let script =
        "f=cards/ivo.vcf; new=$(sed s/000002/000009/ $f); : > $f; printf '%s\\n' \"$new\" >> $f";
    let (_, wrong) = torture(&["sh", "-c", script]);
    assert!(
        wrong.iter().any(|why| why.contains("torn")),
        "the harness is blind: {wrong:#?}"
    );
}
