//! Conflict copies: one change of the book from all of them, then each is moved to its older versions.
//!
//! What has to be asked is asked while the book is open for other programs, and asked again where the book has changed
//! meanwhile. Nothing is written before every answer is there. The book is saved first and the copies are moved then: after a
//! crash between the two there is nothing new in them, and they are moved.

use std::path::{Path, PathBuf};

use crate::app::ask::AnswerSource;
use crate::app::choose_values::what;
use crate::app::{App, notes};
use crate::domain::Book;
use crate::domain::changes::book_change::BookChange;
use crate::error::{Error, Result, reason};
use crate::render::json;
use crate::render::words::joined;
use crate::render::words::messages::quoted;
use crate::render::words::plural::{and, count};
use crate::store::{
    BookFile, Change, ConflictCopy, CopyBase, CopyProblem, Detail, JoinedCopy, Lineage, Patch,
    Returning, ValueConflict, read,
};

/// The most people of one kind who are named.
const MOST_NAMED: usize = 5;

/// What becomes of a copy that would bring back what was removed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Back {
    Join,
    JoinWithout,
    Leave,
}

/// Which copies are joined, and what was answered about them.
struct Wish<'a> {
    /// The copies that the user named.
    named: &'a [PathBuf],
    yes: bool,
    /// Whether a person is there to answer.
    asks: bool,
    answers: Vec<(PathBuf, Vec<Returning>, Back)>,
}

/// What the copies make of the book.
#[derive(Default)]
struct Plan {
    text: String,
    joined: Vec<Joined>,
    /// The copies that stay where they are, and why.
    left: Vec<(String, String)>,
    /// The names of files that may be copies.
    others: Vec<String>,
}

/// A copy that is joined.
struct Joined {
    copy: ConflictCopy,
    what: JoinedCopy,
    /// The book before and after.
    books: [Book; 2],
    /// Whether theirs of the values that differ are noted beside ours.
    is_noted: bool,
}

/// What a person has to answer first.
enum Question {
    Values(Vec<ValueConflict>, String),
    Back {
        path: PathBuf,
        people: Vec<Returning>,
        is_older: bool,
    },
}

/// Joins the copies beside the book that a sync program made, and those that are `named`; says whether there are any.
pub(super) fn join(app: &mut App, named: &[PathBuf], yes: bool) -> Result<bool> {
    let storage = app.storage()?;
    let is_nothing = !storage.has_copies() || storage.bytes().is_none();
    if named.is_empty() && is_nothing {
        return Ok(false);
    }
    drop(storage);
    let mut wish = Wish {
        named,
        yes,
        asks: !yes && !app.dry_run && app.may_ask(),
        answers: vec![],
    };
    loop {
        let file = app.open()?;
        match plan(app, &file, &wish)? {
            Err(question) => ask(app, &mut wish, question)?,
            Ok(plan) if plan.joined.is_empty() => {
                tell(app, &plan, &file)?;
                return Ok(!plan.left.is_empty());
            }
            Ok(_) => {
                drop(file);
                let file = app.open_to_join(Detail::All)?;
                match plan(app, &file, &wish)? {
                    Ok(plan) if !plan.joined.is_empty() => {
                        return write(app, file, &plan).map(|()| true);
                    }
                    // Something else is asked now, or another sync has joined them.
                    _ => {}
                }
            }
        }
    }
}

