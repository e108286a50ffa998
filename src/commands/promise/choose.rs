//! Which of the things promised to a contact is done.

use crate::app::App;
use crate::domain::due::promises::{PromiseChoices, PromiseEntry};
use crate::domain::find::by_words::fitting;
use crate::domain::text::fold;
use crate::domain::{Book, ContactId, Field};
use crate::error::{Error, Result};
use crate::render::words::messages;
use crate::store::Edit;

/// The one of the `entries` of a contact that `words` fit, or without words the only one; of those with the same words, the
/// earliest. Words that fit none may be the line in which one is listed. Of several, the one that was picked when this run
/// asked.
pub(crate) fn chosen<'b>(
    app: &App,
    book: &Book,
    entries: Vec<PromiseEntry<'b>>,
    contact: ContactId,
    words: &str,
) -> Result<PromiseEntry<'b>> {
    let contact = book.contact(contact);
    if entries.is_empty() {
        let plan = contact.next.as_ref();
        return Err(Error::NothingPromised {
            name: contact.name.clone(),
            plan: plan.map(|plan| messages::planned(plan, app.today)),
        });
    }
    let words = Some(words.trim()).filter(|words| !words.is_empty());
    let whats: Vec<&str> = entries.iter().map(|entry| entry.what).collect();
    let places = match words {
        Some(words) => match fitting(&whats, words) {
            places if places.is_empty() => listed_as(app, &entries, words),
            places => places,
        },
        None => (0..entries.len()).collect(),
    };
    let fit: Vec<PromiseEntry> = places.iter().map(|at| entries[*at]).collect();
    let picked = app.picked_promise(&contact.name);
    if let Some(picked) = fit.iter().find(|entry| Some(&*line(app, entry)) == picked) {
        return Ok(*picked);
    }
    let is_same = |entry: &PromiseEntry| fold(entry.what) == fold(fit[0].what);
    if fit.len() == 1 || (words.is_some() && !fit.is_empty() && fit.iter().all(is_same)) {
        return Ok(fit[0]);
    }
    let (listed, first) = match places.first() {
        Some(first) => (&fit, *first),
        None => (&entries, 0),
    };
    Err(Error::WhichPromise(Box::new(PromiseChoices {
        name: contact.name.clone(),
        words: words.map(str::to_owned),
        fit: fit.len(),
        listed: listed.iter().map(|entry| line(app, entry)).collect(),
        example: first_words(&whats, first).to_owned(),
    })))
}

/// The places of the entries that are listed in this very line.
fn listed_as(app: &App, entries: &[PromiseEntry], typed: &str) -> Vec<usize> {
    let typed = fold(typed);
    let lines = entries.iter().map(|entry| fold(&line(app, entry)));
    let lines = lines.enumerate().filter(|(_, line)| *line == typed);
    lines.map(|(at, _)| at).collect()
}

/// The fewest of the first words of the text at `at` that fit it alone, or all of them.
fn first_words<'w>(texts: &[&'w str], at: usize) -> &'w str {
    let text = texts[at].trim();
    let ends = text.match_indices(' ').map(|(end, _)| &text[..end]);
    let ends = ends.map(|words| words.trim_end_matches([',', ':', ';', '.', ' ']));
    let mut fewer = ends.filter(|words| fitting(texts, words) == [at]);
    fewer.next().unwrap_or(text)
}

/// The edit that takes an entry out.
pub(crate) fn take_out(entry: &PromiseEntry) -> Edit {
    let contact = entry.id;
    match entry.index {
        Some(index) => Edit::RemovePromise { contact, index },
        None => Edit::Set {
            contact,
            field: Field::Next,
            value: None,
        },
    }
}

/// The line in which an entry is listed.
pub(crate) fn line(app: &App, entry: &PromiseEntry) -> String {
    let what = messages::what_by(entry.what, entry.by, app.today);
    let mark = if entry.is_plan() { "plan: " } else { "" };
    format!("{mark}{what}")
}
