//! Dormant ties: people you were once in touch with, who have been silent for years.
//!
//! Everything counts as of the first day of the week, so that the three of a week stay the same whatever is logged in it.

use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Unbounded};

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::due::rule::rest_after;
use crate::domain::{Book, Contact, ContactId, Pause};

/// How many are proposed in a week.
const A_WEEK: usize = 3;

/// As many touches are a tie, whatever else is known.
const A_TIE: usize = 2;

/// The dormant ties of a book in a week, those left out who were reached in it.
///
/// Those with the fewest touches come first: people tend to write to those they know well, and hear more that is new from the
/// others. Of equals, the longest silent come first, then those first in the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DormantTies {
    pub(crate) all: Vec<ContactId>,
    /// Those who have their turn in this week: three. In a third as many weeks as there are ties, each has had a turn.
    pub(crate) turn: Vec<ContactId>,
}

/// The dormant ties among the contacts that pass a filter.
///
/// They had been silent for `dormant_after` when the week of `today` began, and there are two touches, a note, or `met`. Who
/// was paused or resting then is left out.
pub(crate) fn dormant(
    book: &Book,
    today: NaiveDate,
    takes: impl Fn(&Contact) -> bool,
) -> DormantTies {
    let start = book.week.first_day(today);
    let ids = book.ids().filter(|id| takes(book.contact(*id)));
    let spells: Vec<DormantSpell> = ids.flat_map(|id| spells(book, id, today)).collect();
    let mut ties: Vec<TieOrder> = spells
        .iter()
        .filter(|spell| spell.is_in(start))
        .map(|spell| spell.order)
        .collect();
    ties.sort_unstable();
    let mut turn = turn(&spells, start);
    // Contacts added this week come after those who were there when it began.
    let is_waiting = |tie: &&TieOrder| !turn.contains(tie);
    let mut newcomers: Vec<TieOrder> = ties.iter().filter(is_waiting).copied().collect();
    newcomers.sort_by_key(|(.., id)| book.contact(*id).added);
    let room = A_WEEK - turn.len();
    turn.extend(newcomers.into_iter().take(room));
    turn.sort_unstable();
    let open = |ties: Vec<TieOrder>| {
        let ids = ties.into_iter().map(|(.., id)| id);
        ids.filter(|id| is_open(book, *id, today)).collect()
    };
    DormantTies {
        all: open(ties),
        turn: open(turn),
    }
}

/// How many dormant ties there are in a book.
pub(crate) fn count(book: &Book, today: NaiveDate) -> usize {
    let start = book.week.first_day(today);
    let is_tie = |id: &ContactId| {
        let mut spells = spells(book, *id, today).into_iter();
        spells.any(|spell| spell.is_in(start)) && is_open(book, *id, today)
    };
    book.ids().filter(is_tie).count()
}

/// Whether a contact was not reached this week.
fn is_open(book: &Book, id: ContactId, today: NaiveDate) -> bool {
    let last = book.contact(id).last_touch(today);
    last.is_none_or(|touch| touch.on < book.week.first_day(today))
}

/// Who has been silent for `dormant_after`, and whose words alone say whether there was a tie: a book that is read for due days
/// has no words.
pub(crate) fn undecided(book: &Book, today: NaiveDate) -> Vec<ContactId> {
    let start = book.week.first_day(today);
    let is_undecided = |id: &ContactId| {
        let contact = book.contact(*id);
        let touches = contact.touches.iter().filter(|touch| touch.on < start);
        touches.count() < A_TIE && is_long_silent(book, contact, today)
    };
    book.ids().filter(is_undecided).collect()
}

/// Whether a contact had been silent for `dormant_after` when the week of `today` began.
pub(super) fn is_long_silent(book: &Book, contact: &Contact, today: NaiveDate) -> bool {
    let start = book.week.first_day(today);
    let last = start.pred_opt().and_then(|eve| contact.last_touch(eve));
    let since = last.map(|touch| touch.on).or(contact.added);
    since.is_some_and(|since| book.defaults.dormant_after.0.end(since) <= start)
}

/// Whether `due` says in the week of `today` that there are some: in the first week that begins in a month.
pub(crate) fn is_told(book: &Book, today: NaiveDate) -> bool {
    book.week.first_day(today).day() <= 7
}

/// The order of ties: how many touches there were, since when they are silent, and their place in the file.
type TieOrder = (usize, NaiveDate, ContactId);

/// A time in which someone was a dormant tie.
struct DormantSpell {
    order: TieOrder,
    /// The first days of the first week in which they were dormant, and of the first in which they were not; `None` for none.
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// The first day of the first week that begins with them in the book.
    known: Option<NaiveDate>,
}

