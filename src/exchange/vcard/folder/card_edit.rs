//! Which lines of a card change for what its contact says now.

use std::collections::{HashMap, HashSet};

use super::card_file::CutCard;
use super::card_writer::{CardWriter, kept_head};
use super::facts::said;
use super::line_edits::LineEdits;
use crate::domain::cards::shared::PRIVATE;
use crate::domain::identity::match_key;
use crate::domain::{Contact, Field};
use crate::exchange::clean::one_line;
use crate::exchange::vcard::lines::ContentLine;
use crate::exchange::vcard::name_parts::name_parts;
use crate::exchange::vcard::own;
use crate::exchange::vcard::property::Property;

/// The properties that only say something of others in their group.
const OF_A_GROUP: [&str; 3] = ["X-ABLABEL", "X-ABADR", "X-APPLE-SUBLOCALITY"];

pub(super) struct CardEdit<'c> {
    bytes: &'c [u8],
    pub(super) all: &'c [Property<'c>],
    /// What each of them says alone.
    pub(super) said: Vec<Contact>,
    /// Their indexes, the preferred ones first.
    order: Vec<usize>,
    lines: HashMap<usize, &'c ContentLine>,
    /// The line of END.
    end: usize,
    pub(super) writer: CardWriter,
    edits: LineEdits,
    /// The properties that go.
    removed: HashSet<usize>,
    /// The highest number of a group, as in `item2.TEL`.
    pub(super) groups: u32,
}

