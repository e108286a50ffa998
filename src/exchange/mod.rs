//! Other programs' formats: their files as contacts, and contacts as their files.
//!
//! Nothing here opens a file or knows the book. Bytes come in and go out as contacts, with a problem for each row or card that is not
//! as it should be; contacts come in and go out as text. Read `read.rs` first, then `draft.rs`, then a format.
//!
//! - `parsed.rs`: what reading a file gives
//! - `read.rs`: detects the format of a file, and reads it
//! - `decode.rs`: bytes as text, in any encoding
//! - `guess.rs`: which encoding it is, where nothing says so
//! - `draft.rs`: a contact that is being read, with each value put where it belongs
//! - `clean.rs`, `date.rs`, `postal.rs`: texts, days and postal addresses, as the draft needs them
//! - `fax.rs`: which numbers are faxes and pagers, which are not called
//! - `csv`, `vcard`: the formats that are read and written
//! - `abook.rs`: a format that is only read
//! - `meetings`: what calendars say of meetings
//! - `calendar.rs`: a format that is only written
//! - `mail`, `calls`: messages and the calls of a phone, as facts
//! - `sniff.rs`: tells files of touches from files of people
//! - `uri.rs`: what the desktop opens to reach a contact

mod abook;
mod calendar;
mod calls;
mod clean;
mod csv;
mod date;
mod decode;
mod draft;
mod fax;
mod guess;
pub mod mail;
pub mod meetings;
mod parsed;
mod postal;
mod read;
mod sniff;
pub(crate) mod uri;
mod vcard;

pub(crate) use self::calendar::{CalendarEntry, calendar};
pub use self::calls::{PhoneRecord, calls};
pub use self::csv::{Formulas, csv};
pub use self::date::Order;
pub use self::parsed::{ImportFormat, Parsed, ReadOptions, Remark, RowProblem, Unreadable};
pub use self::read::read;
pub use self::sniff::TouchSource;
pub(crate) use self::vcard::vcards_with_uids;
pub use self::vcard::{
    CardFile, EditedCard, VcardVersion, edited_card, new_card, read_card_file, vcards,
};
