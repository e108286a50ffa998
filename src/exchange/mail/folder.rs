//! What a folder of mail is for, by its name.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use crate::domain::dates::day_words::MONTHS;
use crate::domain::sources::fact::{Mail, MailKind};
use crate::domain::text::fold;

/// What the messages in a folder of mail have in common. Of the names on the way to a folder, the one decides that is the last
/// here.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum MailFolder {
    /// Nothing: an inbox, an archive, or a folder of the user's own.
    #[default]
    Plain,
    /// Conversations of a chat.
    Chats,
    /// Sent messages.
    Sent,
    /// Messages that are not sent: drafts, templates and what is on its way.
    Drafts,
    /// Messages that nobody asked for.
    Spam,
    /// Deleted messages.
    Trash,
}

/// The names of folders, folded, in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, as mail
/// programs and hosts write them.
#[rustfmt::skip]
const NAMES: [(MailFolder, &[&str]); 5] = [
    (MailFolder::Chats, &["chat", "chats"]),
    (MailFolder::Sent, &[
        "sent", "sent mail", "sent items", "sent messages", "sent objects", "sent email",
        "gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten", "gesendete e mails",
        "envoyes", "messages envoyes", "elements envoyes", "objets envoyes", "courrier envoye",
        "enviados", "elementos enviados", "mensajes enviados", "correo enviado", "correos enviados",
        "inviata", "inviati", "posta inviata", "messaggi inviati", "elementi inviati",
        "enviadas", "itens enviados", "mensagens enviadas", "e mails enviados", "correio enviado",
        "verzonden", "verzonden items", "verzonden berichten", "verzonden e mails",
        "wyslane", "elementy wyslane", "wiadomosci wyslane", "wyslane wiadomosci",
        "skickat", "skickade", "skickade objekt", "skickade meddelanden", "skickad e post",
    ]),
    (MailFolder::Drafts, &[
        "drafts", "draft", "templates", "unsent", "unsent messages", "outbox",
        "entwurfe", "entwurf", "vorlagen", "postausgang",
        "brouillons", "brouillon", "modeles", "boite denvoi",
        "borradores", "borrador", "plantillas", "bandeja de salida",
        "bozze", "bozza", "modelli", "posta in uscita",
        "rascunhos", "rascunho", "modelos", "caixa de saida",
        "concepten", "sjablonen", "postvak uit",
        "szkice", "kopie robocze", "wersje robocze", "robocze", "szablony", "skrzynka nadawcza",
        "utkast", "mallar", "utkorg", "utkorgen",
    ]),
    (MailFolder::Spam, &[
        "spam", "junk", "junk mail", "junk e mail", "junk email", "bulk mail",
        "spamverdacht", "unerwunscht", "werbung und spam",
        "indesirables", "courrier indesirable", "pourriel", "pourriels",
        "correo no deseado", "no deseado", "correo basura",
        "indesiderata", "posta indesiderata",
        "lixo eletronico", "lixo electronico", "correio nao solicitado",
        "ongewenst", "ongewenste e mail", "ongewenste reclame",
        "wiadomosci smieci", "niechciane", "wiadomosci niechciane",
        "skrappost", "skrap",
    ]),
    (MailFolder::Trash, &[
        "trash", "deleted", "deleted items", "deleted messages", "deleted objects", "wastebasket",
        "papierkorb", "geloscht", "geloschte elemente", "geloschte objekte", "geloschte nachrichten",
        "corbeille", "elements supprimes", "messages supprimes", "supprimes",
        "papelera", "papelera de reciclaje", "elementos eliminados", "mensajes eliminados", "eliminados",
        "cestino", "posta eliminata", "elementi eliminati", "messaggi eliminati", "eliminati",
        "lixeira", "lixo", "itens excluidos", "itens eliminados", "mensagens excluidas",
        "prullenbak", "prullenmand", "verwijderd", "verwijderde items", "verwijderde berichten",
        "kosz", "usuniete", "elementy usuniete", "wiadomosci usuniete",
        "papperskorg", "papperskorgen", "borttaget", "borttagna objekt", "borttagna meddelanden",
    ]),
];

