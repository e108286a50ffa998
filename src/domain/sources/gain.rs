//! What a book gains by the touches that were found.
//!
//! A touch that is there stays as it is: one that was logged by hand, by the same channel on the same day, is that touch. One that
//! came from a source loses its direction once the other side is known to have answered. What the user deleted stays away, and
//! so does what is older than the book wants.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::found::{Findings, FoundTouch, LeftOut, SourceKind};
use super::reason::WhyNot;
use crate::domain::due::channel_words::{by_other_word, known};
use crate::domain::text::shortened;
use crate::domain::{Book, Contact, ContactId, IgnoredTouch, Touch, Words};

/// The most characters of a subject that become a note.
const SUBJECT: usize = 200;

/// What a book gains by what was found.
#[derive(Debug)]
pub(crate) struct BookGain {
    /// The touches by day, then contact, with what becomes of each.
    pub(crate) touches: Vec<(FoundTouch, TouchFate)>,
    /// What does not count.
    pub(crate) left_out: Vec<LeftOut>,
    /// How many messages, meetings and calls were looked at.
    pub(crate) seen: BTreeMap<SourceKind, usize>,
}

/// What becomes of a touch that was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TouchFate {
    /// The book gains it.
    New,
    /// The book has it with a direction, and it is an exchange by now; the index of the touch.
    Answered(usize),
    /// The book has it.
    Known,
    /// The user deleted it.
    Ignored,
    /// The user deleted it on another machine, and the book has it from this one: it goes; the index of the touch.
    Returned(usize),
    /// It is older than what the book wants, or than what was asked for.
    TooOld,
}

/// A change of the touches of one contact. An index is that after the changes before it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum TouchChange {
    /// The touch at an index becomes this one.
    Amend {
        contact: ContactId,
        index: usize,
        touch: Touch,
    },
    /// The touch at an index is taken out.
    Delete { contact: ContactId, index: usize },
    /// A touch is added before the one at an index; without one, after the last.
    Add {
        contact: ContactId,
        index: Option<usize>,
        touch: Touch,
    },
}

impl TouchFate {
    /// Whether the touch is in the book afterwards.
    pub(crate) fn stays(self) -> bool {
        matches!(self, Self::New | Self::Answered(_) | Self::Known)
    }

    /// When a change is made among those of a contact.
    fn turn(self) -> (u8, Reverse<usize>) {
        match self {
            Self::Answered(index) => (0, Reverse(index)),
            Self::Returned(index) => (1, Reverse(index)),
            _ => (2, Reverse(0)),
        }
    }
}

impl BookGain {
    /// By what was found, none of it older than `oldest`. What was not asked for is in it only where it changes a touch.
    pub(crate) fn of(book: &Book, findings: Findings, oldest: Option<NaiveDate>) -> Self {
        let touches = findings.touches.into_iter().map(|found| {
            let fate = fate(book, &found, oldest);
            (found, fate)
        });
        let is_told = |(found, fate): &(FoundTouch, TouchFate)| {
            found.is_asked_for || matches!(fate, TouchFate::Answered(_) | TouchFate::Returned(_))
        };
        Self {
            touches: touches.filter(is_told).collect(),
            left_out: findings.left_out,
            seen: findings.seen,
        }
    }

    /// The changes of the book, those of a contact one after another. With subjects, a new touch has that of the message, or the
    /// title of the meeting, for its note.
    pub(crate) fn changes(&self, book: &Book, has_subjects: bool) -> Vec<TouchChange> {
        let mut wanted: Vec<&(FoundTouch, TouchFate)> = self.touches.iter().collect();
        // The indexes of touches that are there are those before any is taken out or added: the last one goes first.
        wanted.sort_by_key(|(touch, fate)| (touch.contact, fate.turn(), touch.on));
        let mut changes = Vec::with_capacity(wanted.len());
        for of_contact in wanted.chunk_by(|(one, _), (other, _)| one.contact == other.contact) {
            let id = of_contact[0].0.contact;
            let mut contact = book.contact(id).clone();
            changes.extend(
                of_contact
                    .iter()
                    .filter_map(|(touch, fate)| change(&mut contact, touch, *fate, has_subjects)),
            );
        }
        changes
    }

    /// Whether there is mail to others, and none between the user and anyone: the user's addresses may be wrong.
    pub(crate) fn are_of_others(&self) -> bool {
        let is_of_others = |left: &LeftOut| matches!(left.why, WhyNot::NotToYou | WhyNot::Kind(_));
        let mail = self.left_out.iter();
        let mut mail = mail.filter(|left| left.source == SourceKind::Mail);
        let mut touches = self.touches.iter();
        self.left_out
            .iter()
            .any(|left| left.why == WhyNot::NotToYou)
            && mail.all(is_of_others)
            && !touches.any(|(found, _)| found.source == SourceKind::Mail)
    }
}

