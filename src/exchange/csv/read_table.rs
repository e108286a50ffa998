//! Reads the contacts of a table.

use super::columns::{self, CsvColumn};
use super::headers;
use super::names;
use super::own;
use super::person::person;
use super::role::Role;
use super::rows::{self, CsvTable, table};
use crate::domain::Field;
use crate::domain::text::caseless;
use crate::exchange::clean::one_line;
use crate::exchange::{ImportFormat, Parsed, ReadOptions, RowProblem, Unreadable};

/// Reads the contacts of a text, which may be several tables that were joined, each with its header.
pub(in crate::exchange) fn read(text: &str, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let mut marks = rows::joined(text).chain([text.len()]);
    let mut end = marks.next().unwrap_or_default();
    let (mut found, length) = read_one(&text[..end], how)?;
    let (mut start, mut line) = (0, 0);
    let mut read = length;
    while start + read < text.len() {
        line += text[start..start + read].matches('\n').count();
        start += read;
        if start == end {
            end = marks.next().unwrap_or(text.len());
        }
        let (more, length) = read_one(&text[start..end], how)?;
        found.append(more, line);
        read = length;
    }
    Ok(found)
}

/// Reads the first table of a text, and returns how much of it that table is.
fn read_one(text: &str, how: &ReadOptions) -> Result<(Parsed, usize), Unreadable> {
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
    Ok((found, table.end))
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
) -> Result<Vec<CsvColumn>, Unreadable> {
    let headers = &table.headers;
    let last = how.last_from.as_ref();
    let last = last.map(|last| column(headers, last)).transpose()?;
    let mut columns = columns::columns(table, source);
    for (field, header) in &how.map {
        let role = columns::mapped(field).ok_or_else(|| Unreadable::NoField(field.clone()))?;
        let at = column(headers, header)?;
        let is_name = role == Role::Field(Field::Name);
        for CsvColumn { role: other, .. } in &mut columns {
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
fn unused(table: &CsvTable, columns: &[CsvColumn]) -> Vec<String> {
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
