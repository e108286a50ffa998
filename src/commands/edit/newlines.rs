//! The newlines of a text that comes back from the editor: some editors write others.

/// What was typed with the newlines of a Windows file, if the book is one.
pub(super) fn with_newlines_of(book: &str, typed: &str) -> String {
    let newlines = book.matches('\n').count();
    if newlines > 0 && newlines == book.matches("\r\n").count() {
        typed.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        typed.to_owned()
    }
}

/// What was typed with the newlines of the lines that it replaces, so that a book has one kind of them.
pub(super) fn with_newlines_around(before: &str, typed: &str) -> String {
    if before.contains('\r') {
        with_newlines_of(before, typed)
    } else {
        typed.replace("\r\n", "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_windows_file_stays_one() {
        assert_eq!(with_newlines_of("a\r\nb\r\n", "a\nc\r\n"), "a\r\nc\r\n");
        assert_eq!(with_newlines_of("a\r\nb\n", "a\r\nc\n"), "a\r\nc\n");
        assert_eq!(with_newlines_of("a\n", "a\r\n"), "a\r\n");
        assert_eq!(with_newlines_of("", "a\n"), "a\n");
    }

    #[test]
    fn lines_among_others_have_their_newlines() {
        assert_eq!(with_newlines_around("a\n", "a\r\nb\n"), "a\nb\n");
        assert_eq!(with_newlines_around("a\r\n", "a\nb"), "a\r\nb");
        assert_eq!(with_newlines_around("a\r\nb\n", "a\r\nc\n"), "a\r\nc\n");
    }
}
