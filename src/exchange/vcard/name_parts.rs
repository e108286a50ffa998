//! Splits a name into the parts that a card has for it. Phones sort by them, and some show nothing else.
//!
//! Source: RFC 6350, 6.2.2: family names; given names; additional names; prefixes; suffixes.

use super::card_names::is_east_asian;
use crate::domain::Contact;
use crate::domain::identity::match_key;
use crate::domain::text::fold;

/// Words with which a family name begins, in small letters and with a capital.
const PARTICLES: [&str; 27] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "el", "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "zu", "zur",
];
const CAPITALS: [&str; 23] = [
    "Bin", "Da", "Das", "De", "Del", "Della", "Den", "Der", "Des", "Di", "Dos", "Du", "El", "La",
    "Le", "Saint", "San", "St", "St.", "Ten", "Ter", "Van", "Von",
];

/// Degrees, honours and numbers after a name, besides the titles by which people are matched.
const SUFFIXES: [&str; 22] = [
    "2nd", "3rd", "ba", "bs", "cbe", "cfp", "dds", "dphil", "dvm", "edd", "ii", "iv", "jd", "ma",
    "mbe", "md", "mpa", "mph", "ms", "obe", "pe", "rn",
];

/// What makes the name of a firm after a comma.
const FIRMS: [&str; 10] = [
    "ag", "co", "corp", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc",
];

/// Family name, given name, nothing, titles before and titles after. The brackets that tell namesakes apart follow the family name,
/// because some programs show only the family and given names. A company's whole name is its family name.
pub(super) fn name_parts(contact: &Contact) -> [String; 5] {
    let name = contact.name.as_str();
    let is_company = |company: &str| fold(company) == fold(name);
    if contact.company.as_deref().is_some_and(is_company) {
        return [name, "", "", "", ""].map(str::to_owned);
    }
    let base = match_key::bracketed(name).map_or(name, |(base, _)| base);
    let bracket = &name[base.len()..];
    let NameParts {
        family,
        given,
        before,
        after,
    } = at_a_comma(base).unwrap_or_else(|| in_order(base));
    let family = format!("{family}{bracket}").trim_end().to_owned();
    [family, given, String::new(), before, after]
}

#[derive(Default)]
struct NameParts {
    family: String,
    given: String,
    /// Titles before and after the name.
    before: String,
    after: String,
}

/// `Smith, James` and `Smith, James, Jr.`; `None` for a name with no comma before the given name.
fn at_a_comma(name: &str) -> Option<NameParts> {
    let is_of_names =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || ",.'’‘`-‐()·・&/".contains(c);
    if !name.chars().all(is_of_names) {
        return None;
    }
    let (family, rest) = name.split_once(',')?;
    let has_small = family.contains(char::is_lowercase);
    // `Priya Rao, PMP, MBA`
    let is_after = |piece: &&str| {
        let mut words = piece.split_whitespace();
        words.all(|word| is_title(word) || is_suffix(word) || has_small && is_shouted(word))
    };
    let pieces = rest.split(',').map(str::trim);
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let (after, given): (Vec<&str>, Vec<&str>) = pieces.partition(is_after);
    let [given] = given[..] else { return None };
    if family.trim().is_empty() {
        return None;
    }
    if FIRMS.contains(&letters(given).as_str()) {
        return Some(NameParts {
            family: name.to_owned(),
            ..NameParts::default()
        });
    }
    let (no_title, family, generation) = without_titles(family);
    let (before, given, degrees) = without_titles(given);
    Some(NameParts {
        family: family.join(" "),
        given: given.join(" "),
        before: [no_title, before].concat().join(" "),
        after: [generation, degrees, after].concat().join(" "),
    })
}

/// `James Smith`; in Chinese, Japanese and Korean letters, the family name comes first.
fn in_order(name: &str) -> NameParts {
    let (before, words, after) = without_titles(name);
    let (given, family) = match words.as_slice() {
        [] => (vec![], vec![name]),
        [family, given @ ..] if words.iter().all(|word| is_east_asian(word)) => {
            (given.to_vec(), vec![*family])
        }
        words => {
            let (given, family) = words.split_at(start_of_family(words));
            (given.to_vec(), family.to_vec())
        }
    };
    NameParts {
        family: family.join(" ").trim_end_matches(',').to_owned(),
        given: given.join(" "),
        before: before.join(" "),
        after: after.join(" "),
    }
}

