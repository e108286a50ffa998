//! Lists of a contact and of its card: what one side added and took out since both agreed happens on the other.

use super::card_values::with_new;
use super::link::Agreed;
use crate::domain::identity::equivalence::{
    is_one, is_same_other_day, is_same_promise, is_same_touch,
};
use crate::domain::{Contact, Field, OtherDay};

/// Two lists, each with what happened on both sides.
pub(super) struct MergedLists<T> {
    pub(super) book: Vec<T>,
    pub(super) card: Vec<T>,
}

/// The lists of both sides, and those on which they agreed.
pub(super) struct ListSides<'l, T> {
    pub(super) agreed: [&'l [T]; 2],
    pub(super) now: [&'l [T]; 2],
}

/// What happened to a list.
struct SideChange<'l, T> {
    removed: Vec<&'l T>,
    added: Vec<&'l T>,
}

impl<'l, T: Clone> ListSides<'l, T> {
    /// Both lists, each with what happened to the other. What both added is added once. `is_one` says whether two items are the
    /// same, however they are written: then each side keeps its own.
    pub(super) fn merge(&self, is_one: impl Fn(&T, &T) -> bool) -> MergedLists<T> {
        let [book, card] = [0, 1].map(|side| self.change(side, &is_one));
        MergedLists {
            book: changed(self.now[0], &card, &is_one),
            card: changed(self.now[1], &book, &is_one),
        }
    }

    fn change(&self, side: usize, is_one: impl Fn(&T, &T) -> bool) -> SideChange<'l, T> {
        let [before, now] = [self.agreed[side], self.now[side]];
        SideChange {
            removed: lacking(before, now, &is_one),
            added: lacking(now, before, &is_one),
        }
    }
}

/// The items of `all` that `others` lack.
fn lacking<'l, T>(all: &'l [T], others: &[T], is_one: impl Fn(&T, &T) -> bool) -> Vec<&'l T> {
    let is_there = |item: &T| others.iter().any(|other| is_one(item, other));
    all.iter().filter(|item| !is_there(item)).collect()
}

/// A list after a change; what replaces an item takes its place.
fn changed<T: Clone>(
    list: &[T],
    change: &SideChange<T>,
    is_one: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    let is_there = |item: &T| list.iter().any(|other| is_one(item, other));
    let added = change.added.iter().filter(|item| !is_there(item));
    let mut added = added.map(|item| (*item).clone());
    let mut after = Vec::new();
    for item in list {
        if change.removed.iter().any(|removed| is_one(removed, item)) {
            after.extend(added.next());
        } else {
            after.push(item.clone());
        }
    }
    after.extend(added);
    after
}

/// Whether two texts in a list are the same.
pub(super) fn is_one_text(field: Field) -> impl Fn(&String, &String) -> bool {
    move |one, other| is_one(field, one, other) && is_one(field, other, one)
}

/// Whether two days of the year are the same, as far as both know it.
pub(super) fn is_one_day(one: &OtherDay, other: &OtherDay) -> bool {
    one.on == other.on && is_same_other_day(one, other)
}

/// Touches and promises: a card adds to those of the book, and never takes one out.
pub(super) fn merge_rows(agreed: &Agreed, now: [&Contact; 2], sides: &mut [Contact; 2]) {
    let before = [&agreed.book, &agreed.card];
    let touches = ListSides {
        agreed: before.map(|side| side.touches.as_slice()),
        now: now.map(|side| side.touches.as_slice()),
    };
    let promises = ListSides {
        agreed: before.map(|side| side.promises.as_slice()),
        now: now.map(|side| side.promises.as_slice()),
    };
    let (touches, promises) = (
        touches.merge(is_same_touch),
        promises.merge(is_same_promise),
    );
    sides[0].touches = with_new(&now[0].touches, touches.book);
    sides[0].promises = with_new(&now[0].promises, promises.book);
    sides[1].touches = touches.card;
    sides[1].promises = promises.card;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists of letters; capitals are the same letters written differently.
    #[track_caller]
    fn becomes(agreed: [&str; 2], now: [&str; 2], merged: [&str; 2]) {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        let [agreed, now] = [agreed.map(letters), now.map(letters)];
        let sides = ListSides {
            agreed: agreed.each_ref().map(Vec::as_slice),
            now: now.each_ref().map(Vec::as_slice),
        };
        let lists = sides.merge(char::eq_ignore_ascii_case);
        let text = |letters: Vec<char>| letters.into_iter().collect::<String>();
        assert_eq!([text(lists.book), text(lists.card)], merged);
    }

    #[test]
    fn what_one_side_did_happens_on_the_other() {
        becomes(["ab", "AB"], ["abc", "AB"], ["abc", "ABc"]);
        becomes(["ab", "AB"], ["ab", "B"], ["b", "B"]);
        becomes(["abc", "abc"], ["axc", "abc"], ["axc", "axc"]);
        becomes(["ab", "ab"], ["abx", "aby"], ["abxy", "abyx"]);
        becomes(["a", "a"], ["x", "y"], ["xy", "yx"]);
        becomes(["ab", "ab"], ["a", ""], ["", ""]);
    }

    #[test]
    fn what_is_only_written_differently_is_no_change() {
        becomes(["ab", "ab"], ["AB", "ba"], ["AB", "ba"]);
        becomes(["a", ""], ["a", ""], ["a", ""]);
        becomes(["a", ""], ["ab", "B"], ["ab", "B"]);
    }

    #[test]
    fn without_an_agreement_nothing_was_taken_out() {
        becomes(["", ""], ["ab", "Bc"], ["abc", "Bca"]);
    }
}
