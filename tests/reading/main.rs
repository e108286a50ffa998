//! The fast parser agrees with the slow one.

mod alike;

use alike::case;
use netkeep::store::read;
use proptest::prelude::*;
use proptest::sample::Index;

/// A book as netkeep writes it, with what people add by hand.
const PLAIN: &str = r#"format = 1
# Ours.
[week]
starts = "monday"

[buckets.clients]
cadence = "4 weeks"
[buckets.friends]
cadence = "2 months"
share = 2

[[contacts]]
name = "Ana Ruiz"
aka = ["Ani", "A. R."]
bucket = "clients"
email = "ana@acme.example"  # new
phone = ["+34 600 000 001", "+34 600 000 002"]
birthday = "--03-12"
dates = [
  { on = "--06-01", what = "wedding" },
  # she told me
  { on = 2016-02-29, what = 'first "day"' },
]
tags = []
friendly = true
next = { on = 2026-11-27, what = "lunch" }
promises = [
  { by = 2026-11-25, what = "send the \"draft\"" },
  # when she asks
  { what = "lend her the map" },
]
added = 2024-01-02
notes = """
Two kids.
[[contacts]]
Says "hi", and ""more"".
"""
touches = [
  { on = 2026-10-02, via = "call", note = "budget \"approved\"\n\tand more \\ less" },
  # a letter
  { on = 2026-11-01, via = "letter", direction = "out", gave = "an hour", got = "a hint" },
  { on = 2026-11-04, via = "email", direction = "out", source = "mail" },
  { on = 2026-11-05, via = "meeting", note = "lunch", source = "calendar" },
]

# --- from the old street ---
[[contacts]]
name = "Seán O’Brien"
bucket = "friends"
cadence = "6 weeks"
limit = "3 months"
paused = 2026-12-31
birthday = 1984-02-29
dates = [{ what = 'a map',on=2014-06-01 }, { on='--02-29', what="oars" },]
met = 'at the "ferry"'
promises = [{ what = 'a map',by=2026-12-01 }, { what="oars" },]
touches = [{ on = 2026-01-10 }, { on=2026-03-01,via='call' },]

[[contacts]]
name = "李小龙"
paused = true
"#;

/// The same, as other people might write it.
const ODD: &str = r#"[buckets]
clients.cadence = "4 weeks"
'old friends' = { cadence = "2 months" }

[[contacts]] # Ana
name = '''
Ana'''
"bucket" = "clients"
mood = "good"
email = [
  "a@acme.example", # work
  'b@acme.example',
]
next.on = 2026-11-27
notes = """Caf\u00e9 \
   closed"""
[[contacts.touches]]
on = 2026-10-02
via = "call"
[[contacts.touches]]
on = 2026-10-03
note = """two
lines"""
[[contacts.dates]]
on = "--06-01"
what = "wedding"
[[contacts.dates]]
on = 2014-06-01
what = """first
day"""
[[contacts.promises]]
by = 2026-11-25
what = "send the draft"
[[contacts.promises]]
what = """lend the
map"""

[[ contacts ]]
name = "Bea"
bucket = "old friends"
friendly = false
paused = false
touches = []
promises = []
[contacts.next]
on = 2026-11-27

[[contacts]]
name = "Cem"
dates = [ { on = "--06-01", what = "wedding", mood = 1 } ]
promises = [ { by = 2026-11-25, what = "call", mood = 1 } ]
touches = [ { on = 2026-10-02, mood = 1 } ]
[defaults]
rest_after = 4
[sync]
cards = '~/cards'
who = [ "clients", 'old friends' ]
"#;

