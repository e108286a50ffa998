//! The contacts that a command changes: those named, or a set of all that match, which is shown and agreed to first.

use clap::Args;

use crate::app::App;
use crate::app::filter_args::{FilterArgs, GroupArgs};
use crate::domain::find::filter::Filter;
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::views::set_preview::{SetPreview, SetRow};
use crate::render::words::messages::{UNDO, quoted};
use crate::render::words::plural::and;
use crate::store::{BookFile, Edit};

/// The options for a set of contacts.
#[derive(Args, Debug, Default)]
pub(super) struct SetArgs {
    /// In place of names: everyone in this bucket, or `none` for contacts without one (can be repeated)
    #[arg(short, long)]
    bucket: Vec<String>,
    /// In place of names: everyone with this tag (can be repeated)
    #[arg(long)]
    tag: Vec<String>,
    /// In place of names: everyone in this city (can be repeated)
    #[arg(long = "in", value_name = "CITY")]
    city: Vec<String>,
    /// Change everyone in the bucket, with the tag or in the city without asking
    #[arg(short, long)]
    yes: bool,
}

/// The ids of the options of which a command without names needs one.
pub(super) const SET: [&str; 3] = ["bucket", "tag", "city"];

impl SetArgs {
    /// What `edit` takes to give a contact the bucket, tags and city.
    pub(super) fn as_values(&self) -> impl Iterator<Item = String> {
        let rows = [
            ("bucket=", &self.bucket),
            ("tags+=", &self.tag),
            ("city=", &self.city),
        ];
        let values = rows.into_iter();
        values.flat_map(|(key, typed)| {
            let values = typed
                .iter()
                .map(move |one| format!("--set {key}{}", quoted(one)));
            values.collect::<Vec<String>>()
        })
    }

    fn filter(&self) -> FilterArgs {
        FilterArgs {
            groups: GroupArgs {
                bucket: self.bucket.clone(),
                tag: self.tag.clone(),
            },
            city: self.city.clone(),
        }
    }

    /// Whether contacts are asked for by what they have in common.
    pub(super) fn is_given(&self) -> bool {
        let kinds = [&self.bucket, &self.tag, &self.city];
        kinds.iter().any(|typed| !typed.is_empty())
    }

    /// The options that ask for them: "`--tag conference` and `--in Oslo`".
    fn typed(&self) -> String {
        let options = [
            ("-b", &self.bucket),
            ("--tag", &self.tag),
            ("--in", &self.city),
        ];
        let typed = options.iter().flat_map(|(option, values)| {
            values
                .iter()
                .map(move |value| format!("`{option} {}`", quoted(value)))
        });
        and(&typed.collect::<Vec<_>>())
    }
}

/// The contacts that a command changes.
pub(super) struct Chosen {
    pub(super) ids: Vec<ContactId>,
    /// Whether they are a set, of which nobody was named.
    pub(super) is_set: bool,
    /// Whether the set is changed without asking.
    is_agreed: bool,
}

