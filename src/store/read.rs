//! Text to book, with everything that is wrong in it.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::cut::{Kind, Piece, cut};
use super::problem::{Problem, Severity};
use super::reader::{Node, Reader, day};
use super::rest::{Joined, Places};
use crate::domain::contact::BirthdayError;
use crate::domain::day::weekday_named;
use crate::domain::text::near;
use crate::domain::{
    Birthday, Book, Bucket, Contact, ContactId, Direction, Field, Next, Pause, Touch,
};

/// A book that has been read.
#[derive(Clone, Debug)]
pub struct Read {
    /// What it says.
    pub book: Book,
    /// What is wrong in it, in the order of the text; nothing of it is broken.
    pub problems: Vec<Problem>,
    /// Where its parts lie, or where the text could not be cut into them.
    pub(super) layout: Result<Layout, usize>,
}

/// The pieces of a book's text.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) pieces: Vec<Piece>,
    /// For each contact, its piece.
    pub(super) contacts: Vec<usize>,
}

/// How much text is parsed at once: enough to be quick, little enough that its memory stays warm.
const RUN: usize = 32 * 1024;

/// The newest layout of books that is known.
const FORMAT: u32 = 1;

/// Reads the text of a book.
///
/// # Errors
///
/// Every problem that stops, if there is one: syntax, merge markers, a NUL byte, a layout newer than this netkeep.
/// Problems that do not stop come with the book.
///
/// ```
/// let read = netkeep::store::read("[[contacts]]\nname = \"Ana Ruiz\"\nbucket = \"clinets\"\n").unwrap();
/// assert_eq!(read.book.contacts[0].name, "Ana Ruiz");
/// assert_eq!(read.problems[0].message, "there is no bucket `clinets`");
/// ```
pub fn read(text: &str) -> Result<Read, Vec<Problem>> {
    let broken = unreadable(text);
    if !broken.is_empty() {
        return Err(broken);
    }
    let (book, spans, mut problems, layout) =
        match cut(text).map(|pieces| (in_pieces(text, &pieces), pieces)) {
            Ok((Some((book, spans, problems)), pieces)) => {
                let is_contact =
                    |(_, piece): &(usize, &Piece)| matches!(piece.kind, Kind::Contact { .. });
                let contacts = pieces
                    .iter()
                    .enumerate()
                    .filter(is_contact)
                    .map(|(at, _)| at)
                    .collect();
                (book, spans, problems, Ok(Layout { pieces, contacts }))
            }
            Ok((None, _)) => at_once(text, 0)?,
            Err(doubt) => at_once(text, doubt)?,
        };
    check_names(&book, &spans, &mut problems);
    check_buckets(&book, &spans, &mut problems);
    problems.sort_by_key(|problem| problem.at.start);
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Broken)
    {
        problems.retain(|problem| problem.severity == Severity::Broken);
        return Err(problems);
    }
    Ok(Read {
        book,
        problems,
        layout,
    })
}

impl Layout {
    /// The stretch of a contact.
    pub(super) fn contact(&self, id: ContactId) -> Range<usize> {
        self.pieces[self.contacts[id.0]].at.clone()
    }

    /// The end of the last value before the piece that `at` is in.
    pub(super) fn floor(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|piece| piece.at.end <= at);
        piece
            .checked_sub(1)
            .map_or(0, |before| self.pieces[before].end)
    }

    /// Takes the piece of a contact out; the text is `length` bytes long without it, and what follows is not kept.
    pub(super) fn forget(&mut self, id: ContactId, length: usize) {
        self.pieces.truncate(self.contacts[id.0]);
        if let Some(last) = self.pieces.last_mut() {
            last.at.end = length;
        }
    }

    /// Whether the book writes touches as blocks rather than as rows: it has blocks, and then that is its style.
    pub(super) fn uses_blocks(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| piece.kind == Kind::Contact { blocks: true })
    }
}

impl Read {
    /// What is wrong with a contact.
    pub(super) fn wrong_with(&self, id: ContactId) -> Vec<Problem> {
        let is_its =
            |problem: &&Problem| problem.contact == Some(id) && problem.severity == Severity::Wrong;
        self.problems.iter().filter(is_its).cloned().collect()
    }
}

