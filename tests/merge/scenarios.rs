//! Two states of a book that grew from one.

use proptest::prelude::*;
use proptest::sample::Index;

use super::books::{LineEnds, Pages, book, line_ends};
use super::changes::{Deed, deed};
use super::facts::Facts;

/// A book, and what two machines made of it.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) base: String,
    /// A state on the way from the base to both sides: where it is there, both it and the base are bases.
    pub(crate) between: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    /// What was done, for the message of a failure.
    pub(crate) deeds: [Vec<&'static str>; 3],
}

/// What only a whole text shows.
#[derive(Clone, Debug)]
enum Moved {
    Nothing,
    /// Two contacts change places.
    Swapped(Index, Index),
    /// The ends of lines or the byte-order mark.
    Ends(LineEnds),
    Mark,
}

fn moved() -> impl Strategy<Value = Moved> {
    prop_oneof![
        6 => Just(Moved::Nothing),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Moved::Swapped(one, other)),
        1 => line_ends().prop_map(Moved::Ends),
        1 => Just(Moved::Mark),
    ]
}

/// Two states of a book, after up to `most` changes each.
pub(crate) fn scenario(most: usize) -> impl Strategy<Value = Scenario> {
    let deeds = |most| prop::collection::vec(deed(), 0..=most);
    (
        book(0),
        [moved(), moved()],
        deeds(2),
        [deeds(most), deeds(most)],
    )
        .prop_map(|(pages, moves, both, sides)| {
            let sides = [0, 1].map(|side| Sides {
                pages: moves[side].of(&pages),
                deeds: &sides[side],
            });
            scenario_of(&pages, &both, &sides)
        })
}

struct Sides<'d> {
    pages: Pages,
    deeds: &'d [Deed],
}

fn scenario_of(pages: &Pages, both: &[Deed], [ours, theirs]: &[Sides; 2]) -> Scenario {
    let mut done = [vec![], vec![], vec![]];
    let mut changed = |text: String, deeds: &[Deed], side: usize| {
        let mark = ["qb", "qo", "qt"][side];
        deeds.iter().enumerate().fold(text, |text, (at, deed)| {
            match deed.applied(&text, format!("{mark}{at}q")) {
                Some(new) => {
                    done[side].push(deed.name());
                    new
                }
                None => text,
            }
        })
    };
    let base = pages.text();
    let between = changed(base.clone(), both, 0);
    let [ours, theirs] = [(ours, 1), (theirs, 2)].map(|(one, side)| {
        let text = one.pages.text();
        let text = if text == base {
            between.clone()
        } else {
            changed(text, both, 0)
        };
        changed(text, one.deeds, side)
    });
    Scenario {
        base,
        between,
        ours,
        theirs,
        deeds: done,
    }
}

impl Moved {
    fn of(&self, pages: &Pages) -> Pages {
        let mut pages = pages.clone();
        let count = pages.contacts.len();
        match self {
            Self::Swapped(one, other) if count > 0 && pages.has_last_newline => {
                pages.contacts.swap(one.index(count), other.index(count));
            }
            Self::Ends(ends) => pages.ends = *ends,
            Self::Mark => pages.has_mark = !pages.has_mark,
            Self::Nothing | Self::Swapped(..) => {}
        }
        pages
    }
}

/// A book of which each side changed one contact, far enough from the other, and what they make together.
#[derive(Clone, Debug)]
pub(crate) struct Apart {
    pub(crate) base: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    pub(crate) both: String,
}

/// Two states with changes in different contacts, which are all there is to put together.
pub(crate) fn apart() -> impl Strategy<Value = Apart> {
    let deeds = || prop::collection::vec(deed(), 1..4);
    let places = (any::<Index>(), any::<Index>());
    let made =
        (book(4), deeds(), deeds(), places).prop_map(|(mut pages, mine, others, (one, other))| {
            // In a text of both newlines, which of them the last line would have is anyone's guess.
            pages.has_last_newline |= matches!(pages.ends, LineEnds::Mixed);
            // What one ends with may belong to the next; so two stand between.
            let last = pages.contacts.len().checked_sub(4)?;
            let one = one.index(last + 1);
            let other = one + 3 + other.index(last + 1 - one);
            let with = |changes: &[(usize, &[Deed], &str)]| {
                let mut pages = pages.clone();
                for (place, deeds, mark) in changes {
                    let alone = pages.contacts[*place].clone();
                    pages.contacts[*place] =
                        deeds.iter().enumerate().fold(alone, |text, (at, deed)| {
                            deed.applied(&text, format!("{mark}{at}q")).unwrap_or(text)
                        });
                }
                pages.text()
            };
            let [mine, others] = [(one, &mine[..], "qo"), (other, &others[..], "qt")];
            let apart = Apart {
                base: with(&[]),
                ours: with(&[mine]),
                theirs: with(&[others]),
                both: with(&[mine, others]),
            };
            let texts = [&apart.base, &apart.ours, &apart.theirs, &apart.both];
            let settings = texts.map(|text| Facts::of(text).map(|facts| facts.settings));
            let is_the_same = settings[0].is_ok() && settings.iter().all(|one| *one == settings[0]);
            is_the_same.then_some(apart)
        });
    made.prop_filter_map("two contacts, and no more, are changed", |made| made)
}