/// What the copies make of the book, or what has to be answered first.
fn plan(app: &App, file: &BookFile, wish: &Wish) -> Result<Result<Plan, Question>> {
    let storage = file.storage();
    let beside = storage.copies_beside(file.book());
    let mut plan = Plan {
        text: file.text().to_owned(),
        others: beside.others,
        ..Plan::default()
    };
    let mut copies: Vec<ConflictCopy> = Vec::new();
    for name in &beside.synced {
        match ConflictCopy::read(&storage.beside(name), storage) {
            Ok(copy) => copies.push(copy),
            Err(problem) => {
                let path = storage.beside(name);
                plan.left.push((name.clone(), why(&path, &problem)));
            }
        }
    }
    for path in wish.named {
        let copy = ConflictCopy::read(path, storage);
        let copy = copy.map_err(|problem| not_joined(path, &problem))?;
        plan.others
            .retain(|name| !copy.is_at(&storage.beside(name)));
        if !copies.iter().any(|other| copy.is_at(&other.path)) {
            copies.push(copy);
        }
    }
    let mut lineage = if copies.is_empty() {
        Lineage::default()
    } else {
        Lineage::of(storage, file.text())
    };
    let purged = storage.purged();
    let mut book = file.book().clone();
    for copy in copies {
        let is_named = wish.named.iter().any(|path| copy.is_at(path));
        let leave = |plan: &mut Plan, problem: &CopyProblem| {
            if is_named {
                return Err(not_joined(&copy.path, problem));
            }
            plan.left
                .push((name_of(&copy.path), why(&copy.path, problem)));
            Ok(())
        };
        let what = match copy.join(&plan.text, &book, &mut lineage, &purged) {
            Ok(what) => what,
            Err(problem) => {
                leave(&mut plan, &problem)?;
                continue;
            }
        };
        let back = match wish.back(&copy, &what, is_named) {
            Ok(back) => back,
            Err(question) => return Ok(Err(question)),
        };
        if back == Back::Leave {
            let why = would_bring_back(&copy.path, &what);
            if is_named && !wish.asks {
                return Err(Error::NotJoined(copy.path, why));
            }
            plan.left.push((name_of(&copy.path), why));
            continue;
        }
        let conflicts = &what.merge.conflicts;
        let choices = app.chosen_values(conflicts);
        if choices.is_none() && wish.asks {
            let name = name_of(&copy.path);
            return Ok(Err(Question::Values(conflicts.clone(), name)));
        }
        let text = what.text(choices.as_deref()).and_then(|text| match back {
            Back::JoinWithout => what.without_returning(&text),
            _ => Ok(text),
        });
        let read = |text: &String| Ok(read(text).map_err(|_| CopyProblem::NotProven)?.book);
        let after = match text.and_then(|text| Ok((read(&text)?, text))) {
            Ok((after, text)) => {
                plan.text = text;
                after
            }
            Err(problem) => {
                leave(&mut plan, &problem)?;
                continue;
            }
        };
        plan.joined.push(Joined {
            is_noted: choices.is_none(),
            copy,
            what,
            books: [book, after.clone()],
        });
        book = after;
    }
    plan.left.sort_unstable();
    Ok(Ok(plan))
}

impl Wish<'_> {
    /// What becomes of a copy that would bring back what was removed; of any other, that it is joined.
    fn back(
        &self,
        copy: &ConflictCopy,
        what: &JoinedCopy,
        is_named: bool,
    ) -> Result<Back, Question> {
        if what.returning.is_empty() && !what.is_older || is_named && self.yes {
            return Ok(Back::Join);
        }
        let mut answers = self.answers.iter();
        let answer =
            answers.find(|(path, people, _)| *path == copy.path && *people == what.returning);
        match answer {
            Some((.., back)) => Ok(*back),
            None if self.asks => Err(Question::Back {
                path: copy.path.clone(),
                people: what.returning.clone(),
                is_older: what.is_older,
            }),
            None => Ok(Back::Leave),
        }
    }
}

