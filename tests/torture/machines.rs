//! Three machines with one book: whatever is done on each, and in whatever order they sync, all end with one content, and
//! nothing that anyone wrote is missing.
//!
//! Most cases run the merge in this process, with commits that are kept in memory and chosen between as git does; a few run
//! netkeep itself on three clones of a bare repository.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use netkeep::domain::{Contact, ContactId, Field, Promise, Touch, Value, Words};
use netkeep::store::{Edit, MergeSide, apply, merge_books, read, read_by_toml};

use crate::bench::{Chance, NETKEEP, has, times};
use crate::clones::Clones;

const START: &str = "\
# Our network.

[buckets.clients]
cadence = \"4 weeks\"

[buckets.friends]
cadence = \"2 months\"

# Met in Madrid.
[[contacts]]
name = \"Ana Ruiz\"
bucket = \"clients\"
email = \"ana@acme.example\"
notes = \"\"\"
Likes tea.
Has a dog.
\"\"\"
touches = [
  { on = 2026-10-02, via = \"call\" },  # a good one
  { on = 2026-11-02, via = \"email\" },
]

[[contacts]]
name = \"Bo Lind\"
city = \"Lund\"
tags = [\"rust\"]

[[contacts]]
name = \"Kim Jansen\"
bucket = \"friends\"
touches = [{ on = 2026-09-14, note = \"lunch\" }]

# The last one.
[[contacts]]
name = \"Zoe Park\"
";

/// What merges a book: bases, ours, theirs. Returns the text and the words that were chosen away.
type Merge = fn(&[&str], &str, &str, &mut Chance) -> Result<(String, BTreeSet<String>), String>;

/// A commit: its parents and its book.
struct Commit {
    parents: Vec<usize>,
    text: String,
}

/// One clone.
#[derive(Clone)]
struct Machine {
    head: usize,
    text: String,
}

struct World {
    commits: Vec<Commit>,
    /// The commit of the shared repository.
    shared: usize,
    machines: [Machine; 3],
    merge: Merge,
    chance: Chance,
    words: usize,
    written: BTreeSet<String>,
    /// What was taken out knowingly, or chosen away.
    taken_out: BTreeSet<String>,
    /// What happened, for a failure to be told.
    told: Vec<String>,
}

/// The words in a text that the test wrote: `w12w`.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_word = |part: &&str| {
        let inner = part
            .strip_prefix('w')
            .and_then(|rest| rest.strip_suffix('w'));
        inner.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()))
    };
    parts.filter(is_word).map(str::to_owned).collect()
}

impl World {
    fn new(seed: u64, merge: Merge) -> Self {
        let machine = Machine {
            head: 0,
            text: START.to_owned(),
        };
        Self {
            commits: vec![Commit {
                parents: vec![],
                text: START.to_owned(),
            }],
            shared: 0,
            machines: [machine.clone(), machine.clone(), machine],
            merge,
            chance: Chance::new(seed),
            words: 0,
            written: BTreeSet::new(),
            taken_out: BTreeSet::new(),
            told: vec![],
        }
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}w", self.words)
    }

    /// Someone changes the book of one machine.
    fn act(&mut self, at: usize) {
        let before = self.machines[at].text.clone();
        let word = self.word();
        let after = changed(&before, &word, &mut self.chance);
        let Some(after) = after.filter(|after| *after != before) else {
            return;
        };
        read(&after).unwrap_or_else(|problems| panic!("{problems:?}\n{after}"));
        let (old, new) = (words(&before), words(&after));
        self.taken_out.extend(old.difference(&new).cloned());
        self.written.extend(new.difference(&old).cloned());
        self.told.push(format!("{at} writes {word}"));
        self.machines[at].text = after;
    }

    /// The commits that both grew from and that no other one of these grew from.
    fn bases(&self, one: usize, other: usize) -> Vec<usize> {
        let [one, other] = [one, other].map(|commit| self.ancestors(commit));
        let common: Vec<usize> = one.intersection(&other).copied().collect();
        let is_best = |commit: &usize| {
            let mut others = common.iter().filter(|other| *other != commit);
            !others.any(|other| self.ancestors(*other).contains(commit))
        };
        common.iter().copied().filter(is_best).collect()
    }

    fn ancestors(&self, commit: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut left = vec![commit];
        while let Some(commit) = left.pop() {
            if found.insert(commit) {
                left.extend(&self.commits[commit].parents);
            }
        }
        found
    }

    fn commit(&mut self, parents: Vec<usize>, text: String) -> usize {
        self.commits.push(Commit { parents, text });
        self.commits.len() - 1
    }

    /// Commits what a machine has, and takes in `there`.
    fn take_in(&mut self, at: usize, there: usize) -> Result<(), String> {
        let Machine { head, text } = self.machines[at].clone();
        if self.commits[head].text != text {
            self.machines[at].head = self.commit(vec![head], text);
        }
        let head = self.machines[at].head;
        if self.ancestors(head).contains(&there) {
            return Ok(());
        }
        if self.ancestors(there).contains(&head) {
            self.machines[at] = Machine {
                head: there,
                text: self.commits[there].text.clone(),
            };
            return Ok(());
        }
        let bases = self.bases(head, there);
        let text = |commit: usize| self.commits[commit].text.as_str();
        let bases: Vec<&str> = bases.into_iter().map(text).collect();
        let (text, lost) = (self.merge)(&bases, text(head), text(there), &mut self.chance)?;
        self.taken_out.extend(lost);
        let head = self.commit(vec![head, there], text.clone());
        self.machines[at] = Machine { head, text };
        Ok(())
    }

    fn sync(&mut self, at: usize) -> Result<(), String> {
        self.told.push(format!("{at} syncs"));
        self.take_in(at, self.shared)?;
        self.shared = self.machines[at].head;
        Ok(())
    }

    /// Anything, in any order, then two syncs of each; what is wrong in the end.
    fn play(&mut self) -> Result<(), String> {
        for _ in 0..self.chance.below(24) + 6 {
            let at = self.below(3);
            match self.chance.below(10) {
                0..6 => self.act(at),
                // Without the shared repository, so that there are several bases.
                6 => {
                    let other = self.below(3);
                    self.told
                        .push(format!("{at} takes in what {other} committed"));
                    self.take_in(at, self.machines[other].head)?;
                }
                _ => self.sync(at)?,
            }
        }
        for _ in 0..2 {
            let first = self.below(3);
            let step = self.below(2) + 1;
            for turn in 0..3 {
                self.sync((first + turn * step) % 3)?;
            }
        }
        let [one, two, three] = &self.machines;
        if one.text != two.text || two.text != three.text {
            return Err("the machines differ".to_owned());
        }
        check(&one.text, &self.written, &self.taken_out)
    }

    fn below(&mut self, bound: u64) -> usize {
        usize::try_from(self.chance.below(bound)).expect("small")
    }
}