fn fate(book: &Book, found: &FoundTouch, oldest: Option<NaiveDate>) -> TouchFate {
    let contact = book.contact(found.contact);
    let is_its = |touch: &Touch| touch.on == found.on && is_channel(touch, found.channel);
    let there = || {
        contact
            .touches
            .iter()
            .enumerate()
            .filter(|(_, touch)| is_its(touch))
    };
    if oldest.is_some_and(|oldest| found.on < oldest) {
        return TouchFate::TooOld;
    }
    if there().any(|(_, touch)| touch.words().source.is_none()) {
        return TouchFate::Known;
    }
    let as_ignored = IgnoredTouch::new(found.on, Some(found.channel), &contact.name);
    let is_ignored = book.sources.ignored.contains(&as_ignored);
    // What one side wrote says nothing of a row with another direction: the user may have set it.
    let is_other = |touch: &Touch| touch.direction.is_some() && found.direction.is_none();
    // A touch that the user wrote of, or whose channel has another word by now, is theirs.
    let is_as_read = |index: usize| {
        let touch = &contact.touches[index];
        IgnoredTouch::new(touch.on, touch.via(), &contact.name) == as_ignored
            && touch.words().about().next().is_none()
    };
    let first = there().next().map(|(index, _)| index);
    let answered = there().find(|(_, touch)| is_other(touch));
    match (first, answered, is_ignored) {
        (Some(index), _, true) if is_as_read(index) => TouchFate::Returned(index),
        (Some(_), _, true) => TouchFate::Known,
        (None, _, true) => TouchFate::Ignored,
        (_, Some((index, _)), false) => TouchFate::Answered(index),
        (Some(_), None, false) => TouchFate::Known,
        (None, None, false) => TouchFate::New,
    }
}

/// Whether a touch is by that channel, in whatever word.
fn is_channel(touch: &Touch, channel: &str) -> bool {
    let meant = |word| known(word).or_else(|| by_other_word(word));
    touch.via().and_then(meant) == Some(channel)
}

