//! What a change of the book did, in one line: `log: a call with Sofia Olsen`, `import: 212 people`.
//!
//! It is told by what differs between the two states, so that a change of any age, by any netkeep, is told alike.

use chrono::NaiveDate;

use super::changed::{NAMED, NO_VALUE, changed, named, people, same};
use super::days;
use super::messages::touch_with;
use super::plural::{and, count};
use crate::domain::changes::book_change::{BookChange, ContactChange, FieldChange};
use crate::domain::{Book, Field, Pause, Touch, Value};

/// What the command `by` did on the day `on`; `by hand` stands for an edit.
pub(crate) fn what(by: &str, change: &BookChange, on: NaiveDate) -> String {
    let people = || people(&change.contacts);
    let (option, what) = match by {
        "log" | "open" => logged(change, on),
        "promise" => promised(change),
        "bucket" => bucket(change),
        "merge" => ("", merged(change)),
        "move" => ("", people() + &to_bucket(change)),
        "rename" => ("", renamed(change)),
        "snooze" => ("", people() + &until(change, "to", on)),
        "pause" => ("", people() + &until(change, "until", on)),
        "import" => ("", imported(change)),
        "regroup" if change.contacts.is_empty() => ("", "nobody changed".to_owned()),
        "add" | "remove" | "skip" | "resume" | "triage" | "regroup" | "fresh-start" => {
            ("", people())
        }
        _ => ("", changed(change)),
    };
    let what = if what.is_empty() {
        changed(change)
    } else {
        what
    };
    format!("{by}{option}: {what}")
}

/// What the command `by` did where no value changed, but the text of these contacts did: a key of the user's own, for one.
pub(crate) fn rewritten(by: &str, contacts: &Book) -> String {
    let names = contacts.contacts.iter().map(|one| one.shown_name());
    match names.collect::<Vec<_>>().as_slice() {
        [] => format!("{by}: {NO_VALUE}"),
        names => format!("{by}: {} ({NO_VALUE})", named(names)),
    }
}

/// The touches that were logged, amended or deleted, and with which option.
fn logged(change: &BookChange, on: NaiveDate) -> (&'static str, String) {
    let (mut new, mut gone) = (Vec::new(), Vec::new());
    for contact in &change.contacts {
        let (name, touches) = (contact.contact().shown_name(), contact.touches());
        new.extend(touches.new.into_iter().map(|touch| (name, touch)));
        gone.extend(touches.gone.into_iter().map(|touch| (name, touch)));
    }
    match (new.as_slice(), gone.as_slice()) {
        ([], []) => (" --amend", kept_or_planned(change)),
        (_, []) => ("", touches(&new, on)),
        ([], _) => (" --delete", touches(&gone, on)),
        ([(to, _)], [(from, _)]) if to != from => {
            (" --amend", format!("{}, not {from}", touches(&new, on)))
        }
        _ => (" --amend", touches(&new, on)),
    }
}

/// `a call with Ana Ruiz and Bo Lind`, `an email to Ana Ruiz on Tue 10 Nov and a letter to Bo Lind`, `12 touches`.
fn touches(touches: &[(&str, &Touch)], on: NaiveDate) -> String {
    let told = |name: &str, touch: &Touch| {
        let when = (touch.on != on).then(|| format!(" on {}", days::date(touch.on, on)));
        touch_with(touch, name) + &when.unwrap_or_default()
    };
    let kind = |touch: &Touch| (touch.on, touch.via().map(str::to_owned), touch.direction);
    let mut names: Vec<&str> = touches.iter().map(|(name, _)| *name).collect();
    names.dedup();
    match touches {
        [(_, first), rest @ ..] if rest.iter().all(|(_, one)| kind(one) == kind(first)) => {
            told(&named(&names), first)
        }
        few if few.len() <= NAMED => {
            let each = few.iter().map(|(name, touch)| told(name, touch));
            and(&each.collect::<Vec<_>>())
        }
        many => count(many.len(), "touch", "touches"),
    }
}

