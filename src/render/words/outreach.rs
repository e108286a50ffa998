//! How to reach someone, and why, in words.

use chrono::{Datelike, NaiveDate};

use crate::domain::due::channel::{Channel, ChannelReason};
use crate::domain::planning::outreach_reason::OutreachReason;
use crate::domain::text::past_job::NewJob;
use crate::domain::text::site;
use crate::render::Text;

/// The way, and the reason in its words, as far as there are any: `call +34 600 …`, `social (LinkedIn)`, `letter, the last three
/// were email`, `meet: two social in a row`, `birthday today`.
pub(crate) fn how(channel: Option<&Channel>, reason: Option<(&OutreachReason, String)>) -> Text {
    let way = channel.map(|channel| way(channel, reason.is_some()));
    Text::one_line(&match (way, reason) {
        (None, None) => String::new(),
        (Some(only), None) | (None, Some((_, only))) => only,
        (Some(way), Some((reason, words))) => format!("{way}{}{words}", joint(reason, &words)),
    })
}

/// What stands between the way and the reason.
fn joint(reason: &OutreachReason, words: &str) -> &'static str {
    match reason {
        OutreachReason::Channel(ChannelReason::LastThree(_) | ChannelReason::TenEmails) => ", ",
        _ if words.contains(": ") => "; ",
        _ => ": ",
    }
}

fn way(channel: &Channel, has_reason: bool) -> String {
    match (channel.via, channel.address) {
        ("meeting", Some(city)) => format!("meet in {city}"),
        ("meeting", None) => "meet".to_owned(),
        // An address of a mail box or a house is long, would push out the reason, and `show` has it.
        (via @ ("letter" | "email"), _) if has_reason => via.to_owned(),
        // So is that of a page; `open` knows it.
        (via @ "social", Some(page)) => match site(page) {
            Some(site) => format!("{via} ({site})"),
            None => format!("{via} {page}"),
        },
        (via, Some(address)) => format!("{via} {address}"),
        (via, None) => via.to_owned(),
    }
}

/// `birthday on Friday`, `new job at Basalt`, `you only asked`, `three by social`, `the last ten were e-mail`.
pub(crate) fn in_short(reason: &OutreachReason, today: NaiveDate) -> String {
    match reason {
        OutreachReason::Birthday(on) if *on == today => "birthday today".to_owned(),
        OutreachReason::Birthday(on) => format!("birthday on {}", on.format("%A")),
        OutreachReason::Moved(_, new) => new.to_string(),
        OutreachReason::OnlyAsked(_) => "you only asked".to_owned(),
        OutreachReason::Channel(ChannelReason::Social(2)) => "two social in a row".to_owned(),
        OutreachReason::Channel(ChannelReason::Social(times)) => {
            format!("{} by social", in_words(*times))
        }
        OutreachReason::Channel(ChannelReason::TenEmails) => "the last ten were e-mail".to_owned(),
        OutreachReason::Channel(ChannelReason::LastThree(via)) => {
            format!("the last three were {via}")
        }
    }
}

/// The same with what it rests on: `birthday on Friday, 27 Nov`, `moved on 12 Nov: was at Acme`, `you only asked: got 2, gave 0`.
pub(crate) fn with_grounds(reason: &OutreachReason, today: NaiveDate) -> String {
    let short = in_short(reason, today);
    match reason {
        OutreachReason::Birthday(on) => format!("{short}, {}", day(*on, today)),
        OutreachReason::Moved(past, new) => {
            let what = match new {
                NewJob::At(_) => "moved",
                NewJob::As(_) => "new title",
            };
            format!("{what} on {}: was {}", day(past.on, today), past.was)
        }
        OutreachReason::OnlyAsked(balance) => {
            format!("{short}: got {}, gave {}", balance.got, balance.gave)
        }
        OutreachReason::Channel(ChannelReason::TenEmails) => {
            format!("{short}, and no letter was sent or proposed for a year")
        }
        OutreachReason::Channel(_) => short,
    }
}

/// A day without its weekday: `12 Nov`, `12 Nov 2025`.
fn day(day: NaiveDate, today: NaiveDate) -> String {
    let is_this_year = day.year() == today.year();
    let form = if is_this_year { "%-d %b" } else { "%-d %b %Y" };
    day.format(form).to_string()
}

/// A small number in words.
fn in_words(number: usize) -> String {
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let word = WORDS.get(number).copied();
    word.map_or_else(|| number.to_string(), str::to_owned)
}
