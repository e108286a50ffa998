//! Runs the sessions of README.md and of docs/, unchanged, each page on its own copy of the example book.
//!
//! `TRYCMD=overwrite cargo test --test docs` writes what comes out now into the pages.

use std::fs;
use std::path::{Path, PathBuf};

/// Pages with sessions that need a server; `.ci/oracles/phone/run` runs them.
const RUN_ELSEWHERE: [&str; 1] = ["docs/guide/phone.md"];

/// What a session starts with.
const SESSION: &str = "```console";

/// One after another, since all threads of a process share its current folder.
#[test]
fn every_session_gives_its_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in pages(root) {
        if !RUN_ELSEWHERE.contains(&page.as_str()) && has_session(&root.join(&page)) {
            run(root, &page);
        }
    }
}

fn run(root: &Path, page: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let name = Path::new(page).file_name().expect("a page is a file");
    let copy = folder.path().join(name);
    fs::copy(root.join(page), &copy).expect("copied");
    for (file, name) in [
        ("contacts.example.toml", "contacts.example.toml"),
        ("tests/samples/linkedin.csv", "Connections.csv"),
    ] {
        fs::copy(root.join(file), folder.path().join(name)).expect("copied");
    }
    private(&folder.path().join("contacts.example.toml"));
    std::env::set_current_dir(folder.path()).expect("moved there");
    let state = folder.path().join("state");
    trycmd::TestCases::new()
        .env("NETKEEP_FILE", "contacts.example.toml")
        .env("XDG_STATE_HOME", state.to_string_lossy().as_ref())
        .env("NETKEEP_TODAY", "2026-11-23")
        .env("COLUMNS", "100")
        .case(&copy)
        .run();
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        fs::copy(copy, root.join(page)).expect("copied back");
    }
    std::env::set_current_dir(root).expect("moved back");
}

/// Makes a book private.
#[cfg(unix)]
fn private(book: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(book, mode).expect("set");
}

#[cfg(not(unix))]
fn private(_book: &Path) {}

/// A session on another page, or with a fence that is not read as one, would never be tried.
#[test]
fn no_session_is_left_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = pages(root);
    for page in markdown(root, root) {
        let text = fs::read_to_string(root.join(&page)).expect("text");
        for line in text.lines().filter(|line| line.contains(SESSION)) {
            assert!(
                pages.contains(&page),
                "{page} is not among the pages that are run"
            );
            assert_eq!(line, SESSION, "{page}: this fence is not run");
        }
    }
    for page in RUN_ELSEWHERE {
        assert!(has_session(&root.join(page)), "{page}");
    }
}

fn has_session(page: &Path) -> bool {
    let text = fs::read_to_string(page).expect("text");
    text.lines().any(|line| line == SESSION)
}

/// README.md and all of docs/, by their paths from the root.
fn pages(root: &Path) -> Vec<String> {
    let mut pages = markdown(root, &root.join("docs"));
    pages.push("README.md".to_owned());
    pages
}

/// Every page below a folder, in order, but those that a build made.
fn markdown(root: &Path, folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| ![".git", "target"].iter().any(|name| path.ends_with(name)))
        .collect();
    paths.sort();
    let mut pages = Vec::new();
    for path in paths {
        if path.is_dir() {
            pages.extend(markdown(root, &path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let path = path.strip_prefix(root).expect("below the root");
            pages.push(path.to_str().expect("a name").replace('\\', "/"));
        }
    }
    pages
}
