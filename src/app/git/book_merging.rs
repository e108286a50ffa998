//! How git itself merges a book: the attribute that names netkeep, and the driver, which says how netkeep is run.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use super::program::{Git, args};
use super::repository::{BookRepository, is_in_repository};
use super::setup::ending;
use crate::app::shell::set;
use crate::domain::text::shell_words::words;
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;

/// The name of the merge driver.
const DRIVER: &str = "netkeep";

/// The setting with the line of shell that git runs.
const SETTING: &str = "merge.netkeep.driver";

/// What git runs to merge two states of a book, after the path of netkeep.
const MERGE_FILE: &str = "merge-file --marker-size %L %O %A %B";

/// What is wrong with how git merges a book.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum MergeFlaw {
    /// The attribute names netkeep, and no configuration says how to run it: the command that does.
    NoDriver(String),
    /// The configuration has no line to run: the command that gives one.
    NoLine(String),
    /// The program that the configuration names is not there: its name, and the command as above.
    NoProgram(String, String),
    /// Git puts the lines of both sides one after another: the line for the attributes, and the command as above.
    Union(String, String),
}

/// What git's configuration says about the driver.
enum Driver {
    Unset,
    /// It has a name, and no line to run, or an empty one.
    Empty,
    /// It names a program that is not there.
    Gone(String),
    Set,
}

/// What is wrong; nothing if git is not there, or does not say.
pub(crate) fn merge_flaw(book: &Path) -> Option<MergeFlaw> {
    let real = fs::canonicalize(book).ok()?;
    let (folder, name) = (real.parent()?, real.file_name()?);
    if !is_in_repository(folder) {
        return None;
    }
    let git = Git::at(folder).silent();
    let how = merged_by(&git, name).ok()??;
    let command = || {
        let folder = quoted(&folder.display().to_string());
        format!(
            "git -C {folder} config {SETTING} {}",
            quoted(&driver_line())
        )
    };
    if how == "union" {
        return Some(MergeFlaw::Union(line(&name.to_string_lossy()), command()));
    }
    if how != DRIVER {
        return None;
    }
    match driver(&git).ok()? {
        Driver::Unset => Some(MergeFlaw::NoDriver(command())),
        Driver::Empty => Some(MergeFlaw::NoLine(command())),
        Driver::Gone(program) => Some(MergeFlaw::NoProgram(program, command())),
        Driver::Set => None,
    }
}

/// The value of the attribute by which git merges the file at a path from the folder of `git`.
fn merged_by(git: &Git, path: &OsStr) -> Result<Option<String>> {
    let asked = args(&["check-attr", "-z", "merge", "--"]);
    let answer = git.answer(&[&asked[..], &[path]].concat())?.must()?;
    let value = answer.parts().last();
    Ok(value.map(|value| String::from_utf8_lossy(value).into_owned()))
}

fn driver(git: &Git) -> Result<Driver> {
    let line = git.setting(SETTING)?.unwrap_or_default();
    if line.trim().is_empty() {
        let named = format!("^merge\\.{DRIVER}\\.");
        let named = git.ask(&args(&["config", "--get-regexp", &named]))?;
        return Ok(named.map_or(Driver::Unset, |_| Driver::Empty));
    }
    let gone = program(&line).filter(|program| !is_there(program));
    Ok(gone.map_or(Driver::Set, Driver::Gone))
}

impl BookRepository {
    /// Whether git merges the book by the driver of netkeep, as far as the attributes say.
    pub(crate) fn has_attribute(&self) -> Result<bool> {
        Ok(merged_by(&self.git, &self.book)?.is_some_and(|how| how == DRIVER))
    }

    /// The path from the root of the file with the attribute, if it is to be committed: an earlier sync that did not come
    /// that far has written it, or this one, if it `adds` it. `None` also if the file has changes of the user's, with which
    /// this would be mixed.
    pub(crate) fn new_attribute(&self, adds: bool) -> Result<Option<OsString>> {
        let book = Path::new(&self.book);
        let path = book.with_file_name(".gitattributes");
        let file = self.git.folder().join(&path);
        let there = fs::read(&file).ok();
        if there.is_none() && !adds {
            return Ok(None);
        }
        let there = there.unwrap_or_default();
        let name = book.file_name().unwrap_or_default().to_string_lossy();
        let line = line(&name);
        let committed = match self.commit_of("HEAD")? {
            Some(head) => self.entry_if_plain(&head, path.as_os_str())?,
            None => None,
        };
        let committed = committed.map(|entry| self.content(&entry.blob, path.as_os_str()));
        let committed = committed.transpose()?.unwrap_or_default();
        let with_line = [&committed[..], &ending(&committed, &line)].concat();
        if adds && there == committed && !self.has_attribute()? {
            fs::write(&file, &with_line).map_err(|err| Error::WriteFile(file, err))?;
        } else if there != with_line {
            return Ok(None);
        }
        Ok(Some(path.into()))
    }

