//! What becomes of a contact and its card, which grew from what they agreed on.
//!
//! Each side is compared with what it said itself when both agreed. So what one of them cannot hold as the other does is no
//! change, and a card that another program wrote anew says the same. Without an agreement nothing was taken out: each side
//! gains what it lacks.

use super::card_lists::{ListSides, MergedLists, is_one_day, is_one_text, merge_rows};
use super::card_values::{is_unchanged, with_lines_of};
use super::link::Agreed;
use super::shared::{PRIVATE, SHARED};
use crate::domain::identity::equivalence::{is_same, united_dates};
use crate::domain::identity::match_key;
use crate::domain::model::field::FieldKind;
use crate::domain::{Contact, Field, Value};

/// A value that both sides changed, each to another one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CardConflict {
    /// The key.
    pub field: Field,
    /// The value in the book, and that on the card.
    pub values: [Value; 2],
}

/// The side whose value stays.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum CardSide {
    Book,
    Card,
}

/// What becomes of a contact and its card.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MergedCard {
    /// What the book is to say.
    pub book: Contact,
    /// What the card is to say.
    pub card: Contact,
    /// What is still open: both sides keep their values.
    pub conflicts: Vec<CardConflict>,
    /// The fields of the conflicts, and those that belong to one of them: an address is not taken without its city.
    pub open: Vec<Field>,
}

impl MergedCard {
    /// What both agree on once they say what they are to say, as far as they do: `before` where a value is still open.
    pub(super) fn agreed(&self, book: Contact, before: Option<&Agreed>) -> Agreed {
        let nothing = Agreed::default();
        let before = before.unwrap_or(&nothing);
        let mut agreed = Agreed {
            book,
            card: self.card.clone(),
        };
        for field in &self.open {
            agreed.book.set(*field, before.book.get(*field));
            agreed.card.set(*field, before.card.get(*field));
        }
        agreed
    }
}

/// Merges what `book` and `card` say, both as [`shared`](super::shared::shared) has it. `chosen` decides where both changed a
/// value; `None` leaves it open.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::domain::cards::link::Agreed;
/// use netkeep::domain::cards::three_way::merge_card;
///
/// let ana = Contact { name: "Ana Ruiz".to_owned(), ..Contact::default() };
/// let agreed = Agreed { book: ana.clone(), card: ana.clone() };
/// let book = Contact { title: Some("CTO".to_owned()), ..ana.clone() };
/// let card = Contact { city: Some("Lisbon".to_owned()), ..ana };
/// let merged = merge_card(Some(&agreed), &book, &card, |_| None);
/// assert_eq!(merged.book.city.as_deref(), Some("Lisbon"));
/// assert_eq!(merged.card.title.as_deref(), Some("CTO"));
/// ```
pub fn merge_card(
    agreed: Option<&Agreed>,
    book: &Contact,
    card: &Contact,
    chosen: impl Fn(&CardConflict) -> Option<CardSide>,
) -> MergedCard {
    let agreed = agreed.cloned().unwrap_or_default();
    let mut merge = CardMerge {
        now: [book, card],
        sides: [book.clone(), card.clone()],
        conflicts: vec![],
        lost: vec![],
        agreed: &agreed,
    };
    for field in SHARED.into_iter().chain(PRIVATE).chain([Field::Tags]) {
        match field.kind() {
            FieldKind::List => merge.list(field),
            FieldKind::Dates => merge.dates(),
            _ => merge.value(field, &chosen),
        }
    }
    merge_rows(merge.agreed, merge.now, &mut merge.sides);
    merge.finish()
}

/// Fields that say one thing together: the address with its city, the title with its company.
const PAIRS: [[Field; 2]; 2] = [
    [Field::Address, Field::City],
    [Field::Company, Field::Title],
];

struct CardMerge<'m> {
    /// What the book and the card say.
    now: [&'m Contact; 2],
    /// What they are to say.
    sides: [Contact; 2],
    conflicts: Vec<CardConflict>,
    /// The fields in which a side lost.
    lost: Vec<(Field, CardSide)>,
    agreed: &'m Agreed,
}

