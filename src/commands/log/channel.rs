//! The channel of a touch: as it is typed after `-v`, in the place of a name, or not at all.

use chrono::NaiveDate;

use super::args::LogArgs;
use crate::app::App;
use crate::app::ask::{AnswerSource, yes_or_no};
use crate::commands::add::given;
use crate::domain::dates::day::{Toward, read};
use crate::domain::due::channel::{can_reach_out, last_reached_by, last_used};
use crate::domain::due::channel_words::{as_used, known, near_miss};
use crate::domain::find::by_name::NameIndex;
use crate::domain::{Book, Contact, Touch};
use crate::error::{Error, Result};
use crate::render::words::messages::{quoted, typed_argument};
use crate::store::Detail;

/// The channel to write for what was typed after `-v`: a known one, a word of the user's own as the book has it, or a new one.
/// One that looks like a slip is asked about, or noted where nobody can answer.
pub(super) fn typed(app: &mut App, args: &LogArgs) -> Result<Option<String>> {
    let Some(typed) = given(args.via.as_ref()) else {
        return Ok(None);
    };
    if let Some(known) = known(&typed) {
        return Ok(Some(known.to_owned()));
    }
    // The book is read for it and not held: a question may follow.
    let file = app.read(Detail::All)?;
    if let Some(used) = used(file.book(), &typed) {
        return Ok(Some(used.to_owned()));
    }
    let Some(near) = near_miss(&typed) else {
        return Ok(Some(typed));
    };
    // Who is meant comes first: the answer to that starts the command over.
    app.pick_all(file.book(), &args.names)?;
    drop(file);
    if !app.may_ask() {
        app.note(format!(
            "`{typed}` is a channel of its own; did you mean `{near}`?"
        ));
        return Ok(Some(typed));
    }
    let question = format!("`{typed}`: did you mean {near}? [Y/n]");
    let answer = |typed: &str| match typed {
        "q" => Some(None),
        typed => yes_or_no(typed, true).map(Some),
    };
    match app
        .ask_for(AnswerSource::Input, &question, answer)?
        .flatten()
    {
        Some(true) => Ok(Some(near.to_owned())),
        Some(false) => Ok(Some(typed)),
        None => Err(Error::NoAnswers(
            "nothing was logged; type it again with the channel that you mean".into(),
        )),
    }
}

/// The word as someone's touch has it, or the book's default channel.
fn used<'b>(book: &'b Book, typed: &str) -> Option<&'b str> {
    let touches = book.contacts.iter().flat_map(|contact| &contact.touches);
    let used = touches.filter_map(Touch::via);
    let used = used.chain(book.defaults.channel.as_deref());
    as_used(typed, used.map(str::trim))
}

/// The channel of a touch that names none, and where it comes from, as the end of a clause: the one last used with them, or
/// the book's default. None where a channel is named, be it none at all (`-v ""`), or a touch is changed that has been logged.
/// Who reached out did so by a channel that is for it, and not by a meeting.
pub(super) fn usual<'b>(
    args: &LogArgs,
    book: &'b Book,
    contact: &'b Contact,
    today: NaiveDate,
) -> Option<(&'b str, &'static str)> {
    if args.via.is_some() || args.amend {
        return None;
    }
    // How you last talked says nothing about how you introduced someone.
    let last = match (args.intro, args.out) {
        (true, _) => None,
        (false, true) => last_reached_by(contact, today),
        (false, false) => last_used(contact, today),
    };
    let default = book.defaults.channel.as_deref();
    let default = default.filter(|via| !args.out || can_reach_out(via));
    let last = last.map(|via| (known(via).unwrap_or(via), " (as last time)"));
    last.or_else(|| Some((default?, " (as usual)")))
}

/// The error for a channel among the names, with the line that was meant: `log ana email "asked about Q3"`. A word that is
/// someone's name is one, but a part of a name is not: `call` is not Callum.
pub(super) fn among_names(app: &App, book: &Book, args: &LogArgs) -> Option<Error> {
    let names = NameIndex::of(book);
    let channel = |word: &str| match known(word) {
        Some(known) => names.words(word).is_empty().then_some(known),
        None => near_miss(word).filter(|_| !names.is_anyone(word)),
    };
    meant(app, args, &names, |word| Some(channel(word)?.to_owned()))
}

