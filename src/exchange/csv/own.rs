//! netkeep's own table: a column for each key of the book, in the book's order, promises and touches included.
//!
//! Every cell is in quotes. A cell gets an apostrophe in front if a spreadsheet would read it as a formula, if it is a number that a
//! spreadsheet would change (`0600`), or if it begins with an apostrophe; reading removes it. For programs that are no
//! spreadsheets cells stay as they are, other than those from which reading would remove an apostrophe. Several values of a key
//! are joined by `; `, with a backslash before a semicolon or backslash in a value. A date and a promise are a line `day; what`
//! each, a touch a line `day; channel; direction; note; gave; got; source`.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::records::Record;
use super::rows::CsvTable;
use crate::domain::identity::import::Arrival;
use crate::domain::model::field::FieldKind;
use crate::domain::text::is_hidden;
use crate::domain::{
    AnnualDay, Contact, Direction, Field, Next, OtherDay, Promise, Touch, Value, Words,
};
use crate::exchange::clean::{one_line, own_name, plain};
use crate::exchange::date::{DateProblem, Dates};
use crate::exchange::vcard::{promise_parts, touch_parts};
use crate::exchange::{Parsed, ReadOptions, RowProblem};

const PROMISES: &str = "promises";
const TOUCHES: &str = "touches";

/// How a formula begins in a spreadsheet, also in wide forms.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];
/// The mark that keeps a spreadsheet from reading a cell as a formula.
const MARK: char = '\'';

/// What is done to cells that a spreadsheet would read as formulas or change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Formulas {
    /// They get an apostrophe in front.
    Guard,
    /// They stay as they are.
    Keep,
}

/// Writes contacts as a table in UTF-8, with a byte-order mark, by which spreadsheets detect the encoding, and with CRLF line ends,
/// as in RFC 4180.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::exchange::{Formulas, csv};
///
/// let ana = Contact { name: "Ana".to_owned(), phone: vec!["+34 600".to_owned()], ..Contact::default() };
/// let table = csv([&ana], Formulas::Guard);
/// assert!(table.starts_with("\u{feff}\"name\",\"aka\",") && table.contains(",\"'+34 600\","));
/// assert!(csv([&ana], Formulas::Keep).contains(",\"+34 600\","));
/// ```
pub fn table<'c>(contacts: impl IntoIterator<Item = &'c Contact>, formulas: Formulas) -> String {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::from("\u{feff}"));
    let keys = Field::ALL
        .into_iter()
        .map(Field::key)
        .chain([PROMISES, TOUCHES]);
    let header = keys.map(str::to_owned).collect();
    let rows = contacts.into_iter().map(|contact| cells(contact, formulas));
    for row in std::iter::once(header).chain(rows) {
        let written = writer.write_record(row);
        written.expect("writing to memory does not fail");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).expect("it was text")
}

fn cells(contact: &Contact, formulas: Formulas) -> Vec<String> {
    let fields = Field::ALL.iter().map(|field| match contact.get(*field) {
        None => String::new(),
        Some(Value::List(items)) => joined(&items),
        Some(Value::Dates(dates)) => {
            let dates = dates.iter();
            let rows = dates.map(|date| joined(&[date.on.to_string(), date.what.clone()]));
            rows.collect::<Vec<_>>().join("\n")
        }
        Some(Value::Next(next)) => {
            let parts = [Some(next.on.to_string()), next.what];
            joined(&parts.into_iter().flatten().collect::<Vec<_>>())
        }
        Some(value) => plain(&value.to_string()),
    });
    let promises = contact.promises.iter().map(promise_parts);
    let promises: Vec<String> = promises.map(|parts| joined(&parts)).collect();
    let touches: Vec<String> = contact.touches.iter().map(touch_cell).collect();
    fields
        .chain([promises.join("\n"), touches.join("\n")])
        .map(|cell| match formulas {
            Formulas::Guard => guarded(&cell),
            Formulas::Keep => kept(&cell),
        })
        .collect()
}

fn touch_cell(touch: &Touch) -> String {
    let mut parts = touch_parts(touch).to_vec();
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    joined(&parts)
}

fn joined(items: &[String]) -> String {
    let escaped = |item: &String| {
        plain(item)
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace('\n', "\\n")
    };
    items.iter().map(escaped).collect::<Vec<_>>().join("; ")
}

