//! A save keeps the owner, the mode, the links and the kind of the file.

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;

use crate::bench::{BOOK, Bench, NETKEEP};

fn mode(bench: &Bench) -> u32 {
    fs::metadata(bench.path()).expect("there").mode() & 0o7777
}

#[test]
fn the_mode_stays_whatever_the_umask() {
    for kept in [0o600, 0o640, 0o644, 0o606, 0o666, 0o700] {
        for umask in ["000", "022", "077", "777"] {
            let bench = Bench::new(BOOK);
            fs::set_permissions(bench.path(), PermissionsExt::from_mode(kept)).expect("set");
            let run = bench
                .program("sh")
                .args([
                    "-c",
                    &format!("umask {umask}; exec \"$0\" log ana"),
                    NETKEEP,
                ])
                .output()
                .expect("it runs");
            assert!(run.status.success(), "{run:?}");
            assert_eq!(mode(&bench), kept, "umask {umask}");
        }
    }
}

#[test]
fn a_new_book_is_private_whatever_the_umask() {
    for umask in ["000", "022", "777"] {
        let bench = Bench::new(BOOK);
        fs::remove_file(bench.path()).expect("removed");
        let run = bench
            .program("sh")
            .args([
                "-c",
                &format!("umask {umask}; exec \"$0\" add Ana"),
                NETKEEP,
            ])
            .output()
            .expect("it runs");
        assert!(run.status.success(), "{run:?}");
        assert_eq!(mode(&bench), 0o600, "umask {umask}");
    }
}

#[test]
fn the_owner_stays_or_the_book_is_refused() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can give files away");
        return;
    }
    let bench = Bench::new(BOOK);
    chown(bench.path(), Some(1234), Some(4321)).expect("given away");
    bench.ok(&["log", "ana"]);
    let meta = fs::metadata(bench.path()).expect("there");
    assert_eq!((meta.uid(), meta.gid()), (1234, 4321));

    // Another user may write the file and its folder, but cannot create a file owned by 1234.
    let open = |path: &std::path::Path, mode| {
        fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("set");
    };
    open(&bench.at(""), 0o755);
    open(&bench.at("books"), 0o777);
    open(&bench.at("home"), 0o777);
    fs::remove_dir_all(bench.at("home/.local")).expect("removed");
    open(&bench.path(), 0o666);
    let before = bench.book();
    let run = bench
        .netkeep()
        .args(["log", "bo"])
        .uid(4711)
        .gid(4711)
        .output();
    let run = run.expect("it runs");
    let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("could not keep the owner of"), "{stderr}");
    assert_eq!((bench.book(), bench.litter()), (before, vec![]));

    // A user who may not write the file is refused, although the folder would allow it.
    open(&bench.path(), 0o644);
    let run = bench
        .netkeep()
        .args(["log", "bo"])
        .uid(4711)
        .gid(4711)
        .output();
    let stderr = String::from_utf8_lossy(&run.expect("it runs").stderr).into_owned();
    assert!(
        stderr.contains("is read-only, so netkeep does not write it"),
        "{stderr}"
    );
}

#[test]
fn links_stay_links_from_any_folder() {
    let bench = Bench::new(BOOK);
    symlink("books/book.toml", bench.at("relative.toml")).expect("linked");
    symlink(bench.path(), bench.at("absolute.toml")).expect("linked");
    symlink("../absolute.toml", bench.at("home/chain.toml")).expect("linked");
    symlink("books", bench.at("folder")).expect("linked");
    for way in [
        "../relative.toml",
        "../absolute.toml",
        "../home/chain.toml",
        "../folder/book.toml",
    ] {
        let note = format!("by {way}");
        bench.ok(&["--file", way, "log", "ana", "-m", &note]);
        assert!(bench.book().contains(&note), "{way}");
    }
    for link in ["relative.toml", "absolute.toml", "home/chain.toml"] {
        assert!(bench.at(link).is_symlink(), "{link}");
    }
    // All of them are one book, with one history.
    for _ in 0..4 {
        bench.ok(&["undo"]);
    }
    assert_eq!(bench.book(), BOOK);
}

#[test]
fn a_link_to_nothing_is_where_a_new_book_goes() {
    let bench = Bench::new(BOOK);
    fs::rename(bench.path(), bench.at("kept.toml")).expect("moved");
    symlink("new.toml", bench.path()).expect("linked");
    bench.ok(&["add", "Ana"]);
    assert!(bench.path().is_symlink());
    assert!(
        fs::read_to_string(bench.at("books/new.toml"))
            .expect("there")
            .contains("Ana")
    );
    fs::remove_file(bench.path()).expect("removed");
    symlink("book.toml", bench.path()).expect("linked");
    let run = bench.run(&["add", "Ana"]);
    let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        run.status.code() == Some(1) && stderr.contains("in a circle"),
        "{stderr}"
    );
}

#[test]
fn refuses_what_is_not_a_file_at_once() {
    let bench = Bench::new(BOOK);
    let pipe = bench.at("pipe");
    let made = bench
        .program("mkfifo")
        .arg(&pipe)
        .status()
        .expect("it runs");
    assert!(made.success() && fs::metadata(&pipe).expect("there").file_type().is_fifo());
    for path in [
        pipe.to_str().expect("a plain name"),
        "/dev/zero",
        "/dev/null",
        "/",
        ".",
    ] {
        for command in ["due", "add"] {
            let args = ["--file", path, command, "Ana"];
            let args = &args[..if command == "due" { 3 } else { 4 }];
            let run = bench.run(args);
            let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
            assert!(
                run.status.code() == Some(1) && stderr.contains("is not a file"),
                "{args:?}: {stderr}"
            );
        }
    }
}

#[test]
fn saves_with_every_stream_closed() {
    let bench = Bench::new(BOOK);
    let script = "exec \"$0\" log ana -m 'to nobody' <&- >&- 2>&-";
    let run = bench.program("sh").args(["-c", script, NETKEEP]).status();
    assert!(run.expect("it runs").success());
    assert!(bench.book().contains("to nobody"));
    assert_eq!(bench.litter(), Vec::<String>::new());
}

#[test]
fn saves_where_folders_cannot_be_locked_or_files_exchanged() {
    if !crate::bench::has("strace", &["-V"]) {
        return;
    }
    for fault in [
        "flock:error=ENOLCK:when=1",
        "renameat2:error=EINVAL",
        "renameat2:error=ENOSYS",
        "flock:error=ENOLCK",
    ] {
        let bench = Bench::new(BOOK);
        let call = fault.split(':').next().expect("a name");
        let run = bench
            .program("strace")
            .args([
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                &format!("trace={call}"),
                "-e",
                &format!("inject={fault}"),
            ])
            .args([NETKEEP, "log", "ana", "-m", "another way"])
            .output()
            .expect("strace runs");
        assert!(run.status.success(), "{fault}: {run:?}");
        assert!(bench.book().contains("another way"), "{fault}");
        assert_eq!(bench.litter(), Vec::<String>::new(), "{fault}");
        bench.ok(&["undo"]);
        assert_eq!(bench.book(), BOOK, "{fault}");
        let lock = bench.at("home/.local/state/netkeep/locks");
        assert_eq!(lock.exists(), call == "flock", "{fault}");
    }
}
