//! The files to import, read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::ImportArgs;
use super::flaws::{SHOWN, report_flaws};
use crate::app::{App, input};
use crate::domain::identity::import::Arrival;
use crate::error::{Error, Result};
use crate::exchange::{self, ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable};
use crate::render::views::import_summary::Skipped;
use crate::render::views::problem;
use crate::render::words::plural::count;
use crate::store::{self, Failure};

/// The files, and the people in all of them.
pub(super) struct ReadFiles {
    pub(super) files: Vec<Opened>,
    pub(super) arrivals: Vec<Arrival>,
}

/// A file that was read. The people in it are among the arrivals.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    pub(super) found: Parsed,
    pub(super) people: usize,
}

/// Reads every file, and reports what is wrong in each.
pub(super) fn open_all(app: &App, args: &ImportArgs) -> Result<ReadFiles> {
    let how = ReadOptions {
        map: pairs(&args.map)?,
        last_from: args.last_from.clone(),
        encoding: args.encoding.clone(),
        dates: args.dates,
        today: app.today,
    };
    let mut arrivals = Vec::new();
    let mut number = 0;
    let open = |path: &PathBuf| {
        let bytes = input::read(path)?;
        app.progress(&format!("Reading {} KiB …", bytes.len() >> 10));
        let found = read(app, path, &bytes, &how);
        app.progress("");
        let mut found = found?;
        report(app, path, &found, args.verbose);
        let (path, people) = (path.to_owned(), found.people.len());
        for arrival in &mut found.people {
            arrival.file = number;
        }
        number += 1;
        arrivals.append(&mut found.people);
        Ok(Opened {
            path,
            found,
            people,
        })
    };
    let files = args.files.iter().map(open).collect::<Result<_>>()?;
    Ok(ReadFiles { files, arrivals })
}

/// `name=Full Name,email=Mail`; a piece without an equals sign belongs to the header before it, whose comma it followed.
fn pairs(typed: &[String]) -> Result<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in typed.iter().flat_map(|typed| typed.split(',')) {
        match (piece.split_once('='), pairs.last_mut()) {
            (Some((field, header)), _) if !field.trim().is_empty() && !header.trim().is_empty() => {
                pairs.push((field.trim().to_owned(), header.trim().to_owned()));
            }
            (None, Some((_, header))) => header.extend([",", piece]),
            _ => {
                return Err(Error::usage(
                    format!("`{piece}` is not FIELD=COLUMN"),
                    "write it like `--map name=\"Full Name\",email=Mail`",
                ));
            }
        }
    }
    Ok(pairs)
}

fn read(app: &App, path: &Path, bytes: &[u8], how: &ReadOptions) -> Result<Parsed> {
    let text = str::from_utf8(bytes).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let may_be_book = how.map.is_empty() && text.lines().any(is_of_a_book);
    let read = may_be_book.then(|| store::read(text));
    if let Some(Ok(read)) = read {
        return book(app, path, text, read);
    }
    match (exchange::read(bytes, how), read) {
        // A book with a problem is still a book.
        (Err(Unreadable::Unknown(_)), Some(Err(problems))) => {
            let failure = Failure::Broken(text.to_owned(), problems);
            Err(failure.at(path).into())
        }
        (found, _) => found.map_err(|why| Error::Unreadable(path.to_owned(), why)),
    }
}

/// Whether a line begins what only a book has, however it is spaced.
fn is_of_a_book(line: &str) -> bool {
    let plain: String = line
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(12)
        .collect();
    ["[[contacts]]", "contacts=[", "[buckets.", "[buckets]"]
        .iter()
        .any(|start| plain.starts_with(start))
}

/// Everyone in another book.
fn book(app: &App, path: &Path, text: &str, read: store::ParsedBook) -> Result<Parsed> {
    let name = path.display().to_string();
    let wrong = read
        .problems
        .iter()
        .filter(|problem| problem.severity == store::Severity::Wrong);
    app.report("warning", &problem::SourceText::new(&name, text), wrong);
    let headers = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.replace([' ', '\t'], "").starts_with("[[contacts]]"));
    let mut lines = headers.map(|(at, _)| at + 1);
    let mut flaws = Vec::new();
    let mut people = Vec::new();
    for contact in read.book.contacts {
        let line = lines.next().unwrap_or(1);
        if contact.name.trim().is_empty() {
            flaws.push(RowProblem::lost(line, "no name"));
        } else {
            people.push(Arrival {
                contact: Arc::unwrap_or_clone(contact),
                line,
                is_own: true,
                ..Arrival::default()
            });
        }
    }
    Ok(Parsed {
        source: ImportFormat::Book,
        people,
        flaws,
        ..Parsed::default()
    })
}

/// Reports each problem and each remark with its place.
fn report(app: &App, path: &Path, found: &Parsed, is_verbose: bool) {
    let most = if is_verbose { usize::MAX } else { SHOWN };
    let name = path.display();
    report_flaws(app, path, &found.flaws, is_verbose);
    for remark in found.remarks.iter().take(most) {
        let place = remark.line.map(|line| format!(":{line}"));
        app.note(format!(
            "{name}{}: {}",
            place.unwrap_or_default(),
            remark.what
        ));
    }
    let more = found.remarks.len().saturating_sub(most);
    if more > 0 {
        app.note(format!(
            "{} on {name}; `--verbose` shows them all",
            count(more, "more note", "more notes")
        ));
    }
}

impl Opened {
    /// The word for what netkeep does not use.
    pub(super) fn columns(&self) -> &'static str {
        match self.found.source {
            ImportFormat::Vcard => "properties",
            _ => "columns",
        }
    }

    /// What the file held besides people.
    pub(super) fn beside(&self) -> Skipped {
        Skipped {
            lost: self.found.flaws.iter().filter(|flaw| flaw.is_lost).count(),
            row: match self.found.source {
                ImportFormat::Vcard => ("card", "cards"),
                ImportFormat::Abook => ("entry", "entries"),
                ImportFormat::Book => ("contact", "contacts"),
                _ => ("row", "rows"),
            },
            groups: self.found.groups,
            media: self.found.media,
        }
    }
}
