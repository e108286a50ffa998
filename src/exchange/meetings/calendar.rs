//! The events and time zones of each calendar of a file.
//!
//! Source: RFC 5545, 3.4 and 3.6. A component that never ends does not hide those after it: an event begins wherever one begins.

use super::event::{CalendarEvent, EventDraft};
use super::property::EventProperty;
use super::vtimezone::{ZonePart, ZoneRules};
use super::zones::Zones;
use crate::domain::text::shortened;
use crate::exchange::RowProblem;
use crate::exchange::clean::one_line;

/// All the calendars of a file, one after another.
#[derive(Debug, Default)]
pub(super) struct Calendars {
    pub(super) events: Vec<CalendarEvent>,
    pub(super) zones: Zones,
    pub(super) problems: Vec<RowProblem>,
    /// How many events there were when the calendar began.
    before: usize,
    /// Whether the calendar cancels the events in it.
    cancels: bool,
    open: OpenPart,
    /// How many components within that, such as reminders, are open. They are left out.
    depth: usize,
}

/// The component that is being read.
#[derive(Debug, Default)]
enum OpenPart {
    #[default]
    Calendar,
    Event(EventDraft),
    Zone(String, ZoneRules, Option<ZonePart>),
}

impl Calendars {
    /// Takes the next logical line of the file.
    pub(super) fn take(&mut self, text: &str, line: usize) {
        let Some(property) = EventProperty::read(text, line) else {
            if self.depth == 0 {
                let shown = shortened(&one_line(&shortened(text, 80)), 40);
                self.add_problem(line, format!("`{shown}` is not a line of a calendar"));
            }
            return;
        };
        if property.is("BEGIN") {
            self.begin(property.value, line);
        } else if property.is("END") {
            self.end(property.value);
        } else if self.depth == 0 {
            self.property(&property);
        }
    }

    /// Ends what is still open at the end of the file.
    pub(super) fn finish(&mut self) {
        self.end_event();
        self.end_calendar();
    }

    fn begin(&mut self, name: &str, line: usize) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if is("VCALENDAR") {
            self.finish();
            self.depth = 0;
        } else if is("VEVENT") {
            self.end_event();
            self.open = OpenPart::Event(EventDraft::new(line));
            self.depth = 0;
        } else if self.depth == 0 {
            match &mut self.open {
                OpenPart::Calendar if is("VTIMEZONE") => {
                    self.open = OpenPart::Zone(String::new(), ZoneRules::default(), None);
                }
                OpenPart::Zone(_, _, part) if is("STANDARD") || is("DAYLIGHT") => {
                    *part = Some(ZonePart::default());
                }
                _ => self.depth = 1,
            }
        } else {
            self.depth += 1;
        }
    }

    fn end(&mut self, name: &str) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if is("VCALENDAR") {
            self.finish();
            self.depth = 0;
        } else if is("VEVENT") {
            self.end_event();
            self.depth = 0;
        } else if self.depth > 0 {
            self.depth -= 1;
        } else if is("VTIMEZONE") {
            self.end_zone();
        } else if let OpenPart::Zone(_, rules, part) = &mut self.open {
            rules.extend(part.take());
        }
    }

    fn property(&mut self, property: &EventProperty) {
        match &mut self.open {
            OpenPart::Calendar => {
                if property.is("METHOD") {
                    self.cancels = property.value.eq_ignore_ascii_case("CANCEL");
                }
            }
            OpenPart::Zone(_, _, Some(part)) => part.take(property),
            OpenPart::Zone(name, _, None) => {
                if property.is("TZID") {
                    property.value.clone_into(name);
                }
            }
            OpenPart::Event(event) => {
                if let Err(what) = event.take(property, &mut self.zones) {
                    self.add_problem(property.line, what);
                }
            }
        }
    }

    fn end_event(&mut self) {
        self.end_zone();
        if let OpenPart::Event(draft) = std::mem::take(&mut self.open) {
            match draft.finish() {
                Ok(event) => self.events.push(event),
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    fn end_zone(&mut self) {
        match std::mem::take(&mut self.open) {
            OpenPart::Zone(name, mut rules, part) => {
                rules.extend(part);
                if !rules.is_empty() {
                    self.zones.describe(&name, rules);
                }
            }
            other => self.open = other,
        }
    }

    fn end_calendar(&mut self) {
        for event in &mut self.events[self.before..] {
            event.is_cancelled |= self.cancels;
        }
        self.zones.end_calendar(&mut self.problems);
        self.before = self.events.len();
        self.cancels = false;
    }

    fn add_problem(&mut self, line: usize, what: String) {
        self.problems.push(RowProblem::new(line, what));
    }
}
