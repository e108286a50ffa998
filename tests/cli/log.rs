use snapbox::str;

use crate::env::{BOOK, Env};

const ROW: &str =
    "  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n";

/// The book after `args`, with one line after Ana's last touch.
#[track_caller]
fn adds_row(args: &str, row: &str) {
    let env = Env::with_book(BOOK);
    env.ok(args);
    assert_eq!(env.book(), BOOK.replace(ROW, &format!("{ROW}  {row},\n")));
}

#[test]
fn adds_one_line_and_touches_no_other_byte() {
    adds_row("log ana -v ''", "{ on = 2026-11-23 }");
    adds_row("log ana -v call", "{ on = 2026-11-23, via = \"call\" }");
    adds_row(
        "log 'ruiz ana' -v email -d yesterday -m 'a \"quote\"' --out",
        "{ on = 2026-11-22, via = \"email\", direction = \"out\", note = \"a \\\"quote\\\"\" }",
    );
    adds_row(
        "log ana-ruiz --in -d 2026-01-05",
        "{ on = 2026-01-05, via = \"call\", direction = \"in\" }",
    );
}

#[test]
fn a_known_channel_is_written_as_netkeep_knows_it() {
    adds_row("log ana -v Call", "{ on = 2026-11-23, via = \"call\" }");
    adds_row(
        "log ana -v ' EMAIL '",
        "{ on = 2026-11-23, via = \"email\" }",
    );
    let env = Env::with_book(BOOK);
    env.ok("log --amend bo -v Letter");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn an_own_word_is_written_as_anyone_has_it() {
    let env = Env::with_book(BOOK);
    env.ok("log bo -v WhatsApp");
    env.ok("log kim -v whatsapp").stdout_eq(str![[r#"
Logged a WhatsApp with Kim Jansen today; never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    assert_eq!(env.book().matches("via = \"WhatsApp\"").count(), 2);
    let env = Env::with_book(&format!("[defaults]\nchannel = \"Signal\"\n\n{BOOK}"));
    env.ok("log bo -v SIGNAL");
    assert!(env.book().contains("via = \"Signal\""));
}

#[test]
fn notes_a_near_miss_of_a_channel() {
    let env = Env::with_book(BOOK);
    for (typed, meant) in [
        ("calll", "call"),
        ("cal", "call"),
        ("emial", "email"),
        ("phone", "call"),
        ("mtg", "meeting"),
    ] {
        let run = env
            .run(&format!("log bo -v {typed} -d 2026-01-01"))
            .success();
        run.stderr_eq(format!(
            "note: `{typed}` is a channel of its own; did you mean `{meant}`?\n"
        ));
        assert!(env.book().contains(&format!("via = \"{typed}\"")));
    }
    // A channel that anyone has used is not a typo any more, and an unlike word never was.
    env.ok("log ana -v calll");
    env.ok("log kim -v zoom");
    // It can be removed again.
    env.ok("log --amend kim -v ''");
    assert!(
        env.book().ends_with("{ on = 2026-11-23 },\n]\n"),
        "{}",
        env.book()
    );
}

#[test]
fn a_channel_among_the_names_is_answered_with_the_line_that_was_meant() {
    let env = Env::with_book(&format!("{BOOK}\n[[contacts]]\nname = \"Callum Byrne\"\n"));
    for (args, word, line) in [
        ("ana email x", "email", "ana -v email -m x"),
        (
            "ana email \"asked about Q3\"",
            "email",
            "ana -v email -m 'asked about Q3'",
        ),
        ("ana bo call", "call", "ana bo -v call"),
        ("'ana ruiz' Call", "Call", "'ana ruiz' -v call"),
        (
            "ana phone -d fri --out",
            "phone",
            "ana -v call -d fri --out",
        ),
        ("ana emial -m hi", "emial", "ana -v email -m hi"),
        ("--amend ana mail", "mail", "ana -v email --amend"),
        ("call ana", "call", "ana -v call"),
        ("call ana bo agreed", "call", "ana bo -v call -m agreed"),
        (
            "ana call last fri 'budget approved'",
            "call",
            "ana -v call -m 'budget approved' -d 'last fri'",
        ),
        (
            "ana email --promise 'fri: x' --done=draft",
            "email",
            "ana -v email --promise 'fri: x' --done=draft",
        ),
    ] {
        env.fails(&format!("log {args}"), 1).stderr_eq(format!(
            "error: `{word}` is a channel, not a name\nhint: did you mean `netkeep log {line}`?\n"
        ));
    }
    for (args, word, is, line) in [
        ("ana yesterday", "yesterday", "a day", "ana -d yesterday"),
        (
            "ana bo last friday",
            "last",
            "a day",
            "ana bo -d 'last friday'",
        ),
        ("ana -v call fri", "fri", "a day", "ana -v call -d fri"),
        (
            "ana 'had lunch'",
            "had lunch",
            "a note",
            "ana -m 'had lunch'",
        ),
    ] {
        env.fails(&format!("log {args}"), 1).stderr_eq(format!(
            "error: `{word}` is {is}, not a name\nhint: did you mean `netkeep log {line}`?\n"
        ));
    }
    // Other words are names, and so is a channel that someone is called.
    env.fails("log ana lunch", 1).stderr_eq(str![[r#"
error: nobody matches `lunch`
hint: `netkeep list` shows everyone, `netkeep add lunch` adds them

"#]]);
    env.ok("rename callum 'June Call'");
    env.ok("log ana call -v event");
    env.ok("log call kim -v letter");
}

#[test]
fn reaching_out_takes_the_channel_last_used_for_that() {
    let env = Env::with_book(&format!("[defaults]\nchannel = \"meeting\"\n\n{BOOK}"));
    env.ok("log ana -v meeting");
    env.ok("log ana --out").stdout_eq(str![[r#"
Logged a call to Ana Ruiz today (as last time); due Mon 21 Dec, in 4 weeks

"#]]);
    env.ok("log ana -v WhatsApp --out -d yesterday");
    env.ok("log ana -v event -m conference");
    env.ok("log ana --out -m again").stdout_eq(str![[r#"
Logged a call to Ana Ruiz today (as last time); due Mon 21 Dec, in 4 weeks

"#]]);
    // No channel is better than a meeting that nobody answered, unless it is said.
    env.ok("log kim -v meeting");
    env.ok("log kim --out").stdout_eq(str![[r#"
Logged a touch to Kim Jansen today; never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    env.ok("log kim --out -v meeting").stdout_eq(str![[r#"
Logged a meeting to Kim Jansen today; never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    env.ok("log kim -m hi").stdout_eq(str![[r#"
Logged a meeting with Kim Jansen today (as last time); never due (`netkeep move kim-jansen clients` changes that)

"#]]);
}

#[test]
fn a_blank_channel_means_no_channel() {
    let env = Env::with_book(&format!(
        "[defaults]\nchannel = \" \"\n\n{}",
        BOOK.replace("\"letter\"", "\"  \"")
    ));
    env.ok("log bo")
        .stdout_eq("Logged a touch with Bo Lind today; due 23 Jan 2027, in 9 weeks\n");
}

#[test]
fn without_a_channel_the_last_one_is_used() {
    adds_row("log ana", "{ on = 2026-11-23, via = \"call\" }");
    let env = Env::with_book(&format!(
        "[defaults]\nchannel = \"carrier pigeon\"\n\n{BOOK}"
    ));
    env.ok("log bo").stdout_eq(str![[r#"
Logged a letter with Bo Lind today (as last time); due 23 Jan 2027, in 9 weeks

"#]]);
    env.ok("log kim").stdout_eq(str![[r#"
Logged a carrier pigeon with Kim Jansen today (as usual); never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    env.ok("log kim -v call -d yesterday");
    // The newest touch counts, and amending one keeps its channel.
    env.ok("log kim -m hi").stdout_eq(str![[r#"
Logged a carrier pigeon with Kim Jansen today (as last time); never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    env.ok("log --amend kim -m ho");
    assert!(
        env.book()
            .contains("{ on = 2026-11-23, via = \"carrier pigeon\", note = \"ho\" }")
    );
}

#[test]
fn says_what_happened_and_when_the_next_is_due() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call -m 'all well'").stdout_eq(str![[r#"
Logged a call with Ana Ruiz today; due Mon 21 Dec, in 4 weeks

"#]]);
    env.ok("log bo -v email --out -d 'last tue'")
        .stdout_eq(str![[r#"
Logged an email to Bo Lind on Tue 17 Nov; due Sun 17 Jan 2027, in 8 weeks

"#]]);
    env.ok("log kim --in").stdout_eq(str![[r#"
Logged a touch from Kim Jansen today; never due (`netkeep move kim-jansen clients` changes that)

"#]]);
}

#[test]
fn logs_with_several_people_at_once() {
    let env = Env::with_book(BOOK);
    env.ok("log ana bo kim ana -v event").stdout_eq(str![[r#"
Logged an event with Ana Ruiz today; due Mon 21 Dec, in 4 weeks
Logged an event with Bo Lind today; due 23 Jan 2027, in 9 weeks
Logged an event with Kim Jansen today; never due (`netkeep move kim-jansen clients` changes that)

"#]]);
    assert_eq!(env.book().matches("via = \"event\"").count(), 3);
}

#[test]
fn nobody_is_logged_when_one_name_is_unclear() {
    let env = Env::with_book(BOOK);
    env.fails("log bo nobody", 1).stderr_eq(str![[r#"
error: nobody matches `nobody`
hint: `netkeep list` shows everyone, `netkeep add nobody` adds them

"#]]);
}

#[test]
fn a_plan_is_made_kept_and_done() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --next 'fri: send the draft'")
        .stdout_eq(str![[r#"
Logged a call with Ana Ruiz today (as last time); due Fri 27 Nov, in 4 days
Next with Ana Ruiz: Fri 27 Nov, in 4 days: send the draft

"#]]);
    assert!(
        env.book()
            .contains("next = { on = 2026-11-27, what = \"send the draft\" }\n")
    );
    // A plan with a reason for a later day stays.
    env.ok("log ana -v event").stdout_eq(str![[r#"
Logged an event with Ana Ruiz today; due Fri 27 Nov, in 4 days
The plan for Fri 27 Nov stays: send the draft (`netkeep promise --done ana-ruiz` takes it out)

"#]]);
    // A touch on its day keeps it.
    env.ok("log ana --today 2026-11-27").stdout_eq(str![[r#"
Logged an event with Ana Ruiz today (as last time); due Fri 25 Dec, in 4 weeks
Done: the plan for Fri 27 Nov: send the draft

"#]]);
    assert!(!env.book().contains("next ="));
    // Any touch does a plan without a reason, but an older one leaves it.
    env.ok("log ana -v email --next fri");
    env.ok("log ana -d 2026-01-01");
    assert!(env.book().contains("next = { on = 2026-11-27 }\n"));
    env.ok("log ana -v letter").stdout_eq(str![[r#"
Logged a letter with Ana Ruiz today; due Mon 21 Dec, in 4 weeks

"#]]);
    assert!(!env.book().contains("next ="));
    // Replaced, and removed.
    env.ok("log ana -v a --next 'in 2 weeks: lunch: two of us'");
    env.ok("log ana -v b --next 'in 3 weeks: lunch'")
        .stdout_eq(str![[r#"
Logged a b with Ana Ruiz today; due Mon 14 Dec, in 3 weeks
Next with Ana Ruiz: Mon 14 Dec, in 3 weeks: lunch
Replaced: Mon 7 Dec: lunch: two of us

"#]]);
    env.ok("log ana -v c --done").stdout_eq(str![[r#"
Logged a c with Ana Ruiz today; due Mon 21 Dec, in 4 weeks
Done: the plan for Mon 14 Dec: lunch

"#]]);
    assert!(!env.book().contains("next ="));
}

#[test]
fn a_plan_needs_no_touch() {
    let env = Env::with_book(BOOK);
    env.ok("log --amend kim --next 'fri: call'")
        .stdout_eq(str![[r#"
Next with Kim Jansen: Fri 27 Nov, in 4 days: call

"#]]);
    let planned = "name = \"Kim Jansen\"\nnext = { on = 2026-11-27, what = \"call\" }\n";
    assert_eq!(env.book(), BOOK.replace("name = \"Kim Jansen\"\n", planned));
    env.ok("log --amend kim --done").stdout_eq(str![[r#"
Done: the plan for Fri 27 Nov: call

"#]]);
    assert_eq!(env.book(), BOOK);
    env.fails("log --amend kim --done", 1).stderr_eq(str![[r#"
error: nothing is promised to Kim Jansen
hint: `netkeep promise` lists everything promised

"#]]);
    env.fails("log ana --next 'fri send it'", 2)
        .stderr_eq(str![[r#"
error: `fri send it` is not a day
hint: put a colon between the day and what it is for: `fri: send it`

"#]]);
}

#[test]
fn notes_the_same_touch_twice() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call");
    env.run("log ana -v call").success().stderr_eq(str![[r#"
note: a call with Ana Ruiz today was logged already; `netkeep log --delete ana-ruiz` deletes one

"#]]);
}

#[test]
fn a_plan_must_be_in_the_future() {
    let env = Env::with_book(BOOK);
    env.fails("log ana --next yesterday", 1).stderr_eq(str![[r#"
error: Sun 22 Nov cannot be the day of a next touch: it is not after the touch
hint: give a day after the touch, from today on

"#]]);
    env.fails("log ana --next 'dec 10:30'", 2)
        .stderr_eq(str![[r#"
error: `dec 10:30` has a clock time; netkeep plans by the day
hint: write what it is for after the colon and a blank: `fri: 10:30 at the harbour`

"#]]);
    env.fails("log ana --next today", 1).stderr_eq(str![[r#"
error: Mon 23 Nov cannot be the day of a next touch: it is not after the touch
hint: give a day after the touch, from today on

"#]]);
    env.ok("log ana -d yesterday --next 'today: call back'");
}

#[test]
fn a_touch_must_not_be_in_the_future() {
    let env = Env::with_book(BOOK);
    env.fails("log ana -d tomorrow", 1).stderr_eq(str![[r#"
error: Tue 24 Nov is still to come; a touch is something that has happened
hint: plan it instead: `netkeep log --amend ana --next tomorrow`

"#]]);
    env.fails("log ana -d yesterdayy", 2).stderr_eq(str![[r#"
error: `yesterdayy` is not a day
hint: write it like `2026-11-27`, `today`, `fri`, `last tuesday`, `3 days ago`, `in 2 weeks` or `12 dec`

"#]]);
    env.fails("log ana -d 05/11/2026", 2).stderr_eq(str![[r#"
error: `05/11/2026` does not say which number is the month
hint: write `2026-11-05` or `2026-05-11`

"#]]);
    env.fails("log ana --next 'Thu 27 Nov'", 2)
        .stderr_eq(str![[r#"
error: 27 Nov 2026 is a Friday
hint: leave out the weekday, or correct the day

"#]]);
    env.fails("log ana -d 2026-11-20T10:00", 2)
        .stderr_eq(str![[r#"
error: `2026-11-20T10:00` has a clock time; netkeep plans by the day
hint: leave the time out: `2026-11-20`

"#]]);
}

#[test]
fn the_newest_touch_is_amended() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --amend -v meeting --out")
        .stdout_eq(str![[r#"
Amended a meeting to Ana Ruiz on Fri 2 Oct; due since Fri 30 Oct

"#]]);
    let amended = "  { on = 2026-10-02, via = \"meeting\", note = \"budget approved\", direction = \"out\" },  # a good one\n";
    assert_eq!(env.book(), BOOK.replace(ROW, amended));
    env.fails("log --amend ana", 2).stderr_eq(str![[r#"
error: nothing to amend
hint: say what changes, like `netkeep log --amend ana -v call`; `netkeep log --help` shows the rest

"#]]);
    env.fails("log --amend kim -v call", 1).stderr_eq(str![[r#"
error: Kim Jansen has no touches

"#]]);
}

#[test]
fn the_newest_touch_is_deleted() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -d 2026-01-01 -v letter");
    env.ok("log --delete ana").stdout_eq(str![[r#"
Deleted a call with Ana Ruiz on Fri 2 Oct: budget approved; due since 29 Jan

"#]]);
    assert_eq!(
        env.book(),
        BOOK.replace(ROW, "  { on = 2026-01-01, via = \"letter\" },\n")
    );
    env.ok("log ana -v call");
    env.ok("log --delete ana -d 2026-01-01").stdout_eq(str![[r#"
Deleted a letter with Ana Ruiz on 1 Jan; due Mon 21 Dec, in 4 weeks

"#]]);
    assert!(env.book().contains("via = \"call\" },\n]"));
    env.fails("log --delete ana -d yesterday", 1)
        .stderr_eq(str![[r#"
error: Ana Ruiz has no touch on Sun 22 Nov

"#]]);
    env.ok("log --delete bo").stdout_eq(str![[r#"
Deleted a letter with Bo Lind on Tue 10 Nov; due today

"#]]);
    assert!(env.book().contains("bucket = \"friends\"\n\n[[contacts]]"));
}

#[test]
fn the_third_touch_without_an_answer_lets_them_rest() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --out -d 2026-11-01");
    env.ok("log ana --out -d 2026-11-10");
    env.ok("log ana --out").stdout_eq(str![[r#"
Logged a call to Ana Ruiz today (as last time); resting
Ana Ruiz rests now: 3 touches without an answer; `netkeep log ana-ruiz --in` ends it when they answer

"#]]);
    env.ok("log ana --in").stdout_eq(str![[r#"
Logged a call from Ana Ruiz today (as last time); due Mon 21 Dec, in 4 weeks

"#]]);
}

#[test]
fn tries_of_one_day_are_one() {
    let env = Env::with_book(BOOK);
    env.ok("log ana --out -v call");
    env.ok("log ana --out -v message");
    env.ok("log ana --out -v email").stdout_eq(str![[r#"
Logged an email to Ana Ruiz today; due Mon 21 Dec, in 4 weeks

"#]]);
    env.ok("log ana --out -v call -d yesterday");
    env.ok("log ana --out -v call -d 2026-11-01")
        .stdout_eq(str![[r#"
Logged a call to Ana Ruiz on Sun 1 Nov; resting
Ana Ruiz rests now: 3 touches without an answer; `netkeep log ana-ruiz --in` ends it when they answer

"#]]);
}

#[test]
fn a_touch_moves_to_the_right_person() {
    let book = BOOK.replace(
        "note = \"budget approved\" },",
        "note = \"budget approved\", mood = \"good\" },",
    );
    let row = &ROW.replace("approved\" }", "approved\", mood = \"good\" }");
    let env = Env::with_book(&book);
    env.ok("log ana -v meeting -m 'in Oslo'");
    env.ok("log --amend ana --to kim").stdout_eq(str![[r#"
Moved from Ana Ruiz: a meeting with Kim Jansen today: in Oslo; never due (`netkeep move kim-jansen clients` changes that)
Ana Ruiz: due since Fri 30 Oct

"#]]);
    let oslo = "  { on = 2026-11-23, via = \"meeting\", note = \"in Oslo\" },\n";
    assert_eq!(env.book(), format!("{book}touches = [\n{oslo}]\n"));
    // An older one by its day, before the newer one, with its comment and the key that netkeep does not know.
    env.ok("log --amend ana --to kim -d 2026-10-02")
        .stdout_eq(str![[r#"
Moved from Ana Ruiz: a call with Kim Jansen on Fri 2 Oct: budget approved; never due (`netkeep move kim-jansen clients` changes that)
Ana Ruiz: due today

"#]]);
    let both = format!("touches = [\n{}{oslo}]\n", row.replace("},  #", "}, #"));
    assert_eq!(
        env.book(),
        format!("{book}{both}").replacen(&format!("touches = [\n{row}]\n"), "touches = [\n]\n", 1)
    );
    env.ok("undo");
    env.ok("undo");
    env.ok("undo");
    assert_eq!(env.book(), book);
}

#[test]
fn a_touch_that_moves_may_change_and_settles_the_plan_there() {
    let env = Env::with_book(BOOK);
    env.ok("snooze bo 24 dec");
    env.ok("log ana -v call --next fri");
    env.ok("log --amend ana --to bo -v meeting --in -m hi")
        .stdout_eq(str![[r#"
Moved from Ana Ruiz: a meeting from Bo Lind today: hi; due 23 Jan 2027, in 9 weeks
Ana Ruiz: due Fri 27 Nov, in 4 days

"#]]);
    let bo = "touches = [{ on = 2026-11-10, via = \"letter\" }, { on = 2026-11-23, via = \"meeting\", direction = \"in\", note = \"hi\" }]\n";
    assert!(
        env.book().contains(&format!("bucket = \"friends\"\n{bo}")),
        "{}",
        env.book()
    );
    // What the wrong touch planned stays.
    assert!(env.book().contains("next = { on = 2026-11-27 }\n"));
}

#[test]
fn a_touch_does_not_move_to_just_anyone() {
    let env = Env::with_book(BOOK);
    env.fails("log --amend ana --to ruiz", 1)
        .stderr_eq(str![[r#"
error: the touch is with Ana Ruiz already
hint: give the right person to `--to`

"#]]);
    env.fails("log --amend kim --to ana", 1).stderr_eq(str![[r#"
error: Kim Jansen has no touches

"#]]);
    env.fails("log --amend ana --to kim -d yesterday", 1)
        .stderr_eq(str![[r#"
error: Ana Ruiz has no touch on Sun 22 Nov

"#]]);
    env.fails("log --amend ana bo --to kim", 2)
        .stderr_eq(str![[r#"
error: `--to` moves the touch of one person, and takes one argument
hint: write a name of several words as one: `--to 'bo lind'` or `--to bo-lind`

"#]]);
    env.fails("log ana --to kim", 2);
    env.fails("log --amend ana --to kim --next fri", 2);
}

#[test]
fn a_touch_that_is_still_to_come_is_not_the_newest() {
    let book = BOOK
        .replace("2026-10-02", "2027-10-02")
        .replace("2026-11-10", "2027-01-01 }, { on = 2026-11-10");
    let env = Env::with_book(&book);
    env.ok("log --delete bo").stdout_eq(str![[r#"
Deleted a letter with Bo Lind on Tue 10 Nov; due today

"#]]);
    env.ok("log --delete ana").stdout_eq(str![[r#"
Deleted a call with Ana Ruiz on 2 Oct 2027: budget approved; due today

"#]]);
}

#[test]
fn says_that_a_day_has_several_touches() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Kim\"\ntouches = [\n  { on = 2026-11-12 },\n  { on = 2026-11-12, via = \"call\" },\n]\n\n[[contacts]]\nname = \"Bo\"\n",
    );
    for (args, said) in [
        (
            "log --amend kim -d '12 nov' --to bo",
            "Moved from Kim: a call with Bo on Thu 12 Nov; never due (`netkeep edit bo --set cadence=\"4 weeks\"` changes that)\n\
             Kim: never due (`netkeep edit kim --set cadence=\"4 weeks\"` changes that)\n",
        ),
        (
            "log --delete kim -d '12 nov'",
            "Deleted a call with Kim on Thu 12 Nov; never due (`netkeep edit kim --set cadence=\"4 weeks\"` changes that)\n",
        ),
    ] {
        let run = env.run(args).success();
        run.stdout_eq(said)
            .stderr_eq("note: Kim has 2 touches on Thu 12 Nov; this is the last of them\n");
        env.ok("undo");
    }
}
