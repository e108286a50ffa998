//! The text of one contact: finds its keys and its rows, and sets its fields.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::lines;
use super::long_text;
use super::table::{Entry, EntryContent, TableKind, TableText, Unsupported, ends};
use super::text_list;
use crate::domain::{Field, Next, Value};
use crate::store::parse::row_key::{RowKey, rank};
use crate::store::parse::toml_value::{string, value};

/// A contact's text, from its header to the next segment.
pub(super) struct ContactText<'t> {
    pub(super) text: &'t str,
    pub(super) table: TableText,
    /// The ends of all headers and values, in order.
    ends: Vec<usize>,
}

/// How the rows of a key are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowsText<'c> {
    /// Not at all.
    None,
    /// `touches = [ … ]`.
    Array {
        entry: &'c Entry,
        items: &'c [TableText],
    },
    /// `[[contacts.touches]]` blocks.
    Blocks(&'c [TableText]),
    /// In a way that is read but not edited.
    Unsupported(&'c Range<usize>),
}

impl<'t> ContactText<'t> {
    /// Finds the parts of `text`, if it is one contact and nothing else.
    pub(super) fn of(text: &'t str) -> Result<Self, Unsupported> {
        Self::parse(text).ok_or(Unsupported(0..text.len()))
    }

    fn parse(text: &'t str) -> Option<Self> {
        let document = DeTable::parse(text).ok()?;
        let document = document.get_ref();
        let DeValue::Array(contacts) = document.get("contacts")?.get_ref() else {
            return None;
        };
        let contact = contacts
            .first()
            .filter(|_| contacts.len() == 1 && document.len() == 1)?;
        let DeValue::Table(fields) = contact.get_ref() else {
            return None;
        };
        let mut ends = ends(fields, contact.span().end);
        ends.sort_unstable();
        let table = TableText::of(text, fields, contact.span());
        Some(Self { text, table, ends })
    }

    /// How the rows of a key are written.
    pub(super) fn rows(&self, key: RowKey) -> RowsText<'_> {
        let Some(entry) = self.table.entry(key.key()) else {
            return RowsText::None;
        };
        let items = match &entry.content {
            EntryContent::Tables(items) => items.as_slice(),
            EntryContent::Texts(items) if items.is_empty() => &[],
            _ => return RowsText::Unsupported(&entry.value),
        };
        if entry.is_pair {
            RowsText::Array { entry, items }
        } else if self.text[entry.value.clone()].starts_with("[[") {
            RowsText::Blocks(items)
        } else {
            RowsText::Unsupported(&entry.key)
        }
    }

    /// The start of a header at `at`, the comment lines right above it and a blank line before those included. A line of
    /// a string is not taken for a comment.
    pub(super) fn header_start(&self, at: usize) -> usize {
        let before = self.ends.partition_point(|end| *end <= at).checked_sub(1);
        let floor = before.map_or(0, |before| lines::end(self.text, self.ends[before]));
        lines::apart(self.text, floor, lines::start(self.text, at))
    }

    /// The start of the comment lines right above the line of `at`.
    pub(super) fn comments_start(&self, at: usize) -> usize {
        let before = self.ends.partition_point(|end| *end <= at).checked_sub(1);
        let floor = before.map_or(0, |before| lines::end(self.text, self.ends[before]));
        lines::run_up(
            self.text,
            floor,
            lines::start(self.text, at),
            lines::is_comment,
        )
    }

    /// The last of the contact's own keys, which come before its first sub-table.
    pub(super) fn last_pair(&self) -> Option<&Entry> {
        let entries = &self.table.entries;
        let is_below =
            |entry: &&Entry| !entry.is_pair && self.text[entry.value.clone()].starts_with('[');
        let below = entries.iter().filter(is_below);
        let below = below.map(|entry| entry.value.start).min();
        let below = below.unwrap_or(self.text.len());
        entries
            .iter()
            .rfind(|entry| entry.is_pair && entry.value.end <= below)
    }

    /// The last of the keys that netkeep writes before `key`; the last line of it if it is written with dots.
    pub(super) fn anchor(&self, key: &str) -> Option<&Entry> {
        let is_before = |(entry, _): &(&Entry, &Entry)| {
            rank(&entry.name).is_some_and(|other| Some(other) < rank(key))
        };
        let known = self.table.entries.iter();
        let known = known.filter_map(|entry| Some((entry, entry.last_line()?)));
        let last = known
            .filter(is_before)
            .max_by_key(|(entry, _)| rank(&entry.name));
        last.map(|(_, line)| line)
    }

    /// The text with `field` added.
    fn add(&self, field: Field, new: &Value) -> Result<String, Unsupported> {
        let anchor = self.anchor(field.key());
        let new = value(new, self.newline_after(anchor));
        self.table.set(self.text, anchor, field.key(), &new)
    }

    /// The newline for a line after `anchor`, or after the header.
    pub(super) fn newline_after(&self, anchor: Option<&Entry>) -> &'static str {
        let above = anchor.map_or(self.table.at.end, |anchor| anchor.value.end);
        lines::newline(self.text, lines::end(self.text, above))
    }

    /// The text without some lines. A header is removed with its comment lines and the blank line before them.
    fn without(&self, removed: Vec<Range<usize>>) -> String {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for mut part in removed {
            if lines::is_header(&self.text[part.clone()]) {
                part.start = self.header_start(part.start);
            }
            match parts.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => parts.push(part),
            }
        }
        let text = self.text.to_owned();
        parts.into_iter().rev().fold(text, |text, part| {
            let part = lines::whole(&text, part);
            lines::replace(&text, part, "")
        })
    }

    /// The end of the line that the last value or header is on.
    pub(super) fn end(&self) -> usize {
        let last = self.ends.last().copied().unwrap_or_default();
        lines::end(self.text, last)
    }
}

