mod ask_unclear;
mod read_files;
mod save_people;

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use self::read_files::{Opened, ReadFiles};
use super::add::NEW_BOOK;
use super::grammar::{ArgValue, one_of};
use crate::app::ask::AnswerSource;
use crate::app::{App, pick};
use crate::domain::Book;
use crate::domain::find::filter::is_none;
use crate::domain::identity::import::{Answer, Arrival, Intake, NewBucket, Outcome, intake};
use crate::domain::identity::supplement::Prefer;
use crate::error::{Error, Result};
use crate::exchange::{ImportFormat, Order};
use crate::render::json;
use crate::render::views::import;
use crate::render::views::import_summary::{ImportRow, sum};
use crate::render::words::messages::quoted;
use crate::render::words::plural::count;
use crate::render::{Sink, Text};
use crate::store;

/// Import contacts from another program
///
/// Reads vCards (2.1, 3.0, 4.0), CSV from LinkedIn, Google, Outlook, Thunderbird or any other program, abook, and another
/// book of netkeep's; the format is detected. Shows what it found and asks before it writes. Importing the same file again
/// changes nothing: contacts are matched by UID, e-mail address, phone number, link, or name with company, and gain only
/// what they lack. New contacts have no bucket unless the file or `-b` gives them one; `netkeep undo` undoes all of it.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep import Connections.csv --yes\n  netkeep import contacts.vcf --verbose --dry-run"
)]
#[command(after_help = include_str!("help/fields.md"))]
pub(crate) struct ImportArgs {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Put new people into this bucket, with first days spread over its cadence; `none` for no bucket
    #[arg(short, long)]
    bucket: Option<String>,
    /// Leave out first days: due a cadence from today, or as their touches say
    #[arg(long)]
    now: bool,
    /// Say which column of a CSV file is which: name="Full Name",email=Mail
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    map: Vec<String>,
    /// Take the last contact from this column or property
    #[arg(long, value_name = "FIELD")]
    last_from: Option<String>,
    /// Which side wins where the file and the book differ
    #[arg(long, value_name = "WHOSE", default_value = "mine", value_parser = one_of(WHOSE))]
    prefer: Prefer,
    /// What to do with people whose match is unclear, without asking
    #[arg(long, value_name = "WHAT", value_parser = one_of(UNCLEAR))]
    unclear: Option<Answer>,
    /// How the file writes days like 3/5/2023
    #[arg(long, value_name = "ORDER", value_parser = one_of(DATES))]
    dates: Option<Order>,
    /// The encoding of the file, like windows-1250, where the guess is wrong
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Write nothing if a row or card has a problem
    #[arg(long)]
    strict: bool,
    /// Write without asking
    #[arg(short, long)]
    yes: bool,
    /// Show every row
    #[arg(short, long)]
    verbose: bool,
}

const WHOSE: [ArgValue<Prefer>; 2] = [
    ("mine", "The book's", Prefer::Mine),
    ("theirs", "The file's", Prefer::Theirs),
];

const UNCLEAR: [ArgValue<Answer>; 3] = [
    (
        "same",
        "The contact they may be, if there is only one",
        Answer::Only,
    ),
    ("new", "A new contact", Answer::New),
    ("skip", "Leave them out", Answer::Leave),
];

const DATES: [ArgValue<Order>; 2] = [
    ("dmy", "The day first", Order::DayFirst),
    ("mdy", "The month first", Order::MonthFirst),
];

/// The choices made by options and by answers.
struct ImportChoices {
    prefer: Prefer,
    answers: HashMap<usize, Answer>,
    /// The answer for all others.
    otherwise: Answer,
}

pub(crate) fn run(app: &mut App, args: &ImportArgs) -> Result<()> {
    let mut read = read_files::open_all(app, args)?;
    let flaws = read.files.iter().map(|file| file.found.flaws.len()).sum();
    if args.strict && flaws > 0 {
        return Err(Error::Flawed(flaws));
    }
    loop {
        let (book, seen) = book(app)?;
        let bucket = args.bucket.as_deref();
        let bucket = bucket.map(|typed| pick::bucket_or_none(&book, typed));
        let bucket = bucket.transpose()?.map_or(NewBucket::Own, NewBucket::Given);
        tag_strange_buckets(app, &mut read.arrivals, &book);
        let Some((wish, plan)) = agree(app, args, &read, book)? else {
            return Ok(());
        };
        let agreed = ApprovedPlan {
            plan,
            seen,
            must_agree: args.must_agree(app),
            bucket,
            now: args.now,
        };
        if app.until_saved(|app| save_people::write(app, &wish, &read.arrivals, &agreed))? {
            return Ok(());
        }
        app.note("the book was changed in the meantime; here is what would be written now");
    }
}

impl ImportArgs {
    /// Whether the user has to agree before anything is written.
    fn must_agree(&self, app: &App) -> bool {
        !self.yes && !app.dry_run
    }
}

/// The import to write, as the user saw it.
struct ApprovedPlan {
    /// What the import makes of the book.
    plan: Intake,
    /// The text of that book.
    seen: String,
    /// Whether the user agreed to it: then it is written to that book and to no other.
    must_agree: bool,
    bucket: NewBucket,
    /// Whether nobody gets a first day.
    now: bool,
}

/// The book and its text.
fn book(app: &App) -> Result<(Book, String)> {
    match app.open() {
        Err(Error::NoBook(_) | Error::NoFile(_)) => {
            app.check_folder()?;
            let book = store::book_in(NEW_BOOK.as_bytes()).unwrap_or_default();
            Ok((book, NEW_BOOK.to_owned()))
        }
        opened => {
            let file = opened?;
            Ok((file.book().clone(), file.text().to_owned()))
        }
    }
}

