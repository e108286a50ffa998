//! A book as a whole, as JSON: its buckets, its numbers, what is wrong with it, its history.

use chrono::NaiveDate;

use super::document::{Object, Part, text};
use super::notice::Notice;
use crate::domain::identity::duplicates::{DuplicatePair, DuplicateReason};
use crate::domain::planning::forecast::{Forecast, ForecastGroup, Stretched, Verdict};
use crate::domain::planning::regroup::{Proposal, RegroupFinding, RegroupReason};
use crate::domain::planning::stats::{Stats, StatsGroup};
use crate::domain::planning::week::due_in;
use crate::domain::planning::workload::WEEKS;
use crate::domain::{Book, ContactId};
use crate::render::views::problem::{Report, SourceText};
use crate::render::views::steps::Step;

/// The buckets in the order of the book: `{"version", "buckets": [...]}`.
pub(crate) fn buckets(book: &Book, today: NaiveDate) -> Object {
    let buckets = book.buckets.iter().map(|bucket| {
        Object::default()
            .with("name", bucket.name.as_str())
            .with("cadence", text(bucket.cadence))
            .with("limit", text(bucket.limit))
            .with("share", bucket.share)
            .with("size", bucket.size)
            .with("contacts", book.count_in(&bucket.name))
            .with("due", due_in(book, &bucket.name, today))
    });
    Object::document().with_list("buckets", buckets)
}

/// The coming weeks: `{"version", "today", "size", "asks_a_week", "done_a_week", "verdict", "weeks": [...],
/// "buckets": [...]}`. Where the week is too small, a bucket has the cadence it comes to as `comes_to_days`, or as
/// `comes_to_times` its own; `never` says that it gets no turn.
pub(crate) fn forecast(forecast: &Forecast, today: NaiveDate) -> Object {
    let verdict = match forecast.verdict {
        Verdict::Fits => "fits",
        Verdict::FitsButForSome => "fits_but_for_some",
        Verdict::Stretches => "stretches",
        Verdict::FriendlyAlone => "friendly_alone",
    };
    let weeks = (0..WEEKS).map(|week| {
        let due = |group: &ForecastGroup| {
            let bucket = Object::default().with("bucket", group.bucket);
            bucket.with("due", group.weeks[week])
        };
        Object::default()
            .with("starts", forecast.first_day(week).to_string())
            .with("due", forecast.total(week))
            .with_list("buckets", forecast.groups.iter().map(due))
    });
    let buckets = forecast.groups.iter().map(|group| {
        let (days, times) = match group.stretched {
            Some(Stretched::Days(days)) => (Some(days), None),
            Some(Stretched::Times(times)) => (None, Some(times)),
            Some(Stretched::Never) | None => (None, None),
        };
        Object::default()
            .with("bucket", group.bucket)
            .with("cadence", text(group.cadence))
            .with("asks_a_week", group.asks.all())
            .with("done_a_week", group.did)
            .with("comes_to_days", days)
            .with("comes_to_times", times)
            .with("never", group.stretched == Some(Stretched::Never))
            .with("size", group.holds)
            .with("carries", group.carries)
    });
    Object::document()
        .with("today", today.to_string())
        .with("size", forecast.size)
        .with("asks_a_week", forecast.asks())
        .with("done_a_week", forecast.did())
        .with("verdict", verdict)
        .with_list("weeks", weeks)
        .with_list("buckets", buckets)
}

