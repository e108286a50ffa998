//! A folder with one vCard a file: a vdir, as vdirsyncer and khard have it.
//!
//! Source: "The Vdir Storage Format", vdirsyncer's documentation: an item is a file with the extension of its kind, written by
//! renaming a temporary file, and what starts with a dot is no item.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempPath;

use crate::store::disk::content::Content;
use crate::store::disk::plain_file::checksum;
use crate::store::disk::replace::{TemporaryFile, replace, sync_folder, temporary};
use crate::store::disk::siblings::{folder_leftovers, names};
use crate::store::disk::target::Target;
use crate::store::error::{Failure, StoreError};
use crate::store::other_file::OtherFile;

/// The longest UID that names a file, in bytes: those that programs make have up to eighty.
const LONGEST_UID: usize = 128;

/// A folder of cards on this machine.
#[derive(Debug)]
pub struct CardFolder {
    folder: Target,
}

/// A card, as it was read.
#[derive(Debug)]
pub struct CardSource {
    /// The name of its file.
    pub name: String,
    file: OtherFile,
}

/// What a folder of cards has.
#[derive(Debug)]
pub struct CardFiles {
    /// The cards, in the order of their names.
    pub cards: Vec<CardSource>,
    /// The names, as far as they are text, of what ends in `.vcf` and is left alone: folders, links that lead nowhere, and
    /// files whose name is not UTF-8. In the order of their names.
    pub odd: Vec<String>,
}

impl CardSource {
    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        self.file.bytes()
    }
}

