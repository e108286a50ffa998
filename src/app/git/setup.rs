//! What `sync --init` makes: a repository, a remote, the attribute and the driver by which git merges a book.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::program::{Git, args};
use super::remote_heads::{BRANCH, RemoteHeads};
use super::repository::{BookRepository, refuse};
use super::upstream::local_folder;
use crate::app::shell::set;
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;

/// The name of the merge driver.
pub(super) const DRIVER: &str = "netkeep";

/// What git runs to merge two states of a book, after the path of netkeep.
const MERGE_FILE: &str = "merge-file --marker-size %L %O %A %B";

/// The files that netkeep writes beside the book for a moment, as git names them in its list of what it ignores.
const TEMPORARY: &str = ".*.netkeep-*";

/// A remote that was asked what it has.
#[derive(Debug)]
pub(crate) struct Remote {
    pub(crate) address: String,
    /// The branch that it shows first; `None` if it has none.
    pub(crate) branch: Option<String>,
    /// All that it has.
    heads: Vec<String>,
    /// The folder, if it is on this machine.
    pub(crate) folder: Option<PathBuf>,
    /// Whether that folder has to be made.
    pub(crate) to_make: bool,
}

impl Remote {
    /// Asks the remote at an address, or in a folder, which branches it has.
    pub(crate) fn at(typed: &str, asks: bool) -> Result<Self> {
        let from = std::env::current_dir();
        let from = from.map_err(|err| Error::ReadFile(Path::new(".").to_owned(), err))?;
        let git = Git::apart(&from);
        let git = if asks { git } else { git.silent() };
        let folder = local_folder(typed, &from).map(|folder| without_dots(&folder));
        let address = match &folder {
            // git reads a relative path from another folder.
            Some(folder) if !typed.starts_with("file://") => folder.to_string_lossy().into_owned(),
            _ => typed.to_owned(),
        };
        if let Some(missing) = folder.as_deref().filter(|folder| is_to_make(folder)) {
            let parent = missing.parent().unwrap_or(missing);
            if !parent.is_dir() {
                return Err(Error::NoFolder(parent.to_owned()));
            }
            return Ok(Self {
                address,
                branch: None,
                heads: vec![],
                folder,
                to_make: true,
            });
        }
        let heads = RemoteHeads::of(&git, &address)?;
        Ok(Self {
            address,
            branch: heads.shown,
            heads: heads.all,
            folder,
            to_make: false,
        })
    }

    /// The branch that a local `branch` is to be shared as: one of the same name, else the one that it shows first.
    pub(crate) fn branch_for(&self, branch: &str) -> String {
        let same = self.heads.iter().find(|head| *head == branch);
        let there = same.or(self.branch.as_ref());
        there.map_or_else(|| branch.to_owned(), String::clone)
    }

    /// Makes the bare repository that the address names, if it is missing; says whether it was.
    pub(crate) fn make(&self, branch: &str) -> Result<bool> {
        let Some(folder) = self.folder.as_ref().filter(|_| self.to_make) else {
            return Ok(false);
        };
        let made = fs::create_dir_all(folder);
        made.map_err(|err| Error::WriteFile(folder.clone(), err))?;
        let git = Git::apart(folder);
        git.line(&args(&["init", "--quiet", "--bare"]))?;
        set_unborn(&git, branch)?;
        Ok(true)
    }
}

/// Whether a folder is missing or empty.
fn is_to_make(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(err) => err.kind() == io::ErrorKind::NotFound,
    }
}

/// A path without `..`, as far as its folder is there.
fn without_dots(path: &Path) -> PathBuf {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    };
    fs::canonicalize(parent).map_or_else(|_| path.to_owned(), |parent| parent.join(name))
}

/// Makes a repository in `folder` with this branch.
pub(crate) fn make_repository(folder: &Path, branch: &str) -> Result<()> {
    Git::apart(folder).line(&args(&["init", "--quiet"]))?;
    set_unborn(&Git::apart(folder), branch)
}

