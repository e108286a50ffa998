//! Which value stays where two states of the book have different ones: asked at a terminal, and nowhere else.

use super::App;
use super::keys::Keys;
use crate::error::Result;
use crate::render::views::value_choice::ValueChoice;
use crate::store::{MergeSide, ValueConflict};

impl App {
    /// The choices for `conflicts` that were made in this run; `None` if one of them is missing.
    pub(crate) fn chosen_values(&self, conflicts: &[ValueConflict]) -> Option<Vec<MergeSide>> {
        let chosen = |conflict: &ValueConflict| {
            let mut chosen = self.chosen_values.iter();
            Some(chosen.find(|(known, _)| known == conflict)?.1)
        };
        conflicts.iter().map(chosen).collect()
    }

    /// Asks the person who is there which value stays of each of `conflicts` that was not asked about in this run; `sides`
    /// say where the values are: `here` and `on the remote`. Says whether all are chosen; if the user leaves, no answer counts.
    /// The book must not be locked meanwhile; what became of it is merged again, and asked about where it differs in another
    /// way.
    pub(crate) fn choose_values(
        &mut self,
        conflicts: &[ValueConflict],
        sides: [&str; 2],
    ) -> Result<bool> {
        let is_open = |conflict: &&ValueConflict| {
            let mut chosen = self.chosen_values.iter();
            !chosen.any(|(known, _)| known == *conflict)
        };
        let open: Vec<&ValueConflict> = conflicts.iter().filter(is_open).collect();
        let mut keys = Keys::open("")?;
        let answers = self.ask_values(&mut keys, &open, sides);
        keys.close();
        let Some(answers) = answers? else {
            return Ok(false);
        };
        let open = open.into_iter().cloned();
        self.chosen_values.extend(open.zip(answers));
        Ok(true)
    }

    /// The answers to all of them; `None` when the user stops. Ctrl-C ends it all, as it does at every other question.
    fn ask_values(
        &mut self,
        keys: &mut Keys,
        conflicts: &[&ValueConflict],
        sides: [&str; 2],
    ) -> Result<Option<Vec<MergeSide>>> {
        let mut answers = Vec::new();
        while let Some(conflict) = conflicts.get(answers.len()) {
            let [ours, theirs] = &conflict.values;
            let choice = ValueChoice {
                what: what(conflict),
                number: [answers.len() + 1, conflicts.len()],
                sides: [(sides[0], ours), (sides[1], theirs)],
            };
            self.show(|sink| choice.write(sink));
            let left = conflicts.len() - answers.len();
            let mut question = vec!["Which one stays? [1-2]".to_owned()];
            let mut known = vec!['1', '2', '\n', 'q'];
            if left > 1 {
                question.push(format!("[a] 1 for all {left}"));
                question.push(format!("[b] 2 for all {left}"));
                known.extend(['a', 'b']);
            }
            question.push("[Enter] stop".to_owned());
            let (side, count) = match self.key_or_leave(keys, &question, &known)? {
                Some('1') => (MergeSide::Ours, 1),
                Some('2') => (MergeSide::Theirs, 1),
                Some('a') => (MergeSide::Ours, left),
                Some('b') => (MergeSide::Theirs, left),
                _ => return Ok(None),
            };
            answers.extend(std::iter::repeat_n(side, count));
        }
        Ok(Some(answers))
    }
}

/// `city of Ana Ruiz`; of a setting, its key.
pub(crate) fn what(conflict: &ValueConflict) -> String {
    match &conflict.contact {
        Some(name) => format!("{} of {name}", conflict.key),
        None => conflict.key.clone(),
    }
}
