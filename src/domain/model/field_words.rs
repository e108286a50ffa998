//! What people and other programs call the fields of a contact.

use super::field::Field;

const OTHER_NAMES: [(Field, &[&str]); 11] = [
    (Field::Aka, &["alias", "nick", "nickname"]),
    (Field::Bucket, &["circle", "group"]),
    (
        Field::Company,
        &["employer", "org", "organisation", "organization"],
    ),
    (Field::Title, &["job", "position", "role"]),
    (Field::Email, &["emails", "mail"]),
    (
        Field::Phone,
        &["cell", "mobile", "phones", "tel", "telephone"],
    ),
    (
        Field::Links,
        &["homepage", "link", "linkedin", "url", "web", "website"],
    ),
    (Field::City, &["place", "town"]),
    (Field::Birthday, &["bday", "birthdate", "born"]),
    (Field::Dates, &["anniversary"]),
    (Field::Notes, &["comment", "note"]),
];

/// The field that is called `word` elsewhere.
pub(crate) fn field_called(word: &str) -> Option<Field> {
    let word = word.to_lowercase();
    let mut rows = OTHER_NAMES.iter();
    let found = rows.find(|(_, names)| names.contains(&word.as_str()));
    found.map(|(field, _)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_are_no_keys_themselves() {
        assert_eq!(field_called("Mobile"), Some(Field::Phone));
        assert_eq!(field_called("shoe"), None);
        for name in OTHER_NAMES.iter().flat_map(|(_, names)| *names) {
            assert_eq!(Field::from_key(name), None, "{name}");
        }
    }
}
