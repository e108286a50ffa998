//! The name of a contact whose own name another has.

use crate::domain::Contact;

/// The most characters of a company, a city or an address that may tell namesakes apart; a longer text does not belong in a
/// name.
pub(crate) const LONGEST_MARK: usize = 80;

/// The number of the first of some namesakes, which it does not bear.
pub(crate) const FIRST_NUMBER: u32 = 1;

/// A name that is unique among namesakes: with the company in brackets, else the city, the address or a number above `last`,
/// which becomes the number that was used.
pub(crate) fn name_apart(
    contact: &Contact,
    is_free: impl Fn(&str) -> bool,
    last: &mut u32,
) -> String {
    let by_mark = marks(contact).map(|mark| format!("{} ({mark})", contact.name));
    let mut by_mark = by_mark.filter(|name| is_free(name));
    by_mark.next().unwrap_or_else(|| {
        let by_number =
            (*last + 1..).map(|number| (number, format!("{} ({number})", contact.name)));
        let (number, name) = by_number
            .into_iter()
            .find(|(_, name)| is_free(name))
            .expect("there are more numbers than people");
        *last = number;
        name
    })
}

/// The name that a name apart was made of: `Ana` of `Ana (Oslo)`.
pub(crate) fn name_before(name: &str) -> Option<&str> {
    let (before, _) = name.strip_suffix(')')?.rsplit_once(" (")?;
    Some(before).filter(|before| !before.is_empty())
}

/// What may tell a contact from its namesakes: the company, the city and the first address.
pub(crate) fn marks(contact: &Contact) -> impl Iterator<Item = &str> {
    let marks = [
        contact.company.as_deref(),
        contact.city.as_deref(),
        contact.email.first().map(String::as_str),
    ];
    let marks = marks.into_iter().flatten();
    marks.filter(|mark| mark.chars().count() <= LONGEST_MARK)
}
