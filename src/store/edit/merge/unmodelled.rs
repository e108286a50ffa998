//! What the text of a contact says that the model does not: keys that netkeep does not know, and comments.

use std::collections::{BTreeMap, HashMap};

use toml::de::{DeTable, DeValue};

use crate::domain::Contact;
use crate::domain::identity::equivalence::{is_same_other_day, is_same_promise, is_same_touch};
use crate::domain::identity::merge_contacts::RowsThere;
use crate::store::edit::statements::comments;
use crate::store::parse::first_contact;
use crate::store::parse::row_key::{RowKey, is_of_contact};
use crate::store::parse::toml_value::written;

/// What becomes of the part of a contact that the model does not have, when it is merged into another.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Unmodelled {
    /// For each date, promise and touch, whether the other contact has it.
    pub(crate) rows_there: RowsThere,
    /// The keys that the other contact gains, with what they say if that is short.
    pub(crate) gained: Vec<String>,
    /// The keys that differ: what each says in the other contact, and here.
    pub(crate) differs: Vec<[String; 3]>,
    /// The lines for the notes, so that nothing is lost.
    pub(crate) asides: Vec<String>,
    /// How many comments move.
    pub(crate) comments: usize,
}

/// The keys of a contact's text, and what they say.
struct UnmodelledKeys {
    /// Those that netkeep does not know.
    unknown: BTreeMap<String, (String, String)>,
    dates: Vec<RowKeys>,
    promises: Vec<RowKeys>,
    touches: Vec<RowKeys>,
    next: Option<RowKeys>,
}

/// What a date, a promise, a touch or a plan says.
struct RowKeys {
    written: String,
    /// The keys that netkeep does not know, and what they say.
    odd: String,
}

impl Unmodelled {
    /// Of `other`, which is merged into `one`; with the texts of both.
    pub(crate) fn of([mine, theirs]: [&str; 2], one: &Contact, other: &Contact) -> Option<Self> {
        let (own, keys) = (UnmodelledKeys::of(mine)?, UnmodelledKeys::of(theirs)?);
        let mut unmodelled = Self {
            rows_there: keys.rows_there(&own, one, other),
            comments: comments(theirs).len(),
            ..Self::default()
        };
        for (key, (written, said)) in &keys.unknown {
            match own.unknown.get(key) {
                Some((own, _)) if own == written => {}
                Some((_, own)) => {
                    unmodelled.asides.push(aside(key, said));
                    let differs = [key, own, said].map(|text| short(text).to_owned());
                    unmodelled.differs.push(differs);
                }
                None => {
                    let said = short(said);
                    unmodelled
                        .gained
                        .push(format!("{key} {said}").trim_end().to_owned());
                }
            }
        }
        if let (Some(own), Some(next)) = (&own.next, &keys.next)
            && next.is_odd()
            && own.written != next.written
        {
            unmodelled.asides.push(aside("next", &next.written));
        }
        Some(unmodelled)
    }
}

impl UnmodelledKeys {
    fn of(text: &str) -> Option<Self> {
        let document = DeTable::parse(text).ok()?;
        let contact = first_contact(document.get_ref())?;
        let rows = |rows: RowKey| {
            let array = contact.get(rows.key());
            let array = array.and_then(|node| node.get_ref().as_array());
            let items = array.into_iter().flat_map(|array| array.iter());
            let items = items.map(|row| RowKeys::of(row.get_ref(), rows.keys()));
            items.collect()
        };
        let next = contact.get("next");
        let is_unknown = |key: &str| !is_of_contact(key);
        let unknown = contact.iter().filter(|(key, _)| is_unknown(key.get_ref()));
        let unknown = unknown.map(|(key, node)| {
            let value = node.get_ref();
            (key.get_ref().to_string(), (written(value), said(value)))
        });
        Some(Self {
            unknown: unknown.collect(),
            dates: rows(RowKey::Dates),
            promises: rows(RowKey::Promises),
            touches: rows(RowKey::Touches),
            next: next.map(|next| RowKeys::of(next.get_ref(), &["on", "what"])),
        })
    }

    /// Whether `own` has each of the rows: the very same, and not one that says less or more.
    fn rows_there(&self, own: &Self, one: &Contact, other: &Contact) -> RowsThere {
        RowsThere {
            dates: there(
                [&own.dates, &self.dates],
                [&one.dates, &other.dates],
                is_same_other_day,
            ),
            promises: there(
                [&own.promises, &self.promises],
                [&one.promises, &other.promises],
                is_same_promise,
            ),
            touches: there(
                [&own.touches, &self.touches],
                [&one.touches, &other.touches],
                is_same_touch,
            ),
        }
    }
}

