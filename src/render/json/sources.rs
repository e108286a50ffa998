//! What an import of mail boxes, calendars and call lists found.

use super::document::{Object, Part, text};
use crate::domain::sources::found::by_reason;
use crate::domain::sources::gain::BookGain;
use crate::domain::sources::suggest::Suggestion;
use crate::render::views::found_touches::FoundView;
use crate::render::words::reasons;

/// Each kind of source with how many messages, meetings or calls it has, and why some do not count, under `sources`.
pub(crate) fn source_sums(gain: &BookGain) -> Part {
    let reasons = by_reason(&gain.left_out);
    let sums = gain.seen.iter().map(|(source, seen)| {
        let its = reasons.iter().filter(|((of, _), _)| of == source);
        let left_out = its.map(|((_, why), number)| {
            Object::default()
                .with("why", reasons::why_not(*why))
                .with("number", *number)
        });
        Object::default()
            .with("source", source.word())
            .with("seen", *seen)
            .with_list("left_out", left_out)
    });
    Part::List(sums.collect())
}

/// Each touch that was found, what becomes of it, and why it counts, under `found`.
pub(crate) fn found_touches(view: FoundView) -> Part {
    let found = view.gain.touches.iter().map(|(found, fate)| {
        Object::default()
            .with("name", view.book.contact(found.contact).name.as_str())
            .with("on", found.on.to_string())
            .with("via", found.channel)
            .with("direction", text(found.direction))
            .with("source", found.source.word())
            .with("state", reasons::fate(*fate))
            .with("why", reasons::why(found.why, view.today))
            .with("subject", found.subject.as_deref())
    });
    Part::List(found.collect())
}

/// Those who are not in the book and answered, under `suggestions`.
pub(crate) fn suggestions(suggestions: &[Suggestion]) -> Part {
    let suggestions = suggestions.iter().map(|one| {
        Object::default()
            .with("name", one.mailbox.name.as_deref())
            .with("email", one.mailbox.address.as_str())
            .with("sent", one.sent)
            .with("received", one.received)
            .with("last", one.last.to_string())
    });
    Part::List(suggestions.collect())
}
