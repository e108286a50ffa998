//! What a header means, by the dictionary.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::dictionary as words;
use super::role::{Place, PostalPart, Role};
use crate::domain::Field;
use crate::domain::text::caseless;
use crate::exchange::fax;

/// A list of words of the dictionary.
struct WordList(HashSet<String>);

static OTHERS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::OTHERS));
static MESSENGERS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::MESSENGERS));
static ABOUT: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::ABOUT));
static ADDRESS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::ADDRESS));
static SUBJECTS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::SUBJECTS));
static NAMES: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::NAMES));
static NOT_NAMES: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::NOT_NAMES));
static VALUES: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::VALUES));
static FORMS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::FORMS));
static LABELS: LazyLock<WordList> = LazyLock::new(|| WordList::new(words::LABELS));

/// The words that say where something is, or nothing at all.
static PLACES: LazyLock<HashMap<String, Place>> = LazyLock::new(|| {
    let mut places = HashMap::new();
    for (place, listed) in words::PLACES {
        for word in listed.split_ascii_whitespace() {
            places.entry(caseless(word)).or_insert(place);
        }
    }
    places
});

static NUMBERED: LazyLock<WordList> = LazyLock::new(|| {
    let phrases = words::NUMBERED.split(", ");
    WordList(phrases.map(|phrase| joined(&letters(phrase))).collect())
});

/// The phrases of the dictionary, without blanks.
static PHRASES: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    let all = words::PHRASES.iter().flat_map(|(role, listed)| {
        let listed = listed.split(", ");
        listed.map(move |phrase| (*role, letters(phrase)))
    });
    for (role, phrase) in all.clone() {
        phrases.entry(joined(&phrase)).or_insert(role);
    }
    for (role, phrase) in all.filter(|(role, _)| role.has_places() && *role != Role::Extra) {
        let known = |word: &String| PLACES.contains_key(word);
        let core: Vec<String> = phrase.into_iter().filter(|word| !known(word)).collect();
        if !core.is_empty() {
            phrases.entry(joined(&core)).or_insert(role);
        }
    }
    phrases
});

impl WordList {
    fn new(listed: &str) -> Self {
        Self(listed.split_ascii_whitespace().map(caseless).collect())
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    fn has_any(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.has(word))
    }
}

/// The words and the numbers of a header: `E-Mail2Address` as `e mail 2 address`.
fn tokens(header: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut last = ' ';
    for c in header.chars() {
        let is_camel = last.is_lowercase() && c.is_uppercase();
        if is_camel || last.is_numeric() != c.is_numeric() && last.is_alphanumeric() {
            spaced.push(' ');
        }
        spaced.push(c);
        last = c;
    }
    let plain = caseless(&spaced);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let mut tokens: Vec<String> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        match tokens.last_mut() {
            Some(e) if e == "e" && (word.starts_with("mail") || word.starts_with("post")) => {
                e.push_str(word);
            }
            _ => tokens.push(word.to_owned()),
        }
    }
    tokens
}

/// The words of a header without numbers.
fn letters(header: &str) -> Vec<String> {
    let mut words = tokens(header);
    words.retain(|word| !word.chars().all(char::is_numeric));
    words
}

fn joined(words: &[String]) -> String {
    words.concat()
}

fn look_up(words: &[String]) -> Option<Role> {
    PHRASES.get(&joined(words)).copied()
}

