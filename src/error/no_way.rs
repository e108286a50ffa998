//! What is said where nothing of a contact can be opened, and how to add it.

use super::{Message, say};
use crate::domain::due::channel_words::near_miss;
use crate::render::words::messages::typed_name;
use crate::render::words::plural::with_article;

/// Nothing of a contact opens by this channel; without a channel, nothing at all. `has_some` says whether something is written there.
pub(super) fn no_way(name: &str, via: Option<&str>, has_some: bool) -> Message {
    if let Some((word, near)) = via.and_then(|word| Some((word, near_miss(word)?))) {
        return say(format!("{name} has no link with `{word}` in it")).hint(format!(
            "did you mean `netkeep open {} {near}`?",
            typed_name(name)
        ));
    }
    let edit = format!("`netkeep edit {}", typed_name(name));
    let (what, hint) = match via {
        None => (
            "number, address or link".to_owned(),
            format!("{edit} --set email=ADDRESS` adds one"),
        ),
        Some("call" | "message") if has_some => (
            "number that can be dialled".to_owned(),
            format!("{edit} --set phone=NUMBER` replaces what is there"),
        ),
        Some("email") if has_some => (
            "e-mail address that can be used".to_owned(),
            format!("{edit} --set email=ADDRESS` replaces what is there"),
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
            let via = with_article(via);
            return say(format!("{name} has nothing that opens for {via}")).hint(format!(
                "`netkeep show {}` shows where to find them",
                typed_name(name)
            ));
        }
        Some(word) => (
            match word {
                "social" => "link".to_owned(),
                word => format!("link with `{word}` in it"),
            },
            // `--set` would replace the links that are there.
            if has_some {
                format!("{edit}` opens them in your editor")
            } else {
                format!("{edit} --set links=URL` adds one")
            },
        ),
    };
    say(format!("{name} has no {what}")).hint(hint)
}
