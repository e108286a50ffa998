//! What tells one person from another: addresses, numbers, links, names, in the form in which they are compared.

use super::Contact;
use super::text::{caseless, fold, is_hidden};

/// An e-mail address as it is compared; `None` for what is no address.
///
/// ```
/// use netkeep::domain::mark::email;
///
/// assert_eq!(email(" Ana@Acme.example"), email("ana@acme.example"));
/// assert_eq!(email("none"), None);
/// ```
#[must_use]
pub fn email(address: &str) -> Option<String> {
    let address = caseless(address.trim());
    let is_address = address
        .split_once('@')
        .is_some_and(|(who, place)| !who.is_empty() && !place.is_empty() && !place.contains('@'));
    (is_address && !address.contains(char::is_whitespace)).then_some(address)
}

/// A page as it is compared: how to get there (the scheme, `www.`, a country's own host) aside. `None` for the front page of
/// a site, which belongs to everybody in a firm, and for what is no page.
///
/// ```
/// use netkeep::domain::mark::link;
///
/// assert_eq!(link("https://uk.linkedin.com/in/ana-ruiz/"), link("http://www.linkedin.com/in/Ana-Ruiz"));
/// assert_eq!(link("https://acme.example/"), None);
/// ```
#[must_use]
pub fn link(page: &str) -> Option<String> {
    let page = caseless(&decoded(page.trim()));
    let page = page
        .split_once("://")
        .map_or(page.as_str(), |(_, rest)| rest);
    let page = page.split(['?', '#']).next()?.trim_end_matches('/');
    let (host, path) = page.split_once('/')?;
    if !host.contains('.') || path.is_empty() || path == "in" {
        return None;
    }
    let host = match host.strip_suffix(".linkedin.com") {
        Some(_) => "linkedin.com",
        None => host.strip_prefix("www.").unwrap_or(host),
    };
    Some(format!("{host}/{path}"))
}

/// `%C3%A9` as `é`; what is no such text stays as it is.
fn decoded(page: &str) -> String {
    let mut bytes = Vec::with_capacity(page.len());
    let mut rest = page.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        let byte = match tail {
            [high, low, ..] if *first == b'%' => hex(high).zip(hex(low)),
            _ => None,
        };
        match byte.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| page.to_owned())
}

/// A phone number as it is compared: its digits, and whether they begin with the country.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Phone {
    digits: String,
    is_whole: bool,
}

/// The fewest digits that tell one person from another; fewer are a number without its area, a short code or a slip.
const FEWEST: usize = 8;

/// So many last digits are the same however a number is written.
const SAME: usize = 8;

impl Phone {
    /// The number in a text: `+34 600 000 000`, `(0034) 600-000-000`, `0600 000 000 ext. 12`; `None` where there is none.
    #[must_use]
    pub fn new(number: &str) -> Option<Self> {
        let number = number.trim();
        let number = number.strip_prefix("tel:").unwrap_or(number);
        // What is dialled after it, and the zero that is left out abroad, are not it.
        let end = number.find(|c: char| matches!(c, ';' | ',') || c.is_alphabetic());
        let number = number[..end.unwrap_or(number.len())].replace("(0)", "");
        let is_plus = number
            .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+')
            .starts_with('+');
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let (digits, is_whole) = match digits.strip_prefix("00") {
            Some(digits) if !is_plus => (digits.to_owned(), true),
            _ => (digits, is_plus),
        };
        (digits.len() >= FEWEST).then_some(Self { digits, is_whole })
    }

    /// What two numbers have in common that may be the same.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.digits[self.digits.len().saturating_sub(SAME)..]
    }

    /// Whether the two are one number: with and without the country, a national number ends the international one, its
    /// leading zero aside.
    ///
    /// ```
    /// use netkeep::domain::mark::Phone;
    ///
    /// let same = |one, other| Phone::new(one).unwrap().is(&Phone::new(other).unwrap());
    /// assert!(same("+44 20 7946 0991", "020 7946 0991") && same("(415) 555-0134", "+1 415 555 0134"));
    /// assert!(!same("+33 1 99 00 12 34", "+34 1 99 00 12 34"));
    /// ```
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let (long, short) =
            if self.is_whole || !other.is_whole && self.digits.len() > other.digits.len() {
                (self, other)
            } else {
                (other, self)
            };
        if long.is_whole == short.is_whole && long.digits.len() == short.digits.len()
            || short.is_whole
        {
            return long.digits == short.digits;
        }
        let national = short.digits.strip_prefix('0').unwrap_or(&short.digits);
        long.digits == short.digits || national.len() >= SAME && long.digits.ends_with(national)
    }
}

