//! Reads the contacts of a table.

use super::columns::{self, PostalPart, Role};
use super::own;
use super::records::Record;
use super::rows::{self, table};
use crate::domain::Field;
use crate::domain::identity::match_key;
use crate::domain::text::caseless;
use crate::exchange::clean::one_line;
use crate::exchange::date::Dates;
use crate::exchange::draft::ContactDraft;
use crate::exchange::postal::Postal;
use crate::exchange::vcard::joined_name;
use crate::exchange::{ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable};

pub(in crate::exchange) fn read(text: &str, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let mut flaws = Vec::new();
    let is_known = |headers: &[String]| {
        let has = |(_, header): &(String, String)| column(headers, header).is_ok();
        columns::source(headers) != ImportFormat::Csv
            || !how.map.is_empty() && how.map.iter().all(has)
    };
    let table = table(text, is_known, &mut flaws);
    let source = columns::source(&table.headers);
    let mut found = Parsed {
        source,
        flaws,
        ..Parsed::default()
    };
    if source == ImportFormat::Own && how.map.is_empty() && how.last_from.is_none() {
        own::read(&table, how, &mut found);
    } else {
        let roles = roles(&table.headers, source, how)?;
        let dates = how.dates(table.cells(|at| roles[at].is_day()));
        let is_filled = |at: usize| table.rows.iter().any(|row| !row.cell(at).is_empty());
        let columns = table.headers.iter().zip(&roles).enumerate();
        let unknown = columns.filter(|(at, (header, role))| {
            let is_unknown = **role == Role::Unknown && !header.is_empty();
            is_unknown && (source == ImportFormat::Csv || is_filled(*at))
        });
        found.unused = unknown.map(|(_, (header, _))| header.clone()).collect();
        for row in &table.rows {
            // A single cell in a row of LinkedIn's table is part of its preamble.
            let mut filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
            if source == ImportFormat::LinkedIn
                && let (Some(only), None) = (filled.next(), filled.next())
            {
                let what = format!("no name (only {})", one_line(only));
                found.flaws.push(RowProblem::lost(row.line, what));
                continue;
            }
            let draft = person(row, &table.headers, &roles, source, dates);
            let arrival = draft.finish(row.line, &mut found);
            found.people.extend(arrival);
        }
    }
    found.flaws.sort_by_key(|flaw| flaw.line);
    Ok(found)
}

/// Whether a text begins with the header of a known program, or has a vCard inside a cell.
pub(in crate::exchange) fn is_table(text: &str) -> bool {
    rows::headers(text).any(|headers| columns::source(&headers) != ImportFormat::Csv)
        || rows::holds(text, "\nbegin:vcard")
}

fn column(headers: &[String], name: &str) -> Result<usize, Unreadable> {
    let is_it = |header: &String| caseless(header) == caseless(name.trim());
    let column = headers.iter().position(is_it);
    column.ok_or_else(|| Unreadable::NoColumn {
        typed: name.to_owned(),
        known: headers.to_vec(),
    })
}

/// What each column holds: as the user says, else as its header says. If the user maps a field of one value to a column, no other
/// column holds it.
fn roles<'h>(
    headers: &'h [String],
    source: ImportFormat,
    how: &ReadOptions,
) -> Result<Vec<Role<'h>>, Unreadable> {
    let last = how.last_from.as_ref();
    let last = last.map(|last| column(headers, last)).transpose()?;
    let mut roles = columns::roles(headers, source);
    for (field, header) in &how.map {
        let role = columns::mapped(field).ok_or_else(|| Unreadable::NoField(field.clone()))?;
        let at = column(headers, header)?;
        let is_name = role == Role::Field(Field::Name);
        for other in &mut roles {
            let is_part = matches!(other, Role::Given | Role::Middle | Role::Family);
            if role.is_single() && *other == role || is_name && is_part {
                *other = Role::Unknown;
            }
        }
        roles[at] = role;
    }
    if let Some(at) = last {
        roles[at] = Role::Last;
    }
    let is_name = |role: &Role| {
        let names = [Field::Name, Field::Email].map(Role::Field);
        matches!(role, Role::Given | Role::Family) || names.contains(role)
    };
    if roles.iter().any(is_name) {
        Ok(roles)
    } else {
        Err(Unreadable::Unknown(headers.to_vec()))
    }
}

/// What Google writes between several values in one cell.
const BETWEEN: &str = " ::: ";

