//! What came into the book from another copy of it, a line a contact: `Ana Ruiz: a call on Tue 3 Nov; city changed`.

use chrono::NaiveDate;

use super::days;
use super::plural::{and, count, with_article};
use crate::domain::changes::book_change::{BookChange, BucketChange, ContactChange};
use crate::domain::{Direction, Field, Promise, Touch};

/// The most touches or promises of one contact that are named; more are counted.
const NAMED: usize = 3;

/// A line for each contact, bucket and setting that changed.
pub(crate) fn lines(change: &BookChange, today: NaiveDate) -> Vec<String> {
    let contacts = change.contacts.iter().map(|one| contact(one, today));
    let buckets = change.buckets.iter().map(bucket);
    let settings = change.settings.iter();
    let settings = settings.map(|one| format!("{} changed", one.key));
    contacts.chain(buckets).chain(settings).collect()
}

fn contact(change: &ContactChange, today: NaiveDate) -> String {
    let name = change.contact().shown_name();
    match (change.before, change.after) {
        (None, _) => return format!("{name} added"),
        (_, None) => return format!("{name} removed"),
        _ => {}
    }
    let rows = |touches: &[&Touch], promises: &[&Promise]| {
        let mut rows = named_touches(touches, today);
        rows.extend(named_promises(promises));
        rows.join(", ")
    };
    let (touches, promises) = (change.touches(), change.promises());
    let mut what = vec![rows(&touches.new, &promises.new)];
    let gone = rows(&touches.gone, &promises.gone);
    if !gone.is_empty() {
        what.push(format!("without {gone}"));
    }
    what.extend(fields(change));
    what.retain(|one| !one.is_empty());
    let former = change.renamed_from();
    if what.is_empty() && former.is_none() {
        what.push("rows in another order".to_owned());
    }
    let who = former.map_or(name.to_owned(), |former| {
        format!("{former} renamed to {name}")
    });
    let what = what.join("; ");
    if what.is_empty() {
        who
    } else {
        format!("{who}: {what}")
    }
}

/// `phone added`, `city and notes changed`, `birthday removed`. A new name is told by itself, and the uid that comes with it.
fn fields(change: &ContactChange) -> Vec<String> {
    let is_renamed = change.renamed_from().is_some();
    let mut kinds: [(&str, Vec<&str>); 3] =
        ["added", "changed", "removed"].map(|how| (how, vec![]));
    for one in change.fields() {
        if is_renamed && [Field::Name, Field::Uid].contains(&one.field) {
            continue;
        }
        let kind = match (one.old, one.new) {
            (None, _) => 0,
            (_, Some(_)) => 1,
            (_, None) => 2,
        };
        kinds[kind].1.push(one.field.key());
    }
    let some = kinds.into_iter().filter(|(_, keys)| !keys.is_empty());
    some.map(|(how, keys)| format!("{} {how}", and(&keys)))
        .collect()
}

fn bucket(change: &BucketChange) -> String {
    let name = change.name();
    let how = match (change.before, change.after, change.renamed_from()) {
        (_, _, Some(former)) => return format!("the bucket {former} renamed to {name}"),
        (None, ..) => "added",
        (_, None, _) => "removed",
        _ => "changed",
    };
    format!("the bucket {name} {how}")
}

/// `a call on Tue 3 Nov and twice on Mon 2 Nov`, `an email to them on Tue 3 Nov`; many are counted.
pub(super) fn named_touches(touches: &[&Touch], today: NaiveDate) -> Vec<String> {
    if touches.len() > NAMED {
        return vec![count(touches.len(), "touch", "touches")];
    }
    let kind = |touch: &Touch| {
        let via = touch.via();
        let via = via.map_or_else(|| "a touch".to_owned(), with_article);
        let direction = match touch.direction {
            None => "",
            Some(Direction::Out) => " to them",
            Some(Direction::In) => " from them",
        };
        via + direction
    };
    // What is alike is said once.
    let mut told: Vec<(String, Vec<(NaiveDate, usize)>)> = Vec::new();
    for touch in touches {
        let kind = kind(touch);
        let at = told.iter().position(|(known, _)| *known == kind);
        let at = at.unwrap_or_else(|| {
            told.push((kind, vec![]));
            told.len() - 1
        });
        let days = &mut told[at].1;
        match days.iter_mut().find(|(day, _)| *day == touch.on) {
            Some((_, times)) => *times += 1,
            None => days.push((touch.on, 1)),
        }
    }
    let day = |(day, times)| {
        let day = days::date(day, today);
        match times {
            1 => format!("on {day}"),
            2 => format!("twice on {day}"),
            times => format!("{times} times on {day}"),
        }
    };
    let told = told.into_iter().map(|(kind, days)| {
        let days: Vec<String> = days.into_iter().map(day).collect();
        format!("{kind} {}", and(&days))
    });
    told.collect()
}

