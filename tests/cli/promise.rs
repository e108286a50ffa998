//! Promises: made, listed, taken out, and left alone by everything else.

use snapbox::str;

use crate::env::{Env, stdout};

/// Two who are due later, one with a plan, one without a bucket.
const BOOK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Luca Tanaka"
bucket = "clients"
touches = [
  { on = 2026-11-10, via = "call" },
]

[[contacts]]
name = "Sofia Olsen"
bucket = "clients"
touches = [
  { on = 2026-11-10, via = "call" },
]

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
next = { on = 2026-11-27, what = "lunch" }  # by the river
touches = [
  { on = 2026-11-10, via = "call" },
]

[[contacts]]
name = "Kim Jansen"
"#;

const LUCA: &str = "name = \"Luca Tanaka\"\nbucket = \"clients\"\n";

/// The book with these rows as Luca's promises.
fn with_promises(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("  {row},\n")).collect();
    BOOK.replacen(LUCA, &format!("{LUCA}promises = [\n{rows}]\n"), 1)
}

/// The book with three promises to Luca.
fn promised() -> Env {
    Env::with_book(&with_promises(&[
        "{ by = 2026-11-27, what = \"send the draft\" }",
        "{ what = \"ring about Q3\" }",
        "{ by = 2026-11-24, what = \"print the draft\" }",
    ]))
}

