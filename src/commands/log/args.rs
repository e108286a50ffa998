//! The options of `log`.

use clap::Args;

use super::promised::PromiseOptions;

/// Record a touch, with one or several people
///
/// Adds one line to each contact's touches; the clock of the cadence starts again. A plan without a reason is done by
/// any touch, one with a reason (`--next "DATE: WHAT"`) by a touch on or after its day. A promise is only done by `--done`.
/// With `--amend`, `--next`, `--promise` and `--done` change what is to come and no touch.
#[derive(Args, Debug, Default)]
#[command(
    before_help = "Examples:\n  netkeep log ana -v call -m \"budget approved\"\n  netkeep log bo sean -v event -d yesterday --promise \"fri: send photos\""
)]
pub(crate) struct LogArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// The channel: call, email, message, social, meeting, letter, event, gift, or another word
    ///
    /// The channel: call, email, message, social, meeting, letter, event, gift, or a word of your own. Without it, the one last
    /// used with them (with --out: to reach out), else the one in `[defaults]` of the book; `-v ""` is none.
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
}

impl LogArgs {
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
