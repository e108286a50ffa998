//! Merges books whose texts cannot be divided, or that write one table in two ways: line by line, where the result is proven
//! to say what the merge of the same books says when they are written in the usual way.

use toml::de::{DeTable, DeValue};

use super::merge_parts;
use super::merged_book::{BookMerge, MergedPiece, Unmergeable};
use super::parts::divide;
use crate::domain::merge::lines::{common_lines, merged_lines};
use crate::store::parse::read;
use crate::store::parse::toml_value::{key as written_key, written};

/// Merges texts of one style; the third and the fourth are the sides.
pub(super) fn merge_lines(bases: &[&str], sides: [&str; 2]) -> Result<BookMerge, Unmergeable> {
    merged(bases, sides).ok_or(Unmergeable::NotProven)
}

fn merged(bases: &[&str], sides: [&str; 2]) -> Option<BookMerge> {
    let usual_bases: Vec<String> = bases
        .iter()
        .map(|base| usual(base))
        .collect::<Option<_>>()?;
    let usual_bases: Vec<&str> = usual_bases.iter().map(String::as_str).collect();
    let [ours, theirs] = [usual(sides[0])?, usual(sides[1])?];
    let due = merge_parts(&usual_bases, [&ours, &theirs]).ok()?;
    if !due.conflicts.is_empty() || !due.renamed.is_empty() || bases.is_empty() {
        return None;
    }
    let of_bases: Vec<Vec<&str>> = bases.iter().map(|base| lines_of(base)).collect();
    let of_bases: Vec<&[&str]> = of_bases.iter().map(Vec::as_slice).collect();
    let [ours, theirs] = sides.map(lines_of);
    let text = merged_lines(&common_lines(&of_bases), &ours, &theirs)?.concat();
    let is_book = read(&text).is_ok_and(|parsed| parsed.is_book);
    let is_proven = is_book && said(&usual(&text)?) == said(&due.text(&[]));
    is_proven.then(|| BookMerge {
        pieces: vec![MergedPiece::Text(text)],
        ..due
    })
}

fn lines_of(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The parts of a text that is written in the usual way, in any order.
fn said(text: &str) -> Option<Vec<String>> {
    let parts = divide(text)?;
    let bodies = parts.iter().map(|part| usual(part.body));
    let mut bodies: Vec<String> = bodies.collect::<Option<_>>()?;
    bodies.sort_unstable();
    Some(bodies)
}

/// What a book says, in any order.
#[cfg(test)]
pub(super) fn said_by(text: &str) -> Option<Vec<String>> {
    said(&usual(text.trim_start_matches('\u{feff}'))?)
}

/// What a book says, without comments, each table below a header of its own.
fn usual(text: &str) -> Option<String> {
    let document = DeTable::parse(text).ok()?;
    let (mut head, mut tables) = (String::new(), String::new());
    for (key, node) in document.get_ref() {
        match (key.get_ref().as_ref(), node.get_ref()) {
            ("contacts", DeValue::Array(contacts)) => {
                for contact in contacts {
                    tables.push_str("\n[[contacts]]\n");
                    for (key, node) in contact.get_ref().as_table()? {
                        tables.push_str(&pair(key.get_ref(), node.get_ref()));
                    }
                }
            }
            ("contacts", _) => return None,
            (key, DeValue::Table(table)) => add_table(&mut tables, &written_key(key), table),
            (key, value) => head.push_str(&pair(key, value)),
        }
    }
    Some(head + &tables)
}

fn add_table(text: &mut String, path: &str, table: &DeTable) {
    text.push_str(&format!("\n[{path}]\n"));
    let is_table = |value: &DeValue| path == "buckets" && value.is_table();
    for (key, node) in table {
        if !is_table(node.get_ref()) {
            text.push_str(&pair(key.get_ref(), node.get_ref()));
        }
    }
    for (key, node) in table {
        if let DeValue::Table(table) = node.get_ref()
            && is_table(node.get_ref())
        {
            add_table(
                text,
                &format!("{path}.{}", written_key(key.get_ref())),
                table,
            );
        }
    }
}

/// A key with its value on one line; rows and texts of a list in the order of their text.
fn pair(key: &str, value: &DeValue) -> String {
    let is_row = |value: &DeValue| matches!(value, DeValue::String(_) | DeValue::Table(_));
    let value = match value {
        DeValue::Array(items) if items.iter().all(|item| is_row(item.get_ref())) => {
            let items = items.iter().map(|item| written(item.get_ref()));
            let mut items: Vec<String> = items.collect();
            items.sort_unstable();
            format!("[{}]", items.join(", "))
        }
        value => written(value),
    };
    format!("{} = {value}\n", written_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::merge_books;

    const INLINE: &str = "# Ours.\ncontacts = [\n  # a\n  { name = \"Ana\" },\n\n  { name = \"Bo\", city = \"Oslo\" },\n]\n\n[week]\ntouches = 4\n";

    #[test]
    fn contacts_in_one_array_are_merged_by_lines_where_that_says_the_same() {
        let ours = INLINE.replace("{ name = \"Ana\" }", "{ name = \"Ana\", city = \"Rome\" }");
        let theirs = INLINE
            .replace("  { name = \"Bo\", city = \"Oslo\" },\n", "")
            .replace("= 4", "= 5");
        let both = ours
            .replace("  { name = \"Bo\", city = \"Oslo\" },\n", "")
            .replace("= 4", "= 5");
        for [ours, theirs] in [[&ours, &theirs], [&theirs, &ours]] {
            let merge = merge_books(&[INLINE], ours, theirs).expect("it is proven");
            assert_eq!(merge.text(&[]), both);
        }
    }

    #[test]
    fn what_lines_do_not_prove_is_not_merged() {
        // One removed who the other changed.
        let ours = INLINE.replace("Oslo", "Rome");
        let theirs = INLINE
            .replace("  { name = \"Bo\", city = \"Oslo\" },\n", "")
            .replace("= 4", "= 5");
        let merge = merge_books(&[INLINE], &ours, &theirs).expect("it is proven");
        assert_eq!(
            (merge.text(&[]), merge.kept),
            (ours.replace("= 4", "= 5"), vec!["Bo".to_owned()])
        );
        // Both changed one line.
        let theirs = INLINE.replace("city = \"Oslo\"", "city = \"Oslo\", title = \"Dr\"");
        assert_eq!(
            merge_books(&[INLINE], &ours, &theirs),
            Err(Unmergeable::NotProven)
        );
    }

    #[test]
    fn one_table_may_be_written_in_two_ways() {
        let base =
            "[week]\ntouches = 4\n\n[[contacts]]\nname = \"Ana\"\n\n[[contacts]]\nname = \"Bo\"\n";
        let ours = base.replace("[week]\ntouches = 4\n", "week.touches = 4\n");
        let theirs = base.replace("\"Bo\"\n", "\"Bo\"\ncity = \"Oslo\"\n");
        let merge = merge_books(&[base], &ours, &theirs).expect("it is proven");
        assert_eq!(
            merge.text(&[]),
            ours.replace("\"Bo\"\n", "\"Bo\"\ncity = \"Oslo\"\n")
        );
    }
}
