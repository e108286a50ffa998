//! Parses a contact that is written plainly: in one pass, and without a tree.
//!
//! Nearly all contacts are, since netkeep itself writes them so. A contact written in any other way, or with anything
//! wrong in it, is left (`None`) to the crate `toml`.

use chrono::NaiveDate;

use super::cursor::{Cursor, Plain};
use super::row_key::RowKey;
use super::scan::{ContactEnd, HEADER};
use super::validate::Spans;
use crate::domain::model::field::FieldKind;
use crate::domain::{
    AnnualDay, Cadence, Contact, Direction, Field, Next, OtherDay, Promise, Touch, Value, Words,
};

/// How much of each contact a command needs. Less detail is faster, since it copies less text.
#[derive(Clone, Copy, Debug)]
pub enum Detail {
    /// Name and `aka`. Promises and touches are skipped where their end is certain, so problems in them go unnoticed.
    Who,
    /// Name, bucket, everything that the due day depends on, birthday and dates.
    Days,
    /// Also what contacts are found by and told apart by: `aka`, e-mail addresses, phone numbers, company, city, tags.
    Names,
    /// Also what may say who brought them: `met`, and what touches say was got.
    Brought,
    /// Every field, but of the touches only their days and directions, and the words of the newest on or before this day.
    Newest(NaiveDate),
    /// Everything, notes and the words of each touch included.
    All,
}

/// A contact that was written plainly. Places are places in the parsed text.
pub(super) struct PlainContact {
    pub(super) contact: Contact,
    pub(super) spans: Spans,
    pub(super) end: ContactEnd,
}

/// Parses the contact whose header starts at `at`. `scratch` is memory reused for each contact.
pub(super) fn parse(
    text: &str,
    at: usize,
    detail: Detail,
    scratch: &mut Vec<Touch>,
) -> Option<PlainContact> {
    let mut cursor = Cursor::new(text, at);
    cursor.take(HEADER)?;
    cursor.line_end()?;
    let mut contact = Contact::default();
    let mut spans = Spans::at(at);
    let mut end = cursor.at;
    let mut seen = 0_u32;
    let next = loop {
        let start = next_line(&mut cursor)?;
        if is_at_end(&cursor) {
            break start;
        }
        let key = cursor.key()?;
        let value = cursor.at;
        if let Some(field) = Field::from_key(key) {
            once(&mut seen, field as usize)?;
            read(&mut cursor, &mut contact, field, detail.takes(field))?;
            match field {
                Field::Name => spans.name = value..cursor.at,
                Field::Bucket => spans.bucket = value..cursor.at,
                _ => {}
            }
        } else {
            let rows = RowKey::from_key(key)?;
            once(&mut seen, Field::ALL.len() + rows as usize)?;
            match rows {
                RowKey::Dates => return None,
                RowKey::Promises => contact.promises = promises(&mut cursor, detail)?,
                RowKey::Touches => contact.touches = touches(&mut cursor, detail, scratch)?,
            }
        }
        cursor.line_end()?;
        end = cursor.at;
    };
    (!contact.name.trim().is_empty()).then_some(PlainContact {
        contact,
        spans,
        end: ContactEnd { end, next },
    })
}

/// Goes to the first sign of the next line that is neither blank nor a comment, and returns where that line starts.
#[inline]
fn next_line(cursor: &mut Cursor) -> Option<usize> {
    loop {
        let start = cursor.at;
        cursor.blanks();
        match cursor.byte() {
            Some(b'\n' | b'\r' | b'#') => cursor.line_end()?,
            _ => return Some(start),
        }
    }
}

/// Whether the contact ends here: at the end of the text, or at a header that is certainly not part of it.
#[inline]
fn is_at_end(cursor: &Cursor) -> bool {
    const OTHERS: [&str; 8] = [
        HEADER,
        "[week]",
        "[defaults]",
        "[aliases]",
        "[regroup]",
        "[sources]",
        "[sync]",
        "[buckets.",
    ];
    match cursor.byte() {
        Some(b'[') => OTHERS.iter().any(|header| cursor.starts_with(header)),
        byte => byte.is_none(),
    }
}

