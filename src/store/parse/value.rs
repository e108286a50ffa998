//! Takes values out of parsed tables, and reports what is wrong with the others.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cursor::{MINE, THEIRS};
use super::meant;
use super::problem::{Fix, Problem, Severity};
use super::row_key::is_of_contact;
use super::source_map::SourceMap;
use crate::domain::model::cadence;
use crate::domain::model::mistyped::Mistyped;
use crate::domain::text::{is_slip, near};
use crate::domain::{AnnualDay, Cadence};

/// Reads the values of one parsed text and collects its problems.
pub(super) struct ValueReader<'t> {
    /// The parsed text.
    pub(super) text: &'t str,
    /// Leads to places in the whole book.
    pub(super) places: SourceMap,
    /// The problems so far, in the order in which they were found.
    pub(super) problems: Vec<Problem>,
    /// What to do with a contact's key that is in another table: move it there.
    pub(super) home: Home,
    /// How many keys were unknown so far.
    unknown: usize,
}

/// The most unknown keys of a contact, or of everything else, to compare with those that are known.
const MOST_GUESSES: usize = 1000;

/// What people call a key of a row or a plan, where the key itself is missing.
const OTHER_WORDS: [(&str, &str); 14] = [
    ("on", "by"),
    ("due", "by"),
    ("until", "by"),
    ("when", "by"),
    ("date", "by"),
    ("day", "by"),
    ("note", "what"),
    ("text", "what"),
    ("by", "on"),
    ("date", "on"),
    ("day", "on"),
    ("label", "what"),
    ("name", "what"),
    ("type", "what"),
];

/// Where the keys of a contact belong.
#[derive(Default)]
pub(super) struct Home {
    /// The keys of the contact itself.
    pub(super) keys: Vec<String>,
    /// The header of its first table, above which its keys are; `None` outside of a contact.
    pub(super) header: Option<String>,
}

/// A parsed value with its place.
pub(super) type Node<'i> = Spanned<DeValue<'i>>;

impl<'t> ValueReader<'t> {
    pub(super) fn new(text: &'t str, places: SourceMap) -> Self {
        Self {
            text,
            places,
            problems: Vec::new(),
            home: Home::default(),
            unknown: 0,
        }
    }

    /// Reports a problem at a place of the parsed text.
    pub(super) fn wrong(
        &mut self,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems
            .push(Problem::wrong(self.places.whole(at), message).hint(hint));
    }

    /// Reports the keys of a table that are not among `known`.
    pub(super) fn check_keys(&mut self, table: &DeTable, known: &[&str]) {
        for (key, _) in table {
            if !known.contains(&key.get_ref().as_ref()) {
                self.unknown(table, key.get_ref(), key.span(), known);
            }
        }
    }