/// `the promise “send the draft”`; many are counted.
pub(super) fn named_promises(promises: &[&Promise]) -> Vec<String> {
    if promises.len() > NAMED {
        return vec![count(promises.len(), "promise", "promises")];
    }
    let promises = promises.iter();
    promises
        .map(|one| format!("the promise “{}”", one.what))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn told(before: &str, after: &str, expected: &[&str]) {
        let [before, after] =
            [before, after].map(|text| crate::store::read(text).expect("a book").book);
        let today = "2026-11-23".parse().expect("a day");
        let lines = lines(&BookChange::between(&before, &after), today);
        assert_eq!(lines, expected);
    }

    fn ana(lines: &str) -> String {
        format!("[[contacts]]\nname = 'Ana'\nuid = '1'\n{lines}")
    }

    #[test]
    fn a_contact_is_one_line() {
        told(
            &ana("notes = 'Sails.'\ntitle = 'CTO'\npromises = [{ what = 'draft' }]\n"),
            &ana(
                "city = 'Oslo'\ncompany = 'Acme'\ntitle = 'CEO'\npromises = [{ what = 'lunch' }]\n\
                 touches = [{ on = 2026-11-03, via = 'call' }, { on = 2026-11-02, direction = 'in' }]\n",
            ),
            &[
                "Ana: a call on Tue 3 Nov, a touch from them on Mon 2 Nov, the promise “lunch”; \
                 without the promise “draft”; company and city added; title changed; notes removed",
            ],
        );
        let many = "touches = [{ on = 2026-11-03 }, { on = 2026-11-02 }, { on = 2026-11-01 }, { on = 2026-10-01 }]\n";
        told(&ana(""), &ana(many), &["Ana: 4 touches"]);
        told("format = 1\n", &ana(many), &["Ana added"]);
        told(&ana(many), "format = 1\n", &["Ana removed"]);
    }

    #[test]
    fn touches_that_are_alike_are_told_together() {
        let calls = |days: [&str; 3]| {
            let rows = days.map(|day| format!("{{ on = {day}, via = 'call' }}"));
            ana(&format!("touches = [{}]\n", rows.join(", ")))
        };
        for (days, expected) in [
            (
                ["2026-11-03", "2026-11-02", "2026-11-01"],
                "Ana: a call on Tue 3 Nov, on Mon 2 Nov and on Sun 1 Nov",
            ),
            (
                ["2026-11-03", "2026-11-02", "2026-11-02"],
                "Ana: a call on Tue 3 Nov and twice on Mon 2 Nov",
            ),
            (["2026-11-03"; 3], "Ana: a call 3 times on Tue 3 Nov"),
        ] {
            told(&ana(""), &calls(days), &[expected]);
        }
    }

    #[test]
    fn a_new_name_is_told_by_itself() {
        let kim = "[[contacts]]\nname = 'Kim Jansen'\nuid = '1'\n";
        let wolf = kim.replace("Jansen", "Jansen-Wolf");
        told(kim, &wolf, &["Kim Jansen renamed to Kim Jansen-Wolf"]);
        told(
            kim,
            &format!("{wolf}city = 'Bonn'\n"),
            &["Kim Jansen renamed to Kim Jansen-Wolf: city added"],
        );
    }

    #[test]
    fn buckets_and_settings_are_told_too() {
        told(
            "[week]\ntouches = 5\n[buckets.work]\ncadence = '2 weeks'\n",
            "[week]\ntouches = 7\n[buckets.friends]\ncadence = '2 weeks'\n[buckets.work]\ncadence = '3 weeks'\n",
            &[
                "the bucket friends added",
                "the bucket work changed",
                "week.touches changed",
            ],
        );
    }
}