impl<'c> RowsText<'c> {
    /// The rows that can be edited.
    pub(super) fn items(self) -> &'c [TableText] {
        match self {
            Self::Array { items, .. } | Self::Blocks(items) => items,
            Self::None | Self::Unsupported(_) => &[],
        }
    }
}

/// `text` with `field` set to `new`, or without it.
pub(super) fn set(text: &str, field: Field, new: Option<&Value>) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    let Some(entry) = contact.table.entry(field.key()) else {
        return new.map_or_else(|| Ok(text.to_owned()), |new| contact.add(field, new));
    };
    match (new, &entry.content) {
        (Some(Value::Next(next)), EntryContent::Table(plan)) if is_kept(text, plan) => {
            set_plan(text, plan, next).ok_or(Unsupported(entry.key.clone()))
        }
        (None, EntryContent::Table(plan)) if field == Field::Next && !entry.is_pair => {
            let lines = plan.lines(text).ok_or(Unsupported(entry.key.clone()))?;
            Ok(contact.without(lines))
        }
        _ if !entry.is_pair => Err(Unsupported(entry.key.clone())),
        (Some(Value::List(new)), _) if new.is_empty() => {
            let left = text_list::set(text, entry, new);
            left.map_or_else(|| contact.table.unset(text, field.key()), Ok)
        }
        (None, _) => contact.table.unset(text, field.key()),
        (Some(new), _) => replace(text, entry, new),
    }
}

/// The text with another value at `entry`; what stays of a list or of a long text keeps its bytes.
fn replace(text: &str, entry: &Entry, new: &Value) -> Result<String, Unsupported> {
    let newline = lines::newline(text, entry.value.start);
    let raw = &text[entry.value.clone()];
    let set = match new {
        Value::List(new) => text_list::set(text, entry, new),
        Value::Text(new) => long_text::set(raw, new, newline)
            .map(|new| lines::replace(text, entry.value.clone(), &new)),
        _ => None,
    };
    Ok(set.unwrap_or_else(|| lines::replace(text, entry.value.clone(), &value(new, newline))))
}

/// Whether the text of a plan is kept when the plan changes: a block, dotted keys, comments or unknown keys.
fn is_kept(text: &str, plan: &TableText) -> bool {
    if plan.kind != TableKind::Inline {
        return plan.lines(text).is_some();
    }
    let is_ours = |entry: &Entry| matches!(entry.name.as_str(), "on" | "what");
    text[plan.at.clone()].contains(['#', '\n']) || !plan.entries.iter().all(is_ours)
}

