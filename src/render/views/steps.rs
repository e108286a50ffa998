//! The changes that can be undone.

use std::io;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::changes::changed_names::ChangedNames;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::days;
use crate::render::{Sink, Text};

/// A change that can be undone or redone.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// How many steps back it is: `netkeep undo 3` undoes those up to 3.
    pub(crate) number: usize,
    /// The local time; `None` for an edit by hand that is not in the history yet.
    pub(crate) at: Option<NaiveDateTime>,
    /// The command that made it, or `by hand`.
    pub(crate) by: String,
    /// What it did: `log: a call with Sofia Olsen`.
    pub(crate) what: String,
    /// The contacts and buckets that it touched.
    pub(crate) changed_names: ChangedNames,
}

const COLUMNS: [Head; 3] = [
    Head::new("STEP", 0, 4),
    Head::new("WHEN", 1, 16),
    Head::new("WHAT", 0, 24),
];

/// Writes a row for each step.
pub(crate) fn steps(sink: &mut Sink, steps: &[Step], today: NaiveDate) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for step in steps {
        table.row(vec![
            Text::new(&format!("{:>4}", step.number)),
            Text::new(
                &step
                    .at
                    .map_or_else(|| "since then".to_owned(), |at| when(at, today)),
            ),
            Text::one_line(&step.what),
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

    #[test]
    fn a_narrow_list_keeps_what_was_done() {
        let step = Step {
            number: 1,
            at: "2026-11-20T09:30:59".parse().ok(),
            by: "log".to_owned(),
            what: "log: a call with Sofia Olsen".to_owned(),
            changed_names: ChangedNames::default(),
        };
        let written = |width| {
            let mut out = Vec::new();
            let today = "2026-11-23".parse().expect("a day");
            let mut sink = Sink::new(&mut out, false, Some(width));
            steps(&mut sink, std::slice::from_ref(&step), today).expect("writing to memory");
            String::from_utf8(out).expect("text")
        };
        assert_eq!(
            written(80),
            "STEP  WHEN              WHAT\n   1  Fri 20 Nov 09:30  log: a call with Sofia Olsen\n"
        );
        assert_eq!(
            written(40),
            "STEP  WHAT\n   1  log: a call with Sofia Olsen\n"
        );
    }
}
