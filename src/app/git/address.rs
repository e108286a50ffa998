//! The addresses of remotes: which folder one names, and how it is shown.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::text::percent;

/// What a local address may begin with; git takes `%20` in one for a blank then.
const FILE: &str = "file://";

/// The folder that an address names; `None` if it is elsewhere. As in git, a colon before the first slash is a host.
pub(super) fn local_folder(address: &str, from: &Path) -> Option<PathBuf> {
    if let Some(path) = address.strip_prefix(FILE) {
        let is_whole = path.starts_with('/');
        return is_whole.then(|| percent::decoded(path).into());
    }
    let is_host = address
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'));
    let is_drive = cfg!(windows) && address.chars().nth(1) == Some(':');
    (!is_host || is_drive).then(|| from.join(address))
}

/// An address as git is to keep it: it reads a relative path from another folder.
pub(super) fn whole(typed: &str, folder: Option<&Path>) -> String {
    match folder {
        Some(folder) if !typed.starts_with(FILE) => folder.to_string_lossy().into_owned(),
        _ => typed.to_owned(),
    }
}

/// Whether both addresses name the same repository; relative paths are meant from `folder`.
pub(super) fn is_same(one: &str, other: &str, folder: &Path) -> bool {
    let real = |address| fs::canonicalize(local_folder(address, folder)?).ok();
    one == other || real(one).is_some_and(|one| real(other) == Some(one))
}

/// An address without a password, and without a user where that may be a token.
pub(super) fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let Some((user, host)) = host.rsplit_once('@') else {
        return address.to_owned();
    };
    match user.split(':').next() {
        Some(user) if !scheme.starts_with("http") => format!("{scheme}://{user}@{host}{path}"),
        _ => format!("{scheme}://{host}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder_or_a_host() {
        let from = Path::new("/home/ana");
        let folder = |address| local_folder(address, from);
        assert_eq!(
            folder("/media/stick/book.git"),
            Some("/media/stick/book.git".into())
        );
        assert_eq!(folder("../book.git"), Some("/home/ana/../book.git".into()));
        assert_eq!(folder("./a:b"), Some("/home/ana/./a:b".into()));
        assert_eq!(folder("file:///media/x"), Some("/media/x".into()));
        assert_eq!(folder("file:///my%20books"), Some("/my books".into()));
        for elsewhere in [
            "git@host.example:book.git",
            "https://host.example/book.git",
            "host:book",
            "file://host/book.git",
        ] {
            assert_eq!(folder(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        for (address, expected) in [
            (
                "https://ana:secret@host.example/b.git",
                "https://host.example/b.git",
            ),
            ("https://token@host.example", "https://host.example"),
            (
                "ssh://git:secret@host.example:22/b.git",
                "ssh://git@host.example:22/b.git",
            ),
        ] {
            assert_eq!(shown(address), expected);
        }
        for plain in [
            "https://host.example/@ana/b.git",
            "ssh://git@host.example/b.git",
            "git@host.example:b.git",
            "/media/a@b/c.git",
        ] {
            assert_eq!(shown(plain), plain);
        }
    }
}
