use clap::Args;

use super::log::{self, LogArgs};
use crate::app::App;
use crate::app::ask::{AnswerSource, yes_or_no};
use crate::domain::due::channel::{CHANNELS, propose};
use crate::domain::due::channel_words::by_other_word;
use crate::domain::find::by_name::{NameIndex, NameMatch};
use crate::domain::find::typed_form::form_or_name;
use crate::domain::{Contact, ContactId};
use crate::error::{Error, NotOpened, Result};
use crate::exchange::uri::{to_copy, uri};
use crate::render::json;
use crate::render::words::messages::{quoted, typed_argument};
use crate::store::{Detail, ReadOnlyBook};

/// Write, call or look someone up, and log it
///
/// Hands a mail address, a phone number or a page to the desktop: `call` and `message` take the first phone number, `email` the first
/// address, `social` the first link, and any other word the link that contains it (`netkeep open ana github`). Then asks whether you
/// reached them, and logs that. Without a channel it takes the one used least lately. NETKEEP_OPEN is the command to use
/// instead of xdg-open, or open on macOS. Where there is no desktop, it shows the address to copy, and asks too.
#[derive(Args, Debug)]
#[command(
    override_usage = "NAME [CHANNEL]",
    before_help = "Examples:\n  netkeep open ana\n  netkeep open tomas email"
)]
pub(crate) struct OpenArgs {
    /// A name, or enough of it to match one contact, and a channel: call, email, message, social, or a word
    /// of a link
    #[arg(required = true, value_name = "NAME")]
    words: Vec<String>,
}

/// The channels that can be opened, in the order in which one is looked for.
pub(super) const OPENED: [&str; 4] = ["call", "email", "message", "social"];

/// Who was to be reached, and how.
pub(super) struct OpenedContact {
    pub(super) name: String,
    /// The shortest form that means them.
    typed: String,
    /// The channel to log.
    pub(super) via: String,
}

pub(crate) fn run(app: &mut App, args: &OpenArgs) -> Result<()> {
    let Some(opened) = open(app, &args.words)? else {
        return Ok(());
    };
    let OpenedContact { name, typed, via } = opened;
    let log = |out: &str| {
        format!(
            "netkeep log {} -v {}{out}",
            typed_argument(&typed),
            quoted(&via)
        )
    };
    if !app.may_ask() {
        app.hint(format!("when you reached them: `{}`", log("")));
        return Ok(());
    }
    let question = format!("Did you reach {name}? [y] yes [o] no answer yet [n] no");
    let read = |typed: &str| match typed {
        "o" | "out" => Some(Some(true)),
        typed => Some(yes_or_no(typed, false)?.then_some(false)),
    };
    let Some(is_out) = app.ask_for(AnswerSource::Input, &question, read)?.flatten() else {
        let later = format!("Nothing was logged; to log it later: `{}`", log(" --out"));
        return app.line(later);
    };
    // Starting over because another program wrote the book must not call a person twice.
    let args = LogArgs::of(typed, via, is_out);
    app.until_saved(|app| log::run(app, &args))
}

/// Opens the address of the person that `words` mean, or shows it to be copied; `None` in a dry run.
pub(super) fn open(app: &mut App, words: &[String]) -> Result<Option<OpenedContact>> {
    let mut file = app.read(Detail::Names)?;
    let (id, channel) = meant(app, &mut file, words)?;
    file.fill([id])?;
    let contact = file.book().contact(id);
    let (via, uri) = way(app, contact, channel)?;
    let name = contact.name.clone();
    let typed = form_or_name(&NameIndex::of(file.book()), id);
    drop(file);

    app.line(format!("{name}: {uri}"))?;
    app.answer_more("open", || json::open(&name, &via, &uri, false));
    if app.dry_run {
        return Ok(None);
    }
    app.out.flush()?;
    match app.hand_over(&uri) {
        Ok(()) => app.answer_more("open", || json::open(&name, &via, &uri, true)),
        Err(why) => copy_instead(app, why, &uri)?,
    }
    Ok(Some(OpenedContact { name, typed, via }))
}

