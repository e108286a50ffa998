//! Words such as `city=Lisbon` among those to look for.

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::find::key_value::{KeyValue, KnownKey};
use crate::domain::text::near;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::store::{BookFile, OwnValue};

/// What the words ask of keys, and the texts among them.
pub(super) fn divided(words: &[String]) -> (Vec<KeyValue>, Vec<String>) {
    let (mut asked, mut texts) = (Vec::new(), Vec::new());
    for word in words {
        match KeyValue::of(word) {
            Some(one) => asked.push(one),
            // A blank before a text with an equals sign says that it is one.
            None if word.contains('=') => texts.push(word.trim().to_owned()),
            None => texts.push(word.clone()),
        }
    }
    (asked, texts)
}

/// Keeps the contacts in `ids` that have all that is `asked`.
pub(super) fn retain(
    app: &App,
    book: &Book,
    ids: &mut Vec<ContactId>,
    asked: &[KeyValue],
) -> Result<()> {
    // Only the text of the book has keys of the user's own.
    let has_own = asked.iter().any(|one| one.known().is_none());
    let file = has_own.then(|| app.open_quietly().ok()).flatten();
    for one in asked {
        if let Some(key) = one.known() {
            ids.retain(|id| one.is_in(book.contact(*id), key));
        } else {
            let texts = own_texts(file.as_ref(), book, one)?;
            ids.retain(|id| one.is_in_own(texts[id.0].as_deref()));
        }
    }
    Ok(())
}

/// What the key of the user's own says in each contact.
fn own_texts(
    file: Option<&BookFile>,
    book: &Book,
    asked: &KeyValue,
) -> Result<Vec<Option<Vec<String>>>> {
    let mut all: Vec<Option<Vec<String>>> = vec![None; book.contacts.len()];
    let mut others = BTreeSet::new();
    if let Some(file) = file {
        for (id, texts) in file.book().ids().zip(&mut all) {
            let own = file.lines_of(id).map_or(vec![], OwnValue::all);
            for (key, value) in own {
                if asked.is_key(&key) {
                    texts.get_or_insert_default().extend(value.texts());
                } else {
                    others.insert(key);
                }
            }
        }
    }
    if all.iter().any(Option::is_some) {
        return Ok(all);
    }
    let mut keys: Vec<&str> = KnownKey::names().collect();
    keys.extend(others.iter().map(String::as_str));
    let similar = near(&asked.key, keys.clone());
    keys.sort_by_key(|key| !similar.contains(key));
    Err(Error::NoSuchKey {
        typed: asked.key.clone(),
        near: similar.first().map(|&key| key.to_owned()),
        keys: keys.into_iter().map(str::to_owned).collect(),
    })
}
