//! What each error says, and what to type next.

use std::path::Path;

use super::no_way::no_way;
use super::reason::{reason, reason_not_run};
use super::{Error, Message, NotOpened, git, say, sources, store, unreadable};
use crate::domain::Field;
use crate::domain::due::promises::PromiseChoices;
use crate::domain::find::by_name::is_joining;
use crate::domain::find::filter::is_none;
use crate::domain::find::name_choices::{NameChoice, NameChoices};
use crate::domain::find::values_there::MissingValue;
use crate::domain::text::{near, shortened};
use crate::render::words::messages::{
    promises_that_fit, quoted, typed_argument, typed_name, typed_path,
};
use crate::render::words::plural::{and, count};

impl Error {
    pub(super) fn message(&self) -> Message {
        match self {
            Self::Ambiguous(choices) => say(matches(choices)).hint(more_of_a_name(choices)),
            Self::Blank(what) => say(format!("{what} cannot be blank")),
            Self::BucketInUse { name, contacts } => {
                let contacts = count(*contacts, "contact", "contacts");
                say(format!("the bucket `{name}` still has {contacts}")).hint(format!(
                    "move them first: `netkeep move -b {} none`, or to another bucket",
                    quoted(name)
                ))
            }
            Self::BucketIsDefault(name) => {
                say(format!("the bucket `{name}` is the one that new contacts go into"))
                    .hint("change `bucket` in `[defaults]` of the book first")
            }
            Self::BucketHasCards(name) => {
                say(format!("the bucket `{name}` is the only one whose people get cards"))
                    .hint("change `who` in `[sync]` of the book first")
            }
            Self::BucketThere(name) => say(format!("the bucket `{name}` already exists")).hint(
                format!("change it with `netkeep bucket set {name} --cadence \"4 weeks\"`"),
            ),
            Self::BookChangedWhileEditing { path, draft } => say(format!(
                "{} was changed while your editor was open; nothing was written",
                path.display()
            ))
            .hint(format!(
                "`diff {} {}` shows what differs; `netkeep edit` again, and copy over what you typed",
                typed_path(path),
                typed_path(draft)
            )),
            Self::ChangedWhileEditing(name) => say(format!(
                "{name} was changed in the book while your editor was open; nothing was written"
            ))
            .hint("edit again, and copy over what you typed"),
            Self::DayOrName { run, name, line } => {
                say(format!("`{run}` is a day, and it matches {name}"))
                    .hint(format!("use --until for the day: `{line}`"))
            }
            Self::Differing(conflicts) => git::differing(conflicts),
            Self::Git(failure) => git::message(failure),
            Self::Source(failure) => sources::message(failure),
            Self::Desktop(why) => match why {
                NotOpened::NoDesktop => say("there is no desktop here to open it"),
                NotOpened::NotRun(command, err) => {
                    say(format!("could not run `{command}`: {}", reason_not_run(err)))
                }
                NotOpened::Failed(command) => say(format!("`{command}` could not open it")),
            }
            .hint("set NETKEEP_OPEN to a command that opens it; nothing was logged"),
            Self::DraftNotText => say("what the editor saved is not UTF-8 text")
                .hint("save it as UTF-8 in your editor"),
            Self::EditGivenUp(what) => say(format!("the {what} stays as it was"))
                .hint("fix the text and paste it in by hand, or edit again"),
            Self::Editor(command, err) => match err {
                Some(err) => say(format!(
                    "could not run the editor `{command}`: {}",
                    reason_not_run(err)
                )),
                None => say(format!(
                    "the editor `{command}` ended with an error; nothing was written"
                )),
            }
            .hint("set EDITOR to the command of your editor, or change a field with `--set`, like `--set city=Oslo`"),
            Self::FewerSteps { found, is_redo } => fewer_steps(*found, *is_redo),
            Self::Flawed(flaws) => {
                let problems = count(*flaws, "problem", "problems");
                say(format!("nothing was written: {problems}, and `--strict` allows none"))
                    .hint("fix them, or leave out `--strict` to import the rest")
            }
            Self::FutureTouch { day, hint } => say(format!(
                "{day} is still to come; a touch is something that has happened"
            ))
            .hint(hint),
            Self::InBucket { name, bucket, line } => Message {
                hint: line.as_ref().map(|line| format!("did you mean `{line}`?")),
                ..say(format!("{name} is already in {bucket}"))
            },
            // `write` adds where the text is kept.
            Self::Kept { err, .. } => say(err.to_string()),
            Self::Mistyped(err) => say(&err.message).hint(err.hint.as_ref()),
            Self::NameThere(name) => say(format!("`{name}` is already in the book")).hint(
                format!(
                    "change that contact with `netkeep edit {}`, or tell the two apart: \"{name} (Acme)\"",
                    typed_name(name)
                ),
            ),
            Self::NextBehind(day) => {
                say(format!("{day} cannot be the day of a next touch: it is not after the touch"))
                    .hint("give a day after the touch, from today on")
            }
            Self::No(_) => say("no"),
            Self::NoAnswers(hint) => say("nobody is there to answer").hint(hint.as_ref()),
            Self::NoBook(path) => say(format!("there is no book yet at {}", path.display()))
                .hint("start it with `netkeep add \"Ana Ruiz\" -b clients`, or with `netkeep import FILE`"),
            Self::NoBuckets => say("the book has no bucket")
                .hint("add one: `netkeep bucket add clients --cadence \"4 weeks\"`"),
            Self::NoFile(path) => say(format!("there is no file {}", path.display()))
                .hint("check the path; `netkeep add NAME` and `netkeep import FILE` create a book there"),
            Self::NoEditor => say("there is no terminal to open an editor in").hint(
                "set EDITOR to a command that edits a file without one, or use `--set KEY=VALUE`",
            ),
            Self::NoFolder(path) => say(format!("there is no folder {}", path.display()))
                .hint("create the folder first, or check the path"),
            Self::NoHome => say("there is no home folder to keep the book in")
                .hint("choose a place with `--file PATH` or NETKEEP_FILE"),
            Self::NoRedo => say("there is nothing to redo").hint(
                "only what `netkeep undo` undid last can be redone, and only until the book changes",
            ),
            Self::NoSuchBucket {
                typed,
                near,
                buckets,
            } => say(format!("there is no bucket `{typed}`"))
                .hint(bucket_meant(typed, near.as_deref(), buckets)),
            Self::NoSuchChannel {
                typed,
                near,
                channels,
            } => say(format!("there was no touch by `{typed}`")).hint(match (near, &channels[..]) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, [only]) => format!("the only channel is {only}"),
                (None, channels) => format!("the channels are {}", and(channels)),
            }),
            Self::NoSuchContact { typed, near } => {
                let said = say(format!("nobody matches `{typed}`"));
                if near.is_empty() && is_joining(typed) {
                    said.hint(format!("leave `{typed}` out: names stand one after another"))
                } else {
                    said.hint(contact_meant(typed, near))
                }
            }
            Self::NoSuchKey { typed, near, keys } => {
                let near = near.as_ref();
                let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
                say(format!("no contact has a key `{typed}`")).hint(format!(
                    "{near}the keys are {}; to look for a text with an equals sign, put a blank before it",
                    and(keys)
                ))
            }
            Self::NoTouch { name, on: None } => say(format!("{name} has no touches")),
            Self::NoTouch {
                name,
                on: Some(day),
            } => say(format!("{name} has no touch on {day}")),
            Self::NotLast => say("that is not the last change of the book, and nothing was undone")
                .hint("`netkeep undo --list` shows the last changes"),
            Self::NoUndo => say("there is nothing to undo"),
            Self::NoWay {
                name,
                via,
                has_some,
            } => no_way(name, via.as_deref(), *has_some),
            Self::Nobody => {
                say("nothing was written: nobody matches").hint("`netkeep list` shows everyone")
            }
            Self::NobodyHas(missing) => nobody_has(missing),
            Self::NotAName { word, is, line } => {
                say(format!("`{word}` is {is}, not a name"))
                    .hint(format!("did you mean `{line}`?"))
            }
            Self::NotAgreed { preview, line } => say(format!(
                "nothing was written: `--yes` is needed to {} {}{}",
                preview.verb.to_lowercase(),
                preview.contacts(),
                preview.how
            ))
            .hint(format!(
                "`{line}` goes ahead without asking; with `-n` it only shows the changes"
            )),
            Self::NotAhead(day) => {
                say(format!("{day} is not in the future")).hint("give a day after today")
            }
            Self::NotInKey {
                name,
                key,
                typed,
                there,
            } => not_in_key(name, key, typed, there),
            Self::NotText { name, key } => say(format!("`{key}` of {name} is not a text or a list of texts"))
                .hint(format!("`netkeep edit {}` opens the contact in your editor", typed_name(name))),
            Self::NotAsked(name) => say(format!("nothing is due with {name}"))
                .hint(format!("`netkeep due --why {}` shows why", typed_name(name))),
            Self::NotNameNorDay(typed) => {
                say(format!("nobody matches `{typed}`, and it is not a day")).hint(
                    "write the day like `2w`, `fri`, `7 dec` or `2026-12-07`; `netkeep list` shows everyone",
                )
            }
            Self::NotJoined(path, why) => {
                say(format!("could not join {}: {why}", named(path)))
            }
            Self::NotMergedFile(err) => err.message(),
            Self::NotPicked(choices) => say(format!("{}, and you picked none", matches(choices)))
                .hint(more_of_a_name(choices)),
            Self::NotWhole { typed, names } => say(format!("nobody is called `{typed}`")).hint(
                format!("this cannot be undone: type the whole name, {}", any_of(names)),
            ),
            Self::NothingPromised { name, plan } => nothing_promised(name, plan.as_deref()),
            Self::NotYetABucket(typed) => say(format!("there is no bucket `{typed}`")).hint(format!(
                "a new book starts with clients, prospects, colleagues and friends; `netkeep bucket add {} --cadence \"4 weeks\"` \
                 adds one",
                quoted(typed)
            )),
            Self::OnlyPromised(name) => {
                let quoted = typed_name(name);
                say(format!("only a promise makes {name} due, and a promise is not skipped")).hint(
                    format!("`netkeep promise {quoted}` shows it, `netkeep promise --done {quoted}` takes it out"),
                )
            }
            Self::Outdated => say("nothing of what you decided fits the book as it is now; nothing was written")
                .hint("look at the book, then decide again: `netkeep undo --list` shows the last changes"),
            Self::Output(err) => say(format!("could not write the answer: {}", reason(err))),
            Self::OverBook(path) => say(format!("{} is the book itself", named(path)))
                .hint("give another file; `netkeep export --to toml` writes a copy"),
            Self::Paused(name) => say(format!("{name} is paused"))
                .hint(format!("`netkeep resume {}` ends the pause", typed_name(name))),
            Self::Planned {
                name,
                day,
                what,
                take_out,
            } => {
                let quoted = typed_name(name);
                say(format!("something is planned with {name} for {day}: {what}")).hint(format!(
                    "`netkeep snooze {quoted} 2w` puts it off, `{take_out}` takes it out"
                ))
            }
            Self::PromiseBehind(day) => say(format!("{day} is past; a promise is for a day to come"))
                .hint("give a day from today on, or leave it out"),
            Self::PromiseNotPicked(choices) => {
                say(format!("{}, and you picked none", promises_that_fit(choices)))
                    .hint(words_of_a_promise(choices))
            }
            Self::PromisedAlready {
                name,
                what,
                promise,
            } => {
                say(format!("that is promised to {name} already: {promise}")).hint(format!(
                    "`netkeep promise {} {}` gives it another day",
                    typed_name(name),
                    quoted(&format!("2w: {what}"))
                ))
            }
            Self::ReadFile(path, err) => say(format!("could not read {}: {}", named(path), reason(err))),
            Self::Store(err) => store::message(err),
            Self::Temporary(variable, err) => {
                say(format!("could not make a file for the editor: {}", reason(err)))
                    .hint(format!("set {variable} to a folder that you can write to"))
            }
            Self::TouchOf(name) => say(format!("the touch is with {name} already"))
                .hint("give the right person to `--to`"),
            Self::Unanswered => say("nothing was written: nobody answered")
                .hint("`--yes` writes without asking, `--dry-run` only shows the changes"),
            Self::Unclear(people) => {
                let people = count(*people, "person is", "people are");
                say(format!(
                    "nothing was written: {people} unclear, and `--strict` leaves nobody out"
                ))
                .hint("`--unclear same` or `--unclear new` says who they are")
            }
            Self::Unkept(err) => say(format!("could not use the history: {}", reason(err))),
            Self::Unreadable(path, why) => unreadable::message(&named(path), why),
            Self::Unsound => say("the book has problems"),
            Self::WhichPromise(choices) => {
                say(promises_that_fit(choices)).hint(words_of_a_promise(choices))
            }
            Self::WriteFile(path, err) => say(format!("could not write {}: {}", named(path), reason(err))),
        }
    }
}

