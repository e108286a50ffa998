//! Rows of a contact: touches, promises and dates. They are multisets: a row has no identity but its keys.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use chrono::NaiveDate;

use crate::domain::Direction;

/// A row of the merged list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MergedRow {
    /// Where it is written.
    pub row: RowPlace,
    /// Whether the direction is taken out of it: one side saw what went out, the other what came back.
    pub is_exchange: bool,
}

/// The place of a row in one of the two lists.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RowPlace {
    Ours(usize),
    Theirs(usize),
}

/// A touch with a `source`: another program said that it happened. The book has one of them a day and channel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SourcedRow<'r> {
    /// The day.
    pub day: NaiveDate,
    /// The channel; empty where none is given.
    pub channel: &'r str,
    /// Who reached out; `None` is a real exchange.
    pub direction: Option<Direction>,
    /// Everything else but the source, such as a note; empty where there is nothing. Rows with different words stay two.
    pub words: &'r str,
    /// The source.
    pub source: &'r str,
}

/// Merges two lists of rows. Of each row as many stay as every base has, and as many more or fewer as the sides added or took
/// out: what both did alike is done once. The rows of ours keep their order. A row that theirs adds follows the one that it
/// follows there; among the rows that ours adds at the same place, it is put by `key`, which is its day and then its text.
///
/// ```
/// use netkeep::domain::merge::rows::RowPlace::{Ours, Theirs};
/// use netkeep::domain::merge::rows::merge_rows;
///
/// let places = merge_rows(&[&[1, 2]], &[2, 5], &[1, 2, 4], |day| *day);
/// assert_eq!(places, [Ours(0), Theirs(2), Ours(1)]);
/// ```
pub fn merge_rows<'r, R: Eq + Hash, K: Ord>(
    bases: &[&[R]],
    ours: &'r [R],
    theirs: &'r [R],
    key: impl Fn(&'r R) -> K,
) -> Vec<RowPlace> {
    let bases: Vec<HashMap<&R, usize>> = bases.iter().map(|base| counts(base)).collect();
    let [in_ours, in_theirs] = [ours, theirs].map(counts);
    let count = |side: &HashMap<&R, usize>, row: &R| side.get(row).copied().unwrap_or_default();
    let merged = |row: &R| {
        let base = bases.iter().map(|base| count(base, row)).min();
        merged_count(
            base.unwrap_or(0),
            count(&in_ours, row),
            count(&in_theirs, row),
        )
    };
    let both = |row: &R| count(&in_ours, row).min(count(&in_theirs, row));
    let [stays, in_both] = [first_of_each(ours, &merged), first_of_each(ours, &both)];
    let added = added_rows(ours, theirs, &in_both, &first_of_each(theirs, &merged));
    let is_newest_first = is_falling(ours, theirs, &key);
    let is_before = |ours: &'r R, theirs: &'r R| {
        let [ours, theirs] = [key(ours), key(theirs)];
        if is_newest_first {
            ours > theirs
        } else {
            ours < theirs
        }
    };
    let mut rows = Vec::new();
    let mut waiting = VecDeque::new();
    for (at, added) in added.into_iter().enumerate() {
        waiting.extend(added);
        let is_fixed = in_both.get(at).is_none_or(|in_both| *in_both);
        while let Some(next) = waiting.front().copied()
            && (is_fixed || !is_before(&ours[at], &theirs[next]))
        {
            rows.push(RowPlace::Theirs(next));
            waiting.pop_front();
        }
        if stays.get(at) == Some(&true) {
            rows.push(RowPlace::Ours(at));
        }
    }
    rows
}

/// Which rows of theirs are added before each row of ours, and after the last: each after the row of ours that it follows in
/// theirs, or before those that ours adds at the start.
fn added_rows<R: Eq + Hash>(
    ours: &[R],
    theirs: &[R],
    in_both: &[bool],
    is_merged: &[bool],
) -> Vec<Vec<usize>> {
    let mut places: HashMap<&R, Vec<usize>> = HashMap::new();
    for at in (0..ours.len()).rev().filter(|at| in_both[*at]) {
        places.entry(&ours[at]).or_default().push(at);
    }
    let mut added = vec![vec![]; ours.len() + 1];
    let mut gap = None;
    let mut leading = Vec::new();
    for (at, row) in theirs.iter().enumerate() {
        if let Some(place) = places.get_mut(row).and_then(Vec::pop) {
            if gap.is_none() {
                let own = in_both[..place]
                    .iter()
                    .rev()
                    .take_while(|in_both| !**in_both);
                added[place - own.count()].append(&mut leading);
            }
            gap = Some(place + 1);
        } else if is_merged[at] {
            match gap {
                Some(gap) => added[gap].push(at),
                None => leading.push(at),
            }
        }
    }
    added[0].append(&mut leading);
    added
}

