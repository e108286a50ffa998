//! Keys that netkeep does not know: they are kept, and told when they are new.

use super::key_change::Key;
use super::key_edits::KeyOutcome;
use crate::app::App;
use crate::domain::Field;
use crate::domain::text::near;

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

/// Says of each key that netkeep does nothing with it, and which one it resembles.
pub(super) fn note(app: &App, keys: &[String]) {
    for key in keys {
        app.note(format!(
            "`{key}` is a key of your own: netkeep keeps it and does nothing with it"
        ));
        if let Some(near) = near(key, Field::ALL.map(Field::key)).first() {
            app.hint(format!(
                "did you mean `{near}`? `netkeep undo` takes it back"
            ));
        }
    }
}
