//! What sources said before, in the state folder: a file for each mail box and call list, so that only what is new is read.
//!
//! It is no more than a copy of what the sources say: without it they are read again, and the same comes of it.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::remembered::{LineKey, RememberedLine, SourceFact};
use super::walk::SourcePlaces;
use crate::app::App;
use crate::app::home::home;
use crate::domain::sources::fact::Mail;
use crate::exchange::mail::MailFolder;
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

/// The last line of a file: it is known once all before it are written.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct MemoryEnd {
    format: u32,
    source: PathBuf,
    has_subjects: bool,
    bookmark: Bookmark,
    /// The checksum of all lines before.
    checksum: u64,
}

/// What one source said before.
#[derive(Debug)]
pub(super) struct Recalled {
    path: PathBuf,
    pub(super) bookmark: Bookmark,
}

/// What one source says now, on its way into the memory.
pub(super) struct MemoryWriter {
    /// `None` where nothing is remembered. What cannot be written is read again the next time.
    file: Option<BufWriter<NamedTempFile>>,
    path: PathBuf,
    written: Xxh3,
    end: MemoryEnd,
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
        let path = self.file(source)?;
        let end = memory_end(&path)?;
        let has_all = end.has_subjects || !self.has_subjects;
        (end.source == source && has_all).then_some(Recalled {
            path,
            bookmark: end.bookmark,
        })
    }

    /// Begins to remember what a source says now.
    pub(super) fn writer(&self, source: &Path) -> MemoryWriter {
        let file = || {
            let folder = self.folder.as_deref().filter(|_| self.writes)?;
            store::create_folder(folder).ok()?;
            Some(BufWriter::new(NamedTempFile::new_in(folder).ok()?))
        };
        MemoryWriter {
            file: file(),
            path: self.file(source).unwrap_or_default(),
            written: Xxh3::new(),
            end: MemoryEnd {
                checksum: 0,
                format: FORMAT,
                source: source.to_owned(),
                has_subjects: self.has_subjects,
                bookmark: Bookmark::default(),
            },
        }
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
            let Some(end) = memory_end(&path).filter(|end| !asked_for.contains(&end.source)) else {
                continue;
            };
            if self.writes && !end.source.exists() {
                let _ = fs::remove_file(path);
                continue;
            }
            let folder = folder_of(&end.source);
            let recalled = Recalled {
                path,
                bookmark: end.bookmark,
            };
            let files = SourcePlaces::maildir_files(&end.source);
            let files = files.map(|files| {
                let flags = files.into_iter().map(|file| (file.key, file.flags));
                flags.collect::<HashMap<String, String>>()
            });
            for (_, line) in recalled.lines() {
                // What was taken out of a Maildir since is elsewhere, or nowhere.
                let flags = match &files {
                    None => Some(""),
                    Some(files) => files.get(&line.key).map(String::as_str),
                };
                if let Some((SourceFact::Mail(mail), flags)) = line.into_fact().zip(flags) {
                    found(folder.keep(mail, flags));
                }
            }
        }
    }

    fn file(&self, source: &Path) -> Option<PathBuf> {
        let name = format!("{:016x}", xxh3_64(source.as_os_str().as_encoded_bytes()));
        Some(self.folder.as_ref()?.join(name))
    }
}

/// The last line of a file of the memory, if it has this format and all before it is as it was written.
fn memory_end(path: &Path) -> Option<MemoryEnd> {
    let mut lines = BufReader::new(File::open(path).ok()?);
    let (mut before, mut line) = (Xxh3::new(), Vec::new());
    loop {
        let read = lines.read_until(b'\n', &mut line).ok()?;
        if read == 0 {
            return None;
        }
        if lines.fill_buf().ok()?.is_empty() {
            break;
        }
        before.update(&line);
        line.clear();
    }
    let end: MemoryEnd = serde_json::from_slice(&line).ok()?;
    (end.format == FORMAT && end.checksum == before.digest()).then_some(end)
}

impl Recalled {
    /// Each line with what it says.
    pub(super) fn lines(&self) -> impl Iterator<Item = (String, RememberedLine)> {
        let parsed = |line: String| {
            let read = serde_json::from_str(&line).ok()?;
            Some((line, read))
        };
        self.texts().filter_map(parsed)
    }

    /// The key of each line.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let key = |line: String| Some(serde_json::from_str::<LineKey>(&line).ok()?.key);
        self.texts().filter_map(key)
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        let file = File::open(&self.path).into_iter();
        file.flat_map(|file| BufReader::new(file).lines().map_while(io::Result::ok))
    }
}

impl MemoryWriter {
    /// Writes a line.
    pub(super) fn line(&mut self, line: &str) {
        let Some(file) = &mut self.file else {
            return;
        };
        self.written.update(line.as_bytes());
        self.written.update(b"\n");
        if writeln!(file, "{line}").is_err() {
            self.file = None;
        }
    }

    /// Writes what is at a place.
    pub(super) fn fact(&mut self, key: String, fact: Option<&SourceFact>) {
        if self.file.is_some() {
            let line = RememberedLine::new(key, fact);
            let line = serde_json::to_string(&line);
            self.line(&line.expect("names, numbers and texts are JSON"));
        }
    }

    /// Puts it in the place of what was remembered before.
    pub(super) fn keep(mut self, bookmark: Bookmark) {
        self.end.bookmark = bookmark;
        self.end.checksum = self.written.digest();
        let Ok(end) = serde_json::to_string(&self.end) else {
            return;
        };
        self.line(&end);
        if let Some(file) = self.file.and_then(|file| file.into_inner().ok()) {
            let _ = file.persist(&self.path);
        }
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

/// What the folder of a mail box is for, by all names on the way to its canonical path. It is not remembered: folders are
/// renamed.
pub(super) fn folder_of(path: &Path) -> MailFolder {
    let home = home().and_then(|home| fs::canonicalize(home).ok());
    folder_seen_from(home.as_deref(), path)
}

/// The same without the names on the way to the home folder: `kosz` may be the name of the user.
fn folder_seen_from(home: Option<&Path>, path: &Path) -> MailFolder {
    let within = home.and_then(|home| path.strip_prefix(home).ok());
    MailFolder::of(&within.unwrap_or(path).to_string_lossy())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_home_folder_says_nothing_of_mail() {
        let home = Path::new("/home/kosz");
        for (path, expected) in [
            ("/home/kosz/Mail/box.mbox", MailFolder::Plain),
            ("/home/kosz/box.mbox", MailFolder::Plain),
            ("/home/kosz", MailFolder::Plain),
            ("/home/kosz/Mail/kosz", MailFolder::Trash),
            ("/home/kosz/.mail/.Sent", MailFolder::Sent),
            ("/home/bo/kosz/box.mbox", MailFolder::Trash),
            ("/media/ana/Trash", MailFolder::Trash),
            ("/var/mail/ana", MailFolder::Plain),
        ] {
            let folder = folder_seen_from(Some(home), Path::new(path));
            assert_eq!(folder, expected, "{path}");
        }
        let folder = folder_seen_from(None, Path::new("/home/kosz/box.mbox"));
        assert_eq!(folder, MailFolder::Trash);
    }
}
