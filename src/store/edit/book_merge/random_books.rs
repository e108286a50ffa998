//! Merges random books, whose parts are written in several ways.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::line_merge::said_by;
use super::merge_books;
use super::merged_book::{BookMerge, MergeSide};
use crate::store::parse::read;

/// What a part may be; the first of each is that it is not there. The order is that of the parts.
const PARTS: [&[&str]; 12] = [
    &[
        "",
        "# file\n",
        "format = 1\n",
        "# file\nformat = 1 # one\nlist = [\n  1,\n]\n",
    ],
    &["", "# --- above ---\n", "# --- up ---\n# two lines\n"],
    &[
        "",
        "[week]\ntouches = 4\n",
        "# w\n[week]\ntouches = 5\n# below\n",
        "[week]\nstarts = \"sunday\"\n",
    ],
    &[
        "",
        "[buckets.a]\ncadence = \"4 weeks\"\n",
        "[buckets.a] # a\ncadence = \"5 weeks\"\n",
    ],
    &["", "[[odd]]\na = 1\n\n[odd.b]\nc = 1\n", "[[odd]]\na = 2\n"],
    &["", "# --- people ---\n"],
    &[
        "",
        "[[contacts]]\nname = \"Ana\"\n",
        "# ana\n[[contacts]]\nname = \"Ana\"\nbucket = \"a\"\n",
        "[[contacts]]\nname = \"Anna\"\nuid = \"u1\"\ncity = \"Oslo\"\n",
        "[[contacts]]\nname = \"Ana\"\nuid = \"u1\"\n",
        "[[contacts]]\nname = \"Ana\"\ncity = \"Rome\"\n",
    ],
    &[
        "",
        "[[contacts]]\nname = \"Bo\"\ntouches = [\n  { on = 2026-01-01 },\n]\n",
        "[[contacts]]\nname = \"Bo\"\ntouches = [\n  { on = 2026-01-01 },\n  { on = 2026-02-01 }, # t\n]\n# under bo\n",
        "[[contacts]]\nname = \"Bo\"\nnotes = \"\"\"\n# no comment\n\n[[contacts]]\n\"\"\"\n",
        "[[contacts]]\nname = \"Bea\"\n",
    ],
    &[
        "",
        "# cy\n[[contacts]]\nname = \"Cy\"\n\n[[contacts.touches]]\non = 2026-01-01\n",
        "[[contacts]]\nname = \"Cy\"\n[[contacts.touches]]\non = 2026-03-01\n",
        "[[contacts]]\nname = \"Anna\"\n",
        "[[contacts]]\nname = \"Cy\"\nbucket = \"a\"\n",
    ],
    &[
        "",
        "[[contacts]]\nname = \"Di\"\nemail = \"di@acme.example\"\n",
        "[[contacts]]\nname = \"Di\"\ncity = \"Bern\"\n",
        "[[contacts]]\nname = \"Bea\"\ncity = \"Bern\"\n",
    ],
    &[
        "",
        "[regroup]\nlast = 2026-01-01\n",
        "[regroup]\nlast = 2026-02-01\n",
    ],
    &["", "# foot\n", "# foot\n\n# foot\n", "# last\n"],
];

/// A text of some of the parts, some of which are at another place.
fn book(picks: &[usize], moved: usize, blank: &str, end: &str) -> String {
    let parts = PARTS
        .iter()
        .zip(picks)
        .map(|(texts, pick)| texts[*pick % texts.len()]);
    let mut parts: Vec<&str> = parts.collect();
    if moved > 0 {
        let part = parts.remove(moved);
        parts.insert(1 + moved * 7 % (parts.len() - 1), part);
    }
    parts.retain(|part| !part.is_empty());
    let is_divider = |part: &str| {
        part.lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    };
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        text.push_str(part);
        let next = parts.get(at + 1);
        match next {
            Some(next) if is_divider(part) || is_divider(next) => text.push('\n'),
            Some(_) => text.push_str(blank),
            None => text.push_str(end),
        }
    }
    text
}

fn picks() -> impl Strategy<Value = Vec<[usize; 3]>> {
    let pick = (0..12_usize, 0..12_usize, 0..12_usize, 0..6_usize).prop_map(
        |(base, ours, theirs, kept)| match kept {
            0 => [base, base, theirs],
            1 => [base, ours, base],
            2 | 3 => [base, base, base],
            4 => [base, ours, ours],
            _ => [base, ours, theirs],
        },
    );
    prop::collection::vec(pick, PARTS.len())
}

