use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use crate::app::App;
use crate::app::input::is_stream;
use crate::domain::Book;
use crate::domain::planning::report::{NetworkReport, report};
use crate::domain::redact::redacted;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::page::{PagePeople, page};
use crate::render::words::days;
use crate::store::Detail;

/// Write your network as a page to look at: the week, the year, who is drifting
///
/// One HTML file with charts, each with a table of its numbers. It runs no program, loads nothing, and only you can read it.
/// Without `-o` it is `report.html` in netkeep's own folder, and each report replaces the last one.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep report --open\n  netkeep report -o year.html --since 2026-01-01"
)]
pub(crate) struct ReportArgs {
    /// The file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
    /// Replace everyone with invented people, to show it to others
    #[arg(long)]
    redact: bool,
    /// Look back to that day, not over twelve months; ten years at most: "2 years ago", 2026-01-01
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
}

impl ReportArgs {
    /// Whether a file is written; the book never is.
    pub(crate) fn writes(&self) -> bool {
        !self.output.as_deref().is_some_and(is_stream)
    }
}

pub(crate) fn run(app: &mut App, args: &ReportArgs) -> Result<()> {
    if !args.writes() && (app.json || args.open) {
        return Err(Error::usage(
            "`-o -` writes the page itself to standard output",
            "leave it out, or name a file: `netkeep report -o report.html`",
        ));
    }
    let since = args.since.as_deref();
    let since = since.map(|typed| app.day_back(typed, "netkeep report --since \"2 years ago\""));
    let since = since.transpose()?;
    let file = app.read_or_empty(Detail::All)?;
    // A page about nobody is no use.
    if app.says_how_to_start(&file) || file.book().contacts.is_empty() {
        return Ok(());
    }
    let invented = args.redact.then(|| redacted(file.book()));
    let book = invented.as_ref().unwrap_or(file.book());
    let report = report(book, app.today, since);
    note_start(app, book, &report, since);
    let people = match invented {
        None => PagePeople::Real,
        Some(_) => PagePeople::Invented,
    };
    let text = page(book, &report, people);
    if !args.writes() {
        return app.write_output(None, &text);
    }
    let path = match &args.output {
        Some(path) => path.clone(),
        None => app.own_report()?,
    };
    let told = |app: &mut App, is_opened| {
        let part = || json::report(&path, report.since, book.contacts.len(), is_opened);
        app.answer_more("report", part);
    };
    told(app, false);
    if app.dry_run {
        return app.line(format!("Would write {}", path.display()));
    }
    app.write_private(&path, &text)?;
    app.line(format!("Wrote {}", path.display()))?;
    if args.open && open(app, &path)? {
        told(app, true);
    }
    Ok(())
}

/// Says so where the report begins later than asked for.
fn note_start(app: &mut App, book: &Book, report: &NetworkReport, asked: Option<NaiveDate>) {
    if asked.is_none_or(|asked| asked >= report.since) {
        return;
    }
    let mut touches = book.contacts.iter().flat_map(|contact| &contact.touches);
    let why = if touches.any(|touch| touch.on < report.since) {
        "a report looks back ten years at most"
    } else {
        "there are no earlier touches"
    };
    let since = days::date(report.since, report.today);
    app.note(format!("the report begins on {since}: {why}"));
}

/// Hands the file to the desktop, and returns whether it took it. Where nothing does, the file is there all the same.
fn open(app: &mut App, path: &Path) -> Result<bool> {
    app.out.flush()?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let opened = app.hand_over(&path);
    if let Err(why) = opened {
        let why = Error::Desktop(why);
        app.note(format!("{why}; the file to open: {}", path.display()));
        return Ok(false);
    }
    Ok(true)
}
