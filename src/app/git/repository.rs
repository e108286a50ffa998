//! The repository that a book is in.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::answer::{GitAnswer, os_string, refuse};
use super::program::{Git, args, literal};
use crate::app::shell::set;
use crate::error::{Error, GitFailure, Result};
use crate::render::words::messages::quoted;

/// The repository that a book is in, and where it is in there.
#[derive(Debug)]
pub(crate) struct BookRepository {
    /// Git at the root of the work tree.
    pub(crate) git: Git,
    /// The folder with what git keeps about this work tree.
    pub(crate) folder: PathBuf,
    /// The path of the book from the root.
    pub(crate) book: OsString,
}

/// A file as a commit has it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct TreeEntry {
    pub(crate) mode: String,
    pub(crate) blob: String,
}

/// What git says of the book in the work tree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum WorkTreeState {
    /// It is as the last commit has it.
    Committed,
    Changed,
    /// No commit has it, and the index does not either.
    Untracked,
}

/// What may be under way in a repository: what shows it, its name, and what ends it.
const UNDER_WAY: [(&str, &str, &str); 6] = [
    (
        "rebase-merge",
        "a rebase",
        "finish it (`git add` what you resolved, then `git rebase --continue`), or give it up with `git rebase --abort`",
    ),
    (
        "rebase-apply",
        "a rebase",
        "finish it (`git add` what you resolved, then `git rebase --continue`, or `git am --continue`), or give it up with `--abort`",
    ),
    (
        "MERGE_HEAD",
        "a merge",
        "finish it (`git add` what you resolved, then `git merge --continue`), or give it up with `git merge --abort`",
    ),
    (
        "CHERRY_PICK_HEAD",
        "a cherry-pick",
        "finish it (`git add` what you resolved, then `git cherry-pick --continue`), or give it up with `git cherry-pick --abort`",
    ),
    (
        "REVERT_HEAD",
        "a revert",
        "finish it (`git add` what you resolved, then `git revert --continue`), or give it up with `git revert --abort`",
    ),
    ("BISECT_LOG", "a bisect", "end it with `git bisect reset`"),
];

impl BookRepository {
    /// An error with what to type in this repository, wherever the shell is.
    pub(crate) fn refuse<T>(
        &self,
        sentence: impl Into<String>,
        hint: impl AsRef<str>,
    ) -> Result<T> {
        let git = format!("`{} ", self.git.typed());
        refuse(sentence, hint.as_ref().replace("`git ", &git))
    }

