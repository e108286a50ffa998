//! An edit to a patch: the text is changed in as few bytes as possible, and the result is verified.
//!
//! In go some [`Edit`]s and a [`ParsedBook`] with its text, out comes a [`Change`]: a [`Patch`](patch::Patch) and the
//! book that it parses to. Each edit is made twice, in the text and in the book. Then the new text is parsed and
//! compared with the new book. Read `change` first, then [`apply`] below, then what it calls in this order:
//!
//! | file | what it does |
//! | --- | --- |
//! | `change` | the edits there are, and why one may be refused |
//! | `session` | collects the edits and joins the changed parts to a `patch` |
//! | `settings_text` | finds the tables that are no contacts, and adds one |
//! | `buckets`, `bucket_names` | add, change, rename and remove buckets |
//! | `sources` | sets what touches are read from |
//! | `rows`, `new_row`, `amend_row`, `set_rows` | add, remove and change dates, promises and touches |
//! | `contact_text` | finds the parts of a contact's text, and sets its fields |
//! | `merge` | moves everything that one contact says into another |
//! | `book_merge` | makes one text of two states of a book |
//! | `statements` | tells the lines of a contact's text: headers, pairs, comments |
//! | `text_list`, `long_text` | set a list of texts or a text of several lines, and leave what stays of it |
//! | `own_key` | sets a key that netkeep does not know |
//! | `list`, `table` | add, set and remove one item of an array, or one key of a table |
//! | `lines` | finds, adds and removes lines |
//! | `ownership` | decides which comments and blank lines belong to a table |
//! | `new_book` | writes a whole book |
//! | `fixes` | fixes typos, and finds the place of a warning |

mod amend_row;
pub(super) mod book_merge;
mod bucket_names;
mod buckets;
pub(super) mod change;
mod contact_text;
pub(super) mod fixes;
mod lines;
mod list;
mod long_text;
pub(super) mod merge;
pub(super) mod new_book;
mod new_row;
pub(super) mod own_key;
mod ownership;
pub(super) mod patch;
mod rows;
pub(super) mod session;
mod set_rows;
mod settings_text;
mod sources;
pub(super) mod statements;
mod table;
mod text_list;

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use self::change::{Change, Edit, Refused};
use self::contact_text::ContactText;
use self::session::EditSession;
use crate::domain::sources::ignored::{ContactFate, ignored_after};
use crate::domain::{Book, BookSources, Contact, ContactId, Field, IgnoredTouch, Next, Value};
use crate::store::parse::layout::Layout;
use crate::store::parse::problem::Problem;
use crate::store::parse::validate::{no_bucket, repeated};
use crate::store::parse::{ParsedBook, read, read_contact};

/// Applies `edits` to `text`, which `parsed` was parsed from. All other bytes stay the same.
///
/// Edits are applied in order. The places of contacts are those before the first edit. A contact that is
/// rewritten or removed has no other edits. Rewriting a contact and editing buckets are not combined with other
/// kinds of edits.
///
/// # Errors
///
/// [`Refused`] if an edit cannot be made in this text, or if the new text would not parse to the new book.
pub fn apply<'t>(
    text: &'t str,
    parsed: &'t ParsedBook,
    edits: &[Edit],
) -> Result<Change<'t>, Refused> {
    let mut expected = parsed.book.clone();
    let mut session = EditSession::new(text, parsed, layout(parsed)?);
    for edit in edits {
        apply_one(&mut session, &mut expected, edit)?;
    }
    if let Some((_, refused)) = first_wrong(&expected, edits, parsed) {
        return Err(refused);
    }
    session.verify(&expected)?;
    finish(session, &parsed.book, expected, edits)
}

/// The user's own text of a contact with a planned next touch; `None` if it is not the text of one contact.
pub(crate) fn with_plan(text: &str, next: Next) -> Option<String> {
    contact_text::set(text, Field::Next, Some(&Value::Next(next))).ok()
}

/// The user's own text of a book, which `parsed` was parsed from, with planned next touches, as far as they can be added;
/// `None` if none can.
pub(crate) fn with_plans(
    text: &str,
    parsed: &ParsedBook,
    plans: &[(ContactId, Next)],
) -> Option<(String, Book)> {
    let edits: Vec<Edit> = plans
        .iter()
        .map(|(contact, next)| Edit::Set {
            contact: *contact,
            field: Field::Next,
            value: Some(Value::Next(next.clone())),
        })
        .collect();
    let (change, _) = apply_most(text, parsed, &edits).ok()?;
    Some((change.text.to_string(), change.book))
}

