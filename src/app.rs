//! What a command runs with: the file, the day, the streams. The one reader of the clock and of the environment.

mod agreement;
mod answer_stream;
pub(crate) mod ask;
mod book;
pub(crate) mod choose_values;
mod desktop;
mod editor;
pub(crate) mod filter_args;
pub(crate) mod git;
mod home;
mod in_json;
pub(crate) mod input;
mod key_reader;
pub(crate) mod keys;
mod line;
mod manual;
pub(crate) mod names_until;
pub(crate) mod notes;
mod own_report;
mod pager;
pub(crate) mod pick;
mod picked_contact;
mod picked_promise;
mod screen;
mod shell;
pub(crate) mod sources;
mod step;
mod stream;
pub(crate) mod walk;
mod write_record;

use std::cell::RefCell;
use std::collections::HashSet;
use std::env;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use chrono::{Local, NaiveDate, NaiveDateTime, NaiveTime};
use clap::{Args, ColorChoice};
use directories::ProjectDirs;

use self::answer_stream::{AnswerStream, Unsaid};
pub(crate) use self::editor::{AfterEdit, Draft};
pub(crate) use self::line::{alias, asked, program, refuse};
use self::pager::Pager;
use self::picked_contact::PickedContact;
use self::picked_promise::PickedPromise;
use self::shell::set;
use self::stream::{Look, Stream, rows};
use self::write_record::WriteRecord;
use crate::domain::Book;
use crate::domain::dates::day::{self, Toward};
use crate::error::{Error, Result, reason, report_all, report_of};
use crate::render::json::Notice;
use crate::render::views::problem;
use crate::render::views::problem::SourceText;
use crate::render::views::set_preview::SetPreview;
use crate::render::{Sink, Text};
use crate::store::{self, Failure, MergeSide, ValueConflict, Version};

/// What every command takes, before or after its name.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// The book, if not the usual one [env: NETKEEP_FILE]
    #[arg(long, global = true, value_name = "PATH")]
    file: Option<PathBuf>,

    /// Take this day for today: 2026-11-27 [env: NETKEEP_TODAY]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,

    /// Answer in JSON
    #[arg(long, global = true)]
    json: bool,

    /// Use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,

    /// Write without block characters and colour, as with TERM=dumb
    #[arg(long, global = true)]
    plain: bool,

    /// Show long answers whole, without $PAGER
    #[arg(long, global = true)]
    no_pager: bool,

    /// Show the change as a diff and write nothing
    #[arg(short = 'n', long, global = true)]
    dry_run: bool,

    /// Show help: `-h` in short, `--help` in full
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

impl Globals {
    fn look(&self) -> Look {
        Look {
            colour: self.color,
            is_plain: self.plain,
        }
    }
}

/// What a command runs with.
pub(crate) struct App {
    file: PathBuf,
    /// Whether the user chose the file, and it is not the default one.
    is_named: bool,
    /// Where netkeep keeps its own files: locks and older versions.
    state: Option<PathBuf>,
    pub(crate) today: NaiveDate,
    /// Where today comes from, if it is not the day of the clock.
    set_by: Option<&'static str>,
    now: NaiveTime,
    /// The name of the command, for the history.
    command: &'static str,
    pub(crate) json: bool,
    pub(crate) dry_run: bool,
    /// Whether only warnings and errors are said.
    is_quiet: bool,
    /// Something was written: what fails from now on must not say that nothing was.
    pub(crate) has_saved: bool,
    /// The version that the book became by what was saved last.
    saved_version: Option<Version>,
    /// What has been said on stderr: a command that starts over does not repeat it.
    said: RefCell<HashSet<Vec<u8>>>,
    /// In JSON, what would be said there.
    told: RefCell<Vec<Notice>>,
    /// In JSON, what a writing command did.
    record: Option<WriteRecord>,
    /// The contacts that the user picked by number.
    picked: Vec<PickedContact>,
    /// What the user agreed to do to a set of contacts.
    agreed: Option<SetPreview>,
    /// The promises that the user picked by number.
    picked_promises: Vec<PickedPromise>,
    /// Which value stays of those that differ between two states of the book, as the user chose.
    chosen_values: Vec<(ValueConflict, MergeSide)>,
    /// The book before the first save and after the last one, where buckets have a size: these may be full now.
    sized: Option<(Book, Book)>,
    pub(crate) out: Box<dyn Write>,
    /// Why the answer of a writing command was cut short, if it was.
    unsaid: Unsaid,
    stdout: Stream,
    stderr: Stream,
    /// Whether long texts go through a pager.
    pages: bool,
}

