//! Why nobody is reached.

use std::fmt;
use std::io;

use crate::render::words::messages::quoted;

/// Why an address is not opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The program of the desktop did not open what it was given.
    Desktop {
        command: String,
        err: Option<io::Error>,
    },
    /// Somebody has no address for this channel; without one for none that can be opened.
    NoWay {
        name: String,
        via: Option<String>,
        has_links: bool,
    },
}

impl OpenError {
    /// What to type next.
    pub(crate) fn hint(&self) -> String {
        let Self::NoWay {
            name,
            via,
            has_links,
        } = self
        else {
            return "set NETKEEP_OPEN to a command that opens it; nothing was logged".to_owned();
        };
        let name = quoted(name);
        let set = |what: &str| format!("`netkeep edit {name} --set {what}` adds one");
        match via.as_deref() {
            Some("call" | "message") => set("phone=NUMBER"),
            Some("email") | None => set("email=ADDRESS"),
            Some("meeting" | "letter" | "event" | "gift") => {
                format!("`netkeep show {name}` shows where to find them")
            }
            // What is set takes the place of what was there.
            Some(_) if *has_links => format!("`netkeep edit {name}` opens them in your editor"),
            Some(_) => set("links=URL"),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Desktop {
                command,
                err: Some(err),
            } => write!(f, "could not run `{command}`: {}", err.kind()),
            Self::Desktop { command, err: None } => write!(f, "`{command}` could not open it"),
            Self::NoWay { name, via, .. } => match via.as_deref() {
                None => write!(f, "{name} has no number, address or link"),
                Some("call" | "message") => write!(f, "{name} has no phone number"),
                Some("email") => write!(f, "{name} has no e-mail address"),
                Some("social") => write!(f, "{name} has no link"),
                Some(via @ ("meeting" | "letter" | "event" | "gift")) => {
                    write!(f, "{name} has nothing that opens for {}", article(via))
                }
                Some(word) => write!(f, "{name} has no link with `{word}` in it"),
            },
        }
    }
}

fn article(via: &str) -> String {
    let article = if via == "event" { "an" } else { "a" };
    format!("{article} {via}")
}
