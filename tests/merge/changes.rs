//! What people and netkeep do to a book.

use chrono::{Datelike, NaiveDate};
use netkeep::domain::identity::match_key::uid_to_keep;
use netkeep::domain::{
    BookSources, Bucket, Contact, ContactId, Direction, Field, IgnoredTouch, Next, Promise, Touch,
    Value, Words,
};
use netkeep::store::{Edit, OwnValue, ParsedBook, Setting, apply, read};
use proptest::prelude::*;
use proptest::sample::Index;

use super::facts::{Facts, marks};

/// A change: what is done, where, and with which of a few values, so that both sides may do the same.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    kind: usize,
    who: Index,
    place: Index,
    value: usize,
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    (0..KINDS.len(), any::<Index>(), any::<Index>(), 0..3_usize).prop_map(
        |(kind, who, place, value)| Deed {
            kind,
            who,
            place,
            value,
        },
    )
}

/// Makes the edits of a kind, if there is something to edit.
type MakeEdits = fn(&Doing) -> Option<Vec<Edit>>;

/// Makes another text that says the same but for comments.
type ByHand = fn(&Doing) -> Option<String>;

#[derive(Clone, Copy)]
enum Kind {
    Edit(MakeEdits),
    Hand(ByHand),
}

const KINDS: [(&str, Kind); 39] = [
    ("log", Kind::Edit(log)),
    ("log from a source", Kind::Edit(log_sourced)),
    ("log from a source again", Kind::Edit(log_sourced)),
    ("log plainly", Kind::Edit(log_plainly)),
    ("log plainly again", Kind::Edit(log_plainly)),
    ("amend a touch", Kind::Edit(amend)),
    ("delete a touch", Kind::Edit(delete_touch)),
    ("insert a touch", Kind::Edit(insert)),
    ("set a city", Kind::Edit(set_city)),
    ("remove a city", Kind::Edit(|it| it.set(Field::City, None))),
    ("set a company", Kind::Edit(set_company)),
    ("set a paused day", Kind::Edit(set_paused)),
    ("set added", Kind::Edit(set_added)),
    ("plan", Kind::Edit(plan)),
    ("unplan", Kind::Edit(|it| it.set(Field::Next, None))),
    ("add an item", Kind::Edit(add_item)),
    ("remove an item", Kind::Edit(remove_item)),
    ("add a line of notes", Kind::Edit(add_note)),
    ("change a line of notes", Kind::Edit(change_note)),
    (
        "remove the notes",
        Kind::Edit(|it| it.set(Field::Notes, None)),
    ),
    ("promise", Kind::Edit(promise)),
    ("amend a promise", Kind::Edit(amend_promise)),
    ("keep a promise", Kind::Edit(keep_promise)),
    ("add a contact", Kind::Edit(add)),
    ("add a contact again", Kind::Edit(add)),
    (
        "remove a contact",
        Kind::Edit(|it| Some(vec![Edit::Remove(it.who()?)])),
    ),
    ("rename", Kind::Edit(rename)),
    ("set a key of one's own", Kind::Edit(set_own)),
    ("add a bucket", Kind::Edit(add_bucket)),
    ("set a bucket", Kind::Edit(set_bucket)),
    ("rename a bucket", Kind::Edit(rename_bucket)),
    (
        "regroup",
        Kind::Edit(|it| Some(vec![Edit::Regrouped(it.day())])),
    ),
    ("read from another place", Kind::Edit(add_source)),
    ("read from no place", Kind::Edit(remove_source)),
    ("read from another day on", Kind::Edit(set_until)),
    ("ignore a touch", Kind::Edit(ignore)),
    ("comment on a line", Kind::Hand(comment_beside)),
    ("comment above a line", Kind::Hand(comment_above)),
    ("remove a line that says nothing", Kind::Hand(remove_line)),
];

/// A change that is being made.
pub(crate) struct Doing<'t> {
    text: &'t str,
    parsed: ParsedBook,
    deed: &'t Deed,
    /// A word that no other change has.
    mark: String,
}

