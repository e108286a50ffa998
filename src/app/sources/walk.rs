//! Which mail boxes, calendars and call lists there are under a path.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, File};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::exchange::TouchSource;

/// What is asked for in place of a path.
pub(super) const NOTMUCH: &str = "notmuch:";

/// Folders in which programs keep their own files, deep and many.
const NOT_ENTERED: [&str; 3] = [".git", ".notmuch", "tmp"];

/// A source that is asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AskedFor {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input, and what is in it.
    Input(TouchSource),
    /// The messages that a query of notmuch finds.
    Notmuch(String),
}

/// What a path that was typed means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum TypedFile {
    Source(AskedFor),
    /// Nothing is in it: people, or a mail box without mail.
    Empty,
    /// It holds people, or what is no source.
    Other,
}

/// The sources under the paths that were asked for.
#[derive(Debug, Default)]
pub(super) struct SourcePlaces {
    pub(super) mboxes: Vec<PathBuf>,
    pub(super) folders: Vec<MessageFolder>,
    pub(super) calendars: Vec<PathBuf>,
    pub(super) call_lists: Vec<PathBuf>,
    /// What could not be looked at, and why.
    pub(super) unread: Vec<(PathBuf, io::Error)>,
}

/// A folder with a file for each message.
#[derive(Debug, Default)]
pub(super) struct MessageFolder {
    pub(super) path: PathBuf,
    pub(super) files: Vec<MessageFile>,
    /// Whether these are all messages of the folder.
    pub(super) is_whole: bool,
}

/// A file that holds a message.
#[derive(Debug)]
pub(super) struct MessageFile {
    pub(super) path: PathBuf,
    /// What tells it from the others in the folder, and changes with what it holds.
    pub(super) key: String,
    /// The letters after `:2,` in the name, which a mail program sets.
    pub(super) flags: String,
}

/// What a typed path means.
pub(crate) fn asked_for(typed: &Path) -> io::Result<TypedFile> {
    if let Some(query) = typed.to_str().and_then(|typed| typed.strip_prefix(NOTMUCH)) {
        return Ok(TypedFile::Source(AskedFor::Notmuch(query.to_owned())));
    }
    if typed == Path::new("-") {
        // What is looked at stays in the buffer of the process.
        let mut input = io::stdin().lock();
        let kind = TouchSource::of(input.fill_buf()?);
        return Ok(match kind {
            Some(kind) => TypedFile::Source(AskedFor::Input(kind)),
            None => TypedFile::Other,
        });
    }
    let meta = fs::metadata(typed)?;
    // What is looked at in a pipe is gone from it.
    let is_source = || Ok::<_, io::Error>(meta.is_file() && kind_of(typed)?.is_some());
    Ok(if meta.is_dir() || is_source()? {
        TypedFile::Source(AskedFor::Path(typed.to_owned()))
    } else if meta.is_file() && meta.len() == 0 {
        TypedFile::Empty
    } else {
        TypedFile::Other
    })
}

/// What a file is.
fn kind_of(path: &Path) -> io::Result<Option<TouchSource>> {
    let mut start = Vec::new();
    let most = TouchSource::START as u64;
    File::open(path)?.take(most).read_to_end(&mut start)?;
    Ok(TouchSource::of(&start))
}