impl CardMerge<'_> {
    fn before(&self) -> [&Contact; 2] {
        [&self.agreed.book, &self.agreed.card]
    }

    fn value(&mut self, field: Field, chosen: impl Fn(&CardConflict) -> Option<CardSide>) {
        let now = self.now.map(|side| side.get(field));
        let before = self.before().map(|side| side.get(field));
        let is_changed =
            [0, 1].map(|side| !is_unchanged(before[side].as_ref(), now[side].as_ref()));
        match (is_changed, now) {
            ([false, false], _) => {}
            ([true, false], [value, _]) => self.take(field, 1, value),
            ([false, true], [_, value]) => self.take(field, 0, value),
            // What one side changed is not lost because the other took it out.
            (_, [Some(value), None]) => self.take(field, 1, Some(value)),
            (_, [None, Some(value)]) => self.take(field, 0, Some(value)),
            (_, [None, None]) => {}
            (_, [Some(book), Some(card)]) => self.both_changed(field, [book, card], chosen),
        }
    }

    fn both_changed(
        &mut self,
        field: Field,
        values: [Value; 2],
        chosen: impl Fn(&CardConflict) -> Option<CardSide>,
    ) {
        if self.says_the_same(field, &values) {
            return;
        }
        match (field, &values) {
            (Field::Notes, [Value::Text(book), Value::Text(card)]) => {
                let [book, card] = [with_lines_of(book, card), with_lines_of(card, book)];
                self.sides[0].notes = Some(book);
                self.sides[1].notes = Some(card);
                return;
            }
            (Field::Birthday, _) => {
                let [book, card] = self.now.map(|side| side.birthday);
                if let (Some(book), Some(card)) = (book, card)
                    && book.is_one_with(card)
                {
                    let full = if book.learns_from(card) { card } else { book };
                    for side in &mut self.sides {
                        side.birthday = Some(full);
                    }
                    return;
                }
            }
            _ => {}
        }
        let conflict = CardConflict { field, values };
        match chosen(&conflict) {
            Some(CardSide::Book) => {
                self.lost.push((field, CardSide::Card));
                self.take(field, 1, Some(conflict.values[0].clone()));
            }
            Some(CardSide::Card) => {
                self.lost.push((field, CardSide::Book));
                self.take(field, 0, Some(conflict.values[1].clone()));
            }
            None => self.conflicts.push(conflict),
        }
    }

    /// Gives a side the value of the other. Of an address comes the city, too, if the side has none.
    fn take(&mut self, field: Field, side: usize, value: Option<Value>) {
        let is_there = value.is_some();
        self.sides[side].set(field, value);
        let pair = PAIRS.iter().find(|pair| pair[0] == field);
        if let Some([_, part]) = pair.filter(|_| is_there)
            && self.sides[side].get(*part).is_none()
        {
            let with_it = self.now[1 - side].get(*part);
            self.sides[side].set(*part, with_it);
        }
    }

    fn says_the_same(&self, field: Field, [book, card]: &[Value; 2]) -> bool {
        let is_called = |side: usize, name: &str| {
            let mut names = self.now[side].names();
            names.any(|other| match_key::is_one_name(other, name))
        };
        match (field, book, card) {
            // With an agreement, a name that both changed is another one.
            (Field::Name, Value::Text(of_book), Value::Text(of_card))
                if self.agreed.book.name.is_empty() =>
            {
                is_same(field, book, card) || is_called(0, of_card) || is_called(1, of_book)
            }
            (Field::Name, ..) => is_unchanged(Some(book), Some(card)),
            _ => is_same(field, book, card),
        }
    }

    fn list(&mut self, field: Field) {
        let mut lists = ListSides {
            agreed: self.before().map(|side| side.texts(field)),
            now: self.now.map(|side| side.texts(field)),
        };
        // Some servers drop all categories: a card without any says nothing of them.
        if field == Field::Tags && lists.now[1].is_empty() {
            lists.agreed[1] = &[];
        }
        let merged = lists.merge(is_one_text(field));
        let value = |list: Vec<String>| (!list.is_empty()).then_some(Value::List(list));
        self.sides[0].set(field, value(merged.book));
        self.sides[1].set(field, value(merged.card));
    }

    fn dates(&mut self) {
        let lists = ListSides {
            agreed: self.before().map(|side| side.dates.as_slice()),
            now: self.now.map(|side| side.dates.as_slice()),
        };
        let MergedLists { book, card } = lists.merge(is_one_day);
        for (side, dates) in [book, card].into_iter().enumerate() {
            if dates != self.now[side].dates {
                // A day whose year only one side knows is one day.
                self.sides[side].dates = united_dates(&[], &dates).unwrap_or_default();
            }
        }
    }

    fn lost_of(&self, pair: [Field; 2]) -> Vec<(Field, CardSide)> {
        let lost = self.lost.iter().copied();
        lost.filter(|(field, _)| pair.contains(field)).collect()
    }

    fn finish(mut self) -> MergedCard {
        let mut open: Vec<Field> = self.conflicts.iter().map(|open| open.field).collect();
        for pair in PAIRS {
            if pair.iter().any(|field| open.contains(field)) {
                for field in pair {
                    for (side, now) in self.sides.iter_mut().zip(self.now) {
                        side.set(field, now.get(field));
                    }
                    open.push(field);
                }
            } else if let [(field, loser)] = self.lost_of(pair)[..] {
                // The other one comes from the side that won.
                let other = if field == pair[0] { pair[1] } else { pair[0] };
                let (winner, loser) = match loser {
                    CardSide::Book => (1, 0),
                    CardSide::Card => (0, 1),
                };
                for side in [loser, winner] {
                    self.sides[side].set(other, self.now[winner].get(other));
                }
            }
        }
        let [book, card] = self.sides;
        MergedCard {
            book,
            card,
            conflicts: self.conflicts,
            open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A contact of `key=value` words; a list has its items between commas.
    fn contact(words: &str) -> Contact {
        let mut contact = Contact {
            name: "Ana Ruiz".to_owned(),
            ..Contact::default()
        };
        for word in words.split_whitespace() {
            let (key, value) = word.split_once('=').expect("a key and a value");
            let field = Field::from_key(key).expect("a field");
            let value = match field.kind() {
                FieldKind::List => Value::List(value.split(',').map(str::to_owned).collect()),
                _ => Value::Text(value.replace('_', " ")),
            };
            contact.set(field, Some(value));
        }
        contact
    }

    /// What the next round makes of what this one made.
    fn again(
        merged: &MergedCard,
        before: Option<&Agreed>,
        chosen: impl Fn(&CardConflict) -> Option<CardSide>,
    ) -> MergedCard {
        let agreed = merged.agreed(merged.book.clone(), before);
        merge_card(Some(&agreed), &merged.book, &merged.card, chosen)
    }

    /// What both sides become, and the keys that are open; the agreement is the same for both sides.
    #[track_caller]
    fn becomes(agreed: Option<&str>, now: [&str; 2], after: [&str; 2], open: &[Field]) {
        let agreed = agreed.map(|words| Agreed {
            book: contact(words),
            card: contact(words),
        });
        let [book, card] = now.map(contact);
        let merged = merge_card(agreed.as_ref(), &book, &card, |_| None);
        let fields: Vec<Field> = merged.conflicts.iter().map(|open| open.field).collect();
        let sides = [&merged.book, &merged.card].map(Contact::clone);
        assert_eq!(sides, after.map(contact), "{now:?}");
        assert_eq!(fields, open);
        let again = again(&merged, agreed.as_ref(), |_| None);
        assert_eq!(again, merged, "an idle round changes nothing");
    }

    #[test]
    fn changes_of_different_keys_are_in_both() {
        let both = "title=CTO city=Lisbon email=a@x.example";
        becomes(
            Some("email=a@x.example"),
            [
                "title=CTO email=a@x.example",
                "city=Lisbon email=a@x.example",
            ],
            [both, both],
            &[],
        );
        becomes(Some("title=CTO"), ["title=CTO", ""], ["", ""], &[]);
        becomes(Some("title=CTO"), ["", "title=CTO"], ["", ""], &[]);
        becomes(
            Some("title=CTO"),
            ["", "title=CEO"],
            ["title=CEO", "title=CEO"],
            &[],
        );
    }

    #[test]
    fn two_new_values_of_one_key_are_open_and_asked_about_again() {
        let now = ["title=CTO", "title=CEO"];
        becomes(Some("title=Dev"), now, now, &[Field::Title]);
        becomes(None, now, now, &[Field::Title]);
        let [book, card] = now.map(contact);
        let first = merge_card(None, &book, &card, |_| None);
        let chosen = again(&first, None, |_| Some(CardSide::Card));
        assert_eq!(chosen.book.title.as_deref(), Some("CEO"));
        assert_eq!(
            (chosen.card, chosen.conflicts),
            (contact("title=CEO"), vec![])
        );
    }

    #[test]
    fn without_an_agreement_each_side_gains_what_it_lacks() {
        let after = "title=CTO email=a@x.example,b@x.example city=Lisbon";
        becomes(
            None,
            [
                "title=CTO email=a@x.example",
                "email=b@x.example city=Lisbon",
            ],
            [after, "title=CTO email=b@x.example,a@x.example city=Lisbon"],
            &[],
        );
        becomes(
            None,
            ["company=Acme", "company=ACME_Inc. title=CTO"],
            ["company=Acme title=CTO", "company=ACME_Inc. title=CTO"],
            &[],
        );
        becomes(
            None,
            ["company=Acme", "company=Globex title=CTO"],
            ["company=Acme", "company=Globex title=CTO"],
            &[Field::Company],
        );
    }

    #[test]
    fn a_full_birthday_wins_over_one_without_its_year() {
        let full = "birthday=1984-03-12";
        for now in [["birthday=--03-12", full], [full, "birthday=--03-12"]] {
            becomes(None, now, [full, full], &[]);
            becomes(Some(""), now, [full, full], &[]);
        }
        becomes(
            Some("birthday=--03-12"),
            ["birthday=--03-12", full],
            [full, full],
            &[],
        );
    }

    #[test]
    fn a_card_without_categories_says_nothing_of_them() {
        becomes(
            Some("tags=clients,rust"),
            ["tags=clients,rust", ""],
            ["tags=clients,rust", ""],
            &[],
        );
        becomes(
            Some("tags=clients,rust"),
            ["tags=friends,rust", ""],
            ["tags=friends,rust", "tags=friends"],
            &[],
        );
        becomes(
            Some("tags=clients,rust"),
            ["tags=clients,rust", "tags=Clients"],
            ["tags=clients", "tags=Clients"],
            &[],
        );
    }

    #[test]
    fn what_a_card_cannot_hold_as_the_book_does_is_no_change() {
        let agreed = Agreed {
            book: Contact {
                name: "Ana Ruiz (Acme)".to_owned(),
                ..contact("address=Elm_9")
            },
            card: contact("address=Elm_9,_Oslo"),
        };
        let merged = merge_card(Some(&agreed), &agreed.book, &agreed.card, |_| None);
        assert_eq!([&merged.book, &merged.card], [&agreed.book, &agreed.card]);
        let renamed = Contact {
            name: "Ana Ruiz Gil".to_owned(),
            ..agreed.card.clone()
        };
        let merged = merge_card(Some(&agreed), &agreed.book, &renamed, |_| None);
        assert_eq!(merged.book.name, "Ana Ruiz Gil");
    }

    #[test]
    fn names_of_one_person_agree_without_an_agreement() {
        let called = |name: &str, aka: &[&str]| Contact {
            name: name.to_owned(),
            aka: aka.iter().map(|aka| (*aka).to_owned()).collect(),
            ..Contact::default()
        };
        let open =
            |book: &Contact, card: &Contact| merge_card(None, book, card, |_| None).conflicts;
        assert_eq!(
            open(&called("Ana Ruiz (Acme)", &[]), &called("ana ruiz", &[])),
            []
        );
        assert_eq!(open(&called("Ana Ruiz", &["Ani"]), &called("Ani", &[])), []);
        assert_eq!(
            open(&called("Ana Ruiz", &[]), &called("Ana Gil", &[])).len(),
            1
        );
    }

    #[test]
    fn a_card_adds_touches_and_takes_none_out() {
        let touches = |days: &[&str]| Contact {
            touches: days
                .iter()
                .map(|day| crate::domain::Touch::on(day.parse().expect("a day")))
                .collect(),
            ..contact("")
        };
        let both = touches(&["2026-11-01", "2026-11-10"]);
        let agreed = Agreed {
            book: both.clone(),
            card: both.clone(),
        };
        let card = touches(&["2026-11-10", "2026-11-20"]);
        let merged = merge_card(Some(&agreed), &both, &card, |_| None);
        assert_eq!(
            merged.book,
            touches(&["2026-11-01", "2026-11-10", "2026-11-20"])
        );
        let book = touches(&["2026-11-10"]);
        let merged = merge_card(Some(&agreed), &book, &both, |_| None);
        assert_eq!([&merged.book, &merged.card], [&book, &book]);
    }
}