/// `luca` matches 272 contacts.
fn matches(choices: &NameChoices) -> String {
    let contacts = count(choices.count(), "contact", "contacts");
    format!("`{}` matches {contacts}", choices.typed)
}

/// What to type to mean one of them.
fn more_of_a_name(choices: &NameChoices) -> String {
    let mut forms = choices.listed.iter().filter_map(|one| one.form.as_ref());
    let is_told_apart = choices.listed.iter().all(|one| one.form.is_some());
    match forms.next() {
        Some(form) if is_told_apart => {
            format!("type more of the name, like `{}`", typed_argument(form))
        }
        Some(form) => format!(
            "type what is shown, like `{}`; where that is a line, change the name in it",
            typed_argument(form)
        ),
        None => match choices.listed.as_slice() {
            [one, other] if one.name == other.name && choices.more == 0 => format!(
                "nothing tells them apart: change the name in one of these lines, or merge them: `netkeep merge {0} {0}`",
                typed_argument(&one.name)
            ),
            _ => "nothing tells them apart: change the name in one of these lines".to_owned(),
        },
    }
}

fn fewer_steps(found: usize, is_redo: bool) -> Message {
    let is = if found == 1 { "is" } else { "are" };
    let steps = count(found, "step", "steps");
    if is_redo {
        let what = format!("`netkeep undo {found} --redo` redoes what there is");
        return say(format!("there {is} only {steps} to redo")).hint(what);
    }
    let them = if found == 1 { "it" } else { "them all" };
    say(format!("there {is} only {steps} to undo")).hint(format!(
        "`netkeep undo {found}` undoes {them}; `netkeep undo --list` lists them"
    ))
}

