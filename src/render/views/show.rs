//! The page to read before a call.

use std::io;

use chrono::NaiveDate;

use super::card::position;
use super::promises::by;
use crate::domain::due::balance::Balance;
use crate::domain::due::promises::to_contact;
use crate::domain::due::rule::{CadenceSource, standing};
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::{AnnualDay, Book, Contact, ContactId, Touch};
use crate::render::words::never::changes_that;
use crate::render::words::standing::ShownContact;
use crate::render::words::touch::{about as about_touch, channel};
use crate::render::words::{days, messages, plural};
use crate::render::{Ink, Sink, Text};

/// How much of a contact is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ShowLength {
    /// How many touches.
    touches: usize,
    /// How many lines of the notes.
    notes: usize,
    /// Whether blank lines part what belongs together.
    is_airy: bool,
}

impl ShowLength {
    /// Everything.
    pub(crate) const ALL: Self = Self::of(usize::MAX, usize::MAX);
    /// The last touches.
    pub(crate) const USUAL: Self = Self::of(8, usize::MAX);
    /// How many touches are shown where there is hardly any room.
    const FEW: usize = 3;

    const fn of(touches: usize, notes: usize) -> Self {
        Self {
            touches,
            notes,
            is_airy: true,
        }
    }

    /// The most that fits in `room` lines, if so much takes as many `lines`: fewer touches come before fewer notes, and these
    /// before no blank lines. Where nothing fits, the least.
    pub(crate) fn fitting(room: usize, lines: impl Fn(Self) -> usize) -> Self {
        let usual = Self::USUAL.touches;
        let fewer_touches = (Self::FEW..=usual)
            .rev()
            .map(|few| Self::of(few, usize::MAX));
        let fewer_notes = (1..room.min(ROOM))
            .rev()
            .map(|few| Self::of(Self::FEW, few));
        let dense = |length: Self| Self {
            is_airy: false,
            ..length
        };
        let fewest = (1..=Self::FEW).rev().map(|few| Self::of(few, 0));
        let airy = fewer_touches.chain(fewer_notes);
        let mut lengths = airy.clone().chain(airy.map(dense)).chain(fewest.map(dense));
        lengths
            .find(|length| lines(*length) <= room)
            .unwrap_or(dense(Self::of(1, 0)))
    }

    /// How many phone numbers, addresses and links are shown, of each.
    fn items(self) -> usize {
        if self.is_airy { usize::MAX } else { 2 }
    }

    fn gap(self, sink: &mut Sink) -> io::Result<()> {
        if self.is_airy { sink.gap() } else { Ok(()) }
    }
}

/// No screen has more lines.
const ROOM: usize = 200;

/// The width of a label.
const LABEL: usize = 10;

/// Writes what is known about a contact, the newest touches first.
pub(crate) fn show(
    sink: &mut Sink,
    book: &Book,
    id: ContactId,
    brought: &BroughtBy,
    today: NaiveDate,
    length: ShowLength,
) -> io::Result<()> {
    let contact = book.contact(id);
    heading(sink, contact)?;
    reach(sink, contact, length)?;
    about(sink, book, id, brought, today, length)?;
    length.gap(sink)?;
    rhythm(sink, book, id, today)?;
    length.gap(sink)?;
    touches(sink, contact, today, length.touches)?;
    notes(sink, contact, length)
}

fn heading(sink: &mut Sink, contact: &Contact) -> io::Result<()> {
    let mut name = Text::one_line(contact.shown_name()).ink(Ink::Strong);
    if !contact.aka.is_empty() {
        name += Text::new(" ") + Text::one_line(&format!("({})", contact.aka.join(", ")));
    }
    sink.prose(&Text::default(), name)?;
    let parts: Vec<String> = position(contact).collect();
    if parts.is_empty() {
        return Ok(());
    }
    sink.prose(&Text::default(), Text::one_line(&parts.join(", ")))
}

fn reach(sink: &mut Sink, contact: &Contact, length: ShowLength) -> io::Result<()> {
    let lists = [
        ("Phone", &contact.phone),
        ("E-mail", &contact.email),
        ("Link", &contact.links),
    ];
    if lists.iter().any(|(_, list)| !list.is_empty()) || contact.address.is_some() {
        length.gap(sink)?;
    }
    for (label, list) in lists {
        for (at, item) in list.iter().take(length.items()).enumerate() {
            let label = if at == 0 { label } else { "" };
            fact(sink, label, Text::one_line(item))?;
        }
        let more = list.len().saturating_sub(length.items());
        if more > 0 {
            fact(sink, "", Text::new(&format!("{more} more")).ink(Ink::Faint))?;
        }
    }
    text(sink, "Address", contact.address.as_deref())
}

