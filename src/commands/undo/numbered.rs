//! Changes of the book as steps that can be undone.

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::changes::book_change::BookChange;
use crate::domain::changes::changed_names::ChangedNames;
use crate::render::views::steps::Step;
use crate::render::words::changed::changed;
use crate::render::words::steps::{rewritten, what};
use crate::store::{Origin, PastChange};

/// The changes as steps, numbered from the first on.
pub(in crate::commands) fn numbered(
    today: NaiveDate,
    changes: Vec<PastChange>,
) -> impl Iterator<Item = Step> + use<> {
    let changes = changes.into_iter().enumerate();
    changes.map(move |(at, change)| step(today, at + 1, change))
}

fn step(today: NaiveDate, number: usize, change: PastChange) -> Step {
    let by = match change.by {
        Origin::Command(command) => command,
        Origin::Hand | Origin::Displaced => "by hand".to_owned(),
    };
    let on = change.at.map_or(today, |at| at.date());
    let told = |(old, new): &(Book, Book)| {
        let between = BookChange::between(old, new);
        let mut names = ChangedNames::of(&between);
        let what = if between.is_empty() {
            // What is left of the book then are the contacts with another text.
            let contacts = new.contacts.iter().map(|contact| contact.name.clone());
            names.contacts = contacts.collect();
            rewritten(&by, new)
        } else if change.is_sum {
            format!("{by} and earlier: {}", changed(&between))
        } else {
            what(&by, &between, on)
        };
        (what, names)
    };
    let told = change.books.as_ref().map(told);
    let (what, changed_names) = told.unwrap_or_else(|| {
        let what = format!("{by}: a text that is no book");
        (what, ChangedNames::default())
    });
    Step {
        number,
        at: change.at,
        by,
        what,
        changed_names,
    }
}
