//! Changes of the book as steps that can be undone.

use chrono::NaiveDate;

use crate::domain::changes::book_change::BookChange;
use crate::domain::changes::changed_names::ChangedNames;
use crate::render::views::steps::Step;
use crate::render::words::steps::{changed, what};
use crate::store::{Origin, PastChange};

/// The changes as steps, numbered from the first on.
pub(super) fn numbered(
    today: NaiveDate,
    changes: Vec<PastChange>,
) -> impl Iterator<Item = Step> + use<> {
    let step = move |(
        at,
        PastChange {
            at: time,
            by,
            is_sum,
            books,
        },
    ): (usize, PastChange)| {
        let by = match by {
            Origin::Command(command) => command,
            Origin::Hand | Origin::Displaced => "by hand".to_owned(),
        };
        let on = time.map_or(today, |time| time.date());
        let change = books
            .as_ref()
            .map(|(old, new)| BookChange::between(old, new));
        Step {
            number: at + 1,
            at: time,
            what: match &change {
                Some(change) if is_sum => format!("{by} and earlier: {}", changed(change)),
                Some(change) => what(&by, change, on),
                None => format!("{by}: a text that is no book"),
            },
            changed_names: change.as_ref().map(ChangedNames::of).unwrap_or_default(),
            by,
        }
    };
    changes.into_iter().enumerate().map(step)
}
