//! A book with invented people in place of the real ones, for a bug report.
//!
//! Every word becomes another of the same shape, equal words the same one, so that what caused the bug is still there:
//! lengths, scripts, accents, duplicates, and every day except birthdays and those of `dates`. The new word depends only on the words before it,
//! not on the word itself, so it cannot be reversed. Only words such as `through` and `introduced by` stay, so that introductions are still told.

mod letters;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use self::letters::runs;
use super::due::channel::CHANNELS;
use super::find::introductions::connecting;
use super::identity::match_key::{email, uid_key, uid_of_name};
use super::model::field::FieldKind;
use super::model::sources::SOURCES;
use super::{AnnualDay, Book, BookSources, Contact, Field, IgnoredTouch};

/// Bucket names that reveal nothing.
const COMMON: [&str; 5] = ["clients", "prospects", "colleagues", "friends", "family"];

pub(crate) fn redacted(book: &Book) -> Book {
    let mut redactor = Redactor {
        real: words_of(book),
        kept: kept_words(book),
        // A name with one of them in it would end there.
        used: connecting().map(str::to_owned).collect(),
        ..Redactor::default()
    };
    let mut book = book.clone();
    if let Some(channel) = &mut book.defaults.channel {
        *channel = redactor.channel(channel);
    }
    // They may contain names.
    book.aliases.clear();
    book.sync.cards = None;
    for bucket in &mut book.buckets {
        bucket.name = redactor.bucket(&bucket.name);
    }
    let with_cards = book.sync.who.buckets_mut().into_iter().flatten();
    for bucket in with_cards.chain(&mut book.defaults.bucket) {
        *bucket = redactor.bucket(bucket);
    }
    redactor.sources(&mut book.sources);
    let mut names = HashSet::new();
    for contact in book.contacts.iter_mut().map(Arc::make_mut) {
        redactor.contact(contact);
        let mut number = 2;
        let name = contact.name.clone();
        while !names.insert(contact.name.clone()) {
            contact.name = format!("{name} ({number})");
            number += 1;
        }
    }
    book
}

/// The words that must not be invented: all of three letters or more in the book, in lower case.
fn words_of(book: &Book) -> HashSet<String> {
    let text = format!("{book:?}").to_lowercase();
    let words = text.split(|c: char| !c.is_alphabetic());
    let long = words.filter(|word| (SHORTEST..=LONGEST).contains(&word.chars().count()));
    long.map(str::to_owned).collect()
}

/// The words by which introductions are told, without those that are in a name.
fn kept_words(book: &Book) -> HashSet<String> {
    let mut kept: HashSet<String> = connecting().map(str::to_owned).collect();
    for contact in &book.contacts {
        let names = std::iter::once(&contact.name).chain(&contact.aka);
        for run in names.chain(&contact.company).flat_map(|name| runs(name)) {
            kept.remove(&run.to_lowercase());
        }
    }
    kept
}

/// A word with fewer letters tells nothing.
const SHORTEST: usize = 3;

/// No word is as long as this, and invented by chance.
const LONGEST: usize = 12;

#[derive(Default)]
struct Redactor {
    /// The words of the real book.
    real: HashSet<String>,
    /// The words that stay where an introduction may be told.
    kept: HashSet<String>,
    words: HashMap<String, String>,
    used: HashSet<String>,
    state: u64,
}

impl Redactor {
    /// The next number of a fixed sequence (SplitMix64, Steele et al. 2014), below `end`.
    fn number(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.state;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((number ^ (number >> 31)) % end as u64).unwrap_or_default()
    }

    fn contact(&mut self, contact: &mut Contact) {
        for name in std::iter::once(&mut contact.name).chain(&mut contact.aka) {
            *name = self.name(name);
        }
        self.each(&mut contact.tags);
        for field in Field::ALL {
            let is_own = matches!(field, Field::Name | Field::Met | Field::Uid);
            if field.kind() == FieldKind::Text && !is_own {
                self.each(contact.texts_mut(field));
            }
        }
        if let Some(met) = &mut contact.met {
            *met = self.connected(met);
        }
        for email in &mut contact.email {
            *email = self.address(email, "@");
        }
        for link in &mut contact.links {
            *link = self.address(link, "://");
        }
        for phone in &mut contact.phone {
            *phone = self.digits(phone);
        }
        if let Some(bucket) = &mut contact.bucket {
            *bucket = self.bucket(bucket);
        }
        if let Some(uid) = &mut contact.uid {
            *uid = uid_of_name(&self.text(&uid_key(uid)));
        }
        contact.birthday = contact.birthday.map(|birthday| self.annual_day(birthday));
        for date in &mut contact.dates {
            date.on = self.annual_day(date.on);
        }
        self.each(contact.dates.iter_mut().map(|date| &mut date.what));
        let next = contact.next.iter_mut();
        self.each(next.filter_map(|next| next.what.as_mut()));
        self.each(contact.promises.iter_mut().map(|promise| &mut promise.what));
        for touch in &mut contact.touches {
            let mut words = touch.words().clone();
            self.each(&mut words.note);
            for given in [&mut words.gave, &mut words.got].into_iter().flatten() {
                *given = self.connected(given);
            }
            words.via = words.via.map(|via| self.channel(&via));
            words.source = words
                .source
                .map(|source| self.unless_known(&SOURCES, &source));
            *touch = touch.clone().with(words);
        }
    }

