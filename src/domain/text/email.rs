//! E-mail addresses in a text that people or programs wrote.

/// The bare addresses in a text: `Dee Spark <dee@x.example>`, `mailto:dee@x.example`, or several with commas, semicolons or
/// blanks between them.
pub(crate) fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in entries(text) {
        for address in of_entry(entry) {
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found
}

/// The parts of a text in which there is no address, other than the names of those who have one.
pub(crate) fn others(text: &str) -> Vec<&str> {
    let entries = entries(text);
    let has_name = |at: usize| {
        let next = entries.get(at + 1);
        next.is_some_and(|next| next.contains('<') && !of_entry(next).is_empty())
    };
    let others = entries.iter().enumerate().filter(|(at, entry)| {
        !entry.trim().is_empty() && of_entry(entry).is_empty() && !has_name(*at)
    });
    others.map(|(_, entry)| entry.trim()).collect()
}

/// Whether a text is one bare address and nothing else.
pub(crate) fn is_address(text: &str) -> bool {
    is_usual(text) || bare(text).is_some_and(|address| address == text)
}

/// Whether a text is an address of letters, digits and dots, as nearly all are. It is told in a tenth of the time.
fn is_usual(text: &str) -> bool {
    let is_word = |part: &[u8]| {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
        part.first().is_some_and(u8::is_ascii_alphanumeric) && part.iter().all(is_letter)
    };
    let at = text.bytes().position(|byte| byte == b'@');
    at.is_some_and(|at| is_word(&text.as_bytes()[..at]) && is_word(&text.as_bytes()[at + 1..]))
}

/// The text cut at commas, semicolons and newlines, but not within quotes or angle brackets.
fn entries(text: &str) -> Vec<&str> {
    let closes = |quote: char| text.matches(quote).count() > 1;
    let has_quotes = closes('"');
    let (mut entries, mut start, mut inside) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        match (c, inside) {
            ('"', None) if has_quotes => inside = Some('"'),
            ('<', None) => inside = Some('>'),
            (c, Some(end)) if c == end || c == '\n' => inside = None,
            _ => {}
        }
        if inside.is_none() && matches!(c, ',' | ';' | '\n') {
            entries.push(&text[start..at]);
            start = at + 1;
        }
    }
    entries.push(&text[start..]);
    entries
}

/// The addresses of an entry: those in angle brackets, else every word that is one.
fn of_entry(entry: &str) -> Vec<String> {
    let inside = entry.split('<').skip(1);
    let inside = inside.filter_map(|part| part.split('>').next());
    let inside: Vec<String> = inside.flat_map(words).collect();
    if inside.is_empty() {
        words(entry).collect()
    } else {
        inside
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>');
    text.split(is_between).filter_map(bare).map(str::to_owned)
}

/// A word without quotes, a scheme, and what a page wants in the mail, if it is an address.
fn bare(word: &str) -> Option<&str> {
    let is_around = |c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '<' | '>');
    let word = word.trim_matches(is_around);
    let scheme = word.split_once(':').filter(|(scheme, _)| {
        let schemes = ["mailto", "smtp", "email", "e-mail", "mail"];
        schemes.contains(&scheme.to_ascii_lowercase().as_str())
    });
    let word = scheme.map_or(word, |(_, word)| word);
    let (user, host) = word.split_once('@')?;
    let host = host.split('?').next().unwrap_or_default();
    let address = &word[..user.len() + 1 + host.len()];
    let is_other = |c: char| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c);
    let is_part = |c: char| c.is_alphanumeric() || ".-_[]:".contains(c);
    let is_whole = !user.is_empty()
        && host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
        && host.chars().all(is_part);
    (is_whole && !address.contains(is_other)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_bare_whatever_is_around_it() {
        for (text, expected) in [
            ("dee@x.example", "dee@x.example"),
            (" Dee@X.example\n", "Dee@X.example"),
            ("Dee Spark <dee@x.example>", "dee@x.example"),
            ("\"Spark, Dee\" <dee@x.example>", "dee@x.example"),
            ("Spark, Dee <dee@x.example>", "dee@x.example"),
            ("'old@x.example' <dee@x.example>", "dee@x.example"),
            ("<dee@x.example>", "dee@x.example"),
            ("\"dee@x.example\"", "dee@x.example"),
            ("dee@x.example (work)", "dee@x.example"),
            ("mailto:dee@x.example?subject=hi", "dee@x.example"),
            ("Dee <MAILTO:dee@x.example>", "dee@x.example"),
            ("E-Mail: dee@x.example", "dee@x.example"),
            ("a@x.example, b@x.example", "a@x.example b@x.example"),
            ("a@x.example;b@x.example;", "a@x.example b@x.example"),
            ("a@x.example b@x.example", "a@x.example b@x.example"),
            ("a@x.example\na@x.example", "a@x.example"),
            (
                "A <a@x.example>, B <b@x.example>",
                "a@x.example b@x.example",
            ),
            ("o'dee@x.example", "o'dee@x.example"),
            ("jürgen@x.example", "jürgen@x.example"),
            ("not an address", ""),
            ("dee@", ""),
            ("@dee", ""),
            ("dee@x@y", ""),
            ("dee", ""),
            ("", ""),
        ] {
            assert_eq!(addresses(text).join(" "), expected, "{text}");
            assert_eq!(
                is_address(text),
                text == expected && text.contains('@') && !text.contains(' '),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_address_and_no_name_is_told() {
        for (text, expected) in [
            ("a@x.example, b(at)x.example", "b(at)x.example"),
            ("not an address", "not an address"),
            ("Spark, Dee <dee@x.example>", ""),
            ("dee@x.example (work), ", ""),
        ] {
            assert_eq!(others(text).join("|"), expected, "{text}");
        }
    }
}
