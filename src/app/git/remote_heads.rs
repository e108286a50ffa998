//! The branches of a remote.

use super::program::{Git, args};
use crate::error::Result;

/// The branch of a repository that says nothing else.
pub(super) const BRANCH: &str = "main";

/// The branches of a remote.
#[derive(Debug, Default)]
pub(super) struct RemoteHeads {
    /// The one that it shows, else `main`, else the first; `None` if it has none.
    pub(super) shown: Option<String>,
    pub(super) all: Vec<String>,
}

impl RemoteHeads {
    /// Asks the remote of this name, or at this address; `what` is what cannot be done if it does not answer.
    pub(super) fn of(git: &Git, remote: &str, what: &str) -> Result<Self> {
        let asked = [
            "ls-remote",
            "--symref",
            "--",
            remote,
            "HEAD",
            "refs/heads/*",
        ];
        let answer = git.answer_from_afar(&args(&asked))?;
        let lines = String::from_utf8_lossy(&answer.stdout).into_owned();
        answer.done(what)?;
        Ok(Self::in_lines(&lines))
    }

    fn in_lines(lines: &str) -> Self {
        let all = heads_of(lines);
        let shown = branch_of(lines, &all);
        Self { shown, all }
    }
}

/// The branches in what `ls-remote` writes.
fn heads_of(lines: &str) -> Vec<String> {
    let names = lines
        .lines()
        .filter_map(|line| Some(line.split_once('\t')?.1));
    let heads = names.filter_map(|name| name.strip_prefix("refs/heads/"));
    heads.map(str::to_owned).collect()
}

/// The branch of a remote: the one that it shows, else `main`, else the first.
fn branch_of(lines: &str, heads: &[String]) -> Option<String> {
    let shown = lines.lines().find_map(|line| {
        let (target, name) = line.split_once('\t')?;
        (name == "HEAD").then(|| target.strip_prefix("ref: refs/heads/"))?
    });
    let is_there = |name: &&str| heads.iter().any(|head| head == name);
    let usual = Some(BRANCH).filter(is_there);
    let branch = shown.filter(is_there).or(usual);
    branch
        .or(heads.first().map(String::as_str))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_branch_of_a_remote_is_the_one_that_it_shows() {
        let heads = "1\trefs/heads/a\n2\trefs/heads/main\n";
        let shown = format!("ref: refs/heads/a\tHEAD\n1\tHEAD\n{heads}");
        let branch_of = |lines: &str| RemoteHeads::in_lines(lines).shown;
        assert_eq!(branch_of(&shown).as_deref(), Some("a"));
        assert_eq!(branch_of(heads).as_deref(), Some("main"));
        assert_eq!(branch_of("1\trefs/heads/a\n").as_deref(), Some("a"));
        let unborn = "ref: refs/heads/master\tHEAD\n1\trefs/heads/x\n";
        assert_eq!(branch_of(unborn).as_deref(), Some("x"));
        assert_eq!(branch_of(""), None);
    }
}
