//! Properties of edits, over books in every layout that people and programs write.

use std::path::Path;

use chrono::NaiveDate;
use netkeep::domain::{
    AnnualDay, Book, BookSources, Bucket, CardScope, Contact, ContactId, Direction, Field,
    IgnoredTouch, Next, OtherDay, Promise, Touch, Value, Words,
};
use netkeep::store::apply;
use netkeep::store::read;
use netkeep::store::{BookFile, Edit, Refused, Setting};
use proptest::prelude::*;
use proptest::sample::select;

/// How a book is laid out, apart from what it says.
#[derive(Clone, Debug)]
struct Layout {
    newline: &'static str,
    mark: &'static str,
    has_last_newline: bool,
    equals: &'static str,
    head: Vec<&'static str>,
    foot: Vec<&'static str>,
}

/// Lines before the contacts. `\n` becomes the newline of the layout.
const HEADS: [&str; 7] = [
    "# My network.\n",
    "\n",
    "format = 1\n\n",
    "[week]\ntouches = 10 # [[contacts]]\n\n",
    "# a\n[buckets.clients] # they pay the rent\ncadence = \"4 weeks\"\n\n",
    "[ buckets . \"old friends\" ]\n\tcadence='1y'\n\tshare = 2\n\n",
    "[extra]\nnote = '''\n[[contacts]]\nname = 1\n'''\n",
];

const FOOTS: [&str; 5] = [
    "\n",
    "# the end\n",
    "\n# --- foot ---\n",
    "[buckets.late]\ncadence = \"1d\"\n",
    "   \n",
];

/// The lines of one contact after its name; `=` with blanks becomes the layout's equals sign.
const FIELDS: [&str; 12] = [
    "bucket = 'clients'\n",
    "email = [\n  'a@b.example', # work, old\n  \"c@d.example\"\n]\n",
    "phone = \"+1 555\" # \"quoted\" ] }\n",
    "met = '''\nsaid:\n# nothing'''\n",
    "notes = \"\"\"\n[[contacts]]\nname = \\\"not one\\\"\n\"\"\"\n",
    "\"my key\" = { deep = [ { a = 1 }, [ 2 ] ] }\n",
    "  tags   = ['x']\n",
    "friendly = true\n",
    "\n",
    "# a remark\n",
    "cadence = '2w'\n",
    "extra.dotted = 1\n",
];

/// The touches of one contact, always its last lines, so that blocks of their own may be among them.
const TOUCHES: [&str; 11] = [
    "",
    "touches = []\n",
    "touches = [ # none yet\n]\n",
    "touches = [{ on = 2026-01-10 }]\n",
    "touches = [{on=2026-01-10,via='call'}, {on=2026-03-01},]\n",
    "touches = [\n  { on = 2026-01-10, via = \"call\" },  # first, in a year\n]\n",
    "touches = [\n\t{ on = 2026-11-10, note = \"a, b # c\" },\n\t{ on = 2026-01-10 } # last, no comma\n]\n",
    "touches = [\n  { on = 2026-01-10 },\n  # older ones are on paper\n]\n",
    "touches = [\n  { on = 2026-01-10 }\n  , { on = 2026-01-11, mood = 'x' } ]\n",
    "[[contacts.touches]]\non = 2026-01-10\n",
    "\n  # met\n  [[ contacts.touches ]] # 1\n  on = 2026-01-10\n\n  [[ contacts.touches ]]\n  on = 2026-02-10\n  mood = 'good'\n",
];

/// Promises: the lines of them among the fields, and those after the touches.
const PROMISES: [(&str, &str); 12] = [
    ("", ""),
    ("promises = []\n", ""),
    ("promises = [ # none yet\n]\n", ""),
    ("promises = [{ what = 'call' }]\n", ""),
    (
        "promises = [{by=2026-11-25,what='send'}, {what=\"sit\"},] # two\n",
        "",
    ),
    (
        "promises = [\n  { by = 2026-11-25, what = \"send\" },  # at last, in a year\n]\n",
        "",
    ),
    (
        "promises = [\n\t{ by = 2026-11-25, what = \"a, b # c\" },\n\t{ what = 'sit' } # no day, no comma\n]\n",
        "",
    ),
    (
        "promises = [\n  { what = 'sit' },\n  # \"more\" are on paper\n]\n",
        "",
    ),
    (
        "promises = [\n  { what = 'sit' }\n  , { by = 2026-11-25, mood = 'x', what = 'send' } ]\n",
        "",
    ),
    ("", "[[contacts.promises]]\nwhat = 'sit'\n"),
    (
        "",
        "\n  # said\n  [[ contacts.promises ]] # 1\n  by = 2026-11-25\n  what = 'send'\n\n  [[ contacts.promises ]]\n  what = 'sit'\n  mood = 'good'\n",
    ),
    ("", "[[contacts.promises]]\nwhat = '''\n# sit\n'''\n"),
];

