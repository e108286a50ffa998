//! Which contacts a listing includes.

use memchr::{memchr2, memchr2_iter};

use crate::domain::identity::match_key;
use crate::domain::text::{caseless, fold, spellings};
use crate::domain::{Book, Contact, ContactId, Field, OtherDay, Promise, Touch};

/// The word that stands for no bucket; no bucket may have it as its name.
pub(crate) const NONE: &str = "none";

/// Whether a word stands for no bucket.
pub(crate) fn is_none(word: &str) -> bool {
    caseless(word.trim()) == NONE
}

/// Whether a word can only be a slip for it: a letter doubled or left out, or two swapped. With another letter it is another
/// word, like `nine` or `nope`.
pub(crate) fn is_nearly_none(word: &str) -> bool {
    let word = caseless(word.trim());
    let letters = word.chars().count();
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_other_word = letters == NONE.len() && sorted(&word) != sorted(NONE);
    word.starts_with('n') && !is_other_word && strsim::damerau_levenshtein(&word, NONE) == 1
}

/// All conditions must hold; an empty one always does.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Filter {
    /// In one of these buckets, by exact name; `None` is no bucket.
    pub buckets: Vec<Option<String>>,
    /// With one of these tags, ignoring case and accents.
    pub tags: Vec<String>,
    /// In one of these cities or at one of these addresses, as the book has them.
    pub places: Vec<String>,
    /// With each of these texts in some field, ignoring case and accents.
    pub texts: Vec<String>,
}

impl Filter {
    /// Whether the filter matches `contact`.
    pub fn takes(&self, contact: &Contact) -> bool {
        let is_there = |place: &Option<String>| {
            let place = place.as_ref();
            place.is_some_and(|place| self.places.contains(place))
        };
        let has = |tag: &String| {
            let mut tags = contact.tags.iter();
            tags.any(|other| caseless(other.trim()) == caseless(tag.trim()))
        };
        let in_bucket = |asked: &Option<String>| match (asked, &contact.bucket) {
            (None, Some(written)) => is_none(written),
            (asked, bucket) => asked == bucket,
        };
        let mut texts = self.texts.iter().filter(|text| !text.trim().is_empty());
        (self.buckets.is_empty() || self.buckets.iter().any(in_bucket))
            && (self.tags.is_empty() || self.tags.iter().any(has))
            && (self.places.is_empty() || is_there(&contact.city) || is_there(&contact.address))
            && texts.all(|text| mentions(contact, text))
    }
}

/// The contacts with an e-mail address that match all these texts by a name, an address, a company, a bucket or a tag,
/// ignoring case and accents. Those whose name starts with the first text come first.
pub(crate) fn addressees(book: &Book, texts: &[String]) -> Vec<ContactId> {
    let spelled: Vec<Vec<String>> = texts.iter().map(|text| spellings(text)).collect();
    let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let is_one = |id: &ContactId| {
        let contact = book.contact(*id);
        let words = [&contact.company, &contact.bucket].into_iter().flatten();
        let lists = contact.email.iter().chain(&contact.tags);
        let fields = contact.names().chain(words).chain(lists);
        let fields: Vec<String> = fields.map(|field| fold(field)).collect();
        let holds = |(text, spelled): (&String, &Vec<String>)| {
            fields.iter().any(|field| field.contains(text)) || is_named(contact, spelled)
        };
        match_key::addresses(contact).next().is_some() && texts.iter().zip(&spelled).all(holds)
    };
    let mut ids: Vec<ContactId> = book.ids().filter(is_one).collect();
    let first = texts.first().map(String::as_str).unwrap_or_default();
    let begins = |id: &ContactId| fold(&book.contact(*id).name).starts_with(first);
    ids.sort_by_cached_key(|id| !begins(id));
    ids
}