/// Asks, and takes down the answer. The book is not locked meanwhile.
fn ask(app: &mut App, wish: &mut Wish, question: Question) -> Result<()> {
    match question {
        Question::Values(conflicts, name) => {
            let there = format!("in {name}");
            if !app.choose_values(&conflicts, ["here", &there])? {
                return stop(app);
            }
        }
        Question::Back {
            path,
            people,
            is_older,
        } => {
            let name = name_of(&path);
            let may_be_without = !people.is_empty();
            let question = if may_be_without {
                app.say(&format!("{name} would bring back {}", gone(&people)));
                "[j] join it with them [w] without them [Enter] leave it where it is:"
            } else {
                "[j] join it [Enter] leave it where it is:"
            };
            if is_older {
                app.say(&format!("{name} is older than what is known of the book"));
            }
            let read = |typed: &str| match typed {
                "" | "q" | "n" => Some(Back::Leave),
                "j" | "y" => Some(Back::Join),
                "w" if may_be_without => Some(Back::JoinWithout),
                _ => None,
            };
            let Some(back) = app.ask_for(AnswerSource::Input, question, read)? else {
                return stop(app);
            };
            wish.answers.push((path, people, back));
        }
    }
    Ok(())
}

fn stop(app: &mut App) -> Result<()> {
    app.line("Nothing was written")?;
    Err(Error::No(1))
}

/// Saves the book, says what came from where, and moves the copies.
fn write(app: &mut App, file: BookFile, plan: &Plan) -> Result<()> {
    let after = match plan.joined.last() {
        Some(last) => last.books[1].clone(),
        None => file.book().clone(),
    };
    app.warn_of_wiped(&file, &plan.text);
    let is_changed = plan.text != file.text();
    if is_changed {
        let change = Change {
            text: Patch::from(plan.text.clone()),
            book: after,
        };
        app.save_change(&file, change)?;
    }
    tell(app, plan, &file)?;
    // The file has the lock, and the history needs it.
    drop(file);
    let moved = move_copies(app, plan)?;
    if moved == 0 {
        return Ok(());
    }
    let copies = count(moved, "copy", "copies");
    let them = if moved == 1 { "it" } else { "them" };
    app.line(match (app.dry_run, is_changed) {
        (true, _) => format!("Would join {copies}, and move {them} to the older versions"),
        (_, true) => format!(
            "Joined {copies}, and moved {them} to the older versions; `netkeep undo` undoes it"
        ),
        (_, false) => format!("Moved {copies} with nothing new to the older versions"),
    })
}

/// Moves the copies to the older versions; returns how many. One that cannot be moved stays.
fn move_copies(app: &mut App, plan: &Plan) -> Result<usize> {
    if app.dry_run || plan.joined.is_empty() {
        return Ok(plan.joined.len());
    }
    let mut storage = app.storage_to_change()?;
    let mut moved = 0;
    for joined in &plan.joined {
        match storage.take_in_copy(&joined.copy, &joined.what, app.stamp()) {
            Ok(()) => {
                app.has_saved = true;
                moved += 1;
            }
            Err(err) => app.warning(format!(
                "{} is joined, but could not be moved to the older versions: {}; it stays where it is",
                joined.copy.path.display(),
                reason(&err)
            )),
        }
    }
    Ok(moved)
}