fn about(
    sink: &mut Sink,
    book: &Book,
    id: ContactId,
    brought: &BroughtBy,
    today: NaiveDate,
    length: ShowLength,
) -> io::Result<()> {
    let contact = book.contact(id);
    let (bringer, brought) = (brought.bringer(id), brought.brought(id));
    let has_days = contact.birthday.is_some() || !contact.dates.is_empty();
    let has_met = contact.met.is_some() || bringer.is_some() || !brought.is_empty();
    if has_days || has_met || !contact.tags.is_empty() {
        length.gap(sink)?;
    }
    let next = |day: AnnualDay| Some(day.next(today)).filter(|_| contact.keeps_days());
    if let Some(birthday) = contact.birthday {
        let words = day_words(birthday, next(birthday), today, |years| {
            format!("turns {years}")
        });
        fact(sink, "Birthday", words)?;
    }
    for (at, date) in contact.dates.iter().enumerate() {
        let label = if at == 0 { "Dates" } else { "" };
        let words = day_words(date.on, next(date.on), today, messages::years_long);
        fact(
            sink,
            label,
            Text::one_line(&format!("{}: {words}", date.what.trim())),
        )?;
    }
    text(sink, "Met", contact.met.as_deref())?;
    introductions(sink, book, id, bringer, &brought, length.touches)?;
    let tags = contact.tags.join(", ");
    if tags.is_empty() {
        return Ok(());
    }
    sink.wrapped(&label_of("Tags"), tags)
}

/// Who brought them, unless `met` says the name already, and the first `most` of those they brought.
fn introductions(
    sink: &mut Sink,
    book: &Book,
    id: ContactId,
    bringer: Option<ContactId>,
    brought: &[ContactId],
    most: usize,
) -> io::Result<()> {
    let name = |id: ContactId| book.contact(id).shown_name();
    let met = book.contact(id).met.as_deref().unwrap_or_default();
    let bringer = bringer.map(name).filter(|name| !met.contains(name));
    text(sink, "Through", bringer)?;
    if brought.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = brought.iter().map(|id| name(*id).to_owned()).collect();
    let names = plural::first_of(&names, most);
    sink.prose(&label_of("Brought"), Text::one_line(&names))
}

/// `12 Mar 1984, turns 43 in 3 months`, `29 Feb, in 3 months (28 Feb)`; the day alone where it has no `next`.
fn day_words(
    day: AnnualDay,
    next: Option<NaiveDate>,
    today: NaiveDate,
    years: impl Fn(u32) -> String,
) -> String {
    let date = match day {
        AnnualDay::Date(date) => date.format("%-d %b %Y").to_string(),
        AnnualDay::Yearless { month, day } => {
            let date = NaiveDate::from_ymd_opt(2024, month, day).unwrap_or(today);
            date.format("%-d %b").to_string()
        }
    };
    let Some(next) = next else { return date };
    let when = days::distance_ahead(next, today);
    let moved = if day.is_moved_to(next) {
        next.format(" (%-d %b)").to_string()
    } else {
        String::new()
    };
    match (day, day.years_on(next)) {
        (_, Some(count)) => format!("{date}, {} {when}{moved}", years(count)),
        (AnnualDay::Date(first), None) if first <= today => date,
        (_, None) => format!("{date}, {when}{moved}"),
    }
}

fn rhythm(sink: &mut Sink, book: &Book, id: ContactId, today: NaiveDate) -> io::Result<()> {
    let contact = book.contact(id);
    let standing = standing(book, id, today);
    let bucket = contact.bucket.as_deref().unwrap_or("none");
    let friendly = if contact.friendly { ", friendly" } else { "" };
    let bucket = format!("{bucket}{friendly}");
    fact(sink, "Bucket", Text::one_line(&bucket))?;
    if let Some((cadence, source)) = standing.cadence {
        let is_own = source == CadenceSource::Own;
        let own = if is_own { ", their own" } else { "" };
        fact(sink, "Cadence", format!("{cadence}{own}"))?;
    }
    if let Some(next) = &standing.next {
        let plan = messages::planned(next, today);
        fact(sink, "Next", Text::one_line(&plan))?;
    }
    let promises = to_contact(id, contact, today).into_iter();
    let promises = promises.filter(|promise| !promise.is_plan());
    for (at, promise) in promises.enumerate() {
        let label = if at == 0 { "Promised" } else { "" };
        let what = Text::one_line(&format!(": {}", promise.what));
        fact(sink, label, by(&promise, today) + what)?;
    }
    let balance = Balance::of(contact, today);
    if !balance.is_empty() {
        fact(sink, "Balance", messages::balance(balance))?;
    }
    let when = ShownContact::new(book, &standing, today).when();
    let due = match standing.due.filter(|_| standing.quiet.is_none()) {
        Some(due) if due > today => days::date_and_distance(due, today).into(),
        Some(due) if due < today => {
            when + Text::new(&format!(", since {}", days::date(due, today)))
        }
        _ => when,
    };
    let remedy = changes_that(book, &standing, today);
    fact(sink, "Due", due + Text::new(&remedy))
}

