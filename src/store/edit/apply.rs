//! Making edits, and the proof that what came out is what was asked for.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::change::{Change, Edit, Refused, Setting};
use super::contact_text::ContactText;
use super::session::EditSession;
use crate::domain::{Book, Contact, ContactId};
use crate::store::parse::layout::Layout;
use crate::store::parse::problem::{Problem, Severity};
use crate::store::parse::validate::bucket_hint;
use crate::store::parse::{ParsedBook, read_contact};

/// Makes `edits` on `text`, which `read` was read from. Bytes that no edit names stay as they were.
///
/// Edits are made one after another; the places of contacts and touches are those before the first of them, and a
/// contact that is rewritten or removed has no other edits. Rewriting a contact and editing buckets stand alone.
///
/// # Errors
///
/// [`Refused`] when an edit cannot be made on this text, or when the result would not read back as the book that the
/// edits make of `read.book`.
pub fn apply<'t>(
    text: &'t str,
    read: &'t ParsedBook,
    edits: &[Edit],
) -> Result<Change<'t>, Refused> {
    let mut expected = read.book.clone();
    let mut work = EditSession::new(text, read, layout(read)?);
    for edit in edits {
        make(&mut work, &mut expected, edit)?;
    }
    if let Some((_, refused)) = wrong_in_whole(&expected, edits, read) {
        return Err(refused);
    }
    work.prove(&expected)?;
    finish(work, expected, edits)
}

/// The same, but a contact whose edits cannot be made stays as it is, and is told; the others go on. The edits of a contact
/// follow one another.
///
/// # Errors
///
/// Those of [`apply`] for edits that are no contact's, and for what only shows in the whole book.
pub fn apply_most<'t>(
    text: &'t str,
    read: &'t ParsedBook,
    edits: &[Edit],
) -> Result<(Change<'t>, Vec<ContactId>), Refused> {
    let mut expected = read.book.clone();
    let mut work = EditSession::new(text, read, layout(read)?);
    let (mut made, mut left) = (Vec::new(), Vec::new());
    for group in
        edits.chunk_by(|one, other| one.contact().is_some_and(|id| other.contact() == Some(id)))
    {
        let Some(id) = group.first().and_then(Edit::contact) else {
            for edit in group {
                make(&mut work, &mut expected, edit)?;
            }
            made.extend_from_slice(group);
            continue;
        };
        let before = Arc::clone(&expected.contacts[id.0]);
        let mut edits = group.iter();
        let done = edits.try_for_each(|edit| make(&mut work, &mut expected, edit));
        if done.and_then(|()| work.prove_one(id, &expected)).is_ok() {
            made.extend_from_slice(group);
        } else {
            expected.contacts[id.0] = before;
            work.forget(id);
            left.push(id);
        }
    }
    // What only shows in the whole book stands against a contact, too.
    while let Some((id, refused)) = wrong_in_whole(&expected, &made, read) {
        let Some(before) = read.book.contacts.get(id.0) else {
            return Err(refused);
        };
        expected.contacts[id.0] = Arc::clone(before);
        work.forget(id);
        made.retain(|edit| edit.contact() != Some(id));
        left.push(id);
    }
    work.prove_added(&expected)?;
    Ok((finish(work, expected, &made)?, left))
}

fn layout(read: &ParsedBook) -> Result<&Layout, Refused> {
    let layout = read.layout.as_ref();
    layout.map_err(|&doubt| Refused::Unsupported(doubt..doubt))
}

/// Makes one edit on the text, and on what the book must say afterwards.
fn make(work: &mut EditSession, expected: &mut Book, edit: &Edit) -> Result<(), Refused> {
    work.plan(expected, edit)?;
    match edit {
        Edit::Rewrite { contact, text } => expected.contacts[contact.0] = rewritten(text)?.into(),
        edit => model(expected, edit),
    }
    Ok(())
}

/// What comes of edits that are proved, each in the text of its contact.
fn finish<'t>(
    work: EditSession<'t>,
    mut expected: Book,
    edits: &[Edit],
) -> Result<Change<'t>, Refused> {
    remove(&mut expected, edits);
    let is_local = !edits.iter().any(Edit::is_wide);
    let text = work.finish()?;
    if !is_local {
        let read = crate::store::parse::read(&text.to_string())
            .map_err(|_| Refused::VerificationFailed)?;
        if read.layout.is_err() || read.book != expected {
            return Err(Refused::VerificationFailed);
        }
    }
    Ok(Change {
        text,
        book: expected,
    })
}

