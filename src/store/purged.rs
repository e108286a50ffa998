//! Who was purged, so that no other copy of the book brings them back: checksums with a salt of each book's own, which name
//! nobody.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write as _};
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::disk::{plain_file, private};
use super::edit::apply;
use super::edit::change::{Edit, Refused};
use super::parse::ParsedBook;
use super::storage::Storage;
use crate::domain::identity::match_key::{emails, phones, uid_key, words};
use crate::domain::text::fold;
use crate::domain::{Book, Contact};

/// Marks of everyone who was purged from a book.
#[derive(Debug, Default)]
pub(crate) struct PurgedPeople {
    salt: u64,
    marks: BTreeSet<u64>,
}

impl Storage {
    /// Everyone who was purged from this book.
    pub(crate) fn purged(&self) -> PurgedPeople {
        let place = self.purged_place();
        let bytes = place.and_then(|path| plain_file::read(&path).ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        text.and_then(|text| PurgedPeople::parse(&text))
            .unwrap_or_default()
    }

    /// Writes down that `people` were purged. Without a state folder nothing is known of it.
    pub(crate) fn remember_purged(&self, people: &[Contact]) -> io::Result<()> {
        let Some(path) = self.purged_place() else {
            return Ok(());
        };
        let mut purged = self.purged();
        if purged.marks.is_empty() {
            purged.salt = RandomState::new().build_hasher().finish();
        }
        for contact in people {
            let marks = purged.marks_of(contact);
            purged.marks.extend(marks);
        }
        let new = path.with_extension("new");
        path.parent().map_or(Ok(()), private::create_folder)?;
        let mut file = private::create(&new)?;
        file.write_all(purged.text().as_bytes())?;
        file.sync_all()?;
        fs::rename(new, path)
    }

    fn purged_place(&self) -> Option<PathBuf> {
        let state = self.state.as_ref()?;
        // A key may end like a file with an extension.
        Some(state.join("purged").join(self.target.key() + ".marks"))
    }
}

impl PurgedPeople {
    /// `theirs` without the contacts that were purged, and how many those are. Who is in `ours` was added again.
    ///
    /// # Errors
    ///
    /// [`Refused`] if one of them cannot be taken out.
    pub(crate) fn taken_out(
        &self,
        theirs: &str,
        parsed: &ParsedBook,
        ours: &Book,
    ) -> Result<(String, usize), Refused> {
        let book = &parsed.book;
        let mut there: Option<HashSet<String>> = None;
        let mut is_there = |contact: &Contact| {
            let names = || ours.contacts.iter().map(|one| fold(&one.name)).collect();
            there
                .get_or_insert_with(names)
                .contains(&fold(&contact.name))
        };
        let ids = book.ids().filter(|id| {
            let contact = book.contact(*id);
            self.has(contact) && !is_there(contact)
        });
        let edits: Vec<Edit> = ids.map(Edit::Remove).collect();
        if edits.is_empty() {
            return Ok((theirs.to_owned(), 0));
        }
        let change = apply(theirs, parsed, &edits)?;
        Ok((change.text.to_string(), edits.len()))
    }

    /// Whether the contact has a mark of someone who was purged.
    fn has(&self, contact: &Contact) -> bool {
        if self.marks.is_empty() {
            return false;
        }
        let mut marks = self.marks_of(contact).into_iter();
        marks.any(|mark| self.marks.contains(&mark))
    }

    /// By name, UID and e-mail address; a number, which a family may share, counts with the first name.
    fn marks_of(&self, contact: &Contact) -> Vec<u64> {
        let names = contact.names().map(|name| format!("name {}", fold(name)));
        let uid = contact.uid.iter().map(|uid| uid_key(uid));
        let uid = uid.filter(|uid| !uid.is_empty());
        let uid = uid.map(|uid| format!("uid {uid}"));
        let emails = emails(contact).map(|email| format!("email {email}"));
        let first = words(&contact.name).into_iter().next().unwrap_or_default();
        let phones = phones(contact).map(|phone| format!("phone {} {first}", phone.key()));
        let all = names.chain(uid).chain(emails).chain(phones);
        all.map(|mark| xxh3_64_with_seed(mark.as_bytes(), self.salt))
            .collect()
    }

    /// The salt, then each mark, on lines of their own.
    fn text(&self) -> String {
        let all = std::iter::once(&self.salt).chain(&self.marks);
        all.map(|number| format!("{number:016x}\n")).collect()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.lines().map(|line| u64::from_str_radix(line, 16).ok());
        Some(Self {
            salt: numbers.next()??,
            marks: numbers.collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;
    use crate::store::{BookFile, Stamp};

    const STAMP: Stamp = Stamp {
        at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        by: "remove",
    };

    const PEOPLE: &str = "[[contacts]]\nname = 'Ana Ruiz'\nemail = 'ana@a.example'\nphone = '+34 600 000 001'\n\
                          uid = 'X-1'\n\n[[contacts]]\nname = 'Bo Lind'\n";

    /// Who is left of `theirs` after Ana was purged, with `ours` in the book.
    fn left(theirs: &str, ours: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, state) = (folder.path().join("a.toml"), folder.path().join("state"));
        fs::write(&path, PEOPLE).expect("written");
        let open = || {
            let waits = &mut |_: Option<&_>| {};
            let detail = crate::store::Detail::All;
            BookFile::open_to_change(&path, Some(&state), detail, STAMP, waits)
                .expect("read")
                .expect("there")
        };
        let file = open();
        let ana = file.book().contacts[0].as_ref().clone();
        file.storage().remember_purged(&[ana]).expect("written");
        drop(file);
        let parsed = read(theirs).expect("a book");
        let ours = read(ours).expect("a book").book;
        let purged = open().storage().purged();
        let (text, count) = purged.taken_out(theirs, &parsed, &ours).expect("taken out");
        let left = read(&text).expect("a book").book.contacts;
        assert_eq!(left.len() + count, parsed.book.contacts.len());
        left.iter().map(|one| one.name.clone()).collect()
    }

    #[test]
    fn who_was_purged_is_known_by_name_address_number_and_uid() {
        for ana in [
            "name = 'ana ruiz'",
            "name = 'A. R.'\naka = ['Ana Ruiz']",
            "name = 'A. R.'\nemail = 'ANA@a.example'",
            "name = 'Ana R.'\nphone = '600 000 001'",
            "name = 'A. R.'\nuid = 'x-1'",
        ] {
            let theirs = format!("[[contacts]]\nname = 'Bo Lind'\n\n[[contacts]]\n{ana}\n");
            assert_eq!(left(&theirs, "format = 1\n"), ["Bo Lind"], "{ana}");
        }
        let family = "[[contacts]]\nname = 'Ben Ruiz'\nphone = '+34 600 000 001'\n";
        assert_eq!(left(family, "format = 1\n"), ["Ben Ruiz"]);
    }

    #[test]
    fn who_was_added_again_stays() {
        assert_eq!(left(PEOPLE, PEOPLE), ["Ana Ruiz", "Bo Lind"]);
        assert_eq!(left(PEOPLE, "format = 1\n"), ["Bo Lind"]);
    }

    #[test]
    fn the_record_names_nobody() {
        let mut purged = PurgedPeople {
            salt: 7,
            ..PurgedPeople::default()
        };
        let ana = read(PEOPLE).expect("a book").book.contacts[0].clone();
        purged.marks = purged.marks_of(&ana).into_iter().collect();
        let text = purged.text();
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'\n')
        );
        let again = PurgedPeople::parse(&text).expect("a record");
        assert!(again.has(&ana) && again.salt == 7);
    }
}
