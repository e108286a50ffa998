//! Why `open` opens nothing.

use std::io;

use super::message::{Message, say};
use crate::render::words::messages::quoted;

/// Why an address is not opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The program of the desktop did not open what it was given.
    Desktop {
        command: String,
        err: Option<io::Error>,
    },
    /// The contact has no address for this channel; without a channel, none that can be opened.
    NoWay {
        name: String,
        via: Option<String>,
        has_links: bool,
    },
}

impl OpenError {
    pub(super) fn message(&self) -> Message {
        match self {
            Self::Desktop { command, err } => match err {
                Some(err) => say(format!("could not run `{command}`: {}", err.kind())),
                None => say(format!("`{command}` could not open it")),
            }
            .hint("set NETKEEP_OPEN to a command that opens it; nothing was logged"),
            Self::NoWay {
                name,
                via,
                has_links,
            } => no_way(name, via.as_deref(), *has_links),
        }
    }
}

fn no_way(name: &str, via: Option<&str>, has_links: bool) -> Message {
    let edit = format!("`netkeep edit {}", quoted(name));
    let (what, hint) = match via {
        None => (
            "number, address or link".to_owned(),
            format!("{edit} --set email=ADDRESS` adds one"),
        ),
        Some("call" | "message") => (
            "phone number".to_owned(),
            format!("{edit} --set phone=NUMBER` adds one"),
        ),
        Some("email") => (
            "e-mail address".to_owned(),
            format!("{edit} --set email=ADDRESS` adds one"),
        ),
        Some(via @ ("meeting" | "letter" | "event" | "gift")) => {
            let article = if via == "event" { "an" } else { "a" };
            return say(format!("{name} has nothing that opens for {article} {via}")).hint(
                format!("`netkeep show {}` shows where to find them", quoted(name)),
            );
        }
        Some(word) => (
            match word {
                "social" => "link".to_owned(),
                word => format!("link with `{word}` in it"),
            },
            // `--set` would replace the links that are there.
            if has_links {
                format!("{edit}` opens them in your editor")
            } else {
                format!("{edit} --set links=URL` adds one")
            },
        ),
    };
    say(format!("{name} has no {what}")).hint(hint)
}
