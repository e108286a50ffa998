//! Two states of a book that grew from a common one, made one text again.
//!
//! In go the texts, out comes a [`BookMerge`]: the merged text in pieces, some of which are conflicts that the caller
//! decides or marks. A block that only one side changed keeps that side's bytes. Whatever differs on both sides is merged key by
//! key, with the rules of `domain::merge`. The result is read back and proven before it is returned. Read [`merge_books`] first,
//! then what it calls in this order:
//!
//! - `merged_book`: what comes out. `conflict_marks`: how a conflict is written.
//! - `text_style`: byte-order mark and newlines, without which the texts are merged.
//! - `parts`: divides a text into contacts, tables and the comments between them. `same_parts`: which part is which.
//!   `read_contacts`: what the texts of contacts say.
//! - `fates`: what becomes of each part, with `block` for one that both sides changed. `namesakes`, `known_namesakes`,
//!   `used_buckets` and `merged_contacts` are the rules for the whole book.
//! - `part_order`, `joined_text`: one text again. `book_proof`: that it is a book with just these parts.
//! - `line_merge`: for texts that cannot be divided. `other_values`: for conflicts that nobody decides. `text_merge`: for
//!   texts that are no books. `marked_base`: for a base that git made of several.

mod block;
mod book_proof;
mod conflict_marks;
mod fates;
mod joined_text;
mod known_namesakes;
mod line_merge;
mod marked_base;
mod merged_book;
mod merged_contacts;
mod namesakes;
mod other_values;
mod part_order;
mod parts;
#[cfg(test)]
mod random_books;
mod read_contacts;
mod same_parts;
mod text_merge;
mod text_style;
mod used_buckets;

pub use self::conflict_marks::ConflictMarks;
use self::fates::tell;
use self::known_namesakes::{with_names_given, with_old_name_given};
use self::marked_base::sides_of_marked;
use self::merged_book::MergedPiece;
pub use self::merged_book::{BookMerge, MergeSide, Unmergeable, ValueConflict};
use self::merged_contacts::with_merged;
use self::namesakes::name_apart;
use self::parts::ReadText;
use self::read_contacts::ReadContacts;
use self::same_parts::BookStates;
pub(crate) use self::text_merge::merge_texts;
use self::text_style::{AlikeTexts, has_lone_return};
use self::used_buckets::without_used_buckets;
use crate::store::parse::problem::Problem;
use crate::store::parse::read;

/// Merges `ours` and `theirs`, which both grew from each of `bases`. Without a base nothing counts as removed; where there
/// are several, what every one of them has. A base that is not a readable book is none.
///
/// # Errors
///
/// [`Unmergeable`] if one side is not a book, or if the result cannot be proven.
pub fn merge_books(bases: &[&str], ours: &str, theirs: &str) -> Result<BookMerge, Unmergeable> {
    let whole = |text: &str| BookMerge {
        pieces: vec![MergedPiece::Text(text.to_owned())],
        ..BookMerge::default()
    };
    let is_base = |text: &str| !bases.is_empty() && bases.iter().all(|base| *base == text);
    let side = if ours == theirs || is_base(theirs) {
        Some((MergeSide::Ours, ours))
    } else {
        is_base(ours).then_some((MergeSide::Theirs, theirs))
    };
    if let Some((side, text)) = side {
        let unreadable = |problems| Unmergeable::NotABook(side, problems);
        return read(text).map(|_| whole(text)).map_err(unreadable);
    }
    let is_none = |base: &&str| {
        base.trim_start_matches('\u{feff}').trim().is_empty() || has_lone_return(base)
    };
    let bases = if bases.iter().any(is_none) {
        &[]
    } else {
        bases
    };
    for (side, text) in [(MergeSide::Ours, ours), (MergeSide::Theirs, theirs)] {
        // What has a contact is a book if it can be read at all; a lone return would be gone before it is read.
        if !text.contains("contacts") || has_lone_return(text) {
            unreadable(side, text)?;
        }
    }
    merge_changed(bases, ours, theirs).or_else(|err| {
        unreadable(MergeSide::Ours, ours)?;
        unreadable(MergeSide::Theirs, theirs)?;
        let is_book = |base: &&str| read(base).is_ok_and(|parsed| parsed.is_book);
        if bases.iter().all(is_book) {
            return Err(err);
        }
        let sides: Vec<String> = bases
            .iter()
            .flat_map(|base| sides_of_marked(base))
            .collect();
        let sides: Vec<&str> = sides.iter().map(String::as_str).collect();
        if sides.iter().all(is_book) {
            return merge_changed(&sides, ours, theirs);
        }
        let mut merge = merge_changed(&[], ours, theirs)?;
        merge.is_without_base = true;
        Ok(merge)
    })
}