/// What is done to a set, in words.
#[derive(Default)]
pub(super) struct SetWords {
    /// As an order and as an answer: `Snooze`, `Snoozed`.
    pub(super) verbs: [&'static str; 2],
    /// What follows the number of contacts: ` until Mon 7 Dec`.
    pub(super) how: String,
    /// Why a contact needs no change: `already paused`.
    pub(super) same: String,
    /// What the answer says about all of them: `; first due from …`.
    pub(super) sum: String,
    /// Those left alone for another reason, with the reason.
    pub(super) stays: Vec<(ContactId, &'static str)>,
}

impl App {
    /// The contacts that are named, or the set that is asked for.
    pub(super) fn choose(&self, book: &Book, names: &[String], set: &SetArgs) -> Result<Chosen> {
        let (is_set, is_agreed) = (set.is_given(), set.yes);
        let ids = match names {
            names if !is_set => self.pick_all(book, names)?,
            [] => {
                let filter: Filter = set.filter().filter(book)?;
                let ids = book.ids().filter(|id| filter.takes(book.contact(*id)));
                ids.collect()
            }
            names => {
                let names = names.join(" ");
                return Err(Error::usage(
                    format!("`{names}` and {} are two ways to say who", set.typed()),
                    "leave one of them out",
                ));
            }
        };
        if ids.is_empty() {
            return Err(Error::Nobody);
        }
        Ok(Chosen {
            ids,
            is_set,
            is_agreed,
        })
    }

    /// Makes the edits and saves them, and says what became of each contact: `said` sees the book before and after. A set is
    /// shown and agreed to first, and those in it that cannot be edited are left out; only their number is said.
    pub(super) fn save_chosen(
        &mut self,
        file: &BookFile,
        chosen: &Chosen,
        edits: &[Edit],
        words: SetWords,
        said: impl Fn(&Book, &Book, ContactId) -> String,
    ) -> Result<()> {
        let book = file.book();
        if !chosen.is_set {
            let Some(change) = self.save(file, edits)? else {
                return Ok(());
            };
            for &id in &chosen.ids {
                self.line(said(book, &change.book, id))?;
            }
            return Ok(());
        }
        let (change, left) = self.change_most(file, edits)?;
        // A key of the user's own is in the text alone.
        let is_own = |id| {
            let mut own = edits.iter();
            own.any(|edit| matches!(edit, Edit::SetOwn { contact, .. } if *contact == id))
        };
        let changed = |id: ContactId| {
            book.contact(id) != change.book.contact(id) || is_own(id) && !left.contains(&id)
        };
        let preview = preview(book, chosen, &left, &words, changed, |id| {
            said(book, &change.book, id)
        });
        if self.dry_run || self.json {
            preview.stays().for_each(|line| self.note(line));
        }
        if preview.rows.is_empty() {
            preview.write_stays(&mut self.sink())?;
            return self.line("Nothing to change");
        }
        if !self.dry_run && !chosen.is_agreed {
            self.check_agreed(&preview)?;
        }
        if self.save_change(file, change)?.is_none() {
            return Ok(());
        }
        if !self.has_agreed(&preview) {
            preview.write(&mut self.sink())?;
        }
        let (done, contacts) = (words.verbs[1], preview.contacts());
        let SetWords { how, sum, .. } = words;
        self.line(format!("{done} {contacts}{how}{sum}{UNDO}"))
    }
}

/// What would become of the set: each contact that would change, with what is `said` of it, and the others by the reason.
fn preview(
    book: &Book,
    chosen: &Chosen,
    left: &[ContactId],
    words: &SetWords,
    changes: impl Fn(ContactId) -> bool,
    said: impl Fn(ContactId) -> String,
) -> SetPreview {
    let mut rows = Vec::new();
    let mut stays: Vec<(String, Vec<String>)> = Vec::new();
    for &id in &chosen.ids {
        let contact = book.contact(id);
        if changes(id) {
            let bucket = contact.bucket.clone();
            rows.push(SetRow {
                name: contact.name.clone(),
                becomes: becomes(&said(id), words, contact),
                bucket,
            });
            continue;
        }
        let other = words.stays.iter().find(|(other, _)| *other == id);
        let reason = match other {
            Some((_, reason)) => reason,
            None if left.contains(&id) => "cannot be changed",
            None => words.same.as_str(),
        };
        match stays.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) => names.push(contact.name.clone()),
            None => stays.push((reason.to_owned(), vec![contact.name.clone()])),
        }
    }
    SetPreview {
        verb: words.verbs[0],
        how: words.how.clone(),
        rows,
        stays,
    }
}

/// What is said of a contact without the words that all of them share.
fn becomes(said: &str, words: &SetWords, contact: &Contact) -> String {
    let bucket = contact.bucket.as_deref().unwrap_or_default();
    let mut rest = said;
    for start in [
        &format!("{} {}", words.verbs[1], contact.name),
        &format!(" from {bucket}"),
        &format!(" out of {bucket}"),
        &words.how,
    ] {
        rest = rest.strip_prefix(start.as_str()).unwrap_or(rest);
    }
    rest.trim_start_matches([' ', ';', ',', ':']).to_owned()
}