/// Whether the newest rows come first in more places than they come last.
fn is_falling<'r, R, K: Ord>(ours: &'r [R], theirs: &'r [R], key: impl Fn(&'r R) -> K) -> bool {
    let pairs = ours.windows(2).chain(theirs.windows(2));
    let steps = pairs.map(|pair| match key(&pair[0]).cmp(&key(&pair[1])) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    });
    steps.sum::<i64>() > 0
}

/// Makes one of the rows with a source that the two sides have for one day and channel; `says` tells those rows from others.
/// The direction of the one that stays is the one that all have; if they differ, it is an exchange. Where several have
/// words of their own, all stay.
///
/// ```
/// use netkeep::domain::Direction;
/// use netkeep::domain::merge::rows::{RowPlace, SourcedRow, join_sourced};
///
/// let [ours, theirs] = [Some(Direction::Out), Some(Direction::In)];
/// let says = |direction: &Option<Direction>| {
///     Some(SourcedRow {
///         day: "2026-11-23".parse().unwrap(),
///         channel: "email",
///         direction: *direction,
///         words: "",
///         source: "mail",
///     })
/// };
/// let rows = join_sourced(vec![RowPlace::Ours(0), RowPlace::Theirs(0)], &[ours], &[theirs], says);
/// assert_eq!((rows.len(), rows[0].is_exchange), (1, true));
/// ```
pub fn join_sourced<'r, R: Eq + Hash>(
    places: Vec<RowPlace>,
    ours: &'r [R],
    theirs: &'r [R],
    says: impl Fn(&'r R) -> Option<SourcedRow<'r>>,
) -> Vec<MergedRow> {
    let in_theirs: HashSet<&R> = theirs.iter().collect();
    let mut days: HashMap<(NaiveDate, &str), Vec<(usize, SourcedRow)>> = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        let row = match *place {
            RowPlace::Ours(row) => Some(&ours[row]).filter(|row| !in_theirs.contains(row)),
            RowPlace::Theirs(row) => Some(&theirs[row]),
        };
        if let Some(sourced) = row.and_then(&says) {
            let day = days.entry((sourced.day, sourced.channel)).or_default();
            day.push((at, sourced));
        }
    }
    let is_ours = |at: usize| matches!(places[at], RowPlace::Ours(_));
    let mut is_left_out = vec![false; places.len()];
    let mut is_exchange = vec![false; places.len()];
    for rows in days.into_values() {
        let is_of_both =
            rows.iter().any(|(at, _)| is_ours(*at)) && !rows.iter().all(|(at, _)| is_ours(*at));
        let words: HashSet<&str> = rows.iter().map(|(_, row)| row.words).collect();
        let several = words.iter().filter(|words| !words.is_empty()).count() > 1;
        let best = rows
            .iter()
            .min_by_key(|(_, row)| (row.words.is_empty(), row.direction.is_some(), row.source));
        let Some((kept, best)) = best.filter(|_| is_of_both && !several) else {
            continue;
        };
        let is_one_way = rows.iter().all(|(_, row)| row.direction == best.direction);
        is_exchange[*kept] = best.direction.is_some() && !is_one_way;
        for (at, _) in &rows {
            is_left_out[*at] = at != kept;
        }
    }
    let rows = places
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !is_left_out[*at]);
    let rows = rows.map(|(at, row)| MergedRow {
        row,
        is_exchange: is_exchange[at],
    });
    rows.collect()
}

/// How many of a row stay, given how many every base has.
pub(crate) fn merged_count(base: usize, ours: usize, theirs: usize) -> usize {
    if ours >= base && theirs >= base {
        ours.max(theirs)
    } else if ours <= base && theirs <= base {
        ours.min(theirs)
    } else {
        ours + theirs - base
    }
}

fn counts<R: Eq + Hash>(rows: &[R]) -> HashMap<&R, usize> {
    let mut counts = HashMap::new();
    for row in rows {
        *counts.entry(row).or_default() += 1;
    }
    counts
}

