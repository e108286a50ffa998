//! What an import of mail boxes, calendars and call lists found.

use std::collections::BTreeMap;

use super::document::{Object, Part, text};
use crate::domain::sources::found::SourceKind;
use crate::domain::sources::gain::TouchFate;
use crate::domain::sources::reason::WhyNot;
use crate::domain::sources::suggest::Suggestion;
use crate::render::views::found_touches::FoundView;
use crate::render::words::reasons;

/// Each kind of source with how many messages, meetings or calls it has, and why some do not count, under `sources`.
pub(crate) fn source_sums(view: FoundView) -> Part {
    let sums = view.findings.seen.iter().map(|(source, seen)| {
        let left_out = left_out(view, *source).into_iter();
        let left_out = left_out.map(|(why, number)| {
            Object::default()
                .with("why", reasons::why_not(why))
                .with("number", number)
        });
        Object::default()
            .with("source", source.word())
            .with("seen", *seen)
            .with_list("left_out", left_out)
    });
    Part::List(sums.collect())
}

fn left_out(view: FoundView, source: SourceKind) -> BTreeMap<WhyNot, usize> {
    let mut numbers = BTreeMap::new();
    let left_out = view.findings.left_out.iter();
    for left in left_out.filter(|left| left.source == source) {
        *numbers.entry(left.why).or_default() += 1;
    }
    numbers
}

/// Each touch that was found, what becomes of it, and why it counts, under `found`.
pub(crate) fn found_touches(view: FoundView) -> Part {
    let found = view.findings.touches.iter().zip(view.fates);
    let found = found.map(|(found, fate)| {
        Object::default()
            .with("name", view.book.contact(found.contact).name.as_str())
            .with("on", found.on.to_string())
            .with("via", found.channel)
            .with("direction", text(found.direction))
            .with("source", found.source.word())
            .with("state", state(*fate))
            .with("why", reasons::why(found.why, view.today))
            .with("subject", found.subject.as_deref())
    });
    Part::List(found.collect())
}

fn state(fate: TouchFate) -> &'static str {
    match fate {
        TouchFate::New => "new",
        TouchFate::Answered(_) => "answered",
        TouchFate::Known => "known",
        TouchFate::Ignored => "deleted",
        TouchFate::Returned(_) => "goes",
        TouchFate::TooOld => "too old",
        TouchFate::Elsewhere => "elsewhere",
    }
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
