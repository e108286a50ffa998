//! Templates for one line per contact, such as `{name}\t{email}`.

use std::io::{self, Write};
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::due::rule::{Standing, standing};
use crate::domain::model::column::Column;
use crate::domain::model::mistyped::Mistyped;
use crate::domain::text::near;
use crate::render::Text;
use crate::render::words::standing::ShownContact;

/// A line of text with fields, of a contact or of a touch.
///
/// `{name}` is a field, one of `F`; `!{email}` is required: what lacks it gets no line. `\t` and `\n` are a tab and a newline;
/// `\\`, `\{`, `\}` and `\!` are the characters themselves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Template<F = Column>(Vec<TemplatePart<F>>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum TemplatePart<F> {
    Text(String),
    Field { field: F, is_required: bool },
}

/// What a template can be filled with.
pub(crate) trait TemplateField: Copy {
    fn named(name: &str) -> Option<Self>;

    fn names() -> Vec<&'static str>;
}

impl TemplateField for Column {
    fn named(name: &str) -> Option<Self> {
        Self::named(name)
    }

    fn names() -> Vec<&'static str> {
        Self::names().collect()
    }
}

impl Template {
    /// Writes a line for each standing, in the order given.
    pub(crate) fn lines(
        &self,
        out: &mut dyn Write,
        book: &Book,
        standings: &[Standing],
        today: NaiveDate,
    ) -> io::Result<()> {
        let seen = standings
            .iter()
            .map(|one| ShownContact::new(book, one, today));
        let mut lines = seen.filter_map(|seen| self.fill(|column| seen.field(column)));
        lines.try_for_each(|line| writeln!(out, "{line}"))
    }

    /// Writes a line for each birthday or other day, in the order given.
    pub(crate) fn day_lines(
        &self,
        out: &mut dyn Write,
        book: &Book,
        days: &[ComingDay],
        today: NaiveDate,
    ) -> io::Result<()> {
        for day in days {
            let standing = standing(book, day.id, today);
            let seen = ShownContact::new(book, &standing, today).on_day(*day);
            if let Some(line) = self.fill(|column| seen.field(column)) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

impl<F: TemplateField> Template<F> {
    /// The line with these fields, each on one line; `None` if a required one is empty.
    pub(crate) fn fill(&self, shown: impl Fn(F) -> String) -> Option<String> {
        let mut line = String::new();
        for part in &self.0 {
            match part {
                TemplatePart::Text(text) => line.push_str(text),
                TemplatePart::Field { field, is_required } => {
                    let text = Text::one_line(&shown(*field)).plain();
                    if *is_required && text.is_empty() {
                        return None;
                    }
                    line.push_str(&text);
                }
            }
        }
        Some(line)
    }
}

impl<F: TemplateField> FromStr for Template<F> {
    type Err = Mistyped;

    fn from_str(text: &str) -> Result<Self, Mistyped> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let is_required = c == '!' && chars.next_if_eq(&'{').is_some();
            match c {
                '\\' => match chars.next() {
                    Some('t') => plain.push('\t'),
                    Some('n') => plain.push('\n'),
                    Some(sign @ ('\\' | '{' | '}' | '!')) => plain.push(sign),
                    other => plain.extend(['\\'].into_iter().chain(other)),
                },
                '{' | '!' if c == '{' || is_required => {
                    let mut name = String::new();
                    loop {
                        match chars.next() {
                            Some('}') => break,
                            Some(c) => name.push(c),
                            None => return Err(unmatched()),
                        }
                    }
                    let name = name.trim();
                    let field = F::named(name).ok_or_else(|| unknown(name, F::names()))?;
                    parts.push(TemplatePart::Text(std::mem::take(&mut plain)));
                    parts.push(TemplatePart::Field { field, is_required });
                }
                '}' => return Err(unmatched()),
                c => plain.push(c),
            }
        }
        if parts.is_empty() {
            return Err(Mistyped::new(
                "the template has no field",
                r"write it like `{name}\t{email}`; only `due` takes `waybar`",
            ));
        }
        parts.push(TemplatePart::Text(plain));
        parts.retain(|part| !matches!(part, TemplatePart::Text(text) if text.is_empty()));
        Ok(Self(parts))
    }
}

/// The error for a name that is no field.
fn unknown(typed: &str, names: Vec<&'static str>) -> Mistyped {
    let hint = match near(typed, names).first() {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None => "`netkeep help scripting` lists the fields".to_owned(),
    };
    Mistyped::new(format!("there is no field `{{{typed}}}`"), hint)
}

fn unmatched() -> Mistyped {
    let hint = r"write a field like `{name}`, and a brace itself like `\{` or `\}`";
    Mistyped::new("a brace in the template is not matched", hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::due::rule::standing;
    use crate::domain::{Contact, ContactId};

    fn line(template: &str) -> Option<String> {
        let ana = Contact {
            name: "Ana Ruiz".to_owned(),
            email: vec!["ana@acme.example".to_owned(), "b@c.example".to_owned()],
            tags: vec!["a".to_owned(), "b".to_owned()],
            notes: Some("two\nlines\u{1b}".to_owned()),
            ..Contact::default()
        };
        let book: Book = [ana].into_iter().collect();
        let today = "2026-11-23".parse().expect("a day");
        let standing = standing(&book, ContactId(0), today);
        let template: Template = template.parse().expect("a template");
        let seen = ShownContact::new(&book, &standing, today);
        template.fill(|column| seen.field(column))
    }

    #[test]
    fn fields_are_filled_in() {
        for (template, expected) in [
            (r"{name}\t{email}", "Ana Ruiz\tana@acme.example"),
            (r"{ name }: {tags}\n", "Ana Ruiz: a, b\n"),
            (r"\{{name}\} \!{phone}\\ \d", r"{Ana Ruiz} !\ \d"),
            ("{name}! !{email}!", "Ana Ruiz! ana@acme.example!"),
            ("{due}{name}", "Ana Ruiz"),
            ("{notes}", r"two lines\u{1b}"),
        ] {
            assert_eq!(line(template).as_deref(), Some(expected), "{template}");
        }
        assert_eq!(line("{name} !{phone}"), None);
    }

    #[test]
    fn refuses_what_is_not_a_template() {
        let refused = |text: &str| text.parse::<Template>().expect_err(text);
        let is_unknown = refused("{emial}");
        assert_eq!(is_unknown.message, "there is no field `{emial}`");
        assert_eq!(is_unknown.hint, "did you mean `{email}`?");
        for unmatched in ["{name", "name}"] {
            let message = refused(unmatched).message;
            assert_eq!(message, "a brace in the template is not matched");
        }
        for plain in ["waybar", ""] {
            assert_eq!(refused(plain).message, "the template has no field");
        }
    }
}
