//! An error as JSON.

use super::Error;
use super::report::report_of;
use crate::render::json::{self, Notice, Object};
use crate::render::views::problem::SourceText;
use crate::store::{Failure, Problem, Refused, StoreError};

impl Error {
    /// What is said, what to type next, and the exit code; where there is a choice, the `choices`, where values differ, the `conflicts`, and where a book cannot be used,
    /// its `problems` with their places.
    pub(crate) fn document(&self, exit: u8) -> Object {
        let error = json::error(&self.to_string(), self.hint().as_deref(), exit);
        match self {
            Self::Ambiguous(choices) | Self::NotPicked(choices) => {
                error.with_contacts(&choices.listed)
            }
            Self::WhichPromise(choices) | Self::PromiseNotPicked(choices) => {
                error.with_promises(&choices.listed)
            }
            Self::Differing(conflicts) => error.with_conflicts(conflicts.iter().map(|one| {
                let values = one.values.each_ref().map(String::as_str);
                (one.contact.as_deref(), one.key.as_str(), values)
            })),
            Self::Store(err) => match problems(err) {
                Some(problems) => error.with_problems(&problems),
                None => error,
            },
            Self::Kept { err, .. } | Self::NotMergedFile(err) => err.document(exit),
            _ => error,
        }
    }
}

/// What is wrong with the text of a book, if that is the error.
fn problems(err: &StoreError) -> Option<Vec<Notice>> {
    let path = err.path.display().to_string();
    let all = |text: &str, problems: &[Problem]| {
        let source = SourceText::new(&path, text);
        let problems = problems.iter();
        let notice = |problem| Notice::of(&report_of("error", problem), &source);
        problems.map(notice).collect()
    };
    match &err.why {
        Failure::Broken(text, problems) => Some(all(text, problems)),
        Failure::Refused(text, Refused::HasProblems { problems, .. }) => Some(all(text, problems)),
        Failure::Refused(text, Refused::Unsupported(at)) => {
            let unsupported = Problem::broken(at.clone(), super::store::UNSUPPORTED);
            Some(all(text, &[unsupported]))
        }
        _ => None,
    }
}
