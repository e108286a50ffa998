//! A key for each channel by which someone was reached.

use chrono::NaiveDate;

use crate::domain::due::channel::{CHANNELS, last_used, propose};
use crate::domain::due::channel_words::known;
use crate::domain::{Book, Contact, Touch};

/// The keys of the channels that netkeep knows, in the order of [`CHANNELS`].
const KEYS: [char; 8] = ['c', 'e', 'm', 's', 't', 'l', 'v', 'g'];

/// The keys of the user's own channels.
const OWN_KEYS: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// A key for each channel, the proposed one first: that of `due`, else the last one used, else the usual one. Then come those
/// that netkeep knows, then the user's own words.
pub(super) fn channel_keys<'b>(
    book: &'b Book,
    contact: &'b Contact,
    today: NaiveDate,
) -> Vec<(char, &'b str)> {
    let own = contact.touches.iter().rev().filter_map(Touch::via);
    let usual = book.defaults.channel.as_deref();
    let mut others: Vec<&str> = Vec::new();
    for via in own.chain(usual) {
        if known(via).is_none() && !via.trim().is_empty() && !others.contains(&via) {
            others.push(via);
        }
    }
    let mut keys: Vec<(char, &str)> = KEYS.into_iter().zip(CHANNELS).collect();
    keys.extend(OWN_KEYS.into_iter().zip(others));
    let proposed = propose(contact, today).map(|channel| channel.via);
    let proposed = proposed.or_else(|| last_used(contact, today)).or(usual);
    let proposed = proposed.map(|via| known(via).unwrap_or(via));
    if let Some(at) = keys.iter().position(|(_, via)| Some(*via) == proposed) {
        keys[..=at].rotate_right(1);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proposed_channel_comes_first_and_own_words_last() {
        let keys = |lines: &str| {
            let text = format!("defaults.channel = 'Signal'\n[[contacts]]\nname = 'A'\n{lines}");
            let book = crate::store::read(&text).expect("a book").book;
            let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
            let keys = channel_keys(&book, &book.contacts[0], today);
            let keys = keys.iter().map(|(key, via)| format!("{key} {via}"));
            keys.collect::<Vec<String>>().join(", ")
        };
        let known = "c call, e email, m message, s social, t meeting, l letter, v event, g gift";
        assert_eq!(keys(""), format!("1 Signal, {known}"));
        assert_eq!(keys("phone = '+47 1'"), format!("{known}, 1 Signal"));
        let email = known.replace("e email, ", "");
        assert_eq!(
            keys("email = 'a@b.example'\ntouches = [{ on = 2026-01-01, via = 'tea' }]"),
            format!("e email, {email}, 1 tea, 2 Signal")
        );
        assert_eq!(
            keys(
                "touches = [{ on = 2026-01-01, via = 'tea' }, { on = 2026-01-02, via = 'Email' }]"
            ),
            format!("e email, {email}, 1 tea, 2 Signal")
        );
    }
}
