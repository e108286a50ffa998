//! Where the week stands, in words.

use crate::domain::Book;
use crate::domain::due::rule::Standing;
use crate::domain::planning::week::{WeekPlan, counts};

/// `This week: 3 of 10 done, 7 to go`, where `shown` of those to go are listed.
pub(crate) fn done(plan: &WeekPlan, shown: usize) -> String {
    let (size, done, to_go) = (plan.size, plan.done, plan.listed.len());
    let to_go = match (to_go, shown) {
        (0, _) => String::new(),
        (to_go, shown) if to_go == shown => format!(", {to_go} to go"),
        (to_go, 0) => format!(", {to_go} to go, none of them here"),
        (to_go, shown) => format!(", {to_go} to go, {shown} of them here"),
    };
    format!("This week: {done} of {size} done{to_go}")
}

/// `24 more can wait (netkeep due --all)`, with the filter that was typed; `None` if nobody waits.
pub(crate) fn waiting(
    book: &Book,
    plan: &WeekPlan,
    waiting: usize,
    typed_filter: &str,
) -> Option<String> {
    let wait = if plan.is_too_much(book) {
        "more wait, too many (netkeep fresh-start)".to_owned()
    } else {
        format!("more can wait (netkeep due --all{typed_filter})")
    };
    (waiting > 0).then(|| format!("{waiting} {wait}"))
}

/// `clients 10, friends 14`.
pub(crate) fn by_bucket(book: &Book, standings: &[Standing]) -> String {
    let buckets = counts(book, standings).into_iter();
    let buckets =
        buckets.map(|(bucket, count)| format!("{} {count}", bucket.unwrap_or("no bucket")));
    buckets.collect::<Vec<_>>().join(", ")
}
