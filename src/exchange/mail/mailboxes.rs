//! The mailboxes of a header field.

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderValue};

use super::encoded::prepared;
use crate::domain::identity::match_key::emails_in;
use crate::domain::sources::fact::{Mail, Mailbox};
use crate::domain::text::shortened;
use crate::exchange::clean::one_line;

/// How long an address is at most: RFC 5321 allows 254 characters, and some are written with more around them.
const MAX_ADDRESS: usize = 500;

/// How many characters of a name are kept.
const MAX_NAME: usize = 200;

/// The mailboxes of fields such as To, each address once. Of more than [`Mail::MANY`] only that many and one.
///
/// Source: RFC 5322, 3.4 and 4.4.
pub(super) fn mailboxes<'f>(fields: impl Iterator<Item = &'f [u8]>) -> Vec<Mailbox> {
    let mut found: Vec<Mailbox> = vec![];
    for field in fields {
        let text = prepared(field);
        let HeaderValue::Address(addresses) = MessageStream::new(&text).parse_address() else {
            continue;
        };
        for one in addresses.into_list() {
            if found.len() > Mail::MANY {
                return found;
            }
            if let Some(one) = mailbox(&one)
                && !found.iter().any(|other| other.address == one.address)
            {
                found.push(one);
            }
        }
    }
    found
}

fn mailbox(one: &Addr) -> Option<Mailbox> {
    let name = one.name.as_deref().unwrap_or_default();
    // Some programs put the address between quotes, like a name.
    let written = one.address.as_deref().unwrap_or(name);
    if written.len() > MAX_ADDRESS {
        return None;
    }
    // `<@relay.example:ana@acme.example>` names the way to her.
    let written = match written.strip_prefix('@') {
        Some(route) => route.rsplit(':').next().unwrap_or_default(),
        None => written,
    };
    let address = emails_in(written).into_iter().next()?;
    let name = one_line(&shortened(name, MAX_NAME));
    let name = unquoted(&name);
    let is_address = name.contains('@') && emails_in(name).first() == Some(&address);
    let is_name = !name.is_empty() && !is_address;
    Some(Mailbox {
        name: is_name.then(|| name.to_owned()),
        address,
    })
}

/// A name without the quotes around it that a program added: `'Ana Ruiz'`.
fn unquoted(name: &str) -> &str {
    let inside = name
        .strip_prefix('\'')
        .and_then(|name| name.strip_suffix('\''));
    inside.unwrap_or(name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: &[u8]) -> String {
        let field = [field, b"\n"].concat();
        let all = mailboxes([&field[..]].into_iter());
        let all = all.iter().map(|one| {
            let name = one.name.as_deref().unwrap_or("-");
            format!("{name}={}", one.address)
        });
        all.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn mailboxes_are_read_however_they_are_written() {
        for (field, expected) in [
            ("ana@acme.example", "-=ana@acme.example"),
            ("<Ana@ACME.example>", "-=ana@acme.example"),
            ("Ana Ruiz <ana@acme.example>", "Ana Ruiz=ana@acme.example"),
            (
                "\"Ruiz, Ana\" <ana@acme.example>, bo@x.example",
                "Ruiz, Ana=ana@acme.example|-=bo@x.example",
            ),
            (
                "\"Ana \\\"Ani\\\" Ruiz\" <ana@acme.example>",
                "Ana \"Ani\" Ruiz=ana@acme.example",
            ),
            (
                "bram@groot.example (Bram de Groot)",
                "Bram de Groot=bram@groot.example",
            ),
            (
                "=?UTF-8?Q?Zofia_Wi=C5=9Bniewska?= <z@w.example>",
                "Zofia Wiśniewska=z@w.example",
            ),
            (
                "=?utf-8?B?xbs=?= =?utf-8?Q?ofia?= <z@w.example>",
                "Żofia=z@w.example",
            ),
            (
                "=?utf-8?Q?=C5?=\r\n =?utf-8?Q?=BBofia?= <z@w.example>",
                "Żofia=z@w.example",
            ),
            (
                "\"=?utf-8?Q?Ruiz=2C_Ana?=\" <ana@acme.example>",
                "Ruiz, Ana=ana@acme.example",
            ),
            (
                "=?klingon?Q?Ana?= <ana@acme.example>",
                "Ana=ana@acme.example",
            ),
            (
                "=?utf-8?Q?Ana <ana@acme.example>",
                "=?utf-8?Q?Ana=ana@acme.example",
            ),
            (
                "Friends: sam@keeper.example, Inés <i@d.example>;",
                "-=sam@keeper.example|Inés=i@d.example",
            ),
            ("undisclosed-recipients:;", ""),
            ("a@x.example; b@x.example", "-=a@x.example|-=b@x.example"),
            ("a@x.example, A@X.example", "-=a@x.example"),
            ("'Ana Ruiz' <ana@acme.example>", "Ana Ruiz=ana@acme.example"),
            ("'ana@acme.example'", "-=ana@acme.example"),
            (
                "\"ana@acme.example\" <ana@acme.example>",
                "-=ana@acme.example",
            ),
            ("<@relay.example:ana@acme.example>", "-=ana@acme.example"),
            ("<mailto:ana@acme.example>", "-=ana@acme.example"),
            ("Ana <ana>", ""),
            ("Ana Ruiz", ""),
            (", ,;:<>", ""),
            ("", ""),
            (
                "\u{202e}Ana\u{1b}[2J\u{7} <ana@acme.example>",
                "Ana[2J=ana@acme.example",
            ),
            (
                "=?utf-8?Q?Ana=0D=0A=1B[2J=E2=80=AE?= <ana@acme.example>",
                "Ana [2J=ana@acme.example",
            ),
            ("Ana <ana@acme.example\u{1b}[2J>", ""),
        ] {
            assert_eq!(read(field.as_bytes()), expected, "{field}");
        }
        assert_eq!(read(b"Jos\xe9 <j@x.example>"), "José=j@x.example");
    }

    #[test]
    fn many_are_not_all_read() {
        let field = (0..100_000)
            .map(|at| format!("p{at}@x.example, "))
            .collect::<String>();
        let found = mailboxes([field.as_bytes(), b"sam@keeper.example\n"].into_iter());
        assert_eq!(found.len(), Mail::MANY + 1);
        let field = "sam@keeper.example, ".repeat(100);
        let found = mailboxes([field.as_bytes(), b"ana@acme.example\n"].into_iter());
        assert_eq!(found.len(), 2);
        let long = format!(
            "{}@x.example, {} <ana@acme.example>\n",
            "a".repeat(2000),
            "Ana ".repeat(1000)
        );
        let found = mailboxes([long.as_bytes()].into_iter());
        assert_eq!(
            (
                found.len(),
                found[0].name.as_ref().map(|name| name.chars().count())
            ),
            (1, Some(201))
        );
    }
}
