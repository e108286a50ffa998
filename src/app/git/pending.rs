//! A commit that is made before the book is written, and what is left to do once it is.
//!
//! A kill at any point leaves the book as it was or merged, and a repository that git works with:
//!
//! | killed after              | book   | index  | branch | the next sync                                    |
//! | ------------------------- | ------ | ------ | ------ | ------------------------------------------------ |
//! | the commit is made        | before | before | before | makes it again; the commit is an object of nobody |
//! | `PENDING` names it        | before | before | before | drops `PENDING`, and merges again                |
//! | the book is written       | merged | before | before | finishes: the book is the one of the commit      |
//! | other files are written   | merged | before | before | the same                                         |
//! | the index has it          | merged | merged | before | the same                                         |
//! | the branch is at it       | merged | merged | merged | drops `PENDING`                                  |
//!
//! A book that is neither (an editor wrote it meanwhile) is committed as it is, and merged again: a merge of what was
//! merged already adds nothing.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{ErrorKind, Write};

use super::program::args;
use super::repository::{BookRepository, TreeEntry};
use crate::error::{Error, Result};

/// The commit that the branch is to be at once the book is written.
const PENDING: &str = "refs/worktree/netkeep/pending";

/// A file that a commit changes; without an entry it takes it out.
#[derive(Clone, Debug)]
pub(crate) struct ChangedFile {
    pub(crate) path: OsString,
    pub(crate) entry: Option<TreeEntry>,
}

impl BookRepository {
    /// Writes a text as a blob, as git would take it in from the work tree.
    pub(crate) fn blob(&self, text: &[u8]) -> Result<String> {
        let mut of = OsString::from("--path=");
        of.push(&self.book);
        let asked = [
            "hash-object".as_ref(),
            "-w".as_ref(),
            "--stdin".as_ref(),
            &*of,
        ];
        let answer = self.git.answer_to(text, &asked)?.must()?;
        Ok(answer.line().to_string_lossy().into_owned())
    }

    /// Makes a commit of the files of `tree` with these changed, as a child of `parents`. Nothing else changes.
    pub(crate) fn make_commit(
        &self,
        tree: &str,
        files: &[ChangedFile],
        parents: &[&str],
        message: &str,
    ) -> Result<String> {
        self.check_identity()?;
        // Not in the folder of git: a kill would leave it there.
        let index = tempfile::Builder::new()
            .prefix("netkeep-index-")
            .tempdir()
            .map_err(|err| Error::Temporary("TMPDIR", err))?;
        let git = self.git.with_index(&index.path().join("index"));
        git.line(&args(&["read-tree", tree]))?;
        for file in files {
            git.line(&as_args(&cached(file)))?;
        }
        let tree = git.line(&args(&["write-tree"]))?;
        let tree = tree.to_string_lossy().into_owned();
        let mut words = vec!["commit-tree", &tree];
        for parent in parents {
            words.extend(["-p", parent]);
        }
        let signs = self
            .git
            .ask(&args(&["config", "--type=bool", "--get", "commit.gpgSign"]))?;
        if signs.is_some_and(|signs| signs == "true") {
            words.push("-S");
        }
        words.extend(["-m", message]);
        let words: Vec<&OsStr> = words.into_iter().map(AsRef::as_ref).collect();
        let answer = self.git.answer_from_afar(&words)?;
        let id = answer.line().to_string_lossy().into_owned();
        answer.done("make a commit of the merge")?;
        Ok(id)
    }

    /// Notes the commit that the branch is to be at once the book is written.
    pub(crate) fn set_pending(&self, commit: &str) -> Result<()> {
        self.git
            .line(&args(&["update-ref", PENDING, commit]))
            .map(drop)
    }

    pub(crate) fn drop_pending(&self) {
        let _ = self.git.ask(&args(&["update-ref", "-d", PENDING]));
    }