/// Shows what would become of `book`, and asks; `None` where there is nothing to write.
fn agree(
    app: &mut App,
    args: &ImportArgs,
    read: &ReadFiles,
    book: Book,
) -> Result<Option<(ImportChoices, Intake)>> {
    let arrivals = &read.arrivals;
    let source = AnswerSource::beside(&args.files);
    let mut wish = ImportChoices {
        prefer: args.prefer,
        answers: HashMap::new(),
        otherwise: args.unclear.unwrap_or(Answer::Leave),
    };
    app.progress(&format!(
        "Comparing {} …",
        count(arrivals.len(), "person", "people")
    ));
    let is_asked = args.must_agree(app) && args.unclear.is_none() && app.has_person(source);
    if is_asked && !ask_unclear::about_unclear(app, &book, arrivals, &mut wish, source)? {
        return nothing(app);
    }
    let plan = wish.plan(&book, arrivals, app);
    app.progress("");

    preview(app, read, &plan, args.verbose)?;
    // Notes on stderr come after the answer.
    app.out.flush()?;
    let is_open = |outcome: &&Outcome| matches!(outcome, Outcome::Unclear(..));
    let unclear = plan.outcomes.iter().filter(is_open).count();
    if unclear > 0 {
        app.answer_more("unclear", || json::unclear(&plan, arrivals));
    }
    if args.strict && unclear > 0 {
        return Err(Error::Unclear(unclear));
    }
    if unclear > 0 && args.unclear.is_none() && !is_asked {
        app.hint(HINT_UNCLEAR);
    }
    let can_map =
        |file: &Opened| file.found.source == ImportFormat::Csv && !file.found.unused.is_empty();
    if read.files.iter().any(can_map) {
        app.hint(HINT_UNUSED);
    }
    let loose = plan.known_without_bucket();
    if args.bucket.is_some() && loose > 0 {
        app.hint(format!(
            "`-b` is for new people, and {}: `netkeep triage` goes through them",
            count(
                loose,
                "known one is in no bucket",
                "known ones are in no bucket"
            )
        ));
    }
    if book.is_all(&plan.contacts) {
        app.line("Nothing to write")?;
        return Ok(None);
    }
    if args.must_agree(app) && !ask_unclear::to_write(app, source, read, &plan)? {
        return nothing(app);
    }
    Ok(Some((wish, plan)))
}

fn nothing<T>(app: &mut App) -> Result<Option<T>> {
    app.line("Nothing was written")?;
    Ok(None)
}

const HINT_UNCLEAR: &str = "`--unclear same` or `--unclear new` decides about the unclear ones";
const HINT_UNUSED: &str = "`--map FIELD=COLUMN` imports a column, as in `--map notes=Remarks`";

/// Turns buckets that this book does not have into tags.
fn tag_strange_buckets(app: &App, arrivals: &mut [Arrival], book: &Book) {
    let mut strange: Vec<String> = Vec::new();
    for contact in arrivals.iter_mut().map(|arrival| &mut arrival.contact) {
        let is_strange = |name: &mut String| book.bucket(name).is_none();
        if let Some(bucket) = contact.bucket.take_if(is_strange) {
            if is_none(&bucket) {
                continue;
            }
            if !contact.tags.contains(&bucket) {
                contact.tags.push(bucket.clone());
            }
            if !strange.contains(&bucket) {
                strange.push(bucket);
            }
        }
    }
    for bucket in strange {
        app.note(format!(
            "this book has no bucket `{bucket}`: it becomes a tag, unless you add it first: `netkeep bucket add {} --cadence \"4 weeks\"`",
            quoted(&bucket)
        ));
    }
}

impl ImportChoices {
    fn plan(&self, book: &Book, arrivals: &[Arrival], app: &App) -> Intake {
        let answer = |at: usize| self.answers.get(&at).copied().unwrap_or(self.otherwise);
        intake(book, arrivals, self.prefer, answer, app.today)
    }
}

/// Each file with its arrivals and what becomes of them.
fn by_file<'p>(
    read: &'p ReadFiles,
    plan: &'p Intake,
) -> impl Iterator<Item = (&'p Opened, Vec<ImportRow<'p>>)> {
    let mut rows = read.arrivals.iter().zip(&plan.outcomes);
    let files = read.files.iter();
    files.map(move |file| (file, rows.by_ref().take(file.people).collect()))
}

/// Reports what was found: a line for each file, and the rows that the user should look at.
fn preview(app: &mut App, read: &ReadFiles, plan: &Intake, is_verbose: bool) -> Result<()> {
    let mut sink = app.sink();
    for (file, rows) in by_file(read, plan) {
        let name = if read.files.len() > 1 {
            format!("{}: ", file.path.display())
        } else {
            String::new()
        };
        let sum = sum(plan, &rows, file.beside());
        sink.sentence(format!("{name}{}: {sum}", file.found.source))?;
        all_rows(&mut sink, file, plan, &rows, is_verbose)?;
    }
    Ok(())
}

fn all_rows(
    sink: &mut Sink,
    file: &Opened,
    plan: &Intake,
    rows: &[ImportRow],
    is_verbose: bool,
) -> Result<()> {
    if is_verbose {
        import::rows(sink, plan, rows)?;
    }
    import::to_look_at(sink, plan, rows)?;
    if !file.found.unused.is_empty() {
        let (what, unused) = (file.columns(), file.found.unused.join(", "));
        let line = Text::one_line(&format!("{what} left out: {unused}"));
        sink.message(&Text::new("  "), line)?;
    }
    Ok(())
}
