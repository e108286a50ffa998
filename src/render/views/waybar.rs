//! Who is due, for a status bar.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::{Urgency, WeekPlan, urgency};
use crate::render::Text;
use crate::render::json::{Object, write_line};
use crate::render::words::standing::ShownContact;

/// Writes one line of JSON for a custom module of Waybar and of programs like it (waybar-custom(5), `return-type` json).
///
/// `text` is the number of contacts, and empty when nobody is due, which hides the module; `tooltip` has a line for each
/// contact, in Pango markup; `class` and `alt` are `urgent`, `due`, `soon` or `none`; `percentage` is how much of the week
/// is done.
pub(crate) fn waybar(
    out: &mut dyn Write,
    book: &Book,
    plan: &WeekPlan,
    listed: &[Standing],
    today: NaiveDate,
) -> io::Result<()> {
    let line = |standing: &Standing| {
        let shown = ShownContact::new(book, standing, today);
        let what = shown.next();
        let between = if what.is_empty() { "" } else { ": " };
        let name = Text::new(&format!("{}  ", shown.contact.shown_name()));
        escaped(&(name + shown.when() + Text::new(between) + what).plain())
    };
    let tooltip: Vec<String> = listed.iter().map(line).collect();
    let (urgency, percentage) = urgency(plan, listed, today);
    let class = match urgency {
        Urgency::None => "none",
        Urgency::Soon => "soon",
        Urgency::Due => "due",
        Urgency::Urgent => "urgent",
    };
    let text = match listed.len() {
        0 => String::new(),
        count => count.to_string(),
    };
    let module = Object::default()
        .with("text", text)
        .with("alt", class)
        .with("tooltip", tooltip.join("\n"))
        .with("class", class)
        .with("percentage", percentage);
    write_line(out, &module)
}

/// `text` with the signs of Pango markup escaped.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
