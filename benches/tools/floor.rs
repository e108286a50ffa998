//! The least that a command can do, as a baseline: `floor read FILE` reads a file into a string, `floor rewrite FILE` also
//! writes it back so that it survives a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, path] = arguments.as_slice() else {
        return Err(io::Error::other("usage: floor read|rewrite FILE"));
    };
    let path = fs::canonicalize(path)?;
    let text = fs::read_to_string(&path)?;
    match what.as_str() {
        "read" => Ok(()),
        "rewrite" => rewrite(&path, &text),
        _ => Err(io::Error::other("usage: floor read|rewrite FILE")),
    }
}

fn rewrite(path: &Path, text: &str) -> io::Result<()> {
    let temporary = path.with_extension("floor");
    let mut file = File::create(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
