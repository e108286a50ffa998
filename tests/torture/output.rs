//! Text is only text: nothing in a contact acts on the terminal.

use std::fmt::Write as _;
use std::process::Output;

use crate::bench::{Bench, Chance, times, two_at_a_time};

/// What a card from a stranger may contain.
const NASTY: [&str; 26] = [
    "\u{1b}[31m",
    "\u{1b}]52;c;QUJD\u{7}",
    "\u{9b}31m",
    "\u{90}q",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\u{8}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "\u{2028}",
    "\u{61c}",
    "=cmd()",
    "\"\"\"",
    "\\u001b",
    "\n[[contacts]]\n",
    "\n<<<<<<< HEAD\n",
    "END:VCARD\r\n",
    "שלום 👩\u{200d}🔬 é 李",
];

/// Whether a character acts on a terminal or on the reading order, as docs/proofs.md says, independently of netkeep's code.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn text(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..=chance.below(5) {
        match chance.below(4) {
            0 => text.push_str(
                ["a", "Ana ", "x y", "long "][usize::try_from(chance.below(4)).expect("small")],
            ),
            1 => text.extend(
                u32::try_from(chance.below(0x11_0000))
                    .ok()
                    .and_then(char::from_u32),
            ),
            _ => text
                .push_str(NASTY[usize::try_from(chance.below(NASTY.len() as u64)).expect("small")]),
        }
    }
    text
}

/// A text as TOML, with everything escaped that can be.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            quoted.push(c);
        } else {
            write!(quoted, "\\U{:08X}", u32::from(c)).expect("memory");
        }
    }
    quoted + "\""
}

const PEOPLE: usize = 50;

/// The fields of each person that hold a text.
const FIELDS: usize = 12;

/// A book in which every text is hostile, and its names.
fn book(chance: &mut Chance) -> (String, Vec<String>) {
    let mut book = String::new();
    let bucket = format!("b{}", text(chance));
    writeln!(
        book,
        "[buckets.{}]\ncadence = \"1 week\"\n",
        quoted(&bucket)
    )
    .expect("memory");
    let mut names = Vec::new();
    for number in 0..PEOPLE {
        // Every name is visible and unique.
        let name = format!("{} {number}", text(chance));
        writeln!(
            book,
            "[[contacts]]\nname = {}\naka = [\"p{number}\", {}]",
            quoted(&name),
            quoted(&text(chance))
        )
        .expect("memory");
        // Every UID is visible too.
        let uid = quoted(&format!("u{number} {}", text(chance)));
        writeln!(book, "uid = {uid}").expect("memory");
        for key in [
            "company", "title", "address", "city", "met", "notes", "phone",
        ] {
            writeln!(book, "{key} = {}", quoted(&text(chance))).expect("memory");
        }
        for key in ["email", "tags"] {
            writeln!(book, "{key} = [{}]", quoted(&text(chance))).expect("memory");
        }
        writeln!(book, "bucket = {}", quoted(&bucket)).expect("memory");
        if number % 3 == 0 {
            writeln!(
                book,
                "next = {{ on = 2026-11-27, what = {} }}",
                quoted(&text(chance))
            )
            .expect("memory");
        }
        let (via, note) = (quoted(&text(chance)), quoted(&text(chance)));
        writeln!(
            book,
            "touches = [{{ on = 2026-01-10, via = {via}, note = {note} }}]\n"
        )
        .expect("memory");
        names.push(name);
    }
    (book, names)
}

/// What a run prints, without netkeep's own colours.
fn said(run: &Output) -> String {
    let all = [run.stdout.as_slice(), run.stderr.as_slice()].concat();
    let all = String::from_utf8(all).expect("UTF-8");
    let mut parts = all.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap_or(part.len());
        let is_colour = part[end..].starts_with('m');
        plain.push_str(if is_colour {
            &part[end + 1..]
        } else {
            "\u{1b}["
        });
        plain.push_str(if is_colour { "" } else { part });
    }
    plain
}

/// The first character that gets through and acts, if any.
fn gets_through(said: &str) -> Option<char> {
    said.chars().find(|c| *c != '\n' && acts(*c))
}

