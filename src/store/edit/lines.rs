//! Finds, adds and removes lines.

/// The start of the line that `at` is in.
pub(super) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is in, its newline included.
pub(super) fn end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

/// The blanks at the start of the line that `at` is in.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[start(text, at)..];
    &line[..line.find(|c| c != ' ' && c != '\t').unwrap_or(line.len())]
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

pub(super) fn is_header(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('[')
}

pub(super) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The newline for a line added at `at`: that of the line before, or of the line after, or `\n`.
pub(super) fn newline(text: &str, at: usize) -> &'static str {
    let newline = text[..at].rfind('\n').or_else(|| text.find('\n'));
    match newline {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// `text` with `lines` (without their last newline) inserted at `at`, the start of a line or the end of the text. A
/// text that does not end with a newline still does not.
pub(super) fn insert(text: &str, at: usize, lines: &str) -> String {
    let newline = newline(text, at);
    let (before, after) = text.split_at(at);
    if before.is_empty() || before == "\u{feff}" || before.ends_with('\n') {
        [before, lines, newline, after].concat()
    } else {
        [before, newline, lines, after].concat()
    }
}

/// `text` with `new` in place of the bytes at `at`.
pub(super) fn replace(text: &str, at: std::ops::Range<usize>, new: &str) -> String {
    [&text[..at.start], new, &text[at.end..]].concat()
}

/// The lines at the start of `text` that match `is_alike`.
pub(super) fn run(text: &str, is_alike: fn(&str) -> bool) -> &str {
    let mut end = 0;
    while end < text.len() && is_alike(&text[end..self::end(text, end)]) {
        end = self::end(text, end);
    }
    &text[..end]
}

/// The start of the run of lines before `at`, but not before `floor`, that match `is_alike`.
pub(super) fn run_up(text: &str, floor: usize, at: usize, is_alike: fn(&str) -> bool) -> usize {
    let mut run = at;
    while run > floor {
        let line = start(text, run - 1);
        if !is_alike(text[line..run].trim_start_matches('\u{feff}')) {
            break;
        }
        run = line;
    }
    run
}

/// The start of a header at `at`, the comment lines right above it and a blank line before those included.
pub(super) fn apart(text: &str, floor: usize, at: usize) -> usize {
    let first = run_up(text, floor, at, is_comment);
    let above = start(text, first.saturating_sub(1));
    if first > floor && is_blank(&text[above..first]) {
        above
    } else {
        first
    }
}

/// What to remove for the whole lines `at`. At the end of a text without a last newline, the newline before them is
/// removed instead.
pub(super) fn whole(text: &str, at: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if at.end < text.len() || text.ends_with('\n') {
        return at;
    }
    let before = &text[..at.start];
    let before = before
        .strip_suffix('\n')
        .map_or(before, |before| before.strip_suffix('\r').unwrap_or(before));
    before.len()..at.end
}

/// The place of `sign`, if it is the first character from `at` on that is not blank or in a comment.
pub(super) fn next_sign(text: &str, mut at: usize, sign: char) -> Option<usize> {
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text[at..].chars().next()? {
            '#' => at = end(text, at),
            found => return (found == sign).then_some(at),
        }
    }
}