/// A name as it is compared; what stands in brackets at its end only tells namesakes apart.
#[must_use]
pub fn name(name: &str) -> String {
    let trimmed = name.trim();
    let base = trimmed
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
        .map(|(base, _)| base)
        .filter(|base| !fold(base).is_empty());
    whole_name(base.unwrap_or(trimmed))
}

/// A name with its brackets as it is compared. One of nothing but signs is as it is.
#[must_use]
pub fn whole_name(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        name.trim().to_owned()
    } else {
        folded
    }
}

/// The UID of a contact that has none of its own, worked out from the name: the same in every export.
///
/// Source: RFC 9562, 5.8: a UUID of version 8, here made of the name's XXH3 checksum.
///
/// ```
/// let uid = netkeep::domain::mark::uid_of_name("Ana Ruiz");
/// assert!(uid.starts_with("urn:uuid:") && uid.len() == 45);
/// ```
#[must_use]
pub fn uid_of_name(name: &str) -> String {
    let sum = xxhash_rust::xxh3::xxh3_128(name.as_bytes());
    let sum = sum & !(0xf000 << 64) & !(0xc << 60) | 0x8000 << 64 | 0x8 << 60;
    let hex = format!("{sum:032x}");
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// The UID under which a contact is known outside of the book: its own, else that of its name.
#[must_use]
pub fn uid(contact: &Contact) -> String {
    contact
        .uid
        .clone()
        .filter(|uid| !uid_key(uid).is_empty())
        .unwrap_or_else(|| uid_of_name(&contact.name))
}

/// A UID as it is compared: `urn:uuid:`, case, blanks and characters that nobody sees say nothing.
#[must_use]
pub fn uid_key(uid: &str) -> String {
    let seen = uid.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c));
    let uid = seen.collect::<String>().to_ascii_lowercase();
    uid.strip_prefix("urn:uuid:").unwrap_or(&uid).to_owned()
}

/// Words before and after a name that are none of it.
const TITLES: [&str; 20] = [
    "dr", "prof", "mr", "mrs", "ms", "herr", "frau", "phd", "msc", "bsc", "mba", "llm", "cpa",
    "pmp", "cfa", "jr", "sr", "esq", "iii", "dipl",
];

/// Whether a folded word is a title, a degree or the like.
#[must_use]
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether two names may be one person's: the one has every word of the other, titles aside; an initial stands for a word.
///
/// ```
/// use netkeep::domain::mark::may_be_one;
///
/// assert!(may_be_one("Dr. Camille Jo Moreau", "Camille Moreau") && may_be_one("A. Ruiz", "Ana Ruiz"));
/// assert!(!may_be_one("Ana Ruiz", "Ana Lind") && !may_be_one("Ana Ruiz", "Bo Ruiz"));
/// ```
#[must_use]
pub fn may_be_one(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(name);
    let [mut short, mut long] = [&one, &other].map(|name| {
        let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
        let plain: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !is_title(word))
            .collect();
        if plain.is_empty() { words } else { plain }
    });
    if short.is_empty() || long.is_empty() {
        return false;
    }
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    // The longest choose first, so that an initial takes none of their words.
    short.sort_by_key(|word| std::cmp::Reverse(word.len()));
    short.into_iter().all(|word| {
        let is_it = |other: &&str| {
            *other == word
                || is_initial(word) && other.starts_with(word)
                || is_initial(other) && word.starts_with(*other)
        };
        let found = long.iter().position(is_it);
        found.map(|at| long.swap_remove(at)).is_some()
    })
}