/// The same for a word of the user's own, a day or a note, once it is found to be no name: the touches are read for it.
pub(super) fn own_among_names(app: &App, args: &LogArgs, err: Error) -> Error {
    let Error::NoSuchContact { typed, .. } = &err else {
        return err;
    };
    let file = app.read(Detail::All).ok();
    let meant = file.and_then(|file| {
        let names = NameIndex::of(file.book());
        let own = |word: &str| used(file.book(), word).filter(|_| word == typed);
        meant(app, args, &names, |word| Some(own(word)?.to_owned()))
            .or_else(|| meant_otherwise(app, args, &names, typed))
    });
    meant.unwrap_or(err)
}

/// The line that was meant by names of which one is a channel.
fn meant(
    app: &App,
    args: &LogArgs,
    names: &NameIndex,
    channel: impl Fn(&str) -> Option<String>,
) -> Option<Error> {
    if args.via.is_some() || args.names.len() < 2 {
        return None;
    }
    let mut words = args.names.iter().enumerate();
    let (at, channel) = words.find_map(|(at, word)| Some((at, channel(word)?)))?;
    let (people, rest) = args.names.split_at(at);
    let (word, rest) = rest.split_first()?;
    let is_there = |name: &String| names.is_anyone(name);
    // `log call ana` has it first.
    let (people, rest) = match people {
        [] => rest.split_at(rest.iter().take_while(|name| is_there(name)).count()),
        people => (people, rest),
    };
    not_a_name(app, args, names, people, (word, Some(&channel)), rest)
}

/// The same where `typed` begins a day or a note: `log ana last friday`, `log ana "had lunch"`.
fn meant_otherwise(app: &App, args: &LogArgs, names: &NameIndex, typed: &str) -> Option<Error> {
    let at = args.names.iter().position(|word| word == typed)?;
    let (people, rest) = args.names.split_at(at);
    not_a_name(app, args, names, people, (typed, None), rest)
}

/// The error for a word after the names of `people`, a channel or the first of `rest`. The rest is a day, a note, or both. `None`
/// if it can be neither, or if an option says it already.
fn not_a_name(
    app: &App,
    args: &LogArgs,
    names: &NameIndex,
    people: &[String],
    (word, channel): (&str, Option<&str>),
    rest: &[String],
) -> Option<Error> {
    let (date, rest) = dated(app.today, rest);
    let is = match (channel, &date) {
        (Some(_), _) => "a channel",
        (None, Some(_)) => "a day",
        (None, None) if word.contains(' ') => "a note",
        (None, None) => return None,
    };
    let is_twice =
        (!rest.is_empty() && args.note.is_some()) || (date.is_some() && args.date.is_some());
    let is_there = |name: &String| names.is_anyone(name);
    let is_meant = !people.is_empty() && people.iter().all(is_there) && !is_twice;
    is_meant.then(|| Error::NotAName {
        word: word.to_owned(),
        is,
        line: line(args, people, channel, date, Some(rest.join(" "))),
    })
}

/// The day that the words begin with, and the others: `log ana call yesterday "budget approved"`.
fn dated(today: NaiveDate, words: &[String]) -> (Option<String>, &[String]) {
    let mut ends = (1..=words.len()).rev();
    let is_day =
        |text: &str| matches!(read(text, today, Toward::Past), Ok(Some(day)) if day <= today);
    match ends.find(|end| is_day(&words[..*end].join(" "))) {
        Some(end) => (Some(words[..end].join(" ")), &words[end..]),
        None => (None, words),
    }
}

/// The command with the channel, the day and the note where they belong.
fn line(
    args: &LogArgs,
    names: &[String],
    channel: Option<&str>,
    date: Option<String>,
    note: Option<String>,
) -> String {
    let mut words: Vec<String> = names.iter().map(|name| typed_argument(name)).collect();
    let note = note.filter(|note| !note.is_empty());
    let texts = [
        ("-v", channel.or(args.via.as_deref())),
        ("-m", note.as_deref().or(args.note.as_deref())),
        ("-d", date.as_deref().or(args.date.as_deref())),
        ("--gave", args.gave.as_deref()),
        ("--got", args.got.as_deref()),
        ("--next", args.next.as_deref()),
    ];
    let flags = [
        ("--intro", args.intro),
        ("--out", args.out),
        ("--in", args.r#in),
        ("--amend", args.amend),
        ("--delete", args.delete),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(flag, text)| Some((flag, text?)));
    words.extend(texts.map(|(flag, text)| format!("{flag} {}", quoted(text))));
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    words.extend(flags.map(|(flag, _)| flag.to_owned()));
    words.extend(args.promises.typed());
    format!("netkeep log {}", words.join(" "))
}
