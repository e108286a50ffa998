//! Changes of keys of a set of contacts.

use super::key_change::{Key, KeyChange};
use super::key_edits::{KeyOutcome, key_edits};
use super::plans::plan_edits;
use super::{own_keys, said};
use crate::app::App;
use crate::commands::contact_set::{Chosen, SetArgs, SetWords};
use crate::domain::{ContactId, Field};
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;
use crate::store::{BookFile, Edit};

/// What is to become of a contact.
struct ContactEdits {
    id: ContactId,
    edits: Vec<Edit>,
    outcomes: Vec<KeyOutcome>,
}

/// Changes keys of everyone in a bucket, with a tag or in a city.
pub(super) fn edit(
    app: &mut App,
    set: &SetArgs,
    names: &[String],
    changes: &[KeyChange],
    now: bool,
) -> Result<()> {
    check(changes, set, names)?;
    let file = app.open_to_change()?;
    let chosen = app.choose(file.book(), names, set)?;
    let mut words = SetWords {
        verbs: ["Change", "Changed"],
        same: "as they should be already".to_owned(),
        ..SetWords::default()
    };
    let changed = changed(app, &file, &chosen, changes, &mut words)?;
    let edits = with_plans(app, &file, &changed, changes, now)?;
    let records = changed
        .iter()
        .flat_map(|one| own_keys::changes(one.id, &one.outcomes));
    app.record_own(records);
    let today = app.today;
    app.save_chosen(&file, &chosen, &edits, words, |before, after, id| {
        let of_contact = changed.iter().find(|one| one.id == id);
        let outcomes = of_contact.map_or(&[][..], |one| &one.outcomes);
        said([before, after], id, outcomes, false, today)
    })?;
    let new = changed.iter().map(|one| own_keys::new_ones(&one.outcomes));
    own_keys::note(app, &new.max_by_key(Vec::len).unwrap_or_default());
    Ok(())
}

/// Refuses what cannot be the same for several contacts.
fn check(changes: &[KeyChange], set: &SetArgs, names: &[String]) -> Result<()> {
    if changes.is_empty() && !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let sets: Vec<String> = set.as_values().collect();
        return Err(Error::usage(
            "a bucket, a tag or a city in place of names says who is changed",
            format!(
                "did you mean `netkeep edit {} {}`?",
                names.join(" "),
                sets.join(" ")
            ),
        ));
    }
    if changes.is_empty() {
        return Err(Error::usage(
            "`netkeep edit` opens one contact, or the whole book, and no set of contacts",
            "say what to change: `netkeep edit --tag conference --set city=Oslo`",
        ));
    }
    let is_of_one =
        |change: &&KeyChange| matches!(change.key, Key::Known(Field::Name | Field::Uid));
    match changes.iter().find(is_of_one) {
        Some(change) => Err(Error::usage(
            format!("`{}` belongs to one contact", change.key.name()),
            "name the contact: `netkeep edit NAME --set KEY=VALUE`",
        )),
        None => Ok(()),
    }
}

/// The edits of each contact that changes. The others stay as they are.
fn changed(
    app: &App,
    file: &BookFile,
    chosen: &Chosen,
    changes: &[KeyChange],
    words: &mut SetWords,
) -> Result<Vec<ContactEdits>> {
    let mut changed = Vec::new();
    for &id in &chosen.ids {
        match key_edits(app, file, id, changes) {
            Ok((_, outcomes)) if outcomes.iter().all(|one| one.before == one.after) => {}
            Ok((edits, outcomes)) => changed.push(ContactEdits {
                id,
                edits,
                outcomes,
            }),
            Err(Error::NotInKey { .. }) => words.stays.push((id, "without it")),
            Err(Error::NotText { .. }) => words.stays.push((id, "with a value of another kind")),
            Err(err) => return Err(err),
        }
    }
    Ok(changed)
}

/// The edits of all, each with that of its plan where its bucket changes.
fn with_plans(
    app: &App,
    file: &BookFile,
    changed: &[ContactEdits],
    changes: &[KeyChange],
    now: bool,
) -> Result<Vec<Edit>> {
    let all = changed.iter().flat_map(|one| one.edits.iter().cloned());
    let all: Vec<Edit> = all.collect();
    let is_planned = changes.iter().any(|one| one.key == Key::Known(Field::Next));
    let plans = if is_planned {
        vec![]
    } else {
        let (after, _) = file.change_most(&all)?;
        plan_edits(file.book(), &after.book, now, app.today)
    };
    // Those of a contact must follow one another.
    let of_contact = |one: &ContactEdits| {
        let id = one.id;
        let plan = plans.iter().filter(move |plan| plan.contact() == Some(id));
        one.edits.iter().chain(plan).cloned().collect::<Vec<Edit>>()
    };
    Ok(changed.iter().flat_map(of_contact).collect())
}