/// Commands that have nothing to do with the book: they work whatever the environment says.
const BOOKLESS: [&str; 3] = ["help", "man", "merge-file"];

/// The variable that says which day today is.
const TODAY: &str = "NETKEEP_TODAY";

/// How often a command starts over because another program wrote the book in the meantime.
const TRIES: usize = 200;

/// Sets up the app, runs `command`, reports what went wrong and returns the exit code.
pub(crate) fn run(
    globals: &Globals,
    name: &'static str,
    reads: bool,
    command: impl Fn(&mut App) -> Result<()>,
) -> u8 {
    let mut app = match App::new(globals, name, reads) {
        Ok(app) => app,
        Err(err) => return refuse_start(&err, globals),
    };
    if !reads {
        app.note_day();
    }
    let done = app.until_saved(command);
    let done = done.and_then(|()| Ok(app.out.flush()?));
    app.note_filled();
    if app.json {
        return app.end_in_json(done);
    }
    let done = done.and_then(|()| app.answered());
    match done {
        Ok(()) => 0,
        // The reader of the answer has closed the pipe.
        Err(Error::Output(err)) if err.kind() == io::ErrorKind::BrokenPipe => 0,
        // The exit code of a command that writes says what became of the change.
        Err(Error::Output(err)) if app.has_saved => {
            app.warning(format!(
                "done, but the answer could not be written: {}",
                reason(&err)
            ));
            0
        }
        // `log ana -d --json`: the option took `--json` for its value.
        Err(err @ Error::Mistyped(_))
            if line::asks_for_json(&env::args_os().collect::<Vec<_>>()) =>
        {
            in_json::refuse(&err)
        }
        Err(err) => {
            let _ = app.out.flush();
            let code = report(&err, globals.look());
            // What `check` still finds after fixing is its answer, and what git refuses after a merge is not the book's.
            if !app.has_saved || err.is_beside_the_book() {
                return code;
            }
            // "Failed, and nothing was written" would be untrue.
            app.note("the change itself is saved");
            74
        }
    }
}

