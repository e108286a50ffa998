//! What the options of `log` ask for.

use chrono::{Days, NaiveDate};

use super::args::LogArgs;
use super::channel::usual;
use super::promised::PromiseChange;
use crate::app::App;
use crate::commands::add::given;
use crate::commands::dated::{next_touch, planning};
use crate::domain::dates::day::{LAST_DAY, Toward};
use crate::domain::find::introductions::introduction_to;
use crate::domain::{Book, Contact, ContactId, Direction, Field, Next, Touch, Value, Words};
use crate::error::{Error, Result};
use crate::render::words::days;
use crate::render::words::messages::typed_argument;
use crate::store::Edit;

/// How many days after an introduction it is time to ask how it went.
const LATER: Days = Days::new(21);

/// The change that the options ask for, the same for everyone named.
#[derive(Clone)]
pub(super) struct TouchPlan<'a> {
    pub(super) args: &'a LogArgs,
    today: NaiveDate,
    on: Option<NaiveDate>,
    direction: Option<Direction>,
    words: Words,
    /// Whether the touch gets no channel: `-v ""`.
    no_via: bool,
    next: Option<Next>,
    /// The other one, where they were introduced to each other.
    introduced_to: Option<&'a str>,
}

impl<'a> TouchPlan<'a> {
    pub(super) fn of(app: &App, args: &'a LogArgs, via: Option<String>) -> Result<Self> {
        let on = args.date.as_deref().map(|date| app.day(date, Toward::Past));
        let on = on.transpose()?;
        let names_touch = args.delete || args.to.is_some();
        if let Some((day, typed)) = on.zip(args.date.as_deref())
            && day > app.today
            && !names_touch
        {
            return Err(Error::FutureTouch {
                day: days::date(day, app.today),
                hint: format!(
                    "plan it instead: `{}`",
                    planning(typed, args.note.as_deref(), &args.names)
                ),
            });
        }
        let next = args.next.as_deref().map(|next| next_touch(app, next));
        let plan = Self {
            args,
            today: app.today,
            on,
            direction: if args.out {
                Some(Direction::Out)
            } else {
                args.r#in.then_some(Direction::In)
            },
            no_via: args.via.is_some() && via.is_none(),
            words: Words {
                via,
                note: given(args.note.as_ref()),
                gave: given(args.gave.as_ref()),
                got: given(args.got.as_ref()),
                source: None,
            },
            next: next.transpose()?,
            introduced_to: None,
        };
        let is_other = args.to.is_some() || args.next.is_some() || args.promises.is_any();
        if args.amend && !plan.changes_a_touch() && !is_other {
            let names: Vec<String> = args.names.iter().map(|name| typed_argument(name)).collect();
            return Err(Error::usage(
                "nothing to amend",
                format!(
                    "say what changes, like `netkeep log --amend {} -v call`; `netkeep log --help` shows the rest",
                    names.join(" ")
                ),
            ));
        }
        Ok(plan)
    }

    /// The same for a contact who was introduced to `other`.
    pub(super) fn introducing(self, other: &'a str) -> Self {
        Self {
            words: Words {
                gave: Some(introduction_to(other)),
                ..self.words
            },
            introduced_to: Some(other),
            ..self
        }
    }

    /// The edits for one of them.
    pub(super) fn edits(
        &self,
        book: &Book,
        contact: ContactId,
        promises: &PromiseChange,
    ) -> Result<Vec<Edit>> {
        let known = book.contact(contact);
        if self.args.delete {
            let index = self.named_touch(known)?;
            return Ok(vec![Edit::DeleteTouch { contact, index }]);
        }
        let edit = self.touch_edit(book, contact)?;
        let touch = match &edit {
            Some(Edit::Amend { touch, .. } | Edit::Log { touch, .. }) => Some(touch),
            _ => None,
        };
        let next = self.next_edit(known, contact, touch, promises.takes_out_plan())?;
        let promises = promises.edits(contact);
        Ok(edit.into_iter().chain(next).chain(promises).collect())
    }

    /// The edits that move a touch to another contact, as it is or changed, and take out what it settles there.
    pub(super) fn move_edits(
        &self,
        book: &Book,
        (from, index): (ContactId, usize),
        to: ContactId,
    ) -> Vec<Edit> {
        let known = &book.contact(from).touches[index];
        let touch = self.over(known);
        let amend = (touch != *known).then(|| Edit::Amend {
            contact: from,
            index,
            touch: touch.clone(),
        });
        let at = book.contact(to).place_for(touch.on);
        let unplan = Edit::Set {
            contact: to,
            field: Field::Next,
            value: None,
        };
        let unplan = Some(unplan).filter(|_| book.contact(to).is_settled_by(&touch, self.today));
        let moving = Edit::MoveTouch {
            from,
            index,
            to,
            at,
        };
        amend.into_iter().chain([moving]).chain(unplan).collect()
    }