impl DormantSpell {
    /// Whether they are dormant in the week that begins with `start`.
    fn is_in(&self, start: NaiveDate) -> bool {
        self.from <= start && self.until.is_none_or(|until| start < until)
    }
}

/// The times up to `today` in which a contact was a dormant tie: after the last touch before each.
fn spells(book: &Book, id: ContactId, today: NaiveDate) -> Vec<DormantSpell> {
    let contact = book.contact(id);
    let mut touches = contact.newest_first(today);
    touches.reverse();
    let days: Vec<NaiveDate> = touches.iter().map(|touch| touch.on).collect();
    let is_text = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let is_known = is_text(contact.notes.as_deref()) || is_text(contact.met.as_deref());
    let rest_after = rest_after(book, contact);
    let back = match contact.paused {
        Some(Pause::Open) => return vec![],
        Some(Pause::Until(day)) => Some(day),
        None => None,
    };
    let known = contact.added.and_then(|added| added.succ_opt());
    let known = known.map(|day| first_week_from(book, day));
    let after = |count: usize| {
        let since = match count.checked_sub(1) {
            Some(last) => days[last],
            None => contact.added?,
        };
        let until = days.get(count).and_then(NaiveDate::succ_opt);
        let until = until.map(|until| first_week_from(book, until));
        let from = book
            .defaults
            .dormant_after
            .0
            .end(since)
            .max(back.unwrap_or(since));
        let from = first_week_from(book, from);
        if until.is_some_and(|until| until <= from) {
            return None;
        }
        let is_tie = count >= A_TIE
            || is_known
            || touches[..count].iter().any(|touch| is_text(touch.note()));
        let rests = rest_after.is_some_and(|least| contact.unanswered(since) >= least);
        (is_tie && !rests).then_some(DormantSpell {
            order: (count, since, id),
            from,
            until,
            known,
        })
    };
    (0..=days.len()).filter_map(after).collect()
}

/// The first day of the first week that begins on `day` or later.
fn first_week_from(book: &Book, day: NaiveDate) -> NaiveDate {
    let start = book.week.first_day(day);
    if start == day {
        return day;
    }
    start
        .checked_add_days(Days::new(7))
        .unwrap_or(NaiveDate::MAX)
}

