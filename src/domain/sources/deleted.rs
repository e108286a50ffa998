//! Touches that came from a source, and that the user took out of the book in an editor.

use super::ignored::{ContactFate, ignored_after};
use crate::domain::changes::book_change::{BookChange, ContactChange};
use crate::domain::{Book, BookSources};

/// What `sources` ignore after edits by hand, each the book before and after it: the touches with a source that they took out of
/// contacts who are still there, and none that they put back, all under the names of today.
pub(crate) fn with_deleted_by_hand(
    sources: BookSources,
    edits: &[(Book, Book)],
    book: &Book,
) -> BookSources {
    let changes: Vec<BookChange> = edits
        .iter()
        .map(|(before, after)| BookChange::between(before, after))
        .collect();
    let contacts = changes.iter().flat_map(|change| &change.contacts);
    let fates: Vec<ContactFate> = contacts
        .filter_map(|change| {
            let (before, (_, after)) = (change.before?, change.after?);
            let touches = change.touches();
            let mut touches = touches.gone.into_iter().chain(touches.new);
            let is_changed = touches.any(|touch| touch.source().is_some());
            if !is_changed && change.renamed_from().is_none() {
                return None;
            }
            let mut contacts = book.contacts.iter();
            let now = contacts.find(|contact| contact.name == after.name)?;
            Some((before, Some(&**now)))
        })
        .collect();
    let is_there = |name: &str| book.contacts.iter().any(|contact| contact.name == name);
    match ignored_after(&sources, &fates, is_there) {
        Some(ignored) => BookSources { ignored, ..sources },
        None => sources,
    }
}

/// Whether a change of the book brought touches from a source, or changed what is said of sources.
pub(crate) fn is_of_sources(before: &Book, after: &Book) -> bool {
    let change = BookChange::between(before, after);
    let brings = |contact: &ContactChange| {
        let mut new = contact.touches().new.into_iter();
        new.any(|touch| touch.source().is_some())
    };
    before.sources != after.sources || change.contacts.iter().any(brings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(touches: &str, rest: &str) -> Book {
        let text = format!("[[contacts]]\nname = 'Bo Lind'\ntouches = [{touches}]\n{rest}");
        crate::store::read(&text).expect("a book").book
    }

    #[test]
    fn what_was_taken_out_by_hand_is_ignored() {
        let mail = "{ on = 2026-11-04, via = 'email', source = 'mail' }";
        let call = "{ on = 2026-11-05, via = 'call' }";
        let both = book(&format!("{mail}, {call}"), "");
        let none = book("", "");
        let told = |before: &Book, after: &Book, now: &Book| {
            let edits = [(before.clone(), after.clone())];
            let sources = with_deleted_by_hand(now.sources.clone(), &edits, now);
            let ignored = sources.ignored.iter().map(ToString::to_string);
            ignored.collect::<Vec<_>>()
        };
        assert_eq!(told(&both, &none, &none), ["2026-11-04 email Bo Lind"]);
        // It is back, it is known already, it was never there, or nobody is.
        assert_eq!(told(&both, &none, &both), Vec::<String>::new());
        let known = book("", "[sources]\nignored = ['2026-11-04 email Bo Lind']\n");
        assert_eq!(told(&both, &none, &known), ["2026-11-04 email Bo Lind"]);
        assert_eq!(told(&none, &both, &both), Vec::<String>::new());
        assert_eq!(told(&both, &Book::default(), &none), Vec::<String>::new());
    }
}
