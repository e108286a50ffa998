//! The channel of a touch: as it is typed after `-v`, in the place of a name, or not at all.

use chrono::NaiveDate;

use super::args::LogArgs;
use crate::app::App;
use crate::app::ask::{AnswerSource, yes_or_no};
use crate::commands::add::given;
use crate::domain::due::channel::{can_reach_out, last_reached_by, last_used};
use crate::domain::due::channel_words::{as_used, known, near_miss};
use crate::domain::find::by_name::{NameIndex, NameMatch};
use crate::domain::{Book, Contact, Touch};
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;
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
    let read = app.read(Detail::All)?;
    if let Some(used) = used(read.book(), &typed) {
        return Ok(Some(used.to_owned()));
    }
    let Some(near) = near_miss(&typed) else {
        return Ok(Some(typed));
    };
    // Who is meant comes first: the answer to that starts the command over.
    app.pick_all(read.book(), &args.names)?;
    drop(read);
    if !app.may_ask() {
        app.note(format!(
            "`{typed}` is a channel of its own; did you mean `{near}`?"
        ));
        return Ok(Some(typed));
    }
    let question = format!("`{typed}`: did you mean {near}? [Y/n]");
    let answer = |typed: &str| yes_or_no(typed, true);
    match app.ask_for(AnswerSource::Input, &question, answer)? {
        Some(true) => Ok(Some(near.to_owned())),
        Some(false) => Ok(Some(typed)),
        None => Err(Error::NoAnswers(
            "nothing was logged; type it again with the channel that you mean",
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
    let last = if args.out {
        last_reached_by(contact, today)
    } else {
        last_used(contact, today)
    };
    let default = book.defaults.channel.as_deref();
    let default = default.filter(|via| !args.out || can_reach_out(via));
    let last = last.map(|via| (via, " (as the last time)"));
    last.or_else(|| Some((default?, " (as usual)")))
}

/// The error for a channel among the names, with the line that was meant: `log ana email "asked about Q3"`. A word that is
/// someone's name is one, but a part of a name is not: `call` is not Callum.
pub(super) fn among_names(book: &Book, args: &LogArgs) -> Option<Error> {
    if args.via.is_some() {
        return None;
    }
    let names = NameIndex::of(book);
    let is_there = |name: &String| !matches!(names.find(name), NameMatch::Nobody(_));
    let channel = |word: &String| match known(word) {
        Some(known) => names.words(word).is_empty().then_some(known),
        None => near_miss(word).filter(|_| !is_there(word)),
    };
    let rest = args.names.get(1..)?;
    let (at, channel) = rest
        .iter()
        .enumerate()
        .find_map(|(at, word)| Some((at + 1, channel(word)?)))?;
    let (people, rest) = args.names.split_at(at);
    let note = rest[1..].join(" ");
    if !people.iter().all(is_there) || (!note.is_empty() && args.note.is_some()) {
        return None;
    }
    let note = args
        .note
        .clone()
        .or(Some(note).filter(|note| !note.is_empty()));
    Some(Error::ChannelAsName {
        word: rest[0].clone(),
        line: line(args, people, channel, note.as_ref()),
    })
}

/// The command with the channel and the note where they belong.
fn line(args: &LogArgs, names: &[String], channel: &str, note: Option<&String>) -> String {
    let mut words: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let texts = [
        ("-m", note),
        ("-d", args.date.as_ref()),
        ("--gave", args.gave.as_ref()),
        ("--got", args.got.as_ref()),
        ("--next", args.next.as_ref()),
    ];
    let flags = [
        ("--out", args.out),
        ("--in", args.r#in),
        ("--amend", args.amend),
    ];
    words.push(format!("-v {channel}"));
    let texts = texts
        .into_iter()
        .filter_map(|(flag, text)| Some((flag, text?)));
    words.extend(texts.map(|(flag, text)| format!("{flag} {}", quoted(text))));
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    words.extend(flags.map(|(flag, _)| flag.to_owned()));
    format!("netkeep log {}", words.join(" "))
}
