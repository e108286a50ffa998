//! Whether git merges a book as one, as far as its attributes and its configuration say.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use super::program::{Git, args};
use super::repository::is_near_repository;
use super::setup::{DRIVER, driver_line, pattern};
use crate::app::shell::set;
use crate::render::words::messages::quoted;

/// What is wrong with how git merges a book.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum MergeFlaw {
    /// The attribute names netkeep, and no configuration says how to run it: the command that does.
    NoDriver(String),
    /// Git puts the lines of both sides one after another: the line for the attributes, and the command as above.
    Union(String, String),
}

/// What is wrong; nothing if git is not there, or does not say.
pub(crate) fn merge_flaw(book: &Path) -> Option<MergeFlaw> {
    let real = fs::canonicalize(book).ok()?;
    let (folder, name) = (real.parent()?, real.file_name()?);
    if !is_near_repository(folder) && set("GIT_DIR").is_none() {
        return None;
    }
    let git = Git::at(folder).silent();
    let asked = ["check-attr", "-z", "merge", "--"].map(OsStr::new);
    let answer = git.answer(&[&asked[..], &[name]].concat()).ok()?;
    let value = answer.parts().last()?;
    let key = format!("merge.{DRIVER}.driver");
    let (is_netkeep, is_union) = (value == DRIVER.as_bytes(), value == b"union");
    if !answer.is_ok() || !is_netkeep && !is_union {
        return None;
    }
    let there = git.ask(&args(&["config", "--get", &key])).ok()?;
    let command = format!(
        "git -C {} config {key} {}",
        quoted(&folder.display().to_string()),
        quoted(&driver_line())
    );
    match (is_union, there) {
        (false, Some(_)) => None,
        (false, None) => Some(MergeFlaw::NoDriver(command)),
        (true, _) => {
            let line = format!("{} merge={DRIVER}", pattern(&name.to_string_lossy()));
            Some(MergeFlaw::Union(line, command))
        }
    }
}