/// The numbers: `{"version", "today", "buckets": [...], "channels": [...], "months": [...], "only_asked": [...],
/// "promises": {"open", "late"}, "connectors": [{"name", "brought"}]}`.
/// Touches are those of the last twelve months, gaps are in days.
pub(crate) fn stats(
    book: &Book,
    stats: &Stats,
    connectors: &[(ContactId, usize)],
    today: NaiveDate,
) -> Object {
    let bucket = |group: &StatsGroup| {
        Object::default()
            .with("bucket", group.bucket)
            .with("cadence", text(group.cadence))
            .with("people", group.people)
            .with("asked", group.asked)
            .with("within", group.within)
            .with("median_gap_days", group.gap)
            .with("out", group.out)
            .with("in", group.r#in)
            .with("both", group.both)
            .with("gave", group.balance.gave)
            .with("got", group.balance.got)
    };
    let channels = stats.channels.iter().map(|(via, touches)| {
        let via = Object::default().with("via", *via);
        via.with("touches", *touches)
    });
    let months = stats.months.iter().map(|(month, touches)| {
        let month = Object::default().with("month", month.format("%Y-%m").to_string());
        month.with("touches", *touches)
    });
    let only_asked = stats.only_asked.iter();
    let only_asked = only_asked.map(|id| book.contact(*id).name.as_str());
    let connectors = connectors.iter().map(|(id, brought)| {
        let name = Object::default().with("name", book.contact(*id).name.as_str());
        name.with("brought", *brought)
    });
    let promises = Object::default()
        .with("open", stats.promises.open)
        .with("late", stats.promises.late);
    Object::document()
        .with("today", today.to_string())
        .with_list("buckets", stats.groups.iter().map(bucket))
        .with_list("channels", channels)
        .with_list("months", months)
        .with("only_asked", only_asked.collect::<Vec<_>>())
        .with_part("promises", Part::Object(Some(promises)))
        .with_list("connectors", connectors)
}

/// The findings of `regroup`: `{"version", "today", "findings": [{"name", "bucket", "why", "median_gap_days", "proposal",
/// "to"}]}`; `to` is the proposed bucket or cadence.
pub(crate) fn findings(book: &Book, findings: &[RegroupFinding], today: NaiveDate) -> Object {
    let findings = findings.iter().map(|finding| {
        let contact = book.contact(finding.id);
        let (why, gap) = match finding.reason {
            RegroupReason::Rhythm { gap, .. } => ("rhythm", Some(gap)),
            RegroupReason::Resting => ("resting", None),
            RegroupReason::Never => ("never", None),
            RegroupReason::Often { gap, .. } => ("often", Some(gap)),
            RegroupReason::Crowded { .. } => ("crowded", None),
        };
        let (proposal, to) = match finding.proposal {
            Proposal::Move(bucket) => ("move", Some(bucket.to_owned())),
            Proposal::Cadence(cadence) => ("cadence", Some(cadence.to_string())),
            Proposal::Drop => ("drop", None),
        };
        Object::default()
            .with("name", contact.name.as_str())
            .with("bucket", contact.bucket.as_deref())
            .with("why", why)
            .with("median_gap_days", gap)
            .with("proposal", proposal)
            .with("to", to)
    });
    let today = Object::document().with("today", today.to_string());
    today.with_list("findings", findings)
}

/// The problems of a book in the order of the text: `{"version", "file", "problems": [...]}`. One of the file itself has no
/// line.
pub(crate) fn problems(source: &SourceText, problems: &[Report]) -> Object {
    let left = problem_list(source, problems);
    let file = Object::document().with("file", source.name);
    file.with_part("problems", left)
}

/// The problems alone.
pub(crate) fn problem_list(source: &SourceText, problems: &[Report]) -> Part {
    let notice = |problem| Notice::of(problem, source).object();
    Part::List(problems.iter().map(notice).collect())
}

/// The pairs of contacts that may be one person: `{"version", "duplicates": [{"one", "other", "reasons"}]}`.
pub(crate) fn duplicates(book: &Book, pairs: &[DuplicatePair]) -> Object {
    let reason = |reason: &DuplicateReason| match reason {
        DuplicateReason::Email(_) => "email",
        DuplicateReason::Phone(_) => "phone",
        DuplicateReason::Link(_) => "links",
        DuplicateReason::Name => "name",
        DuplicateReason::Aka(_) => "aka",
        DuplicateReason::Alike => "alike",
    };
    let pairs = pairs.iter().map(|pair| {
        let reasons: Vec<&str> = pair.reasons.iter().map(reason).collect();
        Object::default()
            .with("one", book.contact(pair.one).name.as_str())
            .with("other", book.contact(pair.other).name.as_str())
            .with("reasons", reasons)
    });
    Object::document().with_list("duplicates", pairs)
}

/// The changes that can be undone, newest first, and those that can be redone: `{"version", "changes": [...], "undone":
/// [...]}`.
pub(crate) fn history(changes: &[Step], undone: &[Step]) -> Object {
    let step = |step: &Step| {
        let at = step.at.map(|at| at.format("%Y-%m-%dT%H:%M:%S"));
        Object::default()
            .with("step", step.number)
            .with("what", step.what.as_str())
            .with("at", text(at))
            .with("command", step.by.as_str())
            .with("contacts", step.changed_names.contacts.as_slice())
            .with("buckets", step.changed_names.buckets.as_slice())
    };
    Object::document()
        .with_list("changes", changes.iter().map(step))
        .with_list("undone", undone.iter().map(step))
}
