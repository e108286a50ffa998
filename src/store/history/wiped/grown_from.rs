//! The state of the book from which a file that was edited by hand has grown: what an editor had loaded.

use std::collections::HashMap;
use std::rc::Rc;

use super::statements_said::{Distance, Said};
use super::written::Written;
use crate::store::parse::difference::DividedText;

/// How many states are looked at beyond the best so far.
const AHEAD: usize = 8;

/// How many bytes are read beyond the best so far in any case: small books are looked through as a whole.
const BYTES: usize = 4 * 1024 * 1024;

/// The place in `states` of the text from which `file` differs least, and the text; the newest come first. Of several the
/// newest counts. A file hardly holds what was written after it was loaded: see [`Written::is_loaded_after`].
pub(super) fn grown_from(
    file: &str,
    states: impl Iterator<Item = String>,
) -> Option<(usize, String)> {
    let mut walk = Walk {
        file: DividedText::new(file.to_owned()),
        ..Walk::default()
    };
    let mut best: Option<(usize, usize, usize, String)> = None;
    let mut written: Option<Written> = None;
    let (mut since, mut bytes) = (0, 0);
    for (place, text) in states.enumerate() {
        if since > AHEAD && bytes > BYTES {
            break;
        }
        bytes += text.len();
        let Some(distance) = walk.step(&text) else {
            // A text that cannot be divided cannot be compared, nor can what is older.
            return best.map_or(Some((place, text)), |(_, _, place, text)| {
                Some((place, text))
            });
        };
        let apart = (distance.values, distance.lines);
        let is_newer = match &mut written {
            Some(written) => {
                written.add(distance.facts);
                written.is_loaded_after()
            }
            None => {
                written = Some(Written::since(distance.facts));
                false
            }
        };
        // What is older than a state that is ruled out is hardly ever the one.
        since += if is_newer { 3 } else { 1 };
        let is_nearer = best.as_ref().is_none_or(|best| apart < (best.0, best.1));
        if !is_newer && is_nearer {
            best = Some((apart.0, apart.1, place, text));
            (since, bytes) = (0, 0);
        }
        if apart == (0, 0) {
            break;
        }
    }
    best.map(|(_, _, place, text)| (place, text))
}

/// Whether two texts differ in nothing but the order of contacts, keys, rows and items.
pub(super) fn says_the_same(one: &str, other: &str) -> bool {
    let mut walk = Walk {
        file: DividedText::new(other.to_owned()),
        ..Walk::default()
    };
    let has_same_values = |distance: Distance| distance.values == 0;
    // Comments are no values.
    sorted_words(one) == sorted_words(other) && walk.step(one).is_some_and(has_same_values)
}

fn sorted_words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// A walk through the states, each compared with the file by the parts in which it differs from the one before.
#[derive(Default)]
struct Walk {
    /// The file; `None` where it cannot be divided.
    file: Option<DividedText>,
    state: Option<DividedText>,
    /// How many times more a part is in the state than in the file.
    balance: HashMap<String, isize>,
    said: HashMap<String, Rc<Vec<Said>>>,
}

impl Walk {
    /// How far the next state is from the file; `None` if that cannot be said.
    fn step(&mut self, text: &str) -> Option<Distance> {
        let file = self.file.as_ref()?;
        let before = self.state.as_ref().unwrap_or(file);
        let state = before.next(text.to_owned())?;
        let (gone, new) = before.different_parts(&state);
        let gone = gone.into_iter().map(|part| (part, -1));
        for (part, by) in gone.chain(new.into_iter().map(|part| (part, 1))) {
            let balance = self.balance.entry(part.to_owned()).or_default();
            *balance += by;
            if *balance == 0 {
                self.balance.remove(part);
            }
        }
        self.state = Some(state);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (part, balance) in &self.balance {
            let read = || Rc::new(Said::all_in(part));
            let said = self.said.entry(part.clone()).or_insert_with(read);
            let side = if *balance > 0 { &mut ours } else { &mut theirs };
            side.extend((0..balance.unsigned_abs()).map(|_| Rc::clone(said)));
        }
        Some(distance(&ours, &theirs))
    }
}

/// How far what a state says is from what the file says.
fn distance(state: &[Rc<Vec<Said>>], file: &[Rc<Vec<Said>>]) -> Distance {
    let (mut state, file) = (by_owner(state), by_owner(file));
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    for (owner, said) in state.iter().filter(|(owner, _)| !file.contains_key(*owner)) {
        known.extend(said.known_by().into_iter().map(|key| (key, owner.clone())));
    }
    let mut sum = Distance::default();
    for (owner, said) in &file {
        let here = state.remove(owner).or_else(|| {
            // The contact may have another name there.
            let keys = said.known_by();
            let mut names = keys.iter().filter_map(|key| known.get(key));
            names.find_map(|name| state.remove(name))
        });
        // A contact that is not there at all lacks everything that the file says of it.
        let one = here.unwrap_or_default().distance_to(said);
        sum.values += one.values;
        sum.lines += one.lines;
        sum.facts.extend(one.facts);
    }
    // One that is only there was taken out at once, however much it said.
    sum.values += state.len();
    sum.lines += state.len();
    for (owner, said) in state {
        sum.facts
            .extend(said.distance_to(&Said::nothing_of(owner)).facts);
    }
    sum
}

