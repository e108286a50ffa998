//! Not now: skip, snooze, pause and resume. Also what was promised, given and got.

use snapbox::str;

use crate::env::{BOOK, Env};

/// The change inserts `line` after `after`, once.
#[track_caller]
fn puts_in(env: &Env, after: &str, line: &str) {
    assert_eq!(
        env.book(),
        BOOK.replacen(after, &format!("{after}{line}\n"), 1)
    );
}

const EMAIL: &str = "email = \"ana@acme.example\"\n";

#[test]
fn skipping_plans_the_next_touch_a_cadence_from_today() {
    let env = Env::with_book(BOOK);
    env.ok("skip ana")
        .stdout_eq("Skipped Ana Ruiz; back Mon 21 Dec, in 4 weeks\n");
    puts_in(&env, EMAIL, "next = { on = 2026-12-21 }");
    env.ok("log ana");
    assert!(!env.book().contains("next ="));
}

#[test]
fn a_contact_without_a_due_day_cannot_be_skipped() {
    let env = Env::with_book(BOOK);
    env.fails("skip ana kim", 1).stderr_eq(str![[r#"
error: nothing is due with Kim Jansen
hint: `netkeep due --why kim-jansen` shows why

"#]]);
    env.ok("pause ana");
    env.fails("skip ana", 1).stderr_eq(str![[r#"
error: Ana Ruiz is paused
hint: `netkeep resume ana-ruiz` ends the pause

"#]]);
    env.ok("log --amend bo --next 'fri: call'");
    env.fails("skip bo", 1).stderr_eq(str![[r#"
error: something is planned with Bo Lind for Fri 27 Nov: call
hint: `netkeep snooze bo-lind 2w` puts it off, `netkeep promise --done bo-lind` takes it out

"#]]);
    // Without a cadence it only removes the day.
    env.ok("snooze kim --until fri");
    env.ok("skip kim")
        .stdout_eq("Skipped Kim Jansen; never due\n");
}

#[test]
fn a_snooze_hides_until_its_day_and_a_promise_moves_with_it() {
    let env = Env::with_book(BOOK);
    env.ok("snooze ana --until 'in 2 weeks'")
        .stdout_eq("Snoozed Ana Ruiz; back Mon 7 Dec, in 14 days\n");
    puts_in(&env, EMAIL, "next = { on = 2026-12-07 }");
    env.ok("due").stdout_eq(str![[r#"
Nobody is due by Sun 29 Nov; next is Ana Ruiz, Mon 7 Dec, in 14 days
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("due --today 2026-12-07").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME      DUE    BUCKET   NEXT                    LAST
Ana Ruiz  today  clients  email ana@acme.example  call 9 weeks ago: “budget approved”
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("log ana --next 'fri: send the draft'");
    env.ok("snooze ana bo --until 2026-12-09")
        .stdout_eq(str![[r#"
Snoozed Ana Ruiz, with what you planned: send the draft; back Wed 9 Dec, in 16 days
Snoozed Bo Lind; back Wed 9 Dec, in 16 days

"#]]);
    assert!(
        env.book()
            .contains("next = { on = 2026-12-09, what = \"send the draft\" }")
    );
    env.fails("snooze ana --until today", 1).stderr_eq(str![[r#"
error: Mon 23 Nov is not in the future
hint: give a day after today

"#]]);
    env.fails("snooze ana --until 'last fri'", 1)
        .stderr_eq(str![[r#"
error: Fri 20 Nov is not in the future
hint: give a day after today

"#]]);
    env.fails("snooze ana", 2).stderr_eq(str![[r#"
error: until when?
hint: say it after the name: `netkeep snooze ana 2w`

"#]]);
}

#[test]
fn the_last_words_are_the_day() {
    let env = Env::with_book(BOOK);
    for (args, day) in [
        ("ana 2w", "2026-12-07"),
        ("ana 7 dec", "2026-12-07"),
        ("ana '7 dec'", "2026-12-07"),
        ("ana in 2 weeks", "2026-12-07"),
        ("ana next fri", "2026-11-27"),
        ("ana 2026-12-07", "2026-12-07"),
        ("ana Tue 8 Dec 2026", "2026-12-08"),
        ("ruiz-ana until fri", "2026-11-27"),
        ("ana for 3 months", "2027-02-23"),
        ("ana until March", "2027-03-01"),
        ("ana until mar 2028", "2028-03-01"),
        ("ana --until dec", "2026-12-01"),
    ] {
        for (command, key) in [
            ("snooze", format!("next = {{ on = {day} }}")),
            ("pause", format!("paused = {day}")),
        ] {
            let shown = crate::env::stdout(&env.ok(&format!("{command} {args} -n")));
            assert!(shown.contains(&format!("+{key}\n")), "{args}: {shown}");
        }
    }
    env.ok("snooze ana bo kim 1 jan").stdout_eq(str![[r#"
Snoozed Ana Ruiz; back Fri 1 Jan 2027, in 6 weeks
Snoozed Bo Lind; back Fri 1 Jan 2027, in 6 weeks
Snoozed Kim Jansen; back Fri 1 Jan 2027, in 6 weeks

"#]]);
    env.ok("pause ana bo 1 feb").stdout_eq(str![[r#"
Paused Ana Ruiz until 1 Feb 2027, in 2 months; then due
Paused Bo Lind until 1 Feb 2027, in 2 months; then due

"#]]);
}

#[test]
fn a_day_that_may_be_a_name_is_not_guessed() {
    let env = Env::with_book(&format!(
        "{BOOK}\n[[contacts]]\nname = \"Fri Larsen\"\n\n[[contacts]]\nname = \"May Monk\"\n"
    ));
    env.fails("snooze ana fri", 1).stderr_eq(str![[r#"
error: `fri` is a day, and it matches Fri Larsen
hint: use --until for the day: `netkeep snooze ana --until fri`

"#]]);
    env.fails("pause 'ana ruiz' fri", 1).stderr_eq(str![[r#"
error: `fri` is a day, and it matches Fri Larsen
hint: use --until for the day: `netkeep pause 'ana ruiz' --until fri`

"#]]);
    env.ok("snooze ana fri --until 2w").stdout_eq(str![[r#"
Snoozed Ana Ruiz; back Mon 7 Dec, in 14 days
Snoozed Fri Larsen; back Mon 7 Dec, in 14 days

"#]]);
    // The start of a name is not enough, and the first argument is a name.
    env.ok("snooze may mon")
        .stdout_eq("Snoozed May Monk; back Mon 30 Nov, in 7 days\n");
    env.ok("snooze may 1 may")
        .stdout_eq("Snoozed May Monk; back 1 May 2027, in 5 months\n");
    env.fails("snooze ana 2w --until fri", 2)
        .stderr_eq(str![[r#"
error: `2w` and `--until fri` are two days
hint: leave one of them out

"#]]);
}

#[test]
fn what_is_no_name_and_no_day_is_named() {
    let env = Env::with_book(BOOK);
    env.fails("snooze ana tomorow", 1).stderr_eq(str![[r#"
error: nobody matches `tomorow`, and it is not a day
hint: write the day like `2w`, `fri`, `7 dec` or `2026-12-07`; `netkeep list` shows everyone

"#]]);
    env.fails("pause 7 dec", 2).stderr_eq(str![[r#"
error: `7 dec` is a day, and no one is named
hint: say who first: `netkeep pause ana 7 dec`

"#]]);
    env.fails("pause ana 05/11/2027", 2).stderr_eq(str![[r#"
error: `05/11/2027` does not say which number is the month
hint: write `2027-11-05` or `2027-05-11`

"#]]);
    env.fails("snooze ana Mon 27 Nov", 2).stderr_eq(str![[r#"
error: 27 Nov 2026 is a Friday
hint: leave out the weekday, or correct the day

"#]]);
    env.fails("snooze ana yesterday", 1).stderr_eq(str![[r#"
error: Sun 22 Nov is not in the future
hint: give a day after today

"#]]);
    env.fails("skip ana 2w", 2).stderr_eq(str![[r#"
error: `netkeep skip` takes no day
hint: `netkeep snooze ana 2w` does

"#]]);
    env.fails("resume ana bo 7 dec", 2).stderr_eq(str![[r#"
error: `netkeep resume` takes no day
hint: `netkeep pause ana bo 7 dec` does

"#]]);
    env.fails("resume ana fry", 1).stderr_eq(str![[r#"
error: nobody matches `fry`
hint: `netkeep list` shows everyone, `netkeep add fry` adds them

"#]]);
    for day in ["30 feb", "2027-02-29"] {
        env.fails(&format!("snooze bo-lind {day}"), 1)
            .stderr_eq(format!(
                "error: nobody matches `{day}`, and it is not a day\nhint: write the day like `2w`, `fri`, `7 dec` or `2026-12-07`; `netkeep list` shows everyone\n"
            ));
    }
}

#[test]
fn a_pause_stops_the_clock_and_resume_starts_it() {
    let env = Env::with_book(BOOK);
    env.ok("pause ana").stdout_eq(str![[r#"
Paused Ana Ruiz until `netkeep resume ana-ruiz`

"#]]);
    puts_in(&env, EMAIL, "paused = true");
    env.ok("resume ana").stdout_eq(str![[r#"
Resumed Ana Ruiz; due since Fri 30 Oct

"#]]);
    assert_eq!(env.book(), BOOK);
    env.run("resume ana")
        .success()
        .stdout_eq("")
        .stderr_eq("note: Ana Ruiz was not paused\n");
    assert_eq!(env.book(), BOOK);
    env.ok("snooze ana 2w");
    env.run("resume ana").success().stderr_eq(str![[r#"
note: Ana Ruiz was not paused
hint: the next touch is planned for Mon 7 Dec; `netkeep edit ana-ruiz --unset next` takes that out

"#]]);
    env.ok("undo");
    env.ok("log --amend bo --next 'fri: call'");
    env.ok("pause bo --until '1 feb'").stdout_eq(str![[r#"
Paused Bo Lind until 1 Feb 2027, in 2 months; then due; what you planned waits too: call

"#]]);
    assert!(env.book().contains("paused = 2027-02-01\n"));
    env.ok("due").stdout_eq(str![[r#"
This week: 0 of 10 done, 1 to go
NAME      DUE                   BUCKET   NEXT                    LAST
Ana Ruiz  3 weeks over, urgent  clients  email ana@acme.example  call 7 weeks ago: “budget approved”
1 contact is in no bucket (netkeep triage)

"#]]);
    env.ok("snooze bo --until 2027-03-01").stdout_eq(str![[r#"
Snoozed Bo Lind, with what you planned: call; but paused until 1 Feb 2027, in 2 months; then due 1 Mar 2027

"#]]);
    env.fails("pause ana --until yesterday", 1)
        .stderr_eq(str![[r#"
error: Sun 22 Nov is not in the future
hint: give a day after today

"#]]);
}

#[test]
fn a_dry_run_shows_the_change() {
    let env = Env::with_book(BOOK);
    for args in ["skip ana -n", "snooze ana --until fri -n", "pause ana -n"] {
        let out = crate::env::stdout(&env.ok(args));
        assert!(
            out.contains("\n+next = ") || out.contains("\n+paused = true\n"),
            "{out}"
        );
    }
    assert_eq!(env.book(), BOOK);
}

#[test]
fn lists_promises_oldest_first() {
    let env = Env::with_book(BOOK);
    env.ok("list --promised").stdout_eq("Nothing is promised\n");
    env.ok("log --amend ana --next 'in 3 weeks: send the offer'");
    env.ok("log --amend bo --next 'tomorrow: lunch'");
    env.ok("log --amend kim --next fri");
    env.ok("list --promised").stdout_eq(str![[r#"
NAME      BY                      PROMISED              BUCKET
Bo Lind   Tue 24 Nov, tomorrow    plan: lunch           friends
Ana Ruiz  Mon 14 Dec, in 3 weeks  plan: send the offer  clients

"#]]);
    env.ok("list --promised -b clients").stdout_eq(str![[r#"
NAME      BY                      PROMISED              BUCKET
Ana Ruiz  Mon 14 Dec, in 3 weeks  plan: send the offer  clients

"#]]);
    let json = crate::env::stdout(&env.ok("list --promised --json"));
    assert!(
        json.find("Bo Lind") < json.find("Ana Ruiz") && !json.contains("Kim"),
        "{json}"
    );
    // A promise that was kept is no longer listed.
    env.ok("log bo --today 2026-11-24");
    env.ok("list --promised --today 2026-11-24 lunch")
        .stdout_eq("Nothing is promised\n");
}

#[test]
fn records_what_was_given_and_got() {
    let env = Env::with_book(BOOK);
    env.ok("log ana -v call -m hi --got 'a reference'");
    assert!(env.book().contains(
        "  { on = 2026-11-23, via = \"call\", note = \"hi\", got = \"a reference\" },\n"
    ));
    env.ok("due ana --today 2027-01-11").stdout_eq(str![[r#"
NAME      DUE                   BUCKET   NEXT                   LAST
Ana Ruiz  3 weeks over, urgent  clients  email: you only asked  call 7 weeks ago: “hi”

"#]]);
    env.ok("show ana").stdout_eq(str![[r#"
Ana Ruiz
Acme

E-mail    ana@acme.example

Bucket    clients
Cadence   4 weeks
Balance   got 1, you only asked
Due       Mon 21 Dec, in 4 weeks

2 touches
  23 Nov 2026  call  hi; got: a reference
   2 Oct 2026  call  budget approved

"#]]);
    env.ok("log --amend ana --gave 'an hour'");
    assert!(
        env.book()
            .contains("got = \"a reference\", gave = \"an hour\" }")
    );
    env.ok("list 'an hour'").stdout_eq(str![[r#"
NAME      BUCKET   DUE         LAST        COMPANY
Ana Ruiz  clients  in 4 weeks  call today  Acme

"#]]);
    let show = crate::env::stdout(&env.ok("show ana"));
    assert!(show.contains("\nBalance   gave 1, got 1\n"), "{show}");
}

#[test]
fn a_proposal_says_why() {
    let mails = ["2026-09-01", "2026-09-02", "2026-09-03"]
        .map(|on| format!("{{ on = {on}, via = \"VIA\" }}"))
        .join(", ");
    let book = |via: &str, lines: &str| {
        let touches = mails.replace("VIA", via);
        format!(
            "buckets.a.cadence = '1 week'\n[[contacts]]\nname = 'Ana'\nbucket = 'a'\n{lines}\ntouches = [{touches}]\n"
        )
    };
    let how = |via: &str, lines: &str| {
        let env = Env::with_book(&book(via, lines));
        let run = env.command("due").env("COLUMNS", "80").assert();
        let out = crate::env::stdout(&run.success());
        let row = out
            .lines()
            .find(|line| line.starts_with("Ana"))
            .expect("a row");
        row.split("  a       ").nth(1).expect("a way").to_owned()
    };
    let address = "address = 'Calle Mayor 1'\nemail = 'a@b.example'";
    // A letter is for once a year.
    assert_eq!(how("email", address), "email a@b.example");
    assert_eq!(how("social", address), "meet: three by social");
    assert_eq!(
        how("social", "city = 'Oslo'"),
        "meet in Oslo: three by social"
    );
    assert_eq!(
        how("email", "phone = '+34 600'"),
        "call +34 600, the last three were email"
    );
    assert_eq!(
        how("social", "phone = '+34 600'"),
        "call +34 600: three by social"
    );
}

#[test]
fn a_postponed_day_is_never_sooner_nor_urgent_at_once() {
    let env = Env::with_book(BOOK);
    env.ok("snooze ana --until 2027-06-01");
    env.ok("skip ana")
        .stdout_eq("Skipped Ana Ruiz; back 1 Jun 2027, in 6 months\n");
    env.ok("snooze ana --until fri");
    let out = crate::env::stdout(&env.ok("due ana --today 2026-11-28"));
    assert!(out.contains("Ana Ruiz  1 day over  clients"), "{out}");
    let out = crate::env::stdout(&env.ok("due ana --today 2026-12-13"));
    assert!(
        out.contains("Ana Ruiz  16 days over, urgent  clients"),
        "{out}"
    );
}

#[test]
fn unknown_keys_in_a_plan_stay() {
    let plan = "next = { on = 2026-11-20, zone = \"CET\" }  # soon\n";
    let book = BOOK.replace(EMAIL, &format!("{EMAIL}{plan}"));
    let env = Env::with_book(&book);
    env.run("snooze ana --until fri").success();
    assert_eq!(env.book(), book.replace("2026-11-20", "2026-11-27"));
}
