//! The editor at the whole book. It edits a copy: what is no book never becomes the book.

use std::path::Path;

use super::draft_problems::{edit_again, error, show_problems};
use super::first_due;
use super::newlines::with_newlines_of;
use crate::app::ask::AnswerSource;
use crate::app::{AfterEdit, App, Draft};
use crate::domain::changes::book_change::BookChange;
use crate::domain::planning::spread::first_days;
use crate::domain::sources::ignored::ignored_after;
use crate::domain::{Book, ContactId, IgnoredTouch, Next};
use crate::error::{Error, Result, label_of};
use crate::render::views::problem::{SourceText, say};
use crate::render::words::changed::changed;
use crate::render::words::plural;
use crate::store::{self, BookFile, Failure, ParsedBook, Problem, Storage, StoreError};

/// The book as the editor opens it.
struct OpenedBook {
    storage: Storage,
    text: String,
    /// What it said; `None` if it could not be read.
    parsed: Option<ParsedBook>,
}

/// A text that is a book.
struct NewBook {
    text: String,
    book: Book,
    newcomers: Vec<ContactId>,
}

/// Opens the editor at a copy of the book, again and again until what comes back is a book or the user gives up. What was typed
/// is never lost: what cannot be used is kept in a file.
///
/// Nobody waits for an editor: the book is only read here, and locked when the text comes back.
pub(super) fn edit(app: &mut App, now: bool) -> Result<()> {
    app.check_may_edit("NAME")?;
    let opened = &OpenedBook::of(app)?;
    let mark = opened.text.len() - opened.text.trim_start_matches('\u{feff}').len();
    let draft = Draft::new(&opened.storage, &opened.text[mark..])?;
    let path = draft.path().to_owned();
    app.until_taken(draft, |app, typed| {
        let text = opened.text[..mark].to_owned() + &with_newlines_of(&opened.text, typed);
        if text == opened.text {
            app.line("Nothing changed")?;
            return Ok(AfterEdit::Done);
        }
        let parsed = match opened.judge(app, &text)? {
            Ok(parsed) => parsed,
            Err(next) => return Ok(next),
        };
        let new = opened.settled(app, text, parsed, now);
        let is_saved = app.until_saved(|app| opened.write(app, &new, &path))?;
        if is_saved {
            app.line(opened.said(app, &new))?;
        }
        Ok(AfterEdit::Done)
    })
}

impl OpenedBook {
    fn sound(file: BookFile) -> Self {
        let text = file.text().to_owned();
        let (storage, parsed) = file.into_parts();
        let parsed = Some(parsed);
        Self {
            storage,
            text,
            parsed,
        }
    }

    /// Reads the book. One that is broken opens too: this is how it is fixed.
    fn of(app: &App) -> Result<Self> {
        let broken = match app.open() {
            Ok(file) => {
                if !app.dry_run {
                    file.check_people()?;
                    file.storage().check_writable()?;
                }
                app.warn_of_wiped(&file, file.text());
                return Ok(Self::sound(file));
            }
            Err(err) => err,
        };
        let storage = app.storage()?;
        match (&broken, storage.text().map(str::to_owned)) {
            (
                Error::Store(StoreError {
                    why: Failure::Broken(_, problems),
                    path,
                }),
                Some(text),
            ) => {
                let path = path.display().to_string();
                app.report("warning", &SourceText::new(&path, &text), problems);
                Ok(Self {
                    storage,
                    text,
                    parsed: None,
                })
            }
            _ => Err(broken),
        }
    }

    /// The text as a book, or what comes next where it is none, or where the user thinks again about what is wrong with it.
    fn judge(&self, app: &mut App, text: &str) -> Result<Result<ParsedBook, AfterEdit>> {
        let source = SourceText::new("your text", text);
        let people = self.people();
        let parsed = match store::read(text) {
            _ if text.trim_start_matches('\u{feff}').trim().is_empty() && people > 0 => {
                let contacts = plural::count(people, "contact", "contacts");
                let said = format!("the text is empty; the book has {contacts}");
                return Ok(Err(again(app, &said)?));
            }
            Ok(parsed) if !parsed.is_book => {
                let said = "the text is not a book: it has no contact, bucket or setting";
                return Ok(Err(again(app, said)?));
            }
            Ok(parsed) => parsed,
            Err(problems) => {
                show_problems(app, error, &source, &problems);
                return Ok(Err(edit_again(app, "book")?));
            }
        };
        let new = self.new_problems(&parsed);
        // A known key that was mistyped takes its value from the contact, so it is asked about like what is wrong.
        let (wrong, unknown): (Vec<Problem>, Vec<Problem>) =
            new.into_iter().partition(Problem::is_warning);
        show_problems(app, label_of, &source, &wrong);
        show_problems(app, label_of, &source, &unknown);
        let left = parsed.book.contacts.len();
        let is_wiped = left * 2 < people;
        if is_wiped {
            let contacts = plural::count(people, "contact", "contacts");
            let said = format!("of the {contacts} in the book, {left} would be left");
            app.show(|sink| say(sink, "warning", &said));
        }
        if (!wrong.is_empty() || is_wiped) && !app.dry_run {
            return all_the_same(app).map(|next| next.map_or(Ok(parsed), Err));
        }
        Ok(Ok(parsed))
    }

