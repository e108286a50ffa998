//! From a text to the terminal.
//!
//! A view makes [`text::Text`]s, lays them out in a table or a template, and writes them to a [`sink::Sink`]. Read `text.rs`
//! first.
//!
//! - `text.rs`: text without control characters, its roles marked
//! - `sink.rs`: lines, sentences, colours
//! - `wrap.rs`: what stays together when a sentence is wrapped
//! - `direction.rs`: where right-to-left text ends
//! - `table.rs`: columns that line up and fit the terminal
//! - `column.rs`: the cell of a contact in each column
//! - `template.rs`: lines that the user composes from fields; `touch_field.rs`: those of a touch

pub(crate) mod column;
mod direction;
pub(crate) mod sink;
pub(crate) mod table;
pub(crate) mod template;
pub(crate) mod text;
pub(crate) mod touch_field;
mod wrap;
