//! What a command runs with: the file, the day, the streams. The one reader of the clock and of the environment.

mod editor;
pub(crate) mod pick;

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::{Local, NaiveDate};
use clap::{Args, ValueEnum};
use directories::ProjectDirs;

use self::editor::Draft;
use crate::domain::day::{self, Toward};
use crate::error::{Error, Result, SHOWN, report_all};
use crate::render::problem::Source;
use crate::render::{Sink, Text, diff, problem};
use crate::store::{self, BookFile, Change, Edit, Severity};

/// What every command takes, before or after its name.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// The book [env: NETKEEP_FILE] [default: netkeep/contacts.toml in the data folder]
    #[arg(long, global = true, value_name = "PATH")]
    file: Option<PathBuf>,

    /// The day to take for today, like 2026-11-27 [env: NETKEEP_TODAY]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,

    /// Answer in JSON (reading commands)
    #[arg(long, global = true)]
    json: bool,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,

    /// Show the change as a diff and write nothing (writing commands)
    #[arg(short = 'n', long, global = true)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// What a command runs with.
pub(crate) struct App {
    file: PathBuf,
    /// Whether the user said which file, and did not leave it to netkeep.
    is_named: bool,
    pub(crate) today: NaiveDate,
    pub(crate) json: bool,
    dry_run: bool,
    has_saved: bool,
    pub(crate) out: Box<dyn Write>,
    colour_out: bool,
    colour_err: bool,
    width: Option<usize>,
}

/// Says what is wrong with the command line, or what was asked of it; gives the exit code.
pub(crate) fn usage(err: &clap::Error) -> u8 {
    // Nobody is left to tell when even this cannot be written.
    let _ = if err.use_stderr() {
        let mut stderr = io::stderr().lock();
        let mut sink = Sink::new(&mut stderr, colour(When::Auto, &io::stderr()), None);
        // What was typed is in it, so it goes the way of all text.
        err.render()
            .to_string()
            .trim_end()
            .lines()
            .try_for_each(|line| match line.strip_prefix("error: ") {
                Some(message) => sink.line(problem::labelled("error") + Text::new(message)),
                None => sink.line(line),
            })
    } else {
        err.print()
    };
    u8::try_from(err.exit_code()).unwrap_or(2)
}

/// Sets up the app, runs `command`, says what went wrong and gives the exit code.
pub(crate) fn run(globals: &Globals, command: impl FnOnce(&mut App) -> Result<()>) -> u8 {
    let colour_err = colour(globals.color, &io::stderr());
    let tell = |err: &Error| {
        let mut stderr = io::stderr().lock();
        let _ = err.tell(&mut Sink::new(&mut stderr, colour_err, None));
        err.code()
    };
    let mut app = match App::new(globals) {
        Ok(app) => app,
        Err(err) => return tell(&err),
    };
    let done = command(&mut app).and_then(|()| Ok(app.out.flush()?));
    match done {
        Ok(()) => 0,
        // Whoever read the answer has read enough of it.
        Err(Error::Output(err)) if err.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(err) => {
            let _ = app.out.flush();
            let code = tell(&err);
            // "Failed, and nothing was written" would be untrue.
            if app.has_saved { 74 } else { code }
        }
    }
}

impl App {
    fn new(globals: &Globals) -> Result<Self> {
        let named = globals
            .file
            .clone()
            .or_else(|| set("NETKEEP_FILE").map(PathBuf::from));
        let is_named = named.is_some();
        let file = match named {
            Some(file) => file,
            None => ProjectDirs::from("", "", "netkeep")
                .ok_or(Error::NoHome)?
                .data_dir()
                .join("contacts.toml"),
        };
        let typed = globals
            .today
            .clone()
            .or_else(|| set("NETKEEP_TODAY").map(|day| day.to_string_lossy().into_owned()));
        let clock = Local::now().date_naive();
        let today = match typed {
            Some(typed) => day::parse(&typed, clock, Toward::Past)?,
            None => clock,
        };
        let stdout = io::stdout();
        let width = set("COLUMNS")
            .and_then(|columns| columns.to_str()?.parse().ok())
            .filter(|columns| *columns > 0)
            .or_else(|| {
                stdout
                    .is_terminal()
                    .then(terminal_size::terminal_size)?
                    .map(|(width, _)| width.0.into())
            });
        Ok(Self {
            file,
            is_named,
            today,
            json: globals.json,
            dry_run: globals.dry_run,
            has_saved: false,
            colour_out: colour(globals.color, &stdout),
            colour_err: colour(globals.color, &io::stderr()),
            out: Box::new(BufWriter::new(stdout.lock())),
            width,
        })
    }

    /// A command that writes has no answer to give in JSON.
    pub(crate) fn refuse_json(&self) -> Result<()> {
        if !self.json {
            return Ok(());
        }
        Err(Error::Usage {
            message: "`--json` is for commands that read".to_owned(),
            hint: "leave it out; `netkeep show NAME --json` tells the result".to_owned(),
        })
    }