/// Refuses a side that is not a book.
fn unreadable(side: MergeSide, text: &str) -> Result<(), Unmergeable> {
    match read(text) {
        Ok(parsed) if parsed.is_book => Ok(()),
        Ok(_) => {
            let problem = Problem::broken(0..0, "it has neither a contact nor a setting of a book");
            Err(Unmergeable::NotABook(side, vec![problem]))
        }
        Err(problems) => Err(Unmergeable::NotABook(side, problems)),
    }
}

/// Merges two states that both changed.
fn merge_changed(bases: &[&str], ours: &str, theirs: &str) -> Result<BookMerge, Unmergeable> {
    let texts = AlikeTexts::of(bases, [ours, theirs]);
    let bases: Vec<&str> = texts.bases.iter().map(AsRef::as_ref).collect();
    let sides = [texts.sides[0].as_ref(), texts.sides[1].as_ref()];
    let merge = merge_parts(&bases, sides);
    let mut merge = merge.or_else(|_| line_merge::merge_lines(&bases, sides))?;
    texts.give(&mut merge);
    Ok(merge)
}

/// Merges texts of one style.
fn merge_parts(bases: &[&str], sides: [&str; 2]) -> Result<BookMerge, Unmergeable> {
    let first = ReadText::of(bases.first().unwrap_or(&sides[0])).ok_or(Unmergeable::NotProven)?;
    let mut divided = Vec::new();
    for text in bases.iter().chain(&sides) {
        divided.push(first.divide_like(text).ok_or(Unmergeable::NotProven)?);
    }
    let (of_bases, of_sides) = divided.split_at(bases.len());
    let states = BookStates {
        bases: of_bases,
        sides: [&of_sides[0], &of_sides[1]],
        read: ReadContacts::default(),
    };
    let mut merge = BookMerge::default();
    let parts = states.same_parts()?;
    if let Some([ours, theirs]) = with_names_given(&states, &parts, sides) {
        return merge_parts(bases, [&ours, &theirs]);
    }
    if let Some((bases, sides)) = with_old_name_given(&states, &parts, (bases, sides)) {
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        return merge_parts(&bases, sides.each_ref().map(String::as_str));
    }
    let mut parts = states.fates(parts);
    name_apart(&states, &first.book, &mut parts, &mut merge)?;
    tell(&states, &mut parts, &mut merge)?;
    if let Some(bases) = without_used_buckets(&states, bases, &parts) {
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        return merge_parts(&bases, sides);
    }
    if let Some((bases, sides)) = with_merged(&states, (bases, sides), &parts) {
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        if let Ok(merge) = merge_parts(&bases, sides.each_ref().map(String::as_str)) {
            return Ok(merge);
        }
    }
    let (order, skeleton) = part_order::in_order(&parts);
    joined_text::join(&states, &parts, (&order, skeleton), &mut merge);
    book_proof::prove(&first, &states, &merge, (&parts, &order))?;
    Ok(merge)
}

#[cfg(test)]
mod tests {
    use super::parts::divide;
    use super::*;

    const BOOK: &str = "# Ours.\nformat = 1\n\n[week]\ntouches = 4\n\n[buckets.clients]\ncadence = \"4 weeks\"\n\n# --- clients ---\n\n\
        [[contacts]]\nname = \"Ana\"\nbucket = \"clients\"\n\n# likes go\n[[contacts]]\nname = \"Bo\"\n\n[[contacts]]\nname = \"Cy\"\ncity = \"Oslo\"\n";

    fn new(name: &str) -> String {
        format!("\n[[contacts]]\nname = \"{name}\"\n")
    }

    #[track_caller]
    fn merged(base: &str, ours: &str, theirs: &str) -> BookMerge {
        merge_books(&[base], ours, theirs).unwrap_or_else(|err| panic!("{err:?}"))
    }

