//! The week over a long time: it can be done, it is fair, and nobody is forgotten.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use netkeep::domain::due::rule::{Standing, standing};
use netkeep::domain::identity::import::{Answer, Arrival, NewBucket, intake};
use netkeep::domain::identity::supplement::Prefer;
use netkeep::domain::planning::spread::enter;
use netkeep::domain::planning::week::{DueClass, class, plan};
use netkeep::domain::{Book, Bucket, Cadence, Contact, ContactId, Next, Promise, Touch};
use proptest::prelude::*;

/// A Monday.
fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn cadence(text: &str) -> Cadence {
    text.parse().expect("a cadence")
}

/// Buckets with their cadence, share and people, whose last touches are spread over the cadence.
fn book(buckets: &[(&str, &str, u32, usize)], limit: Option<&str>) -> Book {
    let mut book = Book::default();
    for (name, every, share, people) in buckets {
        let every = cadence(every);
        book.buckets.push(Bucket {
            name: (*name).to_owned(),
            cadence: Some(every),
            limit: limit.map(cadence),
            share: *share,
            size: None,
        });
        let days = usize::try_from(every.days_from(start())).expect("days");
        for at in 0..*people {
            let ago = 1 + at * days / people;
            let contact = Contact {
                name: format!("{name} {at}"),
                bucket: Some((*name).to_owned()),
                touches: vec![Touch::on(start() - Days::new(ago as u64))],
                ..Contact::default()
            };
            book.contacts.push(contact.into());
        }
    }
    book
}

/// Lives for twelve weeks: each day does its part of what `due` says and logs it. Returns how many of each bucket were
/// reached in each week; `look` sees every day.
fn live(
    book: &mut Book,
    size: u32,
    look: impl Fn(&Book, NaiveDate),
) -> Vec<HashMap<String, usize>> {
    let mut weeks = Vec::new();
    for week in 0..12 {
        let mut reached: HashMap<String, usize> = HashMap::new();
        for day in 0..7 {
            let today = start() + Days::new(week * 7 + day);
            let plan = plan(book, today, size);
            assert!(plan.done + plan.listed.len() <= size as usize, "{today}");
            let part = plan
                .listed
                .len()
                .div_ceil(usize::try_from(7 - day).expect("days"));
            let ids: Vec<ContactId> = plan.listed.iter().take(part).map(|one| one.id).collect();
            for id in ids {
                let contact = book.contact_mut(id);
                contact.touches.push(Touch::on(today));
                *reached
                    .entry(contact.bucket.clone().expect("a bucket"))
                    .or_default() += 1;
            }
            look(book, today);
        }
        weeks.push(reached);
    }
    weeks
}

/// Three hundred people. Their cadences ask for 53.5 touches a week.
const BUCKETS: [(&str, &str, u32, usize); 4] = [
    ("clients", "4 weeks", 4, 60),
    ("prospects", "2 weeks", 2, 40),
    ("colleagues", "3 months", 1, 120),
    ("friends", "2 months", 1, 80),
];

/// The same people, imported on one day into their buckets: nobody was ever touched.
fn imported() -> Book {
    let mut book = self::book(
        &BUCKETS.map(|(name, every, share, _)| (name, every, share, 0)),
        None,
    );
    for (name, _, _, people) in BUCKETS {
        let arrival = |at: usize| Arrival {
            contact: Contact {
                name: format!("Pat{at} {name}"),
                email: vec![format!("pat{at}@{name}.example")],
                ..Contact::default()
            },
            connected: Some("LinkedIn, 28 Mar 2012".to_owned()),
            ..Arrival::default()
        };
        let arrivals: Vec<Arrival> = (0..people).map(arrival).collect();
        let found = intake(&book, &arrivals, Prefer::Mine, |_| Answer::Leave, start());
        let bucket = NewBucket::Given(Some(name.to_owned()));
        let (mut after, newcomers) = found.into_book(&book, &arrivals, &bucket);
        assert_eq!(newcomers.len(), people);
        enter(&mut after, &newcomers, start());
        book = after;
    }
    book
}

