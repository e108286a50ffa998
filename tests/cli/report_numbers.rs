//! The numbers of the report are those of `stats`, `forecast` and `due`.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::env::Env;

/// How many rows a table has at most; the page says how many more there are.
const ROWS: usize = 50;

/// The same for a table of buckets or channels.
const BUCKETS: usize = 300;

/// A written page.
struct Page {
    text: String,
}

/// A row of a table, cell by cell.
type PageRow = Vec<PageCell>;

/// The text of a cell, and the day in it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct PageCell {
    text: String,
    day: Option<String>,
}

impl Page {
    fn of(env: &Env) -> Self {
        env.run("report -o page.html").success().stderr_eq("");
        let text = std::fs::read_to_string(env.path("page.html")).expect("a page");
        Self { text }
    }

    /// The rows of the table with this id; none where there is no such table.
    fn rows(&self, id: &str) -> Vec<PageRow> {
        let Some(table) = after(&self.text, &format!("<table id=\"{id}\"")) else {
            return vec![];
        };
        let table = before(table, "</table>");
        let body = after(table, "<tbody>").expect("a body");
        let rows = before(body, "</tbody>").split_terminator("</tr>");
        rows.map(cells).collect()
    }

    /// The same as texts.
    fn texts(&self, id: &str) -> Vec<Vec<String>> {
        let texts = |row: PageRow| row.into_iter().map(|cell| cell.text).collect();
        self.rows(id).into_iter().map(texts).collect()
    }

    /// How many more rows the section around this table says there are.
    fn more(&self, id: &str) -> usize {
        let table = after(&self.text, &format!("<table id=\"{id}\"")).expect("the table");
        let section = before(table, "</section>");
        let Some(more) = after(section, ">and ") else {
            return 0;
        };
        before(more, " more").parse().expect("a count")
    }

    /// The number above these words at the head of the page.
    fn sum(&self, words: &str) -> String {
        let sum = after(&self.text, &format!("<dt>{words}</dt><dd>")).expect(words);
        before(sum, "</dd>").to_owned()
    }
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark).map(|(_, after)| after)
}

fn before<'t>(text: &'t str, mark: &str) -> &'t str {
    text.split_once(mark).expect(mark).0
}

fn cells(row: &str) -> PageRow {
    let row = row.replace("</th>", "</td>");
    let cells = row.split_terminator("</td>");
    let cell = |cell: &str| PageCell {
        day: after(cell, "datetime=\"").map(|day| before(day, "\"").to_owned()),
        text: text(cell),
    };
    cells.map(cell).collect()
}

/// The text without tags and with characters for their names.
fn text(markup: &str) -> String {
    let mut text = String::new();
    for part in markup.split('<') {
        text += part.split_once('>').map_or(part, |(_, text)| text);
    }
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    names
        .iter()
        .fold(text, |text, (name, c)| text.replace(name, c))
}

/// A name as a page shows it.
fn shown(name: &Value) -> String {
    name.as_str()
        .expect("a name")
        .replace('\u{202e}', "\\u{202e}")
}

fn bucket(name: &Value) -> String {
    name.as_str().unwrap_or("no bucket").to_owned()
}

fn list<'v>(document: &'v Value, key: &str) -> &'v Vec<Value> {
    document[key].as_array().expect(key)
}

fn count(value: &Value) -> usize {
    let count = value.as_u64().expect("a count");
    usize::try_from(count).expect("a small count")
}

