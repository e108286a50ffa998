//! Templates for one line per contact, such as `{name}\t{email}`.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use chrono::NaiveDate;

use super::column::ShownContact;
use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::model::column::Column;
use crate::domain::text::near;
use crate::render::Text;

/// A line of text with fields of a contact.
///
/// `{name}` is a field, one of [`Column`]; `!{email}` is required: a contact without it gets no line. `\t` and `\n` are a tab
/// and a newline; `\\`, `\{`, `\}` and `\!` are the characters themselves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Template(Vec<TemplatePart>);

#[derive(Clone, Debug, Eq, PartialEq)]
enum TemplatePart {
    Text(String),
    Field { column: Column, is_required: bool },
}

/// Why a text is not a template.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum TemplateError {
    Unknown { typed: String },
    Brace,
    NoField,
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
        let mut lines = seen.filter_map(|seen| self.line(&seen));
        lines.try_for_each(|line| writeln!(out, "{line}"))
    }

    /// The line for a contact, each field on one line; `None` if the contact lacks a required field.
    pub(crate) fn line(&self, seen: &ShownContact) -> Option<String> {
        let mut line = String::new();
        for part in &self.0 {
            match part {
                TemplatePart::Text(text) => line.push_str(text),
                TemplatePart::Field {
                    column,
                    is_required,
                } => {
                    let field = Text::one_line(&seen.field(*column)).plain();
                    if *is_required && field.is_empty() {
                        return None;
                    }
                    line.push_str(&field);
                }
            }
        }
        Some(line)
    }
}

impl FromStr for Template {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
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
                            None => return Err(TemplateError::Brace),
                        }
                    }
                    let name = name.trim();
                    let unknown = || TemplateError::Unknown {
                        typed: name.to_owned(),
                    };
                    let column = Column::named(name).ok_or_else(unknown)?;
                    parts.push(TemplatePart::Text(std::mem::take(&mut plain)));
                    parts.push(TemplatePart::Field {
                        column,
                        is_required,
                    });
                }
                '}' => return Err(TemplateError::Brace),
                c => plain.push(c),
            }
        }
        if parts.is_empty() {
            return Err(TemplateError::NoField);
        }
        parts.push(TemplatePart::Text(plain));
        parts.retain(|part| *part != TemplatePart::Text(String::new()));
        Ok(Self(parts))
    }
}

impl TemplateError {
    /// What to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unknown { typed } => match near(typed, Column::names()).first() {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => "`netkeep help scripting` lists the fields".to_owned(),
            },
            Self::Brace => r"write a field like `{name}`, and a brace itself like `\{`".to_owned(),
            Self::NoField => {
                r"write it like `{name}\t{email}`; only `due` takes `waybar`".to_owned()
            }
        }
    }
}

impl std::error::Error for TemplateError {}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { typed } => write!(f, "there is no field `{{{typed}}}`"),
            Self::Brace => f.write_str("a brace in the template is not matched"),
            Self::NoField => f.write_str("the template has no field"),
        }
    }
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
        template.line(&ShownContact::new(&book, &standing, today))
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
        let typed = "emial".to_owned();
        let unknown = TemplateError::Unknown { typed };
        assert_eq!(unknown.hint(), "did you mean `{email}`?");
        assert_eq!(refused("{emial}"), unknown);
        assert_eq!(refused("{name"), TemplateError::Brace);
        assert_eq!(refused("name}"), TemplateError::Brace);
        assert_eq!(refused("waybar"), TemplateError::NoField);
        assert_eq!(refused(""), TemplateError::NoField);
    }
}
