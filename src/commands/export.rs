use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::grammar::{ArgValue, one_of};
use crate::app::App;
use crate::app::filter_args::FilterArgs;
use crate::app::input::is_stream;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::identity::match_key::exported_uids;
use crate::domain::redact::redacted;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::exchange::{CalendarEntry, Formulas, VcardVersion, calendar, csv, vcards_with_uids};
use crate::render::json;
use crate::render::words::plural;
use crate::store::{self, BookFile, Edit, Failure};

/// Write contacts for other programs
///
/// Exports everyone, or those given by name, bucket, tag or city. The answer goes to standard output, or with `-o` to a file.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep export --output all.vcf\n  netkeep export -b clients --to csv"
)]
#[command(after_help = NOTES)]
pub(crate) struct ExportArgs {
    /// Only these contacts
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The format; by default from the extension of the `-o` file, else vcard
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// The version of vCards
    #[arg(long, value_name = "VERSION", default_value = "3", value_parser = versions())]
    vcard: VcardVersion,
    /// What to do in CSV with cells that a spreadsheet would take for formulas: guard them with an apostrophe (the
    /// default), or keep them as they are, for other programs
    #[arg(long, value_name = "HOW", value_parser = one_of(FORMULAS))]
    formulas: Option<Formulas>,
    #[command(flatten)]
    filter: FilterArgs,
    /// The file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace everyone with invented people, for a bug report
    #[arg(long)]
    redact: bool,
}

/// Below the options.
const NOTES: &str = "\
# The formats

Every format but ics holds everything about a contact, notes and touches too: think of that before you share it. `netkeep help
formats` describes each.";

/// What becomes of cells that a spreadsheet would take for formulas.
const FORMULAS: [ArgValue<Formulas>; 2] =
    [("guard", "", Formulas::Guard), ("keep", "", Formulas::Keep)];

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    #[value(alias = "vcf")]
    Vcard,
    Csv,
    Json,
    #[value(alias = "ical")]
    Ics,
    Toml,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Vcard => "vCard",
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Ics => "iCalendar",
            Self::Toml => "a book",
        }
    }
}

/// The versions of vCards, as they are typed.
fn versions() -> impl TypedValueParser<Value = VcardVersion> {
    let version = |version, alias| PossibleValue::new(version).alias(alias);
    let versions = [version("3", "3.0"), version("4", "4.0")];
    PossibleValuesParser::new(versions).map(|version| {
        if version.starts_with('3') {
            VcardVersion::V3
        } else {
            VcardVersion::V4
        }
    })
}

impl ExportArgs {
    /// The file to write, if the answer does not go to standard output.
    fn file(&self) -> Option<&Path> {
        let file = self.output.as_deref();
        file.filter(|path| !is_stream(path))
    }

    /// Whether a file is written; the book never is.
    pub(crate) fn writes(&self) -> bool {
        self.file().is_some()
    }
}

pub(crate) fn run(app: &mut App, args: &ExportArgs) -> Result<()> {
    let format = format(app, args)?;
    if args.formulas.is_some() && format != Format::Csv {
        return Err(Error::usage(
            format!("`--formulas` is for CSV, and this is {}", format.name()),
            "leave it out, or ask for a table with `--to csv`",
        ));
    }
    let file = app.open()?;
    let filter = args.filter.filter(file.book())?;
    let named = app.pick_all(file.book(), &args.names)?;
    let is_meant = |id: &ContactId| named.is_empty() || named.contains(id);
    let is_asked_for = |id: &ContactId| is_meant(id) && filter.takes(file.book().contact(*id));
    let ids: Vec<ContactId> = file.book().ids().filter(is_asked_for).collect();
    let invented = args.redact.then(|| redacted(file.book()));
    let book = invented.as_ref().unwrap_or(file.book());

    let contacts = || ids.iter().map(|id| book.contact(*id));
    if ids.is_empty() && !args.writes() {
        app.note("nobody matches: the answer has no contacts");
    }
    if app.json && !args.writes() {
        return app.document(&json::list(book, &ids, app.today));
    }
    let text = match format {
        Format::Vcard => {
            let uids = exported_uids(&book.contacts);
            let cards = ids
                .iter()
                .map(|id| (book.contact(*id), uids[id.0].as_str()));
            vcards_with_uids(cards, args.vcard)
        }
        Format::Csv => csv(contacts(), args.formulas.unwrap_or(Formulas::Guard)),
        Format::Json => {
            let mut out = Vec::new();
            json::write(&mut out, &json::list(book, &ids, app.today))?;
            String::from_utf8_lossy(&out).into_owned()
        }
        Format::Ics => due_days(book, &ids, app.today),
        Format::Toml => match &invented {
            Some(book) => written_anew(&file, book, &ids)?,
            None => without_others(&file, &ids)?,
        },
    };
    let file = args.file();
    // Nobody is no reason to write over a file.
    if ids.is_empty() && file.is_some() {
        return Err(Error::Nobody);
    }
    // A dry run shows what a file would hold.
    let is_file = file.is_some() && !app.dry_run;
    app.write_output(file.filter(|_| is_file), &text)?;
    if let Some(path) = file {
        app.answer_more("file", || {
            let typed = format.to_possible_value();
            let typed = typed.as_ref().map_or("", PossibleValue::get_name);
            json::file(path, typed, ids.len())
        });
    }
    if let Some(path) = file.filter(|_| is_file) {
        let number = match format {
            Format::Ics => {
                let count = |begin| text.matches(begin).count();
                let days = plural::count(count("BEGIN:VEVENT\r\n"), "day", "days");
                match count("BEGIN:VTODO\r\n") {
                    0 => days,
                    todos => format!("{days} and {}", plural::count(todos, "to-do", "to-dos")),
                }
            }
            _ => plural::count(ids.len(), "contact", "contacts"),
        };
        let said = format!("Wrote {number} to {}, as {}", path.display(), format.name());
        app.line(said)?;
    }
    Ok(())
}

