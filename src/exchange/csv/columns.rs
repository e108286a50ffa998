//! What the columns of a table hold: by their headers, each with regard to the others.

use std::collections::{HashMap, HashSet};

use super::headers::{self, ColumnOfGroup};
use super::own::is_key;
use super::role::{Place, PostalPart, Role};
use super::rows::CsvTable;
use crate::domain::Field;
use crate::domain::identity::match_key;
use crate::domain::text::caseless;
use crate::exchange::ImportFormat;

/// A column, and the column of its group that holds the label, as Google has them: `Phone 1 - Type`, `Phone 1 - Value`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct CsvColumn {
    pub(super) role: Role,
    pub(super) label: Option<usize>,
}

/// A header in the form in which headers are compared: its words, without numbers.
fn words(header: &str) -> String {
    let words = caseless(header);
    let words = words.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Keys of the book that no other program has as a header.
const OWN: [&str; 10] = [
    "aka", "bucket", "cadence", "friendly", "limit", "met", "paused", "promises", "touches", "uid",
];

/// The program that wrote the table.
pub(super) fn source(headers: &[String]) -> ImportFormat {
    let all: Vec<String> = headers.iter().map(|header| words(header)).collect();
    let has = |wanted: &[&str]| {
        wanted
            .iter()
            .all(|wanted| all.iter().any(|header| header == wanted))
    };
    let own = all
        .iter()
        .filter(|header| OWN.contains(&header.as_str()))
        .count();
    if has(&["name"]) && (own > 1 || own > 0 && all.iter().all(|header| is_key(header))) {
        ImportFormat::Own
    } else if has(&["connected on", "first name"]) {
        ImportFormat::LinkedIn
    } else if has(&["e mail value"])
        || has(&["phone value"])
        || has(&["organization name", "labels"])
    {
        ImportFormat::Google
    } else if has(&["primary email", "display name"]) {
        ImportFormat::Thunderbird
    } else if has(&["e mail address"]) && (has(&["business phone"]) || has(&["home street"])) {
        ImportFormat::Outlook
    } else {
        ImportFormat::Csv
    }
}

/// What each column holds, by its header, and by its cells where the header says too little.
pub(super) fn columns(table: &CsvTable, source: ImportFormat) -> Vec<CsvColumn> {
    let headers = &table.headers;
    // In the tables of programs, a location is a place in the office.
    let is_office = |header: &str| source != ImportFormat::Csv && caseless(header) == "location";
    let role = |(at, header): (usize, &String)| match headers::role(header) {
        // A part of netkeep's own table. What another program calls so is when it made its record.
        _ if header == Field::Added.key() => Role::Field(Field::Added),
        Role::Postal(..) if is_office(header) => Role::Extra,
        Role::Title if table.all_filled(at, headers::is_form_of_address) => Role::Extra,
        Role::Bare if table.all_filled(at, is_number) => Role::Field(Field::Phone),
        Role::Bare if table.all_filled(at, is_address) => Role::Field(Field::Email),
        Role::Bare => Role::Unknown,
        role => role,
    };
    let mut roles: Vec<Role> = headers.iter().enumerate().map(role).collect();
    // Outlook calls both the form of address and the job "Titre" in French.
    let titles: Vec<usize> = (0..roles.len())
        .filter(|at| roles[*at] == Role::Title)
        .collect();
    if let [first, _, ..] = titles[..] {
        roles[first] = Role::Extra;
    }
    let mut columns: Vec<CsvColumn> = roles
        .iter()
        .map(|role| CsvColumn {
            role: resolved(*role, &roles, source),
            label: None,
        })
        .collect();
    let is_name = |column: &CsvColumn| column.role == Role::Field(Field::Name);
    if let Some(first) = columns.iter().position(is_name) {
        let word = headers::in_one_word(&headers[first]);
        for (at, column) in columns.iter_mut().enumerate().skip(first + 1) {
            if is_name(column) && headers::in_one_word(&headers[at]) == word {
                column.role = Role::MoreName;
            }
        }
    }
    label(&mut columns, headers);
    place(&mut columns);
    columns
}

/// What a header means beside the others, if it may mean two things.
fn resolved(role: Role, all: &[Role], source: ImportFormat) -> Role {
    let has = |wanted: Role| all.contains(&wanted);
    let has_job = has(Role::Field(Field::Title));
    match role {
        Role::Title if has_job && !has(Role::FormOfAddress) => Role::Extra,
        Role::Title if source == ImportFormat::Outlook => Role::Extra,
        Role::Title => Role::Field(Field::Title),
        Role::Profession if has_job || has(Role::Title) => Role::Extra,
        Role::Profession => Role::Field(Field::Title),
        Role::Apelido if has(Role::Family) => Role::Field(Field::Aka),
        Role::Apelido => Role::Family,
        Role::Anniversaire if has(Role::Field(Field::Birthday)) => Role::Anniversary,
        Role::Anniversaire => Role::Field(Field::Birthday),
        // Thunderbird calls the day of the month so in some languages.
        Role::Field(Field::Birthday) if has(Role::Born(1)) && !has(Role::Born(2)) => Role::Born(2),
        Role::BesideBorn(part) if has(Role::Born(0)) => Role::Born(part),
        Role::BesideBorn(_) => Role::Unknown,
        role => role,
    }
}

/// Whether a cell looks like a phone number.
pub(super) fn is_number(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_part = |c: char| c.is_ascii_digit() || " +()-./;:".contains(c);
    digits > 4 && cell.chars().all(is_part)
}

/// Whether a cell is an e-mail address.
pub(super) fn is_address(cell: &str) -> bool {
    match_key::email(cell).is_some()
}

/// Joins the values of each group with their labels.
fn label(columns: &mut [CsvColumn], headers: &[String]) {
    let groups: Vec<_> = headers
        .iter()
        .map(|header| headers::group(header))
        .collect();
    let mut labels: HashMap<&str, usize> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        match group {
            Some((group, ColumnOfGroup::Service)) => {
                labels.insert(group, at);
            }
            Some((group, ColumnOfGroup::Label)) => {
                labels.entry(group).or_insert(at);
            }
            _ => {}
        }
    }
    let mut valued: HashSet<&str> = HashSet::new();
    for (group, column) in groups.iter().zip(columns.iter()) {
        let is_address = matches!(column.role, Role::Postal(..));
        let group = group.filter(|(_, kind)| is_address || *kind == ColumnOfGroup::Value);
        valued.extend(group.map(|(group, _)| group));
    }
    for (at, group) in groups.iter().enumerate() {
        let Some((group, kind)) = group else {
            continue;
        };
        let Some(label) = labels.get(group).copied() else {
            continue;
        };
        match kind {
            ColumnOfGroup::Value => {
                let column = &mut columns[at];
                column.label = Some(label);
                if matches!(column.role, Role::Unknown | Role::Extra) {
                    column.role = Role::Labelled;
                }
            }
            ColumnOfGroup::Label | ColumnOfGroup::Service if valued.contains(group) => {
                columns[at].role = Role::Label;
            }
            _ => {}
        }
    }
}

