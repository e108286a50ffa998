//! Merges what another source says about a contact into it.
//!
//! The contact keeps its values and gains those it lacks. Where the two differ, the caller says which of them wins, and
//! learns what differs.

use super::equivalence::{
    is_alike_text, is_kept_by, is_one, is_said_by, is_same, lacking, united_dates,
};
use super::match_key;
use crate::domain::{Contact, Field, Promise, Touch, Value};

/// Which value wins where the two differ.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Prefer {
    /// The contact keeps its value.
    #[default]
    Mine,
    /// The other value replaces it.
    Theirs,
}

/// Which value wins in each field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Preference {
    /// In company and title, which go together.
    pub(crate) job: Prefer,
    /// In all others.
    pub(crate) rest: Prefer,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Merged {
    pub(crate) contact: Contact,
    pub(crate) gains: Gains,
}

/// What a contact gains when another source is merged into it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Gains {
    /// The fields that were added to.
    pub fields: Vec<Field>,
    /// The fields that were replaced, and their old values.
    pub(crate) replaced: Vec<(Field, Value)>,
    /// How many promises were added.
    pub(crate) promises: usize,
    /// How many touches were added.
    pub(crate) touches: usize,
    /// The fields that differ and kept their value.
    pub(crate) differs: Vec<Field>,
}

/// Merges `theirs`, from another source, into `mine`, which gains what it lacks.
///
/// `mine` keeps its UID and the day tracking began; other ones do not count as differences. Notes lose nothing: if theirs
/// are preferred, missing lines are added. A title goes with the company that it belongs to.
pub(crate) fn supplement(mine: &Contact, theirs: &Contact, prefer: Preference) -> Merged {
    let mut merged = Merged::of(mine);
    for field in Field::ALL {
        merged.take(field, theirs, prefer.of(field));
    }
    merged.leave_title(theirs);
    merged.take_promises(&theirs.promises);
    merged.take_touches(&theirs.touches);
    merged
}

impl Preference {
    fn of(self, field: Field) -> Prefer {
        match field {
            Field::Company | Field::Title => self.job,
            _ => self.rest,
        }
    }
}

/// The same in every field.
impl From<Prefer> for Preference {
    fn from(prefer: Prefer) -> Self {
        Self {
            job: prefer,
            rest: prefer,
        }
    }
}

impl Merged {
    pub(crate) fn of(contact: &Contact) -> Self {
        Self {
            contact: contact.clone(),
            gains: Gains::default(),
        }
    }

    pub(crate) fn take(&mut self, field: Field, theirs: &Contact, prefer: Prefer) {
        let (mine, Some(new)) = (said(field, &self.contact), said(field, theirs)) else {
            return;
        };
        let Some(mine) = mine else {
            return if self.would_contradict(field, theirs) {
                self.gains.differs.push(field);
            } else {
                self.gain(field, new);
            };
        };
        if let (Field::Birthday, Some(own), Some(other)) =
            (field, self.contact.birthday, theirs.birthday)
            && own.is_one_with(other)
        {
            if own.learns_from(other) {
                self.gain(field, new);
            }
            return;
        }
        match (&mine, &new) {
            (Value::List(mine), Value::List(theirs)) => {
                if let Some(united) = united(field, mine, theirs) {
                    self.gain(field, united);
                }
            }
            (Value::Dates(mine), Value::Dates(theirs)) => {
                if let Some(united) = united_dates(mine, theirs) {
                    self.gain(field, Value::Dates(united));
                }
            }
            _ if is_same(field, &mine, &new) => {}
            (Value::Text(mine), _) if field == Field::Name && gives_way(mine, &theirs.name) => {
                self.gain(field, new);
            }
            (_, Value::Text(name)) if field == Field::Name && self.is_called(name) => {}
            _ if matches!(field, Field::Added | Field::Uid) => {}
            _ if prefer == Prefer::Mine => self.gains.differs.push(field),
            (Value::Text(mine), Value::Text(theirs)) if field == Field::Notes => {
                let notes = format!("{}\n{}", mine.trim_end(), lacking(mine, theirs).join("\n"));
                self.gain(field, Value::Text(notes));
            }
            _ => {
                self.put(field, new);
                self.gains.replaced.push((field, mine));
            }
        }
    }

