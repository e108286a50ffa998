//! A book with invented people in the place of those who are in it, for a bug report.
//!
//! Every word becomes another of the same shape, the same one the same way, so that what made the bug is still there: lengths,
//! scripts, accents, duplicates, and every day but the birthdays. What a word becomes depends on the words before it alone, and not on
//! the word, so nobody can work it back.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::channel::CHANNELS;
use super::mark::uid_of_name;
use super::{Birthday, Book, Contact};

/// Buckets that say nothing about anybody.
const COMMON: [&str; 5] = ["clients", "prospects", "colleagues", "friends", "family"];

/// Letters for letters: each takes the place of one of its own set.
const LETTERS: [&str; 12] = [
    "aeiouy",
    "bcdfghjklmnpqrstvwxz",
    "áéíóúàèìòùâêîôûäëïöüåæøœãõ",
    "çñšžčćďěłńřśťźđðþß",
    "абвгдежзиклмнопрстуфхцчшщыэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ",
    "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허",
    "一二三四五六七八九十百千山川木林森田中大小上下左右日月火水金土石花草竹米糸貝車雨空",
];

/// `book` with invented people.
#[must_use]
pub fn redacted(book: &Book) -> Book {
    let mut redactor = Redactor::default();
    let mut book = book.clone();
    for bucket in &mut book.buckets {
        bucket.name = redactor.bucket(&bucket.name);
    }
    let mut names = HashSet::new();
    for contact in &mut book.contacts {
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

#[derive(Default)]
struct Redactor {
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
        self.each([&mut contact.name]);
        self.each(&mut contact.aka);
        self.each(&mut contact.tags);
        let texts = [
            &mut contact.company,
            &mut contact.title,
            &mut contact.address,
            &mut contact.city,
            &mut contact.met,
            &mut contact.notes,
        ];
        self.each(texts.into_iter().flatten());
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
            *uid = uid_of_name(&self.word(uid));
        }
        contact.birthday = contact.birthday.map(|birthday| self.birthday(birthday));
        self.each(
            contact
                .next
                .iter_mut()
                .filter_map(|next| next.what.as_mut()),
        );
        for touch in &mut contact.touches {
            self.each(touch.note.as_mut());
            if let Some(via) = touch
                .via
                .as_mut()
                .filter(|via| !CHANNELS.contains(&via.as_str()))
            {
                *via = self.text(via);
            }
        }
    }

    fn each<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut String>) {
        for text in texts {
            *text = self.text(text);
        }
    }

    fn bucket(&mut self, name: &str) -> String {
        if COMMON.contains(&name) {
            name.to_owned()
        } else {
            self.text(name)
        }
    }

    /// A text with other words and figures; what is neither stays.
    fn text(&mut self, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut word = String::new();
        for c in text.chars().chain(['\0']) {
            if c.is_alphabetic() {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                new.push_str(&self.word(&std::mem::take(&mut word)));
            }
            match c {
                '\0' => {}
                '0'..='9' => new.push(char::from(
                    b'0' + u8::try_from(self.number(10)).unwrap_or_default(),
                )),
                c => new.push(c),
            }
        }
        new
    }

    /// Another word of the same shape; the same for the same word, in whatever case.
    fn word(&mut self, word: &str) -> String {
        let key = word.to_lowercase();
        if !self.words.contains_key(&key) {
            // A short word has few of its shape: two of them may become one.
            let mut new = String::new();
            for _ in 0..100 {
                new = key.chars().map(|c| self.letter(c)).collect();
                if !self.used.contains(&new) {
                    break;
                }
            }
            self.used.insert(new.clone());
            self.words.insert(key.clone(), new);
        }
        let new = self.words[&key].chars();
        let case = |(new, old): (char, char)| {
            let upper = old
                .is_uppercase()
                .then(|| new.to_uppercase().next())
                .flatten();
            upper.unwrap_or(new)
        };
        new.zip(word.chars()).map(case).collect()
    }

    fn letter(&mut self, c: char) -> char {
        let is_han = matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
        let set = LETTERS
            .iter()
            .find(|set| set.contains(c))
            .or(LETTERS.last().filter(|_| is_han));
        let set = set.copied().unwrap_or(match c {
            '\u{400}'..='\u{52f}' => LETTERS[4],
            '\u{370}'..='\u{3ff}' => LETTERS[5],
            '\u{590}'..='\u{5ff}' => LETTERS[6],
            '\u{600}'..='\u{6ff}' => LETTERS[7],
            '\u{3040}'..='\u{309f}' => LETTERS[8],
            '\u{30a0}'..='\u{30ff}' => LETTERS[9],
            '\u{ac00}'..='\u{d7af}' => LETTERS[10],
            c if c.is_ascii() => LETTERS[1],
            _ => LETTERS[2],
        });
        set.chars()
            .nth(self.number(set.chars().count()))
            .unwrap_or('x')
    }

    /// An e-mail address or a page: what comes before the mark (for a page, how to get there) and the path are words, and the host is
    /// one of those that nobody has (RFC 2606).
    fn address(&mut self, address: &str, mark: &str) -> String {
        let Some((before, rest)) = address.split_once(mark) else {
            return self.text(address);
        };
        let before = if mark == "@" {
            self.text(before)
        } else {
            before.to_owned()
        };
        let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let host = host.rsplit_once('.').map_or(host, |(host, _)| host);
        format!(
            "{before}{mark}{}.example{}",
            self.text(host),
            self.text(path)
        )
    }

    /// A number with other digits; the same for the same last digits, however it is written.
    fn digits(&mut self, phone: &str) -> String {
        const SAME: usize = 8;
        let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
        let split = digits.len().saturating_sub(SAME);
        let mut new = String::new();
        for part in [&digits[..split], &digits[split..]] {
            let key: String = part.iter().collect();
            if !self.words.contains_key(&key) {
                // A leading zero says how the number is meant.
                let digit = |c: &char| {
                    if *c == '0' {
                        '0'
                    } else {
                        char::from(b'1' + u8::try_from(self.number(9)).unwrap_or_default())
                    }
                };
                let other = part.iter().map(digit).collect();
                self.words.insert(key.clone(), other);
            }
            new.push_str(&self.words[&key]);
        }
        let mut new = new.chars();
        phone
            .chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    new.next().unwrap_or('0')
                } else if c.is_alphabetic() {
                    'x'
                } else {
                    c
                }
            })
            .collect()
    }

    /// Another day; 29 February stays, since it is where things go wrong.
    fn birthday(&mut self, birthday: Birthday) -> Birthday {
        let leap_day =
            "--02-29".parse() == Ok(birthday) || birthday.to_string().ends_with("-02-29");
        let [month, day] = [12, 28].map(|end| u32::try_from(self.number(end) + 1).unwrap_or(1));
        let (month, day) = if leap_day { (2, 29) } else { (month, day) };
        match birthday {
            Birthday::Yearless { .. } => Birthday::Yearless { month, day },
            Birthday::Date(old) => {
                let years = if leap_day {
                    1960 + 4 * self.number(11)
                } else {
                    1950 + self.number(55)
                };
                let date = i32::try_from(years)
                    .ok()
                    .and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
                Birthday::Date(date.unwrap_or(old))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Touch;

    #[test]
    fn nobody_is_left_and_every_shape_is() {
        let on = "2026-10-02".parse().expect("a day");
        let ana = Contact {
            name: "Ana Ruiz-Łuk".to_owned(),
            company: Some("Acme & Söhne, Inc. 12".to_owned()),
            email: vec!["ana.ruiz@acme.example".to_owned()],
            phone: vec!["+34 600 000 001".to_owned()],
            links: vec!["https://www.linkedin.com/in/ana-ruiz".to_owned()],
            birthday: Some("--02-29".parse().expect("a birthday")),
            notes: Some("Two kids.\nRuiz!".to_owned()),
            touches: vec![Touch {
                via: Some("call".to_owned()),
                note: Some("budget".to_owned()),
                ..Touch::on(on)
            }],
            ..Contact::default()
        };
        let other = Contact {
            name: "ana 李小龙".to_owned(),
            phone: vec!["0600000001".to_owned()],
            ..Contact::default()
        };
        let book = Book {
            contacts: vec![ana, other],
            ..Book::default()
        };
        let redacted = redacted(&book);
        let [new, other] = redacted.contacts.as_slice() else {
            panic!("two")
        };
        let text = format!("{redacted:?}").to_lowercase();
        for word in [
            "ana", "ruiz", "acme", "söhne", "kids", "budget", "李", "600", "linkedin",
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
            (new.touches[0].on, new.touches[0].via.as_deref()),
            (on, Some("call"))
        );
        assert_eq!(super::redacted(&book), redacted);
    }
}
