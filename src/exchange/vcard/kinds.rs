//! What happens to the properties that netkeep has no field for.
//!
//! Sources: RFC 6350, RFC 6474, RFC 6715 and RFC 9554 for the standard ones; for the others, the output of Apple, Google, Microsoft,
//! Evolution, KDE and Mozilla.

/// What happens to a property.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PropertyKind {
    /// It goes to the notes under this label.
    Extra(&'static str),
    /// It is an address of this messenger, and goes to the notes.
    Messenger(&'static str),
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

/// Labels, and the properties that go to the notes under them.
const EXTRAS: [(&str, &str); 27] = [
    ("Anniversary", "ANNIVERSARY"),
    ("Assistant", "ASSISTANT ASSISTANTSNAME"),
    ("Assistant's phone", "ASSISTANT-PHONE ASSISTANT-TEL"),
    ("Born in", "BIRTHPLACE"),
    ("Blog", "BLOG-URL BLOGFEED BLOG"),
    ("Callback", "CALLBACK"),
    ("Children", "CHILD CHILDREN"),
    ("Died", "DEATHDATE"),
    ("Died in", "DEATHPLACE"),
    ("Department", "DEPARTMENT"),
    ("Date", "EVENT"),
    ("Expertise", "EXPERTISE"),
    ("Hobby", "HOBBY"),
    ("Interest", "INTEREST INTERESTS"),
    ("Maiden name", "MAIDENNAME MAIDEN-NAME"),
    ("Manager", "MANAGER MANAGERSNAME"),
    ("Office", "OFFICE"),
    ("Profession", "PROFESSION"),
    ("Pronouns", "PRONOUNS"),
    ("Related", "RELATED"),
    ("Radio", "RADIO"),
    ("Role", "ROLE"),
    ("Spouse", "SPOUSE SPOUSENAME"),
    ("Telex", "TELEX"),
    ("Custom", "TEXT"),
    ("TTY/TDD", "TTYTDD"),
    ("Video", "VIDEO-URL"),
];

/// Messengers, and the properties that hold their addresses.
const MESSENGERS: [(&str, &str); 27] = [
    ("AIM", "AIM"),
    ("Discord", "DISCORD"),
    ("Facebook", "FACEBOOK"),
    ("Gadu-Gadu", "GADUGADU GADU-GADU"),
    ("GitHub", "GITHUB"),
    ("Google Talk", "GOOGLE-TALK GTALK HANGOUTS"),
    ("GroupWise", "GROUPWISE"),
    ("ICQ", "ICQ"),
    ("Instagram", "INSTAGRAM"),
    ("Messenger", "IMADDRESS"),
    ("Jabber", "JABBER"),
    ("Line", "LINE"),
    ("LinkedIn", "LINKEDIN"),
    ("Mastodon", "MASTODON"),
    ("Matrix", "MATRIX"),
    ("MSN", "MSN"),
    ("QQ", "QQ"),
    ("Signal", "SIGNAL"),
    ("SIP", "SIP"),
    ("Skype", "SKYPE SKYPE-USERNAME"),
    ("Telegram", "TELEGRAM"),
    ("Threema", "THREEMA"),
    ("Twitter", "TWITTER"),
    ("Viber", "VIBER"),
    ("WeChat", "WECHAT"),
    ("WhatsApp", "WHATSAPP"),
    ("Yahoo", "YAHOO YAHOO-ID"),
];

/// What happens to the property with that name, which is in upper case.
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
    let label = |table: &[(&'static str, &str)]| {
        let row = table
            .iter()
            .find(|(_, names)| names.split(' ').any(|name| name == about));
        row.map(|(label, _)| *label)
    };
    if let Some(label) = label(&EXTRAS) {
        PropertyKind::Extra(label)
    } else if let Some(service) = label(&MESSENGERS) {
        PropertyKind::Messenger(service)
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
            ("X-SKYPE-USERNAME", PropertyKind::Messenger("Skype")),
            ("X-MS-IMADDRESS", PropertyKind::Messenger("Messenger")),
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
