//! Tables of contacts: from LinkedIn, Google, Outlook, Thunderbird and netkeep itself, and any other with headers.
//!
//! Text comes in; contacts and problems go out, or a table of netkeep's own.
//!
//! - `read_table.rs`: reads the contacts of a table; start here
//! - `records.rs`: reads the records of the text, even if a quote is never closed
//! - `rows.rs`: finds the header, and the records that are rows
//! - `columns.rs`: what each column holds
//! - `role.rs`: what a column may hold
//! - `headers.rs`: what a header alone means, by the words in `dictionary.rs`
//! - `names.rs`: refuses a table of which only half of the names would be read
//! - `person.rs`: reads a row as a contact; `cells.rs`: cells with several values
//! - `own.rs`: netkeep's own table, read and written

mod cells;
mod columns;
mod dictionary;
mod headers;
mod names;
mod own;
mod person;
mod read_table;
mod records;
mod role;
mod rows;

pub use self::own::{Formulas, table as csv};
pub(super) use self::read_table::{is_table, read};
