//! The address book of abook, `~/.abook/addressbook`.
//!
//! Source: the manual and the output of abook 0.6.1: numbered sections of `key=value` lines, with commas between the items of a list.

use super::draft::ContactDraft;
use super::postal::Postal;
use super::{ImportFormat, Parsed, ReadOptions, Unreadable};

pub(super) fn is_abook(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    first == "# abook addressbook file"
        || first == "[format]"
            && lines
                .next()
                .is_some_and(|line| line.replace(' ', "") == "program=abook")
}

pub(super) fn read(text: &str, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let mut found = Parsed {
        source: ImportFormat::Abook,
        ..Parsed::default()
    };
    let mut keys: Vec<&str> = Vec::new();
    let mut section: Option<(usize, Vec<(&str, &str)>)> = None;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') && line.ends_with(']') {
            finish(section.take(), how, &mut found);
            let is_person = line[1..line.len() - 1]
                .bytes()
                .all(|byte| byte.is_ascii_digit());
            section = is_person.then(|| (at + 1, Vec::new()));
        } else if let (Some((_, pairs)), Some((key, value))) = (&mut section, line.split_once('='))
        {
            let pair = (key.trim(), value.trim());
            keys.push(pair.0);
            pairs.push(pair);
        }
    }
    finish(section, how, &mut found);
    how.check_last(keys)?;
    Ok(found)
}

fn finish(section: Option<(usize, Vec<(&str, &str)>)>, how: &ReadOptions, found: &mut Parsed) {
    let Some((line, pairs)) = section else {
        return;
    };
    let mut draft = ContactDraft {
        dates: how.dates([]),
        ..ContactDraft::default()
    };
    let mut postal = Postal::default();
    for (key, value) in pairs {
        let text = value.to_owned();
        match key {
            _ if how.is_last(key) => draft.last(value),
            "name" => draft.names.push(text),
            "email" => draft.email(value),
            "address" | "address2" => postal.street.push(text),
            "city" => postal.city = text,
            "state" => postal.region = text,
            "zip" => postal.code = text,
            "country" => postal.country = text,
            "mobile" | "phone" | "workphone" => draft.phone(value),
            "nick" => draft.aka(value),
            "url" => draft.link(value),
            "notes" => draft.notes(value),
            "groups" => value.split(',').for_each(|group| draft.tag(group)),
            "birthday" => draft.birthday(value),
            "fax" => draft.extra("Fax", value),
            "anniversary" => draft.other_day("Anniversary", value),
            _ => draft.extra(key, value),
        }
    }
    draft.address(&postal);
    let arrival = draft.finish(line, found);
    found.people.extend(arrival);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sections() {
        let text = "# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n\n[0]\nname=Ana Ruiz\nemail=a@x.example,b@x.example\ncity=Lyon\ngroups=clients,choir\n\n[1]\nphone=1\n";
        assert!(is_abook(text) && !is_abook("[0]\nname=x"));
        let found = read(text, &ReadOptions::default()).expect("a book");
        let ana = &found.people[0].contact;
        assert_eq!(
            (ana.name.as_str(), found.people[0].line, ana.email.len()),
            ("Ana Ruiz", 8, 2)
        );
        assert_eq!(
            (ana.city.as_deref(), ana.tags.join(" ")),
            (Some("Lyon"), "clients choir".to_owned())
        );
        assert_eq!((found.people.len(), found.flaws[0].line), (1, 14));
    }
}
