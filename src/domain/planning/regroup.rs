//! The half-yearly review: contacts in the wrong bucket, or without one.

use chrono::{Days, NaiveDate};

use super::rhythm::median_gap;
use crate::domain::due::rule::{CadenceSource, Quiet, Standing, standing};
use crate::domain::{Book, Cadence, ContactId};

/// The days from one regrouping to the next: 26 weeks.
const HALF_A_YEAR: u64 = 26 * 7;

/// How many touches in half a year count as often.
const OFTEN: usize = 3;

/// A contact to review, with a reason and a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RegroupFinding<'b> {
    pub(crate) id: ContactId,
    pub(crate) reason: RegroupReason,
    pub(crate) proposal: Proposal<'b>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RegroupReason {
    /// The median gap, in days, is more than twice the cadence, or less than half of it.
    Rhythm { gap: i64, cadence: Cadence },
    /// Too many touches in a row without an answer.
    Resting,
    /// In a bucket and never touched.
    Never,
    /// Without a bucket and touched often.
    Often { touches: usize, gap: Option<i64> },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Proposal<'b> {
    /// Move it to another bucket.
    Move(&'b str),
    /// Give it a cadence of its own.
    Cadence(Cadence),
    Drop,
    Keep,
}

/// Whether it is time: half a year after the last regrouping or, if there was none, after tracking began, on the first day
/// a contact was added, else touched.
pub(crate) fn is_time(book: &Book, today: NaiveDate) -> bool {
    let first = || {
        let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
        let added = book.contacts.iter().filter_map(|contact| contact.added);
        added.min().or_else(|| touches.map(|touch| touch.on).min())
    };
    // A future day is a typo and does not delay it.
    let last = book.regrouped.filter(|last| *last <= today);
    let since = last.or_else(first);
    since.is_some_and(|since| next_time(since) <= today)
}

/// The day of the next regrouping after one on `day`.
pub(crate) fn next_time(day: NaiveDate) -> NaiveDate {
    let next = day.checked_add_days(Days::new(HALF_A_YEAR));
    next.unwrap_or(NaiveDate::MAX)
}

/// The contacts to review, in book order. Paused contacts are left out: the user has decided.
pub(crate) fn findings(book: &Book, today: NaiveDate) -> Vec<RegroupFinding<'_>> {
    let found = |id: ContactId| {
        let standing = standing(book, id, today);
        if standing.quiet == Some(Quiet::Paused) {
            return None;
        }
        let (reason, proposal) = finding(book, &standing, today)?;
        Some(RegroupFinding {
            id,
            reason,
            proposal,
        })
    };
    book.ids().filter_map(found).collect()
}

fn finding<'b>(
    book: &'b Book,
    standing: &Standing,
    today: NaiveDate,
) -> Option<(RegroupReason, Proposal<'b>)> {
    let contact = book.contact(standing.id);
    if standing.quiet == Some(Quiet::Resting) && standing.cadence.is_some() {
        return Some((RegroupReason::Resting, Proposal::Drop));
    }
    let gap = median_gap(contact, today);
    let Some((cadence, source)) = standing.cadence else {
        let touches = touches_since(book, standing.id, today);
        let is_stranger = contact.bucket.is_none() && standing.next.is_none();
        let often = RegroupReason::Often { touches, gap };
        return (is_stranger && touches >= OFTEN).then(|| (often, place_for(book, gap, today)));
    };
    if standing.last.is_none() {
        // A contact that is not due yet has not been missed; a friend, or a contact with a promise, is never dropped.
        let is_missed = standing.due.is_some_and(|due| due < today);
        let is_promised = standing.has_reason() || !contact.promises.is_empty();
        let is_missed = is_missed && !contact.friendly && !is_promised;
        let proposal = if is_missed {
            Proposal::Drop
        } else {
            Proposal::Keep
        };
        return Some((RegroupReason::Never, proposal));
    }
    let gap = gap?;
    let days = cadence.days_from(today);
    let is_slower = gap > days * 2;
    // A silence longer than the cadence is not a faster rhythm.
    let is_silent = standing
        .last
        .is_some_and(|last| (today - last).num_days() > days);
    let is_faster = gap * 2 < days && !is_silent;
    if !is_slower && !is_faster {
        return None;
    }
    let proposal = match source {
        CadenceSource::Bucket => place_for(book, Some(gap), today),
        // Another bucket would not change the contact's own cadence.
        CadenceSource::Own => Proposal::Cadence(Cadence::near(gap)),
    };
    Some((RegroupReason::Rhythm { gap, cadence }, proposal))
}

fn touches_since(book: &Book, id: ContactId, today: NaiveDate) -> usize {
    let start = today.checked_sub_days(Days::new(HALF_A_YEAR));
    let is_recent = |on: NaiveDate| on <= today && start.is_some_and(|start| on > start);
    let touches = book.contact(id).touches.iter();
    touches.filter(|touch| is_recent(touch.on)).count()
}

