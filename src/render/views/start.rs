//! How to start, where nobody is in the book yet.

use std::io;

use crate::domain::{Book, Bucket};
use crate::render::words::messages::quoted;
use crate::render::{Ink, Sink, Text};

/// The columns of prose.
const WIDTH: usize = 80;

const IMPORT: &str = "adds everyone in an export of LinkedIn (Connections.csv), Google, Apple/iCloud, Outlook or Thunderbird, a \
                      vCard or a CSV; asks first";

const THEN: &str =
    "`netkeep help` lists the commands, `netkeep help formats` where files come from.";

/// Writes what is missing, and what to type; `book` is the one to be filled.
pub(crate) fn start(sink: &mut Sink, missing: &str, book: &Book) -> io::Result<()> {
    let width = sink.width().unwrap_or(WIDTH).min(WIDTH);
    let mut sink = sink.within(width);
    let first = missing.chars().take(1).flat_map(char::to_uppercase);
    let rest = missing.chars().skip(1);
    prose(
        &mut sink,
        "",
        &format!("{}.", first.chain(rest).collect::<String>()),
    )?;
    sink.line("Two ways to start:")?;
    sink.gap()?;
    let bucket = book.buckets.first();
    if bucket.is_none() {
        let command = "netkeep bucket add clients --cadence \"4 weeks\"";
        way(
            &mut sink,
            command,
            "adds a bucket first; its people are due every 4 weeks",
        )?;
    }
    let name = bucket.map_or("clients", |bucket| &bucket.name);
    let command = format!("netkeep add \"Ana Ruiz\" -b {}", quoted(name));
    way(&mut sink, &command, &add(name, bucket))?;
    way(&mut sink, "netkeep import FILE", IMPORT)?;
    sink.gap()?;
    prose(&mut sink, "", THEN)
}

fn add(name: &str, bucket: Option<&Bucket>) -> String {
    match bucket.and_then(|bucket| bucket.cadence) {
        Some(cadence) => format!("adds a person to the bucket {name}, due every {cadence}"),
        None => format!("adds a person to the bucket {name}"),
    }
}

/// A command, and under it what it does.
fn way(sink: &mut Sink, command: &str, what: &str) -> io::Result<()> {
    sink.line(Text::new("  ") + Text::new(command).ink(Ink::Strong))?;
    prose(sink, "      ", what)
}

fn prose(sink: &mut Sink, indent: &str, text: &str) -> io::Result<()> {
    sink.wrapped(&Text::new(indent), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: usize, book: &str) -> String {
        let book = crate::store::read(book).expect("a book").book;
        let mut out = Vec::new();
        let mut sink = Sink::new(&mut out, false, Some(width));
        start(&mut sink, "there is no book yet at b.toml", &book).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn fits_any_terminal() {
        let book = "buckets.clients.cadence = '4 weeks'\n";
        for width in [40, 80, 200] {
            let text = shown(width, book);
            assert!(
                text.lines()
                    .all(|line| line.chars().count() <= width.min(80))
            );
        }
        assert_eq!(shown(80, book).lines().count(), 10);
    }

    #[test]
    fn names_a_bucket_of_the_book_or_how_to_add_one() {
        let some = shown(80, "buckets.'old friends'.cadence = '2 months'\n");
        assert!(some.contains(
            "-b 'old friends'\n      adds a person to the bucket old friends, due every 2 months\n"
        ));
        assert!(!some.contains("bucket add"));
        assert!(shown(80, "").contains("  netkeep bucket add clients --cadence \"4 weeks\"\n"));
    }
}
