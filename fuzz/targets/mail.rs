//! Any mail is read, the same in pieces of any length and from any of its messages; nothing in it reaches a line raw.
#![no_main]

use std::io::{BufRead, BufReader, Read};

use libfuzzer_sys::fuzz_target;
use netkeep::domain::sources::fact::Mail;
use netkeep::exchange::TouchSource;
use netkeep::exchange::mail::{MailFolder, MailReading, mbox, message};

/// Gives a few bytes at a time.
struct Slow<'b>(&'b [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = into.len().min(self.1);
        self.0.read(&mut into[..most])
    }
}

fn messages(input: impl Read) -> Vec<(u64, Mail)> {
    let mut found = vec![];
    let how = MailReading {
        with_subjects: true,
    };
    let mut input = BufReader::new(input);
    let end = mbox(&mut input, how, &mut |at, mail| found.push((at, mail)));
    assert!(end.is_ok());
    let rest = input.fill_buf();
    assert!(rest.is_ok_and(<[u8]>::is_empty), "all is read");
    found
}

fuzz_target!(|bytes: &[u8]| {
    let found = messages(bytes);
    let piece = bytes.first().map_or(1, |byte| usize::from(*byte) + 1);
    assert_eq!(found, messages(Slow(bytes, piece)));
    for (number, (at, mail)) in found.iter().enumerate() {
        let place = usize::try_from(*at).expect("within the bytes");
        assert!(bytes[place..].starts_with(b"From "));
        if number < 3 {
            let rest = messages(&bytes[place..]);
            assert!(
                rest.iter()
                    .map(|(_, mail)| mail)
                    .eq(found[number..].iter().map(|(_, mail)| mail))
            );
        }
        check(mail);
    }
    let mut input = bytes;
    if let Some(mail) = message(&mut input, MailReading::default()).expect("memory") {
        check(&mail);
    }
    let _ = TouchSource::of(bytes);
    let _ = MailFolder::of(&String::from_utf8_lossy(bytes));
});

fn check(mail: &Mail) {
    assert!(mail.from.len() <= Mail::MANY + 1 && mail.to.len() <= Mail::MANY + 1);
    assert!(mail.answers.len() <= Mail::ANSWERS);
    let mailboxes = mail.from.iter().chain(&mail.to);
    let texts = mailboxes.flat_map(|one| one.name.iter().chain([&one.address]));
    for text in texts.chain(&mail.subject) {
        assert!(!text.is_empty() && text.len() <= 4000);
        assert!(
            !text.contains(|c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')),
            "{text:?}"
        );
    }
}
