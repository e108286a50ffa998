//! The categories of a card as a bucket and tags.

use super::link::Agreed;
use super::three_way::{CardConflict, CardSide};
use crate::domain::identity::equivalence::is_alike_text;
use crate::domain::{Bucket, Contact, Field, Value};

/// Gives a contact the categories `now`, where it had those of `before`. Its bucket is another one only if its own is gone and
/// exactly one new category is the name of a bucket: nobody falls out of a bucket because a program dropped a category.
pub(super) fn set_categories(
    contact: &mut Contact,
    before: &[String],
    now: &[String],
    buckets: &[Bucket],
) {
    let has = |list: &[String], name: &str| list.iter().any(|one| is_alike_text(one, name));
    if now.iter().all(|name| has(before, name)) && before.iter().all(|name| has(now, name)) {
        return;
    }
    let keeps_bucket = contact
        .bucket
        .as_ref()
        .is_some_and(|bucket| has(now, bucket));
    let mut new = buckets
        .iter()
        .filter(|bucket| has(now, &bucket.name) && !has(before, &bucket.name));
    if !keeps_bucket && let (Some(bucket), None) = (new.next(), new.next()) {
        contact.bucket = Some(bucket.name.clone());
    }
    let mut tags = contact.tags.clone();
    tags.retain(|tag| has(now, tag));
    for name in now {
        let is_bucket = contact
            .bucket
            .as_ref()
            .is_some_and(|bucket| is_alike_text(bucket, name));
        if !is_bucket && !has(&tags, name) {
            tags.push(name.clone());
        }
    }
    contact.tags = tags;
}

/// The book moved a contact to a bucket, and its card to another one.
pub(super) struct TwoMoves {
    /// Both buckets.
    pub(super) conflict: CardConflict,
    /// The bucket that both left.
    left: Vec<String>,
}

impl TwoMoves {
    /// What both sides did since they agreed, if it is that.
    pub(super) fn of(
        agreed: &Agreed,
        contact: &Contact,
        card: &Contact,
        buckets: &[Bucket],
    ) -> Option<Self> {
        let has = |list: &[String], name: &str| list.iter().any(|one| is_alike_text(one, name));
        let of_book = contact.bucket.as_ref()?;
        let names = buckets.iter().map(|bucket| &bucket.name);
        let is_left = |name: &&String| has(&agreed.card.tags, name) && !has(&card.tags, name);
        let left: Vec<String> = names.clone().filter(is_left).cloned().collect();
        let is_new = |name: &&String| has(&card.tags, name) && !has(&agreed.card.tags, name);
        let mut new = names.filter(is_new);
        let (Some(of_card), None) = (new.next(), new.next()) else {
            return None;
        };
        let is_moved = !left.is_empty() && !has(&agreed.book.tags, of_book);
        let values = [of_book, of_card].map(|name| Value::Text(name.clone()));
        (is_moved && !is_alike_text(of_book, of_card)).then_some(Self {
            conflict: CardConflict {
                field: Field::Bucket,
                values,
            },
            left,
        })
    }

    /// Takes back the move of the side that lost.
    pub(super) fn take_back(&self, said: &mut [Contact; 2], winner: CardSide) {
        let loser = match winner {
            CardSide::Book => 1,
            CardSide::Card => 0,
        };
        let moved_to = self.conflict.values[loser].to_string();
        let tags = &mut said[loser].tags;
        tags.retain(|tag| !is_alike_text(tag, &moved_to));
        tags.extend(self.left.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cards::shared::shared;

    fn contact((bucket, tags): (&str, &str)) -> Contact {
        Contact {
            bucket: Some(bucket.to_owned()).filter(|bucket| !bucket.is_empty()),
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            ..Contact::default()
        }
    }

    /// What a contact with this bucket and these tags becomes with the categories `now`.
    #[track_caller]
    fn becomes(before: (&str, &str), now: &str, after: (&str, &str)) {
        let buckets = ["clients", "friends"].map(|name| Bucket {
            name: name.to_owned(),
            cadence: None,
            limit: None,
            share: 1,
            size: None,
        });
        let mut changed = contact(before);
        let now: Vec<String> = now.split_whitespace().map(str::to_owned).collect();
        let had = shared(&changed, false).tags;
        set_categories(&mut changed, &had, &now, &buckets);
        assert_eq!(changed, contact(after), "{now:?}");
    }

    #[test]
    fn tags_come_and_go() {
        becomes(
            ("clients", "rust"),
            "clients rust tea",
            ("clients", "rust tea"),
        );
        becomes(("clients", "rust tea"), "CLIENTS tea", ("clients", "tea"));
        becomes(("", "rust"), "tea", ("", "tea"));
    }

    #[test]
    fn one_new_category_that_names_a_bucket_moves_a_contact() {
        becomes(("clients", "rust"), "friends rust", ("friends", "rust"));
        becomes(("", "rust"), "Friends rust", ("friends", "rust"));
        becomes(("clients", ""), "clients friends", ("clients", "friends"));
        becomes(("", ""), "clients friends", ("", "clients friends"));
    }

    #[test]
    fn nobody_falls_out_of_a_bucket() {
        becomes(("clients", "rust"), "rust", ("clients", "rust"));
        becomes(("clients", "rust"), "choir", ("clients", "choir"));
    }
}