/// The user's own text of a book that ignores these touches; `None` if it cannot be changed.
pub(crate) fn with_ignored(text: &str, ignored: Vec<IgnoredTouch>) -> Option<(String, Book)> {
    let parsed = read(text).ok()?;
    let sources = BookSources {
        ignored,
        ..parsed.book.sources.clone()
    };
    let change = apply(text, &parsed, &[Edit::Sources(sources.into())]).ok()?;
    Some((change.text.to_string(), change.book))
}

/// What is unlikely to be meant in the user's own text of a contact: keys that netkeep does not know, first of all.
pub(crate) fn doubts(text: &str) -> Vec<Problem> {
    let mut problems = read_contact(text).map_or(vec![], |(_, problems)| problems);
    problems.retain(|problem| !problem.is_wrong());
    problems
}

/// Like [`apply`], but skips a contact whose edits cannot be made, and returns it. The edits of a contact follow one
/// another.
///
/// # Errors
///
/// Those of [`apply`] for edits that belong to no contact, and for what only shows in the whole book.
pub(crate) fn apply_most<'t>(
    text: &'t str,
    parsed: &'t ParsedBook,
    edits: &[Edit],
) -> Result<(Change<'t>, Vec<ContactId>), Refused> {
    let mut expected = parsed.book.clone();
    let mut session = EditSession::new(text, parsed, layout(parsed)?);
    let (mut made, mut skipped) = (Vec::new(), Vec::new());
    for group in
        edits.chunk_by(|one, other| one.contact().is_some_and(|id| other.contact() == Some(id)))
    {
        let Some(id) = group.first().and_then(Edit::contact) else {
            for edit in group {
                apply_one(&mut session, &mut expected, edit)?;
            }
            made.extend_from_slice(group);
            continue;
        };
        let before = Arc::clone(&expected.contacts[id.0]);
        let mut edits = group.iter();
        let done = edits.try_for_each(|edit| apply_one(&mut session, &mut expected, edit));
        if done
            .and_then(|()| session.verify_contact(id, &expected))
            .is_ok()
        {
            made.extend_from_slice(group);
        } else {
            expected.contacts[id.0] = before;
            session.forget(id);
            skipped.push(id);
        }
    }
    // What only shows in the whole book skips a contact, too.
    while let Some((id, refused)) = first_wrong(&expected, &made, parsed) {
        let Some(before) = parsed.book.contacts.get(id.0) else {
            return Err(refused);
        };
        expected.contacts[id.0] = Arc::clone(before);
        session.forget(id);
        made.retain(|edit| edit.contact() != Some(id));
        skipped.push(id);
    }
    session.verify_added(&expected)?;
    let change = finish(session, &parsed.book, expected, &made)?;
    Ok((change, skipped))
}

fn layout(parsed: &ParsedBook) -> Result<&Layout, Refused> {
    let layout = parsed.layout.as_ref();
    layout.map_err(|&doubt| Refused::Unsupported(doubt..doubt))
}

/// Applies an edit to the text and to the expected book.
fn apply_one(session: &mut EditSession, expected: &mut Book, edit: &Edit) -> Result<(), Refused> {
    session.apply(expected, edit)?;
    match edit {
        Edit::Rewrite { contact, text } => {
            expected.contacts[contact.0] = parse_rewritten(text)?.into();
        }
        edit => edit.apply_to(expected),
    }
    Ok(())
}

/// The change, when each changed contact is verified. If edits change more than that, the whole text is verified.
fn finish<'t>(
    session: EditSession<'t>,
    before: &Book,
    mut expected: Book,
    edits: &[Edit],
) -> Result<Change<'t>, Refused> {
    follow(&mut expected, edits, before);
    remove(&mut expected, edits);
    let text = session.finish(&expected)?;
    if edits.iter().any(Edit::is_wide) {
        let parsed = read(&text.to_string()).map_err(|_| Refused::VerificationFailed)?;
        if parsed.layout.is_err() || parsed.book != expected {
            return Err(Refused::VerificationFailed);
        }
    }
    let book = expected;
    Ok(Change { text, book })
}

/// Keeps the touches that are not read again in step with the contacts of the book, before any of them is removed.
fn follow(book: &mut Book, edits: &[Edit], before: &Book) {
    let mut gone = HashMap::new();
    for edit in edits {
        match edit {
            Edit::Remove(id) => _ = gone.entry(*id).or_insert(None),
            Edit::Merge { contact, other, .. } => _ = gone.insert(*other, Some(*contact)),
            _ => {}
        }
    }
    let changed = edits.iter().filter_map(Edit::contact);
    let ids: BTreeSet<ContactId> = changed.chain(gone.keys().copied()).collect();
    let fates = ids.into_iter().filter_map(|id| {
        let after = gone.get(&id).copied().unwrap_or(Some(id));
        let after = after.map(|id| book.contact(id));
        Some((before.contacts.get(id.0)?.as_ref(), after))
    });
    let fates: Vec<ContactFate> = fates.collect();
    let is_there = |name: &str| {
        let mut left = book.ids().filter(|id| !gone.contains_key(id));
        left.any(|id| book.contact(id).name == name)
    };
    if let Some(ignored) = ignored_after(&book.sources, &fates, is_there) {
        book.sources.ignored = ignored;
    }
}

