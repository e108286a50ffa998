//! Any edits and undos agree with a model; undoing all of them restores the first bytes.

use std::path::PathBuf;

use netkeep::domain::{Contact, ContactId, Field, Promise, Touch, Value};
use netkeep::store::{BookFile, Content, Detail, Edit, Stamp, Storage};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::bench::{BOOK, Bench, times};

/// One step.
#[derive(Clone, Debug)]
enum Step {
    Log(Index),
    City(Index, char),
    Promise(Index, bool),
    /// A promise is kept.
    Keep(Index),
    Add,
    Remove(Index),
    /// An edit by hand.
    Hand,
    /// So many steps at once.
    Undo(usize),
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => any::<Index>().prop_map(Step::Log),
        2 => (any::<Index>(), proptest::char::range('a', 'c')).prop_map(|(who, city)| Step::City(who, city)),
        2 => (any::<Index>(), any::<bool>()).prop_map(|(who, has_day)| Step::Promise(who, has_day)),
        1 => any::<Index>().prop_map(Step::Keep),
        1 => Just(Step::Add),
        1 => any::<Index>().prop_map(Step::Remove),
        2 => Just(Step::Hand),
        3 => Just(Step::Undo(1)),
        2 => (2..5_usize).prop_map(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

/// The states to undo and redo.
struct Model {
    past: Vec<String>,
    /// What each undo took back, in the order in which it comes back; the last undo last.
    undone: Vec<Vec<String>>,
    /// Whether the last of the past was edited by hand, and netkeep has not seen it.
    is_edited: bool,
    /// Whether netkeep has written it.
    is_known: bool,
}

impl Model {
    fn book(&self) -> &String {
        self.past.last().expect("a book")
    }

    fn change(&mut self, book: String) {
        if book != *self.book() {
            // netkeep has not seen what was there before it first wrote.
            if !std::mem::replace(&mut self.is_known, true) {
                self.past.drain(..self.past.len() - 1);
            }
            self.past.push(book);
            self.undone.clear();
            self.is_edited = false;
        }
    }

    fn edit_by_hand(&mut self, book: String) {
        // Two edits that netkeep has not seen are one.
        if self.is_edited || !self.is_known {
            self.past.pop();
        }
        self.past.push(book);
        self.is_edited = self.is_known;
    }

    fn undo(&mut self, steps: usize) -> bool {
        if !self.is_known || self.past.len() <= steps {
            return false;
        }
        if self.is_edited {
            self.undone.clear();
        }
        let left = self.past.len() - steps;
        self.undone.push(self.past.split_off(left));
        self.is_edited = false;
        true
    }

    /// An edit by hand ends what can be redone.
    fn redo(&mut self) -> bool {
        let again = self.undone.pop().filter(|_| !self.is_edited);
        let is_any = again.is_some();
        self.past.extend(again.unwrap_or_default());
        is_any
    }
}

struct Run {
    bench: Bench,
    state: PathBuf,
    hands: usize,
    names: usize,
}

impl Run {
    fn stamp(by: &'static str) -> Stamp {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        Stamp { at: day.into(), by }
    }

    fn edit(&mut self, edit: impl FnOnce(&BookFile, &mut Self) -> Option<Edit>) -> String {
        let file = BookFile::open_to_change(
            &self.bench.path(),
            Some(&self.state),
            Detail::All,
            Self::stamp("edit"),
            &mut |_| {},
        );
        let file = file.expect("read").expect("there");
        if let Some(edit) = edit(&file, self) {
            let change = file.change(&[edit]).expect("it can be made");
            let saved = file.save(&change, Self::stamp("edit")).expect("saved");
            assert!(
                saved.unkept.is_none() && saved.displaced.is_empty(),
                "{saved:?}"
            );
        }
        self.bench.book()
    }

    /// Undoes or redoes. Returns whether there was that much to do.
    fn go(&self, steps: usize, is_redo: bool) -> bool {
        let stamp = Self::stamp("undo");
        let storage =
            Storage::open_to_change(&self.bench.path(), Some(&self.state), stamp, &mut |_| {});
        let storage = storage.expect("read");
        let Ok(way) = storage.undo_step(steps, is_redo) else {
            return false;
        };
        let old = Content {
            parts: &[storage.bytes().expect("there")],
            people: way.people,
        };
        let new = Content {
            parts: &[&way.bytes],
            people: way.target.version.people,
        };
        let saved = storage
            .write(old, new, Some(&way.target), stamp)
            .expect("saved");
        assert!(
            saved.unkept.is_none() && saved.displaced.is_empty(),
            "{saved:?}"
        );
        true
    }
}

fn who(index: Index, file: &BookFile) -> Option<ContactId> {
    let people = file.book().contacts.len();
    (people > 0).then(|| ContactId(index.index(people)))
}

fn play(steps: &[Step]) {
    let bench = Bench::in_memory(BOOK);
    let state = bench.at("home/state");
    let mut run = Run {
        bench,
        state,
        hands: 0,
        names: 0,
    };
    let mut model = Model {
        past: vec![BOOK.to_owned()],
        undone: vec![],
        is_edited: false,
        is_known: false,
    };
    for step in steps {
        match step {
            Step::Log(index) => {
                let day = Run::stamp("").at.date();
                let book = run.edit(|file, _| {
                    let contact = who(*index, file)?;
                    Some(Edit::Log {
                        contact,
                        touch: Touch::on(day),
                    })
                });
                model.change(book);
            }
            Step::City(index, city) => {
                let book = run.edit(|file, _| {
                    let value = Some(Value::Text(city.to_string()));
                    Some(Edit::Set {
                        contact: who(*index, file)?,
                        field: Field::City,
                        value,
                    })
                });
                model.change(book);
            }
            Step::Promise(index, has_day) => {
                let day = Run::stamp("").at.date();
                let book = run.edit(|file, _| {
                    let contact = who(*index, file)?;
                    let promise = Promise {
                        by: has_day.then_some(day),
                        what: "send the draft".to_owned(),
                    };
                    Some(Edit::AddPromise { contact, promise })
                });
                model.change(book);
            }
            Step::Keep(index) => {
                let book = run.edit(|file, _| {
                    let contact = who(*index, file)?;
                    let promises = file.book().contact(contact).promises.len();
                    let index = promises.checked_sub(1)?;
                    Some(Edit::RemovePromise { contact, index })
                });
                model.change(book);
            }
            Step::Add => {
                let book = run.edit(|_, run| {
                    run.names += 1;
                    let name = format!("New {}", run.names);
                    Some(Edit::Add(Box::new(Contact {
                        name,
                        ..Contact::default()
                    })))
                });
                model.change(book);
            }
            Step::Remove(index) => {
                let book = run.edit(|file, _| who(*index, file).map(Edit::Remove));
                model.change(book);
            }
            Step::Hand => {
                run.hands += 1;
                let book = format!("{}# by hand {}\n", run.bench.book(), run.hands);
                run.bench.write(&book);
                model.edit_by_hand(book);
            }
            Step::Undo(steps) => assert_eq!(run.go(*steps, false), model.undo(*steps)),
            Step::Redo => assert_eq!(run.go(1, true), model.redo()),
        }
        assert_eq!(run.bench.book(), *model.book());
    }
    // Undoing all of them restores the first bytes.
    while model.undo(1) {
        assert!(run.go(1, false));
        assert_eq!(run.bench.book(), *model.book());
    }
    assert!(!run.go(1, false));
    assert_eq!(run.bench.book(), model.past[0]);
    // Redoing all of them restores the last.
    while model.redo() {
        assert!(run.go(1, true));
        assert_eq!(run.bench.book(), *model.book());
    }
    assert!(!run.go(1, true));
    assert_eq!(run.bench.litter(), Vec::<String>::new());
}

#[test]
fn any_edits_and_undos_agree_with_the_model() {
    let config = ProptestConfig {
        cases: u32::try_from(times(2000, 100_000)).expect("small"),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in prop::collection::vec(step(), 1..14))| play(&steps));
}
