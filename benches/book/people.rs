//! Makes books of any size for benchmarks: the same arguments make the same book. Everyone in them is invented.
//!
//! A book looks like one after some years: touches of every channel, notes of one and of several lines, comments between
//! the contacts, names in several scripts, and now and then a note that looks like a header.

use std::fmt::Write;

/// The day on which the books end.
pub(crate) const TODAY: &str = "2026-11-22";

const FIRST: [&str; 40] = [
    "Ada",
    "Anaïs",
    "Björn",
    "Carmen",
    "Chiara",
    "Dmitri",
    "Élodie",
    "Esra",
    "Fatima",
    "Freya",
    "Goran",
    "Hana",
    "Hélène",
    "Ibrahim",
    "Ines",
    "João",
    "Kaito",
    "Kofi",
    "Leila",
    "Léo",
    "Lucía",
    "Malik",
    "Mei",
    "Naoko",
    "Niamh",
    "Øyvind",
    "Priya",
    "Quinn",
    "Rosa",
    "Şebnem",
    "Seán",
    "Søren",
    "Tariq",
    "Thandi",
    "Uma",
    "Viktor",
    "Zoë",
    "美咲",
    "Αθηνά",
    "Борис",
];

const LAST: [&str; 40] = [
    "Abara",
    "Åkesson",
    "Banerjee",
    "Bergström",
    "Brandt",
    "Carvalho",
    "Çelik",
    "Chen",
    "Córdoba",
    "D'Amico",
    "Dąbrowski",
    "Diallo",
    "Dvořák",
    "Esposito",
    "Farouk",
    "Fernández",
    "Gauthier",
    "Haddad",
    "Hansen",
    "Ibarra",
    "Jiménez",
    "Kapoor",
    "Kim",
    "Kovač",
    "Lindqvist",
    "Lund",
    "Mäkinen",
    "Mbeki",
    "Müller",
    "Ndiaye",
    "Nguyễn",
    "Novák",
    "O'Brien",
    "Özdemir",
    "Park",
    "Rossi",
    "Sato",
    "Šimić",
    "van-den-Berg",
    "Wójcik",
];

const COMPANIES: [&str; 8] = [
    "Alder & Finch",
    "Basalt Works",
    "Blue Heron Labs",
    "Copper Kettle",
    "Granary Books",
    "Ironbark",
    "Kestrel Maps",
    "Saltmarsh",
];

const TAGS: [&str; 8] = [
    "berlin", "choir", "climbing", "ex-work", "family", "lisbon", "mentor", "rust",
];

const BUCKETS: [(&str, &str); 4] = [
    ("clients", "4 weeks"),
    ("prospects", "2 weeks"),
    ("colleagues", "3 months"),
    ("friends", "2 months"),
];

const CHANNELS: [&str; 8] = [
    "call", "email", "message", "meeting", "social", "letter", "event", "coffee",
];

const BITS: [&str; 10] = [
    "caught up about the new flat",
    "talked through the job offer",
    "sent the photos from the trip",
    "promised to send the recipe",
    "long call, mostly about his mum",
    "lent me \\\"The Living Mountain\\\"",
    "no answer, left a message",
    "café was closed, walked instead",
    "50/50 on moving to Malmö",
    "read the draft, two comments",
];

const NOTES: [&str; 6] = [
    "Met at the ferry queue in 2014 and never stopped talking.",
    "Allergic to walnuts.",
    "Prefers letters; hates the phone.",
    "Sends a parcel every December.",
    "Gave the best advice of my twenties: «finish the small thing first».",
    "Collects maps of places that never existed.",
];

/// A book with this many people, and this many touches per person on average.
pub(crate) fn book(people: u32, touches: u32) -> String {
    let mut dice = Dice(u64::from(people) << 32 | u64::from(touches));
    let mut text =
        String::from("# My people. Edited by hand and by netkeep; both are welcome.\n\n");
    for (name, cadence) in BUCKETS {
        put(
            &mut text,
            format_args!("[buckets.{name}]\ncadence = \"{cadence}\"\n\n"),
        );
    }
    for number in 0..people {
        contact(&mut text, &mut dice, number, touches);
    }
    text
}

