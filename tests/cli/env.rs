//! Runs netkeep on a book in a folder of its own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::{Assert, Redactions};
use tempfile::TempDir;

use crate::memory::memory;

/// A folder with a book, where it is Monday 23 November 2026, lines have 100 columns and the environment is empty.
pub(crate) struct Env {
    folder: TempDir,
    home: TempDir,
    vars: Vec<(&'static str, String)>,
}

/// A small book: someone overdue, someone later, someone without a bucket.
pub(crate) const BOOK: &str = r#"# My network.

[buckets.clients]
cadence = "4 weeks"   # they pay the rent

[buckets.friends]
cadence = "2 months"

# Met in Madrid.
[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
company = "Acme"
email = "ana@acme.example"
touches = [
  { on = 2026-10-02, via = "call", note = "budget approved" },  # a good one
]

# --- friends ---

[[contacts]]
name = "Bo Lind"
bucket = "friends"
touches = [{ on = 2026-11-10, via = "letter" }]

[[contacts]]
name = "Kim Jansen"
"#;

/// A folder of its own.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in(memory()).expect("a folder")
}

impl Env {
    /// Without a book.
    pub(crate) fn empty() -> Self {
        Self {
            folder: folder(),
            home: folder(),
            vars: vec![],
        }
    }

    /// With `text` as the book.
    pub(crate) fn with_book(text: &str) -> Self {
        let env = Self::empty();
        env.write("book.toml", text);
        env
    }

    /// With another variable in the environment.
    pub(crate) fn var(mut self, name: &'static str, value: &str) -> Self {
        self.vars.push((name, value.to_owned()));
        self
    }

    /// What is set in its environment beside the usual.
    pub(crate) fn vars(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.vars
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }

    /// With an editor that is this line of shell; the file is `$1`.
    pub(crate) fn editor(self, script: &str) -> Self {
        self.write("editor.sh", format!("{script}\n"));
        self.var("EDITOR", "sh ./editor.sh")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a private file, as a book should be, and makes its folder.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            fs::set_permissions(&path, mode).expect("set");
        }
    }

    /// The home folder, where the history is.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The book as it is now, to the byte.
    pub(crate) fn book(&self) -> String {
        String::from_utf8(fs::read(self.path("book.toml")).expect("there is a book"))
            .expect("UTF-8")
    }

    /// The names in the folder, to check that nothing is left over.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).expect("the folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// The command with `args`, split as a shell splits them, ready for more.
    pub(crate) fn command(&self, args: &str) -> Command {
        let args = shlex::split(args).expect("quotes are closed");
        let mut command = Command::new(cargo_bin!("netkeep"))
            .with_assert(assert_with_version())
            .env_clear()
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("NETKEEP_FILE", "book.toml")
            .env("NETKEEP_TODAY", "2026-11-23")
            .env("COLUMNS", "100")
            .current_dir(self.folder());
        for (name, value) in &self.vars {
            command = command.env(name, value);
        }
        command.args(args)
    }

    /// Runs it.
    #[track_caller]
    pub(crate) fn run(&self, args: &str) -> OutputAssert {
        self.command(args).assert()
    }

    /// Runs it; it must succeed and write nothing to stderr.
    #[track_caller]
    pub(crate) fn ok(&self, args: &str) -> OutputAssert {
        self.run(args).success().stderr_eq("")
    }

    /// Runs it; the answer and the exit code must be no.
    #[track_caller]
    pub(crate) fn fails_saying(&self, args: &str, code: i32, answer: &str) {
        self.run(args)
            .code(code)
            .stdout_eq(answer.to_owned())
            .stderr_eq("");
    }

    /// Another program with the same home, book and netkeep.
    pub(crate) fn beside(&self, program: &str) -> std::process::Command {
        let mut command = std::process::Command::new(program);
        command
            .env_clear()
            .env("PATH", path_with_netkeep())
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .env("NETKEEP_FILE", "book.toml")
            .env("NETKEEP_TODAY", "2026-11-23")
            .env("TERM", "xterm")
            .env("LC_ALL", "C.UTF-8")
            .envs(self.vars.iter().map(|(name, value)| (*name, value)))
            .current_dir(self.folder());
        command
    }

    /// Runs it; it must fail with `code`, print no answer and leave the book unchanged.
    #[track_caller]
    pub(crate) fn fails(&self, args: &str, code: i32) -> OutputAssert {
        let before = fs::read(self.path("book.toml")).ok();
        let names = self.names();
        let run = self.run(args).code(code).stdout_eq("");
        assert_eq!(fs::read(self.path("book.toml")).ok(), before);
        assert_eq!(self.names(), names);
        run
    }
}

impl Env {
    /// Runs it; its answer must be one document of JSON, and nothing else may be written.
    #[track_caller]
    pub(crate) fn json(&self, args: &str, code: i32) -> Value {
        let run = self.run(args).code(code).stderr_eq("");
        let document: Value = serde_json::from_str(&stdout(&run)).expect(args);
        assert_eq!(document["version"], 1, "{args}");
        document
    }

    /// The same for one that must fail and leave the book unchanged; returns the error.
    #[track_caller]
    pub(crate) fn fails_in_json(&self, args: &str, code: i32) -> Value {
        let before = fs::read(self.path("book.toml")).ok();
        let error = self.json(args, code)["error"].take();
        assert_eq!(error["exit"], code, "{args}: {error}");
        assert_eq!(fs::read(self.path("book.toml")).ok(), before);
        error
    }
}

/// Compares snapshots, in which `[VERSION]` is the version of netkeep.
fn assert_with_version() -> Assert {
    let mut version = Redactions::new();
    version
        .insert("[VERSION]", env!("CARGO_PKG_VERSION"))
        .expect("a placeholder in capitals");
    Assert::new()
        .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
        .redact_with(version)
}

/// The path for programs, with the folder of netkeep.
pub(crate) fn path_with_netkeep() -> OsString {
    let bin = cargo_bin!("netkeep");
    let bin = bin.parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(bin).chain(std::env::split_paths(&path));
    std::env::join_paths(paths).expect("paths")
}

/// What a run wrote to stdout.
pub(crate) fn stdout(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8")
}

/// Whether a program is installed.
#[allow(clippy::print_stderr, reason = "what is skipped is told")]
pub(crate) fn is_there(program: &str) -> bool {
    let found = std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    });
    if !found {
        eprintln!("skipped: there is no {program}");
    }
    found
}

/// Writes a program in shell. A shell does it: as long as this process had the file open to write, so had each process that
/// another test starts meanwhile, and the system runs no such file ("Text file busy").
#[cfg(unix)]
pub(crate) fn shell_program(path: impl AsRef<Path>, script: &str) {
    let written = std::process::Command::new("sh")
        .args(["-c", r#"printf '%s' "$2" > "$1" && chmod 755 "$1""#, "sh"])
        .arg(path.as_ref())
        .arg(format!("#!/bin/sh\n{script}\n"))
        .status();
    assert!(written.expect("sh runs").success());
}