fn change(
    contact: &mut Contact,
    found: &FoundTouch,
    fate: TouchFate,
    has_subjects: bool,
) -> Option<TouchChange> {
    match fate {
        TouchFate::Answered(index) => {
            let touch = contact.touches[index].clone().toward(None);
            contact.touches[index] = touch.clone();
            Some(TouchChange::Amend {
                contact: found.contact,
                index,
                touch,
            })
        }
        TouchFate::Returned(index) => {
            contact.touches.remove(index);
            Some(TouchChange::Delete {
                contact: found.contact,
                index,
            })
        }
        TouchFate::New => {
            let mut touch = found.touch();
            if has_subjects {
                let words = Words {
                    note: found
                        .subject
                        .as_deref()
                        .map(|text| shortened(text, SUBJECT)),
                    ..touch.words().clone()
                };
                touch = touch.with(words);
            }
            let place = contact.place_for(found.on);
            let index = Some(place).filter(|place| *place < contact.touches.len());
            contact.touches.insert(place, touch.clone());
            Some(TouchChange::Add {
                contact: found.contact,
                index,
                touch,
            })
        }
        TouchFate::Known | TouchFate::Ignored | TouchFate::TooOld => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Direction;
    use crate::domain::sources::found::SourceKind;
    use crate::domain::sources::reason::Why;

    fn book(touches: &str, rest: &str) -> Book {
        let text = format!("[[contacts]]\nname = 'Bo Lind'\ntouches = [{touches}]\n{rest}");
        crate::store::read(&text).expect("a book").book
    }

    fn found(on: &str, direction: Option<Direction>) -> FoundTouch {
        FoundTouch {
            contact: ContactId(0),
            on: on.parse().expect("a day"),
            source: SourceKind::Mail,
            channel: "email",
            direction,
            why: Why::YouWrote,
            subject: Some("Lunch".to_owned()),
            is_asked_for: true,
        }
    }

    fn gain(book: &Book, touches: &[FoundTouch], oldest: Option<NaiveDate>) -> BookGain {
        let touches = touches.to_vec();
        let findings = Findings {
            touches,
            ..Findings::default()
        };
        BookGain::of(book, findings, oldest)
    }

    fn fates(book: &Book, touches: &[FoundTouch], oldest: Option<NaiveDate>) -> Vec<TouchFate> {
        let touches = gain(book, touches, oldest).touches;
        touches.into_iter().map(|(_, fate)| fate).collect()
    }

    #[test]
    fn a_touch_that_is_there_stays() {
        let out = || found("2026-11-04", Some(Direction::Out));
        let exchange = || found("2026-11-04", None);
        let mail = "on = 2026-11-04, via = 'email', source = 'mail'";
        let sent = format!("{{ {mail}, direction = 'out' }}");
        for (touches, found, expected) in [
            ("", out(), TouchFate::New),
            (
                "{ on = 2026-11-04, via = 'email' }",
                out(),
                TouchFate::Known,
            ),
            (
                "{ on = 2026-11-04, via = 'Mail', direction = 'out' }",
                exchange(),
                TouchFate::Known,
            ),
            ("{ on = 2026-11-04, via = 'call' }", out(), TouchFate::New),
            ("{ on = 2026-11-04 }", out(), TouchFate::New),
            ("{ on = 2026-11-05, via = 'email' }", out(), TouchFate::New),
            (&sent, out(), TouchFate::Known),
            (&sent, exchange(), TouchFate::Answered(0)),
            (
                &sent,
                self::found("2026-11-04", Some(Direction::In)),
                TouchFate::Known,
            ),
            (&format!("{{ {mail} }}"), out(), TouchFate::Known),
            (
                &format!("{sent}, {{ on = 2026-11-04, via = 'email' }}"),
                exchange(),
                TouchFate::Known,
            ),
        ] {
            let book = book(touches, "");
            assert_eq!(fates(&book, &[found], None), [expected], "{touches}");
        }
    }

    #[test]
    fn what_was_deleted_and_what_is_older_stays_away() {
        let ignoring = book("", "[sources]\nignored = ['2026-11-04 email Bo Lind']\n");
        let touches = [found("2026-11-04", None), found("2026-11-05", None)];
        let days = |oldest: &str| fates(&ignoring, &touches, oldest.parse().ok());
        let returned = book(
            "{ on = 2026-11-04, via = 'email', source = 'mail' }",
            "[sources]\nignored = ['2026-11-04 email Bo Lind']\n",
        );
        assert_eq!(
            fates(&returned, &touches[..1], None),
            [TouchFate::Returned(0)]
        );
        let in_another_word = book(
            "{ on = 2026-11-04, via = 'mail', source = 'mail' }",
            "[sources]\nignored = ['2026-11-04 email Bo Lind']\n",
        );
        assert_eq!(
            fates(&in_another_word, &touches[..1], None),
            [TouchFate::Known]
        );
        let deleted = TouchChange::Delete {
            contact: ContactId(0),
            index: 0,
        };
        let changed = gain(&returned, &touches[..1], None).changes(&returned, false);
        assert_eq!(changed, [deleted]);
        assert_eq!(days(""), [TouchFate::Ignored, TouchFate::New]);
        assert_eq!(days("2026-11-05"), [TouchFate::TooOld, TouchFate::New]);
    }

    #[test]
    fn what_was_not_asked_for_is_settled_and_not_added() {
        let elsewhere = FoundTouch {
            is_asked_for: false,
            ..found("2026-11-04", None)
        };
        let sent = "{ on = 2026-11-04, via = 'email', direction = 'out', source = 'mail' }";
        let fates = |touches| fates(&book(touches, ""), std::slice::from_ref(&elsewhere), None);
        assert_eq!(fates(""), []);
        assert_eq!(fates(sent), [TouchFate::Answered(0)]);
    }

    #[test]
    fn touches_come_in_by_their_days() {
        let sent = "{ on = 2026-11-04, via = 'email', direction = 'out', source = 'mail' }";
        let book = book(
            &format!("{{ on = 2026-11-01 }}, {sent}, {{ on = 2026-11-08 }}"),
            "",
        );
        let touches = ["2026-11-09", "2026-11-04", "2026-11-02"].map(|on| found(on, None));
        let told = gain(&book, &touches, None)
            .changes(&book, true)
            .into_iter()
            .map(|change| match change {
                TouchChange::Amend { index, touch, .. } => format!("{} at {index}", touch.on),
                TouchChange::Delete { index, .. } => format!("delete {index}"),
                TouchChange::Add { index, touch, .. } => {
                    let note = touch.note().unwrap_or_default();
                    format!("{} {note} before {index:?}", touch.on)
                }
            });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "2026-11-04 at 1",
                "2026-11-02 Lunch before Some(1)",
                "2026-11-09 Lunch before None"
            ]
        );
    }
}
