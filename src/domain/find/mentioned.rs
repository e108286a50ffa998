//! The contacts that many texts mention by name.

use std::collections::HashMap;

use super::by_name::{all_names, each_has_its_own};
use crate::domain::text::{reading, spellings};
use crate::domain::{Book, ContactId};

/// Words that more names than this have in common mean nobody in particular. Without a limit, ten thousand texts would each be
/// compared with ten thousand names.
const MOST_NAMES: usize = 100;

/// A text of more words is no name. Each of its words is compared with those of every name that has the rarest.
pub(super) const MOST_WORDS: usize = 16;

/// The contact that a text mentions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Mentioned {
    pub(crate) id: ContactId,
    /// Whether the text is a whole name or another name of theirs.
    pub(crate) is_whole: bool,
}

/// The contact that each of `names` means, as a whole name or another name, or else as whole words of one; `None` if it means
/// nobody or several.
///
/// It is the one that `NameIndex::words` finds, except that addresses and numbers are no names here. But the index compares a
/// name with every name of the book, which takes seconds for ten thousand of them.
pub(crate) fn mentioned(book: &Book, names: &[&str]) -> Vec<Option<Mentioned>> {
    let mut mentions: HashMap<&str, Mention> = HashMap::new();
    for name in names {
        let new = || Mention::of(name);
        mentions.entry(*name).or_insert_with(new);
    }
    for id in book.ids() {
        if let Some(mention) = mentions.get_mut(book.contact(id).name.as_str()) {
            mention.ids.push(id);
            mention.is_whole = true;
        }
    }
    find_folded(book, &mut mentions.values_mut(), spellings);
    // Latin letters may be the reading of a name in another script, if no name matches as written.
    let mut latin = mentions
        .values_mut()
        .filter(|mention| mention.forms[0].is_ascii());
    find_folded(book, &mut latin, |name| vec![reading(name)]);
    let one = |name: &&str| {
        let mention = &mentions[name];
        match *mention.ids.as_slice() {
            [id] => Some(Mentioned {
                id,
                is_whole: mention.is_whole,
            }),
            _ => None,
        }
    };
    names.iter().map(one).collect()
}

/// What a name in a text means.
struct Mention {
    /// Its spellings, folded.
    forms: Vec<String>,
    /// The contacts that it means.
    ids: Vec<ContactId>,
    /// Whether it is the whole name of each.
    is_whole: bool,
}

impl Mention {
    fn of(name: &str) -> Self {
        let forms = spellings(name);
        Self {
            forms,
            ids: vec![],
            is_whole: false,
        }
    }

    fn is_sought(&self) -> bool {
        let folded = &self.forms[0];
        self.ids.is_empty() && !folded.is_empty() && folded.split(' ').count() <= MOST_WORDS
    }
}

/// Finds those of the mentions that mean nobody yet, among the names of the book in these `forms`.
fn find_folded<'m>(
    book: &Book,
    mentions: &mut dyn Iterator<Item = &'m mut Mention>,
    forms: fn(&str) -> Vec<String>,
) {
    let mut sought: Vec<&mut Mention> = mentions.filter(|mention| mention.is_sought()).collect();
    if sought.is_empty() {
        return;
    }
    let names = all_names(book, forms);
    let words = sought.iter().flat_map(|mention| &mention.forms);
    let words = words.flat_map(|form| form.split(' '));
    let mut with_word: HashMap<&str, Vec<usize>> = words.map(|word| (word, vec![])).collect();
    for (at, (_, name)) in names.iter().enumerate() {
        for word in name.split(' ') {
            // A name may have a word many times.
            if let Some(all) = with_word.get_mut(word)
                && all.last() != Some(&at)
            {
                all.push(at);
            }
        }
    }
    let mut whole: HashMap<&str, Vec<ContactId>> = HashMap::new();
    for (id, name) in &names {
        whole.entry(name).or_default().push(*id);
    }
    let found = sought.iter().map(|mention| {
        let forms = mention.forms.iter();
        let all = forms.filter_map(|form| whole.get(form.as_str()));
        let mut ids: Vec<ContactId> = all.flatten().copied().collect();
        let is_whole = !ids.is_empty();
        if !is_whole {
            ids = with_words(&mention.forms, &names, &with_word);
        }
        ids.sort_unstable();
        ids.dedup();
        (ids, is_whole)
    });
    let found: Vec<(Vec<ContactId>, bool)> = found.collect();
    for (mention, (ids, is_whole)) in sought.iter_mut().zip(found) {
        mention.ids = ids;
        mention.is_whole = is_whole;
    }
}

