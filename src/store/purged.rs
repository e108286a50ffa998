//! Who was purged, so that no other copy of the book brings them back: checksums with a salt of each book's own, which name
//! nobody.

use std::collections::{BTreeSet, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::disk::{plain_file, private};
use super::edit::apply;
use super::edit::change::{Edit, Refused};
use super::history::version::Version;
use super::parse::{ParsedBook, book_in};
use super::storage::Storage;
use crate::domain::identity::match_key::{emails, phones, uid_key, uid_of_name, words};
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

    /// Writes down that `people` were purged, with what the older versions called them. Without a state folder nothing is
    /// known of it.
    pub(crate) fn remember_purged(&self, people: &[Contact]) -> io::Result<()> {
        let Some(path) = self.purged_place() else {
            return Ok(());
        };
        let mut purged = self.purged();
        if purged.marks.is_empty() {
            purged.salt = RandomState::new().build_hasher().finish();
        }
        let marks = self.marks_of_all(people, purged.salt);
        purged.marks.extend(marks);
        private::replace(&path, purged.text().as_bytes())
    }

    /// The marks of `people`, and of everyone in an older version who has one of them: they had another name or address
    /// then. Who is still in the book is someone else, of one family.
    fn marks_of_all(&self, people: &[Contact], salt: u64) -> BTreeSet<u64> {
        let mut all = PurgedPeople {
            salt,
            marks: BTreeSet::new(),
        };
        for contact in people {
            let marks = all.marks_of(contact);
            all.marks.extend(marks);
        }
        let left = self.bytes().and_then(book_in).unwrap_or_default();
        let left: HashSet<String> = left.contacts.iter().map(|one| fold(&one.name)).collect();
        for book in self.versions().iter().rev().filter_map(Version::book) {
            for contact in &book.contacts {
                let is_one = !left.contains(&fold(&contact.name)) && all.has(contact);
                if is_one {
                    let marks = all.marks_of(contact);
                    all.marks.extend(marks);
                }
            }
        }
        all.marks
    }

    fn purged_place(&self) -> Option<PathBuf> {
        let state = self.state.as_ref()?;
        // A key may end like a file with an extension.
        Some(state.join("purged").join(self.target.key() + ".marks"))
    }
}

/// Who is in the book, though they have a mark of someone who was purged: of one family with them, or added again.
struct PeopleHere<'a> {
    purged: &'a PurgedPeople,
    names: HashSet<String>,
    marks: HashSet<u64>,
}

impl PeopleHere<'_> {
    /// Whether the contact of another copy, which has such a mark, is one of them.
    fn has(&self, contact: &Contact) -> bool {
        let name = fold(&contact.name);
        let mark = self.purged.mark(&format!("name {name}"), contact);
        if self.names.contains(&name) {
            return !self.purged.marks.contains(&mark) || self.marks.contains(&mark);
        }
        let marks = self.purged.marks_of(contact).into_iter();
        let mut marks = marks.filter(|mark| self.purged.marks.contains(mark));
        marks.all(|mark| self.marks.contains(&mark))
    }
}

