//! An editor that loaded the book saves over what netkeep has written since: it is told, and all of it can be put back.
//!
//! What is right comes from a twin: the same book, in which the editor saved before netkeep wrote. Both are played at one
//! place, one after the other.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use netkeep::domain::Book;
use netkeep::store::{MergeSide, merge_books, read};

use crate::bench::{Bench, Chance, Snapshot, times, two_at_a_time_at};

const BOOK: &str = "\
# My network.
format = 1

[buckets.clients]
cadence = \"4 weeks\"

[buckets.friends]
cadence = \"2 months\"

# Met in Madrid.
[[contacts]]
name = \"Ana Ruiz\"
bucket = \"clients\"
city = \"Madrid\"
notes = \"\"\"
Two kids.
Prefers mornings.
\"\"\"
touches = [
  { on = 2026-06-01, via = \"call\", note = \"first\" },
  { on = 2026-10-02, via = \"call\" },  # a good one
]

[[contacts]]
name = \"Bo Lind\"
bucket = \"friends\"
city = \"Lund\"
notes = \"\"\"
Sails.
\"\"\"
touches = [
  { on = 2026-06-01, via = \"letter\", note = \"first\" },
  { on = 2026-11-10, via = \"letter\" },
]

[[contacts]]
name = \"Cem Kaya\"
bucket = \"clients\"
email = \"cem@x.example\"
touches = [
  { on = 2026-06-01, note = \"first\" },
  { on = 2026-09-10, via = \"call\" },
]

[[contacts]]
name = \"Dan Ek\"
shoe = 42

[[contacts]]
name = \"Eve Moe\"
touches = [
  { on = 2026-06-01, note = \"first\" },
]
";

/// Those that an editor changes; the others may be removed.
const EDITED: [&str; 3] = ["Ana Ruiz", "Bo Lind", "Eve Moe"];

const LAST: &[&str] = &["log", "eve", "-d", "2026-11-01", "-m", "afterwards"];

const LAST_AGAIN: &[&str] = &["log", "eve", "-d", "2026-11-02", "-m", "once more"];

pub(crate) fn one<T: Copy>(chance: &mut Chance, of: &[T]) -> T {
    let place = chance.below(of.len() as u64);
    of[usize::try_from(place).expect("small")]
}

/// A command, the `number`th of its case.
pub(crate) fn command(chance: &mut Chance, number: usize) -> Vec<String> {
    let who = one(chance, &["ana", "bo", "cem", "dan"]);
    let forms: &[&str] = &[
        "log WHO -m wrote%",
        "log WHO -v call",
        "log WHO",
        "log WHO -v email --out",
        "log WHO -d yesterday -m wrote%",
        "log WHO -d 2026-11-02 -v call --gave advice%",
        "log ana bo -v meeting -m both%",
        "log --amend WHO -m amended%",
        "log --delete WHO",
        "log WHO --next 2026-12-24 --promise gift%",
        "move WHO friends",
        "move WHO clients",
        "move WHO none",
        "snooze WHO --until 2026-12-07",
        "snooze WHO --until 2026-12-14",
        "skip WHO",
        "pause WHO",
        "pause WHO --until 2027-01-05",
        "resume WHO",
        "edit WHO --set city=Oslo",
        "edit WHO --set city=Bergen",
        "edit WHO --set city=Madrid",
        "edit WHO --unset city",
        "edit WHO --set tags+=tag%",
        "edit WHO --set phone+=+4670000000%",
        "edit WHO --set notes+=kept%",
        "edit dan --set shoe=%",
        "rename ana 'Ana R%'",
        "rename bo 'Bo the Elder'",
        "promise WHO promised%",
        "promise WHO '2026-12-0%: promised%'",
        "promise --done WHO",
        "add 'New% Person' -b friends --email new%@x.example",
        "add 'New% Alone'",
        "remove dan",
        "remove cem",
        "merge cem dan",
        "bucket add bucket% --cadence '3 weeks'",
        "bucket set clients --cadence '% weeks'",
        "bucket rename friends pals%",
        "import people.csv",
        "undo",
        "undo",
        "undo --redo",
    ];
    let form = one(chance, forms).replace("WHO", who);
    let form = form.replace('%', &(number + 2).to_string());
    shlex::split(&form).expect("words")
}

/// A command that does the same whether or not something was wiped.
fn later(chance: &mut Chance, number: u64) -> Vec<String> {
    let who = one(chance, &["ana", "bo", "eve"]);
    let forms: &[&str] = &[
        "promise WHO later%",
        "edit WHO --set tags+=later%",
        "edit WHO --set notes+=later%",
        "add 'Later% Person'",
    ];
    let form = one(chance, forms).replace("WHO", who);
    shlex::split(&form.replace('%', &number.to_string())).expect("words")
}

/// What an editor does to the text, the `number`th time. It adds lines that end as all others do.
fn edit(chance: &mut Chance, text: &str, number: usize) -> String {
    let plain = text.replace("\r\n", "\n");
    if plain != text {
        return edit(chance, &plain, number)
            .replace("\r\n", "\n")
            .replace('\n', "\r\n");
    }
    let who = one(chance, &EDITED);
    let name = format!("name = \"{who}\"\n");
    let after_name = |line: String| text.replacen(&name, &format!("{name}{line}"), 1);
    match chance.below(12) {
        0 => format!("{text}# typed{number}\n"),
        1 => text.replacen("# My", &format!("# typed{number}\n# My"), 1),
        2 => {
            // Two edits may be of one contact.
            let key = ["company", "title"][number];
            after_name(format!("{key} = \"Typed{number}\"\n"))
        }
        3 => after_name(format!("own{number} = {{ typed = {number} }}\n")),
        4 | 5 => {
            let first = "  { on = 2026-06-01";
            let (before, rest) = text.split_at(text.find(&name).unwrap_or(text.len()));
            let row = format!(
                "  {{ on = 2026-07-0{}, note = \"typed{number}\" }},\n{first}",
                number + 1
            );
            before.to_owned() + &rest.replacen(first, &row, 1)
        }
        6 => format!("{text}\n[[contacts]]\nname = \"Typed{number} Person\"\ncity = \"Rome\"\n"),
        7 => text.replacen("Two kids.\n", &format!("Two kids.\nTyped{number}.\n"), 1),
        8 => {
            let start = text.find(&name).unwrap_or(text.len());
            let (before, rest) = text.split_at(start);
            let row = rest.lines().find(|line| line.contains("\"first\""));
            let row = row.map_or(String::new(), |row| format!("{row}\n"));
            before.to_owned() + &rest.replacen(&row, "", 1)
        }
        9 => text.replace('\n', "\r\n"),
        10 => format!("\u{feff}{text}"),
        // A person sorts them.
        _ => {
            let mut parts: Vec<&str> = text.split("\n[[contacts]]\n").collect();
            parts[1..].reverse();
            let mut sorted = parts.join("\n[[contacts]]\n");
            if !sorted.ends_with('\n') {
                sorted.push('\n');
            }
            sorted
        }
    }
}

/// What a book says, in no order, with its comments.
pub(crate) fn content(text: &str) -> (Vec<String>, BTreeMap<String, usize>, String) {
    let read = read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    assert!(netkeep::store::read_by_toml(text).is_ok(), "{text}");
    let mut book: Book = read.book;
    let mut people: Vec<String> = Vec::new();
    for contact in &book.contacts {
        let mut contact = contact.as_ref().clone();
        contact.touches.sort_by_key(|touch| format!("{touch:?}"));
        contact
            .promises
            .sort_by_key(|promise| format!("{promise:?}"));
        contact.tags.sort();
        contact.phone.sort();
        let notes = contact.notes.take().unwrap_or_default();
        let mut notes: Vec<&str> = notes.lines().collect();
        notes.sort_unstable();
        people.push(format!("{contact:?} {notes:?}"));
    }
    people.sort();
    book.contacts.clear();
    book.buckets.sort_by(|one, two| one.name.cmp(&two.name));
    // Comments, and keys of one's own.
    let mut lines = BTreeMap::new();
    let is_own =
        |line: &&str| line.contains('#') || line.starts_with("own") || line.starts_with("shoe");
    for line in text.lines().filter(is_own) {
        let words = line.split_once('#').map_or(line, |(_, comment)| comment);
        *lines.entry(words.trim().to_owned()).or_default() += 1;
    }
    (people, lines, format!("{book:?}"))
}

/// A bench in which netkeep has written once, and how it is then.
pub(crate) fn bench() -> (Bench, Snapshot) {
    let bench = Bench::in_memory(BOOK);
    fs::write(
        bench.at("books/people.csv"),
        "name,email\nIda Berg,ida@x.example\nJon Dahl,jon@x.example\n",
    )
    .expect("written");
    bench.ok(&["log", "eve", "-m", "before"]);
    let start = Snapshot::of(&bench);
    (bench, start)
}

/// Runs them; returns those that changed the book. What was done before is not undone: the twin has something else there.
pub(crate) fn run(bench: &Bench, commands: &[Vec<String>]) -> Vec<bool> {
    let mut changes = 0_usize;
    let mut run = |command: &Vec<String>| {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let is_undo = words == ["undo"];
        if is_undo && changes == 0 {
            return false;
        }
        let before = bench.book();
        bench.run(&words);
        let is_change = bench.book() != before;
        changes = if is_undo {
            changes - 1
        } else {
            changes + usize::from(is_change)
        };
        is_change
    };
    commands.iter().map(&mut run).collect()
}

pub(crate) fn said(bench: &Bench, args: &[&str]) -> [String; 2] {
    let run = bench.ok(args);
    [run.stdout, run.stderr].map(|said| String::from_utf8_lossy(&said).into_owned())
}

/// A case: some commands, of which the editor has seen the first, and what is typed.
struct Case {
    before: Vec<Vec<String>>,
    after: Vec<Vec<String>>,
    edits: Vec<u64>,
    /// What is done after the editor has saved.
    later: Vec<Vec<String>>,
    /// Whether the editor saves the same buffer once more, with another line.
    is_saved_again: bool,
}

impl Case {
    fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed + 1);
        for _ in 0..8 {
            chance.below(2);
        }
        let before = usize::try_from(chance.below(3)).expect("small");
        let all = before + 1 + usize::try_from(chance.below(4)).expect("small");
        let mut commands: Vec<Vec<String>> = (0..all)
            .map(|number| command(&mut chance, number))
            .collect();
        let after = commands.split_off(before);
        let edits = chance.below(3);
        Self {
            before: commands,
            after,
            edits: (0..edits).map(|_| chance.below(1 << 30)).collect(),
            later: (0..chance.below(3))
                .map(|number| later(&mut chance, number))
                .collect(),
            is_saved_again: chance.below(4) == 0,
        }
    }

    fn edited(&self, text: &str) -> String {
        let edits = self.edits.iter().enumerate();
        edits.fold(text.to_owned(), |text, (number, seed)| {
            edit(&mut Chance::new(*seed + 1), &text, number)
        })
    }
}

/// What went wrong; nothing if the case says nothing. It starts from a book in which the first commands were run.
fn play(case: &Case, bench: &Bench, blind: &AtomicUsize) -> Option<String> {
    let loaded = bench.book();
    let buffer = case.edited(&loaded);
    let again = buffer.replacen("# My network.", "# My network, once more.", 1);
    let is_again = case.is_saved_again;
    let start = Snapshot::of(bench);
    let done = run(bench, &case.after);
    let last = bench.book();
    let written = Snapshot::of(bench);

    start.put_back(bench);
    let saved = if is_again { &again } else { &buffer };
    bench.write(saved);
    if run(bench, &case.after) != done {
        return None;
    }
    let twin_book = content(&bench.book());
    bench.ok(LAST);
    if is_again {
        bench.ok(LAST_AGAIN);
    }
    let twin_noticed = run(bench, &case.later);
    let right = content(&bench.book());

    written.put_back(bench);
    bench.write(&buffer);
    let is_wiped = twin_book != content(saved);
    let guessed = merge_books(&[&last], &last, &buffer)
        .map(|merge| merge.text(&vec![MergeSide::Theirs; merge.conflicts.len()]));
    if is_wiped && guessed.is_ok_and(|guessed| content(&guessed) != twin_book) {
        blind.fetch_add(1, Ordering::Relaxed);
    }
    let told = said(bench, LAST)[1].clone();
    let is_told = told.contains("`netkeep check --recover` restores what is lost");
    if is_told != is_wiped {
        return Some(format!("told: {is_told}\n{told}"));
    }
    if run(bench, &case.later) != twin_noticed {
        return None;
    }
    if is_again {
        bench.write(&again);
        bench.ok(LAST_AGAIN);
    }
    said(bench, &["check", "--recover"]);
    let is = content(&bench.book());
    if is != right {
        return Some(format!(
            "is: {is:#?}\nright: {right:#?}\n{told}\nloaded:\n{loaded}\nlast:\n{last}\nsaved:\n{buffer}\nrecovered:\n{}",
            bench.book()
        ));
    }
    let again = said(bench, &["check", "--recover"]);
    (again[0] != "Nothing to restore\n").then(|| format!("again: {again:?}"))
}

#[test]
fn everything_that_an_old_buffer_wiped_is_told_and_put_back() {
    let cases = times(2_000, 50_000) as u64;
    let (wrong, blind) = (std::sync::Mutex::new(Vec::new()), AtomicUsize::new(0));
    two_at_a_time_at(bench, (0..cases).collect(), |(bench, start), seed| {
        let case = Case::of(seed);
        start.put_back(bench);
        run(bench, &case.before);
        if let Some(why) = play(&case, bench, &blind) {
            let told = format!(
                "case {seed}: {:?}, loaded, {:?}, edits {:?}\n{why}",
                case.before, case.after, case.edits
            );
            wrong.lock().expect("nobody failed").push(told);
        }
    });
    let wrong = wrong.into_inner().expect("nobody failed");
    let shown: Vec<&String> = wrong.iter().take(5).collect();
    assert!(wrong.is_empty(), "{} of {cases}:\n{shown:#?}", wrong.len());
    // Control: where the newest version is taken for what the editor had loaded, nothing is put back.
    let blind = blind.into_inner() as u64;
    assert!(
        blind > cases / 2,
        "the harness is blind: {blind} of {cases}"
    );
}

/// Control of the alarm: who edits what the book is now is told nothing.
#[test]
fn an_edit_of_the_book_as_it_is_is_never_an_older_copy() {
    let cases = times(300, 10_000) as u64;
    two_at_a_time_at(bench, (0..cases).collect(), |(bench, start), seed| {
        let case = Case::of(seed);
        start.put_back(bench);
        run(bench, &case.before);
        run(bench, &case.after);
        let edited = case.edited(&bench.book());
        bench.write(&edited);
        let [_, told] = said(bench, LAST);
        assert!(
            !told.contains("older copy"),
            "{:?}\n{told}\n{edited}",
            case.after
        );
        let after = bench.book();
        assert_eq!(
            said(bench, &["check", "--recover"])[0],
            "Nothing to restore\n"
        );
        assert_eq!(bench.book(), after);
    });
}