fn try_book(seed: u64) {
    let mut chance = Chance::new(seed);
    let (text_of_book, names) = book(&mut chance);
    let bench = Bench::in_memory(&text_of_book);
    let typed = |chance: &mut Chance| text(chance).replace('\0', "0");
    let (one, two, three) = (typed(&mut chance), typed(&mut chance), typed(&mut chance));
    let city = format!("city=x{}", typed(&mut chance));
    let commands: Vec<Vec<&str>> = vec![
        vec!["due", "--all"],
        vec!["due", "--why", "p1"],
        vec!["due", "--size", "99"],
        vec!["due", "--fading"],
        vec!["due", "--resting"],
        vec!["list", "--promised"],
        vec!["promise"],
        vec!["forecast"],
        vec!["stats"],
        vec!["regroup", "--list"],
        vec!["triage", "--set", &three],
        vec!["fresh-start", "-n"],
        vec!["snooze", "p1", "--until", &one],
        vec!["pause", "p2"],
        vec!["resume", "p2"],
        vec!["skip", "p3"],
        vec!["list", "--color", "always"],
        vec!["show", "p2", "--all"],
        vec!["show", "p3", "--color", "always"],
        vec!["bucket"],
        vec!["check"],
        vec!["show", &one],
        vec!["list", &two],
        vec!["log", "p4", "-v", &one, "-m", &two],
        vec!["log", "p5", "p6", "--next", "fri: lunch"],
        vec!["edit", "p7", "--set", &city],
        vec!["edit", "p8", "--set", &three],
        vec!["add", &three, "--note", &one, "-b", &two],
        vec!["rename", "p9", &three],
        vec!["remove", "p10", "-n"],
        vec!["remove", "p11"],
        vec!["bucket", "add", &one, "--cadence", &two],
        vec!["undo", "--list"],
        vec!["undo"],
        vec!["remove", "--purge", "p12"],
        vec!["due", "--by", &two],
        vec!["--file", &three, "due"],
    ];
    for command in commands {
        let run = bench.run(&command);
        assert!(
            matches!(run.status.code(), Some(0..=2)),
            "{seed}: {command:?}: {run:?}"
        );
        let said = said(&run);
        assert_eq!(gets_through(&said), None, "{seed}: {command:?}: {said:?}");
    }
    let bench = Bench::in_memory(&text_of_book);
    let rows = String::from_utf8(bench.ok(&["list"]).stdout).expect("UTF-8");
    assert_eq!(
        rows.lines().count(),
        PEOPLE + 1,
        "{seed}: a table is broken: {rows}"
    );
    for command in [["list", "--json"], ["due", "--json"], ["check", "--json"]] {
        let run = bench.run(&command);
        let document: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
        if command[0] == "list" {
            let told: Vec<&str> = document["contacts"]
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(|contact| contact["name"].as_str())
                .collect();
            assert_eq!(told, names, "{seed}");
        }
    }
}

/// The unfolded lines of a card or a calendar.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"), "{text:?}");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    unfolded
        .split_terminator("\r\n")
        .map(str::to_owned)
        .collect()
}

fn count(lines: &[String], wanted: &str) -> usize {
    lines.iter().filter(|line| *line == wanted).count()
}

/// Whether a spreadsheet may take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@', '\t'])
}

fn try_exports(seed: u64) {
    let mut chance = Chance::new(seed);
    let (text_of_book, names) = book(&mut chance);
    let bench = Bench::in_memory(&text_of_book);
    let export = |args: &[&str]| {
        let args = [&["export"], args].concat();
        let run = bench.ok(&args);
        let text = String::from_utf8(run.stdout).expect("UTF-8");
        let acting = text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t'));
        assert_eq!(acting, None, "{seed}: {args:?}");
        text
    };
    for version in ["3", "4"] {
        let cards = lines(&export(&["--vcard", version]));
        for wanted in ["BEGIN:VCARD", "END:VCARD"] {
            assert_eq!(count(&cards, wanted), PEOPLE, "{seed}");
        }
        let known = |line: &str| {
            line.split([':', ';']).next().is_some_and(|name| {
                name.starts_with("X-NETKEEP-")
                    || [
                        "BEGIN",
                        "VERSION",
                        "PRODID",
                        "UID",
                        "FN",
                        "N",
                        "NICKNAME",
                        "ORG",
                        "TITLE",
                        "EMAIL",
                        "TEL",
                        "URL",
                        "ADR",
                        "BDAY",
                        "CATEGORIES",
                        "NOTE",
                        "END",
                    ]
                    .contains(&name)
            })
        };
        assert_eq!(cards.iter().find(|line| !known(line)), None, "{seed}");
    }
    let calendar = lines(&export(&["--to", "ics"]));
    assert_eq!(
        count(&calendar, "BEGIN:VEVENT"),
        count(&calendar, "END:VEVENT"),
        "{seed}"
    );
    assert_eq!(count(&calendar, "BEGIN:VEVENT"), PEOPLE, "{seed}");

    let table = export(&["--to", "csv"]);
    let table = table.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows
        .records()
        .map(|row| row.expect("rows of one width"))
        .collect();
    assert_eq!(rows.len(), PEOPLE + 1, "{seed}");
    let formula = rows
        .iter()
        .flat_map(|row| row.iter())
        .find(|cell| is_formula(cell));
    assert_eq!(formula, None, "{seed}");

    // What netkeep writes it reads, and finds nobody new and nothing else.
    for to in ["vcard", "csv", "toml"] {
        bench.ok(&["export", "--to", to, "-o", "out"]);
        let again = said(&bench.run(&["import", "out", "--yes", "--verbose", "--unclear", "new"]));
        assert_eq!(gets_through(&again), None, "{seed}: {again:?}");
        assert!(
            again.contains(&format!(": 0 new, {} known", names.len())),
            "{seed}: {to}: {again}"
        );
    }
}

#[test]
fn no_text_ends_a_field_or_becomes_a_formula() {
    let books = times(2000, 40_000).div_ceil(PEOPLE * FIELDS);
    let seeds: Vec<u64> = (1..=books as u64).collect();
    two_at_a_time(seeds, try_exports);
    assert!(is_formula(" =1") && is_formula("\t=1") && !is_formula("'=1") && !is_formula("a"));
}

#[test]
fn no_text_acts_on_the_terminal() {
    let books = times(5000, 100_000).div_ceil(PEOPLE * FIELDS);
    let seeds: Vec<u64> = (1..=books as u64).collect();
    two_at_a_time(seeds, try_book);
}

#[test]
fn unescaped_text_is_caught() {
    assert_eq!(gets_through("plain\nשלום é 李"), None);
    for nasty in NASTY {
        let is_tame = !nasty.chars().any(|c| c != '\n' && acts(c));
        assert_eq!(gets_through(nasty).is_none(), is_tame, "{nasty:?}");
    }
}
