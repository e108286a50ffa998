//! An editor saves an old buffer in which it has changed what netkeep has changed, removed, renamed or merged since, or typed
//! what netkeep wrote too: all else is told and put back.
//!
//! What is right is the merge of the three states, of which this knows the base. Nothing is typed that may be an edit of a row
//! that netkeep wrote: a newer state would be as near.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use netkeep::store::{MergeSide, merge_books};

use crate::bench::{Bench, Chance, times, two_at_a_time_at};
use crate::wiped::{bench, command, content, one, run, said};

const PEOPLE: [&str; 5] = ["Ana Ruiz", "Bo Lind", "Cem Kaya", "Dan Ek", "Eve Moe"];

/// What netkeep does to those that the editor changes.
fn contested_command(chance: &mut Chance, number: usize) -> Vec<String> {
    let forms: &[&str] = &[
        "remove WHO",
        "rename WHO 'Other% Name'",
        "rename WHO 'WHO Longer%'",
        "merge WHO eve",
        "edit WHO --set city=Oslo",
        "edit WHO --set tags+=tag% --set phone+=+4670000000%",
        "log WHO -v call -m wrote%",
        "bucket remove spare",
        "bucket rename spare pals%",
        "bucket set friends --cadence '% weeks'",
        "add 'New% Person' -b friends --email new%@x.example",
        "bucket add bucket% --cadence '3 weeks'",
        "undo",
    ];
    let who = one(chance, &["ana", "bo", "cem", "dan"]);
    let form = one(chance, forms).replace("WHO", who);
    let form = form.replace('%', &(number + 2).to_string());
    shlex::split(&form).expect("words")
}

/// What the editor does to a contact, or to a bucket.
fn contested_edit(chance: &mut Chance, text: &str) -> String {
    let who = one(chance, &PEOPLE);
    let name = format!("name = \"{who}\"\n");
    match chance.below(9) {
        0 => text.replacen(&name, &format!("{name}company = \"Typed\"\n"), 1),
        1 => text.replacen(&name, &format!("{name}own = \"typed\"\n"), 1),
        2 => text.replacen(&name, &format!("{name}# typed\n"), 1),
        3 => text.replacen(&name, &format!("name = \"{who} Typed\"\n"), 1),
        4 => text.replacen(
            "via = \"call\" },",
            "via = \"call\", note = \"typed\" },",
            1,
        ),
        5 => text.replacen("\"5 weeks\"", "\"7 weeks\"", 1),
        6 => text.replacen("\"2 months\"", "\"7 months\"\nshare = 3", 1),
        // Typed alike, but for a key.
        7 => format!("{text}\n[[contacts]]\nname = \"New3 Person\"\ncity = \"Rome\"\n"),
        _ => text.replacen(
            "[buckets.clients]",
            "[buckets.bucket3]\ncadence = \"9 weeks\"\n\n[buckets.clients]",
            1,
        ),
    }
}

/// What went wrong; `None` if all is well, or the case says nothing.
fn play(chance: &mut Chance, bench: &Bench, counts: &[AtomicUsize; 2]) -> Option<String> {
    let loaded = bench.book();
    let mut buffer = contested_edit(chance, &loaded);
    if chance.below(2) == 0 {
        buffer = contested_edit(chance, &buffer);
    }
    let number = 1 + usize::try_from(chance.below(4)).expect("small");
    let commands: Vec<Vec<String>> = (0..number)
        .map(|number| match chance.below(2) {
            0 => command(chance, number),
            _ => contested_command(chance, number),
        })
        .collect();
    run(bench, &commands);
    let last = bench.book();
    let merged = |base: &str| {
        let merge = merge_books(&[base], &last, &buffer).ok()?;
        Some(content(
            &merge.text(&vec![MergeSide::Theirs; merge.conflicts.len()]),
        ))
    };
    let right = merged(&loaded)?;
    let is_wiped = right != content(&buffer);
    counts[0].fetch_add(usize::from(is_wiped), Ordering::Relaxed);
    let is_guessed = merged(&last).is_some_and(|guessed| guessed == right);
    counts[1].fetch_add(usize::from(is_wiped && !is_guessed), Ordering::Relaxed);
    bench.write(&buffer);
    said(bench, &["check", "--recover"]);
    let is = content(&bench.book());
    if is != right {
        return Some(format!(
            "{commands:?}\nis: {is:#?}\nright: {right:#?}\nloaded:\n{loaded}\nlast:\n{last}\nsaved:\n{buffer}"
        ));
    }
    None
}

#[test]
fn what_an_old_buffer_wiped_is_found_whatever_else_it_changed() {
    let cases = times(1_000, 25_000);
    let (wrong, counts) = (
        Mutex::new(Vec::new()),
        [AtomicUsize::new(0), AtomicUsize::new(0)],
    );
    two_at_a_time_at(
        bench,
        (0..cases as u64).collect(),
        |(bench, start), seed| {
            let mut chance = Chance::new(seed + 1);
            for _ in 0..8 {
                chance.below(2);
            }
            start.put_back(bench);
            bench.ok(&["bucket", "add", "spare", "--cadence", "5 weeks"]);
            if let Some(why) = play(&mut chance, bench, &counts) {
                wrong
                    .lock()
                    .expect("nobody failed")
                    .push(format!("case {seed}: {why}"));
            }
        },
    );
    let wrong = wrong.into_inner().expect("nobody failed");
    let shown = wrong
        .iter()
        .take(5)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n\n");
    assert!(wrong.is_empty(), "{} of {cases}:\n{shown}", wrong.len());
    // Control: where the newest version is taken for what the editor had loaded, nothing is put back.
    let [wiped, blind] = counts.map(AtomicUsize::into_inner);
    assert!(
        wiped > cases / 2 && blind > wiped / 2,
        "the harness is blind: {blind} of {wiped}"
    );
}