/// Everything that was written and not taken out is in the book, which can be read.
fn check(
    text: &str,
    written: &BTreeSet<String>,
    taken_out: &BTreeSet<String>,
) -> Result<(), String> {
    if let Err(problems) = read_by_toml(text) {
        return Err(format!("no book: {problems:?}"));
    }
    let there = words(text);
    let left: Vec<&String> = written.difference(taken_out).collect();
    let missing: Vec<&&String> = left.iter().filter(|word| !there.contains(**word)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("missing: {missing:?}"))
}

/// The book after a random command or an edit by hand, with `word` in it; `None` if there is nothing to do it to.
fn changed(text: &str, word: &str, chance: &mut Chance) -> Option<String> {
    let parsed = read(text).ok()?;
    let people = parsed.book.contacts.len();
    let who = ContactId(usize::try_from(chance.below(people.max(1) as u64)).ok()?);
    let contact = parsed.book.contacts.get(who.0);
    let edit = |edit: Edit| Some(apply(text, &parsed, &[edit]).ok()?.text.to_string());
    let set = |field, value| {
        edit(Edit::Set {
            contact: who,
            field,
            value: Some(value),
        })
    };
    match chance.below(17) {
        0..3 => edit(Edit::Log {
            contact: contact.map(|_| who)?,
            touch: Touch::on("2026-11-23".parse().ok()?).with(Words {
                note: Some(word.to_owned()),
                ..Words::default()
            }),
        }),
        3 => set(Field::City, Value::Text(format!("City {word}"))),
        4 => set(Field::Company, Value::Text(word.to_owned())),
        5 => {
            let mut tags = contact?.tags.clone();
            tags.push(word.to_owned());
            set(Field::Tags, Value::List(tags))
        }
        6 => {
            let notes = contact?.notes.clone().unwrap_or_default();
            let lines: Vec<&str> = notes.lines().collect();
            let at = usize::try_from(chance.below(lines.len() as u64 + 1)).ok()?;
            let mut lines: Vec<&str> = lines.clone();
            lines.insert(at, word);
            set(Field::Notes, Value::Text(lines.join("\n") + "\n"))
        }
        7 => edit(Edit::AddPromise {
            contact: contact.map(|_| who)?,
            promise: Promise {
                by: None,
                what: word.to_owned(),
            },
        }),
        8 => edit(Edit::RemovePromise {
            contact: who,
            index: contact?.promises.len().checked_sub(1)?,
        }),
        9 => edit(Edit::DeleteTouch {
            contact: who,
            index: contact?.touches.len().checked_sub(1)?,
        }),
        10 => edit(Edit::Remove(contact.filter(|_| people > 3).map(|_| who)?)),
        11 => edit(Edit::Add(Box::new(Contact {
            name: format!("New {word}"),
            bucket: Some("clients".to_owned()),
            ..Contact::default()
        }))),
        // A name that may be new on two machines.
        12 => {
            let name = ["Lee Moss", "Max Orr"][usize::try_from(chance.below(2)).ok()?];
            let is_there = parsed.book.contacts.iter().any(|other| other.name == name);
            edit(Edit::Add(Box::new(Contact {
                name: Some(name).filter(|_| !is_there)?.to_owned(),
                met: Some(word.to_owned()),
                ..Contact::default()
            })))
        }
        13 => set(Field::Name, Value::Text(format!("Name {word}"))),
        // By hand.
        14 => Some(text.replacen("[[contacts]]", &format!("# {word}\n[[contacts]]"), 1)),
        15 => {
            let name = format!("name = \"{}\"\n", contact?.name);
            text.contains(&name).then(|| {
                text.replacen(
                    &name,
                    &format!("{name}x_{word} = \"{word}\"  # {word}\n"),
                    1,
                )
            })
        }
        _ => {
            let blocks: Vec<&str> = text.split("\n\n").collect();
            let at = blocks
                .iter()
                .rposition(|block| block.starts_with("[[contacts]]"))?;
            let mut blocks = blocks.clone();
            let last = blocks.len() - 1;
            let block = blocks[at].trim_end();
            if at == last || text.contains("\n\n\n") || !is_whole(block) {
                return Some(format!("{text}\n# {word}\n"));
            }
            blocks.remove(at);
            let end = blocks.pop()?.trim_end().to_owned();
            Some(format!("{}\n\n{end}\n\n{block}\n", blocks.join("\n\n")))
        }
    }
}

