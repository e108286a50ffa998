//! What netkeep wrote after a state of the book, and whether a file that was edited by hand holds it.

use std::collections::HashSet;

use super::statements_said::Fact;

/// What was written from each state of a walk to the one looked at before it, which is newer.
pub(super) struct Written {
    /// In what the file and the newest state differ.
    newest: HashSet<Fact>,
    /// The same for the state looked at last.
    state: HashSet<Fact>,
    steps: Vec<WrittenStep>,
}

/// What was written from one state to the next newer one.
struct WrittenStep {
    /// What the file holds of it.
    held: Vec<Fact>,
    /// What the file does not hold.
    lacked: Vec<Fact>,
}

impl Written {
    /// Starts at the newest state, which differs from the file in these facts.
    pub(super) fn since(newest: HashSet<Fact>) -> Self {
        Self {
            state: newest.clone(),
            newest,
            steps: vec![],
        }
    }

    /// Goes on to the next older state.
    pub(super) fn add(&mut self, facts: HashSet<Fact>) {
        let newer = std::mem::replace(&mut self.state, facts);
        let held = self.state.difference(&newer);
        let lacked = newer.difference(&self.state);
        self.steps.push(WrittenStep {
            held: held.filter(|fact| fact.is_in_file).cloned().collect(),
            lacked: lacked.cloned().collect(),
        });
    }

    /// Whether the file was loaded after the state looked at last: it holds at least as many of the steps since as it lacks.
    /// It holds a step if it has, to the letter, all that was written for one contact. The user may have typed the same,
    /// but hardly more often than not.
    pub(super) fn is_loaded_after(&self) -> bool {
        let (mut held, mut lacked) = (0, 0);
        for step in &self.steps {
            let lacks = step
                .lacked
                .iter()
                .filter(|fact| !self.state.contains(*fact));
            // What was undone or written over since is no loss.
            let is_lost = lacks.clone().any(|fact| self.newest.contains(fact));
            let lacks: HashSet<_> = lacks.map(|fact| &fact.owner).collect();
            let is_whole = |fact: &Fact| self.state.contains(fact) && !lacks.contains(&fact.owner);
            if step.held.iter().any(is_whole) {
                held += 1;
            } else if is_lost {
                lacked += 1;
            }
        }
        held > 0 && held >= lacked
    }
}
