//! `import`: people from other programs, and touches from mail boxes, calendars and call lists.
//!
//! - `args`: the options. `flaws`: what is wrong in a file.
//! - `people`: people, from files. `read_files`, `plan`, `ask_unclear`, `save_people`: its parts.
//! - `touches`: touches, from what is named or from the sources of the book. `own_addresses`: which addresses are the user's.

mod args;
mod ask_unclear;
mod flaws;
mod own_addresses;
mod people;
mod plan;
mod read_files;
mod save_people;
mod touches;

pub(crate) use self::args::ImportArgs;
use crate::app::App;
use crate::app::sources::{AskedFor, TypedFile, asked_for};
use crate::error::{Error, Result};

pub(crate) fn run(app: &mut App, args: &ImportArgs) -> Result<()> {
    if args.quiet {
        app.be_quiet();
    }
    if args.files.is_empty() {
        refuse(args.people_option(), ["touches", "people"])?;
        return touches::import_sources(app, args);
    }
    let typed = args.files.iter().map(|file| {
        let typed = asked_for(file);
        typed.map_err(|err| Error::ReadFile(file.clone(), err))
    });
    let typed = typed.collect::<Result<Vec<TypedFile>>>()?;
    let sources: Vec<AskedFor> = typed
        .iter()
        .filter_map(|one| match one {
            TypedFile::Source(source) => Some(source.clone()),
            TypedFile::Empty | TypedFile::Other => None,
        })
        .collect();
    if sources.is_empty() {
        refuse(args.touch_option(), ["people", "touches"])?;
        return people::run(app, args);
    }
    if let Some(people) = typed.iter().position(|one| *one == TypedFile::Other) {
        let people = args.files[people].display();
        return Err(Error::usage(
            format!("{people} holds people, and other files hold touches"),
            "import them one after the other",
        ));
    }
    refuse(args.people_option(), ["touches", "people"])?;
    touches::import_files(app, args, &sources)
}

/// Refuses an option that says nothing about what the files hold: people or touches.
fn refuse(option: Option<&'static str>, [what, other]: [&str; 2]) -> Result<()> {
    let Some(option) = option else {
        return Ok(());
    };
    Err(Error::usage(
        format!("`{option}` is for an import of {other}, and this one is of {what}"),
        "leave it out",
    ))
}
