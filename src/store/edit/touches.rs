//! Adding, changing and taking out touches, in the style the contact's touches have.

use super::contact_text::{ContactText, Item, Touches};
use super::fields::{Unsupported, line_like, own_lines};
use super::inline::pair;
use super::lines;
use super::list::{first_of_rows, first_row, has_comments, next_row, row_in_empty, without_row};
use super::touch_blocks::{block_lines, first_block, first_of_blocks, next_block};
use crate::domain::Touch;
use crate::store::parse::toml_value::string;

/// `text` with `touch` after the last touch. `blocks` says how a contact without touches gets its first.
pub(crate) fn log(text: &str, touch: &Touch, blocks: bool) -> Result<String, Unsupported> {
    let stretch = ContactText::of(text).ok_or(Unsupported(0..text.len()))?;
    match &stretch.touches {
        Touches::None if blocks => Ok(first_block(&stretch, touch)),
        Touches::None => Ok(first_row(&stretch, touch)),
        Touches::Array { entry, items } => match items.last() {
            Some(last) => Ok(next_row(text, last, touch)),
            None => Ok(row_in_empty(text, entry, touch)),
        },
        Touches::Blocks(items) => Ok(next_block(text, items, touch)),
        Touches::Unsupported(at) => Err(Unsupported(at.clone())),
    }
}

/// `text` with `touch` before the touch at `index`.
pub(crate) fn insert(text: &str, index: usize, touch: &Touch) -> Result<String, Unsupported> {
    let stretch = ContactText::of(text).ok_or(Unsupported(0..text.len()))?;
    let (item, _) = item(&stretch, index)?;
    match &stretch.touches {
        Touches::Array { entry, .. } if index == 0 => Ok(first_of_rows(text, entry, item, touch)),
        Touches::Array { items, .. } => Ok(next_row(text, &items[index - 1], touch)),
        Touches::Blocks(items) if index == 0 => {
            first_of_blocks(text, items, touch).ok_or(Unsupported(item.at.clone()))
        }
        Touches::Blocks(items) => Ok(next_block(text, &items[..index], touch)),
        Touches::None | Touches::Unsupported(_) => Err(Unsupported(item.at.clone())),
    }
}

/// `text` with the touch at `index` saying `new` where it says `old`; keys that netkeep does not know stay.
pub(super) fn amend(
    text: &str,
    index: usize,
    old: &Touch,
    new: &Touch,
) -> Result<String, Unsupported> {
    let mut text = text.to_owned();
    let (old, new) = (pairs(old), pairs(new));
    let is_gone = |(key, _): &&(&str, String)| new.iter().all(|(other, _)| other != key);
    for (key, _) in old.iter().filter(is_gone) {
        let stretch = ContactText::of(&text).ok_or(Unsupported(0..text.len()))?;
        let (item, is_block) = item(&stretch, index)?;
        let entry = item.entry(key).ok_or(Unsupported(item.at.clone()))?;
        let at = if is_block {
            own_lines(&text, entry)
        } else {
            pair(&text, entry)
        };
        text = lines::replace(&text, at, "");
    }
    for (key, value) in new.into_iter().filter(|pair| !old.contains(pair)) {
        let stretch = ContactText::of(&text).ok_or(Unsupported(0..text.len()))?;
        let (item, is_block) = item(&stretch, index)?;
        text = match item.entry(key) {
            Some(entry) => lines::replace(&text, entry.value.clone(), &value),
            None => {
                let anchor = item
                    .entries
                    .iter()
                    .rfind(|entry| entry.is_pair(&text))
                    .ok_or(Unsupported(item.at.clone()))?;
                if is_block {
                    let at = lines::end(&text, anchor.value.end);
                    lines::insert(&text, at, &line_like(&text, anchor, key, &value))
                } else {
                    let pair = format!(", {key}{}{value}", anchor.equals(&text));
                    lines::replace(&text, anchor.value.end..anchor.value.end, &pair)
                }
            }
        };
    }
    Ok(text)
}

/// `text` without the touch at `index`.
pub(super) fn delete(text: &str, index: usize) -> Result<String, Unsupported> {
    let stretch = ContactText::of(text).ok_or(Unsupported(0..text.len()))?;
    let (item, _) = item(&stretch, index)?;
    match &stretch.touches {
        Touches::Array { entry, items } if items.len() == 1 && !has_comments(text, entry, item) => {
            Ok(lines::replace(text, own_lines(text, entry), ""))
        }
        Touches::Array { items, .. } => {
            let before = index.checked_sub(1).map(|before| &items[before]);
            Ok(without_row(text, item, before))
        }
        // A table of its own inside the block: others may stand between the two.
        _ if item.entries.iter().any(|entry| !entry.is_plain) => Err(Unsupported(item.at.clone())),
        _ => Ok(lines::replace(text, block_lines(text, item), "")),
    }
}

