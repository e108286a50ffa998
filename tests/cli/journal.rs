//! `log` without a name: the last touches. It reads, and never writes.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

fn example() -> Env {
    Env::with_book(include_str!("../../contacts.example.toml"))
}

#[test]
fn lists_the_touches_of_the_last_fourteen_days() {
    let env = Env::with_book(BOOK);
    env.ok("log kim -v call -d yesterday -m 'bought a lamp' --gave 'a lift' --in");
    env.ok("log ana bo -v event");
    let before = env.book();
    env.ok("log").stdout_eq(str![[r#"
DAY         NAME        CHANNEL   NOTE
Mon 23 Nov  Ana Ruiz    event
Mon 23 Nov  Bo Lind     event
Sun 22 Nov  Kim Jansen  call, in  bought a lamp; gave: a lift
Tue 10 Nov  Bo Lind     letter

"#]]);
    // Fourteen days ago is one of them, and the day before it is not.
    let days = |args: &str| stdout(&env.ok(args)).lines().count();
    assert_eq!(days("log --today 2026-11-24"), 5);
    assert_eq!(days("log --today 2026-11-25"), 4);
    assert_eq!(env.book(), before);
}

#[test]
fn goes_further_back_and_leaves_out_others() {
    example().ok("log --since 2026-10-01").stdout_eq(str![[r#"
DAY         NAME          CHANNEL     NOTE
Tue 10 Nov  Ana Ruiz      email, out  asked about Q3
Tue 3 Nov   Seán O’Brien  social, in  liked the post on caching
Thu 29 Oct  Seán O’Brien  event       talked after the panel; got: an invitation to the meetup
Tue 20 Oct  Mei-Ling 陳   meeting     lunch in Kyoto
Fri 2 Oct   Ana Ruiz      call        budget approved; gave: an introduction to Bo
Thu 1 Oct   Zoë Abara     call        back from Lisbon, full of plans

"#]]);
    example()
        .ok("log --since '3 months ago' -v phone -b friends")
        .stdout_eq(str![[r#"
DAY        NAME       CHANNEL  NOTE
Thu 1 Oct  Zoë Abara  call     back from Lisbon, full of plans

"#]]);
    example()
        .ok("log --since 2m --tag conference")
        .stdout_eq(str![[r#"
DAY         NAME          CHANNEL     NOTE
Tue 10 Nov  Ana Ruiz      email, out  asked about Q3
Tue 3 Nov   Seán O’Brien  social, in  liked the post on caching
Thu 29 Oct  Seán O’Brien  event       talked after the panel; got: an invitation to the meetup
Fri 2 Oct   Ana Ruiz      call        budget approved; gave: an introduction to Bo

"#]]);
    example()
        .ok("log ana --since 2026-01-01")
        .stdout_eq(str![[r#"
DAY         NAME      CHANNEL     NOTE
Tue 10 Nov  Ana Ruiz  email, out  asked about Q3
Fri 2 Oct   Ana Ruiz  call        budget approved; gave: an introduction to Bo

"#]]);
}

#[test]
fn notes_wrap_in_any_terminal() {
    let at = |width: &str| {
        let env = example();
        let command = env.command("log --since 2026-09-01").env("COLUMNS", width);
        command.assert().success()
    };
    at("80").stdout_eq(str![[r#"
DAY         NAME          CHANNEL     NOTE
Tue 10 Nov  Ana Ruiz      email, out  asked about Q3
Tue 3 Nov   Seán O’Brien  social, in  liked the post on caching
Thu 29 Oct  Seán O’Brien  event       talked after the panel; got: an invitation
                                      to the meetup
Tue 20 Oct  Mei-Ling 陳   meeting     lunch in Kyoto
Fri 2 Oct   Ana Ruiz      call        budget approved; gave: an introduction to
                                      Bo
Thu 1 Oct   Zoë Abara     call        back from Lisbon, full of plans
Wed 30 Sep  Greta Vogel   call, out   left a message
2 Sep       Greta Vogel   email, out  sent the case study
1 Sep       Tomás Novák   email       invoice settled, will need help in winter

"#]]);
    at("40").stdout_eq(str![[r#"
DAY         NAME          CHANNEL
Tue 10 Nov  Ana Ruiz      email, out
  asked about Q3
Tue 3 Nov   Seán O’Brien  social, in
  liked the post on caching
Thu 29 Oct  Seán O’Brien  event
  talked after the panel; got: an
  invitation to the meetup
Tue 20 Oct  Mei-Ling 陳   meeting
  lunch in Kyoto
Fri 2 Oct   Ana Ruiz      call
  budget approved; gave: an introduction
  to Bo
Thu 1 Oct   Zoë Abara     call
  back from Lisbon, full of plans
Wed 30 Sep  Greta Vogel   call, out
  left a message
2 Sep       Greta Vogel   email, out
  sent the case study
1 Sep       Tomás Novák   email
  invoice settled, will need help in
  winter

"#]]);
    let told = stdout(&at("20"));
    let start = "DAY         NAME\nTue 10 Nov  Ana Ruiz\n  email, out: asked\n  about Q3\n";
    assert!(told.starts_with(start), "{told}");
    for width in [20, 24, 30, 36, 40, 60, 80, 200] {
        for line in stdout(&at(&width.to_string())).lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
    }
}

#[test]
fn answers_in_json_and_in_lines() {
    let env = example();
    env.ok("log --json").stdout_eq(str![[r#"
{
  "version": 1,
  "today": "2026-11-23",
  "since": "2026-11-09",
  "touches": [
    {
      "on": "2026-11-10",
      "name": "Ana Ruiz",
      "bucket": "clients",
      "via": "email",
      "direction": "out",
      "note": "asked about Q3",
      "gave": null,
      "got": null,
      "source": null
    }
  ]
}

"#]]);
    env.ok("log --since 2026-10-29 --format '{on} {name}: !{note} ({direction}), {company}'")
        .stdout_eq(str![[r#"
2026-11-10 Ana Ruiz: asked about Q3 (out), Acme
2026-11-03 Seán O’Brien: liked the post on caching (in), Fjordlight
2026-10-29 Seán O’Brien: talked after the panel (), Fjordlight

"#]]);
    env.fails("log --format '{nme}'", 2);
    env.run("log --format '{on}' --json").code(2);
}

#[test]
fn an_option_that_records_needs_a_name_and_no_list() {
    let env = Env::with_book(BOOK);
    for option in [
        "-d fri",
        "-m x",
        "--gave x",
        "--got x",
        "--out",
        "--in",
        "--next fri",
        "--promise x",
        "--done",
        "--amend",
        "--delete",
        "--amend --to bo",
    ] {
        let refused = |line: String| {
            let stderr = env.fails(&line, 2).get_output().stderr.clone();
            String::from_utf8(stderr).expect("UTF-8")
        };
        let said = refused(format!("log {option}"));
        assert!(said.contains("needs a name"), "{option}: {said}");
        let said = refused(format!("log --since 2w {option}"));
        assert!(said.contains("`--since` lists touches"), "{option}: {said}");
        let said = refused(format!("log ana -b clients {option}"));
        assert!(
            said.contains("`--bucket` lists touches"),
            "{option}: {said}"
        );
    }
    env.fails("log ''", 2)
        .stderr_eq("error: a name cannot be blank\n");
    env.fails("log -m hi --since 2w", 2).stderr_eq(str![[r#"
error: `--since` lists touches, and `--note` records one
hint: leave one of them out

"#]]);
}

#[test]
fn refuses_what_is_not_there() {
    let env = example();
    env.fails("log -v cal", 1).stderr_eq(str![[r#"
error: there was no touch by `cal`
hint: did you mean `call`?

"#]]);
    env.fails("log --tag x", 1)
        .stderr_eq("error: nobody has the tag `x`\n...");
    env.fails("log -b x", 1)
        .stderr_eq("error: there is no bucket `x`\n...");
    env.fails("log nobody --since 2w", 1)
        .stderr_eq("error: nobody matches `nobody`\n...");
    env.fails("log --since tomorrow", 2).stderr_eq(str![[r#"
error: Tue 24 Nov is still to come
hint: give a day up to today: `netkeep log --since "3 months ago"`

"#]]);
}

#[test]
fn an_empty_journal_says_what_to_type() {
    let env = Env::with_book(BOOK);
    let run = env.run("log --since today").success();
    run.stdout_eq("No touches since Mon 23 Nov\n")
        .stderr_eq(str![[r#"
hint: the last was a letter with Bo Lind on Tue 10 Nov: `netkeep log --since 2026-11-10`

"#]]);
    let run = env.run("log -b none").success();
    run.stdout_eq("No touches since Mon 9 Nov\n")
        .stderr_eq(str![[r#"
hint: record one: `netkeep log kim-jansen -v call`

"#]]);
    let run = env.run("log -v letter -b none").success();
    run.stdout_eq("No touches by letter since Mon 9 Nov\n")
        .stderr_eq(str![[r#"
hint: record one: `netkeep log kim-jansen -v letter`

"#]]);
    Env::with_book("")
        .run("log")
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
hint: add a bucket with `netkeep bucket add clients --cadence "4 weeks"`, then people with `netkeep add` or `netkeep import FILE`

"#]]);
}

#[test]
fn an_empty_journal_names_the_last_touch_of_those_asked_for() {
    for (command, none, hint) in [
        (
            "log ana --since today",
            "No touches since Mon 23 Nov",
            "an email to Ana Ruiz on Tue 10 Nov: `netkeep log ana --since 2026-11-10`",
        ),
        (
            "log -v phone -b clients --tag rust --since today",
            "No touches by phone since Mon 23 Nov",
            "a call with Ana Ruiz on Fri 2 Oct: `netkeep log -v phone -b clients --tag rust --since 2026-10-02`",
        ),
        (
            "log -v letter",
            "No touches by letter since Mon 9 Nov",
            "a letter with Wanda Zając on 1 Jul: `netkeep log -v letter --since 2026-07-01`",
        ),
    ] {
        let run = example().run(command).success();
        run.stdout_eq(format!("{none}\n"))
            .stderr_eq(format!("hint: the last was {hint}\n"));
    }
}

#[test]
fn a_channel_that_nobody_used_is_told_with_those_that_there_are() {
    let env = example();
    let lists = |command: &str| {
        env.fails(command, 1).stderr_eq(str![[r#"
error: there was no touch by `zoom`
hint: the channels are call, email, meeting, event, social and letter

"#]]);
    };
    lists("log -v zoom");
    lists("log ana -v zoom --since 2020-01-01");
    lists("log -v zoom --format '{on}'");
    // It was used, with another and long ago.
    let used = "[[contacts]]\nname = 'Bo'\ntouches = [{ on = 2020-01-01, via = 'cal' }]\n\
         [[contacts]]\nname = 'Ana'\ntags = ['x']\n";
    let env = Env::with_book(used);
    env.run("log -v cal --tag x")
        .success()
        .stdout_eq("No touches by cal since Mon 9 Nov\n");
    env.ok("log -v cal --since 2020-01-01")
        .stdout_eq("DAY         NAME  CHANNEL\n1 Jan 2020  Bo    cal\n");
    // Names, buckets and tags are looked for in an empty book, too.
    Env::with_book("").fails("log ana --since 2w", 1);
    Env::with_book("").fails("log -b clients", 1);
}

#[cfg(unix)]
#[test]
fn reads_a_book_that_nobody_may_write() {
    use std::os::unix::fs::PermissionsExt;

    let env = Env::with_book(BOOK);
    let set = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(env.folder(), permissions).expect("set");
    };
    set(0o555);
    let run = env.run("log").success();
    set(0o755);
    assert!(stdout(&run).contains("Bo Lind"));
    assert!(
        std::fs::read_dir(env.home())
            .expect("a folder")
            .next()
            .is_none()
    );
}

#[test]
fn tells_quietly_where_a_touch_was_read() {
    let env = Env::with_book(&BOOK.replace(
        "[{ on = 2026-11-10, via = \"letter\" }]",
        "[{ on = 2026-11-10, via = \"email\", direction = \"in\", note = \"Q3\", source = \"mail\" }, { on = 2026-11-18, via = \"meeting\", source = \"calendar\" }]",
    ));
    env.ok("log").stdout_eq(str![[r#"
DAY         NAME     CHANNEL    NOTE
Wed 18 Nov  Bo Lind  meeting    from your calendar
Tue 10 Nov  Bo Lind  email, in  Q3; from your mail

"#]]);
    env.ok("log --since 1m --format '{on} {source}'")
        .stdout_eq(str![[r#"
2026-11-18 calendar
2026-11-10 mail

"#]]);
    env.ok("show bo").stdout_eq(str![[r#"
Bo Lind

Bucket    friends
Cadence   2 months
Due       Mon 18 Jan 2027, in 8 weeks

2 touches
  18 Nov 2026  meeting    from your calendar
  10 Nov 2026  email, in  Q3; from your mail

"#]]);
    env.ok("due --why bo").stdout_eq(str![[r#"
Bo Lind
  last touch  Wed 18 Nov, 5 days ago (meeting, from your calendar)
  cadence     2 months, from the bucket friends
  due day     Mon 18 Jan 2027, in 8 weeks = last touch + cadence
  limit       17 Feb 2027, in 3 months: inside it
  pressure    5 of 61 days = 0.08
  state       in 8 weeks
  class       not due this week
  place       not in this week
  how         no number or address on record

"#]]);
}
