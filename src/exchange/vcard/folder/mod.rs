//! The cards of a folder, one a file: read so that what other programs rewrite is no change, and edited so that all that is
//! not changed stays byte for byte.
//!
//! A folder of cards is a *vdir*: <https://vdirsyncer.pimutils.org/en/stable/vdir.html>.
//!
//! - `card_file.rs`: reads a file of the folder; start here
//! - `facts.rs`: what a card says of a contact
//! - `edit.rs`: a card with other facts, read back before it is trusted
//! - `card_edit.rs`: which lines change for what; `list_edit.rs`: the same for lists and days
//! - `same.rs`: whether two sides say the same, however it is written
//! - `line_edits.rs`: a file with some of its lines replaced
//! - `card_writer.rs`: a property as a line of a card of its version

mod card_edit;
mod card_file;
mod card_writer;
mod edit;
mod facts;
mod line_edits;
mod list_edit;
mod same;

pub use self::card_file::{CardFile, read_card_file};
pub use self::edit::{EditedCard, edited_card, new_card};