/// How a text is written as a whole.
#[derive(Clone, Copy, Debug)]
enum Style {
    Usual,
    Unended,
    Returns,
    SomeReturns,
    Mark,
}

const STYLES: [Style; 7] = [
    Style::Usual,
    Style::Usual,
    Style::Usual,
    Style::Unended,
    Style::Returns,
    Style::SomeReturns,
    Style::Mark,
];

fn styled(text: &str, style: Style) -> String {
    match style {
        Style::Usual => text.to_owned(),
        Style::Unended => text.trim_end().to_owned(),
        Style::Returns => text.replace('\n', "\r\n"),
        Style::SomeReturns => text.replace("\n\n", "\n\r\n").replace("]\n", "]\r\n"),
        Style::Mark => format!("\u{feff}{text}"),
    }
}

/// What a text says, in any order.
fn content(text: &str) -> Vec<String> {
    let said = said_by(text).expect("a book").into_iter();
    said.map(|part| part.replace("\\r\\n", "\\n")).collect()
}

fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.contains('#'));
    lines
        .map(|line| &line[line.find('#').unwrap_or_default()..])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn books_are_merged_and_nothing_is_lost(
        picks in picks(),
        moved in [(); 3].map(|()| select(vec![0, 0, 0, 3, 5, 7, 9])),
        blanks in [(); 3].map(|()| select(vec!["\n", "\n", "\n", "", "\n\n"])),
        ends in [(); 3].map(|()| select(vec!["", "", "\n"])),
        styles in [(); 3].map(|()| select(STYLES.to_vec())),
        has_base in proptest::bool::weighted(0.8),
    ) {
        let texts = [0, 1, 2].map(|which| {
            let picks: Vec<usize> = picks.iter().map(|pick| pick[which]).collect();
            styled(&book(&picks, moved[which], blanks[which], ends[which]), styles[which])
        });
        let [base, ours, theirs] = texts.each_ref().map(String::as_str);
        let is_book = |text: &str| read(text).is_ok_and(|parsed| parsed.is_book);
        prop_assume!(is_book(ours) && is_book(theirs));
        let bases: Vec<&str> = [base].into_iter().filter(|_| has_base).collect();
        let merge = |ours, theirs| merge_books(&bases, ours, theirs);
        let merged = merge(ours, theirs);
        prop_assert!(merged.is_ok(), "{merged:?}\n{base}=======\n{ours}=======\n{theirs}");
        let (merged, swapped) = (merged.unwrap_or_default(), merge(theirs, ours).unwrap_or_default());
        let text = |merge: &BookMerge, side| merge.text(&vec![side; merge.conflicts.len()]);
        let [mine, other] = [text(&merged, MergeSide::Ours), text(&merged, MergeSide::Theirs)];
        let shown = format!("{base}=======\n{ours}=======\n{theirs}=======\n{mine}");
        prop_assert_eq!(content(&mine), content(&text(&swapped, MergeSide::Theirs)), "{}", shown);
        prop_assert_eq!(content(&other), content(&text(&swapped, MergeSide::Ours)), "{}", shown);
        prop_assert_eq!(&merged.kept.len(), &swapped.kept.len(), "{}", shown);
        // New comments are there.
        let old = if has_base { comments(base) } else { vec![] };
        let all = comments(&mine).into_iter().chain(comments(&other)).collect::<Vec<_>>();
        for comment in comments(ours).into_iter().chain(comments(theirs)) {
            prop_assert!(old.contains(&comment) || all.contains(&comment), "{}: {}", comment, shown);
        }
        // Names are unique where they were.
        let repeated = |text: &str| {
            let book = read(text).expect("a book").book;
            let names: Vec<_> = book.contacts.iter().map(|contact| contact.name.clone()).collect();
            let set: HashSet<_> = names.iter().collect();
            names.len() - set.len()
        };
        if repeated(ours) + repeated(theirs) == 0 {
            prop_assert_eq!(repeated(&mine) + repeated(&other), 0, "{}", shown);
            // Two machines that both merged have one book.
            let met = merge_books(&[ours, theirs], &mine, &text(&swapped, MergeSide::Theirs)).expect("merged");
            let met_text = text(&met, MergeSide::Ours);
            prop_assert_eq!(content(&met_text), content(&mine), "{}=======\n{}", shown, met_text);
            prop_assert!(met.conflicts.is_empty(), "{}", shown);
        }
        // It is done once.
        let again = merge_books(&[ours], &mine, ours).expect("merged");
        prop_assert_eq!(again.text(&[]), mine);
    }
}