/// For each row, whether it is one of the first `wanted` that are equal to it.
fn first_of_each<R: Eq + Hash>(rows: &[R], wanted: &impl Fn(&R) -> usize) -> Vec<bool> {
    let mut seen: HashMap<&R, usize> = HashMap::new();
    let is_first = rows.iter().map(|row| {
        let seen = seen.entry(row).or_default();
        *seen += 1;
        *seen <= wanted(row)
    });
    is_first.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are letters, and a letter is its own day.
    #[track_caller]
    fn becomes(bases: &[&str], ours: &str, theirs: &str, merged: &str) {
        let rows = |text: &str| text.chars().collect::<Vec<char>>();
        let bases: Vec<Vec<char>> = bases.iter().map(|base| rows(base)).collect();
        let bases: Vec<&[char]> = bases.iter().map(Vec::as_slice).collect();
        let text = |ours: &[char], theirs: &[char]| {
            let places = merge_rows(&bases, ours, theirs, char::to_ascii_lowercase);
            let row = |place: &RowPlace| match *place {
                RowPlace::Ours(at) => ours[at],
                RowPlace::Theirs(at) => theirs[at],
            };
            places.iter().map(row).collect::<String>()
        };
        let [ours, theirs] = [ours, theirs].map(rows);
        assert_eq!(text(&ours, &theirs), merged);
        let sorted = |text: &str| {
            let mut rows = rows(text);
            rows.sort_unstable();
            rows
        };
        assert_eq!(sorted(&text(&theirs, &ours)), sorted(merged));
    }

    #[test]
    fn every_new_row_of_either_side_is_there() {
        becomes(&["a"], "ab", "ac", "abc");
        becomes(&["a"], "ac", "ab", "abc");
        becomes(&["a"], "abb", "ab", "abb");
        becomes(&["a"], "aa", "aa", "aa");
        becomes(&[""], "b", "a", "ab");
    }

    #[test]
    fn rows_that_were_taken_out_are_not_there() {
        becomes(&["abc"], "ac", "abcd", "acd");
        becomes(&["abc"], "c", "ab", "");
        becomes(&["aa"], "a", "a", "a");
        becomes(&["aaa"], "a", "aaaa", "aa");
        becomes(&["aa"], "", "a", "");
        // One removed a row that the other changed.
        becomes(&["ab"], "a", "aB", "aB");
    }

    #[test]
    fn without_a_base_or_where_bases_differ_nothing_was_taken_out() {
        becomes(&[], "ab", "bc", "abc");
        becomes(&["ab", "b"], "a", "b", "a");
        becomes(&["aab", "abb"], "ab", "aabb", "aabb");
    }

    #[test]
    fn a_row_follows_the_one_that_it_follows_on_its_side() {
        becomes(&["acf"], "acf", "abcdf", "abcdf");
        becomes(&["m"], "zm", "am", "azm");
        becomes(&["m"], "mn", "lm", "lmn");
        becomes(&["fca"], "fcba", "gfda", "gfdba");
        becomes(&["fca"], "hfcba", "gfcaz", "hgfcbaz");
        becomes(&["ab"], "ba", "abc", "bca");
    }

    fn touches(text: &str) -> Vec<(char, &str, &str)> {
        text.split(' ')
            .filter(|row| !row.is_empty())
            .map(|row| {
                let mut parts = row.splitn(3, ':');
                let direction = parts.next().and_then(|text| text.chars().next());
                let mut part = || parts.next().unwrap_or_default();
                (direction.unwrap_or('-'), part(), part())
            })
            .collect()
    }

    /// Rows are written `direction:source:words`; one without a source is nobody's.
    #[track_caller]
    fn one_day(ours: &str, theirs: &str, joined: &str) {
        let one = |ours: &str, theirs: &str| {
            let [ours, theirs] = [ours, theirs].map(touches);
            let places = merge_rows(&[], &ours, &theirs, |row| *row);
            let rows = join_sourced(places, &ours, &theirs, |(direction, source, words)| {
                (!source.is_empty()).then_some(SourcedRow {
                    day: NaiveDate::MIN,
                    channel: "email",
                    direction: match direction {
                        'o' => Some(Direction::Out),
                        'i' => Some(Direction::In),
                        _ => None,
                    },
                    words,
                    source,
                })
            });
            let mut rows: Vec<String> = rows
                .into_iter()
                .map(|merged| {
                    let (direction, source, words) = match merged.row {
                        RowPlace::Ours(at) => ours[at],
                        RowPlace::Theirs(at) => theirs[at],
                    };
                    let direction = if merged.is_exchange { '-' } else { direction };
                    format!("{direction}:{source}:{words}")
                })
                .collect();
            rows.sort_unstable();
            rows.join(" ")
        };
        assert_eq!(one(ours, theirs), joined);
        assert_eq!(one(theirs, ours), joined);
    }

    #[test]
    fn rows_with_a_source_are_one_a_day_and_channel() {
        one_day("o:mail:", "o:mail:", "o:mail:");
        one_day("o:mail:", "i:mail:", "-:mail:");
        one_day("o:mail:", "-:mail:", "-:mail:");
        one_day("o:mail:", "o:home:", "o:home:");
        one_day("o:mail:draft", "i:mail:", "-:mail:draft");
        one_day("o:mail:draft", "-:mail:", "-:mail:draft");
    }

    #[test]
    fn no_words_are_lost_and_what_one_side_has_twice_stays() {
        one_day(
            "o:mail:draft",
            "i:mail:thanks",
            "i:mail:thanks o:mail:draft",
        );
        one_day("o:mail: i:mail:", "", "i:mail: o:mail:");
        one_day("o:mail: i:mail:", "o:mail: i:mail:", "i:mail: o:mail:");
        one_day("o:mail:", "i::coffee", "i::coffee o:mail:");
    }
}
