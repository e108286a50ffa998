//! Reads everything that was asked for, and what is remembered beside it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::call_list::{read_call_list, read_calls};
use super::local_time::local;
use super::mail_box::{read_folder, read_mbox};
use super::memory::SourceMemory;
use super::notmuch;
use super::remembered::SourceFact;
use super::walk::{AskedFor, MessageFolder, SourcePlaces};
use crate::app::{App, input};
use crate::domain::sources::fact::Mail;
use crate::domain::sources::found::SourceKind;
use crate::domain::sources::rule::SourceFacts;
use crate::error::{Error, Result, SourceFailure, reason};
use crate::exchange::mail::{self, MailReading};
use crate::exchange::meetings::{MeetingSpan, meetings};
use crate::exchange::{RowProblem, TouchSource};

/// What the sources say that were asked for.
#[derive(Debug, Default)]
pub(crate) struct SourceReading {
    pub(crate) facts: SourceFacts,
    /// What is wrong in each file that is not as it should be.
    pub(crate) problems: Vec<(PathBuf, Vec<RowProblem>)>,
    /// The kinds of sources that there were.
    pub(crate) kinds: BTreeSet<SourceKind>,
}

/// How to read sources.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceOptions {
    /// Nothing is wanted of meetings before that day.
    pub(crate) since: Option<NaiveDate>,
    /// Whether subjects are wanted.
    pub(crate) has_subjects: bool,
    /// Whether the book names the sources: then one that cannot be read is reported, and the others are read.
    pub(crate) are_named: bool,
}

/// How many messages are read between two words on how far it is.
const STEP: usize = 1000;

/// A source that is being read.
struct SourceReader<'a> {
    app: &'a App,
    memory: SourceMemory,
    options: SourceOptions,
    reading: SourceReading,
    /// The mail boxes that were asked for, as they are remembered.
    mail_boxes: HashSet<PathBuf>,
    messages: usize,
}

/// Reads what was asked for.
///
/// # Errors
///
/// If a path that was asked for holds no source, or cannot be read.
pub(crate) fn read_sources(
    app: &App,
    asked_for: &[AskedFor],
    options: SourceOptions,
) -> Result<SourceReading> {
    let state = app.state.as_deref();
    let mut reader = SourceReader {
        app,
        memory: SourceMemory::new(state, !app.dry_run, options.has_subjects),
        options,
        reading: SourceReading::default(),
        mail_boxes: HashSet::new(),
        messages: 0,
    };
    let read = asked_for.iter().try_for_each(|one| match reader.read(one) {
        Err(err) if options.are_named => {
            // What this machine does not have is no fault of it.
            let label = if is_missing(&err) { "note" } else { "warning" };
            app.note_error(label, &err);
            Ok(())
        }
        read => read,
    });
    app.progress("");
    read?;
    Ok(reader.with_context())
}