    /// The merge is this text, and has the same parts with the sides in the other order.
    #[track_caller]
    fn case(base: &str, ours: &str, theirs: &str, expected: &str) {
        let merge = merged(base, ours, theirs);
        assert_eq!(merge.marked(&ConflictMarks::default()), expected);
        let swapped = merged(base, theirs, ours);
        let parts = |merge: &BookMerge, side| {
            let text = merge.text(&vec![side; merge.conflicts.len()]);
            let parts = divide(text.trim_start_matches('\u{feff}')).expect("parts");
            let mut bodies: Vec<String> = parts
                .iter()
                .map(|part| part.body.trim_end().to_owned())
                .collect();
            bodies.sort();
            bodies
        };
        if merge.conflicts.is_empty() {
            assert_eq!(
                parts(&merge, MergeSide::Ours),
                parts(&swapped, MergeSide::Ours)
            );
        }
    }

    #[test]
    fn contacts_that_either_side_adds_are_there_in_the_order_of_the_sides() {
        let [ours, theirs] = ["Di", "Ed"].map(|name| BOOK.to_owned() + &new(name));
        case(BOOK, &ours, &theirs, &(ours.clone() + &new("Ed")));
        let theirs = BOOK.replace(
            "# likes go\n",
            "[[contacts]]\nname = \"Al\"\n\n# likes go\n",
        );
        case(BOOK, &ours, &theirs, &(theirs.clone() + &new("Di")));
    }

    #[test]
    fn what_one_side_removed_or_changed_is_removed_or_changed() {
        let ours = BOOK.replace("# likes go\n[[contacts]]\nname = \"Bo\"\n\n", "");
        let theirs = BOOK
            .replace("Oslo", "Rome")
            .replace("touches = 4", "touches = 5");
        let both = ours
            .replace("Oslo", "Rome")
            .replace("touches = 4", "touches = 5");
        case(BOOK, &ours, &theirs, &both);
        // Comments, blank lines and the order, too.
        let ours = BOOK
            .replace("# --- clients ---\n\n", "")
            .replace("# likes go", "# likes chess");
        let theirs = BOOK
            .replace("\n\n[buckets", "\n\n\n[buckets")
            .replace("format = 1\n", "");
        let both = ours
            .replace("\n\n[buckets", "\n\n\n[buckets")
            .replace("format = 1\n", "");
        case(BOOK, &ours, &theirs, &both);
    }

    #[test]
    fn a_contact_that_one_side_removed_and_the_other_changed_stays() {
        let ours = BOOK.replace("\n[[contacts]]\nname = \"Cy\"\ncity = \"Oslo\"\n", "");
        let theirs = BOOK.replace("Oslo", "Rome");
        case(BOOK, &ours, &theirs, &theirs);
        assert_eq!(merged(BOOK, &ours, &theirs).kept, ["Cy"]);
    }

    #[test]
    fn who_was_renamed_by_hand_is_the_same_person() {
        let touches = "touches = [\n  { on = 2026-01-05 },\n  { on = 2026-02-05 },\n]\n";
        let base = BOOK.replace("city = \"Oslo\"\n", touches);
        let renamed = |name: &str| base.replace("\"Cy\"", name);
        let logged = base.replace("02-05 },\n", "02-05 },\n  { on = 2026-03-05 },\n");
        let both = logged.replace("\"Cy\"", "\"Di\"");
        case(&base, &renamed("\"Di\""), &logged, &both);
        assert_eq!(merged(&base, &logged, &renamed("\"Di\"")).kept, [""; 0]);
        // Both renamed them.
        let conflict = both.replace(
            "name = \"Di\"\n",
            "<<<<<<< ours\nname = \"Di\"\n=======\nname = \"Ed\"\n>>>>>>> theirs\n",
        );
        let ed = logged.replace("\"Cy\"", "\"Ed\"");
        case(&base, &renamed("\"Di\""), &ed, &conflict);
        // Someone else in the same firm.
        let base = base.replace(touches, "company = \"Acme\"\nphone = \"1\"\n");
        let ours = base.replace("\"Cy\"", "\"Di\"");
        let theirs = base.clone() + touches;
        let merge = merged(&base, &ours, &theirs);
        assert_eq!(merge.kept, ["Cy"]);
        // Two who may be the one who is gone.
        let base = BOOK.to_owned() + &new("Di") + touches;
        let ours = BOOK.to_owned() + &new("Ed") + touches + &new("Flo") + touches;
        let theirs = base.replace("02-05 },\n", "02-05 },\n  { on = 2026-03-05 },\n");
        assert_eq!(merged(&base, &ours, &theirs).kept, ["Di"]);
    }

