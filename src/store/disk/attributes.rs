//! Owner, mode, access list and other attributes, which a new file takes over from the one it replaces.

use std::fs::File;
use std::io;
use std::path::Path;

use super::target::Target;
use crate::store::{Failure, StoreError};

/// Refuses a file that must not be written: a read-only one, and one with several names, all but one of which would keep
/// the old text.
#[cfg(unix)]
pub(super) fn check(target: &Target, old: &File) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{Access, AtFlags, CWD, accessat};
    use rustix::io::Errno;

    use crate::store::Forbidden;

    let failed = |failure: Failure| failure.at(&target.named);
    let meta = old.metadata().map_err(|err| failed(Failure::Write(err)))?;
    if meta.nlink() > 1 {
        return Err(failed(Failure::HardLink(target.real.clone())));
    }
    // Root may write everything, but a file without a write bit asks not to be written.
    let may = accessat(CWD, &target.real, Access::WRITE_OK, AtFlags::EACCESS);
    let why = match may {
        Err(Errno::ROFS) => Forbidden::Mount,
        _ if meta.permissions().readonly() => Forbidden::Mode,
        Ok(()) => return Ok(()),
        Err(Errno::PERM) => Forbidden::Flag,
        Err(_) if meta.uid() == rustix::process::geteuid().as_raw() => Forbidden::Mode,
        Err(_) => Forbidden::Owner,
    };
    Err(failed(Failure::ReadOnly(why)))
}

/// Why there can be no new file in a folder, if the folder is the reason.
#[cfg(unix)]
pub(super) fn refuses_new_files(folder: &Path) -> Option<io::Error> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};

    let may = accessat(CWD, folder, Access::WRITE_OK, AtFlags::EACCESS);
    may.err().map(io::Error::from)
}

#[cfg(not(unix))]
pub(super) fn refuses_new_files(_: &Path) -> Option<io::Error> {
    None
}

/// Gives `new` the owner, the access list, the other extended attributes and the mode of `old`.
#[cfg(unix)]
pub(crate) fn keep(target: &Target, old: &File, new: &File) -> Result<(), StoreError> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let failed = |what| move |err| Failure::Identity(what, err).at(&target.named);
    let (meta, own) = old
        .metadata()
        .and_then(|meta| Ok((meta, new.metadata()?)))
        .map_err(failed("owner"))?;
    if (own.uid(), own.gid()) != (meta.uid(), meta.gid()) {
        fchown(new, Some(meta.uid()), Some(meta.gid())).map_err(failed("owner"))?;
    }
    attributes(old, new).map_err(failed("access list and attributes"))?;
    // Last: an access list and a change of owner both change the mode.
    new.set_permissions(meta.permissions())
        .map_err(failed("mode"))
}

/// Copies the extended attributes, POSIX access lists included, and removes an access list that the folder gave.
#[cfg(unix)]
fn attributes(old: &File, new: &File) -> std::io::Result<()> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};

    const ACCESS: &str = "system.posix_acl_access";
    let names = |file: &File| {
        let mut names = Vec::with_capacity(64 * 1024);
        // A file system without attributes has none.
        let _ = flistxattr(file, rustix::buffer::spare_capacity(&mut names));
        let names = String::from_utf8_lossy(&names).into_owned();
        names
            .split_terminator('\0')
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let old_names = names(old);
    if names(new).iter().any(|name| name == ACCESS) && !old_names.iter().any(|name| name == ACCESS)
    {
        fremovexattr(new, ACCESS)?;
    }
    for name in &old_names {
        let mut value = Vec::with_capacity(64 * 1024);
        let copied = fgetxattr(
            old,
            name.as_str(),
            rustix::buffer::spare_capacity(&mut value),
        )
        .and_then(|_| fsetxattr(new, name.as_str(), &value, XattrFlags::empty()));
        // The others are the system's own to set.
        if name == ACCESS || name.starts_with("user.") {
            copied?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn check(target: &Target, old: &File) -> Result<(), StoreError> {
    match old.metadata() {
        Ok(meta) if meta.permissions().readonly() => {
            let why = crate::store::Forbidden::Mode;
            Err(Failure::ReadOnly(why).at(&target.named))
        }
        Ok(_) => Ok(()),
        Err(err) => Err(Failure::Write(err).at(&target.named)),
    }
}

#[cfg(not(unix))]
pub(crate) fn keep(_: &Target, _: &File, _: &File) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use rustix::fs::{XattrFlags, fgetxattr, fsetxattr};

    use super::*;

    const ACCESS: &str = "system.posix_acl_access";

    /// `user::rw- user:1234:r-- group::--- mask::r-- other::---`, as the kernel stores it: acl(5).
    const LIST: [u8; 44] = [
        2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 210, 4, 0, 0, 4, 0, 0, 0, 255, 255,
        255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    ];

    fn file(folder: &tempfile::TempDir, name: &str) -> File {
        fs::write(folder.path().join(name), name).expect("written");
        File::options()
            .read(true)
            .write(true)
            .open(folder.path().join(name))
            .expect("opened")
    }

    #[test]
    fn mode_and_attributes_are_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = (file(&folder, "old"), file(&folder, "new"));
        let target = Target::of(&folder.path().join("old")).expect("a target");
        old.set_permissions(fs::Permissions::from_mode(0o604))
            .expect("set");
        let noted = fsetxattr(&old, "user.colour", b"blue", XattrFlags::empty());
        let listed = fsetxattr(&old, ACCESS, &LIST, XattrFlags::empty());

        keep(&target, &old, &new).expect("kept");

        let mode = |file: &File| file.metadata().expect("there").mode() & 0o777;
        assert_eq!(mode(&new), mode(&old));
        let value = |name: &str| {
            let mut value = Vec::with_capacity(1000);
            fgetxattr(&new, name, rustix::buffer::spare_capacity(&mut value)).expect("there");
            value
        };
        // A file system may have no attributes, or no lists.
        if noted.is_ok() {
            assert_eq!(value("user.colour"), b"blue");
        }
        if listed.is_ok() {
            assert_eq!(value(ACCESS), LIST);
        }
    }

    #[test]
    fn a_list_that_the_folder_gave_is_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let (old, new) = (file(&folder, "old"), file(&folder, "new"));
        let target = Target::of(&folder.path().join("old")).expect("a target");
        if fsetxattr(&new, ACCESS, &LIST, XattrFlags::empty()).is_err() {
            return;
        }
        keep(&target, &old, &new).expect("kept");
        let mut value = Vec::with_capacity(1000);
        let left = fgetxattr(&new, ACCESS, rustix::buffer::spare_capacity(&mut value));
        assert!(left.is_err());
        assert_eq!(
            new.metadata().expect("there").mode(),
            old.metadata().expect("there").mode()
        );
    }
}
