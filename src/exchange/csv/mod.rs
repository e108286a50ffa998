//! Tables of people: LinkedIn, Google, Outlook, Thunderbird, netkeep's own, and any other with headers.

mod columns;
mod own;
mod records;
mod rows;

use std::borrow::Cow;

use self::columns::{Part, Role};
pub use self::own::table as csv;
use self::rows::{Row, Table, table};
use super::date::{self, Order};
use super::draft::{Draft, one_line};
use super::postal::Postal;
use super::vcard::joined_name;
use super::{Found, How, Source, Unreadable};
use crate::domain::text::caseless;

/// Reads everybody in a table.
pub(super) fn read(text: &str, how: &How) -> Result<Found, Unreadable> {
    // An old Mac ends its lines in CR alone.
    let is_old = text.matches('\n').count() <= 1 && text.matches('\r').count() > 1;
    let text = &if is_old {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let mut flaws = Vec::new();
    let is_known = |headers: &[String]| {
        let has = |(_, header): &(String, String)| place_of(headers, header).is_some();
        columns::source(headers) != Source::Csv || !how.map.is_empty() && how.map.iter().all(has)
    };
    let table = table(text, is_known, &mut flaws);
    let source = columns::source(&table.headers);
    let mut found = Found {
        source,
        people: vec![],
        flaws,
        groups: 0,
        media: 0,
        unused: vec![],
    };
    if let Some(last) = how
        .last_from
        .as_ref()
        .filter(|last| place_of(&table.headers, last).is_none())
    {
        return Err(Unreadable::NoColumn {
            typed: last.clone(),
            known: table.headers,
        });
    }
    if source == Source::Own {
        own::read(&table, &mut found);
    } else {
        let roles = roles(&table.headers, source, how)?;
        let dates = how.dates.or_else(|| order(&table, &roles));
        let unknown = table
            .headers
            .iter()
            .zip(&roles)
            .filter(|(header, role)| **role == Role::Unknown && !header.is_empty());
        found.unused = unknown.map(|(header, _)| header.clone()).collect();
        for row in &table.rows {
            let draft = person(row, &table.headers, &roles, source, how, dates);
            found
                .people
                .extend(draft.finish(row.line, &mut found.flaws));
        }
    }
    found.flaws.sort_by_key(|flaw| flaw.line);
    Ok(found)
}

/// Whether a text begins with the header of a program's table, or a card in it stands within a cell.
pub(super) fn is_table(text: &str) -> bool {
    rows::headers(text).any(|headers| columns::source(&headers) != Source::Csv)
        || rows::holds(text, "\nbegin:vcard")
}

fn place_of(headers: &[String], name: &str) -> Option<usize> {
    headers
        .iter()
        .position(|header| caseless(header) == caseless(name.trim()))
}

/// What each column holds: what the user says, else what its header says. A field of one value that the user gives to a column is
/// no other's.
fn roles(headers: &[String], source: Source, how: &How) -> Result<Vec<Role>, Unreadable> {
    let mut roles = columns::roles(headers, source);
    for (field, header) in &how.map {
        let role = columns::mapped(field).ok_or_else(|| Unreadable::NoField(field.clone()))?;
        let at = place_of(headers, header).ok_or_else(|| Unreadable::NoColumn {
            typed: header.clone(),
            known: headers.to_vec(),
        })?;
        if role.is_single() {
            for other in roles.iter_mut().filter(|other| **other == role) {
                *other = Role::Unknown;
            }
        }
        if role == Role::Name {
            for other in roles
                .iter_mut()
                .filter(|other| matches!(other, Role::Given | Role::Middle | Role::Family))
            {
                *other = Role::Unknown;
            }
        }
        roles[at] = role;
    }
    if let Some(at) = how
        .last_from
        .as_ref()
        .and_then(|last| place_of(headers, last))
    {
        roles[at] = Role::Last;
    }
    let is_name =
        |role: &Role| matches!(role, Role::Name | Role::Given | Role::Family | Role::Email);
    if roles.iter().any(is_name) {
        Ok(roles)
    } else {
        Err(Unreadable::Unknown(headers.to_vec()))
    }
}

/// Which number of its days is the month, if one of them leaves no choice.
fn order(table: &Table, roles: &[Role]) -> Option<Order> {
    let is_day = |role: &Role| matches!(role, Role::Birthday | Role::Added | Role::Last);
    let days = roles
        .iter()
        .enumerate()
        .filter(|(_, role)| is_day(role))
        .map(|(at, _)| at);
    let days: Vec<usize> = days.collect();
    date::order(
        table
            .rows
            .iter()
            .flat_map(|row| days.iter().map(|at| row.cell(*at))),
    )
}

/// The pieces of a cell that holds several: Google's ` ::: `, else semicolons and lines.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(" ::: ")
        .flat_map(|piece| piece.split([';', '\n']))
        .map(str::trim)
}

