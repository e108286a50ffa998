//! A change to patched text, and the proof that it says what the change was meant to say.

pub(crate) mod apply;
pub(crate) mod buckets;
pub(crate) mod change;
pub(crate) mod contact_text;
pub(crate) mod fields;
pub(crate) mod fixes;
pub(crate) mod inline;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod new_book;
pub(crate) mod ownership;
pub(crate) mod patch;
pub(crate) mod regrouped;
pub(crate) mod session;
pub(crate) mod touch_blocks;
pub(crate) mod touches;
