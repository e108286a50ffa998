//! What listings show of a contact: the columns of tables and the fields of templates.

use super::field::Field;

/// One thing to show of a contact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Column {
    Field(Field),
    /// The day of the next touch.
    Due,
    /// How far away that day is, in words.
    When,
    /// `overdue`, `today`, `soon`, `later`, `resting` or `paused`.
    State,
    /// How late the touch is, in relation to the cadence.
    Pressure,
    /// How many days the touch is overdue; negative when the day is still to come.
    Over,
    /// What was promised, else how to reach them.
    Next,
    Channel,
    /// Everything promised.
    Promises,
    Last,
    Via,
    /// The newest note on a touch.
    Note,
    /// Their own cadence, else that of the bucket.
    Cadence,
    /// The day on which the next birthday or other day comes.
    Day,
    /// What that day is.
    What,
    /// How old they become on it, or for how many years it has been so.
    Years,
}

/// The computed columns. They come after the name, the other names and the bucket.
const COMPUTED: [(Column, &str); 15] = [
    (Column::Due, "due"),
    (Column::When, "when"),
    (Column::State, "state"),
    (Column::Pressure, "pressure"),
    (Column::Over, "over"),
    (Column::Next, "next"),
    (Column::Channel, "channel"),
    (Column::Promises, "promises"),
    (Column::Last, "last"),
    (Column::Via, "via"),
    (Column::Note, "note"),
    (Column::Cadence, "cadence"),
    (Column::Day, "day"),
    (Column::What, "what"),
    (Column::Years, "years"),
];

impl Column {
    /// Every column, in the order in which they are listed. A computed column replaces the field with its name, and there is no
    /// column for limits.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let is_shown =
            |field: &Field| !matches!(field, Field::Cadence | Field::Limit | Field::Next);
        let fields = |are_first: bool| {
            let fields = Field::ALL.into_iter().filter(is_shown);
            let fields = fields.filter(move |field| (*field <= Field::Bucket) == are_first);
            fields.map(Self::Field)
        };
        let computed = COMPUTED.into_iter().map(|(column, _)| column);
        fields(true).chain(computed).chain(fields(false))
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::all().find(|column| column.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        if let Self::Field(field) = self {
            return field.key();
        }
        let column = COMPUTED.iter().find(|(column, _)| *column == self);
        column.map_or("", |(_, name)| name)
    }

    /// Whether it depends on words other than those of the fields and of the newest touch.
    pub(crate) fn needs_all_words(self) -> bool {
        matches!(
            self,
            Self::Next | Self::Channel | Self::Promises | Self::Note
        )
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::all().map(Self::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_its_name() {
        for column in Column::all() {
            assert_eq!(Column::named(column.name()), Some(column));
        }
        let names = Column::names().collect::<Vec<&str>>().join(" ");
        let first = "name aka bucket due when state pressure over next channel promises last via note cadence day what years company";
        assert!(names.starts_with(first), "{names}");
        assert!(!names.contains("limit"), "{names}");
    }
}
