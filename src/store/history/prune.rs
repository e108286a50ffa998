//! Removes versions that are too old or too many.

use std::fs;

use chrono::{Days, NaiveDateTime};

use super::version::Origin;
use super::versions::Versions;

/// How many of the newest versions are kept, whatever their age.
const NEWEST: usize = 50;

/// For how many days one version a day is kept as well.
const DAYS: u64 = 30;

/// How many of the newest versions are kept whatever their length: the book as it is, and what undo makes of it.
const NEEDED: usize = 2;

/// How many bytes all of them may have, if those have no more.
const BYTES: u64 = 64 * 1024 * 1024;

/// How many displaced versions are kept, which were never the book.
const STRAYS: usize = 10;

impl Versions {
    /// Whether versions between the one with this number and the next were pruned, because only one a day is kept.
    pub(crate) fn is_followed_by_a_gap(&self, number: u64) -> bool {
        let line = self.all.iter().rev();
        let newer = line.filter(|version| version.number > number);
        let next = newer.clone().next_back().map(|next| next.number);
        let is_old = newer.filter(|one| one.by != Origin::Displaced).count() >= NEWEST;
        is_old && next.is_some_and(|next| next > number + 1)
    }

    /// Removes versions that are too old or too many, after a save: none is undone then.
    pub(crate) fn prune(&mut self, at: NaiveDateTime) {
        self.prune_to(at, BYTES);
    }

    fn prune_to(&mut self, at: NaiveDateTime, limit: u64) {
        let since = at.date().checked_sub_days(Days::new(DAYS));
        let (mut bytes, mut day, mut is_full) = (0, None, false);
        let (mut kept, mut strays) = (0, 0);
        let mut all = std::mem::take(&mut self.all);
        all.reverse();
        all.retain(|version| {
            let is_stray = version.by == Origin::Displaced;
            strays += usize::from(is_stray);
            let is_daily = day != Some(version.at.date())
                && since.is_some_and(|since| version.at.date() >= since);
            let is_wanted = if is_stray {
                strays <= STRAYS
            } else {
                kept < NEWEST || is_daily
            };
            if is_wanted {
                bytes += fs::metadata(&version.path).map_or(0, |meta| meta.len());
                // Nothing older is kept then, so that undo skips no step.
                is_full |= kept >= NEEDED && bytes > limit;
            }
            if is_wanted && !is_full {
                day = Some(version.at.date());
                kept += usize::from(!is_stray);
                return true;
            }
            // If it cannot be removed now, the next save tries again.
            let _ = fs::remove_file(&version.path);
            false
        });
        all.reverse();
        self.all = all;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::NaiveDate;

    use super::*;

    fn day(day: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(2026, 10 + day / 30, day % 30 + 1).expect("a day");
        day.and_hms_opt(10, 15, 0).expect("a time")
    }

    #[test]
    fn the_newest_fifty_stay_and_one_a_day_for_thirty() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut versions = Versions::of(folder.path().to_owned(), Path::new("book"));
        for number in 0..120_u32 {
            let text = number.to_string();
            versions
                .keep(
                    text.as_bytes(),
                    Origin::Command("log".to_owned()),
                    1,
                    day(number / 2),
                )
                .expect("kept");
        }
        versions.prune(day(59));
        // Two a day: the newest fifty are those of 25 days, and of the five before that one each.
        assert_eq!(versions.all.len(), 50 + 5);
        assert_eq!(numbers(&versions)[..6], [62, 64, 66, 68, 70, 71]);
        assert_eq!(
            Versions::of(folder.path().to_owned(), Path::new("book")).all,
            versions.all
        );
    }

    /// The numbers of the versions left of some with these lengths, where there is room for `limit` bytes.
    fn left(versions: &[(usize, Origin)], limit: u64) -> Vec<u64> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut kept = Versions::of(folder.path().to_owned(), Path::new("book"));
        for (number, (length, by)) in versions.iter().enumerate() {
            let text = format!("{number:length$}");
            let done = kept.keep(text.as_bytes(), by.clone(), 1, day(0));
            done.expect("kept");
        }
        kept.prune_to(day(0), limit);
        let again = Versions::of(folder.path().to_owned(), Path::new("book"));
        assert_eq!(again.all, kept.all);
        numbers(&kept)
    }

    fn numbers(versions: &Versions) -> Vec<u64> {
        versions.all.iter().map(|version| version.number).collect()
    }

    #[test]
    fn all_of_them_have_so_many_bytes_but_the_newest_two_may_have_more() {
        let of = |lengths: &[usize]| -> Vec<(usize, Origin)> {
            let log = || Origin::Command("log".to_owned());
            lengths.iter().map(|length| (*length, log())).collect()
        };
        assert_eq!(left(&of(&[50; 5]), 1), [4, 5]);
        assert_eq!(left(&of(&[50; 5]), 149), [4, 5]);
        assert_eq!(left(&of(&[50; 5]), 150), [3, 4, 5]);
        assert_eq!(left(&of(&[1, 300, 300]), 100), [2, 3]);
        // Not the first, although there is room for it: undo would skip a step.
        assert_eq!(left(&of(&[1, 90, 5, 5]), 50), [3, 4]);
    }

    #[test]
    fn what_another_program_saved_meanwhile_counts_too() {
        let log = || Origin::Command("log".to_owned());
        let stray = || Origin::Displaced;
        let versions = [
            (40, log()),
            (40, stray()),
            (40, log()),
            (40, stray()),
            (40, log()),
        ];
        assert_eq!(left(&versions, 1), [3, 4, 5]);
        assert_eq!(left(&versions, 170), [2, 3, 4, 5]);
    }
}