/// A firm as it is compared: what kind of firm it is says nothing.
///
/// ```
/// use netkeep::domain::mark::company;
///
/// assert_eq!(company("Halcyon Works, Inc."), company("HALCYON WORKS"));
/// ```
#[must_use]
pub fn company(name: &str) -> String {
    const KINDS: [&str; 22] = [
        "inc", "ltd", "limited", "llc", "llp", "plc", "corp", "co", "gmbh", "ag", "kg", "ug", "ab",
        "as", "oy", "aps", "sa", "sl", "sarl", "srl", "bv", "nv",
    ];
    let folded = whole_name(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| KINDS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// A letter of an alphabet; in other scripts one sign is a word.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn phones(one: &str, other: &str, same: bool) {
        let [one, other] = [one, other].map(|number| Phone::new(number).expect("a number"));
        assert_eq!(one.is(&other), same, "{one:?} {other:?}");
        assert_eq!(other.is(&one), same, "{other:?} {one:?}");
        assert!(!same || one.key() == other.key());
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("+34 600 000 001", "0034600000001"),
            ("+34 600 000 001", "600-000-001"),
            ("+44 (0)20 7946 0991", "020 7946 0991"),
            ("+47 22 55 50 10", "22555010"),
            ("+1-415-555-0188", "tel:+1-415-555-0188;ext=12"),
            ("(415) 555-0134 x12", "+1 415 555 0134"),
            ("+39 06 1234 5678", "06 1234 5678"),
            ("\u{202a}+49 30 555 0123\u{202c}", "030 5550123"),
        ] {
            phones(one, other, true);
        }
        for (one, other) in [
            ("+33 1 99 00 12 34", "+34 1 99 00 12 34"),
            ("+36 1 555 0101", "+36 1 555 0102"),
            ("0155501234", "0255501234"),
        ] {
            phones(one, other, false);
        }
        for none in ["", "555-0142", "BusinessPhone", "ext. 12", "112"] {
            assert_eq!(Phone::new(none), None, "{none}");
        }
    }

    #[test]
    fn a_link_is_the_same_however_one_gets_there() {
        let same = "linkedin.com/in/tobias-angstrom-77";
        for page in [
            "https://www.linkedin.com/in/tobias-%C3%A5ngstr%C3%B6m-77",
            "http://se.linkedin.com/in/tobias-ångström-77/?trk=x",
            "linkedin.com/in/Tobias-Ångström-77",
        ] {
            assert_eq!(link(page).as_deref(), Some(same), "{page}");
        }
        for none in [
            "https://www.linkedin.com/in/",
            "acme.example",
            "http://a.example/",
            "ana",
            "",
        ] {
            assert_eq!(link(none), None, "{none}");
        }
        assert_eq!(link("a.example/%zz%4").as_deref(), Some("a.example/%zz%4"));
    }

    #[test]
    fn brackets_tell_namesakes_apart_and_are_no_name() {
        assert_eq!(name("Ana Ruiz (Acme, Inc.)"), "ana ruiz");
        assert_eq!(name("Wen Li (李文)"), "wen li");
        assert_eq!(name("(Ana)"), "ana");
    }

    #[test]
    fn names_may_be_one_persons_or_not() {
        for (one, other) in [
            ("Ana Ruiz", "Ruiz, Ana"),
            ("Ana Maria Ruiz Lopez", "Ana Ruiz"),
            ("A. M. Ruiz", "Ana Maria Ruiz"),
            ("José", "jose garcia"),
            ("Anna Lang-Becker", "Dr. Becker, Anna"),
            ("Ana Ruiz (Acme)", "Ana Ruiz (Globex)"),
        ] {
            assert!(
                may_be_one(one, other) && may_be_one(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [
            ("John Smith", "Mary Smith"),
            ("Thomas Müller", "Thomas Weber"),
            ("Erik Berg", "Erika Berg"),
            ("王 芳", "王 芳华"),
            ("Anna Schmidt", "Anna Kowalski"),
            ("Bo", "Ana"),
            ("", "Ana"),
            ("—", "/"),
        ] {
            assert!(
                !may_be_one(one, other) && !may_be_one(other, one),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn a_uid_is_worked_out_from_the_name() {
        let uid = uid_of_name("Ana Ruiz");
        assert_eq!(uid, uid_of_name("Ana Ruiz"));
        assert_ne!(uid, uid_of_name("Ana Ruis"));
        assert_eq!((&uid[23..24], &uid[27..28]), ("8", "-"));
        assert!(matches!(&uid[28..29], "8" | "9" | "a" | "b"));
        assert_eq!(uid_key("URN:UUID:0B8A"), uid_key("0b8a"));
    }
}
