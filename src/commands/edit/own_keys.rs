//! Keys that netkeep does not know: they are kept, and told when they are new.

use super::key_change::Key;
use super::key_edits::KeyOutcome;
use crate::app::App;
use crate::domain::model::field_words::field_called;
use crate::domain::text::near;
use crate::domain::{ContactId, Field};
use crate::render::json::OwnKeyChange;

/// The keys of the user's own that were not there before.
pub(super) fn new_ones(outcomes: &[KeyOutcome]) -> Vec<String> {
    let new = outcomes
        .iter()
        .filter(|one| one.before.is_none() && one.after.is_some());
    let own = new.filter_map(|one| match &one.key {
        Key::Own(key) => Some(key.clone()),
        Key::Known(_) => None,
    });
    own.collect()
}

/// What became of the keys of the user's own.
pub(super) fn changes(
    contact: ContactId,
    outcomes: &[KeyOutcome],
) -> impl Iterator<Item = OwnKeyChange> {
    outcomes.iter().filter_map(move |one| match &one.key {
        Key::Own(key) => Some(OwnKeyChange {
            contact,
            key: key.clone(),
            old: one.before.clone(),
            new: one.after.clone(),
        }),
        Key::Known(_) => None,
    })
}

/// Says of each key that netkeep does nothing with it, and which one it resembles.
pub(super) fn note(app: &App, keys: &[String]) {
    for key in keys {
        let said =
            format!("`{key}` is a key of your own: netkeep keeps it and does nothing with it");
        let near = || near(key, Field::ALL.map(Field::key)).first().copied();
        let meant = field_called(key).map(Field::key).or_else(near);
        let meant = meant.map(|meant| format!("did you mean `{meant}`? `netkeep undo` undoes it"));
        app.say_hinted("note", &said, meant.as_deref());
    }
}