    /// Where the answer goes.
    pub(crate) fn sink(&mut self) -> Sink<'_> {
        Sink::new(&mut self.out, self.colour_out, self.width)
    }

    /// Says something on stderr: a hint or a note, never a part of the answer.
    pub(crate) fn note(&self, label: &str, text: &str) {
        self.on_stderr(|sink| sink.line(problem::labelled(label) + Text::new(text)));
    }

    /// Says on stderr what is wrong with a text.
    pub(crate) fn report<'p>(
        &self,
        label: &str,
        source: &Source,
        problems: impl IntoIterator<Item = &'p store::Problem>,
    ) {
        self.on_stderr(|sink| report_all(sink, |_| label, source, problems, SHOWN));
    }

    /// What is said beside the answer must not stop the work: where nobody hears it, it goes unheard.
    fn on_stderr(&self, say: impl FnOnce(&mut Sink) -> io::Result<()>) {
        let mut stderr = io::stderr().lock();
        let _ = say(&mut Sink::new(&mut stderr, self.colour_err, None));
    }

    /// Opens the book and warns of what is wrong in it.
    pub(crate) fn open(&mut self) -> Result<BookFile> {
        let file = self.open_quietly()?;
        let is_wrong = |problem: &&store::Problem| problem.severity == Severity::Wrong;
        let mut wrong = file.problems().iter().filter(is_wrong).peekable();
        if wrong.peek().is_some() {
            let path = file.path().display().to_string();
            self.report("warning", &Source::new(&path, file.text()), wrong);
        }
        Ok(file)
    }

    /// Opens the book and leaves what is wrong in it to the caller.
    pub(crate) fn open_quietly(&mut self) -> Result<BookFile> {
        BookFile::open(&self.file)?.ok_or_else(|| Error::NoBook {
            path: self.file.clone(),
            is_named: self.is_named,
        })
    }

    /// Opens the book; where the default one is missing, says how to start and gives an empty one.
    pub(crate) fn open_or_empty(&mut self) -> Result<BookFile> {
        match self.open() {
            Err(
                err @ Error::NoBook {
                    is_named: false, ..
                },
            ) => {
                self.note("note", &err.to_string());
                Ok(BookFile::create(&self.file, "")?)
            }
            opened => opened,
        }
    }

    /// Opens the book, or starts a new one with `text` where there is none.
    pub(crate) fn open_or_create(&mut self, text: &str) -> Result<BookFile> {
        match self.open() {
            Err(Error::NoBook { .. }) => {}
            opened => return opened,
        }
        // The folder of the default place is netkeep's to create; one that the user named may be a slip.
        match self
            .folder()
            .filter(|folder| self.is_named && !folder.exists())
        {
            Some(folder) => Err(Error::NoFolder {
                path: folder.to_owned(),
            }),
            None => Ok(BookFile::create(&self.file, text)?),
        }
    }

    /// The folder of the book, unless it is the one that netkeep is run in.
    fn folder(&self) -> Option<&Path> {
        self.file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
    }

    /// A day in words, seen from today.
    pub(crate) fn day(&self, typed: &str, toward: Toward) -> Result<NaiveDate> {
        Ok(day::parse(typed, self.today, toward)?)
    }

    /// Makes the edits and saves them; gives what came of it. With `--dry-run` shows them instead, and gives nothing.
    pub(crate) fn save(&mut self, file: &BookFile, edits: &[Edit]) -> Result<Option<Change>> {
        let change = file.change(edits)?;
        if self.dry_run {
            let old = if file.is_new() { "" } else { file.text() };
            diff::diff(&mut self.sink(), file.path(), old, &change.text)?;
            return Ok(None);
        }
        if file.is_new() {
            self.create_folder()?;
        }
        file.save(&change)?;
        self.has_saved = true;
        Ok(Some(change))
    }

    fn create_folder(&self) -> Result<()> {
        let Some(folder) = self.folder() else {
            return Ok(());
        };
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|err| {
            Error::Store(store::Error::Write {
                path: folder.to_owned(),
                err,
            })
        })
    }

    /// Lets the user edit `text` in their editor.
    pub(crate) fn edit(&mut self, text: &str) -> Result<Draft> {
        self.edit_again(Draft::new(text)?)
    }

    /// Lets the user go on with a draft.
    pub(crate) fn edit_again(&mut self, draft: Draft) -> Result<Draft> {
        self.out.flush()?;
        let default = if cfg!(windows) { "notepad" } else { "vi" };
        let command = set("VISUAL")
            .or_else(|| set("EDITOR"))
            .unwrap_or_else(|| default.into());
        draft.edit(&command.to_string_lossy())
    }

    /// Asks a question with yes as its answer; no when nobody is there to answer.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<bool> {
        self.out.flush()?;
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "{question} [Y/n] ").and_then(|()| stderr.flush());
        let mut answer = Vec::new();
        let read = io::stdin().lock().read_until(b'\n', &mut answer);
        if !read.is_ok_and(|length| length > 0) {
            let _ = writeln!(stderr);
            return Ok(false);
        }
        let answer = String::from_utf8_lossy(&answer).trim().to_lowercase();
        Ok(answer.is_empty() || answer.starts_with('y'))
    }
}

/// An environment variable that is set to something.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether a stream takes colour: <https://no-color.org> and the habits of terminals.
fn colour(when: When, stream: &impl IsTerminal) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            stream.is_terminal()
                && set("NO_COLOR").is_none()
                && set("TERM").is_none_or(|term| term != "dumb")
        }
    }
}