fn sum_of(rows: &[Value], key: &str) -> usize {
    rows.iter().map(|row| count(&row[key])).sum()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

/// The name that a row is about, and the numbers in it.
fn numbers<const COUNT: usize>(row: &[String], at: [usize; COUNT]) -> (String, [usize; COUNT]) {
    (
        row[0].clone(),
        at.map(|at| row[at].parse().expect("a number")),
    )
}

/// Compares all tables of the report on this book, and returns the page.
#[track_caller]
fn compare(book: &str) -> Page {
    let env = Env::with_book(book);
    let page = Page::of(&env);
    let stats = env.json("stats --json", 0);
    week(&page, &env.json("due --json", 0));
    head(&page, &stats);
    touches(&page, &stats);
    kept(&page, &stats);
    load(&page, &env.json("forecast --json", 0));
    silences(&page, &env.json("due --all --json", 0));
    promises(&page, &stats, &env.json("promise --json", 0));
    balances(&page, &stats);
    page
}

/// The rows of the week are those of `due`.
fn week(page: &Page, due: &Value) {
    let week = &due["week"];
    let reached = format!("{} of {}", week["done"], week["size"]);
    assert_eq!(page.sum("reached this week"), reached);
    let expected = list(due, "due").iter().map(|row| {
        let bucket = row["bucket"].as_str().unwrap_or_default().to_owned();
        let on = row["due"].as_str().map(str::to_owned);
        (shown(&row["name"]), on, bucket)
    });
    let expected: Vec<_> = expected.collect();
    let rows = page.rows("week").into_iter();
    let rows = rows.map(|row| (row[0].text.clone(), row[1].day.clone(), row[2].text.clone()));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        expected[..expected.len().min(ROWS)]
    );
    assert_eq!(count(&week["to_go"]), expected.len());
    if !expected.is_empty() {
        assert_eq!(page.more("week"), expected.len().saturating_sub(ROWS));
    }
    if week["waiting"] != 0 {
        let waiting = format!(">{} more ", week["waiting"]);
        assert!(page.text.contains(&waiting), "{waiting}");
    }
}

/// The sums at the head of the page are those of `stats`.
fn head(page: &Page, stats: &Value) {
    let buckets = list(stats, "buckets");
    let people = sum_of(buckets, "people");
    assert!(page.text.contains(&format!(" · {people} p")), "{people}");
    let (within, asked) = (sum_of(buckets, "within"), sum_of(buckets, "asked"));
    let share = page.sum("within their cadence");
    match share.strip_suffix('%') {
        Some(share) => {
            let share: usize = share.parse().expect("a number");
            let exact = within * 1000 / asked;
            assert!(
                exact.abs_diff(share * 10) < 10,
                "{share}: {within} of {asked}"
            );
        }
        None => assert_eq!((share.as_str(), asked), ("–", 0)),
    }
    let touches = sum_of(list(stats, "months"), "touches");
    assert_eq!(page.sum("touches in this time"), touches.to_string());
}

/// The touches by channel, by bucket and by day are those of `stats`.
fn touches(page: &Page, stats: &Value) {
    let channels = list(stats, "channels").iter().take(BUCKETS);
    let channels = channels.map(|channel| {
        let via = channel["via"].as_str().unwrap_or("without a channel");
        (via.to_owned(), [count(&channel["touches"])])
    });
    let rows = page.texts("by-channel").into_iter();
    let rows: Vec<_> = rows.map(|row| numbers(&row, [1])).collect();
    assert_eq!(rows, channels.collect::<Vec<_>>());

    let buckets = list(stats, "buckets").iter().take(BUCKETS);
    let buckets = buckets.map(|group| {
        let touches = ["out", "in", "both"].map(|key| count(&group[key]));
        (bucket(&group["bucket"]), [touches.iter().sum()])
    });
    let rows = page.texts("by-bucket").into_iter();
    let rows: Vec<_> = rows.map(|row| numbers(&row, [1])).collect();
    if !rows.is_empty() {
        assert_eq!(rows, buckets.collect::<Vec<_>>());
    }

    let mut months: HashMap<String, usize> = HashMap::new();
    for row in page.rows("days") {
        let day = row[0].day.as_deref().expect("a day");
        let touches: usize = row[1].text.parse().expect("a number");
        *months.entry(day[..7].to_owned()).or_default() += touches;
    }
    for month in list(stats, "months") {
        let key = month["month"].as_str().expect("a month");
        let touches = months.remove(key).unwrap_or_default();
        assert_eq!(touches, count(&month["touches"]), "{key}");
    }
    assert!(months.is_empty(), "{months:?}");
}