/// A key may appear only once.
fn once(seen: &mut u32, key: usize) -> Option<()> {
    let bit = 1 << key;
    let is_new = *seen & bit == 0;
    *seen |= bit;
    is_new.then_some(())
}

/// Reads the value of a field.
fn read(cursor: &mut Cursor, contact: &mut Contact, field: Field, is_kept: bool) -> Option<()> {
    let value = match field.kind() {
        FieldKind::Text | FieldKind::Bucket => {
            let text = cursor.text()?;
            if !is_kept {
                return Some(());
            }
            Value::Text(text.into_owned())
        }
        FieldKind::List => {
            let mut list = Vec::new();
            cursor.texts(|text| {
                if is_kept {
                    list.push(text.into_owned());
                }
            })?;
            Value::List(list)
        }
        FieldKind::Cadence => {
            let text = cursor.text()?;
            text.parse::<Cadence>().ok()?;
            Value::Text(text.into_owned())
        }
        FieldKind::Birthday => {
            contact.birthday = Some(annual_day(cursor)?).filter(|_| is_kept);
            return Some(());
        }
        FieldKind::Dates => {
            contact.dates = dates(cursor, is_kept)?;
            return Some(());
        }
        FieldKind::FlagOrDay if matches!(cursor.byte(), Some(b't' | b'f')) => {
            Value::Flag(cursor.flag()?)
        }
        FieldKind::Flag => Value::Flag(cursor.flag()?),
        FieldKind::FlagOrDay | FieldKind::Day => Value::Day(cursor.day()?),
        FieldKind::Next => Value::Next(next(cursor)?),
    };
    if is_kept {
        contact.set(field, Some(value));
    }
    Some(())
}

fn annual_day(cursor: &mut Cursor) -> Option<AnnualDay> {
    match cursor.byte() {
        Some(b'"' | b'\'') => cursor.text()?.parse().ok(),
        _ => cursor.day().map(AnnualDay::Date),
    }
}

fn dates(cursor: &mut Cursor, is_kept: bool) -> Option<Vec<OtherDay>> {
    if !is_kept && cursor.pass_array().is_some() {
        return Some(Vec::new());
    }
    let mut dates = Vec::new();
    cursor.take("[")?;
    cursor.items(|cursor| {
        let (mut on, mut what) = (None, None);
        cursor.table(|cursor, key| {
            match key {
                "on" if on.is_none() => on = Some(annual_day(cursor)?),
                "what" if what.is_none() => what = Some(cursor.text()?.into_owned()),
                _ => return None,
            }
            Some(())
        })?;
        let what = what.filter(|what| !what.trim().is_empty())?;
        dates.push(OtherDay { on: on?, what });
        Some(())
    })?;
    Some(dates)
}

fn next(cursor: &mut Cursor) -> Option<Next> {
    let (mut on, mut what) = (None, None);
    cursor.table(|cursor, key| {
        match key {
            "on" if on.is_none() => on = Some(cursor.day()?),
            "what" if what.is_none() => what = Some(cursor.text()?.into_owned()),
            _ => return None,
        }
        Some(())
    })?;
    Some(Next { on: on?, what })
}

fn promises(cursor: &mut Cursor, detail: Detail) -> Option<Vec<Promise>> {
    if matches!(detail, Detail::Who) && cursor.pass_array().is_some() {
        return Some(Vec::new());
    }
    let mut promises = Vec::new();
    cursor.take("[")?;
    cursor.items(|cursor| {
        let (mut by, mut what) = (None, None);
        cursor.table(|cursor, key| {
            match key {
                "by" if by.is_none() => by = Some(cursor.day()?),
                "what" if what.is_none() => what = Some(cursor.text()?.into_owned()),
                _ => return None,
            }
            Some(())
        })?;
        let what = what.filter(|what| !what.trim().is_empty())?;
        promises.push(Promise { by, what });
        Some(())
    })?;
    Some(promises)
}

