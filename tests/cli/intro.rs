//! `log --intro`: two contacts that you introduced to each other.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// A plan with a reason, a plan without one, and a name with marks.
const PLANS: &str = r#"[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ana Ruiz"
bucket = "friends"
next = { on = 2026-11-27, what = "lunch" }

[[contacts]]
name = "Bo Lind"
bucket = "friends"
next = { on = 2026-12-01 }

[[contacts]]
name = "Smith, Cy (Acme)"
"#;

#[test]
fn logs_a_touch_with_each_and_plans_to_ask() {
    let env = Env::with_book(BOOK);
    env.ok("log ana bo --intro -v email -m 'both do optics'")
        .stdout_eq(str![[r#"
Logged an email with Ana Ruiz today; due Mon 14 Dec, in 3 weeks
Next with Ana Ruiz: Mon 14 Dec, in 3 weeks: ask how it went with Bo Lind
Logged an email with Bo Lind today; due Mon 14 Dec, in 3 weeks
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Ana Ruiz

"#]]);
    let last = "budget approved\" },  # a good one\n";
    let touch = "  { on = 2026-11-23, via = \"email\", note = \"both do optics\", gave = \"an introduction to Bo Lind\" },\n";
    let next = "next = { on = 2026-12-14, what = \"ask how it went with Bo Lind\" }\n";
    let letter = "touches = [{ on = 2026-11-10, via = \"letter\" }]\n";
    let with_ana = "next = { on = 2026-12-14, what = \"ask how it went with Ana Ruiz\" }\n\
        touches = [{ on = 2026-11-10, via = \"letter\" }, { on = 2026-11-23, via = \"email\", note = \"both do optics\", gave = \"an introduction to Ana Ruiz\" }]\n";
    let email = "email = \"ana@acme.example\"\n";
    let expected = BOOK
        .replace(last, &format!("{last}{touch}"))
        .replace(email, &format!("{email}{next}"))
        .replace(letter, with_ana);
    assert_eq!(env.book(), expected);
    env.ok("undo");
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_plan_with_a_reason_stays_and_one_without_is_replaced() {
    let env = Env::with_book(PLANS);
    env.ok("log ana bo --intro").stdout_eq(str![[r#"
Logged a touch with Ana Ruiz today; due Fri 27 Nov, in 4 days
The plan for Fri 27 Nov stays: lunch (`netkeep promise --done ana-ruiz` takes it out)
Logged a touch with Bo Lind today; due Mon 14 Dec, in 3 weeks
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Ana Ruiz
Replaced: Tue 1 Dec

"#]]);
    let touch = |name: &str| {
        format!("touches = [\n  {{ on = 2026-11-23, gave = \"an introduction to {name}\" }},\n]\n")
    };
    let lunch = "next = { on = 2026-11-27, what = \"lunch\" }\n";
    let ask = "next = { on = 2026-12-14, what = \"ask how it went with Ana Ruiz\" }\n";
    let expected = PLANS
        .replace(lunch, &format!("{lunch}{}", touch("Bo Lind")))
        .replace(
            "next = { on = 2026-12-01 }\n",
            &format!("{ask}{}", touch("Ana Ruiz")),
        );
    assert_eq!(env.book(), expected);
}

#[test]
fn a_plan_that_a_touch_has_spent_does_not_stay() {
    let spent = PLANS.replace(
        "next = { on = 2026-11-27, what = \"lunch\" }\n",
        "next = { on = 2026-10-01, what = \"lunch\" }\ntouches = [{ on = 2026-11-10 }]\n",
    );
    let env = Env::with_book(&spent);
    env.ok("log ana bo --intro -d 2026-09-20")
        .stdout_eq(str![[r#"
Logged a touch with Ana Ruiz on 20 Sep; due Mon 14 Dec, in 3 weeks
Next with Ana Ruiz: Mon 14 Dec, in 3 weeks: ask how it went with Bo Lind
Replaced: Thu 1 Oct: lunch
Logged a touch with Bo Lind on 20 Sep; due Mon 14 Dec, in 3 weeks
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Ana Ruiz
Replaced: Tue 1 Dec

"#]]);
    assert!(
        env.book()
            .contains("next = { on = 2026-12-14, what = \"ask how it went with Bo Lind\" }"),
        "{}",
        env.book()
    );
}

#[test]
fn a_plan_for_today_is_done_by_it() {
    let env = Env::with_book(&PLANS.replace("2026-11-27", "2026-11-23"));
    env.ok("log ana bo --intro").stdout_eq(str![[r#"
Logged a touch with Ana Ruiz today; due Mon 14 Dec, in 3 weeks
Next with Ana Ruiz: Mon 14 Dec, in 3 weeks: ask how it went with Bo Lind
Done: the plan for Mon 23 Nov: lunch
Logged a touch with Bo Lind today; due Mon 14 Dec, in 3 weeks
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Ana Ruiz
Replaced: Tue 1 Dec

"#]]);
    let touch = |name: &str| {
        format!(
            "next = {{ on = 2026-12-14, what = \"ask how it went with {name}\" }}\n\
             touches = [\n  {{ on = 2026-11-23, gave = \"an introduction to {name}\" }},\n]\n"
        )
    };
    let expected = PLANS
        .replace(
            "next = { on = 2026-11-27, what = \"lunch\" }\n",
            &touch("Bo Lind"),
        )
        .replace("next = { on = 2026-12-01 }\n", &touch("Ana Ruiz"));
    assert_eq!(env.book(), expected);
}

#[test]
fn promises_and_what_is_done_go_with_it() {
    let both = PLANS.replace("on = 2026-12-01", "on = 2026-12-01, what = \"a walk\"");
    let env = Env::with_book(&both);
    env.ok(
        "log ana bo --intro --done -d yesterday --out --got 'her thanks' --promise 'fri: a link'",
    )
    .stdout_eq(str![[r#"
Logged a touch to Ana Ruiz yesterday; due Fri 27 Nov, in 4 days
Next with Ana Ruiz: Mon 14 Dec, in 3 weeks: ask how it went with Bo Lind
Done: the plan for Fri 27 Nov: lunch
Promised Ana Ruiz by Fri 27 Nov: a link
Logged a touch to Bo Lind yesterday; due Fri 27 Nov, in 4 days
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Ana Ruiz
Done: the plan for Tue 1 Dec: a walk
Promised Bo Lind by Fri 27 Nov: a link

"#]]);
    assert_eq!(
        env.book(),
        both.replace(
            "next = { on = 2026-11-27, what = \"lunch\" }",
            "next = { on = 2026-12-14, what = \"ask how it went with Bo Lind\" }\n\
             promises = [\n  { by = 2026-11-27, what = \"a link\" },\n]\n\
             touches = [\n  { on = 2026-11-22, direction = \"out\", gave = \"an introduction to Bo Lind\", got = \"her thanks\" },\n]",
        )
        .replace(
            "next = { on = 2026-12-01, what = \"a walk\" }",
            "next = { on = 2026-12-14, what = \"ask how it went with Ana Ruiz\" }\n\
             promises = [\n  { by = 2026-11-27, what = \"a link\" },\n]\n\
             touches = [\n  { on = 2026-11-22, direction = \"out\", gave = \"an introduction to Ana Ruiz\", got = \"her thanks\" },\n]",
        )
    );
}

#[test]
fn an_old_introduction_is_asked_about_three_weeks_from_today() {
    let env = Env::with_book(BOOK);
    env.ok("log ana bo --intro -d 2026-01-05");
    assert_eq!(env.book().matches("on = 2026-12-14, what").count(), 2);
    assert_eq!(env.book().matches("on = 2026-01-05, gave").count(), 2);
}

#[test]
fn it_is_between_two_contacts() {
    let env = Env::with_book(BOOK);
    env.fails("log ana --intro", 2).stderr_eq(str![[r#"
error: an introduction is between two contacts, and Ana Ruiz alone is named
hint: type it like `netkeep log ana-ruiz bo-lind --intro -m "both do optics"`

"#]]);
    env.fails("log ana bo kim --intro", 2).stderr_eq(str![[r#"
error: an introduction is between two contacts, and Ana Ruiz, Bo Lind and Kim Jansen are named
hint: type it like `netkeep log ana-ruiz bo-lind --intro -m "both do optics"`

"#]]);
    env.fails("log --intro", 2).stderr_eq(str![[r#"
error: an introduction is between two contacts, and none is named
hint: type it like `netkeep log ana-ruiz bo-lind --intro -m "both do optics"`

"#]]);
    env.fails("log ana ruiz --intro", 2).stderr_eq(str![[r#"
error: an introduction is between two contacts, and Ana Ruiz alone is named
hint: type it like `netkeep log ana-ruiz bo-lind --intro -m "both do optics"`

"#]]);
    env.fails("log ana-ruiz ana --intro", 2).stderr_eq(str![[r#"
error: an introduction is between two contacts, and Ana Ruiz alone is named
hint: type it like `netkeep log ana-ruiz bo-lind --intro -m "both do optics"`

"#]]);
    env.fails("log ana nobody --intro", 1).stderr_eq(str![[r#"
error: nobody matches `nobody`
hint: `netkeep list` shows everyone, `netkeep add nobody` adds them

"#]]);
    let empty = Env::empty();
    empty.fails("log ana bo --intro", 1);
}

#[test]
fn options_that_say_otherwise_are_refused() {
    let env = Env::with_book(BOOK);
    for option in ["--gave x", "--next fri", "--amend", "--delete"] {
        env.fails(&format!("log ana bo --intro {option}"), 2);
    }
    env.fails("log ana bo --intro --amend --to kim", 2);
    env.fails("log ana bo --intro --since yesterday", 2)
        .stderr_eq(str![[r#"
error: `--since` lists touches, and `--intro` records one
hint: leave one of them out

"#]]);
    env.fails("log ana bo email --intro", 1).stderr_eq(str![[r#"
error: `email` is a channel, not a name
hint: did you mean `netkeep log ana bo -v email --intro`?

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_name_with_marks_is_given_as_it_is() {
    let env = Env::with_book(PLANS);
    env.ok("log bo smith --intro").stdout_eq(str![[r#"
Logged a touch with Bo Lind today; due Mon 14 Dec, in 3 weeks
Next with Bo Lind: Mon 14 Dec, in 3 weeks: ask how it went with Smith, Cy (Acme)
Replaced: Tue 1 Dec
Logged a touch with Smith, Cy (Acme) today; due Mon 14 Dec, in 3 weeks
Next with Smith, Cy (Acme): Mon 14 Dec, in 3 weeks: ask how it went with Bo Lind

"#]]);
    let gave = "gave = \"an introduction to Smith, Cy (Acme)\"";
    assert!(env.book().contains(gave), "{}", env.book());
    // The report knows it as an introduction that you made.
    let run = env.run("report -o -").success();
    let report = stdout(&run);
    assert!(report.contains("an introduction to Smith, Cy (Acme)"));
}

#[test]
fn no_plan_is_later_than_the_last_day() {
    for (today, next) in [
        ("9999-12-10", "9999-12-31"),
        ("9999-12-11", "9999-12-31"),
        ("9999-12-30", "9999-12-31"),
    ] {
        let env = Env::with_book(BOOK);
        env.ok(&format!("log lind kim --intro --today {today}"));
        let next = format!("next = {{ on = {next}, what = \"ask how it went with Bo Lind\" }}");
        assert!(env.book().contains(&next), "{today}: {}", env.book());
    }
    let env = Env::with_book(BOOK);
    env.fails("log lind kim --intro --today 9999-12-31", 1)
        .stderr_eq(str![[r#"
error: Fri 31 Dec cannot be the day of a next touch: it is not after the touch
hint: give a day after the touch, from today on

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn keeps_crlf() {
    let crlf = PLANS.replace('\n', "\r\n");
    let [env, lf] = [&crlf, PLANS].map(Env::with_book);
    for env in [&env, &lf] {
        env.ok("log bo smith --intro");
    }
    assert_eq!(env.book(), lf.book().replace('\n', "\r\n"));
    env.ok("undo");
    assert_eq!(env.book(), crlf);
}

#[test]
fn a_dry_run_shows_both_and_writes_nothing() {
    let env = Env::with_book(PLANS);
    env.ok("log ana bo --intro -m optics -n")
        .stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -5,11 +5,17 @@
 name = "Ana Ruiz"
 bucket = "friends"
 next = { on = 2026-11-27, what = "lunch" }
+touches = [
+  { on = 2026-11-23, note = "optics", gave = "an introduction to Bo Lind" },
+]
 
 [[contacts]]
 name = "Bo Lind"
 bucket = "friends"
-next = { on = 2026-12-01 }
+next = { on = 2026-12-14, what = "ask how it went with Ana Ruiz" }
+touches = [
+  { on = 2026-11-23, note = "optics", gave = "an introduction to Ana Ruiz" },
+]
 
 [[contacts]]
 name = "Smith, Cy (Acme)"

"#]]);
    assert_eq!(env.book(), PLANS);
}

#[test]
fn answers_in_json_with_both() {
    let env = Env::with_book(PLANS);
    env.ok("log ana bo --intro --json").stdout_eq(str![[r#"
{
  "version": 1,
  "command": "log",
  "written": true,
  "contacts": [
    {
      "name": "Ana Ruiz",
      "due": "2026-11-27",
      "changed": {
        "touches": {
          "old": [],
          "new": [
            {
              "on": "2026-11-23",
              "via": null,
              "direction": null,
              "note": null,
              "gave": "an introduction to Bo Lind",
              "got": null,
              "source": null
            }
          ]
        }
      }
    },
    {
      "name": "Bo Lind",
      "due": "2026-12-14",
      "changed": {
        "next": {
          "old": {
            "on": "2026-12-01",
            "what": null
          },
          "new": {
            "on": "2026-12-14",
            "what": "ask how it went with Ana Ruiz"
          }
        },
        "touches": {
          "old": [],
          "new": [
            {
              "on": "2026-11-23",
              "via": null,
              "direction": null,
              "note": null,
              "gave": "an introduction to Ana Ruiz",
              "got": null,
              "source": null
            }
          ]
        }
      }
    }
  ],
  "undo": {
    "step": 1,
    "what": "log: a touch with Ana Ruiz and Bo Lind"
  }
}

"#]]);
}

#[test]
fn what_was_given_goes_through_other_formats() {
    let env = Env::with_book(PLANS);
    env.ok("log ana bo --intro -m optics");
    for to in ["vcard", "csv", "toml"] {
        let run = env.run(&format!("export --to {to}")).success();
        let other = Env::with_book("[buckets.friends]\ncadence = \"2 months\"\n");
        let name = format!("people.{}", if to == "vcard" { "vcf" } else { to });
        other.write(&name, stdout(&run));
        other.run(&format!("import {name} --yes")).success();
        for gave in ["an introduction to Bo Lind", "an introduction to Ana Ruiz"] {
            assert!(other.book().contains(gave), "{to}: {}", other.book());
        }
    }
}