/// Checks out a branch where none has a commit yet.
fn set_unborn(git: &Git, branch: &str) -> Result<()> {
    git.line(&args(&[
        "symbolic-ref",
        "HEAD",
        &format!("refs/heads/{branch}"),
    ]))
    .map(drop)
}

/// The branch that a new repository in `folder` gets.
pub(crate) fn first_branch(folder: &Path) -> Result<String> {
    let branch = Git::apart(folder).setting("init.defaultBranch")?;
    Ok(branch.unwrap_or_else(|| BRANCH.to_owned()))
}

impl BookRepository {
    /// Makes the branch that is checked out follow the one of `remote`, if it follows none.
    pub(crate) fn join(&self, remote: &Remote, name: &str) -> Result<()> {
        let mut branch = self.branch()?;
        if self.commit_of("HEAD")?.is_none() {
            branch = remote.branch_for(&branch);
            set_unborn(&self.git, &branch)?;
        }
        if self
            .git
            .setting(&format!("branch.{branch}.remote"))?
            .is_some()
        {
            return Ok(());
        }
        let there = format!("refs/heads/{}", remote.branch_for(&branch));
        for (key, value) in [("remote", name), ("merge", &there)] {
            let key = format!("branch.{branch}.{key}");
            self.git.line(&args(&["config", &key, value]))?;
        }
        Ok(())
    }

    /// The name of the remote with this address; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// When `origin` is another one.
    pub(crate) fn remote_with(&self, address: &str) -> Result<Option<String>> {
        let remotes = self.git.line(&args(&["remote"]))?;
        for remote in remotes.to_string_lossy().lines() {
            let there = self.git.setting(&format!("remote.{remote}.url"))?;
            if there.as_deref() == Some(address) {
                return Ok(Some(remote.to_owned()));
            }
            if let Some(there) = there
                && remote == "origin"
            {
                return refuse(
                    format!("the remote origin is {there} already"),
                    format!("`git remote set-url origin {}` changes it", quoted(address)),
                );
            }
        }
        Ok(None)
    }

    /// Whether a folder is the repository itself.
    pub(crate) fn is_in(&self, folder: &Path) -> bool {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let own = [self.git.folder(), &self.folder].map(real);
        real(folder).is_some_and(|folder| own.contains(&Some(folder)))
    }

    pub(crate) fn add_remote(&self, address: &str) -> Result<()> {
        self.git
            .line(&args(&["remote", "add", "origin", address]))
            .map(drop)
    }

    /// Whether git merges the book by the driver of netkeep, as far as the attributes say.
    pub(crate) fn has_attribute(&self) -> Result<bool> {
        let asked = ["check-attr", "-z", "merge", "--"].map(OsStr::new);
        let answer = self
            .git
            .answer(&[&asked[..], &[&self.book]].concat())?
            .must()?;
        Ok(answer.parts().last() == Some(DRIVER.as_bytes()))
    }

    /// Adds the attribute to the file beside the book, and returns its path from the root if it is to be committed. `None` if
    /// there is nothing to commit, or if the file has changes of the user's, with which this would be mixed.
    pub(crate) fn add_attribute(&self) -> Result<Option<OsString>> {
        let book = Path::new(&self.book);
        let path = book.with_file_name(".gitattributes");
        let name = book.file_name().unwrap_or_default().to_string_lossy();
        let line = format!("{} merge={DRIVER}", pattern(&name));
        let file = self.git.folder().join(&path);
        let committed = match self.commit_of("HEAD")? {
            Some(head) => self.entry_if_plain(&head, path.as_os_str())?,
            None => None,
        };
        let committed = committed.map(|entry| self.content(&entry.blob, path.as_os_str()));
        let committed = committed.transpose()?.unwrap_or_default();
        let there = fs::read(&file).unwrap_or_default();
        let with_line = [&committed[..], &ending(&committed, &line)].concat();
        if there == committed && !self.has_attribute()? {
            fs::write(&file, &with_line).map_err(|err| Error::WriteFile(file, err))?;
        } else if there != with_line {
            return Ok(None);
        }
        Ok(Some(path.into()))
    }

