//! What git answers, and its words as ours.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::error::{Error, GitFailure, Result};

/// What git says of a push when the branch is not where it was fetched, or is just being moved.
const OVERTAKEN: [&str; 7] = [
    "[rejected]",
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "incorrect old value",
    "failed to update ref",
    "stale info",
];

/// What git answered.
#[derive(Clone, Debug)]
pub(crate) struct GitAnswer {
    /// Its exit code; `None` if it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    /// What it said on stderr.
    pub(crate) said: String,
    /// What of it the user has not seen yet.
    pub(crate) unshown: String,
}

impl GitAnswer {
    pub(crate) fn is_ok(&self) -> bool {
        self.code == Some(0)
    }

    /// Whether a push was refused because the branch is not where it was fetched.
    pub(crate) fn is_overtaken(&self) -> bool {
        // Not what a hook over there says.
        let said = String::from_utf8_lossy(&self.stdout).to_lowercase();
        let mut refused = said.lines().filter(|line| line.starts_with('!'));
        refused.any(|line| OVERTAKEN.iter().any(|words| line.contains(words)))
    }

    /// Whether a push was refused because the branch is checked out over there.
    pub(crate) fn is_checked_out(&self) -> bool {
        String::from_utf8_lossy(&self.stdout).contains("branch is currently checked out")
    }

    /// The answer, or an error in git's words.
    pub(crate) fn must(self) -> Result<Self> {
        if self.is_ok() {
            return Ok(self);
        }
        Err(self.failure())
    }

    /// The same for what the user may have seen; `what` was to be done.
    pub(crate) fn done(self, what: &str) -> Result<()> {
        if self.is_ok() {
            return Ok(());
        }
        Err(self.failed_to(what))
    }

    /// The error in git's words.
    pub(crate) fn failure(&self) -> Error {
        self.failed_to("")
    }

    /// The same; `what` was to be done. What the user has seen is not said again.
    pub(crate) fn failed_to(&self, what: &str) -> Error {
        if let Some(lock) = self.lock() {
            return Error::Git(GitFailure::Locked(lock.display().to_string()));
        }
        let (what, said) = (what.to_owned(), in_one_line(&self.unshown));
        Error::Git(GitFailure::Failed { what, said })
    }

    /// The file by which another git keeps this one out, or a killed one did.
    pub(crate) fn lock(&self) -> Option<&Path> {
        let mut quoted = self.said.split('\'').map(Path::new);
        quoted.find(|path| path.extension() == Some(OsStr::new("lock")) && path.exists())
    }

    /// What git said in one line, without the lines that only advise.
    pub(crate) fn words(&self) -> String {
        in_one_line(&self.said)
    }

    /// What git wrote, without the newline at its end.
    pub(crate) fn line(&self) -> OsString {
        let line = self.stdout.strip_suffix(b"\n").unwrap_or(&self.stdout);
        os_string(line)
    }

    /// What git wrote between bytes of zero.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.stdout
            .split(|byte| *byte == 0)
            .filter(|part| !part.is_empty())
    }
}

/// What git said in one line, without the lines that only advise.
fn in_one_line(said: &str) -> String {
    let mut words = String::new();
    let mut is_remote = false;
    for line in said.lines().map(str::trim) {
        // Of what the other side says, the first line says so.
        let of_remote = line.strip_prefix("remote:").map(str::trim);
        let line = of_remote.filter(|_| is_remote).unwrap_or(line);
        is_remote = of_remote.is_some();
        if line.is_empty() || line.starts_with("hint:") {
            continue;
        }
        // Git breaks its sentences into lines.
        let goes_on = !starts_sentence(line) || words.ends_with([':', '.', ',']);
        words += match (words.is_empty(), goes_on) {
            (true, _) => "",
            (false, true) => " ",
            (false, false) => "; ",
        };
        words += line;
    }
    words
}

/// Whether a line of git does not go on with the line before it.
fn starts_sentence(line: &str) -> bool {
    const LABELS: [&str; 5] = ["error:", "fatal:", "warning:", "remote:", "ssh:"];
    line.starts_with(char::is_uppercase) || LABELS.iter().any(|label| line.starts_with(label))
}

/// A text without the colors that git was told to use always.
pub(super) fn without_colors(said: &str) -> String {
    let mut parts = said.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += part.split_once(['m', 'K']).map_or(part, |(_, rest)| rest);
    }
    plain
}

/// An error with what to type.
pub(crate) fn refuse<T>(sentence: impl Into<String>, hint: impl Into<String>) -> Result<T> {
    Err(Error::Git(GitFailure::Refused(
        sentence.into(),
        hint.into(),
    )))
}

/// Bytes of git as a path or an argument.
pub(crate) fn os_string(bytes: &[u8]) -> OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec());
    #[cfg(not(unix))]
    return String::from_utf8_lossy(bytes).into_owned().into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_advises_is_not_said() {
        assert_eq!(in_one_line("hint: try this\nfatal: no\n\n"), "fatal: no");
        let said = "remote: Not on\nremote: a Sunday.\nremote: \nerror: failed\n";
        assert_eq!(in_one_line(said), "remote: Not on a Sunday. error: failed");
    }
}