/// The bucket whose cadence is nearest to the gap, if it is at most half again as long or short; else a cadence of its own.
fn place_for(book: &Book, gap: Option<i64>, today: NaiveDate) -> Proposal<'_> {
    let Some(gap) = gap.filter(|gap| *gap > 0) else {
        return Proposal::Keep;
    };
    let distance = |days: i64| days.max(gap) * 1000 / days.min(gap);
    let buckets = book.buckets.iter();
    let nearest = buckets
        .filter_map(|bucket| Some((bucket, distance(bucket.cadence?.days_from(today)))))
        .min_by_key(|(_, distance)| *distance);
    match nearest {
        Some((bucket, ..=1500)) => Proposal::Move(&bucket.name),
        _ => Proposal::Cadence(Cadence::near(gap)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
    }

    const BUCKETS: &str = "buckets.weekly.cadence = '1 week'\nbuckets.monthly.cadence = '1 month'\nbuckets.yearly.cadence = '1 year'\n";

    /// Touches this many days apart, up to ten days ago.
    fn every(days: u64, count: u64) -> String {
        let touch = |at: u64| format!("{{ on = {} }}", today() - Days::new(10 + at * days));
        let touches: Vec<String> = (0..count).map(touch).collect();
        format!("touches = [{}]", touches.join(", "))
    }

    #[track_caller]
    fn case(lines: &str, expected: &str) {
        let text = format!("{BUCKETS}[[contacts]]\nname = 'A'\n{lines}\n");
        let book = crate::store::read(&text).expect("a book").book;
        let found = findings(&book, today());
        let told = found.first().map_or("-".to_owned(), |one| {
            let reason = match one.reason {
                RegroupReason::Rhythm { gap, cadence } => format!("{gap} days for {cadence}"),
                RegroupReason::Resting => "resting".to_owned(),
                RegroupReason::Never => "never".to_owned(),
                RegroupReason::Often { touches, .. } => format!("{touches} touches"),
            };
            let proposal = match one.proposal {
                Proposal::Move(bucket) => format!("to {bucket}"),
                Proposal::Cadence(cadence) => format!("every {cadence}"),
                Proposal::Drop => "drop".to_owned(),
                Proposal::Keep => "keep".to_owned(),
            };
            format!("{reason}: {proposal}")
        });
        assert_eq!(told, expected, "{lines}");
    }

    #[test]
    fn a_rhythm_far_from_the_cadence_gets_another_bucket_or_cadence() {
        let with =
            |head: &str, days, expected| case(&format!("{head}\n{}", every(days, 5)), expected);
        with("bucket = 'monthly'", 30, "-");
        with("bucket = 'monthly'", 60, "-");
        with("bucket = 'monthly'", 15, "-");
        with("bucket = 'monthly'", 8, "8 days for 1 month: to weekly");
        with(
            "bucket = 'monthly'",
            91,
            "91 days for 1 month: every 3 months",
        );
        with("bucket = 'weekly'", 28, "28 days for 1 week: to monthly");
        with(
            "bucket = 'weekly'\ncadence = '2 days'",
            28,
            "28 days for 2 days: every 4 weeks",
        );
        with("bucket = 'monthly'\npaused = true", 8, "-");
        case(&format!("bucket = 'monthly'\n{}", every(8, 2)), "-");
        // A silence that has not ended.
        let silent = "touches = [{ on = 2024-01-01 }, { on = 2024-01-08 }, { on = 2024-01-15 }]";
        case(&format!("bucket = 'monthly'\n{silent}"), "-");
    }

    #[test]
    fn resting_and_untouched_contacts_may_be_dropped() {
        let out = ["2026-08-01", "2026-09-01", "2026-10-01"];
        let out = out.map(|on| format!("{{ on = {on}, direction = 'out' }}"));
        let out = out.join(", ");
        case(
            &format!("bucket = 'monthly'\ntouches = [{out}]"),
            "resting: drop",
        );
        case("bucket = 'monthly'\nadded = 2026-09-01", "never: drop");
        case("bucket = 'monthly'\nadded = 2026-11-01", "never: keep");
        case(
            "bucket = 'monthly'\nadded = 2026-09-01\nfriendly = true",
            "never: keep",
        );
        case("added = 2026-09-01", "-");
        let promise = "next = { on = 2026-11-01, what = 'call' }";
        case(&format!("bucket = 'monthly'\n{promise}"), "never: keep");
        let one = "{ on = 2026-10-01 }";
        case(
            &format!("touches = [{one}, {one}, {one}]"),
            "3 touches: keep",
        );
    }

    #[test]
    fn a_contact_touched_often_belongs_in_a_bucket() {
        case(&every(30, 3), "3 touches: to monthly");
        case(&every(16, 3), "3 touches: every 2 weeks");
        case(&every(30, 2), "-");
        case(&every(90, 9), "-");
        case(
            &format!("next = {{ on = 2026-12-01 }}\n{}", every(30, 3)),
            "-",
        );
    }

    #[test]
    fn it_is_time_every_26_weeks() {
        let time = |text: &str| is_time(&crate::store::read(text).expect("a book").book, today());
        assert!(!time(""));
        assert!(time("regroup.last = 2026-05-25\n"));
        assert!(!time("regroup.last = 2026-05-26\n"));
        assert!(time(
            "[regroup]\nlast = 2099-05-26\n[[contacts]]\nname = 'A'\nadded = 2026-05-25\n"
        ));
        assert!(time("[[contacts]]\nname = 'A'\nadded = 2026-05-25\n"));
        assert!(!time(
            "[regroup]\nlast = 2026-11-01\n[[contacts]]\nname = 'A'\nadded = 2020-05-25\n"
        ));
    }
}
