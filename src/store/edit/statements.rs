//! The lines of a contact's text, each statement by itself: headers, pairs and comments.

use std::ops::Range;

use memchr::{memchr, memchr3};
use toml::de::{DeTable, DeValue};

use super::lines;
use crate::store::parse::scan::{skip_line, skip_string};

/// Whole lines of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::store) struct Statement {
    pub(in crate::store) at: Range<usize>,
    pub(in crate::store) kind: StatementKind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::store) enum StatementKind {
    Blank,
    Comment,
    /// `[[contacts]]`
    Contact,
    /// `[contacts.key]` or `[[contacts.key]]`, or with more keys.
    Header {
        key: String,
        /// Whether it starts an item of the list with that key.
        is_item: bool,
    },
    /// `key = value`, or with more keys before the equals sign.
    Pair(String),
}

/// The statements of a contact's text; `None` if it is anything else.
pub(in crate::store) fn statements(text: &str) -> Option<Vec<Statement>> {
    let mut statements = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = skip_line(text.as_bytes(), at).ok()?;
        let kind = kind(&text[at..end])?;
        statements.push(Statement { at: at..end, kind });
        at = end;
    }
    Some(statements)
}

fn kind(line: &str) -> Option<StatementKind> {
    if lines::is_blank(line) {
        return Some(StatementKind::Blank);
    }
    if lines::is_comment(line) {
        return Some(StatementKind::Comment);
    }
    if let Some((key, _)) = bare_pair(line) {
        return Some(StatementKind::Pair(key.to_owned()));
    }
    let document = DeTable::parse(line).ok()?;
    let (key, node) = document.get_ref().iter().next()?;
    if !lines::is_header(line) {
        return Some(StatementKind::Pair(key.get_ref().to_string()));
    }
    let table = match node.get_ref() {
        DeValue::Array(tables) => tables.first()?.get_ref().as_table()?,
        node => node.as_table()?,
    };
    Some(match table.iter().next() {
        None => StatementKind::Contact,
        Some((key, node)) => StatementKind::Header {
            key: key.get_ref().to_string(),
            is_item: node.get_ref().is_array(),
        },
    })
}

/// The key of `key = value` and the place of what comes after the equals sign, if the key is a bare one.
pub(super) fn bare_pair(line: &str) -> Option<(&str, usize)> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let start = line.find(|c| c != ' ' && c != '\t')?;
    let length = line[start..]
        .find(|c| !is_bare(c))
        .filter(|length| *length > 0)?;
    let rest = line[start + length..].trim_start_matches([' ', '\t']);
    let value = rest.strip_prefix('=')?.trim_start_matches([' ', '\t']);
    Some((&line[start..start + length], line.len() - value.len()))
}

/// The end of the last statement that is neither blank nor a comment. The last line of a string may look like either.
pub(super) fn end_of_last(text: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    while at < text.len() {
        let Ok(next) = skip_line(text.as_bytes(), at) else {
            return text.len();
        };
        let line = &text[at..next];
        if !lines::is_blank(line) && !lines::is_comment(line) {
            end = next;
        }
        at = next;
    }
    end
}

/// The comments in some statements, each from its `#` to the end of its line.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut comments = Vec::new();
    let mut at = 0;
    // Most texts have none.
    if memchr(b'#', bytes).is_none() {
        return comments;
    }
    while let Some(found) = memchr3(b'#', b'"', b'\'', &bytes[at..]) {
        at += found;
        at = if bytes[at] == b'#' {
            let end = lines::end(text, at);
            comments.push(at..at + text[at..end].trim_end().len());
            end
        } else {
            skip_string(bytes, at).unwrap_or(bytes.len())
        };
    }
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_statements_and_comments() {
        use StatementKind::{Blank, Comment, Contact, Header, Pair};

        let text = "# above\r\n[[contacts]] # who\r\nname = 'A # no'\r\n\r\n\t\"a b\".c = [ # in\n  1, # one\n] # last\n\
                    notes = '''\n[x]\n# no\n''' # yes\n[[ contacts . 'k k' ]]\n[[contacts.k.l]]";
        let found = statements(text).expect("statements");
        let kinds: Vec<_> = found.iter().map(|one| one.kind.clone()).collect();
        let key = |key: &str| key.to_owned();
        assert_eq!(
            kinds,
            [
                Comment,
                Contact,
                Pair(key("name")),
                Blank,
                Pair(key("a b")),
                Pair(key("notes")),
                Header {
                    key: key("k k"),
                    is_item: true
                },
                Header {
                    key: key("k"),
                    is_item: false
                },
            ]
        );
        let comments: Vec<&str> = comments(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(
            comments,
            ["# above", "# who", "# in", "# one", "# last", "# yes"]
        );
    }
}
