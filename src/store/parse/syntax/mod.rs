//! What is wrong with a text that is not TOML: each slip once, in words that say what to write.
//!
//! `toml` says that a text is broken; where and how is found here, since one missing bracket or quote makes everything after
//! it look wrong. The text is divided at the headers of a book, and what is not TOML by itself is read key by key:
//! `search` goes through it, `source` knows the lines, `statement` (with `excess` and `text_end`) reads one key with its
//! value, `bare` and `lookalike` say what was meant, `slip` and `words` how it is said, `foreign` knows other files.

mod bare;
mod excess;
mod foreign;
mod lookalike;
mod search;
mod slip;
mod source;
mod statement;
mod text_end;
mod words;

use memchr::{memchr, memchr_iter};

pub(super) use self::bare::{day as meant_day, flag as meant_flag};
use self::foreign::foreign;
pub(super) use self::lookalike::plainly;
use self::search::Search;
use self::source::Source;
use super::problem::Problem;

/// Everything that is wrong with a text that is not TOML, each slip once.
pub(super) fn problems(text: &str) -> Vec<Problem> {
    if let Some(at) = memchr(0, text.as_bytes()) {
        let nuls = memchr_iter(0, text.as_bytes()).count();
        // Each letter of UTF-16 has one, as long as it is ASCII.
        let (message, hint) = if nuls > text.len() / 3 && at < 2 && text.len() > 2 {
            (
                "the file is UTF-16 or UTF-32 text, not UTF-8",
                "save it as UTF-8 in your editor",
            )
        } else {
            (
                "a NUL byte, which no text file contains",
                "restore the file from a copy",
            )
        };
        return vec![Problem::broken(at..at + 1, message).hint(hint)];
    }
    if let Some(at) = lone_return(text) {
        let problem = Problem::broken(at..at + 1, "a line ends in the way of old Macs");
        return vec![problem.hint("save the file with plain line ends (LF)")];
    }
    let source = Source::new(text);
    let mut search = Search::new(&source);
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len().min(text.len());
    at = at.min('\u{feff}'.len_utf8());
    while at < text.len() {
        at = search.segment(at);
    }
    if let Some(problem) = foreign(text, search.is_foreign()) {
        return vec![problem];
    }
    let mut slips = std::mem::take(&mut search.slips);
    slips.extend(words::remaining(&source, &search.broken));
    slips.sort_by_key(|slip| slip.at.start);
    let problems = slips.into_iter();
    problems
        .map(|slip| Problem::broken(slip.at, slip.message).hint(slip.hint))
        .collect()
}

/// The first carriage return that no line feed follows: it makes one line of many, which all look wrong.
fn lone_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr_iter(b'\r', bytes).find(|at| bytes.get(at + 1) != Some(&b'\n'))
}

#[cfg(test)]
mod tests {
    use super::search::is_toml;
    use super::*;

    /// The line of each problem, its message and its hint.
    fn found(text: &str) -> Vec<(usize, String, String)> {
        let source = Source::new(text);
        let found = problems(text).into_iter();
        found
            .map(|one| {
                let line = source.line(one.at.start);
                (line, one.message, one.hint.unwrap_or_default())
            })
            .collect()
    }

    #[track_caller]
    fn one(text: &str) -> (usize, String, String) {
        let mut found = found(text);
        assert_eq!(found.len(), 1, "{found:?} in\n{text}");
        found.remove(0)
    }

    const BOOK: &str = "[week]\ntouches = 4\n[buckets.a]\ncadence = \"4 weeks\" # hers\n\n[[contacts]]\nname = 'Ana'\n\
        tags = [\"x\", 'y']\nnext = { on = 2026-01-01, what = \"go\" }\nnotes = \"\"\"\nTwo kids, it's \"fine\".\nOslo — Bergen\n\"\"\"\n\
        touches = [\n  { on = 2026-01-01, via = \"call\", note = \"a, b\" },\n  { on = 2026-01-02 },\n]\n\n[[contacts]]\n\
        name = \"Bo\"\nnotes = '''\nHe = \"\n'''\naddress = \"Way 1, Oslo\"\n[[contacts.touches]]\non = 2026-01-01\n\n\
        [[contacts]]\nname = \"Cem\"\nnotes = \"\"\"\nyes: no\n\"\"\"\n[contacts.next]\non = 2026-01-01\n";

    /// The line on which what is opened or closed at `at` of the book starts.
    fn line_of_opener(at: usize) -> usize {
        let source = Source::new(BOOK);
        let line = source.line(at);
        let is_end = matches!(
            source.rest(at),
            "]" | "\"\"\"" | "\"\"" | "\"" | "'''" | "''" | "'"
        );
        match line {
            10..=13 if is_end && line == 13 => 10,
            17 => 14,
            23 if is_end => 21,
            32 if is_end => 30,
            line => line,
        }
    }

