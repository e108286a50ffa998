//! What the columns of a table hold, by their headers.
//!
//! Sources: LinkedIn's `Connections.csv`, Google Contacts (the layouts before and since 2024), Outlook (desktop and web),
//! Thunderbird, as they export them in English; and the words that people write above a column, in a few languages.

use super::own::TOUCHES;
use crate::domain::Field;
use crate::domain::text::caseless;
use crate::exchange::ImportFormat;

/// What a column holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Role {
    Name,
    Given,
    Middle,
    Family,
    Suffix,
    Aka,
    Company,
    Title,
    Email,
    Phone,
    Link,
    /// A part of an address, and which address it is a part of.
    Postal(String, PostalPart),
    Birthday,
    BirthYear,
    BirthMonth,
    BirthDay,
    Tags,
    Notes,
    Added,
    Met,
    Last,
    /// Something netkeep has no field for, which goes to the notes under this label.
    Extra(String),
    /// The same, under the label that another column of the row says.
    Labelled(usize),
    /// Nothing for netkeep.
    Noise,
    /// Nobody knows what.
    Unknown,
}

impl Role {
    /// Whether it is a field of one value.
    pub(super) fn is_single(&self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Given
                | Self::Family
                | Self::Company
                | Self::Title
                | Self::Birthday
                | Self::Added
                | Self::Met
                | Self::Postal(..)
        )
    }
}

/// A part of an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PostalPart {
    Street,
    City,
    Region,
    Code,
    Country,
}

