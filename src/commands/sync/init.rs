//! `sync --init`: a repository for the book, shared through a remote if an address is given.

use super::with_git;
use crate::app::App;
use crate::app::git::{BookRepository, Remote, check_identity, first_branch, refuse};
use crate::error::{Error, Result};

/// Makes what is missing of it, and syncs.
pub(super) fn init(app: &mut App, address: Option<&str>, yes: bool) -> Result<()> {
    if address == Some("") {
        return Err(Error::Blank("the address of the remote"));
    }
    let is_there = app.path().exists();
    if is_there {
        app.open_quietly()?.check_people()?;
    }
    let remote = address.map(|address| Remote::at(address, !app.json));
    let remote = remote.transpose()?;
    let found = app.repository()?;
    let shared = remote.as_ref().and_then(|remote| remote.branch.as_ref());
    if shared.is_none() && !is_there {
        // There is nothing to share.
        app.open_quietly()?;
    }
    let name = match (&remote, &found) {
        (Some(remote), Some(repository)) => name_of(remote, repository)?,
        _ => None,
    };
    if app.dry_run {
        let is_unknown = name.is_none();
        return tell_plan(app, remote.as_ref(), found.is_none(), is_unknown);
    }
    let folder = app.folder()?;
    match &found {
        Some(repository) => repository.check_identity()?,
        None => check_identity(&folder)?,
    }
    let branch = match shared {
        Some(branch) => branch.clone(),
        None => first_branch(&folder)?,
    };
    if let Some(remote) = &remote
        && remote.make(&branch)?
    {
        app.line(format!("Made the bare repository {}", remote.shown()))?;
    }
    let repository = match found {
        Some(repository) => repository,
        None => {
            let repository = app.make_repository(&branch)?;
            app.line(format!("Made a git repository in {}", folder.display()))?;
            repository
        }
    };
    if let Some(remote) = &remote {
        connect(app, &repository, remote, name)?;
    }
    repository.exclude_temporary()?;
    if repository.add_driver()? {
        app.line(with_git::MERGES)?;
    }
    with_git::sync(app, &repository, yes, true)
}

/// The name that the repository of the book has for a remote; `None` if it does not know it yet.
fn name_of(remote: &Remote, repository: &BookRepository) -> Result<Option<String>> {
    if let Some(folder) = &remote.folder
        && repository.is_in(folder)
    {
        return refuse(
            "that is the repository of the book itself",
            "give the folder of another one, like `netkeep sync --init /media/stick/book.git`",
        );
    }
    repository.remote_with(&remote.address)
}

fn connect(
    app: &mut App,
    repository: &BookRepository,
    remote: &Remote,
    name: Option<String>,
) -> Result<()> {
    let name = match name {
        Some(name) => name,
        None => {
            let name = "origin".to_owned();
            repository.add_remote(&remote.address)?;
            app.line(format!("The remote {name} is {}", remote.shown()))?;
            name
        }
    };
    repository.join(remote, &name)
}

/// Says what would be made.
fn tell_plan(app: &mut App, remote: Option<&Remote>, is_new: bool, is_unknown: bool) -> Result<()> {
    if let Some(remote) = remote.filter(|remote| remote.to_make) {
        app.line(format!("Would make the bare repository {}", remote.shown()))?;
    }
    if is_new {
        let folder = app.folder()?.display().to_string();
        app.line(format!("Would make a git repository in {folder}"))?;
    }
    if let Some(remote) = remote.filter(|_| is_unknown) {
        app.line(format!("Would add the remote origin: {}", remote.shown()))?;
    }
    app.line(match remote.map(|remote| &remote.branch) {
        Some(Some(_)) if !app.path().exists() => "Would take the book that is there",
        Some(Some(_)) => "Would join the book with the one there, and push",
        Some(None) => "Would commit the book, and push",
        None => "Would commit the book, and push if there is a remote",
    })
}
