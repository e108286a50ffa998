//! Reads an mbox and a folder of messages: only what is new, where the rest is remembered.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::memory::{Bookmark, Recalled, SourceMemory, file_bookmark, folder_of};
use super::remembered::{RememberedLine, SourceFact};
use super::walk::{MessageFile, MessageFolder};
use crate::domain::sources::fact::Mail;
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
    let folder = folder_of(path);
    let mut found = |mail| found(folder.keep(mail, ""));
    let mut file = File::open(path)?;
    let now = file_bookmark(&file)?;
    let mut is_same = false;
    let recalled = memory.recall(path).filter(|recalled| {
        let then = &recalled.bookmark;
        let mut has_grown = || proof(&mut file, then.last).is_ok_and(|now| now == then.before_last);
        is_same = then.size == now.size && then.modified == now.modified;
        is_same || then.size < now.size && has_grown()
    });
    if let Some(recalled) = recalled.as_ref().filter(|_| is_same) {
        mails(recalled.lines()).for_each(found);
        return Ok(());
    }
    let mut last = recalled
        .as_ref()
        .map_or(0, |recalled| recalled.bookmark.last);
    let mut writer = memory.writer(path);
    let reread = last.to_string();
    let known = recalled.iter().flat_map(Recalled::lines);
    let known = known.take_while(|(_, line)| line.key != reread);
    mails(known.inspect(|(text, _)| writer.line(text))).for_each(&mut found);
    file.seek(SeekFrom::Start(last))?;
    let start = last;
    let mut input = BufReader::with_capacity(BLOCK, &file);
    mbox(&mut input, how, &mut |offset, mail| {
        last = start + offset;
        let fact = SourceFact::Mail(mail);
        writer.fact(last.to_string(), Some(&fact));
        if let SourceFact::Mail(mail) = fact {
            found(mail);
        }
    })?;
    writer.keep(Bookmark {
        last,
        before_last: proof(&mut file, last)?,
        ..now
    });
    Ok(())
}

/// The messages of lines of the memory.
fn mails(lines: impl Iterator<Item = (String, RememberedLine)>) -> impl Iterator<Item = Mail> {
    lines.filter_map(|(_, line)| match line.into_fact()? {
        SourceFact::Mail(mail) => Some(mail),
        SourceFact::Call(_) | SourceFact::Text(_) => None,
    })
}

/// The checksum of the bytes before an offset.
fn proof(file: &mut File, offset: u64) -> io::Result<u64> {
    let start = offset.saturating_sub(PROOF);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(offset - start).read_to_end(&mut bytes)?;
    Ok(xxh3_64(&bytes))
}

/// Reads messages of a folder, each with whether it was asked for: of a part of a folder, the others are as they are remembered. What
/// a file holds is read once; where it is and what its name says of it counts anew each time.
pub(super) fn read_folder(
    folder: MessageFolder,
    memory: &SourceMemory,
    how: MailReading,
    found: &mut dyn FnMut(Mail, bool),
    unread: &mut dyn FnMut(&Path, io::Error),
) {
    let path = fs::canonicalize(&folder.path).unwrap_or(folder.path.clone());
    let purpose = folder_of(&path);
    let files = folder.files.into_iter();
    let mut files: HashMap<String, MessageFile> =
        files.map(|file| (file.key.clone(), file)).collect();
    let recalled = memory.recall(&path);
    let is_known = |recalled: &Recalled| {
        let (mut lines, mut known) = (0, 0);
        for key in recalled.keys() {
            lines += 1;
            known += usize::from(files.contains_key(&key));
        }
        known == files.len() && (known == lines || !folder.is_whole)
    };
    let is_known = recalled.as_ref().is_some_and(is_known);
    let mut writer = (!is_known).then(|| memory.writer(&path));
    for (text, line) in recalled.iter().flat_map(Recalled::lines) {
        let file = files.remove(&line.key);
        if file.is_none() && folder.is_whole {
            continue;
        }
        if let Some(writer) = &mut writer {
            writer.line(&text);
        }
        let flags = file.as_ref().map(|file| file.flags.as_str());
        if let Some(SourceFact::Mail(mail)) = line.into_fact() {
            let mail = purpose.keep(mail, flags.unwrap_or_default());
            found(mail, file.is_some());
        }
    }
    let Some(mut writer) = writer else {
        return;
    };
    let mut new: Vec<MessageFile> = files.into_values().collect();
    new.sort_by(|one, other| one.path.cmp(&other.path));
    for file in new {
        match read_message(&file.path, how) {
            Ok(mail) => {
                let fact = mail.map(SourceFact::Mail);
                writer.fact(file.key, fact.as_ref());
                if let Some(SourceFact::Mail(mail)) = fact {
                    found(purpose.keep(mail, &file.flags), true);
                }
            }
            // It was moved since the folder was listed; the next time it is found.
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => unread(&file.path, err),
        }
    }
    writer.keep(Bookmark::default());
}

fn read_message(path: &Path, how: MailReading) -> io::Result<Option<Mail>> {
    let mut input = BufReader::with_capacity(BLOCK, File::open(path)?);
    message(&mut input, how)
}
