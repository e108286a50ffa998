//! The options of `log`.

use clap::Args;

use super::promised::PromiseOptions;
use crate::app::filter_args::GroupArgs;
use crate::domain::text::shell_words::quoted;

/// How far back the journal goes, if not said otherwise.
pub(super) const JOURNAL_DAYS: u64 = 14;

/// Record a touch, with one or several people; alone, list the last ones
///
/// Adds one line to each contact's touches; the clock of the cadence starts again. A plan without a reason is done by
/// any touch, one with a reason (`--next "DATE: WHAT"`) by a touch on or after its day. A promise is only done by `--done`.
/// With `--amend`, `--next`, `--promise` and `--done` change what is to come and no touch.
///
/// Without a name, nothing is recorded: `netkeep log` lists the touches of the last fourteen days, the newest first, and with `-v`
/// those by a channel. `--since` goes further back, and takes names: `netkeep log ana --since 2026-01-01`.
#[derive(Args, Debug, Default)]
#[command(
    before_help = "Examples:\n  netkeep log ana -v call -m \"budget approved\"\n  netkeep log bo sean -v event -d yesterday --promise \"fri: send photos\""
)]
pub(crate) struct LogArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// The channel: call, email, message, social, meeting, letter, event, gift, or another word
    ///
    /// Without it, the channel last used with them (with --out: to reach out), else the one in `[defaults]` of the book;
    /// `-v ""` is none.
    #[arg(short = 'v', long, value_name = "CHANNEL")]
    pub(super) via: Option<String>,
    /// The day, if not today: "yesterday", "fri", "3 days ago", 2026-11-10
    #[arg(short, long, allow_hyphen_values = true)]
    pub(super) date: Option<String>,
    /// A line about it
    #[arg(short = 'm', long = "note", value_name = "NOTE")]
    pub(super) note: Option<String>,
    /// What you gave or offered: an introduction, an hour, a hint
    #[arg(long, value_name = "TEXT")]
    pub(super) gave: Option<String>,
    /// What you got, or asked for
    #[arg(long, value_name = "TEXT")]
    pub(super) got: Option<String>,
    /// You introduced two contacts to each other: a touch with each, and a plan in three weeks to ask how it went
    #[arg(long, conflicts_with_all = ["gave", "next", "amend", "to", "delete"])]
    pub(super) intro: bool,
    /// You reached out and have no answer yet
    #[arg(long, conflicts_with = "in")]
    pub(super) out: bool,
    /// They reached out
    #[arg(long)]
    pub(super) r#in: bool,
    /// Plan the next touch, in place of what was planned: "fri", or "fri: lunch"
    #[arg(long, value_name = "DATE[: WHAT]", allow_hyphen_values = true)]
    pub(super) next: Option<String>,
    #[command(flatten)]
    pub(super) promises: PromiseOptions,
    /// Change the newest touch instead of adding one
    #[arg(long)]
    pub(super) amend: bool,
    /// With --amend: move the touch to the right person
    #[arg(long, value_name = "NAME", requires = "amend", conflicts_with_all = ["next", "promise", "done"])]
    pub(super) to: Option<String>,
    /// Delete the newest touch, or the one on the day given by -d
    #[arg(long, conflicts_with_all = ["amend", "via", "note", "gave", "got", "out", "in", "next", "promise", "done"])]
    pub(super) delete: bool,
    #[command(flatten)]
    pub(super) journal: JournalArgs,
}

/// The options that list touches.
#[derive(Args, Debug, Default)]
pub(super) struct JournalArgs {
    /// List the touches since that day, not only those of the last fourteen days: "3 months ago", 2026-01-01
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(super) since: Option<String>,
    #[command(flatten)]
    pub(super) groups: GroupArgs,
    /// List touches, with a line for each, like '{on}\t{name}\t{note}'
    #[arg(long, value_name = "TEMPLATE")]
    pub(super) format: Option<String>,
}

impl JournalArgs {
    /// The first of these options that was typed.
    pub(super) fn option(&self) -> Option<&'static str> {
        let options = [
            ("--since", self.since.is_some()),
            ("--bucket", !self.groups.bucket.is_empty()),
            ("--tag", !self.groups.tag.is_empty()),
            ("--format", self.format.is_some()),
        ];
        typed(&options)
    }
}

/// The first option that was typed.
fn typed(options: &[(&'static str, bool)]) -> Option<&'static str> {
    let option = options.iter().find(|(_, is_typed)| *is_typed)?;
    Some(option.0)
}

impl LogArgs {
    /// Whether a touch, a plan or a promise is written; else touches are listed.
    pub(in crate::commands) fn writes(&self) -> bool {
        !self.names.is_empty() && self.journal.option().is_none()
    }

    /// The first option that goes only with something to record.
    pub(super) fn recording_option(&self) -> Option<&'static str> {
        let options = [
            ("--date", self.date.is_some()),
            ("--note", self.note.is_some()),
            ("--gave", self.gave.is_some()),
            ("--got", self.got.is_some()),
            ("--intro", self.intro),
            ("--out", self.out),
            ("--in", self.r#in),
            ("--next", self.next.is_some()),
            ("--amend", self.amend),
            ("--delete", self.delete),
        ];
        typed(&options).or_else(|| self.promises.option())
    }

    /// The command that lists the same touches, without the day.
    pub(super) fn list_line(&self) -> String {
        let names = self.names.iter().map(|name| format!(" {}", quoted(name)));
        let via = self.via.iter().map(|via| format!(" -v {}", quoted(via)));
        let words: String = names.chain(via).collect();
        format!("netkeep log{words}{}", self.journal.groups.typed())
    }

    /// A touch with a person by a channel, perhaps one without an answer yet.
    pub(in crate::commands) fn of(name: String, via: String, out: bool) -> Self {
        Self {
            names: vec![name],
            via: Some(via),
            out,
            ..Self::default()
        }
    }
}
