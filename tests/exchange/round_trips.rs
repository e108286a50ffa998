//! An exported contact is imported unchanged.

use netkeep::domain::{
    AnnualDay, Contact, Direction, Next, OtherDay, Pause, Promise, Touch, Words,
};
use netkeep::exchange::{Formulas, VcardVersion, csv, vcards};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::{day, found};

/// Characters that have a meaning in some format, and some that have none.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => select(" \\;,:='\"+-@|.n\u{e9}ßł李あ한ش🚀\u{301}".chars().collect::<Vec<char>>()),
        3 => proptest::char::range('!', '~'),
    ]
}

/// A text on one line, as a field of the book has it.
fn line() -> impl Strategy<Value = String> {
    vec(character(), 1..40)
        .prop_map(|chars| chars.into_iter().collect::<String>().trim().to_owned())
        .prop_filter("something to see", |text| {
            !text.trim_matches('\'').is_empty()
        })
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    btree_set(line(), 0..4).prop_map(|set| set.into_iter().collect())
}

/// Notes: lines, some of them empty, with blanks around them.
fn notes() -> impl Strategy<Value = String> {
    vec(
        prop_oneof![
            line(),
            Just(String::new()),
            Just("  ".to_owned()),
            Just("END:VCARD".to_owned()),
            Just("\tx".to_owned())
        ],
        1..6,
    )
    .prop_map(|lines| lines.join("\n"))
    .prop_filter("something to see", |text| !text.trim().is_empty())
}

fn date() -> impl Strategy<Value = chrono::NaiveDate> {
    (0..3000u64).prop_map(|days| day("2019-01-01") + chrono::Days::new(days))
}

fn birthday() -> impl Strategy<Value = AnnualDay> {
    prop_oneof![
        date().prop_map(AnnualDay::Date),
        select(vec!["--02-29", "--12-31", "1984-02-29", "1605-01-01"])
            .prop_map(|text| text.parse().expect("a birthday")),
    ]
}

fn dates() -> impl Strategy<Value = Vec<OtherDay>> {
    let what = prop_oneof![
        2 => line(),
        1 => select(vec!["anniversary", "Anniversary", "wedding", "Date", "Birthday", "died"])
            .prop_map(str::to_owned),
    ];
    vec((birthday(), what), 0..4).prop_map(|dates| {
        dates
            .into_iter()
            .map(|(on, what)| OtherDay { on, what })
            .collect()
    })
}

fn touch() -> impl Strategy<Value = Touch> {
    let direction = select(vec![None, Some(Direction::Out), Some(Direction::In)]);
    let words = (of(notes()), of(line()), of(line()), of(line()));
    (date(), of(line()), direction, words).prop_map(|(on, via, direction, words)| {
        let (note, gave, got, source) = words;
        let words = Words {
            via,
            note,
            gave,
            got,
            source,
        };
        Touch::on(on).toward(direction).with(words)
    })
}

pub(super) fn contact() -> impl Strategy<Value = Contact> {
    let who = (line(), lines(), of(line()), of(line()), of(line()));
    let ways = (lines(), lines(), lines(), of(line()), of(line()));
    let rest = (
        (of(birthday()), dates()),
        lines(),
        of(line()),
        any::<bool>(),
        of(date()),
        of((date(), of(line()))),
        of(line()),
        of(notes()),
    );
    let clock = (
        of(select(vec!["3 weeks", "1 year"])),
        of(select(vec!["10 days"])),
        of(of(date())),
        vec((of(date()), line()), 0..3),
        vec(touch(), 0..4),
    );
    (who, ways, rest, clock).prop_map(|(who, ways, rest, clock)| {
        let (name, aka, bucket, company, title) = who;
        let (email, phone, links, address, city) = ways;
        let ((birthday, dates), tags, met, friendly, added, next, uid, notes) = rest;
        let (cadence, limit, paused, promises, touches) = clock;
        Contact {
            promises: promises
                .into_iter()
                .map(|(by, what)| Promise { by, what })
                .collect(),
            aka: aka.into_iter().filter(|aka| *aka != name).collect(),
            name,
            bucket,
            cadence: cadence.map(|text| text.parse().expect("a cadence")),
            limit: limit.map(|text| text.parse().expect("a cadence")),
            company,
            title,
            email,
            phone,
            links,
            address,
            city,
            birthday,
            dates,
            tags,
            met,
            friendly,
            paused: paused.map(|until| until.map_or(Pause::Open, Pause::Until)),
            added,
            next: next.map(|(on, what)| Next { on, what }),
            // A UID on one line with single blanks, as programs make them.
            uid: uid.map(|uid| uid.split_whitespace().collect::<Vec<_>>().join(" ")),
            notes,
            touches,
        }
    })
}

/// A card holds bare addresses: a text with an address in it comes back as that address.
fn with_bare_addresses() -> impl Strategy<Value = Contact> {
    contact().prop_map(|contact| {
        let texts = contact.email.iter();
        let texts = texts.map(|text| text.replace('@', "").trim().to_owned());
        let mut email: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        email.push("dee@x.example".to_owned());
        email.sort_unstable();
        email.dedup();
        Contact { email, ..contact }
    })
}

fn comes_back(bytes: &str, contacts: &[Contact]) -> Result<(), TestCaseError> {
    let found =
        found(bytes.as_bytes()).map_err(|err| TestCaseError::fail(format!("{err:?}: {bytes}")))?;
    prop_assert_eq!(&found.flaws, &vec![], "{}", bytes);
    let read: Vec<Contact> = found
        .people
        .into_iter()
        .map(|arrival| arrival.contact)
        .collect();
    prop_assert_eq!(read, contacts, "{}", bytes);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn vcards_come_back(contacts in vec(with_bare_addresses(), 1..4)) {
        for version in [VcardVersion::V3, VcardVersion::V4] {
            let cards = vcards(&contacts, version);
            for line in cards.split_terminator("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
            }
            comes_back(&cards, &contacts)?;
        }
    }

    #[test]
    fn tables_come_back_and_hold_no_formula(contacts in vec(contact(), 1..4)) {
        comes_back(&csv(&contacts, Formulas::Keep), &contacts)?;
        let table = csv(&contacts, Formulas::Guard);
        comes_back(&table, &contacts)?;
        let mut rows = ::csv::ReaderBuilder::new().has_headers(false).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        for row in rows.records() {
            for cell in &row.expect("a row") {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t']), "{cell:?}");
            }
        }
    }
}