/// Says what came from which copy, and which are left.
fn tell(app: &mut App, plan: &Plan, file: &BookFile) -> Result<()> {
    let mut documents = Vec::new();
    for joined in &plan.joined {
        let change = BookChange::between(&joined.books[0], &joined.books[1]);
        let name = name_of(&joined.copy.path);
        let lines = joined.lines(&change, app);
        for line in &lines {
            app.line(format!("From {name}: {line}"))?;
        }
        let base = match joined.what.base {
            CopyBase::Unknown => None,
            CopyBase::Book => Some("now".to_owned()),
            CopyBase::Kept(at) => Some(at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        };
        documents.push(json::joined_copy(&name, base, &change));
    }
    for (name, why) in &plan.left {
        app.note(format!("{name} stays where it is: {why}"));
    }
    if let Some([others, hint]) = notes::other_copies(&plan.others, file.storage()) {
        app.say_hinted("note", &others, Some(&hint));
    }
    app.answer_more("joined", || json::copies(documents));
    app.answer_more("left", || json::left_copies(&plan.left));
    Ok(())
}

impl Joined {
    fn lines(&self, change: &BookChange, app: &App) -> Vec<String> {
        let mut lines = joined::lines(change, app.today);
        let merge = &self.what.merge;
        if self.is_noted {
            let noted = merge.conflicts.iter().map(|conflict| {
                let place = match conflict.contact {
                    Some(_) => "the notes keep",
                    None => "a comment keeps",
                };
                let [ours, theirs] = conflict.values.each_ref().map(|value| on_one_line(value));
                format!("{} stays {ours}; {place} {theirs}", what(conflict))
            });
            lines.extend(noted);
        }
        let kept = merge.kept.iter();
        lines
            .extend(kept.map(|name| format!("{name} stays: removed in one, changed in the other")));
        let renamed = merge.renamed.iter();
        lines.extend(renamed.map(|(from, to)| {
            format!("another {from} is {to} now: nothing says that they are one person")
        }));
        if self.what.purged > 0 {
            let people = count(self.what.purged, "contact that was", "contacts that were");
            lines.push(format!("left out {people} purged from the book"));
        }
        if lines.is_empty() {
            lines.push("nothing new".to_owned());
        }
        lines
    }
}

/// A value for a sentence.
fn on_one_line(value: &str) -> String {
    crate::domain::text::shortened(&value.split_whitespace().collect::<Vec<_>>().join(" "), 60)
}

/// Why a copy stays that would bring back what was removed, and what joins it.
fn would_bring_back(path: &Path, what: &JoinedCopy) -> String {
    let why = match what.returning.as_slice() {
        [] => "it is older than what is known of the book".to_owned(),
        people => format!("it would bring back {}", gone(people)),
    };
    let path = quoted(&path.display().to_string());
    format!(
        "{why}; `netkeep sync` asks about it at a terminal, `netkeep sync --copy {path} --yes` joins it"
    )
}

/// `Ana Ruiz, who was removed`, `Bo Lind, who is Boris Lind now`.
fn gone(people: &[Returning]) -> String {
    let is_now =
        |one: &Returning| Some(format!("{}, who is {} now", one.name, one.is_now.as_ref()?));
    let removed = people.iter().filter(|one| one.is_now.is_none());
    let removed: Vec<&str> = removed.map(|one| one.name.as_str()).collect();
    let removed = match removed.as_slice() {
        [] => None,
        [name] => Some(format!("{name}, who was removed")),
        names if names.len() > MOST_NAMED => {
            Some(format!("{} people who were removed", names.len()))
        }
        names => Some(format!("{}, who were removed", and(names))),
    };
    let mut said: Vec<String> = people.iter().filter_map(is_now).collect();
    if said.len() > MOST_NAMED {
        said = vec![format!("{} people who were renamed or merged", said.len())];
    }
    let said: Vec<&str> = removed.iter().chain(&said).map(String::as_str).collect();
    said.join("; and ")
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn not_joined(path: &Path, problem: &CopyProblem) -> Error {
    Error::NotJoined(path.to_owned(), why(path, problem))
}

/// Why a copy is not joined.
fn why(path: &Path, problem: &CopyProblem) -> String {
    let file = quoted(&path.display().to_string());
    match problem {
        CopyProblem::Gone => "there is no such file".to_owned(),
        CopyProblem::Empty => "it is empty".to_owned(),
        CopyProblem::NotPlain => "it is no plain file".to_owned(),
        CopyProblem::TooLarge => "it is larger than a book may be".to_owned(),
        CopyProblem::Restless => "another program keeps writing it".to_owned(),
        CopyProblem::Unreadable(err) => format!("it cannot be read: {}", reason(err)),
        CopyProblem::NotABook => {
            format!("it is no book that can be read; `netkeep check --file {file}` shows why")
        }
        CopyProblem::Itself => "it is the book itself".to_owned(),
        CopyProblem::NotProven => {
            "the two could not be joined in a way that is sure to keep everything".to_owned()
        }
    }
}
