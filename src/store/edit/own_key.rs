//! A key of a contact that netkeep does not know: what it says, and setting it.

use toml::de::{DeTable, DeValue};

use super::contact_text::ContactText;
use super::long_text::parsed;
use super::table::{Entry, EntryContent, Unsupported};
use super::{lines, long_text, text_list};
use crate::domain::Value;
use crate::store::parse::row_key::is_of_contact;
use crate::store::parse::toml_value::{key as written_key, value};

/// The value of a key that netkeep does not know.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum OwnValue {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// A number, a date, true or false, as it is written.
    Bare(String),
    /// A table or another list, which only the editor changes.
    Other,
}

impl OwnValue {
    /// The value of `key` in the text of a contact.
    pub(crate) fn of(text: &str, key: &str) -> Option<Self> {
        let contact = ContactText::of(text).ok()?;
        Some(Self::of_entry(text, contact.table.entry(key)?))
    }

    /// Every key in the text of a contact that netkeep does not know, with its value.
    pub(crate) fn all(text: &str) -> Vec<(String, Self)> {
        let Ok(contact) = ContactText::of(text) else {
            return vec![];
        };
        let entries = contact.table.entries.iter();
        let own = entries.filter(|entry| !is_of_contact(&entry.name));
        own.map(|entry| (entry.name.clone(), Self::of_entry(text, entry)))
            .collect()
    }

    fn of_entry(text: &str, entry: &Entry) -> Self {
        if !entry.is_pair {
            return Self::Other;
        }
        let raw = &text[entry.value.clone()];
        match &entry.content {
            EntryContent::Texts(items) => {
                Self::List(items.iter().map(|(item, _)| item.clone()).collect())
            }
            EntryContent::Other => match (parsed(raw), bare_kind(raw)) {
                (Some(text), _) => Self::Text(text),
                (None, Some(_)) => Self::Bare(raw.to_owned()),
                (None, None) => Self::Other,
            },
            EntryContent::Table(_) | EntryContent::Tables(_) => Self::Other,
        }
    }

    /// The texts that it holds.
    pub(crate) fn texts(self) -> Vec<String> {
        match self {
            Self::Text(text) | Self::Bare(text) => vec![text],
            Self::List(list) => list,
            Self::Other => vec![],
        }
    }

    /// What `typed` means in place of this value: a number in place of a number, and so on; else a text.
    pub(crate) fn typed(old: Option<&Self>, typed: &str) -> Self {
        match old {
            Some(Self::Bare(old)) if bare_kind(old) == bare_kind(typed) => {
                Self::Bare(typed.to_owned())
            }
            _ => Self::Text(typed.to_owned()),
        }
    }
}

/// Which kind of number, date or flag a value is.
fn bare_kind(raw: &str) -> Option<u8> {
    let document = format!("x = {raw}\n");
    let table = DeTable::parse(&document).ok()?;
    let table = table.get_ref();
    match table.get("x").filter(|_| table.len() == 1)?.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => Some(0),
        DeValue::Boolean(_) => Some(1),
        DeValue::Datetime(_) => Some(2),
        _ => None,
    }
}

/// The contact's `text` with `key` set to `new`, or without it.
pub(super) fn set(text: &str, key: &str, new: Option<&OwnValue>) -> Result<String, Unsupported> {
    let contact = ContactText::of(text)?;
    let set = match (contact.table.entry(key), new) {
        (None, None) => return Ok(text.to_owned()),
        (Some(entry), None) if entry.is_pair => contact.table.unset(text, key)?,
        (Some(entry), Some(new)) if entry.is_pair => replaced(text, entry, new)?,
        (Some(entry), _) => return Err(Unsupported(entry.key.clone())),
        (None, Some(new)) => {
            let anchor = anchor(&contact);
            let newline = contact.newline_after(anchor);
            let new = written(new, newline).ok_or(Unsupported(contact.table.at.clone()))?;
            let key = written_key(key);
            contact.table.set(text, anchor, &key, &new)?
        }
    };
    // The model of a contact does not hold the key, so it is verified here.
    let is = OwnValue::of(&set, key);
    let is_new = match (&is, new) {
        (Some(OwnValue::Text(is)), Some(OwnValue::List(new))) => *new == [is.as_str()],
        (is, new) => is.as_ref() == new,
    };
    if is_new {
        Ok(set)
    } else {
        Err(Unsupported(contact.table.at.clone()))
    }
}

