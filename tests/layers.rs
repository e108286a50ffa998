//! Imports go only downwards, and the pure layer stays pure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer may use itself and those after it.
const LAYERS: [&[&str]; 7] = [
    &["main", "lib", "run"],
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

/// The rooms of a layer, from the top: each may use those in the rows below it.
const ROOMS: [(&str, &[&[&str]]); 2] = [
    (
        "domain",
        &[
            &["redact", "sources", "cards"],
            &["planning", "changes", "merge"],
            &["find"],
            &["identity", "due"],
            &["dates"],
            &["model", "text"],
        ],
    ),
    (
        "store",
        &[
            &["read_only_book"],
            &["book_file"],
            &["copies", "conflict_copy", "purge"],
            &[
                "save",
                "open_storage",
                "steps",
                "lineage",
                "cut_off",
                "purged",
                "drafts",
                "cards",
            ],
            &["storage", "other_file"],
            &["history"],
            &["disk"],
            &["error"],
            &["edit"],
            &["parse"],
            &["in_parallel"],
        ],
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
fn each_layer_names_only_what_belongs_in_it() {
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

#[test]
fn rooms_use_only_those_below_them() {
    let uses = uses();
    for (layer, rows) in ROOMS {
        let row = |module: &str| -> Option<(usize, String)> {
            let room = module.strip_prefix(layer)?.strip_prefix("::")?;
            let room = room.split("::").next().unwrap_or_default();
            let row = rows.iter().position(|rooms| rooms.contains(&room));
            let row = row.unwrap_or_else(|| panic!("`{layer}::{room}` is in no row"));
            Some((row, room.to_owned()))
        };
        for (module, used) in &uses {
            for used in used {
                let (Some((above, own)), Some((below, other))) = (row(module), row(used)) else {
                    continue;
                };
                assert!(
                    own == other || above < below,
                    "{module}: `{own}` may not use `{other}` ({used})"
                );
            }
        }
    }
}

/// The disk knows nothing about the contents of a file; its errors carry what other rooms report.
#[test]
fn the_disk_neither_parses_nor_edits() {
    for (module, used) in uses() {
        let is_other =
            |used: &&String| used.starts_with("store::parse") || used.starts_with("store::edit");
        let others: Vec<&String> = used.iter().filter(is_other).collect();
        assert!(
            !module.starts_with("store::disk") || others.is_empty(),
            "{module}: {others:?}"
        );
    }
}

#[test]
fn no_two_files_import_each_other() {
    let uses = uses();
    let mut circles = BTreeSet::new();
    for (module, used) in &uses {
        for used in used.iter().filter(|used| *used > module) {
            if uses[used].contains(module) {
                circles.insert([module.as_str(), used.as_str()]);
            }
        }
    }
    assert!(circles.is_empty(), "these import each other: {circles:#?}");
}

#[test]
fn the_files_of_the_domain_have_no_cycle() {
    let mut uses = uses();
    uses.retain(|module, _| module.starts_with("domain"));
    // A file that uses none of the rest is in no cycle.
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        uses.retain(|_, used| used.iter().any(|used| left.contains(used)));
        if uses.len() == left.len() {
            break;
        }
    }
    assert!(uses.is_empty(), "a circle: {uses:#?}");
}

/// A page that names a file which was moved sends people astray.
#[test]
fn the_map_names_only_what_is_there() {
    const FOLDERS: [&str; 6] = ["src/", "tests/", "benches/", "fuzz/", "docs/", ".ci/"];
    let code: Vec<PathBuf> = ["src", "tests", "benches", "fuzz/targets"]
        .into_iter()
        .flat_map(|folder| files(Path::new(folder)))
        .collect();
    // A room may be left out: `disk/lock.rs`, `regroup.rs`.
    let is_there = |path: &&str| {
        let is_whole = FOLDERS.iter().any(|folder| path.starts_with(folder));
        Path::new(path).exists() || !is_whole && code.iter().any(|file| file.ends_with(path))
    };
    for page in ["docs/architecture.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(page).expect("a page");
        let words = text.split(|c: char| c.is_whitespace() || "`|(),;:".contains(c));
        let paths = words.map(|word| word.trim_end_matches('.')).filter(|word| {
            let is_code = Path::new(word).extension().is_some_and(|end| end == "rs");
            is_code || FOLDERS.iter().any(|folder| word.starts_with(folder))
        });
        let (there, gone): (Vec<&str>, Vec<&str>) = paths.partition(is_there);
        assert!(gone.is_empty(), "{page}: {gone:#?}");
        assert!(!there.is_empty(), "{page} names no file");
    }
}

#[test]
fn the_map_tells_what_each_torture_test_proves() {
    let map = fs::read_to_string("docs/architecture.md").expect("a page");
    let untold: Vec<PathBuf> = files(Path::new("tests/torture"))
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a source file");
            let name = path.file_name().expect("a file").to_string_lossy();
            text.contains("#[test]") && !map.contains(&format!("| `{name}` |"))
        })
        .collect();
    assert!(untold.is_empty(), "{untold:#?}");
}

/// The modules that each module uses. A re-export counts as a use of the module that has the item.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeMap<String, String> = files(Path::new("src"))
        .iter()
        .map(|path| (module(path), code(path)))
        .collect();
    let used = |module: &String, code: &String| {
        let paths = paths(code, module).into_iter();
        let paths = paths.filter(|path| !path.is_export);
        let mut used: BTreeSet<String> = paths
            .map(|path| resolve(&modules, &path.segments))
            .collect();
        used.remove(module);
        used
    };
    let uses = modules.iter();
    uses.map(|(module, code)| (module.clone(), used(module, code)))
        .collect()
}