impl CardFolder {
    /// Opens the folder at `path`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`Failure::NotAFolder`] for anything else at that path, and when it cannot be looked at.
    pub fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        let failed = |err| Failure::Read(err).at(path);
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(err) => return Err(failed(err)),
        };
        if !fs::metadata(&real).map_err(failed)?.is_dir() {
            return Err(Failure::NotAFolder.at(path));
        }
        let named = path.to_owned();
        let folder = Target { named, real };
        Ok(Some(Self { folder }))
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.folder.named
    }

    /// A unique name for what is kept about this folder elsewhere: the same through every link.
    pub(super) fn key(&self) -> String {
        self.folder.key()
    }

    /// Reads its cards: plain files, or links to one, that end in `.vcf` and do not start with a dot.
    ///
    /// # Errors
    ///
    /// When the folder or a card cannot be read.
    pub fn read(&self) -> Result<CardFiles, StoreError> {
        let names =
            names(&self.folder.real).map_err(|err| Failure::Read(err).at(&self.folder.named))?;
        let (mut cards, mut odd) = (Vec::new(), Vec::new());
        for name in names {
            let lossy = name.to_string_lossy();
            if lossy.starts_with('.') || !lossy.to_ascii_lowercase().ends_with(".vcf") {
                continue;
            }
            match name.to_str().filter(|name| self.is_plain(name)) {
                // A file may have been deleted since it was listed.
                Some(name) => cards.extend(self.card(name)?),
                None => odd.push(lossy.into_owned()),
            }
        }
        cards.sort_by(|one, other| one.name.cmp(&other.name));
        odd.sort_unstable();
        Ok(CardFiles { cards, odd })
    }

    /// Whether there is a plain file of that name, perhaps behind a link, or nothing at all.
    fn is_plain(&self, name: &str) -> bool {
        let path = self.folder.real.join(name);
        match fs::metadata(&path) {
            Ok(meta) => meta.is_file(),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                fs::symlink_metadata(path).is_err()
            }
            Err(_) => !path.is_symlink(),
        }
    }

    fn card(&self, name: &str) -> Result<Option<CardSource>, StoreError> {
        let file = OtherFile::at(&self.folder.named.join(name))?;
        let name = name.to_owned();
        Ok(file.map(|file| CardSource { name, file }))
    }

    /// Deletes the temporary files that a killed netkeep left, and gives back their names to the cards that it had under
    /// hidden ones.
    pub(crate) fn sweep(&self) {
        for (_, path) in folder_leftovers(&self.folder.real, TemporaryFile::New) {
            let _ = fs::remove_file(path);
        }
        for (name, path) in folder_leftovers(&self.folder.real, TemporaryFile::Old) {
            // The card had not been moved there yet.
            if fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
                let _ = fs::remove_file(path);
            } else if let Ok(hidden) = TempPath::try_from_path(path) {
                put_back(hidden, &self.target(&name));
            }
        }
    }

    /// Writes a new card.
    ///
    /// # Errors
    ///
    /// [`Failure::Changed`] if there is a card with that name, [`Failure::NotAFile`] if there is something else.
    pub fn create(&self, name: &str, text: &[u8]) -> Result<(), StoreError> {
        let new = Content {
            parts: &[text],
            people: 0,
        };
        let replaced = replace::<()>(&self.target(name), None, new, |_, _| None);
        match replaced {
            Ok(replaced) => replaced.unconfirmed.map_or(Ok(()), Err),
            Err(err) if matches!(err.why, Failure::Changed) && !self.is_plain(name) => {
                Err(Failure::NotAFile.at(&err.path))
            }
            Err(err) => Err(err),
        }
    }

    /// Replaces a card; its file keeps its owner and its mode, and a link to it stays.
    ///
    /// # Errors
    ///
    /// [`Failure::Changed`] if it is no longer what was read.
    pub fn replace(&self, card: &CardSource, text: &[u8]) -> Result<(), StoreError> {
        card.file.replace(text)
    }

    /// Deletes a card; of a link only the link, because what it leads to is not of this folder.
    ///
    /// # Errors
    ///
    /// [`Failure::Changed`] if it is no longer what was read: it is as it was then.
    pub fn delete(&self, card: &CardSource) -> Result<(), StoreError> {
        let target = self.target(&card.name);
        let failed = |err| Failure::Write(err).at(&target.named);
        // What another program saves at the last moment has to be seen: so the card goes under a hidden name first.
        let hidden = temporary(&target, TemporaryFile::Old).map_err(failed)?;
        let hidden = hidden.into_temp_path();
        match fs::rename(&target.real, &hidden) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                return Err(Failure::Changed.at(&target.named));
            }
            moved => moved.map_err(failed)?,
        }
        let is_same = File::open(&hidden).and_then(|file| card.file.is_in(file));
        if !is_same.is_ok_and(|is_same| is_same) {
            put_back(hidden, &target);
            return Err(Failure::Changed.at(&target.named));
        }
        hidden.close().map_err(failed)?;
        let flushed = sync_folder(&self.folder.real);
        flushed.map_err(|err| Failure::Unconfirmed(err).at(&target.named))
    }

    /// The name for a new card with this UID: `UID.vcf`, or one made of its checksum if the UID is no good name for a file.
    ///
    /// ```text
    /// urn:uuid:0c3c1a6e-… -> 0c3c1a6e-….vcf
    /// ```
    pub(crate) fn new_name(uid: &str) -> String {
        const PREFIX: &str = "urn:uuid:";
        let uid = match uid.get(..PREFIX.len()) {
            Some(start) if start.eq_ignore_ascii_case(PREFIX) => &uid[PREFIX.len()..],
            _ => uid,
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.@+-".contains(c);
        let is_name = uid.chars().all(is_plain) && !uid.is_empty() && !uid.starts_with(['.', '-']);
        if is_name && uid.len() <= LONGEST_UID {
            return format!("{uid}.vcf");
        }
        format!("{:016x}.vcf", checksum(uid.as_bytes()))
    }

    fn target(&self, name: &str) -> Target {
        Target {
            named: self.folder.named.join(name),
            real: self.folder.real.join(name),
        }
    }
}

