//! Reads the contacts of a table.

use super::columns::{self, Column};
use super::headers;
use super::names;
use super::own;
use super::records::Record;
use super::role::{Place, PostalPart, Role};
use super::rows::{self, CsvTable, table};
use crate::domain::Field;
use crate::domain::identity::match_key;
use crate::domain::text::caseless;
use crate::exchange::clean::one_line;
use crate::exchange::date::Dates;
use crate::exchange::draft::ContactDraft;
use crate::exchange::postal::Postal;
use crate::exchange::vcard::joined_name;
use crate::exchange::{ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable};

/// Reads the contacts of a text, which may be several tables that were joined, each with its header after a byte-order mark.
pub(in crate::exchange) fn read(text: &str, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let mut starts = rows::joined(text);
    let end = starts.next().unwrap_or(text.len());
    let mut found = read_one(&text[..end], how)?;
    let mut start = end;
    while start < text.len() {
        let end = starts.next().unwrap_or(text.len());
        let lines = text[..start].matches('\n').count();
        found.append(read_one(&text[start..end], how)?, lines);
        start = end;
    }
    Ok(found)
}

fn read_one(text: &str, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let mut flaws = Vec::new();
    let is_known = |headers: &[String]| {
        let has = |(_, header): &(String, String)| column(headers, header).is_ok();
        columns::source(headers) != ImportFormat::Csv
            || !how.map.is_empty() && how.map.iter().all(has)
    };
    let mut table = table(text, is_known, &mut flaws);
    let source = columns::source(&table.headers);
    let mut found = Parsed {
        source,
        flaws,
        ..Parsed::default()
    };
    if source == ImportFormat::Own && how.map.is_empty() && how.last_from.is_none() {
        own::read(&table, how, &mut found);
    } else {
        find_header(&mut table, source, how, &mut found.flaws)?;
        let columns = columns_of(&table, source, how)?;
        let dates = how.dates(table.cells(|at| columns[at].role.is_day()));
        found.unused = unused(&table, &columns);
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
            let draft = person(row, &table.headers, &columns, source, dates);
            let arrival = draft.finish(row.line, &mut found);
            found.people.extend(arrival);
        }
    }
    found.flaws.sort_by_key(|flaw| flaw.line);
    Ok(found)
}

/// Checks that the table has a header. Without one, the columns have numbers, if the user maps them so.
fn find_header(
    table: &mut CsvTable,
    source: ImportFormat,
    how: &ReadOptions,
    flaws: &mut Vec<RowProblem>,
) -> Result<(), Unreadable> {
    let headers = &table.headers;
    let is_known = headers.iter().any(|header| headers::is_known(header));
    if is_known || source != ImportFormat::Csv || headers.is_empty() {
        return Ok(());
    }
    let is_number = |(_, header): &(String, String)| header.parse::<usize>().is_ok();
    let is_numbered = !how.map.is_empty() && how.map.iter().all(is_number);
    if is_numbered && how.map.iter().all(|(_, header)| !headers.contains(header)) {
        table.number_columns();
        return Ok(());
    }
    let is_data = |cell: &String| {
        columns::is_address(cell) || columns::is_number(cell) || cell.contains("://")
    };
    if headers.iter().any(is_data) {
        return Err(Unreadable::NoHeader(headers.clone()));
    }
    if !how.map.is_empty() {
        let what = "read as the header, though no column of it is known";
        flaws.push(RowProblem::new(table.line, what));
    }
    Ok(())
}

/// Whether a text begins with the header of a known program, or has a vCard inside a cell.
pub(in crate::exchange) fn is_table(text: &str) -> bool {
    rows::headers(text).any(|headers| columns::source(&headers) != ImportFormat::Csv)
        || rows::holds(text, "\nbegin:vcard")
}

