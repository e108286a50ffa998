//! Imports touches from mail boxes, calendars and call lists.

use std::collections::HashSet;
use std::io::Write;

use chrono::NaiveDate;

use super::args::ImportArgs;
use super::flaws::report_flaws;
use super::own_addresses::OwnAddresses;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::app::sources::{AskedFor, SourceOptions, SourceReading, named_sources, read_sources};
use crate::domain::dates::day::Toward;
use crate::domain::sources::deleted::{is_of_sources, with_deleted_by_hand};
use crate::domain::sources::gain::{BookGain, TouchChange};
use crate::domain::sources::rule::find;
use crate::domain::sources::suggest::Suggestion;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result, SourceFailure};
use crate::render::views::found_touches::{self, FoundDetail, FoundView};
use crate::render::words::messages::UNDO;
use crate::render::words::plural::{and, count, or};
use crate::render::{Sink, json};
use crate::store::{BookFile, Edit, Origin, PastChange};

/// How many of the last changes of the book are looked through for touches that were taken out in an editor.
const EDITS_BY_HAND: usize = 50;

/// What the sources said, and what is asked of it.
struct TouchImport {
    reading: SourceReading,
    me: OwnAddresses,
    /// Nothing older is taken.
    oldest: Option<NaiveDate>,
    /// The first day that is remembered in the book, if it is another than before.
    until: Option<NaiveDate>,
}

/// What the book is to gain.
struct TouchGain {
    /// The book with what it is to remember.
    book: Book,
    gain: BookGain,
    suggested: Vec<Suggestion>,
}

/// What is written to the book as it was seen.
struct TouchEdits {
    seen: String,
    edits: Vec<Edit>,
}

/// Imports from what the book names.
pub(super) fn import_sources(app: &mut App, args: &ImportArgs) -> Result<()> {
    let book = app.open()?.book().clone();
    let named = named_sources(app, &book.sources)?;
    for missing in &named.missing {
        app.note(format!("{missing} is not on this machine"));
    }
    if !named.are_any {
        return Err(Error::Source(SourceFailure::NotNamed));
    }
    let since = since(app, args)?;
    // What is asked for once holds for the next time, and for the other machines.
    let oldest = since.or(book.sources.until);
    let until = since.filter(|since| book.sources.until != Some(*since));
    import(app, args, &book, &named.there, [oldest, until])
}

/// Imports from what was named.
pub(super) fn import_files(app: &mut App, args: &ImportArgs, sources: &[AskedFor]) -> Result<()> {
    let book = match app.open() {
        Err(Error::NoBook(_) | Error::NoFile(_)) => {
            return Err(Error::Source(SourceFailure::NobodyInBook));
        }
        file => file?.book().clone(),
    };
    let oldest = since(app, args)?.max(book.sources.until);
    import(app, args, &book, sources, [oldest, None])
}

/// Reads the sources, none of it older than `oldest`, shows what the book would gain, asks, and writes it with `until`.
fn import(
    app: &mut App,
    args: &ImportArgs,
    book: &Book,
    sources: &[AskedFor],
    [oldest, until]: [Option<NaiveDate>; 2],
) -> Result<()> {
    let answers = AnswerSource::beside(&args.files);
    if !args.suggest && book.contacts.is_empty() {
        return Err(Error::Source(SourceFailure::NobodyInBook));
    }
    let options = SourceOptions {
        since: oldest,
        has_subjects: args.subjects,
        are_named: args.files.is_empty(),
    };
    let reading = read_sources(app, sources, options)?;
    for (path, flaws) in &reading.problems {
        report_flaws(app, path, flaws, args.verbose);
    }
    let me = OwnAddresses::of(app, book, &reading, answers)?;
    let import = TouchImport {
        reading,
        me,
        oldest,
        until,
    };
    if args.suggest {
        return import.suggest(app);
    }
    loop {
        let Some(plan) = import.agree(app, args, answers)? else {
            return Ok(());
        };
        if app.until_saved(|app| import.write(app, args, &plan))? {
            return Ok(());
        }
        app.note("the book was changed in the meantime; here is what would be written now");
    }
}

impl TouchImport {
    /// What the book is to gain.
    fn find(&self, app: &App, file: &BookFile) -> TouchGain {
        let mut sources = file.book().sources.clone();
        if self.me.are_new {
            sources.me.clone_from(&self.me.all);
        }
        if let Some(until) = self.until {
            sources.until = Some(until);
            sources.ignored.retain(|touch| touch.on() >= until);
        }
        // What was taken out before the last such import, that one saw.
        let is_such = |change: &PastChange| {
            let books = change.books.as_ref();
            change.by == Origin::Command("import".to_owned())
                && books.is_some_and(|(before, after)| is_of_sources(before, after))
        };
        let edits = file.storage().edits_since(EDITS_BY_HAND, is_such);
        let book = Book {
            sources: with_deleted_by_hand(sources, &edits, file.book()),
            ..file.book().clone()
        };
        let (mut findings, suggested) =
            find(&book, &self.reading.facts, &self.me.all, app.moment());
        findings
            .seen
            .retain(|kind, _| self.reading.kinds.contains(kind));
        TouchGain {
            gain: BookGain::of(&book, findings, self.oldest),
            book,
            suggested,
        }
    }

    /// Lists people who are not in the book.
    fn suggest(&self, app: &mut App) -> Result<()> {
        let TouchGain { suggested, .. } = self.find(app, &app.open()?);
        app.answer_more("suggestions", || json::suggestions(&suggested));
        if suggested.is_empty() {
            return app.line("Nobody who is not in the book has answered you");
        }
        let today = app.today;
        Ok(found_touches::suggestions(
            &mut app.sink(),
            &suggested,
            today,
        )?)
    }

