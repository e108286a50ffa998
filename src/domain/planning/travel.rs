//! Who is in a place that you travel to.

use chrono::NaiveDate;

use crate::domain::due::rule::{Quiet, Standing, silence, standing};
use crate::domain::{Book, Contact};

/// The contacts that pass a filter, the longest silent for their cadence first, then in the order of the file. Whether they are
/// due does not matter, nor whether they rest; those who are paused come last.
pub(crate) fn there(
    book: &Book,
    today: NaiveDate,
    takes: impl Fn(&Contact) -> bool,
) -> Vec<Standing> {
    let ids = book.ids().filter(|id| takes(book.contact(*id)));
    let mut there: Vec<Standing> = ids.map(|id| standing(book, id, today)).collect();
    there.sort_by(|one, other| {
        let is_paused = |standing: &Standing| standing.quiet == Some(Quiet::Paused);
        let longest = silence(other, today).cmp(silence(one, today));
        is_paused(one).cmp(&is_paused(other)).then(longest)
    });
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_silent_for_their_cadence_come_first_and_the_paused_last() {
        let text = "buckets.weekly.cadence = '1 week'\nbuckets.yearly.cadence = '1 year'\n\
            [[contacts]]\nname = 'yearly, 2 months'\nbucket = 'yearly'\ntouches = [{ on = 2026-09-23 }]\n\
            [[contacts]]\nname = 'weekly, 1 week'\nbucket = 'weekly'\ntouches = [{ on = 2026-11-16 }]\n\
            [[contacts]]\nname = 'paused'\nbucket = 'weekly'\npaused = true\ntouches = [{ on = 2020-01-01 }]\n\
            [[contacts]]\nname = 'no bucket, 60 days'\ntouches = [{ on = 2026-09-24 }]\n\
            [[contacts]]\nname = 'weekly, 3 weeks, planned'\nbucket = 'weekly'\nnext = { on = 2027-01-01 }\n\
            touches = [{ on = 2026-11-02 }]\n\
            [[contacts]]\nname = 'new, of no day'\n\
            [[contacts]]\nname = 'resting, 4 weeks'\nbucket = 'weekly'\ntouches = [\n\
            { on = 2026-10-24, direction = 'out' },\n{ on = 2026-10-25, direction = 'out' },\n{ on = 2026-10-26, direction = 'out' },\n]\n\
            [[contacts]]\nname = 'added, 3 weeks'\nbucket = 'weekly'\nadded = 2026-11-02\n\
            [[contacts]]\nname = 'elsewhere'\ncity = 'Oslo'\ntouches = [{ on = 2020-01-01 }]\n";
        let book = crate::store::read(text).expect("a book").book;
        let today = "2026-11-23".parse().expect("a day");
        let there = there(&book, today, |contact| contact.city.is_none());
        let names = there.iter().map(|one| book.contact(one.id).name.as_str());
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "resting, 4 weeks",
                "weekly, 3 weeks, planned",
                "added, 3 weeks",
                "no bucket, 60 days",
                "weekly, 1 week",
                "new, of no day",
                "yearly, 2 months",
                "paused"
            ]
        );
    }
}
