//! The folder of cards, and what goes into it: `[sync]`.

use toml::de::DeValue;

use super::sources::path;
use super::validate::bucket;
use super::value::{Node, ValueReader};
use crate::domain::text::near;
use crate::domain::{Book, BookSync, CardScope};

const OWN: [&str; 3] = ["cards", "private", "who"];

/// Reads `[sync]` of a book whose buckets are known.
pub(super) fn sync(
    reader: &mut ValueReader,
    key: &str,
    node: &Node,
    book: &Book,
) -> Option<BookSync> {
    let table = reader.table(key, node)?;
    reader.check_keys_below(table, &OWN, &node.span(), "`[sync]`");
    let cards = reader.get(table, "cards", |reader, key, node| {
        path(reader, key, node, "cards = \"~/cards\"")
    });
    let private = reader.get(table, "private", ValueReader::flag);
    let who = table.get("who").map(|node| who(reader, "who", node, book));
    Some(BookSync {
        cards,
        private: private.unwrap_or_default(),
        who: who.unwrap_or_default(),
    })
}

/// Where it cannot be read, nobody is meant: a slip must not give cards to more people than it says.
fn who(reader: &mut ValueReader, key: &str, node: &Node, book: &Book) -> CardScope {
    const HINT: &str = "write `who = \"all\"`, `who = \"bucketed\"` or `who = [\"clients\"]`";
    if let Some(items) = node.get_ref().as_array() {
        if items.is_empty() {
            reader.wrong(node.span(), "`who` names nobody", HINT);
        }
        let names = items
            .iter()
            .filter_map(|item| bucket(reader, key, item, book));
        return CardScope::Buckets(names.collect());
    }
    let DeValue::String(word) = node.get_ref() else {
        reader.mistyped::<()>(key, node, "text or a list of texts", HINT);
        return CardScope::Buckets(vec![]);
    };
    if let Some(scope) = CardScope::of_word(word) {
        return scope;
    }
    if book.bucket(word).is_none()
        && let Some(meant) = near(word, ["all", "bucketed"]).first()
    {
        let message = format!("there is no bucket `{word}`");
        reader.wrong(node.span(), message, format!("did you mean `{meant}`?"));
        return CardScope::Buckets(vec![word.to_string()]);
    }
    CardScope::Buckets(bucket(reader, key, node, book).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;

    /// `[sync]` with these lines, and the problems with their hints.
    fn case(lines: &str) -> (BookSync, Vec<String>) {
        let text = format!("[sync]\n{lines}\n\n[buckets.clients]\ncadence = '4w'\n");
        let read = read(&text).expect("a book");
        let problems = read.problems.iter().map(|problem| {
            let hint = problem.hint.as_deref().unwrap_or_default();
            format!("{}: {hint}", problem.message)
        });
        (read.book.sync, problems.collect())
    }

    #[test]
    fn a_folder_has_cards_of_some_or_of_all() {
        let buckets = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned());
            CardScope::Buckets(names.collect())
        };
        for (lines, cards, private, who) in [
            ("", None, false, CardScope::Bucketed),
            (
                "cards = '~/cards'",
                Some("~/cards"),
                false,
                CardScope::Bucketed,
            ),
            ("private = true\nwho = 'all'", None, true, CardScope::All),
            ("who = 'bucketed'", None, false, CardScope::Bucketed),
            ("who = 'clients'", None, false, buckets(&["clients"])),
            ("who = ['clients']", None, false, buckets(&["clients"])),
        ] {
            let expected = BookSync {
                cards: cards.map(str::to_owned),
                private,
                who,
            };
            assert_eq!(case(lines), (expected, vec![]), "{lines}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_shares_no_more() {
        for (lines, problem, who) in [
            (
                "cards = ' '",
                "`cards` has an empty path: write it like `cards = \"~/cards\"`, or take it out",
                None,
            ),
            (
                "private = 'maybe'",
                "`private` must be true or false, not text: write `private = true`",
                None,
            ),
            (
                "card = '~/cards'",
                "netkeep does not know the key `card`; it is kept as it is: did you mean `cards`?",
                None,
            ),
            (
                "who = []",
                "`who` names nobody: write `who = \"all\"`, `who = \"bucketed\"` or `who = [\"clients\"]`",
                Some(vec![]),
            ),
            (
                "who = true",
                "`who` must be text or a list of texts, not true or false: write `who = \"all\"`, `who = \"bucketed\"` or `who = [\"clients\"]`",
                Some(vec![]),
            ),
            (
                "who = 'bucketd'",
                "there is no bucket `bucketd`: did you mean `bucketed`?",
                Some(vec!["bucketd"]),
            ),
            (
                "who = ['clints', 'clients']",
                "there is no bucket `clints`: did you mean `clients`?",
                Some(vec!["clints", "clients"]),
            ),
            (
                "who = [5, 'clients']",
                "`who` must be text, not a number: put it in quotes",
                Some(vec!["clients"]),
            ),
        ] {
            let (sync, problems) = case(lines);
            assert_eq!(problems, [problem], "{lines}");
            let who = who.map_or(CardScope::Bucketed, |names| {
                CardScope::Buckets(names.into_iter().map(str::to_owned).collect())
            });
            assert_eq!((sync.who, sync.private), (who, false), "{lines}");
        }
        let read = read("sync = '~/cards'\n").expect("a book");
        assert_eq!(read.problems[0].message, "`sync` must be a table, not text");
    }
}