    /// Configures the driver, unless the user did; says whether there was anything to do.
    pub(crate) fn add_driver(&self) -> Result<bool> {
        let key = format!("merge.{DRIVER}.driver");
        let wanted = driver_line();
        let here = self.git.ask(&args(&["config", "--local", "--get", &key]))?;
        let is_set = here.is_some() || self.git.setting(&key)?.is_none();
        if !is_set || here.is_some_and(|here| here == *wanted) {
            return Ok(false);
        }
        let name = format!("merge.{DRIVER}.name");
        self.git
            .line(&args(&["config", &name, "two states of a netkeep book"]))?;
        self.git.line(&args(&["config", &key, &wanted]))?;
        Ok(true)
    }

    /// Keeps git from seeing the files that netkeep writes for a moment.
    pub(crate) fn exclude_temporary(&self) -> Result<()> {
        let path = self
            .git
            .line(&args(&["rev-parse", "--git-path", "info/exclude"]))?;
        let path = self.git.folder().join(path);
        let there = fs::read(&path).unwrap_or_default();
        let is_line = |line: &[u8]| line.trim_ascii_end() == TEMPORARY.as_bytes();
        if there.split(|byte| *byte == b'\n').any(is_line) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            let made = fs::create_dir_all(folder);
            made.map_err(|err| Error::WriteFile(folder.to_owned(), err))?;
        }
        let whole = [&there[..], &ending(&there, TEMPORARY)].concat();
        fs::write(&path, whole).map_err(|err| Error::WriteFile(path, err))
    }
}

/// What git runs to merge two states of a book.
pub(super) fn driver_line() -> String {
    format!("{} {MERGE_FILE}", netkeep())
}

/// A name as a pattern of git that matches nothing but it.
pub(super) fn pattern(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if "*?[]\\".contains(c) || (pattern.is_empty() && "!#".contains(c)) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    if !name.contains(|c: char| c.is_whitespace() || c == '"' || c.is_control()) {
        return pattern;
    }
    let mut in_quotes = String::from("\"");
    for byte in pattern.bytes() {
        match byte {
            b'"' | b'\\' => in_quotes.extend(['\\', byte.into()]),
            b'\t' => in_quotes.push_str("\\t"),
            b' '..=b'~' => in_quotes.push(byte.into()),
            byte => in_quotes.push_str(&format!("\\{byte:03o}")),
        }
    }
    in_quotes + "\""
}

/// A line as the end of a text, with the newlines that the text has.
fn ending(text: &[u8], line: &str) -> Vec<u8> {
    let newline = if text.ends_with(b"\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let before = if text.is_empty() || text.ends_with(b"\n") {
        ""
    } else {
        "\n"
    };
    format!("{before}{line}{newline}").into()
}

/// How a shell of git starts netkeep: by its name if that is on the path, else by where it is.
fn netkeep() -> String {
    let path = set("PATH").unwrap_or_default();
    let name = format!("netkeep{}", std::env::consts::EXE_SUFFIX);
    let is_on_path = std::env::split_paths(&path).any(|folder| folder.join(&name).is_file());
    if is_on_path {
        return "netkeep".to_owned();
    }
    let own = std::env::current_exe().map(|own| own.to_string_lossy().into_owned());
    let own = own.map(|own| quoted(&own.replace('%', "%%")));
    own.unwrap_or_else(|_| "netkeep".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_pattern_that_matches_nothing_else() {
        for name in [
            "contacts.toml",
            "my contacts.toml",
            "#book*.toml",
            "!b[1].toml",
            "Ñandú \"x\".toml",
            "Ñandú.toml",
            "back\\slash.toml",
            "-n.toml",
            "tab\there.toml",
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            make_repository(folder.path(), "main").expect("made");
            let of = |name: &str| {
                let repository = BookRepository::of(&folder.path().join(name), false);
                repository.expect("read").expect("there")
            };
            assert!(of(name).add_attribute().expect("added").is_some(), "{name}");
            assert!(of(name).has_attribute().expect("asked"), "{name}");
            assert!(of(name).add_attribute().expect("there").is_some(), "{name}");
            assert!(!of("other.toml").has_attribute().expect("asked"), "{name}");
        }
    }
}
