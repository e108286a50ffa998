//! Reads the properties of a card as a contact.

use std::collections::HashSet;

use chrono::Datelike;

use super::card_names::{has_words, name_of_parts, names, phonetic_name};
use super::kinds::{ANNIVERSARY, BIRTHDAY, DIED, OTHER_DAYS, PropertyKind, label_of};
use super::property::{Property, by_preference};
use crate::domain::identity::import::Arrival;
use crate::domain::identity::match_key::{is_uid_of_name, uid_key};
use crate::domain::{AnnualDay, Contact, Field};
use crate::exchange::clean::one_line;
use crate::exchange::date::Dates;
use crate::exchange::draft::ContactDraft;
use crate::exchange::fax;
use crate::exchange::postal::Postal;
use crate::exchange::{Parsed, ReadOptions};

pub(super) struct ContactGroup {
    name: String,
    /// Their UIDs, in the form in which they are compared.
    members: HashSet<String>,
}

impl ContactGroup {
    /// Tags a person with the name of the group, if it has them as a member.
    pub(super) fn tag(&self, person: &mut Arrival) {
        let Contact { uid, tags, .. } = &mut person.contact;
        let uid = uid.as_deref().map(uid_key).unwrap_or_default();
        if self.members.contains(&uid) && !tags.contains(&self.name) {
            tags.push(self.name.clone());
        }
    }
}

/// The label of a property's group, as in `item1.X-ABLabel:Choir`, as it is written.
fn written_label(property: &Property, all: &[Property]) -> Option<String> {
    let group = property.group.as_ref()?;
    let is_label =
        |other: &&Property| other.group.as_ref() == Some(group) && other.name == "X-ABLABEL";
    Some(all.iter().find(is_label)?.text())
}

/// The same without what Apple puts around its own labels.
fn label(property: &Property, all: &[Property]) -> Option<String> {
    let label = written_label(property, all)?;
    let label = label
        .trim()
        .trim_start_matches("_$!<")
        .trim_end_matches(">!$_");
    Some(one_line(label)).filter(|label| !label.is_empty())
}

/// The names and labels of properties, one of which may be the last contact.
pub(super) fn names_of(all: &[Property]) -> Vec<String> {
    let labels = all.iter().filter_map(|property| label(property, all));
    all.iter()
        .map(|property| property.name.clone())
        .chain(labels)
        .collect()
}

/// The names of the properties that netkeep does not use. Of a group, it uses the name and the members.
pub(super) fn left_out(all: &[Property], is_group: bool, how: &ReadOptions) -> Vec<String> {
    const OF_A_GROUP: &str =
        "FN N UID KIND MEMBER X-ABLABEL X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER";
    let is_left = |property: &&Property| match property.kind {
        PropertyKind::Left | PropertyKind::Unlisted => true,
        PropertyKind::Read | PropertyKind::Extra(_) => {
            is_group && !OF_A_GROUP.split(' ').any(|used| used == property.name)
        }
        PropertyKind::Silent => false,
    };
    all.iter()
        .filter(|property| {
            is_left(property) && !property.is_empty() && !is_last(property, all, how)
        })
        .map(|property| {
            let of_a_group = if is_group { " of a group" } else { "" };
            format!("{}{of_a_group}", property.name)
        })
        .collect()
}

/// The properties with one of these names, in the order of the card.
fn named<'p, 'l>(
    all: &'p [Property<'l>],
    names: &'static [&str],
) -> impl Iterator<Item = &'p Property<'l>> {
    all.iter()
        .filter(|property| names.contains(&property.name.as_str()))
}

pub(super) fn group(all: &[Property]) -> Option<ContactGroup> {
    named(all, &["KIND", "X-ADDRESSBOOKSERVER-KIND"])
        .find(|kind| kind.text().trim().eq_ignore_ascii_case("group"))?;
    let name = named(all, &["FN"]).next().map(Property::text);
    let members = named(all, &["MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"]);
    Some(ContactGroup {
        name: one_line(&name.unwrap_or_default()),
        members: members.map(|member| uid_key(&member.text())).collect(),
    })
}

/// Whether netkeep wrote a card, or keeps something in it.
pub(super) fn is_own(all: &[Property]) -> bool {
    all.iter().any(|property| {
        property.name == "PRODID" && property.text().starts_with("-//netkeep//")
            || property.name.starts_with(super::own::PREFIX)
    })
}

