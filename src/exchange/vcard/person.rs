//! Reads the properties of a card as a contact.

use std::collections::HashSet;

use super::kinds::{PropertyKind, property_kind};
use super::property::Property;
use crate::domain::identity::import::Arrival;
use crate::domain::identity::match_key::{uid_key, uid_of_name};
use crate::domain::{Contact, Field};
use crate::exchange::clean::one_line;
use crate::exchange::draft::ContactDraft;
use crate::exchange::fax;
use crate::exchange::postal::Postal;
use crate::exchange::{ReadOptions, RowProblem};

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

/// The label of a property's group, as in `item1.X-ABLabel:Choir`.
fn label<'p>(property: &Property, all: &'p [Property]) -> Option<String> {
    let group = property.group.as_ref()?;
    let is_label =
        |other: &&'p Property| other.group.as_ref() == Some(group) && other.name == "X-ABLABEL";
    let label = all.iter().find(is_label)?.text();
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

/// The names of the properties that netkeep does not use.
pub(super) fn left_out(all: &[Property], how: &ReadOptions) -> Vec<String> {
    let is_left = |property: &&Property| {
        property_kind(&property.name) == PropertyKind::Left && !is_last(property, all, how)
    };
    all.iter()
        .filter(is_left)
        .map(|property| property.name.clone())
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

pub(super) fn person(
    all: &[Property],
    line: usize,
    how: &ReadOptions,
    flaws: &mut Vec<RowProblem>,
) -> Option<Arrival> {
    let is_own = |property: &Property| {
        property.name == "PRODID" && property.text().starts_with("-//netkeep//")
            || property.name.starts_with(super::own::PREFIX)
    };
    let mut draft = ContactDraft {
        is_own: all.iter().any(is_own),
        dates: how.dates([]),
        ..ContactDraft::default()
    };
    let names = &mut draft.names;
    names.extend(named(all, &["FN"]).map(Property::text));
    names.extend(named(all, &["N"]).map(name_of_parts));
    names.extend(named(all, &["NICKNAME"]).flat_map(Property::list));
    names.extend(named(all, &["ORG"]).map(|company| company.part(0)));
    // The name may be repeated in another script.
    for name in named(all, &["FN"]).skip(1) {
        draft.aka(&name.text());
    }
    // The preferred ones come first.
    let mut by_preference: Vec<&Property> = all.iter().collect();
    by_preference.sort_by_key(|property| property.preference());
    for property in by_preference {
        take(&mut draft, property, all, how);
    }
    if let Some(label) = named(all, &["LABEL"]).next().filter(|_| !draft.has_address) {
        draft.address(&Postal {
            street: vec![label.text()],
            ..Postal::default()
        });
    }
    let number = draft.contact.phone.first().cloned().unwrap_or_default();
    if draft.contact.email.is_empty() {
        draft.names.push(number);
    }
    if draft.is_own {
        super::own::take(&mut draft, all);
    }
    let mut arrival = draft.finish(line, flaws)?;
    let contact = &mut arrival.contact;
    // A UID that netkeep derived from the name says no more than the name.
    if contact
        .uid
        .as_ref()
        .is_some_and(|uid| *uid == uid_of_name(&contact.name))
    {
        contact.uid = None;
        arrival.is_own = true;
    }
    Some(arrival)
}

/// A structured name as `given middle family suffix`.
fn name_of_parts(property: &Property) -> String {
    let [family, given, middle, suffix] = [0, 1, 2, 4].map(|at| one_line(&property.part(at)));
    joined_name(&given, &middle, &family, &suffix)
}

/// Joins the parts of a name. In East Asian scripts, the family name comes first.
pub(in crate::exchange) fn joined_name(
    given: &str,
    middle: &str,
    family: &str,
    suffix: &str,
) -> String {
    let is_east_asian = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}');
    let is_eastern = !family.is_empty()
        && !given.is_empty()
        && [given, family]
            .iter()
            .all(|part| part.chars().all(is_east_asian));
    if is_eastern {
        return format!("{family}{given}");
    }
    let parts = [given, middle, family, suffix];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn take(draft: &mut ContactDraft, property: &Property, all: &[Property], how: &ReadOptions) {
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
        "X-SOCIALPROFILE" | "SOCIALPROFILE" => match property.text() {
            page if page.contains("://") && !page.starts_with("x-apple:") => draft.link(&page),
            who => draft.extra(
                &kind_of(property, "Profile"),
                property.param("X-USER").unwrap_or(&who),
            ),
        },
        "ADR" => draft.address(&postal(property, label())),
        "ORG" => organisation(draft, property),
        "TITLE" => draft.set_or_note("Title", &property.text(), Field::Title),
        "BDAY" => draft.birthday(&property.text()),
        "NOTE" => draft.notes(&property.text()),
        "CATEGORIES" => property.list().iter().for_each(|tag| draft.tag(tag)),
        "UID" => draft.contact.uid = Some(one_line(&property.text())).filter(|uid| !uid.is_empty()),
        "X-ABDATE" | "X-ABRELATEDNAMES" => {
            let kind = if name == "X-ABDATE" {
                "Date"
            } else {
                "Related"
            };
            let label = label().unwrap_or_else(|| kind.to_owned());
            draft.extra(&label, &property.text());
        }
        "RELATED" => draft.extra(&kind_of(property, "Related"), &property.text()),
        "IMPP" => messenger(draft, property),
        "X-ANDROID-CUSTOM" => android(draft, property),
        _ => match property_kind(name) {
            PropertyKind::Extra(label) => draft.extra(label, &property.text()),
            PropertyKind::Silent | PropertyKind::Left | PropertyKind::Unknown => {}
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
    let kind = property.types.iter().find(|kind| *kind != "PREF");
    let kind = kind.map_or_else(|| otherwise.to_owned(), |kind| kind.to_lowercase());
    let mut letters = kind.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
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
    let is_empty = (0..7).all(|at| part(at).trim().is_empty());
    if let Some(whole) = property.param("LABEL").filter(|_| is_empty) {
        return Postal {
            street: vec![whole.replace("\\n", "\n").replace("^n", "\n")],
            ..Postal::default()
        };
    }
    // Google writes a whole address into the street.
    Postal {
        street: [part(0), part(2), part(1)]
            .into_iter()
            .filter(|line| !line.trim().is_empty())
            .collect(),
        city: part(3),
        region: part(4),
        code: part(5),
        country: part(6),
        label: label.or(kind.map(str::to_owned)).unwrap_or_default(),
    }
}

/// Adds an address of a messenger to the notes, under the name of the service.
fn messenger(draft: &mut ContactDraft, property: &Property) {
    let text = property.text();
    let (scheme, who) = text.split_once(':').unwrap_or(("Messenger", &text));
    let service = property.param("X-SERVICE-TYPE").unwrap_or(scheme);
    draft.extra(service, &who.replace("%2B", "+").replace("%40", "@"));
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
            "1" => draft.extra("Anniversary", &value),
            _ => draft.extra(&label("Date"), &value),
        },
        "relation" => {
            let known = number.parse().ok();
            let known = known.and_then(|at| RELATIONS.split(',').nth(at));
            draft.extra(&label(known.unwrap_or("Related")), &value);
        }
        _ => {}
    }
}
