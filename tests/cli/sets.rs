//! Sets of contacts: all in a bucket, with a tag or in a city, in place of names.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// Six people met at a conference, each with another standing.
const CONFERENCE: &str = r#"[buckets.clients]
cadence = "4 weeks"

[buckets.friends]
cadence = "2 months"

[[contacts]]
name = "Ana Ruiz"
bucket = "clients"
tags = ["conference"]   # Lisbon
city = "Lisbon"

[[contacts]]
name = "Bo Lind"
bucket = "friends"
tags = ["conference"]
paused = true

[[contacts]]
name = "Cy Ng"
bucket = "clients"
tags = ["Conference"]
touches = [{ on = 2026-11-20 }]

[[contacts]]
name = "Dee Moss"
tags = ["conference"]
city = "Lisbon"

[[contacts]]
name = "Eli Park"
bucket = "clients"
tags = ["conference"]
next = { on = 2026-11-26, what = "lunch" }

[[contacts]]
name = "Fay Holm"
bucket = "clients"
tags = ["conference"]
birthday = "soon"

[[contacts]]
name = "Gus Berg"
bucket = "clients"
"#;

/// The book without the one who has a problem.
fn sound() -> String {
    CONFERENCE.replace("birthday = \"soon\"\n", "")
}

#[test]
fn a_set_that_is_paused_for_good_says_so_once() {
    let env = Env::with_book(&sound());
    env.ok("pause -b clients --yes").stdout_eq(str![[r#"
  Ana Ruiz  clients
  Cy Ng     clients
  Eli Park  clients  what you planned waits too: lunch
  Fay Holm  clients
  Gus Berg  clients
Paused 5 contacts until you resume them; `netkeep undo` undoes it

"#]]);
}

#[test]
fn a_set_is_snoozed_and_the_others_are_told_apart() {
    let env = Env::with_book(&sound());
    env.ok("snooze --tag conference 2w --yes")
        .stdout_eq(str![[r#"
  Ana Ruiz  clients  back Mon 7 Dec, in 14 days
  Bo Lind   friends  but paused until `netkeep resume bo-lind`
  Eli Park  clients  with what you planned: lunch; back Mon 7 Dec, in 14 days
  Fay Holm  clients  back Mon 7 Dec, in 14 days
1 due later than that: Cy Ng
1 never due: Dee Moss
Snoozed 4 contacts until Mon 7 Dec; `netkeep undo` undoes it

"#]]);
    let next = "next = { on = 2026-12-07 }\n";
    let expected = sound()
        .replace(
            "tags = [\"conference\"]   # Lisbon\n",
            &format!("tags = [\"conference\"]   # Lisbon\n{next}"),
        )
        .replace("paused = true\n", &format!("paused = true\n{next}"))
        .replace("2026-11-26", "2026-12-07")
        .replace(
            "name = \"Fay Holm\"\nbucket = \"clients\"\ntags = [\"conference\"]\n",
            &format!("name = \"Fay Holm\"\nbucket = \"clients\"\ntags = [\"conference\"]\n{next}"),
        );
    assert_eq!(env.book(), expected);
    env.ok("undo");
    assert_eq!(env.book(), sound());
}

#[test]
fn a_set_needs_a_yes_where_nobody_can_be_asked() {
    let env = Env::with_book(&sound());
    env.fails("pause --in lisbon 1 feb", 1).stderr_eq(str![[r#"
error: nothing was written: `--yes` is needed to pause 2 contacts until 1 Feb 2027, in 2 months
  Ana Ruiz  clients    then due
  Dee Moss  no bucket  then never due
hint: `netkeep pause --in lisbon 1 feb --yes` goes ahead without asking; with `-n` it only shows the changes

"#]]);
    // One is a set, too.
    env.fails("skip --tag='conference' --in Lisbon -b clients", 1)
        .stderr_eq(str![[r#"
error: nothing was written: `--yes` is needed to skip 1 contact
  Ana Ruiz  clients  back Mon 21 Dec, in 4 weeks
hint: `netkeep skip --tag=conference --in Lisbon -b clients --yes` goes ahead without asking; with `-n` it only shows the changes

"#]]);
}

#[test]
fn who_cannot_be_changed_is_reported_and_the_others_are_changed() {
    let env = Env::with_book(CONFERENCE);
    env.run("move -b clients friends -y")
        .success()
        .stdout_eq(str![[r#"
  Ana Ruiz  clients  due today
  Cy Ng     clients  due Wed 20 Jan 2027, in 8 weeks
  Eli Park  clients  due Thu 26 Nov, in 3 days
  Gus Berg  clients  due today
1 cannot be changed: Fay Holm
Moved 4 contacts to friends; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
warning: `soon` is not a birthday
  --> book.toml:40:12
   |
40 | birthday = "soon"
   |            ^^^^^^
hint: write `1984-03-12` without quotes, or `"--03-12"` without the year
warning: Fay Holm stays as it is: it has problems (`netkeep check` shows them)

"#]]);
    let moved = CONFERENCE.replace("bucket = \"clients\"", "bucket = \"friends\"");
    let fay = "name = \"Fay Holm\"\nbucket = \"";
    assert_eq!(
        env.book(),
        moved.replace(&format!("{fay}friends"), &format!("{fay}clients"))
    );
}

#[test]
fn newcomers_of_a_set_are_spread_over_the_cadence() {
    let people: String = (10..34)
        .map(|number| format!("\n[[contacts]]\nname = \"Person {number}\"\n"))
        .collect();
    let env = Env::with_book(&format!("{BOOK}{people}"));
    env.ok("move -b none -b friends to clients --yes")
        .stdout_eq(str![[r#"
  Bo Lind     friends    due Tue 8 Dec, in 15 days
  Kim Jansen  no bucket  first due Mon 30 Nov, in 7 days
  Person 10   no bucket  first due Mon 14 Dec, in 3 weeks
  Person 11   no bucket  first due Tue 1 Dec, in 8 days
  Person 12   no bucket  first due Mon 7 Dec, in 14 days
  Person 13   no bucket  first due Tue 15 Dec, in 3 weeks
  Person 14   no bucket  first due Tue 24 Nov, tomorrow
  Person 15   no bucket  first due Wed 2 Dec, in 9 days
  Person 16   no bucket  first due Wed 9 Dec, in 16 days
  Person 17   no bucket  first due Wed 16 Dec, in 3 weeks
  and 16 more
Moved 26 contacts to clients; first due from Tue 24 Nov to Fri 18 Dec; `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), format!("{BOOK}{people}"));
}

#[test]
fn a_dry_run_of_a_set_shows_the_diff() {
    let env = Env::with_book(&sound());
    env.run("resume --tag conference -n")
        .success()
        .stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -14,7 +14,6 @@
 name = "Bo Lind"
 bucket = "friends"
 tags = ["conference"]
-paused = true
 
 [[contacts]]
 name = "Cy Ng"

"#]])
        .stderr_eq(str![[r#"
note: 5 not paused: Ana Ruiz, Cy Ng, Dee Moss and 2 more

"#]]);
    assert_eq!(env.book(), sound());
}

#[test]
fn a_set_in_which_all_is_as_it_should_be_is_left_alone() {
    let env = Env::with_book(BOOK);
    env.ok("resume -b clients").stdout_eq(str![[r#"
1 not paused: Ana Ruiz
Nothing to change

"#]]);
    env.ok("move -b friends friends").stdout_eq(str![[r#"
1 already in friends: Bo Lind
Nothing to change

"#]]);
    assert_eq!(env.book(), BOOK);
}

#[test]
fn a_set_and_names_are_two_ways_to_say_who() {
    let env = Env::with_book(&sound());
    for (args, said) in [
        (
            "snooze ana --tag conference 2w",
            "`ana` and `--tag conference` are two ways to say who\nhint: leave one of them out",
        ),
        (
            "move gus -b clients --in Lisbon friends",
            "`gus` and `-b clients` and `--in Lisbon` are two ways to say who\nhint: leave one of them out",
        ),
        (
            "snooze --tag conference 30 feb",
            "`30 feb` is not a day\nhint: write it like `2w`, `next fri`, `7 dec` or `2026-12-07`",
        ),
        (
            "snooze --tag conference",
            "until when?\nhint: say it last: `netkeep snooze --tag conference 2w`",
        ),
        (
            "move --tag conference",
            "`netkeep move` needs a bucket\nhint: say it last: `netkeep move --tag conference friends`",
        ),
    ] {
        env.fails(args, 2).stderr_eq(format!("error: {said}\n"));
    }
}

#[test]
fn a_set_of_nobody_is_an_error() {
    let env = Env::with_book(&sound());
    env.fails("snooze --tag confernce 2w", 1)
        .stderr_eq(str![[r#"
error: nobody has the tag `confernce`
hint: did you mean `conference`?

"#]]);
    env.fails("skip -b friends --in Lisbon", 1)
        .stderr_eq(str![[r#"
error: nothing was written: nobody matches
hint: `netkeep list` shows everyone

"#]]);
}

#[test]
fn a_day_in_a_set_is_no_name() {
    let env = Env::with_book(&sound().replace("Gus Berg", "Friday Berg"));
    let said = stdout(&env.ok("snooze -b clients --in Lisbon friday -y"));
    let end = "Snoozed 1 contact until Fri 27 Nov; `netkeep undo` undoes it\n";
    assert!(said.ends_with(end), "{said}");
    let said = stdout(&env.ok("pause --until friday -b friends --yes"));
    let end = "Paused 1 contact until Fri 27 Nov, in 4 days; `netkeep undo` undoes it\n";
    assert!(said.ends_with(end), "{said}");
    let said = stdout(&env.ok("pause -b friends until march --yes"));
    let end = "Paused 1 contact until 1 Mar 2027, in 3 months; `netkeep undo` undoes it\n";
    assert!(said.ends_with(end), "{said}");
}

#[test]
fn none_takes_contacts_out_of_their_bucket() {
    let env = Env::with_book(&sound());
    env.ok("move gus eli dee None").stdout_eq(str![[r#"
Took Gus Berg out of clients; no longer due
Took Eli Park out of clients; still due Thu 26 Nov, in 3 days
Dee Moss is in no bucket already; never due

"#]]);
    let book = sound();
    let gus = "name = \"Gus Berg\"\n";
    let eli = "name = \"Eli Park\"\n";
    let bucket = "bucket = \"clients\"\n";
    let expected = book
        .replace(&format!("{gus}{bucket}"), gus)
        .replace(&format!("{eli}{bucket}"), eli);
    assert_eq!(env.book(), expected);
    // A first day goes with the bucket.
    env.ok("move gus clients");
    env.ok("move gus none");
    assert_eq!(env.book(), expected);
    env.ok("move --tag conference none -y").stdout_eq(str![[r#"
  Ana Ruiz  clients  no longer due
  Bo Lind   friends  paused
  Cy Ng     clients  no longer due
  Fay Holm  clients  no longer due
2 already in no bucket: Dee Moss and Eli Park
Took 4 contacts out of their buckets; `netkeep undo` undoes it

"#]]);
}

#[test]
fn none_lists_contacts_without_a_bucket() {
    let env = Env::with_book(BOOK);
    for (args, names) in [
        ("list -b none --format {name}", "Kim Jansen\n"),
        (
            "list -b NONE -b friends --format {name}",
            "Bo Lind\nKim Jansen\n",
        ),
        ("due --all -b none --count", "0\n"),
    ] {
        env.ok(args).stdout_eq(names);
    }
    env.ok("add 'Lee Wood' -b none");
    assert!(
        env.book()
            .ends_with("name = \"Lee Wood\"\nadded = 2026-11-23\n")
    );
    // A bucket that has the name is meant by it.
    let named = BOOK
        .replace("[buckets.friends]", "[buckets.none]")
        .replace("\"friends\"", "\"none\"");
    let env = Env::with_book(&named);
    env.ok("list -b none --format {name}")
        .stdout_eq("Bo Lind\n");
    env.ok("move kim none")
        .stdout_eq("Moved Kim Jansen to none; first due Mon 30 Nov, in 7 days\n");
}

#[cfg(unix)]
#[test]
fn a_person_is_shown_the_set_and_asked_once() {
    let env = Env::with_book(&sound());
    for (key, end) in [
        ("n", "Nothing was written"),
        (
            "",
            "Paused 2 contacts until Mon 7 Dec, in 14 days; `netkeep undo` undoes it",
        ),
    ] {
        assert_eq!(env.book(), sound());
        let mut session = crate::pty::at_a_terminal(&env, "pause --in Lisbon 2w");
        for line in [
            "  Ana Ruiz  clients    then due",
            "  Dee Moss  no bucket  then never due",
            "Pause 2 contacts until Mon 7 Dec, in 14 days? [Y/n]",
        ] {
            session.exp_string(line).expect(line);
        }
        session.send_line(key).expect("sent");
        session.exp_string(end).expect(end);
        session.exp_eof().expect("the end");
    }
    assert_eq!(env.book().matches("paused = 2026-12-07").count(), 2);
}

#[test]
fn keys_of_a_set_are_changed() {
    let env = Env::with_book(&sound());
    env.ok("edit --tag conference --set city=Lisbon --set tags+=portugal -y")
        .stdout_eq(str![[r#"
  Ana Ruiz  clients    tags conference, portugal
  Bo Lind   friends    city Lisbon; tags conference, portugal
  Cy Ng     clients    city Lisbon; tags Conference, portugal
  Dee Moss  no bucket  tags conference, portugal
  Eli Park  clients    city Lisbon; tags conference, portugal
  Fay Holm  clients    city Lisbon; tags conference, portugal
Changed 6 contacts; `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    env.ok("edit --in lisbon --set bucket=friends --yes")
        .stdout_eq(str![[r#"
  Ana Ruiz  clients    bucket friends; was clients
  Dee Moss  no bucket  bucket friends; first due Mon 30 Nov, in 7 days
Changed 2 contacts; `netkeep undo` undoes it

"#]]);
    env.ok("undo");
    env.ok("edit -b clients --unset city --set tags-=nobody -y")
        .stdout_eq(str![[r#"
5 without it: Ana Ruiz, Cy Ng, Eli Park and 2 more
Nothing to change

"#]]);
    env.run("edit -b friends --set shoe=42 --yes")
        .success()
        .stdout_eq(str![[r#"
  Bo Lind  friends  shoe 42
Changed 1 contact; `netkeep undo` undoes it

"#]])
        .stderr_eq(str![[r#"
note: `shoe` is a key of your own: netkeep keeps it and does nothing with it

"#]]);
    env.ok("undo");
    assert_eq!(env.book(), sound());
}

#[test]
fn edits_of_a_set_that_cannot_be_are_refused() {
    let env = Env::with_book(&sound());
    for (args, said) in [
        (
            "edit --tag conference",
            "`netkeep edit` opens one contact, or the whole book, and no set of contacts\n\
             hint: say what to change: `netkeep edit --tag conference --set city=Oslo`",
        ),
        (
            "edit --tag conference --set name=Ana",
            "`name` belongs to one contact\nhint: name the contact: `netkeep edit NAME --set KEY=VALUE`",
        ),
        (
            "edit ana --tag conference --set city=Oslo",
            "`ana` and `--tag conference` are two ways to say who\nhint: leave one of them out",
        ),
    ] {
        env.fails(args, 2).stderr_eq(format!("error: {said}\n"));
    }
}

#[test]
fn a_bucket_taken_out_by_key_takes_its_day_with_it() {
    let env = Env::with_book(BOOK);
    env.ok("move kim clients");
    env.ok("edit kim --unset bucket").stdout_eq(str![[r#"
Changed Kim Jansen: no bucket; was clients; no longer due

"#]]);
    assert_eq!(env.book(), BOOK);
    env.ok("edit bo --set bucket=none").stdout_eq(str![[r#"
Changed Bo Lind: no bucket; was friends; no longer due

"#]]);
    assert_eq!(
        env.book(),
        BOOK.replace("bucket = \"friends\"\ntouches", "touches")
    );
}

#[test]
fn none_leaves_new_people_without_a_bucket() {
    let env = Env::with_book(BOOK);
    env.write(
        "people.csv",
        "Name,Email,Bucket\nLee Wood,lee@wood.example,clients\n",
    );
    env.run("import people.csv -b none --yes").success();
    assert!(env.book().contains("name = \"Lee Wood\""));
    env.ok("list -b none --format {name}")
        .stdout_eq("Kim Jansen\nLee Wood\n");
}
