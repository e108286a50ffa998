//! Imports go only downwards, and the pure layer stays pure.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer may use those after it, and its own.
const LAYERS: [&[&str]; 7] = [
    &["main", "lib"],
    &["cli"],
    &["commands"],
    &["app"],
    &["error"],
    &["store", "exchange", "render"],
    &["domain"],
];

/// What a layer may not name: where the clock, files, streams and libraries belong.
const FOREIGN: [(&str, &[&str]); 4] = [
    (
        "domain",
        &[
            "std::fs",
            "std::io",
            "std::env",
            "std::process",
            "::now()",
            "print",
            "toml::",
            "clap",
            "serde",
        ],
    ),
    (
        "render",
        &["std::fs", "std::env", "::now()", "toml::", "clap"],
    ),
    (
        "store",
        &["std::env", "::now()", "comfy_table", "serde_json", "clap"],
    ),
    (
        "commands",
        &["std::env", "std::fs", "::now()", "toml::", "comfy_table"],
    ),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the source");
    entries
        .map(|entry| entry.expect("an entry").path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The layer of a file: its folder under `src`, or its own name.
fn layer(path: &Path) -> String {
    let part = path
        .strip_prefix("src")
        .expect("under src")
        .iter()
        .next()
        .expect("a part");
    part.to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn level(layer: &str) -> usize {
    LAYERS
        .iter()
        .position(|layers| layers.contains(&layer))
        .unwrap_or_else(|| panic!("`{layer}` is in no layer"))
}

/// The code of a file, without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn imports_go_only_downwards() {
    let files = files(Path::new("src"));
    assert!(files.len() > 30);
    for path in files {
        let own = layer(&path);
        for used in code(&path).split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if used.is_empty() || used == own {
                continue;
            }
            assert!(
                level(&used) > level(&own),
                "{}: `{own}` may not use `{used}`",
                path.display()
            );
        }
    }
}

#[test]
fn each_layer_keeps_to_what_is_its_own() {
    for path in files(Path::new("src")) {
        let own = layer(&path);
        let code = code(&path);
        for (layer, foreign) in FOREIGN.iter().filter(|(layer, _)| *layer == own) {
            for name in *foreign {
                assert!(
                    !code.contains(name),
                    "{}: `{name}` has no place in `{layer}`",
                    path.display()
                );
            }
        }
    }
}
