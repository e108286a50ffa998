//! A bucket that one side removed stays if a contact or the defaults name it since.

use std::borrow::Cow;

use super::fates::{MergedPart, PartFate};
use super::parts::PartKind;
use super::same_parts::BookStates;
use crate::store::edit::bucket_names::places;
use crate::store::parse::read;
use crate::store::parse::toml_value::key;

/// The bases without the buckets that one side removed and the merge needs: then the other side has added them. `None` if there
/// are none.
pub(super) fn without_used_buckets<'t>(
    states: &BookStates<'_, 't>,
    bases: &[&str],
    parts: &[MergedPart<'t>],
) -> Option<Vec<String>> {
    let settings = parts
        .iter()
        .filter(|one| one.part.kind != PartKind::Contact);
    let settings: String = settings.filter_map(|one| one.fate.text(0)).collect();
    let settings = read(&settings).ok()?.book;
    let mut missing = Vec::new();
    for one in parts.iter().filter(|one| !one.part.is_same) {
        let before = states.texts(&one.part).sides;
        let before = before.map(|text| bucket_in(states, &one.part.kind, text?.into()));
        for side in (0..2).filter(|_| one.fate != PartFate::Removed) {
            let text = one.fate.text(side).unwrap_or_default();
            let bucket = bucket_in(states, &one.part.kind, text);
            // Who was in it on both sides is not newly in it.
            let is_new =
                |bucket: &String| before.iter().any(|there| there.as_ref() != Some(bucket));
            missing.extend(bucket.filter(|name| is_new(name) && settings.bucket(name).is_none()));
        }
    }
    let mut is_changed = false;
    let without = bases.iter().map(|base| {
        missing.iter().fold((*base).to_owned(), |text, bucket| {
            let other = under_another_name(&text, bucket);
            is_changed |= other.as_ref().is_some_and(|other| *other != text);
            other.unwrap_or(text)
        })
    });
    let without: Vec<String> = without.collect();
    is_changed.then_some(without)
}

/// A text in which the settings have a bucket under a name that nobody gives one.
fn under_another_name(text: &str, bucket: &str) -> Option<String> {
    let layout = read(text).ok()?.layout.ok()?;
    let mut renamed = text.to_owned();
    for at in places(text, &layout, bucket)?.into_iter().rev() {
        renamed.replace_range(at, &key(&format!("{bucket}\n")));
    }
    Some(renamed)
}

/// The bucket that a part names.
fn bucket_in<'t>(
    states: &BookStates<'_, 't>,
    kind: &PartKind,
    text: Cow<'t, str>,
) -> Option<String> {
    match kind {
        PartKind::Contact => states.read.of(text)?.contact.bucket.clone(),
        PartKind::Table(path) if path == &["defaults"] => read(&text).ok()?.book.defaults.bucket,
        _ => None,
    }
}
