//! Opens addresses and pages outside the terminal.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use super::App;
use super::shell::{not_run, set, shell};
use crate::error::NotOpened;

impl App {
    /// Hands an address or a page to the program that the desktop has for it. With `--json` only the document is written: what
    /// that program writes is not.
    pub(crate) fn hand_over(&self, uri: impl AsRef<OsStr>) -> Result<(), NotOpened> {
        let named = set("NETKEEP_OPEN").map(|command| command.to_string_lossy().into_owned());
        let is_named = named.is_some();
        let (name, mut command) = match named {
            Some(line) => (line.clone(), command(&line)),
            None if has_desktop() => opener(),
            None => return Err(NotOpened::NoDesktop),
        };
        if self.json {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        match command.arg(uri).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(match not_run(status.code()) {
                None => NotOpened::Failed(name),
                Some(_) if !is_named => NotOpened::NoDesktop,
                Some(why) => NotOpened::NotRun(name, why.into()),
            }),
            Err(_) if !is_named => Err(NotOpened::NoDesktop),
            Err(err) => Err(NotOpened::NotRun(name, err)),
        }
    }
}

/// Whether there is a screen, or a browser that needs none. Only there, xdg-open does more than complain.
fn has_desktop() -> bool {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"];
    cfg!(any(windows, target_os = "macos")) || names.into_iter().any(|name| set(name).is_some())
}

/// The command that the user set. Its argument may come from other people's files, so no shell may parse it: on Unix the shell
/// passes it on as an argument, but on Windows an `&` in it would end the command.
fn command(line: &str) -> Command {
    if cfg!(not(windows)) {
        return shell(line);
    }
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn opener() -> (String, Command) {
    let (name, first) = if cfg!(windows) {
        ("rundll32", Some("url.dll,FileProtocolHandler"))
    } else if cfg!(target_os = "macos") {
        ("open", None)
    } else {
        ("xdg-open", None)
    };
    let mut command = Command::new(name);
    command.args(first);
    (name.to_owned(), command)
}
