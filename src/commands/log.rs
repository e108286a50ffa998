mod args;
mod channel;
mod intro;
mod journal;
mod move_touch;
mod plan;
mod promised;
mod say;

pub(crate) use self::args::LogArgs;
use self::plan::TouchPlan;
use self::promised::PromiseChange;
use self::say::{say_to_come, say_touch};
use crate::app::App;
use crate::error::Result;
use crate::store::Detail;

pub(crate) fn run(app: &mut App, args: &LogArgs) -> Result<()> {
    if !args.writes() {
        return journal::run(app, args);
    }
    if let Some(to) = &args.to {
        return move_touch::run(app, args, to);
    }
    let via = channel::typed(app, args)?;
    let mut file = app.open_to_change_in(Detail::Names)?;
    if let Some(err) = channel::among_names(app, file.book(), args) {
        return Err(err);
    }
    let ids = app
        .pick_all(file.book(), &args.names)
        .map_err(|err| channel::own_among_names(app, args, err))?;
    file.fill(&ids);
    let book = file.book();
    let plan = TouchPlan::of(app, args, via)?;
    let plans = if args.intro {
        intro::plans(book, &ids, plan)?
    } else {
        vec![plan; ids.len()]
    };

    let mut edits = Vec::new();
    let mut promises = Vec::new();
    for (&id, plan) in ids.iter().zip(&plans) {
        let takes_plan = plan.takes_plan(book.contact(id));
        let change = PromiseChange::of(app, &args.promises, book, id, takes_plan)?;
        edits.extend(plan.edits(book, id, &change)?);
        promises.push(change);
    }
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for ((id, plan), promises) in ids.into_iter().zip(&plans).zip(promises) {
        say_touch(app, args, plan, book.contact(id), &change.book, id)?;
        say_to_come(app, plan, book.contact(id), &change.book, id, &promises)?;
    }
    let (storage, parsed) = file.into_parts();
    // The lock goes: a review writes again.
    drop(storage);
    // Freeing so much memory piece by piece takes time, and the process ends soon.
    std::mem::forget(parsed);
    Ok(())
}