    pub(super) fn gain(&mut self, field: Field, value: Value) {
        self.put(field, value);
        self.gains.fields.push(field);
    }

    pub(crate) fn put(&mut self, field: Field, value: Value) {
        let old = self.contact.name.clone();
        self.contact.set(field, Some(value));
        if field == Field::Name {
            self.remember(old);
        }
    }

    /// Whether a name is not a new one: it is another name of the contact, or an address.
    fn is_called(&self, name: &str) -> bool {
        let mut others = self.contact.aka.iter();
        others.any(|other| is_alike_text(other, name)) || match_key::email(name).is_some()
    }

    /// Keeps a replaced name as another name, or as an address.
    fn remember(&mut self, old: String) {
        let Contact {
            name, aka, email, ..
        } = &mut self.contact;
        aka.retain(|other| other != name);
        let (list, field) = match match_key::email(&old) {
            Some(_) => (email, Field::Email),
            None => (aka, Field::Aka),
        };
        let is_there = list.iter().any(|other| is_one(field, other, &old));
        if !is_there && old != *name {
            list.push(old);
        }
    }

    /// Whether the field belongs to one that differs: a title to its company, a city to its address.
    fn would_contradict(&self, field: Field, theirs: &Contact) -> bool {
        let whole = match field {
            Field::Title => Field::Company,
            Field::City => Field::Address,
            _ => return false,
        };
        differs(whole, &self.contact, theirs)
    }

    /// Takes out the title if the company was replaced and theirs comes without a title: it was one in the old company.
    fn leave_title(&mut self, theirs: &Contact) {
        let mut replaced = self.gains.replaced.iter();
        let is_left = said(Field::Title, theirs).is_none();
        if !replaced.any(|(field, _)| *field == Field::Company) || !is_left {
            return;
        }
        if let Some(title) = self.contact.title.take() {
            self.gains.replaced.push((Field::Title, Value::Text(title)));
        }
    }

    /// Adds each new promise.
    fn take_promises(&mut self, promises: &[Promise]) {
        for promise in promises {
            let mut own = self.contact.promises.iter();
            if !own.any(|own| is_kept_by(promise, own)) {
                self.add_promises([promise.clone()]);
            }
        }
    }

    pub(super) fn add_promises(&mut self, promises: impl IntoIterator<Item = Promise>) {
        let before = self.contact.promises.len();
        self.contact.promises.extend(promises);
        self.gains.promises += self.contact.promises.len() - before;
    }

    /// Inserts each new touch after the last one on or before its day.
    pub(super) fn take_touches(&mut self, touches: &[Touch]) {
        for touch in touches {
            let own = &mut self.contact.touches;
            if !own.iter().any(|own| is_said_by(touch, own)) {
                self.insert_touch(touch);
            }
        }
    }

    /// Inserts a touch after the last one on or before its day.
    pub(super) fn insert_touch(&mut self, touch: &Touch) {
        let own = &mut self.contact.touches;
        let at = own.iter().rposition(|own| own.on <= touch.on);
        own.insert(at.map_or(0, |at| at + 1), touch.clone());
        self.gains.touches += 1;
    }
}

impl Gains {
    /// Whether the contact is another than before.
    pub(super) fn is_change(&self) -> bool {
        let rows = self.promises + self.touches;
        !self.fields.is_empty() || !self.replaced.is_empty() || rows > 0
    }

    /// Adds what the contact gained when the same source was merged into it again.
    pub(super) fn add(&mut self, later: Self) {
        let is_old = |field| self.replaced.iter().any(|(old, _)| *old == field);
        let new = later.replaced.into_iter();
        let new: Vec<_> = new.filter(|(field, _)| !is_old(*field)).collect();
        self.replaced.extend(new);
        self.fields.extend(later.fields);
        self.fields.sort_unstable();
        self.fields.dedup();
        self.promises += later.promises;
        self.touches += later.touches;
    }
}

/// Whether a contact says what someone does, or where.
pub(super) fn has_job(contact: &Contact) -> bool {
    let mut fields = [Field::Company, Field::Title].into_iter();
    fields.any(|field| said(field, contact).is_some())
}

