//! Cells that hold several values.

/// What Google writes between several values in one cell.
pub(super) const BETWEEN: &str = " ::: ";

/// Splits a cell with several values: at Google's ` ::: `, at semicolons and at newlines.
pub(super) fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN)
        .flat_map(|piece| piece.split([';', '\n']))
        .map(str::trim)
}

/// The values of a cell, each with its label. The last label is that of all the rest.
pub(super) fn labelled<'c>(
    labels: &'c str,
    cell: &'c str,
) -> impl Iterator<Item = (&'c str, &'c str)> {
    let mut labels = labels.split(BETWEEN);
    let mut label = "";
    cell.split(BETWEEN).map(move |piece| {
        label = labels.next().unwrap_or(label);
        (label.trim_start_matches("* ").trim(), piece)
    })
}

/// The links in a cell. Commas and blanks separate links, but they may also be in one.
pub(super) fn links(cell: &str) -> Vec<&str> {
    let between = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let pieces = cell.split(between).filter(|piece| !piece.is_empty());
    let pieces: Vec<&str> = pieces.filter(|piece| *piece != ":::").collect();
    if pieces.iter().all(|piece| is_page(piece)) {
        pieces
    } else {
        cell.split(BETWEEN).collect()
    }
}

/// Whether a text looks like a page: `https://a.example`, `a.example/b`.
pub(super) fn is_page(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let has_dot = host.trim_matches('.').contains('.');
    text.contains("://") && !text.contains(char::is_whitespace)
        || has_dot && host.chars().all(is_host)
}