/// `domain::due::rule` for `src/domain/due/rule.rs`.
fn module(path: &Path) -> String {
    let path = path.strip_prefix("src").expect("under src");
    let name = path
        .with_extension("")
        .to_string_lossy()
        .replace(['/', '\\'], "::");
    name.strip_suffix("::mod").unwrap_or(&name).to_owned()
}

/// A path written in a file, from the root of the crate.
struct CodePath {
    segments: Vec<String>,
    is_export: bool,
}

/// Every path of the crate in a file: `crate::a::{b, c::d}`, `super::e`, `self::f`.
fn paths(code: &str, module: &str) -> Vec<CodePath> {
    let mut paths = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let before = &code[..at];
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = before.rsplit('\n').next().unwrap_or_default().trim();
            let mut segments: Vec<String> = module.split("::").map(str::to_owned).collect();
            match start {
                "crate::" => segments.clear(),
                "super::" => drop(segments.pop()),
                _ => {}
            }
            let is_export = line.starts_with("pub") && line.ends_with("use");
            for segments in expanded(&code[at + start.len()..], segments) {
                paths.push(CodePath {
                    segments,
                    is_export,
                });
            }
        }
    }
    paths
}

/// The paths that begin at the start of a text: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expanded(text: &str, mut prefix: Vec<String>) -> Vec<Vec<String>> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = text;
    while let Some(rest) = text.strip_prefix("super::") {
        prefix.pop();
        text = rest;
    }
    if let Some(group) = text.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        let mut paths = Vec::new();
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    paths.extend(expanded(group[start..at].trim(), prefix.clone()));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return paths;
    }
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !matches!(name, "" | "self") {
        prefix.push(name.to_owned());
    }
    match rest.strip_prefix("::") {
        Some(rest) if !name.is_empty() => expanded(rest, prefix),
        _ => vec![prefix],
    }
}

/// The module that defines the item at a path, through every re-export.
fn resolve(modules: &BTreeMap<String, String>, path: &[String]) -> String {
    let mut module = String::new();
    for (at, name) in path.iter().enumerate() {
        let inner = if module.is_empty() {
            name.clone()
        } else {
            format!("{module}::{name}")
        };
        if modules.contains_key(&inner) {
            module = inner;
            continue;
        }
        let code = modules.get(&module).map(String::as_str).unwrap_or_default();
        let exports = paths(code, &module).into_iter();
        let mut exports =
            exports.filter(|path| path.is_export && path.segments.last() == Some(name));
        if let Some(export) = exports.next() {
            let rest = path[at + 1..].iter().cloned();
            return resolve(
                modules,
                &export.segments.into_iter().chain(rest).collect::<Vec<_>>(),
            );
        }
        break;
    }
    module
}
