//! What sources said before, in the state folder: a file for each mail box and call list, so that only what is new is read.
//!
//! It is no more than a copy of what the sources say: without it they are read again, and the same comes of it.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::remembered::{RememberedLine, SourceFact};
use crate::app::App;
use crate::domain::sources::fact::Mail;
use crate::store;

/// The format of the files; those of another one are not read.
const FORMAT: u32 = 1;

/// The folder in the state folder.
const FOLDER: &str = "sources";

/// The memory of all sources.
pub(super) struct SourceMemory {
    /// `None` where nothing is remembered.
    folder: Option<PathBuf>,
    /// Whether what is new is written.
    writes: bool,
    /// Whether subjects are wanted: what was read without them is read again.
    has_subjects: bool,
}

/// How far a source has been read.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Bookmark {
    /// The size of the file in bytes; 0 for a folder.
    pub(super) size: u64,
    /// When the file was changed last, in nanoseconds since 1970; 0 for a folder.
    pub(super) modified: u64,
    /// Where the last message of an mbox starts.
    pub(super) last: u64,
    /// The checksum of the bytes before that.
    pub(super) before_last: u64,
}

/// The first line of a file.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct MemoryHead {
    format: u32,
    source: PathBuf,
    has_subjects: bool,
    bookmark: Bookmark,
}

/// What one source said before.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    pub(super) bookmark: Bookmark,
    text: String,
}

impl SourceMemory {
    pub(super) fn new(state: Option<&Path>, writes: bool, has_subjects: bool) -> Self {
        Self {
            folder: state.map(|state| state.join(FOLDER)),
            writes,
            has_subjects,
        }
    }

    /// What a source said before; `None` if it was never read, or without the subjects that are wanted.
    pub(super) fn recall(&self, source: &Path) -> Option<Recalled> {
        let text = fs::read_to_string(self.file(source)?).ok()?;
        let (head, _) = text.split_once('\n')?;
        let head: MemoryHead = serde_json::from_str(head).ok()?;
        let is_it = head.format == FORMAT
            && head.source == source
            && (head.has_subjects || !self.has_subjects);
        is_it.then_some(Recalled {
            bookmark: head.bookmark,
            text,
        })
    }

    /// Remembers what a source says now. What cannot be written is read again the next time.
    pub(super) fn keep(&self, source: &Path, bookmark: Bookmark, lines: &[String]) {
        if self.writes {
            let _ = self.write(source, bookmark, lines);
        }
    }

    fn write(&self, source: &Path, bookmark: Bookmark, lines: &[String]) -> io::Result<()> {
        let (Some(folder), Some(path)) = (&self.folder, self.file(source)) else {
            return Ok(());
        };
        store::create_folder(folder)?;
        let head = MemoryHead {
            format: FORMAT,
            source: source.to_owned(),
            has_subjects: self.has_subjects,
            bookmark,
        };
        // Only for the user's eyes, as temporary files are.
        let mut file = BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
        serde_json::to_writer(&mut file, &head)?;
        file.write_all(b"\n")?;
        for line in lines {
            writeln!(file, "{line}")?;
        }
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(path).map_err(|err| err.error)?;
        Ok(())
    }

    /// Every message of the mail boxes that are remembered and not `asked_for`; a mail box that is gone is forgotten.
    pub(super) fn other_mail(&self, asked_for: &HashSet<PathBuf>, found: &mut dyn FnMut(Mail)) {
        let Some(folder) = &self.folder else {
            return;
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let _ = self.other_mail_in(&path, asked_for, found);
        }
    }

    fn other_mail_in(
        &self,
        path: &Path,
        asked_for: &HashSet<PathBuf>,
        found: &mut dyn FnMut(Mail),
    ) -> io::Result<()> {
        let mut lines = BufReader::new(File::open(path)?).lines();
        let head = lines.next().transpose()?.unwrap_or_default();
        let Ok(head) = serde_json::from_str::<MemoryHead>(&head) else {
            return Ok(());
        };
        if head.format != FORMAT || asked_for.contains(&head.source) {
            return Ok(());
        }
        if self.writes && !head.source.exists() {
            return fs::remove_file(path);
        }
        for line in lines {
            let line = serde_json::from_str::<RememberedLine>(&line?);
            if let Some(SourceFact::Mail(mail)) = line.ok().and_then(RememberedLine::into_fact) {
                found(mail);
            }
        }
        Ok(())
    }

    fn file(&self, source: &Path) -> Option<PathBuf> {
        let name = format!("{:016x}", xxh3_64(source.as_os_str().as_encoded_bytes()));
        Some(self.folder.as_ref()?.join(name))
    }
}

impl Recalled {
    /// Each line with what it says.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, RememberedLine)> {
        let lines = self.text.lines().skip(1);
        lines.filter_map(|line| Some((line, serde_json::from_str(line).ok()?)))
    }
}

impl App {
    /// Forgets what sources said: they are read again the next time.
    pub(crate) fn forget_sources(&self) -> io::Result<()> {
        let Some(state) = &self.state else {
            return Ok(());
        };
        match fs::remove_dir_all(state.join(FOLDER)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}

/// The size and the time of the last change of a file, as a bookmark at its start.
pub(super) fn file_bookmark(file: &File) -> io::Result<Bookmark> {
    let meta = file.metadata()?;
    let modified = meta.modified()?.duration_since(UNIX_EPOCH);
    let modified = modified.unwrap_or_default().as_nanos();
    Ok(Bookmark {
        size: meta.len(),
        modified: u64::try_from(modified).unwrap_or(u64::MAX),
        ..Bookmark::default()
    })
}

/// A fact as a line of the memory.
pub(super) fn line_of(key: String, fact: Option<&SourceFact>) -> String {
    let line = RememberedLine::new(key, fact);
    serde_json::to_string(&line).expect("names, numbers and texts are JSON")
}
