//! Tables, and the figures that they belong to: a chart, and below it, closed until wanted, the same numbers.

use std::fmt::Display;

use super::html::{Element, Markup, element, isolated};

/// A column: its heading, and whether it holds numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageColumn(&'static str, bool);

pub(super) const fn words(heading: &'static str) -> PageColumn {
    PageColumn(heading, false)
}

pub(super) const fn numbers(heading: &'static str) -> PageColumn {
    PageColumn(heading, true)
}

/// A row: what it is about, and the other cells.
pub(super) fn row(head: impl Into<Markup>, cells: impl IntoIterator<Item = Element>) -> Element {
    element("tr")
        .add(element("th").with("scope", "row").add(head))
        .add(cells.into_iter().collect::<Markup>())
}

pub(super) fn number(number: impl Display) -> Element {
    element("td").class("n").text(&number.to_string())
}

/// A cell with a name or a note, of whatever direction.
pub(super) fn quote(text: &str) -> Element {
    element("td").add((!text.is_empty()).then(|| isolated(text)))
}

/// A cell with English words around what someone wrote: those of another direction among them do not turn the rest.
pub(super) fn english(text: &str) -> Element {
    let words = (!text.is_empty()).then(|| element("bdi").with("dir", "ltr").text(text));
    element("td").add(words)
}

/// The same, with places to break a line after the `@` and the dots in addresses.
pub(super) fn english_with_addresses(text: &str) -> Element {
    let is_break = |at: usize, mark: &str| {
        mark == "@" || text[at + mark.len()..].starts_with(char::is_alphanumeric)
    };
    let mut quoted = element("bdi").with("dir", "ltr");
    let mut start = 0;
    for (at, mark) in text.match_indices(['@', '.']) {
        if is_break(at, mark) {
            let end = at + mark.len();
            quoted = quoted.text(&text[start..end]).add(element("wbr"));
            start = end;
        }
    }
    element("td").add((!text.is_empty()).then(|| quoted.text(&text[start..])))
}

/// A table. `id` is its own in the page, and stays: programs find it by that.
pub(super) fn table(
    id: &'static str,
    caption: &str,
    columns: &[PageColumn],
    rows: impl IntoIterator<Item = Element>,
) -> Element {
    let heads = columns.iter().map(|PageColumn(heading, is_number)| {
        let head = element("th").with("scope", "col").text(heading);
        if *is_number { head.class("n") } else { head }
    });
    element("table")
        .with("id", id)
        .add(element("caption").text(caption))
        .add(element("thead").add(element("tr").add(heads.collect::<Markup>())))
        .add(element("tbody").add(rows.into_iter().collect::<Markup>()))
}

/// A chart under its caption, and the table of its numbers.
pub(super) fn figure(caption: &str, chart: impl Into<Markup>, table: Element) -> Element {
    element("figure")
        .add(element("figcaption").text(caption))
        .add(chart)
        .add(in_numbers(table))
}

/// A table that is closed until wanted.
pub(super) fn in_numbers(table: Element) -> Element {
    element("details")
        .add(element("summary").text("In numbers"))
        .add(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_may_break_after_their_marks() {
        let cell = Markup::from(english_with_addresses("email a.b@c.example. Soon.")).into_string();
        assert_eq!(
            cell,
            "<td><bdi dir=\"ltr\">email a.<wbr/>b@<wbr/>c.<wbr/>example. Soon.</bdi></td>"
        );
    }
}
