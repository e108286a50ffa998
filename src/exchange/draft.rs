//! A contact that is being read: values from another program, cleaned and put where they belong. `finish` makes an arrival
//! of it.

mod finish;

use chrono::NaiveDate;

use super::clean::{after, one_line, own_name, plain};
use super::date::{self, DateProblem, Dates};
use super::decode;
use super::fax;
use super::parsed::ImportFormat;
use super::postal::Postal;
use crate::domain::identity::equivalence::united_dates;
use crate::domain::text::{caseless, email, phone};
use crate::domain::{AnnualDay, Contact, Field, OtherDay, Pause, Touch, Value};

#[derive(Debug, Default)]
pub(super) struct ContactDraft {
    pub(super) contact: Contact,
    /// Labels and texts that netkeep has no field for. Each becomes a line of the notes.
    pub(super) extras: Vec<(String, String)>,
    /// Possible names, the best first.
    pub(super) names: Vec<String>,
    pub(super) is_own: bool,
    pub(super) dates: Dates,
    /// The line of the value that is being read, if it is not the contact's.
    pub(super) line: Option<usize>,
    /// What is wrong with the contact, and what is only worth knowing, each with its line.
    pub(super) flaws: Vec<(Option<usize>, String)>,
    pub(super) remarks: Vec<(Option<usize>, String)>,
    pub(super) has_address: bool,
    /// The numbers that are labelled as mobile.
    pub(super) mobiles: Vec<String>,
    /// Where you came to know each other online, and when.
    pub(super) connected: Option<String>,
}

fn push(list: &mut Vec<String>, item: String) {
    if !item.is_empty() && !list.contains(&item) {
        list.push(item);
    }
}

impl ContactDraft {
    pub(super) fn aka(&mut self, name: &str) {
        let name = self.line(name);
        push(&mut self.contact.aka, name);
    }

    fn name(&self, name: &str) -> String {
        if self.is_own {
            own_name(name)
        } else {
            one_line(&decode::header(name))
        }
    }

    /// A text on one line. A text that netkeep wrote keeps its lines.
    pub(super) fn line(&self, text: &str) -> String {
        if self.is_own {
            plain(text)
        } else {
            one_line(text)
        }
    }

    /// Adds e-mail addresses. Any other text goes to the notes, with a problem.
    pub(super) fn email(&mut self, text: &str) {
        if self.is_own {
            return push(&mut self.contact.email, plain(text));
        }
        let addresses = email::addresses(text);
        let has_one = !addresses.is_empty();
        for address in addresses {
            push(&mut self.contact.email, one_line(&address));
        }
        let text = one_line(text);
        // An internal address of an Exchange server is useless elsewhere.
        if !has_one && !text.is_empty() && !text.to_lowercase().starts_with("/o=") {
            self.misplaced("E-mail", &text, "an e-mail address");
        }
    }

    /// Adds phone numbers. Any other text goes to the notes, with a problem.
    pub(super) fn phone(&mut self, text: &str) {
        if self.is_own {
            return push(&mut self.contact.phone, plain(text));
        }
        let Some(numbers) = phone::one_each(text) else {
            let text = one_line(text);
            if !text.is_empty() {
                self.misplaced("Phone", &text, "a phone number");
            }
            return;
        };
        for number in numbers {
            let number = one_line(&number);
            let number = after(&number, "tel:").unwrap_or(&number);
            push(&mut self.contact.phone, number.replace(";ext=", " ext. "));
        }
    }

    /// Adds a phone number with its label. A fax or a pager goes to the notes, because nobody answers it.
    pub(super) fn phone_labelled(&mut self, label: &str, text: &str) {
        match fax::label(label).filter(|_| !self.is_own) {
            Some(label) => {
                let number = one_line(text);
                self.extra(&label, after(&number, "tel:").unwrap_or(&number));
            }
            None => {
                let before = self.contact.phone.len();
                self.phone(text);
                if is_mobile(label) {
                    let numbers = self.contact.phone.iter().skip(before);
                    self.mobiles.extend(numbers.cloned());
                }
            }
        }
    }

