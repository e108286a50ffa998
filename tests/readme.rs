//! Runs the sessions of the README and of the help, unchanged, on a copy of the example book.

use std::fs;
use std::path::Path;

fn run(root: &Path, page: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("page.md");
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
}

/// Makes a book private.
#[cfg(unix)]
fn private(book: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(book, mode).expect("set");
}

#[cfg(not(unix))]
fn private(_book: &Path) {}

/// One after another, since all threads of a process share its current folder.
#[test]
fn every_session_gives_its_output() {
    let root = std::env::current_dir().expect("a folder");
    let topics = ["book", "dates", "names", "scripting"];
    let topics = topics.map(|topic| format!("src/commands/help/{topic}.md"));
    for page in topics.iter().map(String::as_str).chain(["README.md"]) {
        run(&root, page);
        std::env::set_current_dir(&root).expect("moved back");
    }
}
