//! `sync --init`: a repository for the book, shared through a remote.

use super::with_git;
use crate::app::App;
use crate::app::git::{BookRepository, Remote, first_branch, refuse};
use crate::error::Result;

/// Makes what is missing of it, and syncs.
pub(super) fn init(app: &mut App, address: &str, yes: bool) -> Result<()> {
    let remote = Remote::at(address, !app.json)?;
    let found = app.repository()?;
    let is_new = found.is_none();
    let folder = app.folder()?;
    if remote.branch.is_none() && !app.path().exists() {
        // There is nothing to share.
        app.open_quietly()?;
    }
    if let (Some(to_make), Some(repository)) = (&remote.folder, &found)
        && repository.is_in(to_make)
    {
        return refuse(
            "that is the repository of the book itself",
            "give the folder of another one, like `netkeep sync --init /media/stick/book.git`",
        );
    }
    let name = match &found {
        Some(repository) => repository.remote_with(&remote.address)?,
        None => None,
    };
    if app.dry_run {
        return tell_plan(app, &remote, is_new, name.is_none());
    }
    let branch = match &remote.branch {
        Some(branch) => branch.clone(),
        None => first_branch(&folder)?,
    };
    if remote.make(&branch)? {
        app.line(format!("Made the bare repository {}", remote.address))?;
    }
    let repository = match found {
        Some(repository) => repository,
        None => {
            let repository = app.make_repository(&branch)?;
            app.line(format!("Made a git repository in {}", folder.display()))?;
            repository
        }
    };
    connect(app, &repository, &remote, name)?;
    with_git::sync(app, &repository, yes, true)
}

fn connect(
    app: &mut App,
    repository: &BookRepository,
    remote: &Remote,
    name: Option<String>,
) -> Result<()> {
    let is_known = name.is_some();
    let name = name.unwrap_or_else(|| "origin".to_owned());
    if !is_known {
        repository.add_remote(&remote.address)?;
        app.line(format!("The remote {name} is {}", remote.address))?;
    }
    repository.join(remote, &name)?;
    repository.exclude_temporary()?;
    if repository.add_driver()? {
        app.line("git merges the book by `netkeep merge-file` from now on")?;
    }
    Ok(())
}

/// Says what would be made.
fn tell_plan(app: &mut App, remote: &Remote, is_new: bool, is_unknown: bool) -> Result<()> {
    if remote.to_make {
        app.line(format!("Would make the bare repository {}", remote.address))?;
    }
    if is_new {
        let folder = app.folder()?.display().to_string();
        app.line(format!("Would make a git repository in {folder}"))?;
    }
    if is_unknown {
        app.line(format!("Would add the remote origin: {}", remote.address))?;
    }
    app.line(match remote.branch {
        Some(_) => "Would join the book with the one there, and push",
        None => "Would commit the book, and push",
    })
}
