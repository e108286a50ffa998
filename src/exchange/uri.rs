//! Addresses as the desktop opens them: `mailto:` (RFC 6068), `tel:` (RFC 3966), `sms:` (RFC 5724), and links.

use crate::domain::Contact;

/// What opens when this contact is reached by `via`: `call`, `email`, `message`, `social`, or a word that one of their links has
/// in it (`github`). `None` where they have no such address, or the channel has none that could be opened.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::exchange::uri::uri;
///
/// let ana = Contact { phone: vec!["+34 600-000 000".to_owned()], ..Contact::default() };
/// assert_eq!(uri(&ana, "call").as_deref(), Some("tel:+34600000000"));
/// assert_eq!(uri(&ana, "email"), None);
/// ```
#[must_use]
pub fn uri(contact: &Contact, via: &str) -> Option<String> {
    let phone = || contact.phone.iter().find_map(|phone| number(phone));
    let via = via.to_lowercase();
    match via.as_str() {
        "call" => phone().map(|number| format!("tel:{number}")),
        "message" => phone().map(|number| format!("sms:{number}")),
        "email" => {
            let address = contact.email.iter().map(|email| email.trim());
            let address = address.into_iter().find(|address| !address.is_empty())?;
            Some(format!("mailto:{}", encoded(address)))
        }
        "social" => contact.links.iter().find_map(|link| page(link)),
        "meeting" | "letter" | "event" | "gift" => None,
        word => {
            let has_word = |link: &&String| link.to_lowercase().contains(word);
            contact
                .links
                .iter()
                .filter(has_word)
                .find_map(|link| page(link))
        }
    }
}

/// The digits of a number, as far as they are dialled; what is written behind them is an extension.
fn number(phone: &str) -> Option<String> {
    let phone = phone.trim();
    // In `+44 (0)20` the nought is for those who call from within the country.
    let dialled = if phone.starts_with('+') {
        phone.replacen("(0)", "", 1)
    } else {
        phone.to_owned()
    };
    let end = dialled.find(char::is_alphabetic).unwrap_or(dialled.len());
    let (dialled, behind) = dialled.split_at(end);
    let plus = if dialled.starts_with('+') { "+" } else { "" };
    let is_dialled = |c: &char| c.is_ascii_digit() || matches!(c, '*' | '#');
    let digits: String = dialled.chars().filter(is_dialled).collect();
    let digits = digits.replace('#', "%23");
    let extension: String = behind.chars().filter(char::is_ascii_digit).collect();
    let extension = match extension.as_str() {
        "" => String::new(),
        digits => format!(";ext={digits}"),
    };
    (!digits.is_empty()).then(|| format!("{plus}{digits}{extension}"))
}

/// A page of the web; what else a link may be is not opened, since a link may come from anybody's address book.
fn page(link: &str) -> Option<String> {
    let link = link.trim();
    let is_clean = !link.contains(|c: char| c.is_whitespace() || c.is_control());
    let has_scheme = |scheme: &str| {
        let start = link.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_page = has_scheme("https://") || has_scheme("http://");
    let host = link.split(['/', '?', '#']).next().unwrap_or_default();
    if is_page && is_clean {
        Some(link.to_owned())
    } else {
        let is_host = is_clean && host.contains('.') && !host.contains([':', '@', '\\']);
        is_host.then(|| format!("https://{link}"))
    }
}

/// An address with all that has a meaning in a `mailto:` written as its bytes.
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
    fn numbers_are_what_is_dialled() {
        for (phone, expected) in [
            ("+34 600 000 000", Some("+34600000000")),
            ("(0) 30 / 555-01", Some("03055501")),
            ("+44 (0)20 7946 0018", Some("+442079460018")),
            ("+1 555 010 203 ext. 12", Some("+1555010203;ext=12")),
            ("*100#", Some("*100%23")),
            ("ask Bo", None),
            ("", None),
        ] {
            assert_eq!(number(phone).as_deref(), expected, "{phone}");
        }
    }

    #[test]
    fn only_pages_of_the_web_are_opened() {
        for (link, expected) in [
            ("https://a.example/ana", Some("https://a.example/ana")),
            ("HTTP://a.example", Some("HTTP://a.example")),
            (
                "www.a.example/ana?x=1",
                Some("https://www.a.example/ana?x=1"),
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
    fn an_address_ends_where_it_ends() {
        let ana = Contact {
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
        assert_eq!(uri(&ana, "mastodon"), None);
        assert_eq!(uri(&ana, "letter"), None);
    }
}
