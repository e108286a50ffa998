//! A contact that one side merged into another, and that the other side changed: what is new of it goes where the rest went.

use super::fates::{MergedPart, PartFate};
use super::parts::PartKind;
use super::read_contacts::ReadContacts;
use super::same_parts::BookStates;
use crate::domain::Contact;
use crate::domain::identity::merge_contacts::merge_contacts;
use crate::store::edit::apply;
use crate::store::edit::change::Edit;
use crate::store::edit::merge::Unmodelled;
use crate::store::parse::read;

/// The texts of the bases and of the sides in which the same two contacts are merged. `None` if no side merged two.
pub(super) fn with_merged<'t>(
    states: &BookStates<'_, 't>,
    (bases, sides): (&[&str], [&str; 2]),
    parts: &[MergedPart<'t>],
) -> Option<(Vec<String>, [String; 2])> {
    let is_old = |one: &&MergedPart| {
        let bases = &one.part.bases;
        one.part.kind == PartKind::Contact && !bases.is_empty() && bases.iter().all(Option::is_some)
    };
    let is_gone =
        |one: &&MergedPart| one.fate != PartFate::Removed && one.part.sides.contains(&None);
    let mut gone = { parts.iter().filter(is_old) }.filter(is_gone);
    gone.find_map(|gone| {
        let side = usize::from(gone.part.sides[1].is_none());
        let was = states.read.of(states.texts(&gone.part).bases[0]?)?;
        let is_changed =
            |one: &&MergedPart| !one.part.is_same && one.part.sides.iter().all(Option::is_some);
        let took_it = |one: &&MergedPart<'t>| {
            let texts = states.texts(&one.part);
            let [now, before] = [texts.sides[side], texts.bases[0]]
                .map(|text| text.and_then(|text| states.read.of(text)));
            now.zip(before)
                .is_some_and(|(now, before)| has_taken(&now.contact, &before.contact, &was.contact))
        };
        let changed = parts.iter().filter(is_old).filter(is_changed);
        let mut kept = changed.filter(took_it);
        let kept = kept.next().filter(|_| kept.next().is_none())?;
        let both = [kept, gone].map(|one| states.texts(&one.part));
        let merged = bases.iter().enumerate().map(|(base, text)| {
            merged_in(
                &states.read,
                text,
                both.each_ref().map(|one| one.bases[base]),
            )
        });
        let bases: Vec<String> = merged.collect::<Option<_>>()?;
        let mut sides = sides.map(str::to_owned);
        let there = both.each_ref().map(|one| one.sides[1 - side]);
        sides[1 - side] = merged_in(&states.read, &sides[1 - side], there)?;
        Some((bases, sides))
    })
}

/// Whether `now` has since `before` the name of `gone` as another name, and all its touches.
fn has_taken(now: &Contact, before: &Contact, gone: &Contact) -> bool {
    let has = |contact: &Contact| contact.aka.contains(&gone.name);
    let mut touches = gone.touches.iter();
    has(now) && !has(before) && touches.all(|touch| now.touches.contains(touch))
}

/// A book in which the second of two contacts, given as their texts, is merged into the first.
fn merged_in<'t>(
    read_contacts: &ReadContacts<'t>,
    text: &str,
    both: [Option<&'t str>; 2],
) -> Option<String> {
    let both = [both[0]?, both[1]?];
    let parsed = read(text).ok()?;
    let book = &parsed.book;
    let id = |text: &'t str| {
        let name = &read_contacts.of(text)?.contact.name;
        let mut named = book.ids().filter(|id| book.contact(*id).name == *name);
        named.next().filter(|_| named.next().is_none())
    };
    let [one, other] = [id(both[0])?, id(both[1])?];
    let [first, second] = [one, other].map(|id| book.contact(id));
    let there = Unmodelled::of(both, first, second)?;
    let merged = merge_contacts(first, second, &there.rows_there, &there.asides);
    let edits = [
        Edit::Merge {
            contact: one,
            other,
            merged: Box::new(merged.contact),
        },
        Edit::Remove(other),
    ];
    Some(apply(text, &parsed, &edits).ok()?.text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::merge_books;

    const ANA: &str =
        "[[contacts]]\nname = \"Ana\"\ncity = \"Oslo\"\ntouches = [\n  { on = 2026-01-05 },\n]\n";
    const AR: &str = "\n# from the fair\n[[contacts]]\nname = \"A. Ruiz\"\nphone = \"1\"\ntouches = [\n  { on = 2026-02-05 },\n]\n";

    #[test]
    fn what_is_new_of_a_contact_goes_where_it_was_merged_into() {
        let base = ANA.to_owned() + AR;
        let merged =
            merged_in(&ReadContacts::default(), &base, [Some(ANA), Some(AR)]).expect("merged");
        let logged = base.replace(
            "02-05 },\n",
            "02-05 },\n  { on = 2026-03-05, note = \"lunch\" },\n",
        );
        let both = merged.replace(
            "02-05 },\n",
            "02-05 },\n  { on = 2026-03-05, note = \"lunch\" },\n",
        );
        for [ours, theirs] in [[&merged, &logged], [&logged, &merged]] {
            let merge = merge_books(&[&base], ours, theirs).expect("merged");
            assert_eq!((merge.text(&[]), merge.kept), (both.clone(), vec![]));
        }
        // Both were changed on the other side, and others on this.
        let ours = merged.replace("Oslo", "Rome") + "\n[[contacts]]\nname = \"Bo\"\n";
        let theirs = logged.replace("01-05 },\n", "01-05, via = \"call\" },\n");
        let merge = merge_books(&[&base], &ours, &theirs).expect("merged");
        let both = both
            .replace("Oslo", "Rome")
            .replace("01-05 },\n", "01-05, via = \"call\" },\n");
        assert_eq!(merge.text(&[]), both + "\n[[contacts]]\nname = \"Bo\"\n");
    }

    #[test]
    fn a_contact_that_was_only_removed_stays_where_it_was_changed() {
        let base = ANA.to_owned() + AR;
        let logged = base.replace("02-05 },\n", "02-05 },\n  { on = 2026-03-05 },\n");
        for ours in [
            ANA.to_owned(),
            ANA.replace("city", "aka = \"A. Ruiz\"\ncity"),
        ] {
            let merge = merge_books(&[&base], &ours, &logged).expect("merged");
            assert_eq!(merge.kept, ["A. Ruiz"]);
        }
    }
}
