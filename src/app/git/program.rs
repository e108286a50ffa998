//! Runs git.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::{env, fs, str};

use super::answer::{GitAnswer, os_string, refuse, without_colors};
use crate::app::shell::set;
use crate::error::{Error, GitFailure, Result};

/// What git takes from the environment about a repository, which a hook or the user may have set for another one.
const OF_A_REPOSITORY: [&str; 15] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_QUARANTINE_PATH",
    // With one of these, `literal` would mean something else.
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// What git says about a folder that is in no repository.
const NO_REPOSITORY: &str = "not a git repository (or any";

/// What git says of a branch that the remote does not have, in lower case.
pub(super) const NO_BRANCH: &str = "couldn't find remote ref";

/// What it says in a bare repository.
const NO_WORK_TREE: &str = "must be run in a work tree";

/// The git program, run in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    folder: PathBuf,
    /// The repository and the work tree of the environment, where the folder is in it.
    named: Option<[PathBuf; 2]>,
    /// An index other than that of the repository.
    index: Option<PathBuf>,
    /// Whether git may ask a person.
    asks: bool,
}

/// Who sees what git says while it runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hearing {
    /// Only the caller, in English.
    Caller,
    /// The user as well: it may be a question.
    User,
    /// The user, and the caller in English.
    Both,
}

impl Git {
    /// Git in `folder`, whatever repository that is in. A repository that the environment names counts if the folder is in
    /// its work tree.
    pub(crate) fn at(folder: &Path) -> Self {
        let named = set("GIT_DIR").and_then(|_| named_by_environment(folder));
        Self {
            folder: folder.to_owned(),
            named,
            index: None,
            asks: true,
        }
    }