fn person(
    row: &Row,
    headers: &[String],
    roles: &[Role],
    source: Source,
    how: &How,
    dates: Option<Order>,
) -> Draft {
    let mut draft = Draft::default();
    let mut name = [const { String::new() }; 4];
    let mut whole = String::new();
    let mut addresses: Vec<Postal> = Vec::new();
    let mut born = [""; 3];
    for (at, role) in roles.iter().enumerate() {
        let cell = row.cell(at);
        if cell.is_empty() {
            continue;
        }
        match role {
            Role::Name if whole.is_empty() => whole = one_line(cell),
            Role::Name => draft.aka(cell),
            Role::Given => name[0] = one_line(cell),
            Role::Middle => name[1] = one_line(cell),
            Role::Family => name[2] = one_line(cell),
            Role::Suffix => name[3] = one_line(cell),
            Role::Aka => several(cell).for_each(|name| draft.aka(name)),
            Role::Company if draft.contact.company.is_none() => {
                draft.contact.company = Some(one_line(cell));
            }
            Role::Title if draft.contact.title.is_none() => {
                draft.contact.title = Some(one_line(cell));
            }
            Role::Company | Role::Title => draft.extra(&headers[at], cell),
            Role::Email => draft.email(cell),
            Role::Phone => several(cell).for_each(|number| draft.phone(number)),
            Role::Link => cell.split(" ::: ").for_each(|link| draft.link(link)),
            Role::Postal(whose, part) => add_part(&mut addresses, whose, *part, cell),
            Role::Birthday => draft.birthday(cell, dates, how.today),
            Role::BirthYear => born[0] = cell,
            Role::BirthMonth => born[1] = cell,
            Role::BirthDay => born[2] = cell,
            Role::Tags => several(cell)
                .flat_map(|tags| tags.split(','))
                .for_each(|tag| draft.tag(tag)),
            Role::Notes => draft.notes(cell),
            Role::Added => draft.added(&headers[at], cell, dates, how.today),
            Role::Met => draft.contact.met = Some(one_line(cell)),
            Role::Last => draft.last(cell, dates, how.today),
            Role::Extra(label) if cell.trim_matches(['0', '/']).is_empty() => drop(label.clone()),
            Role::Extra(label) => draft.extra(label, cell),
            Role::Labelled(label) => draft.extra(row.cell(*label).trim_start_matches("* "), cell),
            Role::Noise | Role::Unknown => {}
        }
    }
    let [given, middle, family, suffix] = &name;
    let joined = joined_name(given, middle, family, suffix);
    draft.names = vec![whole, joined];
    if source == Source::Google {
        // A firm is somebody there, and only there.
        draft.names.extend(draft.contact.company.clone());
    }
    if !born[1].is_empty() && !born[2].is_empty() {
        let year = if born[0].is_empty() { "-" } else { born[0] };
        draft.birthday(&format!("{year}-{}-{}", born[1], born[2]), dates, how.today);
    }
    for postal in &addresses {
        draft.address(postal);
    }
    draft
}

fn add_part(addresses: &mut Vec<Postal>, whose: &str, part: Part, cell: &str) {
    let at = addresses
        .iter()
        .position(|postal| postal.label == whose)
        .unwrap_or_else(|| {
            addresses.push(Postal {
                label: whose.to_owned(),
                ..Postal::default()
            });
            addresses.len() - 1
        });
    let postal = &mut addresses[at];
    let cell = cell.to_owned();
    match part {
        Part::Street => postal.street.push(cell),
        Part::City => postal.city = cell,
        Part::Region => postal.region = cell,
        Part::Code => postal.code = cell,
        Part::Country => postal.country = cell,
    }
}