/// The contacts of which one of `forms` is whole words, if not too many share them.
fn with_words(
    forms: &[String],
    names: &[(ContactId, String)],
    with_word: &HashMap<&str, Vec<usize>>,
) -> Vec<ContactId> {
    // Names without its rarest word need not be compared.
    let with_rarest = |form: &String| {
        let all = form.split(' ').filter_map(|word| with_word.get(word));
        all.min_by_key(|all| all.len())
    };
    let among = forms.iter().filter_map(with_rarest);
    let among = among.filter(|all| all.len() <= MOST_NAMES).flatten();
    let is_it =
        |form: &String, name: &str| each_has_its_own(form, name, |word, other| word == other);
    let named = among
        .map(|at| &names[*at])
        .filter(|(_, name)| forms.iter().any(|form| is_it(form, name)));
    named.map(|(id, _)| *id).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::book;
    use super::*;
    use crate::domain::find::by_name::NameIndex;

    fn ids(book: &Book, names: &[&str]) -> Vec<Option<ContactId>> {
        let found = mentioned(book, names).into_iter();
        found.map(|found| Some(found?.id)).collect()
    }

    #[test]
    fn a_whole_name_decides_then_whole_words_of_one_contact() {
        let book = book(&[
            "Ana Ruiz/Ani",
            "José",
            "Jose",
            "Bo Lind",
            "Cy Lind",
            "Lind",
            "黎明",
            "Jürgen Müller",
        ]);
        let found = |name: &str| mentioned(&book, &[name])[0].map(|found| found.id.0);
        assert_eq!(found("Ana Ruiz"), Some(0));
        assert_eq!(found("ani"), Some(0));
        assert_eq!(found("ruiz, ana"), Some(0));
        assert_eq!(found("ANA"), Some(0));
        assert_eq!(found("Jose"), Some(2));
        assert_eq!(found("JOSE"), None);
        assert_eq!(found("lind"), Some(5));
        assert_eq!(found("Bo"), Some(3));
        assert_eq!(found("li ming"), Some(6));
        assert_eq!(found("Juergen"), Some(7));
        for (name, is_whole) in [
            ("Ana Ruiz", true),
            ("ana ruiz", true),
            ("Ani", true),
            ("li ming", true),
            ("Juergen Mueller", true),
            ("Ruiz Ana", false),
            ("Bo", false),
        ] {
            let found = mentioned(&book, &[name])[0].map(|found| found.is_whole);
            assert_eq!(found, Some(is_whole), "{name}");
        }
        for nobody in ["", " ", "…", "An", "Bo Lindh", "Ana Ana", "Bo Lind Acme"] {
            assert_eq!(found(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn a_sentence_is_no_name_however_long_names_are() {
        let long = "a ".repeat(100_000);
        let book = book(&[&long, "Bo Lind"]);
        let words = format!("b {long}");
        assert_eq!(ids(&book, &[&words, "bo"]), [None, Some(ContactId(1))]);
    }

    #[test]
    fn words_that_many_share_mean_nobody() {
        let many: Vec<String> = (0..MOST_NAMES).map(|at| format!("Ana Bo {at}")).collect();
        let mut names: Vec<&str> = many.iter().map(String::as_str).collect();
        names.push("Ana Ana Bo");
        let last = ContactId(MOST_NAMES);
        let found = ids(&book(&names), &["Bo Ana Ana", "Ana Ana Bo", "Bo 7"]);
        assert_eq!(found, [None, Some(last), Some(ContactId(7))]);
        names.remove(0);
        let found = ids(&book(&names), &["Bo Ana Ana"]);
        assert_eq!(found, [Some(ContactId(MOST_NAMES - 1))]);
    }

    const WORDS: [&str; 14] = [
        "Ana",
        "ana",
        "Bo",
        "Ruiz",
        "Müller",
        "Mueller",
        "Muller",
        "de",
        "李",
        "小龙",
        "Li",
        "xiao",
        "O’Brien",
        "—",
    ];

    fn name() -> impl Strategy<Value = String> {
        let words = prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..4);
        (words, prop::sample::select(vec![" ", "-"]))
            .prop_map(|(words, between)| words.join(between))
    }

    proptest! {
        #[test]
        fn it_is_the_one_that_the_index_finds(
            names in prop::collection::vec(name(), 0..8),
            typed in prop::collection::vec(name(), 0..8),
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            let book = book(&names);
            let index = NameIndex::of(&book);
            for (typed, found) in typed.iter().zip(ids(&book, &typed)) {
                let words = index.words(typed);
                let one = (words.len() == 1).then(|| words[0]);
                prop_assert_eq!(found, one, "{}", typed);
            }
        }
    }
}