impl App {
    fn new(globals: &Globals, command: &'static str, reads: bool) -> Result<Self> {
        let named = globals
            .file
            .clone()
            .or_else(|| set("NETKEEP_FILE").map(PathBuf::from));
        let is_named = named.is_some();
        let folders = ProjectDirs::from("", "", "netkeep");
        let state = folders.as_ref().map(|folders| match folders.state_dir() {
            Some(state) => state.to_owned(),
            None => folders.data_local_dir().join("state"),
        });
        let is_bookless = BOOKLESS.contains(&command);
        let file = match (named, folders) {
            (Some(file), _) => file,
            (None, Some(folders)) => folders.data_dir().join("contacts.toml"),
            (None, None) if is_bookless => PathBuf::new(),
            (None, None) => return Err(Error::NoHome),
        };
        let option = globals.today.clone().map(|day| (day, "--today"));
        let typed = option.or_else(|| {
            let day = set(TODAY)?.to_string_lossy().into_owned();
            Some((day, TODAY))
        });
        let clock = Local::now().naive_local();
        let (today, set_by) = match typed {
            Some((typed, by)) if !is_bookless => {
                (day::parse(&typed, clock.date(), Toward::Past)?, Some(by))
            }
            _ => (clock.date(), None),
        };
        let stdout = Stream::stdout(globals.look());
        let pages = stdout.is_terminal && !globals.no_pager;
        let unsaid = Unsaid::default();
        let out: Box<dyn Write> = if globals.json && !reads {
            Box::new(io::sink())
        } else if pages && reads {
            Box::new(Pager::new(rows()))
        } else if reads {
            Box::new(BufWriter::new(io::stdout().lock()))
        } else {
            Box::new(AnswerStream::new(io::stdout().lock(), &unsaid))
        };
        Ok(Self {
            file,
            is_named,
            state,
            today,
            set_by: set_by.filter(|_| today != clock.date()),
            now: clock.time(),
            command,
            json: globals.json,
            dry_run: globals.dry_run,
            is_quiet: false,
            has_saved: false,
            saved_version: None,
            said: RefCell::default(),
            told: RefCell::default(),
            record: (globals.json && !reads).then(WriteRecord::default),
            picked: vec![],
            picked_promises: vec![],
            chosen_values: vec![],
            agreed: None,
            sized: None,
            stdout,
            stderr: Stream::stderr(globals.look()),
            out,
            unsaid,
            pages,
        })
    }

    /// Uses another book and another day for today, where they are given as typed.
    pub(crate) fn at(&mut self, file: Option<&str>, today: Option<&str>) -> Result<()> {
        if let Some(file) = file {
            self.file = home::expanded(file);
            self.is_named = true;
        }
        if let Some(today) = today {
            self.today = day::parse(today, self.today, Toward::Past)?;
        }
        Ok(())
    }

    /// Runs `work`, and runs it again when another program wrote the book between reading and saving, or when the user answered
    /// what it could not go on without: which contact, which promise, whether to change a set. Nothing has been answered by
    /// then: a writing command answers once it has saved.
    pub(crate) fn until_saved<T>(&mut self, work: impl Fn(&mut Self) -> Result<T>) -> Result<T> {
        for _ in 0..TRIES {
            match work(self) {
                Err(Error::Store(err))
                    if matches!(err.why, Failure::Changed) && !self.has_saved => {}
                Err(Error::Ambiguous(choices)) if self.may_ask() => self.ask_which(&choices)?,
                Err(Error::WhichPromise(choices)) if choices.fit > 1 && self.may_ask() => {
                    self.ask_which_promise(&choices)?;
                }
                Err(Error::NotAgreed { preview, .. }) if self.may_ask() => {
                    self.ask_to_change(*preview)?;
                }
                done => return done,
            }
        }
        Err(Failure::Restless.at(&self.file).into())
    }

    /// The moment: the time of the clock on the day that is today.
    pub(crate) fn moment(&self) -> NaiveDateTime {
        self.today.and_time(self.now)
    }

    /// From now on says nothing that is no warning and no error: the answer, hints and notes are dropped.
    pub(crate) fn be_quiet(&mut self) {
        self.is_quiet = true;
        self.out = Box::new(io::sink());
    }

    /// Fails if the answer of a writing command could not be written.
    fn answered(&self) -> Result<()> {
        self.unsaid.take().map_or(Ok(()), |err| Err(err.into()))
    }

