//! Counts and lists as people write them.

/// `1 contact`, `2 contacts`.
///
/// ```
/// assert_eq!(netkeep::render::plural::count(1, "touch", "touches"), "1 touch");
/// ```
#[must_use]
pub fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn and(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists() {
        assert_eq!(count(0, "touch", "touches"), "0 touches");
        assert_eq!(count(1, "touch", "touches"), "1 touch");
        assert_eq!(and(&["a"]), "a");
        assert_eq!(and(&["a", "b", "c"]), "a, b and c");
    }
}