    /// How many people are in the book, as far as is known.
    fn people(&self) -> usize {
        match &self.parsed {
            Some(parsed) => parsed.book.contacts.len(),
            None => self.storage.current().map_or(0, |current| current.people),
        }
    }

    /// What is wrong with the new text and was not with the old one.
    fn new_problems(&self, parsed: &ParsedBook) -> Vec<Problem> {
        let known = self.parsed.as_ref().map_or(&[][..], |old| &old.problems);
        let mut known: Vec<&str> = known.iter().map(|one| one.message.as_str()).collect();
        let mut new = parsed.problems.clone();
        new.retain(|problem| {
            let at = known.iter().position(|known| *known == problem.message);
            at.map(|at| known.swap_remove(at)).is_none()
        });
        new
    }

    /// The new book, in which the newcomers to buckets have a first day.
    fn settled(&self, app: &App, text: String, parsed: ParsedBook, now: bool) -> NewBook {
        let newcomers = match &self.parsed {
            Some(old) => newcomers(&old.book, &parsed.book),
            None => vec![],
        };
        let days = first_days(&parsed.book, &newcomers, app.today).into_iter();
        let days = days.filter(|_| !now);
        let plans: Vec<(ContactId, Next)> =
            days.map(|(id, on)| (id, Next { on, what: None })).collect();
        // A text that cannot be added to stays as it was typed.
        let (text, book) = match store::with_plans(&text, &parsed, &plans) {
            Some(planned) => planned,
            None => (text, parsed.book),
        };
        let ignored = (self.parsed.as_ref()).and_then(|old| ignored(&old.book, &book));
        let followed = ignored.and_then(|ignored| store::with_ignored(&text, ignored));
        let (text, book) = followed.unwrap_or((text, book));
        NewBook {
            text,
            book,
            newcomers,
        }
    }

    /// Writes the new book, if the file still is what was opened. Returns false for a dry run.
    fn write(&self, app: &mut App, new: &NewBook, draft: &Path) -> Result<bool> {
        let storage = app.storage_to_change()?;
        if storage.bytes() != self.storage.bytes() {
            return Err(Error::BookChangedWhileEditing {
                path: storage.path().to_owned(),
                draft: draft.to_owned(),
            });
        }
        let people = [self.people(), new.book.contacts.len()];
        let is_written = app.write_text(&storage, people, &new.text)?;
        if let Some(old) = &self.parsed {
            app.keep_sized(&old.book, &new.book);
        }
        Ok(is_written)
    }

    fn said(&self, app: &App, new: &NewBook) -> String {
        let Some(old) = &self.parsed else {
            let people = plural::count(new.book.contacts.len(), "contact", "contacts");
            return format!("Saved the book: it can be read again, with {people}");
        };
        let what = changed(&BookChange::between(&old.book, &new.book));
        let entered = first_due(&new.book, &new.newcomers, app.today);
        let entered = entered.map_or(String::new(), |first| format!("; {first}"));
        format!("Saved the book: {what}{entered}")
    }
}

/// The touches that are not read again, if they are others than the new book says.
fn ignored(before: &Book, after: &Book) -> Option<Vec<IgnoredTouch>> {
    let change = BookChange::between(before, after);
    let fates = change.contacts.iter();
    let fates = fates.filter_map(|one| Some((one.before?, one.after.map(|(_, after)| after))));
    let is_there = |name: &str| after.contacts.iter().any(|one| one.name == name);
    ignored_after(&after.sources, &fates.collect::<Vec<_>>(), is_there)
}

/// Says what is wrong with the text as a whole, and asks whether to edit it again.
fn again(app: &mut App, wrong: &str) -> Result<AfterEdit> {
    app.show(|sink| say(sink, "error", wrong));
    edit_again(app, "book")
}

/// Asks what to do with a book that has new problems: `None` saves it.
fn all_the_same(app: &mut App) -> Result<Option<AfterEdit>> {
    let question = "Save it all the same? [y] save [e] edit again [n] leave the book";
    let read = |typed: &str| match typed {
        "y" | "yes" => Some('y'),
        "e" | "edit" => Some('e'),
        "n" | "no" | "q" => Some('n'),
        _ => None,
    };
    Ok(match app.ask_for(AnswerSource::Input, question, read)? {
        Some('y') => None,
        Some('e') => Some(AfterEdit::Again),
        _ => Some(AfterEdit::GiveUp(Error::EditGivenUp("book"))),
    })
}

/// The contacts that were in no bucket and are in one now.
fn newcomers(before: &Book, after: &Book) -> Vec<ContactId> {
    let changes = BookChange::between(before, after).contacts.into_iter();
    let newcomer = changes.filter_map(|change| {
        let ((id, after), before) = (change.after?, change.before?);
        (before.bucket.is_none() && after.bucket.is_some()).then_some(id)
    });
    newcomer.collect()
}