    #[test]
    fn a_missing_bracket_or_quote_is_one_error_where_it_opens() {
        assert!(is_toml(BOOK));
        for (at, sign) in BOOK.match_indices(['[', ']', '{', '}', '"', '\'']) {
            let text = format!("{}{}", &BOOK[..at], &BOOK[at + sign.len()..]);
            // What is left may be TOML: a quote within a note, or `[contacts]`.
            if is_toml(&text) {
                continue;
            }
            let (line, message, hint) = one(&text);
            assert_eq!(line, line_of_opener(at), "{message} in\n{text}");
            assert!(
                !message.contains("expected") && !hint.is_empty(),
                "{message}"
            );
        }
    }

    #[test]
    fn a_comment_in_a_row_is_one_error() {
        let text = BOOK.replace("\"a, b\" }", "\"a, b\" # old }");
        let (line, message, _) = one(&text);
        let expected = "the `{` that opens a touch in line 15 is never closed: a `#` starts a comment, which holds the rest of the line";
        assert_eq!((line, message.as_str()), (15, expected));
    }

    #[test]
    fn an_error_names_what_is_not_closed() {
        for (text, expected) in [
            (
                "tags = [\"a\"\nmet = 'x'\n",
                "the `[` that opens `tags` in line 1 is never closed",
            ),
            (
                "next = { on = 2026-01-01\nmet = 'x'\n",
                "the `{` that opens `next` in line 1 is never closed",
            ),
            (
                "tags = [\"a, \"b\"]\n",
                "the quote that opens an item of `tags` in line 1 is never closed",
            ),
            (
                "notes = \"\"\"\nx\n",
                "the `\"\"\"` that opens `notes` in line 1 is never closed",
            ),
            (
                "notes = ''\nx\n'''\n",
                "only two quotes open the text of `notes` in line 1",
            ),
            (
                "city = New York\"\n",
                "the quote before `New York` in line 1 is missing",
            ),
            (
                "tags = \"a\", \"b\"]\n",
                "the `[` that opens `tags` in line 1 is missing",
            ),
            (
                "next = on = 2026-01-01 }\n",
                "the `{` before `on` in line 1 is missing",
            ),
            (
                "touches = \n  { on = 2026-01-01 },\n]\n",
                "the `[` after `touches =` in line 1 is missing",
            ),
            (
                "[[contacts]\nname = 'A'\n",
                "the header in line 1 lacks a bracket",
            ),
            (
                "note = \"she said \"hi\" to me\"\n",
                "the text ends before this",
            ),
            (
                "next = { on = 2026-01-01 what = \"x\" }\n",
                "a comma is missing before `what = \"x\" }`",
            ),
            (
                "name = \"A\" city = \"B\"\n",
                "there is more after the value",
            ),
            ("name: \"A\"\n[week]\n", "this is not a key with a value"),
            ("name =\n[week]\n", "`name` has no value"),
            (
                "city = \"a\\c\"\n",
                "a backslash starts something that TOML does not know",
            ),
            (
                "city = \"a\u{1b}c\"\n",
                "a control character (U+001B) stands in the text",
            ),
            ("city = = \"Oslo\"\n", "there is one `=` too many"),
            ("a = 0x\n", "`0x` is not a number"),
            ("a = 1_000z\n", "`1_000z` is not a number"),
            (
                "next = { on\n = 2026-01-01 }\n",
                "a line ends between `on` and its value",
            ),
            (
                "next = { on = # soon\n 2026-01-01 }\n",
                "a line ends between `on` and its value",
            ),
            ("a = 1_0٠\n", "`٠` (U+0660) is not the plain `0`"),
        ] {
            assert_eq!(one(text).1, expected, "{text}");
        }
    }

    #[test]
    fn independent_slips_are_errors_of_their_own() {
        let text = "[week]\ntouches = four\n[[contacts]]\nname = \"A\ncity = \"B\"\ncity = \"C\"\ntags = [\n\n[[contacts]]\nname = yes\n";
        let lines: Vec<usize> = found(text).into_iter().map(|(line, ..)| line).collect();
        assert_eq!(lines, [2, 4, 6, 7, 10]);
    }

    #[test]
    fn what_only_looks_like_toml_is_named() {
        for (text, hint) in [
            (
                "name\u{a0}= 'A'\n",
                "a no-break blank (U+00A0) stands here; write a plain one",
            ),
            (
                "name =\u{3000}'A'\n",
                "an ideographic blank (U+3000) stands here; write a plain one",
            ),
            (
                "friendly = true\u{2009}\n",
                "a special blank (U+2009) stands here; write a plain one",
            ),
            ("\u{200b}name = 'A'\n", "delete it: type the line again"),
            (
                "[week]\u{a0}\n",
                "a no-break blank (U+00A0) stands here; write a plain one",
            ),
            (
                "birthday = 1984–03–12\n",
                "write a day like `2026-11-27`, with plain hyphens",
            ),
            (
                "added = 2026−01−02\n",
                "write a day like `2026-11-27`, with plain hyphens",
            ),
            ("name = “Ana”\n", "write straight quotes: `\"`"),
            ("name = «Ana»\n", "write straight quotes: `\"`"),
            ("name = ＂Ana＂\n", "write straight quotes: `\"`"),
            (
                "name = \"Ana”\n",
                "write straight quotes at both ends: `\"`",
            ),
            ("name ＝ \"Ana\"\n", "write a plain `=`"),
            ("tags = ［\"a\"］\n", "write a plain `[`"),
            ("tags = [\"a\"，\"b\"]\n", "write a plain `,`"),
            ("on = ２０２６-01-02\n", "write a plain `2`"),
            ("friendly = yes\n", "write `friendly = true`"),
            ("friendly = False\n", "write `friendly = false`"),
            ("on = 2026-1-5\n", "write a day like `2026-01-05`"),
            ("tags = [new york]\n", "put text in quotes: `\"new york\"`"),
        ] {
            assert_eq!(one(text).2, hint, "{text}");
        }
    }

