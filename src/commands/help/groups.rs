//! The commands, in the order in which people need them.

use clap::Command;

use crate::render::views::explanation::HelpEntry;

/// Commands that go together.
pub(in crate::commands) struct Group {
    pub(in crate::commands) heading: &'static str,
    pub(super) commands: &'static [&'static str],
    /// What the overview says of them, where the names are not enough.
    pub(super) short: Option<&'static str>,
}

/// The daily commands come first.
pub(in crate::commands) const GROUPS: [Group; 5] = [
    Group {
        heading: "Every day",
        commands: &[
            "due", "log", "promise", "add", "list", "show", "edit", "import", "undo",
        ],
        short: None,
    },
    Group {
        heading: "Not now",
        commands: &["skip", "snooze", "pause", "resume"],
        short: Some("skip (this round), snooze (until a day), pause (until resume)"),
    },
    Group {
        heading: "People, buckets",
        commands: &[
            "open", "move", "rename", "merge", "remove", "bucket", "triage", "regroup",
        ],
        short: None,
    },
    Group {
        heading: "Now and then",
        commands: &[
            "review",
            "forecast",
            "stats",
            "report",
            "fresh-start",
            "check",
        ],
        short: None,
    },
    Group {
        heading: "Other programs",
        commands: &[
            "sync",
            "merge-file",
            "export",
            "query",
            "completions",
            "man",
            "help",
        ],
        short: None,
    },
];

/// The commands of a group, each with its line.
pub(in crate::commands) fn lines(grammar: &Command, group: &Group) -> Vec<HelpEntry> {
    let line = |name: &&str| {
        let command = grammar.find_subcommand(name)?;
        Some(HelpEntry {
            form: (*name).to_owned(),
            about: command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default(),
            ..HelpEntry::default()
        })
    };
    group.commands.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use clap::Subcommand;

    use super::*;
    use crate::commands;

    /// Completion offers them in this order too.
    #[test]
    fn every_command_is_in_one_group_and_the_list_of_commands_has_their_order() {
        let grammar = commands::Command::augment_subcommands(Command::new("netkeep"));
        let names: Vec<&str> = grammar.get_subcommands().map(Command::get_name).collect();
        let listed = GROUPS.iter().flat_map(|group| group.commands).copied();
        assert_eq!(listed.collect::<Vec<&str>>(), names);
    }
}
