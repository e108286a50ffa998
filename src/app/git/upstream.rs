//! The branch of a remote that a branch is kept alike with: fetching from it and pushing to it.

use std::ffi::OsStr;
use std::fs;

use super::address::{local_folder, shown};
use super::answer::GitAnswer;
use super::program::{Git, args};
use super::remote_heads::RemoteHeads;
use super::repository::BookRepository;
use crate::error::Result;

/// Where what was fetched is found, apart from what any other git fetches at the same moment.
const FETCHED: &str = "refs/worktree/netkeep/fetched";

/// The branch of a remote.
#[derive(Clone, Debug)]
pub(crate) struct Upstream {
    /// `origin`, or an address.
    pub(crate) remote: String,
    /// Its name over there.
    pub(crate) branch: String,
    /// Whether the local branch is configured to follow it.
    is_set: bool,
}

/// What a remote has.
#[derive(Debug)]
pub(crate) enum Fetched {
    /// The commit that the branch is at.
    At(String),
    /// There is no such branch yet.
    NoBranch,
    /// The remote cannot be reached; git's words.
    Offline(String),
}

/// What became of a push.
#[derive(Debug)]
pub(crate) enum Pushed {
    Done,
    /// The branch may have moved meanwhile.
    Rejected(GitAnswer),
    /// The remote cannot be reached; git's words.
    Offline(String),
}

/// What git says of a branch that the remote does not have, in lower case.
const NO_BRANCH: &str = "couldn't find remote ref";

/// What git, ssh and curl say when a remote cannot be reached at all.
const UNREACHED: [&str; 24] = [
    "could not resolve host",
    "name or service not known",
    "temporary failure in name resolution",
    "nodename nor servname",
    "no address associated",
    "unable to look up",
    "failed to connect",
    "couldn't connect",
    "could not connect",
    "unable to connect",
    "connection timed out",
    "operation timed out",
    "timeout was reached",
    "connection refused",
    "network is unreachable",
    "network is down",
    "no route to host",
    "host is down",
    "connection reset by",
    "connection closed by",
    "empty reply from server",
    // A gateway that does not reach it either.
    "returned error: 502",
    "returned error: 503",
    "returned error: 504",
];

impl BookRepository {
    /// Where `branch` is fetched from and pushed to; `None` if there is no remote.
    pub(crate) fn upstream(&self, branch: &str) -> Result<Option<Upstream>> {
        let git = &self.git;
        let remote = git.setting(&format!("branch.{branch}.remote"))?;
        let merge = git.setting(&format!("branch.{branch}.merge"))?;
        if let Some(remote) = remote {
            if remote == "." {
                return Ok(None);
            }
            let there = merge
                .as_deref()
                .map(|name| name.strip_prefix("refs/heads/").unwrap_or(name));
            return Ok(Some(Upstream {
                remote,
                branch: there.unwrap_or(branch).to_owned(),
                is_set: merge.is_some(),
            }));
        }
        let remotes = git.line(&args(&["remote"]))?;
        let remotes = remotes.to_string_lossy().into_owned();
        match remotes.lines().collect::<Vec<_>>()[..] {
            [] => Ok(None),
            [remote] => Ok(Some(Upstream {
                remote: remote.to_owned(),
                branch: branch.to_owned(),
                is_set: false,
            })),
            [first, ..] => self.refuse(
                format!("there are several remotes, and the branch {branch} follows none of them"),
                format!("`git push --set-upstream {first} {branch}` once says which"),
            ),
        }
    }

    /// Makes the local `branch` follow the branch `there` of a remote.
    pub(super) fn set_upstream(&self, branch: &str, remote: &str, there: &str) -> Result<()> {
        let there = format!("refs/heads/{there}");
        for (key, value) in [("remote", remote), ("merge", &there)] {
            let key = format!("branch.{branch}.{key}");
            self.git.line(&args(&["config", &key, value]))?;
        }
        Ok(())
    }
}