impl<'c> CardEdit<'c> {
    pub(super) fn new(bytes: &'c [u8], cut: &'c CutCard, all: &'c [Property<'c>]) -> Self {
        let versions = all.iter().find(|property| property.name == "VERSION");
        let version = versions.map(Property::text);
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let begin = lines.nth(cut.line - 1).unwrap_or_default();
        let number = |property: &Property| {
            let number: Option<u16> = property.group.as_ref()?.strip_prefix("item")?.parse().ok();
            number.map(u32::from)
        };
        let groups = all.iter().filter_map(number).max();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| all[*at].preference());
        Self {
            bytes,
            all,
            said: all.iter().map(|property| said(property, all)).collect(),
            order,
            lines: cut.lines.iter().map(|line| (line.number, line)).collect(),
            end: cut.end,
            writer: CardWriter::new(version.as_deref(), begin),
            edits: LineEdits::default(),
            removed: HashSet::new(),
            groups: groups.unwrap_or_default(),
        }
    }

    /// The line of a property.
    pub(super) fn line(&self, at: usize) -> &'c ContentLine {
        self.lines[&self.all[at].number]
    }

    pub(super) fn replace(&mut self, at: usize, text: String) {
        let line = self.line(at);
        self.edits.replace(line.number..line.end, text);
    }

    pub(super) fn remove(&mut self, at: usize) {
        self.removed.insert(at);
    }

    /// Adds lines after a property and what follows it of its group; at the end of the card if there is none.
    pub(super) fn insert_after(&mut self, at: Option<usize>, lines: &str) {
        let place = at.map(|at| {
            let group = &self.all[at].group;
            let is_more = |next: &usize| group.is_some() && self.all[*next].group == *group;
            let last = (at + 1..self.all.len()).take_while(is_more).last();
            self.line(last.unwrap_or(at)).end
        });
        self.edits.insert(place.unwrap_or(self.end), lines);
    }

    /// The properties that say something, the preferred ones first.
    fn saying(&self, is_it: impl Fn(&Property, &Contact) -> bool) -> Vec<usize> {
        let all = self.order.iter().copied();
        all.filter(|at| is_it(&self.all[*at], &self.said[*at]))
            .collect()
    }

    /// The formatted name and its parts. Properties that say how it is spoken and sorted stay.
    pub(super) fn name(&mut self, now: &Contact, wanted: &Contact, has_to_be_named: bool) {
        if now.name == wanted.name && !has_to_be_named {
            return;
        }
        let formatted = self.saying(|property, _| property.name == "FN");
        let is_name = |at: &&usize| {
            let text = one_line(&self.all[**at].text());
            !text.is_empty() && match_key::email(&text).is_none()
        };
        match formatted.iter().find(is_name).or(formatted.first()) {
            Some(at) => self.set_text(*at, &wanted.name),
            None => {
                let head = self.writer.head(Field::Name);
                let line = self.writer.text(&head, &wanted.name);
                self.insert_after(None, &line);
            }
        }
        let in_parts = self.saying(|property, _| property.name == "N" && !property.is_empty());
        if let Some(at) = in_parts.first() {
            let line = self.writer.parts(&self.head(*at), &name_parts(wanted), ";");
            self.replace(*at, line);
        }
    }

    /// The firm, the title and the birthday.
    pub(super) fn single(&mut self, now: &Contact, wanted: &Contact) {
        if now.company != wanted.company {
            self.company(now, wanted);
        }
        if now.title != wanted.title {
            let lines = self.saying(|_, said| said.title.is_some() && said.title == now.title);
            self.one_text(Field::Title, &lines, wanted.title.as_deref());
        }
        if now.birthday != wanted.birthday {
            self.birthday(now, wanted);
        }
    }

    /// Departments stay.
    fn company(&mut self, now: &Contact, wanted: &Contact) {
        let lines = self.saying(|_, said| said.company.is_some() && said.company == now.company);
        let company = wanted.company.clone().unwrap_or_default();
        for at in &lines {
            let mut parts = self.parts(*at);
            parts[0].clone_from(&company);
            if parts.iter().all(|part| part.trim().is_empty()) {
                self.remove(*at);
            } else {
                let line = self.writer.parts(&self.head(*at), &parts, ";");
                self.replace(*at, line);
            }
        }
        if lines.is_empty() {
            self.one_text(Field::Company, &lines, wanted.company.as_deref());
        }
    }

    fn birthday(&mut self, now: &Contact, wanted: &Contact) {
        let is_it = |said: &Contact| {
            let days = said.birthday.zip(now.birthday);
            days.is_some_and(|(said, now)| said.is_one_with(now))
        };
        let lines = self.saying(|_, said| is_it(said));
        let mut wanted = wanted.birthday;
        for at in lines {
            match wanted {
                Some(day) if self.all[at].name == "BDAY" => {
                    let line = self.writer.day(&self.head(at), day);
                    self.replace(at, line);
                    wanted = None;
                }
                _ => self.remove(at),
            }
        }
        if let Some(day) = wanted {
            let line = self.writer.day(&self.writer.head(Field::Birthday), day);
            self.insert_after(None, &line);
        }
    }

    /// The postal address: only the city if nothing else differs, else all of it as the book has it.
    pub(super) fn postal(&mut self, now: &Contact, wanted: &Contact) {
        if (&now.address, &now.city) == (&wanted.address, &wanted.city) {
            return;
        }
        let lines = self.saying(|property, said| {
            property.name == "ADR" && (said.address.is_some() || said.city.is_some())
        });
        let [street, city] =
            [&wanted.address, &wanted.city].map(|text| text.clone().unwrap_or_default());
        let Some(at) = lines.first().copied() else {
            let parts = ["", "", &street, &city, "", "", ""].map(str::to_owned);
            let head = self.writer.head(Field::Address);
            let line = self.writer.parts(&head, &parts, ";");
            return self.insert_after(None, &line);
        };
        if street.is_empty() && city.is_empty() {
            // It may be there twice.
            let is_it = |other: &usize| {
                let [one, other] = [&self.said[at], &self.said[*other]];
                (&one.address, &one.city) == (&other.address, &other.city)
            };
            let removed: Vec<usize> = lines.into_iter().filter(is_it).collect();
            return self.removed.extend(removed);
        }
        let mut parts = self.parts(at);
        // An address may be only in a parameter.
        let is_in_parts = parts.iter().any(|part| !part.trim().is_empty());
        if now.address == wanted.address && is_in_parts {
            parts.resize(parts.len().max(7), String::new());
            parts[3] = city;
        } else {
            parts = ["", "", &street, &city, "", "", ""]
                .map(str::to_owned)
                .to_vec();
        }
        let line = self.writer.parts(&self.head(at), &parts, ";");
        self.replace(at, line);
    }

    /// What netkeep keeps in properties of its own, and the notes.
    pub(super) fn private(&mut self, now: &Contact, wanted: &Contact) {
        let fields = PRIVATE.into_iter().filter(|field| *field != Field::Notes);
        for field in fields.filter(|field| now.get(*field) != wanted.get(*field)) {
            let key = field.key().to_uppercase();
            let lines = self.own_lines(&key);
            self.removed.extend(&lines);
            self.add_own_lines(&key, lines.last().copied(), wanted);
        }
        if now.promises != wanted.promises {
            let mut new = wanted.clone();
            let last = self.keep_own("PROMISE", |said| {
                keep_first(&mut new.promises, &said.promises)
            });
            self.add_own_lines("PROMISE", last, &new);
        }
        if now.touches != wanted.touches {
            let mut new = wanted.clone();
            let last = self.keep_own("TOUCH", |said| keep_first(&mut new.touches, &said.touches));
            self.add_own_lines("TOUCH", last, &new);
        }
        if now.notes != wanted.notes {
            let lines =
                self.saying(|property, said| property.name == "NOTE" && said.notes.is_some());
            self.one_text(Field::Notes, &lines, wanted.notes.as_deref());
        }
    }

    fn own_lines(&self, key: &str) -> Vec<usize> {
        let is_it = |at: &usize| self.all[*at].name.strip_prefix(own::PREFIX) == Some(key);
        (0..self.all.len()).filter(is_it).collect()
    }

    /// Removes the lines of a key that say something that is not to be kept, and returns the last of all.
    fn keep_own(&mut self, key: &str, mut is_kept: impl FnMut(&Contact) -> bool) -> Option<usize> {
        let lines = self.own_lines(key);
        for at in &lines {
            let mut said = Contact::default();
            own::take(&mut said, [&self.all[*at]]);
            if said != Contact::default() && !is_kept(&said) {
                self.remove(*at);
            }
        }
        lines.last().copied()
    }

    fn add_own_lines(&mut self, key: &str, last: Option<usize>, contact: &Contact) {
        let lines = own::lines(contact).into_iter();
        let lines = lines.filter(|(name, _)| name == key);
        let text: String = lines
            .map(|(name, parts)| {
                let head = format!("{}{name}", own::PREFIX);
                self.writer.parts(&head, &parts, ";")
            })
            .collect();
        self.insert_after(last, &text);
    }

    /// Writes a text into the first of the lines, or into a new one, and removes the others.
    fn one_text(&mut self, field: Field, lines: &[usize], text: Option<&str>) {
        let mut text = text;
        for at in lines {
            match text.take() {
                Some(text) => self.set_text(*at, text),
                None => self.remove(*at),
            }
        }
        if let Some(text) = text {
            let line = self.writer.text(&self.writer.head(field), text);
            self.insert_after(None, &line);
        }
    }

    fn set_text(&mut self, at: usize, text: &str) {
        let line = self.writer.text(&self.head(at), text);
        self.replace(at, line);
    }

    /// What stands before the value of a property and stays with another value.
    pub(super) fn head(&self, at: usize) -> String {
        kept_head(&self.line(at).bytes)
    }

    fn parts(&self, at: usize) -> Vec<String> {
        let property = &self.all[at];
        (0..property.parts().max(1))
            .map(|part| property.part(part))
            .collect()
    }

    /// The file with these edits. What only served a line that goes, goes with it.
    pub(super) fn applied(mut self) -> Vec<u8> {
        let groups: HashSet<&String> = self
            .removed
            .iter()
            .filter_map(|at| self.all[*at].group.as_ref())
            .collect();
        let serves = |at: usize| OF_A_GROUP.contains(&self.all[at].name.as_str());
        let stay = (0..self.all.len()).filter(|at| !serves(*at) && !self.removed.contains(at));
        let alive: HashSet<&String> = stay.filter_map(|at| self.all[at].group.as_ref()).collect();
        let is_orphan = |at: &usize| {
            let group = self.all[*at].group.as_ref();
            serves(*at)
                && group.is_some_and(|group| groups.contains(group) && !alive.contains(group))
        };
        let orphans: Vec<usize> = (0..self.all.len()).filter(is_orphan).collect();
        self.removed.extend(orphans);
        let mut edits = std::mem::take(&mut self.edits);
        for at in &self.removed {
            let line = self.line(*at);
            edits.replace(line.number..line.end, String::new());
        }
        edits.apply(self.bytes)
    }
}

/// Whether what a line says is among `new`, from which it is taken then.
fn keep_first<T: PartialEq>(new: &mut Vec<T>, said: &[T]) -> bool {
    let at = said
        .first()
        .and_then(|said| new.iter().position(|new| new == said));
    at.map(|at| new.remove(at)).is_some()
}
