//! The older versions of a book, and the way back to them. In goes the old and the new content of a save, out come
//! versions: plain copies of the whole file.
//!
//! Read `versions` first.
//!
//! | file | what it does |
//! | --- | --- |
//! | `versions` | all versions of a book, and which of them the book is |
//! | `version` | one version, and the name of its file |
//! | `staged` | copies that become versions once a save is made |
//! | `prune` | removes versions that are too old or too many |
//! | `states` | the states of a book, and what changed between them |
//! | `facts` | what a state of a book says, to tell which state grew from which |
//! | `wiped` | what was wiped when an editor saved an older copy |

pub(crate) mod facts;
pub(crate) mod prune;
pub(crate) mod staged;
pub(crate) mod states;
pub(crate) mod version;
pub(crate) mod versions;
pub(crate) mod wiped;
