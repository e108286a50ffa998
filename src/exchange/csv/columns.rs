//! What the columns of a table hold, by their headers.
//!
//! Sources: LinkedIn's `Connections.csv`, Google Contacts (the layouts before and since 2024), Outlook (desktop and web) and
//! Thunderbird, as they export them in English; and the headers that people write, in a few languages.

use super::own::is_key;
use crate::domain::Field;
use crate::domain::model::field::FieldKind;
use crate::domain::text::caseless;
use crate::exchange::ImportFormat;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role<'h> {
    /// A field of the book, except the address and the city, which come in parts.
    Field(Field),
    Given,
    Middle,
    Family,
    Suffix,
    /// A part of a postal address, and which address it is a part of.
    Postal(&'h str, PostalPart),
    /// The year, the month or the day of the birthday, from 0.
    Born(usize),
    Last,
    /// Something netkeep has no field for. It goes to the notes under this label.
    Extra(&'h str),
    /// The same, but another column of the row holds the label.
    Labelled(usize),
    /// Nothing for netkeep.
    Noise,
    Unknown,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PostalPart {
    Street,
    City,
    Region,
    Code,
    Country,
}

/// The dictionary: each role and the headers that mean it, in the form that [`words`] returns.
const HEADERS: [(Role, &str); 20] = [
    (
        Role::Field(Field::Name),
        "name, full name, vollstandiger name, nom complet, nombre completo, fullname, display name, contact, contact name, person, \
         who",
    ),
    (
        Role::Given,
        "first name, firstname, vorname, prenom, nombre, voornaam, given name, forename, first",
    ),
    (Role::Middle, "middle name, additional name"),
    (
        Role::Family,
        "last name, lastname, nachname, nom, nom de famille, apellido, apellidos, cognome, achternaam, family name, surname, last",
    ),
    (Role::Suffix, "suffix, name suffix"),
    (Role::Field(Field::Aka), "nickname, nick, aka, alias"),
    (
        Role::Field(Field::Company),
        "company, company name, firma, unternehmen, societe, entreprise, empresa, azienda, bedrijf, organization, organisation, \
         organization name, firm, employer, entite, organisme, organisacion",
    ),
    (
        Role::Field(Field::Title),
        "title, job title, beruf, poste, cargo, functie, jobtitle, position, organization title, role",
    ),
    (
        Role::Field(Field::Email),
        "email, e mail, e mail adresse, adresse e mail, courriel, correo, correo electronico, mail, emails, email address, \
         e mail address, adresse de messagerie, adresse electronique, direccion de correo electronico, direccion de correo, \
         e mail value, email value, primary email, secondary email, work email, home email, personal email",
    ),
    (
        Role::Field(Field::Phone),
        "phone value, phone, telefon, telefonnummer, mobil, mobiltelefon, mobiltel, tel mobile, telephone mobile, telefono movil, \
         handy, portable, telefono, movil, telefoon, phones, telephone, tel, mobile, mobile number, cell, cellphone, phone number",
    ),
    (
        Role::Field(Field::Links),
        "url, link, links, webseite, page web, pagina web, site web, website, website value, web page, webpage, personal web page, \
         business web page, homepage, linkedin, linkedin url, profile, profile url",
    ),
    (
        Role::Field(Field::Birthday),
        "birthday, birth date, geburtstag, geburtsdatum, date de naissance, anniversaire, cumpleanos, fecha de nacimiento, \
         verjaardag, birthdate, date of birth, dob",
    ),
    (Role::Born(0), "birth year"),
    (Role::Born(1), "birth month"),
    (Role::Born(2), "birth day"),
    (
        Role::Field(Field::Tags),
        "labels, label, kategorien, kategorie, categorias, gruppen, groupes, group membership, categories, category, tags, tag, \
         groups, group, keywords",
    ),
    (Role::Field(Field::Met), "met, how we met"),
    (Role::Field(Field::Added), "connected on, added"),
    (
        Role::Field(Field::Notes),
        "notes, note, notizen, notiz, bemerkungen, bemerkung, remarques, notas, notities, comments, comment, remarks",
    ),
    (
        Role::Labelled(0),
        "relation value, event value, custom field value, im value, instant message value",
    ),
];

/// The same for the parts of a postal address.
const PARTS: [(PostalPart, &str); 5] = [
    (
        PostalPart::Street,
        "street, strasse, rue, calle, adresse, direccion, anschrift, address, po box, extended address, street address, \
         postal address",
    ),
    (
        PostalPart::City,
        "city, town, ort, stadt, ville, ciudad, plaats, location",
    ),
    (PostalPart::Region, "state, region, county, province"),
    (
        PostalPart::Code,
        "postal code, post code, plz, postleitzahl, code postal, codigo postal, postcode, zip, zipcode, zip code",
    ),
    (
        PostalPart::Country,
        "country, country region, land, pays, pais",
    ),
];

/// Headers of what goes to the notes under its own header.
const EXTRAS: &str = "assistant s phone, company main phone, telex, callback, isdn, tty tdd phone, pager, pager number, \
    anniversary, spouse, children, profession, hobby, schools, manager s name, assistant s name, office location, referred by, \
    department, imaddress, screen name, maiden name, occupation, abteilung, service, departement, departamento";

/// Headers of a program's table that say nothing about a person, only how the program keeps them.
const NOISE: &str = "address country code, address po box, billing information, directory server, file as, gender, \
    government id number, initials, internet free busy, language, mileage, name prefix, organizational id number, photo, priority, \
    private, sensitivity, sip address";

fn look_up<M: Copy>(dictionary: &[(M, &str)], header: &str) -> Option<M> {
    let entry = dictionary
        .iter()
        .find(|(_, headers)| lists(headers, header));
    entry.map(|(meaning, _)| *meaning)
}

fn lists(headers: &str, header: &str) -> bool {
    headers.split(", ").any(|listed| listed == header)
}

impl Role<'_> {
    /// Whether it is a day in one cell.
    pub(super) fn is_day(self) -> bool {
        matches!(
            self,
            Self::Last | Self::Field(Field::Birthday | Field::Added)
        )
    }

    /// Whether it is a field of one value.
    pub(super) fn is_single(self) -> bool {
        match self {
            Self::Field(field) => field.kind() != FieldKind::List && field != Field::Notes,
            Self::Given | Self::Family | Self::Postal(..) => true,
            _ => false,
        }
    }
}

/// A header in the form in which headers are compared: its words, without numbers.
fn words(header: &str) -> String {
    let words = caseless(header);
    let words = words.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Keys of the book that no other program has as a header.
const OWN: [&str; 9] = [
    "aka", "bucket", "cadence", "friendly", "limit", "met", "paused", "touches", "uid",
];

/// The program that wrote the table.
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
    if has(&["name"]) && (own > 1 || own > 0 && all.iter().all(|header| is_key(header))) {
        ImportFormat::Own
    } else if has(&["connected on", "first name"]) {
        ImportFormat::LinkedIn
    } else if has(&["e mail value"])
        || has(&["phone value"])
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

pub(super) fn roles(headers: &[String], source: ImportFormat) -> Vec<Role<'_>> {
    let columns = headers.iter().enumerate();
    let roles = columns.map(|(at, header)| match role(header, source) {
        Role::Labelled(_) => Role::Labelled(at.saturating_sub(1)),
        role => role,
    });
    roles.collect()
}

/// The role that a field has in `--map`.
pub(super) fn mapped(field: &str) -> Option<Role<'static>> {
    Some(match caseless(field.trim()).as_str() {
        "first" | "first name" | "given" => Role::Given,
        "last" | "last name" | "family" => Role::Family,
        "link" => Role::Field(Field::Links),
        "tag" => Role::Field(Field::Tags),
        key => match Field::from_key(key)? {
            Field::Address => Role::Postal("", PostalPart::Street),
            Field::City => Role::Postal("", PostalPart::City),
            // What only the user decides, and no other program knows.
            Field::Bucket
            | Field::Cadence
            | Field::Limit
            | Field::Friendly
            | Field::Paused
            | Field::Next
            | Field::Uid => return None,
            field => Role::Field(field),
        },
    })
}

