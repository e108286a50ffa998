//! The command as people run it: what it prints, how it exits, what it leaves in the file.

mod add;
mod alias;
mod alone;
mod asking;
mod bucket;
mod bytes;
mod card_settings;
mod cards;
#[cfg(unix)]
mod cards_asking;
mod check;
mod completions;
mod copies;
mod crowd;
mod dates;
mod days;
mod dormant;
mod due;
mod edit;
mod edit_book;
mod edit_keys;
mod entering;
mod env;
mod errors;
mod export;
mod files;
mod forms;
mod guards;
mod help;
mod hints;
mod ignored;
mod import;
mod intro;
mod journal;
mod json;
mod keys;
mod list;
mod log;
mod mail;
mod memory;
mod merge;
mod merge_file;
mod merging;
mod move_plans;
mod move_rows;
mod moves;
mod names;
mod numbers;
mod open;
mod output;
mod pages;
mod picking;
#[cfg(unix)]
mod pictures;
mod plain;
mod promise;
mod promised;
mod pty;
mod reasons;
mod recover;
mod regroup;
mod remove;
mod report;
mod report_numbers;
mod review;
mod review_keys;
mod sets;
mod show;
mod sizes;
mod sync;
mod sync_asking;
mod sync_dry_run;
mod sync_hooks;
mod sync_init;
mod sync_races;
mod sync_removals;
mod sync_states;
mod terminal;
mod through;
mod touch_memory;
mod touch_parts;
mod touch_rows;
mod touch_sources;
mod touches;
mod travel;
mod triage;
mod try_it;
mod turns;
mod undo;
mod week;
mod what_counts;
mod widths;

/// A file that is not listed here would never run.
#[test]
fn every_file_is_listed() {
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir("tests/cli").expect("the folder of this file") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name");
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || module == "help" || listed.contains(&format!("mod {module};")),
            "{name}"
        );
    }
}
