//! When someone is due.
//!
//! Everything is derived from the book and one day; nothing of it is stored. In short: the newest touch, and from it
//! the cadence; a planned next touch comes before the cadence; paused and resting contacts are left alone.

use chrono::{Days, NaiveDate};

use super::{Book, Cadence, Contact, ContactId, Direction, Next};

/// How one contact stands on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing<'book> {
    /// Who.
    pub id: ContactId,
    /// The day of the newest touch on or before today.
    pub last: Option<NaiveDate>,
    /// Where the clock started: the last touch, else the day tracking began.
    pub since: Option<NaiveDate>,
    /// The cadence and where it comes from.
    pub cadence: Option<(Cadence, Source)>,
    /// The planned next touch, unless a touch has spent it.
    pub next: Option<&'book Next>,
    /// The day of the next touch; `None` when nothing asks for one.
    pub due: Option<NaiveDate>,
    /// The last day inside the limit, counted from `since`.
    pub limit: Option<NaiveDate>,
    /// How pressing it is.
    pub pressure: Pressure,
    /// Paused or resting, and so never due.
    pub quiet: Option<Quiet>,
}

/// Where a cadence comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// The contact's own.
    Own,
    /// Its bucket's.
    Bucket,
}

/// Why a contact is left alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Quiet {
    /// The user said: not now.
    Paused,
    /// Too many touches in a row without an answer.
    Resting,
}

/// Days gone by against days allowed: 1.0 is due, 2.0 is twice too long. Both counts are days; `allowed` is at least 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Pressure {
    /// Days gone by.
    pub gone: i64,
    /// Days allowed.
    pub allowed: i64,
}

/// How a due day lies to today and its week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum State {
    Overdue,
    Today,
    /// By the end of the week.
    Soon,
    Later,
    Resting,
    Paused,
}

/// What stands for a cadence where there is none, in days.
const NO_CADENCE: i64 = 30;

/// How `id` stands on `today`.
#[must_use]
pub fn standing(book: &Book, id: ContactId, today: NaiveDate) -> Standing<'_> {
    let contact = book.contact(id);
    let last = contact.last_touch(today).map(|touch| touch.on);
    let since = last.or(contact.added);
    let cadence = cadence(book, contact);
    let next = contact
        .next
        .as_ref()
        .filter(|next| last.is_none_or(|last| last < next.on));
    let due = match (next, cadence) {
        (Some(next), _) => Some(next.on),
        (None, Some((cadence, _))) => Some(since.map_or(today, |since| {
            cadence.after(since).unwrap_or(NaiveDate::MAX)
        })),
        (None, None) => None,
    };
    let quiet = if contact.is_paused(today) {
        Some(Quiet::Paused)
    } else if next.is_none() && is_resting(contact, book.rest_after.0, today) {
        Some(Quiet::Resting)
    } else {
        None
    };
    let limit = since.and_then(|since| limit(book, contact, since));
    let pressure = pressure(since, cadence.map(|(cadence, _)| cadence), next, today);
    Standing {
        id,
        last,
        since,
        cadence,
        next,
        due,
        limit,
        pressure,
        quiet,
    }
}

/// Everyone with a due day, paused and resting contacts included, in the order of the list: the highest pressure
/// first, then the earliest due day, then the order of the file.
#[must_use]
pub fn all(book: &Book, today: NaiveDate) -> Vec<Standing<'_>> {
    let mut all: Vec<Standing> = book
        .ids()
        .map(|id| standing(book, id, today))
        .filter(|standing| standing.due.is_some())
        .collect();
    all.sort_by(|a, b| {
        b.pressure
            .cmp(a.pressure)
            .then(a.due.cmp(&b.due))
            .then(a.id.cmp(&b.id))
    });
    all
}

/// How many contacts of the bucket are due by the end of the week.
#[must_use]
pub fn due_in(book: &Book, bucket: &str, today: NaiveDate) -> usize {
    let week_end = book.week.last_day(today);
    let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == Some(bucket);
    book.ids()
        .filter(is_in)
        .filter(|id| standing(book, *id, today).is_due_by(week_end))
        .count()
}

