//! What happens to each property of a card, by its name.
//!
//! Sources: RFC 6350, RFC 6474, RFC 6715 and RFC 9554 for the standard ones; for the others, the output of Apple, Google, Microsoft,
//! Evolution, KDE and Mozilla.

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PropertyKind {
    /// It is read, as `person.rs` says.
    Read,
    /// It goes to the notes under this label.
    Extra(&'static str),
    /// It says nothing about a person, only how a program keeps, sorts or shows a card.
    Silent,
    /// It may say something. It is left out and named.
    Left,
    /// No list has it: a property of some program, or a line of some text.
    Unlisted,
}

/// Properties that `person.rs` and `lines.rs` read.
const READ: &str = "ADR BDAY CATEGORIES EMAIL FN IMPP KEY KIND LABEL LOGO MEMBER N NICKNAME NOTE ORG PHOTO RELATED \
    SOCIALPROFILE SOUND TEL TITLE UID URL X-ABDATE X-ABLABEL X-ABRELATEDNAMES X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER \
    X-ANDROID-CUSTOM X-MS-TEL X-NICKNAME X-PHONETIC-FIRST-NAME X-PHONETIC-LAST-NAME X-PHONETIC-MIDDLE-NAME \
    X-SOCIALPROFILE";

/// Properties of which nobody misses anything: the frame of a card, and how a program keeps and sorts it.
const SILENT: &str =
    "BEGIN CLASS CLIENTPIDMAP END NAME PRODID PROFILE REV SORT-STRING SOURCE VERSION";

/// How the names of such properties of single programs begin: identifiers, times of change, pictures, ringtones and the choice of what
/// is shown.
const KEEPING: &str = "VND- X-ABADR X-ABCROP X-ABORDER X-ABSHOWAS X-ABUID X-ACCOUNT X-ACTIVITY-ALERT X-APPLE-GUID X-APPLE-LIKENESS \
    X-APPLE-WALLPAPER X-CARDDAV X-CLASS X-COUCHDB- X-CROP-RECTANGLE X-DAVDROID- X-ETAG X-EVOLUTION-E- X-EVOLUTION-FILE-AS X-EVOLUTION-LIST \
    X-EVOLUTION-WEBDAV X-FILE-AS X-GENERATOR X-GOOGLE-ETAG X-IMAGE X-IRMC-LUID X-KADDRESSBOOK-CRYPTO X-LAST-MODIFIED X-LOTUS-CHARSET \
    X-MOZILLA-CPT X-MOZILLA-HTML X-MS-CARDPICTURE X-MS-OL- X-MS-SIGNATURE X-NC- X-NETKEEP- X-PM- X-RADICALE X-SHARED-PHOTO X-TIMES X-WALLPAPER";

/// Standard properties that are left out.
const LEFT: &str = "AGENT CALADRURI CALURI CAPURI CONTACT-URI CREATED FBURL GENDER GEO GRAMGENDER JSPROP LANG LANGUAGE MAILER \
    ORG-DIRECTORY TZ XML";

/// The prefixes of programs, between `X-` and the name of a property.
const MARKS: [&str; 10] = [
    "KADDRESSBOOK-X-",
    "KADDRESSBOOK-",
    "EVOLUTION-",
    "MESSAGING/",
    "MS-",
    "CUSTOM-",
    "OUTLOOK-",
    "PALM-",
    "WAB-",
    "ZIMBRA-",
];

/// The labels of the birthday, of other days of the year and of the day of death, which are more than a line of the notes.
pub(super) const BIRTHDAY: &str = "Birthday";
pub(super) const DIED: &str = "Died";
pub(super) const ANNIVERSARY: &str = "Anniversary";
pub(super) const OTHER_DAYS: [&str; 3] = [ANNIVERSARY, "Name day", "Date"];

/// Properties that go to the notes, as they are labelled there: facts about a person, and messengers.
const EXTRAS: &str = "Anniversary Assistant Blog Brother Callback Child Children Custom Department Expertise Father Friend Hobby Interest \
    Manager Mother Office Parent Partner Profession Pronouns Radio Relative Role Sister Spouse Telex AIM Bluesky Discord Facebook GitHub \
    GroupWise ICQ Instagram IRC Jabber KakaoTalk Line LinkedIn Mastodon Matrix MSN QQ Signal SIP Skype Slack Snapchat Telegram Threema \
    TikTok Twitter Viber WeChat WhatsApp Xing XMPP Yahoo YouTube";

/// Other names of such properties, after their labels. Hyphens and underscores are left out.
const OTHER_NAMES: [(&str, &str); 35] = [
    ("Anniversary", "WEDDINGANNIVERSARY WEDDINGDAY"),
    ("Assistant", "ASSISTANTNAME ASSISTANTSNAME"),
    ("Assistant's phone", "ASSISTANTPHONE ASSISTANTTEL"),
    (BIRTHDAY, "BIRTHDAY BIRTHDATE BDAY"),
    ("Birthday (other calendar)", "ALTBDAY"),
    ("Blog", "BLOGURL BLOGFEED"),
    ("Born in", "BIRTHPLACE"),
    ("Custom", "TEXT"),
    ("Custom 1", "CUSTOM1"),
    ("Custom 2", "CUSTOM2"),
    ("Custom 3", "CUSTOM3"),
    ("Custom 4", "CUSTOM4"),
    ("Date", "EVENT"),
    (DIED, "DEATHDATE DEATHDAY DATEOFDEATH DIED"),
    ("Died in", "DEATHPLACE"),
    ("Fax", "FAX"),
    ("Gadu-Gadu", "GADUGADU"),
    ("Google Talk", "GOOGLETALK GTALK HANGOUTS"),
    ("Home Fax", "HOMEFAX"),
    ("Interest", "INTERESTS"),
    ("Maiden name", "MAIDENNAME"),
    ("Manager", "MANAGERNAME MANAGERSNAME"),
    ("Messenger", "IMADDRESS"),
    ("Name day", "NAMEDAY"),
    ("Pager", "PAGER"),
    ("Partner", "DOMESTICPARTNER"),
    ("Phonetic company", "PHONETICORG PHONETICCOMPANY"),
    ("Phonetic name", "PHONETICNAME"),
    ("Referred by", "REFERREDBY"),
    ("Related", "RELATED RELATION"),
    ("Skype", "SKYPEUSERNAME"),
    ("Spouse", "SPOUSENAME SPOUSESNAME WIFE HUSBAND"),
    ("TTY/TDD", "TTYTDD"),
    ("Video", "VIDEOURL"),
    ("Work Fax", "WORKFAX"),
];

pub(super) fn property_kind(name: &str) -> PropertyKind {
    let is_in = |list: &str| list.split_ascii_whitespace().any(|listed| listed == name);
    if is_in(READ) {
        return PropertyKind::Read;
    }
    if is_in(SILENT) || KEEPING.split(' ').any(|start| name.starts_with(start)) {
        return PropertyKind::Silent;
    }
    if is_in(LEFT) {
        return PropertyKind::Left;
    }
    let bare = name.strip_prefix("X-");
    match label_of(bare.unwrap_or(name)) {
        Some(label) => PropertyKind::Extra(label),
        None if bare.is_some() => PropertyKind::Left,
        None => PropertyKind::Unlisted,
    }
}

/// The label that a property has in the notes, by its name without `X-`.
pub(super) fn label_of(name: &str) -> Option<&'static str> {
    let bare = MARKS.iter().find_map(|mark| name.strip_prefix(mark));
    let bare = bare.unwrap_or(name);
    // `X-MESSAGING/XMPP-ALL`, as KDE wrote it.
    let bare = bare.strip_suffix("-ALL").unwrap_or(bare);
    let bare = bare.replace(['-', '_', ' '], "");
    let mut labels = EXTRAS.split_ascii_whitespace();
    let same = labels.find(|label| label.eq_ignore_ascii_case(&bare));
    let is_named = |names: &str| names.split(' ').any(|name| name == bare);
    let other = OTHER_NAMES.iter().find(|(_, names)| is_named(names));
    same.or(other.map(|(label, _)| *label))
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
            ("X-MESSAGING/XMPP-ALL", PropertyKind::Extra("XMPP")),
            ("X-SKYPE-USERNAME", PropertyKind::Extra("Skype")),
            ("X-MS-IMADDRESS", PropertyKind::Extra("Messenger")),
            ("X-WAB-SPOUSE_NAME", PropertyKind::Extra("Spouse")),
            (
                "X-WAB-WEDDING_ANNIVERSARY",
                PropertyKind::Extra("Anniversary"),
            ),
            ("DEATHDATE", PropertyKind::Extra(DIED)),
            ("X-EVOLUTION-DEATH_DATE", PropertyKind::Extra(DIED)),
            ("X-EVOLUTION-WORK-FAX", PropertyKind::Extra("Work Fax")),
            ("X-ABLABEL", PropertyKind::Read),
            ("TEL", PropertyKind::Read),
            ("REV", PropertyKind::Silent),
            ("GENDER", PropertyKind::Left),
            ("X-GENDER", PropertyKind::Left),
            ("VND-63-MEMOJI-METADATA", PropertyKind::Silent),
            ("X-KADDRESSBOOK-BLOGFEED", PropertyKind::Extra("Blog")),
            ("X-FAVOURITE-TEA", PropertyKind::Left),
            ("NEXT", PropertyKind::Unlisted),
            ("HTTPS", PropertyKind::Unlisted),
        ] {
            assert_eq!(property_kind(name), expected, "{name}");
        }
    }
}
