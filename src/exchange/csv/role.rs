//! What a column may hold.

use crate::domain::Field;
use crate::domain::model::field::FieldKind;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// A field of the book, except the address and the city, which come in parts.
    Field(Field),
    /// One more part of the whole name: `Name 1`, `Name 2`.
    MoreName,
    Given,
    Middle,
    Family,
    Suffix,
    /// Dr., Ms.
    FormOfAddress,
    /// How a name is spoken, or a part of it.
    Phonetic,
    /// The form of address, or the job.
    Title,
    /// What someone is by training, or the job.
    Profession,
    /// The last name in Portugal, the nickname in Brazil.
    Apelido,
    /// The birthday, or what else comes every year.
    Anniversaire,
    /// A wedding, and what else comes every year.
    Anniversary,
    /// A part of a postal address, and which address it is a part of.
    Postal(Place, PostalPart),
    /// The year, the month or the day of the birthday, from 0.
    Born(usize),
    /// The same, if there is a column for the year.
    BesideBorn(usize),
    /// A page, or a name on a social network.
    Social,
    Last,
    /// The day on which two people connected on a network.
    Connected,
    /// Something netkeep has no field for. It goes to the notes under its header.
    Extra,
    /// The same, but another column of the row holds the label.
    Labelled,
    /// The label of another column.
    Label,
    /// A place without what is there: `Home`. What the cells hold decides.
    Bare,
    /// Nothing for netkeep.
    Unknown,
}

/// Which of several addresses it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Place {
    /// `home`, `work` ...
    pub(super) class: &'static str,
    /// What the notes call it.
    pub(super) word: &'static str,
    pub(super) number: usize,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PostalPart {
    Street,
    City,
    Region,
    Code,
    Country,
    /// The whole address, beside its parts.
    Whole,
}

impl Place {
    pub(super) const NONE: Self = Self::named("", "");

    pub(super) const fn named(class: &'static str, word: &'static str) -> Self {
        Self {
            class,
            word,
            number: 0,
        }
    }

    /// Whether it is the same address, also where one column says `work` and the other `business`.
    pub(super) fn is(self, other: Self) -> bool {
        (self.class, self.number) == (other.class, other.number)
    }

    pub(super) fn label(self) -> String {
        if self.number > 0 {
            self.number.to_string()
        } else {
            self.word.to_owned()
        }
    }
}

impl Role {
    /// Whether it is a day in one cell.
    pub(super) fn is_day(self) -> bool {
        matches!(
            self,
            Self::Last
                | Self::Connected
                | Self::Anniversary
                | Self::Field(Field::Birthday | Field::Added)
        )
    }

    /// Whether it is a field of one value.
    pub(super) fn is_single(self) -> bool {
        match self {
            Self::Field(field) => field.kind() != FieldKind::List && field != Field::Notes,
            Self::Given | Self::Family | Self::Postal(..) => true,
            _ => false,
        }
    }

    /// Whether people have it at several places: at home, at work.
    pub(super) fn has_places(self) -> bool {
        use Field::{Company, Email, Links, Phone, Title};
        matches!(
            self,
            Self::Field(Email | Phone | Links | Company | Title)
                | Self::Postal(..)
                | Self::Social
                | Self::Extra
        )
    }
}
