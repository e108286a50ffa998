//! Writes elements of HTML and SVG, as XML would have them: every tag is closed.
//!
//! Names and notes come from other people's files, and they are text, never markup: the only way from a text into a [`Markup`] is
//! [`Element::text`] and its like, which escape it. The names of elements and attributes are literals of this program.

use std::fmt::Display;

use crate::render::Text;

/// Elements and escaped text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Markup(String);

/// An element that is being written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Element {
    name: &'static str,
    attributes: String,
    content: Markup,
}

/// Elements that have no content, and no end tag in HTML.
const EMPTY: [&str; 2] = ["meta", "wbr"];

/// Begins an element.
pub(super) fn element(name: &'static str) -> Element {
    Element {
        name,
        attributes: String::new(),
        content: Markup::default(),
    }
}

/// A text that stands for itself, as names do: its direction has no effect on what is around it.
pub(super) fn isolated(text: &str) -> Element {
    element("bdi").text(text)
}

impl Element {
    /// The same with an attribute.
    pub(super) fn with(mut self, attribute: &'static str, value: impl Display) -> Self {
        self.attributes += " ";
        self.attributes += attribute;
        self.attributes += "=\"";
        escape(&value.to_string(), &mut self.attributes);
        self.attributes += "\"";
        self
    }

    pub(super) fn class(self, class: &'static str) -> Self {
        self.with("class", class)
    }

    /// The same with a text at its end. Characters that would act rather than show are shown as in a terminal.
    pub(super) fn text(mut self, text: &str) -> Self {
        escape(text, &mut self.content.0);
        self
    }

    /// The same with elements at its end.
    pub(super) fn add(mut self, content: impl Into<Markup>) -> Self {
        self.content += content.into();
        self
    }

    /// The same with the lines of a style sheet of this program, in which HTML and XML find nothing to escape.
    pub(super) fn sheet(mut self, css: &'static str) -> Self {
        self.content.0 += css;
        self
    }
}

impl Markup {
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

impl From<Element> for Markup {
    fn from(element: Element) -> Self {
        let Element {
            name,
            attributes,
            content: Self(content),
        } = element;
        Self(if EMPTY.contains(&name) {
            format!("<{name}{attributes}/>")
        } else {
            format!("<{name}{attributes}>{content}</{name}>")
        })
    }
}

impl<T: Into<Markup>> From<Option<T>> for Markup {
    fn from(some: Option<T>) -> Self {
        some.map(T::into).unwrap_or_default()
    }
}

impl std::ops::AddAssign for Markup {
    fn add_assign(&mut self, other: Self) {
        self.0 += &other.0;
    }
}

impl<T: Into<Markup>> FromIterator<T> for Markup {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Self {
        let mut all = Self::default();
        for part in parts {
            all += part.into();
        }
        all
    }
}

/// Appends a text that is safe in an element and in an attribute.
fn escape(text: &str, out: &mut String) {
    for c in Text::new(text).plain().chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\'' => *out += "&#39;",
            // No character of XML (1.0, section 2.2), and a flaw in HTML.
            c if u32::from(c) & 0xfffe == 0xfffe => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(element: Element) -> String {
        Markup::from(element).into_string()
    }

    #[test]
    fn elements_are_closed_and_nested() {
        let list = element("ul")
            .class("all")
            .add(
                ["a", "b"]
                    .map(|item| element("li").text(item))
                    .into_iter()
                    .collect::<Markup>(),
            )
            .add(Some(element("wbr")))
            .add(None::<Element>);
        assert_eq!(
            written(list),
            "<ul class=\"all\"><li>a</li><li>b</li><wbr/></ul>"
        );
        assert_eq!(written(element("td")), "<td></td>");
    }

    #[test]
    fn nothing_in_a_text_acts() {
        for (text, seen) in [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            (
                "\"><img src=x onerror='x'>",
                "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;",
            ),
            ("&lt; &amp; R&D", "&amp;lt; &amp;amp; R&amp;D"),
            ("]]> <!-- -->", "]]&gt; &lt;!-- --&gt;"),
            ("a\0b\u{1b}[2J\u{7f}", "a\\u{0}b\\u{1b}[2J\\u{7f}"),
            ("a\nb\tc\r", "a\\nb\\tc\\r"),
            (
                "\u{202e}evil\u{2066}x\u{200f}",
                "\\u{202e}evil\\u{2066}x\\u{200f}",
            ),
            (
                "\u{feff}\u{fffe}\u{ffff}\u{1ffff}",
                "\\u{feff}\u{fffd}\u{fffd}\u{fffd}",
            ),
            (
                "李 علی\u{200c}رضا 👩\u{200d}🚀",
                "李 علی\u{200c}رضا 👩\u{200d}🚀",
            ),
        ] {
            assert_eq!(written(element("p").text(text)), format!("<p>{seen}</p>"));
            assert_eq!(
                written(element("p").with("title", text)),
                format!("<p title=\"{seen}\"></p>")
            );
            assert_eq!(written(isolated(text)), format!("<bdi>{seen}</bdi>"));
        }
    }
}