/// The name of the person with that number in a book, from 0.
pub(crate) fn name(number: u32) -> String {
    let pick = |names: &[&'static str], at: u32| names[at as usize % names.len()];
    let (first, last) = (pick(&FIRST, number), pick(&LAST, number / 40));
    match number / 1600 {
        0 => format!("{first} {last}"),
        more => {
            format!("{first} {}-{last}", pick(&LAST, more * 7 + more / 40))
                + &"i".repeat(more as usize / 40)
        }
    }
}

fn contact(text: &mut String, dice: &mut Dice, number: u32, touches: u32) {
    if dice.one_in(16) {
        text.push_str("# check this address, a letter came back\n");
    }
    let bucket = dice.pick(&BUCKETS).0;
    put(
        text,
        format_args!(
            "[[contacts]]\nname = \"{}\"\nbucket = \"{bucket}\"\n",
            name(number)
        ),
    );
    if !dice.one_in(5) {
        let trail = if dice.one_in(20) { "  # new" } else { "" };
        put(
            text,
            format_args!("email = \"contact{number}@mail.example\"{trail}\n"),
        );
    }
    if !dice.one_in(3) {
        put(
            text,
            format_args!("phone = \"+44 555 {:06}\"\n", dice.below(1_000_000)),
        );
    }
    if dice.one_in(2) {
        put(
            text,
            format_args!("company = \"{}\"\n", dice.pick(&COMPANIES)),
        );
    }
    if dice.one_in(3) {
        let (year, month, day) = (
            1948 + dice.below(56),
            1 + dice.below(12),
            1 + dice.below(28),
        );
        put(
            text,
            format_args!("birthday = {year}-{month:02}-{day:02}\n"),
        );
    }
    if dice.one_in(2) {
        put(
            text,
            format_args!(
                "tags = [\"{}\", \"{}\"]\n",
                dice.pick(&TAGS),
                dice.pick(&TAGS)
            ),
        );
    }
    notes(text, dice, number);
    let count = dice.below(2 * touches + 1);
    if count > 0 {
        text.push_str("touches = [\n");
        for touch in 0..count {
            self::touch(text, dice, (count - touch) * (7000 / (touches + 10)));
        }
        text.push_str("]\n");
    }
    text.push('\n');
}

fn notes(text: &mut String, dice: &mut Dice, number: u32) {
    match dice.below(4) {
        0 => put(text, format_args!("notes = \"{}\"\n", dice.pick(&NOTES))),
        1 => {
            text.push_str("notes = \"\"\"\n");
            if number % 997 == 5 {
                text.push_str("[[contacts]]\nname = \"not a contact, only a note\"\n");
            }
            for _ in 0..2 + dice.below(4) {
                put(text, format_args!("{}\n", dice.pick(&NOTES)));
            }
            text.push_str("\"\"\"\n");
        }
        _ => {}
    }
}

fn touch(text: &mut String, dice: &mut Dice, ago: u32) {
    let last: chrono::NaiveDate = TODAY.parse().expect("a day");
    let on = last - chrono::Days::new(u64::from(ago - dice.below(ago.min(20))));
    put(
        text,
        format_args!("  {{ on = {on}, via = \"{}\"", dice.pick(&CHANNELS)),
    );
    if !dice.one_in(3) {
        put(text, format_args!(", note = \"{}\"", dice.pick(&BITS)));
    }
    text.push_str(" },\n");
}

fn put(text: &mut String, what: std::fmt::Arguments) {
    text.write_fmt(what)
        .expect("writing to a string does not fail");
}

/// Random enough, and the same everywhere: SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end.max(1))) as u32
    }

    fn one_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }

    fn pick<'s, T>(&mut self, from: &'s [T]) -> &'s T {
        &from[self.below(from.len() as u32) as usize]
    }
}