    /// A name, which may be an address.
    fn name(&mut self, name: &str) -> String {
        match email(name) {
            Some(_) => self.address(name, "@"),
            None => self.text(name),
        }
    }

    /// Leaves out the paths, which may contain names.
    fn sources(&mut self, sources: &mut BookSources) {
        let me = sources.me.iter().map(|address| self.address(address, "@"));
        let me = me.collect();
        let ignored = sources.ignored.iter();
        let ignored = ignored.map(|touch| {
            let (via, name) = (self.channel(touch.via()), self.name(touch.name()));
            IgnoredTouch::new(touch.on(), Some(&via), &name)
        });
        *sources = BookSources {
            me,
            until: sources.until,
            ignored: ignored.collect(),
            ..BookSources::default()
        };
    }

    fn each<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut String>) {
        for text in texts {
            *text = self.text(text);
        }
    }

    fn channel(&mut self, via: &str) -> String {
        self.unless_known(&CHANNELS, via)
    }

    fn bucket(&mut self, name: &str) -> String {
        self.unless_known(&COMMON, name)
    }

    fn unless_known(&mut self, known: &[&str], text: &str) -> String {
        if known.contains(&text) {
            text.to_owned()
        } else {
            self.text(text)
        }
    }

    /// A text with its words and digits replaced; all else stays.
    fn text(&mut self, text: &str) -> String {
        runs(text).into_iter().map(|run| self.word(run)).collect()
    }

    /// The same, but the words stay by which introductions are told.
    fn connected(&mut self, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        for run in runs(text) {
            // All in capitals, it may be a company.
            let is_capitals = run.chars().nth(1).is_some_and(char::is_uppercase);
            if !is_capitals && self.kept.contains(&run.to_lowercase()) {
                new += run;
            } else {
                new += &self.word(run);
            }
        }
        new
    }

    /// Another word of the same shape; the same for equal words, ignoring case. Text without letters and digits stays.
    fn word(&mut self, word: &str) -> String {
        let key = word.to_lowercase();
        if !key.chars().any(char::is_alphanumeric) {
            return word.to_owned();
        }
        if !self.words.contains_key(&key) {
            // Few short words have the same shape, so two of them may become one.
            let mut new = String::new();
            for _ in 0..100 {
                new = key.chars().map(|c| self.letter(c)).collect();
                if new != key && !self.used.contains(&new) && !self.tells(&new) {
                    break;
                }
            }
            self.used.insert(new.clone());
            self.words.insert(key.clone(), new);
        }
        let new = self.words[&key].chars();
        let case = |(new, old): (char, char)| {
            let upper = old.is_uppercase().then(|| new.to_uppercase().next());
            upper.flatten().unwrap_or(new)
        };
        new.zip(word.chars()).map(case).collect()
    }

    /// Whether a real word is in an invented one.
    fn tells(&self, new: &str) -> bool {
        let letters: Vec<char> = new.chars().collect();
        let lengths = SHORTEST..=LONGEST.min(letters.len());
        let mut parts = lengths.flat_map(|length| letters.windows(length));
        parts.any(|part| self.real.contains(&part.iter().collect::<String>()))
    }

    /// Another letter of the same kind.
    fn letter(&mut self, c: char) -> char {
        let others = letters::alike(c);
        let at = self.number(others.len().max(1));
        others.get(at).copied().unwrap_or('x')
    }

    /// An e-mail address or a page with other words and a host that cannot exist (RFC 2606). The scheme of a page stays.
    fn address(&mut self, address: &str, mark: &str) -> String {
        let Some((before, rest)) = address.split_once(mark) else {
            return self.text(address);
        };
        let is_scheme =
            ["http", "https", "ftp", "xmpp", "sip"].contains(&before.to_lowercase().as_str());
        let before = if is_scheme {
            before.to_owned()
        } else {
            self.text(before)
        };
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let end = rest.find(|c| !is_host(c)).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        let host = host.rsplit_once('.').map_or(host, |(host, _)| host);
        format!(
            "{before}{mark}{}.example{}",
            self.text(host),
            self.text(path)
        )
    }

    /// A number with other digits after its leading zeros. Each digit depends on those after it, so that a number with and
    /// without its country code stays the same number.
    fn digits(&mut self, phone: &str) -> String {
        let digits: Vec<char> = phone.chars().filter(|c| c.is_numeric()).collect();
        let zeros = digits.iter().take_while(|c| **c == '0').count();
        let mut new = Vec::with_capacity(digits.len());
        for at in zeros..digits.len() {
            let key = format!("#{}", digits[at..].iter().collect::<String>());
            let known = self.words.get(&key).and_then(|new| new.chars().next());
            let digit = known.unwrap_or_else(|| {
                let mut others = (0..20).map(|_| self.letter(digits[at]));
                others.find(|other| *other != digits[at]).unwrap_or('5')
            });
            self.words.insert(key, digit.to_string());
            new.push(digit);
        }
        let mut new = std::iter::repeat_n('0', zeros).chain(new);
        let one = |c: char| match c {
            c if c.is_numeric() => new.next().unwrap_or('0'),
            c if c.is_alphabetic() => 'x',
            c => c,
        };
        phone.chars().map(one).collect()
    }

    /// Another day; 29 February stays, because that is where bugs are.
    fn annual_day(&mut self, old: AnnualDay) -> AnnualDay {
        let is_leap_day = old.is_leap_day();
        let [month, day] = [12, 28].map(|end| u32::try_from(self.number(end) + 1).unwrap_or(1));
        let (month, day) = if is_leap_day { (2, 29) } else { (month, day) };
        let AnnualDay::Date(old) = old else {
            return AnnualDay::Yearless { month, day };
        };
        let year = if is_leap_day {
            1960 + 4 * self.number(11)
        } else {
            1950 + self.number(55)
        };
        let year = i32::try_from(year).unwrap_or_default();
        AnnualDay::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap_or(old))
    }
}

