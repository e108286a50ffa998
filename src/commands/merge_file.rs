use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::App;
use crate::app::choose_values::what;
use crate::app::input;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::diff::diff;
use crate::render::words::plural::and;
use crate::store::{
    BookMerge, ConflictMarks, Failure, MergeSide, OtherFile, Unmergeable, in_parallel, merge_books,
    merge_texts, read,
};

/// Merge three files as books, for git, jj and Mercurial
///
/// Merges what became of BASE in OURS and in THEIRS: touches, promises and people of both stay, and what one side took out
/// is out. Replaces OURS by the result. An empty BASE is none: nothing counts as taken out then. Where both changed the same
/// key, both values stay, between marks, and the book cannot be read until one of the two is deleted. Files that are no
/// books are merged line by line.
///
/// Your own book and its history have no part in this: it merges the files that are named. `netkeep sync` merges the book, and
/// `netkeep sync --init` tells git to merge by this command. netkeep's guide has the lines for git, jj and Mercurial.
///
/// Exits with 0 when everything is merged, with 1 when something is marked, with 2 for wrong usage, and with 129 when a file
/// could not be read or written: then nothing was.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep merge-file base.toml contacts.toml other.toml\n  netkeep merge-file /dev/null mine.toml other.toml -o both.toml"
)]
pub(crate) struct MergeFileArgs {
    /// What both grew from; an empty file if that is unknown
    #[arg(value_name = "BASE", value_hint = clap::ValueHint::FilePath)]
    base: PathBuf,
    /// The one side, which the result replaces
    #[arg(value_name = "OURS", value_hint = clap::ValueHint::FilePath)]
    ours: PathBuf,
    /// The other side
    #[arg(value_name = "THEIRS", value_hint = clap::ValueHint::FilePath)]
    theirs: PathBuf,
    /// Write the result to this file and leave OURS as it is; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// How many characters a mark has
    #[arg(long, value_name = "N", default_value = "7", value_parser = clap::value_parser!(u16).range(1..=1000))]
    marker_size: u16,
    /// Write an empty part for the base between the marks, which jj needs to read them
    #[arg(long)]
    diff3: bool,
}

/// The one side: only read, or to be replaced too.
enum Ours {
    Read(Vec<u8>),
    Replaced(OtherFile),
}

impl Ours {
    fn read(path: &Path, output: Option<&Path>) -> Result<Self> {
        if output.is_some() {
            return Ok(Self::Read(input::read_file(path)?));
        }
        let file = OtherFile::at(path)?;
        let file = file.ok_or_else(|| unreadable(path, ErrorKind::NotFound))?;
        Ok(Self::Replaced(file))
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Read(bytes) => bytes,
            Self::Replaced(file) => file.bytes(),
        }
    }
}

/// What the files become.
struct MergedFile {
    merge: BookMerge,
    bytes: Vec<u8>,
    /// Why they were merged line by line, if they were.
    as_text: Option<Unmergeable>,
    /// Whether it is no book that can be read, although nothing is marked.
    is_broken: bool,
}

/// What to do about marks, and about a result that is no book.
const RESOLVE: &str =
    "keep one side at each pair of marks, delete the marks, then run `netkeep check --file FILE`";
const FIX_HINT: &str = "run `netkeep check --file FILE`, and fix what it names";

pub(crate) fn run(app: &mut App, args: &MergeFileArgs) -> Result<()> {
    let output = args.output.as_deref();
    if app.json && !app.dry_run && output.is_some_and(input::is_stream) {
        return Err(Error::usage(
            "`--json` and `-o -` both write to standard output",
            "give `-o` a file, or leave one of them out",
        ));
    }
    merge_file(app, args, output).map_err(|err| match err {
        // Another program wrote the file in the meantime: once more.
        Error::Store(err) if matches!(err.why, Failure::Changed) => Error::Store(err),
        err @ Error::No(_) => err,
        err => Error::NotMergedFile(Box::new(err)),
    })
}

fn merge_file(app: &mut App, args: &MergeFileArgs, output: Option<&Path>) -> Result<()> {
    let others = || (input::read_file(&args.base), input::read_file(&args.theirs));
    let (ours, (base, theirs)) = in_parallel(|| Ours::read(&args.ours, output), others);
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let (file, ours) = (&ours, ours.bytes());
    for (path, bytes) in [
        (&args.base, &*base),
        (&args.ours, ours),
        (&args.theirs, &*theirs),
    ] {
        if bytes.contains(&0) {
            return Err(unreadable(path, ErrorKind::InvalidData));
        }
    }
    let marks = ConflictMarks {
        size: args.marker_size.into(),
        base: args.diff3.then_some("base"),
        ..ConflictMarks::default()
    };
    let merged = merged([&base, ours, &theirs], &marks);
    if app.dry_run {
        let [old, new] = [ours, &merged.bytes].map(String::from_utf8_lossy);
        diff(&mut app.sink(), output.unwrap_or(&args.ours), &old, &new)?;
    } else if merged.bytes != ours || output.is_some() {
        match (file, output) {
            (Ours::Replaced(file), _) => file.replace(&merged.bytes)?,
            (Ours::Read(_), Some(output)) => input::write_file(output, &merged.bytes)?,
            (Ours::Read(_), None) => {}
        }
        app.has_saved = true;
    }
    let merge = &merged.merge;
    app.answer_more("conflicts", || {
        let conflicts = merge.conflicts.iter().map(|one| {
            let values = one.values.each_ref().map(String::as_str);
            json::conflict(one.contact.as_deref(), &one.key, values)
        });
        json::conflicts(conflicts.collect())
    });
    app.answer_more("kept", || json::kept(&merge.kept));
    app.answer_more("renamed", || json::renamed(&merge.renamed));
    tell(app, &merged);
    if merge.conflicts.is_empty() && !merged.is_broken {
        return Ok(());
    }
    Err(Error::No(1))
}