/// Reads a person. What netkeep wrote itself (`is_own`) is taken as it is.
pub(super) fn person(
    all: &[Property],
    is_own: bool,
    line: usize,
    how: &ReadOptions,
    found: &mut Parsed,
) -> Option<Arrival> {
    let mut draft = ContactDraft {
        is_own,
        dates: how.dates([]),
        ..ContactDraft::default()
    };
    let by_preference = by_preference(all);
    names(&mut draft, &by_preference);
    for property in by_preference {
        draft.line = Some(property.number);
        take(&mut draft, property, all, how);
        if property.is_spoilt() && !draft.is_own {
            draft.flaw("some bytes are invalid in its encoding: check the text".to_owned());
        }
    }
    draft.line = None;
    draft.extra("Phonetic name", &phonetic_name(all));
    labels(&mut draft, all);
    let number = draft.contact.phone.first().cloned().unwrap_or_default();
    if draft.contact.email.is_empty() {
        draft.names.push(number);
    }
    if draft.is_own {
        super::own::take(&mut draft.contact, all);
    }
    let mut arrival = draft.finish(line, found)?;
    let contact = &mut arrival.contact;
    // A UID that netkeep derived from the name says no more than the name.
    let is_derived = |uid: &String| is_uid_of_name(uid, &contact.name, arrival.is_own);
    if contact.uid.as_ref().is_some_and(is_derived) {
        contact.uid = None;
        arrival.is_own = true;
    }
    Some(arrival)
}

/// Takes what one property says.
pub(super) fn take(
    draft: &mut ContactDraft,
    property: &Property,
    all: &[Property],
    how: &ReadOptions,
) {
    let label = || label(property, all);
    let name = property.name.as_str();
    if is_last(property, all, how) {
        return draft.last(&property.text());
    }
    match name {
        "NICKNAME" | "X-NICKNAME" => property.list().iter().for_each(|name| draft.aka(name)),
        "EMAIL" => draft.email(&property.text()),
        "X-MS-TEL" if property.is("ASSISTANT") || property.is("CALLBACK") => {
            draft.extra(&kind_of(property, "Phone"), &property.text());
        }
        "TEL" | "X-MS-TEL" => {
            let label = label().filter(|label| fax::label(label).is_some());
            let label = label.unwrap_or_else(|| number_label(property));
            draft.phone_labelled(&label, &property.text());
        }
        "URL" => draft.link(&property.text()),
        "X-SOCIALPROFILE" | "SOCIALPROFILE" => profile(draft, property),
        "ADR" => draft.address(&postal(property, label())),
        "ORG" => organisation(draft, property),
        "TITLE" => draft.set_or_note("Title", &property.text(), Field::Title),
        "BDAY" => birthday(draft, property),
        "SOUND" => draft.extra("Phonetic name", &name_of_parts(property)),
        "NOTE" => draft.notes(&property.text()),
        "CATEGORIES" => property.list().iter().for_each(|tag| draft.tag(tag)),
        "UID" => draft.contact.uid = Some(one_line(&property.text())).filter(|uid| !uid.is_empty()),
        "X-ABDATE" => dated(draft, property, all),
        "X-ABRELATEDNAMES" => {
            let label = label().unwrap_or_else(|| "Related".to_owned());
            draft.extra(&label, &property.text());
        }
        "RELATED" => draft.extra(&kind_of(property, "Related"), &property.text()),
        "IMPP" => messenger(draft, property),
        "X-ANDROID-CUSTOM" => android(draft, property),
        _ => match property.kind {
            PropertyKind::Extra(BIRTHDAY) => birthday(draft, property),
            PropertyKind::Extra(DIED) => draft.died(&day_text(property)),
            PropertyKind::Extra(label) if OTHER_DAYS.contains(&label) => {
                draft.other_day(label, &day_text(property));
            }
            PropertyKind::Extra(label) => draft.extra(label, &day_text(property)),
            _ => {}
        },
    }
}

/// Whether a property is the last contact, by its name or by the label of its group.
fn is_last(property: &Property, all: &[Property], how: &ReadOptions) -> bool {
    let is_labelled = || {
        let label = label(property, all).filter(|_| property.name != "X-ABLABEL");
        label.is_some_and(|label| how.is_last(&label))
    };
    how.last_from.is_some() && (how.is_last(&property.name) || is_labelled())
}