#[cfg(test)]
mod tests {
    use super::super::find::introductions::{introduced, introducer};
    use super::super::{Promise, Touch, Value, Words};
    use super::*;

    #[test]
    fn no_name_is_left_and_every_shape_is() {
        let on = "2026-10-02".parse().expect("a day");
        let ana = Contact {
            name: "Ana Ruiz-Łuk".to_owned(),
            company: Some("Acme & Söhne, Inc. 12".to_owned()),
            email: vec!["ana.ruiz@acme.example".to_owned()],
            phone: vec!["+34 600 000 001".to_owned()],
            links: vec!["https://www.linkedin.com/in/ana-ruiz".to_owned()],
            birthday: Some("--02-29".parse().expect("a birthday")),
            notes: Some("Two kids.\nRuiz!".to_owned()),
            promises: vec![Promise {
                by: Some(on),
                what: "send the draft".to_owned(),
            }],
            touches: vec![Touch::on(on).with(Words {
                via: Some("call".to_owned()),
                note: Some("budget".to_owned()),
                gave: Some("a word with Ines".to_owned()),
                got: Some("Basalt".to_owned()),
                source: Some("mail".to_owned()),
            })],
            ..Contact::default()
        };
        let other = Contact {
            name: "ana 李小龙".to_owned(),
            phone: vec!["0600000001".to_owned()],
            ..Contact::default()
        };
        let book: Book = [ana, other].into_iter().collect();
        let redacted = redacted(&book);
        let [new, other] = redacted.contacts.as_slice() else {
            panic!("two")
        };
        let text = format!("{redacted:?}").to_lowercase();
        for word in [
            "ana", "ruiz", "acme", "söhne", "kids", "draft", "budget", "李", "600", "linkedin",
        ] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        let shape = |text: &str| -> String {
            text.chars()
                .map(|c| {
                    if c.is_uppercase() {
                        'A'
                    } else if c.is_alphabetic() {
                        'a'
                    } else if c.is_numeric() {
                        '0'
                    } else {
                        c
                    }
                })
                .collect()
        };
        assert_eq!(shape(&new.name), "Aaa Aaaa-Aaa");
        assert_eq!(
            shape(new.company.as_deref().unwrap_or_default()),
            "Aaaa & Aöaaa, Aaa. 00".replace('ö', "a")
        );
        assert_eq!(new.name[..3].to_lowercase(), other.name[..3]);
        assert!(new.email[0].ends_with(".example") && new.links[0].starts_with("https://"));
        assert_eq!(new.phone[0].replace(' ', "")[4..], other.phone[0][2..]);
        assert_eq!(
            new.birthday.map(|birthday| birthday.to_string()).as_deref(),
            Some("--02-29")
        );
        assert_eq!(
            (new.touches[0].on, new.touches[0].via()),
            (on, Some("call"))
        );
        assert_eq!(new.touches[0].source(), Some("mail"));
        assert_eq!(super::redacted(&book), redacted);
    }