    /// Git in `folder`, whatever repository the environment names.
    pub(crate) fn apart(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            named: None,
            index: None,
            asks: true,
        }
    }

    /// The same in another folder of the same repository.
    pub(crate) fn in_folder(&self, folder: PathBuf) -> Self {
        let git = self.clone();
        Self { folder, ..git }
    }

    /// The same with another index.
    pub(crate) fn with_index(&self, index: &Path) -> Self {
        let git = self.clone();
        let index = Some(index.to_owned());
        Self { index, ..git }
    }

    /// The same, but it asks nobody anything.
    pub(crate) fn silent(self) -> Self {
        Self {
            asks: false,
            ..self
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs git, whatever its exit code.
    pub(crate) fn answer(&self, args: &[&OsStr]) -> Result<GitAnswer> {
        self.run(args, None, Hearing::Caller)
    }

    /// The same with something to read.
    pub(crate) fn answer_to(&self, input: &[u8], args: &[&OsStr]) -> Result<GitAnswer> {
        self.run(args, Some(input), Hearing::Caller)
    }

    /// The same for what may ask for a password or run a hook: what git says is shown at a terminal as it comes.
    pub(crate) fn answer_aloud(&self, args: &[&OsStr]) -> Result<GitAnswer> {
        self.run(args, None, Hearing::User)
    }

    /// The same for what uses the network, with git's words in English.
    pub(crate) fn answer_from_afar(&self, args: &[&OsStr]) -> Result<GitAnswer> {
        self.run(args, None, Hearing::Both)
    }

    /// The answer without the newline at its end; `None` if git exits with an error.
    pub(crate) fn ask(&self, args: &[&OsStr]) -> Result<Option<OsString>> {
        let answer = self.answer(args)?;
        Ok(answer.is_ok().then(|| answer.line()))
    }

    /// The same, if git must succeed.
    pub(crate) fn line(&self, args: &[&OsStr]) -> Result<OsString> {
        Ok(self.answer(args)?.must()?.line())
    }

    /// A setting; `None` if it is not set.
    pub(crate) fn setting(&self, key: &str) -> Result<Option<String>> {
        let value = self.ask(&args(&["config", "--get", key]))?;
        Ok(value.map(|value| value.to_string_lossy().into_owned()))
    }

    /// The root of the work tree that the folder is in; `None` if it is in none.
    ///
    /// # Errors
    ///
    /// When git refuses the repository, or is not there.
    pub(crate) fn work_tree(&self) -> Result<Option<PathBuf>> {
        let answer = self.answer(&args(&["rev-parse", "--show-toplevel"]))?;
        if !answer.is_ok() && answer.said.contains(NO_REPOSITORY) {
            return Ok(None);
        }
        if !answer.is_ok() && answer.said.contains(NO_WORK_TREE) {
            return refuse(
                "the repository here is bare: it has no work tree, where the book could be",
                "keep the book in a `git clone` of it; if this is one, `git config core.bare false`",
            );
        }
        Ok(Some(answer.must()?.line().into()))
    }

    fn run(&self, args: &[&OsStr], input: Option<&[u8]>, hearing: Hearing) -> Result<GitAnswer> {
        let not_run = |err: io::Error| Error::Git(GitFailure::NotRun(err));
        let mut child = self.command(args, input, hearing).spawn();
        if let Err(err) = &child
            && err.kind() == io::ErrorKind::NotFound
            && !self.folder.is_dir()
        {
            let err = fs::metadata(&self.folder).err();
            let err = err.unwrap_or_else(|| io::ErrorKind::NotADirectory.into());
            return Err(Error::ReadFile(self.folder.clone(), err));
        }
        let child = child.as_mut().map_err(|err| not_run(err.kind().into()))?;
        let shows = hearing != Hearing::Caller && self.asks && io::stderr().is_terminal();
        let (stdout, said) = talk(child, input.unwrap_or_default(), shows);
        let status = child.wait().map_err(not_run)?;
        Ok(GitAnswer {
            code: status.code(),
            stdout: stdout.map_err(not_run)?,
            is_shown: shows && !said.is_empty(),
            said: without_colors(&String::from_utf8_lossy(&said)),
        })
    }

    fn command(&self, args: &[&OsStr], input: Option<&[u8]>, hearing: Hearing) -> Command {
        let mut command = Command::new("git");
        command.args(args).current_dir(&self.folder);
        for name in OF_A_REPOSITORY {
            command.env_remove(name);
        }
        if let Some([repository, tree]) = &self.named {
            command
                .env("GIT_DIR", repository)
                .env("GIT_WORK_TREE", tree);
        }
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        // What only looks takes no lock.
        command.env("GIT_OPTIONAL_LOCKS", "0");
        if hearing != Hearing::User {
            command.env("LC_ALL", "C").env("LANGUAGE", "C");
        }
        if !self.asks {
            self.keep_quiet(&mut command);
        }
        let stdin = match (input, hearing) {
            (Some(_), _) => Stdio::piped(),
            (None, Hearing::User | Hearing::Both) if self.asks => Stdio::inherit(),
            (None, _) => Stdio::null(),
        };
        command
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Neither git nor ssh asks for anything.
    fn keep_quiet(&self, command: &mut Command) {
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GCM_INTERACTIVE", "never");
        if set("GIT_SSH").is_none() {
            let named = set("GIT_SSH_COMMAND").map(|ssh| ssh.to_string_lossy().into_owned());
            let asking = Self {
                asks: true,
                ..self.clone()
            };
            let configured = || asking.setting("core.sshCommand").ok().flatten();
            let ssh = named
                .or_else(configured)
                .unwrap_or_else(|| "ssh".to_owned());
            command.env("GIT_SSH_COMMAND", format!("{ssh} -oBatchMode=yes"));
        }
    }
}

/// A path that is no pattern, where git takes patterns.
pub(crate) fn literal(path: &OsStr) -> OsString {
    let mut literal = OsString::from(":(literal)");
    literal.push(path);
    literal
}

/// Words, and then paths.
pub(super) fn with_paths<'a>(words: &[&'a OsStr], paths: &'a [OsString]) -> Vec<&'a OsStr> {
    let paths = paths.iter().map(OsString::as_os_str);
    words.iter().copied().chain(paths).collect()
}

/// Words as arguments.
pub(crate) fn args<'a, const N: usize>(words: &[&'a str; N]) -> [&'a OsStr; N] {
    words.map(OsStr::new)
}

/// Writes `input`, and reads what comes on both streams, whichever is ready; shows what comes on stderr if `shows`.
fn talk(child: &mut Child, input: &[u8], shows: bool) -> (io::Result<Vec<u8>>, Vec<u8>) {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let heard = scope.spawn(move || stderr.map_or_else(Vec::new, |err| hear(err, shows)));
        // A git that ends before it has read everything says why.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let mut read = Vec::new();
        let done = stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut read));
        (done.map(|_| read), heard.join().unwrap_or_default())
    })
}

