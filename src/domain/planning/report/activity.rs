//! The touches of a period, by day, by channel and by bucket.

/// The touches of a period, up to today.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Activity<'b> {
    /// How many there were on each day of the period, from its first day to today.
    pub(crate) days: Vec<usize>,
    /// By channel, the most used first; `None` for touches without one.
    pub(crate) channels: Vec<(Option<&'b str>, usize)>,
    /// By the bucket that the contact is in now: the buckets of the book, then the contacts without a bucket if there are any.
    pub(crate) buckets: Vec<(Option<&'b str>, usize)>,
}