impl Deed {
    /// The text after the change; `None` if it cannot be made. `mark` is a word that no other change has.
    pub(crate) fn applied(&self, text: &str, mark: String) -> Option<String> {
        let parsed = read(text).ok()?;
        let doing = Doing {
            text,
            parsed,
            deed: self,
            mark,
        };
        match KINDS[self.kind].1 {
            Kind::Edit(make) => {
                let change = apply(text, &doing.parsed, &make(&doing)?).ok()?;
                Some(change.text.to_string())
            }
            Kind::Hand(make) => {
                let new = make(&doing)?;
                let is_same = Facts::of(text).ok()? == Facts::of(&new).ok()?;
                let is_kept = marks(text).is_subset(&marks(&new));
                (is_same && is_kept && read(&new).is_ok()).then_some(new)
            }
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        KINDS[self.kind].0
    }
}

impl Doing<'_> {
    fn who(&self) -> Option<ContactId> {
        let count = self.parsed.book.contacts.len();
        (count > 0).then(|| ContactId(self.deed.who.index(count)))
    }

    fn contact(&self) -> Option<(ContactId, &Contact)> {
        let who = self.who()?;
        Some((who, self.parsed.book.contact(who)))
    }

    fn at<T>(&self, items: &[T]) -> Option<usize> {
        (!items.is_empty()).then(|| self.deed.place.index(items.len()))
    }

    fn of(&self, values: [&str; 3]) -> String {
        values[self.deed.value].to_owned()
    }

    fn day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1 + u32::try_from(self.deed.value).unwrap_or(0))
            .expect("a day")
    }

    fn set(&self, field: Field, value: Option<Value>) -> Option<Vec<Edit>> {
        let contact = self.who()?;
        Some(vec![Edit::Set {
            contact,
            field,
            value,
        }])
    }

    fn touch(&self, words: bool) -> Touch {
        let touch = Touch::on(self.day())
            .toward([None, Some(Direction::Out), Some(Direction::In)][self.deed.value]);
        touch.with(Words {
            via: Some(self.of(["call", "email", "x \"y\" # z"])),
            note: words.then(|| format!("said {}", self.mark)),
            ..Words::default()
        })
    }
}

fn log(it: &Doing) -> Option<Vec<Edit>> {
    let contact = it.who()?;
    let touch = it.touch(true);
    Some(vec![Edit::Log { contact, touch }])
}

/// One a day and channel, as a source gives them.
fn log_sourced(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let on = it
        .day()
        .with_day0(it.deed.place.index(2).try_into().ok()?)?;
    let via = "email";
    if known
        .touches
        .iter()
        .any(|touch| touch.on == on && touch.words().via.as_deref() == Some(via))
    {
        return None;
    }
    let touch =
        Touch::on(on).toward([None, Some(Direction::Out), Some(Direction::In)][it.deed.value]);
    let touch = touch.with(Words {
        via: Some(via.to_owned()),
        source: Some("mail".to_owned()),
        ..Words::default()
    });
    Some(vec![Edit::Log { contact, touch }])
}

fn log_plainly(it: &Doing) -> Option<Vec<Edit>> {
    let contact = it.who()?;
    let touch = it.touch(false);
    Some(vec![Edit::Log { contact, touch }])
}

fn amend(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let index = it.at(&known.touches)?;
    let touch = it.touch(true);
    Some(vec![Edit::Amend {
        contact,
        index,
        touch,
    }])
}

fn delete_touch(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let index = it.at(&known.touches)?;
    Some(vec![Edit::DeleteTouch { contact, index }])
}

fn insert(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let index = it.at(&known.touches)?;
    let touch = it.touch(true);
    Some(vec![Edit::Insert {
        contact,
        index,
        touch,
    }])
}

fn set_city(it: &Doing) -> Option<Vec<Edit>> {
    let city = it.of(["Oslo", "Bern", "Rome"]);
    it.set(Field::City, Some(Value::Text(city)))
}

fn set_company(it: &Doing) -> Option<Vec<Edit>> {
    let company = format!("Acme {}", it.mark);
    it.set(Field::Company, Some(Value::Text(company)))
}

fn set_paused(it: &Doing) -> Option<Vec<Edit>> {
    it.set(Field::Paused, Some(Value::Day(it.day())))
}