/// Reads the touches; they are collected in `scratch`, so that the list gets the size it needs.
fn touches(cursor: &mut Cursor, detail: Detail, scratch: &mut Vec<Touch>) -> Option<Vec<Touch>> {
    scratch.clear();
    if matches!(detail, Detail::Who) && cursor.pass_array().is_some() {
        return Some(Vec::new());
    }
    cursor.take("[")?;
    let mut newest: Option<(NaiveDate, usize, usize)> = None;
    cursor.items(|cursor| {
        let start = cursor.at;
        let touch = plain_touch(cursor, detail).or_else(|| {
            cursor.at = start;
            touch(cursor, detail)
        })?;
        if let Detail::Newest(today) = detail
            && touch.on <= today
            && newest.is_none_or(|(on, ..)| on <= touch.on)
        {
            newest = Some((touch.on, scratch.len(), start));
        }
        scratch.push(touch);
        Some(())
    })?;
    if let Some((_, index, start)) = newest {
        let end = std::mem::replace(&mut cursor.at, start);
        scratch[index] = touch(cursor, Detail::All)?;
        cursor.at = end;
    }
    let mut touches = Vec::with_capacity(scratch.len());
    touches.append(scratch);
    Some(touches)
}

/// A touch as netkeep writes nearly all of them: `{ on = 2026-11-27, via = "email", direction = "out", note = "hi", source = "mail" }`,
/// most without some of these keys. They are most of a book.
fn plain_touch(cursor: &mut Cursor, detail: Detail) -> Option<Touch> {
    cursor.take("{ on = ")?;
    let mut touch = Touch::on(cursor.day()?);
    let Plain(via) = cursor.text_after(", via = \"")?;
    let (mut note, mut source) = (None, None);
    if cursor.take(" }").is_none() {
        if cursor.take(", direction = \"").is_some() {
            touch.direction = Some(match cursor.take("out\"") {
                Some(()) => Direction::Out,
                None => cursor.take("in\"").map(|()| Direction::In)?,
            });
        }
        Plain(note) = cursor.text_after(", note = \"")?;
        Plain(source) = cursor.text_after(", source = \"")?;
        cursor.take(" }")?;
    }
    if !detail.is_all() {
        return Some(touch);
    }
    let [via, note, source] = [via, note, source].map(|text| text.map(str::to_owned));
    Some(touch.with(Words {
        via,
        note,
        source,
        ..Words::default()
    }))
}

fn touch(cursor: &mut Cursor, detail: Detail) -> Option<Touch> {
    let (mut on, mut direction) = (None, None);
    let mut words = Words::default();
    let mut seen = 0;
    cursor.table(|cursor, key| {
        let (word, bit) = match key {
            "on" if on.is_none() => {
                on = Some(cursor.day()?);
                return Some(());
            }
            "direction" if direction.is_none() => {
                direction = Some(Direction::from_word(&cursor.text()?)?);
                return Some(());
            }
            "via" => (&mut words.via, 0),
            "note" => (&mut words.note, 1),
            "gave" => (&mut words.gave, 2),
            "got" => (&mut words.got, 3),
            "source" => (&mut words.source, 4),
            _ => return None,
        };
        once(&mut seen, bit)?;
        let text = cursor.text()?;
        if detail.is_all() || (matches!(detail, Detail::Brought) && key == "got") {
            *word = Some(text.into_owned());
        }
        Some(())
    })?;
    let touch = Touch::on(on?).toward(direction);
    Some(touch.with(words))
}

impl Detail {
    /// Whether this field is kept at this detail.
    fn takes(self, field: Field) -> bool {
        match field {
            Field::Name | Field::Aka if matches!(self, Self::Who) => true,
            _ if matches!(self, Self::Who) => false,
            Field::Name
            | Field::Bucket
            | Field::Cadence
            | Field::Limit
            | Field::Friendly
            | Field::Paused
            | Field::Added
            | Field::Birthday
            | Field::Dates
            | Field::Next => true,
            Field::Aka
            | Field::Company
            | Field::Email
            | Field::Phone
            | Field::City
            | Field::Tags => !matches!(self, Self::Days),
            Field::Met => matches!(self, Self::Brought | Self::Newest(_) | Self::All),
            _ => matches!(self, Self::Newest(_) | Self::All),
        }
    }

    fn is_all(self) -> bool {
        matches!(self, Self::All)
    }
}
