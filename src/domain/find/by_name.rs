//! Finds the contacts that a typed name means.

use std::cell::OnceCell;

use super::near_misses::near_misses;
use crate::domain::identity::match_key::Phone;
use crate::domain::text::{is_one_spelling, reading, spellings};
use crate::domain::{Book, ContactId};

/// The result of looking for a typed name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NameMatch {
    /// Exactly one contact.
    One(ContactId),
    /// Several contacts, in file order.
    Many(Vec<ContactId>),
    /// No contact; these have similar names, at most three.
    Nobody(Vec<ContactId>),
}

impl From<Vec<ContactId>> for NameMatch {
    /// What was found, without similar names.
    fn from(ids: Vec<ContactId>) -> Self {
        match ids.as_slice() {
            [] => Self::Nobody(vec![]),
            [one] => Self::One(*one),
            _ => Self::Many(ids),
        }
    }
}

impl NameMatch {
    /// The contacts that were found.
    pub(crate) fn into_ids(self) -> Vec<ContactId> {
        match self {
            Self::One(id) => vec![id],
            Self::Many(ids) => ids,
            Self::Nobody(_) => vec![],
        }
    }
}

/// Finds the contacts that `typed` means.
///
/// The first of these ways with a match decides: the exact name; a whole name, another name, an e-mail address or a phone
/// number, ignoring case, accents and how a letter with a mark is spelled; whole words of a name, in any order; starts of its
/// words; any part of it. A hyphen stands for a space. Matching is never fuzzy: a typo matches no contact.
pub fn find(book: &Book, typed: &str) -> NameMatch {
    NameIndex::of(book).find(typed)
}

/// The names in a book, each folded once however many typed names are looked for.
pub(crate) struct NameIndex<'b> {
    book: &'b Book,
    written: OnceCell<FoldedNames>,
    read: OnceCell<FoldedNames>,
}

type FoldedNames = Vec<(ContactId, String)>;

/// Words that stand between others in a sentence. Among several names, they mean only who has them as a whole word of a name.
const JOINING: [&str; 11] = [
    "at", "et", "for", "from", "in", "into", "of", "the", "to", "und", "with",
];

/// Whether a typed word only joins others, and so begins nobody's name.
pub(crate) fn is_joining(typed: &str) -> bool {
    JOINING.contains(&typed.to_lowercase().as_str())
}

type NameRank = fn(typed: &str, name: &str) -> bool;

/// The ways in which a part of a name may match: as written, and if nothing does, as read in Latin letters.
struct PartialWays {
    written: &'static [NameRank],
    read: &'static [NameRank],
}

/// Whole words, in any order; starts of words; any part.
const RANKS: [NameRank; 3] = [
    |typed, name| each_has_its_own(typed, name, |typed, word| typed == word),
    |typed, name| each_has_its_own(typed, name, |typed, word| word.starts_with(typed)),
    |typed, name| name.contains(typed),
];

/// For readings, which have not been compared as a whole yet; a part of a reading is too weak a match.
const READINGS: [NameRank; 3] = [|typed, name| typed == name, RANKS[0], RANKS[1]];

const ANY_PART: PartialWays = PartialWays {
    written: &RANKS,
    read: &READINGS,
};

const STARTS: PartialWays = PartialWays {
    written: &[RANKS[0], RANKS[1]],
    read: &READINGS,
};

const WHOLE_WORDS: PartialWays = PartialWays {
    written: &[RANKS[0]],
    read: &[READINGS[0], READINGS[1]],
};

impl<'b> NameIndex<'b> {
    pub(crate) fn of(book: &'b Book) -> Self {
        Self {
            book,
            written: OnceCell::new(),
            read: OnceCell::new(),
        }
    }