    /// Tells git in this repository how to run netkeep, unless it knows; says whether there was anything to tell.
    pub(crate) fn add_driver(&self) -> Result<bool> {
        if let Driver::Set = driver(&self.git)? {
            return Ok(false);
        }
        let name = format!("merge.{DRIVER}.name");
        for (key, value) in [
            (&*name, "two states of a netkeep book"),
            (SETTING, &driver_line()),
        ] {
            let told = self.git.answer(&args(&["config", key, value]))?;
            told.done("note how it merges the book")?;
        }
        Ok(true)
    }
}

/// The line of the attributes for a book of this name.
fn line(name: &str) -> String {
    format!("{} merge={DRIVER}", pattern(name))
}

/// What git runs to merge two states of a book.
fn driver_line() -> String {
    format!("{} {MERGE_FILE}", netkeep())
}

/// The program that a line of shell runs; `None` where only a shell in the right folder can tell.
fn program(line: &str) -> Option<String> {
    let program = words(line)?.into_iter().next()?;
    let is_read_by_shell = program.contains(|c| "$`;&|<>()~*?=!".contains(c));
    let is_relative = program.contains('/') && !program.starts_with('/');
    (!is_read_by_shell && !is_relative).then(|| program.replace("%%", "%"))
}

fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = set("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

/// How a shell of git starts netkeep: by its name if that is on the path, else by where it is.
fn netkeep() -> String {
    if is_there(DRIVER) {
        return DRIVER.to_owned();
    }
    let own = std::env::current_exe().map(|own| own.to_string_lossy().into_owned());
    let own = own.map(|own| quoted(&own.replace('%', "%%")));
    own.unwrap_or_else(|_| DRIVER.to_owned())
}

/// A name as a pattern of git that matches nothing but it.
fn pattern(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if "*?[]\\".contains(c) || (pattern.is_empty() && "!#".contains(c)) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    if !name.contains(|c: char| c.is_whitespace() || c == '"' || c.is_control()) {
        return pattern;
    }
    let mut in_quotes = String::from("\"");
    for byte in pattern.bytes() {
        match byte {
            b'"' | b'\\' => in_quotes.extend(['\\', byte.into()]),
            b'\t' => in_quotes.push_str("\\t"),
            b' '..=b'~' => in_quotes.push(byte.into()),
            byte => in_quotes.push_str(&format!("\\{byte:03o}")),
        }
    }
    in_quotes + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::git::make_repository;

    #[test]
    fn the_program_of_a_line_is_known_where_no_shell_changes_it() {
        for (line, expected) in [
            ("netkeep merge-file %O %A %B", Some("netkeep")),
            ("'/opt/my tools/100%%' %A", Some("/opt/my tools/100%")),
            (
                "\"/opt/my tools/netkeep\" %A",
                Some("/opt/my tools/netkeep"),
            ),
            ("~/bin/netkeep %A", None),
            ("\"$HOME\"/netkeep %A", None),
            ("./netkeep %A", None),
            ("LANG=C netkeep %A", None),
            ("", None),
        ] {
            assert_eq!(program(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_name_is_a_pattern_that_matches_nothing_else() {
        for name in [
            "contacts.toml",
            "my contacts.toml",
            "#book*.toml",
            "!b[1].toml",
            "Ñandú \"x\".toml",
            "Ñandú.toml",
            "back\\slash.toml",
            "-n.toml",
            "tab\there.toml",
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            make_repository(folder.path(), "main").expect("made");
            let of = |name: &str| {
                let repository = BookRepository::of(&folder.path().join(name), false);
                repository.expect("read").expect("there")
            };
            assert!(
                of(name).new_attribute(true).expect("added").is_some(),
                "{name}"
            );
            assert!(of(name).has_attribute().expect("asked"), "{name}");
            assert!(
                of(name).new_attribute(true).expect("there").is_some(),
                "{name}"
            );
            assert!(!of("other.toml").has_attribute().expect("asked"), "{name}");
        }
    }
}
