//! Counts and lists in words.

/// `1 contact`, `2 contacts`.
pub(crate) fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and(items: &[impl AsRef<str>]) -> String {
    joined(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn or(items: &[impl AsRef<str>]) -> String {
    joined(items, "or")
}

fn joined(items: &[impl AsRef<str>], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// Channels that are said letter by letter.
const SPELLED: [&str; 5] = ["dm", "irc", "mms", "sms", "xmpp"];

/// `a call`, `an email`, `an SMS`.
pub(crate) fn with_article(word: &str) -> String {
    // An ess, an em, an ex.
    let (word, vowels) = if SPELLED.contains(&word) {
        (word.to_uppercase(), "IMSX")
    } else {
        (word.to_owned(), "AEIOUaeiou")
    };
    let article = if word.starts_with(|c| vowels.contains(c)) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}

/// The first of many: `a, b, c and 9 more`.
pub(crate) fn some(items: &[String]) -> String {
    first_of(items, 3)
}

/// The first `most` of many: `a, b, c and 9 more`. It never says `1 more`: if one is left, it is named.
pub(crate) fn first_of(items: &[String], most: usize) -> String {
    let is_one_left = items.len().checked_sub(most) == Some(1);
    let most = if is_one_left { items.len() } else { most };
    let more = format!("{} more", items.len().saturating_sub(most));
    let mut named: Vec<&String> = items.iter().take(most).collect();
    if items.len() > most {
        named.push(&more);
    }
    and(&named)
}

/// `75%`: a part of a whole; `None` of nothing. Only what is exactly nothing or all is `0%` or `100%`.
pub(crate) fn percent(part: usize, whole: usize) -> Option<String> {
    let rounded = (part * 200 + whole).checked_div(whole * 2)?;
    let percent = match part {
        0 => 0,
        part if part < whole => rounded.clamp(1, 99),
        _ => rounded,
    };
    Some(format!("{percent}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_goes_by_the_sound() {
        let all = ["call", "email", "Ice cream", "sms", "dm", "mtg"].map(with_article);
        let expected = [
            "a call",
            "an email",
            "an Ice cream",
            "an SMS",
            "a DM",
            "a mtg",
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn counts_and_lists() {
        assert_eq!(count(0, "touch", "touches"), "0 touches");
        assert_eq!(count(1, "touch", "touches"), "1 touch");
        assert_eq!(and(&["a"]), "a");
        assert_eq!(and(&["a", "b", "c"]), "a, b and c");
        let many = |count| some(&vec!["a".to_owned(); count]);
        assert_eq!(many(4), "a, a, a and a");
        assert_eq!(many(5), "a, a, a and 2 more");
        let five = vec!["a".to_owned(); 5];
        assert_eq!(first_of(&five, 1), "a and 4 more");
        assert_eq!(first_of(&five, usize::MAX), "a, a, a, a and a");
    }
    #[test]
    fn a_percentage_is_all_or_nothing_only_if_it_is() {
        for (part, whole, expected) in [
            (0, 7, "0%"),
            (1, 1000, "1%"),
            (1, 8, "13%"),
            (999, 1000, "99%"),
            (7, 7, "100%"),
        ] {
            assert_eq!(percent(part, whole).as_deref(), Some(expected));
        }
        assert_eq!(percent(0, 0), None);
    }
}
