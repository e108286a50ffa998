use clap::Args;

use super::log::{self, LogArgs};
use crate::app::ask::Whom;
use crate::app::desktop::hand_over;
use crate::app::{App, pick};
use crate::domain::Contact;
use crate::domain::channel::propose;
use crate::error::{Error, Result};
use crate::exchange::uri::uri;
use crate::render::said::quoted;

/// Write, call or look somebody up, and log it
///
/// Hands a mail address, a phone number or a page to the desktop: `call` and `message` take the first phone number, `email` the first
/// address, `social` the first link, and any other word the link that has it in it (`netkeep open ana github`). Then asks whether you
/// reached them, and logs that. Without a channel it is the one that `due` proposes. NETKEEP_OPEN is the command that opens,
/// where it is not xdg-open, or open on macOS.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep open ana\n  netkeep open tomas email")]
pub(crate) struct OpenArgs {
    /// A name, or enough of it to match one contact
    name: String,
    /// call, email, message, social, or a word of a link
    channel: Option<String>,
}

/// The channels that can be opened, in the order in which one is looked for.
const OPENED: [&str; 4] = ["call", "email", "message", "social"];

pub(crate) fn run(app: &mut App, args: &OpenArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    let contact = book.contact(pick::one(book, &args.name)?);
    let (via, uri) = way(app, contact, args.channel.as_deref())?;
    let name = contact.name.clone();
    drop(file);

    app.sink().line(format!("{name}: {uri}"))?;
    if app.is_dry_run() {
        return Ok(());
    }
    app.out.flush()?;
    hand_over(&uri)?;

    let log = |out: &str| format!("netkeep log {} -v {}{out}", quoted(&name), quoted(&via));
    if !Whom::Input.is_person() {
        app.note("hint", &format!("when you reached them: `{}`", log("")));
        return Ok(());
    }
    let question = format!("Did you reach {name}? [y] yes, [o] no answer yet, [n] no:");
    let answer = app.ask(Whom::Input, &question)?.unwrap_or_default();
    match answer.chars().next() {
        Some('y') => log::run(app, &LogArgs::of(name, via, false)),
        Some('o') => log::run(app, &LogArgs::of(name, via, true)),
        _ => Ok(app
            .sink()
            .line(format!("Nothing was logged; later: `{}`", log(" --out")))?),
    }
}

/// The channel, and what opens.
fn way(app: &App, contact: &Contact, channel: Option<&str>) -> Result<(String, String)> {
    if let Some(typed) = channel {
        let via = typed.to_lowercase();
        let uri = uri(contact, &via).ok_or_else(|| no_way(contact, &via))?;
        return Ok((via, uri));
    }
    let proposed = propose(contact, app.today).map(|channel| channel.via);
    let mut vias = proposed.into_iter().chain(OPENED);
    let found = vias.find_map(|via| Some((via.to_owned(), uri(contact, via)?)));
    found.ok_or_else(|| no_way(contact, ""))
}

fn no_way(contact: &Contact, via: &str) -> Error {
    let name = &contact.name;
    let quoted = quoted(name);
    let set =
        |key: &str, like: &str| format!("`netkeep edit {quoted} --set {key}={like}` adds one");
    let (what, hint) = match via {
        "call" | "message" => ("no phone number".to_owned(), set("phone", "NUMBER")),
        "email" => ("no e-mail address".to_owned(), set("email", "ADDRESS")),
        "social" => ("no link".to_owned(), set("links", "URL")),
        "" => (
            "no number, address or link".to_owned(),
            set("email", "ADDRESS"),
        ),
        "meeting" | "letter" | "event" | "gift" => (
            format!("nothing that opens for a {via}"),
            format!("`netkeep show {quoted}` shows where to find them"),
        ),
        word => (format!("no link with `{word}` in it"), set("links", "URL")),
    };
    Error::NoWay {
        message: format!("{name} has {what}"),
        hint,
    }
}
