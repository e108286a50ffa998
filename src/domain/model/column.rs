//! What a listing can say of a contact: the columns of its tables and the fields of its templates.

/// A thing that can be said of a contact in a line.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(
    missing_docs,
    reason = "the names of those that are keys of the book say it"
)]
pub enum Column {
    Name,
    Aka,
    Bucket,
    /// The day of the next touch.
    Due,
    /// How that day lies to today, in words.
    When,
    /// `overdue`, `today`, `soon`, `later`, `resting` or `paused`.
    State,
    Pressure,
    /// The days that they are overdue; below 0 when the day is still to come.
    Over,
    /// What was promised, else how to reach them.
    Next,
    /// The channel that is proposed.
    Channel,
    /// The newest touch.
    Last,
    /// The channel of the newest touch.
    Via,
    /// What was noted last.
    Note,
    /// Their own, else that of the bucket.
    Cadence,
    Company,
    Title,
    Email,
    Phone,
    Links,
    Address,
    City,
    Birthday,
    Tags,
    Met,
    Friendly,
    Paused,
    Added,
    Uid,
    Notes,
}

impl Column {
    /// Every column with its name.
    pub const ALL: [(Self, &'static str); 29] = [
        (Self::Name, "name"),
        (Self::Aka, "aka"),
        (Self::Bucket, "bucket"),
        (Self::Due, "due"),
        (Self::When, "when"),
        (Self::State, "state"),
        (Self::Pressure, "pressure"),
        (Self::Over, "over"),
        (Self::Next, "next"),
        (Self::Channel, "channel"),
        (Self::Last, "last"),
        (Self::Via, "via"),
        (Self::Note, "note"),
        (Self::Cadence, "cadence"),
        (Self::Company, "company"),
        (Self::Title, "title"),
        (Self::Email, "email"),
        (Self::Phone, "phone"),
        (Self::Links, "links"),
        (Self::Address, "address"),
        (Self::City, "city"),
        (Self::Birthday, "birthday"),
        (Self::Tags, "tags"),
        (Self::Met, "met"),
        (Self::Friendly, "friendly"),
        (Self::Paused, "paused"),
        (Self::Added, "added"),
        (Self::Uid, "uid"),
        (Self::Notes, "notes"),
    ];

    /// The column of that name.
    ///
    /// ```
    /// use netkeep::domain::model::column::Column;
    ///
    /// assert_eq!(Column::named("email"), Some(Column::Email));
    /// assert_eq!(Column::named("emial"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let column = Self::ALL.iter().find(|(_, other)| *other == name);
        column.map(|(column, _)| *column)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let column = Self::ALL.iter().find(|(column, _)| *column == self);
        column.map_or("", |(_, name)| name)
    }

    /// Every name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_its_name() {
        for (column, name) in Column::ALL {
            assert_eq!(Column::named(name), Some(column));
            assert_eq!(column.name(), name);
        }
    }
}