/// Reads a text that is one contact and nothing else, with its problems; `None` if it is anything else.
pub(super) fn read_alone(text: &str) -> Option<(Contact, Vec<Problem>)> {
    if !unreadable(text).is_empty() {
        return None;
    }
    let pieces = cut(text).ok()?;
    let rest = Joined::rest(text, &pieces);
    if !DeTable::parse(&rest.text).ok()?.get_ref().is_empty() {
        return None;
    }
    let (mut book, _, problems) = in_pieces(text, &pieces)?;
    let contact = book.contacts.pop()?;
    (book == Book::default()).then_some((contact, problems))
}

/// Where the name and the bucket of a contact stand, for problems that only show in the whole book.
struct Spans {
    name: Range<usize>,
    bucket: Range<usize>,
}

type Parts = (Book, Vec<Spans>, Vec<Problem>);

/// What no parser need be asked about.
fn unreadable(text: &str) -> Vec<Problem> {
    let mut problems: Vec<Problem> = ["<<<<<<< ", ">>>>>>> "]
        .into_iter()
        .flat_map(|marker| text.match_indices(marker))
        .filter(|(at, _)| *at == 0 || text[..*at].ends_with('\n'))
        .map(|(at, marker)| {
            Problem::broken(
                at..at + marker.len() - 1,
                "a merge of two versions was left unfinished here",
            )
            .hint("keep the lines you want and take out the marker lines")
        })
        .collect();
    problems.extend(text.match_indices('\0').take(1).map(|(at, _)| {
        Problem::broken(at..at + 1, "a NUL byte, which no text file holds")
            .hint("restore the file from a copy")
    }));
    problems.sort_by_key(|problem| problem.at.start);
    problems
}

/// Reads piece by piece. `None` when a part does not parse or holds what it should not: then the whole text must say.
fn in_pieces(text: &str, pieces: &[Piece]) -> Option<Parts> {
    let rest = Joined::rest(text, pieces);
    let table = DeTable::parse(&rest.text).ok()?;
    if table.get_ref().contains_key("contacts") {
        return None;
    }
    let mut reader = Reader::new(&rest.text, rest.places().clone());
    let mut book = head(&mut reader, table.get_ref());
    let mut problems = reader.problems;
    let mut spans = Vec::new();
    for run in runs(pieces) {
        let part = &text[run.clone()];
        let table = DeTable::parse(part).ok()?;
        let mut reader = Reader::new(part, Places::from(run.start));
        contacts(&mut reader, table.get_ref(), &mut book, &mut spans);
        problems.append(&mut reader.problems);
    }
    Some((book, spans, problems))
}

/// Neighbouring contacts, gathered to about [`RUN`] bytes.
fn runs(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.kind != Kind::Rest) {
        match runs.last_mut() {
            Some(run) if run.end == piece.at.start && run.len() < RUN => run.end = piece.at.end,
            _ => runs.push(piece.at.clone()),
        }
    }
    runs
}

/// Reads the whole text at once: it may be laid out in a way that cannot be cut, or be no TOML at all.
#[allow(clippy::type_complexity, reason = "used once, right above")]
fn at_once(
    text: &str,
    doubt: usize,
) -> Result<(Book, Vec<Spans>, Vec<Problem>, Result<Layout, usize>), Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax(text, &errors));
    }
    let mut reader = Reader::new(text, Places::from(0));
    let mut book = head(&mut reader, table.get_ref());
    let mut spans = Vec::new();
    contacts(&mut reader, table.get_ref(), &mut book, &mut spans);
    Ok((book, spans, reader.problems, Err(doubt)))
}

/// The parser's own words, the first of each line.
fn syntax(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = errors
        .iter()
        .map(|err| {
            let at = err.span().unwrap_or(0..0);
            Problem::broken(
                at.start.min(text.len())..at.end.min(text.len()),
                err.message(),
            )
        })
        .collect();
    problems.sort_by_key(|problem| problem.at.start);
    let mut line_end = 0;
    problems.retain(|problem| {
        let is_first = line_end == 0 || problem.at.start >= line_end;
        if is_first {
            line_end = text.as_bytes()[problem.at.start..]
                .iter()
                .position(|&byte| byte == b'\n')
                .map_or(usize::MAX, |newline| problem.at.start + newline + 1);
        }
        is_first
    });
    problems
}

