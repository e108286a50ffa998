//! Text to book: what it says, where it says it, and everything that is wrong with it.

pub(crate) mod blocks;
pub(crate) mod contact;
pub(crate) mod cursor;
pub(crate) mod defaults;
pub(crate) mod known;
pub(crate) mod layout;
pub(crate) mod over;
pub(crate) mod pieces;
pub(crate) mod plain;
pub(crate) mod problem;
pub(crate) mod read;
pub(crate) mod runs;
pub(crate) mod scan;
pub(crate) mod settings;
pub(crate) mod source_map;
pub(crate) mod stream;
pub(crate) mod syntax;
pub(crate) mod validate;
pub(crate) mod value;