/// What a column holds, by its header alone.
pub(super) fn role(header: &str) -> Role {
    let words = letters(header);
    if let Some(place) = numbered_address(header) {
        match look_up(&words[1..]) {
            Some(Role::Postal(_, part)) => return Role::Postal(place, part),
            _ if words[1] == "formatted" => return Role::Postal(place, PostalPart::Whole),
            _ => {}
        }
    }
    let whose = || {
        let rest = words.iter().filter(|word| !SUBJECTS.has(word));
        look_up(&rest.cloned().collect::<Vec<_>>())
    };
    if let Some(role) = look_up(&words).or_else(whose) {
        return role;
    }
    if words
        .iter()
        .any(|word| word == "phonetic" || word == "yomi")
    {
        let is_name = !NOT_NAMES.has_any(&words);
        return if is_name { Role::Phonetic } else { Role::Extra };
    }
    let has_number = header.contains(|c: char| c.is_ascii_digit());
    if fax::label(header).is_some()
        || OTHERS.has_any(&words)
        || has_number && NUMBERED.has(&joined(&words))
    {
        return Role::Extra;
    }
    let (core, place) = core(&words);
    if core.is_empty() {
        return if place == Place::NONE {
            Role::Unknown
        } else {
            Role::Bare
        };
    }
    if let Some(role) = in_place(&core, place) {
        role
    } else if MESSENGERS.has_any(&words) {
        Role::Extra
    } else if is_phone(&core) {
        Role::Field(Field::Phone)
    } else {
        Role::Unknown
    }
}

/// Whether a header is that of a name or of its first or last part.
pub(super) fn holds_names(header: &str) -> bool {
    matches!(
        role(header),
        Role::Field(Field::Name) | Role::Given | Role::Family
    )
}

/// Whether a header is in the dictionary.
pub(super) fn is_known(header: &str) -> bool {
    !matches!(role(header), Role::Unknown | Role::Bare)
}

/// The number of an address, as in `Address 2 - City`. In `Address 2` it is a line of the address.
fn numbered_address(header: &str) -> Option<Place> {
    let tokens = tokens(header);
    let [word, number, _, ..] = tokens.as_slice() else {
        return None;
    };
    let number = number.parse().ok().filter(|_| ADDRESS.has(word))?;
    Some(Place {
        number,
        ..Place::NONE
    })
}

/// A header without the words for places and fillers, and the place.
fn core(words: &[String]) -> (Vec<String>, Place) {
    let mut core = Vec::new();
    let mut place = Place::NONE;
    for word in words {
        let split = split(word);
        let parts = split
            .as_ref()
            .map_or([Some(word.as_str()), None], |(one, other)| {
                [Some(one.as_str()), Some(other.as_str())]
            });
        for part in parts.into_iter().flatten() {
            match PLACES.get(part) {
                Some(found) if place == Place::NONE => place = *found,
                Some(_) => {}
                None => core.push(part.to_owned()),
            }
        }
    }
    (core, place)
}

/// Splits a word that is two: `Werkadres`, `Hemtelefon`, `Mobilnummer`.
fn split(word: &str) -> Option<(String, String)> {
    if PHRASES.contains_key(word) || PLACES.contains_key(word) {
        return None;
    }
    let rest =
        |rest: &&str| PHRASES.contains_key(*rest) || PHONES.iter().any(|end| rest.ends_with(end));
    let mut starts = words::PREFIXES.split(' ').map(caseless);
    let start = starts.find_map(|start| {
        let rest = word.strip_prefix(start.as_str()).filter(rest)?;
        Some((start, rest.to_owned()))
    });
    let ends = || {
        let mut ends = words::SUFFIXES.split(' ');
        ends.find_map(|end| {
            let rest = word.strip_suffix(end).filter(rest)?;
            Some((rest.to_owned(), end.to_owned()))
        })
    };
    start.or_else(ends)
}

static PHONES: LazyLock<Vec<String>> =
    LazyLock::new(|| words::PHONES.split(' ').map(caseless).collect());