impl MailFolder {
    /// A message that is kept in this folder, in a file with these flags of a Maildir. Where it is decides before what it is.
    #[must_use]
    pub fn keep(self, mail: Mail, flags: &str) -> Mail {
        let kind = match self {
            Self::Drafts => Some(MailKind::Draft),
            _ if flags.contains('D') => Some(MailKind::Draft),
            Self::Spam => Some(MailKind::Spam),
            Self::Trash => Some(MailKind::Deleted),
            _ if flags.contains('T') => Some(MailKind::Deleted),
            Self::Chats => Some(MailKind::Chat),
            Self::Plain | Self::Sent => mail.kind,
        };
        Mail {
            kind,
            is_sent: mail.is_sent || self == Self::Sent,
            ..mail
        }
    }

    /// What the folder at a path within the user's mail is for. What is in a folder of deleted messages is deleted.
    ///
    /// Reads the names of Maildir++ (`.INBOX.Sent`), of Thunderbird (`Trash.sbd/Old`), of Apple Mail (`Sent.mbox/mbox`), of Gmail
    /// (`[Gmail]/Sent Mail`) and those in IMAP's own UTF-7 (`Entw&APw-rfe`).
    ///
    /// ```
    /// use netkeep::exchange::mail::MailFolder;
    ///
    /// assert_eq!(MailFolder::of(".INBOX.Entw&APw-rfe"), MailFolder::Drafts);
    /// assert_eq!(MailFolder::of("Trash/Sentinel"), MailFolder::Trash);
    /// assert_eq!(MailFolder::of("Sentinel"), MailFolder::Plain);
    /// ```
    pub fn of(path: &str) -> Self {
        let mut found = Self::Plain;
        let mut is_in_gmail = false;
        for part in path.split(['/', '\\']) {
            let is_in_one = part.starts_with('.') || is_in_inbox(part);
            let names: Vec<&str> = if is_in_one {
                part.split('.').collect()
            } else {
                vec![part]
            };
            for name in names {
                found = found.max(if is_in_gmail {
                    Self::in_gmail(name)
                } else {
                    Self::named(name)
                });
                is_in_gmail = name.starts_with("[Gmail]") || name.starts_with("[Google Mail]");
            }
        }
        found
    }

    /// What a folder of Gmail's with this name is for.
    pub(super) fn in_gmail(name: &str) -> Self {
        // The name of the bin in British English is that of another folder everywhere else.
        if name.eq_ignore_ascii_case("bin") {
            Self::Trash
        } else {
            Self::named(name)
        }
    }

    /// What a folder with this name is for, wherever it is.
    fn named(name: &str) -> Self {
        let name = without_extension(name.trim());
        let folded = fold(&decoded(name));
        let mut words: Vec<&str> = folded.split(' ').collect();
        // Old messages are put aside as `sent-mail-jan-2026`.
        let is_of_time =
            |word: &&str| MONTHS.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
        while words.len() > 1 && words.last().is_some_and(is_of_time) {
            words.pop();
        }
        let name = words.join(" ");
        let known = NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        known.map_or(Self::Plain, |(folder, _)| *folder)
    }
}

/// Whether the name of a folder is one within the inbox, as some hosts write it: `INBOX.Sent`.
fn is_in_inbox(name: &str) -> bool {
    let inbox = name.split_once('.').map(|(inbox, _)| inbox);
    inbox.is_some_and(|inbox| inbox.eq_ignore_ascii_case("inbox"))
}

fn without_extension(name: &str) -> &str {
    const EXTENSIONS: [&str; 4] = ["mbox", "sbd", "mbx", "maildir"];
    match name.rsplit_once('.') {
        Some((rest, end))
            if EXTENSIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(end)) =>
        {
            rest
        }
        _ => name,
    }
}

/// A name without the UTF-7 of IMAP. What is not such stays as it is.
///
/// Source: RFC 3501, 5.1.3.
fn decoded(name: &str) -> Cow<'_, str> {
    if !name.contains('&') {
        return Cow::Borrowed(name);
    }
    let mut parts = name.split('&');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let decoded = part.split_once('-').and_then(|(coded, rest)| {
            let letters = match coded {
                "" => "&".to_owned(),
                coded => utf16(coded)?,
            };
            Some(letters + rest)
        });
        match decoded {
            Some(decoded) => text.push_str(&decoded),
            None => text.extend(["&", part]),
        }
    }
    Cow::Owned(text)
}