/// The promises made or kept; a promise with another day is made.
fn promised(change: &BookChange) -> (&'static str, String) {
    let is_made = |one: &ContactChange| !one.promises().new.is_empty();
    let is_planned = |one: &FieldChange| one.field == Field::Next && one.new.is_some();
    let mut plans = change.contacts.iter().flat_map(ContactChange::fields);
    let is_new = change.contacts.iter().any(is_made) || plans.any(|plan| is_planned(&plan));
    let option = if is_new { "" } else { " --done" };
    (option, kept_or_planned(change))
}

/// The promises and plans that changed: `“send the draft” to Ana Ruiz`, `“lunch” with Ana Ruiz`, `the plan with Ana Ruiz`.
fn kept_or_planned(change: &BookChange) -> String {
    let mut told = Vec::new();
    for contact in &change.contacts {
        let (name, promises) = (contact.contact().shown_name(), contact.promises());
        let promises = if promises.new.is_empty() {
            promises.gone
        } else {
            promises.new
        };
        told.extend(
            promises
                .iter()
                .map(|one| format!("“{}” to {name}", one.what)),
        );
        let mut fields = contact.fields().into_iter();
        let plan = fields.find(|one| one.field == Field::Next && promises.is_empty());
        told.extend(plan.and_then(|plan| match plan.new.or(plan.old)? {
            Value::Next(next) => Some(match next.what {
                Some(what) => format!("“{what}” with {name}"),
                None => format!("the plan with {name}"),
            }),
            _ => None,
        }));
    }
    if told.len() > NAMED {
        return people(&change.contacts);
    }
    and(&told)
}

fn bucket(change: &BookChange) -> (&'static str, String) {
    let [one] = change.buckets.as_slice() else {
        return ("", changed(change));
    };
    let name = one.name().to_owned();
    match (one.before, one.after, one.renamed_from()) {
        (_, _, Some(from)) => (" rename", format!("{from} to {name}")),
        (None, ..) => (" add", name),
        (_, None, _) => (" remove", name),
        _ => (" set", name),
    }
}

/// `Kim into Ana Ruiz`.
fn merged(change: &BookChange) -> String {
    let (gone, stays): (Vec<&ContactChange>, Vec<&ContactChange>) =
        change.contacts.iter().partition(|one| one.after.is_none());
    match (gone.as_slice(), stays.as_slice()) {
        ([gone], [stays]) => {
            let [gone, stays] = [gone, stays].map(|one| one.contact().shown_name());
            format!("{gone} into {stays}")
        }
        _ => people(&change.contacts),
    }
}

/// `Kim Jansen to Kim de Vries`; nothing unless one contact has another name.
fn renamed(change: &BookChange) -> String {
    let contacts = change.contacts.iter();
    let mut renamed = contacts.filter_map(|one| Some((one.renamed_from()?, one.contact())));
    match (renamed.next(), renamed.next()) {
        (Some((from, to)), None) => format!("{from} to {}", to.shown_name()),
        _ => String::new(),
    }
}

/// ` to clients`, ` to none`; nothing where they differ.
fn to_bucket(change: &BookChange) -> String {
    let after = change.contacts.iter().filter_map(|one| one.after);
    let bucket = same(after.map(|(_, contact)| contact.bucket.as_deref()));
    bucket.map_or(String::new(), |bucket| {
        format!(" to {}", bucket.unwrap_or("none"))
    })
}

/// ` to Fri 27 Nov`, if all have that day now.
fn until(change: &BookChange, word: &str, on: NaiveDate) -> String {
    let day = |one: &ContactChange| {
        let (_, contact) = one.after?;
        match contact.paused {
            Some(Pause::Until(day)) => Some(day),
            Some(Pause::Open) => None,
            None => contact.next.as_ref().map(|next| next.on),
        }
    };
    let day = same(change.contacts.iter().map(day)).flatten();
    day.map_or(String::new(), |day| {
        format!(" {word} {}", days::date(day, on))
    })
}