/// Dates: the lines of them among the fields, and those after the touches.
const DATES: [(&str, &str); 8] = [
    ("", ""),
    ("", ""),
    ("dates = [ # none yet\n]\n", ""),
    (
        "dates = [{on='--06-01',what='wedding'}, {what=\"move\", on=2014-02-28},] # two\n",
        "",
    ),
    (
        "dates = [\n  { on = '--06-01', what = 'wedding' },  # hers\n  # more\n  { on = 2014-06-01, what = 'Wedding', mood = 1 }\n]\n",
        "",
    ),
    ("", "[[contacts.dates]]\non = '--06-01'\nwhat = 'wedding'\n"),
    (
        "",
        "\n  # days\n  [[ contacts.dates ]] # 1\n  on = 2014-06-01\n  what = 'wedding'\n\n  [[ contacts.dates ]]\n  on = '--02-29'\n  what = 'move'\n  mood = 'good'\n",
    ),
    (
        "",
        "[[contacts.dates]]\nwhat = '''\n# sit\n'''\non = '--06-01'\n",
    ),
];

/// What touches are read from: the lines of it before a book, and those after it.
const SOURCES: [(&str, &str); 6] = [
    ("", ""),
    (
        "sources.me = 'sam@keeper.example' # me\nsources . ignored = '2026-11-04 email Bo'\n",
        "",
    ),
    (
        "sources = { me = [], ignored = ['2026-11-04 email Bo' , \"2026-11-05 call Ana\"] }\n",
        "",
    ),
    (
        "# what\n[sources]\n\tmail='~/Mail'\n\tignored = [ # gone\n\t'2026-11-04 email Bo', # why\n\t'soon'\n]\n[extras]\n",
        "",
    ),
    (
        "",
        "\n[sources] # what\nuntil = 2026-01-01\nignored = [\n  '2026-11-04 email Bo', '2026-11-05 call Ana'\n  , '2026-11-06 email Bo'\n] # gone",
    ),
    ("", "\n[sources]\n"),
];

/// Whose cards are shared: before a book, and after it.
const CARDS: [(&str, &str); 6] = [
    ("", ""),
    ("sync.who = 'clients' # paying\n", ""),
    (
        "sync = { who = ['clients' , \"old friends\"], cards = 'c' }\n",
        "",
    ),
    (
        "# phone\n[sync]\n\twho = [ # mine\n\t'old friends', # why\n\t'clients'\n]\n[extras]\n",
        "",
    ),
    ("", "\n[sync] # phone\nwho=\"all\"\n"),
    ("", "\n[sync]\nwho = ['clients', 'late', 'clients']"),
];

/// A plan: the lines of it among the fields, and those after the touches.
const PLANS: [(&str, &str); 6] = [
    ("", ""),
    ("next = { on = 2026-12-01, what = 'send' } # soon\n", ""),
    ("next.on = 2026-12-01\n", ""),
    (
        "next . what = 'send'\ncity = 'Oslo'\nnext.on = 2026-12-01 # soon\n",
        "",
    ),
    ("", "# why\n[contacts.next]\non = 2026-12-01\n"),
    (
        "",
        "\n  [ contacts . next ]\n  on = 2026-12-01\n  what = \"send\"\n",
    ),
];

const AFTERS: [&str; 5] = [
    "",
    "\n",
    "# under\n",
    "# under\n\n# divider\n\n",
    "\n# above the next\n",
];