fn by_owner(all: &[Rc<Vec<Said>>]) -> HashMap<Option<String>, Said> {
    let mut by_owner: HashMap<Option<String>, Vec<&Said>> = HashMap::new();
    for said in all.iter().flat_map(|all| all.iter()) {
        by_owner.entry(said.owner.clone()).or_default().push(said);
    }
    let joined = by_owner.into_iter();
    joined
        .map(|(owner, all)| (owner, Said::join(&all)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: &str = "# Ours\n[buckets.a]\ncadence = '4 weeks'\n\n[[contacts]]\nname = 'Ana'\nbucket = 'a'\ntouches = [\n  \
        { on = 2026-09-01, via = 'call' },\n]\n\n";
    const BO: &str = "[[contacts]]\nname = 'Bo'\ncity = 'Oslo'\nnotes = \"\"\"\none\ntwo\n\"\"\"\n";

    fn book() -> String {
        ANA.to_owned() + BO
    }

    fn with_touch(book: &str, touch: &str) -> String {
        book.replacen(
            "touches = [\n",
            &format!("touches = [\n  {{ {touch} }},\n"),
            1,
        )
    }

    /// The place of the state among `states`, oldest first, that `file` grew from.
    fn base(states: &[&str], file: &str) -> usize {
        let newest = states.iter().rev().map(|state| (*state).to_owned());
        let (place, text) = grown_from(file, newest).expect("a state");
        let place = states.len() - 1 - place;
        assert_eq!(states[place], text);
        place
    }

    const CALL: &str = "on = 2026-11-23, via = 'call'";

    #[test]
    fn an_old_buffer_grew_from_what_was_loaded() {
        let first = book();
        let logged = with_touch(&first, CALL);
        let twice = with_touch(&logged, CALL);
        let moved = twice.replace("Oslo", "Rome");
        let states = [&first, &logged, &twice, &moved].map(String::as_str);
        for (loaded, state) in states.iter().enumerate() {
            for edited in [
                format!("{state}# edited\n"),
                state.replace("two", "two\nthree"),
                state.replace("name = 'Bo'", "name = 'Bo'\ntags = ['x']"),
                format!("{state}\n[[contacts]]\nname = 'Cy'\n"),
                with_touch(state, "on = 2026-11-20, note = 'typed'"),
                state.replace('\n', "\r\n"),
                format!("\u{feff}{state}"),
                state.replace(
                    "[buckets.a]",
                    "[buckets.b]\ncadence = '1 week'\n\n[buckets.a]",
                ),
            ] {
                assert_eq!(base(&states, &edited), loaded, "{edited}");
            }
        }
    }

    #[test]
    fn two_texts_say_the_same_in_any_order() {
        let text = book().replace("city", "tags = ['x', 'y']\ncity");
        let (ana, bo) = text.split_at(ANA.len());
        let (buckets, ana_alone) = ana.split_at(ana.find("[[").expect("a contact"));
        let moved = format!("{buckets}{bo}\n{ana_alone}");
        assert!(says_the_same(&text, &moved));
        assert!(says_the_same(&text, &text.replace("'x', 'y'", "'y', 'x'")));
        for other in [
            text.replace(", 'y'", ""),
            text.replace("Ours", "Mine"),
            text.replace("# Ours\n", ""),
            ana.replace("name", "tags = ['x', 'y']\nname") + &bo.replace("tags = ['x', 'y']\n", ""),
        ] {
            assert!(!says_the_same(&text, &other), "{other}");
            assert!(!says_the_same(&other, &text), "{other}");
        }
    }

    #[test]
    fn a_value_that_was_set_back_says_nothing() {
        let first = book();
        let logged = with_touch(&first, CALL);
        let there = logged.replace("Oslo", "Rome");
        let states = [&first, &logged, &there, &logged].map(String::as_str);
        assert_eq!(base(&states, &format!("{first}# edited\n")), 0);
        assert_eq!(base(&states, &format!("{logged}# edited\n")), 3);
        assert_eq!(base(&states, &format!("{there}# edited\n")), 2);
    }

    /// What netkeep wrote last is there, edited or not.
    #[test]
    fn an_edit_of_what_was_written_last_is_no_older_copy() {
        let first = book();
        let noted = with_touch(&first, "on = 2026-11-23, note = 'talked about budgt'");
        let states = [&first, &noted].map(String::as_str);
        for (from, to) in [
            ("budgt", "budget"),
            ("2026-11-23", "2026-11-22"),
            ("note = 'talked", "via = 'call', note = 'talked"),
            (", note = 'talked about budgt'", ""),
            ("budgt'", "budgt, and the trip'"),
            ("  { on = 2026-09-01, via = 'call' },\n", ""),
            ("Oslo", "Rome"),
            ("name = 'Ana'", "name = 'Anna'"),
        ] {
            let edited = noted.replace(from, to);
            assert_ne!(edited, noted);
            assert_eq!(base(&states, &edited), 1, "{from}");
        }
        let added = format!("{first}\n[[contacts]]\nname = 'Zed'\nadded = 2026-11-23\n");
        let edited = added.replace("'Zed'", "'Zed Smith'\ncity = 'Oslo'");
        assert_eq!(base(&[&first, &added], &edited), 1);
        let city = first.replace("Oslo", "Rome");
        assert_eq!(base(&[&first, &city], &first.replace("Oslo", "Lund")), 1);
    }

    /// However much was taken out: an old buffer does not hold what was written after it.
    #[test]
    fn a_file_with_what_was_written_last_is_no_older_copy() {
        let first = book();
        let many: String = (0..30)
            .map(|at| format!("\n[[contacts]]\nname = 'P{at}'\n"))
            .collect();
        let imported = format!("{first}{many}");
        let logged = with_touch(&imported, CALL);
        let cleaned = with_touch(&first, CALL);
        assert_eq!(base(&[&first, &imported, &logged], &cleaned), 2);
    }

    #[test]
    fn who_takes_out_what_was_written_last_has_an_older_copy() {
        let first = book();
        let logged = with_touch(&first, CALL);
        assert_eq!(base(&[&first, &logged], &first), 0);
    }

    #[test]
    fn another_order_and_another_form_are_no_difference() {
        let first = book();
        let logged = with_touch(&first, CALL);
        let sorted = "[[contacts]]\ncity = \"Oslo\"\nname = \"Bo\"\nnotes = \"one\\ntwo\\n\"\n\n[[contacts]]\nname = \"Ana\"\n\
             touches = [{ on = 2026-11-23, via = \"call\" }, { on = 2026-09-01, via = \"call\" }]\nbucket = \"a\"\n\n\
             [buckets]\na.cadence = \"4 weeks\"\n";
        assert_eq!(base(&[&first, &logged], sorted), 1);
        let old = sorted.replace("{ on = 2026-11-23, via = \"call\" }, ", "");
        assert_eq!(base(&[&first, &logged], &old), 0);
    }

    #[test]
    fn keys_of_ones_own_and_comments_count() {
        let first = book();
        for (from, to) in [("city", "mine = 1\ncity"), ("city", "# more\ncity")] {
            let edited = first.replace(from, to);
            let states = [first.as_str(), &edited];
            assert_eq!(base(&states, &first.replace("# Ours", "# Mine")), 0, "{to}");
            assert_eq!(
                base(&states, &edited.replace("# Ours", "# Mine")),
                1,
                "{to}"
            );
        }
    }

    /// What a newer state lacks is all below it, not its name alone.
    #[test]
    fn an_edit_of_what_was_removed_since_is_found() {
        let first = book();
        let logged = with_touch(&first, CALL);
        for removed in [
            logged.replace(BO, ""),
            logged.replace("name = 'Bo'\ncity = 'Oslo'", "name = 'Eva'\ncity = 'Rome'"),
            logged.replace("[buckets.a]\ncadence = '4 weeks'\n", ""),
        ] {
            for edited in [
                first.replace("'Bo'\n", "'Bo'\nphone = '+1 555 0199'\n"),
                first.replace("4 weeks", "6 weeks"),
            ] {
                let states = [&first, &logged, &removed].map(String::as_str);
                assert_eq!(base(&states, &edited), 0, "{removed}");
                // The newest first: the removal was undone.
                let states = [&first, &removed, &logged].map(String::as_str);
                assert_eq!(base(&states, &edited), 0, "undone: {removed}");
            }
        }
    }

    #[test]
    fn what_was_typed_alike_on_both_sides_rules_nothing_out() {
        let first = book();
        let logged = with_touch(&first, CALL);
        let new = "\n[[contacts]]\nname = 'Zed'\n";
        for (written, typed) in [
            (
                format!("{logged}{new}added = 2026-11-23\n"),
                format!("{first}{new}phone = '+1 555'\n"),
            ),
            (
                logged.replace("'Oslo'", "'Oslo'\ntags = ['a', 'b']"),
                first.replace("'Oslo'", "'Oslo'\ntags = ['a']"),
            ),
            (
                logged.replace("'Oslo'", "'Oslo'\ntouches = [\n  { on = 2026-11-23 },\n]"),
                first.replace("'Oslo'", "'Oslo'\ntouches = [{ on = 2026-11-23 }]"),
            ),
        ] {
            let states = [&first, &logged, &written].map(String::as_str);
            assert_eq!(base(&states, &typed), 0, "{typed}");
        }
        // To the letter, but more than that was written.
        let twice = with_touch(&logged, "on = 2026-11-22");
        let moved = twice.replace("Oslo", "Rome");
        let states = [&first, &logged, &twice, &moved].map(String::as_str);
        assert_eq!(base(&states, &first.replace("Oslo", "Rome")), 0);
    }
}