/// The types of a number as a label, with what it is last: `WORK FAX`.
fn number_label(property: &Property) -> String {
    const SILENT: [&str; 4] = ["PREF", "VOICE", "MSG", "TEXT"];
    let mut types: Vec<&str> = property.types.iter().map(String::as_str).collect();
    types.retain(|word| !SILENT.contains(word));
    types.sort_by_key(|word| fax::label(word).is_some());
    types.join(" ")
}

/// The type of a property as a label.
fn kind_of(property: &Property, otherwise: &str) -> String {
    const PLACES: [&str; 3] = ["PREF", "HOME", "WORK"];
    let kind = property
        .types
        .iter()
        .find(|kind| !PLACES.contains(&kind.as_str()));
    let kind = kind.map_or_else(|| otherwise.to_owned(), |kind| kind.to_lowercase());
    capitalized(&kind)
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The calendar of a day, if it is not ours.
fn other_calendar<'p>(property: &'p Property) -> Option<&'p str> {
    let calendar = property.param("CALSCALE");
    calendar.filter(|calendar| !calendar.eq_ignore_ascii_case("gregorian"))
}

/// Takes a birthday. Texts and days of other calendars go to the notes.
fn birthday(draft: &mut ContactDraft, property: &Property) {
    let text = day_text(property);
    if other_calendar(property).is_some() {
        return draft.birthday_noted(&text, "is a day of another calendar");
    }
    let is_text = property
        .param("VALUE")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("text"));
    if is_text && draft.dates.day(&text).is_none() {
        return draft.birthday_noted(&text, "is not a whole day");
    }
    draft.birthday(&text);
}

/// Takes a day with a label: a birthday, the day of death, or another day of the year.
fn dated(draft: &mut ContactDraft, property: &Property, all: &[Property]) {
    let text = day_text(property);
    if draft.is_own
        && let Some(what) = written_label(property, all).filter(|what| !what.starts_with("_$!<"))
    {
        return draft.day_of_the_year(&what, &what, &text);
    }
    let label = label(property, all).unwrap_or_else(|| "Date".to_owned());
    match label_of(&label.to_ascii_uppercase()).unwrap_or_default() {
        BIRTHDAY => birthday(draft, property),
        DIED => draft.died(&text),
        ANNIVERSARY => draft.other_day(ANNIVERSARY, &text),
        _ => draft.other_day(&label, &text),
    }
}

/// The text of a property that may be a day: without the year that stands for none, and with the calendar if it is not ours.
fn day_text(property: &Property) -> String {
    let text = property.text();
    if let Some(calendar) = other_calendar(property) {
        return format!("{text} ({calendar} calendar)");
    }
    let Some(no_year) = property.param("X-APPLE-OMIT-YEAR") else {
        return text;
    };
    match Dates::default().read(&text) {
        Ok(AnnualDay::Date(day)) if no_year.trim() == day.year().to_string() => {
            day.format("--%m-%d").to_string()
        }
        Ok(day @ AnnualDay::Yearless { .. }) => day.to_string(),
        _ => text,
    }
}

/// Takes a profile in a social network: a link, or the name of the user under that of the network.
///
/// Source: RFC 9554, 3.4 and 4.9, and the output of Apple.
fn profile(draft: &mut ContactDraft, property: &Property) {
    let text = property.text();
    let user = property.param("USERNAME").or(property.param("X-USER"));
    let user = user.filter(|user| !user.is_empty());
    let is_page = text.contains("://") && !text.starts_with("x-apple:");
    if is_page {
        draft.link(&text);
    }
    let service = property.param("SERVICE-TYPE").map(str::to_owned);
    let label = service.unwrap_or_else(|| kind_of(property, "Profile"));
    match user {
        Some(user) if !is_page || !text.contains(user) => draft.extra(&label, user),
        None if !is_page => draft.extra(&label, text.trim_start_matches("x-apple:")),
        _ => {}
    }
}

fn organisation(draft: &mut ContactDraft, property: &Property) {
    draft.set_or_note("Company", &property.part(0), Field::Company);
    let units: Vec<String> = (1..property.parts())
        .map(|at| one_line(&property.part(at)))
        .filter(|unit| !unit.is_empty())
        .collect();
    draft.extra("Department", &units.join(", "));
}

