//! What another machine pushed, read to be merged.

use std::ffi::{OsStr, OsString};

use crate::app::git::{BookRepository, ChangedFile, TreeEntry};
use crate::error::Result;
use crate::store::{BookFile, read};

/// What another machine pushed.
pub(super) struct Incoming<'c> {
    pub(super) commit: &'c str,
    /// The last commit here; `None` on a branch without one.
    pub(super) head: Option<&'c str>,
    /// Whether nothing was committed here that it does not have.
    pub(super) is_forward: bool,
    /// The book of each commit that both grew from.
    pub(super) bases: Vec<String>,
    /// The book as the last commit here has it.
    pub(super) ours: Option<(TreeEntry, String)>,
    /// The book that came; `None` if there is none.
    pub(super) theirs: Option<(TreeEntry, String)>,
    /// Other files that change.
    pub(super) others: Vec<ChangedFile>,
}

impl<'c> Incoming<'c> {
    /// Reads it. Refuses what netkeep leaves to git.
    pub(super) fn read(
        repository: &BookRepository,
        head: Option<&'c str>,
        commit: &'c str,
        there: &str,
    ) -> Result<Self> {
        let bases = match head {
            Some(head) => repository.bases(head, commit)?,
            None => vec![],
        };
        let others = match head {
            Some(head) => others(repository, head, commit, &bases, there)?,
            None => vec![],
        };
        let book = |commit: &str| book(repository, commit);
        let theirs = book(commit)?;
        let mut texts = Vec::new();
        for base in &bases {
            match book(base)? {
                Some(_) if theirs.is_none() => return removed(repository, base, commit, there),
                base => texts.push(base.map(|(_, text)| text)),
            }
        }
        // Where one of them has no book, nothing is proven to be removed.
        let texts: Option<Vec<String>> = texts.into_iter().collect();
        Ok(Self {
            commit,
            head,
            is_forward: head.is_none_or(|head| bases.len() == 1 && bases[0] == head),
            bases: texts.unwrap_or_default(),
            ours: head.map(book).transpose()?.flatten(),
            theirs,
            others,
        })
    }
}

impl Incoming<'_> {
    /// Takes out who was purged from the book here: another machine may have changed them, and so kept them. Returns how
    /// many.
    pub(super) fn without_purged(
        &mut self,
        repository: &BookRepository,
        file: &BookFile,
    ) -> Result<usize> {
        let Some((entry, text)) = self.theirs.as_mut() else {
            return Ok(0);
        };
        let Ok(parsed) = read(text) else {
            return Ok(0);
        };
        let taken_out = file
            .storage()
            .purged()
            .taken_out(text, &parsed, file.book());
        let Ok((without, count)) = taken_out else {
            return repository.refuse(
                "someone is on the remote who was purged here, and cannot be left out",
                "remove them there first, with `netkeep remove`",
            );
        };
        if count > 0 {
            entry.blob = repository.blob(without.as_bytes())?;
            *text = without;
            // The commit that came still has them.
            self.is_forward = false;
        }
        Ok(count)
    }
}

/// The book as a commit has it, as the work tree would.
fn book(repository: &BookRepository, commit: &str) -> Result<Option<(TreeEntry, String)>> {
    let Some(entry) = repository.entry(commit, &repository.book)? else {
        return Ok(None);
    };
    let bytes = repository.content(&entry.blob, &repository.book)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some((entry, text))),
        Err(_) => repository.refuse(
            format!("{} is not UTF-8 text in {commit}", repository.shown()),
            "save it as UTF-8 on the machine that it comes from, and sync there first",
        ),
    }
}

/// Refuses what no longer has the book.
fn removed<T>(repository: &BookRepository, base: &str, commit: &str, there: &str) -> Result<T> {
    let book = repository.shown();
    match repository.renamed(base, commit)? {
        Some(path) => repository.refuse(
            format!("{book} is called {} on {there}", path.display()),
            "`git pull` renames it here too; then `netkeep sync --file` with its new name",
        ),
        None => repository.refuse(
            format!("{book} was removed on {there}; here it stays"),
            "to have it back there, `git pull --no-rebase` and keep it: then `git add` it and `git commit`",
        ),
    }
}

/// The files besides the book that change: attributes of git on the way to the book. Refuses any others.
fn others(
    repository: &BookRepository,
    head: &str,
    commit: &str,
    bases: &[String],
    there: &str,
) -> Result<Vec<ChangedFile>> {
    let mut changed = Vec::new();
    for base in bases {
        changed.push(repository.differing(base, commit)?);
    }
    // A path that came from there, and that is another one here.
    let is_news =
        |path: &OsString| bases.is_empty() || changed.iter().any(|paths| paths.contains(path));
    let pull = match bases {
        [] => "git pull --no-rebase --allow-unrelated-histories",
        [base] if base == head => "git pull",
        _ => repository.pull()?,
    };
    let mut files = Vec::new();
    for path in repository.differing(head, commit)? {
        if path == repository.book || !is_news(&path) {
            continue;
        }
        let entry = repository.entry_if_plain(commit, &path)?;
        if bases.is_empty() && entry.is_none() && !repository.has(commit, &path)? {
            continue;
        }
        if !is_attributes(&path, &repository.book) {
            return repository.refuse(
                format!("{there} has changes to other files too: {}", path.display()),
                format!("run `{pull}` first, which brings it here"),
            );
        }
        let ours = repository.entry_if_plain(head, &path)?;
        let is_ours_too = match bases {
            [] => ours.is_some(),
            bases => {
                let mut is_changed = false;
                for base in bases {
                    is_changed |= repository.entry_if_plain(base, &path)? != ours;
                }
                is_changed
            }
        };
        if is_ours_too || !repository.is_clean(&path)? {
            return repository.refuse(
                format!("{} differs here and on {there}", path.display()),
                format!("commit it, then run `{pull}`, which merges it"),
            );
        }
        files.push(ChangedFile { path, entry });
    }
    Ok(files)
}

/// Whether a path is a file of attributes in a folder that the book is in.
fn is_attributes(path: &OsStr, book: &OsStr) -> bool {
    let (path, book) = (std::path::Path::new(path), std::path::Path::new(book));
    let folder = path.parent();
    path.file_name() == Some(OsStr::new(".gitattributes"))
        && folder.is_some_and(|folder| book.starts_with(folder))
}