/// Whether a spelling of a name contains one of these, where there is more than one.
fn is_named(contact: &Contact, spelled: &[String]) -> bool {
    let mut names = contact.names();
    names.any(|name| {
        let has_more = spelled.len() > 1 || !name.is_ascii();
        let holds = |name: &String| spelled.iter().any(|text| name.contains(text));
        has_more && spellings(name).iter().any(holds)
    })
}

/// Whether a single field contains `text`.
pub(super) fn mentions(contact: &Contact, text: &str) -> bool {
    let spelled = spellings(text);
    let (text, folded) = (caseless(text), fold(text));
    // Text typed without punctuation matches whatever is between the words; there are many kinds of apostrophe.
    let is_words = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’'))
        && !folded.is_empty();
    let first = folded.split(' ').next().unwrap_or_default();
    // Folding takes one character after another, so a field that contains the text contains it folded, too.
    let holds = |field: &str| {
        if is_words {
            !lacks(field, first) && fold(field).contains(&folded)
        } else {
            caseless(field).contains(&text)
        }
    };
    let is_day = text.len() >= "2026-11".len()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    // Who called? A number matches however it is written.
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let is_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()./".contains(c));
    let number = digits(&text);
    let calls = |phone: &String| is_number && number.len() >= 4 && digits(phone).contains(&number);
    let fields = Field::ALL.into_iter().filter(|field| *field != Field::Uid);
    let mut texts = fields.flat_map(|field| contact.texts(field));
    let in_touch = |touch: &Touch| {
        let words = touch.words();
        words.about().chain(&words.via).any(|text| holds(text))
            || (is_day && touch.on.to_string().contains(&text))
    };
    let is_promised = |promise: &Promise| {
        let by = promise.by.filter(|_| is_day);
        holds(&promise.what) || by.is_some_and(|by| by.to_string().contains(&text))
    };
    let is_date =
        |date: &OtherDay| holds(&date.what) || (is_day && date.on.to_string().contains(&text));
    texts.any(|text| holds(text))
        || is_words && is_named(contact, &spelled)
        || contact.phone.iter().any(calls)
        || contact
            .next
            .as_ref()
            .and_then(|next| next.what.as_ref())
            .is_some_and(|what| holds(what))
        || contact.dates.iter().any(is_date)
        || contact.promises.iter().any(is_promised)
        || contact.touches.iter().any(in_touch)
}