/// Everything but the contacts.
fn head(reader: &mut Reader, table: &DeTable) -> Book {
    let mut book = Book::default();
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "format" => format(reader, node),
            "week" => week(reader, node, &mut book),
            "defaults" => defaults(reader, node, &mut book),
            "buckets" => book.buckets = buckets(reader, node),
            "contacts" => {}
            other => reader.unknown(
                other,
                key.span(),
                &["format", "week", "defaults", "buckets", "contacts"],
            ),
        }
    }
    book
}

fn format(reader: &mut Reader, node: &Node) {
    if let Some(format) = reader.count("format", node, u32::MAX)
        && !(1..=FORMAT).contains(&format)
    {
        let message = format!("this book has format {format}; this netkeep knows format {FORMAT}");
        let problem =
            Problem::broken(reader.places.whole(node.span()), message).hint("use a newer netkeep");
        reader.problems.push(problem);
    }
}

fn week(reader: &mut Reader, node: &Node, book: &mut Book) {
    let Some(table) = reader.table("week", node) else {
        return;
    };
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "starts" => match reader
                .text("starts", node)
                .map(|day| (weekday_named(&day), day))
            {
                Some((Some(day), _)) => book.week.starts = day,
                Some((None, typed)) => {
                    reader.wrong(
                        node.span(),
                        format!("`{typed}` is not a day of the week"),
                        "write it like `monday`",
                    );
                }
                None => {}
            },
            "touches" => {
                book.week.touches = reader
                    .count("touches", node, 9999)
                    .unwrap_or(book.week.touches);
            }
            other => reader.unknown(other, key.span(), &["starts", "touches"]),
        }
    }
}

fn defaults(reader: &mut Reader, node: &Node, book: &mut Book) {
    let Some(table) = reader.table("defaults", node) else {
        return;
    };
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "rest_after" => {
                book.rest_after.0 = reader
                    .count("rest_after", node, 9999)
                    .unwrap_or(book.rest_after.0);
            }
            other => reader.unknown(other, key.span(), &["rest_after"]),
        }
    }
}

fn buckets(reader: &mut Reader, node: &Node) -> Vec<Bucket> {
    let Some(table) = reader.table("buckets", node) else {
        return vec![];
    };
    let mut buckets: Vec<(usize, Bucket)> = Vec::new();
    for (name, node) in table {
        let at = reader.places.whole(name.span()).start;
        buckets.push((at, bucket(reader, name.get_ref(), name.span(), node)));
    }
    // The parser sorts by name; the book has an order of its own.
    buckets.sort_by_key(|(at, _)| *at);
    buckets.into_iter().map(|(_, bucket)| bucket).collect()
}

fn bucket(reader: &mut Reader, name: &str, at: Range<usize>, node: &Node) -> Bucket {
    let mut bucket = Bucket {
        name: name.to_owned(),
        cadence: None,
        limit: None,
        share: 1,
    };
    let Some(table) = reader.table(&format!("buckets.{name}"), node) else {
        return bucket;
    };
    if !table.contains_key("cadence") {
        reader.wrong(
            at,
            format!("the bucket `{name}` has no cadence"),
            "write it like `cadence = \"4 weeks\"`",
        );
    }
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "cadence" => bucket.cadence = reader.cadence("cadence", node),
            "limit" => bucket.limit = reader.cadence("limit", node),
            "share" => bucket.share = reader.count("share", node, 9999).unwrap_or(bucket.share),
            other => reader.unknown(other, key.span(), &["cadence", "limit", "share"]),
        }
    }
    bucket
}