/// Whether both contacts have a value in the field, and different ones.
pub(super) fn differs(field: Field, one: &Contact, other: &Contact) -> bool {
    let values = said(field, one).zip(said(field, other));
    values.is_some_and(|(one, other)| !is_same(field, &one, &other))
}

/// The value of a field; a blank text says nothing. A blank name is one that a reader has to see.
fn said(field: Field, contact: &Contact) -> Option<Value> {
    let is_blank = |value: &Value| matches!(value, Value::Text(text) if text.trim().is_empty());
    let value = contact.get(field)?;
    (field == Field::Name || !is_blank(&value)).then_some(value)
}

/// The first list with the additional entries of the second; `None` if there are none.
fn united(field: Field, mine: &[String], theirs: &[String]) -> Option<Value> {
    let mut all = mine.to_vec();
    for item in theirs {
        let is_there = all.contains(item) || all.iter().any(|other| is_one(field, other, item));
        if !is_there {
            all.push(item.clone());
        }
    }
    (all.len() > mine.len()).then_some(Value::List(all))
}

/// Whether the name is only an address and the other is a real name.
fn gives_way(name: &str, other: &str) -> bool {
    match_key::email(name).is_some() && match_key::email(other).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Words;

    fn supplement(mine: &Contact, theirs: &Contact, prefer: Prefer) -> Merged {
        super::supplement(mine, theirs, prefer.into())
    }

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().expect("a day")
    }

    fn ana() -> Contact {
        Contact {
            name: "Ana Ruiz".to_owned(),
            company: Some("Acme".to_owned()),
            email: vec!["ana@acme.example".to_owned()],
            phone: vec!["+34 600 000 001".to_owned()],
            notes: Some("Two kids.\nPrefers mornings.\n".to_owned()),
            touches: vec![Touch::on(day("2026-10-02")), Touch::on(day("2026-11-10"))],
            ..Contact::default()
        }
    }

    #[test]
    fn a_contact_gains_what_it_lacks() {
        let theirs = Contact {
            name: "ANA RUIZ".to_owned(),
            title: Some("Head of Data".to_owned()),
            email: vec!["Ana@Acme.example".to_owned(), "ana@home.example".to_owned()],
            phone: vec!["0034600000001".to_owned()],
            notes: Some("prefers mornings.".to_owned()),
            touches: vec![Touch::on(day("2026-10-20"))],
            ..Contact::default()
        };
        let merged = supplement(&ana(), &theirs, Prefer::Mine);
        assert_eq!(merged.gains.fields, [Field::Title, Field::Email]);
        assert_eq!((merged.gains.touches, merged.gains.differs), (1, vec![]));
        assert_eq!(merged.contact.name, "Ana Ruiz");
        assert_eq!(
            merged.contact.email,
            ["ana@acme.example", "ana@home.example"]
        );
        let days: Vec<String> = merged
            .contact
            .touches
            .iter()
            .map(|touch| touch.on.to_string())
            .collect();
        assert_eq!(days, ["2026-10-02", "2026-10-20", "2026-11-10"]);
        let again = supplement(&merged.contact, &theirs, Prefer::Mine);
        assert_eq!(
            (again.contact, again.gains.fields),
            (merged.contact, vec![])
        );
    }

    #[test]
    fn a_promise_that_lacks_only_the_day_is_not_added() {
        let promise = |by: Option<&str>, what: &str| Promise {
            by: by.map(day),
            what: what.to_owned(),
        };
        let with = |promises: &[Promise]| Contact {
            promises: promises.to_vec(),
            ..ana()
        };
        let mine = [promise(Some("2026-11-25"), "send the draft")];
        let theirs = [
            promise(None, "send the draft"),
            promise(Some("2026-11-25"), " send the draft"),
            promise(Some("2026-11-26"), "send the draft"),
            promise(None, "send a map"),
        ];
        let merged = supplement(&with(&mine), &with(&theirs), Prefer::Mine);
        assert_eq!((merged.gains.promises, merged.gains.fields), (2, vec![]));
        assert!(merged.gains.differs.is_empty());
        let [draft, later, map] = &merged.contact.promises[..] else {
            panic!("three")
        };
        assert_eq!([draft, later, map], [&mine[0], &theirs[2], &theirs[3]]);
    }

    #[test]
    fn differences_are_reported_and_kept_unless_theirs_is_preferred() {
        let theirs = Contact {
            name: "Ana Gómez".to_owned(),
            company: Some("Globex".to_owned()),
            title: Some("CTO".to_owned()),
            notes: Some("Sails.".to_owned()),
            uid: Some("x".to_owned()),
            added: Some(day("2020-01-01")),
            ..Contact::default()
        };
        let mine = Contact {
            uid: Some("y".to_owned()),
            added: Some(day("2024-01-01")),
            ..ana()
        };
        let merged = supplement(&mine, &theirs, Prefer::Mine);
        assert_eq!(merged.contact, mine);
        assert_eq!(
            merged.gains.differs,
            [Field::Name, Field::Company, Field::Title, Field::Notes]
        );

        let merged = supplement(&mine, &theirs, Prefer::Theirs).contact;
        assert_eq!(
            (merged.name.as_str(), merged.aka),
            ("Ana Gómez", vec!["Ana Ruiz".to_owned()])
        );
        assert_eq!(
            (merged.company.as_deref(), merged.title.as_deref()),
            (Some("Globex"), Some("CTO"))
        );
        assert_eq!(merged.uid.as_deref(), Some("y"));
    }

    #[test]
    fn a_title_goes_with_its_company() {
        let mine = Contact {
            title: Some("Head of Data".to_owned()),
            ..ana()
        };
        let theirs = |company: &str| Contact {
            company: Some(company.to_owned()),
            name: mine.name.clone(),
            ..Contact::default()
        };
        for (company, prefer, title) in [
            ("Globex", Prefer::Theirs, None),
            ("Globex", Prefer::Mine, Some("Head of Data")),
            ("ACME ", Prefer::Theirs, Some("Head of Data")),
            (" ", Prefer::Theirs, Some("Head of Data")),
        ] {
            let merged = supplement(&mine, &theirs(company), prefer);
            assert_eq!(merged.contact.title.as_deref(), title, "{company}");
        }
        // A blank company is none, and so is a blank title.
        let mine = Contact {
            company: Some(" ".to_owned()),
            ..mine.clone()
        };
        for prefer in [Prefer::Mine, Prefer::Theirs] {
            let merged = supplement(&mine, &theirs("Globex"), prefer);
            assert_eq!(merged.contact.company.as_deref(), Some("Globex"));
            assert_eq!(merged.contact.title, mine.title);
            assert_eq!(merged.gains.fields, [Field::Company]);
            let mut theirs = theirs(" ");
            theirs.title = Some(" ".to_owned());
            let merged = supplement(&mine, &theirs, prefer);
            assert_eq!(merged.contact, mine);
        }
    }

    #[test]
    fn an_address_used_as_a_name_stays_an_address() {
        let mine = Contact {
            name: "ana@acme.example".to_owned(),
            ..Contact::default()
        };
        let named = Contact {
            name: "Ana Ruiz".to_owned(),
            ..Contact::default()
        };
        let merged = supplement(&mine, &named, Prefer::Mine).contact;
        let told = (merged.name.as_str(), merged.email.as_slice(), &merged.aka);
        assert_eq!(told, ("Ana Ruiz", [mine.name.clone()].as_slice(), &vec![]));
        let again = supplement(&merged, &mine, Prefer::Theirs);
        assert_eq!((again.contact, again.gains.differs), (merged, vec![]));
    }

    #[test]
    fn a_touch_without_words_equals_any_touch_of_that_day() {
        let call = Touch::on(day("2026-10-02")).with(Words {
            via: Some("call".to_owned()),
            ..Words::default()
        });
        let with = |touch: &Touch| Contact {
            touches: vec![touch.clone()],
            ..ana()
        };
        let bare = Touch::on(day("2026-10-02"));
        let merged = supplement(&with(&call), &with(&bare), Prefer::Mine);
        assert_eq!(
            (merged.gains.touches, merged.contact.touches),
            (0, vec![call.clone()])
        );
        let merged = supplement(&with(&bare), &with(&call), Prefer::Mine);
        assert_eq!(merged.contact.touches, [bare, call]);
    }
}