/// Whether the part of a book is one contact, not a part of a note that has an empty line.
fn is_whole(block: &str) -> bool {
    block.matches("[[contacts]]").count() == 1 && read(&format!("{block}\n")).is_ok()
}

/// The merge of netkeep; of two values one is chosen by chance.
fn ours(
    bases: &[&str],
    ours: &str,
    theirs: &str,
    chance: &mut Chance,
) -> Result<(String, BTreeSet<String>), String> {
    let merge = merge_books(bases, ours, theirs)
        .map_err(|why| format!("{why:?}\nbases {bases:#?}\nours {ours}\ntheirs {theirs}"))?;
    let (mut choices, mut lost) = (Vec::new(), BTreeSet::new());
    for conflict in &merge.conflicts {
        let is_ours = chance.below(2) == 0;
        choices.push(if is_ours {
            MergeSide::Ours
        } else {
            MergeSide::Theirs
        });
        lost.extend(words(&conflict.values[usize::from(is_ours)]));
    }
    let text = merge.text(&choices);
    let there = words(&text);
    lost.retain(|word| !there.contains(word));
    Ok((text, lost))
}

/// How many of so many cases go wrong, and the first of them.
fn failures(cases: usize, merge: Merge) -> (usize, Option<String>) {
    let (mut failed, mut first) = (0, None);
    for seed in 1..=cases {
        let mut world = World::new(seed as u64, merge);
        if let Err(why) = world.play() {
            failed += 1;
            first.get_or_insert_with(|| {
                format!(
                    "case {seed}: {why}\n{:#?}\n{}",
                    world.told, world.machines[0].text
                )
            });
        }
    }
    (failed, first)
}

#[test]
fn three_machines_end_with_one_book_and_every_word() {
    let cases = times(200, 5000);
    let (failed, first) = failures(cases, ours);
    assert_eq!(failed, 0, "of {cases}: {}", first.unwrap_or_default());
}

/// The merge of `merge=union` in `.gitattributes`.
fn union(
    bases: &[&str],
    ours: &str,
    theirs: &str,
    _: &mut Chance,
) -> Result<(String, BTreeSet<String>), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let base = bases.first().copied().unwrap_or_default();
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let run = Command::new("git")
        .args(["merge-file", "-p", "--union", "ours", "base", "theirs"])
        .current_dir(folder.path())
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    match read(&text) {
        Ok(_) => Ok((text, BTreeSet::new())),
        Err(problems) => Err(format!("no book: {problems:?}")),
    }
}

#[test]
fn a_merge_of_lines_makes_what_is_no_book() {
    if !has("git", &["--version"]) {
        return;
    }
    let (failed, first) = failures(50, union);
    assert!(failed > 10, "{failed} of 50, the harness is blind");
    assert!(first.is_some_and(|why| why.contains("no book")));
}