    #[test]
    fn both_changes_of_one_part_are_made() {
        let ours = BOOK
            .replace("name = \"Cy\"\n", "name = \"Cy\"\ncompany = \"Acme\"\n")
            .replace("= 4", "= 6");
        let theirs = BOOK
            .replace("\"Oslo\"\n", "\"Rome\"\n")
            .replace("= 4", "= 5");
        let both = ours.replace("Oslo", "Rome").replace(
            "touches = 6\n",
            "<<<<<<< ours\ntouches = 6\n=======\ntouches = 5\n>>>>>>> theirs\n",
        );
        case(BOOK, &ours, &theirs, &both);
        let conflict = &merged(BOOK, &ours, &theirs).conflicts[0];
        assert_eq!(
            (conflict.contact.clone(), conflict.key.as_str()),
            (None, "week.touches")
        );
    }

    #[test]
    fn an_order_that_one_side_changed_is_kept() {
        let bo = "# likes go\n[[contacts]]\nname = \"Bo\"\n";
        let moved = BOOK.replace(&format!("{bo}\n"), "") + "\n" + bo;
        let other = BOOK.replace("Oslo", "Rome") + &new("Di");
        case(
            BOOK,
            &moved,
            &other,
            &(BOOK.replace(&format!("{bo}\n"), "").replace("Oslo", "Rome")
                + &new("Di")
                + "\n"
                + bo),
        );
    }

    #[test]
    fn two_new_people_of_one_name_stay_two() {
        let ours = BOOK.to_owned() + &new("Di") + "city = \"Oslo\"\n";
        let theirs = BOOK.to_owned() + &new("Di") + "city = \"Rome\"\n";
        let both = BOOK.to_owned()
            + &new("Di")
            + "city = \"Oslo\"\n"
            + &new("Di (Rome)")
            + "city = \"Rome\"\n";
        case(BOOK, &ours, &theirs, &both);
        let renamed = merged(BOOK, &theirs, &ours).renamed;
        assert_eq!(renamed, [("Di".to_owned(), "Di (Rome)".to_owned())]);
        // Those who share an address are one.
        let [ours, theirs] = [ours, theirs].map(|text| text + "email = \"di@acme.example\"\n");
        assert_eq!(merged(BOOK, &ours, &theirs).conflicts.len(), 1);
    }

    #[test]
    fn comments_of_one_text_are_told_apart_by_what_is_around_them() {
        let base = "[[contacts]]\nname = \"Ana\"\n\n# ---\n\n[[contacts]]\nname = \"Bo\"\n\n# ---\n\n[[contacts]]\nname = \"Cy\"\n";
        let ours = "[[contacts]]\nname = \"Al\"\n\n# ---\n\n".to_owned() + base;
        let di = "\n[[contacts]]\nname = \"Di\"\n";
        let theirs = base.replacen("# ---\n", &format!("# ---\n{di}"), 1);
        let both = ours.replace(
            "# ---\n\n[[contacts]]\nname = \"Bo\"",
            &format!("# ---\n{di}\n[[contacts]]\nname = \"Bo\""),
        );
        case(base, &ours, &theirs, &both);
    }

    #[test]
    fn items_whose_comments_differ_are_the_same() {
        let ours = BOOK.to_owned() + "\n[[extras]]\na = 1\n\n[[extras]]\na = 2\n";
        let theirs = ours.replace("a = 1\n", "a = 1 # one\n");
        let merge = merge_books(&[], &ours, &theirs).expect("merged");
        assert_eq!(merge.text(&[]), theirs);
    }

    #[test]
    fn a_text_of_two_newlines_is_merged_as_if_it_had_one() {
        let mixed = BOOK.replace("\"\n", "\"\r\n");
        let theirs = BOOK.replace("= 4", "= 5").replace("Oslo", "Rome");
        let merge = merged(BOOK, &mixed, &theirs);
        let alike = merge.text(&[]).replace('\r', "");
        assert_eq!((alike, merge.kept), (theirs, vec![]));
        // Who one side removed was not changed by newlines.
        let gone = BOOK.replace("\n# likes go\n[[contacts]]\nname = \"Bo\"\n", "");
        let merge = merged(BOOK, &mixed, &gone);
        assert_eq!(merge.text(&[]).replace('\r', ""), gone);
    }

    #[test]
    fn rows_in_indented_blocks_at_the_end_of_a_contact_are_merged() {
        let rows = "\n\n  # met\n  [[ contacts.touches ]] # 1\n  on = 2026-01-10\n\n  [[ contacts.touches ]]\n  on = 2026-02-10\n";
        let ana = |keys: &str, rows: &str| format!("[[contacts]]\nname = \"Ana\"\n{keys}{rows}");
        let base = ana("", rows);
        let ours = ana("city = \"Oslo\"\n", rows) + &new("Di");
        let noted = rows.replacen("\n\n  #", "\n # soon\n  #", 1);
        let theirs = ana("", &noted) + &new("Di");
        let both = ana("city = \"Oslo\"\n", &noted) + &new("Di");
        case(&base, &ours, &theirs, &both);
    }

