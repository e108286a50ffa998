//! Conflict copies: one change of the book from all of them, then each is moved to its older versions.
//!
//! What has to be asked is asked while the book is open for other programs, and asked again where the book has changed
//! meanwhile. Nothing is written before every answer is there. The book is saved first and the copies are moved then: after a
//! crash between the two there is nothing new in them, and they are moved.
//!
//! - `plan`: what the copies make of the book, or what has to be answered first. `reasons`: why copies stay
//!   where they are. `told`: what came from those that are joined, and what became of them.
//!
//! A copy that the user names and that is in another folder is a backup: it is joined, and stays where it is.

mod plan;
mod reasons;
mod told;

use std::path::PathBuf;

use self::plan::{Back, Joined, Plan, Question, Wish, plan};
use self::reasons::{doubt, gone, name_of};
use crate::app::keys::Keys;
use crate::app::{App, notes};
use crate::domain::changes::book_change::BookChange;
use crate::error::{Error, INTERRUPTED, Result, reason};
use crate::render::json::{self, JoinedDone};
use crate::store::{BookFile, Change, CopyBase, Detail, Patch};

/// What became of the copies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum CopiesOutcome {
    /// There are none.
    NoCopies,
    /// Those that are left, if any, may be backups, or were left as the user answered.
    Done,
    /// One is left that needs a person.
    Unsettled,
}

/// Joins the copies beside the book that a sync program made, and those that are `named`.
pub(super) fn join(app: &mut App, named: &[PathBuf], yes: bool) -> Result<CopiesOutcome> {
    let storage = app.storage()?;
    let is_nothing = !storage.has_copies() || storage.bytes().is_none();
    if named.is_empty() && is_nothing {
        return Ok(CopiesOutcome::NoCopies);
    }
    drop(storage);
    let mut wish = Wish {
        named,
        yes,
        asks: !yes && app.may_ask(),
        answers: vec![],
    };
    let mut known = None;
    loop {
        let file = app.open_with_people()?;
        match plan(app, &file, &wish, &mut known)? {
            Err(question) => ask(app, &mut wish, question)?,
            Ok(plan) if plan.joined.is_empty() => {
                tell(app, &plan, &file)?;
                return Ok(outcome(&plan));
            }
            Ok(plan) => {
                let planned = file.text().to_owned();
                drop(file);
                let file = app.open_to_join(Detail::All)?;
                if file.text() == planned {
                    return write(app, file, &plan).map(|()| outcome(&plan));
                }
                // Something else may be asked now, or another sync has joined them.
            }
        }
    }
}

fn outcome(plan: &Plan) -> CopiesOutcome {
    if plan.is_unsettled() {
        CopiesOutcome::Unsettled
    } else if plan.has_no_copies() {
        CopiesOutcome::NoCopies
    } else {
        CopiesOutcome::Done
    }
}

/// Asks, and takes down the answer. The book is not locked meanwhile.
fn ask(app: &mut App, wish: &mut Wish, question: Question) -> Result<()> {
    match question {
        Question::Values(question) => {
            let name = question.copy;
            if question.may_be_of_others {
                app.say(&format!(
                    "Nothing shows that {name} is a copy of this book: people of one name are taken for one person"
                ));
            }
            let there = format!("in {name}");
            if !app.choose_values(&question.conflicts, ["here", &there])? {
                return stop(app);
            }
        }
        Question::Back(copy) => {
            let name = name_of(&copy.path);
            let may_be_without = !copy.people.is_empty();
            let (mut question, mut known) = if may_be_without {
                app.say(&format!("{name} would bring back {}", gone(&copy.people)));
                (
                    vec!["[j] join it with them", "[w] without them"],
                    vec!['j', 'w'],
                )
            } else {
                (vec!["[j] join it"], vec!['j'])
            };
            question.push("[Enter] leave it where it is");
            known.extend(['\n', 'q']);
            if let Some(known) = copy.doubt {
                app.say(&format!("{name}: {}", doubt(known)));
            }
            let question = question.into_iter().map(str::to_owned);
            let mut keys = Keys::open("")?;
            let key = app.key_or_leave(&mut keys, &question.collect::<Vec<_>>(), &known);
            keys.close();
            let back = match key? {
                Some('j') => Back::Join,
                Some('w') => Back::JoinWithout,
                Some(_) => Back::Leave,
                None => return Err(Error::No(INTERRUPTED)),
            };
            wish.answers.push((copy, back));
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
    app.warn_of_wiped(&file, &plan.text);
    let is_changed = plan.text != file.text();
    if is_changed {
        let change = Change {
            text: Patch::from(plan.text.clone()),
            book: plan.book.clone(),
        };
        app.save_change(&file, change)?;
    }
    tell(app, plan, &file)?;
    // The file has the lock, and the history needs it.
    drop(file);
    let moved = move_copies(app, plan)?;
    let done = told::done(app.dry_run, is_changed, plan.joined.len(), moved);
    done.map_or(Ok(()), |done| app.line(done))
}

/// Moves the copies beside the book to the older versions; returns how many. One that cannot be moved stays.
fn move_copies(app: &mut App, plan: &Plan) -> Result<usize> {
    let is_beside = |joined: &&Joined| joined.copy.is_beside;
    if app.dry_run {
        return Ok(plan.joined.iter().filter(is_beside).count());
    }
    let mut storage = app.storage_to_change()?;
    let mut moved = 0;
    for joined in &plan.joined {
        let copy = &joined.copy;
        match storage.take_in_copy(copy, &joined.what, app.stamp()) {
            Ok(()) if copy.is_beside => {
                app.has_saved = true;
                moved += 1;
            }
            Ok(()) => {}
            Err(err) => app.warning(format!(
                "{} is joined, but could not be kept with the older versions: {}; it stays where it is",
                copy.path.display(),
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
        let noted = joined.noted().iter().map(|one| {
            let values = one.values.each_ref().map(String::as_str);
            json::conflict(one.contact.as_deref(), &one.key, values)
        });
        documents.push(JoinedDone {
            file: name,
            base,
            change,
            lacking: &joined.what.lacking,
            noted: noted.collect(),
            purged: joined.what.purged,
        });
    }
    for left in &plan.left {
        app.note(format!("{} stays where it is: {}", left.name, left.why));
    }
    if let Some([others, hint]) = notes::other_copies(&plan.others, file.storage()) {
        app.say_hinted("note", &others, Some(&hint));
    }
    app.answer_more("joined", || json::joined(documents));
    let left = plan.left.iter();
    let left = left.map(|left| (left.name.as_str(), left.why.as_str()));
    app.answer_more("left", || json::left(left));
    Ok(())
}
