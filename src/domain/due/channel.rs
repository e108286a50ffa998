//! How to reach someone next.

use chrono::NaiveDate;

use super::letter;
use crate::domain::text::phone;
use crate::domain::{Contact, Direction, Touch};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Channel<'book> {
    /// The channel: call, email, message, social, letter or meeting.
    pub(crate) via: &'static str,
    /// The number or address to use, if the channel needs one.
    pub(crate) address: Option<&'book str>,
    /// Why this one, unless it is simply the least used.
    pub(crate) reason: Option<ChannelReason<'book>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ChannelReason<'book> {
    /// So many of the last touches, two at least, were social: take it offline.
    Social(usize),
    /// The last ten touches were e-mail, and no letter was sent or proposed in a year.
    TenEmails,
    /// The last three touches used this other channel.
    LastThree(&'book str),
}

/// The channels that netkeep knows; a touch may have any other word.
pub(crate) const CHANNELS: [&str; 8] = [
    "call", "email", "message", "social", "meeting", "letter", "event", "gift",
];

/// The channel of the newest touch on or before `today` that has one.
pub(crate) fn last_used(contact: &Contact, today: NaiveDate) -> Option<&str> {
    let touches = contact.newest_first(today).into_iter();
    let mut vias = touches.filter_map(Touch::via);
    vias.find(|via| !via.trim().is_empty())
}

/// Those that need both of you at once, so that neither leaves the other waiting for an answer.
const BOTH_THERE: [&str; 2] = ["meeting", "event"];

/// Those by which one reaches out, whatever came of it.
const REACHES_OUT: [&str; 5] = ["call", "email", "message", "social", "letter"];

/// Whether someone can be reached out to by a channel.
pub(crate) fn can_reach_out(via: &str) -> bool {
    let via = via.trim().to_lowercase();
    !BOTH_THERE.contains(&via.as_str())
}

/// The channel by which the user last reached out on or before `today`; if they never did, that of the newest exchange by one
/// that is for it. A word of the user's own, such as lunch, may be another thing.
pub(crate) fn last_reached_by(contact: &Contact, today: NaiveDate) -> Option<&str> {
    let newest = contact.newest_first(today);
    let by = |direction: Option<Direction>, is_for_that: fn(&str) -> bool| {
        let touches = newest.iter().filter(|touch| touch.direction == direction);
        let mut vias = touches.filter_map(|touch| touch.via());
        vias.find(|via| !via.trim().is_empty() && is_for_that(via))
    };
    let reaches_out = |via: &str| REACHES_OUT.contains(&via.trim().to_lowercase().as_str());
    by(Some(Direction::Out), can_reach_out).or_else(|| by(None, reaches_out))
}

/// How many touches to look back for used channels.
const LOOK_BACK: usize = 5;

/// Proposes the channel that the last touches used least, among those that the contact has an address for. After two
/// `social` touches in a row it is a call, or a meeting if there is no number. A letter takes time, so it is proposed after ten
/// e-mails, once a year, or where there is no other address. Without any address, there is no proposal.
pub(crate) fn propose<'book>(contact: &'book Contact, today: NaiveDate) -> Option<Channel<'book>> {
    let touches = contact.newest_first(today);
    let newest = || touches.iter().map(|touch| touch.via());
    let in_a_row: Vec<Option<&str>> = newest().take(3).collect();
    let recent: Vec<&str> = newest().flatten().take(LOOK_BACK).collect();

    let can_be_dialled = |text: &&String| phone::number(text).is_some();
    let phone = contact.phone.iter().find(can_be_dialled);
    let phone = phone.map(String::as_str);
    let social = newest().take_while(|via| *via == Some("social")).count();
    if social >= 2 {
        let (via, address) = match phone {
            Some(_) => ("call", phone),
            None => ("meeting", contact.city.as_deref()),
        };
        let reason = Some(ChannelReason::Social(social));
        return Some(Channel {
            via,
            address,
            reason,
        });
    }
    let address = contact.address.as_deref().filter(is_text);
    if address.is_some() && letter::is_time(&touches) {
        return Some(Channel {
            via: "letter",
            address,
            reason: Some(ChannelReason::TenEmails),
        });
    }
    let first = |list: &'book [String]| list.iter().map(String::as_str).find(is_text);
    let quick = [
        ("call", phone),
        ("email", first(&contact.email)),
        ("message", phone),
        ("social", first(&contact.links)),
    ]
    .into_iter()
    .filter(|(_, address)| address.is_some())
    .min_by_key(|(via, _)| recent.iter().filter(|used| *used == via).count());
    let (via, address) = quick.or(address.map(|address| ("letter", Some(address))))?;
    let reason = match in_a_row.as_slice() {
        [Some(one), two, three] if Some(*one) == *two && two == three && *one != via => {
            Some(ChannelReason::LastThree(one))
        }
        _ => None,
    };
    Some(Channel {
        via,
        address,
        reason,
    })
}