/// Whether `text` certainly does not have a folded word. Nearly all texts are plain, and folding each of them would copy it.
fn lacks(text: &str, word: &str) -> bool {
    let Some(first) = word.bytes().next() else {
        return false;
    };
    // Folding joins what an apostrophe separates.
    if !text.is_ascii() || memchr2(b'\'', b'`', text.as_bytes()).is_some() {
        return false;
    }
    let starts = memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes());
    let is_word = |start: usize| {
        let part = text.as_bytes().get(start..start + word.len());
        part.is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    !starts.into_iter().any(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Words;
    use chrono::NaiveDate;

    fn ana() -> Contact {
        let on = NaiveDate::from_ymd_opt(2026, 10, 2).expect("a day");
        Contact {
            name: "Ana Ruiz".to_owned(),
            bucket: Some("clients".to_owned()),
            company: Some("Ácme".to_owned()),
            phone: vec!["+34 600 000 000".to_owned()],
            tags: vec!["Rust ".to_owned()],
            promises: vec![Promise {
                by: NaiveDate::from_ymd_opt(2026, 11, 27),
                what: "Send the draft".to_owned(),
            }],
            touches: vec![Touch::on(on).with(Words {
                note: Some("budget approved".to_owned()),
                ..Words::default()
            })],
            ..Contact::default()
        }
    }

    fn texts(texts: &[&str]) -> Filter {
        Filter {
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
            ..Filter::default()
        }
    }

    #[test]
    fn every_text_must_be_in_some_field() {
        for (found, given) in [
            (true, &["acme"][..]),
            (true, &["BUDGET appr"]),
            (true, &["rust", "ana"]),
            (true, &["2026-10"]),
            (true, &["the dràft"]),
            (true, &["2026-11-27"]),
            (false, &["2026-11-28"]),
            (true, &["600 000"]),
            (false, &["rust", "berlin"]),
            (false, &["ruiz clients"]),
            (true, &[""]),
            (true, &["+34 600"]),
            (true, &["600000000"]),
            (true, &["34-600"]),
            (false, &["6001"]),
            (false, &["rust+"]),
            (false, &["—"]),
            (false, &["20"]),
            (false, &["(a"]),
            (true, &["ana-ruiz"]),
        ] {
            assert_eq!(texts(given).takes(&ana()), found, "{given:?}");
        }
    }

    #[test]
    fn an_apostrophe_is_found_however_it_is_typed() {
        for name in ["Seán O’Brien", "Seán O'Brien"] {
            let sean = Contact {
                name: name.to_owned(),
                ..Contact::default()
            };
            for typed in ["o'brien", "O’Brien", "obrien"] {
                assert!(texts(&[typed]).takes(&sean), "{name} {typed}");
            }
            assert!(!texts(&["o'b-rien"]).takes(&sean));
        }
        assert!(!texts(&["'"]).takes(&ana()));
    }

    #[test]
    fn a_name_is_found_in_either_spelling() {
        let named = |name: &str| Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        for (name, typed) in [
            ("Jürgen Müller", "mueller"),
            ("Jürgen Müller", "muller"),
            ("Jürgen Mueller", "Müll"),
            ("李 小龙", "李小"),
            ("李小龙", "李 小"),
        ] {
            assert!(texts(&[typed]).takes(&named(name)), "{name} {typed}");
        }
        assert!(!texts(&["muller"]).takes(&named("Jürgen Mueller")));
    }

    #[test]
    fn one_of_the_buckets_and_one_of_the_tags() {
        let filter = |bucket: &str, tag: &str| Filter {
            buckets: vec![None, Some(bucket.to_owned())],
            tags: vec![tag.to_owned()],
            ..Filter::default()
        };
        assert!(filter("clients", "rust").takes(&ana()));
        assert!(!filter("client", "rust").takes(&ana()));
        assert!(!filter("clients", "go").takes(&ana()));
        assert!(Filter::default().takes(&ana()));
        let loose = Contact {
            bucket: None,
            ..ana()
        };
        assert!(filter("clients", "rust").takes(&loose));
    }

    #[test]
    fn no_bucket_is_also_one_that_is_called_so() {
        let without = Filter {
            buckets: vec![None],
            ..Filter::default()
        };
        let contact = |bucket: Option<&str>| Contact {
            bucket: bucket.map(str::to_owned),
            ..Contact::default()
        };
        for bucket in [None, Some("none"), Some("None ")] {
            assert!(without.takes(&contact(bucket)), "{bucket:?}");
        }
        assert!(!without.takes(&contact(Some("friends"))));
    }

    #[test]
    fn another_word_is_no_slip_for_none() {
        for slip in ["non", "noen", "nonne", "Nnoe", "nome"] {
            assert_eq!(is_nearly_none(slip), slip != "nome", "{slip}");
        }
        for word in ["none", "nine", "nope", "note", "one", "done", "no", "n", ""] {
            assert!(!is_nearly_none(word), "{word}");
        }
    }

    #[test]
    fn a_word_that_is_ruled_out_is_in_no_folded_text() {
        for text in [
            "Ana Ruiz",
            "O'Brien",
            "budget_approved",
            "Café",
            "a-B c",
            "x`y",
            "",
        ] {
            for word in [
                "ana", "ruiz", "obrien", "budget", "approved", "cafe", "b", "xy", "李",
            ] {
                let is_there = fold(text).contains(word) || caseless(text).contains(word);
                assert!(!(lacks(text, word) && is_there), "{text} {word}");
            }
        }
        assert!(lacks("Ana Ruiz", "bo") && !lacks("Ana Ruiz", "na"));
    }
}
