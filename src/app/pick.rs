//! Which contact and which bucket a typed word means. Nothing is guessed: what is not certain is asked at a terminal, and an
//! error elsewhere.

use std::io;

use super::App;
use super::ask::AnswerSource;
use super::keys::Keys;
use super::picked_contact::PickedContact;
use super::picked_promise::PickedPromise;
use crate::domain::due::promises::PromiseChoices;
use crate::domain::find::by_name::{NameIndex, NameMatch};
use crate::domain::find::filter::{NONE, is_nearly_none, is_none};
use crate::domain::find::name_choices::{NameChoice, NameChoices};
use crate::domain::text::{caseless, is_same, near, spellings};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::Sink;
use crate::render::views::name_choices::{keys, numbered};
use crate::render::views::promises;

impl App {
    /// The one contact that all these words mean.
    pub(crate) fn pick_one<S: AsRef<str>>(&self, book: &Book, words: &[S]) -> Result<ContactId> {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        self.pick(book, &words.join(" "))
    }

    /// The one contact that `typed` means.
    pub(crate) fn pick(&self, book: &Book, typed: &str) -> Result<ContactId> {
        check_typed(typed)?;
        let names = NameIndex::of(book);
        self.meant(&names, typed, names.find(typed))
    }

    /// The contacts that all these arguments mean, each once, in the order given: one together, or each alone.
    pub(crate) fn pick_all(&self, book: &Book, typed: &[String]) -> Result<Vec<ContactId>> {
        typed.iter().try_for_each(|typed| check_typed(typed))?;
        if let Some(picked) = self.picked(&typed.join(" ")) {
            return Ok(vec![picked.in_book(book)?]);
        }
        let names = NameIndex::of(book);
        let mut found = names.find_all(typed);
        // Who is not there at all is said before who is to be picked.
        found.sort_by_key(|(_, found)| !matches!(found, NameMatch::Nobody(_)));
        let mut ids = Vec::new();
        for (typed, found) in found {
            let id = self.meant(&names, &typed, found)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// The one contact for what cannot be undone: only by a whole name, ignoring case and accents.
    pub(crate) fn pick_whole(&self, book: &Book, typed: &str) -> Result<ContactId> {
        check_typed(typed)?;
        let names = NameIndex::of(book);
        let found = match (names.whole(typed).as_slice(), names.find(typed)) {
            ([], NameMatch::One(id)) => return Err(not_whole(book, typed, &[id])),
            ([], NameMatch::Many(ids)) => return Err(not_whole(book, typed, &ids)),
            ([], nobody) => nobody,
            ([one], _) => NameMatch::One(*one),
            (many, _) => NameMatch::Many(many.to_vec()),
        };
        self.meant(&names, typed, found)
    }

    /// From now on what is typed means this contact of the book and nobody else.
    pub(crate) fn mean(&mut self, typed: &str, id: ContactId, book: &Book) {
        self.picked = vec![PickedContact::known(typed, id, book)];
    }

    /// Whether it is certain which contact `typed` means.
    pub(crate) fn is_certain(&self, typed: &str) -> bool {
        self.picked(typed).is_some()
    }

    fn picked(&self, typed: &str) -> Option<&PickedContact> {
        let mut picked = self.picked.iter();
        picked.find(|picked| picked.is_for(typed))
    }

    /// The contact that was found for `typed`, or picked for it in this run.
    fn meant(&self, names: &NameIndex, typed: &str, found: NameMatch) -> Result<ContactId> {
        if let Some(picked) = self.picked(typed) {
            return picked.in_book(names.book());
        }
        match found {
            NameMatch::One(id) => Ok(id),
            NameMatch::Many(ids) => {
                let choices = NameChoices::of(names.book(), typed, ids, self.today);
                Err(Error::Ambiguous(Box::new(self.with_lines(choices))))
            }
            NameMatch::Nobody(near) => {
                let near = near.into_iter().map(|id| NameChoice::of(names, id));
                Err(Error::NoSuchContact {
                    typed: typed.to_owned(),
                    near: near.collect(),
                })
            }
        }
    }

    /// Adds the lines of those that nothing else tells apart.
    fn with_lines(&self, mut choices: NameChoices) -> NameChoices {
        let mut without_form = choices.listed.iter_mut().filter(|one| one.form.is_none());
        if let Some(first) = without_form.next()
            && let Ok(file) = self.open_quietly()
        {
            for one in std::iter::once(first).chain(without_form) {
                one.line = file.line_of(one.id);
            }
        }
        choices
    }

    /// Whether a person can be asked.
    pub(crate) fn may_ask(&self) -> bool {
        self.has_person(AnswerSource::Input)
    }

    /// Asks which of several contacts is meant; the answer counts for the rest of the run. The book is not open meanwhile:
    /// other programs need not wait for a person.
    pub(super) fn ask_which(&mut self, choices: &NameChoices) -> Result<()> {
        let picked = self.ask_number(choices.listed.len(), |sink| numbered(sink, choices))?;
        let Some(one) = picked.and_then(|at| choices.listed.get(at)) else {
            return Err(Error::NotPicked(Box::new(choices.clone())));
        };
        self.picked.push(PickedContact::of(&choices.typed, one));
        Ok(())
    }

    /// Asks which of several promises is done, in the same way.
    pub(super) fn ask_which_promise(&mut self, choices: &PromiseChoices) -> Result<()> {
        let listed = &choices.listed;
        let picked = self.ask_number(listed.len(), |sink| promises::numbered(sink, choices))?;
        let Some(line) = picked.and_then(|at| listed.get(at)) else {
            return Err(Error::PromiseNotPicked(Box::new(choices.clone())));
        };
        self.picked_promises.push(PickedPromise {
            name: choices.name.clone(),
            line: line.clone(),
        });
        Ok(())
    }

    /// The line of the promise to `name` that was picked in this run.
    pub(crate) fn picked_promise(&self, name: &str) -> Option<&str> {
        let mut picked = self.picked_promises.iter();
        Some(&picked.find(|picked| picked.name == name)?.line)
    }

    /// Shows a list of `listed` items with a key for each, and asks for one; `None` if none is picked.
    fn ask_number(
        &mut self,
        listed: usize,
        show: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<Option<usize>> {
        let mut answers = Keys::open("")?;
        self.show(show);
        let numbers: Vec<char> = keys().take(listed).collect();
        let range = match numbers.as_slice() {
            [.., nine, '0'] => format!("[1-{nine}, 0]"),
            [.., last] => format!("[1-{last}]"),
            [] => String::new(),
        };
        let question = ["Which one?".to_owned(), range, "[Enter] none".to_owned()];
        let known = [numbers.as_slice(), &['\n', 'q']].concat();
        let key = self.key(&mut answers, &question, &known)?;
        answers.close();
        Ok(numbers.iter().position(|number| Some(*number) == key))
    }
}

fn check_typed(typed: &str) -> Result<()> {
    if typed.trim().is_empty() {
        return Err(Error::Blank("a name"));
    }
    Ok(())
}

fn not_whole(book: &Book, typed: &str, ids: &[ContactId]) -> Error {
    let names = ids.iter().map(|id| book.contact(*id).name.clone());
    Error::NotWhole {
        typed: typed.to_owned(),
        names: names.collect(),
    }
}

/// The name of the bucket that `typed` means: exactly, else ignoring case and accents.
pub(crate) fn bucket(book: &Book, typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Err(Error::Blank("a bucket"));
    }
    // As in names, a hyphen stands for a space.
    let like = |name: &str| caseless(name).replace('-', " ");
    let names = || book.buckets.iter().map(|bucket| bucket.name.as_str());
    let folded = || {
        let mut alike = names().filter(|name| like(name) == like(typed));
        alike.next().filter(|_| alike.next().is_none())
    };
    match names().find(|name| *name == typed).or_else(folded) {
        Some(name) => Ok(name.to_owned()),
        None => Err(Error::NoSuchBucket {
            typed: typed.to_owned(),
            near: near(typed, names()).first().map(|&near| near.to_owned()),
            buckets: names().map(str::to_owned).collect(),
        }),
    }
}

/// The same; `None` for the word `none`, unless a bucket has that name.
pub(crate) fn bucket_or_none(book: &Book, typed: &str) -> Result<Option<String>> {
    bucket(book, typed).map(Some).or_else(|err| match err {
        Error::NoSuchBucket { .. } if is_none(typed) => Ok(None),
        Error::NoSuchBucket {
            typed,
            near: None,
            buckets,
        } => Err(Error::NoSuchBucket {
            near: is_nearly_none(&typed).then(|| NONE.to_owned()),
            typed,
            buckets,
        }),
        err => Err(err),
    })
}

/// Makes sure that no other contact has `name`, ignoring case. Returns one whose name is only spelled in another way, if any.
pub(crate) fn free<'b>(
    book: &'b Book,
    name: &str,
    but: Option<ContactId>,
) -> Result<Option<&'b str>> {
    let others = || {
        book.ids()
            .filter(|id| Some(*id) != but)
            .map(|id| book.contact(id).name.as_str())
    };
    if let Some(there) = others().find(|other| is_same(other, name)) {
        return Err(Error::NameThere(there.to_owned()));
    }
    let own = spellings(name);
    let is_alike = |other: &str| {
        let mut others = spellings(other).into_iter();
        others.any(|other| !other.is_empty() && own.contains(&other))
    };
    Ok(others().find(|other| is_alike(other)))
}
