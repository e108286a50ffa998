//! Writing a whole file at once, so that it is the old one or the new one and never half of each.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::file::Error;

/// Puts `new` in place of the file at `path`, which held `old` when it was read; `None` means that there was none.
///
/// The text goes to a temporary file in the same folder, is flushed to the disk, takes the old file's mode and owner
/// and then its name; symbolic links go on pointing where they did. A new file is readable by its owner alone.
pub(super) fn replace(path: &Path, old: Option<&str>, new: &str) -> Result<(), Error> {
    let failed = |err: io::Error| Error::Write {
        path: path.to_owned(),
        err,
    };
    let real = resolve(path).map_err(failed)?;
    let folder = match real.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Its name means nothing to the user: only the reason is told.
    let mut temporary = temporary(&real, folder).map_err(|err| failed(err.kind().into()))?;
    temporary.write_all(new.as_bytes()).map_err(failed)?;
    if old.is_some() {
        let meta = fs::metadata(&real).map_err(failed)?;
        if meta.permissions().readonly() {
            return Err(Error::ReadOnly {
                path: path.to_owned(),
            });
        }
        keep_identity(temporary.as_file(), &meta).map_err(failed)?;
    }
    temporary.as_file().sync_all().map_err(failed)?;
    match old {
        Some(old) => {
            if fs::read(&real).map_err(failed)? != old.as_bytes() {
                return Err(Error::Changed {
                    path: path.to_owned(),
                });
            }
            temporary.persist(&real).map_err(|err| failed(err.error))?;
        }
        None => match temporary.persist_noclobber(&real) {
            Ok(_) => {}
            Err(err) if err.error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Error::Changed {
                    path: path.to_owned(),
                });
            }
            Err(err) => return Err(failed(err.error)),
        },
    }
    sync_folder(folder).map_err(|err| Error::Unconfirmed {
        path: path.to_owned(),
        err,
    })
}

/// How many links a path may lead through, as in Linux.
const LINKS: usize = 40;

/// The file that `path` leads to through symbolic links, whether it is there or not.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn temporary(real: &Path, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let name = real
        .file_name()
        .ok_or_else(|| io::Error::other("not the name of a file"))?;
    let prefix = format!(".{}.netkeep-", name.to_string_lossy());
    tempfile::Builder::new().prefix(&prefix).tempfile_in(folder)
}

#[cfg(unix)]
fn keep_identity(file: &File, meta: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (meta.uid(), meta.gid()) {
        fchown(file, Some(meta.uid()), Some(meta.gid()))?;
    }
    file.set_permissions(meta.permissions())
}

#[cfg(not(unix))]
fn keep_identity(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Flushes the folder, which holds the new name. Some file systems cannot, and say so.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(err)
            if matches!(
                err.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn keeps_mode_and_links() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("dots")).expect("a folder");
        fs::write(at("dots/book.toml"), "old").expect("written");
        fs::set_permissions(at("dots/book.toml"), fs::Permissions::from_mode(0o640))
            .expect("mode set");
        symlink("dots/book.toml", at("link")).expect("linked");
        symlink("link", at("chain")).expect("linked");

        replace(&at("chain"), Some("old"), "new").expect("saved");

        assert_eq!(
            fs::read_to_string(at("dots/book.toml")).expect("read"),
            "new"
        );
        assert_eq!(
            fs::metadata(at("dots/book.toml"))
                .expect("there")
                .permissions()
                .mode()
                & 0o777,
            0o640
        );
        assert!(at("chain").is_symlink() && at("link").is_symlink());
        assert_eq!(fs::read_dir(at("dots")).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_alone_even_behind_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        symlink("book.toml", at("link")).expect("linked");
        replace(&at("link"), None, "new").expect("saved");
        assert_eq!(
            fs::metadata(at("book.toml"))
                .expect("there")
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
        assert!(at("link").is_symlink());
    }

    #[test]
    fn refuses_a_file_that_changed_or_appeared() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("book.toml");
        fs::write(&path, "somebody else's").expect("written");
        assert!(matches!(
            replace(&path, Some("old"), "new"),
            Err(Error::Changed { .. })
        ));
        assert!(matches!(
            replace(&path, None, "new"),
            Err(Error::Changed { .. })
        ));
        assert_eq!(fs::read_to_string(&path).expect("read"), "somebody else's");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("loop");
        std::os::unix::fs::symlink("loop", &path).expect("linked");
        assert!(matches!(
            replace(&path, None, "new"),
            Err(Error::Write { .. })
        ));
    }
}
