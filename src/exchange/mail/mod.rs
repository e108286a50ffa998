//! Mail: mboxes and single messages as facts. Only header blocks are read; bodies are skipped, and never decoded.
//!
//! - `mbox.rs`: the messages of an mbox, one after another. Read it first. `from_line.rs`: the line with which each begins.
//! - `window.rs`: a stretch of a stream in memory. `head.rs`: a header block, of which it keeps the fields that matter.
//! - `single.rs`: a message in a file of its own.
//! - `message.rs`: a header block as a fact. `mailboxes.rs`, `day.rs`, `kind.rs`: who, when, and of what kind.
//! - `encoded.rs`: the text of a field for the parser. `parts.rs`: what the parts of a message tell of its kind.
//! - `folder.rs`: what a folder is for, by its name.

mod day;
mod encoded;
mod folder;
mod from_line;
mod head;
mod kind;
mod mailboxes;
mod mbox;
mod message;
mod parts;
mod single;
mod window;

pub use self::folder::MailFolder;
pub use self::mbox::mbox;
pub use self::message::MailReading;
pub(super) use self::single::is_message;
pub use self::single::message;
