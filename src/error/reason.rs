//! Why the system refused something, in words.

use std::io::{self, ErrorKind};

/// What each kind of error says after a colon.
const REASONS: [(ErrorKind, &str); 22] = [
    (ErrorKind::NotFound, "no such file"),
    (ErrorKind::PermissionDenied, "permission denied"),
    (ErrorKind::AlreadyExists, "it already exists"),
    (ErrorKind::IsADirectory, "it is a folder"),
    (
        ErrorKind::NotADirectory,
        "a part of the path is not a folder",
    ),
    (ErrorKind::DirectoryNotEmpty, "the folder is not empty"),
    (ErrorKind::StorageFull, "the disk is full"),
    (
        ErrorKind::QuotaExceeded,
        "your share of the disk is used up",
    ),
    (
        ErrorKind::ReadOnlyFilesystem,
        "the disk is mounted read-only",
    ),
    (
        ErrorKind::FileTooLarge,
        "the file is too large for the disk",
    ),
    (
        ErrorKind::InvalidFilename,
        "the name is too long or has characters that are not allowed here",
    ),
    (ErrorKind::ResourceBusy, "another program is using it"),
    (ErrorKind::ExecutableFileBusy, "another program is using it"),
    (ErrorKind::BrokenPipe, "the program that reads it has ended"),
    (ErrorKind::Interrupted, "it was interrupted"),
    (ErrorKind::TimedOut, "it took too long"),
    (ErrorKind::UnexpectedEof, "it ends too early"),
    (ErrorKind::InvalidData, "it is not text"),
    (ErrorKind::WriteZero, "nothing more could be written"),
    (ErrorKind::OutOfMemory, "there is not enough memory"),
    (
        ErrorKind::StaleNetworkFileHandle,
        "the network drive has gone away",
    ),
    (ErrorKind::Unsupported, "the system does not support it"),
];

/// What the errors without a kind of their own say: `EIO` and `ELOOP`.
#[cfg(unix)]
const BY_NUMBER: [(i32, &str); 2] = [
    (5, "the disk reports an error"),
    (
        if cfg!(target_os = "linux") { 40 } else { 62 },
        "its symbolic links lead in a circle",
    ),
];
#[cfg(not(unix))]
const BY_NUMBER: [(i32, &str); 0] = [];

/// Why the system refused something, as the end of a sentence: `no such file`, `the disk is full`.
pub(crate) fn reason(err: &io::Error) -> String {
    let by_kind = REASONS.iter().find(|(kind, _)| *kind == err.kind());
    let by_kind = by_kind.map(|(_, words)| *words);
    let mut by_number = BY_NUMBER.iter();
    let mut by_number = || by_number.find(|(number, _)| err.raw_os_error() == Some(*number));
    let known = by_kind.or_else(|| by_number().map(|(_, words)| *words));
    known.map_or_else(|| plain(&err.to_string()), str::to_owned)
}

/// The same for a command that could not be run.
pub(super) fn reason_not_run(err: &io::Error) -> String {
    match err.kind() {
        ErrorKind::NotFound => "there is no such command".to_owned(),
        _ => reason(err),
    }
}

/// What the system says, as it would stand in a sentence: without the number, in lower case.
fn plain(said: &str) -> String {
    let said = said.split(" (os error").next().unwrap_or(said);
    let mut chars = said.trim_end_matches('.').chars();
    let first = chars.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_in_our_words_or_at_least_in_plain_ones() {
        let kind = |kind: ErrorKind| io::Error::from(kind);
        for (err, expected) in [
            (kind(ErrorKind::NotFound), "no such file"),
            (kind(ErrorKind::StorageFull), "the disk is full"),
            (
                io::Error::other("it is larger than 256 MiB"),
                "it is larger than 256 MiB",
            ),
            #[cfg(target_os = "linux")]
            (
                io::Error::from_raw_os_error(40),
                "its symbolic links lead in a circle",
            ),
        ] {
            assert_eq!(reason(&err), expected);
        }
        let not_found = kind(ErrorKind::NotFound);
        assert_eq!(reason_not_run(&not_found), "there is no such command");
    }

    #[cfg(unix)]
    #[test]
    fn no_number_of_the_system_is_told() {
        for number in 1..134 {
            let said = reason(&io::Error::from_raw_os_error(number));
            assert!(!said.contains("os error"), "{number}: {said}");
            assert!(
                !said.starts_with(|c: char| c.is_uppercase()),
                "{number}: {said}"
            );
        }
    }
}
