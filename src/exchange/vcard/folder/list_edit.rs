//! Which lines of a card change for the entries of its lists, and for its days of the year.

use std::collections::HashSet;

use super::card_edit::CardEdit;
use super::facts::entry_said;
use super::same::{is_said, is_same_day, missing};
use crate::domain::identity::equivalence::is_alike_text;
use crate::domain::{Contact, Field, OtherDay};
use crate::exchange::vcard::write::ANNIVERSARY;

/// The lists of a card.
const LISTS: [Field; 5] = [
    Field::Aka,
    Field::Email,
    Field::Phone,
    Field::Links,
    Field::Tags,
];

/// A line of a list.
struct ListLine {
    /// The index of its property.
    at: usize,
    /// What it is to hold.
    entries: Vec<String>,
    is_changed: bool,
}

impl CardEdit<'_> {
    pub(super) fn lists(&mut self, now: &Contact, wanted: &Contact) {
        for field in LISTS {
            // A nickname that was the name is one that is read now.
            let is_renamed = field == Field::Aka && now.name != wanted.name;
            if is_renamed || !is_said(field, now, wanted) {
                self.list(field, wanted);
            }
        }
    }

    /// Removes what is not wanted from the lines of a list, and adds what is missing.
    fn list(&mut self, field: Field, wanted: &Contact) {
        let mut may_stay = wanted.texts(field).to_vec();
        // It is there already, but no nickname.
        may_stay.extend((field == Field::Aka).then(|| wanted.name.clone()));
        let wanted = wanted.texts(field);
        let mut known: Vec<String> = Vec::new();
        let mut lines: Vec<ListLine> = Vec::new();
        for (at, said) in self.said.iter().enumerate() {
            let said = said.texts(field);
            let name = self.all[at].name.as_str();
            if said.is_empty() && (field, name) != (Field::Tags, "CATEGORIES") {
                continue;
            }
            let gone = missing(field, said, &may_stay);
            let gone: HashSet<&str> = gone.into_iter().map(String::as_str).collect();
            let stay = said.iter().filter(|entry| !gone.contains(entry.as_str()));
            known.extend(stay.cloned());
            lines.push(ListLine {
                at,
                entries: self.entries(at, field, &gone),
                is_changed: !gone.is_empty(),
            });
        }
        let new = missing(field, wanted, &known);
        let mut new: Vec<String> = new.into_iter().cloned().collect();
        if matches!(field, Field::Email | Field::Phone) {
            put_in_place(&mut lines, &mut new);
        }
        // Some programs read only one line of categories.
        let full = lines.iter().rposition(|line| !line.entries.is_empty());
        let last = full.or(lines.len().checked_sub(1));
        if let (Field::Tags, Some(last), false) = (field, last, new.is_empty()) {
            lines[last].entries.append(&mut new);
            lines[last].is_changed = true;
        }
        for line in lines.iter().filter(|line| line.is_changed) {
            if line.entries.is_empty() {
                self.remove(line.at);
            } else {
                self.set_entries(line.at, field, &line.entries);
            }
        }
        let head = self.writer.head(field);
        let text = match field {
            Field::Tags if new.is_empty() => String::new(),
            Field::Tags => self.writer.parts(&head, &new, ","),
            _ => new
                .iter()
                .map(|entry| self.writer.text(&head, entry))
                .collect(),
        };
        self.insert_after(lines.last().map(|line| line.at), &text);
    }

    /// The entries of a line without those that go. What says nothing stays.
    fn entries(&self, at: usize, field: Field, gone: &HashSet<&str>) -> Vec<String> {
        let property = &self.all[at];
        let is_gone = |said: &[String]| said.iter().any(|said| gone.contains(said.as_str()));
        let mut entries = match property.name.as_str() {
            "NICKNAME" | "X-NICKNAME" | "CATEGORIES" => {
                let entries = property.list().into_iter();
                let stays = |entry: &String| !is_gone(entry_said(field, entry).texts(field));
                entries.filter(stays).collect()
            }
            _ => self.said[at].texts(field).to_vec(),
        };
        entries.retain(|entry| !entry.trim().is_empty() && !gone.contains(entry.as_str()));
        entries
    }

    fn set_entries(&mut self, at: usize, field: Field, entries: &[String]) {
        let head = self.head(at);
        let line = match field {
            Field::Aka | Field::Tags => self.writer.parts(&head, entries, ","),
            Field::Links => self.writer.text(&head, &entries.join(" ")),
            _ => self.writer.text(&head, &entries.join(", ")),
        };
        self.replace(at, line);
    }

    pub(super) fn dates(&mut self, now: &Contact, wanted: &Contact) {
        if now.dates == wanted.dates {
            return;
        }
        let mut known: Vec<OtherDay> = Vec::new();
        let said: Vec<OtherDay> = self
            .said
            .iter()
            .flat_map(|said| said.dates.clone())
            .collect();
        let mut last = None;
        for at in 0..self.all.len() {
            let Some(day) = self.said[at].dates.first().cloned() else {
                continue;
            };
            // Another line may know the year of this one.
            let stays = wanted.dates.iter().any(|wanted| {
                is_same_day(&day, wanted)
                    || day.on.learns_from(wanted.on)
                        && is_alike_text(&day.what, &wanted.what)
                        && said.iter().any(|other| is_same_day(other, wanted))
            });
            last = Some(at);
            if stays {
                known.push(day);
            } else {
                self.remove(at);
            }
        }
        let mut lines = String::new();
        for day in &wanted.dates {
            if known.iter().any(|known| is_same_day(known, day)) {
                continue;
            }
            let is_it = |day: &OtherDay| day.what == ANNIVERSARY;
            let is_first = is_it(day) && !known.iter().any(is_it);
            lines.push_str(&self.day_lines(day, is_first));
            known.push(day.clone());
        }
        self.insert_after(last, &lines);
    }

    /// A day of the year as lines: the standard's own, or Apple's with a label.
    fn day_lines(&mut self, day: &OtherDay, is_the_anniversary: bool) -> String {
        if is_the_anniversary {
            return self.writer.day("ANNIVERSARY", day.on);
        }
        self.groups += 1;
        let group = format!("item{}", self.groups);
        let date = self.writer.day(&format!("{group}.X-ABDATE"), day.on);
        let label = self.writer.text(&format!("{group}.X-ABLabel"), &day.what);
        format!("{date}{label}")
    }
}

/// Where as many lines go as entries come, the entries are other values of the same: a new number of the office, say. Each takes
/// the place of a line, with its label and types.
fn put_in_place(lines: &mut [ListLine], new: &mut Vec<String>) {
    let emptied = |line: &&mut ListLine| line.is_changed && line.entries.is_empty();
    let emptied: Vec<&mut ListLine> = lines.iter_mut().filter(emptied).collect();
    if emptied.len() == new.len() {
        for (line, entry) in emptied.into_iter().zip(new.drain(..)) {
            line.entries.push(entry);
        }
    }
}
