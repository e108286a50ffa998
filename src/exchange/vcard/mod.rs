//! Reads and writes files of vCards, of every version.
//!
//! Bytes come in and contacts go out, and the other way round. Sources: vCard 2.1 (versit, 1996), RFC 2426 (3.0), RFC 6350 (4.0), and
//! the output of real programs. The library reads a single line. Cutting a file into cards is done here, because one bad line must not
//! lose the other contacts.
//!
//! - `read_cards.rs`: reads the contacts of a file of cards; start here
//! - `lines.rs`: cuts a file into cards and logical lines
//! - `property.rs`: a line as a property, decoded
//! - `person.rs`: the properties of a card as a contact
//! - `card_names.rs`: the names of a card
//! - `kinds.rs`: what happens to properties that netkeep has no field for
//! - `own.rs`: netkeep's own properties, read and written
//! - `write.rs`: contacts as cards
//! - `folder`: the cards of a folder, read and edited one by one
//! - `name_parts.rs`: a name as its family name, given name and titles

mod card_names;
mod folder;
mod kinds;
mod lines;
mod name_parts;
mod own;
mod person;
mod property;
mod read_cards;
mod write;

pub(super) use self::card_names::{has_words, joined_name};
pub use self::folder::{CardFile, EditedCard, edited_card, new_card, read_card_file};
pub(super) use self::own::{promise_parts, touch_parts};
pub(super) use self::property::unescaped;
pub(super) use self::read_cards::{begins, is_vcard, read};
pub(crate) use self::write::vcards_with_uids;
pub use self::write::{VcardVersion, vcards};
pub(super) use self::write::{fold, text};
