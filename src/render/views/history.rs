//! The changes that can be undone, as a table.

use std::io;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::changes::changed_names::ChangedNames;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::{days, messages};
use crate::render::{Sink, Text};

#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The local time; `None` for changes that are not in the history yet.
    pub(crate) at: Option<NaiveDateTime>,
    /// The command that made it, or `by hand`.
    pub(crate) by: String,
    /// The contacts and buckets that it touched.
    pub(crate) changed_names: ChangedNames,
}

const COLUMNS: [Head; 3] = [
    Head::new("WHEN", 0, 10),
    Head::new("COMMAND", 0, 7),
    Head::new("WHO", 1, 10),
];

pub(crate) fn history(sink: &mut Sink, steps: &[Step], today: NaiveDate) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for step in steps {
        table.row(vec![
            match step.at {
                Some(at) => Text::new(&when(at, today)),
                None => Text::new("since then"),
            },
            Text::new(&step.by),
            Text::new(&messages::changed_names(&step.changed_names)),
        ]);
    }
    table.write(sink)
}

/// `today 10:15`, `Fri 20 Nov 09:30`.
fn when(at: NaiveDateTime, today: NaiveDate) -> String {
    let day = match (today - at.date()).num_days() {
        0 | 1 => days::ago(at.date(), today),
        _ => days::date(at.date(), today),
    };
    format!("{day} {}", at.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_relative_to_today() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        let shown = |text: &str| when(text.parse().expect("a time"), day("2026-11-23"));
        assert_eq!(shown("2026-11-23T10:15:00"), "today 10:15");
        assert_eq!(shown("2026-11-22T00:00:00"), "yesterday 00:00");
        assert_eq!(shown("2026-11-20T09:30:59"), "Fri 20 Nov 09:30");
        assert_eq!(shown("2026-11-24T09:30:59"), "Tue 24 Nov 09:30");
    }
}