/// A contact: the indentation of its header, the fields, the plan, the dates, the promises, the touches, what comes after.
type Parts = (
    &'static str,
    Vec<&'static str>,
    (&'static str, &'static str),
    (&'static str, &'static str),
    (&'static str, &'static str),
    &'static str,
    &'static str,
);

fn contact() -> impl Strategy<Value = Parts> {
    (
        select(vec![
            "[[contacts]]\n",
            "  [[contacts]] # who\n",
            "[[ \"contacts\" ]]\n",
        ]),
        proptest::sample::subsequence(FIELDS.to_vec(), 0..6),
        select(PLANS.to_vec()),
        select(DATES.to_vec()),
        select(PROMISES.to_vec()),
        select(TOUCHES.to_vec()),
        select(AFTERS.to_vec()),
    )
}

fn layout() -> impl Strategy<Value = Layout> {
    (
        select(vec!["\n", "\r\n"]),
        select(vec!["", "\u{feff}"]),
        any::<bool>(),
        select(vec![" = ", "=", "\t= "]),
        proptest::sample::subsequence(HEADS.to_vec(), 0..=HEADS.len()),
        proptest::sample::subsequence(FOOTS.to_vec(), 0..3),
    )
        .prop_map(
            |(newline, mark, has_last_newline, equals, head, foot)| Layout {
                newline,
                mark,
                has_last_newline,
                equals,
                head,
                foot,
            },
        )
}

/// A book that reads without a broken line.
fn book() -> impl Strategy<Value = String> {
    book_of(0)
}

/// Such a book, with at least this many contacts.
fn book_of(least: usize) -> impl Strategy<Value = String> {
    (layout(), prop::collection::vec(contact(), least..5)).prop_map(|(layout, contacts)| {
        let mut text = layout.head.concat();
        for (at, contact) in contacts.iter().enumerate() {
            let (header, fields, plan, dates, promises, touches, after) = contact;
            let (plan, table) = plan;
            let (dates, days) = dates;
            let (promises, blocks) = promises;
            let name = ["Ana Ruiz", "José", "李小龙", "O'Brien", "Bo"][at];
            let fields = fields.concat();
            text.push_str(&format!(
                "{header}name = \"{name}\"
{fields}{plan}{dates}{promises}{touches}{table}{days}{blocks}{after}"
            ));
        }
        text.push_str(&layout.foot.concat());
        let text = text
            .replace(" = ", layout.equals)
            .replace('\n', layout.newline);
        let text = format!("{}{text}", layout.mark);
        if layout.has_last_newline {
            text
        } else {
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
    })
}

/// A book with sources.
fn with_sources() -> impl Strategy<Value = String> {
    (book(), select(SOURCES.to_vec())).prop_map(|(text, (before, after))| {
        let book = text.trim_start_matches('\u{feff}');
        format!("{before}{book}{after}")
    })
}

/// A book that says whose cards are shared.
fn with_cards() -> impl Strategy<Value = String> {
    (book(), select(CARDS.to_vec())).prop_map(|(text, (before, after))| {
        let book = text.trim_start_matches('\u{feff}');
        format!("{before}{book}{after}")
    })
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (1..3000_i64).prop_map(|days| {
        NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + chrono::Duration::days(days)
    })
}

/// Any text, including text that TOML must escape and text that looks like TOML.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,12}",
        "[a-z\"'\\\\#\\[\\]\n\r\t\u{0}\u{1b}\u{202e}]{1,12}",
        Just("\"\"\"\n[[contacts]]".to_owned()),
    ]
}

