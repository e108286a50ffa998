//! Who may be in the book twice.

use crate::app::App;
use crate::domain::find::by_name::NameIndex;
use crate::domain::find::typed_form::form_or_name;
use crate::domain::identity::duplicates::{DuplicateReason, duplicates};
use crate::error::Result;
use crate::render::json;
use crate::render::words::{messages, plural};

/// Lists pairs of contacts to merge, each with the reason and what to type.
pub(super) fn propose(app: &mut App) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    let pairs = duplicates(book);
    let names = NameIndex::of(book);
    if app.json {
        return app.document(&json::duplicates(book, &pairs));
    }
    for pair in &pairs {
        let ids = [pair.one, pair.other];
        let [one, other] = ids.map(|id| book.contact(id).name.as_str());
        let reasons: Vec<String> = pair.reasons.iter().map(words).collect();
        let reasons = plural::and(&reasons);
        app.line(format!("{one} and {other}: {reasons}"))?;
        let [one, other] = ids.map(|id| messages::typed_argument(&form_or_name(&names, id)));
        // A command stays on one line, to be copied.
        let merge = format!("  netkeep merge {one} {other}");
        app.sink().line(merge)?;
    }
    let said = match pairs.len() {
        0 => "Nobody seems to be in the book twice".to_owned(),
        count => {
            plural::count(count, "pair of contacts", "pairs of contacts") + " may be duplicates"
        }
    };
    app.line(said)
}

fn words(reason: &DuplicateReason) -> String {
    match reason {
        DuplicateReason::Email(email) => format!("the same e-mail address {email}"),
        DuplicateReason::Phone(phone) => format!("the same number {phone}"),
        DuplicateReason::Link(link) => format!("the same page {link}"),
        DuplicateReason::Name => "the same name".to_owned(),
        DuplicateReason::Aka(name) => format!("both are called {name}"),
        DuplicateReason::Alike => "names that are nearly the same".to_owned(),
    }
}