/// The column with that header or, if there is none, with that number, from 1.
fn column(headers: &[String], name: &str) -> Result<usize, Unreadable> {
    let name = name.trim();
    let is_it = |header: &String| caseless(header) == caseless(name);
    let number = || {
        let number: usize = name.parse().ok()?;
        (1..=headers.len()).contains(&number).then(|| number - 1)
    };
    let column = headers.iter().position(is_it).or_else(number);
    column.ok_or_else(|| Unreadable::NoColumn {
        typed: name.to_owned(),
        known: headers.to_vec(),
    })
}

/// What each column holds: as the user says, else as its header says. If the user maps a field of one value to a column, no other
/// column holds it.
fn columns_of(
    table: &CsvTable,
    source: ImportFormat,
    how: &ReadOptions,
) -> Result<Vec<Column>, Unreadable> {
    let headers = &table.headers;
    let last = how.last_from.as_ref();
    let last = last.map(|last| column(headers, last)).transpose()?;
    let mut columns = columns::columns(table, source);
    for (field, header) in &how.map {
        let role = columns::mapped(field).ok_or_else(|| Unreadable::NoField(field.clone()))?;
        let at = column(headers, header)?;
        let is_name = role == Role::Field(Field::Name);
        for Column { role: other, .. } in &mut columns {
            let is_part = matches!(other, Role::Given | Role::Middle | Role::Family);
            if role.is_single() && *other == role || is_name && is_part {
                *other = Role::Unknown;
            }
        }
        columns[at].role = role;
    }
    if let Some(at) = last {
        columns[at].role = Role::Last;
    }
    names::check(table, &columns, how)?;
    Ok(columns)
}

/// The columns that are left out, though they have text. One without a header is called by its number.
fn unused(table: &CsvTable, columns: &[Column]) -> Vec<String> {
    let columns = table.headers.iter().zip(columns).enumerate();
    let left_out = columns.filter(|(at, (_, column))| {
        column.role == Role::Unknown && table.filled(*at).next().is_some()
    });
    let names = left_out.map(|(at, (header, _))| {
        if header.is_empty() {
            (at + 1).to_string()
        } else {
            header.clone()
        }
    });
    names.collect()
}

/// What Google writes between several values in one cell.
const BETWEEN: &str = " ::: ";

/// Splits a cell with several values: at Google's ` ::: `, at semicolons and at newlines.
fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN)
        .flat_map(|piece| piece.split([';', '\n']))
        .map(str::trim)
}

