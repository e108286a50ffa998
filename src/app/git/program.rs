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
use crate::render::words::messages::quoted;

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

/// How a line begins by which git, or ssh, says why it fails.
const FAILS: [&str; 3] = ["fatal: ", "error: ", "ssh: "];

/// How a line begins that comes from the other side.
const REMOTE: &str = "remote: ";

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
    /// The user, and the caller in English; why it fails only the caller, who tells it.
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

    /// How git is typed for this folder in the shell that netkeep was started in.
    pub(crate) fn typed(&self) -> String {
        let here = env::current_dir().and_then(fs::canonicalize).ok();
        let is_here = here.is_none() || here == fs::canonicalize(&self.folder).ok();
        if is_here || self.named.is_some() {
            return "git".to_owned();
        }
        format!("git -C {}", quoted(&self.folder.to_string_lossy()))
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
        let shows = self.asks && io::stderr().is_terminal();
        let hearing = if shows { hearing } else { Hearing::Caller };
        let (stdout, heard) = talk(child, input.unwrap_or_default(), hearing);
        let status = child.wait().map_err(not_run)?;
        let text = |bytes: &[u8]| without_colors(&String::from_utf8_lossy(bytes));
        Ok(GitAnswer {
            code: status.code(),
            stdout: stdout.map_err(not_run)?,
            said: text(&heard.said),
            unshown: text(&heard.unshown),
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

/// What git said on stderr.
#[derive(Default)]
struct Heard {
    said: Vec<u8>,
    /// What of it the user has not seen.
    unshown: Vec<u8>,
}

/// Writes `input`, and reads what comes on both streams, whichever is ready.
fn talk(child: &mut Child, input: &[u8], hearing: Hearing) -> (io::Result<Vec<u8>>, Heard) {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let heard =
            scope.spawn(move || stderr.map_or_else(Heard::default, |err| hear(err, hearing, show)));
        // A git that ends before it has read everything says why.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let mut read = Vec::new();
        let done = stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut read));
        (done.map(|_| read), heard.join().unwrap_or_default())
    })
}

fn show(said: &[u8]) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(said).and_then(|()| stderr.flush());
}

/// What git says; what the user hears is shown as it comes.
fn hear(mut stderr: impl Read, hearing: Hearing, mut show: impl FnMut(&[u8])) -> Heard {
    let (mut heard, mut part, mut told) = (Heard::default(), [0; 4096], 0);
    let mut fails = false;
    while let Ok(length @ 1..) = stderr.read(&mut part) {
        heard.said.extend_from_slice(&part[..length]);
        while let Some(length) = next_told(&heard.said[told..], hearing) {
            let next = &heard.said[told..told + length];
            told += length;
            fails |= hearing == Hearing::Both && says_why(next);
            // What is said after that belongs to it.
            if hearing == Hearing::Caller || fails && !next.starts_with(REMOTE.as_bytes()) {
                heard.unshown.extend_from_slice(next);
            } else {
                show(next);
            }
        }
    }
    heard.unshown.extend_from_slice(&heard.said[told..]);
    heard
}

/// How much of what git said is told next: a line, or a part of one, which may be a question; `None` to wait for more.
fn next_told(said: &[u8], hearing: Hearing) -> Option<usize> {
    let end = said.iter().position(|byte| *byte == b'\n');
    let may_say_why = FAILS.iter().any(|label| label.as_bytes().starts_with(said));
    let is_open = hearing == Hearing::Both && (may_say_why || says_why(said));
    end.map(|end| end + 1)
        .or_else(|| (!said.is_empty() && !is_open).then_some(said.len()))
}

/// Whether a line says why git fails.
fn says_why(line: &[u8]) -> bool {
    FAILS.iter().any(|label| line.starts_with(label.as_bytes()))
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
    fn why_git_fails_is_left_to_the_caller() {
        fn told(said: &str) -> Option<&str> {
            next_told(said.as_bytes(), Hearing::Both).map(|length| &said[..length])
        }
        assert_eq!(told("Password: "), Some("Password: "));
        assert_eq!(told("remote: a\nremote: b"), Some("remote: a\n"));
        for part in ["", "fat", "fatal: ", "fatal: could not", "ssh: connect"] {
            assert_eq!(told(part), None, "{part}");
        }
        assert_eq!(told("error: no\n"), Some("error: no\n"));
        let said = "remote: welcome\nfatal: no\n\nPlease make sure\nremote: bye\n";
        for (hearing, shown, unshown) in [
            (Hearing::Caller, "", said),
            (Hearing::User, said, ""),
            (
                Hearing::Both,
                "remote: welcome\nremote: bye\n",
                "fatal: no\n\nPlease make sure\n",
            ),
        ] {
            let mut seen = Vec::new();
            let heard = hear(said.as_bytes(), hearing, |part| {
                seen.extend_from_slice(part);
            });
            assert_eq!(heard.said, said.as_bytes());
            assert_eq!(seen, shown.as_bytes());
            assert_eq!(heard.unshown, unshown.as_bytes());
        }
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