impl SourcePlaces {
    /// Adds what is at a path, and under it if it is a folder.
    pub(super) fn add(&mut self, path: &Path) {
        let mut seen = HashSet::new();
        let added = match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.add_folder(path, &mut seen),
            Ok(_) => self.add_file(path),
            Err(err) => Err(err),
        };
        if let Err(err) = added {
            self.unread.push((path.to_owned(), err));
        }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.mboxes.is_empty()
            && self.folders.is_empty()
            && self.calendars.is_empty()
            && self.call_lists.is_empty()
    }

    /// Adds message files that are somewhere else.
    pub(super) fn add_messages(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        let mut folders: BTreeMap<PathBuf, Vec<MessageFile>> = BTreeMap::new();
        for path in paths {
            match MessageFile::at(path.clone()) {
                Ok(file) => folders.entry(root_of(&path)).or_default().push(file),
                Err(err) => self.unread.push((path, err)),
            }
        }
        let folders = folders.into_iter();
        self.folders
            .extend(folders.map(|(path, files)| MessageFolder {
                path,
                files,
                is_whole: false,
            }));
    }

    fn add_folder(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<()> {
        // A link may lead back up.
        if !seen.insert(fs::canonicalize(path)?) {
            return Ok(());
        }
        let mut entries: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path)? {
            entries.push(entry?.path());
        }
        entries.sort();
        let is_maildir = path.join("cur").is_dir();
        let mut messages = Vec::new();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default().to_string_lossy();
            if entry.is_dir() {
                if is_maildir && (name == "cur" || name == "new") {
                    self.add_maildir_files(&entry, &mut messages);
                } else if !NOT_ENTERED.contains(&&*name)
                    && let Err(err) = self.add_folder(&entry, seen)
                {
                    self.unread.push((entry, err));
                }
                continue;
            }
            // A pipe may never end.
            if !entry.is_file() {
                continue;
            }
            let added = match kind_of(&entry) {
                Ok(Some(TouchSource::Message)) => {
                    MessageFile::at(entry.clone()).map(|file| messages.push(file))
                }
                Ok(Some(kind)) => {
                    self.add_kind(&entry, kind);
                    Ok(())
                }
                Ok(None) => Ok(()),
                Err(err) => Err(err),
            };
            if let Err(err) = added {
                self.unread.push((entry, err));
            }
        }
        if is_maildir || !messages.is_empty() {
            self.folders.push(MessageFolder {
                path: path.to_owned(),
                files: messages,
                is_whole: true,
            });
        }
        Ok(())
    }

    /// Adds the files of `cur` or `new`: each is a message, and is never changed but by its name.
    fn add_maildir_files(&mut self, folder: &Path, messages: &mut Vec<MessageFile>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(err) => return self.unread.push((folder.to_owned(), err)),
        };
        // Anything but a plain file may never end.
        let is_file = |entry: &DirEntry| match entry.file_type() {
            Ok(kind) if kind.is_symlink() => entry.path().is_file(),
            kind => kind.is_ok_and(|kind| kind.is_file()),
        };
        let files = entries.flatten().filter(is_file);
        let mut names: Vec<OsString> = files
            .map(|entry| entry.file_name())
            .filter(|name| !name.as_encoded_bytes().starts_with(b"."))
            .collect();
        names.sort();
        messages.extend(
            names
                .into_iter()
                .map(|name| MessageFile::in_maildir(folder.join(name))),
        );
    }

    /// The files of a Maildir; `None` if the folder is none.
    pub(super) fn maildir_files(folder: &Path) -> Option<Vec<MessageFile>> {
        if !folder.join("cur").is_dir() {
            return None;
        }
        let (mut places, mut files) = (Self::default(), Vec::new());
        for name in ["cur", "new"] {
            places.add_maildir_files(&folder.join(name), &mut files);
        }
        Some(files)
    }

    fn add_file(&mut self, path: &Path) -> io::Result<()> {
        match kind_of(path)? {
            Some(TouchSource::Message) => self.add_messages([path.to_owned()]),
            Some(kind) => self.add_kind(path, kind),
            None => {}
        }
        Ok(())
    }

    fn add_kind(&mut self, path: &Path, kind: TouchSource) {
        let path = path.to_owned();
        match kind {
            TouchSource::Mbox => self.mboxes.push(path),
            TouchSource::Calendar => self.calendars.push(path),
            TouchSource::Calls => self.call_lists.push(path),
            TouchSource::Message => {}
        }
    }
}

impl MessageFile {
    /// A file that holds a message: one of a Maildir if it is in one.
    fn at(path: PathBuf) -> io::Result<Self> {
        if is_in_maildir(&path) {
            return Ok(Self::in_maildir(path));
        }
        let meta = fs::metadata(&path)?;
        let modified = meta.modified()?.duration_since(UNIX_EPOCH);
        let modified = modified.unwrap_or_default().as_nanos();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            key: format!("{name} {} {modified}", meta.len()),
            flags: String::new(),
            path,
        })
    }

    fn in_maildir(path: PathBuf) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Windows and some clouds cannot have a colon in a name.
        let info = [":2,", ";2,", "!2,"]
            .iter()
            .find_map(|sign| name.split_once(sign));
        let (key, flags) = info.unwrap_or((&name, ""));
        Self {
            key: key.to_owned(),
            flags: flags.to_owned(),
            path,
        }
    }
}

fn is_in_maildir(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    let root = path.parent().and_then(Path::parent);
    folder.is_some_and(|name| name == "cur" || name == "new")
        && root.is_some_and(|root| root.join("cur").is_dir())
}

/// The folder of a message file: for one of a Maildir, that of `cur` and `new`.
fn root_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let root = folder.parent().filter(|_| is_in_maildir(path));
    root.unwrap_or(folder).to_owned()
}