fn role(header: &str, source: ImportFormat) -> Role<'_> {
    let words = words(header);
    if let Some((kind, part)) = postal(header, &words) {
        return Role::Postal(kind, part);
    }
    let is_known = source != ImportFormat::Csv;
    match words.as_str() {
        "title" if source == ImportFormat::Outlook => return Role::Noise,
        "location" if is_known => return Role::Noise,
        "user" | "custom" if is_known => return Role::Extra(header),
        "organization department" => return Role::Extra("Department"),
        _ => {}
    }
    if let Some(role) = look_up(&HEADERS, &words) {
        return role;
    }
    // "Telefon geschäftlich", "Téléphone (bureau)".
    let is_phone = || {
        let starts = ["telefon ", "telephone ", "telefono "];
        words.ends_with(" phone") || starts.iter().any(|start| words.starts_with(start))
    };
    if lists(EXTRAS, &words) || words.ends_with("fax") || words.ends_with("fax number") {
        Role::Extra(header)
    } else if is_phone() {
        Role::Field(Field::Phone)
    } else if is_known && is_noise(&words) {
        Role::Noise
    } else {
        Role::Unknown
    }
}

/// Whether a column of a known program's table says nothing about a person, only how the program keeps them or how a name is
/// pronounced.
fn is_noise(words: &str) -> bool {
    const ENDS: [&str; 5] = ["label", "type", "formatted", "yomi", "display name"];
    words.contains("phonetic") || lists(NOISE, words) || ENDS.iter().any(|end| words.ends_with(end))
}