/// Lives for twelve weeks with the imported people: each week everyone listed is reached. No week asks for more than it holds
/// and what was promised, and nobody is urgent before a cadence has passed. Returns how many were reached in each week.
fn live_after_import(book: &mut Book, size: u32) -> Vec<usize> {
    let mut weeks = Vec::new();
    for week in 0..12 {
        let mut reached = 0;
        for day in 0..7 {
            let today = start() + Days::new(week * 7 + day);
            for id in book.ids() {
                let every = book.bucket(book.contact(id).bucket.as_deref().expect("one"));
                let every = every.and_then(|bucket| bucket.cadence).expect("a cadence");
                let is_urgent = class(book, &standing(book, id, today), today) == DueClass::Urgent;
                let name = &book.contact(id).name;
                assert!(
                    !is_urgent || (today - start()).num_days() > every.days_from(start()),
                    "{name} on {today}"
                );
            }
            let plan = plan(book, today, size);
            let is_promised = |one: &&Standing| class(book, one, today) == DueClass::Promised;
            let promised = plan.listed.iter().filter(is_promised).count();
            assert!(
                plan.done + plan.listed.len() <= size as usize + promised,
                "{today}"
            );
            let left = usize::try_from(7 - day).expect("days");
            let part = plan.listed.len().div_ceil(left);
            let ids: Vec<ContactId> = plan.listed.iter().take(part).map(|one| one.id).collect();
            for id in ids {
                let contact = book.contact_mut(id);
                contact.touches.push(Touch::on(today));
                contact.promises.retain(|promise| promise.by > Some(today));
                contact.next = None;
                reached += 1;
            }
        }
        weeks.push(reached);
    }
    weeks
}

#[test]
fn an_import_of_three_hundred_fills_no_week_and_makes_nobody_urgent() {
    for size in [10, 27, 60] {
        let weeks = live_after_import(&mut imported(), size);
        assert!(
            weeks.iter().all(|reached| *reached <= size as usize),
            "{weeks:?}"
        );
    }
    // With room for all, the first weeks ask for what the later ones do.
    let weeks = live_after_import(&mut imported(), 90);
    assert!(
        weeks.iter().all(|reached| (40..=70).contains(reached)),
        "{weeks:?}"
    );
}

#[test]
fn promises_after_an_import_come_on_top() {
    let mut book = imported();
    for at in (0..300).step_by(20) {
        let by = start() + Days::new(3 + at as u64 / 5);
        let what = "send it".to_owned();
        book.contact_mut(ContactId(at))
            .promises
            .push(Promise { by: Some(by), what });
    }
    live_after_import(&mut book, 10);
}

/// How many of a bucket were reached in a week.
fn of(week: &HashMap<String, usize>, bucket: &str) -> f64 {
    f64::from(u32::try_from(week.get(bucket).copied().unwrap_or(0)).expect("few"))
}

#[test]
fn with_enough_room_nobody_goes_past_the_limit() {
    let mut book = book(&BUCKETS, None);
    live(&mut book, 60, |book, today| {
        for id in book.ids() {
            let limit = standing(book, id, today).limit;
            assert!(limit >= Some(today), "{} on {today}", book.contact(id).name);
        }
    });
}

/// If nobody is past the limit, only the shares count.
#[test]
fn with_half_the_room_each_bucket_has_its_share() {
    let mut book = book(&BUCKETS, Some("1 year"));
    let weeks = live(&mut book, 27, |_, _| {});
    for (bucket, _, share, _) in BUCKETS {
        let part = 27.0 * f64::from(share) / 8.0;
        for week in &weeks {
            assert!((of(week, bucket) - part).abs() < 1.0, "{bucket}: {week:?}");
        }
        let total: f64 = weeks.iter().map(|week| of(week, bucket)).sum();
        assert!((total - part * 12.0).abs() <= 1.0, "{bucket}: {total}");
    }
}

/// The same with the default limits: people past them come first, and delay the others without excluding them.
#[test]
fn with_half_the_room_no_bucket_starves() {
    let mut book = book(&BUCKETS, None);
    let weeks = live(&mut book, 27, |_, _| {});
    let totals = BUCKETS.map(|(bucket, ..)| weeks.iter().map(|week| of(week, bucket)).sum::<f64>());
    assert_eq!(
        totals.map(|total| format!("{total}")).join(" "),
        "117 134 27 46"
    );
    for (bucket, _, _, _) in BUCKETS {
        for month in weeks.windows(4) {
            let total: f64 = month.iter().map(|week| of(week, bucket)).sum();
            assert!(total >= 1.0, "{bucket}: {month:?}");
        }
    }
}

/// A person in a book: the bucket, the days since the last touch, and whether promised or friendly.
type Person = (usize, Option<u64>, u8);

fn people() -> impl Strategy<Value = Vec<Person>> {
    let person = (0..4_usize, prop::option::of(0..60_u64), 0..20_u8);
    prop::collection::vec(person, 0..60)
}

/// A book with three buckets, due every week and past the limit after four, and people without one.
fn random(shares: &[u32], people: &[Person], today: NaiveDate) -> Book {
    let mut book = self::book(
        &[
            ("a", "1 week", shares[0], 0),
            ("b", "1 week", shares[1], 0),
            ("c", "1 week", shares[2], 0),
        ],
        Some("4 weeks"),
    );
    for (at, person) in people.iter().enumerate() {
        book.contacts.push(contact(at, person, today).into());
    }
    book
}