fn replaced(text: &str, entry: &Entry, new: &OwnValue) -> Result<String, Unsupported> {
    let newline = lines::newline(text, entry.value.start);
    let raw = &text[entry.value.clone()];
    let set = |new: String| lines::replace(text, entry.value.clone(), &new);
    let kept = match new {
        OwnValue::List(new) => text_list::set(text, entry, new),
        OwnValue::Text(new) => long_text::set(raw, new, newline).map(set),
        OwnValue::Bare(_) | OwnValue::Other => None,
    };
    let anew = || written(new, newline).map(set);
    kept.or_else(anew).ok_or(Unsupported(entry.value.clone()))
}

fn written(new: &OwnValue, newline: &str) -> Option<String> {
    Some(match new {
        OwnValue::Text(text) => value(&Value::Text(text.clone()), newline),
        OwnValue::List(list) => value(&Value::List(list.clone()), newline),
        OwnValue::Bare(raw) => raw.clone(),
        OwnValue::Other => return None,
    })
}

/// What a new key comes after: the last key of the user's own, or the keys before the touches.
fn anchor<'c>(contact: &'c ContactText) -> Option<&'c Entry> {
    let last = contact.last_pair();
    let below = last.map_or(0, |last| last.value.end);
    let is_own =
        |entry: &&Entry| entry.is_pair && !is_of_contact(&entry.name) && entry.value.end <= below;
    let own = contact.table.entries.iter().rfind(is_own);
    own.or_else(|| contact.anchor("touches"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(before: &str, key: &str, new: Option<OwnValue>, after: &str) {
        let head = "[[contacts]]\nname = 'A'\n";
        let set = set(&format!("{head}{before}"), key, new.as_ref()).ok();
        assert_eq!(set, Some(format!("{head}{after}")), "{before}");
    }

    fn text(text: &str) -> Option<OwnValue> {
        Some(OwnValue::Text(text.to_owned()))
    }

    fn list(items: &[&str]) -> Option<OwnValue> {
        Some(OwnValue::List(
            items.iter().map(|item| (*item).to_owned()).collect(),
        ))
    }

    #[test]
    fn a_new_key_comes_before_the_touches() {
        let touches = "touches = [\n  { on = 2026-01-01 },\n]\n";
        case(
            touches,
            "shoe",
            text("42"),
            &format!("shoe = \"42\"\n{touches}"),
        );
        case(
            &format!("hat='9'\ncity='B'\n{touches}"),
            "my shoe",
            text("4"),
            &format!("hat='9'\n\"my shoe\"=\"4\"\ncity='B'\n{touches}"),
        );
        let blocks = "\n[contacts.next]\non = 2026-01-01\n";
        case(
            blocks,
            "shoe",
            text("4"),
            &format!("shoe = \"4\"\n{blocks}"),
        );
    }

    #[test]
    fn a_value_keeps_its_kind_and_what_stays_of_it() {
        case("shoe = 4 # eu\n", "shoe", text("5"), "shoe = \"5\" # eu\n");
        let bare = OwnValue::typed(Some(&OwnValue::Bare("4".to_owned())), "5");
        case("shoe = 4 # eu\n", "shoe", Some(bare), "shoe = 5 # eu\n");
        case(
            "pets = 'Rex'\n",
            "pets",
            list(&["Rex", "Tom"]),
            "pets = ['Rex', \"Tom\"]\n",
        );
        case(
            "pets = ['Rex', 'Tom']\n",
            "pets",
            list(&["Tom"]),
            "pets = ['Tom']\n",
        );
        case("pets = 'Rex'\n", "pets", None, "");
    }

    #[test]
    fn only_a_value_of_the_same_kind_stays_bare() {
        let typed =
            |old: &str, typed| OwnValue::typed(Some(&OwnValue::Bare(old.to_owned())), typed);
        let bare = |typed: &str| OwnValue::Bare(typed.to_owned());
        assert_eq!(typed("4", "4.5"), bare("4.5"));
        assert_eq!(typed("true", "false"), bare("false"));
        assert_eq!(Some(typed("true", "4")), text("4"));
        assert_eq!(Some(typed("4", "4\ny = 5")), text("4\ny = 5"));
        assert_eq!(Some(OwnValue::typed(None, "4")), text("4"));
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let of = |line: &str| OwnValue::of(&format!("[[contacts]]\nname = 'A'\n{line}"), "x");
        assert_eq!(of("x = 'a'\n"), text("a"));
        assert_eq!(of("x = ['a']\n"), list(&["a"]));
        assert_eq!(of("x = 4\n"), Some(OwnValue::Bare("4".to_owned())));
        assert_eq!(of("x = [4]\n"), Some(OwnValue::Other));
        assert_eq!(of("x.y = 4\n"), Some(OwnValue::Other));
        assert_eq!(of("[contacts.x]\n"), Some(OwnValue::Other));
        assert_eq!(of(""), None);
    }
}