#[test]
fn a_promise_is_a_row_of_the_file() {
    let env = Env::with_book(BOOK);
    env.ok("promise luca 'fri: send the draft'")
        .stdout_eq(str![[r#"
Promised Luca Tanaka by Fri 27 Nov: send the draft; due Fri 27 Nov, in 4 days

"#]]);
    let draft = "{ by = 2026-11-27, what = \"send the draft\" }";
    assert_eq!(env.book(), with_promises(&[draft]));
    env.ok("promise luca 'ring about Q3'").stdout_eq(str![[r#"
Promised Luca Tanaka (no day): ring about Q3

"#]]);
    let ring = "{ what = \"ring about Q3\" }";
    assert_eq!(env.book(), with_promises(&[draft, ring]));
    // A later day puts nothing off.
    env.ok("promise sofia 'in 6 weeks: a book'")
        .stdout_eq(str![[r#"
Promised Sofia Olsen by Mon 4 Jan 2027: a book; due Tue 8 Dec, in 15 days

"#]]);
    env.ok("promise kim photos").stdout_eq(str![[r#"
Promised Kim Jansen (no day): photos

"#]]);
    assert!(
        env.book()
            .ends_with("name = \"Kim Jansen\"\npromises = [\n  { what = \"photos\" },\n]\n")
    );
}

#[test]
fn what_stands_before_a_colon_and_is_no_day_is_part_of_it() {
    for (typed, row) in [
        ("book: the blue one", "{ what = \"book: the blue one\" }"),
        ("10:30 call", "{ what = \"10:30 call\" }"),
        (": sun hat", "{ what = \"sun hat\" }"),
        (
            "7 dec: 10:30 at the harbour",
            "{ by = 2026-12-07, what = \"10:30 at the harbour\" }",
        ),
        ("today: call", "{ by = 2026-11-23, what = \"call\" }"),
        (
            "a \"b\"\nc\t\u{7}",
            "{ what = \"a \\\"b\\\"\\nc\\t\\u0007\" }",
        ),
    ] {
        let env = Env::with_book(BOOK);
        let run = env.command("promise luca").arg(typed).assert().success();
        assert_eq!(env.book(), with_promises(&[row]));
        let has_day = row.contains("by = ");
        let said = stdout(&run);
        assert_eq!(said.contains("(no day)"), !has_day, "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_promise_that_begins_with_a_day_needs_the_colon() {
    let env = Env::with_book(BOOK);
    env.fails("promise luca 'fri send the draft'", 2)
        .stderr_eq(str![[r#"
error: `fri send the draft` begins with a day
hint: put a colon after the day: `fri: send the draft`; if it is no day, put one first: `: fri send the draft`

"#]]);
    env.fails("promise luca fri", 2).stderr_eq(str![[r#"
error: `fri` does not say what you promise
hint: write it like `fri: send the draft`

"#]]);
    env.fails("promise luca '7 dec: '", 2).stderr_eq(str![[r#"
error: `7 dec:` does not say what you promise
hint: write it like `7 dec: send the draft`

"#]]);
    env.fails("promise luca ' '", 2)
        .stderr_eq("error: a promise cannot be blank\n");
    env.fails("promise luca 'yesterday: send it'", 1)
        .stderr_eq(str![[r#"
error: Sun 22 Nov is past; a promise is for a day to come
hint: give a day from today on, or leave it out

"#]]);
    env.fails("promise luca '5/11: send it'", 2)
        .stderr_eq(str![[r#"
error: `5/11` does not say which number is the month
hint: write `5 nov` or `11 may`

"#]]);
}

#[test]
fn the_same_is_not_promised_twice() {
    let env = promised();
    let before = env.book();
    for what in ["Send the DRAFT", "fri: send the draft"] {
        env.fails(&format!("promise luca '{what}'"), 1)
            .stderr_eq(str![[r#"
error: that is promised to Luca Tanaka already: send the draft, Fri 27 Nov
hint: `netkeep promise luca-tanaka '2w: send the draft'` gives it another day

"#]]);
    }
    // With a touch it is noted, and the touch is logged.
    env.run("log luca -v event --promise 'send the draft'")
        .success()
        .stderr_eq("note: that is promised to Luca Tanaka already: send the draft, Fri 27 Nov\n");
    let touch = "  { on = 2026-11-10, via = \"call\" },\n";
    let logged = format!("{touch}  {{ on = 2026-11-23, via = \"event\" }},\n");
    assert_eq!(env.book(), before.replacen(touch, &logged, 1));
}

#[test]
fn the_same_with_another_day_moves_the_promise() {
    let rows = "promises = [\n  # first\n  { by = 2026-11-27, what = 'The draft', pages = 3 }, # long\n  { what = \"a map\" },\n]\n";
    let env = Env::with_book(&format!("[[contacts]]\nname = \"Ana Ruiz\"\n{rows}"));
    let before = env.book();
    env.ok("promise ana 'mon: the draft'").stdout_eq(str![[r#"
Promised Ana Ruiz by Mon 30 Nov: The draft (was Fri 27 Nov); due Mon 30 Nov, in 7 days

"#]]);
    env.ok("log --amend ana --promise 'tue: a map' --promise 'wed: the draft' --promise 'thu: the draft'")
        .stdout_eq(str![[r#"
Promised Ana Ruiz by Tue 24 Nov: a map (had no day)
Promised Ana Ruiz by Wed 25 Nov: The draft (was Mon 30 Nov)
Promised Ana Ruiz by Thu 26 Nov: The draft (was Wed 25 Nov)

"#]]);
    assert_eq!(
        env.book(),
        before.replace("2026-11-27", "2026-11-26").replace(
            "{ what = \"a map\" }",
            "{ what = \"a map\", by = 2026-11-24 }"
        )
    );
    env.ok("undo");
    env.ok("undo");
    assert_eq!(env.book(), before);
    // What is done makes room for the same.
    env.ok("log --amend ana --done=draft --promise 'the draft'")
        .stdout_eq(str![[r#"
Done: The draft (promised for Fri 27 Nov)
Promised Ana Ruiz (no day): the draft
Still promised: a map, no day

"#]]);
}

#[test]
fn lists_the_oldest_first_and_marks_plans() {
    let env = promised();
    let all = str![[r#"
NAME         BY                     PROMISED         BUCKET
Luca Tanaka  Tue 24 Nov, tomorrow   print the draft  clients
Luca Tanaka  Fri 27 Nov, in 4 days  send the draft   clients
Ana Ruiz     Fri 27 Nov, in 4 days  plan: lunch      clients
Luca Tanaka  no day                 ring about Q3    clients

"#]];
    env.ok("promise").stdout_eq(all.clone());
    env.ok("list --promised").stdout_eq(all);
    env.ok("promise ana").stdout_eq(str![[r#"
NAME      BY                     PROMISED     BUCKET
Ana Ruiz  Fri 27 Nov, in 4 days  plan: lunch  clients

"#]]);
    env.ok("promise kim")
        .stdout_eq("Nothing is promised to Kim Jansen\n");
    env.fails("promise zed", 1);
    Env::with_book("[[contacts]]\nname = \"Bo\"\n")
        .ok("promise")
        .stdout_eq("Nothing is promised\n");
    let of_luca = stdout(&env.ok("promise luca --json"));
    let document: serde_json::Value = serde_json::from_str(&of_luca).expect("a document");
    let whats = document["promises"].as_array().expect("a list").iter();
    let whats: Vec<&str> = whats.filter_map(|one| one["what"].as_str()).collect();
    assert_eq!(
        whats,
        ["print the draft", "send the draft", "ring about Q3"]
    );
}

#[test]
fn the_only_promise_is_done_without_words() {
    let row = "{ by = 2026-11-27, what = \"send the draft\" }";
    for args in ["promise --done luca", "promise luca --done"] {
        let env = Env::with_book(&with_promises(&[row]));
        env.ok(args).stdout_eq(str![[r#"
Done: send the draft (promised for Fri 27 Nov); Luca Tanaka is due Tue 8 Dec, in 15 days

"#]]);
        assert_eq!(env.book(), BOOK);
    }
}

#[test]
fn of_several_the_words_say_which_is_done() {
    let rows = [
        "{ by = 2026-11-27, what = \"send the draft\" }",
        "{ what = \"ring about Q3\" }",
        "{ by = 2026-11-24, what = \"print the draft\" }",
    ];
    for (words, at, said) in [
        (
            "'SEND draft'",
            0,
            "send the draft (promised for Fri 27 Nov)",
        ),
        ("q3", 1, "ring about Q3 (promised without a day)"),
        ("ring", 1, "ring about Q3 (promised without a day)"),
        ("abou", 1, "ring about Q3 (promised without a day)"),
        ("print", 2, "print the draft (promised for Tue 24 Nov)"),
    ] {
        let mut rest = rows.to_vec();
        rest.remove(at);
        for args in [
            format!("promise --done={words} luca"),
            format!("promise luca --done={words}"),
        ] {
            let env = promised();
            let out = stdout(&env.ok(&args));
            assert!(
                out.starts_with(&format!("Done: {said}; Luca Tanaka is due ")),
                "{out}"
            );
            assert_eq!(env.book(), with_promises(&rest));
        }
    }
    let env = promised();
    env.fails("promise --done luca", 1).stderr_eq(str![[r#"
error: 3 things are promised to Luca Tanaka
  print the draft, Tue 24 Nov
  send the draft, Fri 27 Nov
  ring about Q3, no day
hint: say which one is done: `--done=print`

"#]]);
    env.fails("promise --done=draft luca", 1)
        .stderr_eq(str![[r#"
error: `draft` fits 2 things promised to Luca Tanaka
  print the draft, Tue 24 Nov
  send the draft, Fri 27 Nov
hint: say which one is done: `--done=print`

"#]]);
    env.fails("log luca --done=book", 1).stderr_eq(str![[r#"
error: nothing promised to Luca Tanaka fits `book`
  print the draft, Tue 24 Nov
  send the draft, Fri 27 Nov
  ring about Q3, no day
hint: say which one is done: `--done=print`

"#]]);
    env.fails("promise --done sofia", 1).stderr_eq(str![[r#"
error: nothing is promised to Sofia Olsen
hint: `netkeep promise` lists everything promised

"#]]);
}

#[test]
fn a_plan_with_a_reason_is_done_where_it_is_meant() {
    let env = Env::with_book(BOOK);
    env.ok("promise --done ana").stdout_eq(str![[r#"
Done: the plan for Fri 27 Nov: lunch; Ana Ruiz is due Tue 8 Dec, in 15 days

"#]]);
    let plan = "next = { on = 2026-11-27, what = \"lunch\" }  # by the river\n";
    assert_eq!(env.book(), BOOK.replace(plan, ""));
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'send photos'");
    env.fails("promise --done ana", 1).stderr_eq(str![[r#"
error: 2 things are promised to Ana Ruiz
  plan: lunch, Fri 27 Nov
  send photos, no day
hint: say which one is done: `--done=lunch`

"#]]);
    env.ok("promise --done=photos ana");
    assert_eq!(env.book(), BOOK);
    // A plan without a reason is no promise.
    env.ok("log --amend kim --next fri");
    env.fails("promise --done kim", 1).stderr_eq(str![[r#"
error: nothing is promised to Kim Jansen
hint: `netkeep log --amend [..] --done` takes out the plan for Fri 27 Nov, in 4 days

"#]]);
    env.ok("log --amend kim --done")
        .stdout_eq("Done: the plan for Fri 27 Nov\n");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_touch_closes_nobodys_promise() {
    let env = Env::with_book(BOOK);
    env.ok("promise luca 'fri: send the draft'");
    env.ok("log luca -v email").stdout_eq(str![[r#"
Logged an email with Luca Tanaka today; due Fri 27 Nov, in 4 days
Still promised: send the draft, Fri 27 Nov

"#]]);
    env.ok("promise sofia 'tomorrow: slides'");
    env.ok("promise sofia 'a book'");
    env.ok("promise sofia 'the address'");
    env.ok("log luca sofia ana -v event -m dinner --today 2026-12-01")
        .stdout_eq(str![[r#"
Logged an event with Luca Tanaka today; due since Fri 27 Nov
Still promised: send the draft, Fri 27 Nov
Logged an event with Sofia Olsen today; due since Tue 24 Nov
Still promised: slides, Tue 24 Nov, and 2 more
Logged an event with Ana Ruiz today; due Tue 29 Dec, in 4 weeks
Done: the plan for Fri 27 Nov: lunch

"#]]);
    env.ok("promise --today 2026-12-01").stdout_eq(str![[r#"
NAME         BY                      PROMISED        BUCKET
Sofia Olsen  Tue 24 Nov, 7 days ago  slides          clients
Luca Tanaka  Fri 27 Nov, 4 days ago  send the draft  clients
Sofia Olsen  no day                  a book          clients
Sofia Olsen  no day                  the address     clients

"#]]);
}

#[test]
fn log_takes_out_a_promise_with_the_touch() {
    let row = "{ by = 2026-11-27, what = \"send the draft\" }";
    let env = Env::with_book(&with_promises(&[row]));
    env.ok("log luca -v email --done").stdout_eq(str![[r#"
Logged an email with Luca Tanaka today; due Mon 21 Dec, in 4 weeks
Done: send the draft (promised for Fri 27 Nov)

"#]]);
    let touch = "  { on = 2026-11-10, via = \"call\" },\n";
    let logged = format!("{touch}  {{ on = 2026-11-23, via = \"email\" }},\n");
    assert_eq!(env.book(), BOOK.replacen(touch, &logged, 1));
    env.ok("undo")
        .stdout_eq("Undid: log: an email with Luca Tanaka; `netkeep undo --redo` redoes it\n");
    assert_eq!(env.book(), with_promises(&[row]));
    // Without a touch.
    env.ok("log --amend luca --done").stdout_eq(str![[r#"
Done: send the draft (promised for Fri 27 Nov)

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn nothing_is_logged_when_nothing_is_done() {
    let env = promised();
    env.fails("log sofia olsen --done", 1).stderr_eq(str![[r#"
error: nothing is promised to Sofia Olsen
hint: `netkeep promise` lists everything promised

"#]]);
    env.fails("log luca sofia --done=q3", 1).stderr_eq(str![[r#"
error: nothing is promised to Sofia Olsen
hint: `netkeep promise` lists everything promised

"#]]);
    // A plan without a reason is no promise, and goes with the touch anyway.
    env.ok("snooze sofia 2w");
    env.fails("log sofia --done", 1).stderr_eq(str![[r#"
error: nothing is promised to Sofia Olsen
hint: `netkeep log --amend sofia-olsen --done` takes out the plan for Mon 7 Dec, in 14 days

"#]]);
    env.ok("promise sofia 'talk about Q3'");
    env.ok("log luca sofia -v call --done=q3")
        .stdout_eq(str![[r#"
Logged a call with Luca Tanaka today; due Tue 24 Nov, tomorrow
Done: ring about Q3 (promised without a day)
Still promised: print the draft, Tue 24 Nov, and 1 more
Logged a call with Sofia Olsen today; due Mon 21 Dec, in 4 weeks
Done: talk about Q3 (promised without a day)

"#]]);
}

#[test]
fn log_promises_with_the_touch() {
    let env = Env::with_book(BOOK);
    env.ok("log luca sofia -v call --promise 'fri: the draft' --promise 'a book'")
        .stdout_eq(str![[r#"
Logged a call with Luca Tanaka today; due Fri 27 Nov, in 4 days
Promised Luca Tanaka by Fri 27 Nov: the draft
Promised Luca Tanaka (no day): a book
Logged a call with Sofia Olsen today; due Fri 27 Nov, in 4 days
Promised Sofia Olsen by Fri 27 Nov: the draft
Promised Sofia Olsen (no day): a book

"#]]);
    env.ok("log --amend luca --done=draft --promise 'mon: the draft' --next '1 dec: lunch'")
        .stdout_eq(str![[r#"
Next with Luca Tanaka: Tue 1 Dec, in 8 days: lunch
Done: the draft (promised for Fri 27 Nov)
Promised Luca Tanaka by Mon 30 Nov: the draft
Still promised: a book, no day

"#]]);
    env.fails("log luca --promise 'fri the draft'", 2);
    env.fails("log luca --delete --promise x", 2);
    env.fails("log luca --delete --done", 2);
}

#[test]
fn a_new_plan_replaces_a_plan_and_leaves_promises() {
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'wed: the photos'");
    env.ok("log ana -v call --next '1 dec'").stdout_eq(str![[r#"
Logged a call with Ana Ruiz today; due Wed 25 Nov, in 2 days
Next with Ana Ruiz: Tue 1 Dec, in 8 days
Replaced: Fri 27 Nov: lunch
Still promised: the photos, Wed 25 Nov

"#]]);
    assert!(env.book().contains("next = { on = 2026-12-01 }"));
    // A plan without a reason goes without a word, one with a reason for a later day stays.
    env.ok("log ana -v letter").stdout_eq(str![[r#"
Logged a letter with Ana Ruiz today; due Wed 25 Nov, in 2 days
Still promised: the photos, Wed 25 Nov

"#]]);
    assert!(!env.book().contains("next ="));
    // Unless a new plan takes its place.
    env.ok("snooze ana 2w");
    env.ok("log ana -v social --next fri").stdout_eq(str![[r#"
Logged a social touch with Ana Ruiz today; due Wed 25 Nov, in 2 days
Next with Ana Ruiz: Fri 27 Nov, in 4 days
Replaced: Mon 7 Dec
Still promised: the photos, Wed 25 Nov

"#]]);
    env.ok("log --amend ana --next '1 dec'").stdout_eq(str![[r#"
Next with Ana Ruiz: Tue 1 Dec, in 8 days
Replaced: Fri 27 Nov
Still promised: the photos, Wed 25 Nov

"#]]);
    // --done is for the promise, also where the plan is replaced or spent.
    env.ok("log --amend ana --next 'fri: lunch'");
    env.ok("log ana -v event --today 2026-11-27 --done --next 'in 2 weeks: tea'")
        .stdout_eq(str![[r#"
Logged an event with Ana Ruiz today; due Fri 11 Dec, in 14 days
Next with Ana Ruiz: Fri 11 Dec, in 14 days: tea
Done: the plan for Fri 27 Nov: lunch
Done: the photos (promised for Wed 25 Nov)

"#]]);
}

#[test]
fn words_may_be_those_of_a_plan_that_goes_anyway() {
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'wed: the photos'");
    env.ok("log ana -v event --today 2026-11-27 --done=lunch")
        .stdout_eq(str![[r#"
Logged an event with Ana Ruiz today; due since Wed 25 Nov
Done: the plan for Fri 27 Nov: lunch
Still promised: the photos, Wed 25 Nov

"#]]);
    env.ok("log ana --amend --next 'fri: lunch'");
    env.ok("log ana -v call --done=lunch --next '7 dec'")
        .stdout_eq(str![[r#"
Logged a call with Ana Ruiz today; due Wed 25 Nov, in 2 days
Next with Ana Ruiz: Mon 7 Dec, in 14 days
Done: the plan for Fri 27 Nov: lunch
Still promised: the photos, Wed 25 Nov

"#]]);
    env.ok("log ana --amend --next 'fri: lunch, and the photos'");
    env.ok("log ana -v gift --today 2026-11-27 --done=photos")
        .stdout_eq(str![[r#"
Logged a gift with Ana Ruiz today; due Fri 25 Dec, in 4 weeks
Done: the plan for Fri 27 Nov: lunch, and the photos
Done: the photos (promised for Wed 25 Nov)

"#]]);
    env.fails("log ana -v call --done=nothing", 1);
}

#[test]
fn words_may_be_the_line_that_lists_it() {
    let rows = "promises = [\n  { by = 2026-11-25, what = \"call\" },\n  { by = 2026-11-27, what = \"call\" },\n  { what = \"a map\" },\n]\n";
    let book = format!(
        "[[contacts]]\nname = \"Ana Ruiz\"\nnext = {{ on = 2026-12-01, what = \"lunch\" }}\n{rows}"
    );
    for (words, done) in [
        ("'call, Fri 27 Nov'", "call (promised for Fri 27 Nov)"),
        ("'plan: lunch, Tue 1 Dec'", "the plan for Tue 1 Dec: lunch"),
        // The words of what was promised come first.
        ("call", "call (promised for Wed 25 Nov)"),
    ] {
        let env = Env::with_book(&book);
        let said = stdout(&env.ok(&format!("promise --done={words} ana")));
        assert!(said.starts_with(&format!("Done: {done}; ")), "{said}");
    }
    let env = Env::with_book(&book);
    for words in ["fri", "nov", "no", "day", "plan"] {
        env.fails(&format!("promise --done={words} ana"), 1);
    }
}

#[test]
fn the_command_that_takes_out_a_plan_says_which_where_more_is_promised() {
    let env = Env::with_book(BOOK);
    let hint = "`netkeep promise --done=lunch ana-ruiz` takes it out";
    env.ok("promise ana 'a book'");
    let said = stdout(&env.ok("log ana -v call"));
    assert!(said.contains(hint), "{said}");
    env.fails("skip ana", 1)
        .stderr_eq(format!("...\n[..]{hint}\n"));
    env.ok("promise --done=lunch ana-ruiz");
}

#[test]
fn an_option_is_no_promise() {
    let env = Env::with_book(BOOK);
    env.fails("log luca --promise --amend", 2);
    env.ok("log luca --amend --promise='-1 hour for lunch'");
}

#[test]
fn one_change_is_one_step_back() {
    let env = Env::with_book(BOOK);
    env.ok("promise luca 'fri: send the draft'");
    env.ok("promise --done luca");
    let list = stdout(&env.ok("undo --list"));
    let rows: Vec<&str> = list.lines().skip(1).collect();
    let whats = rows
        .iter()
        .map(|row| row.split("  ").last().unwrap_or_default());
    assert_eq!(
        whats.collect::<Vec<_>>(),
        [
            "promise --done: “send the draft” to Luca Tanaka",
            "promise: “send the draft” to Luca Tanaka"
        ]
    );
    env.ok("undo").stdout_eq(
        "Undid: promise --done: “send the draft” to Luca Tanaka; `netkeep undo --redo` redoes it\n",
    );
    env.ok("promise luca").stdout_eq(str![[r#"
NAME         BY                     PROMISED        BUCKET
Luca Tanaka  Fri 27 Nov, in 4 days  send the draft  clients

"#]]);
    env.run("undo").success();
    assert_eq!(env.book(), BOOK);
    env.run("undo --redo").success();
    env.run("undo --redo").success();
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_dry_run_writes_nothing() {
    let env = promised();
    let before = env.book();
    for (args, line) in [
        ("promise kim photos -n", "+  { what = \"photos\" },"),
        (
            "promise --done=q3 luca -n",
            "-  { what = \"ring about Q3\" },",
        ),
    ] {
        let out = stdout(&env.ok(args));
        assert!(out.contains(&format!("\n{line}\n")), "{out}");
    }
    assert_eq!(env.book(), before);
}

#[test]
fn a_name_is_one_argument() {
    let env = Env::with_book(BOOK);
    for (args, meant) in [
        ("promise luca send the draft", "luca 'send the draft'"),
        ("promise luca tanaka 'fri: x'", "'luca tanaka' 'fri: x'"),
        ("promise luca draft --done", "--done=draft luca"),
        ("promise --done draft luca", "--done=draft luca"),
        ("promise luca tanaka --done", "--done 'luca tanaka'"),
        (
            "promise luca tanaka --done=draft",
            "--done=draft 'luca tanaka'",
        ),
        ("promise luca 'fri: x' --done=draft", "--done=draft luca"),
    ] {
        env.fails(args, 2).stderr_eq(format!(
            "error: a name is one argument, and what you promise is another\n\
             hint: did you mean `netkeep promise {meant}`?\n"
        ));
    }
    env.fails("promise luca 'fri: x' 'mon: y'", 2)
        .stderr_eq(str![[r#"
error: one thing is promised at a time
hint: start with `netkeep promise luca 'fri: x'`

"#]]);
    env.fails("promise luca tanaka", 2).stderr_eq(str![[r#"
error: `luca tanaka` is a name, and no promise
hint: quote the name: `netkeep promise [..]`; or put a colon before the promise: `: tanaka`

"#]]);
    env.ok("promise luca ': tanaka'");
    env.ok("promise luca-tanaka luca");
    env.fails("promise --done", 2).stderr_eq(str![[r#"
error: `--done` needs the name of the person
hint: `netkeep promise` lists everything promised, with the names

"#]]);
}

#[test]
fn snooze_moves_the_plan_and_leaves_promises() {
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'wed: the photos'");
    env.ok("promise sofia 'in 3 weeks: slides'");
    env.ok("snooze ana 2w").stdout_eq(str![[r#"
Snoozed Ana Ruiz until Mon 7 Dec, with what you planned: lunch; still due Wed 25 Nov, in 2 days, for a promise: the photos

"#]]);
    env.ok("snooze sofia 2w")
        .stdout_eq("Snoozed Sofia Olsen; back Mon 7 Dec, in 14 days\n");
    let ana = "next = { on = 2026-12-07, what = \"lunch\" }  # by the river\n\
               promises = [\n  { by = 2026-11-25, what = \"the photos\" },\n]\n";
    assert!(env.book().contains(ana), "{}", env.book());
}

#[test]
fn a_pause_silences_plans_and_promises() {
    let env = Env::with_book(BOOK);
    env.ok("promise ana 'wed: the photos'");
    env.ok("pause ana 1 feb").stdout_eq(str![[r#"
Paused Ana Ruiz until 1 Feb 2027, in 2 months; then due; what you planned waits too: lunch; what you promised waits too: the photos

"#]]);
    env.ok("due").stdout_eq(str![[r#"
Nobody is due by Sun 29 Nov; next is Luca Tanaka, Tue 8 Dec, in 15 days
1 contact is in no bucket (netkeep triage)

"#]]);
    // It is still listed, and may be done.
    env.ok("promise --done=photos ana").stdout_eq(str![[r#"
Done: the photos (promised for Wed 25 Nov); Ana Ruiz is paused

"#]]);
}

#[test]
fn skip_leaves_promises_and_refuses_a_plan_with_a_reason() {
    let env = Env::with_book(BOOK);
    env.fails("skip ana", 1).stderr_eq(str![[r#"
error: something is planned with Ana Ruiz for Fri 27 Nov: lunch
hint: `netkeep snooze ana-ruiz 2w` puts it off, `netkeep promise --done ana-ruiz` takes it out

"#]]);
    env.ok("promise luca 'wed: the draft'");
    env.ok("skip luca").stdout_eq(str![[r#"
Skipped Luca Tanaka until Mon 21 Dec; still due Wed 25 Nov, in 2 days, for a promise: the draft

"#]]);
    assert!(
        env.book()
            .contains("next = { on = 2026-12-21 }\npromises = [\n")
    );
    env.ok("promise sofia 'a book'");
    env.ok("skip sofia").stdout_eq(str![[r#"
Skipped Sofia Olsen; back Mon 21 Dec, in 4 weeks; still promised: a book, no day

"#]]);
    // Nothing but a promise makes Kim due.
    env.ok("promise kim 'wed: photos'");
    env.fails("skip kim", 1).stderr_eq(str![[r#"
error: only a promise makes Kim Jansen due, and a promise is not skipped
hint: `netkeep promise [..]` shows it, `netkeep promise --done [..]` takes it out

"#]]);
}

#[test]
fn promises_are_no_key_that_edit_sets() {
    let env = Env::with_book(BOOK);
    env.fails("edit luca --set 'promises=send the draft'", 2)
        .stderr_eq(str![[r#"
error: `promises` is not a key of a contact that can be set
hint: promises are made with `netkeep promise`, and taken out with its `--done`

"#]]);
    env.ok("edit luca --set 'next=fri: lunch'");
}

#[test]
fn a_promise_that_an_editor_wiped_is_restored() {
    let env = Env::with_book(BOOK);
    env.ok("promise luca 'fri: send the draft'");
    let promised = env.book();
    env.write("book.toml", BOOK);
    env.run("promise kim photos").success().stderr_eq(str![[r#"
warning: the book is back in an older state: the promise “send the draft” to Luca Tanaka is lost
hint: unless that was meant, `netkeep check --recover` restores what is lost

"#]]);
    env.run("undo").success();
    env.ok("check --recover")
        .stdout_eq("Restored the promise “send the draft” to Luca Tanaka\n");
    assert_eq!(env.book(), promised);
}

#[cfg(unix)]
#[test]
fn in_json_several_promises_that_fit_are_the_choices() {
    let env = promised();
    let choices = env.fails_in_json("promise --done luca --json", 1)["choices"].take();
    assert!(choices[0]["promise"].is_string(), "{choices}");
}