    /// Shows what would become of the book, and asks; `None` where there is nothing to write.
    fn agree(
        &self,
        app: &mut App,
        args: &ImportArgs,
        answers: AnswerSource,
    ) -> Result<Option<TouchEdits>> {
        let file = app.open()?;
        let found = self.find(app, &file);
        let view = found.view(self.oldest, app.today);
        view.write(&mut app.sink(), args.detail())?;
        app.answer_more("sources", || json::source_sums(&found.gain));
        app.answer_more("found", || json::found_touches(view));
        // Notes on stderr come after the answer.
        app.out.flush()?;
        if found.gain.are_of_others() {
            app.hint(format!(
                "none of these messages is to or from {}; if you have other addresses, add them to `me` in `[sources]` of the book",
                or(&self.me.all)
            ));
        }
        let edits = found.edits(file.book(), args);
        if edits.is_empty() {
            app.line("Nothing to write")?;
            return Ok(None);
        }
        if self.me.are_new {
            app.line(format!(
                "{} will be yours in `[sources]` of the book",
                and(&self.me.all)
            ))?;
        }
        let write = |sink: &mut Sink| Ok(view.write(sink, FoundDetail::Reasons)?);
        if args.must_agree(app) && !app.confirm_write(answers, "every touch", write)? {
            app.line("Nothing was written")?;
            return Ok(None);
        }
        let seen = file.text().to_owned();
        Ok(Some(TouchEdits { seen, edits }))
    }

    /// Writes the plan; false if the book is not the one that the user agreed to, and nothing was written.
    fn write(&self, app: &mut App, args: &ImportArgs, plan: &TouchEdits) -> Result<bool> {
        let file = app.open_to_change()?;
        let edits = if plan.seen == file.text() {
            plan.edits.clone()
        } else if args.must_agree(app) {
            return Ok(false);
        } else {
            self.find(app, &file).edits(file.book(), args)
        };
        let (change, left) = app.change_most(&file, &edits)?;
        if edits.iter().all(|edit| !is_made(edit, &left)) {
            app.line("Nothing was written")?;
        } else if app.save_change(&file, change)?.is_some() {
            app.line(format!("{}{UNDO}", said(&edits, &left)))?;
        }
        Ok(true)
    }
}

impl TouchGain {
    fn view(&self, oldest: Option<NaiveDate>, today: NaiveDate) -> FoundView<'_> {
        FoundView {
            book: &self.book,
            gain: &self.gain,
            oldest,
            today,
        }
    }

    /// The edits of the touches, and of what the book is to remember.
    fn edits(&self, before: &Book, args: &ImportArgs) -> Vec<Edit> {
        let Self { book, gain, .. } = self;
        let changes = gain.changes(book, args.subjects);
        let mut edits: Vec<Edit> = changes.into_iter().map(edit).collect();
        if book.sources != before.sources {
            edits.push(Edit::Sources(Box::new(book.sources.clone())));
        }
        edits
    }
}

fn edit(change: TouchChange) -> Edit {
    match change {
        TouchChange::Amend {
            contact,
            index,
            touch,
        } => Edit::Amend {
            contact,
            index,
            touch,
        },
        TouchChange::Delete { contact, index } => Edit::DeleteTouch { contact, index },
        TouchChange::Add {
            contact,
            index: Some(index),
            touch,
        } => Edit::Insert {
            contact,
            index,
            touch,
        },
        TouchChange::Add {
            contact,
            index: None,
            touch,
        } => Edit::Log { contact, touch },
    }
}

/// Whether an edit is made if those of some contacts are not.
fn is_made(edit: &Edit, left: &[ContactId]) -> bool {
    edit.contact().is_none_or(|id| !left.contains(&id))
}

/// What was written: `Logged 29 touches with 17 people`.
fn said(edits: &[Edit], left: &[ContactId]) -> String {
    let is_added = |edit: &&Edit| matches!(edit, Edit::Log { .. } | Edit::Insert { .. });
    let of_contacts = edits.iter().filter(|edit| edit.contact().is_some());
    let made: Vec<&Edit> = of_contacts.filter(|edit| is_made(edit, left)).collect();
    let added = made.iter().copied().filter(is_added);
    let people: HashSet<ContactId> = added.clone().filter_map(Edit::contact).collect();
    let added = added.count();
    let is_answered = |edit: &&&Edit| matches!(edit, Edit::Amend { .. });
    let answered = made.iter().filter(is_answered).count();
    let returned = made.len() - added - answered;
    let touches = count(added, "touch", "touches");
    match (added, answered) {
        (0, 0) if returned > 0 => format!(
            "Took out {} that you deleted on another machine",
            count(returned, "touch", "touches")
        ),
        (0, 0) => "Remembered in `[sources]` of the book".to_owned(),
        (0, _) => format!(
            "Took the direction off {}, since answered",
            count(answered, "touch", "touches")
        ),
        _ => format!(
            "Logged {touches} with {}",
            count(people.len(), "person", "people")
        ),
    }
}

/// The first day that is asked for.
fn since(app: &App, args: &ImportArgs) -> Result<Option<NaiveDate>> {
    let since = args.since.as_deref();
    since.map(|typed| app.day(typed, Toward::Past)).transpose()
}

impl ImportArgs {
    fn detail(&self) -> FoundDetail {
        match (self.why, self.verbose) {
            (true, _) => FoundDetail::Reasons,
            (false, true) => FoundDetail::Touches,
            (false, false) => FoundDetail::Sum,
        }
    }
}
