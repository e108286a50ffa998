//! What to type next, for every error that leaves something to type.

use super::{Error, of_store};
use crate::domain::model::birthday::BirthdayError;
use crate::domain::model::cadence::CadenceError;
use crate::render::words::plural::and;

impl Error {
    /// What to type next.
    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Ambiguous { .. } => "give more of the name, in quotes if it has blanks, or the e-mail address".to_owned(),
            Self::Birthday(_) => BirthdayError::HINT.to_owned(),
            Self::BucketInUse { name, .. } => {
                format!("move them first: `netkeep list -b {name}` names them")
            }
            Self::BucketIsDefault { .. } => {
                "change `bucket` in `[defaults]` of the book first".to_owned()
            }
            Self::BucketThere { name } => {
                format!("change it with `netkeep bucket set {name} --cadence \"4 weeks\"`")
            }
            Self::Cadence(_) => CadenceError::HINT.to_owned(),
            Self::ChangedMeanwhile { .. } => "edit again, and take over what you typed".to_owned(),
            Self::Day(err) => err.hint().to_owned(),
            Self::Open(err) => err.hint(),
            Self::DraftNotText => "save it as UTF-8 in your editor".to_owned(),
            Self::EditGivenUp => "mend the text and put it in by hand, or edit again".to_owned(),
            Self::Template(err) => err.hint(),
            Self::Temporary(_) => "check TMPDIR".to_owned(),
            Self::Editor { .. } => {
                "set EDITOR to the command of your editor, or use `--set KEY=VALUE`".to_owned()
            }
            Self::Exchange(err) => return err.hint(),
            Self::FutureTouch { .. } => {
                "plan it instead: `netkeep log --amend NAME --next \"DATE: WHAT\"`".to_owned()
            }
            Self::HiddenCharacter { .. } => "type it without control characters".to_owned(),
            Self::NameThere { name } => {
                format!(
                    "change that contact with `netkeep edit`, or tell the two apart: \"{name} (Acme)\""
                )
            }
            Self::NextBehind { .. } => "give a day after the touch, from today on".to_owned(),
            Self::NoBook { is_named: true, .. } => {
                "check the path; `netkeep add NAME` creates a book there".to_owned()
            }
            Self::NoBook {
                is_named: false, ..
            } => "start it with `netkeep add \"Ana Ruiz\" -b clients`".to_owned(),
            Self::NoFolder { .. } => "create the folder first, or check the path".to_owned(),
            Self::NoHome => "say where with `--file PATH` or NETKEEP_FILE".to_owned(),
            Self::NoSuchBucket {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::NoSuchBucket { typed, buckets, .. } if buckets.is_empty() => {
                format!(
                    "add it with `netkeep bucket add {} --cadence \"4 weeks\"`",
                    quoted(typed)
                )
            }
            Self::NoSuchBucket { typed, buckets, .. } => {
                let names: Vec<&str> = buckets.iter().map(String::as_str).collect();
                let names = and(&names);
                format!(
                    "there are {names}; `netkeep bucket add {} --cadence \"4 weeks\"` adds one",
                    quoted(typed)
                )
            }
            Self::NoSuchContact { near, .. } if !near.is_empty() => {
                let names: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
                format!("did you mean {}?", names.join(" or "))
            }
            Self::NoSuchContact { .. } => {
                "`netkeep list` shows everyone, `netkeep add` adds someone".to_owned()
            }
            Self::NoSuchField {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            Self::NoSuchField { near: None, typed } if typed == "touches" => {
                "touches are logged, and mended with `netkeep log --amend` or `--delete`".to_owned()
            }
            Self::NoSuchField { .. } => {
                let keys: Vec<&str> = crate::domain::Field::ALL
                    .iter()
                    .map(|field| field.key())
                    .collect();
                format!("the keys are {}", and(&keys))
            }
            Self::NotYetABucket(_) => {
                "a new book starts with clients, prospects, colleagues and friends: add without `-b`, then \
                 `netkeep bucket add` and `netkeep move`"
                    .to_owned()
            }
            Self::EditedSince { command, .. } => format!(
                "`netkeep undo --force` takes out both and keeps your edit in the history; `netkeep undo --redo` then makes \
                 the {command} again"
            ),
            Self::NotWhole { name, .. } => {
                format!("what cannot be taken back takes the whole name: `{name}`?")
            }
            Self::NoUndo { is_redo: true } => "only what `netkeep undo` took back last can be made again, and only until the book changes".to_owned(),
            Self::Week(err) => err.hint(),
            Self::Usage { hint, .. } => hint.clone(),
            Self::Value { hint, .. } => (*hint).to_owned(),
            Self::Store(err) => return of_store::hint(err),
            Self::Blank { .. }
            | Self::Kept { .. }
            | Self::No { .. }
            | Self::NoTouch { .. }
            | Self::NoUndo { is_redo: false }
            | Self::Output(_)
            | Self::Unkept(_)
            | Self::Unsound => return None,
        })
    }
}

fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) {
        format!("\"{word}\"")
    } else {
        word.to_owned()
    }
}