/// The contacts with similar names, each with what to type.
fn contact_meant(typed: &str, near: &[NameChoice]) -> String {
    let one = |one: &NameChoice| match &one.form {
        Some(form) if *form == one.name => format!("`{}`", typed_argument(form)),
        Some(form) => format!("{} (`{}`)", one.name, typed_argument(form)),
        None => one.name.clone(),
    };
    let names: Vec<String> = near.iter().map(one).collect();
    if names.is_empty() {
        let add = typed_argument(typed);
        return format!("`netkeep list` shows everyone, `netkeep add {add}` adds them");
    }
    format!("did you mean {}?", names.join(" or "))
}

/// The names to choose from, as far as they are read.
fn any_of(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES);
    let mut shown: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    if names.len() > MOST_NAMES {
        shown.push(format!("one of {} more", names.len() - MOST_NAMES));
    }
    shown.join(" or ")
}

const MOST_NAMES: usize = 3;

/// The most characters of an entry.
const LONGEST: usize = 60;

fn bucket_meant(typed: &str, near: Option<&str>, buckets: &[String]) -> String {
    if let Some(near) = near {
        return format!("did you mean `{near}`?");
    }
    if is_none(typed) {
        let stands = format!("`{typed}` stands for no bucket");
        return match buckets {
            [] => stands,
            [only] => format!("{stands}; the only bucket is {only}"),
            buckets => format!("{stands}; the buckets are {}", and(buckets)),
        };
    }
    let add = format!(
        "`netkeep bucket add {} --cadence \"4 weeks\"`",
        quoted(typed)
    );
    match buckets {
        [] => format!("add it with {add}"),
        [only] => format!("the only bucket is {only}; {add} adds one"),
        buckets => format!("the buckets are {}; {add} adds one", and(buckets)),
    }
}

