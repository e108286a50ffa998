//! Who may be in the book twice.

use crate::app::App;
use crate::domain::Book;
use crate::domain::identity::duplicates::{DuplicateReason, Pair, duplicates};
use crate::error::Result;
use crate::render::json::{self, PairView};
use crate::render::words::{messages, plural};

/// Proposes pairs of contacts to make one of, each with the reason and what to type.
pub(super) fn propose(app: &mut App) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    let pairs = duplicates(book);
    if app.json {
        let views: Vec<PairView> = pairs.iter().map(|pair| view(pair, book)).collect();
        return Ok(json::duplicates(&mut app.out, &views)?);
    }
    for pair in &pairs {
        let [one, other] = [pair.one, pair.other].map(|id| &book.contact(id).name);
        let reasons: Vec<String> = pair.reasons.iter().map(words).collect();
        let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
        let mut sink = app.sink();
        sink.line(format!("{one} and {other}: {}", plural::and(&reasons)))?;
        sink.line(format!(
            "  netkeep merge {} {}",
            messages::quoted(one),
            messages::quoted(other)
        ))?;
    }
    let said = match pairs.len() {
        0 => "Nobody seems to be in the book twice".to_owned(),
        count => format!(
            "{} may be the same person",
            plural::count(count, "pair", "pairs")
        ),
    };
    app.sink().line(said)?;
    Ok(())
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

fn view<'b>(pair: &Pair, book: &'b Book) -> PairView<'b> {
    let word = |reason: &DuplicateReason| match reason {
        DuplicateReason::Email(_) => "email",
        DuplicateReason::Phone(_) => "phone",
        DuplicateReason::Link(_) => "links",
        DuplicateReason::Name => "name",
        DuplicateReason::Aka(_) => "aka",
        DuplicateReason::Alike => "alike",
    };
    PairView {
        one: &book.contact(pair.one).name,
        other: &book.contact(pair.other).name,
        reasons: pair.reasons.iter().map(word).collect(),
    }
}