/// Gives a card its name back. If there is another one with that name, both stay: each may be the only copy of what is in it.
fn put_back(hidden: TempPath, target: &Target) {
    let Err(err) = hidden.persist_noclobber(&target.real) else {
        return;
    };
    let kept = err.path.keep();
    // Some file systems cannot rename a file without replacing another.
    let is_free =
        fs::symlink_metadata(&target.real).is_err_and(|err| err.kind() == io::ErrorKind::NotFound);
    if let (Ok(path), true) = (kept, is_free) {
        let _ = fs::rename(path, &target.real);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, CardFolder) {
        let folder = tempfile::tempdir().expect("a folder");
        let cards = CardFolder::open(folder.path())
            .expect("opened")
            .expect("there");
        (folder, cards)
    }

    fn names_of(cards: &CardFolder) -> Vec<String> {
        let files = cards.read().expect("read");
        files.cards.into_iter().map(|card| card.name).collect()
    }

    fn files(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder.path()).expect("listed").count()
    }

    #[test]
    fn only_plain_cards_are_read_in_the_order_of_their_names() {
        let (folder, cards) = folder();
        for name in [
            "b.vcf",
            "A.VCF",
            ".a.vcf",
            "a.vcf.tmp",
            "color",
            "displayname",
            ".b.vcf.netkeep-1-abcDE1",
        ] {
            fs::write(folder.path().join(name), name).expect("written");
        }
        for name in ["c.vcf", "c"] {
            fs::create_dir(folder.path().join(name)).expect("made");
        }
        assert_eq!(names_of(&cards), ["A.VCF", "b.vcf"]);
        let files = cards.read().expect("read");
        assert_eq!(files.cards[1].bytes(), b"b.vcf");
        assert_eq!(files.odd, ["c.vcf"]);
        let none = CardFolder::open(&folder.path().join("none")).expect("looked");
        assert!(none.is_none());
        let err = CardFolder::open(&folder.path().join("b.vcf")).expect_err("a file");
        assert!(matches!(err.why, Failure::NotAFolder));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_stops_no_other_card() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let (folder, cards) = folder();
        let at = |name: &[u8]| folder.path().join(OsStr::from_bytes(name));
        for name in [&b"b\xff.vcf"[..], b"a.vcf", b"c\xff.txt"] {
            fs::write(at(name), "a card").expect("written");
        }
        assert_eq!(names_of(&cards), ["a.vcf"]);
        assert_eq!(cards.read().expect("read").odd, ["b\u{fffd}.vcf"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_card_is_a_card() {
        use std::os::unix::fs::symlink;

        let elsewhere = tempfile::tempdir().expect("a folder");
        let real = elsewhere.path().join("ana.vcf");
        fs::write(&real, "one").expect("written");
        let (folder, cards) = folder();
        let at = |name: &str| folder.path().join(name);
        symlink(&real, at("a.vcf")).expect("linked");
        symlink("none.vcf", at("b.vcf")).expect("linked");
        symlink(elsewhere.path(), at("c.vcf")).expect("linked");
        symlink("d.vcf", at("d.vcf")).expect("linked");
        let files = cards.read().expect("read");
        assert_eq!(names_of(&cards), ["a.vcf"]);
        assert_eq!(files.odd, ["b.vcf", "c.vcf", "d.vcf"]);
        cards.replace(&files.cards[0], b"two").expect("replaced");
        assert_eq!(fs::read(&real).expect("there"), b"two");
        assert!(at("a.vcf").is_symlink());
        let stale = cards.delete(&files.cards[0]).expect_err("stale");
        assert!(matches!(stale.why, Failure::Changed));
        assert!(at("a.vcf").is_symlink());
        let seen = cards.read().expect("read").cards;
        cards.delete(&seen[0]).expect("deleted");
        assert!(!at("a.vcf").is_symlink());
        assert_eq!(fs::read(&real).expect("there"), b"two");
        for taken in files.odd {
            let err = cards.create(&taken, b"three").expect_err("taken");
            assert!(matches!(err.why, Failure::NotAFile), "{taken}: {err:?}");
            assert_eq!(err.path, at(&taken));
        }
        assert_eq!(self::files(&folder), 3);
    }

    #[test]
    fn a_card_is_written_once_and_replaced_only_as_it_was_read() {
        let (folder, cards) = folder();
        cards.create("a.vcf", b"one").expect("created");
        let taken = cards.create("a.vcf", b"two").expect_err("taken");
        assert!(matches!(taken.why, Failure::Changed));
        let seen = cards.read().expect("read").cards;
        cards.replace(&seen[0], b"two").expect("replaced");
        let stale = cards.replace(&seen[0], b"three").expect_err("stale");
        assert!(matches!(stale.why, Failure::Changed));
        assert_eq!(cards.read().expect("read").cards[0].bytes(), b"two");
        assert_eq!(files(&folder), 1);
    }

    #[test]
    fn a_card_is_deleted_only_as_it_was_read() {
        let (folder, cards) = folder();
        cards.create("a.vcf", b"one").expect("created");
        let seen = cards.read().expect("read").cards;
        fs::write(folder.path().join("a.vcf"), "two").expect("written");
        let stale = cards.delete(&seen[0]).expect_err("stale");
        assert!(matches!(stale.why, Failure::Changed));
        let seen = cards.read().expect("read").cards;
        assert_eq!(seen[0].bytes(), b"two");
        assert_eq!(files(&folder), 1);
        cards.delete(&seen[0]).expect("deleted");
        assert_eq!(files(&folder), 0);
        let gone = cards.delete(&seen[0]).expect_err("gone");
        assert!(matches!(gone.why, Failure::Changed));
        assert_eq!(files(&folder), 0);
    }

    #[test]
    fn what_a_killed_netkeep_left_is_swept_up() {
        let (folder, cards) = folder();
        let stays = [".a.vcf.netkeep-notes", ".a.vcf.netkeep-1-abcDE1", "a.vcf"];
        for name in stays.into_iter().chain([".a.vcf.netkeep-4194303-abcDE1"]) {
            fs::write(folder.path().join(name), "a card").expect("written");
        }
        cards.sweep();
        assert_eq!(files(&folder), stays.len());
    }

    #[test]
    fn a_card_that_a_killed_netkeep_had_under_a_hidden_name_gets_its_own_back() {
        let (folder, cards) = folder();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.vcf"), "new").expect("written");
        for name in [".a.vcf", ".b.vcf"] {
            let hidden = format!("{name}.netkeep-old-4194303-abcDE1");
            fs::write(at(&hidden), "a card").expect("written");
        }
        cards.sweep();
        assert_eq!(fs::read(at("a.vcf")).expect("there"), b"new");
        assert_eq!(fs::read(at("b.vcf")).expect("there"), b"a card");
        assert!(at(".a.vcf.netkeep-old-4194303-abcDE1").exists());
        assert_eq!(files(&folder), 3);
    }

    #[test]
    fn a_uid_names_a_file_only_if_it_can() {
        for (uid, name) in [
            ("urn:uuid:0c3c1a6e-1", "0c3c1a6e-1.vcf"),
            ("URN:UUID:0c3c1a6e-1", "0c3c1a6e-1.vcf"),
            ("ana_ruiz+1@a.example", "ana_ruiz+1@a.example.vcf"),
        ] {
            assert_eq!(CardFolder::new_name(uid), name);
        }
        let long = "a".repeat(LONGEST_UID + 1);
        let odd = [
            "",
            ".hidden",
            "-rf",
            "../up",
            "a b",
            "é",
            "urn:uuid:",
            &long,
        ];
        let mut names: Vec<String> = odd.into_iter().map(CardFolder::new_name).collect();
        assert!(names.iter().all(|name| name.len() == 20), "{names:?}");
        names.sort();
        names.dedup();
        // The UID `urn:uuid:` is an empty one.
        assert_eq!(names.len(), odd.len() - 1);
    }
}
