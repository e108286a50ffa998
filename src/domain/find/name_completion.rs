//! The contacts that a partly typed name may mean.

use chrono::NaiveDate;

use super::by_name::all_names;
use crate::domain::due::rule::{order, standing};
use crate::domain::text::{is_east_asian, reading, spellings};
use crate::domain::{Book, ContactId};

/// A contact that a partly typed name may mean.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NameCompletion {
    pub(crate) id: ContactId,
    /// The typed text completed to this name, for shells that accept only completions starting with it exactly; `None` if
    /// there is no such completion.
    pub(crate) as_typed: Option<String>,
}

/// The contacts that `typed` may mean, in book order. All contacts if nothing is typed.
///
/// The first of these ways with a match decides: one of the names starts with it; words of a name start with its words, in
/// any order. Case and accents are ignored, a hyphen stands for a space, and Latin letters may be the reading of a name in
/// another script.
pub(crate) fn name_completions(book: &Book, typed: &str) -> Vec<NameCompletion> {
    // The longer spelling first: it leaves less to type.
    let starts: Vec<String> = spellings(typed).into_iter().rev().collect();
    if starts.iter().any(String::is_empty) {
        let all = book.ids().filter(|_| typed.trim().is_empty());
        return all
            .map(|id| NameCompletion { id, as_typed: None })
            .collect();
    }
    let names = all_names(book, spellings);
    let mut found = by_name(&names, typed, &starts);
    if found.is_empty() {
        found = by_words(&names, typed, &starts);
    }
    if found.is_empty() && starts[0].is_ascii() {
        let readings = all_names(book, |name| vec![reading(name)]);
        found = by_name(&readings, typed, &starts);
    }
    found.dedup_by_key(|one| one.id);
    found
}

fn by_name(names: &[(ContactId, String)], typed: &str, starts: &[String]) -> Vec<NameCompletion> {
    let of_one = |(id, name): &(ContactId, String)| {
        let rest = starts.iter().find_map(|start| name.strip_prefix(start))?;
        let ends = |c: char| c == ' ' || is_east_asian(c);
        let is_meant = !is_ended(typed) || rest.is_empty() || rest.starts_with(ends);
        is_meant.then(|| NameCompletion {
            id: *id,
            as_typed: Some(continued(typed, rest)),
        })
    };
    names.iter().filter_map(of_one).collect()
}

fn by_words(names: &[(ContactId, String)], typed: &str, starts: &[String]) -> Vec<NameCompletion> {
    let of_start = |(id, name): &(ContactId, String), start: &String| {
        let mut words: Vec<&str> = name.split(' ').collect();
        let mut meant = Vec::new();
        for typed in start.split(' ') {
            let at = words.iter().position(|word| word.starts_with(typed))?;
            meant.push(words.remove(at));
        }
        let turned = [meant, words].concat().join(" ");
        let rest = turned.strip_prefix(start.as_str());
        Some(NameCompletion {
            id: *id,
            as_typed: rest.map(|rest| continued(typed, rest)),
        })
    };
    let of_one = |name| starts.iter().find_map(|start| of_start(name, start));
    names.iter().filter_map(of_one).collect()
}

/// The typed text followed by the rest of a folded name, as one word.
fn continued(typed: &str, rest: &str) -> String {
    let rest = if is_ended(typed) {
        rest.trim_start()
    } else {
        rest
    };
    format!("{typed}{}", rest.replace(' ', "-"))
}

fn is_ended(typed: &str) -> bool {
    typed.ends_with(|c: char| c == '-' || c.is_whitespace())
}

