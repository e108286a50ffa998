//! Regrouping, twice a year: contacts in the wrong bucket, or without one.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::rhythm::median_gap;
use super::size::{Room, full, last_exchange, sort_lowest_first};
use crate::domain::due::promises::to_contact;
use crate::domain::due::rule::{CadenceSource, Quiet, Standing, standing};
use crate::domain::{Book, Cadence, Contact, ContactId};

/// The days from one regrouping to the next: 26 weeks.
const HALF_A_YEAR: u64 = 26 * 7;

/// How many touches in half a year count as often.
const OFTEN: usize = 3;

/// A contact in the wrong place: why, and what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RegroupFinding<'b> {
    pub(crate) id: ContactId,
    pub(crate) reason: RegroupReason,
    pub(crate) proposal: Proposal<'b>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RegroupReason {
    /// The median gap, in days, is more than twice the cadence.
    Rhythm { gap: i64, cadence: Cadence },
    /// Too many touches in a row without an answer.
    Resting,
    /// In a bucket and never touched.
    Never,
    /// Without a bucket and touched often, with this median gap in days.
    Often { touches: usize, gap: i64 },
    /// In a bucket that holds more people than its size, and among those longest without a real exchange; the last was on that
    /// day.
    Crowded {
        people: usize,
        size: usize,
        exchange: Option<NaiveDate>,
    },
}

/// What to change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Proposal<'b> {
    /// Move it to another bucket.
    Move(&'b str),
    /// Give it a cadence of its own.
    Cadence(Cadence),
    Drop,
}

/// Whether it is time: half a year after the last regrouping or, if there was none, after tracking began, on the first day
/// a contact was added, else touched.
pub(crate) fn is_time(book: &Book, today: NaiveDate) -> bool {
    // A future day is a typo and does not delay it.
    let is_past = |day: &NaiveDate| *day <= today;
    let first_added = || {
        let added = book.contacts.iter().filter_map(|contact| contact.added);
        added.filter(is_past).min()
    };
    let first_touched = || {
        let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
        touches.map(|touch| touch.on).filter(is_past).min()
    };
    let since = book.regrouped.filter(is_past);
    let since = since.or_else(first_added).or_else(first_touched);
    since.is_some_and(|since| next_time(since) <= today)
}

/// The day of the next regrouping after one on `day`.
pub(crate) fn next_time(day: NaiveDate) -> NaiveDate {
    let next = day.checked_add_days(Days::new(HALF_A_YEAR));
    next.unwrap_or(NaiveDate::MAX)
}

/// The contacts in the wrong place, and as many of a bucket as it has too many, in book order. The user has decided about the
/// others, which are left out: the paused, those with a plan or a promise, and those that were touched or added less than a cadence
/// ago.
pub(crate) fn findings(book: &Book, today: NaiveDate) -> Vec<RegroupFinding<'_>> {
    let mut room = Room::of(book);
    let found = |id: ContactId| {
        let standing = standing(book, id, today);
        let (reason, proposal) = match standing.cadence {
            _ if is_decided(book, &standing) => None,
            Some(cadence) => out_of_step(&mut room, &standing, cadence, today),
            None => stranger(&mut room, &standing, today),
        }?;
        Some(RegroupFinding {
            id,
            reason,
            proposal,
        })
    };
    let mut findings: Vec<RegroupFinding> = book.ids().filter_map(found).collect();
    findings.extend(crowded(room, &findings, today));
    findings.sort_by_key(|finding| finding.id);
    findings
}

fn is_decided(book: &Book, standing: &Standing) -> bool {
    standing.quiet == Some(Quiet::Paused)
        || standing.next.is_some()
        || !book.contact(standing.id).promises.is_empty()
}

