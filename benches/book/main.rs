//! The cost of the parts of a command, without the process around them: `cargo bench`, or `cargo bench -- due`.

#![allow(missing_docs, reason = "benchmarks")]

#[allow(
    clippy::cast_possible_truncation,
    dead_code,
    reason = "shared with an example"
)]
mod people;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use netkeep::domain::due::rule;
use netkeep::domain::find::by_name;
use netkeep::domain::find::filter::Filter;
use netkeep::domain::planning::{report, week};
use netkeep::domain::{Book, ContactId, Touch};
use netkeep::render::Sink;
use netkeep::render::views::list;
use netkeep::store::{self, Detail, Edit, ReadOnlyBook};

/// People, and touches per person; the last is a book of ten years.
const SIZES: [(u32, u32); 4] = [(100, 10), (1_000, 10), (10_000, 10), (1_000, 100)];

fn main() {
    divan::main();
}

fn text((people, touches): (u32, u32)) -> String {
    people::book(people, touches)
}

fn book(size: (u32, u32)) -> Book {
    store::read(&text(size)).expect("a book").book
}

fn today() -> NaiveDate {
    people::TODAY.parse().expect("a day")
}

fn file(size: (u32, u32)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book.toml");
    fs::write(&path, text(size)).expect("written");
    (folder, path)
}

mod read {
    use super::{Bencher, Detail, ReadOnlyBook, SIZES, black_box, file, store, text};

    /// From the text in memory, all of it.
    #[divan::bench(args = SIZES)]
    fn all(bencher: Bencher, size: (u32, u32)) {
        let text = text(size);
        bencher.bench(|| store::read(black_box(&text)));
    }

    /// The same, keeping only what due days depend on.
    #[divan::bench(args = SIZES)]
    fn days(bencher: Bencher, size: (u32, u32)) {
        let text = text(size);
        bencher.bench(|| store::read_in_detail(black_box(&text), Detail::Days));
    }

    /// From the file, as `due` does it.
    #[divan::bench(args = SIZES)]
    fn in_blocks(bencher: Bencher, size: (u32, u32)) {
        let (_folder, path) = file(size);
        bencher.bench(|| ReadOnlyBook::open(black_box(&path), None, Detail::Days));
    }

    /// With the crate `toml` alone.
    #[divan::bench(args = [SIZES[0], SIZES[1]])]
    fn by_toml(bencher: Bencher, size: (u32, u32)) {
        let text = text(size);
        bencher.bench(|| store::read_by_toml(black_box(&text)));
    }
}

/// Everyone's due day, in order.
#[divan::bench(args = SIZES)]
fn due(bencher: Bencher, size: (u32, u32)) {
    let book = book(size);
    bencher.bench(|| rule::all(black_box(&book), today()));
}

#[divan::bench(args = SIZES)]
fn week(bencher: Bencher, size: (u32, u32)) {
    let book = book(size);
    bencher.bench(|| week::plan(black_box(&book), today(), 10));
}

/// Everything that a report shows. All were brought by someone, each in three by the same person.
#[divan::bench(args = SIZES)]
fn report(bencher: Bencher, size: (u32, u32)) {
    let mut book = book(size);
    for (number, contact) in (0..).zip(&mut book.contacts) {
        let met = format!("RustConf 2024, through {}", people::name(number / 3));
        Arc::make_mut(contact).met = Some(met);
    }
    bencher.bench(|| report::report(black_box(&book), today(), None));
}

/// Finding the last person, making the edit and verifying it; nothing is written.
#[divan::bench(args = SIZES)]
fn log(bencher: Bencher, size: (u32, u32)) {
    let text = text(size);
    let read = store::read(&text).expect("a book");
    let contact = ContactId(read.book.contacts.len() - 1);
    let edit = [Edit::Log {
        contact,
        touch: Touch::on(today()),
    }];
    bencher.bench(|| store::apply(black_box(&text), &read, &edit));
}

/// Merging two books that grew from one: each side has a touch with one in a hundred people, and no two with the same.
#[divan::bench(args = SIZES)]
fn merge(bencher: Bencher, size: (u32, u32)) {
    let base = text(size);
    let [ours, theirs] = [0, 50].map(|first| logged(&base, first));
    bencher.bench(|| store::merge_books(black_box(&[&base]), &ours, &theirs));
}

/// A book with a touch of today with every hundredth of its people.
fn logged(text: &str, first: usize) -> String {
    let read = store::read(text).expect("a book");
    let log = |contact: ContactId| Edit::Log {
        contact,
        touch: Touch::on(today()),
    };
    let edits: Vec<Edit> = read.book.ids().skip(first).step_by(100).map(log).collect();
    let edited = store::apply(text, &read, &edits).expect("an edit");
    edited.text.to_string()
}

/// By the start of a name; no name matches exactly.
#[divan::bench(args = SIZES)]
fn find(bencher: Bencher, size: (u32, u32)) {
    let book = book(size);
    bencher.bench(|| by_name::find(black_box(&book), "bjö lund"));
}

/// By a text in any field.
#[divan::bench(args = SIZES)]
fn search(bencher: Bencher, size: (u32, u32)) {
    let book = book(size);
    let filter = Filter {
        texts: vec!["walnuts".to_owned()],
        ..Filter::default()
    };
    bencher.bench(|| {
        book.contacts
            .iter()
            .filter(|contact| filter.takes(contact))
            .count()
    });
}

/// The table of everyone.
#[divan::bench(args = SIZES)]
fn list(bencher: Bencher, size: (u32, u32)) {
    let book = book(size);
    let ids: Vec<ContactId> = book.ids().collect();
    bencher.bench(|| {
        let mut out = Vec::new();
        list::list(
            &mut Sink::new(&mut out, false, Some(100)),
            &book,
            &ids,
            today(),
        )
        .expect("written");
        out
    });
}
