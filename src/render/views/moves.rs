//! Who an import finds to have moved, and who gets a plan for it.

use std::io;

use chrono::NaiveDate;

use crate::domain::identity::moves::{JobChange, Move};
use crate::domain::planning::move_plans::MovePlans;
use crate::domain::text::shortened;
use crate::domain::{Book, Contact, ContactId};
use crate::render::words::days;
use crate::render::words::plural::count;
use crate::render::{Sink, Text};

/// How many are named in a line; the rest are counted.
const NAMED: usize = 10;

/// The most characters of a company or a title.
const LONGEST: usize = 40;

/// Writes who has moved: `2 moved: Ana Ruiz, Acme to Basalt; Bo Lind, Engineer to CTO`. `contacts` are those after the import.
pub(crate) fn moved(
    sink: &mut Sink,
    contacts: &[Contact],
    moves: &[Move],
    is_verbose: bool,
) -> io::Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let one = |one: &Move| {
        let name = contacts[one.id.0].shown_name();
        let from_to = one.company.as_ref().or(one.title.as_ref()).map(from_to);
        format!("{name}, {}", from_to.unwrap_or_default())
    };
    let most = if is_verbose { usize::MAX } else { NAMED };
    let all = listed(moves.iter().map(one), most);
    let line = Text::one_line(&format!("{} moved: {all}", moves.len()));
    sink.message(&Text::default(), line)
}

/// `Acme to Basalt`.
fn from_to(replaced: &JobChange) -> String {
    let JobChange { old, new } = replaced;
    let [old, new] = [old, new].map(|text| shortened(text.as_deref().unwrap_or("none"), LONGEST));
    format!("{old} to {new}")
}

/// Who was planned for which day: `Planned 2: Ana Ruiz, Tue 1 Dec; Bo Lind, Wed 2 Dec`.
pub(crate) fn planned(book: &Book, days: &[(ContactId, NaiveDate)], today: NaiveDate) -> String {
    let one = |(id, on): &(ContactId, NaiveDate)| {
        format!(
            "{}, {}",
            book.contact(*id).shown_name(),
            days::date(*on, today)
        )
    };
    format!(
        "Planned {}: {}",
        days.len(),
        listed(days.iter().map(one), NAMED)
    )
}

/// The plans in `before` that these replaced, unless they only lacked a reason: `Replaced 1: Ana Ruiz, Tue 1 Dec: new job at
/// Acme`.
pub(crate) fn replaced(
    before: &Book,
    days: &[(ContactId, NaiveDate)],
    today: NaiveDate,
) -> Option<String> {
    let old = days.iter().filter_map(|(id, on)| {
        let contact = before.contact(*id);
        let next = contact.next.as_ref();
        let next = next.filter(|next| next.what.is_some() || next.on != *on)?;
        let what = next.what.as_deref().map(|what| shortened(what, LONGEST));
        let what = what.map_or_else(String::new, |what| format!(": {what}"));
        let (name, day) = (contact.shown_name(), days::date(next.on, today));
        Some(format!("{name}, {day}{what}"))
    });
    let old: Vec<String> = old.collect();
    let count = old.len();
    (count > 0).then(|| format!("Replaced {count}: {}", listed(old.into_iter(), NAMED)))
}

/// Who gets no plan, and why: `1 keeps another plan: Ana Ruiz, lunch`, `2 paused contacts get no plan: Bo Lind; Cy Ng`.
pub(crate) fn without_plan(book: &Book, plans: &MovePlans, today: NaiveDate) -> Vec<String> {
    let name = |id: &ContactId| book.contact(*id).shown_name().to_owned();
    let on_day = |id: &ContactId| {
        let next = book.contact(*id).next.as_ref();
        let day = next.map(|next| days::date(next.on, today));
        format!("{}, {}", name(id), day.unwrap_or_default())
    };
    let with_plan = |id: &ContactId| {
        let next = book.contact(*id).next.as_ref();
        let what = next.and_then(|next| next.what.as_deref());
        match what.filter(|what| !what.trim().is_empty()) {
            Some(what) => format!("{}, {}", name(id), shortened(what, LONGEST)),
            None => on_day(id),
        }
    };
    let same = count(
        plans.same.len(),
        "is planned already",
        "are planned already",
    );
    let keep = count(
        plans.planned.len(),
        "keeps another plan",
        "keep another plan",
    );
    let paused = count(
        plans.paused.len(),
        "paused contact gets no plan",
        "paused contacts get no plan",
    );
    let all = [
        (same, listed(plans.same.iter().map(on_day), NAMED)),
        (keep, listed(plans.planned.iter().map(with_plan), NAMED)),
        (paused, listed(plans.paused.iter().map(name), NAMED)),
    ];
    let all = all.into_iter().filter(|(_, who)| !who.is_empty());
    all.map(|(what, who)| format!("{what}: {who}")).collect()
}

/// The first of many: `a; b; and 12 more`.
fn listed(items: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = items.len().saturating_sub(most);
    let named = items.take(most);
    let more = (more > 0).then(|| format!("and {more} more"));
    named.chain(more).collect::<Vec<_>>().join("; ")
}
