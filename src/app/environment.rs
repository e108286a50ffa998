//! The environment of the process.

use std::env;
use std::ffi::OsString;

/// An environment variable that is set to something.
pub(super) fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}
