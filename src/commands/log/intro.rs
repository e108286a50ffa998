//! `log --intro`: two contacts that you introduced to each other.

use super::plan::TouchPlan;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::words::plural::some;

/// What to type.
pub(super) const INTRO_LINE: &str =
    "type it like `netkeep log ana-ruiz bo-lind --intro -m \"both do optics\"`";

/// What becomes of each of the two.
pub(super) fn plans<'b>(
    book: &'b Book,
    ids: &[ContactId],
    plan: TouchPlan<'b>,
) -> Result<Vec<TouchPlan<'b>>> {
    let name = |id: ContactId| book.contact(id).shown_name();
    match *ids {
        [one, other] => Ok(vec![
            plan.clone().introducing(name(other)),
            plan.introducing(name(one)),
        ]),
        ref ids => {
            let names: Vec<String> = ids.iter().map(|id| name(*id).to_owned()).collect();
            let named = match names.as_slice() {
                [one] => format!("{one} alone is named"),
                names => format!("{} are named", some(names)),
            };
            Err(Error::usage(
                format!("an introduction is between two contacts, and {named}"),
                INTRO_LINE,
            ))
        }
    }
}
