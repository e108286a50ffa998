//! The questions of an import.

use super::{ImportChoices, ReadFiles, all_rows, by_file};
use crate::app::App;
use crate::app::ask::{AnswerSource, progress};
use crate::domain::identity::import::{Answer, Arrival, Intake, Outcome};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::Sink;
use crate::render::views::import::candidates;

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
        progress("");
        let who = candidates(&arrivals[at], ids, *by, &plan);
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
        "1 the same person".to_owned()
    } else {
        format!("1-{choices} one of these")
    };
    for line in who {
        app.say(line);
    }
    loop {
        let question =
            format!("{same}, n someone new, s skip, q quit; with an a for all (1a, na, sa):");
        let Some(typed) = app.ask(source, &question)? else {
            return Err(Error::Unanswered);
        };
        let (word, is_for_all) = match typed.strip_suffix('a') {
            Some(word) => (word, true),
            None => (typed.as_str(), false),
        };
        match (word, word.parse::<usize>()) {
            ("n", _) => return Ok(Some((Answer::New, is_for_all))),
            ("s", _) => return Ok(Some((Answer::Skip, is_for_all))),
            ("q", _) => return Ok(None),
            (_, Ok(number)) if (1..=choices).contains(&number) => {
                return Ok(Some((Answer::Same(ids[number - 1]), is_for_all)));
            }
            _ => app.say(&format!("`{typed}` is not one of these")),
        }
    }
}

/// Asks whether to write; `v` shows every row in the pager first.
pub(super) fn to_write(
    app: &mut App,
    source: AnswerSource,
    read: &ReadFiles,
    plan: &Intake,
) -> Result<bool> {
    loop {
        let question = "Write this? [y/N/v, v shows every row]";
        let Some(typed) = app.ask(source, question)? else {
            return Err(Error::Unanswered);
        };
        match typed.as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" | "q" => return Ok(false),
            "v" => {
                let mut page = Vec::new();
                let mut sink =
                    Sink::new(&mut page, false, app.width).at_terminal(app.is_terminal_out);
                for (file, rows) in by_file(read, plan) {
                    all_rows(&mut sink, file, plan, &rows, true)?;
                }
                app.page(&String::from_utf8_lossy(&page))?;
            }
            _ => app.say(&format!("`{typed}` is not one of these")),
        }
    }
}