    /// The same for a table with a header at `at`, whose place in a sentence is `of`. A contact's key in it was meant to be
    /// the contact's: TOML has no way back to the table above.
    pub(super) fn check_keys_below(
        &mut self,
        table: &DeTable,
        known: &[&str],
        at: &Range<usize>,
        of: &str,
    ) {
        let is_block = self
            .text
            .get(at.start..)
            .is_some_and(|text| text.starts_with('['));
        let has = |name: &str| self.home.keys.iter().any(|key| key == name);
        let other = table.get_key_value("name");
        let other = other.filter(|_| is_block && has("name"));
        if let Some((key, _)) = other {
            let message = format!("`name` starts another contact, but here it belongs to {of}");
            self.wrong(key.span(), message, "write `[[contacts]]` above it");
        }
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            let is_misplaced = is_block && is_of_contact(name);
            if known.contains(&name) || (is_misplaced && other.is_some()) {
                continue;
            }
            if is_misplaced && !self.home.keys.iter().any(|key| key == name) {
                self.misplaced(name, key.span(), of);
            } else {
                self.unknown(table, name, key.span(), known);
            }
        }
    }

    fn misplaced(&mut self, key: &str, at: Range<usize>, of: &str) {
        let hint = match &self.home.header {
            Some(header) => format!("move it above {header}"),
            None => "move it below the `[[contacts]]` of its contact".to_owned(),
        };
        let message = format!("`{key}` is a key of a contact, but here it belongs to {of}");
        self.wrong(at, message, hint);
    }

    fn unknown(&mut self, table: &DeTable, key: &str, at: Range<usize>, known: &[&str]) {
        let is_meant = |(word, meant): &(&str, &str)| {
            *word == key && known.contains(meant) && !table.contains_key(*meant)
        };
        let meant = OTHER_WORDS.into_iter().find(is_meant);
        // Nobody mistypes so many keys: what has more of its own is not compared, which takes time.
        self.unknown += 1;
        let guesses = if self.unknown > MOST_GUESSES {
            vec![]
        } else {
            near(key, known.iter().copied())
        };
        let guess = meant.map(|(_, meant)| meant);
        let fix = guess.or_else(|| only_slip(key, &guesses));
        let guess = guess.or(guesses.first().copied());
        self.problems.push(Problem {
            at: self.places.whole(at),
            message: format!("netkeep does not know the key `{key}`; it is kept as it is"),
            hint: guess.map(|guess| format!("did you mean `{guess}`?")),
            severity: if guess.is_some() {
                Severity::Slip
            } else {
                Severity::Unknown
            },
            fix: fix.map(|key| Fix::Name(key.to_owned())),
            contact: None,
        });
    }

    /// The value of `key` in a table, if it has one and `take` can use it.
    pub(super) fn get<T>(
        &mut self,
        table: &DeTable,
        key: &str,
        take: impl FnOnce(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<T> {
        table.get(key).and_then(|node| take(self, key, node))
    }

    pub(super) fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match node.get_ref() {
            DeValue::String(text) => {
                self.check_markers(node.span());
                Some(self.unified(text, node.span()))
            }
            value => match meant::text(value, self.written(node)) {
                Some(text) => {
                    let (is, fix) = (kind(value), meant::quoted(&text));
                    let message = format!("`{key}` must be text, not {is}");
                    Some(self.meant(key, node, message, fix, text))
                }
                None => self.mistyped(key, node, "text", "put it in quotes"),
            },
        }
    }

    /// A text that is one already.
    pub(super) fn word(&mut self, key: &str, node: &Node) -> Option<String> {
        match node.get_ref() {
            DeValue::String(_) => self.text(key, node),
            _ => self.mistyped(key, node, "text", "put it in quotes"),
        }
    }

    /// A value as it is written.
    pub(super) fn written(&self, node: &Node) -> &'t str {
        let text = self.text;
        text.get(node.span()).unwrap_or_default()
    }

    /// Reports a value that can only mean `value`, which is written as `fix`, and returns that.
    pub(super) fn meant<T>(
        &mut self,
        key: &str,
        node: &Node,
        message: impl Into<String>,
        fix: String,
        value: T,
    ) -> T {
        let is_item = self.text.get(..node.span().start);
        let is_item = is_item.is_some_and(|before| !before.trim_end().ends_with('='));
        let hint = if is_item {
            format!("write `{fix}`")
        } else {
            format!("write `{key} = {fix}`")
        };
        let problem = Problem::wrong(self.places.whole(node.span()), message).hint(hint);
        self.problems.push(Problem {
            fix: Some(Fix::Value(fix)),
            ..problem
        });
        value
    }

    /// Reports a text on whose lines the markers of an unfinished merge stand in order. It is text all the same.
    fn check_markers(&mut self, at: Range<usize>) {
        let text = &self.text[at.clone()];
        let mut markers = [MINE, "=======", THEIRS].into_iter().peekable();
        for line in text.lines().skip(1) {
            markers.next_if(|marker| line.starts_with(marker));
        }
        if markers.peek().is_some() {
            return;
        }
        let start = at.start + text.find(MINE).unwrap_or(0);
        let hint =
            "keep the lines you want and delete the marker lines; if they belong here, indent them";
        self.problems.push(Problem {
            severity: Severity::Slip,
            ..Problem::broken(
                self.places.whole(start..start + MINE.len() - 1),
                "this text looks like an unfinished merge of two versions",
            )
            .hint(hint)
        });
    }

    /// A text without the carriage returns of a Windows file, which its author does not see.
    fn unified(&self, text: &str, at: Range<usize>) -> String {
        if self.text[at].contains("\r\n") {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        }
    }

    /// One text, or an array of texts.
    pub(super) fn list(&mut self, key: &str, node: &Node) -> Option<Vec<String>> {
        match node.get_ref() {
            DeValue::Array(items) => {
                let texts = items.iter().filter_map(|item| self.text(key, item));
                Some(texts.collect())
            }
            DeValue::String(text) => Some(vec![self.unified(text, node.span())]),
            value if meant::text(value, self.written(node)).is_some() => {
                self.text(key, node).map(|text| vec![text])
            }
            _ => {
                let hint = format!("write `{key} = \"…\"` or `{key} = [\"…\", \"…\"]`");
                self.mistyped(key, node, "text or a list of texts", hint)
            }
        }
    }

    pub(super) fn flag(&mut self, key: &str, node: &Node) -> Option<bool> {
        match node.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            value if meant::flag(value).is_some() => {
                let flag = meant::flag(value)?;
                let message = format!("`{key}` must be true or false, not {}", kind(value));
                Some(self.meant(key, node, message, flag.to_string(), flag))
            }
            _ => self.mistyped(key, node, "true or false", format!("write `{key} = true`")),
        }
    }

    /// A whole number from 0 to 9999.
    pub(super) fn count(&mut self, key: &str, node: &Node) -> Option<u32> {
        self.number(key, node, 9999)
    }

    /// A whole number from 0 to `most`.
    pub(super) fn number(&mut self, key: &str, node: &Node, most: u32) -> Option<u32> {
        let number = match node.get_ref() {
            DeValue::Integer(number) => {
                u32::from_str_radix(&number.as_str().replace('_', ""), number.radix())
                    .ok()
                    .filter(|number| *number <= most)
            }
            DeValue::String(text) => {
                let meant = text.trim().parse().ok().filter(|number| *number <= most);
                if let Some(number) = meant {
                    let message = format!("`{key}` must be a number, not text");
                    return Some(self.meant(key, node, message, format!("{number}"), number));
                }
                None
            }
            _ => None,
        };
        if number.is_none() {
            self.wrong(
                node.span(),
                format!("`{key}` must be a whole number from 0 to {most}"),
                format!("write it like `{key} = 4`"),
            );
        }
        number
    }

    pub(super) fn day(&mut self, key: &str, node: &Node) -> Option<NaiveDate> {
        let hint = "write a day like `2026-11-27`, without quotes";
        let why = match day(node.get_ref()) {
            Ok(day) => return Some(day),
            Err(why) => format!("`{key}` {why}"),
        };
        if let Some(day) = meant::day(node.get_ref(), self.written(node)) {
            return Some(self.meant(key, node, why, day.to_string(), day));
        }
        self.wrong(node.span(), why, hint);
        None
    }

    /// A day of every year, which may lack the year it began; `is` says what it should be, as `a birthday`.
    pub(super) fn annual_day(&mut self, key: &str, node: &Node, is: &str) -> Option<AnnualDay> {
        const HINT: &str = "write `1984-03-12` without quotes, or `\"--03-12\"` without the year";
        let DeValue::String(text) = node.get_ref() else {
            return self.day(key, node).map(AnnualDay::Date);
        };
        if let Ok(day) = text.parse() {
            return Some(day);
        }
        let message = format!("`{text}` is not {is}");
        if let Some(day) = meant::day(node.get_ref(), "") {
            let day_of_year = AnnualDay::Date(day);
            return Some(self.meant(key, node, message, day.to_string(), day_of_year));
        }
        self.wrong(node.span(), message, HINT);
        None
    }

    pub(super) fn cadence(&mut self, key: &str, node: &Node) -> Option<Cadence> {
        if matches!(node.get_ref(), DeValue::Integer(_)) {
            let message = format!("`{key}` must be a count and a unit");
            self.wrong(node.span(), message, cadence::HINT);
            return None;
        }
        let cadence = self.word(key, node)?.parse();
        cadence
            .map_err(|err: Mistyped| self.wrong(node.span(), err.message, err.hint))
            .ok()
    }

    pub(super) fn table<'n, 'i>(
        &mut self,
        key: &str,
        node: &'n Node<'i>,
    ) -> Option<&'n DeTable<'i>> {
        match node.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.mistyped(key, node, "a table", format!("write it as `[{key}]`")),
        }
    }

    /// Reports a value of the wrong type.
    pub(super) fn mistyped<T>(
        &mut self,
        key: &str,
        node: &Node,
        must_be: &str,
        hint: impl Into<String>,
    ) -> Option<T> {
        let is = kind(node.get_ref());
        let message = format!("`{key}` must be {must_be}, not {is}");
        self.wrong(node.span(), message, hint);
        None
    }
}

/// The one key or name that `typed` can only be a slip of.
pub(super) fn only_slip<'k>(typed: &str, near: &[&'k str]) -> Option<&'k str> {
    match near {
        [only] if is_slip(typed, only) => Some(only),
        _ => None,
    }
}

/// The day that a value is, or what is wrong with it, as the end of a sentence about its key.
pub(super) fn day(value: &DeValue) -> Result<NaiveDate, String> {
    let no_day = || format!("must be a day, not {}", kind(value));
    let DeValue::Datetime(value) = value else {
        return Err(no_day());
    };
    match (value.date, value.time) {
        (Some(date), None) if date.year == 0 => {
            Err("is in the year 0, which does not exist".to_owned())
        }
        (Some(date), None) => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .ok_or_else(no_day)
        }
        _ => Err("must be a day without a clock time".to_owned()),
    }
}

/// What a value is, for a sentence.
fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
