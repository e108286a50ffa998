//! An editor changes the book while netkeep writes it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::bench::{BOOK, Bench, Chance, has, times};

/// How an editor saves.
#[derive(Clone, Copy, Debug)]
enum Style {
    /// Writes a new file, then renames it over the old one: Emacs, Syncthing.
    Renames,
    /// Empties the file and fills it again: nano, VS Code.
    InPlace,
}

/// Reads the book again, adds a line, and saves, so that only others can lose the line. Returns whether it did.
fn edit(path: &Path, style: Style, line: &str) -> bool {
    let Ok(mut text) = fs::read_to_string(path) else {
        return false;
    };
    if !text.contains("Bo Lind") {
        return false;
    }
    text.push_str(line);
    match style {
        Style::Renames => {
            let new = path.with_file_name("new-by-editor");
            fs::write(&new, text).expect("written");
            fs::rename(&new, path).expect("renamed");
        }
        Style::InPlace => {
            let mut file = fs::File::create(path).expect("opened");
            std::thread::sleep(Duration::from_millis(2));
            let half = text.len() / 2;
            file.write_all(&text.as_bytes()[..half]).expect("written");
            std::thread::sleep(Duration::from_millis(1));
            file.write_all(&text.as_bytes()[half..]).expect("written");
        }
    }
    true
}

/// Runs an editor for `time` beside `other`, which is called again and again. Returns the lines that are nowhere any more,
/// how many there were, and how often `other` succeeded.
fn struggle(
    bench: &Bench,
    style: Style,
    time: Duration,
    other: impl Fn() -> bool + Sync,
) -> (Vec<String>, usize, usize) {
    let (is_over, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let path = bench.path();
    let mut saved = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                done.fetch_add(usize::from(other()), Ordering::Relaxed);
            }
        });
        let (mut chance, start) = (Chance::new(7), Instant::now());
        while start.elapsed() < time {
            let line = format!("# edit-{}.\n", saved.len());
            if edit(&path, style, &line) {
                saved.push(line);
            }
            // Now and then long enough for netkeep to find the file at rest.
            let gap = [1, 5, 30, 120][usize::try_from(chance.below(4)).expect("small")];
            std::thread::sleep(Duration::from_millis(gap));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let everything = format!("{}{}", bench.book(), bench.kept().concat());
    let count = saved.len();
    saved.retain(|line| !everything.contains(line.as_str()));
    (saved, count, done.load(Ordering::Relaxed))
}

#[test]
fn no_save_of_a_rude_editor_is_destroyed() {
    for style in [Style::Renames, Style::InPlace] {
        let bench = Bench::new(BOOK);
        let time = Duration::from_secs(times(10, 600) as u64);
        let (destroyed, saves, logs) = struggle(&bench, style, time, || {
            bench
                .run(&["log", "ana", "-m", "from netkeep"])
                .status
                .success()
        });
        eprintln!("{style:?}: {saves} edits, {logs} logs");
        assert!(
            saves > 20 && logs > 5,
            "{style:?}: {saves} edits, {logs} logs"
        );
        assert_eq!(destroyed, Vec::<String>::new(), "{style:?}, of {saves}");
    }
}

#[test]
fn a_plain_rename_destroys_saves_of_an_editor() {
    let bench = Bench::new(BOOK);
    let path = bench.path();
    let (destroyed, saves, _) = struggle(&bench, Style::Renames, Duration::from_secs(4), || {
        let text = fs::read_to_string(&path).expect("there");
        std::thread::sleep(Duration::from_millis(2));
        let new = path.with_file_name("new-by-tool");
        fs::write(&new, text).expect("written");
        fs::rename(&new, &path).is_ok()
    });
    assert!(!destroyed.is_empty(), "the harness is blind: {saves} edits");
}

/// Vim reads the book, netkeep logs, Vim saves its old buffer.
#[test]
fn offers_to_restore_what_vim_overwrites_with_an_old_buffer() {
    if !has("vim", &["--version"]) {
        return;
    }
    let bench = Bench::new(BOOK);
    // A terminal of its own, and the answer `y` to Vim's warning that the file has changed since it was read.
    let script = r#"
        until_said() { until grep -qs "$1" "$2"; do sleep 0.1; done; }
        { until [ -e .book.toml.swp ]; do sleep 0.1; done
          "$NETKEEP" log ana -m "from outside" > ../told 2>&1
          printf 'Go# from vim\033:w\r'; until_said 'really want' ../typescript
          printf 'y'; until_said 'from vim' book.toml
          printf '\r:q!\r'; while [ -e .book.toml.swp ]; do sleep 0.1; done; } |
        TERM=xterm timeout 60 script -qefc 'vim -u NONE -i NONE -N book.toml' ../typescript"#;
    let vim = bench
        .program("timeout")
        .args(["60", "sh", "-c", script])
        .env("NETKEEP", crate::bench::NETKEEP)
        .output()
        .expect("vim runs");
    let book = bench.book();
    assert!(
        book.contains("# from vim") && !book.contains("from outside"),
        "{vim:?}\n{book}"
    );
    let told = fs::read_to_string(bench.at("told")).expect("told");
    assert!(told.contains("an editor has the book open"), "{told}");

    let told = bench.ok(&["log", "bo"]);
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        told.contains("a call with Ana Ruiz today is lost"),
        "{told}"
    );
    bench.ok(&["check", "--recover"]);
    let book = bench.book();
    assert!(
        book.contains("# from vim") && book.contains("from outside"),
        "{book}"
    );
}