fn touches(sink: &mut Sink, contact: &Contact, today: NaiveDate, most: usize) -> io::Result<()> {
    let mut touches: Vec<&Touch> = contact.touches.iter().collect();
    touches.sort_by_key(|touch| touch.on);
    if touches.is_empty() {
        let added = contact.added.map(|day| days::date(day, today));
        let added = added.map_or(String::new(), |added| format!("; added {added}"));
        return sink.sentence(format!("No touches yet{added}"));
    }
    let all_of_them = plural::count(touches.len(), "touch", "touches");
    sink.line(Text::new(&all_of_them).ink(Ink::Faint))?;
    let more = touches.len().saturating_sub(most);
    let shown = || touches.iter().skip(more).rev();
    let width = shown()
        .map(|touch| channel(touch).width())
        .max()
        .unwrap_or(0);
    for touch in shown() {
        let via = channel(touch);
        let pad = " ".repeat(width - via.width() + 2);
        let day = touch.on.format("%-d %b %Y").to_string();
        let head = Text::new(&format!("  {day:>11}  ")) + via.closed() + Text::new(&pad);
        sink.prose(&head, about_touch(touch))?;
    }
    if more > 0 {
        let name = messages::typed_name(&contact.name);
        let more = format!("{more} more (netkeep show {name} --all)");
        sink.prose(&Text::new("  "), Text::new(&more).ink(Ink::Faint))?;
    }
    Ok(())
}

fn notes(sink: &mut Sink, contact: &Contact, length: ShowLength) -> io::Result<()> {
    let Some(notes) = &contact.notes else {
        return Ok(());
    };
    let lines: Vec<&str> = notes.trim_end().lines().collect();
    if length.notes == 0 {
        return fact(sink, "Notes", plural::count(lines.len(), "line", "lines"));
    }
    length.gap(sink)?;
    sink.line(Text::new("Notes").ink(Ink::Faint))?;
    for line in lines.iter().take(length.notes) {
        // Indented, so that a line of the notes does not look like a fact.
        sink.prose(&Text::new("  "), Text::one_line(line))?;
    }
    match lines.len().saturating_sub(length.notes) {
        0 => Ok(()),
        more => {
            let more = plural::count(more, "more line", "more lines");
            sink.line(Text::new(&format!("  {more}")).ink(Ink::Faint))
        }
    }
}

fn text(sink: &mut Sink, label: &str, text: Option<&str>) -> io::Result<()> {
    match text {
        Some(text) => sink.prose(&label_of(label), Text::one_line(text)),
        None => Ok(()),
    }
}

fn fact(sink: &mut Sink, label: &str, fact: impl Into<Text>) -> io::Result<()> {
    sink.prose(&label_of(label), fact)
}

fn label_of(label: &str) -> Text {
    Text::new(&format!("{label:<LABEL$}")).ink(Ink::Faint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_goes_in_the_order_of_touches_notes_and_blank_lines() {
        // Twenty touches, ten lines of notes and five blank lines, beside ten lines that always stay.
        let lines = |length: ShowLength| {
            let gaps = if length.is_airy { 5 } else { 0 };
            10 + length.touches.min(20) + length.notes.min(10) + gaps
        };
        let fitting = |room| {
            let length = ShowLength::fitting(room, lines);
            let notes = length.notes.min(10);
            (length.touches, notes, length.is_airy, lines(length))
        };
        assert_eq!(fitting(usize::MAX), (8, 10, true, 33));
        assert_eq!(fitting(33), (8, 10, true, 33));
        assert_eq!(fitting(30), (5, 10, true, 30));
        assert_eq!(fitting(27), (3, 9, true, 27));
        assert_eq!(fitting(19), (3, 1, true, 19));
        assert_eq!(fitting(18), (3, 5, false, 18));
        assert_eq!(fitting(13), (3, 0, false, 13));
        assert_eq!(fitting(11), (1, 0, false, 11));
        assert_eq!(fitting(2), (1, 0, false, 11));
    }
}