#[test]
fn the_last_writer_and_a_wrong_base_lose_words() {
    let last_writer: Merge = |_, ours, _, _| Ok((ours.to_owned(), BTreeSet::new()));
    // The version that was synced last is taken for one that both grew from.
    let newest_as_base: Merge = |_, one, other, chance| ours(&[other], one, other, chance);
    for (what, merge) in [
        ("last writer", last_writer),
        ("newest version", newest_as_base),
    ] {
        let (failed, _) = failures(50, merge);
        assert!(failed > 10, "{what}: {failed} of 50, the harness is blind");
    }
}

const NAMES: [&str; 3] = ["a", "b", "c"];

/// The same with netkeep itself in three clones; some syncs race.
struct Office {
    clones: Clones,
    chance: Chance,
    words: usize,
    written: BTreeSet<String>,
    taken_out: BTreeSet<String>,
    told: Vec<String>,
}

impl Office {
    /// Runs a command, or edits by hand, on one machine. Each has a contact of its own for what holds one value.
    fn act(&mut self, at: usize) {
        let name = NAMES[at];
        self.words += 1;
        let word = format!("w{}w", self.words);
        let before = self.clones.book(name);
        let own = ["ana ruiz", "bo lind", "kim jansen"][at];
        let who = ["ana ruiz", "bo lind", "kim jansen", "zoe park"]
            [usize::try_from(self.chance.below(4)).expect("small")];
        let new = format!("New {word}");
        let city = format!("city={word}");
        let tag = format!("tags+={word}");
        let line = format!("notes+={word}");
        let newcomer = before
            .rsplit("name = \"")
            .find(|part| part.starts_with("New w"));
        let newcomer = newcomer.and_then(|part| part.split('"').next());
        let command: &[&str] = match self.chance.below(10) {
            0..3 => &["log", who, "-v", "call", "-m", &word],
            3 => &["add", &new, "-b", "clients"],
            4 => &["edit", own, "--set", &city],
            5 => &["edit", who, "--set", &tag],
            6 => &["edit", "ana ruiz", "--set", &line],
            7 => &["promise", who, &word],
            8 => match newcomer {
                Some(newcomer) => &["remove", newcomer],
                None => &["log", who],
            },
            _ => {
                let text = format!("{before}\n# {word}\n");
                fs::write(self.clones.book_path(name), text).expect("written");
                &["check"]
            }
        };
        self.clones.ok(name, command);
        if command[0] != "check" && self.chance.below(8) == 0 {
            self.clones.ok(name, &["undo"]);
        }
        let [old, new] = [&before, &self.clones.book(name)].map(|text| words(text));
        self.taken_out.extend(old.difference(&new).cloned());
        self.written.extend(new.difference(&old).cloned());
        self.told.push(format!("{name}: {}", command.join(" ")));
    }

    /// Syncs these machines, all at once.
    fn sync(&mut self, machines: &[usize]) -> Result<(), String> {
        let names = machines.iter().map(|at| NAMES[*at]);
        self.told.push(format!(
            "sync of {}",
            names.clone().collect::<Vec<_>>().join(" and ")
        ));
        let start = |name| {
            let mut netkeep = self.clones.program(name, NETKEEP);
            netkeep
                .arg("sync")
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            netkeep.spawn().expect("it runs")
        };
        let running: Vec<_> = names.map(start).collect();
        for child in running {
            let run = child.wait_with_output().expect("ended");
            if !run.status.success() {
                return Err(format!("{run:?}"));
            }
        }
        Ok(())
    }

    fn play(&mut self) -> Result<(), String> {
        for _ in 0..self.chance.below(14) + 8 {
            let at = usize::try_from(self.chance.below(3)).expect("small");
            match self.chance.below(10) {
                0..6 => self.act(at),
                6..9 => self.sync(&[at])?,
                _ => self.sync(&[at, (at + 1) % 3])?,
            }
        }
        for at in [0, 1, 2, 0, 1, 2] {
            self.sync(&[at])?;
        }
        let [one, two, three] = NAMES.map(|name| self.clones.book(name));
        if one != two || two != three || one != self.clones.shared_book() {
            return Err("the machines differ".to_owned());
        }
        check(&one, &self.written, &self.taken_out)
    }
}

#[test]
fn three_clones_end_with_one_book_and_every_word() {
    if !has("git", &["--version"]) {
        return;
    }
    for seed in 1..=times(4, 100) {
        let mut office = Office {
            clones: Clones::new(&NAMES, START),
            chance: Chance::new(seed as u64),
            words: 0,
            written: BTreeSet::new(),
            taken_out: BTreeSet::new(),
            told: vec![],
        };
        if let Err(why) = office.play() {
            panic!(
                "case {seed}: {why}\n{:#?}\n{}",
                office.told,
                office.clones.book("a")
            );
        }
    }
}
