//! However mail comes in, in whichever order, parts and folders, the same touches come of it, and a second import changes nothing.

use proptest::prelude::*;

use crate::env::Env;
use crate::touches::{mbox, memory, message};

const BOOK: &str = r#"[sources]
me = "sam@keeper.example"

[[contacts]]
name = "Ana Ruiz"
email = "ana@acme.example"
touches = [{ on = 2026-11-04, via = "email", note = "by hand" }]

[[contacts]]
name = "Bo Lind"
email = ["bo@lind.example", "bo@home.example"]
"#;

const ME: &str = "sam@keeper.example";
const OTHERS: [&str; 4] = [
    "ana@acme.example",
    "bo@lind.example",
    "bo@home.example",
    "di@fox.example",
];

/// Messages between the user and others, each perhaps an answer to an earlier one, some of them to many.
fn conversation() -> impl Strategy<Value = Vec<String>> {
    let one = (
        0..OTHERS.len(),
        any::<bool>(),
        1..9u8,
        any::<Option<prop::sample::Index>>(),
        0..4u8,
    );
    prop::collection::vec(one, 1..10).prop_map(|all| {
        let messages = all.into_iter().enumerate();
        let messages = messages.map(|(number, (other, is_mine, day, answers, kind))| {
            let other = OTHERS[other];
            let (from, to) = if is_mine { (ME, other) } else { (other, ME) };
            let answers = answers
                .filter(|_| number > 0)
                .map(|answers| answers.index(number));
            let message = message(number, day, from, to, answers);
            if kind == 0 {
                message.replace("Subject", "List-Id: <x.example>\nSubject")
            } else {
                message
            }
        });
        messages.collect()
    })
}

/// The book with its rows in the order of their days.
fn sorted(book: &str) -> Vec<String> {
    let mut lines: Vec<String> = book.lines().map(|line| line.trim().to_owned()).collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn parts_in_any_order_are_as_the_whole(
        messages in conversation(),
        order in any::<u64>(),
        cut in any::<prop::sample::Index>(),
        is_forgotten in any::<bool>(),
    ) {
        let whole = Env::with_book(BOOK);
        whole.write("box", mbox(&messages));
        whole.ok("import box --yes");
        let once = whole.book();
        whole.ok("import box --yes");
        prop_assert_eq!(&once, &whole.book());

        let mut mixed = messages.clone();
        let length = mixed.len();
        mixed.rotate_left(usize::try_from(order % length as u64).unwrap_or(0));
        if order.is_multiple_of(2) {
            mixed.reverse();
        }
        let cut = cut.index(length);
        let parts = Env::with_book(BOOK);
        parts.write("one", mbox(&mixed[..cut]));
        // A copy of each in both.
        parts.write("two", mbox(&mixed));
        parts.write("rest", mbox(&mixed[cut..]));
        if cut > 0 {
            parts.ok("import one --yes");
        }
        if is_forgotten {
            let _ = std::fs::remove_dir_all(memory(&parts));
            parts.ok("import two --yes");
        } else {
            parts.ok("import rest --yes");
        }
        prop_assert_eq!(sorted(&once), sorted(&parts.book()));
        let before = parts.book();
        parts.ok("import one two rest --yes");
        prop_assert_eq!(before, parts.book());
    }
}
