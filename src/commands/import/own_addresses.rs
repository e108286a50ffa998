//! Which addresses are the user's own: as the book says, else as the user does.

use crate::app::App;
use crate::app::ask::{AnswerSource, yes_or_no};
use crate::app::sources::SourceReading;
use crate::domain::Book;
use crate::domain::sources::found::SourceKind;
use crate::domain::sources::own_address::{own_addresses, owner};
use crate::domain::text::email::addresses;
use crate::error::{Error, Result, SourceFailure};

/// The user's own addresses.
pub(super) struct OwnAddresses {
    pub(super) all: Vec<String>,
    /// Whether the book does not have them yet.
    pub(super) are_new: bool,
}

impl OwnAddresses {
    /// Those of the book, or what the user answers. A call list needs none.
    ///
    /// # Errors
    ///
    /// If the book has none and nobody is there to ask.
    pub(super) fn of(
        app: &mut App,
        book: &Book,
        reading: &SourceReading,
        source: AnswerSource,
    ) -> Result<Self> {
        let known = &book.sources.me;
        let mut kinds = reading.kinds.iter();
        let are_needed = kinds.any(|kind| *kind != SourceKind::Calls);
        if !known.is_empty() || !are_needed {
            return Ok(Self {
                all: known.clone(),
                are_new: false,
            });
        }
        if !app.has_person(source) {
            return Err(Error::Source(SourceFailure::NoOwnAddress));
        }
        let all = ask(app, book, reading, source)?;
        for address in &all {
            if let Some(contact) = owner(book, address) {
                let name = &book.contact(contact).name;
                app.note(format!(
                    "{address} is an address of {name} in the book, too: mail from it counts as yours"
                ));
            }
        }
        Ok(Self { all, are_new: true })
    }
}

fn ask(
    app: &mut App,
    book: &Book,
    reading: &SourceReading,
    source: AnswerSource,
) -> Result<Vec<String>> {
    let guess = own_addresses(&reading.facts.mail, &reading.facts.meetings, book);
    let question = if guess.is_empty() {
        "Which e-mail addresses are yours?".to_owned()
    } else {
        format!(
            "Which e-mail addresses are yours? [Enter: {}]",
            guess.join(", ")
        )
    };
    let read = |typed: &str| {
        let all = if yes_or_no(typed, true) == Some(true) {
            guess.clone()
        } else {
            addresses(typed)
        };
        Some(all).filter(|all| !all.is_empty())
    };
    let answer = app.ask_for(source, &question, read)?;
    answer.ok_or(Error::Source(SourceFailure::NoOwnAddress))
}