    fn misplaced(&mut self, label: &str, text: &str, what: &str) {
        self.flaw(format!("`{text}` is not {what}: added to the notes"));
        self.extra(label, text);
    }

    pub(super) fn flaw(&mut self, what: String) {
        self.flaws.push((self.line, what));
    }

    fn remark(&mut self, what: String) {
        self.remarks.push((self.line, what));
    }

    pub(super) fn link(&mut self, text: &str) {
        if self.is_own {
            return push(&mut self.contact.links, plain(text));
        }
        for page in pages(&unescaped_links(text)) {
            push(&mut self.contact.links, one_line(page));
        }
    }

    /// Adds a tag, unless the other program gives it to every contact.
    pub(super) fn tag(&mut self, text: &str) {
        if self.is_own {
            return self.contact.tags.push(plain(text));
        }
        let tag = one_line(text.trim().trim_start_matches("* "));
        let plain = caseless(&tag).replace(' ', "");
        let is_noise = matches!(
            plain.as_str(),
            "mycontacts" | "othercontacts" | "starred" | "unfiled" | "uncategorized"
        );
        if !is_noise && !plain.starts_with("importedon") && !plain.starts_with("restoredfrom") {
            push(&mut self.contact.tags, tag);
        }
    }

    /// Sets a field of one text. Further texts go to the notes under `label`.
    pub(super) fn set_or_note(&mut self, label: &str, text: &str, field: Field) {
        let text = self.line(text);
        match self.contact.texts(field).first() {
            _ if text.is_empty() => {}
            Some(there) if *there == text => {}
            Some(_) => self.extra(label, &text),
            None => self.contact.set(field, Some(Value::Text(text))),
        }
    }

    /// Adds something that netkeep has no field for.
    pub(super) fn extra(&mut self, label: &str, text: &str) {
        let (label, text) = (one_line(label), one_line(text));
        let extra = (label, text);
        if !extra.1.is_empty() && !self.extras.contains(&extra) {
            self.extras.push(extra);
        }
    }

    pub(super) fn notes(&mut self, text: &str) {
        let text = plain(text);
        // netkeep's own notes keep their blanks.
        self.add_notes(if self.is_own { &text } else { text.trim() });
    }

    fn add_notes(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.contact.notes = Some(match self.contact.notes.take() {
            Some(notes) => format!("{}\n{text}", notes.trim_end()),
            None => text.to_owned(),
        });
    }

    /// Sets the postal address. Further addresses go to the notes.
    pub(super) fn address(&mut self, postal: &Postal) {
        let (address, city) = if self.is_own && postal.is_own() {
            postal.as_written()
        } else {
            postal.in_a_line()
        };
        if address.is_empty() && city.is_empty() {
            return;
        }
        if self.has_address {
            let (label, whole) = (postal.label(), postal.whole());
            return self.extra(&format!("Address ({label})"), &whole);
        }
        self.has_address = true;
        self.contact.address = Some(address).filter(|address| !address.is_empty());
        self.contact.city = Some(city).filter(|city| !city.is_empty());
    }

    /// Sets the birthday. What is no whole day goes to the notes, as a second birthday does.
    pub(super) fn birthday(&mut self, text: &str) {
        let text = one_line(text);
        if is_no_day(&text) {
            return;
        }
        match (self.dates.read(&text), self.contact.birthday) {
            (Ok(day), None) => self.contact.birthday = Some(day),
            (Ok(day), Some(there)) if there.learns_from(day) => self.contact.birthday = Some(day),
            (Ok(day), Some(there)) if day.is_one_with(there) => {}
            (Ok(_), Some(_)) => {
                return self.birthday_noted(&text, "is a second birthday");
            }
            (Err(DateProblem::InPart), _) => {
                return self.birthday_noted(&text, "is not a whole day");
            }
            (Err(DateProblem::NotADate), _) => {
                return self.misplaced("Birthday", &text, "a date");
            }
            (Err(problem @ DateProblem::Ambiguous), _) => {
                return self.flaw(problem.report(&text, "birthday"));
            }
        }
        if date::has_time(&text) && !self.is_own {
            self.extra("Birthday", &text);
        }
    }

