//! The book in which nothing was found wrong.

use std::fs;
use std::io::Write as _;

use super::versions::Versions;
use crate::store::disk::plain_file;

/// The file with the checksum of the book in which nothing was found wrong, and the netkeep that has not found it.
const SOUND: &str = "sound";

impl Versions {
    /// Keeps in mind that nothing is wrong in a book with that checksum.
    pub(crate) fn vouch(&self, hash: u64) {
        // Without it, more is read next time.
        let _ = self
            .create_file(SOUND)
            .and_then(|mut file| file.write_all(sound(hash).as_bytes()));
    }

    /// Whether nothing is wrong in a book with that checksum, as far as is known.
    pub(crate) fn vouches(&self, hash: u64) -> bool {
        let vouched = || plain_file::read(&self.folder().join(SOUND));
        !self.has_no_place() && vouched().is_ok_and(|vouched| vouched == sound(hash).as_bytes())
    }

    /// Forgets it.
    pub(super) fn vouch_for_none(&self) {
        let _ = fs::remove_file(self.folder().join(SOUND));
    }
}

/// What another netkeep found may be wrong to this one.
fn sound(hash: u64) -> String {
    format!("{hash:016x} {}", env!("CARGO_PKG_VERSION"))
}