/// `text` with another plan in the table of the old one.
fn set_plan(text: &str, plan: &TableText, next: &Next) -> Option<String> {
    plan.entry("on").filter(|on| on.is_pair)?;
    let text = plan.set(text, None, "on", &next.on.to_string()).ok()?;
    let contact = ContactText::parse(&text)?;
    let EntryContent::Table(plan) = &contact.table.entry(Field::Next.key())?.content else {
        return None;
    };
    let mut plan = plan.clone();
    // In `[contacts.next]`, too, a new line copies the spacing of `on`, even if it forms a column.
    if plan.kind == TableKind::Block {
        plan.kind = TableKind::Dotted;
    }
    match &next.what {
        Some(what) => plan
            .set(&text, plan.entry("on"), "what", &string(what))
            .ok(),
        None if plan.entry("what").is_some() => plan.unset(&text, "what").ok(),
        None => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(before: &str, field: Field, new: Option<Value>, after: &str) {
        assert_eq!(
            set(before, field, new.as_ref()).ok().as_deref(),
            Some(after)
        );
    }

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    #[test]
    fn adds_a_key_in_order_and_spaced_like_its_neighbours() {
        case(
            "[[contacts]]\nname = 'A'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A'\ncity = \"Oslo\"\n",
        );
        case(
            "[[contacts]]\nname = 'A' # she\ntags = 'x'\n\n# next\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A' # she\ncity = \"Oslo\"\ntags = 'x'\n\n# next\n",
        );
        case(
            "[[contacts]]\r\n\tname='A'",
            Field::City,
            text("Oslo"),
            "[[contacts]]\r\n\tname='A'\r\n\tcity=\"Oslo\"",
        );
        case(
            "[[contacts]]\nname     = 'A'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname     = 'A'\ncity     = \"Oslo\"\n",
        );
        case(
            "[[contacts]]\nname  = 'A'\n",
            Field::Birthday,
            text("--03-12"),
            "[[contacts]]\nname  = 'A'\nbirthday = \"--03-12\"\n",
        );
    }

    #[test]
    fn changes_only_the_value_of_a_key() {
        case(
            "[[contacts]]\nname = 'A'\n  city  =  'Bergen' # was Oslo\ntags = 'x'\n",
            Field::City,
            text("Oslo"),
            "[[contacts]]\nname = 'A'\n  city  =  \"Oslo\" # was Oslo\ntags = 'x'\n",
        );
    }

    #[test]
    fn removes_all_lines_of_a_key() {
        case(
            "[[contacts]]\nname = 'A'\nemail = [\n  'a', # old\n  'b',\n] # both\ntags = 'x'\n",
            Field::Email,
            None,
            "[[contacts]]\nname = 'A'\ntags = 'x'\n",
        );
    }

    #[test]
    fn removes_a_table_however_it_is_written() {
        for next in [
            "next.on = 2026-01-01\ntags = 'x'\nnext . what = 'y' # z\n",
            "tags = 'x'\n\n[contacts.next]\non = 2026-01-01\nwhat = 'y'\n",
            "next.on = 2026-01-01\ntags = 'x'",
            "tags = 'x'\nnext.on = 2026-01-01",
        ] {
            let set = set(
                &format!("[[contacts]]\nname = 'A'\n{next}"),
                Field::Next,
                None,
            );
            let set = set.ok().expect("a text");
            assert_eq!(set.trim_end(), "[[contacts]]\nname = 'A'\ntags = 'x'");
        }
    }

    #[test]
    fn keeps_the_lines_of_a_plan() {
        let next = |what: Option<&str>| {
            let on = chrono::NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day");
            Some(Value::Next(Next {
                on,
                what: what.map(str::to_owned),
            }))
        };
        let head = "[[contacts]]\nname = 'A'\n";
        let table = format!("{head}[contacts.next]\n  on=2026-01-01 # hers\n");
        let day = table.replace("2026-01-01", "2026-12-24");
        case(&table, Field::Next, next(None), &day);
        case(
            &table,
            Field::Next,
            next(Some("go")),
            &format!("{day}  what=\"go\"\n"),
        );
        let dotted = format!("{head}next.what = 'x' # y\nnext.on = 2026-01-01\nnext.mood = 1");
        let day = dotted.replace("2026-01-01", "2026-12-24");
        case(
            &dotted,
            Field::Next,
            next(Some("go")),
            &day.replace("'x'", "\"go\""),
        );
        case(
            &dotted,
            Field::Next,
            next(None),
            &day.replace("next.what = 'x' # y\n", ""),
        );
        let bare = format!("{head}next.on = 2026-01-01");
        let after = format!("{head}next.on = 2026-12-24\nnext.what = \"go\"");
        case(&bare, Field::Next, next(Some("go")), &after);
    }

    #[test]
    fn keeps_the_comments_of_a_list_that_grows() {
        let head = "[[contacts]]\nname = 'A'\n";
        let list = |items: &[&str]| {
            Some(Value::List(
                items.iter().map(|item| (*item).to_owned()).collect(),
            ))
        };
        for (before, after) in [
            ("email = ['a'] # x\n", "email = ['a', \"b\", \"c\"] # x\n"),
            (
                "email = [\n  'a', # work\n  # \"b\" is gone\n]\n",
                "email = [\n  'a', # work\n  \"b\",\n  \"c\",\n  # \"b\" is gone\n]\n",
            ),
            ("email = 'a' # x\n", "email = ['a', \"b\", \"c\"] # x\n"),
            ("email = ['b', 'a']\n", "email = ['a', \"b\", \"c\"]\n"),
        ] {
            case(
                &format!("{head}{before}"),
                Field::Email,
                list(&["a", "b", "c"]),
                &format!("{head}{after}"),
            );
        }
    }

    #[test]
    fn refuses_what_it_does_not_support() {
        let text = "[[contacts]]\nname = 'A'\n[[contacts.email]]\nx = 1\n";
        let err = set(text, Field::Email, None)
            .err()
            .map(|Unsupported(at)| &text[at]);
        assert_eq!(err, Some("email"));
    }

    #[track_caller]
    fn plan_case(before: &str, what: Option<&str>, after: &str) {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day");
        let what = what.map(str::to_owned);
        let next = Value::Next(Next { on, what });
        let text = |next: &str| format!("[[contacts]]\nname = 'A'\nnext = {next} # mine\n");
        let set = set(&text(before), Field::Next, Some(&next)).ok();
        assert_eq!(set.as_deref(), Some(text(after).as_str()));
    }

    #[test]
    fn keeps_other_keys_and_comments_of_a_plan() {
        plan_case("{on=2026-01-01, zz=1}", None, "{on=2026-12-24, zz=1}");
        plan_case(
            "{on=2026-01-01, zz=1}",
            Some("go"),
            "{on=2026-12-24, what=\"go\", zz=1}",
        );
        plan_case(
            "{ zz = 1, what = 'x', on = 2026-01-01 }",
            None,
            "{ zz = 1, on = 2026-12-24 }",
        );
        plan_case(
            "{ what = 'x', on = 2026-01-01, zz = 1 }",
            None,
            "{ on = 2026-12-24, zz = 1 }",
        );
        let lines = "{\n  on = 2026-01-01, # why\n  what = 'x', # c\n  zz = 1,\n}";
        plan_case(
            lines,
            Some("go"),
            "{\n  on = 2026-12-24, # why\n  what = \"go\", # c\n  zz = 1,\n}",
        );
        plan_case(lines, None, "{\n  on = 2026-12-24, # why\n  zz = 1,\n}");
        plan_case(
            "{ on = 2026-01-01, z.x = 1, what = 'x' }",
            None,
            "{ on = 2026-12-24, z.x = 1 }",
        );
        plan_case(
            "{\n  on = 2026-01-01,\n  what = 'x'\n  , # c\n}",
            None,
            "{\n  on = 2026-12-24\n  , # c\n}",
        );
        plan_case(
            "{\n  on = 2026-01-01, # the day\n  what = 'x' }",
            None,
            "{\n  on = 2026-12-24, # the day\n  }",
        );
        plan_case(
            "{\n  what = 'x', # c\n  on = 2026-01-01\n}",
            None,
            "{\n  on = 2026-12-24\n}",
        );
    }

    #[test]
    fn rewrites_a_plan_without_other_keys_and_comments() {
        plan_case("{on=2026-01-01,what='x'}", None, "{ on = 2026-12-24 }");
    }
}
