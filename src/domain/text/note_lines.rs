//! Lines of a text that people add to and take from, such as the notes.

use super::caseless;

/// `text` with `more` as a line, or several, at its end. It ends with a newline if it did, or had one line before.
///
/// ```
/// use netkeep::domain::text::with_lines;
///
/// assert_eq!(with_lines("Two kids.", "Sails."), "Two kids.\nSails.\n");
/// assert_eq!(with_lines("Two kids.\nSails.", "Golf."), "Two kids.\nSails.\nGolf.");
/// ```
pub fn with_lines(text: &str, more: &str) -> String {
    match text.rsplit_once('\n') {
        _ if text.trim().is_empty() && !more.contains('\n') => more.to_owned(),
        _ if text.trim().is_empty() => format!("{more}\n"),
        None => format!("{text}\n{more}\n"),
        // What is left before closing quotes: blanks there are the indent of the text.
        Some((lines, indent)) if indent.trim().is_empty() => {
            let more: Vec<String> = more.lines().map(|line| indent.to_owned() + line).collect();
            format!("{lines}\n{}\n{indent}", more.join("\n"))
        }
        Some(_) => format!("{text}\n{more}"),
    }
}

/// `text` without the lines that say what a line of `typed` does, ignoring case and accents, and these lines; `None` if one
/// of `typed` is not in it.
pub(crate) fn without_lines<'t>(text: &'t str, typed: &str) -> Option<(String, Vec<&'t str>)> {
    let plain = |line: &str| caseless(line.trim());
    let typed: Vec<String> = typed.lines().map(plain).collect();
    let is_taken = |line: &&str| !line.trim().is_empty() && typed.contains(&plain(line));
    let (taken, left): (Vec<&str>, Vec<&str>) = text.split('\n').partition(is_taken);
    let is_there = |one: &String| one.is_empty() || taken.iter().any(|line| plain(line) == *one);
    let is_all = !taken.is_empty() && typed.iter().all(is_there);
    is_all.then(|| (left.join("\n"), taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_a_line_as_the_others_are_written() {
        for (text, after) in [
            ("", "met"),
            ("a", "a\nmet\n"),
            ("a\n", "a\nmet\n"),
            ("a\nb", "a\nb\nmet"),
            ("  a\n  ", "  a\n  met\n  "),
            ("a\n\n", "a\n\nmet\n"),
        ] {
            assert_eq!(with_lines(text, "met"), after, "{text:?}");
        }
        assert_eq!(with_lines("", "one\ntwo"), "one\ntwo\n");
        assert_eq!(with_lines("a\n", "one\ntwo"), "a\none\ntwo\n");
    }

    #[test]
    fn takes_out_whole_lines() {
        let text = "Two kids.\n Sails. \nGolf.\n";
        let without = |typed| without_lines(text, typed);
        let left = "Two kids.\nGolf.\n".to_owned();
        assert_eq!(without("sails."), Some((left, vec![" Sails. "])));
        assert_eq!(without("kids"), None);
        assert_eq!(without("Golf.\nTennis."), None);
        assert_eq!(without(""), None);
    }
}
