//! The touches of a span of days, over all contacts.

use chrono::NaiveDate;

use crate::domain::{Book, ContactId, Touch};

/// A touch and the contact it was with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct JournalEntry<'b> {
    pub(crate) id: ContactId,
    pub(crate) touch: &'b Touch,
}

/// The touches with these contacts from `since` to `today`, the newest first; of those on one day, in the order of the contacts,
/// and of one contact the later in the file first.
pub(crate) fn journal<'b>(
    book: &'b Book,
    ids: &[ContactId],
    since: NaiveDate,
    today: NaiveDate,
) -> Vec<JournalEntry<'b>> {
    let of = |id: &ContactId| {
        let (id, newest) = (*id, book.contact(*id).newest_first(today));
        newest
            .into_iter()
            .map(move |touch| JournalEntry { id, touch })
    };
    let mut entries: Vec<JournalEntry> = ids.iter().flat_map(of).collect();
    entries.retain(|entry| entry.touch.on >= since);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.touch.on));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_come_first_and_those_to_come_not_at_all() {
        let text = "[[contacts]]\nname = 'A'\ntouches = [{ on = 2026-11-20, via = '1' }, { on = 2026-11-23, via = '2' }, \
             { on = 2026-11-20, via = '3' }, { on = 2026-11-24, via = '4' }]\n\
             [[contacts]]\nname = 'B'\ntouches = [{ on = 2026-11-20, via = '5' }, { on = 2026-11-09, via = '6' }, \
             { on = 2026-11-08, via = '7' }]\n";
        let book = crate::store::read(text).expect("a book").book;
        let [since, today] = ["2026-11-09", "2026-11-23"].map(|day| day.parse().expect("a day"));
        let ids: Vec<ContactId> = book.ids().collect();
        let entries = journal(&book, &ids, since, today);
        let vias = entries.iter().filter_map(|entry| entry.touch.via());
        assert_eq!(vias.collect::<String>(), "23156");
    }
}
