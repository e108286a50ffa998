//! The options of `import`.

use std::path::PathBuf;

use clap::Args;

use crate::app::App;
use crate::commands::grammar::{ArgValue, one_of};
use crate::domain::identity::import::Answer;
use crate::domain::identity::supplement::Prefer;
use crate::exchange::Order;

/// Import people, and touches from mail, calendars and call lists
///
/// Reads vCards (2.1, 3.0, 4.0), CSV from LinkedIn, Google, Outlook, Thunderbird or any other program, abook, and another
/// book of netkeep's; the format is detected. Shows what it found and asks before it writes. Importing the same file again
/// changes nothing: contacts are matched by UID, e-mail address, phone number, link, or name with company, and gain only
/// what they lack. It tells who has another company or title: `--prefer theirs` takes these and keeps the old ones in the
/// notes, and `--plan` plans a note to each. New contacts have no bucket unless the file or `-b` gives them one; `netkeep undo` undoes all of it.
///
/// Reads touches from an mbox, a Maildir, a message, a query of notmuch (`notmuch:from:ana`), an .ics file or a folder of them,
/// and the calls and messages of SMS Backup & Restore. With people of the book only: nobody is added. Without a file it reads what
/// `[sources]` in the book names. `netkeep help mail` tells what counts.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep import Connections.csv --yes\n  netkeep import ~/Mail --since \"3 months ago\""
)]
#[command(after_help = NOTES)]
pub(crate) struct ImportArgs {
    /// The files and folders; `-` is standard input. Without one, the sources that the book names
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Put new people into this bucket, with first days spread over its cadence; `none` for no bucket
    #[arg(short, long)]
    pub(super) bucket: Option<String>,
    /// Leave out first days: due a cadence from today, or as their touches say
    #[arg(long)]
    pub(super) now: bool,
    /// Say which column of a CSV file is which: name="Full Name",email=Mail
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    pub(super) map: Vec<String>,
    /// Take the day of the last touch from this column or property
    #[arg(long, value_name = "FIELD")]
    pub(super) last_from: Option<String>,
    /// Which side wins where the file and the book differ
    #[arg(long, value_name = "WHOSE", default_value = "mine", value_parser = one_of(WHOSE))]
    pub(super) prefer: Prefer,
    /// Plan a note, within two weeks, to each one who has another company or title
    #[arg(long)]
    pub(super) plan: bool,
    /// What to do with people whose match is unclear, without asking
    #[arg(long, value_name = "WHAT", value_parser = one_of(UNCLEAR))]
    pub(super) unclear: Option<Answer>,
    /// How the file writes days like 3/5/2023
    #[arg(long, value_name = "ORDER", value_parser = one_of(DATES))]
    pub(super) dates: Option<Order>,
    /// The encoding of the file, like windows-1250, where the guess is wrong
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    /// Write nothing if a row or card has a problem
    #[arg(long)]
    pub(super) strict: bool,
    /// Take no touches before that day: "3 months ago", 2026-01-01; without a file, remembered in `[sources] until`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(super) since: Option<String>,
    /// Write the subjects of messages and the titles of meetings into the notes of the touches
    #[arg(long)]
    pub(super) subjects: bool,
    /// Say why each touch counts, and what does not
    #[arg(long)]
    pub(super) why: bool,
    /// List people who are not in the book and answered you, as lines that add them, and write nothing
    #[arg(long)]
    pub(super) suggest: bool,
    /// Write without asking
    #[arg(short, long)]
    pub(super) yes: bool,
    /// Show every row
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Say nothing but what is wrong, for cron
    #[arg(short, long, requires = "yes")]
    pub(super) quiet: bool,
}

/// Below the options.
const NOTES: &str = "\
# The files

`netkeep help formats` says where to get them, what is read, which fields `--map` has, how people are recognized, and what
becomes of the rest.";

const WHOSE: [ArgValue<Prefer>; 2] = [
    ("mine", "The book's", Prefer::Mine),
    ("theirs", "The file's", Prefer::Theirs),
];

const UNCLEAR: [ArgValue<Answer>; 3] = [
    (
        "same",
        "The contact they may be, if there is only one",
        Answer::Only,
    ),
    ("new", "A new contact", Answer::New),
    ("skip", "Leave them out", Answer::Leave),
];

const DATES: [ArgValue<Order>; 2] = [
    ("dmy", "The day first", Order::DayFirst),
    ("mdy", "The month first", Order::MonthFirst),
];

impl ImportArgs {
    /// Whether the user has to agree before anything is written.
    pub(super) fn must_agree(&self, app: &App) -> bool {
        !self.yes && !app.dry_run
    }

    /// The first option for people that was typed.
    pub(super) fn people_option(&self) -> Option<&'static str> {
        let options = [
            ("--bucket", self.bucket.is_some()),
            ("--now", self.now),
            ("--map", !self.map.is_empty()),
            ("--last-from", self.last_from.is_some()),
            ("--prefer", self.prefer != Prefer::Mine),
            ("--plan", self.plan),
            ("--unclear", self.unclear.is_some()),
            ("--dates", self.dates.is_some()),
            ("--encoding", self.encoding.is_some()),
            ("--strict", self.strict),
        ];
        typed(&options)
    }

    /// The first option for touches that was typed.
    pub(super) fn touch_option(&self) -> Option<&'static str> {
        let options = [
            ("--since", self.since.is_some()),
            ("--subjects", self.subjects),
            ("--why", self.why),
            ("--suggest", self.suggest),
        ];
        typed(&options)
    }
}

/// The first option that was typed.
fn typed(options: &[(&'static str, bool)]) -> Option<&'static str> {
    let option = options.iter().find(|(_, is_typed)| *is_typed)?;
    Some(option.0)
}
