//! Every state in which a power cut may leave the disk, computed from the system calls of a save.
//!
//! The system calls of real runs are the record. A file's bytes are safe once it is flushed, a name once its folder is;
//! until then, any part of what is pending may be on the disk and any other part may not. Every such state after every
//! step is checked: the book must be one of its versions, and after success none older than the acknowledged one.

use std::collections::{BTreeMap, BTreeSet};

use crate::bench::{BOOK, Bench, NETKEEP, has, times};
use crate::trace::{Call, trace};

/// What a program asked the disk to do.
#[derive(Clone, Debug)]
enum Step {
    /// A new file under a name.
    Create {
        file: usize,
        name: String,
    },
    /// The file is empty now.
    Truncate {
        file: usize,
    },
    /// This many more of the bytes that the file will hold.
    Write {
        file: usize,
        length: usize,
    },
    /// The bytes of the file are on the disk after this.
    Flush {
        file: usize,
    },
    /// The names in the folder are on the disk after this.
    FlushFolder,
    Rename {
        from: String,
        to: String,
    },
    Exchange {
        one: String,
        other: String,
    },
    /// The name is no longer in this folder.
    Gone {
        name: String,
    },
    /// Success was reported to the user.
    Told,
}

/// The steps of some saves, and the final contents of each file.
struct Record {
    steps: Vec<Step>,
    /// The bytes of each file, the book before the first step first.
    files: Vec<Vec<u8>>,
    /// The versions of the book, oldest first.
    books: Vec<Vec<u8>>,
}

/// What was found in all the states.
#[derive(Debug, Default, Eq, PartialEq)]
struct Tally {
    states: usize,
    torn: usize,
    lost: usize,
}

const BOOK_NAME: &str = "book.toml";

/// The record of saves by `program`, one for each of `runs`.
fn record(program: &str, runs: &[Vec<String>], ready: impl Fn(&Bench, usize)) -> Record {
    let bench = Bench::new(BOOK);
    let mut record = Record {
        steps: Vec::new(),
        files: vec![BOOK.as_bytes().to_vec()],
        books: vec![BOOK.as_bytes().to_vec()],
    };
    let folder = std::fs::canonicalize(bench.at("books")).expect("a folder");
    let folder = folder.to_str().expect("a plain name").to_owned();
    let mut names: BTreeMap<String, usize> = BTreeMap::from([(BOOK_NAME.to_owned(), 0)]);
    for (at, args) in runs.iter().enumerate() {
        ready(&bench, at);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (run, calls) = trace(&bench, program, &args);
        assert!(run.status.success(), "{run:?}");
        let new = bench.book().into_bytes();
        for call in calls {
            let made = step(&call, &folder, &mut names, &mut record.files, &new);
            record.steps.extend(made);
        }
        record.steps.push(Step::Told);
        record.books.push(new);
    }
    record
}

/// What a call means for the folder of the book, if anything.
fn step(
    call: &Call,
    folder: &str,
    names: &mut BTreeMap<String, usize>,
    files: &mut Vec<Vec<u8>>,
    new: &[u8],
) -> Option<Step> {
    let result = call.result()?;
    let inside = |path: &str| {
        let name = path
            .strip_prefix(folder)
            .map_or(path, |rest| rest.trim_start_matches('/'));
        (!name.contains('/') && !name.is_empty()).then(|| name.to_owned())
    };
    let opened = call.files();
    let own = || names.get(&inside(opened.first()?)?).copied();
    match call.name.as_str() {
        "openat" | "open" => {
            let name = inside(call.texts().first()?)?;
            match names.get(&name) {
                None if call.rest.contains("O_CREAT") => {
                    let file = files.len();
                    files.push(new.to_vec());
                    names.insert(name.clone(), file);
                    Some(Step::Create { file, name })
                }
                Some(&file) if call.rest.contains("O_TRUNC") => {
                    files[file] = new.to_vec();
                    Some(Step::Truncate { file })
                }
                _ => None,
            }
        }
        "write" => {
            let length = usize::try_from(result).expect("a length");
            own().map(|file| Step::Write { file, length })
        }
        "fsync" | "fdatasync" if opened.first() == Some(&folder) => Some(Step::FlushFolder),
        "fsync" | "fdatasync" => own().map(|file| Step::Flush { file }),
        "rename" | "renameat" | "renameat2" => {
            let texts = call.texts();
            let [from, to] = texts.as_slice() else {
                return None;
            };
            let (from, to) = (inside(from)?, inside(to));
            let Some(to) = to else {
                names.remove(&from);
                return Some(Step::Gone { name: from });
            };
            if call.rest.contains("RENAME_EXCHANGE") {
                let (one, other) = (names[&from], names[&to]);
                names.insert(from.clone(), other);
                names.insert(to.clone(), one);
                return Some(Step::Exchange {
                    one: from,
                    other: to,
                });
            }
            let file = names.remove(&from)?;
            names.insert(to.clone(), file);
            Some(Step::Rename { from, to })
        }
        "unlink" | "unlinkat" => {
            let name = inside(call.texts().first()?)?;
            names.remove(&name).map(|_| Step::Gone { name })
        }
        _ => None,
    }
}

/// A file that is being written: how much of it was written, and how much is safe.
#[derive(Clone, Copy, Default)]
struct Pending {
    written: usize,
    safe: usize,
    /// Whether it may still be what it was before it was made empty.
    was: Option<usize>,
}