fn promise(by: Option<NaiveDate>) -> Promise {
    let what = "send".to_owned();
    Promise { by, what }
}

fn contact(at: usize, (bucket, ago, kind): &Person, today: NaiveDate) -> Contact {
    let touch = |ago: u64| Touch::on(today - Days::new(ago));
    Contact {
        name: at.to_string(),
        bucket: ["a", "b", "c"].get(*bucket).map(|name| (*name).to_owned()),
        cadence: Some(cadence("1 week")),
        limit: Some(cadence("4 weeks")),
        touches: ago.map(touch).into_iter().collect(),
        friendly: *kind == 0,
        next: (*kind == 1).then(|| Next {
            on: today,
            what: Some("call".to_owned()),
        }),
        // For this week or before, for next month, and without a day.
        promises: match kind {
            2 => vec![promise(Some(today)), promise(Some(today - Days::new(9)))],
            3 => vec![promise(Some(today + Days::new(30)))],
            4 => vec![promise(None)],
            _ => vec![],
        },
        ..Contact::default()
    }
}

/// The contents of a week, by bucket and class.
struct Sums<'b> {
    book: &'b Book,
    today: NaiveDate,
    listed: Vec<ContactId>,
    waiting: Vec<ContactId>,
    done: Vec<ContactId>,
}

impl<'b> Sums<'b> {
    fn of(book: &'b Book, today: NaiveDate, size: u32) -> Self {
        let plan = plan(book, today, size);
        let into = |day: NaiveDate| u64::from(day.weekday().days_since(Weekday::Mon));
        let start = today - Days::new(into(today));
        let is_done = |id: &ContactId| {
            let last = book.contact(*id).last_touch(today);
            last.is_some_and(|touch| touch.on >= start)
        };
        let sums = Self {
            book,
            today,
            listed: plan.listed.iter().map(|one| one.id).collect(),
            waiting: plan.waiting.iter().map(|one| one.id).collect(),
            done: book.ids().filter(is_done).collect(),
        };
        assert_eq!(sums.done.len(), plan.done);
        sums
    }

    /// How many were reached and have no place in the list: promised and friendly people who are due again have one.
    fn settled(&self) -> usize {
        let is_always =
            |id: &&ContactId| self.class(**id) <= DueClass::Friendly && self.listed.contains(id);
        self.done.len() - self.done.iter().filter(is_always).count()
    }

    fn class(&self, id: ContactId) -> DueClass {
        class(self.book, &standing(self.book, id, self.today), self.today)
    }

