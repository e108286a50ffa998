//! A full disk, a mount point, a folder that is not writable.

use std::process::{Command, Output};

use crate::bench::{BOOK, Bench, NETKEEP};

/// Runs a shell script as root in its own namespace, where it may mount; `None` if that is not allowed.
fn mounted(bench: &Bench, script: &str) -> Option<Output> {
    let may = Command::new("unshare").args(["-rm", "true"]).output();
    if !may.is_ok_and(|run| run.status.success()) {
        eprintln!("skipped: no namespaces here");
        return None;
    }
    let run = bench
        .program("unshare")
        .args(["-rm", "sh", "-euc", script])
        .env("NETKEEP", NETKEEP)
        .output();
    Some(run.expect("unshare runs"))
}

#[test]
fn on_a_full_disk_the_old_book_stays() {
    let bench = Bench::new(BOOK);
    let script = r#"
        mkdir ../small; mount -t tmpfs -o size=1m tmpfs ../small; cp book.toml ../small/book.toml
        cat /dev/zero > ../small/filler 2> /dev/null || true
        touch -d '1 hour ago' ../small/book.toml
        code=0; "$NETKEEP" --file ../small/book.toml log ana || code=$?
        cmp book.toml ../small/book.toml
        ls -A ../small | sort | tr '\n' ' '
        echo "code $code"
        rm ../small/filler; "$NETKEEP" --file ../small/book.toml log ana"#;
    let Some(run) = mounted(&bench, script) else {
        return;
    };
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{run:?}");
    assert!(out.starts_with("book.toml filler code 1\n"), "{out}");
    assert!(out.contains("Logged"), "{out}");
    assert!(
        err.contains("could not write ../small/book.toml: the disk is full"),
        "{err}"
    );
}

#[test]
fn room_for_one_copy_at_a_time_is_enough_for_both() {
    let bench = Bench::new(BOOK);
    let script = r#"
        mkdir ../small; mount -t tmpfs -o size=1500k tmpfs ../small; head -c 300000 /dev/zero > ../small/filler
        export XDG_STATE_HOME="$PWD/../small/state"
        { cat book.toml; yes '# a long comment' | head -c 280000; } > ../small/book.toml
        touch -d '1 hour ago' ../small/book.toml
        for note in NOTE-1 NOTE-2; do
            "$NETKEEP" --file ../small/book.toml log ana -m $note
        done
        rm ../small/filler; "$NETKEEP" --file ../small/book.toml undo > /dev/null
        grep -c NOTE- ../small/book.toml"#;
    let Some(run) = mounted(&bench, script) else {
        return;
    };
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(out.ends_with("\n1\n"), "{out}{err}");
    assert_eq!(err.matches("saved, but").count(), 0, "{err}");
}

#[test]
fn on_a_full_disk_a_sync_leaves_a_repository_that_the_next_one_goes_on_with() {
    let bench = Bench::new(BOOK);
    let script = r#"
        export GIT_CONFIG_NOSYSTEM=1 NETKEEP_FILE=book.toml HOME="$PWD/../small/home" XDG_STATE_HOME="$PWD/../small/state"
        mkdir ../small; mount -t tmpfs -o size=4m tmpfs ../small; mkdir ../small/home
        git config --global user.name ana; git config --global user.email ana@home.example
        git init -q --bare -b main ../hub.git
        mkdir ../small/one; cp book.toml ../small/one/; cd ../small/one; git init -q -b main
        git remote add origin ../../hub.git; "$NETKEEP" sync > /dev/null
        git clone -q ../../hub.git ../two; cd ../two; "$NETKEEP" log ana -m NOTE-1 > /dev/null; "$NETKEEP" sync > /dev/null
        cd ../one; "$NETKEEP" log ana -m NOTE-2 > /dev/null
        for free in 0 4 8 16 24 32 40 48 64; do
            rm -f ../filler; cat /dev/zero > ../filler 2> /dev/null || true
            truncate -s -${free}k ../filler
            code=0; "$NETKEEP" sync > /dev/null 2>> ../../said || code=$?
            grep -q NOTE-2 book.toml; git fsck --strict 2>&1 | grep -i error || true
            echo "$code"
        done
        rm -f ../filler; "$NETKEEP" sync > /dev/null
        grep -c NOTE- book.toml; git status --porcelain; git fsck --strict --no-dangling"#;
    let Some(run) = mounted(&bench, script) else {
        return;
    };
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{run:?}");
    assert!(out.starts_with("1\n"), "{out}");
    assert!(out.ends_with("\n2\n"), "{out}");
}

#[test]
fn refuses_a_book_that_is_a_mount_point_and_says_what_to_do() {
    let bench = Bench::new(BOOK);
    let script = r#"
        cp book.toml ../real.toml; mount --bind ../real.toml book.toml
        code=0; "$NETKEEP" log ana || code=$?; echo "code $code"; ls -A; cmp book.toml ../real.toml"#;
    let Some(run) = mounted(&bench, script) else {
        return;
    };
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(
        String::from_utf8_lossy(&run.stdout),
        "code 1\nbook.toml\n",
        "{err}"
    );
    assert!(err.contains("is a mount point of its own"), "{err}");
    assert!(
        err.contains("mount the folder that the book is in"),
        "{err}"
    );
}

#[test]
fn reports_a_folder_that_is_not_writable() {
    let bench = Bench::new(BOOK);
    let script = r#"
        mount --bind . .; mount -o remount,ro,bind .; cd .
        code=0; "$NETKEEP" log ana || code=$?; echo "code $code"; "$NETKEEP" list bo"#;
    let Some(run) = mounted(&bench, script) else {
        return;
    };
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        out.starts_with("code 1\n") && out.contains("Bo Lind"),
        "{out} {err}"
    );
    assert!(err.contains("ead-only"), "{err}");
    assert_eq!(bench.book(), BOOK);
}