    /// Whether the plan goes, whatever is done: it is replaced, or the touch settles it.
    pub(super) fn takes_plan(&self, known: &Contact) -> bool {
        let touch = Touch::on(self.on.unwrap_or(self.today));
        self.new_plan(known, false).is_some()
            || (!self.args.amend && known.is_settled_by(&touch, self.today))
    }

    /// The plan that is made: the one that was typed, or after an introduction to ask how it went. For this, a plan with a
    /// reason stays, unless it `is_done`.
    pub(super) fn new_plan(&self, known: &Contact, is_done: bool) -> Option<Next> {
        let Some(other) = self.introduced_to else {
            return self.next.clone();
        };
        let touch = Touch::on(self.on.unwrap_or(self.today));
        let has_reason = known
            .open_plan(self.today)
            .is_some_and(|next| next.what.is_some());
        let stays = has_reason && !is_done && !known.is_settled_by(&touch, self.today);
        (!stays).then(|| Next {
            on: self
                .today
                .checked_add_days(LATER)
                .map_or(LAST_DAY, |on| on.min(LAST_DAY)),
            what: Some(format!("ask how it went with {other}")),
        })
    }

    /// The touch that is logged or amended; `None` where only the plan changes.
    fn touch_edit(&self, book: &Book, contact: ContactId) -> Result<Option<Edit>> {
        let known = book.contact(contact);
        if !self.args.amend {
            let usual = usual(self.args, book, known, self.today);
            let words = Words {
                via: usual.map(|(via, _)| via.to_owned()),
                ..Words::default()
            };
            let touch = self.over(&Touch::on(self.today).with(words));
            return Ok(Some(Edit::Log { contact, touch }));
        }
        if !self.changes_a_touch() {
            return Ok(None);
        }
        let no_touch = || Error::NoTouch {
            name: known.name.clone(),
            on: None,
        };
        let index = known.newest_touch(self.today).ok_or_else(no_touch)?;
        let touch = self.over(&known.touches[index]);
        Ok(Some(Edit::Amend {
            contact,
            index,
            touch,
        }))
    }

    /// What becomes of the plan after `touch`.
    fn next_edit(
        &self,
        known: &Contact,
        contact: ContactId,
        touch: Option<&Touch>,
        is_done: bool,
    ) -> Result<Option<Edit>> {
        let (today, args) = (self.today, self.args);
        let next = self.new_plan(known, is_done);
        if let Some((next, _)) = next
            .as_ref()
            .zip(touch)
            .filter(|(next, touch)| next.on <= touch.on)
        {
            return Err(Error::NextBehind(days::date(next.on, today)));
        }
        let is_settled = || touch.is_some_and(|touch| known.is_settled_by(touch, today));
        let is_spent = || known.next.is_some() && !args.amend && is_settled();
        Ok(
            (next.is_some() || is_done || is_spent()).then(|| Edit::Set {
                contact,
                field: Field::Next,
                value: next.map(Value::Next),
            }),
        )
    }

    /// The place of the touch that `-d` names, or of the newest.
    pub(super) fn named_touch(&self, known: &Contact) -> Result<usize> {
        let index = match self.on {
            Some(day) => known.touch_on(day),
            None => known.newest_touch(self.today),
        };
        index.ok_or_else(|| Error::NoTouch {
            name: known.name.clone(),
            on: self.on.map(|day| days::date(day, self.today)),
        })
    }

    /// What to note where `-d` names the day of several touches, of which the last is taken.
    pub(super) fn others_on_day(&self, known: &Contact) -> Option<String> {
        let day = self.on?;
        let touches = known.touches.iter().filter(|touch| touch.on == day);
        let count = touches.count();
        (count > 1).then(|| {
            format!(
                "{} has {count} touches on {}; this is the last of them",
                known.name,
                days::date(day, self.today)
            )
        })
    }

    /// Whether anything of a touch is named, and not only what comes next.
    pub(super) fn changes_a_touch(&self) -> bool {
        self.on.is_some()
            || self.direction.is_some()
            || self.no_via
            || self.words != Words::default()
    }

    /// `touch` with the values of the options in place of its own.
    fn over(&self, touch: &Touch) -> Touch {
        let (new, old) = (&self.words, touch.words());
        let either =
            |new: &Option<String>, old: &Option<String>| new.as_ref().or(old.as_ref()).cloned();
        let on = self.on.unwrap_or(touch.on);
        let via = either(&new.via, &old.via).filter(|_| !self.no_via);
        // A day, a channel or a direction that the user gives is not what was read: the touch is theirs now.
        let is_as_read = on == touch.on && via == old.via && self.direction.is_none();
        let words = Words {
            via,
            note: either(&new.note, &old.note),
            gave: either(&new.gave, &old.gave),
            got: either(&new.got, &old.got),
            source: old.source.clone().filter(|_| is_as_read),
        };
        Touch::on(on)
            .toward(self.direction.or(touch.direction))
            .with(words)
    }
}
