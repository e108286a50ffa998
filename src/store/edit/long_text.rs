//! A text of several lines as a contact's text writes it. The lines that stay keep their bytes.

use toml::de::{DeTable, DeValue};

use crate::domain::text::is_hidden;
use crate::store::parse::toml_value::{inside_lines, string};

/// How a string is written.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Quotes {
    Basic,
    Literal,
}

/// The string that says `new` instead of what `raw` does, in the same quotes, if some of its lines stay; a string on one
/// line that gets more of them becomes one of several. `newline` is that of the file. `None` if it has to be written anew.
pub(super) fn set(raw: &str, new: &str, newline: &str) -> Option<String> {
    let old = parsed(raw)?;
    let is_several = raw.starts_with("\"\"\"") || raw.starts_with("'''");
    let quotes = if raw.starts_with('"') {
        Quotes::Basic
    } else {
        Quotes::Literal
    };
    let set = match (is_several, old.contains('\n')) {
        (true, _) => splice(raw, &old, new, quotes, newline)?,
        // Its lines are escaped already.
        (false, true) if shares_a_line(&old, new) => string(new),
        (false, true) => return None,
        (false, false) => widen(raw, &old, new, quotes, newline)?,
    };
    (parsed(&set)? == new).then_some(set)
}

/// The text of a string as it is written, without the carriage returns of a Windows file.
pub(super) fn parsed(raw: &str) -> Option<String> {
    let document = format!("x = {raw}\n");
    let table = DeTable::parse(&document).ok()?;
    let DeValue::String(text) = table.get_ref().get("x")?.get_ref() else {
        return None;
    };
    Some(if raw.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else {
        text.to_string()
    })
}

fn shares_a_line(old: &str, new: &str) -> bool {
    let mut lines = old.lines().filter(|line| !line.trim().is_empty());
    lines.any(|line| new.lines().any(|other| other == line))
}

/// A string on one line as the first of several lines.
fn widen(raw: &str, old: &str, new: &str, quotes: Quotes, newline: &str) -> Option<String> {
    let more = new.strip_prefix(old)?.strip_prefix('\n')?;
    let first = &raw[1..raw.len() - 1];
    let more: Vec<&str> = more.split('\n').collect();
    let more = contents(&more, true, quotes, newline)?;
    let mark = if quotes == Quotes::Basic {
        "\"\"\""
    } else {
        "'''"
    };
    Some(format!(
        "{mark}{newline}{first}{newline}{}{mark}",
        more.join(newline)
    ))
}

/// A string of several lines with those lines written anew that differ.
fn splice(raw: &str, old: &str, new: &str, quotes: Quotes, newline: &str) -> Option<String> {
    let newline = match raw.find('\n') {
        Some(at) if raw[..at].ends_with('\r') => "\r\n",
        Some(_) => "\n",
        None => newline,
    };
    let (mark, rest) = raw.split_at(3);
    let inside = rest.strip_suffix(mark)?;
    let start = ["\r\n", "\n"]
        .into_iter()
        .find(|line| inside.starts_with(line));
    let inside = &inside[start.map_or(0, str::len)..];

    let was: Vec<&str> = old.split('\n').collect();
    let is: Vec<&str> = new.split('\n').collect();
    let written: Vec<&str> = inside.split('\n').collect();
    if written.len() != was.len() {
        // Some of its newlines are folded or escaped: what comes after them can still be added.
        let more: Vec<&str> = new.strip_prefix(old)?.split('\n').collect();
        let more = contents(&more, true, quotes, newline)?.join(newline);
        return Some([&raw[..raw.len() - mark.len()], &more, mark].concat());
    }
    let before = was
        .iter()
        .zip(&is)
        .take_while(|(was, is)| was == is)
        .count();
    let rest = was.len().min(is.len()) - before;
    let ends = was.iter().rev().zip(is.iter().rev()).take(rest);
    let after = ends.take_while(|(was, is)| was == is).count();
    let is_kept = |line: &&str| !line.trim().is_empty();
    let kept = was[..before].iter().chain(&was[was.len() - after..]);
    if !kept.copied().any(|line| is_kept(&line)) {
        return None;
    }

    // Each line with its newline, if it had one.
    let with_end = |at: usize| match written[at].strip_suffix('\r') {
        Some(line) if at + 1 < written.len() => (line.to_owned(), "\r\n"),
        _ if at + 1 < written.len() => (written[at].to_owned(), "\n"),
        _ => (written[at].to_owned(), newline),
    };
    let mut lines: Vec<(String, &str)> = (0..before).map(with_end).collect();
    let changed = &is[before..is.len() - after];
    let changed = contents(changed, after == 0, quotes, newline)?;
    lines.extend(changed.into_iter().map(|line| (line, newline)));
    lines.extend((was.len() - after..was.len()).map(with_end));

    let mut text = [mark, start.unwrap_or_default()].concat();
    let last = lines.len() - 1;
    for (at, (line, end)) in lines.iter().enumerate() {
        text.push_str(line);
        text.push_str(if at < last { end } else { "" });
    }
    text.push_str(mark);
    Some(text)
}

