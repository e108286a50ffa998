//! Reads the names of a card.

use super::property::Property;
use crate::domain::identity::match_key;
use crate::domain::text::caseless;
use crate::exchange::clean::one_line;
use crate::exchange::draft::ContactDraft;

/// Takes the names, the best first: formatted ones, else those in parts, else an address, a nickname or the company.
pub(super) fn names(draft: &mut ContactDraft, all: &[&Property]) {
    let named = |name: &'static str| all.iter().filter(move |property| property.name == name);
    let is_address = |name: &String| match_key::email(name.trim()).is_some();
    let formatted = named("FN").map(|name| name.text());
    let (addresses, formatted): (Vec<String>, Vec<String>) = formatted.partition(is_address);
    // The name may be repeated in another script.
    for name in formatted.iter().skip(1) {
        draft.aka(name);
    }
    draft.names.extend(formatted);
    draft
        .names
        .extend(named("N").map(|name| name_of_parts(name)));
    if !draft.is_own {
        named("N").for_each(|name| keep_parts(draft, name));
    }
    let nicknames = named("NICKNAME").flat_map(|name| name.list());
    let companies = named("ORG").map(|company| company.part(0));
    let others = addresses.into_iter().chain(nicknames).chain(companies);
    draft.names.extend(others);
}

/// Keeps the parts of a name that the best name lacks: another name, titles.
fn keep_parts(draft: &mut ContactDraft, name: &Property) {
    let mut names = draft.names.iter().map(|name| one_line(name));
    let best = names.find(|name| !name.is_empty()).unwrap_or_default();
    let [family, given, middle] = [0, 1, 2].map(|at| one_line(&name.part(at).replace(',', " ")));
    let bare = joined_name(&given, &middle, &family, "");
    if bare != best && !has_words(&best, &bare) {
        draft.aka(&bare);
    }
    // The last two are of RFC 9554, 2.2.
    let others = [
        ("Prefix", 3),
        ("Suffix", 4),
        ("Second surname", 5),
        ("Suffix", 6),
    ];
    for (label, at) in others {
        let words = name.part(at);
        if !words.is_empty() && !has_words(&best, &words) {
            draft.extra(label, &words);
        }
    }
}

/// Whether a name has all words of another one. East Asian names have no blanks between their words.
pub(in crate::exchange) fn has_words(name: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let plain = caseless(text);
        let words = plain.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (all, wanted) = (words(name), words(other));
    let whole = all.concat();
    wanted.iter().all(|word| all.contains(word)) || whole.contains(&wanted.concat())
}

/// How the name is spoken, as Apple and the phones of Japan keep it.
pub(super) fn phonetic_name(all: &[Property]) -> String {
    let part = |name: &'static str| {
        let mut named = all.iter().filter(|property| property.name == name);
        one_line(&named.next().map(Property::text).unwrap_or_default())
    };
    joined_name(
        &part("X-PHONETIC-FIRST-NAME"),
        &part("X-PHONETIC-MIDDLE-NAME"),
        &part("X-PHONETIC-LAST-NAME"),
        "",
    )
}

/// A structured name as `given middle family suffix`.
pub(super) fn name_of_parts(property: &Property) -> String {
    let [family, given, middle, suffix] = [0, 1, 2, 4].map(|at| one_line(&property.part(at)));
    joined_name(&given, &middle, &family, &suffix)
}

/// Whether a text is written in Chinese, Japanese or Korean letters, where the family name comes first.
pub(super) fn is_east_asian(text: &str) -> bool {
    let is_letter = |c: char| {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}')
    };
    !text.is_empty() && text.chars().all(is_letter)
}

/// Joins the parts of a name. In East Asian scripts, the family name comes first.
pub(in crate::exchange) fn joined_name(
    given: &str,
    middle: &str,
    family: &str,
    suffix: &str,
) -> String {
    if is_east_asian(given) && is_east_asian(family) {
        return format!("{family}{given}");
    }
    let parts = [given, middle, family, suffix];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