/// Whether the newest `rest_after` touches on or before `today` are all without an answer. Friends never rest.
fn is_resting(contact: &Contact, rest_after: u32, today: NaiveDate) -> bool {
    let rest_after = usize::try_from(rest_after).unwrap_or(usize::MAX);
    let is_out = |direction: Option<Direction>| direction == Some(Direction::Out);
    if contact.friendly
        || rest_after == 0
        || !contact
            .last_touch(today)
            .is_some_and(|touch| is_out(touch.direction))
    {
        return false;
    }
    let mut touches: Vec<_> = contact
        .touches
        .iter()
        .filter(|touch| touch.on <= today)
        .collect();
    touches.sort_by_key(|touch| touch.on);
    touches.len() >= rest_after
        && touches
            .iter()
            .rev()
            .take(rest_after)
            .all(|touch| is_out(touch.direction))
}

fn cadence(book: &Book, contact: &Contact) -> Option<(Cadence, Source)> {
    let of_bucket = || book.bucket(contact.bucket.as_deref()?)?.cadence;
    contact
        .cadence
        .map(|own| (own, Source::Own))
        .or_else(|| of_bucket().map(|cadence| (cadence, Source::Bucket)))
}

/// The last day inside the limit: the contact's own, its bucket's, or one and a half times the cadence.
fn limit(book: &Book, contact: &Contact, since: NaiveDate) -> Option<NaiveDate> {
    let of_bucket = || book.bucket(contact.bucket.as_deref()?)?.limit;
    if let Some(limit) = contact.limit.or_else(of_bucket) {
        return limit.after(since);
    }
    let (cadence, _) = cadence(book, contact)?;
    let days = cadence.days_from(since) * 3 / 2;
    since.checked_add_days(Days::new(days.unsigned_abs()))
}

fn pressure(
    since: Option<NaiveDate>,
    cadence: Option<Cadence>,
    next: Option<&Next>,
    today: NaiveDate,
) -> Pressure {
    let allowed = cadence.map_or(NO_CADENCE, |cadence| {
        cadence.days_from(since.unwrap_or(today))
    });
    let gone = match (next, since) {
        (Some(next), _) => allowed + (today - next.on).num_days(),
        (None, Some(since)) => (today - since).num_days(),
        (None, None) => allowed,
    };
    Pressure { gone, allowed }
}

impl Standing<'_> {
    /// How the due day lies to `today` and to the last day of its week; `None` without a due day.
    #[must_use]
    pub fn state(&self, today: NaiveDate, week_end: NaiveDate) -> Option<State> {
        let due = self.due?;
        Some(match self.quiet {
            Some(Quiet::Paused) => State::Paused,
            Some(Quiet::Resting) => State::Resting,
            None if due < today => State::Overdue,
            None if due == today => State::Today,
            None if due <= week_end => State::Soon,
            None => State::Later,
        })
    }

    /// Whether it falls due on or before `day`.
    #[must_use]
    pub fn is_due_by(&self, day: NaiveDate) -> bool {
        self.quiet.is_none() && self.due.is_some_and(|due| due <= day)
    }

    /// Whether it is due on `today` and past its limit.
    #[must_use]
    pub fn is_urgent(&self, today: NaiveDate) -> bool {
        self.is_due_by(today) && self.limit.is_some_and(|limit| limit < today)
    }
}