    pub(crate) fn book(&self) -> &'b Book {
        self.book
    }

    /// Finds the contacts that `typed` means, in any way.
    pub(crate) fn find(&self, typed: &str) -> NameMatch {
        match self.found(typed) {
            NameMatch::Nobody(_) => NameMatch::Nobody(near_misses(self.book, &[typed])),
            found => found,
        }
    }

    /// Whether `typed` means anyone, in any way.
    pub(crate) fn is_anyone(&self, typed: &str) -> bool {
        !matches!(self.found(typed), NameMatch::Nobody(_))
    }

    /// Finds the contacts that `typed` means, but no similar names: that takes long.
    fn found(&self, typed: &str) -> NameMatch {
        self.ids(typed, &ANY_PART).into()
    }

    /// Finds the contacts that all the arguments `typed` mean, with the text that means each.
    ///
    /// Together they are one contact if they are its whole name, or whole words of it and of no other; else each is looked for
    /// alone. Starts and parts of words do not count together: `ana bo` is two people, not Ana Bolt. What an "and" or a comma
    /// divides is looked for part by part.
    pub(crate) fn find_all(&self, typed: &[String]) -> Vec<(String, NameMatch)> {
        let joint = typed.join(" ");
        let together = match typed {
            [_, _, ..] => self.words(&joint),
            _ => vec![],
        };
        if let [one] = together.as_slice() {
            return vec![(joint, NameMatch::One(*one))];
        }
        let parts = divided(typed);
        if parts.len() > 1 {
            return parts.iter().flat_map(|part| self.find_all(part)).collect();
        }
        let found = |word: &String| match typed {
            [_, _, ..] if is_joining(word) => NameMatch::from(self.words(word)),
            _ => self.found(word),
        };
        let alone = typed.iter().map(|word| (word.clone(), found(word)));
        let mut alone: Vec<(String, NameMatch)> = alone.collect();
        let is_one = |(_, found): &(String, NameMatch)| matches!(found, NameMatch::One(_));
        if !together.is_empty() && !alone.iter().all(is_one) {
            return vec![(joint, NameMatch::Many(together))];
        }
        // Only the first that is not found is reported.
        let missing = |(_, found): &&mut (String, NameMatch)| matches!(found, NameMatch::Nobody(_));
        if let Some((word, found)) = alone.iter_mut().find(missing)
            && !is_joining(word)
        {
            *found = NameMatch::Nobody(near_misses(self.book, &[&joint, word]));
        }
        alone
    }

    /// The contacts of which `typed` is the whole name or whole words.
    pub(crate) fn words(&self, typed: &str) -> Vec<ContactId> {
        self.ids(typed, &WHOLE_WORDS)
    }

    /// The same, or that have words which start with those of `typed`.
    pub(crate) fn starts(&self, typed: &str) -> Vec<ContactId> {
        self.ids(typed, &STARTS)
    }

    /// The contacts with exactly this name, else those of which `typed` is the whole name or another name.
    pub(crate) fn whole(&self, typed: &str) -> Vec<ContactId> {
        let named = |is: &dyn Fn(&str) -> bool| -> Vec<ContactId> {
            let is_named = |id: &ContactId| self.book.contact(*id).names().any(|name| is(name));
            self.book.ids().filter(is_named).collect()
        };
        let exactly = self.exactly(typed.trim());
        if exactly.is_empty() {
            named(&|name| name == typed || is_one_spelling(name, typed))
        } else {
            exactly
        }
    }

    /// The contacts that the first of the ways finds that finds any.
    fn ids(&self, typed: &str, ways: &PartialWays) -> Vec<ContactId> {
        let typed = typed.trim();
        if typed.is_empty() {
            return vec![];
        }
        let exactly = self.exactly(typed);
        if exactly.is_empty() {
            self.by_folded(typed, ways)
        } else {
            exactly
        }
    }

    fn exactly(&self, typed: &str) -> Vec<ContactId> {
        let is_it = |id: &ContactId| self.book.contact(*id).name == typed;
        self.book.ids().filter(is_it).collect()
    }

    /// Every way of matching except the exact name. Folding a name takes longer than comparing it several times.
    fn by_folded(&self, typed: &str, ways: &PartialWays) -> Vec<ContactId> {
        let folded = spellings(typed);
        let names = self.written.get_or_init(|| all_names(self.book, spellings));
        let found = by_whole(self.book, typed, &folded, names);
        if !found.is_empty() || folded[0].is_empty() {
            return found;
        }
        let by = |ranks: &[NameRank], names: &FoldedNames| {
            let found = ranks.iter().map(|rank| by_rank(names, &folded, *rank));
            found.into_iter().find(|found| !found.is_empty())
        };
        // Latin letters may be the reading of a name in another script, if no name matches as written.
        let by_reading = || {
            let readings = || all_names(self.book, |name| vec![reading(name)]);
            let is_latin = folded[0].is_ascii();
            is_latin.then(|| by(ways.read, self.read.get_or_init(readings)))?
        };
        by(ways.written, names)
            .or_else(by_reading)
            .unwrap_or_default()
    }
}

/// What people type between two names.
const AND: [&str; 3] = ["and", "&", "+"];

