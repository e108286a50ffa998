//! A page of help, in a small part of Markdown (CommonMark 0.31.2): headings, paragraphs, lists, links, and code, fenced or
//! indented by four blanks.

use std::io;

use crate::render::{Ink, Sink, Text};

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Block<'p> {
    Heading(&'p str),
    Paragraph(Vec<&'p str>),
    /// An item of a list.
    Item(Vec<&'p str>),
    /// Lines shown as they are.
    Code(Vec<&'p str>),
}

/// The longest line of a page, however wide the terminal is.
pub(crate) const WIDEST: usize = 80;

/// The blocks of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines().peekable();
    let mut is_new = true;
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            is_new = true;
            // A blank line between lines of code belongs to the code.
            if let (Some(Block::Code(code)), Some(next)) = (blocks.last_mut(), lines.peek())
                && next.starts_with("    ")
            {
                code.push("");
                is_new = false;
            }
            continue;
        }
        if let Some(heading) = heading(line) {
            blocks.push(Block::Heading(heading));
        } else if line.starts_with("```") {
            let code = lines.by_ref().take_while(|line| !line.starts_with("```"));
            let mut code: Vec<&str> = code.collect();
            while code.last().is_some_and(|line| line.is_empty()) {
                code.pop();
            }
            blocks.push(Block::Code(code));
        } else if let Some(item) = line.strip_prefix("- ") {
            blocks.push(Block::Item(item.split_whitespace().collect()));
        } else {
            let words = line.split_whitespace();
            match (blocks.last_mut(), line.strip_prefix("    ")) {
                (Some(Block::Code(code)), Some(line)) if !is_new => code.push(line),
                (Some(Block::Item(item)), _) if !is_new => item.extend(words),
                (_, Some(line)) => blocks.push(Block::Code(vec![line])),
                (Some(Block::Paragraph(paragraph)), _) if !is_new => paragraph.extend(words),
                _ => blocks.push(Block::Paragraph(words.collect())),
            }
        }
        is_new = false;
    }
    blocks
}

/// The words of a heading: the title of the page, or one below it.
fn heading(line: &str) -> Option<&str> {
    line.trim_start_matches('#')
        .strip_prefix(' ')
        .filter(|_| line.starts_with('#'))
}

/// Words as a text, in which a link is the words that it is made of: a terminal and a page of the manual open no files.
pub(crate) fn text_of(words: &[&str]) -> String {
    let words = words.join(" ");
    let mut text = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some((before, after)) = rest.split_once("](") {
        let (Some((left, label)), Some((_, right))) =
            (before.rsplit_once('['), after.split_once(')'))
        else {
            break;
        };
        text.extend([left, label]);
        rest = right;
    }
    text + rest
}

pub(crate) fn page(sink: &mut Sink, page: &str) -> io::Result<()> {
    let room = sink.width().unwrap_or(WIDEST).min(WIDEST);
    let blocks = blocks(page);
    for (at, block) in blocks.iter().enumerate() {
        let is_listed = |block: &Block| matches!(block, Block::Item(_));
        let goes_on = at > 0 && is_listed(block) && is_listed(&blocks[at - 1]);
        let is_first = at > 0 && matches!(blocks[at - 1], Block::Heading(_));
        if at > 0 && !goes_on && !is_first {
            sink.gap()?;
        }
        let mut sink = sink.within(room);
        match block {
            Block::Heading(heading) => sink.line(Text::new(heading).ink(Ink::Strong))?,
            Block::Paragraph(words) => sink.wrapped(&Text::new("  "), text_of(words))?,
            Block::Item(words) => sink.wrapped(&Text::new("  - "), text_of(words))?,
            Block::Code(lines) => {
                for line in lines {
                    sink.line(Text::new("    ") + Text::tabbed(line))?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_wrapped_and_its_code_is_not() {
        let text = "# Names\n\nA name is enough\nof it.\n\n- one\n- two words and\n  more\n\n```console\n$ netkeep\tdue\n\n```\n\n    a\n\n    b\n";
        let mut out = Vec::new();
        page(&mut Sink::new(&mut out, false, Some(18)), text).expect("writing to memory");
        let expected = "Names\n  A name is enough\n  of it.\n\n  - one\n  - two words and\n    more\n\n    $ netkeep\tdue\n\n    a\n\n    b\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn a_heading_may_be_a_title_or_below_it() {
        let text = "# Names\n\n## Of several words\n#hash\n";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Names"),
                Block::Heading("Of several words"),
                Block::Paragraph(vec!["#hash"]),
            ]
        );
    }

    #[test]
    fn a_link_is_its_words() {
        let text = |text: &str| text_of(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(
            text("see [the two pages](a.md) and [b](../b.md#c)."),
            "see the two pages and b."
        );
        for plain in ["`[sync]` (a folder)", "a](b", "[a](b", "[a] b"] {
            assert_eq!(text(plain), plain);
        }
    }
}