/// The contacts of a parsed text, added to the book.
fn contacts(reader: &mut Reader, table: &DeTable, book: &mut Book, spans: &mut Vec<Spans>) {
    let Some(node) = table.get("contacts") else {
        return;
    };
    let DeValue::Array(nodes) = node.get_ref() else {
        reader.wrong(
            node.span(),
            "`contacts` must be tables",
            "start each contact with `[[contacts]]`",
        );
        return;
    };
    for node in nodes {
        let DeValue::Table(table) = node.get_ref() else {
            reader.wrong(
                node.span(),
                "a contact must be a table",
                "start each contact with `[[contacts]]`",
            );
            continue;
        };
        let before = reader.problems.len();
        let contact = contact(reader, table, &node.span());
        let span = |key: &str| {
            reader
                .places
                .whole(table.get(key).map_or(node.span(), toml::Spanned::span))
        };
        spans.push(Spans {
            name: span("name"),
            bucket: span("bucket"),
        });
        let id = ContactId(book.contacts.len());
        for problem in &mut reader.problems[before..] {
            problem.contact = Some(id);
        }
        book.contacts.push(contact);
    }
}

fn contact(reader: &mut Reader, table: &DeTable, at: &Range<usize>) -> Contact {
    let mut contact = Contact::default();
    for (key, node) in table {
        let key_at = key.span();
        let key = key.get_ref().as_ref();
        match Field::from_key(key) {
            Some(field) => read_field(reader, field, node, &mut contact),
            None if key == "touches" => contact.touches = touches(reader, node),
            None => {
                let known: Vec<&str> = Field::ALL
                    .iter()
                    .map(|field| field.key())
                    .chain(["touches"])
                    .collect();
                reader.unknown(key, key_at, &known);
            }
        }
    }
    if !table.contains_key("name") {
        reader.wrong(
            at.clone(),
            "a contact without a name",
            "write it like `name = \"Ana Ruiz\"`",
        );
    } else if contact.name.trim().is_empty()
        && let Some(DeValue::String(_)) = table.get("name").map(toml::Spanned::get_ref)
    {
        reader.wrong(
            table["name"].span(),
            "an empty name",
            "write it like `name = \"Ana Ruiz\"`",
        );
    }
    contact
}

fn read_field(reader: &mut Reader, field: Field, node: &Node, contact: &mut Contact) {
    let key = field.key();
    match field {
        Field::Name => contact.name = reader.text(key, node).unwrap_or_default(),
        Field::Aka => contact.aka = reader.list(key, node),
        Field::Bucket => contact.bucket = reader.text(key, node),
        Field::Cadence => contact.cadence = reader.cadence(key, node),
        Field::Limit => contact.limit = reader.cadence(key, node),
        Field::Company => contact.company = reader.text(key, node),
        Field::Title => contact.title = reader.text(key, node),
        Field::Email => contact.email = reader.list(key, node),
        Field::Phone => contact.phone = reader.list(key, node),
        Field::Links => contact.links = reader.list(key, node),
        Field::Address => contact.address = reader.text(key, node),
        Field::City => contact.city = reader.text(key, node),
        Field::Birthday => contact.birthday = birthday(reader, node),
        Field::Tags => contact.tags = reader.list(key, node),
        Field::Met => contact.met = reader.text(key, node),
        Field::Friendly => contact.friendly = reader.flag(key, node).unwrap_or(false),
        Field::Paused => contact.paused = paused(reader, node),
        Field::Added => contact.added = reader.day(key, node),
        Field::Next => contact.next = next(reader, node),
        Field::Uid => contact.uid = reader.text(key, node),
        Field::Notes => contact.notes = reader.text(key, node),
    }
}

fn birthday(reader: &mut Reader, node: &Node) -> Option<Birthday> {
    if let DeValue::String(text) = node.get_ref() {
        let birthday = text.parse();
        if let Err(err) = &birthday {
            let err: &BirthdayError = err;
            reader.wrong(
                node.span(),
                err.to_string(),
                "write `1984-03-12` without quotes, or `\"--03-12\"` without the year",
            );
        }
        return birthday.ok();
    }
    reader.day("birthday", node).map(Birthday::Date)
}

