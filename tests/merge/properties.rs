//! What holds for every merge of two states of a book.

use netkeep::store::{BookMerge, ConflictMarks, MergeSide, Unmergeable, merge_books};
use proptest::prelude::*;

use super::facts::State;
use super::scenarios::{Scenario, apart, scenario};
use super::verdict::{MergeResult, verdict};
use super::{config, test_in_two_threads};

/// How many changes each side makes, at most.
const MOST: usize = 5;

/// A merge, and its text with the values of each side.
struct Tried {
    merge: BookMerge,
    texts: [String; 2],
}

/// The four states of a scenario.
struct States<'s> {
    base: State<'s>,
    between: State<'s>,
    ours: State<'s>,
    theirs: State<'s>,
}

fn merged(bases: &[&str], ours: &str, theirs: &str) -> Result<BookMerge, TestCaseError> {
    merge_books(bases, ours, theirs).map_err(|err| match err {
        // A text without a contact and without a setting of a book may be anything.
        Unmergeable::NotABook(_, problems) if problems[0].message.contains("neither") => {
            TestCaseError::reject("not a book")
        }
        err => TestCaseError::fail(format!("{err:?}")),
    })
}

fn with(merge: &BookMerge, side: MergeSide) -> String {
    merge.text(&vec![side; merge.conflicts.len()])
}

fn state(text: &str) -> Result<State<'_>, TestCaseError> {
    State::of(text).map_err(|err| TestCaseError::fail(format!("{err}: {text}")))
}

/// Fails, and says which property does not hold.
fn holds(property: &str, is_so: bool, shown: impl FnOnce() -> String) -> Result<(), TestCaseError> {
    if is_so {
        return Ok(());
    }
    Err(TestCaseError::fail(format!("{property}\n{}", shown())))
}

impl Tried {
    fn of(bases: &[&State], ours: &State, theirs: &State) -> Result<Self, TestCaseError> {
        let bases: Vec<&str> = bases.iter().map(|base| base.text).collect();
        let merge = merged(&bases, ours.text, theirs.text)?;
        let texts = [MergeSide::Ours, MergeSide::Theirs].map(|side| with(&merge, side));
        Ok(Self { merge, texts })
    }

    fn states(&self) -> Result<[State<'_>; 2], TestCaseError> {
        Ok([state(&self.texts[0])?, state(&self.texts[1])?])
    }

    /// The conflicts, with the values of the sides in this order, and the contacts that are kept. Newlines of a text say nothing.
    fn told(&self, sides: [usize; 2]) -> (Vec<(&str, [String; 2])>, Vec<&str>) {
        let open = self.merge.conflicts.iter();
        let open = open.map(|one| {
            (
                one.key.as_str(),
                sides.map(|side| one.values[side].replace("\r\n", "\n")),
            )
        });
        let mut open: Vec<_> = open.collect();
        open.sort_unstable();
        let mut kept: Vec<&str> = self.merge.kept.iter().map(String::as_str).collect();
        kept.sort_unstable();
        (open, kept)
    }
}

