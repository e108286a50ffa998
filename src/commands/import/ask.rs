//! What an import asks.

use super::{Opened, Wish, all_rows, by_file};
use crate::app::App;
use crate::app::ask::{Whom, progress};
use crate::domain::Book;
use crate::domain::intake::{Answer, Arrival, Intake, Outcome};
use crate::error::{Exchange, Result};
use crate::render::Sink;
use crate::render::intake::candidates;

/// Asks about everybody of whom it is unclear who they are.
pub(super) fn about_unclear(
    app: &mut App,
    book: &Book,
    arrivals: &[Arrival],
    wish: &mut Wish,
    whom: Whom,
) -> Result<()> {
    let mut for_all = None;
    loop {
        let plan = wish.plan(book, arrivals, app);
        let is_open = |(at, outcome): &(usize, &Outcome)| {
            matches!(outcome, Outcome::Unclear(..)) && !wish.answers.contains_key(at)
        };
        let Some((at, Outcome::Unclear(ids, by))) = plan.outcomes.iter().enumerate().find(is_open)
        else {
            return Ok(());
        };
        let answer = match for_all {
            Some(answer) => answer,
            None => {
                progress("");
                let question = candidates(&arrivals[at], ids, *by, &plan);
                let (answer, is_for_all) = ask(app, &question, ids.len(), whom)?;
                for_all = is_for_all.then_some(answer);
                answer
            }
        };
        wish.answers.insert(at, answer);
    }
}

fn ask(app: &mut App, question: &[String], choices: usize, whom: Whom) -> Result<(Answer, bool)> {
    for line in question {
        app.note("unclear", line);
    }
    let same = if choices == 1 {
        "1 the same person".to_owned()
    } else {
        format!("1-{choices} one of these")
    };
    loop {
        let prompt = format!(
            "{same}, n somebody new, s skip; with an a for all that follow (1a, na, sa); q quit:"
        );
        let Some(typed) = app.ask(whom, &prompt)? else {
            return Err(Exchange::Unanswered.into());
        };
        let (word, is_for_all) = match typed.strip_suffix('a') {
            Some(word) => (word, true),
            None => (typed.as_str(), false),
        };
        match (word, word.parse::<usize>()) {
            ("n", _) => return Ok((Answer::New, is_for_all)),
            ("s" | "", _) => return Ok((Answer::Leave, is_for_all)),
            ("q", _) => return Err(Exchange::Unanswered.into()),
            (_, Ok(number)) if (1..=choices).contains(&number) => {
                return Ok((
                    if is_for_all {
                        Answer::Only
                    } else {
                        Answer::Same(number - 1)
                    },
                    is_for_all,
                ));
            }
            _ => {}
        }
    }
}

/// Asks whether to write; `v` shows every row in the pager first.
pub(super) fn to_write(
    app: &mut App,
    whom: Whom,
    opened: &[Opened],
    plan: &Intake,
    arrivals: &[Arrival],
) -> Result<bool> {
    loop {
        match app
            .ask(whom, "Write this? [y/N/v, v shows every row]")?
            .as_deref()
        {
            None => return Err(Exchange::Unanswered.into()),
            Some("y" | "yes") => return Ok(true),
            Some("v") => {
                let mut page = Vec::new();
                let mut sink = Sink::new(&mut page, false, app.width());
                for (file, arrivals, outcomes) in by_file(opened, plan, arrivals) {
                    all_rows(&mut sink, file, plan, arrivals, outcomes, true)?;
                }
                app.page(&String::from_utf8_lossy(&page))?;
            }
            Some(_) => {
                app.sink().line("Nothing was written")?;
                return Ok(false);
            }
        }
    }
}
