//! What `met` says once it is known who introduced the contact: `RustConf 2024, through Bo Lind`.

use super::brought_by::named;
use super::introductions::{introducer, without_marks};
use crate::domain::{Book, ContactId};

/// `met` with the introduction by a contact of the book: their name in place of the one that is there, or at its end.
///
/// It is read back as that contact. `None` if no name of the contact is: others of the book are called almost the same.
pub(crate) fn met_through(book: &Book, met: &str, by: ContactId) -> Option<String> {
    let pieces = introducer(met);
    let is_named = named(book, std::slice::from_ref(&pieces))[0];
    if is_named.is_some_and(|named| named.id == by) {
        return Some(met.to_owned());
    }
    let place = match is_named {
        Some(named) => Some(pieces.places[named.piece].range.clone()),
        // What is nobody's name may be a channel: `via LinkedIn`.
        None => pieces
            .plain
            .clone()
            .filter(|name| !is_after_via(&met[..name.start])),
    };
    let names = book.contact(by).names().map(|name| without_marks(name));
    let texts = names.filter(|name| !name.is_empty()).flat_map(|name| {
        let in_place = place.clone().map(|place| {
            let (before, after) = (&met[..place.start], &met[place.end..]);
            format!("{before}{name}{after}")
        });
        in_place.into_iter().chain([at_the_end(met, &name)])
    });
    let texts: Vec<String> = texts.collect();
    let read: Vec<_> = texts.iter().map(|text| introducer(text)).collect();
    let found = named(book, &read);
    let at = found
        .iter()
        .position(|found| found.is_some_and(|named| named.id == by))?;
    texts.into_iter().nth(at)
}

fn is_after_via(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let start = text.rfind(|c: char| !c.is_alphanumeric());
    let word = text[start.unwrap_or(0)..].trim_start_matches(|c: char| !c.is_alphanumeric());
    word.eq_ignore_ascii_case("via")
}

fn at_the_end(met: &str, name: &str) -> String {
    let met = met.trim_end().trim_end_matches([',', ';']).trim_end();
    if met.is_empty() {
        return format!("through {name}");
    }
    format!("{met}, through {name}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::book;
    use super::*;
    use crate::domain::text::fold;

    #[test]
    fn the_name_goes_to_its_place_or_to_the_end() {
        let book = book(&[
            "Bo Lind",
            "Ana Ruiz",
            "Ana in 't Veld",
            "Ruiz, Eva",
            "李小龙",
        ]);
        for (met, by, written) in [
            ("", 0, "through Bo Lind"),
            (" ", 0, "through Bo Lind"),
            ("RustConf 2024", 0, "RustConf 2024, through Bo Lind"),
            ("RustConf 2024,\n", 0, "RustConf 2024, through Bo Lind"),
            (
                "through Ana Ruiz at RustConf",
                0,
                "through Bo Lind at RustConf",
            ),
            ("through Ana at RustConf", 0, "through Bo Lind at RustConf"),
            (
                "through Gus Tamm at RustConf",
                0,
                "through Bo Lind at RustConf",
            ),
            (
                "through Ana in 't Veld in Delft",
                0,
                "through Bo Lind in Delft",
            ),
            (
                "Kent (introduced by Ana Ruiz)",
                0,
                "Kent (introduced by Bo Lind)",
            ),
            ("via Ana Ruiz, Kent", 0, "via Bo Lind, Kent"),
            ("via LinkedIn", 0, "via LinkedIn, through Bo Lind"),
            ("Via: LinkedIn", 0, "Via: LinkedIn, through Bo Lind"),
            ("through bo at RustConf", 0, "through bo at RustConf"),
            ("Kent, through Bo Lind", 2, "Kent, through Ana in 't Veld"),
            ("Kent", 3, "Kent, through Ruiz Eva"),
            ("through Bo Lind in Kent", 4, "through 李小龙 in Kent"),
            (
                "at a fair\nin Kent",
                0,
                "at a fair\nin Kent, through Bo Lind",
            ),
            ("throughout Kent", 0, "throughout Kent, through Bo Lind"),
            ("through", 0, "through, through Bo Lind"),
        ] {
            let found = met_through(&book, met, ContactId(by));
            assert_eq!(found.as_deref(), Some(written), "{met}");
        }
    }

    #[test]
    fn another_name_serves_where_the_first_means_several() {
        let book = book(&["Smith (Acme)/Smithy", "Smith Acme", "(Lee)", "Lee", "(…)"]);
        let found = |by| met_through(&book, "", ContactId(by));
        assert_eq!(found(0).as_deref(), Some("through Smithy"));
        assert_eq!(found(1).as_deref(), Some("through Smith Acme"));
        assert_eq!(found(2), None);
        assert_eq!(found(4), None);
    }

    #[test]
    fn what_would_be_read_as_a_longer_name_goes_to_the_end() {
        let book = book(&["Bo", "Bo at Acme", "Ana"]);
        let found = met_through(&book, "through Ana at Acme", ContactId(0));
        assert_eq!(found.as_deref(), Some("through Ana at Acme, through Bo"));
    }

    const WORDS: [&str; 27] = [
        "&",
        "last",
        "Lind!",
        "Ana",
        "Bo",
        "Ruiz",
        "in",
        "'t",
        "van",
        "via",
        "and",
        "through",
        "introduced",
        "by",
        "at",
        "Via",
        "(Acme)",
        "Lind,",
        "Vale;",
        "-",
        "–",
        "李",
        "小龙",
        "Юрий",
        "J.",
        "Ng",
        "to",
    ];

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            names in prop::collection::vec(prop::sample::subsequence(WORDS.to_vec(), 1..5).prop_shuffle(), 1..6),
            met in prop::sample::select(vec![
                "", "RustConf 2024", "through Ana at Acme", "via LinkedIn", "introduced by Gus, Kent",
                "via Bo - 2024", "through", "through Bo last May, via LinkedIn", "via Ana & Bo",
            ]),
        ) {
            let names: Vec<String> = names.iter().map(|words| words.join(" ")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let book = book(&names);
            let mut folded: Vec<Vec<String>> = names.iter().map(|name| {
                let mut words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
                words.sort();
                words
            }).collect();
            folded.sort();
            folded.dedup();
            for id in book.ids() {
                let written = met_through(&book, met, id);
                if let Some(written) = &written {
                    let found = named(&book, &[introducer(written)])[0];
                    prop_assert_eq!(found.map(|found| found.id), Some(id), "{}", written);
                    let again = met_through(&book, written, id);
                    prop_assert_eq!(again.as_ref(), Some(written));
                }
                // In a book of names that differ by more than marks, each can be written.
                let is_seen = !without_marks(names[id.0]).is_empty();
                if folded.len() == names.len() && is_seen {
                    prop_assert!(written.is_some(), "{:?} {}", names, id.0);
                }
            }
        }
    }
}
