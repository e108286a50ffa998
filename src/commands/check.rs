use clap::Args;

use crate::app::App;
use crate::domain::Contact;
use crate::error::{Error, Result, report_all};
use crate::render::json::{self, ProblemView};
use crate::render::plural::count;
use crate::render::problem::Source;
use crate::store::{self, Problem, Severity};

/// Look for what is wrong in the book
///
/// Exits with 1 when there is something to mend, so that it can stand in a git hook. Keys that netkeep does not know
/// are noted; one that looks like a slip counts as wrong.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {}

pub(crate) fn run(app: &mut App, _: &CheckArgs) -> Result<()> {
    let opened = app.open_quietly();
    let (path, text, problems, contacts) = match &opened {
        Ok(file) => (
            file.path(),
            file.text(),
            file.problems(),
            file.book().contacts.as_slice(),
        ),
        Err(Error::Store(store::Error::Broken {
            path,
            text,
            problems,
        })) => (path.as_path(), text.as_str(), problems.as_slice(), &[][..]),
        Err(_) => return opened.map(drop),
    };
    let path = path.display().to_string();
    let source = Source::new(&path, text);
    let is_wrong = problems
        .iter()
        .any(|problem| problem.severity < Severity::Unknown);

    if app.json {
        let views: Vec<ProblemView> = problems
            .iter()
            .map(|problem| view(problem, &source, contacts))
            .collect();
        json::check(&mut app.out, &path, &views)?;
    } else {
        report_all(&mut app.sink(), label, &source, problems, usize::MAX)?;
        app.sink().line(sum(&path, problems, contacts.len()))?;
    }
    if is_wrong {
        Err(Error::Unsound)
    } else {
        Ok(())
    }
}

fn sum(path: &str, problems: &[Problem], contacts: usize) -> String {
    let wrong = problems
        .iter()
        .filter(|problem| problem.severity < Severity::Unknown)
        .count();
    let notes = problems.len() - wrong;
    let notes = if notes == 0 {
        String::new()
    } else {
        format!(", {}", count(notes, "note", "notes"))
    };
    if wrong > 0 {
        return format!("{path}: {}{notes}", count(wrong, "problem", "problems"));
    }
    format!(
        "{path}: {}, no problems{notes}",
        count(contacts, "contact", "contacts")
    )
}

fn label(problem: &Problem) -> &'static str {
    match problem.severity {
        Severity::Broken => "error",
        Severity::Wrong | Severity::Slip => "warning",
        Severity::Unknown => "note",
    }
}

fn view<'b>(problem: &'b Problem, source: &Source, contacts: &'b [Contact]) -> ProblemView<'b> {
    let (line, column) = source.place(problem.at.start);
    ProblemView {
        line,
        column,
        severity: label(problem),
        message: &problem.message,
        hint: problem.hint.as_deref(),
        contact: problem
            .contact
            .and_then(|id| contacts.get(id.0))
            .map(|contact| contact.name.as_str()),
    }
}