    /// The repository that the file `real` is in, behind every link; `None` if it is in no work tree.
    pub(crate) fn of(real: &Path, asks: bool) -> Result<Option<Self>> {
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
            return Ok(None);
        };
        if !parent.is_dir() {
            return Ok(None);
        }
        let git = Git::at(parent);
        let git = if asks { git } else { git.silent() };
        let root = match git.work_tree() {
            // Where there is no sign of a repository, git is not needed.
            Err(Error::Git(GitFailure::NotRun(_))) if !is_near_repository(parent) => None,
            root => root?,
        };
        let Some(root) = root else {
            return Ok(None);
        };
        let mut book = git.line(&args(&["rev-parse", "--show-prefix"]))?;
        book.push(name);
        let folder = git.line(&args(&["rev-parse", "--absolute-git-dir"]))?;
        Ok(Some(Self {
            git: git.in_folder(root),
            folder: folder.into(),
            book,
        }))
    }

    /// The branch that is checked out. Refuses a repository in which something is under way.
    pub(crate) fn branch(&self) -> Result<String> {
        if let Some((name, end)) = self.under_way()? {
            return self.refuse(format!("{name} is in progress in this repository"), end);
        }
        match self.git.ask(&args(&["symbolic-ref", "--quiet", "HEAD"]))? {
            Some(name) => {
                let name = name.to_string_lossy().into_owned();
                let short = name.strip_prefix("refs/heads/");
                Ok(short.unwrap_or(&name).to_owned())
            }
            None => self.refuse(
                "no branch is checked out here (detached HEAD)",
                "check one out with `git switch BRANCH`, or make one with `git switch -c BRANCH`",
            ),
        }
    }

    /// What is under way in the repository, and what ends it.
    fn under_way(&self) -> Result<Option<(&'static str, &'static str)>> {
        for (sign, name, end) in UNDER_WAY {
            let is_there = self.folder.join(sign).exists() || {
                sign.ends_with("_HEAD") && self.commit_of(sign)?.is_some()
            };
            if is_there {
                return Ok(Some((name, end)));
            }
        }
        Ok(None)
    }

    /// Refuses a book that git has not merged yet: an older version of it would count as the merge, and what the other side
    /// did would be gone.
    pub(crate) fn check_merged(&self) -> Result<()> {
        let asked = args(&["ls-files", "--unmerged", "-z", "--"]);
        let book = literal(&self.book);
        let answer = self.git.answer(&[&asked[..], &[&book]].concat())?.must()?;
        if answer.stdout.is_empty() {
            return Ok(());
        }
        let (name, end) = match self.under_way()? {
            Some((name, end)) => (name, end.to_owned()),
            None => ("a merge", self.resolve()),
        };
        self.refuse(
            format!(
                "{name} of {} is in progress: an undo would drop the other side of it",
                self.shown()
            ),
            end,
        )
    }

    /// What to type once the marks of a merge are gone from the book.
    fn resolve(&self) -> String {
        let path = self.shown();
        format!("once the book is as it should be, `git add {path}` and `git commit`")
    }

    /// The commit that `name` stands for.
    pub(crate) fn commit_of(&self, name: &str) -> Result<Option<String>> {
        let name = format!("{name}^{{commit}}");
        let found = self
            .git
            .ask(&args(&["rev-parse", "--quiet", "--verify", &name]))?;
        Ok(found.map(|id| id.to_string_lossy().into_owned()))
    }

    /// Whether the last commit has the book, as far as git says.
    pub(crate) fn has_book(&self) -> bool {
        self.has("HEAD", &self.book).unwrap_or_default()
    }

    /// What the index and the work tree have of the book. Refuses what a commit of the book alone would lose.
    pub(crate) fn state(&self) -> Result<WorkTreeState> {
        self.check_flags()?;
        let mut asked = args(&[
            "status",
            "--porcelain=v2",
            "-z",
            "--untracked-files=all",
            "--ignored=matching",
            "--no-renames",
            "--",
        ])
        .to_vec();
        let book = literal(&self.book);
        asked.push(&book);
        let answer = self.git.answer(&asked)?.must()?;
        let path = self.shown();
        // A header may come first: of the stash, where the user wants to see it.
        let Some(first) = answer.parts().find(|record| !record.starts_with(b"#")) else {
            return Ok(WorkTreeState::Committed);
        };
        match first {
            [b'?', ..] => Ok(WorkTreeState::Untracked),
            [b'!', ..] => self.refuse(
                format!("git ignores {path}"),
                format!(
                    "take its pattern out of .gitignore (`git check-ignore -v {path}` shows it), or `git add --force {path}`"
                ),
            ),
            [b'u', ..] => self.refuse(
                format!("{path} is not merged yet in the index"),
                self.resolve(),
            ),
            [b'1', b' ', staged, unstaged, ..] => match (staged, unstaged) {
                (b'D', _) => self.refuse(
                    format!("the index has {path} as removed"),
                    format!("`git restore --staged {path}` takes that back"),
                ),
                (b'.', _) if self.is_same(first)? => Ok(WorkTreeState::Committed),
                // Intended to be added.
                (b'.', _) | (_, b'.') => Ok(WorkTreeState::Changed),
                _ => self.refuse(
                    format!("another state of {path} is staged than the one in the work tree"),
                    format!(
                        "commit it with `git commit`, or take it out of the index with `git restore --staged {path}`"
                    ),
                ),
            },
            _ => self.refuse(
                format!("git says something about {path} that netkeep does not know"),
                "`git status` shows it",
            ),
        }
    }

    /// Whether the book that a record of `git status` says has changed would be committed as it is: what changed is newlines,
    /// or something else that a filter takes out.
    fn is_same(&self, record: &[u8]) -> Result<bool> {
        let fields: Vec<&[u8]> = record.split(|byte| *byte == b' ').collect();
        let &[_, _, _, mode, _, mode_here, blob, ..] = fields.as_slice() else {
            return Ok(false);
        };
        let hash = ["hash-object".as_ref(), "--".as_ref(), &*self.book];
        let here = self.git.ask(&hash)?;
        Ok(mode == mode_here && here == Some(os_string(blob)))
    }

    /// Refuses a book that git was told not to look at.
    fn check_flags(&self) -> Result<()> {
        let asked = [
            "ls-files".as_ref(),
            "-v".as_ref(),
            "-z".as_ref(),
            "--".as_ref(),
            &*literal(&self.book),
        ];
        let answer = self.git.answer(&asked)?.must()?;
        let path = self.shown();
        match answer.stdout.first() {
            Some(b'S' | b's') => self.refuse(
                format!("git was told to skip {path} in this work tree"),
                format!(
                    "`git update-index --no-skip-worktree {path}`, or `git sparse-checkout add` its folder"
                ),
            ),
            Some(flag) if flag.is_ascii_lowercase() => self.refuse(
                format!("git was told that {path} never changes"),
                format!("`git update-index --no-assume-unchanged {path}`"),
            ),
            _ => Ok(()),
        }
    }

    /// A file as `commit` has it; `None` if it has none, or something else there.
    pub(crate) fn entry(&self, commit: &str, path: &OsStr) -> Result<Option<TreeEntry>> {
        let answer = self.listed(commit, path)?;
        let Some(entry) = answer.parts().next() else {
            return Ok(None);
        };
        let head = entry
            .split(|byte| *byte == b'\t')
            .next()
            .unwrap_or_default();
        let head = String::from_utf8_lossy(head).into_owned();
        match head.split(' ').collect::<Vec<_>>()[..] {
            [mode @ ("100644" | "100755"), _, blob] => Ok(Some(TreeEntry {
                mode: mode.to_owned(),
                blob: blob.to_owned(),
            })),
            _ => self.refuse(
                format!("{} is no plain file in {}", path.display(), short(commit)),
                "`git log --stat` shows what it became; netkeep leaves it to you",
            ),
        }
    }

    /// The same; `None` also if it is no plain file.
    pub(crate) fn entry_if_plain(&self, commit: &str, path: &OsStr) -> Result<Option<TreeEntry>> {
        match self.entry(commit, path) {
            Err(Error::Git(GitFailure::Refused(..))) => Ok(None),
            entry => entry,
        }
    }

    /// Whether `commit` has anything at a path.
    pub(crate) fn has(&self, commit: &str, path: &OsStr) -> Result<bool> {
        Ok(!self.listed(commit, path)?.stdout.is_empty())
    }

    fn listed(&self, commit: &str, path: &OsStr) -> Result<GitAnswer> {
        let asked = args(&["ls-tree", "-z", "--full-tree", commit, "--"]);
        self.git
            .answer(&[&asked[..], &[&literal(path)]].concat())?
            .must()
    }

    /// Whether a file is in the index and the work tree as the last commit has it.
    pub(crate) fn is_clean(&self, path: &OsStr) -> Result<bool> {
        let asked = ["status", "--porcelain", "-z", "--untracked-files=all", "--"].map(OsStr::new);
        let answer = self
            .git
            .answer(&[&asked[..], &[&literal(path)]].concat())?
            .must()?;
        Ok(answer.stdout.is_empty())
    }

    /// What the book of one commit is called in another one, where it has another name.
    pub(crate) fn renamed(&self, one: &str, other: &str) -> Result<Option<OsString>> {
        let asked = [
            "diff-tree",
            "-r",
            "-z",
            "--find-renames",
            "--diff-filter=R",
            one,
            other,
        ];
        let answer = self.git.answer(&asked.map(OsStr::new))?.must()?;
        let parts: Vec<&[u8]> = answer.parts().collect();
        let renamed = parts
            .chunks(3)
            .find(|parts| os_string(parts[1.min(parts.len() - 1)]) == self.book);
        Ok(renamed
            .and_then(|parts| parts.get(2))
            .map(|path| os_string(path)))
    }

    /// A blob as the work tree would have it: with its newlines and through its filters.
    pub(crate) fn content(&self, blob: &str, path: &OsStr) -> Result<Vec<u8>> {
        let mut of = OsString::from("--path=");
        of.push(path);
        let asked = [
            "cat-file".as_ref(),
            "--filters".as_ref(),
            &*of,
            OsStr::new(blob),
        ];
        Ok(self.git.answer(&asked)?.must()?.stdout)
    }

    /// The commits that both grew from.
    pub(crate) fn bases(&self, one: &str, other: &str) -> Result<Vec<String>> {
        let found = self
            .git
            .answer(&args(&["merge-base", "--all", one, other]))?;
        match found.code {
            Some(0) => Ok(String::from_utf8_lossy(&found.stdout)
                .lines()
                .map(str::to_owned)
                .collect()),
            Some(1) => {
                let shallow = self
                    .git
                    .line(&args(&["rev-parse", "--is-shallow-repository"]))?;
                if shallow == "true" {
                    return self.refuse(
                        "this clone is shallow: it does not reach back to the commit that both sides grew from",
                        "`git fetch --unshallow`, then `netkeep sync`",
                    );
                }
                Ok(vec![])
            }
            _ => Err(found.failure()),
        }
    }

    pub(crate) fn is_ancestor(&self, one: &str, of: &str) -> Result<bool> {
        let answer = self
            .git
            .answer(&args(&["merge-base", "--is-ancestor", one, of]))?;
        match answer.code {
            Some(code @ (0 | 1)) => Ok(code == 0),
            _ => Err(answer.failure()),
        }
    }

    /// The paths that differ between two commits.
    pub(crate) fn differing(&self, one: &str, other: &str) -> Result<Vec<OsString>> {
        let asked = [
            "diff-tree",
            "-r",
            "-z",
            "--name-only",
            "--no-renames",
            one,
            other,
        ];
        let answer = self.git.answer(&asked.map(OsStr::new))?.must()?;
        Ok(answer.parts().map(os_string).collect())
    }

    /// What joins two branches that went apart: git wants to know how, unless that is configured.
    pub(crate) fn pull(&self) -> Result<&'static str> {
        for key in ["pull.rebase", "pull.ff"] {
            if self.git.setting(key)?.is_some() {
                return Ok("git pull");
            }
        }
        Ok("git pull --no-rebase")
    }

    /// The path of the book as it is typed for git in the root of the work tree.
    pub(crate) fn shown(&self) -> String {
        quoted(&self.book.to_string_lossy())
    }
}

/// Whether a folder may be in a repository, so that git is worth asking.
pub(crate) fn is_in_repository(folder: &Path) -> bool {
    is_near_repository(folder) || set("GIT_DIR").is_some()
}

fn is_near_repository(folder: &Path) -> bool {
    folder
        .ancestors()
        .any(|folder| folder.join(".git").exists())
}

/// The first digits of a commit.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