fn unreadable(path: &Path, why: ErrorKind) -> Error {
    Error::ReadFile(path.to_owned(), why.into())
}

/// Merges the contents of base, ours and theirs: as books, or else by lines.
fn merged(contents: [&[u8]; 3], marks: &ConflictMarks) -> MergedFile {
    let [base, ours, theirs] = contents;
    let text = |bytes| str::from_utf8(bytes).ok();
    let (Some(ours), Some(theirs)) = (text(ours), text(theirs)) else {
        return merged_bytes(contents, marks);
    };
    let base = text(base).filter(|base| !base.trim().is_empty());
    let bases: Vec<&str> = base.into_iter().collect();
    let books = match emptied(&bases, [ours, theirs]) {
        Some(side) => Err(Unmergeable::NotABook(side, vec![])),
        None => merge_books(&bases, ours, theirs),
    };
    let (mut merge, as_text) = match books {
        Ok(merge) => (merge, None),
        Err(why) => (merge_texts(base, ours, theirs), Some(why)),
    };
    let result = merge.take_marked(marks);
    let is_clean = as_text.is_some() && merge.conflicts.is_empty();
    MergedFile {
        is_broken: is_clean && !is_sound(&result, [ours, theirs]),
        bytes: result.into_bytes(),
        merge,
        as_text,
    }
}

/// A side with nothing in it, where the other changed something: nobody takes everyone out by emptying the file.
fn emptied(bases: &[&str], sides: [&str; 2]) -> Option<MergeSide> {
    if bases.is_empty() || sides.iter().any(|side| bases.contains(side)) {
        return None;
    }
    let is_empty = sides.map(|side| side.trim().is_empty());
    match is_empty {
        [true, false] => Some(MergeSide::Ours),
        [false, true] => Some(MergeSide::Theirs),
        _ => None,
    }
}

/// Whether a text is a book with no more problems than either side has.
fn is_sound(text: &str, sides: [&str; 2]) -> bool {
    let wrong = |text: &str| {
        let parsed = read(text).ok().filter(|parsed| parsed.is_book)?;
        Some(parsed.problems.iter().filter(|one| one.is_wrong()).count())
    };
    let most = sides.into_iter().filter_map(wrong).max();
    wrong(text).is_some_and(|found| most.is_none_or(|most| found <= most))
}

/// Merges what is not UTF-8 by its lines, each byte as one character.
fn merged_bytes(contents: [&[u8]; 3], marks: &ConflictMarks) -> MergedFile {
    let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    let [base, ours, theirs] = contents.map(text);
    let base = Some(base.as_str()).filter(|base| !base.trim().is_empty());
    let merge = merge_texts(base, &ours, &theirs);
    let result = merge.marked(marks);
    let side = match str::from_utf8(contents[1]) {
        Ok(_) => MergeSide::Theirs,
        Err(_) => MergeSide::Ours,
    };
    MergedFile {
        bytes: result
            .chars()
            .map(|c| u8::try_from(c).unwrap_or(b'?'))
            .collect(),
        is_broken: merge.conflicts.is_empty(),
        merge,
        as_text: Some(Unmergeable::NotABook(side, vec![])),
    }
}

/// Says in one line what has to be looked at, and how to go on; nothing if there is nothing. The file is not named: git and
/// its like give a temporary one.
fn tell(app: &App, merged: &MergedFile) {
    let merge = &merged.merge;
    let mut said = Vec::new();
    match &merged.as_text {
        Some(Unmergeable::NotABook(side, _)) => {
            let side = match side {
                MergeSide::Ours => "ours",
                MergeSide::Theirs => "theirs",
            };
            said.push(format!(
                "{side} is no book that can be read, so lines were merged"
            ));
        }
        Some(Unmergeable::NotProven) => {
            said.push("not everything could be proven to stay, so lines were merged".to_owned());
        }
        None if merge.is_without_base => {
            said.push("the base is no book that can be read, so nothing was removed".to_owned());
        }
        None => {}
    }
    if !merge.conflicts.is_empty() {
        let conflicts: Vec<String> = merge.conflicts.iter().map(what).collect();
        said.push(format!("both sides changed {}", and(&conflicts)));
    }
    if merged.is_broken {
        said.push("what came out is no book that can be read".to_owned());
    }
    let kept = merge.kept.iter();
    said.extend(
        kept.map(|name| format!("{name} stays: removed on one side, changed on the other")),
    );
    let renamed = merge.renamed.iter();
    said.extend(renamed.map(|(from, to)| format!("another {from} is {to} now")));
    if said.is_empty() {
        return;
    }
    let (label, hint) = if !merge.conflicts.is_empty() {
        ("warning", Some(RESOLVE))
    } else if merged.is_broken {
        ("warning", Some(FIX_HINT))
    } else {
        ("note", None)
    };
    let hint = hint.filter(|_| !app.dry_run);
    app.say_hinted(label, &said.join("; "), hint);
}
