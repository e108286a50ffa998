//! How many contacts of a bucket were within their cadence on each day, computed from the touches.

/// How well the cadence of a bucket was kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptBucket<'b> {
    /// The bucket; `None` for contacts without one.
    pub(crate) bucket: Option<&'b str>,
    /// Each day of the period, from its first day to today. The last one is what `stats` counts.
    pub(crate) days: Vec<KeptDay>,
}

/// How many contacts had a cadence on a day, were known by then and did not rest, and how many of these were within it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct KeptDay {
    pub(crate) asked: usize,
    pub(crate) within: usize,
}