/// Moves the contacts due by the end of the week to the front, the highest pressure first; the others keep their order.
/// `id_of` says which contact an entry is about.
pub(crate) fn due_first<T>(
    book: &Book,
    found: Vec<T>,
    today: NaiveDate,
    id_of: impl Fn(&T) -> ContactId,
) -> Vec<T> {
    let week_end = book.week.last_day(today);
    let of_one = |one: T| {
        let standing = standing(book, id_of(&one), today);
        (standing.is_due_by(week_end).then_some(standing), one)
    };
    let mut found: Vec<_> = found.into_iter().map(of_one).collect();
    found.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => order(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    found.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::by_name::{NameMatch, find};
    use super::*;
    use crate::domain::{Contact, Touch};

    fn book() -> Book {
        let named = |name: &str| Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        let ana = Contact {
            aka: vec!["Ani".to_owned()],
            ..named("Ana Ruiz")
        };
        let others = ["Anatole Kern", "Jean-Luc Ruiz", "José Ángel Peña"];
        let more = ["Seán O’Brien", "李小龙", "Bo Anders", "Ana Maria Ruiz"];
        let more = more.into_iter().chain(["Jürgen Müller", "Ole Moeller"]);
        let others = others.into_iter().chain(more).map(named);
        std::iter::once(ana).chain(others).collect()
    }

    #[track_caller]
    fn case(typed: &str, expected: &[&str]) {
        let book = book();
        let found = name_completions(&book, typed);
        let names = found.iter().map(|one| book.contact(one.id).name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), expected, "{typed}");
        for one in found {
            let Some(text) = one.as_typed else { continue };
            assert!(text.starts_with(typed), "{text}");
            // Words in any order may also match other contacts.
            match find(&book, &text) {
                NameMatch::One(id) => assert_eq!(id, one.id, "{text}"),
                NameMatch::Many(ids) => assert!(ids.contains(&one.id), "{text}"),
                NameMatch::Nobody(_) => panic!("{text} finds nobody"),
            }
        }
    }

    #[test]
    fn the_whole_name_decides_before_its_words() {
        case("an", &["Ana Ruiz", "Anatole Kern", "Ana Maria Ruiz"]);
        case("ANA", &["Ana Ruiz", "Anatole Kern", "Ana Maria Ruiz"]);
        case("Ana R", &["Ana Ruiz"]);
        case("ana-r", &["Ana Ruiz"]);
        case("ana ", &["Ana Ruiz", "Ana Maria Ruiz"]);
        case("ana-", &["Ana Ruiz", "Ana Maria Ruiz"]);
        case("and", &["Bo Anders"]);
        case("ru", &["Ana Ruiz", "Jean-Luc Ruiz", "Ana Maria Ruiz"]);
        case("ru ana m", &["Ana Maria Ruiz"]);
        case("uiz", &[]);
        case("zz", &[]);
    }

    #[test]
    fn what_was_typed_is_continued() {
        let book: Book = [Contact {
            name: "José Ruiz".to_owned(),
            ..Contact::default()
        }]
        .into_iter()
        .collect();
        for (typed, expected) in [("jos", "jose-ruiz"), ("ru", "ruiz-jose")] {
            let found = name_completions(&book, typed);
            assert_eq!(found[0].as_typed.as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_names_accents_and_scripts_are_no_matter() {
        case("ani", &["Ana Ruiz"]);
        case("jose an", &["José Ángel Peña"]);
        case("pena", &["José Ángel Peña"]);
        case("o'b", &["Seán O’Brien"]);
        case("sean o", &["Seán O’Brien"]);
        case("李", &["李小龙"]);
        case("li x", &["李小龙"]);
        case("李 小", &["李小龙"]);
        case("李 ", &["李小龙"]);
        for typed in ["mue", "Mü", "mul", "juergen m", "jurgen-mue"] {
            case(typed, &["Jürgen Müller"]);
        }
        case("Mö", &["Ole Moeller"]);
    }

    #[test]
    fn contacts_that_are_due_come_first() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let every = |weeks: &str, last: &str, name: &str| Contact {
            name: name.to_owned(),
            cadence: Some(weeks.parse().expect("a cadence")),
            touches: vec![Touch::on(day(last))],
            ..Contact::default()
        };
        let book: Book = [
            Contact {
                name: "Ann".to_owned(),
                ..Contact::default()
            },
            every("4 weeks", "2026-11-20", "Anna"),
            every("4 weeks", "2026-10-20", "Anka"),
            every("2 weeks", "2026-10-20", "Anton"),
        ]
        .into_iter()
        .collect();
        let found = due_first(
            &book,
            name_completions(&book, "an"),
            day("2026-11-23"),
            |one| one.id,
        );
        let names = found.iter().map(|one| book.contact(one.id).name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["Anton", "Anka", "Ann", "Anna"]);
    }

    #[test]
    fn an_empty_word_matches_everyone_and_a_sign_nobody() {
        assert_eq!(name_completions(&book(), "").len(), 10);
        assert_eq!(name_completions(&book(), " ").len(), 10);
        case("—", &[]);
    }
}