/// Which address a part belongs to, as headers begin.
const ADDRESS_KINDS: [&str; 5] = ["business ", "work ", "home ", "other ", "address "];

/// The address and the part of it that a column holds.
fn postal<'h>(header: &'h str, words: &str) -> Option<(&'h str, PostalPart)> {
    let kind = ADDRESS_KINDS.iter().find(|kind| words.starts_with(**kind));
    let (kind, part) = kind.map_or(("", words), |kind| (kind.trim(), &words[kind.len()..]));
    let german = [("business", " geschaftlich"), ("home", " privat")];
    let german = german.map(|(kind, end)| Some((kind, part.strip_suffix(end)?)));
    let (kind, part) = german.into_iter().flatten().next().unwrap_or((kind, part));
    let is_other = part == "address" && kind == "address" || part == "location" && kind.is_empty();
    let found = look_up(&PARTS, part).filter(|_| !is_other)?;
    // Google numbers its addresses. In Outlook a number after a street means its second line.
    let mut numbers = header.split(|c: char| !c.is_ascii_digit());
    let number = numbers.find(|number| !number.is_empty());
    Some((number.filter(|_| kind == "address").unwrap_or(kind), found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(header: &str, source: ImportFormat, expected: Role) {
        assert_eq!(role(header, source), expected, "{header}");
    }

    #[test]
    fn headers_say_what_a_column_holds() {
        for (header, expected) in [
            ("Full Name", Role::Field(Field::Name)),
            ("E-MAIL", Role::Field(Field::Email)),
            ("Mobile", Role::Field(Field::Phone)),
            ("Office phone", Role::Field(Field::Phone)),
            ("ZIP", Role::Postal("", PostalPart::Code)),
            ("Address", Role::Postal("", PostalPart::Street)),
            ("Boat", Role::Unknown),
        ] {
            case(header, ImportFormat::Csv, expected);
        }
        for (header, expected) in [
            ("E-mail 2 - Value", Role::Field(Field::Email)),
            ("E-mail 2 - Label", Role::Noise),
            ("Phonetic First Name", Role::Noise),
            ("Address 2 - City", Role::Postal("2", PostalPart::City)),
            ("Address 1 - Formatted", Role::Noise),
            ("Custom Field 1 - Value", Role::Labelled(0)),
        ] {
            case(header, ImportFormat::Google, expected);
        }
        for (header, expected) in [
            ("E-mail 3 Address", Role::Field(Field::Email)),
            ("E-mail 2 Display Name", Role::Noise),
            (
                "Business Street 3",
                Role::Postal("business", PostalPart::Street),
            ),
            (
                "Business Country/Region",
                Role::Postal("business", PostalPart::Country),
            ),
            ("Primary Phone", Role::Field(Field::Phone)),
            ("Business Fax", Role::Extra("Business Fax")),
            ("Assistant's Phone", Role::Extra("Assistant's Phone")),
            ("Title", Role::Noise),
            ("User 1", Role::Extra("User 1")),
        ] {
            case(header, ImportFormat::Outlook, expected);
        }
        case(
            "Home ZipCode",
            ImportFormat::Thunderbird,
            Role::Postal("home", PostalPart::Code),
        );
        case(
            "Home Address 2",
            ImportFormat::Thunderbird,
            Role::Postal("home", PostalPart::Street),
        );
    }
}