impl SourceReader<'_> {
    fn read(&mut self, asked_for: &AskedFor) -> Result<()> {
        let mut places = SourcePlaces::default();
        match asked_for {
            AskedFor::Input(kind) => return self.read_input(*kind),
            AskedFor::Notmuch(query) => {
                places.add_messages(notmuch::files(query).map_err(Error::Source)?);
                self.reading.kinds.insert(SourceKind::Mail);
            }
            AskedFor::Path(path) => {
                places.add(path);
                if places.is_empty() {
                    return Err(no_source(path, places.unread));
                }
            }
        }
        for (path, err) in std::mem::take(&mut places.unread) {
            self.warn_unread(&path, &err);
        }
        for path in places.mboxes {
            self.mbox(&path).or_else(|err| self.unread(&path, err))?;
        }
        for folder in places.folders {
            self.folder(folder);
        }
        for path in places.calendars {
            match input::read_file(&path) {
                Ok(bytes) => self.calendar(&path, &bytes),
                Err(err) => self.app.note_error("warning", &err),
            }
        }
        for path in places.call_lists {
            self.call_list(&path)
                .or_else(|err| self.unread(&path, err))?;
        }
        Ok(())
    }

    fn read_input(&mut self, kind: TouchSource) -> Result<()> {
        let path = Path::new("-");
        let mut input = io::stdin().lock();
        let how = self.how();
        let read = match kind {
            TouchSource::Mbox => {
                let mut found = |_, mail| self.add_mail(mail);
                mail::mbox(&mut input, how, &mut found)
            }
            TouchSource::Message => {
                let read = mail::message(&mut input, how);
                read.map(|read| read.into_iter().for_each(|mail| self.add_mail(mail)))
            }
            TouchSource::Calendar => {
                drop(input);
                let bytes = input::read(path)?;
                self.calendar(path, &bytes);
                return Ok(());
            }
            TouchSource::Calls => self.call_input(&mut input),
        };
        read.map_err(|err| Error::ReadFile(path.to_owned(), err))
    }

    fn call_input(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        self.reading.kinds.insert(SourceKind::Calls);
        let facts = &mut self.reading.facts;
        let problems = read_calls(input, &mut |fact| add_fact(facts, fact))?;
        self.add_problems(Path::new("-"), problems);
        Ok(())
    }

    fn mbox(&mut self, path: &Path) -> io::Result<()> {
        let how = self.how();
        let path = fs::canonicalize(path)?;
        self.mail_boxes.insert(path.clone());
        let memory = &self.memory;
        let (mut messages, facts) = (self.messages, &mut self.reading.facts);
        let app = self.app;
        read_mbox(&path, memory, how, &mut |mail| {
            count(app, &mut messages);
            facts.mail.add(mail);
        })?;
        self.messages = messages;
        self.reading.kinds.insert(SourceKind::Mail);
        Ok(())
    }

    fn folder(&mut self, folder: MessageFolder) {
        let how = self.how();
        let path = fs::canonicalize(&folder.path);
        self.mail_boxes
            .insert(path.unwrap_or_else(|_| folder.path.clone()));
        let mut unread = Vec::new();
        let (mut messages, facts) = (self.messages, &mut self.reading.facts);
        let app = self.app;
        read_folder(
            folder,
            &self.memory,
            how,
            &mut |mail, is_asked_for| {
                count(app, &mut messages);
                if is_asked_for {
                    facts.mail.add(mail);
                } else {
                    facts.mail.add_context(mail);
                }
            },
            &mut |path, err| unread.push((path.to_owned(), err)),
        );
        self.messages = messages;
        self.reading.kinds.insert(SourceKind::Mail);
        for (path, err) in unread {
            self.warn_unread(&path, &err);
        }
    }

    fn calendar(&mut self, path: &Path, bytes: &[u8]) {
        self.reading.kinds.insert(SourceKind::Calendar);
        let span = MeetingSpan {
            since: self.options.since,
            until: self.app.moment(),
        };
        let held = &mut self.reading.facts.meetings;
        let problems = meetings(bytes, &span, &local, &mut |meeting| held.push(meeting));
        self.add_problems(path, problems);
    }

    fn call_list(&mut self, path: &Path) -> io::Result<()> {
        self.reading.kinds.insert(SourceKind::Calls);
        let facts = &mut self.reading.facts;
        let problems = read_call_list(path, &self.memory, &mut |fact| add_fact(facts, fact))?;
        self.add_problems(path, problems);
        Ok(())
    }

    fn add_mail(&mut self, mail: Mail) {
        self.reading.kinds.insert(SourceKind::Mail);
        self.reading.facts.mail.add(mail);
    }

    fn add_problems(&mut self, path: &Path, problems: Vec<RowProblem>) {
        if !problems.is_empty() {
            self.reading.problems.push((path.to_owned(), problems));
        }
    }

    fn how(&self) -> MailReading {
        MailReading {
            with_subjects: self.options.has_subjects,
        }
    }

    fn unread(&self, path: &Path, err: io::Error) -> Result<()> {
        self.warn_unread(path, &err);
        Ok(())
    }

    fn warn_unread(&self, path: &Path, err: &io::Error) {
        self.app.warning(format!(
            "could not read {}: {}",
            path.display(),
            reason(err)
        ));
    }

    /// The reading, with the other mail that is remembered: it may be answered by what was read, or answer it.
    fn with_context(mut self) -> SourceReading {
        if self.reading.kinds.contains(&SourceKind::Mail) {
            let mail = &mut self.reading.facts.mail;
            let mut found = |message| mail.add_context(message);
            self.memory.other_mail(&self.mail_boxes, &mut found);
        }
        self.reading
    }
}

/// Whether a source is not on this machine.
fn is_missing(err: &Error) -> bool {
    let Error::Source(SourceFailure::NotmuchNotRun(err)) = err else {
        return false;
    };
    err.kind() == io::ErrorKind::NotFound
}

fn no_source(path: &Path, unread: Vec<(PathBuf, io::Error)>) -> Error {
    match unread.into_iter().next() {
        Some((path, err)) => Error::ReadFile(path, err),
        None => Error::Source(SourceFailure::Nothing(path.to_owned())),
    }
}

fn add_fact(facts: &mut SourceFacts, fact: SourceFact) {
    match fact {
        SourceFact::Mail(mail) => facts.mail.add(mail),
        SourceFact::Call(call) => facts.calls.push(call),
        SourceFact::Text(text) => facts.texts.push(text),
    }
}

/// Counts a message, and says now and then how far it is.
fn count(app: &App, messages: &mut usize) {
    *messages += 1;
    if messages.is_multiple_of(STEP) {
        app.progress(&format!("Reading {messages} messages …"));
    }
}
