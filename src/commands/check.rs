mod duplicates;
mod file;
mod findings;
mod fix;
mod recover;

use std::io;

use clap::Args;

use crate::app::App;
use crate::error::{Error, Result};
use crate::render::views::problem::{Report, SourceText, report, say};
use crate::render::words::plural::count;
use crate::render::{Sink, json};
use crate::store::{Failure, StoreError};

/// Check the book for problems
///
/// Exits with 1 when there is something to fix, so that it can run in a git hook. Unknown keys get a note, and so do
/// contacts who may be the same person; a key that looks like a typo is a problem.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep check\n  netkeep check --duplicates")]
pub(crate) struct CheckArgs {
    /// Fix what can mean one thing only, and make the file private
    #[arg(long)]
    fix: bool,
    /// Accept the book as it is, although many contacts are gone
    #[arg(long, conflicts_with = "fix")]
    accept: bool,
    /// Restore what was wiped when an editor saved an older copy of the book
    #[arg(long, conflicts_with_all = ["fix", "accept"])]
    recover: bool,
    /// List pairs of contacts that may be the same person, with the reason
    #[arg(long, conflicts_with_all = ["fix", "accept", "recover"])]
    duplicates: bool,
}

impl CheckArgs {
    pub(crate) fn writes(&self) -> bool {
        self.fix || self.accept || self.recover
    }
}

pub(crate) fn run(app: &mut App, args: &CheckArgs) -> Result<()> {
    if args.accept {
        return file::accept(app);
    }
    if args.recover {
        return recover::recover(app);
    }
    if args.duplicates {
        return duplicates::propose(app);
    }
    if args.fix {
        fix::fix(app)?;
    }
    let opened = app.open_quietly();
    let (path, text, mut findings, contacts, fixable) = match &opened {
        Ok(file) => {
            let mut findings = findings::of_book(file, app.today);
            findings.extend(file::findings(file, app.today));
            findings.extend(file::cards(app, &file.book().sync)?);
            let (contacts, fixable) = (file.book().contacts.len(), file.fix().1.len());
            (file.path(), file.text(), findings, contacts, fixable)
        }
        Err(Error::Store(StoreError {
            path,
            why: Failure::Broken(text, problems),
        })) => {
            let problems = problems.iter();
            let findings = problems.map(|problem| findings::of_problem(problem, None));
            let findings: Vec<Report> = findings.collect();
            (path.as_path(), text.as_str(), findings, 0, 0)
        }
        Err(_) => return opened.map(drop),
    };
    findings.extend(file::merging(path));
    let path = path.display().to_string();
    let source = SourceText::new(&path, text);
    let notes = findings.iter().filter(|one| one.label == "note").count();
    let wrong = findings.len() - notes;

    let written = if app.json && args.writes() {
        app.answer_more("problems", || json::problem_list(&source, &findings));
        Ok(())
    } else if app.json {
        app.document(&json::problems(&source, &findings))
    } else {
        let notes = match notes {
            0 => String::new(),
            notes => format!(", {}", count(notes, "note", "notes")),
        };
        let sum = match wrong {
            0 => format!("{}, no problems", count(contacts, "contact", "contacts")),
            wrong => count(wrong, "problem", "problems"),
        };
        let sum = format!("{path}: {sum}{notes}");
        list(&mut app.sink(), &source, &findings, sum, fixable).map_err(Error::Output)
    };
    // The exit code counts even if the output is not read to its end.
    if wrong > 0 {
        return Err(Error::Unsound);
    }
    written
}

fn list(
    sink: &mut Sink,
    source: &SourceText,
    findings: &[Report],
    sum: String,
    fixable: usize,
) -> io::Result<()> {
    for finding in findings {
        report(sink, source, finding)?;
    }
    sink.sentence(sum)?;
    if fixable > 0 {
        let problems = count(fixable, "problem", "problems");
        let hint = format!("`netkeep check --fix` fixes {problems}");
        say(sink, "hint", &hint)?;
    }
    Ok(())
}