    #[test]
    fn introductions_are_still_told_and_no_other_word_is_left() {
        let met = |name: &str, met: &str| Contact {
            name: name.to_owned(),
            met: Some(met.to_owned()),
            ..Contact::default()
        };
        let gave = Words {
            gave: Some("an introduction to Kai Mori".to_owned()),
            got: Some("introduced me to Via Moss when in Kent".to_owned()),
            ..Words::default()
        };
        let bo = Contact {
            name: "Bo Lind".to_owned(),
            notes: Some("through thick".to_owned()),
            touches: vec![Touch::on("2026-10-02".parse().expect("a day")).with(gave)],
            ..Contact::default()
        };
        let kai = met("Kai Mori", "Basalt, Introduced by Bo Lind at dawn, WHO");
        let via = met("Via Moss", "a talk, via Kai Mori"); // Someone is called that.
        let book = redacted(&[bo, kai, via].into_iter().collect());
        let [bo, kai, via] = book.contacts.as_slice() else {
            panic!("three")
        };
        let kai_met = kai.met.as_deref().unwrap_or_default();
        assert_eq!(introducer(kai_met).plain(), Some(bo.name.as_str()));
        assert!(kai_met.contains(" Introduced by "), "{kai_met}");
        let words = bo.touches[0].words();
        let gave = words.gave.as_deref().unwrap_or_default();
        assert!(
            gave.ends_with(&format!(" introduction to {}", kai.name)),
            "{gave}"
        );
        let got = words.got.as_deref().unwrap_or_default();
        assert_eq!(introduced(got).plain(), Some(via.name.as_str()));
        let via_met = via.met.as_deref().unwrap_or_default();
        assert_eq!(introducer(via_met).plain(), None, "{via_met}");
        let text = format!("{book:?}").to_lowercase();
        let real = "an thick basalt dawn who kent talk via through kai";
        let left = text.split(|c: char| !c.is_alphabetic());
        let left = left.filter(|word| real.split(' ').any(|real| real == *word));
        assert_eq!(left.collect::<Vec<_>>(), ["who", "via"], "fields: {text}");
    }

    proptest::proptest! {
        #[test]
        fn no_word_of_the_book_is_left(
            texts in proptest::collection::vec(
                "[a-e]{1,4} [ぁ-ん一-龥가-힣]{2,5} [ऄ-हก-ฮ]{3,5}[ア-ヲ]{3,4} [а-яё]{3,6} [α-ω]{3,5} [א-ת]{3,5} [ء-ي]{3,5} [à-ž]{3,5} [ạ-ỹ]{3} [ა-ჰ]{3,5}",
                1..6,
            ),
        ) {
            let contacts = texts.iter().map(|text| Contact {
                name: text.clone(),
                notes: Some(format!("{text}\n{text}")),
                email: vec![format!("{}@{}.example", &text[..1], text.split(' ').nth(4).unwrap_or("x"))],
                ..Contact::default()
            });
            let redacted = redacted(&contacts.collect());
            let all: String = redacted.contacts.iter().map(|one| format!("{one:?} ")).collect();
            let found = |text: &str| -> HashSet<String> {
                let words = text.to_lowercase();
                let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
                words.map(str::to_owned).collect()
            };
            let left: Vec<String> = found(&texts.join(" ")).intersection(&found(&all)).cloned().collect();
            proptest::prop_assert!(left.is_empty(), "{left:?}");
            for (contact, text) in redacted.contacts.iter().zip(&texts) {
                // Only a number may follow the name.
                proptest::prop_assert!(contact.name.chars().count() >= text.chars().count());
            }
        }
    }

    #[test]
    fn every_text_of_a_contact_is_redacted() {
        let mut contact = Contact::default();
        for field in Field::ALL {
            contact.set(field, Some(Value::Text("Secret".to_owned())));
        }
        let redacted = redacted(&[contact.clone()].into_iter().collect());
        for field in Field::ALL {
            let [old, new] = [&contact, &redacted.contacts[0]].map(|contact| contact.texts(field));
            assert!(old.is_empty() || old != new, "{field:?}");
        }
    }
}