/// A calendar with the due day of each contact that has one, and with the promises, except to those who are paused.
fn due_days(book: &Book, ids: &[ContactId], today: NaiveDate) -> String {
    let uids = exported_uids(&book.contacts);
    let entry = |id: &ContactId| {
        let (contact, standing) = (book.contact(*id), standing(book, *id, today));
        let is_paused = standing.quiet == Some(Quiet::Paused);
        CalendarEntry {
            contact,
            uid: &uids[id.0],
            due: standing.due.filter(|_| standing.quiet.is_none()),
            promises: if is_paused { &[] } else { &contact.promises },
        }
    };
    let entries: Vec<CalendarEntry> = ids.iter().map(entry).collect();
    calendar(&entries, today)
}

/// The format that is asked for, in words or by the name of the file.
fn format(app: &App, args: &ExportArgs) -> Result<Format> {
    let by_name = || {
        let end = args.output.as_ref()?.extension()?.to_str()?.to_lowercase();
        Some(match end.as_str() {
            "vcf" => Format::Vcard,
            "csv" => Format::Csv,
            "json" => Format::Json,
            "ics" => Format::Ics,
            "toml" => Format::Toml,
            _ => return None,
        })
    };
    match args.to {
        Some(to) if app.json && to != Format::Json && !args.writes() => Err(Error::usage(
            "`--json` and `--to` ask for two formats",
            "say one of the two",
        )),
        Some(to) => Ok(to),
        None if app.json && !args.writes() => Ok(Format::Json),
        None => {
            let otherwise = if app.json {
                Format::Json
            } else {
                Format::Vcard
            };
            Ok(by_name().unwrap_or(otherwise))
        }
    }
}

/// The book as it is, without those who are not meant.
fn without_others(file: &BookFile, ids: &[ContactId]) -> Result<String> {
    let others = file.book().ids().filter(|id| !ids.contains(id));
    let others: Vec<Edit> = others.map(Edit::Remove).collect();
    if others.is_empty() {
        return Ok(file.text().to_owned());
    }
    match file.change(&others) {
        Ok(change) => Ok(change.text.to_string()),
        // Where nobody can be taken out, the others are written anew.
        Err(_) => written_anew(file, file.book(), ids),
    }
}

/// A book without comments, which may name real people.
fn written_anew(file: &BookFile, book: &Book, ids: &[ContactId]) -> Result<String> {
    let contacts = ids.iter().map(|id| Arc::clone(&book.contacts[id.0]));
    let mut book = Book {
        contacts: contacts.collect(),
        ..book.clone()
    };
    let names: HashSet<&str> = book.contacts.iter().map(|one| one.name.trim()).collect();
    let ignored = &mut book.sources.ignored;
    ignored.retain(|touch| names.contains(touch.name()));
    store::text_of(&book).map_err(|refused| {
        let failure = Failure::Refused(String::new(), refused);
        failure.at(file.path()).into()
    })
}