    /// Adds a birthday that the book cannot hold, though nothing is wrong with it, to the notes.
    pub(super) fn birthday_noted(&mut self, text: &str, why: &str) {
        let text = one_line(text);
        if !text.is_empty() {
            self.remark(format!("`{text}` {why}: added to the notes"));
            self.extra("Birthday", &text);
        }
    }

    /// Adds a day of the year that another program has under this label.
    pub(super) fn other_day(&mut self, label: &str, text: &str) {
        let what = match label {
            "Anniversary" => "anniversary",
            "Name day" => "name day",
            "Date" => "date",
            "Other" => "other",
            label => label,
        };
        self.day_of_the_year(what, label, text);
    }

    /// Adds a day of the year that says `what`. What is no whole day goes to the notes under the label.
    pub(super) fn day_of_the_year(&mut self, what: &str, label: &str, text: &str) {
        let (what, text) = (self.line(what), one_line(text));
        if is_no_day(&text) {
            return;
        }
        let on = match self.dates.read(&text) {
            Ok(on) if !what.trim().is_empty() => on,
            Err(problem @ DateProblem::Ambiguous) => {
                return self.flaw(problem.report(&text, &what));
            }
            _ => return self.extra(label, &text),
        };
        let date = OtherDay { on, what };
        if self.is_own {
            self.contact.dates.push(date);
        } else if let Some(dates) = united_dates(&self.contact.dates, &[date]) {
            self.contact.dates = dates;
        }
        if date::has_time(&text) && !self.is_own {
            self.extra(label, &text);
        }
    }

    /// Adds the date of death to the notes, and pauses the contact.
    pub(super) fn died(&mut self, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            return;
        }
        self.extra("Died", &text);
        if self.contact.paused.is_none() {
            self.contact.paused = Some(Pause::Open);
            self.remark(format!(
                "`{text}` is the date of death: added to the notes, and paused"
            ));
        }
    }

    pub(super) fn added(&mut self, what: &str, text: &str) {
        let day = self.whole_day(what, text);
        self.contact.added = day.or(self.contact.added);
    }

    /// Sets the day on which you connected in the network that wrote the file. It says how you met if nothing else does;
    /// else it goes to the notes.
    pub(super) fn connected(&mut self, source: ImportFormat, what: &str, text: &str) {
        let Some(day) = self.whole_day(what, text) else {
            return;
        };
        let day = day.format("%-d %b %Y");
        self.connected = Some(match source {
            ImportFormat::LinkedIn => format!("LinkedIn, {day}"),
            _ => format!("connected on {day}"),
        });
    }

    /// A day with its year.
    fn whole_day(&mut self, what: &str, text: &str) -> Option<NaiveDate> {
        match self.day(what, text)? {
            AnnualDay::Date(day) => Some(day),
            AnnualDay::Yearless { .. } => {
                let problem = DateProblem::InPart.report(&one_line(text), what);
                self.flaw(problem);
                None
            }
        }
    }

    /// Adds the last contact as a touch.
    pub(super) fn last(&mut self, text: &str) {
        match self.day("last contact", text) {
            Some(AnnualDay::Date(day)) if day <= self.dates.today => {
                self.contact.touches.push(Touch::on(day));
            }
            Some(_) => self.flaw(format!(
                "`{}` is not a day in the past: last contact left out",
                one_line(text)
            )),
            None => {}
        }
    }

    fn day(&mut self, what: &str, text: &str) -> Option<AnnualDay> {
        let text = one_line(text);
        if is_no_day(&text) {
            return None;
        }
        let day = self.dates.read(&text);
        day.map_err(|problem| self.flaw(problem.report(&text, what)))
            .ok()
    }
}

/// Whether a number with this label is a mobile one.
fn is_mobile(label: &str) -> bool {
    const WORDS: [&str; 9] = [
        "cell", "mobil", "iphone", "handy", "movil", "celular", "portable", "携帯", "手机",
    ];
    let label = caseless(label);
    WORDS.iter().any(|word| label.contains(word))
}

