//! The questions of an import.

use super::plan::{ImportChoices, all_rows, by_file};
use super::read_files::ReadFiles;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::domain::identity::import::{Answer, Arrival, Intake, Outcome};
use crate::domain::identity::moves::Move;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::views::import::candidates;
use crate::render::views::moves::moved;

/// Asks who each unclear person is; false when the user wants to leave.
pub(super) fn about_unclear(
    app: &mut App,
    book: &Book,
    arrivals: &[Arrival],
    wish: &mut ImportChoices,
    source: AnswerSource,
) -> Result<bool> {
    loop {
        let plan = wish.plan(book, arrivals, app);
        let is_open = |(at, outcome): &(usize, &Outcome)| {
            matches!(outcome, Outcome::Unclear(..)) && !wish.answers.contains_key(at)
        };
        let Some((at, Outcome::Unclear(ids, by))) = plan.outcomes.iter().enumerate().find(is_open)
        else {
            return Ok(true);
        };
        app.progress("");
        let Arrival { contact, line, .. } = &arrivals[at];
        let contacts = ids.iter().map(|id| &plan.contacts[id.0]);
        let who = candidates(contact, &format!("line {line}"), *by, contacts);
        let Some((answer, is_for_all)) = ask(app, &who, ids, source)? else {
            return Ok(false);
        };
        wish.answers.insert(at, answer);
        if is_for_all {
            wish.otherwise = match answer {
                Answer::Same(_) => Answer::Only,
                answer => answer,
            };
            return Ok(true);
        }
    }
}

/// Asks about one person; the answer, and whether it is for all that follow. `None` when the user wants to leave.
fn ask(
    app: &mut App,
    who: &[String],
    ids: &[ContactId],
    source: AnswerSource,
) -> Result<Option<(Answer, bool)>> {
    let choices = ids.len();
    let same = if choices == 1 {
        "[1] the same person".to_owned()
    } else {
        format!("[1-{choices}] one of these")
    };
    for line in who {
        app.say(line);
    }
    let question =
        format!("{same} [n] someone new [s] skip [q] quit; with an a for all (1a, na, sa)");
    let read = |typed: &str| {
        let (word, is_for_all) = match typed.strip_suffix('a') {
            Some(word) => (word, true),
            None => (typed, false),
        };
        let answer = match (word, word.parse::<usize>()) {
            ("n", _) => Answer::New,
            ("s", _) => Answer::Skip,
            ("q", _) => return Some(None),
            (_, Ok(number)) if (1..=choices).contains(&number) => Answer::Same(ids[number - 1]),
            _ => return None,
        };
        Some(Some((answer, is_for_all)))
    };
    app.ask_for(source, &question, read)?
        .ok_or(Error::Unanswered)
}

/// Asks whether to write; `v` shows every row in the pager first.
pub(super) fn to_write(
    app: &mut App,
    source: AnswerSource,
    files: &ReadFiles,
    plan: &Intake,
    moves: &[Move],
) -> Result<bool> {
    app.confirm_write(source, "every row", |sink| {
        for (file, rows) in by_file(files, plan) {
            all_rows(sink, file, plan, moves, &rows, true)?;
        }
        Ok(moved(sink, &plan.contacts, moves, true)?)
    })
}