fn set_added(it: &Doing) -> Option<Vec<Edit>> {
    it.set(Field::Added, Some(Value::Day(it.day())))
}

fn plan(it: &Doing) -> Option<Vec<Edit>> {
    let what = (it.deed.value > 0).then(|| format!("send {}", it.mark));
    let on = it.day();
    it.set(Field::Next, Some(Value::Next(Next { on, what })))
}

const LISTS: [Field; 4] = [Field::Email, Field::Tags, Field::Aka, Field::Phone];

fn list(known: &Contact, field: Field) -> Vec<String> {
    match known.get(field) {
        Some(Value::List(list)) => list,
        _ => vec![],
    }
}

fn add_item(it: &Doing) -> Option<Vec<Edit>> {
    let (_, known) = it.contact()?;
    let field = LISTS[it.at(&LISTS)?];
    let mut list = list(known, field);
    let new = it.of([&it.mark, "x", "z"]);
    if !list.contains(&new) {
        list.push(new);
    }
    it.set(field, Some(Value::List(list)))
}

fn remove_item(it: &Doing) -> Option<Vec<Edit>> {
    let (_, known) = it.contact()?;
    let mut lists = LISTS.map(|field| (field, list(known, field))).to_vec();
    lists.retain(|(_, list)| !list.is_empty());
    let (field, mut list) = lists.swap_remove(it.at(&lists)?);
    list.remove(it.at(&list)?);
    let list = Some(list).filter(|list| !list.is_empty());
    it.set(field, list.map(Value::List))
}

fn add_note(it: &Doing) -> Option<Vec<Edit>> {
    let (_, known) = it.contact()?;
    let notes = known.notes.as_deref().unwrap_or("Two kids.");
    let new = it.of([&it.mark, "Sails.", "Plays go."]);
    let notes = netkeep::domain::text::with_lines(notes, &new);
    it.set(Field::Notes, Some(Value::Text(notes)))
}

fn change_note(it: &Doing) -> Option<Vec<Edit>> {
    let (_, known) = it.contact()?;
    let notes = known.notes.as_deref()?;
    let mut lines: Vec<&str> = notes.split('\n').collect();
    let at = it.at(&lines)?;
    if marks(lines[at]).is_empty() {
        lines[at] = &it.mark;
    }
    it.set(Field::Notes, Some(Value::Text(lines.join("\n"))))
}

fn promise(it: &Doing) -> Option<Vec<Edit>> {
    let contact = it.who()?;
    let what = it.of([&it.mark, "sit", "send"]);
    let promise = Promise {
        by: (it.deed.value > 0).then(|| it.day()),
        what,
    };
    Some(vec![Edit::AddPromise { contact, promise }])
}

fn amend_promise(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let index = it.at(&known.promises)?;
    let promise = Promise {
        by: Some(it.day()),
        what: it.mark.clone(),
    };
    Some(vec![Edit::AmendPromise {
        contact,
        index,
        promise,
    }])
}

fn keep_promise(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, known) = it.contact()?;
    let index = it.at(&known.promises)?;
    Some(vec![Edit::RemovePromise { contact, index }])
}

fn add(it: &Doing) -> Option<Vec<Edit>> {
    let contact = Contact {
        name: it.of(["Di", "Ed Lind", "Flo"]),
        city: Some(it.mark.clone()).filter(|_| it.deed.value > 0),
        email: (it.deed.value > 1)
            .then(|| "flo@a.example".to_owned())
            .into_iter()
            .collect(),
        ..Contact::default()
    };
    Some(vec![Edit::Add(Box::new(contact))])
}

/// As `rename` does it: with the UID that the name gave.
fn rename(it: &Doing) -> Option<Vec<Edit>> {
    let (contact, _) = it.contact()?;
    let new = it.of([&format!("Gus {}", it.mark), "Hal", "Flo"]);
    let uid = uid_to_keep(&it.parsed.book.contacts, contact, &new);
    let mut edits = it.set(Field::Name, Some(Value::Text(new)))?;
    edits.extend(
        uid.and_then(|uid| it.set(Field::Uid, Some(Value::Text(uid))))
            .into_iter()
            .flatten(),
    );
    Some(edits)
}