/// Splits a cell that [`joined`] made.
fn split(cell: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let item = items.last_mut().expect("there is one");
        match c {
            '\\' => match chars.next() {
                Some('n') => item.push('\n'),
                Some(c) => item.push(c),
                None => item.push('\\'),
            },
            ';' => {
                chars.next_if_eq(&' ');
                items.push(String::new());
            }
            c => item.push(c),
        }
    }
    items
}

/// A cell that no spreadsheet reads as a formula. Source: OWASP, "CSV Injection".
fn guarded(cell: &str) -> String {
    let is_risky = |c: char| c == MARK || FORMULA.contains(&c);
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || is_hidden(c));
    if cell.starts_with(is_risky) || seen.starts_with(is_risky) || is_number(cell) {
        format!("{MARK}{cell}")
    } else {
        cell.to_owned()
    }
}

/// A cell as it is. One that looks guarded is guarded itself: it comes back as it is.
fn kept(cell: &str) -> String {
    if unguarded(cell) == cell {
        cell.to_owned()
    } else {
        format!("{MARK}{cell}")
    }
}

/// A cell without the apostrophe that [`guarded`] put in front. One that a person or another program wrote stays.
fn unguarded(cell: &str) -> &str {
    let rest = cell.strip_prefix(MARK);
    rest.filter(|rest| guarded(rest) == cell).unwrap_or(cell)
}

/// Whether a spreadsheet would read a text as a number and lose digits: a leading zero, or the last of many.
fn is_number(cell: &str) -> bool {
    let is_digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && (cell.len() > 11 || cell.len() > 1 && cell.starts_with('0'))
}

/// How the dates of a table are read, which a spreadsheet may have rewritten.
fn dates(table: &CsvTable, how: &ReadOptions) -> Dates {
    let is_day = |at: usize| {
        let field = Field::from_key(&key(&table.headers[at]));
        let kind = field.map(Field::kind);
        matches!(
            kind,
            Some(
                FieldKind::Birthday
                    | FieldKind::Dates
                    | FieldKind::Day
                    | FieldKind::FlagOrDay
                    | FieldKind::Next
            )
        )
    };
    how.dates(table.cells(is_day).map(first_part))
}

fn flaw(key: &str, cell: &str, dates: Dates) -> String {
    let cell = one_line(cell);
    match dates.read(first_part(&cell)) {
        Err(problem @ DateProblem::Ambiguous) => problem.report(&cell, key),
        _ => format!("`{cell}` is not a valid `{key}`"),
    }
}

/// The first part of a cell, which may be a date.
fn first_part(cell: &str) -> &str {
    cell.split(';').next().unwrap_or_default()
}

/// The key of the book that a header may be.
fn key(header: &str) -> String {
    header.trim().to_lowercase()
}

/// Reads every contact in such a table.
pub(super) fn read(table: &CsvTable, how: &ReadOptions, found: &mut Parsed) {
    let dates = dates(table, how);
    let unknown = table.headers.iter().filter(|header| !is_key(&key(header)));
    found.unused = unknown.cloned().collect();
    let is_undated = !table
        .headers
        .iter()
        .any(|header| key(header) == Field::Added.key());
    for row in &table.rows {
        let mut contact = Contact::default();
        for (cell, header) in row.cells.iter().zip(&table.headers) {
            let cell = unguarded(cell);
            let key = key(header);
            let is_taken = match Field::from_key(&key) {
                _ if cell.trim().is_empty() => true,
                Some(field) => set(&mut contact, field, cell, dates),
                None if key == PROMISES => take_promises(&mut contact, cell, dates),
                None => key != TOUCHES || take_touches(&mut contact, cell, dates),
            };
            if !is_taken {
                let flaw = RowProblem::new(row.line, flaw(&key, cell, dates));
                found.flaws.push(flaw);
            }
        }
        push(found, row, contact, is_undated);
    }
}

pub(super) fn is_key(header: &str) -> bool {
    [PROMISES, TOUCHES].contains(&header) || Field::from_key(header).is_some()
}

fn push(found: &mut Parsed, row: &Record, mut contact: Contact, is_undated: bool) {
    contact.name = own_name(&contact.name);
    if contact.name.is_empty() {
        return found.flaws.push(RowProblem::lost(row.line, "no name"));
    }
    found.people.push(Arrival {
        contact,
        line: row.line,
        is_own: true,
        is_undated,
        ..Arrival::default()
    });
}

