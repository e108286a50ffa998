//! Addresses in the form that the desktop opens: `mailto:` (RFC 6068), `tel:` (RFC 3966), `sms:` (RFC 5724), and links.

use super::clean::after;
use crate::domain::Contact;
use crate::domain::identity::match_key;
use crate::domain::text::percent::decoded;
use crate::domain::text::phone;

/// The address to open for a channel: `call`, `email`, `message`, `social`, or a word in one of the contact's links (`github`).
/// `None` if the contact has no such address, or the channel cannot be opened.
pub(crate) fn uri(contact: &Contact, via: &str) -> Option<String> {
    let phone = || contact.phone.iter().find_map(|phone| number(phone));
    let via = via.to_lowercase();
    match via.as_str() {
        "call" => phone().map(|number| format!("tel:{number}")),
        "message" => phone().map(|number| format!("sms:{number}")),
        "email" => {
            let address = match_key::addresses(contact).next()?;
            Some(format!("mailto:{}", encoded(&address)))
        }
        "social" => contact.links.iter().find_map(|link| page(link)),
        "meeting" | "letter" | "event" | "gift" => None,
        word => {
            let has_word = |link: &&String| {
                let link = link.to_lowercase();
                let behind = link
                    .split_once("://")
                    .map_or(link.as_str(), |(_, behind)| behind);
                behind.contains(word)
            };
            contact
                .links
                .iter()
                .filter(has_word)
                .find_map(|link| page(link))
        }
    }
}

/// The address in it, to copy: `ana@acme.example`, `+34600000000`, or the page.
pub(crate) fn to_copy(uri: &str) -> String {
    let behind = ["mailto:", "tel:", "sms:"]
        .iter()
        .find_map(|scheme| uri.strip_prefix(scheme));
    match behind {
        Some(address) => decoded(address).replacen(";ext=", " ext. ", 1),
        None => uri.to_owned(),
    }
}

/// The digits to dial, with the extension after them.
fn number(text: &str) -> Option<String> {
    let number = phone::number(text)?;
    let digits = number.digits.replace('#', "%23");
    Some(match number.extension.as_str() {
        "" => digits,
        extension => format!("{digits};ext={extension}"),
    })
}

/// A web page. No other kind of link is opened, because a link may come from someone else's address book.
fn page(link: &str) -> Option<String> {
    let link = link.trim();
    let is_clean = !link.contains(|c: char| c.is_whitespace() || c.is_control());
    let is_page = after(link, "https://").or(after(link, "http://")).is_some();
    let host = link.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && !host.contains([':', '@', '\\']);
    // RFC 3986 forbids these characters, so they are percent-encoded.
    let escaped = |c: char| {
        if "\"<>\\^`{|}".contains(c) {
            format!("%{:02X}", u32::from(c))
        } else {
            c.to_string()
        }
    };
    let link: String = link.chars().map(escaped).collect();
    match (is_clean, is_page, is_host) {
        (true, true, _) => Some(link),
        (true, false, true) => Some(format!("https://{link}")),
        _ => None,
    }
}

/// Percent-encodes the characters of an address that have a meaning in `mailto:`.
fn encoded(address: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~@+!*'".contains(&byte);
    let mut encoded = String::new();
    for byte in address.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_only_what_is_dialled() {
        for (phone, expected) in [
            ("+44 (0)20 7946 0018", Some("+442079460018")),
            ("+1 555 010 203 ext. 12", Some("+1555010203;ext=12")),
            ("0600 000 001 or 0600 000 002", Some("0600000001")),
            ("*100#", Some("*100%23")),
            ("ask Bo", None),
        ] {
            assert_eq!(number(phone).as_deref(), expected, "{phone}");
        }
    }

    #[test]
    fn only_web_pages_are_opened() {
        for (link, expected) in [
            ("https://a.example/ana", Some("https://a.example/ana")),
            ("HTTP://a.example", Some("HTTP://a.example")),
            (
                "www.a.example/ana?x=1",
                Some("https://www.a.example/ana?x=1"),
            ),
            (
                "https://a.example/{x}|\"y\"",
                Some("https://a.example/%7Bx%7D%7C%22y%22"),
            ),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("ana@a.example", None),
            ("@ana", None),
            ("https://a.example/ x", None),
            ("\\\\host.example\\share", None),
        ] {
            assert_eq!(page(link).as_deref(), expected, "{link}");
        }
    }

    #[test]
    fn an_address_to_copy_is_as_people_write_it() {
        for (uri, copied) in [
            ("mailto:a%26b%3Dc@acme.example", "a&b=c@acme.example"),
            ("tel:+34600000000;ext=12", "+34600000000 ext. 12"),
            ("sms:*100%23", "*100#"),
            ("https://a.example/%7Bx%7D", "https://a.example/%7Bx%7D"),
        ] {
            assert_eq!(to_copy(uri), copied);
        }
    }

    #[test]
    fn an_address_cannot_add_headers() {
        let ana = Contact {
            phone: vec!["+34 600-000 000".to_owned()],
            email: vec!["a&b=c?x@acme.example".to_owned()],
            links: vec!["https://github.example/ana".to_owned()],
            ..Contact::default()
        };
        assert_eq!(
            uri(&ana, "email").as_deref(),
            Some("mailto:a%26b%3Dc%3Fx@acme.example")
        );
        assert_eq!(
            uri(&ana, "GitHub").as_deref(),
            Some("https://github.example/ana")
        );
        assert_eq!(uri(&ana, "call").as_deref(), Some("tel:+34600000000"));
        assert_eq!(uri(&Contact::default(), "email"), None);
        assert_eq!(uri(&ana, "mastodon"), None);
        assert_eq!(uri(&ana, "letter"), None);
    }
}
