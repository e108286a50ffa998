//! The `netkeep` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    netkeep::run()
}