/// Whether an address is more than blanks.
fn is_text(address: &&str) -> bool {
    !address.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Direction, Words};

    fn reached_by(vias: &[&str]) -> Contact {
        let touch = |(day, via): (u32, &&str)| {
            let on = NaiveDate::from_ymd_opt(2026, 10, day).expect("a day of October");
            Touch::on(on).with(Words {
                via: Some((*via).to_owned()),
                ..Words::default()
            })
        };
        Contact {
            touches: (1..).zip(vias).map(touch).collect(),
            ..Contact::default()
        }
    }

    #[test]
    fn the_last_channel_for_reaching_out_is_no_meeting() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let last = |vias: &[&str], outs: &[usize]| {
            let mut contact = reached_by(vias);
            for at in outs {
                let touch = contact.touches[*at].clone();
                contact.touches[*at] = touch.toward(Some(Direction::Out));
            }
            last_reached_by(&contact, today).map(str::to_owned)
        };
        let case = |vias: &[&str], outs: &[usize], expected: Option<&str>| {
            assert_eq!(last(vias, outs).as_deref(), expected, "{vias:?}");
        };
        case(&["call", "email", "meeting"], &[], Some("email"));
        case(&["email", "call"], &[0], Some("email"));
        case(&["letter", "event", " "], &[], Some("letter"));
        case(&["Call", "Meeting"], &[1], Some("Call"));
        case(&["meeting", "event"], &[0, 1], None);
        case(&["call", "lunch", "gift"], &[], Some("call"));
        case(&["call", "whatsapp", "lunch"], &[1], Some("whatsapp"));
    }

    #[track_caller]
    fn case(contact: &Contact, expected: Option<(&str, Option<&str>)>) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        assert_eq!(
            propose(contact, today).map(|channel| (channel.via, channel.address)),
            expected
        );
    }

    #[test]
    fn proposes_the_least_used_channel() {
        let both = |vias| Contact {
            email: vec!["a@b.example".to_owned()],
            phone: vec!["+1".to_owned()],
            ..reached_by(vias)
        };
        case(&both(&[]), Some(("call", Some("+1"))));
        case(&both(&["call"]), Some(("email", Some("a@b.example"))));
        case(&both(&["call", "email"]), Some(("message", Some("+1"))));
        case(
            &both(&["call", "email", "email", "message"]),
            Some(("call", Some("+1"))),
        );
    }

    #[test]
    fn takes_it_offline_after_two_social_in_a_row() {
        let social = ["call", "social", "social"];
        case(
            &Contact {
                phone: vec!["+1".to_owned()],
                ..reached_by(&social)
            },
            Some(("call", Some("+1"))),
        );
        case(
            &Contact {
                city: Some("Madrid".to_owned()),
                ..reached_by(&social)
            },
            Some(("meeting", Some("Madrid"))),
        );
        case(&reached_by(&social), Some(("meeting", None)));
    }

    #[test]
    fn proposes_nothing_without_an_address() {
        case(&reached_by(&["call"]), None);
        let asked = Contact {
            phone: vec!["ask Bo".to_owned()],
            ..reached_by(&[])
        };
        case(&asked, None);
        let both = Contact {
            phone: vec!["3.4E+10".to_owned(), "０６００ ０００ ００１".to_owned()],
            ..reached_by(&[])
        };
        case(&both, Some(("call", Some("０６００ ０００ ００１"))));
    }

    #[test]
    fn gives_the_reason_for_a_special_proposal() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let reason = |vias: &[&str]| {
            let contact = Contact {
                email: vec!["a@b.example".to_owned()],
                address: Some("Calle Mayor 1".to_owned()),
                ..reached_by(vias)
            };
            let channel = propose(&contact, today).expect("there is an address");
            let reason = match channel.reason {
                Some(ChannelReason::LastThree(via)) => format!(", the last three were {via}"),
                Some(ChannelReason::Social(times)) => format!(": {times} social in a row"),
                Some(ChannelReason::TenEmails) => ", the last ten were e-mail".to_owned(),
                None => String::new(),
            };
            format!("{}{reason}", channel.via)
        };
        assert_eq!(reason(&["email", "email", "email"]), "email");
        assert_eq!(
            reason(&["call", "call", "call"]),
            "email, the last three were call"
        );
        assert_eq!(reason(&["social", "social"]), "meeting: 2 social in a row");
        assert_eq!(reason(&["social"; 4]), "meeting: 4 social in a row");
        assert_eq!(reason(&["email"; 10]), "letter, the last ten were e-mail");
        assert_eq!(reason(&["email"; 11]), "email");
    }

    #[test]
    fn a_letter_is_proposed_once_a_year_unless_there_is_no_other_address() {
        let with = |email: &[&str], address: &str, vias: &[&str]| {
            let contact = Contact {
                email: email.iter().map(|one| (*one).to_owned()).collect(),
                address: Some(address.to_owned()),
                ..reached_by(vias)
            };
            let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
            propose(&contact, today).map(|channel| channel.via)
        };
        let mail: &[&str] = &["a@b.example"];
        let emails = ["email"; 12];
        for times in 0..=12 {
            let expected = if times == 10 { "letter" } else { "email" };
            assert_eq!(with(mail, "Mill Lane 1", &emails[..times]), Some(expected));
            assert_eq!(with(mail, " ", &emails[..times]), Some("email"));
            assert_eq!(with(&[], "Mill Lane 1", &emails[..times]), Some("letter"));
            assert_eq!(with(&[" "], " ", &emails[..times]), None);
        }
        assert_eq!(with(mail, "Mill Lane 1", &["letter"; 3]), Some("email"));
        assert_eq!(with(&[], "Mill Lane 1", &["letter"; 3]), Some("letter"));
    }
}
