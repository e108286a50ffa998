//! What `log` promises, and what it takes out as done.

use clap::Args;

use crate::app::App;
use crate::commands::dated;
use crate::commands::promise::{Made, chosen, take_out};
use crate::domain::due::promises::{PromiseEntry, promises};
use crate::domain::find::by_words::fitting;
use crate::domain::{Book, ContactId};
use crate::error::Result;
use crate::render::words::messages;
use crate::store::Edit;

/// The options about promises.
#[derive(Args, Debug, Default)]
pub(super) struct PromiseOptions {
    /// Promise something, by a day or without one: "fri: send the draft" (can be repeated)
    #[arg(long, value_name = "[DATE: ]WHAT")]
    promise: Vec<String>,
    /// Take out what is done: the only promise, or the one with WORDS in it; else the plan
    #[arg(long, value_name = "WORDS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    done: Option<String>,
}

/// What becomes of the promises to one contact.
pub(super) struct PromiseChange<'b> {
    pub(super) done: Option<DoneTarget<'b>>,
    made: Vec<Made>,
}

/// What `--done` takes out.
pub(super) enum DoneTarget<'b> {
    Entry(PromiseEntry<'b>),
    /// The plan, where nothing is promised.
    Plan,
}

impl PromiseOptions {
    pub(super) fn is_any(&self) -> bool {
        self.option().is_some()
    }

    /// The first of these options that was typed.
    pub(super) fn option(&self) -> Option<&'static str> {
        if self.promise.is_empty() {
            return self.done.as_ref().map(|_| "--done");
        }
        Some("--promise")
    }

    /// The options as they may be typed again.
    pub(super) fn typed(&self) -> impl Iterator<Item = String> {
        let promised = self.promise.iter();
        let promised = promised.map(|promise| format!("--promise {}", messages::quoted(promise)));
        let done = self.done.iter().map(|words| match words.as_str() {
            "" => "--done".to_owned(),
            words => format!("--done={}", messages::quoted(words)),
        });
        promised.chain(done)
    }
}

impl<'b> PromiseChange<'b> {
    /// What the options ask for with a contact; `takes_plan` says whether its plan goes anyway.
    pub(super) fn of(
        app: &mut App,
        options: &PromiseOptions,
        book: &'b Book,
        id: ContactId,
        takes_plan: bool,
    ) -> Result<Self> {
        let mut change = Self {
            done: done(app, options, book, id, takes_plan)?,
            made: vec![],
        };
        let mut standing = book.contact(id).promises.clone();
        if let Some(index) = change.done_promise().and_then(|entry| entry.index) {
            standing.remove(index);
        }
        for typed in &options.promise {
            let made = Made::of(&standing, dated::promise(app.today, typed)?);
            made.apply(&mut standing);
            change.made.push(made);
        }
        Ok(change)
    }

    /// The promise that is done.
    fn done_promise(&self) -> Option<&PromiseEntry<'b>> {
        match &self.done {
            Some(DoneTarget::Entry(entry)) => Some(entry).filter(|entry| !entry.is_plan()),
            _ => None,
        }
    }

    /// Whether it takes out the plan.
    pub(super) fn takes_out_plan(&self) -> bool {
        match &self.done {
            Some(DoneTarget::Entry(entry)) => entry.is_plan(),
            Some(DoneTarget::Plan) => true,
            None => false,
        }
    }

    /// The edits of promises.
    pub(super) fn edits(&self, contact: ContactId) -> Vec<Edit> {
        let done = self.done_promise().map(take_out);
        let made = self.made.iter().filter_map(|made| made.edit(contact));
        done.into_iter().chain(made).collect()
    }

    /// What was taken out, promised, and is still promised to the contact in the `book` that was saved.
    pub(super) fn lines(&self, app: &App, book: &Book, id: ContactId) -> Vec<String> {
        let name = &book.contact(id).name;
        let today = app.today;
        for made in &self.made {
            if let Made::Known(promise) = made {
                let what = messages::what_by(&promise.what, promise.by, today);
                app.note(format!("that is promised to {name} already: {what}"));
            }
        }
        let done = self.done_promise();
        let done = done.map(|entry| messages::done(entry, today));
        let new = self.made.iter().filter_map(|made| made.said(name, today));
        let mut standing = promises(book, &[id], today);
        standing.retain(|entry| {
            let is_made = |made: &Made| made.is_new(entry);
            !entry.is_plan() && !self.made.iter().any(is_made)
        });
        let still = messages::still_promised(&standing, today);
        let still = still.map(|still| still.replacen('s', "S", 1));
        done.into_iter().chain(new).chain(still).collect()
    }
}

/// What `--done` takes out. Of a plan that goes anyway it is only said where no promise is meant.
fn done<'b>(
    app: &mut App,
    options: &PromiseOptions,
    book: &'b Book,
    id: ContactId,
    takes_plan: bool,
) -> Result<Option<DoneTarget<'b>>> {
    let Some(words) = &options.done else {
        return Ok(None);
    };
    let contact = book.contact(id);
    let mut entries = promises(book, &[id], app.today);
    let promised = contact.promises.iter();
    let promised: Vec<&str> = promised.map(|promise| promise.what.as_str()).collect();
    let is_promise_meant = match words.trim() {
        "" => !promised.is_empty(),
        words => !fitting(&promised, words).is_empty(),
    };
    if takes_plan && is_promise_meant {
        entries.retain(|entry| !entry.is_plan());
    }
    if entries.is_empty() && words.trim().is_empty() && !takes_plan && contact.next.is_some() {
        return Ok(Some(DoneTarget::Plan));
    }
    let entry = chosen(app, book, entries, id, words)?;
    Ok(Some(DoneTarget::Entry(entry)))
}
