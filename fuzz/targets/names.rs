//! Any name in the history folder is that of a version, or of a file that is not netkeep's.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use netkeep::store::Version;

fuzz_target!(|name: &str| {
    if let Some(version) = Version::parse(Path::new("history"), name) {
        assert_eq!(version.name(), name);
    }
});