/// Removes contacts. It is done last, because it shifts the indexes of the others.
fn remove(book: &mut Book, edits: &[Edit]) {
    let removed = edits.iter().filter_map(|edit| match edit {
        Edit::Remove(id) => Some(*id),
        _ => None,
    });
    let removed: HashSet<ContactId> = removed.collect();
    let mut ids = book.ids();
    book.contacts
        .retain(|_| ids.next().is_none_or(|id| !removed.contains(&id)));
}

/// The contact that the user's own text parses to.
fn parse_rewritten(text: &str) -> Result<Contact, Refused> {
    let Some((contact, mut problems)) = read_contact(text) else {
        return Err(Refused::Invalid(match read(text) {
            Err(problems) => problems,
            Ok(_) => vec![
                Problem::broken(0..0, "the text must stay one contact")
                    .hint("start it with `[[contacts]]`, and leave other contacts and tables out"),
            ],
        }));
    };
    problems.retain(Problem::is_wrong);
    if problems.is_empty() {
        Ok(contact)
    } else {
        Err(Refused::Invalid(problems))
    }
}

/// The first contact with a problem that only shows in the whole book: a name that is taken or a bucket that does not
/// exist.
fn first_wrong(
    expected: &Book,
    edits: &[Edit],
    parsed: &ParsedBook,
) -> Option<(ContactId, Refused)> {
    let added = (parsed.book.contacts.len()..expected.contacts.len()).map(ContactId);
    let changed = edits.iter().filter_map(Edit::contact).chain(added);
    // Counted only if a name changed.
    let names = LazyCell::new(|| {
        let mut names: HashMap<&str, usize> = HashMap::new();
        for contact in &expected.contacts {
            *names.entry(contact.name.as_str()).or_default() += 1;
        }
        names
    });
    for id in changed {
        let known = parsed.problems_of(id);
        let problems = wrong_in_book(expected, parsed, id, |name| names[name] > 1);
        if problems.is_empty() {
            continue;
        }
        let rewritten = edits.iter().find_map(|edit| match edit {
            Edit::Rewrite { contact, text } if *contact == id => Some(text),
            _ => None,
        });
        let refused = match rewritten {
            None if !known.is_empty() => Refused::HasProblems {
                name: parsed.book.contact(id).name.clone(),
                problems: known,
            },
            _ => Refused::Invalid(
                problems
                    .into_iter()
                    .map(|(key, problem)| placed(rewritten, key, problem))
                    .collect(),
            ),
        };
        return Some((id, refused));
    }
    None
}

/// What is wrong with the new name and the new bucket of a contact, each with its key.
fn wrong_in_book(
    expected: &Book,
    parsed: &ParsedBook,
    id: ContactId,
    is_taken: impl Fn(&str) -> bool,
) -> Vec<(&'static str, Problem)> {
    let contact = expected.contact(id);
    let before = parsed.book.contacts.get(id.0);
    let is_new = |is_same: fn(&Contact, &Contact) -> bool| {
        !parsed.problems_of(id).is_empty() || before.is_none_or(|before| !is_same(before, contact))
    };
    let mut problems = Vec::new();
    if is_new(|a, b| a.name == b.name) && is_taken(&contact.name) {
        let problem = Problem::wrong(0..0, repeated(&contact.name)).hint("names are unique");
        problems.push(("name", problem));
    }
    if let Some(bucket) = &contact.bucket
        && expected.bucket(bucket).is_none()
        && is_new(|a, b| a.bucket == b.bucket)
    {
        problems.push(("bucket", no_bucket(0..0, expected, bucket)));
    }
    problems
}

/// The problem at the value of `key`, if there is a text of the user's to point at.
fn placed(text: Option<&String>, key: &str, problem: Problem) -> Problem {
    let contact = text.and_then(|text| ContactText::of(text).ok());
    let contact = contact.as_ref();
    let entry = contact.and_then(|contact| contact.table.entry(key));
    let at = entry.map_or(problem.at, |entry| entry.value.clone());
    Problem { at, ..problem }
}
