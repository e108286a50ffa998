//! The git program: run in a folder, its answers read. All that concerns the network, credentials, signatures and hooks is
//! git's own; see `program.rs` for how it is run.

mod program;

pub(crate) use self::program::{Git, GitAnswer, args, os_string};