/// Lines of a text as they are written inside quotes, which close after them if they are the last; `None` if the quotes
/// cannot hold them.
fn contents(lines: &[&str], are_last: bool, quotes: Quotes, newline: &str) -> Option<Vec<String>> {
    let one = |(at, line): (usize, &&str)| {
        let is_marker = line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
        let is_last = are_last && at + 1 == lines.len();
        match quotes {
            // It must not look like the marker of a merge.
            Quotes::Basic if is_marker => {
                let rest = inside_lines(&line[1..], newline);
                Some(format!("\\u{:04X}{rest}", line.as_bytes()[0]))
            }
            Quotes::Literal if is_marker => None,
            Quotes::Basic if is_last => Some(inside_lines(line, newline)),
            // A quote at the end of a line is escaped only before the closing ones.
            Quotes::Basic => {
                let line = inside_lines(&format!("{line}\n"), "\n");
                line.strip_suffix('\n').map(str::to_owned)
            }
            Quotes::Literal => {
                let is_plain =
                    !line.contains(is_hidden) && !line.contains("'''") && !line.ends_with('\'');
                is_plain.then(|| (*line).to_owned())
            }
        }
    };
    lines.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(raw: &str, new: &str, after: Option<&str>) {
        assert_eq!(set(raw, new, "\n").as_deref(), after, "{raw}");
    }

    #[test]
    fn a_line_more_leaves_the_others_as_they_are() {
        case(
            "\"\"\"\nTwo kids.\n\"\"\"",
            "Two kids.\nSails.\n",
            Some("\"\"\"\nTwo kids.\nSails.\n\"\"\""),
        );
        case(
            "\"\"\"\nCaf\\u00e9.\"\"\"",
            "Café.\nSays \"hi\"",
            Some("\"\"\"\nCaf\\u00e9.\nSays \"hi\\\"\"\"\""),
        );
        case(
            "'''\r\nC:\\x\r\n'''",
            "C:\\x\nD:\\y\n",
            Some("'''\r\nC:\\x\r\nD:\\y\r\n'''"),
        );
        case(
            "\"\"\"Two kids.\"\"\"",
            "Two kids.\nSails.\n",
            Some("\"\"\"Two kids.\nSails.\n\"\"\""),
        );
        case(
            "\"\"\"\n  Two kids.\n  \"\"\"",
            "  Two kids.\n  Sails.\n  ",
            Some("\"\"\"\n  Two kids.\n  Sails.\n  \"\"\""),
        );
    }

    #[test]
    fn a_line_that_looks_like_a_merge_marker_is_escaped() {
        case(
            "\"\"\"\nTwo kids.\n\"\"\"",
            "Two kids.\n<<<<<<< x\n",
            Some("\"\"\"\nTwo kids.\n\\u003C<<<<<< x\n\"\"\""),
        );
    }

    #[test]
    fn a_line_less_leaves_the_others_as_they_are() {
        case(
            "\"\"\"\nCaf\\u00e9.\nSails.\nGolf.\n\"\"\"",
            "Café.\nGolf.\n",
            Some("\"\"\"\nCaf\\u00e9.\nGolf.\n\"\"\""),
        );
    }

    #[test]
    fn a_string_on_one_line_gets_more_of_them() {
        case(
            "\"Caf\\u00e9.\"",
            "Café.\nSails.\n",
            Some("\"\"\"\nCaf\\u00e9.\nSails.\n\"\"\""),
        );
        case("'C:\\x'", "C:\\x\nD:\\y\n", Some("'''\nC:\\x\nD:\\y\n'''"));
        case(
            "\"Two kids.\\nSails.\"",
            "Two kids.\nSails.\nGolf.",
            Some("\"Two kids.\\nSails.\\nGolf.\""),
        );
    }

    #[test]
    fn what_cannot_be_kept_is_written_anew() {
        case("\"Two kids.\"", "Golf.", None);
        case("\"\"\"\nTwo kids.\n\"\"\"", "Golf.\n", None);
        case("'''\nTwo kids.\n'''", "Two kids.\n'''\n", None);
        // The backslash at the end swallows what follows.
        case("\"\"\"\nTwo \\\n\"\"\"", "Two \nSails.", None);
    }
}