impl Pressure {
    /// The quotient.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "days since the year 1 are far below 2^52"
    )]
    pub fn ratio(self) -> f64 {
        self.gone as f64 / self.allowed as f64
    }

    fn cmp(self, other: Self) -> std::cmp::Ordering {
        (i128::from(self.gone) * i128::from(other.allowed))
            .cmp(&(i128::from(other.gone) * i128::from(self.allowed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Bucket, Pause, Touch};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    const TODAY: &str = "2026-11-23";

    fn book(contacts: Vec<Contact>) -> Book {
        let bucket = |name: &str, cadence: &str| Bucket {
            name: name.to_owned(),
            cadence: Some(cadence.parse().expect("a cadence")),
            limit: None,
            share: 1,
        };
        let buckets = vec![
            bucket("clients", "4 weeks"),
            bucket("friends", "2 months"),
            bucket("ages", "999 years"),
        ];
        Book {
            buckets,
            contacts,
            ..Book::default()
        }
    }

    fn client(touches: &[&str]) -> Contact {
        let touches = touches.iter().map(|on| Touch::on(day(on))).collect();
        Contact {
            name: "Ana Ruiz".to_owned(),
            bucket: Some("clients".to_owned()),
            touches,
            ..Contact::default()
        }
    }

    fn planned(on: &str, what: Option<&str>) -> Option<Next> {
        Some(Next {
            on: day(on),
            what: what.map(str::to_owned),
        })
    }

    fn out(on: &str) -> Touch {
        Touch {
            direction: Some(Direction::Out),
            ..Touch::on(day(on))
        }
    }

    fn stand<T>(contact: Contact, read: impl FnOnce(&Standing) -> T) -> T {
        let book = book(vec![contact]);
        read(&standing(&book, ContactId(0), day(TODAY)))
    }

    /// The due day on Monday 23 November 2026, or `-`.
    #[track_caller]
    fn due(contact: Contact, expected: &str) {
        let due = stand(contact, |standing| {
            standing.due.map_or("-".to_owned(), |due| due.to_string())
        });
        assert_eq!(due, expected);
    }

    #[test]
    fn is_due_one_cadence_after_the_newest_touch() {
        due(client(&["2026-11-10"]), "2026-12-08");
        due(
            client(&["2026-11-10", "2026-10-02", "2026-01-01"]),
            "2026-12-08",
        );
        due(client(&["2026-10-02", "2026-11-10"]), "2026-12-08");
    }

    #[test]
    fn never_touched_counts_from_the_day_tracking_began_or_is_due_today() {
        due(
            Contact {
                added: Some(day("2026-11-20")),
                ..client(&[])
            },
            "2026-12-18",
        );
        due(client(&[]), TODAY);
        assert_eq!(
            stand(client(&[]), |standing| standing.pressure.ratio()).to_string(),
            "1"
        );
    }

    #[test]
    fn a_touch_in_the_future_does_not_count_yet() {
        due(client(&["2026-12-24"]), TODAY);
        due(client(&["2026-12-24", "2026-11-10"]), "2026-12-08");
        due(client(&[TODAY]), "2026-12-21");
    }

    #[test]
    fn months_are_the_calendars() {
        let friend = |on: &str| Contact {
            bucket: Some("friends".to_owned()),
            ..client(&[on])
        };
        due(friend("2026-06-30"), "2026-08-30");
        due(friend("2025-12-31"), "2026-02-28");
        due(friend("2023-12-31"), "2024-02-29");
        due(friend("2024-02-29"), "2024-04-29");
    }

    #[test]
    fn an_own_cadence_comes_before_the_buckets() {
        let own = Contact {
            cadence: "1 week".parse().ok(),
            ..client(&["2026-11-10"])
        };
        assert_eq!(
            stand(own.clone(), |standing| standing
                .cadence
                .map(|(_, source)| source)),
            Some(Source::Own)
        );
        due(own.clone(), "2026-11-17");
        due(
            Contact {
                bucket: None,
                ..own
            },
            "2026-11-17",
        );
    }

    #[test]
    fn nothing_asks_for_those_without_bucket_and_cadence() {
        due(
            Contact {
                bucket: None,
                ..client(&["2020-01-01"])
            },
            "-",
        );
        due(
            Contact {
                bucket: Some("gone".to_owned()),
                ..client(&["2020-01-01"])
            },
            "-",
        );
        due(
            Contact {
                bucket: None,
                next: planned("2026-11-27", None),
                ..client(&[])
            },
            "2026-11-27",
        );
    }

    #[test]
    fn a_cadence_of_999_years_is_no_trap() {
        due(
            Contact {
                bucket: Some("ages".to_owned()),
                ..client(&["2026-11-10"])
            },
            "3025-11-10",
        );
        due(
            Contact {
                cadence: "9999 years".parse().ok(),
                ..client(&["9999-12-31", "2026-11-10"])
            },
            "+12025-11-10",
        );
    }

    #[test]
    fn a_next_overrides_the_cadence_until_a_touch_spends_it() {
        due(
            Contact {
                next: planned("2026-11-27", None),
                ..client(&["2026-01-01"])
            },
            "2026-11-27",
        );
        due(
            Contact {
                next: planned("2027-03-01", Some("send it")),
                ..client(&["2026-01-01"])
            },
            "2027-03-01",
        );
        due(
            Contact {
                next: planned("2026-11-10", None),
                ..client(&["2026-11-10"])
            },
            "2026-12-08",
        );
        due(
            Contact {
                next: planned("2026-11-09", None),
                ..client(&["2026-11-10"])
            },
            "2026-12-08",
        );
        due(
            Contact {
                next: planned("2026-11-12", None),
                ..client(&["2026-11-10", "2026-12-24"])
            },
            "2026-11-12",
        );
    }

    #[test]
    fn pressure_is_days_gone_against_days_allowed() {
        let ratio = |contact| stand(contact, |standing| standing.pressure);
        assert_eq!(
            ratio(client(&["2026-11-09"])),
            Pressure {
                gone: 14,
                allowed: 28
            }
        );
        assert_eq!(
            ratio(Contact {
                added: Some(day("2026-11-09")),
                ..client(&[])
            }),
            Pressure {
                gone: 14,
                allowed: 28
            }
        );
        let friend = Contact {
            bucket: Some("friends".to_owned()),
            ..client(&["2026-11-09"])
        };
        assert_eq!(
            ratio(friend),
            Pressure {
                gone: 14,
                allowed: 61
            }
        );
        let promised = Contact {
            next: planned("2026-11-16", None),
            ..client(&["2026-11-09"])
        };
        assert_eq!(
            ratio(promised.clone()),
            Pressure {
                gone: 35,
                allowed: 28
            }
        );
        assert_eq!(
            ratio(Contact {
                bucket: None,
                ..promised
            }),
            Pressure {
                gone: 37,
                allowed: 30
            }
        );
        let ahead = Contact {
            next: planned("2026-11-30", None),
            ..client(&[])
        };
        assert_eq!(
            ratio(ahead),
            Pressure {
                gone: 21,
                allowed: 28
            }
        );
    }

    #[test]
    fn rests_after_three_touches_without_an_answer() {
        let quiet = |contact: Contact| stand(contact, |standing| standing.quiet);
        let three = vec![out("2026-09-01"), out("2026-10-01"), out("2026-11-01")];
        let resting = Contact {
            touches: three.clone(),
            ..client(&[])
        };
        assert_eq!(quiet(resting.clone()), Some(Quiet::Resting));
        assert_eq!(
            quiet(Contact {
                friendly: true,
                ..resting.clone()
            }),
            None
        );
        assert_eq!(
            quiet(Contact {
                next: planned("2026-11-27", None),
                ..resting.clone()
            }),
            None
        );
        assert_eq!(
            quiet(Contact {
                next: planned("2026-10-01", None),
                ..resting.clone()
            }),
            Some(Quiet::Resting)
        );
        assert_eq!(
            quiet(Contact {
                touches: three[1..].to_vec(),
                ..resting.clone()
            }),
            None
        );

        let answered = [
            three.clone(),
            vec![Touch {
                direction: Some(Direction::In),
                ..Touch::on(day("2026-11-02"))
            }],
        ]
        .concat();
        assert_eq!(
            quiet(Contact {
                touches: answered,
                ..resting.clone()
            }),
            None
        );
        let answered_before = [vec![Touch::on(day("2026-08-01"))], three.clone()].concat();
        assert_eq!(
            quiet(Contact {
                touches: answered_before,
                ..resting.clone()
            }),
            Some(Quiet::Resting)
        );
        let unsorted = vec![
            three[2].clone(),
            Touch::on(day("2026-08-01")),
            three[0].clone(),
            three[1].clone(),
        ];
        assert_eq!(
            quiet(Contact {
                touches: unsorted,
                ..resting.clone()
            }),
            Some(Quiet::Resting)
        );
        let in_the_future = vec![three[0].clone(), three[1].clone(), out("2026-12-01")];
        assert_eq!(
            quiet(Contact {
                touches: in_the_future,
                ..resting
            }),
            None
        );
    }

    #[test]
    fn the_book_says_when_to_rest() {
        let resting = Contact {
            touches: vec![out("2026-11-01")],
            ..client(&[])
        };
        for (rest_after, expected) in [(1, Some(Quiet::Resting)), (2, None), (0, None)] {
            let mut book = book(vec![resting.clone()]);
            book.rest_after.0 = rest_after;
            assert_eq!(standing(&book, ContactId(0), day(TODAY)).quiet, expected);
        }
    }

    #[test]
    fn paused_is_paused_until_its_day_and_whatever_is_planned() {
        let quiet = |pause, next| {
            stand(
                Contact {
                    paused: pause,
                    next,
                    ..client(&[])
                },
                |standing| standing.quiet,
            )
        };
        assert_eq!(quiet(Some(Pause::Open), None), Some(Quiet::Paused));
        assert_eq!(
            quiet(Some(Pause::Open), planned("2026-11-20", Some("send it"))),
            Some(Quiet::Paused)
        );
        assert_eq!(
            quiet(Some(Pause::Until(day("2026-11-24"))), None),
            Some(Quiet::Paused)
        );
        assert_eq!(quiet(Some(Pause::Until(day(TODAY))), None), None);
    }

    #[test]
    fn the_state_follows_the_week() {
        let state = |next| {
            let contact = Contact {
                next: planned(next, None),
                ..client(&[])
            };
            stand(contact, |standing| {
                standing.state(day(TODAY), day("2026-11-29"))
            })
        };
        assert_eq!(state("2026-11-22"), Some(State::Overdue));
        assert_eq!(state("2026-11-23"), Some(State::Today));
        assert_eq!(state("2026-11-29"), Some(State::Soon));
        assert_eq!(state("2026-11-30"), Some(State::Later));
    }

    #[test]
    fn urgent_is_past_the_limit() {
        let urgent = |contact: Contact| stand(contact, |standing| standing.is_urgent(day(TODAY)));
        // Four weeks, and half as much again: 42 days.
        assert!(!urgent(client(&["2026-10-12"])));
        assert!(urgent(client(&["2026-10-11"])));
        assert!(!urgent(Contact {
            limit: "8 weeks".parse().ok(),
            ..client(&["2026-10-11"])
        }));
        assert!(!urgent(Contact {
            next: planned("2026-11-24", None),
            ..client(&["2026-01-01"])
        }));
        assert!(!urgent(client(&[])));
    }

    #[test]
    fn the_highest_pressure_comes_first_then_the_due_day_then_the_file() {
        let named = |name: &str, contact: Contact| Contact {
            name: name.to_owned(),
            ..contact
        };
        let yearly = Contact {
            cadence: "1 year".parse().ok(),
            ..client(&["2025-10-24"])
        };
        let weekly = Contact {
            cadence: "1 week".parse().ok(),
            ..client(&["2026-11-02"])
        };
        let book = book(vec![
            named("a year and a month", yearly),
            named("never, first", client(&[])),
            named("never, second", client(&[])),
            named("three weeks of one", weekly.clone()),
            named(
                "three weeks of one, planned",
                Contact {
                    next: planned("2026-11-09", None),
                    ..weekly
                },
            ),
            named(
                "no bucket",
                Contact {
                    bucket: None,
                    ..client(&[])
                },
            ),
        ]);
        let order: Vec<&str> = all(&book, day(TODAY))
            .iter()
            .map(|standing| book.contact(standing.id).name.as_str())
            .collect();
        assert_eq!(
            order,
            [
                "three weeks of one",
                "three weeks of one, planned",
                "a year and a month",
                "never, first",
                "never, second"
            ]
        );
    }
}
