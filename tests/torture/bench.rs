//! A folder with a book and a home, in which programs run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::memory::memory;

/// A small book.
pub(crate) const BOOK: &str = "\
# My network.

[buckets.clients]
cadence = \"4 weeks\"

# Met in Madrid.
[[contacts]]
name = \"Ana Ruiz\"
bucket = \"clients\"
touches = [
  { on = 2026-10-02, via = \"call\" },  # a good one
]

[[contacts]]
name = \"Bo Lind\"
city = \"Lund\"
";

/// Whether the long form was asked for.
pub(crate) fn is_long() -> bool {
    std::env::var_os("NETKEEP_TORTURE").is_some_and(|form| form == "long")
}

/// How often to try, in the short form and in the long.
pub(crate) fn times(short: usize, long: usize) -> usize {
    if is_long() { long } else { short }
}

/// Whether a program works here; says so if it does not.
pub(crate) fn has(program: &str, args: &[&str]) -> bool {
    let run = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output();
    let is_there = run.is_ok_and(|run| run.status.success());
    if !is_there {
        eprintln!("skipped: `{program} {}` does not work here", args.join(" "));
    }
    is_there
}

/// A folder with a book and a home, and an otherwise empty environment.
pub(crate) struct Bench {
    folder: TempDir,
}

impl Bench {
    /// With `text` as the book.
    pub(crate) fn new(text: &str) -> Self {
        Self::within(&std::env::temp_dir(), text)
    }

    /// The same in memory.
    pub(crate) fn in_memory(text: &str) -> Self {
        Self::within(&memory(), text)
    }

    /// For very many runs: in memory in the short form, on the disk in the long.
    pub(crate) fn for_many_runs(text: &str) -> Self {
        if is_long() {
            Self::new(text)
        } else {
            Self::in_memory(text)
        }
    }

    fn within(folder: &Path, text: &str) -> Self {
        let bench = Self {
            folder: tempfile::tempdir_in(folder).expect("a folder"),
        };
        fs::create_dir(bench.at("home")).expect("a folder");
        fs::create_dir(bench.at("books")).expect("a folder");
        bench.write(text);
        bench
    }

    /// A path beside the folder of the book.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.at("books/book.toml")
    }

    pub(crate) fn write(&self, text: &str) {
        fs::write(self.path(), text).expect("written");
        self.rest();
    }

    /// Makes the book look as if it had not been written lately.
    pub(crate) fn rest(&self) {
        let file = fs::File::options()
            .write(true)
            .open(self.path())
            .expect("opened");
        let then = std::time::SystemTime::now() - std::time::Duration::from_mins(1);
        file.set_modified(then).expect("set");
    }

    pub(crate) fn book(&self) -> String {
        fs::read_to_string(self.path()).expect("there is a book")
    }

    /// Every kept text, in the order of the file names.
    pub(crate) fn kept(&self) -> Vec<String> {
        let history = self.at("home/.local/state/netkeep/history");
        let mut files: Vec<PathBuf> = Vec::new();
        for book in fs::read_dir(history).into_iter().flatten() {
            let book = book.expect("an entry").path();
            files.extend(
                fs::read_dir(book)
                    .expect("listed")
                    .map(|entry| entry.expect("an entry").path()),
            );
        }
        files.sort();
        files
            .iter()
            .map(|file| String::from_utf8_lossy(&fs::read(file).expect("read")).into_owned())
            .collect()
    }

    /// The names of the files beside the book.
    pub(crate) fn litter(&self) -> Vec<String> {
        let entries = fs::read_dir(self.at("books")).expect("listed");
        let names = entries.map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        });
        names.filter(|name| name != "book.toml").collect()
    }

    /// `program`, to run beside the book, in the environment of this bench.
    pub(crate) fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.at("home"))
            .env("NETKEEP_FILE", self.path())
            .env("NETKEEP_TODAY", "2026-11-23")
            .env("COLUMNS", "100")
            .current_dir(self.at("books"))
            .stdin(Stdio::null());
        command
    }

    /// netkeep, ready for its arguments.
    pub(crate) fn netkeep(&self) -> Command {
        self.program(NETKEEP)
    }

    /// Runs netkeep.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.netkeep().args(args).output().expect("it runs")
    }

    /// Runs netkeep; it must succeed.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> Output {
        let run = self.run(args);
        assert!(run.status.success(), "{args:?}: {run:?}");
        run
    }
}

/// The book and the home as they were, to be put back at the place that the history knows.
pub(crate) struct Snapshot {
    folder: TempDir,
}

/// What is in both.
const PARTS: [&str; 2] = ["books", "home"];

impl Snapshot {
    pub(crate) fn of(bench: &Bench) -> Self {
        let beside = bench.folder.path().parent().expect("a folder");
        let folder = tempfile::tempdir_in(beside).expect("a folder");
        for part in PARTS {
            copy(&bench.at(part), &folder.path().join(part));
        }
        Self { folder }
    }

    pub(crate) fn put_back(&self, bench: &Bench) {
        for part in PARTS {
            fs::remove_dir_all(bench.at(part)).expect("removed");
            copy(&self.folder.path().join(part), &bench.at(part));
        }
    }
}

/// Copies a folder, with the times and the modes of its files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("listed") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let data = entry.metadata().expect("there");
        if data.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("copied");
            let file = fs::File::options().write(true).open(&to).expect("opened");
            let time = data.modified().expect("a time");
            file.set_modified(time).expect("set");
        }
    }
    let mode = fs::metadata(from).expect("there").permissions();
    fs::set_permissions(to, mode).expect("set");
}

/// The program.
pub(crate) const NETKEEP: &str = env!("CARGO_BIN_EXE_netkeep");

/// Random numbers, the same each time.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        // xorshift64, Marsaglia 2003.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Does `work` on each of `jobs`, two at a time.
pub(crate) fn two_at_a_time<J: Send>(jobs: Vec<J>, work: impl Fn(J) + Sync) {
    two_at_a_time_at(|| (), jobs, |(), job| work(job));
}

/// The same, each of the two at a place of its own.
pub(crate) fn two_at_a_time_at<P, J: Send>(
    place: impl Fn() -> P + Sync,
    jobs: Vec<J>,
    work: impl Fn(&P, J) + Sync,
) {
    let jobs = std::sync::Mutex::new(jobs.into_iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let place = place();
                loop {
                    let job = jobs.lock().expect("nobody failed").next();
                    match job {
                        Some(job) => work(&place, job),
                        None => break,
                    }
                }
            });
        }
    });
}
