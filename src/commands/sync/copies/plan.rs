//! What the copies beside a book make of it, or what has to be answered first.

use std::path::PathBuf;

use super::reasons::{DoubtedCopy, name_of, why, why_doubted};
use crate::app::App;
use crate::domain::Book;
use crate::error::{Error, Result};
use crate::store::{
    BookFile, ConflictCopy, CopyBase, CopyProblem, JoinedCopy, Lineage, MergeSide, PurgedPeople,
    Returning, ValueConflict, read,
};

/// What becomes of a copy that would bring back what was removed, or that may be no whole or late state of the book.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Back {
    Join,
    JoinWithout,
    Leave,
}

/// Which copies are joined, and what was answered about them.
pub(super) struct Wish<'a> {
    /// The copies that the user named.
    pub(super) named: &'a [PathBuf],
    pub(super) yes: bool,
    /// Whether a person is there to answer.
    pub(super) asks: bool,
    pub(super) answers: Vec<(DoubtedCopy, Back)>,
}

/// What the copies make of the book.
pub(super) struct Plan {
    pub(super) text: String,
    pub(super) book: Book,
    pub(super) joined: Vec<Joined>,
    /// The copies that stay where they are.
    pub(super) left: Vec<LeftCopy>,
    /// The names of files that may be copies.
    pub(super) others: Vec<String>,
}

/// A copy that stays where it is.
pub(super) struct LeftCopy {
    pub(super) name: String,
    pub(super) why: String,
    /// Whether the user answered so.
    is_answered: bool,
}

/// A copy that is joined.
pub(super) struct Joined {
    pub(super) copy: ConflictCopy,
    pub(super) what: JoinedCopy,
    /// The book before and after.
    pub(super) books: [Book; 2],
    pub(super) differing: DifferingValues,
    /// Those who would be back and are not, as the user answered.
    pub(super) left_out: Vec<Returning>,
}

/// What becomes of the values that differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum DifferingValues {
    /// Those that the user chose, if there are any.
    Chosen,
    /// Ours stay, and theirs are noted beside them.
    Noted,
    /// Ours stand in for the answers in a dry run.
    Asked,
}

/// What a person has to answer first.
pub(super) enum Question {
    Values(ValueQuestion),
    Back(DoubtedCopy),
}

/// Which values stay.
pub(super) struct ValueQuestion {
    pub(super) conflicts: Vec<ValueConflict>,
    /// The name of the copy.
    pub(super) copy: String,
    /// Whether it may be a book of other people, with some of the same names.
    pub(super) may_be_of_others: bool,
}

/// What becomes of one copy.
enum CopyVerdict {
    /// It is joined, and the book gets this text.
    Join {
        what: JoinedCopy,
        text: String,
        book: Book,
        differing: DifferingValues,
        left_out: Vec<Returning>,
    },
    Ask(Question),
    /// It stays, as the user answered.
    Leave(String),
    /// It stays, whatever the user wanted.
    Refuse(String),
}

/// What is known of the past of a book with this text.
pub(super) struct KnownPast {
    text: String,
    lineage: Lineage,
    purged: PurgedPeople,
}

/// What the copies make of the book, or what has to be answered first. `known` is what an earlier plan found out, which
/// still holds if the book is the same.
pub(super) fn plan(
    app: &App,
    file: &BookFile,
    wish: &Wish,
    known: &mut Option<KnownPast>,
) -> Result<Result<Plan, Question>> {
    let (mut plan, copies) = Plan::of(file, wish)?;
    if copies.is_empty() {
        return Ok(Ok(plan));
    }
    let still = known.take().filter(|known| known.text == file.text());
    let past = known.insert(still.unwrap_or_else(|| KnownPast::of(file)));
    for copy in copies {
        match verdict(app, wish, &copy, &plan, past) {
            CopyVerdict::Ask(question) => return Ok(Err(question)),
            CopyVerdict::Refuse(why) if wish.names(&copy) => {
                return Err(Error::NotJoined(copy.path, why));
            }
            CopyVerdict::Refuse(why) => plan.leave(name_of(&copy.path), why, false),
            CopyVerdict::Leave(why) => plan.leave(name_of(&copy.path), why, true),
            CopyVerdict::Join {
                what,
                text,
                book,
                differing,
                left_out,
            } => {
                plan.text = text;
                plan.joined.push(Joined {
                    copy,
                    what,
                    books: [std::mem::replace(&mut plan.book, book.clone()), book],
                    differing,
                    left_out,
                });
            }
        }
    }
    plan.left
        .sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(Ok(plan))
}

