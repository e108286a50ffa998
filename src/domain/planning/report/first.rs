//! Lists of which a report shows the first.

/// As many as are worth their place, and how many more there are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FirstOfMany<T> {
    pub(crate) first: Vec<T>,
    pub(crate) more: usize,
}

impl<T> FirstOfMany<T> {
    pub(super) fn of(mut all: impl Iterator<Item = T>, most: usize) -> Self {
        let first = all.by_ref().take(most).collect();
        let more = all.count();
        Self { first, more }
    }

    pub(super) fn map<U>(self, of_one: impl FnMut(T) -> U) -> FirstOfMany<U> {
        let first = self.first.into_iter().map(of_one).collect();
        let more = self.more;
        FirstOfMany { first, more }
    }
}