/// Bits of TOML that change the meaning of what is around them.
const BITS: [&str; 69] = [
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\n",
    "\r\n",
    "\r",
    "#",
    "[",
    "]",
    "{",
    "}",
    ",",
    "=",
    ".",
    "\\",
    "\\u0041",
    "\\\"",
    "\t",
    " ",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "é",
    "0",
    "-",
    "T10:00",
    " 10:00:00",
    "Z",
    "[[contacts]]\n",
    "[contacts.next]\n",
    "[[contacts.touches]]\n",
    "[[contacts.promises]]\n",
    "[[contacts.dates]]\n",
    "dates = [\n",
    "{ on = \"--06-01\", what = 'x' },\n",
    "on = '--02-30'",
    "--06-01",
    "[contacts]\n",
    "[week]\n",
    "[buckets.x]\n",
    "contacts = []\n",
    "contacts.x = 1\n",
    "name = 'x'\n",
    "name = \"Ana Ruiz\"\n",
    "bucket = \"friends\"\n",
    "bucket = \"clinets\"\n",
    "touches = [\n",
    "promises = [\n",
    "promises = ",
    "by = ",
    "what = 'x'\n",
    "{ by = 2026-01-01, what = 'x' },\n",
    "{ what = \"y\" }, ",
    "{ what = '' },\n",
    "]\n",
    "{ on = 2026-01-01 },\n",
    "next = { on = 2026-01-01, }\n",
    "friendly = \n",
    "true",
    "1_0",
    "2026-02-30",
    "0000-01-01",
    "<<<<<<< x\n",
    "\n>>>>>>> x\n",
    "notes = \"\"\"\n",
    "mood = 1\n",
    "email = 'x'\n",
];

#[derive(Clone, Debug)]
enum Accident {
    Delete(Index, usize),
    Truncate(Index),
    Insert(Index, Index),
    /// A line is repeated somewhere else.
    Line(Index, Index),
    /// One character is replaced by another from the text.
    Swap(Index, Index),
}

fn accident() -> impl Strategy<Value = Accident> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), 1..30_usize).prop_map(|(at, length)| Accident::Delete(at, length)),
        1 => at().prop_map(Accident::Truncate),
        6 => (at(), at()).prop_map(|(at, bit)| Accident::Insert(at, bit)),
        3 => (at(), at()).prop_map(|(from, to)| Accident::Line(from, to)),
        2 => (at(), at()).prop_map(|(at, from)| Accident::Swap(at, from)),
    ]
}

/// A book that has been through several accidents.
fn book() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        PLAIN.to_owned(),
        ODD.to_owned(),
        PLAIN.replace('\n', "\r\n"),
        format!("\u{feff}{PLAIN}{ODD}").replace("[buckets]\nclients.cadence = \"4 weeks\"\n'old friends' = { cadence = \"2 months\" }\n", ""),
    ]);
    (start, prop::collection::vec(accident(), 0..5)).prop_map(|(start, accidents)| {
        let mut text: Vec<char> = start.chars().collect();
        for accident in accidents {
            happen(&mut text, &accident);
        }
        text.into_iter().collect()
    })
}

fn happen(text: &mut Vec<char>, accident: &Accident) {
    let place = |at: &Index| at.index(text.len() + 1);
    match accident {
        Accident::Delete(at, length) => {
            let at = place(at);
            text.drain(at..(at + length).min(text.len()));
        }
        Accident::Truncate(at) => text.truncate(place(at)),
        Accident::Insert(at, bit) => {
            let at = place(at);
            text.splice(at..at, BITS[bit.index(BITS.len())].chars());
        }
        Accident::Line(from, to) => {
            let lines: Vec<Vec<char>> = text
                .split_inclusive(|c| *c == '\n')
                .map(<[char]>::to_vec)
                .collect();
            let Some(line) = lines.get(from.index(lines.len().max(1))) else {
                return;
            };
            let to = to.index(lines.len());
            let at: usize = lines[..to].iter().map(Vec::len).sum();
            text.splice(at..at, line.iter().copied());
        }
        Accident::Swap(at, from) if !text.is_empty() => {
            let (at, from) = (at.index(text.len()), from.index(text.len()));
            text[at] = text[from];
        }
        Accident::Swap(..) => {}
    }
}

#[test]
fn parsers_agree_on_whole_books() {
    for text in [
        PLAIN,
        ODD,
        &PLAIN.replace('\n', "\r\n"),
        include_str!("../../contacts.example.toml"),
        "",
    ] {
        let read = read(text).expect("a book");
        assert_eq!(
            read.problems
                .iter()
                .filter(|problem| problem.contact.is_none())
                .count(),
            0
        );
        case(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    /// Both accept and refuse the same texts, and give the same values and problems.
    #[test]
    fn fast_and_slow_agree(text in book()) {
        case(&text);
    }
}

/// The number from `PROPTEST_CASES`.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(4096)
}