/// The tag or city that nobody has, and those that there are.
fn nobody_has(missing: &MissingValue) -> Message {
    let (typed, key) = (&missing.typed, missing.field.key());
    let (said, one, all) = match missing.field {
        Field::City => (format!("nobody is in the city `{typed}`"), "city", "cities"),
        _ => (format!("nobody has the tag `{typed}`"), "tag", "tags"),
    };
    let mut there = missing.there.clone();
    if missing.more > 0 {
        there.push(format!("{} more", missing.more));
    }
    let is_only = there.len() == 1;
    let there = match there.as_slice() {
        [] => format!(
            "nobody has a {one} yet; `netkeep edit NAME --set {key}={}` adds one",
            quoted(typed)
        ),
        [only] => format!("the only {one} is {only}"),
        there => format!("the {all} are {}", and(there)),
    };
    say(said).hint(match &missing.near {
        Some(near) if is_only => format!("did you mean `{near}`?"),
        Some(near) => format!("did you mean `{near}`? {there}"),
        None => there,
    })
}

fn words_of_a_promise(choices: &PromiseChoices) -> String {
    format!(
        "say which one is done: `--done={}`",
        quoted(&choices.example)
    )
}

fn nothing_promised(name: &str, plan: Option<&str>) -> Message {
    let quoted = typed_name(name);
    say(format!("nothing is promised to {name}")).hint(match plan {
        Some(plan) => {
            format!("`netkeep log --amend {quoted} --done` takes out the plan for {plan}")
        }
        None => "`netkeep promise` lists everything promised".to_owned(),
    })
}

fn not_in_key(name: &str, key: &str, typed: &str, there: &[String]) -> Message {
    if there.is_empty() {
        let said = say(format!("{name} has no {key}"));
        let keys = Field::ALL.map(Field::key);
        return match near(key, keys).first() {
            Some(near) if !keys.contains(&key) => said.hint(format!("did you mean `{near}`?")),
            _ => said,
        };
    }
    let said = say(format!("`{typed}` is not in {key} of {name}"));
    let there: Vec<String> = there.iter().map(|one| shortened(one, LONGEST)).collect();
    said.hint(match there.as_slice() {
        [one] => format!("there is one entry: {one}"),
        many => format!("there are {}: {}", many.len(), many.join(", ")),
    })
}

/// What a message calls a file.
fn named(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}