/// As many contacts of each bucket as it has too many, those aside who are to leave it for another reason: to the bucket with
/// the next longer cadence that has room, or to none. Friends stay, and so do those with a promise or a plan with a reason: the day
/// on which someone who came into a bucket is first due is no reason.
fn crowded<'b>(
    mut room: Room<'b>,
    found: &[RegroupFinding],
    today: NaiveDate,
) -> Vec<RegroupFinding<'b>> {
    let book = room.book;
    let are_found: HashSet<ContactId> = found.iter().map(|finding| finding.id).collect();
    let mut crowded = Vec::new();
    for one in full(book).iter().filter(|one| one.excess() > 0) {
        let name = Some(one.bucket.name.as_str());
        let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == name;
        let leaves = |finding: &&RegroupFinding| {
            is_in(&finding.id) && !matches!(finding.proposal, Proposal::Cadence(_))
        };
        let leaving = found.iter().filter(leaves).count();
        let may_leave = |id: &ContactId| {
            let contact = book.contact(*id);
            is_in(id)
                && !are_found.contains(id)
                && !contact.friendly
                && !contact.is_paused(today)
                && to_contact(*id, contact, today).is_empty()
        };
        let mut ids: Vec<ContactId> = book.ids().filter(may_leave).collect();
        sort_lowest_first(book, &mut ids, today);
        ids.truncate(one.excess().saturating_sub(leaving));
        for id in ids {
            let next = room.take_next(one.bucket, today);
            crowded.push(RegroupFinding {
                id,
                reason: RegroupReason::Crowded {
                    people: one.people,
                    size: one.size,
                    exchange: last_exchange(book, id, today),
                },
                proposal: next.map_or(Proposal::Drop, Proposal::Move),
            });
        }
    }
    crowded
}

/// Whether `day` is less than a cadence ago.
fn is_recent(day: NaiveDate, cadence: Cadence, today: NaiveDate) -> bool {
    cadence.after(day).is_none_or(|end| end > today)
}

/// A contact that its cadence does not fit.
fn out_of_step<'b>(
    room: &mut Room<'b>,
    standing: &Standing,
    (cadence, source): (Cadence, CadenceSource),
    today: NaiveDate,
) -> Option<(RegroupReason, Proposal<'b>)> {
    let contact = room.book.contact(standing.id);
    let mut days = [standing.last, contact.added].into_iter().flatten();
    if days.any(|day| is_recent(day, cadence, today)) {
        return None;
    }
    if standing.quiet == Some(Quiet::Resting) {
        return Some((RegroupReason::Resting, Proposal::Drop));
    }
    if standing.last.is_none() {
        // A contact that is not due yet has not been missed, and a friend is never dropped.
        let is_missed = standing.due.is_some_and(|due| due < today) && !contact.friendly;
        return is_missed.then_some((RegroupReason::Never, Proposal::Drop));
    }
    let gap = median_gap(contact, today)?;
    if gap <= cadence.days_from(today) * 2 {
        return None;
    }
    let proposal = match source {
        CadenceSource::Bucket => place_for(room, gap, today),
        // Another bucket would not change the contact's own cadence.
        CadenceSource::Own => Proposal::Cadence(Cadence::near(gap)),
    };
    Some((RegroupReason::Rhythm { gap, cadence }, proposal))
}

/// A contact without bucket and cadence that is touched as if it had one. Who was added a moment ago, with the touches of
/// other programs, is for `triage`.
fn stranger<'b>(
    room: &mut Room<'b>,
    standing: &Standing,
    today: NaiveDate,
) -> Option<(RegroupReason, Proposal<'b>)> {
    let contact = room.book.contact(standing.id);
    let gap = median_gap(contact, today)?;
    let touches = touches_since(contact, today);
    let is_settled = |added: NaiveDate| (today - added).num_days() >= gap;
    let is_friend = contact.bucket.is_none()
        && standing.quiet.is_none()
        && touches >= OFTEN
        && contact.added.is_none_or(is_settled);
    let often = RegroupReason::Often { touches, gap };
    is_friend.then(|| (often, place_for(room, gap, today)))
}

fn touches_since(contact: &Contact, today: NaiveDate) -> usize {
    let start = today.checked_sub_days(Days::new(HALF_A_YEAR));
    let is_recent = |on: NaiveDate| on <= today && start.is_some_and(|start| on > start);
    let touches = contact.touches.iter();
    touches.filter(|touch| is_recent(touch.on)).count()
}

