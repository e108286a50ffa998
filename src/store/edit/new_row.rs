//! A date, a promise or a touch as netkeep writes it.

use super::list;
use super::table::inline;
use crate::domain::{OtherDay, Promise, Touch};
use crate::store::parse::row_key::RowKey;
use crate::store::parse::toml_value::{annual, string};

/// A date, a promise or a touch as text: the key it is a row of, and its own keys with their values.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct NewRow {
    pub(super) of: RowKey,
    pub(super) pairs: Vec<(&'static str, String)>,
}

impl From<&OtherDay> for NewRow {
    fn from(date: &OtherDay) -> Self {
        let values = [Some(annual(date.on)), Some(string(&date.what))];
        Self::of(RowKey::Dates, values)
    }
}

impl From<&Promise> for NewRow {
    fn from(promise: &Promise) -> Self {
        let values = [
            promise.by.map(|by| by.to_string()),
            Some(string(&promise.what)),
        ];
        Self::of(RowKey::Promises, values)
    }
}

impl From<&Touch> for NewRow {
    fn from(touch: &Touch) -> Self {
        let words = touch.words();
        let text = |text: &Option<String>| text.as_deref().map(string);
        let values = [
            Some(touch.on.to_string()),
            text(&words.via),
            touch
                .direction
                .map(|direction| string(&direction.to_string())),
            text(&words.note),
            text(&words.gave),
            text(&words.got),
            text(&words.source),
        ];
        Self::of(RowKey::Touches, values)
    }
}

impl NewRow {
    /// Whether both say the same `what`.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        let what = |row: &Self| {
            let mut pairs = row.pairs.iter();
            pairs.find(|(key, _)| *key == "what").cloned()
        };
        what(self) == what(other)
    }

    /// The row with the values of its keys, in their order.
    fn of(of: RowKey, values: impl IntoIterator<Item = Option<String>>) -> Self {
        let pairs = of.keys().iter().zip(values);
        let pairs = pairs.filter_map(|(key, value)| Some((*key, value?)));
        Self {
            of,
            pairs: pairs.collect(),
        }
    }
}

/// All rows of a key of a new contact as netkeep writes them, from the line of their key on; nothing if there are none.
pub(super) fn array<'r, R>(rows: &'r [R], newline: &str) -> String
where
    NewRow: From<&'r R>,
{
    let rows: Vec<NewRow> = rows.iter().map(NewRow::from).collect();
    let Some(first) = rows.first() else {
        return String::new();
    };
    let key = first.of.key();
    let rows: Vec<String> = rows
        .iter()
        .map(|row| inline("", None, &row.pairs))
        .collect();
    let rows = rows.join(&format!(",{newline}  "));
    format!("{key} = {}{newline}", list::array(&rows, "", newline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_promises_of_a_new_contact_are_rows() {
        let by = chrono::NaiveDate::from_ymd_opt(2026, 11, 25);
        let promise = |by, what: &str| Promise {
            by,
            what: what.to_owned(),
        };
        assert_eq!(
            array(
                &[promise(by, "send the \"draft\""), promise(None, "sit")],
                "\r\n"
            ),
            "promises = [\r\n  { by = 2026-11-25, what = \"send the \\\"draft\\\"\" },\r\n  { what = \"sit\" },\r\n]\r\n"
        );
        assert_eq!(array::<Promise>(&[], "\n"), "");
    }
}