/// What becomes of a copy that is joined with what the copies before it have made of the book.
fn verdict(
    app: &App,
    wish: &Wish,
    copy: &ConflictCopy,
    plan: &Plan,
    past: &mut KnownPast,
) -> CopyVerdict {
    let refused = |problem: CopyProblem| CopyVerdict::Refuse(why(&copy.path, &problem));
    let joined = copy.join(&plan.text, &plan.book, &mut past.lineage, &past.purged);
    let what = match joined {
        Ok(what) => what,
        Err(problem) => return refused(problem),
    };
    let doubted = DoubtedCopy::of(copy, &what);
    let back = match wish.answer(copy, &doubted) {
        Some(back) => back,
        None if wish.asks && !app.dry_run => return CopyVerdict::Ask(Question::Back(doubted)),
        None => return CopyVerdict::Refuse(why_doubted(&doubted, "at a terminal")),
    };
    if back == Back::Leave {
        return CopyVerdict::Leave(why_doubted(&doubted, "again"));
    }
    let conflicts = &what.merge.conflicts;
    let (choices, differing) = match app.chosen_values(conflicts) {
        Some(choices) => (Some(choices), DifferingValues::Chosen),
        None if wish.asks && app.dry_run => (
            Some(vec![MergeSide::Ours; conflicts.len()]),
            DifferingValues::Asked,
        ),
        None if wish.asks => {
            return CopyVerdict::Ask(Question::Values(ValueQuestion {
                conflicts: conflicts.clone(),
                copy: name_of(&copy.path),
                may_be_of_others: wish.names(copy) && what.base == CopyBase::Unknown,
            }));
        }
        None => (None, DifferingValues::Noted),
    };
    let text = what.text(choices.as_deref());
    let (text, left_out) = match back {
        Back::JoinWithout => (
            text.and_then(|text| what.without_returning(&text)),
            what.returning.clone(),
        ),
        _ => (text, vec![]),
    };
    let read = |text: String| match read(&text) {
        Ok(parsed) => Ok((parsed.book, text)),
        Err(_) => Err(CopyProblem::NotProven),
    };
    match text.and_then(read) {
        Ok((book, text)) => CopyVerdict::Join {
            what,
            text,
            book,
            differing,
            left_out,
        },
        Err(problem) => refused(problem),
    }
}

impl KnownPast {
    fn of(file: &BookFile) -> Self {
        Self {
            text: file.text().to_owned(),
            lineage: Lineage::of(file.storage(), file.text()),
            purged: file.storage().purged(),
        }
    }
}

impl Plan {
    /// The book as it is, without the copies that cannot be read; and those that can.
    fn of(file: &BookFile, wish: &Wish) -> Result<(Self, Vec<ConflictCopy>)> {
        let storage = file.storage();
        let beside = storage.copies_beside(file.book());
        let mut plan = Self {
            text: file.text().to_owned(),
            book: file.book().clone(),
            joined: vec![],
            left: vec![],
            others: beside.others,
        };
        let mut copies: Vec<ConflictCopy> = Vec::new();
        for name in beside.synced {
            let path = storage.beside(&name);
            match ConflictCopy::read(&path, storage) {
                Ok(copy) => copies.push(copy),
                Err(problem) => plan.leave(name, why(&path, &problem), false),
            }
        }
        for path in wish.named {
            let copy = ConflictCopy::read(path, storage);
            let copy =
                copy.map_err(|problem| Error::NotJoined(path.clone(), why(path, &problem)))?;
            plan.others
                .retain(|name| !copy.is_at(&storage.beside(name)));
            if !copies.iter().any(|other| copy.is_at(&other.path)) {
                copies.push(copy);
            }
        }
        Ok((plan, copies))
    }

    fn leave(&mut self, name: String, why: String, is_answered: bool) {
        self.left.push(LeftCopy {
            name,
            why,
            is_answered,
        });
    }

    /// Whether there is no copy, not even a file that may be one.
    pub(super) fn has_no_copies(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty() && self.others.is_empty()
    }

    /// Whether a copy is left that needs a person.
    pub(super) fn is_unsettled(&self) -> bool {
        self.left.iter().any(|left| !left.is_answered)
    }
}

impl Wish<'_> {
    /// Whether the user named the copy.
    fn names(&self, copy: &ConflictCopy) -> bool {
        self.named.iter().any(|path| copy.is_at(path))
    }

    /// What becomes of a copy; `None` if nobody has said so yet. One that nothing speaks against is joined.
    fn answer(&self, copy: &ConflictCopy, doubted: &DoubtedCopy) -> Option<Back> {
        if doubted.is_sound() || self.yes && self.names(copy) {
            return Some(Back::Join);
        }
        let mut answers = self.answers.iter();
        let (_, back) = answers.find(|(about, _)| about == doubted)?;
        Some(*back)
    }
}