fn utf16(coded: &str) -> Option<String> {
    let bytes = BASE64_STANDARD_NO_PAD
        .decode(coded.replace(',', "/"))
        .ok()?;
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    });
    String::from_utf16(&units.collect::<Option<Vec<u16>>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_what_its_whole_name_says() {
        for (folder, paths) in [
            (
                MailFolder::Plain,
                "inbox;INBOX;Sentinel;Presents;Sent to Ana;Draftsman;Junk food;Trashed cars;bin;2026;;cur;R&D;Concept;\
                 [Gmail]/All Mail;Archive;sent.d",
            ),
            (
                MailFolder::Sent,
                "Sent;sent;SENT;Sent Mail;sent-mail;sent-mail-jan-2026;Sent 2025;Sent/2025;.Sent;.INBOX.Sent;INBOX.Sent;\
                 INBOX/Sent Messages;Sent.mbox;Sent Messages.mbox/mbox;[Gmail]/Sent Mail;[Google Mail]/Gesendet;\
                 Sent Items/cur;Mail\\Sent;Gesendet;Gesendete Elemente;Messages envoyés;Enviados;Posta inviata;\
                 Itens enviados;Verzonden items;Wysłane;Elementy wysłane;Skickat;Skickade objekt;Wys&AUI-ane;\
                 &AMk-l&AOk-ments envoy&AOk-s",
            ),
            (
                MailFolder::Drafts,
                "Drafts;.Drafts;Templates;Unsent Messages;Outbox;Entwürfe;Entw&APw-rfe;.INBOX.Entw&APw-rfe;Brouillons;\
                 Borradores;Bozze;Rascunhos;Concepten;Szkice;Kopie robocze;Utkast;Drafts.sbd/Old;Boîte d'envoi",
            ),
            (
                MailFolder::Spam,
                "Spam;Junk;Junk E-mail;Junk-E-Mail;.Junk;[Gmail]/Spam;Courrier indésirable;Correo no deseado;\
                 Posta indesiderata;Lixo Eletrônico;Ongewenste e-mail;Wiadomości-śmieci;Skräppost;Spam/Sent",
            ),
            (
                MailFolder::Trash,
                "Trash;Deleted Items;.INBOX.Trash;.Trash.Old letters;Trash/Sent;Trash.sbd/Ana;[Gmail]/Bin;[Gmail]/Trash;\
                 Papierkorb;Gelöschte Elemente;Corbeille;Éléments supprimés;Papelera;Cestino;Lixeira;Prullenbak;Kosz;\
                 Usunięte;Papperskorgen;Borttagna objekt",
            ),
            (MailFolder::Chats, "[Gmail]/Chats;Chat"),
        ] {
            for path in paths.split(';') {
                assert_eq!(MailFolder::of(path.trim()), folder, "{path}");
            }
        }
    }

    #[test]
    fn where_a_message_is_kept_comes_first() {
        for (folder, flags, expected) in [
            (MailFolder::Plain, "S", MailKind::Bulk),
            (MailFolder::Sent, "S", MailKind::Bulk),
            (MailFolder::Drafts, "", MailKind::Draft),
            (MailFolder::Spam, "", MailKind::Spam),
            (MailFolder::Trash, "", MailKind::Deleted),
            (MailFolder::Chats, "", MailKind::Chat),
            (MailFolder::Plain, "DS", MailKind::Draft),
            (MailFolder::Plain, "ST", MailKind::Deleted),
            (MailFolder::Trash, "D", MailKind::Draft),
        ] {
            let mail = Mail {
                kind: Some(MailKind::Bulk),
                ..Mail::default()
            };
            let kept = folder.keep(mail, flags);
            assert_eq!(kept.kind, Some(expected), "{folder:?} {flags}");
            assert_eq!(kept.is_sent, folder == MailFolder::Sent);
        }
    }

    #[test]
    fn names_in_the_utf7_of_imap_are_decoded() {
        for (name, expected) in [
            ("Entw&APw-rfe", "Entwürfe"),
            ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
            ("A&-B", "A&B"),
            ("R&D", "R&D"),
            ("R&D-Team", "R&D-Team"),
            ("&!!-", "&!!-"),
            ("&2AA-", "&2AA-"),
        ] {
            assert_eq!(decoded(name), expected);
        }
    }
}