/// What git says; shown as it comes if `shows`, but for what is no news to the user.
fn hear(mut stderr: impl Read, shows: bool) -> Vec<u8> {
    let (mut heard, mut part, mut shown) = (Vec::new(), [0; 4096], 0);
    while let Ok(length @ 1..) = stderr.read(&mut part) {
        heard.extend_from_slice(&part[..length]);
        while let Some(length) = next_shown(&heard[shown..]).filter(|_| shows) {
            let next = &heard[shown..shown + length];
            shown += length;
            if !starts_with_no_branch(next) {
                let mut stderr = io::stderr().lock();
                let _ = stderr.write_all(next).and_then(|()| stderr.flush());
            }
        }
    }
    heard
}

/// How much of what git said is to be shown next: a line, or a part of one, which may be a question; `None` to wait for more.
fn next_shown(said: &[u8]) -> Option<usize> {
    let end = said.iter().position(|byte| *byte == b'\n');
    let is_open = starts_with_no_branch(said) || b"fatal: ".starts_with(said);
    end.map(|end| end + 1)
        .or_else(|| (!said.is_empty() && !is_open).then_some(said.len()))
}

/// That a remote has no such branch yet is a part of sharing a book for the first time.
fn starts_with_no_branch(said: &[u8]) -> bool {
    let words = said.strip_prefix(b"fatal: ").unwrap_or_default();
    let length = words.len().min(NO_BRANCH.len());
    length > 0 && words[..length].eq_ignore_ascii_case(&NO_BRANCH.as_bytes()[..length])
}

/// The repository and the work tree that the environment names, if `folder` is in that work tree, and in no other one inside
/// it: without GIT_WORK_TREE it is the folder that netkeep is run in. Relative paths are meant from there too.
fn named_by_environment(folder: &Path) -> Option<[PathBuf; 2]> {
    let asked = Command::new("git")
        .args(["rev-parse", "--absolute-git-dir", "--show-toplevel"])
        .env_remove("GIT_INDEX_FILE")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let asked = asked.ok().filter(|asked| asked.status.success())?;
    let mut lines = asked.stdout.split(|byte| *byte == b'\n').map(os_string);
    let (repository, tree) = (PathBuf::from(lines.next()?), PathBuf::from(lines.next()?));
    let real = |path: &Path| fs::canonicalize(path).or_else(|_| env::current_dir());
    let (folder, root) = (real(folder).ok()?, real(&tree).ok()?);
    let mut inside = folder.ancestors().take_while(|folder| **folder != root);
    let is_in = folder.starts_with(&root) && !inside.any(|folder| folder.join(".git").exists());
    is_in.then_some([repository, tree])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_no_repository_has_no_work_tree() {
        let folder = tempfile::tempdir().expect("a folder");
        let git = Git::at(folder.path());
        assert_eq!(git.work_tree().expect("asked"), None);
        git.line(&args(&["init", "--quiet"])).expect("made");
        let real = fs::canonicalize(folder.path()).expect("there");
        assert_eq!(git.work_tree().expect("asked"), Some(real));
    }

    #[test]
    fn what_git_says_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let git = Git::at(folder.path());
        let err = git.line(&args(&["no-such-command"])).expect_err("refused");
        assert!(err.to_string().contains("not a git command"), "{err}");
    }

    #[test]
    fn what_is_no_news_is_not_shown() {
        fn shown(said: &str) -> Option<&str> {
            next_shown(said.as_bytes()).map(|length| &said[..length])
        }
        assert_eq!(shown("Password: "), Some("Password: "));
        assert_eq!(shown("remote: a\nremote: b"), Some("remote: a\n"));
        assert_eq!(shown("fatal: no way"), Some("fatal: no way"));
        for part in [
            "",
            "fat",
            "fatal: ",
            "fatal: couldn't",
            "fatal: couldn't find remote ref x",
        ] {
            assert_eq!(shown(part), None, "{part}");
        }
        assert!(starts_with_no_branch(
            b"fatal: couldn't find remote ref refs/heads/main\n"
        ));
        assert!(!starts_with_no_branch(
            b"fatal: could not read from remote repository\n"
        ));
        assert!(!starts_with_no_branch(b"fatal: \n"));
    }

    #[test]
    fn long_texts_go_both_ways_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let git = Git::at(folder.path());
        git.line(&args(&["init", "--quiet"])).expect("made");
        let text = vec![b'x'; 1 << 20];
        let hashed = git.answer_to(&text, &args(&["hash-object", "-w", "--stdin"]));
        let hash = hashed.expect("run").must().expect("hashed").line();
        let blob = git.answer(&["cat-file".as_ref(), "blob".as_ref(), &hash]);
        assert!(blob.expect("run").stdout == text);
    }
}
