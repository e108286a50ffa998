//! What to type for a contact, so that exactly this one is found.

use unicode_normalization::UnicodeNormalization;

use super::by_name::{NameIndex, NameMatch};
use crate::domain::text::{fold, is_hidden};
use crate::domain::{Contact, ContactId};

/// A name as one word to type, with hyphens for the blanks: `luca-tanaka`. `None` if the name has any other sign in it: then the
/// name as it is says more.
pub(crate) fn hyphenated(name: &str) -> Option<String> {
    let is_plain = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    let composed: String = name.nfc().collect();
    composed.split(' ').all(is_plain).then(|| folded(name))
}

fn folded(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// The shortest form to type, without the quotes of a shell, that surely finds the contact; `None` if there is none, since
/// another contact has the same name and no address tells the two apart.
pub(crate) fn typed_form(names: &NameIndex, id: ContactId) -> Option<String> {
    let is_sure = |form: &String| {
        let is_typeable = !form.is_empty() && !form.starts_with('-');
        is_typeable && !form.contains(is_hidden) && names.find(form) == NameMatch::One(id)
    };
    forms(names.book().contact(id)).find(is_sure)
}

/// The same, or the name where there is no such form.
pub(crate) fn form_or_name(names: &NameIndex, id: ContactId) -> String {
    let name = || names.book().contact(id).name.clone();
    typed_form(names, id).unwrap_or_else(name)
}

/// What a contact may be found by.
fn forms(contact: &Contact) -> impl Iterator<Item = String> {
    let name = &contact.name;
    let plain = hyphenated(name).into_iter();
    // A word that begins with a hyphen would be an option; a blank before it does not count.
    let own = [name.clone(), folded(name), format!(" {name}")];
    let others = contact.aka.iter();
    let others = others.flat_map(|name| hyphenated(name).into_iter().chain([name.clone()]));
    let addresses = contact.email.iter().chain(&contact.phone);
    let addresses = addresses.map(|address| address.trim().to_owned());
    plain.chain(own).chain(others).chain(addresses)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Book;

    fn named(name: &str) -> Contact {
        Contact {
            name: name.to_owned(),
            ..Contact::default()
        }
    }

    fn forms_of(contacts: impl IntoIterator<Item = Contact>) -> Vec<Option<String>> {
        let book: Book = contacts.into_iter().collect();
        let names = NameIndex::of(&book);
        book.ids().map(|id| typed_form(&names, id)).collect()
    }

    #[track_caller]
    fn case(names: &[&str], expected: &[&str]) {
        let forms = forms_of(names.iter().map(|name| named(name)));
        let forms = forms.iter().map(|form| form.as_deref().unwrap_or("?"));
        assert_eq!(forms.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn blanks_become_hyphens_and_accents_go() {
        case(
            &[
                "Luca Tanaka",
                "Łukasz Đặng",
                "Jose\u{301}",
                "李小龙",
                "Артём",
            ],
            &["luca-tanaka", "lukasz-dang", "jose", "李小龙", "артем"],
        );
        case(
            &["Ana Ruiz", "Ana Ruiz Vega"],
            &["ana-ruiz", "ana-ruiz-vega"],
        );
    }

    #[test]
    fn a_name_with_other_signs_is_typed_as_it_is() {
        for name in [
            "Jean-Luc Ruiz",
            "Seán O’Brien",
            "Ana Ruiz (Acme)",
            "C. \"Bo\" Lind",
            "—",
            "🚀",
        ] {
            case(&[name, "Bo"], &[name, "bo"]);
        }
        case(&["-x", "--help", "-"], &["x", "help", " -"]);
        case(&["👩\u{200d}🚀", "Ana\u{202e}Ruiz"], &["👩-🚀", "ana-ruiz"]);
    }

    #[test]
    fn names_alike_are_told_apart_as_they_are_written_or_by_an_address() {
        case(
            &["Zoë Lind", "Zoe Lind", "zoe lind"],
            &["Zoë Lind", "Zoe Lind", "zoe lind"],
        );
        case(
            &["Ana-Ruiz", "Ana Ruiz", "-Ana", "Ana"],
            &["Ana-Ruiz", "Ana Ruiz", " -Ana", "Ana"],
        );
        let with = |email: &str| Contact {
            email: vec![email.to_owned()],
            ..named("Ana Ruiz")
        };
        let called = Contact {
            aka: vec!["Ani".to_owned()],
            ..named("Ana Ruiz")
        };
        let forms = forms_of([with("ana@x.example"), called, named("Ana Ruiz"), with("")]);
        assert_eq!(
            forms,
            [
                Some("ana@x.example".to_owned()),
                Some("ani".to_owned()),
                None,
                None
            ]
        );
    }

    /// Names of few letters, so that they are often alike.
    fn odd_name() -> impl Strategy<Value = String> {
        let word =
            "[aAäåÄoOöøbB李山👩🚀'’()\"`$!~.+*&|<>#=-]{1,4}|ae|oe|Zoë|Zoe|山田|太郎|Ü|ue|C\\+\\+";
        proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn the_form_finds_exactly_that_contact(names in proptest::collection::hash_set(odd_name(), 1..12)) {
            let book: Book = names.iter().map(|name| named(name)).collect();
            let index = NameIndex::of(&book);
            for id in book.ids() {
                let form = typed_form(&index, id);
                let name = &book.contact(id).name;
                let form = form.unwrap_or_else(|| panic!("no form for {name}"));
                prop_assert_eq!(index.find(&form), NameMatch::One(id), "{}", form);
                let found = index.find_all(std::slice::from_ref(&form));
                prop_assert_eq!(found, vec![(form, NameMatch::One(id))]);
            }
        }
    }
}
