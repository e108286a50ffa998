//! Changes a promise or a touch where it is written, and leaves what netkeep does not know of it.

use super::contact_text::ContactText;
use super::new_row::NewRow;
use super::rows::items;
use super::table::Unsupported;

/// `text` with the row at `index` changed from `old` to `new`; keys that netkeep does not know stay.
pub(super) fn amend(
    text: &str,
    index: usize,
    old: &NewRow,
    new: &NewRow,
) -> Result<String, Unsupported> {
    let mut text = text.to_owned();
    let is_removed = |(key, _): &&(&str, String)| new.pairs.iter().all(|(other, _)| other != key);
    for (key, _) in old.pairs.iter().filter(is_removed) {
        let contact = ContactText::of(&text)?;
        let (_, item) = items(&contact, new.of, index)?;
        text = item.unset(&text, key)?;
    }
    for (key, value) in new.pairs.iter().filter(|pair| !old.pairs.contains(pair)) {
        let contact = ContactText::of(&text)?;
        let (_, item) = items(&contact, new.of, index)?;
        text = item.set(&text, item.last_pair(), key, value)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Direction, Touch, Words};

    fn call() -> Touch {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        Touch::on(on).with(Words {
            via: Some("call".to_owned()),
            ..Words::default()
        })
    }

    #[test]
    fn amending_changes_only_what_differs() {
        let old = Touch::on(chrono::NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day"));
        let before = "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-01-10, mood = 'good', via = 'mail' }, # x\n]\n";
        let words = Words {
            note: Some("hi".to_owned()),
            ..call().words().clone()
        };
        let touch = call().toward(Some(Direction::Out)).with(words);
        let after = "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-11-23, mood = 'good', via = \"call\", direction = \"out\", note = \"hi\" }, # x\n]\n";
        assert_eq!(
            amend(before, 0, &NewRow::from(&old), &NewRow::from(&touch))
                .ok()
                .as_deref(),
            Some(after)
        );
        let block = "[[contacts]]\nname = 'A'\n[[contacts.touches]]\non = 2026-01-10 # x\n";
        let after =
            "[[contacts]]\nname = 'A'\n[[contacts.touches]]\non = 2026-11-23 # x\nvia = \"call\"\n";
        assert_eq!(
            amend(block, 0, &NewRow::from(&old), &NewRow::from(&call()))
                .ok()
                .as_deref(),
            Some(after)
        );
    }

    #[test]
    fn the_source_stays() {
        let before = "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-11-23, via = \"call\", source = \"calls\" },\n]\n";
        let words = Words {
            source: Some("calls".to_owned()),
            ..call().words().clone()
        };
        let old = call().with(words.clone());
        let new = call().with(Words {
            note: Some("hi".to_owned()),
            ..words
        });
        let after = before.replace(" },", ", note = \"hi\" },");
        assert_eq!(
            amend(before, 0, &NewRow::from(&old), &NewRow::from(&new)).ok(),
            Some(after)
        );
    }

    #[test]
    fn amending_removes_keys() {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        for (before, after) in [
            (
                "touches = [\n  { on = 2026-11-23, via = 'call' }, # x\n]\n",
                "touches = [\n  { on = 2026-11-23 }, # x\n]\n",
            ),
            (
                "touches = [{ via = \"call\", on = 2026-11-23, mood = 1 }]\n",
                "touches = [{ on = 2026-11-23, mood = 1 }]\n",
            ),
            (
                "[[contacts.touches]]\non = 2026-11-23\nvia = \"call\" # x\nmood = 1\n",
                "[[contacts.touches]]\non = 2026-11-23\nmood = 1\n",
            ),
        ] {
            let [before, after] =
                [before, after].map(|rest| format!("[[contacts]]\nname = 'A'\n{rest}"));
            let amended = amend(
                &before,
                0,
                &NewRow::from(&call()),
                &NewRow::from(&Touch::on(on)),
            );
            assert_eq!(amended.ok().as_deref(), Some(after.as_str()));
        }
    }
}