    #[test]
    fn another_file_is_one_error() {
        for (text, expected) in [
            (
                "Name,Mail\nAna,a@x.example\nBo,b@x.example\n",
                "this is not a book but a table (CSV)",
            ),
            (
                "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL;TYPE=home:1\nEND:VCARD\n",
                "this is not a book but a vCard",
            ),
            (
                "{\n  \"name\": \"Ana\",\n  \"tags\": [\"a\"]\n}\n",
                "this is not a book but JSON",
            ),
            ("[{\"name\": \"Ana\"}]\n", "this is not a book but JSON"),
            (
                "# People\n\nHello you.\n\n- Ana\n- Bo\n",
                "this is not a book but other text",
            ),
            (
                "# abook addressbook file\n[format]\nprogram=abook\nversion=0.6\n[0]\nname=Ana Ruiz\nemail=a@x.example\n",
                "this is not a book but an abook address book",
            ),
            ("hello\n", "this is not a book but other text"),
        ] {
            assert_eq!(one(text).1, expected, "{text}");
        }
    }

    /// Of any one slip come two errors at most, in words of ours.
    #[test]
    fn one_slip_is_not_many_errors() {
        let book = include_str!("../../../../contacts.example.toml");
        let check = |text: String| {
            if is_toml(&text) {
                return;
            }
            let found = found(&text);
            let is_ours = |(_, message, _): &(usize, String, String)| {
                !message.contains("not TOML:") && !message.contains("expected")
            };
            assert!((1..=2).contains(&found.len()), "{found:?} in\n{text}");
            assert!(found.iter().all(is_ours), "{found:?} in\n{text}");
        };
        for (at, c) in book.char_indices().step_by(5) {
            check(format!("{}{}", &book[..at], &book[at + c.len_utf8()..]));
        }
        for (step, sign) in "=,.[]{}\"'#\\:-\n\r".chars().enumerate() {
            for (at, _) in book.char_indices().skip(step).step_by(97) {
                check(format!("{}{sign}{}", &book[..at], &book[at..]));
            }
        }
    }

    #[test]
    fn a_header_that_is_missing_is_one_error() {
        for sign in ["#", "="] {
            let text = BOOK.replace(
                "[[contacts]]\nname = \"Bo\"",
                &format!("{sign}[[contacts]]\nname = \"Bo\""),
            );
            let found = found(&text);
            assert!(found.len() <= 2, "{found:?}");
            let (line, message, hint) = found.last().expect("one");
            assert_eq!(
                (*line, message.as_str()),
                (20, "`name` stands here a second time")
            );
            assert!(hint.starts_with("write `[[contacts]]` above it"), "{hint}");
        }
    }

    #[test]
    fn a_header_is_written_as_it_should_be() {
        for (line, expected) in [
            ("[contact\\s]", "[contact\\s]"),
            ("[=[contacts]]", "[[contacts]]"),
            ("[[contacts]", "[[contacts]]"),
            ("[[contacts] # x", "[[contacts]]"),
            ("[[contacts.touches]", "[[contacts.touches]]"),
            ("[contacts.next", "[contacts.next]"),
            ("[buckets.a]cadence = 1", "[buckets.a]"),
            ("[buckets.\"old friends\"", "[buckets.\"old friends\"]"),
        ] {
            assert_eq!(source::header(line), expected, "{line}");
        }
    }

    #[test]
    fn line_ends_of_other_systems_are_one_error() {
        for text in [BOOK.replace('\n', "\r"), BOOK.replace('\n', "\r\r\n")] {
            assert_eq!(one(&text).2, "save the file with plain line ends (LF)");
        }
        assert_eq!(
            one("\u{feff}\u{feff}name = 'A'\n").2,
            "delete it: type the line again"
        );
    }

    #[test]
    fn a_text_with_headers_in_it_is_passed() {
        let text =
            "[[contacts]]\nnotes = \"\"\"\n[[contacts]]\nx\n\"\"\"\n[[contacts]]\nname = A\n";
        assert_eq!(one(text).0, 7);
        let text = "[[contacts]]\nname = \"A\"\nnotes = \"\"\"\n[[contacts]]\nx\n\"\"\"\nfriendly = yes\n[[contacts]]\nname = \"B\"\n";
        assert_eq!(one(text).0, 7);
    }
}