/// Those whose turn it is in the week that begins with `this_week`: the next three in a circle, each week since there was the first
/// tie. One who is reached meanwhile makes room for the next, and nobody is passed over.
fn turn(spells: &[DormantSpell], this_week: NaiveDate) -> Vec<TieOrder> {
    let mut events: Vec<(NaiveDate, bool, TieOrder)> = Vec::new();
    for spell in spells {
        let from = spell
            .known
            .map_or(spell.from, |known| known.max(spell.from));
        if spell.until.is_none_or(|until| from < until) {
            events.push((from, true, spell.order));
            events.extend(spell.until.map(|until| (until, false, spell.order)));
        }
    }
    events.sort_unstable();
    let mut events = events.into_iter().peekable();
    let Some((first, ..)) = events.peek().copied() else {
        return vec![];
    };
    let weeks = std::iter::successors(Some(first), |week| week.checked_add_days(Days::new(7)));
    let mut circle: BTreeSet<TieOrder> = BTreeSet::new();
    let (mut turn, mut last) = (Vec::new(), None);
    for week in weeks.take_while(|week| *week <= this_week) {
        while let Some((_, comes, tie)) = events.next_if(|(day, ..)| *day <= week) {
            if comes {
                circle.insert(tie);
            } else {
                circle.remove(&tie);
            }
        }
        let ahead = circle.range((last.map_or(Unbounded, Excluded), Unbounded));
        let places = A_WEEK.min(circle.len());
        turn = ahead.chain(&circle).take(places).copied().collect();
        last = turn.last().copied().or(last);
    }
    turn
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Touch;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// A book of contacts with these lines and touches, named A, B ... in their order. A touch is its day, with `>` for out
    /// and `!` for one with a note.
    fn book(head: &str, contacts: &[(&str, &str)]) -> Book {
        let mut text = format!("{head}\nbuckets.a.cadence = '4 weeks'\n");
        for ((lines, touches), name) in contacts.iter().zip('A'..) {
            let touch = |touch: &str| match (touch.strip_suffix('>'), touch.strip_suffix('!')) {
                (Some(on), _) => format!("{{ on = {on}, direction = 'out' }}"),
                (_, Some(on)) => format!("{{ on = {on}, note = 'x' }}"),
                _ => format!("{{ on = {touch} }}"),
            };
            let touches: Vec<String> = touches.split_whitespace().map(touch).collect();
            let touches = touches.join(", ");
            text += &format!("[[contacts]]\nname = '{name}'\n{lines}\ntouches = [{touches}]\n");
        }
        let read = crate::store::read(&text).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    fn names(book: &Book, ids: &[ContactId]) -> String {
        ids.iter().map(|id| &*book.contact(*id).name).collect()
    }

    /// A Wednesday; its week began on the 23rd.
    const TODAY: &str = "2026-11-25";

    #[track_caller]
    fn case(lines: &str, touches: &str, expected: bool) {
        let book = book("", &[(lines, touches)]);
        let ties = dormant(&book, day(TODAY), |_| true);
        assert_eq!(!ties.all.is_empty(), expected, "{lines} {touches}");
        assert_eq!(ties.all, ties.turn);
    }

    #[test]
    fn silent_for_three_years_when_the_week_began() {
        case("", "2020-01-01 2023-11-23", true);
        case("", "2020-01-01 2023-11-24", false);
        case("", "2023-11-23 2020-01-01", true);
        // A touch to come does not count, one of this week ends it, and one without an answer counts.
        case("", "2020-01-01 2020-01-02 2027-01-01", true);
        case("", "2020-01-01 2020-01-02 2026-11-24", false);
        case("", "2020-01-01 2020-01-02 2026-11-20>", false);
        // In a bucket or not, with a plan or without.
        case("bucket = 'a'", "2020-01-01 2020-01-02", true);
        case("next = { on = 2026-12-01 }", "2020-01-01 2020-01-02", true);
    }

    #[test]
    fn once_in_touch_is_two_touches_or_a_note_or_met() {
        case("", "", false);
        case("met = 'RustConf'", "", false);
        case("met = 'RustConf'\nadded = 2020-01-01", "", true);
        case("notes = 'tall'\nadded = 2020-01-01", "", true);
        case("met = ' '\nadded = 2020-01-01", "", false);
        case("met = 'RustConf'\nadded = 2024-01-01", "", false);
        case("", "2020-01-01", false);
        case("added = 2010-01-01", "2020-01-01", false);
        case("", "2020-01-01!", true);
        case("met = 'RustConf'", "2020-01-01", true);
        case("notes = 'tall'", "2020-01-01", true);
        case("", "2020-01-01 2020-01-01", true);
        case("", "2020-01-01 2026-11-24!", false);
    }

    #[test]
    fn not_who_is_paused_or_rests() {
        let two = "2020-01-01 2020-01-02";
        case("paused = true", two, false);
        case("paused = 2027-01-01", two, false);
        case("paused = 2026-11-23", two, true);
        // Back since yesterday, but not when the week began.
        case("paused = 2026-11-24", two, false);
        let out = "2020-01-01> 2020-01-02> 2020-01-03>";
        case("", out, false);
        case("friendly = true", out, true);
        case("", "2020-01-01> 2020-01-02>", true);
        case("", &format!("{out} 2020-01-04"), true);
        let book = book("defaults.rest_after = 0", &[("", out)]);
        assert_eq!(dormant(&book, day(TODAY), |_| true).all.len(), 1);
    }

    #[test]
    fn the_book_says_for_how_long() {
        let head = |span: &str| format!("defaults.dormant_after = '{span}'");
        let contacts = [("", "2024-01-01 2024-11-23")];
        for (span, expected) in [("2 years", "A"), ("1y", "A"), ("25 months", ""), ("5y", "")] {
            let book = book(&head(span), &contacts);
            let ties = dormant(&book, day(TODAY), |_| true);
            assert_eq!(names(&book, &ties.all), expected, "{span}");
        }
    }

    #[test]
    fn the_fewest_touches_come_first_then_the_longest_silence() {
        let book = book(
            "",
            &[
                ("", "2010-01-01 2011-01-01 2012-01-01"),
                ("", "2021-01-01 2022-01-01"),
                ("", "2010-01-01 2020-01-01"),
                ("", "2020-01-01!"),
                ("", "2020-01-01!"),
                ("met = 'x'\nadded = 2023-01-01", ""),
                ("", "2026-11-23 2010-01-01 2010-01-02"),
            ],
        );
        let ties = dormant(&book, day(TODAY), |_| true);
        assert_eq!(names(&book, &ties.all), "FDECBA");
        assert_eq!(count(&book, day(TODAY)), 6);
        let ties = dormant(&book, day("2026-11-22"), |contact| contact.name != "D");
        assert_eq!(names(&book, &ties.all), "FEGCBA");
    }

    #[test]
    fn told_once_a_month() {
        let told = |head: &str, from: &str, days: u64| {
            let book = book(head, &[]);
            let days = (0..days).map(|at| day(from) + Days::new(at));
            let told: Vec<String> = days
                .filter(|day| is_told(&book, *day))
                .map(|day| day.format("%b %-d").to_string())
                .collect();
            told.join(", ")
        };
        assert_eq!(
            told("", "2026-11-01", 61),
            "Nov 2, Nov 3, Nov 4, Nov 5, Nov 6, Nov 7, Nov 8, Dec 7, Dec 8, Dec 9, Dec 10, Dec 11, Dec 12, Dec 13"
        );
        assert_eq!(
            told("week.starts = 'sunday'", "2026-11-01", 30),
            "Nov 1, Nov 2, Nov 3, Nov 4, Nov 5, Nov 6, Nov 7"
        );
    }

    prop_compose! {
        /// People with touches some years ago, in a book whose weeks start on any day.
        fn silent_people()(
            starts in 0..7_usize,
            people in prop::collection::vec(prop::collection::vec(1100..9000_u64, 2..6), 0..20),
        ) -> Book {
            let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            let mut book = book(&format!("week.starts = '{}'", days[starts]), &[]);
            for touches in people {
                let touches = touches.into_iter().map(|ago| Touch::on(day(TODAY) - Days::new(ago)));
                book.contacts.push(Contact { touches: touches.collect(), ..Contact::default() }.into());
            }
            book
        }
    }

    proptest! {
        #[test]
        fn the_three_are_the_same_all_week_whatever_is_logged(
            book in silent_people(), later in 0..400_u64, logged in prop::collection::vec((0..20_usize, 0..7_u64), 0..4)
        ) {
            let start = book.week.first_day(day(TODAY) + Days::new(later));
            let first = dormant(&book, start, |_| true);
            prop_assert_eq!(first.turn.len(), first.all.len().min(3));
            let mut after = book.clone();
            for (at, into) in logged {
                if at < book.contacts.len() {
                    after.contact_mut(ContactId(at)).touches.push(Touch::on(start + Days::new(into)));
                }
            }
            for into in 0..7 {
                let today = start + Days::new(into);
                prop_assert_eq!(&dormant(&book, today, |_| true), &first);
                let is_open = |id: &&ContactId| after.contact(**id).last_touch(today).is_none_or(|touch| touch.on < start);
                let open: Vec<ContactId> = first.turn.iter().filter(is_open).copied().collect();
                prop_assert_eq!(dormant(&after, today, |_| true).turn, open);
            }
        }

        #[test]
        fn all_have_had_their_turn_after_a_third_as_many_weeks(
            book in silent_people(), later in 0..400_u64, reached in prop::collection::vec(prop::option::of(0..3_usize), 20)
        ) {
            let mut book = book;
            let from = book.week.first_day(day(TODAY) + Days::new(later));
            let mut waiting = dormant(&book, from, |_| true).all;
            let weeks = waiting.len().div_ceil(A_WEEK);
            // Of the three of each week, one or none is reached on its Wednesday.
            for (week, reached) in (0..).zip(reached.into_iter().take(weeks)) {
                let today = from + Days::new(7 * week + 2);
                let turn = dormant(&book, today, |_| true).turn;
                waiting.retain(|id| !turn.contains(id));
                if let Some(id) = reached.and_then(|at| turn.get(at)) {
                    book.contact_mut(*id).touches.push(Touch::on(today));
                }
            }
            prop_assert_eq!(waiting, []);
        }

        #[test]
        fn who_comes_into_the_book_in_a_week_does_not_change_its_three(
            book in silent_people(), into in 0..7_u64, touches in prop::collection::vec(1100..9000_u64, 2..6),
        ) {
            let today = book.week.first_day(day(TODAY)) + Days::new(into);
            let before = dormant(&book, today, |_| true).turn;
            let touches = touches.into_iter().map(|ago| Touch::on(day(TODAY) - Days::new(ago)));
            let mut after = book;
            let newcomer = Contact { added: Some(today), touches: touches.collect(), ..Contact::default() };
            after.contacts.push(newcomer.into());
            let mut turn = dormant(&after, today, |_| true).turn;
            // Only a place that nobody else has is theirs.
            if before.len() < A_WEEK {
                turn.retain(|id| before.contains(id));
            }
            prop_assert_eq!(turn, before);
        }
    }
}
