//! Commits of files as they are in the work tree.

use std::ffi::OsStr;
use std::path::Path;

use super::answer::refuse;
use super::program::{Git, args, literal, with_paths};
use super::repository::BookRepository;
use crate::error::Result;

impl BookRepository {
    /// Commits these files alone; what else is staged stays staged. `new` ones are not in the index yet. Hooks and signatures
    /// are git's.
    pub(crate) fn commit(&self, message: &str, files: &[&OsStr], new: &[&OsStr]) -> Result<()> {
        self.check_identity()?;
        let of = |paths: &[&OsStr]| paths.iter().map(|path| literal(path)).collect::<Vec<_>>();
        let (files, new) = (of(files), of(new));
        let add = args(&["add", "--"]);
        if !new.is_empty() {
            self.git.answer(&with_paths(&add, &new))?.must()?;
        }
        let message = format!("--message={message}");
        let commit = [
            "commit",
            "--quiet",
            "--cleanup=whitespace",
            &message,
            "--only",
            "--",
        ];
        let commit = with_paths(&args(&commit), &files);
        self.git.answer_aloud(&commit)?.done("commit the book")?;
        // A hook that formats the book, and commits that, leaves the index as it was before.
        let _ = self.git.answer(&with_paths(&add, &files))?;
        // What a hook formats, and leaves in the work tree, belongs to this commit too.
        let differs = args(&["diff-index", "--cached", "--quiet", "HEAD", "--"]);
        let differs = self.git.answer(&with_paths(&differs, &files))?;
        if differs.code == Some(1) {
            let amend = args(&[
                "commit",
                "--quiet",
                "--amend",
                "--no-edit",
                "--no-verify",
                "--only",
                "--",
            ]);
            let amend = self.git.answer_aloud(&with_paths(&amend, &files))?;
            amend.done("commit what a hook made of the book")?;
        }
        Ok(())
    }

    /// Refuses to commit where git does not know who does, before git explains it at length.
    pub(crate) fn check_identity(&self) -> Result<()> {
        known_to(&self.git)
    }
}

/// The same for a repository that is yet to be made in `folder`, or in the nearest folder above that is there.
pub(crate) fn check_identity(folder: &Path) -> Result<()> {
    let there = folder.ancestors().find(|folder| folder.is_dir());
    known_to(&Git::apart(there.unwrap_or(folder)))
}

fn known_to(git: &Git) -> Result<()> {
    for who in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
        if !git.answer(&args(&["var", who]))?.is_ok() {
            return refuse(
                "git does not know your name and your e-mail address, which each commit has",
                "`git config --global user.name \"YOUR NAME\"` and `git config --global user.email YOU@EXAMPLE.COM` \
                 tell it; then run this again",
            );
        }
    }
    Ok(())
}