/// On the last day, as many are within their cadence as `stats` says.
fn kept(page: &Page, stats: &Value) {
    let rows = page.rows("kept").into_iter();
    let last = rows.filter(|row| row[1].day.as_deref() == Some("2026-11-23"));
    let last: HashMap<String, [usize; 2]> = last
        .map(|row| {
            let texts: Vec<String> = row.into_iter().map(|cell| cell.text).collect();
            numbers(&texts, [2, 3])
        })
        .collect();
    for group in list(stats, "buckets").iter().take(BUCKETS) {
        let name = bucket(&group["bucket"]);
        let expected = ["within", "asked"].map(|key| count(&group[key]));
        let last = last.get(&name).copied().unwrap_or_default();
        assert_eq!(last, expected, "{name}");
    }
}

/// What the cadences ask for, and what was done, is what `forecast` says.
fn load(page: &Page, forecast: &Value) {
    let average = |row: &Value, key: &str| format!("{:.1}", row[key].as_f64().expect(key));
    let cells = |name: &str, cadence: &str, row: &Value| {
        let [asks, did] = ["asks_a_week", "done_a_week"].map(|key| average(row, key));
        [name.to_owned(), cadence.to_owned(), asks, did]
    };
    let groups = list(forecast, "buckets").iter().take(BUCKETS);
    let groups = groups.map(|group| {
        let cadence = group["cadence"].as_str().unwrap_or_default();
        cells(&bucket(&group["bucket"]), cadence, group)
    });
    let expected: Vec<[String; 4]> = groups.chain([cells("all", "", forecast)]).collect();
    let rows = page.texts("load");
    let is_there: Vec<&[String]> = rows.iter().map(|row| &row[..4]).collect();
    if expected.len() > 1 {
        assert_eq!(
            is_there,
            expected.iter().map(<[_; 4]>::as_slice).collect::<Vec<_>>()
        );
    }
    let stretches = list(forecast, "buckets").iter();
    let stretches = stretches.map(|group| {
        group["never"] == true
            || !group["comes_to_days"].is_null()
            || !group["comes_to_times"].is_null()
    });
    for (row, is_stretched) in rows.iter().zip(stretches) {
        let comes_to = row.get(4).is_some_and(|cell| !cell.is_empty());
        assert_eq!(comes_to, is_stretched, "{row:?}");
    }
}

/// The fifty who have the most pressure are those of `due --all`, with the days since their last touch.
fn silences(page: &Page, all: &Value) {
    let mut asked: Vec<&Value> = list(all, "due").iter().collect();
    asked.retain(|row| row["state"] != "resting" && row["state"] != "paused");
    let pressure = |row: &Value| row["pressure"].as_f64().expect("a pressure");
    let by_name: HashMap<String, &Value> = asked
        .iter()
        .map(|row| (shown(&row["name"]), *row))
        .collect();
    let mut expected: Vec<f64> = asked.iter().map(|row| pressure(row)).collect();
    expected.sort_by(|a, b| b.total_cmp(a));
    expected.truncate(ROWS);
    let rows = page.texts("silence");
    let there = rows.iter().map(|row| pressure(by_name[&row[0]]));
    assert_eq!(there.collect::<Vec<_>>(), expected);
    for row in &rows {
        let due = by_name[&row[0]];
        if let Some(last) = due["last"].as_str() {
            let days = |to: &str| match (day(to) - day(last)).num_days() {
                ..0 => "–".to_owned(),
                days => days.to_string(),
            };
            assert_eq!(row[1], days("2026-11-23"), "{row:?}");
            assert_eq!(row[2], days(due["due"].as_str().expect("a day")), "{row:?}");
        }
    }
}

