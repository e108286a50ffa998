//! What happens to the properties that netkeep has no field for.
//!
//! Sources: RFC 6350, RFC 6474, RFC 6715 and RFC 9554 for the standard ones; for the others, the output of Apple, Google, Microsoft,
//! Evolution, KDE and Mozilla.

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PropertyKind {
    /// It goes to the notes under this label.
    Extra(&'static str),
    /// It says nothing about a person, or is read elsewhere.
    Silent,
    /// It may say something, but is left out.
    Left,
    /// There is no such property. It is a line of some text.
    Unknown,
}

/// Properties that are read elsewhere, or say how a program keeps a card.
const SILENT: &str = "ADR AGENT BDAY BEGIN CALADRURI CALURI CAPURI CATEGORIES CLASS CLIENTPIDMAP CONTACT-URI CREATED EMAIL END FBURL FN \
    GENDER GEO GRAMGENDER IMPP JSPROP KEY KIND LABEL LANG LANGUAGE LOGO MAILER MEMBER N NAME NICKNAME NOTE ORG \
    ORG-DIRECTORY PHOTO PRODID PROFILE REV SOCIALPROFILE SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION X-MS-TEL \
    X-NICKNAME X-SOCIALPROFILE XML";

/// How the names begin of properties that say how a program keeps a card, or how a name is pronounced.
const KEEPING: &str = "VND- X-ABADR X-ABCROP X-ABDATE X-ABLABEL X-ABORDER X-ABRELATEDNAMES X-ABSHOWAS X-ABUID X-ACCOUNT X-ACTIVITY-ALERT \
    X-ADDRESSBOOKSERVER- X-ADDRESSING-GRAMMAR X-ANDROID-CUSTOM X-APPLE- X-CARDDAV X-CLASS X-COUCHDB- X-CROP-RECTANGLE \
    X-DAVDROID- X-EVOLUTION-CERT X-EVOLUTION-E- X-EVOLUTION-FILE-AS X-EVOLUTION-LIST X-EVOLUTION-WEBDAV X-FILE-AS X-GENDER \
    X-GENERATOR X-GOOGLE-ETAG X-IMAGE X-IRMC- X-KADDRESSBOOK-CRYPTO X-KADDRESSBOOK-OPENPGPFP X-KADDRESSBOOK-PHONETICNAME \
    X-LAST- X-LOTUS- X-MOZILLA- X-MS-CARDPICTURE X-MS-OL- X-MS-SIGNATURE X-NC- X-NETKEEP- X-PHONETIC- X-PM- X-RADICALE \
    X-SHARED-PHOTO X-TIMES X-WAB- X-WALLPAPER";

/// The prefixes of programs, between `X-` and the name of a property.
const MARKS: [&str; 5] = [
    "KADDRESSBOOK-X-",
    "KADDRESSBOOK-",
    "EVOLUTION-",
    "MS-",
    "CUSTOM-",
];

/// Properties that go to the notes, as they are labelled there: facts about a person, and messengers.
const EXTRAS: &str = "Anniversary Assistant Blog Callback Children Department Expertise Hobby Interest Manager Office Profession Pronouns \
    Related Radio Role Spouse Telex AIM Discord Facebook GitHub GroupWise ICQ Instagram Jabber Line LinkedIn Mastodon Matrix MSN QQ \
    Signal SIP Skype Telegram Threema Twitter Viber WeChat WhatsApp Yahoo";

/// Other names of such properties, after their labels.
const OTHER_NAMES: [(&str, &str); 20] = [
    ("Assistant", "ASSISTANTSNAME"),
    ("Assistant's phone", "ASSISTANT-PHONE ASSISTANT-TEL"),
    ("Blog", "BLOG-URL BLOGFEED"),
    ("Born in", "BIRTHPLACE"),
    ("Children", "CHILD"),
    ("Custom", "TEXT"),
    ("Date", "EVENT"),
    ("Died", "DEATHDATE"),
    ("Died in", "DEATHPLACE"),
    ("Gadu-Gadu", "GADUGADU GADU-GADU"),
    ("Google Talk", "GOOGLE-TALK GTALK HANGOUTS"),
    ("Interest", "INTERESTS"),
    ("Maiden name", "MAIDENNAME MAIDEN-NAME"),
    ("Manager", "MANAGERSNAME"),
    ("Messenger", "IMADDRESS"),
    ("Skype", "SKYPE-USERNAME"),
    ("Spouse", "SPOUSENAME"),
    ("TTY/TDD", "TTYTDD"),
    ("Video", "VIDEO-URL"),
    ("Yahoo", "YAHOO-ID"),
];

pub(super) fn property_kind(name: &str) -> PropertyKind {
    let is_silent = SILENT.split(' ').any(|silent| silent == name);
    if is_silent || KEEPING.split(' ').any(|start| name.starts_with(start)) {
        return PropertyKind::Silent;
    }
    let bare = name.strip_prefix("X-");
    let about = bare.unwrap_or(name);
    let about = MARKS
        .iter()
        .find_map(|mark| about.strip_prefix(mark))
        .unwrap_or(about);
    let same = EXTRAS
        .split(' ')
        .find(|label| label.eq_ignore_ascii_case(about));
    let other = OTHER_NAMES
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == about));
    if let Some(label) = same.or(other.map(|(label, _)| *label)) {
        PropertyKind::Extra(label)
    } else if bare.is_some() {
        PropertyKind::Left
    } else {
        PropertyKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_go_to_the_notes_or_are_reported() {
        for (name, expected) in [
            ("X-KADDRESSBOOK-X-SPOUSENAME", PropertyKind::Extra("Spouse")),
            ("X-EVOLUTION-MANAGER", PropertyKind::Extra("Manager")),
            ("HOBBY", PropertyKind::Extra("Hobby")),
            ("X-SKYPE-USERNAME", PropertyKind::Extra("Skype")),
            ("X-MS-IMADDRESS", PropertyKind::Extra("Messenger")),
            ("X-ABLABEL", PropertyKind::Silent),
            ("TEL", PropertyKind::Silent),
            ("VND-63-MEMOJI-METADATA", PropertyKind::Silent),
            ("X-KADDRESSBOOK-BLOGFEED", PropertyKind::Extra("Blog")),
            ("X-FAVOURITE-TEA", PropertyKind::Left),
            ("NEXT", PropertyKind::Unknown),
            ("HTTPS", PropertyKind::Unknown),
        ] {
            assert_eq!(property_kind(name), expected, "{name}");
        }
    }
}
