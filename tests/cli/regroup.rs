//! `regroup`: who belongs in which bucket.

use snapbox::str;

use crate::env::Env;
use crate::triage::newcomers;

/// A book with every kind of finding.
fn muddle() -> String {
    let every = |days: u64, count: u64, more: &str| {
        let day = |at: u64| {
            chrono::NaiveDate::from_ymd_opt(2026, 9, 20).expect("a day")
                - chrono::Days::new(at * days)
        };
        let rows: String = (0..count)
            .map(|at| format!("  {{ on = {}{more} }},\n", day(at)))
            .collect();
        format!("touches = [\n{rows}]\n")
    };
    let contact = |name: &str, lines: &str, touches: &str| {
        format!("\n[[contacts]]\nname = \"{name}\"\n{lines}\n{touches}")
    };
    [
        "[buckets.clients]\ncadence = \"4 weeks\"\n\n[buckets.friends]\ncadence = \"2 months\"\n"
            .to_owned(),
        contact("Slow", "bucket = \"clients\"", &every(63, 5, "")),
        contact("Slower", "bucket = \"clients\"", &every(120, 4, "")),
        contact(
            "Quiet",
            "bucket = \"friends\"",
            &every(10, 3, ", direction = \"out\""),
        ),
        contact("Unknown", "bucket = \"friends\"\nadded = 2026-01-01", ""),
        contact("Often", "", &every(27, 4, "")),
        contact("Fine", "bucket = \"clients\"", &every(28, 4, "")),
    ]
    .concat()
}

#[test]
fn regroup_lists_what_it_would_do() {
    let env = Env::with_book(&muddle());
    env.ok("regroup --list").stdout_eq(str![[r#"
NAME     BUCKET   WHY                             PROPOSAL
Slow     clients  every 9 weeks, set to 4 weeks   move to friends
Slower   clients  every 4 months, set to 4 weeks  set to 4 months
Quiet    friends  rests: 3 without an answer      drop: no bucket
Unknown  friends  never touched                   drop: no bucket
Often             4 touches in half a year        move to clients

"#]]);
    env.ok("regroup --list --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "findings": [
    {
      "name": "Slow",
      "bucket": "clients",
      "why": "rhythm",
      "median_gap_days": 63,
      "proposal": "move",
      "to": "friends"
    },
    {
      "name": "Slower",
      "bucket": "clients",
      "why": "rhythm",
      "median_gap_days": 120,
      "proposal": "cadence",
      "to": "4 months"
    },
    {
      "name": "Quiet",
      "bucket": "friends",
      "why": "resting",
      "median_gap_days": null,
      "proposal": "drop",
      "to": null
    },
    {
      "name": "Unknown",
      "bucket": "friends",
      "why": "never",
      "median_gap_days": null,
      "proposal": "drop",
      "to": null
    },
    {
      "name": "Often",
      "bucket": null,
      "why": "often",
      "median_gap_days": 27,
      "proposal": "move",
      "to": "clients"
    }
  ]
}

"#]]);
    let example = Env::with_book(include_str!("../../contacts.example.toml"));
    example.ok("regroup --list").stdout_eq(str![[r#"
NAME         BUCKET     WHY                         PROPOSAL
Greta Vogel  prospects  rests: 3 without an answer  drop: no bucket

"#]]);
}

#[test]
fn regroup_applies_the_answers_and_writes_the_day() {
    let env = Env::with_book(&muddle());
    let run = env.command("regroup").stdin("y y y k y").assert();
    run.success()
        .stdout_eq(str![[r#"
Moved Slow from clients to friends
Set the cadence of Slower to 4 months
Dropped Quiet from friends
Moved Often to clients; first due Mon 30 Nov, in 7 days
Regrouped; next time: 24 May 2027; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
5 contacts to look at

Slow
  9 weeks ago
  clients; every 9 weeks, set to 4 weeks
[y] move to friends [k] keep [d] drop [u] undo [q] stop [?] keys (5 left) y

Slower
  9 weeks ago
  clients; every 4 months, set to 4 weeks
[y] set to 4 months [k] keep [2] friends [d] drop [u] undo [q] stop [?] keys (4 left) y

Quiet
  9 weeks ago, no answer yet
  friends; rests: 3 without an answer
[y] drop: no bucket [k] keep [1] clients [u] undo [q] stop [?] keys (3 left) y

Unknown
  not in touch yet
  friends; never touched
[y] drop: no bucket [k] keep [1] clients [u] undo [q] stop [?] keys (2 left) k

Often
  9 weeks ago
  no bucket; 4 touches in half a year
[y] move to clients [k] keep [2] friends [u] undo [q] stop [?] keys (1 left) y

"#]]);
    let expected = muddle()
        .replacen("bucket = \"clients\"\n", "bucket = \"friends\"\n", 1)
        .replace(
            "name = \"Slower\"\nbucket = \"clients\"\n",
            "name = \"Slower\"\nbucket = \"clients\"\ncadence = \"4 months\"\n",
        )
        .replace(
            "name = \"Quiet\"\nbucket = \"friends\"\n",
            "name = \"Quiet\"\n",
        )
        .replace(
            "name = \"Often\"\n",
            "name = \"Often\"\nbucket = \"clients\"\nnext = { on = 2026-11-30 }\n",
        )
        .replace(
            "\n[[contacts]]\nname = \"Slow\"",
            "\n[regroup]\nlast = 2026-11-23\n\n[[contacts]]\nname = \"Slow\"",
        );
    assert_eq!(env.book(), expected);
    env.ok("undo");
    assert_eq!(env.book(), muddle());
}

#[test]
fn a_stopped_regrouping_is_not_complete() {
    let env = Env::with_book(&muddle());
    env.command("regroup")
        .stdin("y q")
        .assert()
        .success()
        .stdout_eq(str![[r#"
Moved Slow from clients to friends
Not all were looked at: `netkeep regroup` goes on; `netkeep undo` undoes this

"#]]);
    assert!(!env.book().contains("[regroup]"));
    env.command("regroup")
        .stdin("u q")
        .assert()
        .success()
        .stdout_eq("Nothing to write\n");
    env.ok("regroup --done").stdout_eq(str![[r#"
Regrouped; next time: 24 May 2027; `netkeep undo` undoes it

"#]]);
    assert!(env.book().contains("[regroup]\nlast = 2026-11-23\n"));
    env.ok("regroup --done --today 2027-05-24");
    assert!(env.book().contains("[regroup]\nlast = 2027-05-24\n"));
}

#[test]
fn nobody_is_asked_about_again_after_triage() {
    let env = Env::with_book(&newcomers(12));
    let run = env.command("triage").stdin("1".repeat(12)).assert();
    run.success();
    for day in ["2026-11-23", "2026-11-29", "2027-02-01"] {
        env.ok(&format!("regroup --list --today {day}"))
            .stdout_eq("Everybody is where they belong\n");
    }
}