/// For each row of the second, whether it is one of the first; with the keys of both.
fn there<R>(
    [own, keys]: [&[RowKeys]; 2],
    [one, other]: [&[R]; 2],
    is_same: impl Fn(&R, &R) -> bool,
) -> Vec<bool> {
    let is_there = |(row, keys): (&R, &RowKeys)| {
        own.iter().any(|own| own.written == keys.written)
            || !keys.is_odd() && one.iter().any(|own| is_same(own, row))
    };
    other.iter().zip(keys).map(is_there).collect()
}

impl RowKeys {
    fn is_odd(&self) -> bool {
        !self.odd.is_empty()
    }

    fn of(value: &DeValue, known: &[&str]) -> Self {
        let is_unknown = |key: &str| !known.contains(&key);
        let odd = value.as_table().into_iter().flat_map(|table| table.iter());
        let odd = odd.filter(|(key, _)| is_unknown(key.get_ref()));
        let odd = odd.map(|(key, node)| format!("{} {}\n", key.get_ref(), written(node.get_ref())));
        let odd: String = odd.collect();
        Self {
            written: written(value),
            odd,
        }
    }
}

/// What a value says to a reader.
fn said(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => text.replace("\r\n", "\n"),
        value => written(value),
    }
}

/// The same for an answer of one line: a text of several lines or a table is only named.
fn short(said: &str) -> &str {
    let is_long = said.contains('\n') || said.starts_with(['{', '[']);
    if is_long { "" } else { said }
}

/// The lines for the notes that keep a value.
fn aside(key: &str, said: &str) -> String {
    format!("{key}: {said}")
}

/// Whether everything in the two texts is in `new`, the text of the first after the merge, which has these notes.
pub(super) fn keeps_all(mine: &str, theirs: &str, new: &str, notes: Option<&str>) -> bool {
    let (Some(own), Some(keys), Some(all)) = (
        UnmodelledKeys::of(mine),
        UnmodelledKeys::of(theirs),
        UnmodelledKeys::of(new),
    ) else {
        return false;
    };
    let notes = notes.unwrap_or_default();
    let is_at = |key: &String, written: &String| {
        all.unknown.get(key).is_some_and(|(all, _)| all == written)
    };
    let is_kept = |(key, (written, said)): (&String, &(String, String))| {
        is_at(key, written) || notes.contains(&aside(key, said))
    };
    let is_next = |next: &RowKeys| {
        let is_same = all
            .next
            .as_ref()
            .is_some_and(|all| all.written == next.written);
        is_same || !next.is_odd() || notes.contains(&aside("next", &next.written))
    };
    own.unknown
        .iter()
        .all(|(key, (written, _))| is_at(key, written))
        && keys.unknown.iter().all(is_kept)
        && keys.next.iter().all(is_next)
        && has_odd_keys([&own.dates, &keys.dates, &all.dates])
        && has_rows([&own.promises, &keys.promises, &all.promises])
        && has_rows([&own.touches, &keys.touches, &all.touches])
        && has_comments(mine, theirs, new)
}

/// Whether no row of the first is missing, and none of the second with a key that only its text has.
fn has_rows([own, theirs, all]: [&[RowKeys]; 3]) -> bool {
    let count = count(all.iter().map(|row| row.written.as_str()));
    let mut left = count.clone();
    let mut odd = theirs.iter().filter(|row| row.is_odd());
    own.iter().all(|row| take(&mut left, &row.written))
        && odd.all(|row| count.contains_key(row.written.as_str()))
}

/// The same for dates, of which those of the first may have gained a year: what only their texts have is there.
fn has_odd_keys([own, theirs, all]: [&[RowKeys]; 3]) -> bool {
    let odd = |rows: &[RowKeys]| -> Vec<String> {
        let odd = rows.iter().filter(|row| row.is_odd());
        odd.map(|row| row.odd.clone()).collect()
    };
    let all = odd(all);
    let both = [own, theirs].map(odd).concat();
    both.iter().all(|odd| all.contains(odd))
}

/// Whether every comment is there as often as in both texts together.
fn has_comments(mine: &str, theirs: &str, new: &str) -> bool {
    let mut left = count(comments(new).into_iter().map(|at| &new[at]));
    let mut has_all = |text: &str| {
        let mut comments = comments(text).into_iter();
        comments.all(|at| take(&mut left, &text[at]))
    };
    has_all(mine) && has_all(theirs)
}

fn count<'t>(texts: impl Iterator<Item = &'t str>) -> HashMap<&'t str, usize> {
    let mut count = HashMap::new();
    for text in texts {
        *count.entry(text).or_default() += 1;
    }
    count
}

/// Takes a text out once; false if it is not there any more.
fn take(left: &mut HashMap<&str, usize>, text: &str) -> bool {
    left.get_mut(text)
        .filter(|count| **count > 0)
        .is_some_and(|count| {
            *count -= 1;
            true
        })
}
