//! The file itself: links, modes, and what happens beside it.

use crate::env::{BOOK, Env};

#[cfg(unix)]
#[test]
fn a_new_book_is_private() {
    use std::os::unix::fs::PermissionsExt;

    let env = Env::empty();
    env.ok("add Zoë");
    let mode = std::fs::metadata(env.path("book.toml"))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(env.names(), ["book.toml"]);
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_modes_stay_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let env = Env::empty();
    std::fs::create_dir(env.path("dotfiles")).expect("created");
    env.write("dotfiles/contacts.toml", BOOK);
    let mode = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(env.path("dotfiles/contacts.toml"), mode).expect("set");
    symlink("dotfiles/contacts.toml", env.path("book.toml")).expect("linked");
    env.ok("log ana");
    assert!(env.path("book.toml").is_symlink());
    let meta = std::fs::metadata(env.path("dotfiles/contacts.toml")).expect("there");
    assert_eq!(meta.permissions().mode() & 0o777, 0o640);
    assert!(env.book().contains("2026-11-23"));
}

#[cfg(unix)]
#[test]
fn a_read_only_book_is_not_written() {
    use std::os::unix::fs::PermissionsExt;

    let env = Env::with_book(BOOK);
    std::fs::set_permissions(
        env.path("book.toml"),
        std::fs::Permissions::from_mode(0o444),
    )
    .expect("set");
    env.fails("log ana", 1).stderr_eq(snapbox::str![[r#"
error: book.toml is read-only, so netkeep does not write it
hint: allow writing with `chmod u+w book.toml`, if that is what you want

"#]]);
}

#[test]
fn writes_nothing_when_nothing_changed() {
    let env = Env::with_book(BOOK);
    let written = || {
        std::fs::metadata(env.path("book.toml"))
            .and_then(|meta| meta.modified())
            .expect("a time")
    };
    let before = written();
    env.ok("move bo friends");
    env.ok("edit ana --set company=Acme");
    assert_eq!(written(), before);
}
