//! What there is to explain besides the commands.

/// The ways to say "not now", which the help of each lists.
pub(in crate::commands) const NOT_NOW: &str = include_str!("../../../docs/reference/not-now.md");

#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Topic {
    pub(in crate::commands) name: &'static str,
    /// In one line.
    pub(in crate::commands) about: &'static str,
    pub(in crate::commands) page: Page,
}

/// Where the page of a topic comes from.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) enum Page {
    Text(&'static str),
    /// All commands.
    Commands,
    /// The aliases of the book.
    Aliases,
}

pub(in crate::commands) const TOPICS: [Topic; 10] = [
    Topic {
        name: "commands",
        about: "every command, with a line about it",
        page: Page::Commands,
    },
    Topic {
        name: "book",
        about: "the file that netkeep keeps",
        page: Page::Text(include_str!("../../../docs/reference/book.md")),
    },
    Topic {
        name: "dates",
        about: "how days and cadences are written",
        page: Page::Text(include_str!("../../../docs/reference/dates.md")),
    },
    Topic {
        name: "names",
        about: "which contact a name means",
        page: Page::Text(include_str!("../../../docs/reference/names.md")),
    },
    Topic {
        name: "not-now",
        about: "three ways to say \"not now\"",
        page: Page::Text(NOT_NOW),
    },
    Topic {
        name: "formats",
        about: "what `import` reads and makes of it, and what `export` writes",
        page: Page::Text(include_str!("../../../docs/reference/formats.md")),
    },
    Topic {
        name: "mail",
        about: "touches from mail, calendars and call lists, and what counts",
        page: Page::Text(include_str!("../../../docs/guide/mail.md")),
    },
    Topic {
        name: "phone",
        about: "the book and the contacts of a phone, kept the same",
        page: Page::Text(include_str!("../../../docs/guide/phone.md")),
    },
    Topic {
        name: "aliases",
        about: "commands of your own, and what they stand for",
        page: Page::Aliases,
    },
    Topic {
        name: "scripting",
        about: "JSON, templates, exit codes, and other programs",
        page: Page::Text(include_str!("../../../docs/reference/scripting.md")),
    },
];

/// The topics that have a page of their own in the manual, with their pages.
pub(in crate::commands) fn pages() -> impl Iterator<Item = (&'static Topic, &'static str)> {
    TOPICS.iter().filter_map(|topic| match topic.page {
        Page::Text(page) => Some((topic, page)),
        Page::Commands | Page::Aliases => None,
    })
}