/// `212 people`, `Ana Ruiz`, `12 people, and changes to 3`.
fn imported(change: &BookChange) -> String {
    let (new, old): (Vec<ContactChange>, Vec<ContactChange>) =
        change.contacts.iter().partition(|one| one.before.is_none());
    match (new.as_slice(), old.as_slice()) {
        (new, []) => people(new),
        ([], old) => format!("changes to {}", people(old)),
        (new, old) => format!("{}, and changes to {}", people(new), people(old)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::changed::changes;
    use super::*;

    const ON: &str = "2026-11-23";

    fn book(text: &str) -> Book {
        crate::store::read(text).expect("a book").book
    }

    /// Contacts by name, each with lines of its own.
    fn people(contacts: &[(&str, &str)]) -> Book {
        let one =
            |(name, lines): &(&str, &str)| format!("[[contacts]]\nname = '{name}'\n{lines}\n");
        book(&contacts.iter().map(one).collect::<String>())
    }

    #[track_caller]
    fn case(by: &str, before: &Book, after: &Book, expected: &str) {
        let change = BookChange::between(before, after);
        assert_eq!(what(by, &change, ON.parse().expect("a day")), expected);
    }

    #[test]
    fn a_touch_is_logged_amended_moved_or_deleted() {
        let touched = |lines: &str| people(&[("Ana", lines), ("Bo", "")]);
        let none = touched("");
        let call = touched("touches = [{ on = 2026-11-23, via = 'call' }]");
        let email = touched("touches = [{ on = 2026-11-10, via = 'email', direction = 'out' }]");
        case("log", &none, &call, "log: a call with Ana");
        case("open", &none, &call, "open: a call with Ana");
        case(
            "log",
            &call,
            &email,
            "log --amend: an email to Ana on Tue 10 Nov",
        );
        case("log", &call, &none, "log --delete: a call with Ana");
        let moved = people(&[
            ("Ana", ""),
            ("Bo", "touches = [{ on = 2026-11-23, via = 'call' }]"),
        ]);
        case("log", &call, &moved, "log --amend: a call with Bo, not Ana");
        let planned = touched("next = { on = 2026-11-27 }");
        case("log", &none, &planned, "log --amend: the plan with Ana");
        let both = people(&[
            ("Ana", "touches = [{ on = 2026-11-23, via = 'call' }]"),
            ("Bo", "touches = [{ on = 2026-11-23, via = 'letter' }]"),
        ]);
        case(
            "log",
            &none,
            &both,
            "log: a call with Ana and a letter with Bo",
        );
    }

    #[test]
    fn few_people_are_named_and_many_are_counted() {
        let names: Vec<String> = (0..212).map(|at| format!("P {at}")).collect();
        let in_bucket = |count: usize, lines: &'static str| {
            let some: Vec<(&str, &str)> = names[..count]
                .iter()
                .map(|name| (name.as_str(), lines))
                .collect();
            people(&some)
        };
        let none = book("");
        case("import", &none, &in_bucket(212, ""), "import: 212 people");
        case("import", &none, &in_bucket(2, ""), "import: P 0 and P 1");
        case(
            "import",
            &in_bucket(2, ""),
            &in_bucket(4, "city = 'Oslo'"),
            "import: P 2 and P 3, and changes to P 0 and P 1",
        );
        case(
            "move",
            &in_bucket(12, ""),
            &in_bucket(12, "bucket = 'a'"),
            "move: 12 people to a",
        );
        case(
            "move",
            &in_bucket(1, "bucket = 'a'"),
            &in_bucket(1, ""),
            "move: P 0 to none",
        );
        case(
            "edit",
            &in_bucket(12, ""),
            &in_bucket(12, "tags = ['a']"),
            "edit: tags of 12 people",
        );
        case(
            "by hand",
            &none,
            &in_bucket(5, ""),
            "by hand: 5 people added",
        );
        case(
            "by hand",
            &in_bucket(5, ""),
            &none,
            "by hand: P 0, P 1, P 2 and 2 more removed",
        );
        let (kim, kit) = (people(&[("Kim", "")]), people(&[("Kit", "")]));
        case("edit", &kim, &kit, "edit: Kim renamed to Kit");
        let mixed = people(&[("P 0", "city = 'Oslo'"), ("P 9", "")]);
        case(
            "by hand",
            &in_bucket(3, ""),
            &mixed,
            "by hand: P 0 and P 9; P 1 and P 2 removed",
        );
    }

    #[test]
    fn who_is_gone_or_renamed_is_named_among_many() {
        let book = |names: &[&str], lines: &str| {
            let some: Vec<(&str, &str)> = names.iter().map(|name| (*name, lines)).collect();
            people(&some)
        };
        let before = book(&["Ana", "Bo", "Cy", "Di", "Ed", "Fay"], "");
        let kept = book(&["Ana", "Bosse", "Cy", "Di", "Ed", "Fay"], "city = 'Oslo'");
        case(
            "sync",
            &before,
            &kept,
            "sync: city of 5 people; Bo renamed to Bosse",
        );
        let fewer = book(&["Ana", "Bo", "Cy", "Di"], "city = 'Oslo'");
        case(
            "sync",
            &before,
            &fewer,
            "sync: city of 4 people; Ed and Fay removed",
        );
        let change = BookChange::between(&before, &fewer);
        let told = "7 changes to 4 people; Ed and Fay removed";
        assert_eq!(changes(7, &change), told);
        let renamed = book(&["Ana", "Bosse", "Cyd", "Di", "Ed", "Fay"], "");
        let told = "edit: Bo renamed to Bosse and Cy to Cyd";
        case("edit", &before, &renamed, told);
        let moved = people(&[("Kit", "city = 'Oslo'")]);
        let told = "edit: Kim renamed to Kit; city of Kit";
        case("edit", &people(&[("Kim", "")]), &moved, told);
    }

    #[test]
    fn buckets_and_settings_are_told_by_their_names() {
        let bucket =
            |name: &str, weeks: u8| book(&format!("buckets.{name}.cadence = '{weeks} weeks'\n"));
        let none = book("");
        case("bucket", &none, &bucket("a", 1), "bucket add: a");
        case("bucket", &bucket("a", 1), &bucket("a", 2), "bucket set: a");
        case(
            "bucket",
            &bucket("a", 1),
            &bucket("b", 1),
            "bucket rename: a to b",
        );
        case("bucket", &bucket("a", 1), &none, "bucket remove: a");
        case("by hand", &none, &bucket("a", 1), "by hand: the bucket a");
        case(
            "by hand",
            &none,
            &book("week.touches = 3\n"),
            "by hand: week.touches",
        );
        case(
            "regroup",
            &none,
            &book("regroup.last = 2026-11-23\n"),
            "regroup: nobody changed",
        );
        case(
            "edit",
            &none,
            &none,
            "edit: comments, spacing or keys of your own",
        );
    }

    #[test]
    fn days_are_told_where_all_have_the_same() {
        let snoozed = |day: &str| {
            people(&[
                ("Ana", &format!("next = {{ on = {day} }}")),
                ("Bo", "next = { on = 2026-12-04 }"),
            ])
        };
        let none = people(&[("Ana", ""), ("Bo", "")]);
        case(
            "snooze",
            &none,
            &snoozed("2026-12-04"),
            "snooze: Ana and Bo to Fri 4 Dec",
        );
        case(
            "snooze",
            &none,
            &snoozed("2026-12-11"),
            "snooze: Ana and Bo",
        );
        let paused = |lines: &str| people(&[("Ana", lines), ("Bo", "")]);
        case("pause", &none, &paused("paused = true"), "pause: Ana");
        case(
            "pause",
            &none,
            &paused("paused = 2026-12-04"),
            "pause: Ana until Fri 4 Dec",
        );
        case("resume", &paused("paused = true"), &none, "resume: Ana");
    }
}