/// The promises and plans are those of `promise`, and without the plans, as many are open as `stats` says.
fn promises(page: &Page, stats: &Value, all: &Value) {
    let all = list(all, "promises");
    let number = |key: &str| all.iter().filter(|one| one[key] == true).count();
    let open = count(&stats["promises"]["open"]);
    assert_eq!(all.len() - number("plan"), open);
    let (_, sums) = page.text.split_once("in this time</dt>").expect("sums");
    let sum = before(after(sums, "<dt>").expect("one"), "</dd>");
    let late = Some(number("late")).filter(|late| *late > 0);
    let late = late.map_or(String::new(), |late| format!(", {late} late"));
    let end = format!(" open{late}</dt><dd>{}", all.len());
    assert!(sum.ends_with(&end), "{sum}");
    let expected = all.iter().take(ROWS).map(|one| {
        let plan = if one["plan"] == true { " (a plan)" } else { "" };
        let what = format!("{}{plan}", one["what"].as_str().expect("words"));
        let by = one["by"].as_str().map(str::to_owned);
        (shown(&one["name"]), by, one["late"] == true, what)
    });
    let rows = page.rows("promises").into_iter().map(|row| {
        let is_late = row[1].text.contains(" late, ");
        (
            row[0].text.clone(),
            row[1].day.clone(),
            is_late,
            row[2].text.clone(),
        )
    });
    assert_eq!(rows.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    if !all.is_empty() {
        assert_eq!(page.more("promises"), all.len().saturating_sub(ROWS));
    }
}

/// What was given and got is what `stats` says.
fn balances(page: &Page, stats: &Value) {
    let rows = page.texts("balance");
    let [gave, got] = ["gave", "got"].map(|key| sum_of(list(stats, "buckets"), key));
    let mut only_asked: Vec<String> = list(stats, "only_asked").iter().map(shown).collect();
    let is_asked = |row: &&Vec<String>| row[3] == "you only asked";
    let mut asked: Vec<String> = rows
        .iter()
        .filter(is_asked)
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(asked.len(), only_asked.len().min(ROWS));
    if only_asked.len() <= ROWS {
        asked.sort();
        only_asked.sort();
        assert_eq!(asked, only_asked);
    }
    if !rows.is_empty() && page.more("balance") == 0 {
        let sums = rows.iter().map(|row| numbers(row, [1, 2]).1);
        let sums = sums.fold([0, 0], |sum, row| [sum[0] + row[0], sum[1] + row[1]]);
        assert_eq!(sums, [gave, got]);
    }
    if !rows.is_empty() {
        let people = rows.len() + page.more("balance");
        let said = format!(">Over all time: gave {gave}, got {got}, with {people} p");
        assert!(page.text.contains(&said), "{said}");
    }
}

#[test]
fn whatever_is_cut_says_how_much_is_left_out() {
    const PEOPLE: usize = 320;
    let mut book = format!("week.touches = {PEOPLE}\n");
    for at in 0..PEOPLE {
        let day = 1 + at % 20;
        book += &format!(
            "[buckets.b{at}]\ncadence = \"1 week\"\n[[contacts]]\nname = \"P{at}\"\nbucket = \"b{at}\"\n\
             birthday = \"--12-{day:02}\"\nmet = \"through P0\"\npromises = [{{ by = 2026-11-20, what = \"send\" }}]\n\
             touches = [{{ on = 2026-05-01, via = \"v{at}\", gave = \"an introduction\", got = \"time\" }}]\n"
        );
    }
    let page = compare(&book);
    for (id, rows) in [
        ("week", 50),
        ("promises", 50),
        ("birthdays", 50),
        ("by-channel", 300),
        ("by-bucket", 300),
        ("kept", 300),
        ("load", 300),
        ("silence", 50),
        ("balance", 50),
        ("brought", 200),
        ("introductions", 50),
    ] {
        let mut there = page.texts(id);
        there.retain(|row| row[0] != "all");
        assert_eq!((there.len(), page.more(id)), (rows, PEOPLE - rows), "{id}");
    }
    let charts = page.text.matches(" more in the table<").count();
    assert_eq!(charts, 5, "channels, buckets, cadences, load and balance");
    for (chart, left) in [
        ("kept-0", 288),
        ("by-channel-chart", 284),
        ("load-chart", 284),
        ("balance-chart", 34),
    ] {
        let chart = after(&page.text, &format!("id=\"{chart}-title\"")).expect(chart);
        assert!(before(chart, "<details>").contains(&format!(">and {left} more in the table<")));
    }
}

#[test]
fn those_of_the_example_are_those_of_the_other_commands() {
    compare(include_str!("../../contacts.example.toml"));
}

/// People in four buckets and in none, whose names do what they can to be more than text.
fn odd_people(people: usize, week: usize) -> String {
    const NAMES: [&str; 10] = [
        "<script>alert(1)</script>",
        "'><img src=x>",
        "R&D &amp; Co",
        "</td></tr></table>",
        "مريم حداد",
        "דנה לוי",
        "👩‍🚀 Ана 李小龙",
        "\\u202eevil",
        "A\u{301}da  d'Amico",
        "=cmd|' /C calc'!A0",
    ];
    const BUCKETS: [&str; 5] = ["clients", "friends & co", "<b>", "yearly", ""];
    let mut book = format!(
        "[week]\ntouches = {week}\n[buckets.clients]\ncadence = \"4 weeks\"\nshare = 3\n\
         [buckets.\"friends & co\"]\ncadence = \"2 months\"\n[buckets.\"<b>\"]\ncadence = \"10 days\"\n\
         [buckets.yearly]\ncadence = \"1 year\"\nshare = 0\n"
    );
    for at in 0..people {
        let name = format!("{} {at}", NAMES[at % 10]);
        book += &format!("[[contacts]]\nname = \"{name}\"\n");
        let bucket = BUCKETS[at % 17 % 5];
        let lines = [
            (!bucket.is_empty(), format!("bucket = \"{bucket}\"")),
            (at % 9 == 4, "cadence = \"5 weeks\"".to_owned()),
            (at % 23 == 5, "friendly = true".to_owned()),
            (at % 29 == 6, "paused = true".to_owned()),
            (at % 31 == 7, "paused = 2026-08-01".to_owned()),
            (at % 4 == 1, format!("added = 2026-{:02}-11", 1 + at % 12)),
            (
                at % 19 == 3,
                "next = { on = 2026-11-26, what = \"tell <em>all</em>\" }".to_owned(),
            ),
            (
                at % 4 == 3,
                format!(
                    "promises = [{{ by = 2026-{:02}-20, what = \"send & wait\" }}]",
                    1 + at % 12
                ),
            ),
            (
                at % 37 == 8,
                "promises = [{ what = \"some day\" }]".to_owned(),
            ),
            (
                at % 5 == 2,
                format!(
                    "met = \"a fair, through {}\"",
                    NAMES[at % 3].replace('\'', "")
                ),
            ),
        ];
        // Of two lines for one key, the first.
        let mut keys: Vec<&str> = Vec::new();
        for (is_there, line) in &lines {
            let key = line.split(' ').next().expect("a key");
            if *is_there && !keys.contains(&key) {
                keys.push(key);
                book += &format!("{line}\n");
            }
        }
        book += "touches = [\n";
        for touch in 0..at % 8 {
            let ago = (at * 7 + touch * (11 + at % 70)) % 500;
            let on = day("2026-12-05") - chrono::Days::new(ago as u64);
            let words = [
                (
                    at % 3 > 0,
                    format!(
                        "via = \"{}\"",
                        ["call", "email", "<i>", "a & b"][(at + touch) % 4]
                    ),
                ),
                (
                    at % 6 > 2,
                    format!("direction = \"{}\"", ["out", "in"][at % 11 / 9]),
                ),
                (
                    (at + touch) % 5 == 0,
                    "gave = \"an introduction\"".to_owned(),
                ),
                ((at + touch) % 7 == 0, "got = \"<hint>\"".to_owned()),
            ];
            let words = words.iter().filter(|(is_there, _)| *is_there);
            let words: String = words.map(|(_, word)| format!(", {word}")).collect();
            book += &format!("  {{ on = {on}{words} }},\n");
        }
        book += "]\n";
    }
    book
}

#[test]
fn those_of_three_hundred_with_odd_names_are_too_where_tables_are_cut() {
    let page = compare(&odd_people(300, 90));
    for id in ["week", "promises", "balance"] {
        assert!(page.more(id) > 0, "{id}");
    }
    for id in ["days", "by-channel", "by-bucket", "kept", "load", "silence"] {
        assert!(page.rows(id).len() > 4, "{id}");
    }
    compare(&odd_people(40, 3));
}

#[test]
fn nobody_has_no_numbers() {
    let env = Env::with_book("[buckets.clients]\ncadence = \"4 weeks\"\n");
    env.run("report -o page.html").success();
    assert_eq!(env.names(), ["book.toml"]);
    compare("[[contacts]]\nname = \"Ana Ruiz\"\n");
    compare(
        "[buckets.clients]\ncadence = \"4 weeks\"\n[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clients\"\n",
    );
}
