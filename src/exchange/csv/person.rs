//! Reads a row as a contact.

use super::cells::{BETWEEN, is_page, labelled, links, several};
use super::columns::CsvColumn;
use super::headers::group;
use super::records::Record;
use super::role::{Place, PostalPart, Role};
use crate::domain::Field;
use crate::domain::identity::match_key;
use crate::domain::text::caseless;
use crate::exchange::ImportFormat;
use crate::exchange::clean::one_line;
use crate::exchange::date::Dates;
use crate::exchange::draft::ContactDraft;
use crate::exchange::postal::Postal;
use crate::exchange::vcard::{has_words, joined_name};

/// What a row has in parts, which several columns hold.
#[derive(Default)]
struct RowParts<'r> {
    /// Given, middle, family name and suffix.
    name: [String; 4],
    whole_name: String,
    phonetic_name: String,
    addresses: Vec<((Place, usize), Postal)>,
    whole_addresses: Vec<((Place, usize), &'r str)>,
    /// Year, month and day.
    born: [&'r str; 3],
}

/// Reads a row as a contact.
pub(super) fn person(
    row: &Record,
    headers: &[String],
    columns: &[CsvColumn],
    source: ImportFormat,
    dates: Dates,
) -> ContactDraft {
    let mut draft = ContactDraft {
        dates,
        ..ContactDraft::default()
    };
    let mut parts = RowParts::default();
    for (at, column) in columns.iter().enumerate() {
        let cell = row.cell(at);
        if cell.is_empty() {
            continue;
        }
        let labels = column.label.map_or("", |label| row.cell(label));
        if column.role == Role::Connected {
            draft.connected(source, &headers[at], cell);
        } else if !parts.take(column.role, cell) {
            take(&mut draft, column.role, &headers[at], labels, cell);
        }
    }
    draft.names = parts.names();
    parts.keep(&mut draft);
    if source == ImportFormat::Google {
        // Only Google has contacts that are companies.
        draft.names.extend(draft.contact.company.clone());
    }
    if !parts.phonetic_name.is_empty() {
        draft.extra("Phonetic name", &parts.phonetic_name);
    }
    born(&mut draft, parts.born);
    addresses(&mut draft, parts);
    draft
}

impl<'r> RowParts<'r> {
    /// Takes a cell that is a part of something. Returns false if it is not.
    fn take(&mut self, role: Role, cell: &'r str) -> bool {
        match role {
            Role::Field(Field::Name) if self.whole_name.is_empty() => {
                self.whole_name = one_line(cell);
            }
            Role::MoreName => join(&mut self.whole_name, cell),
            Role::Given => join(&mut self.name[0], cell),
            Role::Middle => join(&mut self.name[1], cell),
            Role::Family => join(&mut self.name[2], cell),
            Role::Suffix => join(&mut self.name[3], cell),
            Role::Phonetic => join(&mut self.phonetic_name, cell),
            Role::Born(part) => self.born[part] = cell,
            Role::Postal(place, PostalPart::Whole) => {
                let all = cell.split(BETWEEN).enumerate();
                let all = all.map(|(number, piece)| ((place, number), piece));
                self.whole_addresses.extend(all);
            }
            Role::Postal(place, part) => {
                for (number, piece) in cell.split(BETWEEN).enumerate() {
                    add_part(&mut self.addresses, (place, number), part, piece);
                }
            }
            _ => return false,
        }
        true
    }

    /// The possible names, the best first.
    fn names(&mut self) -> Vec<String> {
        let whole = &mut self.whole_name;
        let [given, middle, family, suffix] = &self.name;
        // With a first name and no last name, the German header "Name" means the last name.
        let is_last = !given.is_empty() && family.is_empty() && !whole.is_empty();
        let family = if is_last && !has_word(whole, given) {
            &std::mem::take(whole)
        } else {
            family
        };
        let joined = joined_name(given, middle, family, suffix);
        vec![std::mem::take(whole), joined]
    }

    /// Keeps the parts that the whole name lacks: another name, or a part by itself.
    fn keep(&self, draft: &mut ContactDraft) {
        let Some(whole) = draft.names.first().cloned() else {
            return;
        };
        if whole.is_empty() || match_key::email(&whole).is_some() {
            return;
        }
        let [given, middle, family, suffix] = &self.name;
        let labels = ["First name", "Middle name", "Last name"];
        if given.is_empty() || family.is_empty() {
            for (label, part) in labels.into_iter().zip([given, middle, family]) {
                keep_part(draft, &whole, label, part);
            }
        } else {
            let name = joined_name(given, middle, family, "");
            if !has_words(&whole, &name) {
                draft.aka(&name);
            }
        }
        keep_part(draft, &whole, "Suffix", suffix);
    }
}

fn keep_part(draft: &mut ContactDraft, name: &str, label: &str, part: &str) {
    if !part.is_empty() && !has_words(name, part) {
        draft.extra(label, part);
    }
}

/// Takes a cell that says something by itself.
fn take(draft: &mut ContactDraft, role: Role, header: &str, labels: &str, cell: &str) {
    // 0/0/00 is Outlook's "no day".
    let is_no_day = || cell.trim_matches(['0', '/', '.', '-']).is_empty();
    match role {
        Role::Field(Field::Phone) => {
            for (label, piece) in labelled(labels, cell) {
                draft.phone_labelled(label, piece);
            }
        }
        Role::Field(field) => set(draft, field, header, cell),
        Role::FormOfAddress => draft.extra("Prefix", cell),
        Role::Social => social(draft, header, cell),
        Role::Last => draft.last(cell),
        Role::Anniversary => draft.other_day("Anniversary", cell),
        Role::Extra if !is_no_day() => draft.extra(in_group(header), cell),
        Role::Labelled => {
            let otherwise = group(header).map_or("", |(group, _)| group);
            let is_event = caseless(otherwise).starts_with("event");
            for (label, piece) in labelled(labels, cell) {
                match label {
                    // Google calls a day "Other" that has no label.
                    "" | "Other" if is_event => draft.other_day("Date", piece),
                    "" => draft.extra(otherwise, piece),
                    label if is_event => draft.other_day(label, piece),
                    label => draft.extra(label, piece),
                }
            }
        }
        _ => {}
    }
}

/// Adds a part of a name to those in other columns.
fn join(name: &mut String, cell: &str) {
    let part = one_line(cell);
    if name.is_empty() {
        *name = part;
    } else if *name != part {
        *name = format!("{name} {part}");
    }
}

/// Sets the birthday from its parts. What is no day goes to the notes as it is.
fn born(draft: &mut ContactDraft, [year, month, day]: [&str; 3]) {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if [year, month, day].into_iter().all(str::is_empty) {
    } else if day.len() > 2 || !is_number(month) {
        // A whole date in the column of the day, or a month in words.
        draft.birthday([day, month, year].join(" ").trim());
    } else {
        let year = if year.is_empty() { "-" } else { year };
        let [month, day] = [month, day].map(|part| match part {
            "" => String::new(),
            part => format!("{part:0>2}"),
        });
        draft.birthday(format!("{year}-{month}-{day}").trim_end_matches('-'));
    }
}

fn addresses(draft: &mut ContactDraft, mut parts: RowParts) {
    for (of, whole) in parts.whole_addresses {
        if parts.addresses.iter().all(|(other, _)| *other != of) {
            add_part(&mut parts.addresses, of, PostalPart::Street, whole);
        }
    }
    for (_, postal) in &parts.addresses {
        draft.address(postal);
    }
}

/// Adds a page on a social network. A bare name there goes to the notes.
fn social(draft: &mut ContactDraft, header: &str, cell: &str) {
    for piece in several(cell) {
        if is_page(piece) {
            draft.link(piece);
        } else {
            draft.extra(header, piece);
        }
    }
}

/// A header without the group in front of it: `Department` for `Organization 1 - Department`.
fn in_group(header: &str) -> &str {
    let group = header.rsplit_once(" - ");
    let group = group.or_else(|| header.rsplit_once("Organization "));
    group.map_or(header, |(_, rest)| rest)
}

fn set(draft: &mut ContactDraft, field: Field, header: &str, cell: &str) {
    match field {
        Field::Name => draft.aka(cell),
        Field::Aka => several(cell).for_each(|name| draft.aka(name)),
        Field::Email => draft.email(cell),
        Field::Links => links(cell).into_iter().for_each(|link| draft.link(link)),
        Field::Birthday => draft.birthday(cell),
        Field::Tags => several(cell)
            .flat_map(|tags| tags.split(','))
            .for_each(|tag| draft.tag(tag.trim_matches(['"', ' ']))),
        Field::Notes => draft.notes(cell),
        Field::Added => draft.added(header, cell),
        text => {
            for piece in cell.split(BETWEEN) {
                draft.set_or_note(header, piece, text);
            }
        }
    }
}

fn has_word(name: &str, part: &str) -> bool {
    let whole = match_key::words(name);
    match_key::words(part)
        .iter()
        .all(|word| whole.contains(word))
}

/// Adds a part to its address, which is known by its place and its number among several in a cell. If the address has that part
/// already, it is one more.
fn add_part(
    addresses: &mut Vec<((Place, usize), Postal)>,
    (place, number): (Place, usize),
    part: PostalPart,
    cell: &str,
) {
    let is_it = |of: &(Place, usize)| of.0.is(place) && of.1 == number;
    let is_free = |postal: &Postal| match part {
        PostalPart::Street | PostalPart::Whole => true,
        PostalPart::City => postal.city.is_empty(),
        PostalPart::Region => postal.region.is_empty(),
        PostalPart::Code => postal.code.is_empty(),
        PostalPart::Country => postal.country.is_empty(),
    };
    let last = addresses.iter().rposition(|(of, _)| is_it(of));
    let free = last.filter(|at| is_free(&addresses[*at].1));
    let at = free.unwrap_or_else(|| {
        let label = place.label();
        let postal = Postal {
            label,
            ..Postal::default()
        };
        addresses.push(((place, number), postal));
        addresses.len() - 1
    });
    let postal = &mut addresses[at].1;
    let cell = cell.to_owned();
    match part {
        PostalPart::Street | PostalPart::Whole => postal.street.push(cell),
        PostalPart::City => postal.city = cell,
        PostalPart::Region => postal.region = cell,
        PostalPart::Code => postal.code = cell,
        PostalPart::Country => postal.country = cell,
    }
}
