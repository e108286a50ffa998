//! What another copy of the book lacks and the book still has, seen from a state that the copy may have grown from.
//!
//! Nothing proves that it was removed there, so it stays; a person has to know of it.

use super::book_change::{BookChange, ContactChange};
use crate::domain::{Book, Contact, Field, Promise, Touch, Value};

/// What a copy lacks and the book still has.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Lacking {
    /// The contacts that are not in it, by their names in the book.
    pub(crate) contacts: Vec<String>,
    /// What is not in it of other contacts.
    pub(crate) parts: Vec<LackingParts>,
    /// The buckets that are not in it.
    pub(crate) buckets: Vec<String>,
}

/// What a copy lacks of a contact that it has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct LackingParts {
    /// The name in the book.
    pub(crate) name: String,
    pub(crate) touches: Vec<Touch>,
    pub(crate) promises: Vec<Promise>,
    /// Each with the items that it lacks of a list.
    pub(crate) fields: Vec<(Field, Vec<String>)>,
}

impl Lacking {
    /// What `copy` lacks of `state`, and `book` still has. `name_now` says what a contact of the state is called in the book,
    /// and `is_renamed` whether it has another name in the copy.
    pub(crate) fn of(
        copy: &Book,
        state: &Book,
        book: &Book,
        name_now: impl Fn(&str) -> Option<String>,
        is_renamed: impl Fn(&str) -> bool,
    ) -> Self {
        let change = BookChange::between(state, copy);
        let mut lacking = Self::default();
        for one in &change.contacts {
            let here = one.before.and_then(|was| find(book, was, &name_now));
            let (Some(was), Some(here)) = (one.before, here) else {
                continue;
            };
            if one.after.is_some() {
                lacking.parts.extend(LackingParts::of(one, here));
            } else if !is_renamed(&was.name) && !has(copy, here) {
                lacking.contacts.push(here.name.clone());
            }
        }
        let gone = change.buckets.iter().filter(|one| one.after.is_none());
        let gone = gone.map(|one| one.name().to_owned());
        let is_here = |name: &String| book.buckets.iter().any(|bucket| bucket.name == *name);
        lacking.buckets = gone.filter(is_here).collect();
        lacking
    }
}

impl LackingParts {
    /// `None` if there is nothing that the contact as it is `here` still has.
    fn of(change: &ContactChange, here: &Contact) -> Option<Self> {
        let touches = change.touches().gone.into_iter();
        let promises = change.promises().gone.into_iter();
        let fields = change.fields().into_iter();
        let fields = fields.filter(|one| ![Field::Name, Field::Uid].contains(&one.field));
        let fields = fields.filter_map(|one| {
            let items = match (one.old?, one.new, here.get(one.field)?) {
                (Value::List(old), new, Value::List(here)) => {
                    let there = match new {
                        Some(Value::List(new)) => new,
                        _ => vec![],
                    };
                    let gone = old.into_iter().filter(|item| !there.contains(item));
                    let items: Vec<String> = gone.filter(|item| here.contains(item)).collect();
                    (!items.is_empty()).then_some(items)?
                }
                (_, None, _) => vec![],
                _ => return None,
            };
            Some((one.field, items))
        });
        let parts = Self {
            name: here.name.clone(),
            touches: touches
                .filter(|one| here.touches.contains(one))
                .cloned()
                .collect(),
            promises: promises
                .filter(|one| here.promises.contains(one))
                .cloned()
                .collect(),
            fields: fields.collect(),
        };
        let is_empty =
            parts.touches.is_empty() && parts.promises.is_empty() && parts.fields.is_empty();
        (!is_empty).then_some(parts)
    }
}

/// The contact as it is in `book`.
fn find<'b>(
    book: &'b Book,
    was: &Contact,
    name_now: impl Fn(&str) -> Option<String>,
) -> Option<&'b Contact> {
    let named = |name: &str| book.contacts.iter().find(|one| one.name == name);
    let here = named(&was.name).or_else(|| named(&name_now(&was.name)?))?;
    Some(here)
}