/// A header in the form in which headers are compared: its words, numbers aside.
fn words(header: &str) -> String {
    let words = caseless(header);
    let words = words.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Keys of the book above a column, which nobody else writes there.
const OWN: [&str; 9] = [
    "aka", "bucket", "cadence", "friendly", "limit", "met", "paused", "touches", "uid",
];

/// Whose table it is.
pub(super) fn source(headers: &[String]) -> ImportFormat {
    let all: Vec<String> = headers.iter().map(|header| words(header)).collect();
    let has = |wanted: &[&str]| {
        wanted
            .iter()
            .all(|wanted| all.iter().any(|header| header == wanted))
    };
    let own = all
        .iter()
        .filter(|header| OWN.contains(&header.as_str()))
        .count();
    let is_key = |header: &String| header == TOUCHES || Field::from_key(header).is_some();
    if has(&["name"]) && (own > 1 || own > 0 && all.iter().all(is_key)) {
        ImportFormat::Own
    } else if has(&["connected on", "first name"]) {
        ImportFormat::LinkedIn
    } else if all
        .iter()
        .any(|header| matches!(header.as_str(), "e mail value" | "phone value"))
        || has(&["organization name", "labels"])
    {
        ImportFormat::Google
    } else if has(&["primary email", "display name"]) {
        ImportFormat::Thunderbird
    } else if has(&["e mail address"]) && (has(&["business phone"]) || has(&["home street"])) {
        ImportFormat::Outlook
    } else {
        ImportFormat::Csv
    }
}

/// What each column holds.
pub(super) fn roles(headers: &[String], source: ImportFormat) -> Vec<Role> {
    let role = |(at, header): (usize, &String)| match role(header, source) {
        Role::Labelled(_) => Role::Labelled(at.saturating_sub(1)),
        role => role,
    };
    headers.iter().enumerate().map(role).collect()
}

/// The role that a field has in `--map`.
pub(super) fn mapped(field: &str) -> Option<Role> {
    Some(match caseless(field.trim()).as_str() {
        "name" => Role::Name,
        "first" | "first name" | "given" => Role::Given,
        "last" | "last name" | "family" => Role::Family,
        "aka" => Role::Aka,
        "company" => Role::Company,
        "title" => Role::Title,
        "email" => Role::Email,
        "phone" => Role::Phone,
        "link" | "links" => Role::Link,
        "address" => Role::Postal(String::new(), PostalPart::Street),
        "city" => Role::Postal(String::new(), PostalPart::City),
        "birthday" => Role::Birthday,
        "tag" | "tags" => Role::Tags,
        "met" => Role::Met,
        "notes" => Role::Notes,
        "added" => Role::Added,
        _ => return None,
    })
}

fn role(header: &str, source: ImportFormat) -> Role {
    let words = words(header);
    if let Some(role) = postal(header, &words) {
        return role;
    }
    match words.as_str() {
        "title" if source == ImportFormat::Outlook => Role::Noise,
        "location" if source != ImportFormat::Csv => Role::Noise,
        "name" | "full name" | "vollstandiger name" | "nom complet" | "nombre completo"
        | "fullname" | "display name" | "contact" | "contact name" | "person" | "who" => Role::Name,
        "first name" | "firstname" | "vorname" | "prenom" | "nombre" | "voornaam"
        | "given name" | "forename" | "first" => Role::Given,
        "middle name" | "additional name" => Role::Middle,
        "last name" | "lastname" | "nachname" | "nom" | "nom de famille" | "apellido"
        | "apellidos" | "cognome" | "achternaam" | "family name" | "surname" | "last" => {
            Role::Family
        }
        "suffix" | "name suffix" => Role::Suffix,
        "nickname" | "nick" | "aka" | "alias" => Role::Aka,
        "company" | "company name" | "firma" | "unternehmen" | "societe" | "entreprise"
        | "empresa" | "azienda" | "bedrijf" | "organization" | "organisation"
        | "organization name" | "firm" | "employer" | "entite" | "organisme" | "organisacion" => {
            Role::Company
        }
        "title" | "job title" | "beruf" | "poste" | "cargo" | "functie" | "jobtitle"
        | "position" | "organization title" | "role" => Role::Title,
        "email"
        | "e mail"
        | "e mail adresse"
        | "adresse e mail"
        | "courriel"
        | "correo"
        | "correo electronico"
        | "mail"
        | "emails"
        | "email address"
        | "e mail address"
        | "adresse de messagerie"
        | "adresse electronique"
        | "direccion de correo electronico"
        | "direccion de correo"
        | "e mail value"
        | "email value"
        | "primary email"
        | "secondary email"
        | "work email"
        | "home email"
        | "personal email" => Role::Email,
        "url" | "link" | "links" | "webseite" | "page web" | "pagina web" | "site web"
        | "website" | "website value" | "web page" | "webpage" | "personal web page"
        | "business web page" | "homepage" | "linkedin" | "linkedin url" | "profile"
        | "profile url" => Role::Link,
        "birthday"
        | "birth date"
        | "geburtstag"
        | "geburtsdatum"
        | "date de naissance"
        | "anniversaire"
        | "cumpleanos"
        | "fecha de nacimiento"
        | "verjaardag"
        | "birthdate"
        | "date of birth"
        | "dob" => Role::Birthday,
        "birth year" => Role::BirthYear,
        "birth month" => Role::BirthMonth,
        "birth day" => Role::BirthDay,
        "labels" | "label" | "kategorien" | "kategorie" | "categorias" | "gruppen" | "groupes"
        | "group membership" | "categories" | "category" | "tags" | "tag" | "groups" | "group"
        | "keywords" => Role::Tags,
        "notes" | "note" | "notizen" | "notiz" | "bemerkungen" | "bemerkung" | "remarques"
        | "notas" | "notities" | "comments" | "comment" | "remarks" => Role::Notes,
        "connected on" | "added" => Role::Added,
        "met" | "how we met" => Role::Met,
        "relation value"
        | "event value"
        | "custom field value"
        | "im value"
        | "instant message value" => Role::Labelled(0),
        "phone value" | "phone" | "telefon" | "telefonnummer" | "mobil" | "mobiltelefon"
        | "mobiltel" | "tel mobile" | "telephone mobile" | "telefono movil" | "handy"
        | "portable" | "telefono" | "movil" | "telefoon" | "phones" | "telephone" | "tel"
        | "mobile" | "mobile number" | "cell" | "cellphone" | "phone number" => Role::Phone,
        "assistant s phone" | "company main phone" | "telex" | "callback" | "isdn"
        | "tty tdd phone" | "pager" | "pager number" | "anniversary" | "spouse" | "children"
        | "profession" | "hobby" | "schools" | "manager s name" | "assistant s name"
        | "office location" | "referred by" | "department" | "imaddress" | "screen name"
        | "maiden name" | "occupation" | "abteilung" | "service" | "departement"
        | "departamento" => Role::Extra(header.to_owned()),
        "organization department" => Role::Extra("Department".to_owned()),
        "user" | "custom" if source != ImportFormat::Csv => Role::Extra(header.to_owned()),
        _ if words.ends_with("fax") || words.ends_with("fax number") => {
            Role::Extra(header.to_owned())
        }
        _ if words.ends_with(" phone") => Role::Phone,
        // "Telefon geschäftlich", "Téléphone (bureau)".
        _ if ["telefon ", "telephone ", "telefono "]
            .iter()
            .any(|start| words.starts_with(start)) =>
        {
            Role::Phone
        }
        _ if source != ImportFormat::Csv && is_noise(&words) => Role::Noise,
        _ => Role::Unknown,
    }
}

/// Whether a column of a known program's says nothing about a person: how the program keeps them, or how a name is spoken.
fn is_noise(words: &str) -> bool {
    const ENDS: [&str; 5] = ["label", "type", "formatted", "yomi", "display name"];
    const WORDS: [&str; 18] = [
        "address country code",
        "address po box",
        "billing information",
        "directory server",
        "file as",
        "gender",
        "government id number",
        "initials",
        "internet free busy",
        "language",
        "mileage",
        "name prefix",
        "organizational id number",
        "photo",
        "priority",
        "private",
        "sensitivity",
        "sip address",
    ];
    words.contains("phonetic")
        || WORDS.contains(&words)
        || ENDS.iter().any(|end| words.ends_with(end))
}

/// Whose addresses they are, as their headers begin.
const WHOSE: [&str; 5] = ["business ", "work ", "home ", "other ", "address "];

fn postal(header: &str, words: &str) -> Option<Role> {
    let (whose, part) = match WHOSE
        .iter()
        .find_map(|whose| Some((whose, words.strip_prefix(whose)?)))
    {
        Some((whose, part)) => (whose.trim(), part),
        None => ("", words),
    };
    let (whose, part) = match part.strip_suffix(" geschaftlich") {
        Some(part) => ("business", part),
        None => match part.strip_suffix(" privat") {
            Some(part) => ("home", part),
            None => (whose, part),
        },
    };
    let part = match part {
        "street" | "strasse" | "rue" | "calle" | "adresse" | "direccion" | "anschrift"
        | "po box" | "extended address" | "street address" | "postal address" => PostalPart::Street,
        "address" if whose != "address" => PostalPart::Street,
        "city" | "town" | "ort" | "stadt" | "ville" | "ciudad" | "plaats" | "location"
            if !whose.is_empty() || part != "location" =>
        {
            PostalPart::City
        }
        "state" | "region" | "county" | "province" => PostalPart::Region,
        "postal code" | "post code" | "plz" | "postleitzahl" | "code postal" | "codigo postal"
        | "postcode" | "zip" | "zipcode" | "zip code" => PostalPart::Code,
        "country" | "country region" | "land" | "pays" | "pais" => PostalPart::Country,
        _ => return None,
    };
    // Google numbers its addresses; a number behind a street of Outlook's is its second line.
    let number = header
        .split(|c: char| !c.is_ascii_digit())
        .find(|number| !number.is_empty());
    let whose = match number {
        Some(number) if whose == "address" => number.to_owned(),
        _ => whose.to_owned(),
    };
    Some(Role::Postal(whose, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(header: &str, source: ImportFormat, expected: Role) {
        assert_eq!(role(header, source), expected, "{header}");
    }

    #[test]
    fn headers_say_what_a_column_holds() {
        let postal = |whose: &str, part| Role::Postal(whose.to_owned(), part);
        for (header, expected) in [
            ("Full Name", Role::Name),
            ("E-MAIL", Role::Email),
            ("Mobile", Role::Phone),
            ("Office phone", Role::Phone),
            ("ZIP", postal("", PostalPart::Code)),
            ("Address", postal("", PostalPart::Street)),
            ("Boat", Role::Unknown),
        ] {
            case(header, ImportFormat::Csv, expected);
        }
        for (header, expected) in [
            ("E-mail 2 - Value", Role::Email),
            ("E-mail 2 - Label", Role::Noise),
            ("Phonetic First Name", Role::Noise),
            ("Address 2 - City", postal("2", PostalPart::City)),
            ("Address 1 - Formatted", Role::Noise),
            ("Custom Field 1 - Value", Role::Labelled(0)),
        ] {
            case(header, ImportFormat::Google, expected);
        }
        for (header, expected) in [
            ("E-mail 3 Address", Role::Email),
            ("E-mail 2 Display Name", Role::Noise),
            ("Business Street 3", postal("business", PostalPart::Street)),
            (
                "Business Country/Region",
                postal("business", PostalPart::Country),
            ),
            ("Primary Phone", Role::Phone),
            ("Business Fax", Role::Extra("Business Fax".to_owned())),
            (
                "Assistant's Phone",
                Role::Extra("Assistant's Phone".to_owned()),
            ),
            ("Title", Role::Noise),
            ("User 1", Role::Extra("User 1".to_owned())),
        ] {
            case(header, ImportFormat::Outlook, expected);
        }
        case(
            "Home ZipCode",
            ImportFormat::Thunderbird,
            postal("home", PostalPart::Code),
        );
        case(
            "Home Address 2",
            ImportFormat::Thunderbird,
            postal("home", PostalPart::Street),
        );
    }
}