/// Says what to copy where nothing opened the address. Without a person to read that, a program that fails is an error.
fn copy_instead(app: &App, why: NotOpened, uri: &str) -> Result<()> {
    let is_expected = matches!(why, NotOpened::NoDesktop);
    let why = Error::Desktop(why);
    if !is_expected && !app.may_ask() {
        return Err(why);
    }
    app.note(format!("{why}; the address to copy: {}", to_copy(uri)));
    Ok(())
}

/// Who is meant by all these words, and the channel if the last of them is one: a person's whole words come first, and a page that
/// has the word in its link last.
fn meant<'w>(
    app: &App,
    file: &mut ReadOnlyBook,
    words: &'w [String],
) -> Result<(ContactId, Option<&'w str>)> {
    let Some((last, first)) = words.split_last().filter(|(_, first)| !first.is_empty()) else {
        return Ok((app.pick_one(file.book(), words)?, None));
    };
    if last.trim().is_empty() {
        return Err(Error::Blank("a channel"));
    }
    let names = NameIndex::of(file.book());
    let [all, name] = [words, first].map(|words| words.join(" "));
    let (is_name, found) = match names.find(&all) {
        _ if is_channel(last) => (names.words(&all).len() == 1, vec![]),
        // What is no word of a link is a typo in the rest of a name, unless the words before it are a whole name.
        NameMatch::Nobody(near) => {
            let is_typo = !near.is_empty() && names.whole(&name).is_empty();
            (is_typo, names.find(&name).into_ids())
        }
        _ => (true, vec![]),
    };
    match with_page(file, found, last)?.as_slice() {
        [one] => Ok((*one, Some(last))),
        _ if is_name => Ok((app.pick_one(file.book(), words)?, None)),
        _ => Ok((app.pick_one(file.book(), first)?, Some(last))),
    }
}

/// Those of the contacts that have a link with this word in it.
fn with_page(file: &mut ReadOnlyBook, ids: Vec<ContactId>, word: &str) -> Result<Vec<ContactId>> {
    file.fill(ids.iter().copied())?;
    let word = word.to_lowercase();
    let has_page = |id: &ContactId| uri(file.book().contact(*id), &word).is_some();
    Ok(ids.into_iter().filter(has_page).collect())
}

fn is_channel(word: &str) -> bool {
    let word = word.trim().to_lowercase();
    CHANNELS.contains(&word.as_str()) || by_other_word(&word).is_some()
}

/// The channel to log, and what opens.
fn way(app: &App, contact: &Contact, channel: Option<&str>) -> Result<(String, String)> {
    let no_way = |via: Option<&str>| {
        let via = via.map(str::to_owned);
        let texts = match via.as_deref() {
            Some("call" | "message") => &contact.phone,
            Some("email") => &contact.email,
            _ => &contact.links,
        };
        Error::NoWay {
            name: contact.name.clone(),
            via,
            has_some: texts.iter().any(|text| !text.trim().is_empty()),
        }
    };
    let Some(typed) = channel else {
        let proposed = propose(contact, app.today).map(|channel| channel.via);
        let mut vias = proposed.into_iter().chain(OPENED);
        let found = vias.find_map(|via| Some((via.to_owned(), uri(contact, via)?)));
        return found.ok_or_else(|| no_way(None));
    };
    let typed = typed.trim().to_lowercase();
    let other = by_other_word(&typed).filter(|via| OPENED.contains(via));
    let typed = other.map_or(typed, str::to_owned);
    let uri = uri(contact, &typed).ok_or_else(|| no_way(Some(&typed)))?;
    // A page of any kind counts as social.
    let is_channel = OPENED.contains(&typed.as_str());
    let via = if is_channel {
        typed
    } else {
        "social".to_owned()
    };
    Ok((via, uri))
}