/// Sets a field from a cell. Returns false if the cell is not valid.
fn set(contact: &mut Contact, field: Field, cell: &str, dates: Dates) -> bool {
    let text = || Value::Text(cell.to_owned());
    let value = match field.kind() {
        FieldKind::Text | FieldKind::Bucket | FieldKind::Cadence => Some(text()),
        FieldKind::Birthday => Some(dates.day(cell).map_or_else(text, Value::Day)),
        FieldKind::List => {
            let items = split(cell).into_iter().filter(|item| !item.is_empty());
            Some(Value::List(items.collect()))
        }
        FieldKind::Flag | FieldKind::FlagOrDay => match cell.to_lowercase().as_str() {
            // Spreadsheets write them in the user's language.
            "true" | "wahr" | "vrai" | "verdadero" | "vero" => Some(Value::Flag(true)),
            "false" | "falsch" | "faux" | "falso" => return true,
            _ => dates.day(cell).map(Value::Day),
        },
        FieldKind::Day => dates.day(cell).map(Value::Day),
        FieldKind::Dates => return take_dates(contact, cell, dates),
        FieldKind::Next => {
            let mut items = split(cell).into_iter();
            let on = items.next().and_then(|day| dates.day(&day));
            let what = items.next();
            on.map(|on| Value::Next(Next { on, what }))
        }
    };
    contact.set(field, value);
    contact.get(field).is_some()
}

fn take_dates(contact: &mut Contact, cell: &str, dates: Dates) -> bool {
    let date = |line: &str| {
        let mut parts = split(line).into_iter();
        let day = parts.next()?;
        let day = day.trim();
        let on = day.parse().ok();
        let on = on.or_else(|| dates.day(day).map(AnnualDay::Date))?;
        let what = parts.next().filter(|what| !what.trim().is_empty())?;
        Some(OtherDay { on, what })
    };
    take_rows(&mut contact.dates, cell, date)
}

fn take_promises(contact: &mut Contact, cell: &str, dates: Dates) -> bool {
    let promise = |line: &str| {
        let mut parts = split(line).into_iter();
        let by = match parts.next()?.trim() {
            "" => None,
            day => Some(dates.day(day)?),
        };
        let what = parts.next().filter(|what| !what.trim().is_empty())?;
        Some(Promise { by, what })
    };
    take_rows(&mut contact.promises, cell, promise)
}

fn take_touches(contact: &mut Contact, cell: &str, dates: Dates) -> bool {
    let touch = |line: &str| {
        let mut parts = split(line).into_iter();
        let on = dates.day(parts.next()?.trim())?;
        let some = |()| parts.next().filter(|part| !part.is_empty());
        let [via, direction, note, gave, got, source] = [(); 6].map(some);
        let direction = match direction {
            Some(word) => Some(Direction::from_word(&word)?),
            None => None,
        };
        let words = Words {
            via,
            note,
            gave,
            got,
            source,
        };
        Some(Touch::on(on).toward(direction).with(words))
    };
    take_rows(&mut contact.touches, cell, touch)
}

/// Takes a row of each line of a cell; returns whether all of them are rows.
fn take_rows<T>(rows: &mut Vec<T>, cell: &str, row: impl Fn(&str) -> Option<T>) -> bool {
    let lines = || cell.lines().filter(|line| !line.trim().is_empty());
    *rows = lines().filter_map(row).collect();
    rows.len() == lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_comes_back() {
        for cell in [
            "=1+1",
            "+34 600",
            "-1",
            "@x",
            "\t=1",
            " =1",
            "\u{2028}=1",
            "\u{200b}+1",
            "\n@x",
            "'",
            "'=1",
            "''=1",
            "'t Hooft",
            "'0600",
            "＝1",
            "a=1",
            "",
            "O'Brien",
            "0600111222",
            "12345678901234",
            "--03-12",
        ] {
            let guarded = guarded(cell);
            assert!(!guarded.trim_start().starts_with(FORMULA), "{cell}");
            assert_eq!(unguarded(&guarded), cell);
            assert_eq!(unguarded(&kept(cell)), cell);
        }
    }

    #[test]
    fn cells_for_other_programs_stay_as_they_are() {
        for cell in ["+34 600", "=1", "-", "@x", "0600", "'t Hooft", "O'Brien"] {
            assert_eq!(kept(cell), cell);
        }
    }

    #[test]
    fn lists_come_back() {
        for items in [
            vec!["a; b", "c\\", "d\ne", ";"],
            vec!["x"],
            vec![" a ", "b"],
        ] {
            let items: Vec<String> = items.into_iter().map(str::to_owned).collect();
            assert_eq!(split(&joined(&items)), items);
        }
    }
}
