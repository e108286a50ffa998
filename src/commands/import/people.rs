//! Imports people.

use std::collections::HashMap;
use std::io::Write;

use super::args::ImportArgs;
use super::plan::{ApprovedPlan, ImportChoices, all_rows, by_file};
use super::read_files::{self, Opened, ReadFiles};
use super::{ask_unclear, save_people};
use crate::app::ask::AnswerSource;
use crate::app::{App, pick};
use crate::commands::add::NEW_BOOK;
use crate::domain::Book;
use crate::domain::find::filter::is_none;
use crate::domain::identity::import::{Answer, Arrival, Intake, NewBucket, Outcome};
use crate::domain::identity::moves::{Move, moves};
use crate::domain::identity::supplement::Prefer;
use crate::domain::planning::move_plans::MovePlans;
use crate::error::{Error, Result};
use crate::exchange::ImportFormat;
use crate::render::json;
use crate::render::views::import_summary::sum;
use crate::render::views::moves::{moved, without_plan};
use crate::render::words::messages::quoted;
use crate::render::words::plural::count;
use crate::store;

pub(super) fn run(app: &mut App, args: &ImportArgs) -> Result<()> {
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
            plans_notes: args.plan,
        };
        if app.until_saved(|app| save_people::write(app, &wish, &read.arrivals, &agreed))? {
            return Ok(());
        }
        app.note("the book was changed in the meantime; here is what would be written now");
    }
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
    let moves = moves(&book, arrivals, &plan);
    app.progress("");

    preview(app, read, &plan, &moves, args.verbose)?;
    // Notes on stderr come after the answer.
    app.out.flush()?;
    let plans = tell_moves(app, args, &plan, &moves);
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
    if book.is_all(&plan.contacts) && plans.is_empty() {
        app.line("Nothing to write")?;
        return Ok(None);
    }
    if args.must_agree(app) && !ask_unclear::to_write(app, source, read, &plan, &moves)? {
        return nothing(app);
    }
    Ok(Some((wish, plan)))
}

fn nothing<T>(app: &mut App) -> Result<Option<T>> {
    app.line("Nothing was written")?;
    Ok(None)
}

/// Says what to type for those who have moved, and who of them gets no plan; returns the plans that are asked for.
fn tell_moves(app: &mut App, args: &ImportArgs, plan: &Intake, moves: &[Move]) -> MovePlans {
    if moves.is_empty() {
        if args.plan {
            app.note("nobody has moved, and nothing is planned");
        }
        return MovePlans::default();
    }
    app.answer_more("moved", || json::moved(plan, moves));
    if let Some(hint) = hint_about_moves(args) {
        app.hint(hint);
    }
    if !args.plan {
        return MovePlans::default();
    }
    // The import may bring a touch, a plan or a pause.
    let after: Book = plan.contacts.iter().cloned().collect();
    let plans = MovePlans::of(&after, moves, app.today);
    for line in without_plan(&after, &plans, app.today) {
        app.note(line);
    }
    plans
}

/// What to type where the book keeps its own, or nothing is planned.
fn hint_about_moves(args: &ImportArgs) -> Option<String> {
    let takes = (args.prefer == Prefer::Mine).then_some("`--prefer theirs` takes the new ones");
    let plans = (!args.plan).then_some("`--plan` plans a note to each");
    let hints: Vec<&str> = takes.into_iter().chain(plans).collect();
    (!hints.is_empty()).then(|| hints.join(", "))
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

/// Reports what was found: a line for each file, the rows that the user should look at, and who has moved.
fn preview(
    app: &mut App,
    read: &ReadFiles,
    plan: &Intake,
    moves: &[Move],
    is_verbose: bool,
) -> Result<()> {
    let mut sink = app.sink();
    for (file, rows) in by_file(read, plan) {
        let name = if read.files.len() > 1 {
            format!("{}: ", file.path.display())
        } else {
            String::new()
        };
        let sum = sum(plan, &rows, file.beside());
        sink.sentence(format!("{name}{}: {sum}", file.found.source))?;
        all_rows(&mut sink, file, plan, moves, &rows, is_verbose)?;
    }
    Ok(moved(&mut sink, &plan.contacts, moves, is_verbose)?)
}
