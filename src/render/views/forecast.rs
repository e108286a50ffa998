//! The coming weeks as bars, and what the cadences ask for as a table.

use std::io;

use chrono::{Datelike, NaiveDate};

use super::bars::{FILLS, bar_against, fill, scale};
use crate::domain::planning::forecast::{Forecast, ForecastGroup};
use crate::domain::planning::workload::WEEKS;
use crate::render::terminal::table::{Head, Table};
use crate::render::words::load::{carries, comes_to, verdict};
use crate::render::{Ink, Sink, Text};

/// The columns before a bar: the day and the count.
const BEFORE: usize = 18;

/// A bar shorter than this says little.
const SHORTEST: usize = 8;

/// The longest bar, however wide the terminal is.
const LONGEST: usize = 60;

const COLUMNS: [Head; 5] = [
    Head::new("BUCKET", 0, 10),
    Head::new("CADENCE", 2, 8),
    Head::new("ASKS A WEEK", 0, 11),
    Head::new("DONE A WEEK", 1, 11),
    Head::new("COMES TO", 3, 8),
];

/// What comes before the people of each bucket.
const CARRIES: &str = "With all buckets full, a week carries: ";

/// Writes the coming weeks, the averages, and whether the week holds them.
pub(crate) fn forecast(sink: &mut Sink, forecast: &Forecast, today: NaiveDate) -> io::Result<()> {
    weeks(sink, forecast, today)?;
    sink.gap()?;
    averages(sink, forecast)?;
    sink.gap()?;
    sink.sentence(verdict(forecast, "to what it COMES TO"))?;
    match carries(forecast).as_slice() {
        [] => Ok(()),
        carries => sink.listed(&Text::new(CARRIES), carries),
    }
}

/// Writes a bar for each of the coming weeks, with its numbers where there is room for them, and a legend.
pub(crate) fn weeks(sink: &mut Sink, forecast: &Forecast, today: NaiveDate) -> io::Result<()> {
    let size = forecast.size as usize;
    let most = (0..WEEKS).map(|week| forecast.total(week)).max();
    let most = most.unwrap_or(0);
    let fills = forecast.groups.len().min(FILLS.len());
    let digits = most.to_string().len() + 2;
    let width = sink.width().unwrap_or(usize::MAX);
    let room = width.saturating_sub(BEFORE + 1);
    let has_numbers = fills > 1 && room >= fills * digits + SHORTEST;
    let numbers = if has_numbers { fills * digits } else { 0 };
    let per = scale(
        most.max(size),
        (room - numbers.min(room)).clamp(SHORTEST, LONGEST),
    );
    let numbers = |number: &dyn Fn(usize) -> String| -> String {
        let shown = (0..fills).filter(|_| has_numbers).map(number);
        shown.map(|number| format!("{number:>digits$}")).collect()
    };

    let marks = numbers(&|at| fill(at).to_string());
    sink.line(Text::new(&format!("WEEK OF       DUE{marks}")).ink(Ink::Faint))?;
    for week in 0..WEEKS {
        let first = forecast.first_day(week);
        let parts = forecast.groups.iter().map(|group| group.weeks[week]);
        let parts: Vec<usize> = parts.collect();
        let bar = bar_against(&parts, size, per);
        let is_this_year = first.year() == today.year();
        let form = if is_this_year { "%-d %b" } else { "%-d %b %Y" };
        let day = first.format(form).to_string();
        let total = forecast.total(week);
        // The last mark stands for all further groups.
        let number = |at: usize| {
            let end = if at + 1 == fills { parts.len() } else { at + 1 };
            parts[at..end].iter().sum::<usize>().to_string()
        };
        let numbers = numbers(&number);
        sink.line(format!("{day:<11}  {total:>4}{numbers}  {bar}"))?;
    }
    legend(sink, forecast, per)
}

/// What the marks stand for.
fn legend(sink: &mut Sink, forecast: &Forecast, per: usize) -> io::Result<()> {
    let named = |(at, group): (usize, &ForecastGroup)| format!("{} {}", fill(at), name(group));
    let has_others = forecast.groups.len() > FILLS.len();
    let own = FILLS.len() - usize::from(has_others);
    let shown = forecast.groups.iter().take(own).enumerate();
    let mut legend: Vec<String> = shown.map(named).collect();
    if has_others {
        legend.push(format!("{} the others", fill(own)));
    }
    legend.push(format!("| a week of {}", forecast.size));
    if per > 1 {
        legend.push(format!("a character is {per}"));
    }
    sink.listed(&Text::default(), &legend)
}

fn averages(sink: &mut Sink, forecast: &Forecast) -> io::Result<()> {
    let mut table = Table::new(&COLUMNS);
    for group in &forecast.groups {
        table.row(vec![
            Text::new(name(group)),
            Text::optional(group.cadence),
            average(group.asks.all()),
            average(group.did),
            Text::new(&comes_to(group)),
        ]);
    }
    table.row(vec![
        Text::new("all"),
        Text::default(),
        average(forecast.asks()),
        average(forecast.did()),
        Text::default(),
    ]);
    table.write(sink)
}

/// A count per week, aligned to the right of its column.
fn average(count: f64) -> Text {
    Text::new(&format!("{:>11}", format!("{count:.1}")))
}

fn name<'b>(group: &ForecastGroup<'b>) -> &'b str {
    group.bucket.unwrap_or("no bucket")
}
