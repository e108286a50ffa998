//! Which of the things promised to a contact is done.

use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::domain::due::promises::PromiseEntry;
use crate::domain::find::by_words::fitting;
use crate::domain::text::fold;
use crate::domain::{Book, ContactId, Field};
use crate::error::{Error, Result};
use crate::render::words::messages;
use crate::store::Edit;

/// The one of the `entries` of a contact that `words` fit, or without words the only one. Of several, the person at the terminal is asked
/// which; of those with the same words, it is the earliest.
pub(crate) fn chosen<'b>(
    app: &mut App,
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
        Some(words) => fitting(&whats, words),
        None => (0..entries.len()).collect(),
    };
    let fit: Vec<PromiseEntry> = places.iter().map(|at| entries[*at]).collect();
    let is_same = |entry: &PromiseEntry| fold(entry.what) == fold(fit[0].what);
    match fit.as_slice() {
        [first, ..] if fit.len() == 1 || words.is_some() && fit.iter().all(is_same) => {
            return Ok(*first);
        }
        [_, _, ..] if AnswerSource::Input.is_person() => return asked(app, &contact.name, &fit),
        _ => {}
    }
    let listed = if fit.is_empty() { &entries } else { &fit };
    Err(Error::WhichPromise {
        name: contact.name.clone(),
        words: words.map(str::to_owned),
        fit: fit.len(),
        promises: listed.iter().map(|entry| line(app, entry)).collect(),
        example: listed[0].what.to_owned(),
    })
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

/// The one of several that the person at the terminal picks.
fn asked<'b>(app: &mut App, name: &str, entries: &[PromiseEntry<'b>]) -> Result<PromiseEntry<'b>> {
    app.say(&format!("Promised to {name}:"));
    for (number, entry) in (1..).zip(entries) {
        app.say(&format!("  {number}  {}", line(app, entry)));
    }
    let question = format!("Which is done? [1-{}, Enter: none]", entries.len());
    loop {
        let answer = app.ask(AnswerSource::Input, &question)?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else {
            app.say("Nothing was written");
            return Err(Error::No(1));
        };
        let number = answer.parse::<usize>().ok();
        let picked = number.and_then(|number| entries.get(number.checked_sub(1)?));
        if let Some(entry) = picked {
            return Ok(*entry);
        }
    }
}

fn line(app: &App, entry: &PromiseEntry) -> String {
    let what = messages::what_by(entry.what, entry.by, app.today);
    let mark = if entry.is_plan() { "plan: " } else { "" };
    format!("{mark}{what}")
}
