//! Mail as programs keep it, and as nobody should.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};

use netkeep::domain::sources::fact::{Mail, MailKind};
use netkeep::exchange::TouchSource;
use netkeep::exchange::mail::{MailReading, mbox, message};

const HOW: MailReading = MailReading {
    with_subjects: true,
};

fn sample(name: &str) -> Vec<u8> {
    fs::read(format!("tests/samples/{name}")).expect("a sample")
}

fn messages(bytes: &[u8]) -> Vec<Mail> {
    let mut found = vec![];
    let mut input = bytes;
    mbox(&mut input, HOW, &mut |_, mail| found.push(mail)).expect("memory");
    found
}

fn people(mail: &Mail) -> String {
    let one = |all: &[netkeep::domain::sources::fact::Mailbox]| {
        let all = all.iter().map(|one| {
            let name = one.name.as_deref().unwrap_or("-");
            format!("{name} <{}>", one.address)
        });
        all.collect::<Vec<_>>().join(", ")
    };
    let day = mail.day.map(|day| day.to_string()).unwrap_or_default();
    format!("{day} {} > {}", one(&mail.from), one(&mail.to))
}

#[test]
fn an_inbox_is_read_message_by_message() {
    let bytes = sample("inbox.mbox");
    assert_eq!(TouchSource::of(&bytes), Some(TouchSource::Mbox));
    let all = messages(&bytes);
    let told: Vec<String> = all.iter().map(people).collect();
    assert_eq!(
        told,
        [
            "2026-03-02 Zofia Wiśniewska <zofia@wisla.example> > Sam Keeper <sam@keeper.example>",
            "2026-03-03 Keeper, Sam <sam@keeper.example> > Wiśniewska, Zofia <zofia@wisla.example>, Bram de Groot <bram@groot.example>",
            "2026-03-04 - <no-reply@shop.example> > - <sam@keeper.example>",
            "2026-03-05 Bram de Groot <bram@groot.example> > - <sam@keeper.example>, Inès <ines@delacroix.example>",
            "2026-03-06 Sam Keeper <sam@keeper.example> > Lupe Arriaga <lupe@arriaga.example>",
        ]
    );
    let kinds: Vec<Option<MailKind>> = all.iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds, [None, None, Some(MailKind::Bulk), None, None]);
    let subjects: Vec<&str> = all
        .iter()
        .filter_map(|mail| mail.subject.as_deref())
        .collect();
    assert_eq!(
        subjects,
        [
            "Witaj świecie",
            "Re: hello",
            "50% off",
            "Lunch?",
            "Café Friday?"
        ]
    );
    assert_eq!(all[1].answers, [all[0].id]);
}

#[test]
fn a_message_is_the_same_in_a_maildir() {
    let all = messages(&sample("inbox.mbox"));
    for (name, at) in [("maildir-seen", 0), ("maildir-new", 3)] {
        let bytes = sample(name);
        assert_eq!(
            TouchSource::of(&bytes),
            Some(TouchSource::Message),
            "{name}"
        );
        let mail = message(&mut &bytes[..], HOW).expect("memory");
        assert_eq!(mail.as_ref(), Some(&all[at]), "{name}");
    }
}

#[test]
fn hostile_mail_gives_short_facts() {
    let from = "From x Mon Mar  2 09:15:00 2026\n";
    let to: String = (0..1_000_000)
        .map(|at| format!("p{at}@x.example,\n "))
        .collect();
    let deep: String = (0..1000)
        .map(|at| {
            format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\nContent-Type: message/rfc822\n\nFrom: b{at}@x.example\n")
        })
        .collect();
    let long = "x".repeat(10_000_000);
    let text = [
        format!("{from}From: a@x.example\nTo: {to}\nDate: 2 Mar 2026 09:15 +0000\n\nHi\n\n"),
        format!("{from}From: a@x.example\n{deep}\n\n"),
        format!("{from}X: {long}\nFrom: a@x.example\nSubject: {long}\n\n{long}\n\n"),
        format!("{from}From: {}a@x.example\n\n\n", "(".repeat(100_000)),
        format!(
            "{from}From: {}a@x.example\n\n\n",
            "\"<=?utf-8?q?".repeat(100_000)
        ),
        format!(
            "{from}Message-ID: {}\nReferences: {}\n\n\n",
            "<".repeat(1_000_000),
            "<a><b".repeat(1_000_000)
        ),
    ];
    let found = messages(text.concat().as_bytes());
    assert_eq!(found.len(), text.len());
    assert_eq!(
        people(&found[0]).matches("@x.example").count(),
        1 + Mail::MANY + 1
    );
    assert_eq!(
        found[0].day.map(|day| day.to_string()).as_deref(),
        Some("2026-03-02")
    );
    assert_eq!(people(&found[1]), " - <a@x.example> > ");
    assert_eq!(people(&found[2]), " - <a@x.example> > ");
    for mail in &found[3..] {
        assert_eq!(people(mail), "  > ");
    }
    for mail in &found {
        let size = people(mail).len() + mail.subject.as_ref().map_or(0, String::len);
        assert!(size < 20_000 && mail.answers.len() <= Mail::ANSWERS);
    }
}

#[test]
fn a_long_attachment_is_read_to_its_end() {
    let head = "From x Mon Mar  2 09:15:00 2026\nFrom: a@x.example\n\n\n";
    let attachment = io::repeat(b'x').take(200 << 20);
    let mut input = BufReader::new(head.as_bytes().chain(attachment));
    let mut places = vec![];
    mbox(&mut input, HOW, &mut |at, _| places.push(at)).expect("memory");
    assert_eq!(places, [0]);
    assert!(input.fill_buf().expect("memory").is_empty());
}
