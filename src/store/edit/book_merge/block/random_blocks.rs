//! Random blocks: nothing is lost, whatever both sides did.

use proptest::prelude::*;
use proptest::sample::select;

use super::cases::{content, marked};
use super::merge_block;

/// What a key may be; each is left out, too.
const KEYS: [&[&str]; 12] = [
    &[
        "",
        "city = 'Oslo'\n",
        "city = 'Oslo' # c1\n",
        "# c2\ncity = \"Rome\"\n",
        "city=\"Bern\"#c3\n",
    ],
    &[
        "",
        "added = 2024-01-01\n",
        "added = 2024-02-01 # a1\n",
        "added = 2023-01-01\n",
    ],
    &[
        "",
        "email = 'a'\n",
        "email = ['a', 'b']\n",
        "email = [\n  'a', # e1\n  # e2\n  'c' # e3\n]\n",
        "email = []\n",
        "email = [ 'b', \"c\", ]\n",
    ],
    &[
        "",
        "next = { on = 2026-01-01 }\n",
        "next.on = 2026-01-02 # n1\nnext.what = 'x'\n",
        "next = { on = 2026-01-01, what = 'y', zz = 1 } # n2\n",
    ],
    &[
        "",
        "x.a = 1\n",
        "x.a = 1\nx.b = 2 # x1\n",
        "# x2\nx.b = 3\n",
        "x = { a = 1 }\n",
    ],
    &[
        "",
        "notes = 'one'\n",
        "notes = '''\none\ntwo\n'''\n",
        "notes = \"\"\"\none\nthree\"\"\" # no1\n",
        "notes = \"two\\nfour\"\n",
    ],
    &[
        "",
        "list = [1, 2]\n",
        "list = [\n  1, # l1\n]\n",
        "list = [3]\n",
    ],
    &[
        "",
        "promises = [{ what = 'a' }]\n",
        "promises = [{ what = 'a' }, { by = 2026-01-01, what = 'b', odd = 1 }] # p1\n",
        "promises = [\n  # p2\n  { what = 'c' }, # p3\n  { what = 'c' },\n]\n",
    ],
    &[
        "",
        "# t1\ntouches = [\n  { on = 2026-01-01 },\n]\n",
        "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-02-01, mood = 'x' }, # t2\n]\n",
        "touches = []\n",
        "touches = [{ on = 2026-03-01, note = 'n' }]\n",
        "\n[[contacts.touches]]\non = 2026-01-01\n",
        "[[contacts.touches]]\non = 2026-01-01\n\n# t3\n[[contacts.touches]] # t4\non = 2026-04-01\nmood = [\n  1, # t5\n]\n",
    ],
    &[
        "",
        "\n[contacts.social]\na = 1\n",
        "\n# s1\n[contacts.social] # s2\na = 2\nb = 3\n",
        "[contacts.social]\n# s3\nb = 4\n",
        "\n[contacts.social]\na = 1\n\n[contacts.social.deep]\nc = 1\n",
    ],
    &[
        "",
        "\n[[contacts.kids]]\nname = 'k'\n",
        "\n[[contacts.kids]]\nname = 'k' # k1\n[[contacts.kids]]\nname = 'l'\n",
        "[[contacts.kids]]\nname = 'm'\n[contacts.kids.toy]\nx = 1\n",
    ],
    &["", "\n", "# end1\n", "\n# end2\n\n", "\n# end1\n# end2\n"],
];

/// For each key which of its texts the base and the two sides have.
fn picks() -> impl Strategy<Value = Vec<[usize; 3]>> {
    let pick = |texts: usize| {
        (0..texts, 0..texts, 0..texts, 0..4_usize).prop_map(|(base, ours, theirs, kept)| match kept
        {
            0 => [base, base, theirs],
            1 => [base, ours, base],
            2 => [base, base, base],
            _ => [base, ours, theirs],
        })
    };
    KEYS.map(|texts| pick(texts.len())).to_vec()
}

fn texts(picks: &[[usize; 3]], heads: [&str; 3]) -> [String; 3] {
    [0, 1, 2].map(|which| {
        let keys = KEYS
            .iter()
            .zip(picks)
            .map(|(texts, pick)| texts[pick[which]]);
        let touches_first = keys.collect::<String>();
        format!("{}[[contacts]]\nname = 'A'\n{touches_first}", heads[which])
    })
}

/// The words of a text that only one key has: what may not be lost.
fn words(text: &str) -> std::collections::BTreeSet<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '#';
    let words = text
        .split("\\n")
        .flat_map(|line| line.split(|c| !is_word(c)));
    let is_key =
        |word: &str| ["on", "what", "mood", "name", "email", "promises", "touches"].contains(&word);
    words
        .filter(|word| word.len() > 1 && !is_key(word) && !word.contains('-'))
        .collect()
}

/// A key and one of its texts.
fn key_and_text() -> impl Strategy<Value = (usize, usize)> {
    (0..KEYS.len()).prop_flat_map(|key| (Just(key), 0..KEYS[key].len()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_lost_and_the_order_of_the_sides_is_nothing(
        picks in picks(),
        heads in [(); 3].map(|()| select(vec!["", "# h1\n", "# h1\n# h2\n", "# h3\n"])),
        newline in select(vec!["\n", "\r\n"]),
        bases in select(vec![0, 1, 1, 1, 2]),
        other in key_and_text(),
    ) {
        let [base, ours, theirs] = texts(&picks, heads).map(|text| text.replace('\n', newline));
        // A base that differs from the first in one key.
        let mut picks = picks;
        picks[other.0][0] = other.1;
        let [second, ..] = texts(&picks, heads).map(|text| text.replace('\n', newline));
        let bases: Vec<&str> = [base.as_str(), &second].into_iter().take(bases).collect();
        let [merged, swapped] = [[&ours, &theirs], [&theirs, &ours]].map(|[ours, theirs]| merge_block(&bases, ours, theirs));
        for merged in [&merged, &swapped] {
            prop_assert!(merged.conflicts.iter().all(|one| !one.key.is_empty()), "{}", marked(merged));
        }
        for side in [0, 1] {
            prop_assert_eq!(content(&merged.text(side)), content(&swapped.text(1 - side)));
        }
        let all = merged.text(0) + &merged.text(1);
        let all = words(&all);
        let was: Vec<_> = bases.iter().map(|base| words(base)).collect();
        let [ours, theirs] = [&ours, &theirs].map(|text| words(text));
        for word in ours.union(&theirs) {
            let is_of_both = ours.contains(word) && theirs.contains(word);
            let is_base = !was.is_empty() && was.iter().all(|base| base.contains(word));
            let is_removed = is_base && !is_of_both;
            prop_assert!(is_removed || all.contains(word), "{} in\n{}", word, marked(&merged));
        }
    }
}