impl PurgedPeople {
    /// `theirs` without the contacts that were purged, and how many those are. Who was added again in `ours` stays.
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
        if self.is_empty() {
            return Ok((theirs.to_owned(), 0));
        }
        let mut here: Option<PeopleHere> = None;
        let ids = parsed.book.ids().filter(|id| {
            let contact = parsed.book.contact(*id);
            self.has(contact) && !here.get_or_insert_with(|| self.here(ours)).has(contact)
        });
        let edits: Vec<Edit> = ids.map(Edit::Remove).collect();
        if edits.is_empty() {
            return Ok((theirs.to_owned(), 0));
        }
        let change = apply(theirs, parsed, &edits)?;
        Ok((change.text.to_string(), edits.len()))
    }

    /// Who of `after` was purged, and is not in the book that netkeep knew last, which is only read if there may be someone.
    pub(super) fn back_in<'a>(
        &self,
        after: &'a Book,
        known: impl FnOnce() -> Option<Book>,
    ) -> Vec<&'a Contact> {
        let contacts = after.contacts.iter().map(AsRef::as_ref);
        let mut back: Vec<&Contact> = contacts.filter(|contact| self.has(contact)).collect();
        if !back.is_empty() {
            let known = known().unwrap_or_default();
            let here = self.here(&known);
            back.retain(|contact| !here.has(contact));
        }
        back
    }

    /// Whether nobody was purged.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Whether the contact has a mark of someone who was purged.
    fn has(&self, contact: &Contact) -> bool {
        let mut marks = self.marks_of(contact).into_iter();
        marks.any(|mark| self.marks.contains(&mark))
    }

    fn here<'a>(&'a self, ours: &Book) -> PeopleHere<'a> {
        let contacts = ours.contacts.iter();
        PeopleHere {
            purged: self,
            names: contacts.clone().map(|one| fold(&one.name)).collect(),
            marks: contacts.flat_map(|one| self.marks_of(one)).collect(),
        }
    }

    /// By name, UID and e-mail address; a number, which a family may share, counts with the first name, and an alias of one
    /// word, which many may have, does not count. Who was added on another day is someone else, or was added again.
    fn marks_of(&self, contact: &Contact) -> Vec<u64> {
        let aliases = contact.aka.iter().filter(|alias| words(alias).len() > 1);
        let names = std::iter::once(&contact.name).chain(aliases);
        let names = names.map(|name| format!("name {}", fold(name)));
        let uid = contact.uid.iter().map(|uid| uid_key(uid));
        let uid = uid.filter(|uid| !uid.is_empty());
        // What a rename gives a contact that has none.
        let uid = uid.chain([uid_key(&uid_of_name(&contact.name))]);
        let uid = uid.map(|uid| format!("uid {uid}"));
        let emails = emails(contact).map(|email| format!("email {email}"));
        let first = words(&contact.name).into_iter().next().unwrap_or_default();
        let phones = phones(contact).map(|phone| format!("phone {} {first}", phone.key()));
        let all = names.chain(uid).chain(emails).chain(phones);
        all.map(|mark| self.mark(&mark, contact)).collect()
    }

    fn mark(&self, mark: &str, contact: &Contact) -> u64 {
        let added = contact.added.map(|day| day.to_string()).unwrap_or_default();
        xxh3_64_with_seed(format!("{added} {mark}").as_bytes(), self.salt)
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
            // Of a record that was cut off, the rest counts.
            marks: numbers.flatten().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::parse::read;
    use crate::store::{BookFile, Stamp};

    const STAMP: Stamp = Stamp {
        at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        by: "remove",
    };

    const PEOPLE: &str = "[[contacts]]\nname = 'Ana Ruiz'\nemail = 'ana@a.example'\nphone = '+34 600 000 001'\n\
                          uid = 'X-1'\naka = 'Mum'\n\n[[contacts]]\nname = 'Bo Lind'\n";

    /// Who is left of `theirs` after Ana was purged, with `ours` in the book.
    fn left(theirs: &str, ours: &str) -> Vec<String> {
        left_after(PEOPLE, theirs, ours)
    }

    /// The same, where the book was `before` once.
    fn left_after(before: &str, theirs: &str, ours: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, state) = (folder.path().join("a.toml"), folder.path().join("state"));
        let open = || {
            let waits = &mut |_: Option<&_>| {};
            let detail = crate::store::Detail::All;
            BookFile::open_to_change(&path, Some(&state), detail, STAMP, waits)
                .expect("read")
                .expect("there")
        };
        for text in [before, PEOPLE] {
            fs::write(&path, text).expect("written");
            let file = open();
            let parsed = read(file.text()).expect("a book");
            let first = parsed.book.ids().next().expect("one");
            let change = apply(file.text(), &parsed, &[Edit::Remove(first)]).expect("removed");
            file.save(&change, STAMP).expect("saved");
        }
        fs::write(&path, PEOPLE).expect("written");
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
    fn an_older_copy_of_who_was_added_again_does_not_return() {
        let again = "[[contacts]]\nname = 'Ana Ruiz'\nadded = 2026-11-20\n";
        assert_eq!(left(PEOPLE, again), ["Bo Lind"]);
        assert_eq!(left(again, again), ["Ana Ruiz"]);
        // They were added on another machine since.
        assert_eq!(left(again, "format = 1\n"), ["Ana Ruiz"]);
    }

    #[test]
    fn who_shares_something_with_them_stays() {
        let address = "email = 'ana@a.example'\n";
        let ben = format!("[[contacts]]\nname = 'Ben Ruiz'\n{address}");
        // Ben is called something else in one of the two, or got the address there.
        assert_eq!(
            left(&ben.replace("Ben", "Benjamin"), &ben),
            ["Benjamin Ruiz"]
        );
        assert_eq!(left(&ben, &ben.replace(address, "")), ["Ben Ruiz"]);
        let mum = "[[contacts]]\nname = 'Cy'\naka = 'Mum'\n";
        assert_eq!(left(mum, "format = 1\n"), ["Cy"]);
    }

    #[test]
    fn who_was_purged_is_known_by_what_they_were_called_before() {
        let before = "[[contacts]]\nname = 'Anita Cruz'\nuid = 'X-1'\nemail = 'old@a.example'\n";
        for theirs in [
            "name = 'Anita Cruz'",
            "name = 'A.'\nemail = 'old@a.example'",
            // What renaming here or there left.
            &format!("name = 'A.'\nuid = '{}'", uid_of_name("Ana Ruiz")),
        ] {
            let theirs = format!("[[contacts]]\n{theirs}\n");
            assert_eq!(
                left_after(before, &theirs, "format = 1\n"),
                [""; 0],
                "{theirs}"
            );
        }
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