/// Where the family name begins: at the last word, or at the particles before it. `Van Morrison` has none, `von Trapp` has.
fn start_of_family(words: &[&str]) -> usize {
    let (last, given) = words.split_last().unwrap_or((&"", &[]));
    let is_small = |word: &str| PARTICLES.contains(&word);
    let is_particle = |word: &&&str| is_small(word) || CAPITALS.contains(*word);
    if last.starts_with(char::is_uppercase) && given.iter().all(|word| is_small(word)) {
        return 0;
    }
    let particles = given.iter().skip(1).rev().take_while(is_particle).count();
    given.len() - particles
}

/// The titles before a name, its words, and the titles after it. A name that consists of titles is a name.
fn without_titles(name: &str) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_after = |word: &&&str| is_title(word) || is_suffix(word);
    let before = words.iter().take_while(|word| is_title(word)).count();
    let after = words.iter().rev().take_while(is_after).count();
    let end = words.len() - after;
    if before >= end {
        return (vec![], words, vec![]);
    }
    let [before, name, after] = [&words[..before], &words[before..end], &words[end..]];
    (before.to_vec(), name.to_vec(), after.to_vec())
}

/// `Ma` is a name; `MA` and `M.A.` are titles.
fn is_title(word: &str) -> bool {
    match_key::is_title(&fold(word)) && (is_marked(word) || word.len() < 4 && !word.ends_with(','))
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&letters(word).as_str()) && is_marked(word)
}

fn is_marked(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    word.contains('.') || capitals > 1 || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is an abbreviation without points, longer than an initial.
fn is_shouted(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn letters(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_into_parts() {
        for (name, parts) in [
            ("Ana Ruiz", "Ruiz;Ana;;;"),
            ("Dr. Camille Jo Moreau PhD", "Moreau;Camille Jo;;Dr.;PhD"),
            ("Priyanka Rao, PMP", "Rao;Priyanka;;;PMP"),
            ("Ana Ruiz (Acme; Inc.)", "Ruiz (Acme; Inc.);Ana;;;"),
            ("Neha", "Neha;;;;"),
            ("Holm, Eva & Bo", "Holm;Eva & Bo;;;"),
            ("Eva: Holm, Bo", "Bo;Eva: Holm,;;;"),
            ("Dr", "Dr;;;;"),
            ("Jack Ma", "Ma;Jack;;;"),
            ("Bram van den Groot", "van den Groot;Bram;;;"),
            ("Van Morrison", "Morrison;Van;;;"),
            ("John Doe Jr", "Doe;John;;;Jr"),
            ("Acme Works", "Acme Works;;;;"),
            ("Smith, James", "Smith;James;;;"),
            ("Smith, James (Acme)", "Smith (Acme);James;;;"),
            ("Smith, Dr. James R., Jr.", "Smith;James R.;;Dr.;Jr."),
            ("Smith Jr., James", "Smith;James;;;Jr."),
            ("SMITH, JAMES", "SMITH;JAMES;;;"),
            ("Smith, J.", "Smith;J.;;;"),
            ("van den Groot, Bram", "van den Groot;Bram;;;"),
            ("Ruiz Gil,Ana", "Ruiz Gil;Ana;;;"),
            ("Priya Rao, PMP, MBA", "Rao;Priya;;;PMP, MBA"),
            ("Sammy Dale, Jr.", "Dale;Sammy;;;Jr."),
            ("Tidewater Looms, Ltd.", "Tidewater Looms, Ltd.;;;;"),
            ("John Doe III", "Doe;John;;;III"),
            ("John Doe IV", "Doe;John;;;IV"),
            ("John Doe M.D.", "Doe;John;;;M.D."),
            ("山田 太郎", "山田;太郎;;;"),
            ("山田\u{3000}太郎 (東京)", "山田 (東京);太郎;;;"),
            ("やまだ たろう", "やまだ;たろう;;;"),
            ("김 민준", "김;민준;;;"),
            ("王小明", "王小明;;;;"),
            ("Emma 田中", "田中;Emma;;;"),
            ("Ursula Le Guin", "Le Guin;Ursula;;;"),
            ("Jerry Van Dyke", "Van Dyke;Jerry;;;"),
            ("Maria De la Cruz", "De la Cruz;Maria;;;"),
            ("Ana Maria Dos Santos", "Dos Santos;Ana Maria;;;"),
            ("Al Green", "Green;Al;;;"),
            ("von Trapp", "von Trapp;;;;"),
            ("de la Cruz", "de la Cruz;;;;"),
            ("al green", "green;al;;;"),
        ] {
            let contact = Contact {
                name: name.to_owned(),
                company: Some("ACME works".to_owned()),
                ..Contact::default()
            };
            assert_eq!(name_parts(&contact).join(";"), parts);
        }
    }
}
