//! Refuses a table of which only half of the names would be read, or none.

use std::collections::HashSet;

use super::columns::CsvColumn;
use super::headers::{in_one_word, is_name};
use super::role::Role;
use super::rows::CsvTable;
use crate::domain::Field;
use crate::exchange::{ReadOptions, Unreadable};

/// Starts of words for a last name, and for a first name.
const LAST: &str = "l ln last fam sur nach zu apell cogn achter efter etter nazw фам vezet csal prij suku soy sobre";
const FIRST: &str =
    "f fn first giv fore vor pren voor for fir imi имя kereszt uto etu jmen krest adi nombre nome";

/// Checks that the columns hold the names.
///
/// # Errors
///
/// When a column that is not known may hold names, or half of them, or when there is neither a name nor an e-mail address.
pub(super) fn check(
    table: &CsvTable,
    columns: &[CsvColumn],
    how: &ReadOptions,
) -> Result<(), Unreadable> {
    let has = |role: Role| columns.iter().any(|column| column.role == role);
    // An empty column holds no names.
    let is_filled = |role: Role| {
        let mut columns = columns.iter().enumerate();
        columns.any(|(at, column)| column.role == role && table.filled(at).next().is_some())
    };
    let is_mapped = |(field, _): &(String, String)| field.trim().eq_ignore_ascii_case("name");
    let half = (is_filled(Role::Given), is_filled(Role::Family));
    if half == (true, true) || how.map.iter().any(is_mapped) {
        return Ok(());
    }
    let is_whole = is_filled(Role::Field(Field::Name));
    let unknown = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.role == Role::Unknown);
    let names: Vec<&String> = unknown
        .filter(|(at, _)| may_be_name(table, *at, is_whole))
        .map(|(at, _)| &table.headers[at])
        .collect();
    let is_refused = if is_whole {
        is_half(table, columns)
    } else {
        true
    };
    if is_refused && !names.is_empty() {
        let missing = match half {
            (true, _) => "last name",
            (_, true) => "first name",
            _ if is_whole => "last name",
            _ => "name",
        };
        return Err(Unreadable::NoName {
            missing,
            map: mapping(&names, half, is_whole),
            otherwise: otherwise(table, columns),
        });
    }
    let names = [Field::Name, Field::Email].map(Role::Field);
    if names
        .into_iter()
        .chain([Role::Given, Role::Family])
        .any(has)
    {
        Ok(())
    } else {
        Err(Unreadable::Unknown(table.headers.clone()))
    }
}

/// Whether most names in the column of whole names have one word.
fn is_half(table: &CsvTable, columns: &[CsvColumn]) -> bool {
    let is_whole = |at: usize| columns[at].role == Role::Field(Field::Name);
    let (mut all, mut short) = (0, 0);
    for cell in table.cells(is_whole).filter(|cell| !cell.is_empty()) {
        all += 1;
        short += usize::from(!cell.contains(char::is_whitespace) && cell.is_ascii());
    }
    short * 2 > all && columns.iter().all(|column| column.role != Role::Given)
}

/// Whether a column may hold names: by its header, or by its cells, which are different words in capitals.
fn may_be_name(table: &CsvTable, at: usize, by_header: bool) -> bool {
    let cells = || {
        table
            .cells(|column| column == at)
            .filter(|cell| !cell.is_empty())
    };
    match is_name(&table.headers[at]) {
        _ if cells().next().is_none() => false,
        None => false,
        Some(true) => cells().any(looks_like_name),
        Some(false) if by_header => false,
        Some(false) => {
            let (mut all, mut names) = (0, 0);
            let mut different = HashSet::new();
            for cell in cells() {
                all += 1;
                names += usize::from(looks_like_name(cell));
                different.insert(cell);
            }
            names * 10 >= all * 9 && different.len() * 2 > all
        }
    }
}

fn looks_like_name(cell: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let is_word = |word: &str| word.starts_with(|c: char| !c.is_lowercase());
    cell.chars().count() < 40
        && cell.chars().all(is_letter)
        && cell.split(' ').count() < 5
        && cell.split(' ').next().is_some_and(is_word)
}

/// What to give to `--map` if no column holds the names: the half that there is, the addresses, or the number of a column, because a
/// table of which nothing is known may have no header.
fn otherwise(table: &CsvTable, columns: &[CsvColumn]) -> String {
    let email = Role::Field(Field::Email);
    let wanted = [Role::Field(Field::Name), Role::Given, Role::Family, email];
    let find = |role: Role| columns.iter().position(|column| column.role == role);
    let found = wanted.into_iter().find_map(find);
    let header = found.map(|at| quoted(&table.headers[at]));
    format!("name={}", header.unwrap_or("1".to_owned()))
}

/// A header as it is typed in a shell.
fn quoted(header: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '_';
    if header.chars().all(is_plain) {
        header.to_owned()
    } else {
        format!("\"{header}\"")
    }
}

/// What to give to `--map`, like `first=FNAME,last=LNAME`.
fn mapping(names: &[&String], (has_first, has_last): (bool, bool), is_whole: bool) -> String {
    let begins = |header: &str, starts: &str| {
        let word = in_one_word(header);
        starts.split(' ').any(|start| {
            if start.len() < 2 {
                word == start
            } else {
                word.starts_with(start)
            }
        })
    };
    let find = |starts: &str| names.iter().position(|header| begins(header, starts));
    let last = find(LAST);
    let first = find(FIRST).filter(|first| Some(*first) != last);
    let other = |taken: Option<usize>| (0..names.len()).find(|at| Some(*at) != taken);
    if has_first || is_whole {
        return format!("last={}", quoted(names[last.unwrap_or(0)]));
    }
    if has_last {
        return format!("first={}", quoted(names[first.unwrap_or(0)]));
    }
    let (first, last) = match (first, last) {
        (Some(first), None) => (Some(first), other(Some(first))),
        (None, Some(last)) => (other(Some(last)), Some(last)),
        (None, None) if names.len() > 1 => (Some(0), Some(1)),
        both => both,
    };
    let part =
        |field: &str, at: Option<usize>| at.map(|at| format!("{field}={}", quoted(names[at])));
    match (first, last) {
        (None, None) => format!("name={}", quoted(names[0])),
        (first, last) => {
            let parts = [part("first", first), part("last", last)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(",")
        }
    }
}