fn item<'s>(stretch: &'s ContactText, index: usize) -> Result<(&'s Item, bool), Unsupported> {
    let (items, is_block) = match &stretch.touches {
        Touches::Array { items, .. } => (items, false),
        Touches::Blocks(items) => (items, true),
        Touches::None => return Err(Unsupported(stretch.header.clone())),
        Touches::Unsupported(at) => return Err(Unsupported(at.clone())),
    };
    items
        .get(index)
        .map(|item| (item, is_block))
        .ok_or(Unsupported(stretch.header.clone()))
}

/// The keys of a touch and their values as text, in the order in which netkeep writes them.
pub(super) fn pairs(touch: &Touch) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("on", touch.on.to_string())];
    let words = touch.words();
    pairs.extend(words.via.as_ref().map(|via| ("via", string(via))));
    pairs.extend(
        touch
            .direction
            .map(|direction| ("direction", string(&direction.to_string()))),
    );
    for (key, text) in [
        ("note", &words.note),
        ("gave", &words.gave),
        ("got", &words.got),
    ] {
        pairs.extend(text.as_ref().map(|text| (key, string(text))));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Direction, Words};

    fn call() -> Touch {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        Touch::on(on).with(Words {
            via: Some("call".to_owned()),
            ..Words::default()
        })
    }

    const ROW: &str = "{ on = 2026-11-23, via = \"call\" }";

    /// Logging turns `before` into `after`, and deleting the new touch turns it back.
    #[track_caller]
    fn case(before: &str, after: &str, count: usize) {
        let logged = log(before, &call(), false).ok();
        assert_eq!(logged.as_deref(), Some(after.replace("ROW", ROW).as_str()));
        assert_eq!(
            delete(&logged.expect("logged"), count).ok().as_deref(),
            Some(before)
        );
    }

    #[test]
    fn a_first_touch_opens_the_list() {
        case(
            "[[contacts]]\nname = 'A'\n",
            "[[contacts]]\nname = 'A'\ntouches = [\n  ROW,\n]\n",
            0,
        );
        case(
            "[[contacts]]\r\nname='A'",
            "[[contacts]]\r\nname='A'\r\ntouches=[\r\n  ROW,\r\n]",
            0,
        );
        case(
            "[[contacts]]\n\tname = 'A' # x\n\n# y\n",
            "[[contacts]]\n\tname = 'A' # x\n\ttouches = [\n\t  ROW,\n\t]\n\n# y\n",
            0,
        );
        case(
            "[[contacts]]\nname = 'A'\n[contacts.extra]\nx = 1\n",
            "[[contacts]]\nname = 'A'\ntouches = [\n  ROW,\n]\n[contacts.extra]\nx = 1\n",
            0,
        );
    }

    #[test]
    fn a_touch_is_one_more_line() {
        let list = |rows: &str| format!("[[contacts]]\nname = 'A'\ntouches = [\n{rows}]\n");
        let old = "{ on = 2026-01-10 }";
        for (before, after) in [
            (format!("  {old},\n"), format!("  {old},\n  ROW,\n")),
            (
                format!("\t{old},  # first, in a year\n"),
                format!("\t{old},  # first, in a year\n\tROW,\n"),
            ),
            (format!("  {old}\n"), format!("  {old},\n  ROW\n")),
            (
                format!("  {old} # last\n"),
                format!("  {old}, # last\n  ROW\n"),
            ),
            (
                format!("  {old},\n  # older ones are on paper\n"),
                format!("  {old},\n  ROW,\n  # older ones are on paper\n"),
            ),
        ] {
            let logged = log(&list(&before), &call(), false).ok();
            assert_eq!(logged, Some(list(&after).replace("ROW", ROW)));
        }
    }

    #[test]
    fn imitates_lists_of_every_shape() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, after) in [
            ("touches = []\n", "touches = [\n  ROW,\n]\n"),
            ("touches = [ ] # none\n", "touches = [\n  ROW,\n] # none\n"),
            (
                "touches = [\n  # none\n]\n",
                "touches = [\n  # none\n  ROW,\n]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 }]\n",
                "touches = [{ on = 2026-01-10 }, ROW]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 },]\n",
                "touches = [{ on = 2026-01-10 }, ROW,]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }]\n",
                "touches = [\n  { on = 2026-01-10 },\n  ROW]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }\n  , ]\n",
                "touches = [\n  { on = 2026-01-10 }\n  ,\n  ROW, ]\n",
            ),
        ] {
            let logged = log(&format!("{head}{before}"), &call(), false).ok();
            assert_eq!(
                logged,
                Some(format!("{head}{after}").replace("ROW", ROW)),
                "{before}"
            );
        }
        let tight = log(
            "[[contacts]]\nname='A'\ntouches=[{on=2026-01-10}]\n",
            &call(),
            false,
        )
        .ok();
        assert_eq!(
            tight.as_deref(),
            Some(
                "[[contacts]]\nname='A'\ntouches=[{on=2026-01-10}, {on=2026-11-23, via=\"call\"}]\n"
            )
        );
    }

    #[test]
    fn blocks_get_one_more_block() {
        let one =
            "[[contacts]]\nname = 'A'\n\n[[contacts.touches]]\non = 2026-01-10\nnote = \"x\" # y\n";
        case_block(
            one,
            &format!("{one}\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n"),
            1,
        );
        let tight = "[[contacts]]\nname='A'\n  [[ contacts.touches ]] # 1\n  on=2026-01-10";
        case_block(
            tight,
            &format!("{tight}\n  [[ contacts.touches ]]\n  on=2026-11-23\n  via=\"call\""),
            1,
        );
        let none = "[[contacts]]\nname = 'A'\n\n# next\n";
        let after = "[[contacts]]\nname = 'A'\n\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n# next\n";
        case_block(none, after, 0);
    }

    #[track_caller]
    fn case_block(before: &str, after: &str, count: usize) {
        let logged = log(before, &call(), true).ok();
        assert_eq!(logged.as_deref(), Some(after));
        assert_eq!(delete(after, count).ok().as_deref(), Some(before));
    }

    #[test]
    fn deletes_a_row_wherever_it_stands() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, index, after) in [
            (
                "touches = [{ on = 2026-01-10 }, { on = 2026-01-11 }]\n",
                0,
                "touches = [{ on = 2026-01-11 }]\n",
            ),
            (
                "touches = [{ on = 2026-01-10 }, { on = 2026-01-11 }]\n",
                1,
                "touches = [{ on = 2026-01-10 }]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }, # x\n  { on = 2026-01-11 },\n]\n",
                0,
                "touches = [\n  { on = 2026-01-11 },\n]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 },\n  { on = 2026-01-11 }\n]\n",
                1,
                "touches = [\n  { on = 2026-01-10 }\n]\n",
            ),
            (
                "touches = [\n  # kept\n  { on = 2026-01-10 },\n]\n",
                0,
                "touches = [\n  # kept\n]\n",
            ),
        ] {
            let deleted = delete(&format!("{head}{before}"), index).ok();
            assert_eq!(deleted, Some(format!("{head}{after}")), "{before}");
        }
    }

    #[test]
    fn puts_a_touch_between_others_in_their_style() {
        let head = "[[contacts]]\nname = 'A'\n";
        for (before, index, after) in [
            (
                "touches = [{on=2026-12-10}]\n",
                0,
                "touches = [{on=2026-11-23, via=\"call\"}, {on=2026-12-10}]\n",
            ),
            (
                "touches = [\n  # x\n  { on = 2026-12-10 },\n]\n",
                0,
                "touches = [\n  ROW,\n  # x\n  { on = 2026-12-10 },\n]\n",
            ),
            (
                "touches = [\n  { on = 2026-01-10 }, # x\n  { on = 2026-12-11 }\n]\n",
                1,
                "touches = [\n  { on = 2026-01-10 }, # x\n  ROW,\n  { on = 2026-12-11 }\n]\n",
            ),
            (
                "\n[[contacts.touches]]\non = 2026-01-10\n\n[[contacts.touches]]\non = 2026-12-10\n",
                1,
                "\n[[contacts.touches]]\non = 2026-01-10\n\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n[[contacts.touches]]\non = 2026-12-10\n",
            ),
            (
                "\n# y\n[[contacts.touches]]\non = 2026-12-10\n",
                0,
                "\n[[contacts.touches]]\non = 2026-11-23\nvia = \"call\"\n\n# y\n[[contacts.touches]]\non = 2026-12-10\n",
            ),
        ] {
            let inserted = insert(&format!("{head}{before}"), index, &call()).ok();
            assert_eq!(
                inserted,
                Some(format!("{head}{after}").replace("ROW", ROW)),
                "{before}"
            );
        }
    }

    #[test]
    fn amending_changes_the_values_it_names() {
        let old = Touch::on(chrono::NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day"));
        let before = "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-01-10, mood = 'good', via = 'mail' }, # x\n]\n";
        let words = Words {
            note: Some("hi".to_owned()),
            ..call().words().clone()
        };
        let touch = call().toward(Some(Direction::Out)).with(words);
        let after = "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-11-23, mood = 'good', via = \"call\", direction = \"out\", note = \"hi\" }, # x\n]\n";
        assert_eq!(amend(before, 0, &old, &touch).ok().as_deref(), Some(after));
        let block = "[[contacts]]\nname = 'A'\n[[contacts.touches]]\non = 2026-01-10 # x\n";
        let after =
            "[[contacts]]\nname = 'A'\n[[contacts.touches]]\non = 2026-11-23 # x\nvia = \"call\"\n";
        assert_eq!(amend(block, 0, &old, &call()).ok().as_deref(), Some(after));
    }

    #[test]
    fn amending_takes_out_what_is_no_longer_said() {
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
            let amended = amend(&before, 0, &call(), &Touch::on(on));
            assert_eq!(amended.ok().as_deref(), Some(after.as_str()));
        }
    }
}
