//! What `sync --init` makes: a repository and a remote.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::address::{is_same, local_folder, shown, whole};
use super::answer::refuse;
use super::program::{Git, args};
use super::remote_heads::{BRANCH, RemoteHeads};
use super::repository::BookRepository;
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;

/// The files that netkeep writes beside the book for a moment, as git names them in its list of what it ignores.
const TEMPORARY: &str = ".*.netkeep-*";

/// What git says of a remote that is something else.
const NO_REPOSITORY: &str = "does not appear to be a git repository";

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
        let address = whole(typed, folder.as_deref());
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
        let what = format!("read {}, and nothing was made", shown(&address));
        let heads = RemoteHeads::of(&git, &address, &what);
        if let (Err(err), Some(folder)) = (&heads, folder.as_ref().filter(|folder| folder.is_dir()))
            && err.to_string().contains(NO_REPOSITORY)
        {
            return refuse(
                format!("{} is not empty, and no git repository", folder.display()),
                "give an empty folder, or one that does not exist yet: a bare repository is made there",
            );
        }
        let heads = heads?;
        Ok(Self {
            address,
            branch: heads.shown,
            heads: heads.all,
            folder,
            to_make: false,
        })
    }

    /// The address for messages.
    pub(crate) fn shown(&self) -> String {
        shown(&self.address)
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
        self.set_upstream(&branch, name, &remote.branch_for(&branch))
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
            let Some(there) = there else {
                continue;
            };
            if is_same(&there, address, self.git.folder()) {
                return Ok(Some(remote.to_owned()));
            }
            if remote == "origin" {
                return self.refuse(
                    format!("the remote origin is {} already", shown(&there)),
                    format!(
                        "`git remote set-url origin {}` changes it",
                        quoted(&shown(address))
                    ),
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

/// A line as the end of a text, with the newlines that the text has.
pub(super) fn ending(text: &[u8], line: &str) -> Vec<u8> {
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
