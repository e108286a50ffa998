//! What touches are read from: `[sources]`.

use super::value::{Node, ValueReader};
use crate::domain::text::email::is_address;
use crate::domain::{BookSources, IgnoredTouch};

const OWN: [&str; 6] = ["me", "mail", "calendar", "calls", "until", "ignored"];

pub(super) fn sources(reader: &mut ValueReader, key: &str, node: &Node) -> Option<BookSources> {
    let table = reader.table(key, node)?;
    reader.check_keys_below(table, &OWN, &node.span(), "`[sources]`");
    let mut paths = |key| reader.get(table, key, paths).unwrap_or_default();
    let [mail, calendar, calls] = ["mail", "calendar", "calls"].map(&mut paths);
    Some(BookSources {
        me: reader.get(table, "me", addresses).unwrap_or_default(),
        mail,
        calendar,
        calls,
        until: reader.get(table, "until", ValueReader::day),
        ignored: reader.get(table, "ignored", ignored).unwrap_or_default(),
    })
}

/// The items of a list, or the one that stands there, as far as `read` takes them.
fn each<T>(
    reader: &mut ValueReader,
    node: &Node,
    read: impl Fn(&mut ValueReader, &Node) -> Option<T>,
) -> Vec<T> {
    let items = match node.get_ref().as_array() {
        Some(items) => items.iter().collect(),
        None => vec![node],
    };
    items
        .into_iter()
        .filter_map(|item| read(reader, item))
        .collect()
}

fn paths(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<String>> {
    let like = format!("{key} = [\"~/{key}\"]");
    Some(each(reader, node, |reader, node| {
        path(reader, key, node, &like)
    }))
}

/// A path that is not blank; `like` shows one.
pub(super) fn path(reader: &mut ValueReader, key: &str, node: &Node, like: &str) -> Option<String> {
    let path = reader.text(key, node)?;
    if path.trim().is_empty() {
        let hint = format!("write it like `{like}`, or take it out");
        reader.wrong(node.span(), format!("`{key}` has an empty path"), hint);
        return None;
    }
    Some(path)
}

fn addresses(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<String>> {
    let address = |reader: &mut ValueReader, node: &Node| {
        let address = reader.text(key, node)?;
        if !is_address(&address) {
            let message = format!("`{address}` is not an e-mail address");
            let hint = "write it like `me = [\"sam@keeper.example\"]`";
            reader.wrong(node.span(), message, hint);
            return None;
        }
        Some(address)
    };
    Some(each(reader, node, address))
}

fn ignored(reader: &mut ValueReader, key: &str, node: &Node) -> Option<Vec<IgnoredTouch>> {
    let touch = |reader: &mut ValueReader, node: &Node| {
        let text = reader.word(key, node)?;
        match text.parse::<IgnoredTouch>() {
            Ok(touch) => Some(touch),
            Err(err) => {
                reader.wrong(node.span(), err.message, err.hint);
                None
            }
        }
    };
    Some(each(reader, node, touch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;

    /// `[sources]` with these lines, and the problems with their hints.
    fn case(lines: &str) -> (BookSources, Vec<String>) {
        let read = read(&format!("[sources]\n{lines}\n")).expect("a book");
        let problems = read.problems.iter().map(|problem| {
            let hint = problem.hint.as_deref().unwrap_or_default();
            format!("{}: {hint}", problem.message)
        });
        (read.book.sources, problems.collect())
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_source_is_one_text_or_a_list() {
        let (sources, problems) = case(
            "me = 'sam@keeper.example'\nmail = ['~/Mail', 'old.mbox']\ncalendar = '~/cal'\nuntil = 2026-01-05\nignored = ['2026-11-04 email Bo Lind']",
        );
        let expected = BookSources {
            me: texts(&["sam@keeper.example"]),
            mail: texts(&["~/Mail", "old.mbox"]),
            calendar: texts(&["~/cal"]),
            calls: vec![],
            until: "2026-01-05".parse().ok(),
            ignored: "2026-11-04 email Bo Lind".parse().into_iter().collect(),
        };
        assert_eq!((sources, problems), (expected, vec![]));
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_read() {
        for (lines, problem) in [
            (
                "me = 'Sam Keeper'",
                "`Sam Keeper` is not an e-mail address: write it like `me = [\"sam@keeper.example\"]`",
            ),
            (
                "me = 5.5",
                "`me` must be text, not a number: write `me = \"5.5\"`",
            ),
            (
                "mail = ['~/Mail', '']",
                "`mail` has an empty path: write it like `mail = [\"~/mail\"]`, or take it out",
            ),
            (
                "until = '2026-01-05'",
                "`until` must be a day, not text: write `until = 2026-01-05`",
            ),
            (
                "ignored = ['2026-11-04 email', '2026-11-04 email Bo']",
                "`2026-11-04 email` is not a day, a channel and a name: write it like `\"2026-11-04 email Bo Lind\"`",
            ),
            (
                "ignored = [2026-11-04]",
                "`ignored` must be text, not a date: put it in quotes",
            ),
            (
                "mails = '~/Mail'",
                "netkeep does not know the key `mails`; it is kept as it is: did you mean `mail`?",
            ),
        ] {
            let (_, problems) = case(lines);
            assert_eq!(
                problems.first().map(String::as_str),
                Some(problem),
                "{lines}"
            );
        }
        let (sources, problems) = case("me = ['Sam', 'sam@keeper.example', 'Keeper']");
        assert_eq!((sources.me.len(), problems.len()), (1, 2));
        let (sources, _) = case("mail = ['~/Mail', '']\nignored = ['soon', '2026-11-04 email Bo']");
        assert_eq!(sources.mail, ["~/Mail"]);
        assert_eq!(sources.ignored.len(), 1);
        let read = read("sources = 'mail'\n").expect("a book");
        assert_eq!(
            read.problems[0].message,
            "`sources` must be a table, not text"
        );
    }
}