    #[test]
    fn a_side_of_another_program_is_told_in_words() {
        let theirs = BOOK.to_owned() + &new("Di");
        let Err(Unmergeable::NotABook(MergeSide::Ours, problems)) =
            merge_books(&[BOOK], "[package]\nname = \"x\"\n", &theirs)
        else {
            panic!("it is no book");
        };
        let due = "it has neither a contact nor a setting of a book";
        assert_eq!(problems[0].message, due);
    }

    #[test]
    fn a_bucket_that_is_newly_used_stays() {
        let ours = BOOK
            .replace("[buckets.clients]\ncadence = \"4 weeks\"\n\n", "")
            .replace("bucket = \"clients\"\n", "");
        case(
            BOOK,
            &ours,
            &BOOK.replace("Oslo", "Rome"),
            &ours.replace("Oslo", "Rome"),
        );
        // However it is written.
        let dotted =
            |text: &str| text.replace("[buckets.clients]\ncadence", "[buckets]\nclients.cadence");
        let di = new("Di") + "bucket = \"clients\"\n";
        let [base, ours_dotted] = [
            BOOK,
            &BOOK
                .replace("cadence = \"4 weeks\"\n", "")
                .replace("bucket = \"clients\"\n", ""),
        ]
        .map(dotted);
        let ours_dotted = ours_dotted.replace("[buckets.clients]", "[buckets]");
        case(
            &base,
            &ours_dotted,
            &(base.clone() + &di),
            &(base.replace("bucket = \"clients\"\n", "") + &di),
        );
        let theirs = BOOK.to_owned() + &di;
        case(
            BOOK,
            &ours,
            &theirs,
            &(BOOK.replace("bucket = \"clients\"\n", "") + &di),
        );
    }

    #[test]
    fn a_last_line_without_an_end_is_a_line() {
        let [ours, theirs] = ["Di", "Ed"].map(|name| BOOK.to_owned() + &new(name));
        let [base, theirs] = [BOOK, &theirs].map(str::trim_end);
        case(
            base,
            ours.trim_end(),
            theirs,
            (ours.clone() + &new("Ed")).trim_end(),
        );
        case(base, &ours, theirs, &(ours.clone() + &new("Ed")));
    }

    #[test]
    fn newlines_and_a_byte_order_mark_are_values_of_the_text() {
        let changed = BOOK.replace("Oslo", "Rome");
        let crlf = |text: &str| text.replace('\n', "\r\n");
        let marked = |text: &str| format!("\u{feff}{text}");
        case(
            BOOK,
            &crlf(&changed),
            &marked(BOOK),
            &marked(&crlf(&changed)),
        );
        case(
            &marked(&crlf(BOOK)),
            &changed,
            &marked(&crlf(&(BOOK.to_owned() + &new("Di")))),
            &(changed.clone() + &new("Di")),
        );
        // A text of both kinds stays as it is.
        let mixed = BOOK.replacen("4 weeks\"\n", "4 weeks\"\r\n", 1);
        case(
            &mixed,
            &(mixed.clone() + &new("Di")),
            &mixed.replace("Oslo", "Rome"),
            &(mixed.replace("Oslo", "Rome") + &new("Di")),
        );
    }

    #[test]
    fn a_side_that_is_no_book_is_told() {
        let broken = BOOK.to_owned() + "x = [\n";
        assert!(
            matches!(merge_books(&[BOOK], &broken, &(BOOK.to_owned() + &new("Di"))), Err(Unmergeable::NotABook(MergeSide::Ours, problems)) if !problems.is_empty())
        );
        let newer = BOOK.replace("format = 1", "format = 99");
        assert!(matches!(
            merge_books(&[BOOK], &(BOOK.to_owned() + &new("Di")), &newer),
            Err(Unmergeable::NotABook(MergeSide::Theirs, _))
        ));
        // A base that is none is none.
        let [ours, theirs] = ["Di", "Ed"].map(|name| BOOK.to_owned() + &new(name));
        case(&broken, &ours, &theirs, &(ours.clone() + &new("Ed")));
        case("", &ours, &theirs, &(ours.clone() + &new("Ed")));
    }
}
