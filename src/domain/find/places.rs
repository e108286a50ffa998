//! The cities and addresses that the name of a place means.

use crate::domain::text::fold;
use crate::domain::{Book, Contact};

/// What parts an address, and the name of a city from that of its country.
const PARTS: [char; 3] = [',', ';', '\n'];

/// The cities and addresses of the book that `typed` means: the whole of a city, or of a part of it between commas; of an
/// address, a part of it without what is around the name of a city. If there is none, cities with the words anywhere: so `york`
/// is York where there is one, and New York where there is none. Words anywhere in an address would be those of streets.
pub(crate) fn places(book: &Book, typed: &str) -> Vec<String> {
    let typed = fold(typed);
    if typed.is_empty() {
        return vec![];
    }
    let is_whole = |place: &PlaceText| place.is(&typed);
    let has_words = |place: &PlaceText| match place {
        PlaceText::City(city) => format!(" {} ", fold(city)).contains(&format!(" {typed} ")),
        PlaceText::Address(_) => false,
    };
    match matching(book, is_whole) {
        whole if whole.is_empty() => matching(book, has_words),
        whole => whole,
    }
}

/// A text that says where a contact is.
enum PlaceText<'b> {
    City(&'b String),
    Address(&'b String),
}

impl PlaceText<'_> {
    fn text(&self) -> &String {
        match self {
            Self::City(text) | Self::Address(text) => text,
        }
    }

    /// Whether it is in the place of this folded name.
    fn is(&self, name: &str) -> bool {
        let mut parts = self.text().split(PARTS);
        match self {
            Self::City(city) => fold(city) == name || parts.any(|part| fold(part) == name),
            Self::Address(address) => {
                let is_one = !address.contains(PARTS);
                parts.any(|part| {
                    let mut names = names_in(part).into_iter();
                    names.any(|words| {
                        words == name || is_one && words.ends_with(&format!(" {name}"))
                    })
                })
            }
        }
    }
}

/// What may be the name of a city in a part of an address, folded: its words, with none, some or all of those left out at both ends
/// that belong to a postal code or name a state, since each country writes them elsewhere: `1012 AB Amsterdam`, `20121 Milano
/// (MI)`, `Boston MA 02101`, `75008 Paris Cedex 08`.
fn names_in(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let mut first = words.iter().take_while(|word| is_code(word)).count();
    // Two letters of a Dutch code. More capitals may begin the name: `NEW YORK`, `DEN HAAG`.
    let is_after_code = first > 0 && words.get(first).is_some_and(|word| letters(word, 2));
    first += usize::from(is_after_code);
    let is_last = |word: &&&str| is_code(word) || letters(word, 3) || fold(word) == "cedex";
    let last = words.iter().rev().take_while(is_last).count();
    let ends = (0..=first).flat_map(|first| (0..=last).map(move |last| (first, last)));
    let names = ends.filter_map(|(first, last)| {
        let words = words.get(first..words.len() - last)?;
        Some(fold(&words.join(" ")))
    });
    names.collect()
}

/// Whether a word is no part of a name: it has a digit or no letter, or is one letter with a full stop.
fn is_code(word: &str) -> bool {
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    has_digit || letters == 0 || letters == 1 && word.ends_with('.')
}

/// Whether a word is at most so many letters, all of them capital.
fn letters(word: &str, most: usize) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() <= most && letters.iter().all(|c| c.is_uppercase())
}

/// The texts of those that match, each once.
fn matching(book: &Book, is_meant: impl Fn(&PlaceText) -> bool) -> Vec<String> {
    let mut meant: Vec<String> = Vec::new();
    for place in book.contacts.iter().flat_map(|contact| of_contact(contact)) {
        if is_meant(&place) && !meant.contains(place.text()) {
            meant.push(place.text().clone());
        }
    }
    meant
}

