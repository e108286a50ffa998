//! Reads an mbox and a folder of messages: only what is new, where the rest is remembered.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::memory::{Bookmark, Recalled, SourceMemory, file_bookmark, line_of};
use super::remembered::SourceFact;
use super::walk::{MessageFile, MessageFolder};
use crate::domain::sources::fact::{Mail, MailKind};
use crate::exchange::mail::{MailReading, mbox, message};

/// How many bytes before the last message of an mbox tell whether those before it are the same as ever.
const PROOF: u64 = 4 << 10;

/// A block of a file.
const BLOCK: usize = 256 << 10;

/// Reads an mbox. Where it has only grown, the new messages are read, and the last one, which may have been on its way.
pub(super) fn read_mbox(
    path: &Path,
    memory: &SourceMemory,
    how: MailReading,
    found: &mut dyn FnMut(Mail),
) -> io::Result<()> {
    let mut file = File::open(path)?;
    let now = file_bookmark(&file)?;
    let mut is_same = false;
    let recalled = memory.recall(path).filter(|recalled| {
        let then = &recalled.bookmark;
        let mut has_grown = || proof(&mut file, then.last).is_ok_and(|now| now == then.before_last);
        is_same = then.size == now.size && then.modified == now.modified;
        is_same || then.size < now.size && has_grown()
    });
    let mut last = recalled
        .as_ref()
        .map_or(0, |recalled| recalled.bookmark.last);
    let mut lines = Vec::new();
    if let Some(recalled) = &recalled {
        let reread = last.to_string();
        for (text, line) in recalled.lines() {
            if !is_same && line.key == reread {
                break;
            }
            if let Some(SourceFact::Mail(mail)) = line.into_fact() {
                found(mail);
            }
            if !is_same {
                lines.push(text.to_owned());
            }
        }
    }
    if is_same {
        return Ok(());
    }
    file.seek(SeekFrom::Start(last))?;
    let start = last;
    let mut input = BufReader::with_capacity(BLOCK, &file);
    mbox(&mut input, how, &mut |offset, mail| {
        last = start + offset;
        let fact = SourceFact::Mail(mail);
        lines.push(line_of(last.to_string(), Some(&fact)));
        if let SourceFact::Mail(mail) = fact {
            found(mail);
        }
    })?;
    let bookmark = Bookmark {
        last,
        before_last: proof(&mut file, last)?,
        ..now
    };
    memory.keep(path, bookmark, &lines);
    Ok(())
}

/// The checksum of the bytes before an offset.
fn proof(file: &mut File, offset: u64) -> io::Result<u64> {
    let start = offset.saturating_sub(PROOF);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(offset - start).read_to_end(&mut bytes)?;
    Ok(xxh3_64(&bytes))
}

/// Reads a folder of messages. What a file holds is read once; where it is and what its name says of it counts anew each time.
pub(super) fn read_folder(
    folder: MessageFolder,
    memory: &SourceMemory,
    how: MailReading,
    found: &mut dyn FnMut(Mail),
    unread: &mut dyn FnMut(&Path, io::Error),
) {
    let path = fs::canonicalize(&folder.path).unwrap_or(folder.path);
    let mut flags: HashMap<String, MessageFile> = HashMap::with_capacity(folder.files.len());
    for file in folder.files {
        flags.insert(file.key.clone(), file);
    }
    let mut lines = Vec::new();
    let mut is_changed = false;
    let recalled = memory.recall(&path);
    for (text, line) in recalled.iter().flat_map(Recalled::lines) {
        let Some(file) = flags.remove(&line.key) else {
            is_changed = true;
            continue;
        };
        if let Some(SourceFact::Mail(mail)) = line.into_fact() {
            found(flagged(mail, &file.flags));
        }
        lines.push(text.to_owned());
    }
    let mut new: Vec<MessageFile> = flags.into_values().collect();
    new.sort_by(|one, other| one.path.cmp(&other.path));
    for file in new {
        match read_message(&file.path, how) {
            Ok(mail) => {
                is_changed = true;
                let fact = mail.map(SourceFact::Mail);
                lines.push(line_of(file.key, fact.as_ref()));
                if let Some(SourceFact::Mail(mail)) = fact {
                    found(flagged(mail, &file.flags));
                }
            }
            // It was moved since the folder was listed; the next time it is found.
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => unread(&file.path, err),
        }
    }
    if is_changed {
        memory.keep(&path, Bookmark::default(), &lines);
    }
}

fn read_message(path: &Path, how: MailReading) -> io::Result<Option<Mail>> {
    let mut input = BufReader::with_capacity(BLOCK, File::open(path)?);
    message(&mut input, how, "")
}

/// A message with what the flags of its file say: a draft, or deleted.
fn flagged(mail: Mail, flags: &str) -> Mail {
    let kind = if flags.contains('T') {
        Some(MailKind::Deleted)
    } else if flags.contains('D') {
        Some(MailKind::Draft)
    } else {
        mail.kind
    };
    Mail { kind, ..mail }
}
