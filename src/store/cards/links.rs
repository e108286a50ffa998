//! What is remembered of a folder of cards: a file in the state folder for each folder of each book.
//!
//! It is lost with the state folder, and then nothing is: the book and the cards are as they are without having agreed yet.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::folder::CardFolder;
use super::link_text;
use crate::domain::cards::link::CardLink;
use crate::store::disk::plain_file;
use crate::store::disk::private::{self, UNFINISHED};
use crate::store::disk::siblings::names;
use crate::store::storage::Storage;

/// Reads and writes the links of one book and one folder.
#[derive(Debug)]
pub struct CardMemory {
    /// `None` where nothing is remembered.
    path: Option<PathBuf>,
}

impl Storage {
    /// What is remembered of this book and `folder`; nothing without a state folder.
    pub(crate) fn card_memory(&self, folder: &CardFolder) -> CardMemory {
        let path = self.cards_place();
        CardMemory {
            path: path.map(|place| place.join(folder.key() + ".links")),
        }
    }

    /// Takes out of everything that is remembered of this book's cards what book and card said, wherever one of these texts is
    /// `unwanted`. Which card is which contact stays.
    pub(in crate::store) fn forget_agreed(
        &self,
        unwanted: impl Fn(&str) -> bool,
    ) -> io::Result<()> {
        let Some(place) = self.cards_place() else {
            return Ok(());
        };
        let names = match names(&place) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
            names => names?,
        };
        let paths = names.into_iter().map(|name| place.join(name));
        for path in paths.filter(|path| path.is_file()) {
            let memory = CardMemory {
                path: Some(path.clone()),
            };
            // A file that was never finished is no memory, nor is one that was damaged.
            let is_unfinished = path.extension().is_some_and(|end| end == UNFINISHED);
            let Some((mut links, book)) = memory.parsed().filter(|_| !is_unfinished) else {
                fs::remove_file(path)?;
                continue;
            };
            for link in &mut links {
                let is_unwanted = |said: &_| {
                    let text = link_text::book_text(said);
                    text.is_none_or(|text| unwanted(&text))
                };
                link.deleted.take_if(|card| unwanted(card));
                let agreed = link.agreed.take();
                link.agreed = agreed.filter(|it| !is_unwanted(&it.book) && !is_unwanted(&it.card));
            }
            memory.write(&links, book)?;
        }
        Ok(())
    }

    /// The folder of everything that is remembered of this book's cards.
    pub(in crate::store) fn cards_place(&self) -> Option<PathBuf> {
        let state = self.state.as_ref()?;
        Some(state.join("cards").join(self.target.key()))
    }
}

impl CardMemory {
    /// The links as they were written last, and the checksum of the book then; none if they are lost.
    pub fn read(&self) -> (Vec<CardLink>, u64) {
        self.parsed().unwrap_or_default()
    }

    /// Writes the links in place of the last ones, if they differ. The book has the checksum `book` now.
    ///
    /// # Errors
    ///
    /// When the state folder cannot be written: the last ones are still there.
    pub fn write(&self, links: &[CardLink], book: u64) -> io::Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let text = link_text::written(links, book);
        let is_there = self.bytes();
        if is_there.as_deref() == Some(text.as_bytes()) || is_there.is_none() && links.is_empty() {
            return Ok(());
        }
        private::replace(path, text.as_bytes())
    }

    fn parsed(&self) -> Option<(Vec<CardLink>, u64)> {
        let text = String::from_utf8(self.bytes()?).ok()?;
        link_text::parsed(&text)
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        plain_file::read(self.path.as_deref()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::Contact;
    use crate::domain::cards::link::Agreed;

    fn link(name: &str) -> CardLink {
        let said = Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        CardLink {
            file: format!("{}.vcf", name.len()),
            uid: Some(format!("uid-{}", name.len())),
            contact: format!("urn:uuid:{}", name.len()),
            agreed: Some(Agreed {
                book: said.clone(),
                card: said,
            }),
            ..CardLink::default()
        }
    }

    fn storage(folder: &Path, state: Option<&Path>) -> (Storage, CardFolder) {
        let storage = Storage::open(&folder.join("a.toml"), state).expect("opened");
        fs::create_dir_all(folder.join("cards")).expect("made");
        let cards = CardFolder::open(&folder.join("cards")).expect("opened");
        (storage, cards.expect("there"))
    }

    fn all_files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let paths = paths.flat_map(|path| {
            if path.is_dir() {
                all_files(&path)
            } else {
                vec![path]
            }
        });
        paths.collect()
    }

    #[test]
    fn links_are_kept_for_each_book_and_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state");
        let (storage, cards) = storage(folder.path(), Some(&state));
        let memory = storage.card_memory(&cards);
        assert_eq!(memory.read(), (vec![], 0));
        memory.write(&[], 0).expect("written");
        assert_eq!(all_files(&state), Vec::<PathBuf>::new());
        let links = [link("Ana"), link("Bo")];
        memory.write(&links, 7).expect("written");
        assert_eq!(storage.card_memory(&cards).read(), (links.to_vec(), 7));
        let other = CardFolder::open(folder.path()).expect("opened");
        let other = other.expect("there");
        assert_eq!(storage.card_memory(&other).read(), (vec![], 0));
        assert_eq!(all_files(&state).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn the_links_are_private_and_not_touched_without_need() {
        use std::os::unix::fs::MetadataExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state");
        let (storage, cards) = storage(folder.path(), Some(&state));
        let memory = storage.card_memory(&cards);
        memory.write(&[link("Ana")], 7).expect("written");
        let file = all_files(&state).pop().expect("a file");
        let meta = |path: &Path| fs::metadata(path).expect("there");
        assert_eq!(meta(&file).mode() & 0o777, 0o600);
        assert_eq!(meta(file.parent().expect("a folder")).mode() & 0o777, 0o700);
        let before = meta(&file).ino();
        memory.write(&[link("Ana")], 7).expect("written");
        assert_eq!(meta(&file).ino(), before);
        memory.write(&[link("Bo")], 7).expect("written");
        assert_ne!(meta(&file).ino(), before);
    }

    #[test]
    fn nothing_is_remembered_without_a_state_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let (storage, cards) = storage(folder.path(), None);
        let memory = storage.card_memory(&cards);
        memory.write(&[link("Ana")], 7).expect("left alone");
        assert_eq!(memory.read(), (vec![], 0));
        storage.forget_agreed(|_| true).expect("nothing there");
    }

    #[test]
    fn what_was_said_of_someone_is_forgotten_and_the_link_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state");
        let (storage, cards) = storage(folder.path(), Some(&state));
        let memory = storage.card_memory(&cards);
        storage.forget_agreed(|_| true).expect("nothing there");
        memory
            .write(&[link("Ana"), link("Bo")], 7)
            .expect("written");
        let file = all_files(&state).pop().expect("a file");
        let damaged = file.with_file_name("damaged.links");
        for path in [&file.with_extension(UNFINISHED), &damaged] {
            fs::write(path, "of Ana").expect("written");
        }
        storage
            .forget_agreed(|text| text.contains("Ana"))
            .expect("forgotten");
        let ana = CardLink {
            agreed: None,
            ..link("Ana")
        };
        assert_eq!(memory.read(), (vec![ana, link("Bo")], 7));
        assert_eq!(all_files(&state), [file]);
    }
}
