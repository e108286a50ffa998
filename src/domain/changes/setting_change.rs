//! The settings of a book that differ between two states of it.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::model::column::Column;
use crate::domain::{Book, CardScope};

/// A setting with another value than before, under its dotted key in the book.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SettingChange {
    pub(crate) key: String,
    /// As it is written in the book; `None` where it is not set.
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// The settings that differ, in the order of the book's help.
pub(super) fn setting_changes(before: &Book, after: &Book) -> Vec<SettingChange> {
    let (old, new) = (settings(before), settings(after));
    let mut keys: Vec<&String> = old.iter().chain(&new).map(|(key, _)| key).collect();
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(*key));
    let value = |of: &[(String, String)], key: &String| {
        let found = of.iter().find(|(other, _)| other == key);
        found.map(|(_, value)| value.clone())
    };
    let changes = keys.into_iter().map(|key| SettingChange {
        key: key.clone(),
        old: value(&old, key),
        new: value(&new, key),
    });
    changes.filter(|change| change.old != change.new).collect()
}

/// Each setting with its value, those that are not set left out.
fn settings(book: &Book) -> Vec<(String, String)> {
    let defaults = &book.defaults;
    let columns = |columns: &[Column]| {
        let keys: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        (!keys.is_empty()).then(|| keys.join(", "))
    };
    let sources = &book.sources;
    let list = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", "));
    let ignored: Vec<String> = sources.ignored.iter().map(ToString::to_string).collect();
    let who = match &book.sync.who {
        CardScope::Bucketed => None,
        CardScope::All => Some("all".to_owned()),
        CardScope::Buckets(names) => Some(names.join(", ")),
    };
    let first_day = book.week.first_day(NaiveDate::default());
    let first_day = first_day.format("%A").to_string().to_lowercase();
    let settings = [
        ("week.starts", Some(first_day)),
        ("week.touches", Some(book.week.touches.to_string())),
        ("defaults.channel", defaults.channel.clone()),
        ("defaults.bucket", defaults.bucket.clone()),
        (
            "defaults.rest_after",
            Some(defaults.rest_after.0.to_string()),
        ),
        (
            "defaults.dormant_after",
            Some(defaults.dormant_after.0.to_string()),
        ),
        ("defaults.columns.due", columns(&defaults.columns.due)),
        ("defaults.columns.list", columns(&defaults.columns.list)),
        ("regroup.last", book.regrouped.map(|day| day.to_string())),
        ("sources.me", list(&sources.me)),
        ("sources.mail", list(&sources.mail)),
        ("sources.calendar", list(&sources.calendar)),
        ("sources.calls", list(&sources.calls)),
        ("sources.until", sources.until.map(|day| day.to_string())),
        ("sources.ignored", list(&ignored)),
        ("sync.cards", book.sync.cards.clone()),
        ("sync.private", book.sync.private.then(|| "true".to_owned())),
        ("sync.who", who),
    ];
    let set = settings
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let aliases = book.aliases.iter();
    let aliases = aliases.map(|(name, words)| (format!("aliases.{name}"), words.join(" ")));
    set.chain(aliases).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_told_under_their_keys() {
        let book = |text: &str| crate::store::read(text).expect("a book").book;
        let before = book("[week]\nstarts = 'sunday'\ntouches = 5\n\n[aliases]\nw = 'due --all'\n");
        let after = book(
            "[week]\ntouches = 7\n\n[defaults]\ndormant_after = '5y'\n\n[regroup]\nlast = 2026-11-23\n\n[sources]\nme = 'sam@keeper.example'\nignored = ['2026-11-04 email Bo', '2026-11-05 call Bo']\n\n[sync]\ncards = '~/cards'\nprivate = true\nwho = ['clients', 'friends']\n",
        );
        let changes = setting_changes(&before, &after);
        let told = changes.iter().map(|change| {
            let value = |value: &Option<String>| value.clone().unwrap_or_default();
            format!(
                "{}: {} to {}",
                change.key,
                value(&change.old),
                value(&change.new)
            )
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "week.starts: sunday to monday",
                "week.touches: 5 to 7",
                "defaults.dormant_after: 3 years to 5 years",
                "aliases.w: due --all to ",
                "regroup.last:  to 2026-11-23",
                "sources.me:  to sam@keeper.example",
                "sources.ignored:  to 2026-11-04 email Bo, 2026-11-05 call Bo",
                "sync.cards:  to ~/cards",
                "sync.private:  to true",
                "sync.who:  to clients, friends"
            ]
        );
        assert_eq!(setting_changes(&before, &before), []);
    }
}
