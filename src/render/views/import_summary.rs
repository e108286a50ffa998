//! What an import finds and does, in one line.

use std::collections::HashSet;

use crate::domain::identity::import::{Arrival, Intake, Outcome};
use crate::domain::{ContactId, Field};
use crate::render::words::plural::count;

/// An arrival and what becomes of it.
pub(crate) type ImportRow<'i> = (&'i Arrival, &'i Outcome);

/// What an import skips.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Skipped {
    /// Rows or cards that could not be read.
    pub(crate) lost: usize,
    /// The word for a row, singular and plural.
    pub(crate) row: (&'static str, &'static str),
    /// Groups of people.
    pub(crate) groups: usize,
    /// Pictures, sounds and keys.
    pub(crate) media: usize,
}

/// `212 new, 31 known (4 gain a company), 2 unclear, 1 row skipped`.
pub(crate) fn sum(intake: &Intake, rows: &[ImportRow], beside: Skipped) -> String {
    let (mut new, mut known, mut again, mut unclear, mut differ, mut taken) = (0, 0, 0, 0, 0, 0);
    for (_, outcome) in rows {
        match outcome {
            Outcome::New(_) => new += 1,
            Outcome::Again(_, gains) => {
                again += 1;
                taken += usize::from(!gains.replaced.is_empty());
                differ += usize::from(!gains.differs.is_empty());
            }
            Outcome::Unclear(..) => unclear += 1,
            Outcome::Known(_, gains) => {
                known += 1;
                taken += usize::from(!gains.replaced.is_empty());
                differ += usize::from(!gains.differs.is_empty());
            }
        }
    }
    let (known_gain, again_gain) = match gains(intake, rows) {
        gains if known > 0 => (gains, String::new()),
        gains => (String::new(), gains),
    };
    let mut parts = vec![format!("{new} new")];
    let mut part = |number: usize, text: String| {
        if number > 0 {
            parts.push(text);
        }
    };
    part(known, format!("{known} known{known_gain}"));
    part(again, format!("{again} repeated{again_gain}"));
    part(taken, count(taken, "takes theirs", "take theirs"));
    part(differ, count(differ, "differs", "differ"));
    part(unclear, format!("{unclear} unclear"));
    part(
        beside.lost,
        format!("{} skipped", count(beside.lost, beside.row.0, beside.row.1)),
    );
    part(beside.groups, count(beside.groups, "group", "groups"));
    part(
        beside.media,
        format!(
            "{} left out",
            count(beside.media, "picture or key", "pictures and keys")
        ),
    );
    parts.join(", ")
}

/// ` (4 gain a company, 1 a title)`: how many contacts of the book gain what. Several rows for one contact count once.
fn gains(intake: &Intake, rows: &[ImportRow]) -> String {
    let mut seen: HashSet<(ContactId, &str)> = HashSet::new();
    let mut gains: Vec<(&str, usize)> = Vec::new();
    for (_, outcome) in rows {
        let (Outcome::Known(id, gained) | Outcome::Again(id, gained)) = outcome else {
            continue;
        };
        let fields = gained.fields.iter().map(|field| article(*field));
        let rows = [(gained.promises, "a promise"), (gained.touches, "a touch")];
        let rows = rows.into_iter().filter(|(count, _)| *count > 0);
        for field in fields.chain(rows.map(|(_, row)| row)) {
            if id.0 >= intake.before || !seen.insert((*id, field)) {
                continue;
            }
            match gains.iter_mut().find(|(there, _)| *there == field) {
                Some((_, count)) => *count += 1,
                None => gains.push((field, 1)),
            }
        }
    }
    gains.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let Some(((field, first), rest)) = gains.split_first() else {
        return String::new();
    };
    let gain = if *first == 1 { "gains" } else { "gain" };
    let rest = rest
        .iter()
        .map(|(field, count)| format!(", {count} {field}"));
    format!(" ({first} {gain} {field}{})", rest.collect::<String>())
}

/// A field as something a contact can gain.
pub(crate) fn article(field: Field) -> &'static str {
    match field {
        Field::Name => "a name",
        Field::Aka => "another name",
        Field::Bucket => "a bucket",
        Field::Cadence => "a cadence",
        Field::Limit => "a limit",
        Field::Company => "a company",
        Field::Title => "a title",
        Field::Email => "an e-mail address",
        Field::Phone => "a phone number",
        Field::Links => "a link",
        Field::Address => "an address",
        Field::City => "a city",
        Field::Birthday => "a birthday",
        Field::Dates => "another day",
        Field::Tags => "a tag",
        Field::Met => "where you met",
        Field::Friendly => "friendliness",
        Field::Paused => "a pause",
        Field::Added => "a first day",
        Field::Next => "a plan",
        Field::Uid => "a UID",
        Field::Notes => "notes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;
    use crate::domain::identity::match_key::MatchedBy;
    use crate::domain::identity::supplement::Gains;

    #[test]
    fn a_sum_counts_what_there_is() {
        let gains = |fields: &[Field], differs: &[Field]| Gains {
            fields: fields.to_vec(),
            differs: differs.to_vec(),
            ..Gains::default()
        };
        let known = |id, fields: &[Field], differs: &[Field]| {
            Outcome::Known(ContactId(id), gains(fields, differs))
        };
        let again = |id, fields: &[Field]| Outcome::Again(ContactId(id), gains(fields, &[]));
        let beside = Skipped {
            lost: 1,
            row: ("row", "rows"),
            groups: 0,
            media: 2,
        };
        let arrival = Arrival::default();
        let intake = Intake {
            contacts: vec![],
            before: 3,
            outcomes: vec![],
        };
        let outcomes = [
            Outcome::New(ContactId(3)),
            known(0, &[Field::Company, Field::Email], &[]),
            known(1, &[Field::Company], &[Field::Title]),
            known(2, &[], &[]),
            Outcome::Unclear(vec![], MatchedBy::Name),
            again(3, &[Field::Email]),
            again(1, &[Field::Company]),
        ];
        assert_eq!(
            sum(
                &intake,
                &outcomes.each_ref().map(|outcome| (&arrival, outcome)),
                beside
            ),
            "1 new, 3 known (2 gain a company, 1 an e-mail address), 2 repeated, 1 differs, 1 unclear, 1 row skipped, 2 pictures and keys left out"
        );
        let sum = |outcome| sum(&intake, &[(&arrival, &outcome)], Skipped::default());
        assert_eq!(sum(known(0, &[], &[])), "0 new, 1 known");
        let taken = Gains {
            replaced: vec![(Field::City, Value::Text("Lyon".to_owned()))],
            ..Gains::default()
        };
        assert_eq!(
            sum(Outcome::Known(ContactId(0), taken)),
            "0 new, 1 known, 1 takes theirs"
        );
        assert_eq!(
            sum(again(0, &[Field::Title])),
            "0 new, 1 repeated (1 gains a title)"
        );
    }
}