/// The role of a header at a place, for what one has several of.
fn in_place(core: &[String], place: Place) -> Option<Role> {
    let at_place = |role: Role| match role {
        Role::Postal(_, part) => Some(Role::Postal(place, part)),
        Role::Title if place.class == "work" => Some(Role::Field(Field::Title)),
        role => role.has_places().then_some(role),
    };
    if let Some(role) = look_up(core).and_then(at_place) {
        return Some(role);
    }
    // "Home Address City", "Adres (ulica)".
    let mut part: Vec<String> = core.to_vec();
    part.retain(|word| !ADDRESS.has(word));
    let is_part = |role: &Role| matches!(role, Role::Postal(..));
    if part.len() < core.len()
        && let Some(role) = look_up(&part).filter(is_part).and_then(at_place)
    {
        return Some(role);
    }
    // "Województwo, prowincja, stan".
    let part_of = |word: &String| look_up(std::slice::from_ref(word)).filter(is_part);
    let are_parts = part.iter().all(|word| part_of(word).is_some());
    part.first()
        .filter(|_| are_parts)
        .and_then(part_of)
        .and_then(at_place)
}

/// Whether words are those of a phone number: `Autotelefon`, `Emergency phone`. `Phone type` is none.
fn is_phone(core: &[String]) -> bool {
    let is_word = |word: &String| PHONES.iter().any(|phone| word.ends_with(phone));
    let is_kind =
        |word: &String| look_up(std::slice::from_ref(word)) == Some(Role::Field(Field::Phone));
    core.iter().any(|word| is_word(word) || is_kind(word)) && !ABOUT.has_any(core)
}

