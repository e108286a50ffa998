//! How long contacts have been silent, against their cadence and their limit.

use chrono::NaiveDate;

use super::first::FirstOfMany;
use crate::domain::Book;
use crate::domain::due::rule::Standing;

/// More than this many nobody reads.
const MOST: usize = 50;

/// The silence of one contact with a due day. All counts are days from the last touch, or from the day tracking began.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DueSilence<'b> {
    pub(crate) standing: Standing,
    /// To today, none if that day is still to come; `None` if there is no day to count from.
    pub(crate) silent: Option<i64>,
    /// To the due day; `None` too if a promise was due before.
    pub(crate) due: Option<i64>,
    /// To the last day inside the limit.
    pub(crate) limit: Option<i64>,
    /// The newest touch with a note, and the note.
    pub(crate) note: Option<(NaiveDate, &'b str)>,
}

/// The first fifty that neither rest nor are paused; the `standings` begin with the most pressure.
pub(crate) fn silences<'b>(
    book: &'b Book,
    standings: &[Standing],
    today: NaiveDate,
) -> FirstOfMany<DueSilence<'b>> {
    let asked = standings.iter().filter(|standing| standing.quiet.is_none());
    FirstOfMany::of(asked, MOST).map(|standing| DueSilence::of(book, standing.clone(), today))
}

impl<'b> DueSilence<'b> {
    fn of(book: &'b Book, standing: Standing, today: NaiveDate) -> Self {
        let days_to = |day: NaiveDate| Some((day - standing.since?).num_days());
        let note = book.contact(standing.id).last_note(today);
        Self {
            silent: days_to(today).map(|days| days.max(0)),
            due: standing.due.and_then(days_to).filter(|days| *days >= 0),
            limit: standing.limit.and_then(days_to),
            note: note.and_then(|touch| Some((touch.on, touch.note()?))),
            standing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::due::rule::all;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn book(contacts: &str) -> Book {
        let text = format!("buckets.a = {{ cadence = '4 weeks', limit = '8 weeks' }}\n{contacts}");
        let read = crate::store::read(&text).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    fn told(book: &Book) -> Vec<String> {
        let today = day("2026-11-23");
        let silences = silences(book, &all(book, today), today);
        let told = silences.first.iter().map(|silence| {
            let days = [silence.silent, silence.due, silence.limit];
            let days = days.map(|days| days.map_or("-".to_owned(), |days| days.to_string()));
            let note = silence.note.map_or("", |(_, note)| note);
            let name = &book.contact(silence.standing.id).name;
            format!("{name} {} {note}", days.join("/"))
        });
        told.collect()
    }

    #[test]
    fn those_with_the_most_pressure_come_first_and_those_who_rest_or_are_paused_not_at_all() {
        let book = book(
            "[[contacts]]\nname = 'A'\nbucket = 'a'\ntouches = [\n{ on = 2026-11-13 },\n\
             { on = 2026-11-03, note = 'old' },\n{ on = 2026-11-12, note = 'budget' },\n{ on = 2026-12-01, note = 'to come' },\n]\n\
             [[contacts]]\nname = 'B'\nbucket = 'a'\nadded = 2026-09-14\n\
             [[contacts]]\nname = 'C'\nbucket = 'a'\n\
             [[contacts]]\nname = 'D'\nbucket = 'a'\ntouches = [{ on = 2026-11-13 }]\npromises = [{ by = 2026-11-03, what = 'send' }]\n\
             [[contacts]]\nname = 'E'\nbucket = 'a'\npaused = true\n\
             [[contacts]]\nname = 'F'\nbucket = 'a'\ntouches = [\n{ on = 2026-01-01, direction = 'out' },\n\
             { on = 2026-01-02, direction = 'out' },\n{ on = 2026-01-03, direction = 'out' },\n]\n\
             [[contacts]]\nname = 'G'\n",
        );
        assert_eq!(
            told(&book),
            ["B 70/28/56 ", "D 10/-/56 ", "C -/-/- ", "A 10/28/56 budget"]
        );
    }

    #[test]
    fn fifty_are_enough() {
        let contact = |at| format!("[[contacts]]\nname = '{at}'\nbucket = 'a'\n");
        let book = book(&(0..60).map(contact).collect::<String>());
        assert_eq!(told(&book).len(), 50);
        let today = day("2026-11-23");
        assert_eq!(silences(&book, &all(&book, today), today).more, 10);
    }
}
