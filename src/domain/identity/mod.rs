//! Who is who. Contacts go in; matches, pairs, warnings and merged contacts come out. Read `match_key` first.
//!
//! - `match_key`: addresses, numbers, links and names in the form in which they are compared.
//! - `key_index`: which contacts have a key. `contact_index`: the same with what an import needs beside it.
//! - `match_rules`: whether names and firms agree. `equivalence`: whether two values mean the same.
//! - `matching`: which contact an imported one is. `import`: what an import makes of a book.
//! - `supplement`: a contact with what another source says. `merge_contacts`: two contacts of the book made one.
//! - `moves`: who has another company or title, and the line that keeps the old one.
//! - `duplicates`: pairs that may be one person. `warnings`: what is unlikely to be true.

pub(crate) mod contact_index;
pub(crate) mod duplicates;
pub(crate) mod equivalence;
pub mod import;
mod key_index;
pub mod match_key;
pub(crate) mod match_rules;
pub(crate) mod matching;
pub(crate) mod merge_contacts;
pub mod moves;
pub mod supplement;
pub(crate) mod warnings;