/// The group of a column and whether it is the label in it: `Phone 1` and true for `Phone 1 - Type`.
pub(super) fn group(header: &str) -> Option<(&str, ColumnOfGroup)> {
    let (group, word) = header
        .rsplit_once(" - ")
        .or_else(|| header.rsplit_once(" – "))?;
    let word = caseless(word.trim());
    let kind = match word.as_str() {
        "service" => ColumnOfGroup::Service,
        word if LABELS.has(word) => ColumnOfGroup::Label,
        word if VALUES.has(word) => ColumnOfGroup::Value,
        _ => ColumnOfGroup::Other,
    };
    Some((group.trim(), kind))
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ColumnOfGroup {
    Label,
    /// Of a messenger: a better label.
    Service,
    Value,
    Other,
}

/// Whether a header of which nothing else is known has a word for a name; `None` if it names something else.
pub(super) fn is_name(header: &str) -> Option<bool> {
    let words = letters(header);
    if NOT_NAMES.has_any(&words) || OTHERS.has_any(&words) {
        return None;
    }
    let is_word = |word: &String| {
        NAMES.has(word) || word.len() > 4 && (word.ends_with("name") || word.ends_with("namn"))
    };
    Some(words.iter().any(is_word))
}

/// Whether a title is a form of address: Dr., Ms.
pub(super) fn is_form_of_address(title: &str) -> bool {
    letters(title).iter().all(|word| FORMS.has(word))
}

/// A header in one word, to compare it with starts of words.
pub(super) fn in_one_word(header: &str) -> String {
    joined(&letters(header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cases(expected: Role, headers: &str) {
        for header in headers.split(", ") {
            assert_eq!(role(header), expected, "{header}");
        }
    }

    fn at(word: &'static str, part: PostalPart) -> Role {
        let class = if word == "business" { "work" } else { word };
        Role::Postal(Place::named(class, word), part)
    }

    fn numbered(number: usize, part: PostalPart) -> Role {
        let place = Place {
            number,
            ..Place::NONE
        };
        Role::Postal(place, part)
    }

    #[test]
    fn headers_say_what_a_column_holds() {
        let field = Role::Field;
        cases(
            field(Field::Name),
            "Full Name, contact-name, Person - Name, Anzeigename, Nom à afficher, Volledige naam",
        );
        cases(
            Role::Given,
            "FNAME, firstName, Contact First Name, Vorname:, Prénom, Voornaam, Förnamn, Imię, Имя",
        );
        cases(
            Role::Family,
            "LNAME, Last_Name, Nachname, Apellidos, Achternaam, Efternamn, Nazwisko, Фамилия",
        );
        cases(
            Role::FormOfAddress,
            "Anrede, Salutation, Name Prefix, Civilité, Aanhef",
        );
        cases(Role::Title, "Title, Titre, Tytuł");
        cases(
            field(Field::Title),
            "Job Title, jobTitle, Work Title, Puesto, Stanowisko, Должность",
        );
        cases(Role::Phonetic, "Phonetic First Name, Surname Yomi");
        cases(field(Field::Tags), "Tag, TAGS, Labels, Kategorien");
    }

    #[test]
    fn kinds_have_places_and_numbers_in_any_order() {
        let email = Role::Field(Field::Email);
        cases(
            email,
            "E-MAIL, E-mail 2 - Value, E-mail 3 Address, Email Home, Home Email, workEmail, E-Mail (privat), E-Mail 2: Adresse, \
             Primäre E-Mail-Adresse, Adresse e-mail principale, Dirección del correo electrónico 3, Primair e-mailadres, \
             Sekundær e-post, Эл. почта (2), Person - Email - Work, EMail (preferred)",
        );
        cases(
            Role::Field(Field::Phone),
            "Mobile, Office phone, Primary Phone, Home Mobile, Mobile Phone 2, Phone (mobile), Home: Phone, Tel. dienstlich, \
             Mobil-Tel.-Nr., Autotelefon, Hoofdtelefoon bedrijf, Téléphone 2 (bureau), Numer telefonu komórkowego, \
             Телефон переносной, Hemtelefon, Kotipuhelin",
        );
        cases(
            Role::Field(Field::Links),
            "Website Work, Personal Web Page, Webseite 2, Página web 1, Strona WWW 1",
        );
        cases(Role::Social, "LinkedIn, Twitter Username, GitHub");
        cases(
            Role::Bare,
            "Home, Work, Other, Particular, Ufficio 2, Abitazione",
        );
    }

    #[test]
    fn parts_of_addresses_know_their_place() {
        cases(
            Role::Postal(Place::NONE, PostalPart::Code),
            "ZIP, zip_code, PLZ, Zip/Postal Code",
        );
        cases(
            Role::Postal(Place::NONE, PostalPart::Street),
            "Address, Address 2, street1",
        );
        cases(
            at("home", PostalPart::Code),
            "Home ZipCode, Privat: PLZ, Home Address Post Code, CAP di residenza",
        );
        cases(
            at("home", PostalPart::Street),
            "Home Address 2, Huisadres straat, Adress privat (rad 2)",
        );
        cases(
            at("business", PostalPart::Street),
            "Business Street 3, Straße geschäftlich 2",
        );
        cases(
            at("business", PostalPart::Country),
            "Business Country/Region, Land/Region geschäftlich",
        );
        cases(
            at("work", PostalPart::City),
            "Dienstlich: Ort, Ville (bureau), Città (uff.), Город (раб.)",
        );
        cases(
            at("work", PostalPart::Street),
            "Werkadres, Adres służbowy, Arbejdsadresse, Työosoite",
        );
        cases(
            at("other", PostalPart::City),
            "Weiterer Ort, Otra ciudad, Altra città",
        );
        cases(at("mailing", PostalPart::City), "MailingCity, Mailing City");
        cases(numbered(2, PostalPart::City), "Address 2 - City");
        cases(numbered(1, PostalPart::Whole), "Address 1 - Formatted");
    }

    #[test]
    fn what_is_about_something_else_is_not_taken() {
        cases(
            Role::Extra,
            "Business Fax, Télécopie (bureau), Numero cercapersone, Assistant's Phone, Emergency Contact Phone, Spouse Email, \
             User 1, Benutzerdef. 4, Divers 2, Skype ID, WhatsApp, IM Icq, Partner's Name, Department",
        );
        cases(
            Role::Unknown,
            "Boat, E-mail 2 Display Name, E-mail Type, Phone Type, Email Opt Out, Contact Owner, Lead Source, Gender, Phone Ext, \
             User, Account Owner, Created By",
        );
    }
}
