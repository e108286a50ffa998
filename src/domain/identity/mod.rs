//! Who is who: match keys, the index over them, and what an import or a merge makes of two.

pub mod contact_index;
pub mod duplicates;
pub mod equivalence;
pub mod import;
mod key_index;
pub mod match_key;
pub(crate) mod match_rules;
pub mod matching;
pub mod merge_contacts;
pub mod supplement;
pub mod warnings;