    /// The commit that a killed sync left to be finished, if the book in the work tree holds `text` because of it.
    pub(crate) fn pending(&self, head: Option<&str>, text: &[u8]) -> Result<Option<String>> {
        let Some(commit) = self.commit_of(PENDING)? else {
            return Ok(None);
        };
        let grew = match head {
            Some(head) => head != commit && self.is_ancestor(head, &commit)?,
            None => true,
        };
        let entry = if grew {
            self.entry(&commit, &self.book)?
        } else {
            None
        };
        let is_written = match entry {
            Some(entry) => self.content(&entry.blob, &self.book)? == text,
            None => false,
        };
        if !is_written {
            self.drop_pending();
            return Ok(None);
        }
        Ok(Some(commit))
    }

    /// Once the book is written: the other files that the commit changes, the index, and the branch, which was at `head`.
    pub(crate) fn finish(&self, commit: &str, head: Option<&str>, reason: &str) -> Result<()> {
        match head {
            Some(head) => {
                let mut files = Vec::new();
                for path in self.differing(head, commit)? {
                    let entry = self.entry(commit, &path)?;
                    files.push(ChangedFile { path, entry });
                }
                for file in files.iter().filter(|file| file.path != self.book) {
                    self.write_file(file)?;
                }
                for file in &files {
                    self.git.line(&as_args(&cached(file)))?;
                }
            }
            // Of a branch without a commit everything is new. What is in the way of a file stays.
            None => {
                self.git.line(&args(&["read-tree", commit]))?;
                let _ = self
                    .git
                    .answer(&args(&["checkout-index", "--all", "--quiet"]))?;
            }
        }
        // What this leaves undone, the next `git status` does.
        let _ = self
            .git
            .answer(&args(&["update-index", "-q", "--refresh"]))?;
        let none = "0".repeat(commit.len());
        let was = head.unwrap_or(&none);
        self.git
            .line(&args(&["update-ref", "-m", reason, "HEAD", commit, was]))?;
        self.drop_pending();
        Ok(())
    }

    /// Writes a file of the work tree as a commit has it.
    fn write_file(&self, file: &ChangedFile) -> Result<()> {
        let path = self.git.folder().join(&file.path);
        let Some(entry) = &file.entry else {
            let removed = fs::remove_file(&path);
            let removed = removed.or_else(|err| match err.kind() {
                ErrorKind::NotFound => Ok(()),
                _ => Err(err),
            });
            return removed.map_err(|err| Error::WriteFile(path, err));
        };
        let content = self.content(&entry.blob, &file.path)?;
        if fs::read(&path).is_ok_and(|there| there == content) {
            return Ok(());
        }
        let write = || {
            let folder = path.parent().unwrap_or(self.git.folder());
            let mut new = tempfile::Builder::new()
                .prefix(".netkeep-")
                .tempfile_in(folder)?;
            new.write_all(&content)?;
            new.as_file().sync_all()?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = fs::metadata(&path).map_or(0o644, |there| there.permissions().mode());
                new.as_file()
                    .set_permissions(fs::Permissions::from_mode(mode))?;
            }
            new.persist(&path).map_err(|err| err.error).map(drop)
        };
        write().map_err(|err| Error::WriteFile(path.clone(), err))
    }
}

fn as_args(words: &[OsString]) -> Vec<&OsStr> {
    words.iter().map(OsString::as_os_str).collect()
}

/// The words that put a file into an index, or take it out.
fn cached(file: &ChangedFile) -> Vec<OsString> {
    let ChangedFile { path, entry } = file;
    let Some(TreeEntry { mode, blob }) = entry else {
        let words = ["update-index", "--force-remove", "--"].map(OsString::from);
        return [&words[..], std::slice::from_ref(path)].concat();
    };
    let mut info = OsString::from(format!("{mode},{blob},"));
    info.push(path);
    vec![
        "update-index".into(),
        "--add".into(),
        "--cacheinfo".into(),
        info,
    ]
}