/// A place in the bucket with room whose cadence is nearest to the gap, if it is at most half again as long or short; else a cadence
/// of its own.
fn place_for<'b>(room: &mut Room<'b>, gap: i64, today: NaiveDate) -> Proposal<'b> {
    let distance = |days: i64| days.max(gap) * 1000 / days.min(gap);
    let buckets = room.book.buckets.iter();
    let buckets = buckets.filter(|bucket| !room.is_full(bucket));
    let nearest = buckets
        .filter_map(|bucket| Some((bucket, distance(bucket.cadence?.days_from(today)))))
        .min_by_key(|(_, distance)| *distance);
    match nearest {
        Some((bucket, ..=1500)) => Proposal::Move(room.take(bucket)),
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

    /// Touches this many days apart, up to `ago` days ago.
    fn touched(ago: u64, days: u64, count: u64) -> String {
        let touch = |at: u64| format!("{{ on = {} }}", today() - Days::new(ago + at * days));
        let touches: Vec<String> = (0..count).map(touch).collect();
        format!("touches = [{}]", touches.join(", "))
    }

    /// The same, up to ten days ago.
    fn every(days: u64, count: u64) -> String {
        touched(10, days, count)
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
                RegroupReason::Crowded { people, size, .. } => format!("{people} of {size}"),
            };
            let proposal = match one.proposal {
                Proposal::Move(bucket) => format!("to {bucket}"),
                Proposal::Cadence(cadence) => format!("every {cadence}"),
                Proposal::Drop => "drop".to_owned(),
            };
            format!("{reason}: {proposal}")
        });
        assert_eq!(told, expected, "{lines}");
    }

    #[test]
    fn a_rhythm_far_slower_than_the_cadence_gets_another_bucket_or_cadence() {
        let with = |head: &str, days, expected| {
            case(&format!("{head}\n{}", touched(40, days, 5)), expected);
        };
        with("bucket = 'monthly'", 30, "-");
        with("bucket = 'monthly'", 60, "-");
        with("bucket = 'monthly'", 8, "-");
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
        with("bucket = 'weekly'\npaused = true", 28, "-");
        case(&format!("bucket = 'monthly'\n{}", touched(40, 91, 2)), "-");
    }

    #[test]
    fn those_just_dealt_with_are_left_alone() {
        let slow = |ago, lines: &str, expected: &str| {
            let touches = touched(ago, 91, 5);
            case(&format!("bucket = 'monthly'\n{lines}\n{touches}"), expected);
        };
        let found = "91 days for 1 month: every 3 months";
        slow(40, "", found);
        // 23 October is a month ago.
        slow(31, "", found);
        slow(30, "", "-");
        slow(40, "added = 2026-10-23", found);
        slow(40, "added = 2026-10-24", "-");
        slow(40, "next = { on = 2026-12-01 }", "-");
        slow(40, "next = { on = 2026-11-01 }", "-");
        // A plan that a touch has spent.
        slow(40, "next = { on = 2026-10-01 }", found);
        slow(40, "promises = [{ what = 'call' }]", "-");
    }

    #[test]
    fn resting_and_untouched_contacts_may_be_dropped() {
        let out = |days: [&str; 3]| {
            let touches = days.map(|on| format!("{{ on = 2026-{on}, direction = 'out' }}"));
            format!("touches = [{}]", touches.join(", "))
        };
        let resting = out(["10-01", "10-02", "10-03"]);
        case(&format!("bucket = 'monthly'\n{resting}"), "resting: drop");
        case(
            &format!("bucket = 'monthly'\n{}", out(["11-01", "11-02", "11-03"])),
            "-",
        );
        case(&resting, "-");
        case("bucket = 'monthly'\nadded = 2026-09-01", "never: drop");
        case("bucket = 'monthly'\nadded = 2026-11-01", "-");
        case("bucket = 'monthly'", "-");
        case(
            "bucket = 'monthly'\nadded = 2026-09-01\nfriendly = true",
            "-",
        );
        case("added = 2026-09-01", "-");
    }

    #[test]
    fn a_contact_touched_often_belongs_in_a_bucket() {
        case(&every(30, 3), "3 touches: to monthly");
        case(&every(16, 3), "3 touches: every 2 weeks");
        case(&every(30, 2), "-");
        case(&every(90, 9), "-");
        for lines in [
            "next = { on = 2026-12-01 }",
            "promises = [{ by = 2026-12-01, what = 'call' }]",
            "added = 2026-11-23",
        ] {
            case(&format!("{lines}\n{}", every(30, 3)), "-");
        }
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
        // What was added today has touches of other programs; a day to come is a typo.
        let old = "touches = [{ on = 2020-01-01 }]\n";
        assert!(!time(&format!(
            "[[contacts]]\nname = 'A'\nadded = 2026-11-23\n{old}"
        )));
        assert!(time(&format!(
            "[[contacts]]\nname = 'A'\nadded = 2026-11-24\n{old}"
        )));
        assert!(time(&format!("[[contacts]]\nname = 'A'\n{old}")));
        assert!(!time(
            "[regroup]\nlast = 2026-11-01\n[[contacts]]\nname = 'A'\nadded = 2020-05-25\n"
        ));
    }

    #[test]
    fn as_many_make_room_as_a_bucket_has_too_many() {
        let quiet = |name: &str, lines: &str| {
            let touches = "touches = [{ on = 2026-11-20, direction = 'out' }]";
            format!("[[contacts]]\nname = '{name}'\nbucket = 'monthly'\n{lines}\n{touches}\n")
        };
        let told = |size: usize, yearly: &str, people: &[String]| {
            let buckets = BUCKETS.replace(
                "buckets.monthly.cadence = '1 month'\nbuckets.yearly.cadence = '1 year'",
                &format!("buckets.monthly = {{ cadence = '1 month', size = {size} }}\n{yearly}"),
            );
            let text = buckets + &people.concat();
            let book = crate::store::read(&text).expect("a book").book;
            let found = findings(&book, today()).into_iter().map(|one| {
                let RegroupReason::Crowded {
                    people,
                    size,
                    exchange,
                } = one.reason
                else {
                    panic!("{one:?}")
                };
                let exchange = exchange.map_or("never".to_owned(), |day| day.to_string());
                let name = &book.contact(one.id).name;
                let to = match one.proposal {
                    Proposal::Move(to) => to,
                    _ => "none",
                };
                format!("{name} {people}/{size} {exchange} to {to}")
            });
            found.collect::<Vec<_>>().join(", ")
        };
        let old = "added = 2026-01-01";
        let people = [
            quiet("new", "added = 2026-11-01"),
            quiet("friend", &format!("{old}\nfriendly = true")),
            quiet(
                "planned",
                &format!("{old}\nnext = {{ on = 2026-12-01, what = 'x' }}"),
            ),
            quiet("promised", &format!("{old}\npromises = [{{ what = 'x' }}]")),
            quiet("paused", &format!("{old}\npaused = true")),
            quiet("a", &format!("{old}\nnext = {{ on = 2026-12-01 }}")),
            quiet("b", "added = 2025-12-01"),
            quiet("c", old).replace(", direction = 'out'", ""),
        ];
        let year = "buckets.yearly.cadence = '1 year'";
        assert_eq!(told(8, year, &people), "");
        assert_eq!(told(7, year, &people), "b 8/7 never to yearly");
        assert_eq!(
            told(6, year, &people),
            "a 8/6 never to yearly, b 8/6 never to yearly"
        );
        assert_eq!(
            told(0, year, &people),
            "new 8/0 never to yearly, a 8/0 never to yearly, b 8/0 never to yearly, c 8/0 2026-11-20 to yearly"
        );
        let small = "buckets.yearly = { cadence = '1 year', size = 1 }";
        assert_eq!(
            told(6, small, &people),
            "a 8/6 never to none, b 8/6 never to yearly"
        );
        assert_eq!(told(7, "", &people), "b 8/7 never to none");
    }

    #[test]
    fn who_leaves_for_another_reason_makes_room_too_and_nobody_is_sent_where_there_is_none() {
        let slow = touched(40, 28, 5);
        let contact =
            |name: &str| format!("[[contacts]]\nname = '{name}'\nbucket = 'weekly'\n{slow}\n");
        let told = |head: &str| {
            let text = head.to_owned() + &contact("a") + &contact("b");
            let book = crate::store::read(&text).expect("a book").book;
            let found = findings(&book, today()).into_iter();
            let told = found.map(|one| match one.proposal {
                Proposal::Move(to) => to.to_owned(),
                Proposal::Cadence(cadence) => cadence.to_string(),
                Proposal::Drop => "none".to_owned(),
            });
            told.collect::<Vec<_>>().join(", ")
        };
        let weekly = "buckets.weekly = { cadence = '1 week', size = 1 }\n";
        let monthly = "buckets.monthly = { cadence = '1 month', size = 0 }\n";
        assert_eq!(
            told(&format!("{weekly}buckets.monthly.cadence = '1 month'\n")),
            "monthly, monthly"
        );
        assert_eq!(told(&format!("{weekly}{monthly}")), "4 weeks, 4 weeks");
        let one = monthly.replace("size = 0", "size = 1");
        assert_eq!(told(&format!("{weekly}{one}")), "monthly, 4 weeks");
    }
}
