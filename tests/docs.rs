//! Runs the sessions of README.md and of docs/, unchanged, each page on its own copy of the example book, and follows their links.
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

/// A link that leads nowhere is found by its reader, and by nobody else.
#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut links = 0;
    for page in pages(root) {
        let text = prose(&fs::read_to_string(root.join(&page)).expect("text"));
        for target in targets(&text).filter(|target| !target.contains("://")) {
            links += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&page).parent().expect("a page is in a folder");
            let path = if path.is_empty() {
                root.join(&page)
            } else {
                root.join(folder).join(path)
            };
            assert!(path.exists(), "{page}: {target} is not there");
            if !anchor.is_empty() {
                let text = prose(&fs::read_to_string(&path).expect("text"));
                let mut anchors = text.lines().filter_map(anchor_of);
                assert!(
                    anchors.any(|one| one == anchor),
                    "{page}: {target} is no heading"
                );
            }
        }
    }
    assert!(links > 100, "only {links} links were found");
}

/// `mdbook build docs` leaves out what is not listed.
#[test]
fn the_book_has_every_page() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).expect("text");
    // The skill begins with lines for agents, which a book would show as a heading.
    let is_apart = |page: &str| ["SUMMARY.md", "SKILL.md"].contains(&page);
    for page in markdown(&docs, &docs) {
        let links = targets(&summary).filter(|target| *target == page).count();
        assert_eq!(links, usize::from(!is_apart(&page)), "{page}");
    }
}

/// A promise names the tests that try to break it.
#[test]
fn every_proof_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/proofs.md")).expect("text");
    let is_proof = |word: &&str| {
        ["tests/", "fuzz/", "src/"]
            .iter()
            .any(|it| word.starts_with(it))
    };
    let proofs: Vec<&str> = page.split('`').filter(is_proof).collect();
    let promises = page.matches("\n## ").count() - 1;
    assert!(proofs.len() > promises, "{proofs:?}");
    for proof in proofs {
        assert!(root.join(proof).exists(), "{proof}");
    }
}

/// A page without its code.
fn prose(page: &str) -> String {
    let mut is_code = false;
    let lines = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Where the links and the pictures of a text lead.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let kinds = [("](", ')'), (" src=\"", '"'), (" srcset=\"", '"')];
    kinds.into_iter().flat_map(move |(start, end)| {
        let links = text.split(start).skip(1);
        links.filter_map(move |rest| rest.split(end).next())
    })
}

/// The anchor of a line that is a heading, as forges and mdBook make it.
fn anchor_of(line: &str) -> Option<String> {
    let title = line.strip_prefix('#')?.trim_start_matches('#');
    let title = title.strip_prefix(' ')?.to_lowercase();
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c => (c.is_alphanumeric() || "-_".contains(c)).then_some(c),
    };
    Some(title.chars().filter_map(kept).collect())
}

/// README.md and all of docs/, by their paths from the root.
fn pages(root: &Path) -> Vec<String> {
    let mut pages = markdown(root, &root.join("docs"));
    pages.push("README.md".to_owned());
    pages
}

/// Every page below a folder, in order. What a build made, and hidden folders with forms to fill in, have no pages.
fn markdown(root: &Path, folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with('.') && name != "target"
        })
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
