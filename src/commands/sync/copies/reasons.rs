//! Why copies stay where they are.

use std::path::{Path, PathBuf};

use crate::error::reason;
use crate::render::words::messages::typed_path;
use crate::render::words::plural::and;
use crate::store::{ConflictCopy, CopyDoubt, CopyProblem, JoinedCopy, Returning};

/// The most people of one kind who are named.
const MOST_NAMED: usize = 5;

/// A copy that is not joined unless the user says so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct DoubtedCopy {
    pub(super) path: PathBuf,
    /// Who would be back.
    pub(super) people: Vec<Returning>,
    pub(super) doubt: Option<CopyDoubt>,
}

impl DoubtedCopy {
    pub(super) fn of(copy: &ConflictCopy, what: &JoinedCopy) -> Self {
        Self {
            path: copy.path.clone(),
            people: what.returning.clone(),
            doubt: what.doubt,
        }
    }

    /// Whether nothing speaks against it.
    pub(super) fn is_sound(&self) -> bool {
        self.people.is_empty() && self.doubt.is_none()
    }
}

/// Why a copy stays that the user may still join, and how to join it; `asks` says when a sync asks.
pub(super) fn why_doubted(copy: &DoubtedCopy, asks: &str) -> String {
    let doubt = copy.doubt.map(doubt);
    let back =
        (!copy.people.is_empty()).then(|| format!("it would bring back {}", gone(&copy.people)));
    let back = back.iter().map(String::as_str);
    let why: Vec<&str> = doubt.into_iter().chain(back).collect();
    let (why, path) = (why.join(", and "), typed_path(&copy.path));
    format!(
        "{why}; `netkeep sync` asks about it {asks}, `netkeep sync --copy {path} --yes` joins it"
    )
}

/// What speaks against a copy.
pub(super) fn doubt(doubt: CopyDoubt) -> &'static str {
    match doubt {
        CopyDoubt::Older => "it is older than what is known of the book",
        CopyDoubt::CutOff => "its end seems to be missing",
    }
}

/// `Ana Ruiz, who was removed`, `Bo Lind, who is Boris Lind now`.
pub(super) fn gone(people: &[Returning]) -> String {
    let is_now =
        |one: &Returning| Some(format!("{}, who is {} now", one.name, one.is_now.as_ref()?));
    let removed = people.iter().filter(|one| one.is_now.is_none());
    let removed: Vec<&str> = removed.map(|one| one.name.as_str()).collect();
    let removed = match removed.as_slice() {
        [] => None,
        [name] => Some(format!("{name}, who was removed")),
        names if names.len() > MOST_NAMED => {
            Some(format!("{} people who were removed", names.len()))
        }
        names => Some(format!("{}, who were removed", and(names))),
    };
    let mut said: Vec<String> = people.iter().filter_map(is_now).collect();
    if said.len() > MOST_NAMED {
        said = vec![format!("{} people who were renamed or merged", said.len())];
    }
    let said: Vec<&str> = removed.iter().chain(&said).map(String::as_str).collect();
    said.join("; and ")
}

pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Why a copy is not joined.
pub(super) fn why(path: &Path, problem: &CopyProblem) -> String {
    let file = typed_path(path);
    match problem {
        CopyProblem::Gone => "there is no such file".to_owned(),
        CopyProblem::Empty => {
            "it is empty: it may still be on its way here; delete it if it stays empty".to_owned()
        }
        CopyProblem::NotPlain => "it is no plain file".to_owned(),
        CopyProblem::TooLarge => "it is larger than a book may be".to_owned(),
        CopyProblem::Restless => "another program keeps writing it".to_owned(),
        CopyProblem::Unreadable(err) => format!("it cannot be read: {}", reason(err)),
        CopyProblem::NotABook => {
            format!("it is no book that can be read; `netkeep check --file {file}` shows why")
        }
        CopyProblem::Itself => "it is the book itself".to_owned(),
        CopyProblem::NotProven => {
            "the two could not be joined in a way that is sure to keep everything".to_owned()
        }
    }
}