impl Upstream {
    /// `origin/main`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.shown_remote(), self.branch)
    }

    /// The remote for messages.
    pub(crate) fn shown_remote(&self) -> String {
        shown(&self.remote)
    }

    /// Fetches the branch, and `tracks` it by the ref that git keeps of it.
    pub(crate) fn fetch(&self, repository: &BookRepository, tracks: bool) -> Result<Fetched> {
        let git = &repository.git;
        let branch = format!("+refs/heads/{}:{FETCHED}", self.branch);
        let mut words = vec!["fetch", "--quiet", "--no-tags"];
        if !tracks {
            words.extend(["--refmap=", "--no-write-fetch-head"]);
        }
        words.extend(["--", &self.remote, &branch]);
        let words: Vec<&OsStr> = words.into_iter().map(OsStr::new).collect();
        let answer = git.answer_from_afar(&words)?;
        if answer.is_ok() {
            return match repository.commit_of(FETCHED)? {
                Some(commit) => Ok(Fetched::At(commit)),
                None => Err(answer.failed_to(&format!("fetch from {}", self.shown_remote()))),
            };
        }
        let said = answer.said.to_lowercase();
        if said.contains(NO_BRANCH) {
            return Ok(Fetched::NoBranch);
        }
        match self.offline(git, &answer)? {
            Some(words) => Ok(Fetched::Offline(words)),
            None => Err(answer.failed_to(&format!("fetch from {}", self.shown_remote()))),
        }
    }

    /// The branch that the remote shows, where it is another one. A local branch with commits that follows one stays with it.
    pub(crate) fn shown(&self, repository: &BookRepository, is_new: bool) -> Result<Option<Self>> {
        if self.is_set && !is_new {
            return Ok(None);
        }
        let what = format!("read {}", self.shown_remote());
        let heads = RemoteHeads::of(&repository.git, &self.remote, &what)?;
        let other = heads.shown.filter(|branch| *branch != self.branch);
        Ok(other.map(|branch| Self {
            remote: self.remote.clone(),
            branch,
            is_set: false,
        }))
    }

    /// Pushes the last commit. The branch follows the one it is pushed to from then on.
    pub(crate) fn push(&self, repository: &BookRepository, commit: &str) -> Result<Pushed> {
        let git = &repository.git;
        let there = format!("{commit}:refs/heads/{}", self.branch);
        let answer = git.answer_from_afar(&args(&[
            "push",
            "--porcelain",
            "--quiet",
            "--",
            &self.remote,
            &there,
        ]))?;
        if answer.is_ok() {
            return Ok(Pushed::Done);
        }
        if answer
            .stdout
            .split(|byte| *byte == b'\n')
            .any(|line| line.starts_with(b"!"))
        {
            return Ok(Pushed::Rejected(answer));
        }
        match self.offline(git, &answer)? {
            Some(words) => Ok(Pushed::Offline(words)),
            None => Err(answer.failed_to(&format!("push to {}", self.shown_remote()))),
        }
    }

    /// Makes the local `branch` follow this one, if it follows none.
    pub(crate) fn follow(&self, repository: &BookRepository, branch: &str) -> Result<()> {
        if self.is_set {
            return Ok(());
        }
        repository.set_upstream(branch, &self.remote, &self.branch)
    }

    /// Git's words, if they say that the remote cannot be reached: an address, or a folder that is not there.
    fn offline(&self, git: &Git, answer: &GitAnswer) -> Result<Option<String>> {
        let said = answer.said.to_lowercase();
        if UNREACHED.iter().any(|words| said.contains(words)) {
            return Ok(Some(answer.words()));
        }
        let address = git.ask(&args(&["remote", "get-url", "--", &self.remote]))?;
        let address = address.map_or_else(
            || self.remote.clone(),
            |it| it.to_string_lossy().into_owned(),
        );
        let Some(folder) = local_folder(&address, git.folder()) else {
            return Ok(None);
        };
        let is_away =
            fs::metadata(&folder).is_err_and(|err| err.kind() == std::io::ErrorKind::NotFound);
        Ok(is_away.then(|| format!("{} is not there", folder.display())))
    }
}

/// Forgets what was fetched; the objects stay.
pub(crate) fn forget_fetched(repository: &BookRepository) {
    let _ = repository.git.ask(&args(&["update-ref", "-d", FETCHED]));
}
