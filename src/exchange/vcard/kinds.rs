//! What becomes of the properties that netkeep has no field for.
//!
//! Sources: RFC 6350, RFC 6474, RFC 6715 and RFC 9554 for the standard ones; for the others what Apple, Google, Microsoft,
//! Evolution, KDE and Mozilla write.

/// What becomes of a property.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// It goes to the notes under this label.
    Extra(&'static str),
    /// It is an address of this messenger's, and goes to the notes.
    Messenger(&'static str),
    /// It says nothing about a person, or is read elsewhere.
    Silent,
    /// It may say something, and is left out.
    Left,
    /// There is no such property: it is a line of some text.
    Unknown,
}

/// Properties that are read elsewhere, or say how a program keeps a card.
const SILENT: [&str; 53] = [
    "ADR",
    "AGENT",
    "BDAY",
    "BEGIN",
    "CALADRURI",
    "CALURI",
    "CAPURI",
    "CATEGORIES",
    "CLASS",
    "CLIENTPIDMAP",
    "CONTACT-URI",
    "CREATED",
    "EMAIL",
    "END",
    "FBURL",
    "FN",
    "GENDER",
    "GEO",
    "GRAMGENDER",
    "IMPP",
    "JSPROP",
    "KEY",
    "KIND",
    "LABEL",
    "LANG",
    "LANGUAGE",
    "LOGO",
    "MAILER",
    "MEMBER",
    "N",
    "NAME",
    "NICKNAME",
    "NOTE",
    "ORG",
    "ORG-DIRECTORY",
    "PHOTO",
    "PRODID",
    "PROFILE",
    "REV",
    "SOCIALPROFILE",
    "SORT-STRING",
    "SOUND",
    "SOURCE",
    "TEL",
    "TITLE",
    "TZ",
    "UID",
    "URL",
    "VERSION",
    "X-MS-TEL",
    "X-NICKNAME",
    "X-SOCIALPROFILE",
    "XML",
];

/// How the names begin of properties that say how a program keeps a card, or how a name is spoken.
const KEEPING: [&str; 49] = [
    "VND-",
    "X-ABADR",
    "X-ABCROP",
    "X-ABDATE",
    "X-ABLABEL",
    "X-ABORDER",
    "X-ABRELATEDNAMES",
    "X-ABSHOWAS",
    "X-ABUID",
    "X-ACCOUNT",
    "X-ACTIVITY-ALERT",
    "X-ADDRESSBOOKSERVER-",
    "X-ADDRESSING-GRAMMAR",
    "X-ANDROID-CUSTOM",
    "X-APPLE-",
    "X-CARDDAV",
    "X-CLASS",
    "X-COUCHDB-",
    "X-CROP-RECTANGLE",
    "X-DAVDROID-",
    "X-EVOLUTION-CERT",
    "X-EVOLUTION-E-",
    "X-EVOLUTION-FILE-AS",
    "X-EVOLUTION-LIST",
    "X-EVOLUTION-WEBDAV",
    "X-FILE-AS",
    "X-GENDER",
    "X-GENERATOR",
    "X-GOOGLE-ETAG",
    "X-IMAGE",
    "X-IRMC-",
    "X-KADDRESSBOOK-CRYPTO",
    "X-KADDRESSBOOK-OPENPGPFP",
    "X-KADDRESSBOOK-PHONETICNAME",
    "X-LAST-",
    "X-LOTUS-",
    "X-MOZILLA-",
    "X-MS-CARDPICTURE",
    "X-MS-OL-",
    "X-MS-SIGNATURE",
    "X-NC-",
    "X-NETKEEP-",
    "X-PHONETIC-",
    "X-PM-",
    "X-RADICALE",
    "X-SHARED-PHOTO",
    "X-TIMES",
    "X-WAB-",
    "X-WALLPAPER",
];

/// Between `X-` and what a property is about, the programs' own marks.
const MARKS: [&str; 5] = [
    "KADDRESSBOOK-X-",
    "KADDRESSBOOK-",
    "EVOLUTION-",
    "MS-",
    "CUSTOM-",
];

/// What becomes of the property of that name, which is in upper case.
pub(super) fn kind(name: &str) -> Kind {
    if SILENT.contains(&name) || KEEPING.iter().any(|start| name.starts_with(start)) {
        return Kind::Silent;
    }
    let bare = name.strip_prefix("X-");
    let about = bare.unwrap_or(name);
    let about = MARKS
        .iter()
        .find_map(|mark| about.strip_prefix(mark))
        .unwrap_or(about);
    match about {
        "ANNIVERSARY" => Kind::Extra("Anniversary"),
        "ASSISTANT" | "ASSISTANTSNAME" => Kind::Extra("Assistant"),
        "ASSISTANT-PHONE" | "ASSISTANT-TEL" => Kind::Extra("Assistant's phone"),
        "BIRTHPLACE" => Kind::Extra("Born in"),
        "BLOG-URL" | "BLOGFEED" | "BLOG" => Kind::Extra("Blog"),
        "CALLBACK" => Kind::Extra("Callback"),
        "CHILD" | "CHILDREN" => Kind::Extra("Children"),
        "DEATHDATE" => Kind::Extra("Died"),
        "DEATHPLACE" => Kind::Extra("Died in"),
        "DEPARTMENT" => Kind::Extra("Department"),
        "EVENT" => Kind::Extra("Date"),
        "EXPERTISE" => Kind::Extra("Expertise"),
        "HOBBY" => Kind::Extra("Hobby"),
        "INTEREST" | "INTERESTS" => Kind::Extra("Interest"),
        "MAIDENNAME" | "MAIDEN-NAME" => Kind::Extra("Maiden name"),
        "MANAGER" | "MANAGERSNAME" => Kind::Extra("Manager"),
        "OFFICE" => Kind::Extra("Office"),
        "PROFESSION" => Kind::Extra("Profession"),
        "PRONOUNS" => Kind::Extra("Pronouns"),
        "RELATED" => Kind::Extra("Related"),
        "RADIO" => Kind::Extra("Radio"),
        "ROLE" => Kind::Extra("Role"),
        "SPOUSE" | "SPOUSENAME" => Kind::Extra("Spouse"),
        "TELEX" => Kind::Extra("Telex"),
        "TEXT" => Kind::Extra("Custom"),
        "TTYTDD" => Kind::Extra("TTY/TDD"),
        "VIDEO-URL" => Kind::Extra("Video"),
        "AIM" => Kind::Messenger("AIM"),
        "DISCORD" => Kind::Messenger("Discord"),
        "FACEBOOK" => Kind::Messenger("Facebook"),
        "GADUGADU" | "GADU-GADU" => Kind::Messenger("Gadu-Gadu"),
        "GITHUB" => Kind::Messenger("GitHub"),
        "GOOGLE-TALK" | "GTALK" | "HANGOUTS" => Kind::Messenger("Google Talk"),
        "GROUPWISE" => Kind::Messenger("GroupWise"),
        "ICQ" => Kind::Messenger("ICQ"),
        "INSTAGRAM" => Kind::Messenger("Instagram"),
        "IMADDRESS" => Kind::Messenger("Messenger"),
        "JABBER" => Kind::Messenger("Jabber"),
        "LINE" => Kind::Messenger("Line"),
        "LINKEDIN" => Kind::Messenger("LinkedIn"),
        "MASTODON" => Kind::Messenger("Mastodon"),
        "MATRIX" => Kind::Messenger("Matrix"),
        "MSN" => Kind::Messenger("MSN"),
        "QQ" => Kind::Messenger("QQ"),
        "SIGNAL" => Kind::Messenger("Signal"),
        "SIP" => Kind::Messenger("SIP"),
        "SKYPE" | "SKYPE-USERNAME" => Kind::Messenger("Skype"),
        "TELEGRAM" => Kind::Messenger("Telegram"),
        "THREEMA" => Kind::Messenger("Threema"),
        "TWITTER" => Kind::Messenger("Twitter"),
        "VIBER" => Kind::Messenger("Viber"),
        "WECHAT" => Kind::Messenger("WeChat"),
        "WHATSAPP" => Kind::Messenger("WhatsApp"),
        "YAHOO" | "YAHOO-ID" => Kind::Messenger("Yahoo"),
        _ if bare.is_some() => Kind::Left,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_go_to_the_notes_or_are_told() {
        for (name, expected) in [
            ("X-KADDRESSBOOK-X-SPOUSENAME", Kind::Extra("Spouse")),
            ("X-EVOLUTION-MANAGER", Kind::Extra("Manager")),
            ("HOBBY", Kind::Extra("Hobby")),
            ("X-SKYPE-USERNAME", Kind::Messenger("Skype")),
            ("X-MS-IMADDRESS", Kind::Messenger("Messenger")),
            ("X-ABLABEL", Kind::Silent),
            ("TEL", Kind::Silent),
            ("VND-63-MEMOJI-METADATA", Kind::Silent),
            ("X-KADDRESSBOOK-BLOGFEED", Kind::Extra("Blog")),
            ("X-FAVOURITE-TEA", Kind::Left),
            ("NEXT", Kind::Unknown),
            ("HTTPS", Kind::Unknown),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