/// Whether a book has a contact of that name or UID.
fn has(book: &Book, contact: &Contact) -> bool {
    let mut contacts = book.contacts.iter();
    contacts.any(|one| one.name == contact.name || one.uid.is_some() && one.uid == contact.uid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> Book {
        crate::store::read(text).expect("a book").book
    }

    fn lacking(copy: &str, state: &str, here: &str) -> Lacking {
        let [copy, state, here] = [copy, state, here].map(book);
        Lacking::of(&copy, &state, &here, |_| None, |_| false)
    }

    const ANA: &str = "[[contacts]]\nname = 'Ana'\ncity = 'Oslo'\ntags = ['a', 'b']\npromises = [{ what = 'draft' }]\n\
                       touches = [{ on = 2026-11-01 }, { on = 2026-11-02 }]\n";
    const BO: &str = "[[contacts]]\nname = 'Bo'\n";

    #[test]
    fn a_contact_that_is_not_in_the_copy_is_told_if_the_book_still_has_it() {
        let both = format!("{ANA}{BO}");
        assert_eq!(lacking(ANA, &both, &both).contacts, ["Bo"]);
        assert_eq!(lacking(ANA, &both, ANA), Lacking::default());
        // What was added here since was never there.
        assert_eq!(lacking(ANA, ANA, &both), Lacking::default());
        assert_eq!(lacking(&both, &both, &both), Lacking::default());
        // By a UID it is there.
        let [bo, bob] =
            ["Bo", "Bob"].map(|name| format!("[[contacts]]\nname = '{name}'\nuid = 'u'\n"));
        let state = format!("{ANA}{bo}{BO}");
        let copy = format!("{bob}{ANA}{BO}");
        assert_eq!(lacking(&copy, &state, &state), Lacking::default());
    }

    #[test]
    fn a_contact_with_another_name_is_the_same_contact() {
        let [copy, state, here] = [
            ANA.to_owned(),
            format!("{ANA}{BO}"),
            ANA.to_owned() + &BO.replace("Bo", "Bob"),
        ];
        let [copy, state, here] = [copy, state, here].map(|text| book(&text));
        let name_now = |name: &str| (name == "Bo").then(|| "Bob".to_owned());
        let told = Lacking::of(&copy, &state, &here, name_now, |_| false);
        assert_eq!(told.contacts, ["Bob"]);
        assert_eq!(
            Lacking::of(&copy, &state, &here, name_now, |_| true),
            Lacking::default()
        );
    }

    #[test]
    fn of_a_contact_what_is_gone_is_told_and_what_is_new_is_not() {
        let copy = "[[contacts]]\nname = 'Ana'\ntags = ['b', 'c']\ntouches = [{ on = 2026-11-02 }, { on = 2026-11-03 }]\n";
        let told = lacking(copy, ANA, ANA);
        let [parts] = told.parts.as_slice() else {
            panic!("{told:?}");
        };
        assert_eq!(parts.name, "Ana");
        assert_eq!(parts.touches[0].on.to_string(), "2026-11-01");
        assert_eq!((parts.touches.len(), parts.promises.len()), (1, 1));
        let city = (Field::City, vec![]);
        assert_eq!(parts.fields, [city, (Field::Tags, vec!["a".to_owned()])]);
        // What is gone here too, and a value that is another one.
        assert_eq!(lacking(copy, ANA, copy), Lacking::default());
        assert_eq!(
            lacking(&ANA.replace("Oslo", "Rome"), ANA, ANA),
            Lacking::default()
        );
    }

    #[test]
    fn a_bucket_that_is_not_in_the_copy_is_told() {
        let both = format!("[buckets.work]\ncadence = '2 weeks'\n{ANA}");
        assert_eq!(lacking(ANA, &both, &both).buckets, ["work"]);
        assert_eq!(lacking(ANA, &both, ANA), Lacking::default());
    }
}
