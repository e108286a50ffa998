//! The week, one person at a time, with answers from a pipe.

use snapbox::str;

use crate::env::{Env, stdout};

/// Two people who are overdue, one who is promised something, and one who is not due.
pub(crate) const WEEK: &str = r#"[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
phone = "+34 600 000 000"
email = "ana@acme.example"
touches = [
  { on = 2026-09-01, via = "call" },
]

[[contacts]]
name = "Bo Lind"
bucket = "clients"   # since the fair
touches = [
  { on = 2026-10-05, via = "email" },
]

[[contacts]]
name = "Cy Ng"
bucket = "friends"
promises = [
  { by = 2026-11-27, what = "send photos" },
  { what = "find the recipe" },
]
touches = [{ on = 2026-11-10, via = "tea" }]

[[contacts]]
name = "Di Fox"
bucket = "friends"
touches = [{ on = 2026-11-20, via = "letter" }]
"#;

/// The names in the order of the week.
const ORDER: [&str; 3] = ["Cy Ng", "Ana Ruiz", "Bo Lind"];

#[test]
fn an_answer_is_saved_at_once_and_is_a_step_of_undo() {
    let env = Env::with_book(WEEK);
    // Cy: the tea, a promise that is done, a new one, a note. Ana: a call, with a note. Bo: no answer.
    let answers = "d1 p by 7 dec: bring cake\nn likes plums\n l1b\n lcb budget: approved\n a";
    env.command("review")
        .stdin(answers)
        .assert()
        .success()
        .stdout_eq(str![[r#"
Done: send photos (promised for Fri 27 Nov); Cy Ng is due Sun 10 Jan 2027, in 7 weeks
Promised Cy Ng by Mon 7 Dec: bring cake; due Mon 7 Dec, in 14 days
Changed Cy Ng: notes likes plums
Logged a tea with Cy Ng today; due Mon 7 Dec, in 14 days
Still promised: bring cake, Mon 7 Dec, and 1 more
Logged a call with Ana Ruiz today; due Mon 21 Dec, in 4 weeks
Logged an email to Bo Lind today (as last time); due Mon 21 Dec, in 4 weeks
This week: 3 of 10 done

"#]]);
    let ana = "  { on = 2026-09-01, via = \"call\" },\n";
    let bo = "  { on = 2026-10-05, via = \"email\" },\n";
    let book = WEEK
        .replace(
            ana,
            &format!("{ana}  {{ on = 2026-11-23, via = \"call\", note = \"budget: approved\" }},\n"),
        )
        .replace(
            bo,
            &format!("{bo}  {{ on = 2026-11-23, via = \"email\", direction = \"out\" }},\n"),
        )
        .replace("  { by = 2026-11-27, what = \"send photos\" },\n", "")
        .replace(
            "find the recipe\" },\n]\n",
            "find the recipe\" },\n  { by = 2026-12-07, what = \"bring cake\" },\n]\nnotes = \"likes plums\"\n",
        )
        .replace(
            "[{ on = 2026-11-10, via = \"tea\" }]",
            "[{ on = 2026-11-10, via = \"tea\" }, { on = 2026-11-23, via = \"tea\" }]",
        );
    assert_eq!(env.book(), book);
    let steps = stdout(&env.ok("undo --list"));
    let whats: Vec<&str> = steps.lines().skip(1).map(|line| &line[19..]).collect();
    assert_eq!(
        whats,
        [
            "log: an email to Bo Lind",
            "log: a call with Ana Ruiz",
            "log: a tea with Cy Ng",
            "edit: notes of Cy Ng",
            "promise: “bring cake” to Cy Ng",
            "promise --done: “send photos” to Cy Ng",
        ]
    );
    env.ok("undo 6 --yes");
    assert_eq!(env.book(), WEEK);
}

#[test]
fn a_page_is_shown_before_each_question() {
    let env = Env::with_book(WEEK).var("COLUMNS", "80");
    env.command("review bo ana")
        .stdin("? l q g u g l e o\n")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Logged an email to Bo Lind today; due Mon 21 Dec, in 4 weeks
This week: 1 of 10 done, 2 to go

"#]])
        .stderr_eq(str![[r#"
2 contacts to review

Ana Ruiz

Phone     +34 600 000 000
E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Due       8 weeks over, urgent, since Tue 29 Sep

1 touch
   1 Sep 2026  call

[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (2 left) ?
  l  log a touch: the channel, who reached out, a note
  o  open the mail, the phone or the page, and log what came of it
  a  log that you reached out and have no answer yet
  s  decline this round: the next one is a cadence from today
  z  hide them until a day
  g  go on to the next person, as each key above does
  p  say what you will do for them, and stay with them
  d  take out a promise that is done, and stay
  n  add a line to the notes, and stay
  e  open them in your editor, and stay
  v  show all of the page, and stay
  u  undo the last answer, and go back to it
  q  stop: the answers so far count; Ctrl-C and Ctrl-D do the same
  ?  show these keys
[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (2 left) l
How? [e, Enter] email [c] call [m] message [s] social [t] meeting [l] letter
  [v] event [g] gift [w] in another way [q] back q
[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (2 left) g

Bo Lind

Bucket    clients
Cadence   4 weeks
Due       3 weeks over, urgent, since Mon 2 Nov

1 touch
   5 Oct 2026  email

[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (1 left) u

Ana Ruiz

Phone     +34 600 000 000
E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Due       8 weeks over, urgent, since Tue 29 Sep

1 touch
   1 Sep 2026  call

[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (2 left) g

Bo Lind

Bucket    clients
Cadence   4 weeks
Due       3 weeks over, urgent, since Mon 2 Nov

1 touch
   5 Oct 2026  email

[l] log [o] open [a] no answer [s] skip [z] snooze [g] go on [p] promise
  [d] done [n] note [e] edit [v] view [u] undo [q] stop [?] keys (1 left) l
How? [e, Enter] email [c] call [m] message [s] social [t] meeting [l] letter
  [v] event [g] gift [w] in another way [q] back e
Who reached out? [b, Enter] both [o] you, no answer yet [i] they [q] back o
A line about it (Enter: none): 
hint: `netkeep undo` undoes the last answer

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), WEEK);
}

#[test]
fn skips_snoozes_and_goes_on() {
    let env = Env::with_book(WEEK);
    env.command("review")
        .stdin("g s z fri\n")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Skipped Ana Ruiz; back Mon 21 Dec, in 4 weeks
Snoozed Bo Lind; back Fri 27 Nov, in 4 days
This week: 0 of 10 done, 2 to go

"#]]);
    let phone = "phone = \"+34 600 000 000\"\n";
    let bo = "bucket = \"clients\"   # since the fair\n";
    let book = WEEK
        .replace(phone, &format!("{phone}next = {{ on = 2026-12-21 }}\n"))
        .replace(bo, &format!("{bo}next = {{ on = 2026-11-27 }}\n"));
    assert_eq!(env.book(), book);
}

/// Who is walked to, in order.
fn people(env: &Env, args: &str, count: usize) -> Vec<String> {
    let done = env
        .command(&format!("review {args}"))
        .stdin("g".repeat(count));
    let output = done.assert().success().get_output().clone();
    let pages = String::from_utf8(output.stderr).expect("UTF-8");
    let names = ["Ana Ruiz", "Bo Lind", "Cy Ng", "Di Fox"];
    let lines = pages.lines().filter(|line| names.contains(line));
    lines.map(str::to_owned).collect()
}

#[test]
fn goes_through_the_week_or_those_who_are_asked_for() {
    let env = Env::with_book(WEEK);
    assert_eq!(people(&env, "", 3), ORDER);
    assert_eq!(people(&env, "-b clients", 2), ["Ana Ruiz", "Bo Lind"]);
    assert_eq!(
        people(&env, "--all", 4),
        ["Cy Ng", "Ana Ruiz", "Bo Lind", "Di Fox"]
    );
    assert_eq!(people(&env, "--all -b friends", 2), ["Cy Ng", "Di Fox"]);
    assert_eq!(people(&env, "di 'bo lind'", 2), ["Bo Lind", "Di Fox"]);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn what_is_refused_leaves_the_answers_before_it() {
    let logged = WEEK.replace(
        "[{ on = 2026-11-10, via = \"tea\" }]",
        "[{ on = 2026-11-10, via = \"tea\" }, { on = 2026-11-23, via = \"letter\" }]",
    );
    let env = Env::with_book(WEEK);
    let run = env.command("review").stdin("llb\nz never\n").assert();
    run.code(2).stderr_eq(str![[r#"
...
Until when? (2w, 7 dec, next fri; Enter: back) never
note: the answers before that are saved
error: `never` is not a day
hint: [..]

"#]]);
    assert_eq!(env.book(), logged);
    env.ok("undo");
    let run = env.command("review").stdin("llb\nx").assert();
    run.code(2).stderr_eq(str![[r#"
...
  [v] view [u] undo [q] stop [?] keys (2 left) x
note: the answers before that are saved
error: `x` is not an answer to: [..]
hint: blanks and newlines between answers are ignored

"#]]);
    assert_eq!(env.book(), logged);
    env.ok("undo");
    let run = env.command("review cy").stdin("llb\ng").assert();
    run.code(2).stderr_eq(str![[r#"
...
note: the answers before that are saved
error: there are more answers than questions
hint: start over with what it asks now

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), WEEK);
    let run = env.command("review").stdin("x").assert();
    run.code(2).stderr_eq(str![[r#"
...
error: `x` is not an answer to: [..]
hint: nothing was written; blanks and newlines between answers are ignored

"#]]);
}

#[test]
fn undo_takes_back_the_answers_of_this_walk_only() {
    let env = Env::with_book(WEEK);
    env.ok("log di -v call");
    let before = env.book();
    env.command("review")
        .stdin("a a u u u g g g")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Logged a touch to Cy Ng today; due Fri 27 Nov, in 4 days
Still promised: send photos, Fri 27 Nov, and 1 more
Logged a call to Ana Ruiz today (as last time); due Mon 21 Dec, in 4 weeks
Undid: log: a call to Ana Ruiz; `netkeep undo --redo` redoes it
Undid: log: a touch to Cy Ng; `netkeep undo --redo` redoes it
This week: 1 of 10 done, 3 to go

"#]]);
    assert_eq!(env.book(), before);
}

#[test]
fn nobody_and_nothing_to_review() {
    let env = Env::with_book("[buckets.friends]\ncadence = \"2 months\"\n");
    env.run("review")
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
hint: add someone with `netkeep add "Ana Ruiz" -b friends`, or many with `netkeep import FILE`

"#]]);
    let later = "[buckets.friends]\ncadence = \"2 months\"\n\n[[contacts]]\nname = \"Di Fox\"\nbucket = \"friends\"\n\
        touches = [{ on = 2026-11-20 }]\n";
    let env = Env::with_book(later);
    env.ok("review").stdout_eq(str![[r#"
Nobody is due by Sun 29 Nov; next is Di Fox, Wed 20 Jan 2027, in 8 weeks

"#]]);
    let env = Env::with_book(WEEK);
    env.fails("review", 1).stderr_eq(str![[r#"
error: nobody is there to answer
hint: answer from a pipe, or type the commands: `netkeep due` lists who is due, `netkeep log` records a touch

"#]]);
    env.run("review --json").code(2).stdout_eq(str![[r#"
{
  "version": 1,
  "error": {
    "message": "`review` does not answer in JSON",
    "hint": "leave `--json` out; `netkeep help scripting` says what the others answer",
    "exit": 2
  }
}

"#]]);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn a_dry_run_shows_each_change_and_makes_none() {
    let env = Env::with_book(WEEK);
    env.command("review -n -b clients")
        .stdin("a g")
        .assert()
        .success()
        .stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -11,6 +11,7 @@
 email = "ana@acme.example"
 touches = [
   { on = 2026-09-01, via = "call" },
+  { on = 2026-11-23, via = "call", direction = "out" },
 ]
 
 [[contacts]]
This week: 0 of 10 done, 3 to go

"#]]);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn odd_names_are_reviewed_like_any_other() {
    let book = "[buckets.friends]\ncadence = \"1 week\"\n\
        [[contacts]]\nname = \"--out\"\nbucket = \"friends\"\n\
        [[contacts]]\nname = \"Ana\"\nbucket = \"friends\"\n\
        [[contacts]]\nname = \"ana\"\nbucket = \"friends\"\n\
        [[contacts]]\nname = \"Call Ana fri: 2w\"\nbucket = \"friends\"\n\
        [[contacts]]\nname = \"\\u202Eevil\"\nbucket = \"friends\"\n";
    let env = Env::with_book(book);
    env.command("review")
        .stdin("lcb--in\n lcb\n lcb\n p : fri\nn =x\n s a")
        .assert()
        .success();
    for (name, touch) in [
        (
            "--out",
            "touches = [\n  { on = 2026-11-23, via = \"call\", note = \"--in\" },\n]\n",
        ),
        (
            "Ana",
            "touches = [\n  { on = 2026-11-23, via = \"call\" },\n]\n",
        ),
        (
            "ana",
            "touches = [\n  { on = 2026-11-23, via = \"call\" },\n]\n",
        ),
        (
            "Call Ana fri: 2w",
            "next = { on = 2026-11-30 }\npromises = [\n  { what = \"fri\" },\n]\nnotes = \"=x\"\n",
        ),
        (
            "\\u202Eevil",
            "touches = [\n  { on = 2026-11-23, direction = \"out\" },\n]\n",
        ),
    ] {
        let entry = format!("[[contacts]]\nname = \"{name}\"\nbucket = \"friends\"\n{touch}");
        assert!(env.book().contains(&entry), "{name}\n{}", env.book());
    }
}

#[cfg(unix)]
#[test]
fn opens_and_logs_what_came_of_it() {
    let env = Env::with_book(WEEK).var("NETKEEP_OPEN", "true");
    env.command("review ana")
        .stdin("o n o o\n")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Ana Ruiz: mailto:ana@acme.example
Ana Ruiz: mailto:ana@acme.example
Logged an email to Ana Ruiz today; due Mon 21 Dec, in 4 weeks
This week: 1 of 10 done, 2 to go

"#]]);
    let run = env.command("review bo").stdin("o").assert();
    run.code(1).stderr_eq(str![[r#"
...
error: Bo Lind has no number, address or link
hint: `netkeep edit bo-lind --set email=ADDRESS` adds one

"#]]);
}

#[test]
fn a_script_gives_a_whole_answer_to_each_question() {
    let env = Env::with_book(WEEK);
    for answers in ["lc", "lcb", "p", "z", "d", "n"] {
        let who = if answers == "d" { "cy" } else { "ana" };
        let run = env.command(&format!("review {who}")).stdin(answers);
        run.assert().code(2).stderr_eq(str![[r#"
...
error: the answers end before the last one is complete
hint: give an answer to each question: a key, or the rest of a line

"#]]);
    }
    let latin = env.command("review ana").stdin(b"n caf\xe9\n".to_vec());
    latin.assert().code(2).stderr_eq(str![[r#"
...
error: could not read a line of answers: invalid utf-8 sequence of 1 bytes from index 4
hint: write the answers as UTF-8 text

"#]]);
    assert_eq!(env.book(), WEEK);
}

#[test]
fn the_promise_that_is_picked_is_done_whatever_another_says() {
    let promises = |whats: &[&str]| {
        let rows: String = whats.iter().map(|what| format!("  {what},\n")).collect();
        format!(
            "[[contacts]]\nname = \"Ana\"\nnext = {{ on = 2026-11-25, what = \"lunch\" }}\npromises = [\n{rows}]\n"
        )
    };
    let rows = [
        "{ by = 2026-12-20, what = \"call\" }",
        "{ by = 2026-12-01, what = \"call\" }",
        "{ by = 2026-11-24, what = \"lunch\" }",
    ];
    let book = promises(&rows);
    let done = |key: &str| {
        let env = Env::with_book(&book);
        let run = env.command("review ana").stdin(format!("d {key}"));
        let output = run.assert().success().get_output().clone();
        let asked = String::from_utf8(output.stderr).expect("UTF-8");
        let question = "Which one? [1] lunch, Tue 24 Nov [2] plan: lunch, Wed 25 Nov [3] call, Tue 1 Dec\n  [4] call, Sun 20 Dec";
        assert!(asked.contains(question), "{asked}");
        env.book()
    };
    assert_eq!(done("1"), promises(&rows[..2]));
    assert_eq!(done("3"), promises(&[rows[0], rows[2]]));
    assert_eq!(done("4"), promises(&rows[1..]));
    let plan = "next = { on = 2026-11-25, what = \"lunch\" }\n";
    assert_eq!(done("2"), book.replace(plan, ""));
    assert_eq!(done("q"), book);
}

#[cfg(unix)]
#[test]
fn follows_a_name_that_the_editor_changes_and_undo_changes_back() {
    let env = Env::with_book(WEEK).editor("sed -i 's/Cy Ng/Cy Nguyen/; s/tea/coffee/' \"$1\"");
    env.command("review")
        .stdin("e u a q")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Changed Cy Nguyen: name Cy Nguyen; was Cy Ng
Undid: edit: Cy Ng renamed to Cy Nguyen; touches with Cy Nguyen; `netkeep undo --redo` redoes it
Logged a touch to Cy Ng today; due Fri 27 Nov, in 4 days
Still promised: send photos, Fri 27 Nov, and 1 more
This week: 1 of 10 done, 3 to go

"#]]);
}

#[cfg(unix)]
#[test]
fn a_namesake_is_not_taken_for_the_one_who_was_shown() {
    let ana = "[[contacts]]\nname = \"Ana\"\nbucket = \"friends\"\n";
    let book = format!("[buckets.friends]\ncadence = \"2 months\"\n\n{ana}\n{ana}");
    let env = Env::with_book(&book).editor("sed -i 's/Ana/Anna/' \"$1\"");
    env.command("review").stdin("e a").assert().success();
    let anna = "name = \"Anna\"\nbucket = \"friends\"\ntouches = [\n  { on = 2026-11-23, direction = \"out\" },\n]\n";
    let book = book.replacen("name = \"Ana\"\nbucket = \"friends\"\n", anna, 1);
    assert_eq!(env.book(), book);
}

#[cfg(unix)]
#[test]
fn a_script_ends_where_an_answer_cannot_be_undone() {
    // While the editor is open, another netkeep writes.
    let netkeep = snapbox::cmd::cargo_bin!("netkeep").display().to_string();
    let env = Env::with_book(WEEK).editor(&format!("'{netkeep}' log di -v call"));
    let run = env.command("review").stdin("a e u u s").assert();
    run.code(1).stderr_eq(str![[r#"
...
note: the answers before that are saved
error: that is not the last change of the book, and nothing was undone
hint: `netkeep undo --list` shows the last changes

"#]]);
    assert!(env.book().contains("via = \"call\" }]"));
}

#[test]
fn contacts_with_problems_are_left_out() {
    let env = Env::with_book(&WEEK.replace("phone = \"+34 600 000 000\"", "birthday = \"soon\""));
    let run = env.command("review").stdin("g g").assert().success();
    let pages = String::from_utf8(run.get_output().stderr.clone()).expect("UTF-8");
    let note = "note: 1 contact has problems and must wait: `netkeep check` lists them\n2 contacts to review\n\nCy Ng\n";
    assert!(pages.contains(note), "{pages}");
    assert!(
        pages.contains("\nBo Lind\n") && !pages.contains("\nAna Ruiz\n"),
        "{pages}"
    );
    env.run("review ana").success().stdout_eq(str![[r#"
Nobody else to review

"#]]);
}

#[test]
fn a_page_that_was_cut_can_be_seen_whole() {
    let touches: String = (10..20)
        .map(|day| format!("  {{ on = 2026-11-{day} }},\n"))
        .collect();
    let env = Env::with_book(&format!(
        "[[contacts]]\nname = \"Ana\"\ntouches = [\n{touches}]\n"
    ));
    let shown = |keys: &str| {
        let run = env
            .command("review ana")
            .stdin(keys.to_owned())
            .assert()
            .success();
        let pages = String::from_utf8(run.get_output().stderr.clone()).expect("UTF-8");
        ["18 Nov", "10 Nov", "2 more (netkeep show ana --all)"]
            .map(|text| pages.matches(text).count())
    };
    assert_eq!(shown("g"), [1, 0, 1]);
    assert_eq!(shown("v g"), [2, 1, 1]);
}

#[cfg(unix)]
#[test]
fn the_place_of_a_person_is_not_the_person() {
    // While the editor is open, someone above goes and someone else comes.
    let netkeep = snapbox::cmd::cargo_bin!("netkeep").display().to_string();
    let script = format!(
        "'{netkeep}' remove 'Ana Ruiz'; '{netkeep}' add Zoe; echo 'notes = \"x\"' >> \"$1\""
    );
    let env = Env::with_book(WEEK).editor(&script);
    env.command("review bo").stdin("e a").assert().success();
    let bo = "touches = [\n  { on = 2026-10-05, via = \"email\" },\n  { on = 2026-11-23, via = \"email\", direction = \"out\" },\n]\n";
    assert!(env.book().contains(bo), "{}", env.book());
    assert_eq!(env.book().matches("2026-11-23,").count(), 1);
}