    fn bucket(&self, id: ContactId) -> Option<&'b str> {
        self.book.contact(id).bucket.as_deref()
    }

    /// The listed contacts of this class or an earlier one.
    fn up_to(&self, class: DueClass) -> HashSet<ContactId> {
        let listed = self.listed.iter().copied();
        listed.filter(|id| self.class(*id) <= class).collect()
    }

    /// What each bucket had in the week after this class, and its part of a week of `size` at that point.
    fn given(&self, of: DueClass, size: u32) -> HashMap<Option<&'b str>, (f64, f64)> {
        let share = |bucket: Option<&str>| {
            bucket.map_or(1.0, |name| {
                f64::from(self.book.bucket(name).expect("it is there").share)
            })
        };
        let upto = |id: &&ContactId| self.class(**id) <= of;
        // Promised contacts who were reached and are due again have one place.
        let given: HashSet<ContactId> = self
            .done
            .iter()
            .chain(self.listed.iter().filter(upto))
            .copied()
            .collect();
        let in_play: HashSet<Option<&str>> = given
            .iter()
            .chain(self.waiting.iter().filter(upto))
            .map(|id| self.bucket(*id))
            .collect();
        let shares: f64 = in_play.iter().map(|bucket| share(*bucket)).sum();
        let part = |bucket| f64::from(size) * share(bucket) / shares;
        let count = |bucket| {
            given
                .iter()
                .filter(|id| self.bucket(**id) == bucket)
                .count()
        };
        let count = |bucket| f64::from(u32::try_from(count(bucket)).expect("few"));
        in_play
            .into_iter()
            .map(|bucket| (bucket, (count(bucket), part(bucket))))
            .collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_week_is_never_longer_than_its_size(
        shares in prop::array::uniform3(0..5_u32), people in people(), size in 0..30_u32, day in 0..30_u64,
    ) {
        let today = start() + Days::new(day);
        let book = random(&shares, &people, today);
        let week = Sums::of(&book, today, size);
        let always = week.up_to(DueClass::Friendly).len();
        prop_assert!(week.settled() + week.listed.len() <= size as usize || week.listed.len() == always);
        // Everyone who is due is in one of the two lists, once.
        let both: Vec<ContactId> = week.listed.iter().chain(&week.waiting).copied().collect();
        let distinct: HashSet<ContactId> = both.iter().copied().collect();
        let due: HashSet<ContactId> = book.ids().filter(|id| week.class(*id) <= DueClass::Due).collect();
        prop_assert_eq!(both.len(), distinct.len());
        prop_assert_eq!(distinct, due);
        // Nobody in a bucket with a share waits while there is room.
        let waits = week.waiting.iter().any(|id| {
            week.bucket(*id).is_none_or(|name| book.bucket(name).expect("it is there").share > 0)
        });
        prop_assert!(!waits || week.settled() + week.listed.len() >= size as usize);
        prop_assert!(week.waiting.iter().all(|id| week.class(*id) > DueClass::Friendly));
    }

    #[test]
    fn a_bucket_has_no_more_than_its_share_while_another_waits_with_less(
        shares in prop::array::uniform3(0..5_u32), people in people(), size in 0..30_u32, day in 0..30_u64,
    ) {
        let today = start() + Days::new(day);
        let book = random(&shares, &people, today);
        let week = Sums::of(&book, today, size);
        for of in [DueClass::Urgent, DueClass::Due] {
            let given = week.given(of, size);
            let listed: HashSet<_> = week.listed.iter().filter(|id| week.class(**id) == of).map(|id| week.bucket(*id)).collect();
            for waiting in week.waiting.iter().filter(|id| week.class(**id) == of) {
                let (had, part) = given[&week.bucket(*waiting)];
                for bucket in &listed {
                    let (other, its_part) = given[bucket];
                    prop_assert!(
                        other < its_part + 1.0 || had > part - 1.0 || part == 0.0,
                        "{:?} had {} of {}, {:?} {} of {}", week.bucket(*waiting), had, part, bucket, other, its_part
                    );
                }
            }
        }
        // People past the limit come before the rest, and in each bucket the highest pressure comes first.
        for waiting in &week.waiting {
            let share = week.bucket(*waiting).map_or(1, |name| book.bucket(name).expect("it is there").share);
            for listed in &week.listed {
                let is_before = week.class(*waiting) < week.class(*listed);
                prop_assert!(share == 0 || !is_before);
                if share > 0 && week.class(*waiting) == week.class(*listed) && week.bucket(*waiting) == week.bucket(*listed) {
                    let pressure = |id| standing(&book, id, today).pressure.ratio();
                    prop_assert!(pressure(*listed) >= pressure(*waiting));
                }
            }
        }
    }

    #[test]
    fn a_newcomer_takes_no_place_in_a_higher_class(
        shares in prop::array::uniform3(0..5_u32), people in people(), size in 0..30_u32, day in 0..30_u64,
        newcomer in (0..4_usize, prop::option::of(7..60_u64), 0..6_u8),
    ) {
        let today = start() + Days::new(day);
        let mut book = random(&shares, &people, today);
        let before = book.clone();
        book.contacts.push(contact(people.len(), &newcomer, today).into());
        let (before, after) = (Sums::of(&before, today, size), Sums::of(&book, today, size));
        let class = after.class(ContactId(people.len()));
        for above in [DueClass::Promised, DueClass::Friendly, DueClass::Urgent, DueClass::Due] {
            if above < class {
                prop_assert_eq!(before.up_to(above), after.up_to(above));
            }
        }
    }

    #[test]
    fn logging_a_listed_contact_leaves_the_rest_of_the_list(
        shares in prop::array::uniform3(0..5_u32), people in people(), size in 1..30_u32, day in 0..30_u64,
        which in any::<prop::sample::Index>(), how in 0..4_u8,
    ) {
        let today = start() + Days::new(day);
        let mut book = random(&shares, &people, today);
        let before = plan(&book, today, size).listed.iter().map(|one| one.id).collect::<Vec<_>>();
        if before.is_empty() {
            return Ok(());
        }
        let logged = before[which.index(before.len())];
        let contact = book.contact_mut(logged);
        contact.touches.push(Touch::on(today));
        match how {
            // A plan with a reason, or a promise, for later this week is still in the week.
            3 => contact.promises = vec![promise(Some(today + Days::new(1)))],
            0 => contact.next = Some(Next { on: today + Days::new(1), what: Some("send".to_owned()) }),
            // Someone due again in the same week gets a place only if there is room.
            1 => {
                contact.next = None;
                contact.cadence = Some(cadence("2 days"));
            }
            _ => {
                contact.next = None;
                contact.cadence = Some(cadence("1 month"));
            }
        }
        let after: HashSet<ContactId> = plan(&book, today, size).listed.iter().map(|one| one.id).filter(|id| *id != logged).collect();
        let rest: HashSet<ContactId> = before.into_iter().filter(|id| *id != logged).collect();
        prop_assert_eq!(after, rest);
    }
}
