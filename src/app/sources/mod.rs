//! Reading mail boxes, calendars and call lists: paths go in, facts come out.
//!
//! - `reading`: reads everything that was asked for, and what is remembered beside it. Read it first.
//! - `named`: the sources that the book names.
//! - `walk`: which mail boxes, calendars and call lists there are under a path. `notmuch`: those that a query finds.
//! - `mail_box`: reads an mbox and a folder of messages, the new ones only. `call_list`: reads one of a phone, if it is new.
//! - `local_time`: the time zone of the machine.
//! - `memory`: what was read before, in the state folder. `remembered`: how a fact is written there.

mod call_list;
mod local_time;
mod mail_box;
mod memory;
mod named;
mod notmuch;
mod reading;
mod remembered;
mod walk;

pub(crate) use self::named::named_sources;
pub(crate) use self::reading::{SourceOptions, SourceReading, read_sources};
pub(crate) use self::walk::{AskedFor, TypedFile, asked_for};
