//! Clones of a bare repository, each with a book and a home of its own.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::bench::NETKEEP;
use crate::memory::memory;

/// A bare repository `hub.git` with clones beside it. Nothing in it knows where it is, so it can be copied.
pub(crate) struct Clones {
    folder: TempDir,
}

const CONFIG: &str = "\
[user]
	name = Test
	email = test@x.example
[init]
	defaultBranch = main
	templateDir =
[gc]
	auto = 0
[maintenance]
	auto = false
";

fn folder() -> TempDir {
    tempfile::tempdir_in(memory()).expect("a folder")
}

impl Clones {
    /// With a clone of each name, and `text` as the book that all have.
    pub(crate) fn new(names: &[&str], text: &str) -> Self {
        let clones = Self { folder: folder() };
        fs::create_dir(clones.at("home")).expect("a folder");
        fs::write(clones.at("home/.gitconfig"), CONFIG).expect("written");
        clones.git(".", &["init", "--quiet", "--bare", "hub.git"]);
        for (at, name) in names.iter().enumerate() {
            clones.git(".", &["clone", "--quiet", "hub.git", name]);
            clones.git(name, &["remote", "set-url", "origin", "../hub.git"]);
            fs::create_dir(clones.at(&format!("home-{name}"))).expect("a folder");
            fs::copy(
                clones.at("home/.gitconfig"),
                clones.at(&format!("home-{name}/.gitconfig")),
            )
            .expect("copied");
            if at == 0 {
                fs::write(clones.book_path(name), text).expect("written");
                clones.git(name, &["add", "book.toml"]);
                clones.git(name, &["commit", "--quiet", "--message", "The book"]);
                clones.git(name, &["push", "--quiet", "origin", "HEAD:main"]);
            }
        }
        clones
    }

    /// The same repositories and homes in another folder.
    pub(crate) fn copy(&self) -> Self {
        let clones = Self { folder: folder() };
        let copied = Command::new("cp")
            .arg("-a")
            .arg(self.at("."))
            .arg(clones.at("."))
            .status();
        assert!(copied.is_ok_and(|status| status.success()));
        clones
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn book_path(&self, name: &str) -> PathBuf {
        self.at(name).join("book.toml")
    }

    pub(crate) fn book(&self, name: &str) -> String {
        fs::read_to_string(self.book_path(name)).expect("there is a book")
    }

    /// `program`, to run in a clone.
    pub(crate) fn program(&self, name: &str, program: &str) -> Command {
        let home = match name {
            "." | "hub.git" => self.at("home"),
            name => self.at(&format!("home-{name}")),
        };
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", &home)
            // What a killed sync leaves there goes with the rest.
            .env("TMPDIR", home)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("NETKEEP_FILE", self.book_path(name))
            .env("NETKEEP_TODAY", "2026-11-23")
            .env("COLUMNS", "100")
            .current_dir(self.at(name))
            .stdin(Stdio::null());
        command
    }

    /// Runs git in a clone; it must succeed. Returns what it wrote.
    #[track_caller]
    pub(crate) fn git(&self, name: &str, args: &[&str]) -> String {
        let run = self
            .program(name, "git")
            .args(args)
            .output()
            .expect("it runs");
        assert!(run.status.success(), "git {args:?}: {run:?}");
        String::from_utf8_lossy(&run.stdout).into_owned()
    }

    /// Runs netkeep in a clone.
    pub(crate) fn run(&self, name: &str, args: &[&str]) -> Output {
        let mut netkeep = self.program(name, NETKEEP);
        netkeep.args(args).output().expect("it runs")
    }

    /// Runs netkeep in a clone; it must succeed.
    #[track_caller]
    pub(crate) fn ok(&self, name: &str, args: &[&str]) -> Output {
        let run = self.run(name, args);
        assert!(run.status.success(), "{args:?}: {run:?}");
        run
    }

    /// The book that the bare repository has.
    pub(crate) fn shared_book(&self) -> String {
        self.git("hub.git", &["show", "main:book.toml"])
    }
}
