//! Makes an arrival of a contact that was read, or a problem of one without a name.

use super::{ContactDraft, push};
use crate::domain::identity::import::{Arrival, LONGEST_MARK};
use crate::domain::identity::match_key;
use crate::exchange::parsed::{Parsed, Remark, RowProblem};

/// The longest name, in characters. A longer text is something else in the wrong place.
const LONGEST_NAME: usize = 300;

impl ContactDraft {
    /// The best of its names that says something, else its address.
    pub(in crate::exchange) fn best_name(&self) -> Option<String> {
        let names = self.names.iter().map(|name| self.name(name));
        let mut names = names.chain(self.contact.email.first().cloned());
        names.find(|name| !name.is_empty())
    }

    /// Returns the contact, unless it has no name. Problems and remarks go to `found`.
    pub(in crate::exchange) fn finish(
        mut self,
        line: usize,
        found: &mut Parsed,
    ) -> Option<Arrival> {
        let name = self.best_name();
        let about = |what: String| match &name {
            Some(name) if name.len() < LONGEST_NAME => format!("{name}: {what}"),
            _ => what,
        };
        let flaws = self.flaws.drain(..);
        let flaws = flaws.map(|(at, what)| RowProblem::new(at.unwrap_or(line), about(what)));
        found.flaws.extend(flaws);
        let remarks = self.remarks.drain(..);
        let remarks = remarks.map(|(at, what)| Remark {
            line: Some(at.unwrap_or(line)),
            what: about(what),
        });
        found.remarks.extend(remarks);
        let Some(name) = name else {
            let what = self.contact.company.as_ref().or(self.contact.links.first());
            let what = what.map_or("no name".to_owned(), |what| {
                format!("no name (only {what})")
            });
            found.flaws.push(RowProblem::lost(line, what));
            return None;
        };
        let length = bare(&name).chars().count();
        if length > LONGEST_NAME {
            found.flaws.push(RowProblem::lost(
                line,
                format!("a name of {length} characters is too long"),
            ));
            return None;
        }
        if self.contact.met.is_some()
            && let Some(online) = self.connected.take()
        {
            self.extra("Connected", &online);
        }
        let extras: Vec<String> = self
            .extras
            .iter()
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        self.add_notes(&extras.join("\n"));
        let mut contact = self.contact;
        contact.aka.retain(|aka| *aka != name);
        // A name that is an e-mail address is also their address.
        if !self.is_own && match_key::email(&name).is_some() {
            push(&mut contact.email, name.clone());
        }
        contact.name = name;
        Some(Arrival {
            contact,
            line,
            is_own: self.is_own,
            mobiles: self.mobiles,
            connected: self.connected,
            ..Arrival::default()
        })
    }
}

/// A name without the brackets that netkeep adds to tell namesakes apart.
fn bare(name: &str) -> &str {
    match match_key::bracketed(name) {
        Some((base, mark)) if mark.chars().count() <= LONGEST_MARK => base,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_needs_a_name() {
        let mut found = Parsed::default();
        let arrival = ContactDraft::default().finish(3, &mut found);
        assert_eq!(
            (arrival, found.flaws.pop()),
            (None, Some(RowProblem::lost(3, "no name")))
        );
        let mut draft = ContactDraft {
            names: vec![" ".to_owned()],
            ..ContactDraft::default()
        };
        draft.email("a@x.example");
        draft.extra("Spouse", "Bo");
        let arrival = draft.finish(3, &mut found).expect("an address is a name");
        assert_eq!(
            (
                arrival.contact.name.as_str(),
                arrival.contact.notes.as_deref()
            ),
            ("a@x.example", Some("Spouse: Bo"))
        );
    }
}