/// The model's own, obvious answer.
fn model(book: &mut Book, edit: &Edit) {
    match edit {
        Edit::Add(contact) => book.contacts.push(Contact::clone(contact).into()),
        Edit::Set {
            contact,
            field,
            value,
        } => book.contact_mut(*contact).set(*field, value.clone()),
        Edit::Log { contact, touch } => book.contact_mut(*contact).touches.push(touch.clone()),
        Edit::Insert {
            contact,
            index,
            touch,
        } => book
            .contact_mut(*contact)
            .touches
            .insert(*index, touch.clone()),
        Edit::Amend {
            contact,
            index,
            touch,
        } => {
            book.contact_mut(*contact).touches[*index] = touch.clone();
        }
        Edit::DeleteTouch { contact, index } => {
            book.contact_mut(*contact).touches.remove(*index);
        }
        Edit::AddBucket(bucket) => book.buckets.push(bucket.clone()),
        Edit::SetBucket { name, setting } => {
            for bucket in book
                .buckets
                .iter_mut()
                .filter(|bucket| bucket.name == *name)
            {
                match *setting {
                    Setting::Cadence(cadence) => bucket.cadence = Some(cadence),
                    Setting::Limit(limit) => bucket.limit = Some(limit),
                    Setting::Share(share) => bucket.share = share,
                }
            }
        }
        Edit::RemoveBucket(name) => book.buckets.retain(|bucket| bucket.name != *name),
        Edit::Regrouped(day) => book.regrouped = Some(*day),
        // Places shift when somebody goes: they go last, together.
        Edit::Remove(_) | Edit::Rewrite { .. } => {}
    }
}

fn remove(book: &mut Book, edits: &[Edit]) {
    let gone = edits.iter().filter_map(|edit| match edit {
        Edit::Remove(gone) => Some(gone.0),
        _ => None,
    });
    let gone: HashSet<usize> = gone.collect();
    let mut id = 0;
    book.contacts.retain(|_| {
        id += 1;
        !gone.contains(&(id - 1))
    });
}

/// The contact in a text of the user's.
fn rewritten(text: &str) -> Result<Contact, Refused> {
    match read_contact(text) {
        Some((contact, problems)) => {
            let wrong: Vec<Problem> = problems
                .into_iter()
                .filter(|problem| problem.severity == Severity::Wrong)
                .collect();
            if wrong.is_empty() {
                Ok(contact)
            } else {
                Err(Refused::Invalid(wrong))
            }
        }
        None => Err(Refused::Invalid(match crate::store::parse::read(text) {
            Err(problems) => problems,
            Ok(_) => vec![
                Problem::broken(0..0, "the text must stay one contact")
                    .hint("start it with `[[contacts]]`, and leave other contacts and tables out"),
            ],
        })),
    }
}

/// The first contact with which something is wrong that only shows in the whole book: names are unique, and buckets are there.
fn wrong_in_whole(
    expected: &Book,
    edits: &[Edit],
    read: &ParsedBook,
) -> Option<(ContactId, Refused)> {
    let added = (read.book.contacts.len()..expected.contacts.len()).map(ContactId);
    let changed: Vec<ContactId> = edits
        .iter()
        .filter_map(Edit::contact)
        .chain(added)
        .collect();
    if changed.is_empty() {
        return None;
    }
    // Few edits give somebody a name.
    let names = LazyCell::new(|| {
        let mut names: HashMap<&str, usize> = HashMap::new();
        for contact in &expected.contacts {
            *names.entry(contact.name.as_str()).or_default() += 1;
        }
        names
    });
    for id in changed {
        let contact = expected.contact(id);
        let mut problems = Vec::new();
        let known = read.problems_of(id);
        let before = read.book.contacts.get(id.0);
        let is_new = |same: fn(&Contact, &Contact) -> bool| {
            !known.is_empty() || before.is_none_or(|before| !same(before, contact))
        };
        if is_new(|a, b| a.name == b.name) && names[contact.name.as_str()] > 1 {
            let message = format!("another contact is named `{}`", contact.name);
            problems.push((
                "name",
                Problem::wrong(0..0, message).hint("names are unique"),
            ));
        }
        if let Some(bucket) = contact
            .bucket
            .as_deref()
            .filter(|name| expected.bucket(name).is_none() && is_new(|a, b| a.bucket == b.bucket))
        {
            let problem = Problem::wrong(0..0, format!("there is no bucket `{bucket}`"));
            problems.push(("bucket", problem.hint(bucket_hint(expected, bucket))));
        }
        if problems.is_empty() {
            continue;
        }
        let rewritten = edits.iter().find_map(|edit| match edit {
            Edit::Rewrite { contact, text } if *contact == id => Some(text),
            _ => None,
        });
        let refused = match rewritten {
            None if !known.is_empty() => Refused::HasProblems(known),
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

/// The problem at the value of `key`, where there is a text of the user's to point at.
fn placed(text: Option<&String>, key: &str, problem: Problem) -> Problem {
    let stretch = text.and_then(|text| ContactText::of(text));
    match stretch.as_ref().and_then(|stretch| stretch.entry(key)) {
        Some(entry) => Problem {
            at: entry.value.clone(),
            ..problem
        },
        None => problem,
    }
}