fn paused(reader: &mut Reader, node: &Node) -> Option<Pause> {
    if let Ok(day) = day(node.get_ref()) {
        return Some(Pause::Until(day));
    }
    if let DeValue::Boolean(paused) = node.get_ref() {
        return paused.then_some(Pause::Open);
    }
    reader.wrong(
        node.span(),
        "`paused` must be true, false or a day",
        "write `paused = true`, or `paused = 2026-12-31` for paused until then",
    );
    None
}

fn next(reader: &mut Reader, node: &Node) -> Option<Next> {
    const HINT: &str = "write it like `next = { on = 2026-11-27, what = \"send the draft\" }`";
    let DeValue::Table(table) = node.get_ref() else {
        reader.wrong(node.span(), "`next` must say a day", HINT);
        return None;
    };
    let mut what = None;
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "on" => {}
            "what" => what = reader.text("what", node),
            other => reader.unknown(other, key.span(), &["on", "what"]),
        }
    }
    let Some(on) = table.get("on") else {
        reader.wrong(node.span(), "`next` must say a day", HINT);
        return None;
    };
    Some(Next {
        on: reader.day("on", on)?,
        what,
    })
}

fn touches(reader: &mut Reader, node: &Node) -> Vec<Touch> {
    const HINT: &str = "write each touch like `{ on = 2026-11-27, via = \"call\" }`";
    let DeValue::Array(nodes) = node.get_ref() else {
        reader.wrong(node.span(), "`touches` must be a list of touches", HINT);
        return vec![];
    };
    let mut touches = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node.get_ref() {
            DeValue::Table(table) => touches.extend(touch(reader, table, &node.span())),
            _ => reader.wrong(node.span(), "a touch must be a table", HINT),
        }
    }
    touches
}

fn touch(reader: &mut Reader, table: &DeTable, at: &Range<usize>) -> Option<Touch> {
    let (mut on, mut via, mut direction, mut note) = (None, None, None, None);
    for (key, node) in table {
        match key.get_ref().as_ref() {
            "on" => on = reader.day("on", node),
            "via" => via = reader.text("via", node),
            "note" => note = reader.text("note", node),
            "direction" => {
                let typed = reader.text("direction", node);
                direction = match typed.as_deref() {
                    Some("out") => Some(Direction::Out),
                    Some("in") => Some(Direction::In),
                    Some(other) => {
                        let message = format!("`{other}` is not a direction");
                        reader.wrong(
                            node.span(),
                            message,
                            "write `out`, `in`, or leave it out for an exchange",
                        );
                        None
                    }
                    None => None,
                };
            }
            other => reader.unknown(other, key.span(), &["on", "via", "direction", "note"]),
        }
    }
    if !table.contains_key("on") {
        reader.wrong(
            at.clone(),
            "a touch without a day",
            "write it like `on = 2026-11-27`",
        );
    }
    Some(Touch {
        on: on?,
        via,
        direction,
        note,
    })
}

/// Names are unique: the second of two is a problem of the second.
fn check_names(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    let mut seen = HashMap::new();
    for (id, contact) in book.contacts.iter().enumerate() {
        if contact.name.trim().is_empty() {
            continue;
        }
        if seen.insert(contact.name.as_str(), id).is_some() {
            let problem = Problem::wrong(
                spans[id].name.clone(),
                format!("another contact is named `{}`", contact.name),
            )
            .hint("names are unique: add the company in brackets, or make one contact of the two");
            problems.push(Problem {
                contact: Some(ContactId(id)),
                ..problem
            });
        }
    }
}

fn check_buckets(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    for (id, contact) in book.contacts.iter().enumerate() {
        let Some(name) = contact
            .bucket
            .as_deref()
            .filter(|name| book.bucket(name).is_none())
        else {
            continue;
        };
        let near = near(name, book.buckets.iter().map(|bucket| bucket.name.as_str()));
        let hint = match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one of the buckets, or add it: `netkeep bucket add NAME --cadence \"4 weeks\"`".to_owned(),
        };
        let problem = Problem::wrong(
            spans[id].bucket.clone(),
            format!("there is no bucket `{name}`"),
        )
        .hint(hint);
        problems.push(Problem {
            contact: Some(ContactId(id)),
            ..problem
        });
    }
}
