//! Whether two contacts agree: their names, and where they work.

use super::match_key;
use crate::domain::Contact;

pub(super) fn can_be_reached(contact: &Contact) -> bool {
    match_key::emails(contact).next().is_some() || match_key::phones(contact).next().is_some()
}

pub(super) fn shares_a_word(one: &Contact, other: &Contact) -> bool {
    let words = |contact: &Contact| -> Vec<String> {
        let names = contact.names();
        let names = names.flat_map(|name| match_key::whole_names(name));
        names
            .flat_map(|name| name.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let theirs = words(other);
    words(one).iter().any(|word| theirs.contains(word))
}

/// The firm of a contact, in the form in which it is compared. A blank one is none.
pub(super) fn firm(contact: &Contact) -> Option<String> {
    let firm = contact.company.as_deref().map(match_key::company);
    firm.filter(|firm| !firm.is_empty())
}

/// Whether both have a company, and different ones.
pub(super) fn work_apart(one: &Contact, other: &Contact) -> bool {
    matches!((firm(one), firm(other)), (Some(one), Some(other)) if one != other)
}

/// Whether a number that the two share is their firm's: they have the same company and different names.
pub(super) fn share_an_office(one: &Contact, other: &Contact) -> bool {
    share_a_firm(one, other) && !has_a_name_of(one, &[], other)
}

pub(super) fn share_a_firm(one: &Contact, other: &Contact) -> bool {
    matches!((firm(one), firm(other)), (Some(one), Some(other)) if one == other)
}

/// Whether a page that the two share is their firm's: they have the same company, or it is on the domain of an e-mail
/// address of one of them.
pub(super) fn share_a_site(one: &Contact, other: &Contact) -> bool {
    let theirs: Vec<String> = match_key::links(other).collect();
    let is_at = |page: &String, contact: &Contact| {
        match_key::emails(contact)
            .any(|email| email.rsplit('@').next() == Some(match_key::host(page)))
    };
    let mut shared = match_key::links(one).filter(|page| theirs.contains(page));
    share_a_firm(one, other) || shared.all(|page| is_at(&page, one) || is_at(&page, other))
}

/// Whether both have a profile on the network where everyone has one, and different ones.
pub(super) fn have_other_profiles(one: &Contact, other: &Contact) -> bool {
    let profiles = |contact: &Contact| -> Vec<String> {
        let pages = match_key::links(contact);
        pages.filter(|page| match_key::is_profile(page)).collect()
    };
    let [one, other] = [profiles(one), profiles(other)];
    !one.is_empty() && !other.is_empty() && !one.iter().any(|page| other.contains(page))
}

/// Whether a name of `one` may be a name of `other`; an address in place of a name fits its owner. `called` are further
/// names of `one`.
///
/// An incomplete name (`A. Berg`, `Anna`) fits only if a fuller name of the same contact does not contradict it.
pub(super) fn has_a_name_of(one: &Contact, called: &[String], other: &Contact) -> bool {
    let is_address = |name: &str, of: &Contact| {
        let name = match_key::email(name);
        name.is_some() && match_key::emails(of).any(|email| Some(email) == name)
    };
    let mine: Vec<&String> = one.names().chain(called).collect();
    // Once the import has used a name for the contact, its address belongs to no other name.
    let is_named = |name: &String| {
        called
            .iter()
            .all(|other| match_key::may_be_one(other, name))
    };
    let fits = |mine_of_them: &String, theirs: &String| {
        let is_meant = |fuller: &&String| {
            !match_key::may_be_one(fuller, mine_of_them)
                || match_key::may_be_one(fuller, theirs)
                || match_key::common_words(fuller, theirs) > 1
        };
        match_key::may_be_one(mine_of_them, theirs) && mine.iter().all(is_meant)
    };
    is_address(&other.name, one)
        || is_address(&one.name, other) && is_named(&other.name)
        || mine
            .iter()
            .any(|first| other.names().any(|second| fits(first, second)))
}

/// Whether the contact has exactly that name as another name, alone or with what tells namesakes apart.
pub(super) fn is_called(contact: &Contact, newcomer: &Contact) -> bool {
    let name = &newcomer.name;
    let marks = [&newcomer.company, &newcomer.city].into_iter().flatten();
    let marks = marks.chain(newcomer.email.first());
    let mut names = marks.map(|mark| format!("{name} ({mark})"));
    let is_whole = name.trim().contains(char::is_whitespace);
    is_whole && contact.aka.contains(name) || names.any(|name| contact.aka.contains(&name))
}