    /// Where the answer goes.
    pub(crate) fn sink(&mut self) -> Sink<'_> {
        self.stdout.sink(&mut self.out)
    }

    /// A sink of text for the pager, which takes no colour.
    pub(crate) fn sink_of_page<'w>(&self, page: &'w mut Vec<u8>) -> Sink<'w> {
        let plain = Stream {
            has_colour: false,
            ..self.stdout
        };
        plain.sink(page)
    }

    /// Writes a sentence of the answer.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> Result<()> {
        Ok(self.sink().message(&Text::default(), text.as_ref())?)
    }

    /// Says something on stderr that is no part of the answer.
    pub(crate) fn note(&self, text: impl AsRef<str>) {
        self.say_labelled("note", text.as_ref());
    }

    /// Says at a terminal which day a change is made on, if it is not that of the clock: a variable is easily forgotten.
    fn note_day(&self) {
        if let Some(by) = self.set_by
            && self.stderr.is_terminal
            && !self.dry_run
        {
            let day = self.today.format("%a %-d %b %Y");
            self.note(format!("today is taken to be {day} ({by})"));
        }
    }

    /// Says what to type next.
    pub(crate) fn hint(&self, text: impl AsRef<str>) {
        self.say_labelled("hint", text.as_ref());
    }

    /// Says something on stderr, and what to type about it.
    pub(crate) fn say_hinted(&self, label: &'static str, text: &str, hint: Option<&str>) {
        if self.json {
            return self.tell(Notice::new(label, text).hinted(hint));
        }
        self.say_labelled(label, text);
        if let Some(hint) = hint {
            self.hint(hint);
        }
    }

    /// Says what is wrong, though the command goes on.
    pub(crate) fn warning(&self, text: impl AsRef<str>) {
        self.say_labelled("warning", text.as_ref());
    }

    fn say_labelled(&self, label: &'static str, text: &str) {
        if self.is_quiet && label != "warning" {
            return;
        }
        if self.json {
            return self.tell(match label {
                "hint" => Notice::new("note", text),
                label => Notice::new(label, text),
            });
        }
        self.on_stderr(|sink| problem::say(sink, label, text));
    }

    /// Says something on stderr, even if it was said before: it belongs to a question, and wraps as one does.
    pub(crate) fn say(&self, text: &str) {
        self.show(|sink| sink.sentence(text));
    }

    /// Shows something on stderr that belongs to a question.
    pub(crate) fn show(&self, show: impl FnOnce(&mut Sink) -> io::Result<()>) {
        if self.json {
            return;
        }
        let mut shown = Vec::new();
        let _ = show(&mut self.stderr.sink(&mut shown));
        let mut stderr = io::stderr().lock();
        let _ = stderr.write_all(&shown).and_then(|()| stderr.flush());
    }

    /// Says on stderr what an error says, when it does not end the command.
    pub(crate) fn note_error(&self, label: &'static str, err: &Error) {
        self.say_hinted(label, &err.to_string(), err.hint().as_deref());
    }

    /// Says on stderr what is wrong with a text.
    pub(crate) fn report<'p>(
        &self,
        label: &'static str,
        source: &SourceText,
        problems: impl IntoIterator<Item = &'p store::Problem>,
    ) {
        if self.json {
            let notice = |one| Notice::of(&report_of(label, one), source);
            return problems.into_iter().for_each(|one| self.tell(notice(one)));
        }
        self.on_stderr(|sink| report_all(sink, label, source, problems));
    }

    /// A failure to write to stderr must not stop the work.
    fn on_stderr(&self, say: impl FnOnce(&mut Sink) -> io::Result<()>) {
        if self.json {
            return;
        }
        let mut text = Vec::new();
        let _ = say(&mut self.stderr.sink(&mut text));
        let mut said = self.said.borrow_mut();
        if !said.contains(&text) {
            let _ = io::stderr().lock().write_all(&text);
            said.insert(text);
        }
    }

    /// A day in words, seen from today.
    pub(crate) fn day(&self, typed: &str, toward: Toward) -> Result<NaiveDate> {
        Ok(day::parse(typed, self.today, toward)?)
    }
}

/// Reports what went wrong before the command could run; returns the exit code.
fn refuse_start(err: &Error, globals: &Globals) -> u8 {
    if globals.json {
        in_json::refuse(err)
    } else {
        report(err, globals.look())
    }
}

/// Reports what went wrong; returns the exit code.
fn report(err: &Error, look: Look) -> u8 {
    let stream = Stream::stderr(look);
    let _ = err.write(&mut stream.sink(&mut io::stderr().lock()));
    err.code()
}