fn set_own(it: &Doing) -> Option<Vec<Edit>> {
    let contact = it.who()?;
    let key = it.of(["mood", "color", "key 2"]);
    let value = Some(OwnValue::Text(it.mark.clone()));
    Some(vec![Edit::SetOwn {
        contact,
        key,
        value,
    }])
}

fn add_bucket(it: &Doing) -> Option<Vec<Edit>> {
    Some(vec![Edit::AddBucket(Bucket {
        name: it.of([&it.mark, "friends", "old friends"]),
        cadence: Some("3 weeks".parse().ok()?),
        limit: None,
        share: 1 + u32::try_from(it.deed.value).ok()?,
        size: None,
    })])
}

fn bucket(it: &Doing) -> Option<String> {
    let buckets = &it.parsed.book.buckets;
    Some(buckets[it.at(buckets)?].name.clone())
}

fn set_bucket(it: &Doing) -> Option<Vec<Edit>> {
    let value = 3 + u32::try_from(it.deed.value).ok()?;
    let setting = if value % 2 == 0 {
        Setting::Share(value)
    } else {
        Setting::Size(Some(value))
    };
    let name = bucket(it)?;
    Some(vec![Edit::SetBucket { name, setting }])
}

fn rename_bucket(it: &Doing) -> Option<Vec<Edit>> {
    let (name, to) = (bucket(it)?, it.of([&it.mark, "kin", "pals"]));
    Some(vec![Edit::RenameBucket { name, to }])
}

/// `[sources]` with this change.
fn sources(it: &Doing, change: impl Fn(&mut BookSources)) -> Option<Vec<Edit>> {
    let mut sources = it.parsed.book.sources.clone();
    change(&mut sources);
    Some(vec![Edit::Sources(sources.into())])
}

fn add_source(it: &Doing) -> Option<Vec<Edit>> {
    let path = it.of([&it.mark, "~/Mail", "a \"b\" # c"]);
    sources(it, |sources| sources.mail.push(path.clone()))
}

fn remove_source(it: &Doing) -> Option<Vec<Edit>> {
    let at = it.at(&it.parsed.book.sources.mail)?;
    sources(it, |sources| drop(sources.mail.remove(at)))
}

fn set_until(it: &Doing) -> Option<Vec<Edit>> {
    sources(it, |sources| sources.until = Some(it.day()))
}

fn ignore(it: &Doing) -> Option<Vec<Edit>> {
    let (_, contact) = it.contact()?;
    let touch = IgnoredTouch::new(it.day(), Some("email"), &contact.name);
    sources(it, |sources| {
        if !sources.ignored.contains(&touch) {
            sources.ignored.push(touch.clone());
        }
    })
}

/// The lines with their ends, and the place of one of them.
fn lines<'t>(it: &'t Doing) -> Option<(Vec<&'t str>, usize)> {
    let lines: Vec<&str> = it.text.split_inclusive('\n').collect();
    let at = it.at(&lines)?;
    Some((lines, at))
}

fn comment_beside(it: &Doing) -> Option<String> {
    let (lines, at) = lines(it)?;
    let line = lines[at].trim_end_matches(['\r', '\n']);
    let new = format!("{line} # {}{}", it.mark, &lines[at][line.len()..]);
    Some(format!(
        "{}{new}{}",
        lines[..at].concat(),
        lines[at + 1..].concat()
    ))
}

fn comment_above(it: &Doing) -> Option<String> {
    let (lines, at) = lines(it)?;
    let newline = if lines[at].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let indent = &lines[at][..lines[at].len() - lines[at].trim_start_matches([' ', '\t']).len()];
    let new = format!("{indent}# {}{newline}", it.of([&it.mark, "soon", &it.mark]));
    Some(format!(
        "{}{new}{}",
        lines[..at].concat(),
        lines[at..].concat()
    ))
}

/// A blank line or a comment that no change made.
fn remove_line(it: &Doing) -> Option<String> {
    let (lines, at) = lines(it)?;
    let says_nothing = |line: &&str| matches!(line.trim().chars().next(), None | Some('#'));
    let at = at + lines[at..].iter().position(says_nothing)?;
    Some(format!(
        "{}{}",
        lines[..at].concat(),
        lines[at + 1..].concat()
    ))
}