impl States<'_> {
    /// Both sides are in the result, with ours or theirs for each conflict, and it does not depend on which side is ours.
    fn are_merged_alike(&self, bases: &[&State]) -> Result<[Tried; 2], TestCaseError> {
        let Self { ours, theirs, .. } = self;
        let one = Tried::of(bases, ours, theirs)?;
        let other = Tried::of(bases, theirs, ours)?;
        let (mine, others) = (one.states()?, other.states()?);
        // An empty file is no base.
        let is_empty = bases.iter().any(|base| base.text.trim().is_empty());
        let proven = if is_empty { &[] } else { bases };
        let whole = one.merge.marked(&ConflictMarks::default());
        for after in &mine[..=one.merge.conflicts.len().min(1)] {
            let found = verdict(
                proven,
                ours,
                theirs,
                &MergeResult::of(&one.merge, after, &whole),
            );
            found.map_err(|err| {
                let bases = bases.len();
                TestCaseError::fail(format!("{err}\n--- with {bases} bases:\n{}", after.text))
            })?;
        }
        for side in [0, 1] {
            let (mine, others) = (&mine[side], &others[1 - side]);
            holds("symmetry", mine.says_the_same(others), || {
                format!("{}\n---\n{}", mine.text, others.text)
            })?;
        }
        holds("told alike", one.told([0, 1]) == other.told([1, 0]), || {
            format!("{:?}\n{:?}", one.merge, other.merge)
        })?;
        Ok([one, other])
    }

    /// Where one side changed, or both did the same, its text is the result to the byte.
    fn one_side_is_the_result(&self) -> Result<(), TestCaseError> {
        let [base, between, ours, theirs] =
            [&self.base, &self.between, &self.ours, &self.theirs].map(|state| state.text);
        let merges: [(&[&str], [&str; 2], &str); 6] = [
            (&[base], [ours, base], ours),
            (&[base], [base, theirs], theirs),
            (&[base, base], [ours, base], ours),
            (&[base], [ours, ours], ours),
            (&[], [theirs, theirs], theirs),
            (&[base, between], [ours, ours], ours),
        ];
        for (bases, [ours, theirs], due) in merges {
            let text = with(&merged(bases, ours, theirs)?, MergeSide::Ours);
            holds("one side to the byte", text == due, || text.clone())?;
        }
        Ok(())
    }

    /// What was merged with a state has nothing more to take from it.
    fn are_merged_once(&self, one: &Tried) -> Result<(), TestCaseError> {
        let [text, _] = &one.texts;
        let again = merged(&[self.theirs.text], self.theirs.text, text)?;
        let again = with(&again, MergeSide::Ours);
        holds("a later state", again == *text, || again.clone())?;
        if one.merge.conflicts.is_empty() {
            let again = merged(&[self.base.text], text, self.theirs.text)?;
            let again_text = with(&again, MergeSide::Ours);
            let is_same = state(&again_text)?.says_the_same(&state(text)?);
            let is_done = again.conflicts.is_empty() && is_same;
            holds("merged once more", is_done, || {
                format!("{text}\n---\n{again_text}")
            })?;
        }
        Ok(())
    }

    /// Two machines that merge at once have nothing to merge then.
    fn meet(&self, [one, other]: &[Tried; 2]) -> Result<(), TestCaseError> {
        let (one, other) = (&one.texts[0], &other.texts[1]);
        let both = merged(&[self.ours.text, self.theirs.text], one, other)?;
        let text = with(&both, MergeSide::Ours);
        let is_same = both.conflicts.is_empty() && state(&text)?.says_the_same(&state(one)?);
        holds("both merged", is_same, || format!("{one}\n---\n{text}"))
    }
}

fn every_property(it: &Scenario) -> Result<(), TestCaseError> {
    let states = States {
        base: state(&it.base)?,
        between: state(&it.between)?,
        ours: state(&it.ours)?,
        theirs: state(&it.theirs)?,
    };
    states.one_side_is_the_result()?;
    let tried = states.are_merged_alike(&[&states.base])?;
    states.are_merged_once(&tried[0])?;
    states.meet(&tried)?;
    states.are_merged_alike(&[])?;
    // Only what every base has counts as removed.
    if it.base != it.between {
        states.are_merged_alike(&[&states.base, &states.between])?;
    }
    Ok(())
}

#[test]
fn both_sides_are_merged() {
    test_in_two_threads(
        &config(1),
        || scenario(MOST),
        |it| {
            every_property(&it).map_err(|err| match err {
                TestCaseError::Fail(why) => {
                    TestCaseError::fail(format!("{why}\ndone: {:?}", it.deeds))
                }
                reject @ TestCaseError::Reject(_) => reject,
            })
        },
    );
}

proptest! {
    #![proptest_config(config(3))]

    #[test]
    fn a_contact_that_one_side_changed_is_that_sides_text(it in apart()) {
        let merge = merged(&[&it.base], &it.ours, &it.theirs)?;
        prop_assert_eq!(&merge.conflicts, &[]);
        prop_assert_eq!(with(&merge, MergeSide::Ours), it.both);
    }
}