fn of_contact(contact: &Contact) -> impl Iterator<Item = PlaceText<'_>> {
    let city = contact.city.iter().map(PlaceText::City);
    city.chain(contact.address.iter().map(PlaceText::Address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::find::filter::Filter;

    fn from(city: &str) -> Contact {
        Contact {
            city: Some(city.to_owned()),
            ..Contact::default()
        }
    }

    fn at(address: &str) -> Contact {
        Contact {
            address: Some(address.to_owned()),
            ..Contact::default()
        }
    }

    #[test]
    fn a_city_is_meant_by_its_whole_name_or_else_by_words_of_it() {
        let there = [
            "Lisbon, Portugal",
            "lisbon",
            "New York",
            "São Paulo",
            "Bath",
        ];
        let book: Book = there.into_iter().map(from).collect();
        for (typed, meant) in [
            ("Lisbon", &["Lisbon, Portugal", "lisbon"][..]),
            ("lisbon portugal", &["Lisbon, Portugal"]),
            ("PORTUGAL", &["Lisbon, Portugal"]),
            ("york", &["New York"]),
            ("new-york", &["New York"]),
            ("sao paulo", &["São Paulo"]),
            ("Bat", &[]),
            ("?", &[]),
        ] {
            assert_eq!(places(&book, typed), meant, "{typed}");
        }
        let york: Book = ["New York", "York"].into_iter().map(from).collect();
        assert_eq!(places(&york, "york"), ["York"]);
    }

    #[test]
    fn an_address_is_in_its_city_whatever_the_postal_code() {
        for (address, is_there) in [
            ("Rua Augusta 5, 1100-048 Lisbon", true),
            ("Rua Augusta 5, Lisbon 1100-048, Portugal", true),
            ("Rua Augusta 5\n1100-048 LISBON\nPortugal", true),
            ("Rua Augusta 5; 1100-048 Lisbon", true),
            ("12 Foo Street Lisbon", true),
            ("12 Foo Street Lisbon 1100", true),
            ("Lisbon Street 5, Porto", false),
            ("Lisbon Street 5", false),
            ("5, New Lisbon", false),
            ("5 Fifth Avenue, NEW LISBON WI 53950", false),
            ("Fifth Avenue, NEW LISBON", false),
            ("5 Lisbonite Road, Porto", false),
        ] {
            let book: Book = [from("Lisbon"), at(address)].into_iter().collect();
            let found = places(&book, "lisbon").len() == 2;
            assert_eq!(found, is_there, "{address}");
        }
        // A street is no place, even where nobody is in one of that name.
        let book: Book = [at("Lisbon Street 5, Porto")].into_iter().collect();
        assert_eq!(places(&book, "lisbon"), [""; 0]);
    }

    #[test]
    fn what_is_around_the_name_of_a_city_is_left_out() {
        for (typed, address) in [
            ("amsterdam", "Damrak 1, 1012 AB Amsterdam"),
            ("milano", "Via Roma 1, 20121 Milano (MI)"),
            ("milano", "Via Roma 1, 20121 Milano MI"),
            ("sao paulo", "Av. Paulista 1, São Paulo - SP"),
            ("københavn", "Nyhavn 1, 1260 København K"),
            ("toronto", "1 King Street, Toronto ON M5V 2T6"),
            ("boston", "1 Main Street, Boston MA 02101, USA"),
            ("sydney", "1 George Street, Sydney NSW 2000"),
            ("london", "10 Downing Street, London SW1A 2AA"),
            ("paris", "1 rue de Rivoli, 75008 PARIS CEDEX 08"),
            ("москва", "ул. Тверская 1, г. Москва"),
            ("ulm", "Weg 1, 89073 ULM"),
            ("rio", "Rua 1, RIO"),
            ("new york", "5 Fifth Avenue, NEW YORK NY 10001"),
            ("las vegas", "LAS VEGAS NV 89101"),
            ("den haag", "Plein 1, 2511 BT DEN HAAG"),
            ("rio de janeiro", "Rua 1, RIO DE JANEIRO - RJ"),
            ("le mans", "1 rue du Port, 72000 LE MANS CEDEX 9"),
            ("los angeles", "1 Main Street, Los Angeles CA"),
            ("la rochelle", "LA ROCHELLE CEDEX"),
            ("milano", "Via Roma 1 20121 Milano MI"),
        ] {
            let book: Book = [at(address)].into_iter().collect();
            assert_eq!(places(&book, typed), [address], "{typed}");
        }
    }

    #[test]
    fn a_contact_is_there_by_city_or_by_address() {
        let both = Contact {
            address: Some("Av. da Liberdade 1, Lisbon".to_owned()),
            ..from("Porto")
        };
        let book: Book = [both, from("Lisbon"), from("Oslo")].into_iter().collect();
        let there = |typed: &str| {
            let filter = Filter {
                places: places(&book, typed),
                ..Filter::default()
            };
            let takes = |id: &crate::domain::ContactId| filter.takes(book.contact(*id));
            book.ids().filter(takes).map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(there("lisbon"), [0, 1]);
        assert_eq!(there("porto"), [0]);
        assert_eq!(there("oslo"), [2]);
    }
}
