//! Which contacts a name, a filter or a prefix means, and in what order. The book and a text go in; contact ids come out.
//!
//! - `by_name`: the contacts that a typed name means. Read it first. `near_misses`: similar names where it means nobody.
//! - `by_words`: which of several short texts a few words mean.
//! - `typed_form`: what to type for a contact. `name_choices`: the contacts to choose from when a name matches several.
//! - `mentioned`: the contacts that many texts mention by name. `introductions`: the names in what people write about who
//!   introduced them, `phrase_words`: where a phrase is in a text. `brought_by`: who brought each contact. `met_through`: what
//!   `met` says of an introduction.
//! - `name_completion`: the contacts that a partly typed name may mean.
//! - `filter`: the contacts that a listing includes.
//! - `places`: the cities and addresses that the name of a place means.
//! - `values_there`: the tags or cities of a book, where one is asked for that nobody has.
//! - `key_value`: the contacts that `city=Lisbon` means.
//! - `sort`: the orders of a listing.
//! - `journal`: the touches of a span of days.

pub(crate) mod brought_by;
pub mod by_name;
pub(crate) mod by_words;
pub mod filter;
pub(crate) mod introductions;
pub(crate) mod journal;
pub(crate) mod key_value;
pub(crate) mod mentioned;
pub(crate) mod met_through;
pub(crate) mod name_choices;
pub(crate) mod name_completion;
mod near_misses;
mod phrase_words;
pub(crate) mod places;
pub(crate) mod sort;
pub(crate) mod typed_form;
pub(crate) mod values_there;

#[cfg(test)]
mod tests {
    use crate::domain::{Book, Contact};

    /// A book with these contacts, each `NAME` or `NAME/AKA/AKA`.
    pub(super) fn book(names: &[&str]) -> Book {
        let contact = |name: &&str| {
            let (name, aka) = name.split_once('/').unwrap_or((name, ""));
            Contact {
                name: name.to_owned(),
                aka: aka.split_terminator('/').map(str::to_owned).collect(),
                ..Contact::default()
            }
        };
        names.iter().map(contact).collect()
    }
}