fn postal(property: &Property, label: Option<String>) -> Postal {
    let part = |at| property.part(at);
    let kind = ["HOME", "WORK"].into_iter().find(|kind| property.is(kind));
    let is_empty = (0..property.parts()).all(|at| part(at).trim().is_empty());
    if let Some(whole) = property.param("LABEL").filter(|_| is_empty) {
        return Postal {
            street: vec![whole.replace("\\n", "\n")],
            ..Postal::default()
        };
    }
    // RFC 9554, 2.1, repeats what the street holds in parts of their own: floor, building, district.
    let more: Vec<String> = (7..property.parts()).map(part).collect();
    let known = || (0..7).map(part).collect::<Vec<_>>().join(" ");
    let known = if more.is_empty() {
        String::new()
    } else {
        known()
    };
    let more = more.into_iter().filter(|part| !has_words(&known, part));
    // Google writes a whole address into the street.
    Postal {
        street: [part(0), part(2), part(1)]
            .into_iter()
            .chain(more)
            .filter(|line| !line.trim().is_empty())
            .collect(),
        city: part(3),
        region: part(4),
        code: part(5),
        country: part(6),
        label: label.or(kind.map(str::to_owned)).unwrap_or_default(),
    }
}

/// Takes addresses as they are written on letters, unless the card has them in parts too.
fn labels(draft: &mut ContactDraft, all: &[Property]) {
    if named(all, &["LABEL"]).next().is_none() {
        return;
    }
    let who = named(all, &["FN", "N", "ORG"]).map(Property::text);
    let who = who.collect::<Vec<_>>().join(" ");
    let in_parts = named(all, &["ADR"]).map(|address| format!("{} {who}", address.text()));
    let mut known: Vec<String> = in_parts.collect();
    for label in named(all, &["LABEL"]) {
        let whole = label.text();
        if !known.iter().any(|known| has_words(known, &whole)) {
            let kind = ["HOME", "WORK"].into_iter().find(|kind| label.is(kind));
            draft.address(&Postal {
                street: vec![whole.clone()],
                label: kind.unwrap_or_default().to_owned(),
                ..Postal::default()
            });
            known.push(whole);
        }
    }
}

/// Adds an address of a messenger to the notes, under the name of the service.
fn messenger(draft: &mut ContactDraft, property: &Property) {
    let text = property.text();
    let (scheme, who) = text.split_once(':').unwrap_or(("Messenger", &text));
    let service = property
        .param("X-SERVICE-TYPE")
        .or(property.param("SERVICE-TYPE"));
    let user = property.param("USERNAME").filter(|_| who.is_empty());
    let who = who.replace("%2B", "+").replace("%40", "@");
    draft.extra(service.unwrap_or(scheme), user.unwrap_or(&who));
}

/// Takes a property of Android's own: `vnd.android.cursor.item/nickname;Ani;1;…`.
fn android(draft: &mut ContactDraft, property: &Property) {
    /// The relations, by their numbers.
    const RELATIONS: &str = "Related,Assistant,Brother,Child,Partner,Father,Friend,Manager,Mother,Parent,Partner,Referred by,Relative,\
        Sister,Spouse";
    let [kind, value, number, label] = [0, 1, 2, 3].map(|at| property.part(at));
    let label = |otherwise: &str| {
        let label = one_line(&label);
        if label.is_empty() {
            otherwise.to_owned()
        } else {
            label
        }
    };
    let number = number.trim();
    match kind.trim().trim_start_matches("vnd.android.cursor.item/") {
        "nickname" => draft.aka(&value),
        "contact_event" => match number {
            "3" => draft.birthday(&value),
            "1" => draft.other_day(ANNIVERSARY, &value),
            _ => draft.other_day(&label("Date"), &value),
        },
        "relation" => {
            let known = number.parse().ok();
            let known = known.and_then(|at| RELATIONS.split(',').nth(at));
            draft.extra(&label(known.unwrap_or("Related")), &value);
        }
        "group_membership" | "photo" | "identity" => {}
        // A field of the user's own: its label, then its text.
        "vnd.com.google.cursor.item/contact_user_defined_field" if !number.is_empty() => {
            draft.extra(&value, number);
        }
        kind => {
            let kind = kind
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('_', " ");
            draft.extra(&capitalized(&kind), &value);
        }
    }
}