/// The parts into which an "and" or a comma at the end of an argument divides them.
fn divided(typed: &[String]) -> Vec<Vec<String>> {
    let parts = typed.split(|word| AND.contains(&word.to_lowercase().as_str()));
    let parts = parts.flat_map(|part| part.split_inclusive(|word| word.ends_with(',')));
    let parts = parts.map(|part| {
        let words = part.iter().map(|word| word.trim_end_matches(','));
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Every name in the book, folded, in all its `forms`.
pub(super) fn all_names(book: &Book, forms: fn(&str) -> Vec<String>) -> Vec<(ContactId, String)> {
    let mut all = Vec::with_capacity(book.contacts.len());
    for id in book.ids() {
        for name in book.contact(id).names() {
            all.extend(forms(name).into_iter().map(|form| (id, form)));
        }
    }
    all
}

/// Whether each typed word matches a different word of the name; the longest choose first.
pub(super) fn each_has_its_own(typed: &str, name: &str, fits: fn(&str, &str) -> bool) -> bool {
    let mut typed: Vec<&str> = typed.split(' ').collect();
    typed.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut words: Vec<&str> = name.split(' ').collect();
    typed.into_iter().all(|typed| {
        let found = words.iter().position(|word| fits(typed, word));
        found.map(|at| words.swap_remove(at)).is_some()
    })
}

fn by_rank(names: &[(ContactId, String)], typed: &[String], rank: NameRank) -> Vec<ContactId> {
    let meant = names
        .iter()
        .filter(|(_, name)| typed.iter().any(|typed| rank(typed, name)));
    let mut ids: Vec<ContactId> = meant.map(|(id, _)| *id).collect();
    ids.dedup();
    ids
}

/// Matches the whole name, as typed or folded, or a whole e-mail address or phone number.
fn by_whole(
    book: &Book,
    typed: &str,
    folded: &[String],
    names: &[(ContactId, String)],
) -> Vec<ContactId> {
    let copied = address_in(typed);
    let address = copied.to_lowercase();
    let is_address = |email: &String| email.trim().to_lowercase() == address;
    let number = Phone::typed(copied);
    let is_number = |text: &String| {
        let number = number.as_ref();
        number.is_some_and(|number| Phone::all_to_dial(text).any(|other| number.reaches(&other)))
    };
    let is_meant = |id: &ContactId| {
        let contact = book.contact(*id);
        contact.aka.iter().any(|name| name == typed)
            || contact.email.iter().any(is_address)
            || contact.phone.iter().any(is_number)
    };
    let mut ids = by_rank(names, folded, |typed, name| {
        !typed.is_empty() && typed == name
    });
    ids.extend(book.ids().filter(is_meant));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The address in a text as programs copy it: `Ana Ruiz <ana@acme.example>`, `mailto:ana@acme.example`, `tel:+34600000000`.
fn address_in(text: &str) -> &str {
    let inner = text
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.strip_suffix('>'));
    let text = inner.unwrap_or(text).trim();
    let mut schemes = ["mailto:", "tel:"].into_iter();
    schemes
        .find_map(|scheme| text.strip_prefix(scheme))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;

    fn book() -> Book {
        let contact = |name: &str| Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        let contacts = [
            Contact {
                aka: vec!["Ani".to_owned()],
                email: vec!["ana@acme.example".to_owned()],
                ..contact("Ana Ruiz")
            },
            contact("José"),
            contact("Jos"),
            contact("Anatole Kern"),
            contact("Jean-Luc Ruiz"),
            contact("Seán O’Brien"),
            contact("李小龙"),
            contact("Ruiz"),
            contact("👩‍🚀"),
            contact("黎明"),
            contact("Ана"),
            contact("Jürgen Müller"),
            contact("Ole Moeller"),
            contact("山田 太郎"),
        ];
        contacts.into_iter().collect()
    }

    #[track_caller]
    fn case(typed: &str, expected: &[&str]) {
        let book = book();
        let ids = match find(&book, typed) {
            NameMatch::One(id) => vec![id],
            NameMatch::Many(ids) => ids,
            NameMatch::Nobody(_) => vec![],
        };
        let names: Vec<&str> = ids
            .iter()
            .map(|id| book.contact(*id).name.as_str())
            .collect();
        assert_eq!(names, expected, "{typed}");
    }

    #[test]
    fn a_whole_name_decides() {
        case("Ruiz", &["Ruiz"]);
        case("ruiz", &["Ruiz"]);
        case("ani", &["Ana Ruiz"]);
        case("ANA@acme.example", &["Ana Ruiz"]);
        case("<ana@acme.example>", &["Ana Ruiz"]);
        case("A. Ruiz <ana@acme.example>", &["Ana Ruiz"]);
        case("mailto:Ana@acme.example", &["Ana Ruiz"]);
        case("ana-ruiz", &["Ana Ruiz"]);
        case("jean luc ruiz", &["Jean-Luc Ruiz"]);
    }

    #[test]
    fn accents_and_case_do_not_matter_unless_they_tell_people_apart() {
        case("jose", &["José"]);
        case("Jos", &["Jos"]);
        case("jos", &["Jos"]);
        case("sean o'brien", &["Seán O’Brien"]);
        case("obrien", &["Seán O’Brien"]);
    }

    #[test]
    fn a_letter_with_a_mark_may_be_typed_as_two() {
        for typed in [
            "mueller",
            "muller",
            "Müller",
            "juergen",
            "jurgen mueller",
            "mueller-juergen",
            "muel",
            "uelle",
        ] {
            case(typed, &["Jürgen Müller"]);
        }
        case("Møller", &["Ole Moeller"]);
        case("moller", &[]);
        case("Mö", &["Ole Moeller"]);
    }

    #[test]
    fn a_blank_between_east_asian_names_does_not_matter() {
        case("李 小龙", &["李小龙"]);
        case("山田太郎", &["山田 太郎"]);
        case("山田\u{3000}太郎", &["山田 太郎"]);
        case("太郎 山田", &["山田 太郎"]);
        case("山田太", &["山田 太郎"]);
    }

    #[test]
    fn words_come_before_starts_and_starts_before_parts() {
        case("ana", &["Ana Ruiz"]);
        case("ruiz ana", &["Ana Ruiz"]);
        case("an", &["Ana Ruiz", "Anatole Kern"]);
        case("ru an", &["Ana Ruiz"]);
        case("tole", &["Anatole Kern"]);
        case("ana ana", &[]);
        case("a n a", &[]);
        case("ru a", &["Ana Ruiz"]);
        case("kern anatole", &["Anatole Kern"]);
    }

    #[test]
    fn other_scripts_are_found_as_written_and_as_read() {
        case("李小龙", &["李小龙"]);
        case("小龙", &["李小龙"]);
        case("xiao", &["李小龙"]);
        case("👩‍🚀", &["👩‍🚀"]);
        case("li ming", &["黎明"]);
        case("李明", &[]);
        case("astronaut", &[]);
        case("ana", &["Ana Ruiz"]);
    }

    #[test]
    fn a_typo_finds_nobody_and_suggests_similar_names() {
        let book = book();
        assert_eq!(
            find(&book, "anna riuz"),
            NameMatch::Nobody(vec![ContactId(0)])
        );
        assert_eq!(find(&book, "zzzz"), NameMatch::Nobody(vec![]));
        assert_eq!(find(&book, ""), NameMatch::Nobody(vec![]));
    }

    #[test]
    fn several_arguments_are_one_contact_by_whole_words_only() {
        let book = book();
        let names = NameIndex::of(&book);
        let found = |typed: &str| {
            let typed: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            names.find_all(&typed)
        };
        let one = |typed: &str, id: usize| (typed.to_owned(), NameMatch::One(ContactId(id)));
        assert_eq!(found("ana ruiz"), [one("ana ruiz", 0)]);
        assert_eq!(found("kern anatole"), [one("kern anatole", 3)]);
        assert_eq!(found("juergen mueller"), [one("juergen mueller", 11)]);
        assert_eq!(found("山田 太郎"), [one("山田 太郎", 13)]);
        assert_eq!(found("li ming"), [one("li ming", 9)]);
        assert_eq!(found("kern tole"), [one("kern", 3), one("tole", 3)]);
        let both = [one("ana ruiz", 0), one("kern anatole", 3)];
        for typed in [
            "ana ruiz and kern anatole",
            "ana ruiz & kern anatole",
            "ana ruiz, kern anatole",
        ] {
            assert_eq!(found(typed), both, "{typed}");
        }
        assert_eq!(found("ruiz, ana"), [one("ruiz, ana", 0)]);
        assert_eq!(found("ani jos"), [one("ani", 0), one("jos", 2)]);
        let nobody = |typed: &str| (typed.to_owned(), NameMatch::Nobody(vec![]));
        assert_eq!(found("kern to"), [one("kern", 3), nobody("to")]);
        assert_eq!(
            found("ana riuz"),
            [
                one("ana", 0),
                (
                    "riuz".to_owned(),
                    NameMatch::Nobody(vec![ContactId(0), ContactId(7), ContactId(4)])
                )
            ]
        );
    }
}