/// Checks every state that a cut may leave after every step.
fn cut_everywhere(record: &Record) -> Tally {
    let mut tally = Tally::default();
    let mut files = vec![Pending::default(); record.files.len()];
    files[0] = Pending {
        written: BOOK.len(),
        safe: BOOK.len(),
        was: None,
    };
    let mut names: BTreeMap<String, usize> = BTreeMap::from([(BOOK_NAME.to_owned(), 0)]);
    let mut under_way: Vec<Step> = Vec::new();
    let mut told = 0;
    for step in &record.steps {
        match step {
            Step::Create { .. }
            | Step::Rename { .. }
            | Step::Exchange { .. }
            | Step::Gone { .. } => {
                under_way.push(step.clone());
            }
            Step::Truncate { file } => {
                let was = Some(files[*file].safe);
                files[*file] = Pending {
                    was,
                    ..Pending::default()
                };
            }
            Step::Write { file, length } => files[*file].written += length,
            Step::Flush { file } => {
                files[*file].safe = files[*file].written;
                files[*file].was = None;
            }
            Step::FlushFolder => {
                for step in under_way.drain(..) {
                    apply(&mut names, &step);
                }
            }
            Step::Told => told += 1,
        }
        assert!(under_way.len() < 16, "too many names under way");
        // Any of the changes of names, in their order, may have reached the disk or not.
        for subset in 0..1_u32 << under_way.len() {
            let mut names = names.clone();
            for (bit, step) in under_way.iter().enumerate() {
                if subset & (1 << bit) != 0 {
                    apply(&mut names, step);
                }
            }
            look(record, &files, &names, told, &mut tally);
        }
    }
    tally
}

fn apply(names: &mut BTreeMap<String, usize>, step: &Step) {
    match step {
        Step::Create { file, name } => drop(names.insert(name.clone(), *file)),
        Step::Rename { from, to } => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
        Step::Exchange { one, other } => {
            if let (Some(&a), Some(&b)) = (names.get(one), names.get(other)) {
                names.insert(one.clone(), b);
                names.insert(other.clone(), a);
            }
        }
        Step::Gone { name } => drop(names.remove(name)),
        _ => {}
    }
}

/// Checks what the book may hold in one state of the names.
fn look(
    record: &Record,
    files: &[Pending],
    names: &BTreeMap<String, usize>,
    told: usize,
    tally: &mut Tally,
) {
    let contents = match names.get(BOOK_NAME) {
        None => BTreeSet::from([Vec::new()]),
        Some(&file) => contents(&record.files[file], files[file], record),
    };
    for content in contents {
        tally.states += 1;
        match record.books.iter().rposition(|book| *book == content) {
            None => tally.torn += 1,
            Some(age) if age < told => tally.lost += 1,
            Some(_) => {}
        }
    }
}

/// What may be read from a file that is not all safe: nothing, a part, zeros, everything.
fn contents(whole: &[u8], file: Pending, record: &Record) -> BTreeSet<Vec<u8>> {
    let whole = &whole[..file.written.min(whole.len())];
    if file.safe == file.written && file.was.is_none() {
        return BTreeSet::from([whole.to_vec()]);
    }
    let mut contents: BTreeSet<Vec<u8>> = (0..=4)
        .map(|quarter| whole[..whole.len() * quarter / 4].to_vec())
        .collect();
    contents.insert(vec![0; whole.len()]);
    let half = whole.len() / 2;
    contents.insert([&whole[..half], &vec![0; whole.len() - half]].concat());
    if file.was.is_some() {
        contents.insert(record.books[0].clone());
    }
    contents
}

fn saves(count: usize) -> Record {
    let runs: Vec<Vec<String>> = (0..count)
        .map(|number| {
            ["log", "ana", "-m"]
                .map(str::to_owned)
                .into_iter()
                .chain([format!("note {number}")])
                .collect()
        })
        .collect();
    record(NETKEEP, &runs, |bench, _| bench.rest())
}

#[test]
fn no_power_cut_tears_a_book_or_undoes_a_save() {
    if !has("strace", &["-V"]) {
        return;
    }
    let tally = cut_everywhere(&saves(times(3, 5)));
    eprintln!("{tally:?}");
    assert!(tally.states > 30, "{tally:?}");
    assert_eq!((tally.torn, tally.lost), (0, 0), "{tally:?}");
}

/// A save without one of its steps.
fn without(is_step: fn(&Step) -> bool) -> Option<Tally> {
    if !has("strace", &["-V"]) {
        return None;
    }
    let mut record = saves(1);
    let before = record.steps.len();
    record.steps.retain(|step| !is_step(step));
    assert_eq!(record.steps.len(), before - 1, "a save has one such step");
    Some(cut_everywhere(&record))
}

#[test]
fn without_a_flush_of_the_file_a_cut_tears_it() {
    if let Some(tally) = without(|step| matches!(step, Step::Flush { .. })) {
        assert!(tally.torn > 0, "the model is blind");
    }
}

#[test]
fn without_a_flush_of_the_folder_a_cut_undoes_a_save() {
    if let Some(tally) = without(|step| matches!(step, Step::FlushFolder)) {
        assert!(tally.lost > 0, "the model is blind");
    }
}

#[test]
fn writing_in_place_tears_a_book_even_with_a_flush() {
    if !has("strace", &["-V"]) {
        return;
    }
    let args = [
        "if=../new.toml",
        "of=book.toml",
        "bs=64",
        "conv=fsync",
        "status=none",
    ];
    let ready = |bench: &Bench, _| {
        std::fs::write(bench.at("new.toml"), format!("{BOOK}# more\n")).expect("written");
    };
    let record = record("dd", &[args.map(str::to_owned).to_vec()], ready);
    assert!(cut_everywhere(&record).torn > 0, "the model is blind");
}
