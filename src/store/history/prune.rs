//! Removes versions that are too old or too many.

use std::fs;

use chrono::{Days, NaiveDateTime};

use super::version::Origin;
use super::versions::Versions;

/// How many of the newest versions are kept, whatever their age.
const NEWEST: usize = 50;

/// For how many days one version a day is kept as well.
const DAYS: u64 = 30;

/// How many bytes all of them may have, except for the newest two.
const BYTES: u64 = 64 * 1024 * 1024;

/// How many displaced versions are kept, which were never the book.
const STRAYS: usize = 10;

impl Versions {
    /// Removes versions that are too old or too many.
    pub(crate) fn prune(&mut self, at: NaiveDateTime) {
        let since = at.date().checked_sub_days(Days::new(DAYS));
        let (mut bytes, mut day) = (0, None);
        let (mut kept, mut strays) = (0, 0);
        let mut all = std::mem::take(&mut self.all);
        all.reverse();
        all.retain(|version| {
            let length = fs::metadata(&version.path).map_or(0, |meta| meta.len());
            if version.by == Origin::Displaced {
                strays += 1;
            }
            let is_crowd = version.by == Origin::Displaced && strays > STRAYS;
            let is_daily = day != Some(version.at.date())
                && since.is_some_and(|since| version.at.date() >= since);
            let fits = kept < 2 || bytes + length <= BYTES;
            if fits && !is_crowd && (kept < NEWEST || is_daily) {
                day = Some(version.at.date());
                bytes += length;
                kept += usize::from(version.by != Origin::Displaced);
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
        let numbers: Vec<u64> = versions.all.iter().map(|version| version.number).collect();
        assert_eq!(numbers[..6], [62, 64, 66, 68, 70, 71]);
        assert_eq!(
            Versions::of(folder.path().to_owned(), Path::new("book")).all,
            versions.all
        );
    }
}
