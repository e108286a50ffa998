//! Who is due, for a status bar.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::due;
use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::WeekPlan;
use crate::render::Text;

/// Writes one line of JSON as the custom modules of Waybar and of programs like it take it (waybar-custom(5), `return-type`
/// json): `text` is how many there are, and nothing when nobody is due, so that the module goes away; `tooltip` has a line for
/// each, in Pango markup; `class` and `alt` are `urgent`, `due`, `soon` or `none`; `percentage` is how much of the week is done.
pub fn waybar(
    out: &mut dyn Write,
    book: &Book,
    plan: &WeekPlan,
    listed: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Module<'m> {
        text: &'m str,
        alt: &'m str,
        tooltip: &'m str,
        class: &'m str,
        percentage: u32,
    }
    let week_end = book.week.last_day(today);
    let line = |standing: &Standing| {
        let contact = book.contact(standing.id);
        let next = due::next(standing, contact, today);
        let when = due::when(standing, contact, today, week_end);
        let between = if next.is_empty() { "" } else { ": " };
        let line = Text::new(&format!("{}  ", contact.name)) + when + Text::new(between) + next;
        escaped(&line.plain())
    };
    let tooltip: Vec<String> = listed.iter().map(line).collect();
    let is_due = |one: &Standing| one.is_due_by(today);
    let class = if listed.iter().any(|one| one.is_urgent(today)) {
        "urgent"
    } else if listed.iter().any(is_due) {
        "due"
    } else if listed.is_empty() {
        "none"
    } else {
        "soon"
    };
    let text = match listed.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    let done = u32::try_from(plan.done).unwrap_or(u32::MAX);
    let module = Module {
        text: &text,
        alt: class,
        tooltip: &tooltip.join("\n"),
        class,
        percentage: (done.saturating_mul(100))
            .checked_div(plan.size)
            .unwrap_or(100)
            .min(100),
    };
    serde_json::to_writer(&mut *out, &module)?;
    out.write_all(b"\n")
}

/// What would be markup is text.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
