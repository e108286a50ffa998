mod duplicates;
mod file;
mod findings;
mod fix;
mod recover;

use std::io;

use clap::Args;

use self::findings::CheckFinding;
use crate::app::App;
use crate::error::{Error, Result};
use crate::render::views::problem::{SourceText, labelled};
use crate::render::words::plural::count;
use crate::render::{Sink, Text, json};
use crate::store;

/// Check the book for problems
///
/// Exits with 1 when there is something to fix, so that it can run in a git hook. Unknown keys get a note, and so do
/// contacts who may be the same person; a key that looks like a typo is a problem.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep check\n  netkeep check --duplicates")]
pub(crate) struct CheckArgs {
    /// Fix unambiguous typos and make the file private
    #[arg(long, conflicts_with = "json")]
    fix: bool,
    /// Accept the book as it is, although many contacts are gone
    #[arg(long, conflicts_with_all = ["fix", "json"])]
    accept: bool,
    /// Restore changes lost when an editor saved an older copy of the book
    #[arg(long, conflicts_with_all = ["fix", "accept", "json"])]
    recover: bool,
    /// List pairs of contacts that may be the same person, with the reason
    #[arg(long, conflicts_with_all = ["fix", "accept", "recover"])]
    duplicates: bool,
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
    let (path, text, findings, contacts, mendable) = match &opened {
        Ok(file) => {
            let mut findings = findings::of_book(file, app.today);
            findings.extend(file::findings(file, app.today));
            let (contacts, mendable) = (file.book().contacts.len(), file.fix().1.len());
            (file.path(), file.text(), findings, contacts, mendable)
        }
        Err(Error::Store(store::StoreError::Broken {
            path,
            text,
            problems,
        })) => {
            let findings = problems
                .iter()
                .map(|problem| CheckFinding::of(problem, None));
            (path.as_path(), text.as_str(), findings.collect(), 0, 0)
        }
        Err(_) => return opened.map(drop),
    };
    let path = path.display().to_string();
    let source = SourceText::new(&path, text);

    let told = if app.json {
        let views: Vec<_> = findings
            .iter()
            .map(|finding| finding.view(&source))
            .collect();
        json::check(&mut app.out, &path, &views)
    } else {
        tell(
            &mut app.sink(),
            &source,
            &path,
            &findings,
            [contacts, mendable],
        )
    };
    // The exit code counts even if the output is not read to its end.
    if findings.iter().any(CheckFinding::is_wrong) {
        return Err(Error::Unsound);
    }
    Ok(told?)
}

fn tell(
    sink: &mut Sink,
    source: &SourceText,
    path: &str,
    findings: &[CheckFinding],
    [contacts, mendable]: [usize; 2],
) -> io::Result<()> {
    for finding in findings {
        finding.tell(sink, source)?;
    }
    sink.line(sum(path, findings, contacts))?;
    if mendable > 0 {
        let slips = count(mendable, "typo", "typos");
        let hint = format!("`netkeep check --fix` fixes {slips}");
        sink.line(labelled("hint") + Text::new(&hint))?;
    }
    Ok(())
}

fn sum(path: &str, findings: &[CheckFinding], contacts: usize) -> String {
    let wrong = findings.iter().filter(|finding| finding.is_wrong()).count();
    let notes = findings.len() - wrong;
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