/// Links without the backslashes that programs write before a colon, some of them twice: `http\\://a.example`.
fn unescaped_links(text: &str) -> String {
    let parts = text.split_inclusive("://");
    let unescaped = parts.map(|part| match part.strip_suffix("://") {
        Some(before) => format!("{}://", before.trim_end_matches('\\')),
        None => part.to_owned(),
    });
    unescaped.collect()
}

/// The pages in a text, if it is nothing but several; else the text.
fn pages(text: &str) -> Vec<&str> {
    let is_page = |text: &&str| {
        let starts = ["https://", "http://", "www."];
        starts.iter().any(|start| after(text, start).is_some())
    };
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    if pieces.iter().all(is_page) && !pieces.is_empty() {
        pieces
    } else {
        vec![text]
    }
}

/// Whether a text stands for no day, like Outlook's `0/0/00`, or .NET's first day of all.
fn is_no_day(text: &str) -> bool {
    let digits = text.trim_matches(['0', '/', '-', '.', ' ']);
    digits.is_empty() || text.starts_with("0001-01-01")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_cleaned() {
        let mut draft = ContactDraft::default();
        draft.email("a@x.example ::: b@x.example");
        draft.email("Bo <MAILTO:bo@x.example?subject=hi>; A@x.example");
        draft.email("/o=ExchangeLabs/cn=bo");
        draft.email("not an address");
        draft.phone("TEL:+1-418-656-9254;ext=102");
        draft.phone("BusinessPhone");
        draft.phone("3.46E+10");
        draft.phone("4E11");
        draft.phone("34600000001.0");
        draft.phone("0600 000 002 (home)\n0600 000 003");
        draft.phone("0600/000004");
        assert_eq!(
            draft.contact.email,
            ["a@x.example", "b@x.example", "bo@x.example", "A@x.example"]
        );
        assert_eq!(
            draft.contact.phone,
            [
                "+1-418-656-9254 ext. 102",
                "34600000001",
                "0600 000 002 (home)",
                "0600 000 003",
                "0600/000004"
            ]
        );
        let flaws: Vec<&str> = draft.flaws.iter().map(|(_, what)| what.as_str()).collect();
        assert_eq!(
            flaws,
            [
                "`not an address` is not an e-mail address: added to the notes",
                "`BusinessPhone` is not a phone number: added to the notes",
                "`3.46E+10` is not a phone number: added to the notes",
                "`4E11` is not a phone number: added to the notes"
            ]
        );
    }

    #[test]
    fn a_year_is_learned_from_another_mention_of_the_day() {
        let mut draft = ContactDraft::default();
        for text in ["--0412", "1985-04-12", "--0412"] {
            draft.birthday(text);
            draft.other_day("Anniversary", text);
        }
        let birthday = draft.contact.birthday.map(|day| day.to_string());
        assert_eq!(birthday.as_deref(), Some("1985-04-12"));
        let dates: Vec<String> = draft
            .contact
            .dates
            .iter()
            .map(OtherDay::to_string)
            .collect();
        assert_eq!(dates, ["1985-04-12: anniversary"]);
        assert_eq!(draft.extras, []);
    }

    #[test]
    fn a_birthday_that_is_no_day_goes_to_the_notes() {
        let mut draft = ContactDraft::default();
        for text in [
            "1985",
            "1985-04-12",
            "",
            "0/0/00",
            "0001-01-01T00:00:00",
            "1985-04-12",
            "--04-12",
            "1986-05-13",
            "1985-13-01",
        ] {
            draft.birthday(text);
        }
        let birthday = draft.contact.birthday.map(|day| day.to_string());
        assert_eq!(birthday.as_deref(), Some("1985-04-12"));
        let extra = |text: &str| ("Birthday".to_owned(), text.to_owned());
        assert_eq!(
            draft.extras,
            ["1985", "1986-05-13", "1985-13-01"].map(extra)
        );
        assert_eq!((draft.remarks.len(), draft.flaws.len()), (2, 1));
    }
}