/// Gives each part of an address without a place the place of the part before it, where the parts are in a row: `Home Address`, `City`,
/// `Work Address`, `City`.
fn place(columns: &mut [CsvColumn]) {
    let mut before = Place::NONE;
    let mut taken: Vec<(Place, PostalPart)> = Vec::new();
    let mut has_own = false;
    for column in columns {
        let Role::Postal(place, part) = &mut column.role else {
            continue;
        };
        let is_taken = |place: Place| {
            taken
                .iter()
                .any(|(of, other)| of.is(place) && other == part)
        };
        if !place.is(Place::NONE) {
            before = *place;
        } else if !before.is(Place::NONE)
            && !is_taken(before)
            && (!has_own || is_taken(Place::NONE))
        {
            *place = before;
        } else {
            has_own = true;
        }
        taken.push((*place, *part));
    }
}

/// The role that a field has in `--map`.
pub(super) fn mapped(field: &str) -> Option<Role> {
    Some(match caseless(field.trim()).as_str() {
        "first" | "first name" | "given" => Role::Given,
        "last" | "last name" | "family" => Role::Family,
        "link" => Role::Field(Field::Links),
        "tag" => Role::Field(Field::Tags),
        "anniversary" | "dates" => Role::Anniversary,
        key => match Field::from_key(key)? {
            Field::Address => Role::Postal(Place::NONE, PostalPart::Street),
            Field::City => Role::Postal(Place::NONE, PostalPart::City),
            // What only the user decides, and no other program knows.
            Field::Bucket
            | Field::Cadence
            | Field::Limit
            | Field::Friendly
            | Field::Paused
            | Field::Next
            | Field::Uid => return None,
            field => Role::Field(field),
        },
    })
}