fn touch() -> impl Strategy<Value = Touch> {
    let direction = select(vec![None, Some(Direction::Out), Some(Direction::In)]);
    (
        day(),
        proptest::option::of(text()),
        direction,
        proptest::option::of(text()),
        proptest::option::of(text()),
        proptest::option::of(text()),
        proptest::option::of(text()),
    )
        .prop_map(|(on, via, direction, note, gave, got, source)| {
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

/// The same touch as someone logs it.
fn by_hand(touch: Touch) -> Touch {
    let words = Words {
        source: None,
        ..touch.words().clone()
    };
    touch.with(words)
}

fn ignored() -> impl Strategy<Value = IgnoredTouch> {
    (day(), proptest::option::of("[a-z é]{0,6}"), text()).prop_filter_map(
        "it has a name",
        |(on, via, name)| {
            let ignored = IgnoredTouch::new(on, via.as_deref(), &name);
            ignored
                .to_string()
                .parse()
                .ok()
                .filter(|read| *read == ignored)
        },
    )
}

fn promise() -> impl Strategy<Value = Promise> {
    let what = text().prop_filter("it must say something", |what| !what.trim().is_empty());
    (proptest::option::of(day()), what).prop_map(|(by, what)| Promise { by, what })
}

fn dates() -> impl Strategy<Value = Vec<OtherDay>> {
    let on = prop_oneof![
        day().prop_map(AnnualDay::Date),
        select(vec!["--06-01", "--02-29", "2014-06-01"])
            .prop_map(|text| text.parse().expect("a day")),
    ];
    let what = prop_oneof![
        select(vec!["wedding", "move"]).prop_map(str::to_owned),
        text().prop_filter("it must say something", |what| !what.trim().is_empty()),
    ];
    let date = (on, what).prop_map(|(on, what)| OtherDay { on, what });
    prop::collection::vec(date, 1..4)
}

fn field_and_value() -> impl Strategy<Value = (Field, Option<Value>)> {
    prop_oneof![
        text().prop_map(|text| (Field::City, Some(Value::Text(text)))),
        text().prop_map(|text| (Field::Notes, Some(Value::Text(text)))),
        text().prop_map(|text| (Field::Name, Some(Value::Text(format!("x{text}"))))),
        prop::collection::vec(text(), 1..4)
            .prop_map(|list| (Field::Email, Some(Value::List(list)))),
        day().prop_map(|day| (Field::Birthday, Some(Value::Day(day)))),
        day().prop_map(|day| (Field::Paused, Some(Value::Day(day)))),
        dates().prop_map(|dates| (Field::Dates, Some(Value::Dates(dates)))),
        Just((Field::Friendly, Some(Value::Flag(true)))),
        (day(), proptest::option::of(text()))
            .prop_map(|(on, what)| (Field::Next, Some(Value::Next(Next { on, what })))),
        select(vec![
            Field::Email,
            Field::Phone,
            Field::Next,
            Field::Notes,
            Field::Tags,
            Field::Dates,
            Field::Friendly,
            Field::Bucket
        ])
        .prop_map(|field| (field, None)),
    ]
}

fn address() -> impl Strategy<Value = String> {
    "[a-zé.+]{0,6}[a-z]@[a-z]{1,6}[.]example"
}

/// A new contact, with a name that no book has.
fn newcomer() -> impl Strategy<Value = Contact> {
    (
        text(),
        prop::collection::vec(promise(), 0..3),
        prop::collection::vec(touch(), 0..3),
        prop::collection::vec(field_and_value(), 0..5),
    )
        .prop_map(|(name, promises, touches, fields)| {
            let mut contact = Contact {
                promises,
                touches,
                ..Contact::default()
            };
            for (field, value) in fields {
                contact.set(field, value);
            }
            contact.name = format!("New {name}");
            contact
        })
}

/// The result of edits, with the text in one part.
struct Changed {
    text: String,
    book: Book,
}

/// Applies edits, and checks what must hold for each: it is made or refused for its shape, and reads back as intended.
fn change(text: &str, edits: &[Edit]) -> Option<Changed> {
    let before = read(text).unwrap_or_else(|problems| panic!("{text:?}: {problems:?}"));
    match apply(text, &before, edits) {
        Ok(change) => {
            let text = change.text.to_string();
            assert!(change.text.is(&text));
            let after = read(&text).unwrap_or_else(|problems| panic!("{text:?}: {problems:?}"));
            assert_eq!(after.book, change.book, "{text:?}");
            let book = change.book;
            Some(Changed { text, book })
        }
        // A bucket or a key in a shape that is not edited, or a contact in an unknown bucket.
        Err(Refused::Unsupported(_) | Refused::HasProblems { .. }) => None,
        Err(refused) => panic!("{refused:?} for {edits:?} on {text:?}"),
    }
}

/// Whether `new` is `old` with bytes put in.
fn is_only_longer(old: &str, new: &str) -> bool {
    let mut new = new.bytes();
    old.bytes().all(|byte| new.any(|other| other == byte))
}

/// Whether `new` is `old`, and at most the line end and the blank line that a new table needs above it.
fn is_but_for_a_blank_line(new: &str, old: &str) -> bool {
    let rest = new.strip_prefix(old);
    rest.is_some_and(|rest| ["", "\n", "\r\n", "\n\n", "\r\n\r\n"].contains(&rest))
}

fn people(text: &str) -> Book {
    read(text).map(|read| read.book).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_book_can_be_read_and_edited(text in book()) {
        let read = read(&text).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        prop_assert!(apply(&text, &read, &[]).is_ok_and(|change| change.text.is(&text)));
    }

    #[test]
    fn setting_the_current_value_changes_nothing(text in book()) {
        for (id, contact) in people(&text).contacts.iter().enumerate() {
            for field in Field::ALL {
                let edit = Edit::Set { contact: ContactId(id), field, value: contact.get(field) };
                if let Some(change) = change(&text, &[edit]) {
                    prop_assert_eq!(&change.text, &text);
                }
            }
        }
    }

    #[test]
    fn logging_only_adds_and_deleting_undoes_it(text in book(), touch in touch()) {
        let touch = by_hand(touch);
        for id in 0..people(&text).contacts.len() {
            let contact = ContactId(id);
            let Some(logged) = change(&text, &[Edit::Log { contact, touch: touch.clone() }]) else { continue };
            let is_first = people(&text).contacts[id].touches.is_empty() && text.contains("touches");
            if !is_first {
                prop_assert!(is_only_longer(&text, &logged.text), "{:?}", logged.text);
            }
            let index = logged.book.contact(contact).touches.len() - 1;
            let back = change(&logged.text, &[Edit::DeleteTouch { contact, index }]);
            if !is_first {
                prop_assert_eq!(back.map(|back| back.text), Some(text.clone()));
            }
        }
    }

    #[test]
    fn promising_only_adds_and_keeping_undoes_it(text in book(), promise in promise()) {
        for id in 0..people(&text).contacts.len() {
            let contact = ContactId(id);
            let Some(promised) = change(&text, &[Edit::AddPromise { contact, promise: promise.clone() }]) else { continue };
            let promises = &promised.book.contact(contact).promises;
            prop_assert_eq!(promises.last(), Some(&promise));
            let index = promises.len() - 1;
            // An empty array does not come back.
            let is_first = index == 0 && text.contains("promises");
            if is_first {
                continue;
            }
            prop_assert!(is_only_longer(&text, &promised.text), "{:?}", promised.text);
            let back = change(&promised.text, &[Edit::RemovePromise { contact, index }]);
            prop_assert_eq!(back.map(|back| back.text), Some(text.clone()));
        }
    }

    #[test]
    fn keeping_promises_leaves_all_other_bytes(text in book()) {
        for (id, before) in people(&text).contacts.iter().enumerate() {
            let contact = ContactId(id);
            for index in 0..before.promises.len() {
                let Some(kept) = change(&text, &[Edit::RemovePromise { contact, index }]) else { continue };
                prop_assert!(is_only_longer(&kept.text, &text), "{:?}", kept.text);
                let mut expected = before.promises.clone();
                expected.remove(index);
                prop_assert_eq!(&kept.book.contact(contact).promises, &expected);
            }
            // All of them, from the last: the key goes, or an array stays with its comments.
            let all: Vec<Edit> = (0..before.promises.len())
                .rev()
                .map(|index| Edit::RemovePromise { contact, index })
                .collect();
            prop_assert!(change(&text, &all).is_none_or(|kept| kept.book.contact(contact).promises.is_empty()));
        }
    }

    #[test]
    fn adding_only_adds_at_the_end_and_removing_leaves_the_rest(text in book(), newcomer in newcomer()) {
        let id = ContactId(people(&text).contacts.len());
        let mut newcomer = newcomer;
        newcomer.bucket = None;
        let added = change(&text, &[Edit::Add(Box::new(newcomer))]);
        let added = added.ok_or_else(|| TestCaseError::fail("it can always be added"))?;
        prop_assert!(added.text.starts_with(&text), "{:?}", added.text);
        let back = change(&added.text, &[Edit::Remove(id)]);
        prop_assert!(back.is_some_and(|back| is_but_for_a_blank_line(&back.text, &text)));
    }

    #[test]
    fn adds_many_at_once(text in book(), newcomers in prop::collection::vec(newcomer(), 2..4)) {
        let edits: Vec<Edit> = newcomers
            .into_iter()
            .enumerate()
            .map(|(at, contact)| Contact { name: format!("{} {at}", contact.name), bucket: None, ..contact })
            .map(|contact| Edit::Add(Box::new(contact)))
            .collect();
        prop_assert!(change(&text, &edits).is_some_and(|added| is_only_longer(&text, &added.text)));
    }

    #[test]
    fn removing_removes_one_contact_and_no_other(text in book_of(1), which in any::<prop::sample::Index>()) {
        let book = people(&text);
        let id = which.index(book.contacts.len());
        let removed = change(&text, &[Edit::Remove(ContactId(id))]);
        let removed = removed.ok_or_else(|| TestCaseError::fail("it can always be removed"))?;
        // The text is cut at one place, and only from a header or its comments to the next ones.
        let length = text.len() - removed.text.len();
        let end = |at: &usize| text[..*at] == removed.text[..*at] && text[at + length..] == removed.text[*at..];
        let cut = (0..=removed.text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + length));
        let cut = cut.filter(|at| removed.text.is_char_boundary(*at)).find(end);
        let cut = cut.ok_or_else(|| TestCaseError::fail("the rest changed"))?;
        let removed_text = &text[cut..cut + length];
        prop_assert_eq!(removed_text.matches("name").count() > 0, true, "{:?}", removed_text);
        let names = |book: &Book| book.contacts.iter().map(|contact| contact.name.clone()).collect::<Vec<_>>();
        let mut expected = names(&book);
        expected.remove(id);
        prop_assert_eq!(names(&removed.book), expected);
    }

    #[test]
    fn removing_several_leaves_the_others(text in book()) {
        let book = people(&text);
        let edits: Vec<Edit> = (0..book.contacts.len()).step_by(2).map(|id| Edit::Remove(ContactId(id))).collect();
        let left = change(&text, &edits).map(|change| change.book.contacts.len());
        prop_assert_eq!(left, Some(book.contacts.len() / 2));
    }

    #[test]
    fn moving_a_touch_keeps_its_keys_and_every_comment(text in book_of(2)) {
        let book = people(&text);
        let marks = |text: &str| ["mood", "#", "[[ \"contacts\" ]]", "my key"].map(|mark| text.matches(mark).count());
        let ids = || (0..book.contacts.len()).map(ContactId);
        for (from, to) in ids().flat_map(|from| ids().map(move |to| (from, to))).filter(|(from, to)| from != to) {
            for index in 0..book.contact(from).touches.len() {
                let at = book.contact(to).touches.len() / 2;
                let Some(moved) = change(&text, &[Edit::MoveTouch { from, index, to, at }]) else { continue };
                prop_assert_eq!(marks(&moved.text), marks(&text), "{}", moved.text);
                let touch = &book.contact(from).touches[index];
                prop_assert_eq!(&moved.book.contact(to).touches[at], touch);
            }
        }
    }

    #[test]
    fn any_edits_of_contacts_read_back_as_intended(
        text in book_of(1),
        edits in prop::collection::vec((any::<prop::sample::Index>(), field_and_value(), touch(), promise(), 0..7), 1..6),
    ) {
        let mut model = people(&text);
        let mut asked = Vec::new();
        for (which, (field, value), touch, promise, kind) in edits {
            let contact = ContactId(which.index(model.contacts.len()));
            let touches = model.contacts[contact.0].touches.len();
            let promises = model.contacts[contact.0].promises.len();
            let edit = match kind {
                0 => Edit::Log { contact, touch },
                1 if touches > 0 => Edit::Amend { contact, index: which.index(touches), touch },
                2 if touches > 0 => Edit::DeleteTouch { contact, index: which.index(touches) },
                4 => Edit::AddPromise { contact, promise },
                5 if promises > 0 => Edit::RemovePromise { contact, index: which.index(promises) },
                6 if promises > 0 => Edit::AmendPromise { contact, index: which.index(promises), promise },
                _ if field == Field::Name => continue,
                _ => Edit::Set { contact, field, value },
            };
            match &edit {
                Edit::Log { contact, touch } => model.contact_mut(*contact).touches.push(touch.clone()),
                Edit::Amend { contact, index, touch } => {
                    // A channel, a direction or a note that is not given stays.
                    let old = &mut model.contact_mut(*contact).touches[*index];
                    let (new, known) = (touch.words().clone(), old.words().clone());
                    let words = Words {
                        via: new.via.or(known.via),
                        note: new.note.or(known.note),
                        gave: new.gave.or(known.gave),
                        got: new.got.or(known.got),
                        source: new.source.or(known.source),
                    };
                    *old = Touch::on(touch.on).toward(touch.direction.or(old.direction)).with(words);
                    asked.push(Edit::Amend { contact: *contact, index: *index, touch: old.clone() });
                    continue;
                }
                Edit::DeleteTouch { contact, index } => drop(model.contact_mut(*contact).touches.remove(*index)),
                Edit::AddPromise { contact, promise } => model.contact_mut(*contact).promises.push(promise.clone()),
                Edit::AmendPromise { contact, index, promise } => {
                    model.contact_mut(*contact).promises[*index] = promise.clone();
                }
                Edit::RemovePromise { contact, index } => drop(model.contact_mut(*contact).promises.remove(*index)),
                Edit::Set { contact, field, value } => model.contact_mut(*contact).set(*field, value.clone()),
                _ => {}
            }
            asked.push(edit);
        }
        if let Some(change) = change(&text, &asked) {
            prop_assert_eq!(change.book.contacts, model.contacts);
        }
    }

    #[test]
    fn adds_changes_and_removes_buckets(text in book(), name in "[a-z .\"\\\\'é]{1,6}", share in 1..9_u32, size in prop::option::of(0..99_u32)) {
        prop_assume!(people(&text).bucket(&name).is_none());
        let bucket = Bucket { name: name.clone(), cadence: "3 weeks".parse().ok(), limit: None, share, size };
        let added = change(&text, &[Edit::AddBucket(bucket)]).ok_or_else(|| TestCaseError::fail("it can be added"))?;
        prop_assert!(is_only_longer(&text, &added.text), "{:?}", added.text);
        let settings = [Setting::Cadence("5 days".parse().expect("a cadence")), Setting::Size(Some(7))];
        // A size can only be removed where there is one.
        for setting in settings.into_iter().chain(size.map(|_| Setting::Size(None))) {
            let set = Edit::SetBucket { name: name.clone(), setting };
            prop_assert!(change(&added.text, &[set]).is_some());
        }
        let back = change(&added.text, &[Edit::RemoveBucket(name)]);
        prop_assert!(back.is_some_and(|back| is_but_for_a_blank_line(&back.text, &text)));
    }

    #[test]
    fn whose_cards_are_shared_follows_the_buckets(text in with_cards(), to in select(vec!["paying", "all", "bucketed"])) {
        let before = people(&text);
        let shared = before.sync.who.buckets();
        for bucket in &before.buckets {
            let name = &bucket.name;
            let renamed = change(&text, &[Edit::RenameBucket { name: name.clone(), to: to.to_owned() }]);
            let Some(renamed) = renamed else { continue };
            let expected: Vec<&str> = shared.iter().map(|one| if one == name { to } else { one }).collect();
            prop_assert_eq!(renamed.book.sync.who.buckets(), expected, "{:?}", &renamed.text);
            let back = Edit::RenameBucket { name: to.to_owned(), to: name.clone() };
            let back = change(&renamed.text, &[back]).ok_or_else(|| TestCaseError::fail("it can be renamed back"))?;
            prop_assert_eq!(&back.book, &before);
            let Some(removed) = change(&text, &[Edit::RemoveBucket(name.clone())]) else { continue };
            let mut expected = before.sync.clone();
            if let CardScope::Buckets(names) = &mut expected.who {
                names.retain(|one| one != name);
            }
            prop_assert_eq!(&removed.book.sync, &expected, "{:?}", &removed.text);
        }
    }

    #[test]
    fn the_day_of_a_regrouping_only_adds_and_combines_with_other_edits(text in book(), touch in touch()) {
        let day = touch.on;
        let dated = change(&text, &[Edit::Regrouped(day)]).ok_or_else(|| TestCaseError::fail("it can be written"))?;
        prop_assert!(is_only_longer(&text, &dated.text), "{:?}", dated.text);
        prop_assert_eq!(dated.book.regrouped, Some(day));
        for contact in people(&text).ids() {
            let log = Edit::Log { contact, touch: touch.clone() };
            let (Some(logged), Some(both)) = (change(&text, std::slice::from_ref(&log)), change(&text, &[log, Edit::Regrouped(day)])) else { continue };
            prop_assert_eq!(both.book.regrouped, Some(day));
            prop_assert_eq!(&both.book.contacts, &logged.book.contacts);
            prop_assert!(is_only_longer(&logged.text, &both.text), "{:?}", both.text);
        }
    }

    #[test]
    fn sources_are_set_in_any_layout_and_combine_with_other_edits(
        text in with_sources(), touch in touch(), me in prop::collection::vec(address(), 0..3), until in proptest::option::of(day()),
        ignored in prop::collection::vec(ignored(), 0..4), fewer in any::<proptest::sample::Index>(),
    ) {
        let before = people(&text).sources;
        let sources = BookSources { me, until, ignored, ..before.clone() };
        let Some(set) = change(&text, &[Edit::Sources(sources.clone().into())]) else { return Ok(()) };
        prop_assert_eq!(&set.book.sources, &sources);
        let again = change(&set.text, &[Edit::Sources(sources.clone().into())]);
        prop_assert_eq!(again.map(|again| again.text), Some(set.text.clone()));
        let mut less = sources.clone();
        if !less.ignored.is_empty() {
            less.ignored.remove(fewer.index(less.ignored.len()));
        }
        let less = change(&set.text, &[Edit::Sources(less.into())]).ok_or_else(|| TestCaseError::fail("one can be taken out"))?;
        prop_assert!(is_only_longer(&less.text.replace(',', ""), &set.text.replace(',', "")), "{:?}", less.text);
        for contact in people(&text).ids() {
            let log = Edit::Log { contact, touch: touch.clone() };
            let Some(logged) = change(&text, std::slice::from_ref(&log)) else { continue };
            let both = change(&text, &[log, Edit::Sources(sources.clone().into())]).ok_or_else(|| TestCaseError::fail("both can be made"))?;
            prop_assert_eq!(&both.book.contacts, &logged.book.contacts);
            prop_assert_eq!(&both.book.sources, &sources);
        }
    }

    #[test]
    fn what_was_read_and_is_deleted_is_ignored(text in with_sources(), touch in touch()) {
        let before = people(&text);
        for contact in before.ids() {
            let Some(logged) = change(&text, &[Edit::Log { contact, touch: touch.clone() }]) else { continue };
            prop_assert_eq!(&logged.book.sources, &before.sources);
            let index = logged.book.contact(contact).touches.len() - 1;
            let Some(back) = change(&logged.text, &[Edit::DeleteTouch { contact, index }]) else { continue };
            prop_assert_eq!(&back.book.contacts, &before.contacts);
            let name = &before.contact(contact).name;
            let ignored = |touch: &Touch| IgnoredTouch::new(touch.on, touch.words().via.as_deref(), name);
            let is_there = before.contact(contact).touches.iter().any(|other| ignored(other) == ignored(&touch));
            if touch.source().is_some() && !is_there {
                prop_assert!(back.book.sources.ignores(&ignored(&touch)), "{:?}", back.text);
            } else {
                prop_assert_eq!(&back.book.sources, &before.sources);
            }
        }
    }

    #[test]
    fn rewriting_with_the_same_lines_changes_nothing(text in book_of(1)) {
        let file = BookFile::create(Path::new("book.toml"), None, &text).expect("a book");
        for contact in file.book().ids() {
            let lines = file.lines_of(contact).expect("its lines").to_owned();
            match file.change(&[Edit::Rewrite { contact, text: lines }]) {
                Ok(change) => prop_assert_eq!(change.text.to_string(), text.as_str()),
                // A contact in an unknown bucket needs another one when it is edited.
                Err(err) => {
                    let told = format!("{err:?}");
                    prop_assert!(told.contains("there is no bucket"), "{}", told);
                }
            }
        }
    }
}