/// What a row has in parts, which several columns hold.
#[derive(Default)]
struct Parts<'r> {
    /// Given, middle, family name and suffix.
    name: [String; 4],
    whole_name: String,
    phonetic_name: String,
    addresses: Vec<((Place, usize), Postal)>,
    whole_addresses: Vec<((Place, usize), &'r str)>,
    /// Year, month and day.
    born: [&'r str; 3],
}

fn person(
    row: &Record,
    headers: &[String],
    columns: &[Column],
    source: ImportFormat,
    dates: Dates,
) -> ContactDraft {
    let mut draft = ContactDraft {
        dates,
        ..ContactDraft::default()
    };
    let mut parts = Parts::default();
    for (at, column) in columns.iter().enumerate() {
        let cell = row.cell(at);
        if cell.is_empty() {
            continue;
        }
        let labels = column.label.map_or("", |label| row.cell(label));
        match column.role {
            Role::Field(Field::Name) if parts.whole_name.is_empty() => {
                parts.whole_name = one_line(cell);
            }
            Role::MoreName => join(&mut parts.whole_name, cell),
            Role::Field(Field::Phone) => phones(&mut draft, labels, cell),
            Role::Field(field) => set(&mut draft, field, &headers[at], cell),
            Role::Given => join(&mut parts.name[0], cell),
            Role::Middle => join(&mut parts.name[1], cell),
            Role::Family => join(&mut parts.name[2], cell),
            Role::Suffix => join(&mut parts.name[3], cell),
            Role::Postal(place, PostalPart::Whole) => {
                let all = cell.split(BETWEEN).enumerate();
                let all = all.map(|(number, piece)| ((place, number), piece));
                parts.whole_addresses.extend(all);
            }
            Role::Postal(place, part) => {
                for (number, piece) in cell.split(BETWEEN).enumerate() {
                    add_part(&mut parts.addresses, (place, number), part, piece);
                }
            }
            Role::Born(part) => parts.born[part] = cell,
            Role::FormOfAddress => draft.extra("Prefix", cell),
            Role::Phonetic => join(&mut parts.phonetic_name, cell),
            Role::Social => social(&mut draft, &headers[at], cell),
            Role::Last => draft.last(cell),
            Role::Extra => {
                // 0/0/00 is Outlook's "no day".
                if !cell.trim_matches(['0', '/', '.', '-']).is_empty() {
                    draft.extra(in_group(&headers[at]), cell);
                }
            }
            Role::Labelled => {
                let otherwise = headers::group(&headers[at]).map_or("", |(group, _)| group);
                for (label, piece) in labelled(labels, cell) {
                    draft.extra(if label.is_empty() { otherwise } else { label }, piece);
                }
            }
            _ => {}
        }
    }
    draft.names = names_of(&mut parts);
    if source == ImportFormat::Google {
        // Only Google has contacts that are companies.
        draft.names.extend(draft.contact.company.clone());
    }
    draft.extra("Phonetic name", &parts.phonetic_name);
    born(&mut draft, parts.born);
    addresses(&mut draft, parts);
    draft
}

fn names_of(parts: &mut Parts) -> Vec<String> {
    let whole = &mut parts.whole_name;
    let [given, middle, family, suffix] = &parts.name;
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

fn addresses(draft: &mut ContactDraft, mut parts: Parts) {
    for (of, whole) in parts.whole_addresses {
        if parts.addresses.iter().all(|(other, _)| *other != of) {
            add_part(&mut parts.addresses, of, PostalPart::Street, whole);
        }
    }
    for (_, postal) in &parts.addresses {
        draft.address(postal);
    }
}

/// The values of a cell, each with its label. The last label is that of all the rest.
fn labelled<'c>(labels: &'c str, cell: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
    let mut labels = labels.split(BETWEEN);
    let mut label = "";
    cell.split(BETWEEN).map(move |piece| {
        label = labels.next().unwrap_or(label);
        (label.trim_start_matches("* ").trim(), piece)
    })
}

fn phones(draft: &mut ContactDraft, labels: &str, cell: &str) {
    for (label, piece) in labelled(labels, cell) {
        draft.phone_labelled(label, piece);
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

/// The links in a cell. Commas and blanks separate links, but they may also be in one.
fn links(cell: &str) -> Vec<&str> {
    let between = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let pieces = cell.split(between).filter(|piece| !piece.is_empty());
    let pieces: Vec<&str> = pieces.filter(|piece| *piece != ":::").collect();
    if pieces.iter().all(|piece| is_page(piece)) {
        pieces
    } else {
        cell.split(BETWEEN).collect()
    }
}

/// Whether a text looks like a page: `https://a.example`, `a.example/b`.
fn is_page(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let has_dot = host.trim_matches('.').contains('.');
    text.contains("://") && !text.contains(char::is_whitespace)
        || has_dot && host.chars().all(is_host)
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
    let last = addresses.iter_mut().rev().find(|(of, _)| is_it(of));
    let free = last.map(|(_, postal)| postal).filter(|postal| match part {
        PostalPart::Street | PostalPart::Whole => true,
        PostalPart::City => postal.city.is_empty(),
        PostalPart::Region => postal.region.is_empty(),
        PostalPart::Code => postal.code.is_empty(),
        PostalPart::Country => postal.country.is_empty(),
    });
    let mut new = Postal {
        label: place.label(),
        ..Postal::default()
    };
    let is_new = free.is_none();
    let postal = free.unwrap_or(&mut new);
    let cell = cell.to_owned();
    match part {
        PostalPart::Street | PostalPart::Whole => postal.street.push(cell),
        PostalPart::City => postal.city = cell,
        PostalPart::Region => postal.region = cell,
        PostalPart::Code => postal.code = cell,
        PostalPart::Country => postal.country = cell,
    }
    if is_new {
        addresses.push(((place, number), new));
    }
}