/// Splits a cell with several values: at Google's ` ::: `, at semicolons and at newlines.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN)
        .flat_map(|piece| piece.split([';', '\n']))
        .map(str::trim)
}

fn person(
    row: &Record,
    headers: &[String],
    roles: &[Role],
    source: ImportFormat,
    dates: Dates,
) -> ContactDraft {
    let mut draft = ContactDraft {
        dates,
        ..ContactDraft::default()
    };
    let mut name = [const { String::new() }; 4];
    let mut whole = String::new();
    let mut addresses: Vec<((&str, usize), Postal)> = Vec::new();
    let mut born = [""; 3];
    for (at, role) in roles.iter().enumerate() {
        let cell = row.cell(at);
        if cell.is_empty() {
            continue;
        }
        match *role {
            Role::Field(Field::Name) if whole.is_empty() => whole = one_line(cell),
            Role::Field(field) => set(&mut draft, field, &headers[at], cell),
            Role::Given => name[0] = one_line(cell),
            Role::Middle => name[1] = one_line(cell),
            Role::Family => name[2] = one_line(cell),
            Role::Suffix => name[3] = one_line(cell),
            Role::Postal(kind, part) => {
                for (number, piece) in cell.split(BETWEEN).enumerate() {
                    add_part(&mut addresses, (kind, number), part, piece);
                }
            }
            Role::Born(part) => born[part] = cell,
            Role::Last => draft.last(cell),
            Role::Extra(label) => {
                // 0/0/00 is Outlook's "no day".
                if !cell.trim_matches(['0', '/']).is_empty() {
                    draft.extra(label, cell);
                }
            }
            Role::Labelled(label) => draft.extra(row.cell(label).trim_start_matches("* "), cell),
            Role::Noise | Role::Unknown => {}
        }
    }
    let [given, middle, family, suffix] = &name;
    // With a first name and no last name, the German header "Name" means the last name.
    let is_last = !given.is_empty() && family.is_empty() && !whole.is_empty();
    let family = if is_last && !has_word(&whole, given) {
        &std::mem::take(&mut whole)
    } else {
        family
    };
    let joined = joined_name(given, middle, family, suffix);
    draft.names = vec![whole, joined];
    if source == ImportFormat::Google {
        // Only Google has contacts that are companies.
        draft.names.extend(draft.contact.company.clone());
    }
    let [year, month, day] = born;
    if !month.is_empty() && !day.is_empty() {
        let year = if year.is_empty() { "-" } else { year };
        draft.birthday(&format!("{year}-{month}-{day}"));
    }
    for (_, postal) in &addresses {
        draft.address(postal);
    }
    draft
}

fn set(draft: &mut ContactDraft, field: Field, header: &str, cell: &str) {
    match field {
        Field::Name => draft.aka(cell),
        Field::Aka => several(cell).for_each(|name| draft.aka(name)),
        Field::Email => draft.email(cell),
        Field::Phone => cell.split(BETWEEN).for_each(|number| draft.phone(number)),
        Field::Links => cell.split(BETWEEN).for_each(|link| draft.link(link)),
        Field::Birthday => draft.birthday(cell),
        Field::Tags => several(cell)
            .flat_map(|tags| tags.split(','))
            .for_each(|tag| draft.tag(tag)),
        Field::Notes => draft.notes(cell),
        Field::Added => draft.added(header, cell),
        Field::Met => draft.contact.met = Some(one_line(cell)),
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

/// Adds a part to its address, which is known by its label and its number among several in a cell.
fn add_part<'r>(
    addresses: &mut Vec<((&'r str, usize), Postal)>,
    (kind, number): (&'r str, usize),
    part: PostalPart,
    cell: &str,
) {
    let at = addresses
        .iter()
        .position(|(of, _)| *of == (kind, number))
        .unwrap_or_else(|| {
            let label = kind.to_owned();
            let postal = Postal {
                label,
                ..Postal::default()
            };
            addresses.push(((kind, number), postal));
            addresses.len() - 1
        });
    let postal = &mut addresses[at].1;
    let cell = cell.to_owned();
    match part {
        PostalPart::Street => postal.street.push(cell),
        PostalPart::City => postal.city = cell,
        PostalPart::Region => postal.region = cell,
        PostalPart::Code => postal.code = cell,
        PostalPart::Country => postal.country = cell,
    }
}
