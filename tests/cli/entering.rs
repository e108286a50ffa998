//! Who comes into a bucket and was in none is not overdue at once.

use snapbox::str;

use crate::env::{BOOK, Env, stdout};

/// Nobody is in a bucket yet: a pal of old, one in touch last week, a stranger.
const LOOSE: &str = r#"[buckets.clients]
cadence = "4 weeks"

[[contacts]]
name = "Old Pal"
added = 2019-05-01
touches = [
  { on = 2019-05-05, via = "call" },
]

[[contacts]]
name = "Bo Lind"
touches = [
  { on = 2026-11-16, via = "call" },
]

[[contacts]]
name = "Cy Ng"
added = 2026-11-20
"#;

#[track_caller]
fn moves(args: &str, old: &str, new: &str, said: &str) {
    let env = Env::with_book(LOOSE);
    let answer = stdout(&env.ok(args));
    assert!(answer.starts_with(said), "{answer}");
    assert_eq!(env.book(), LOOSE.replacen(old, new, 1), "{args}");
    env.ok("undo");
    assert_eq!(env.book(), LOOSE);
}

const PAL: &str = "name = \"Old Pal\"\nadded = 2019-05-01\n";
const PLANNED: &str =
    "name = \"Old Pal\"\nbucket = \"clients\"\nadded = 2019-05-01\nnext = { on = 2026-11-30 }\n";

#[test]
fn a_pal_of_old_is_first_due_within_a_cadence() {
    let said = "Moved Old Pal to clients; first due Mon 30 Nov, in 7 days\n";
    moves("move pal clients", PAL, PLANNED, said);
    let said = "Changed Old Pal: bucket clients; first due Mon 30 Nov, in 7 days\n";
    moves("edit pal --set bucket=clients", PAL, PLANNED, said);
    let said =
        "Moved 1 contact to clients; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it\n";
    moves("triage --set pal=clients", PAL, PLANNED, said);
}

#[test]
fn now_leaves_the_first_day_out() {
    let now = "name = \"Old Pal\"\nbucket = \"clients\"\nadded = 2019-05-01\n";
    let said = "Moved Old Pal to clients; due since 2 Jun 2019\n";
    moves("move pal clients --now", PAL, now, said);
    let said = "Changed Old Pal: bucket clients; due since 2 Jun 2019\n";
    moves("edit pal --set bucket=clients --now", PAL, now, said);
    let said = "Moved 1 contact to clients; due since 2 Jun 2019; `netkeep undo` undoes it\n";
    moves("triage --now --set pal=clients", PAL, now, said);
}

#[test]
fn now_takes_a_first_day_out_again() {
    let env = Env::with_book(BOOK);
    env.ok("add 'Old Pal' --last '1 jan 2020'");
    env.ok("move old pal clients");
    env.ok("move old pal clients --now").stdout_eq(str![[r#"
Old Pal is in clients already; due since 29 Jan 2020

"#]]);
    assert!(
        !env.book().contains("next = { on = 2026-11-30"),
        "{}",
        env.book()
    );
    // A plan with a reason stays.
    env.ok("log --amend old-pal --next '7 dec: lunch'");
    env.ok("move old pal friends --now").stdout_eq(str![[r#"
Moved Old Pal from clients to friends; due Mon 7 Dec, in 14 days

"#]]);
}

#[test]
fn who_would_not_be_overdue_keeps_the_day_of_the_cadence() {
    moves(
        "move bo clients",
        "name = \"Bo Lind\"\n",
        "name = \"Bo Lind\"\nbucket = \"clients\"\n",
        "Moved Bo Lind to clients; first due Mon 14 Dec, in 3 weeks\n",
    );
}

#[test]
fn a_plan_of_the_users_is_left_alone() {
    let planned = format!("{PAL}next = {{ on = 2026-11-20, what = \"ring\" }}\n");
    let book = LOOSE.replace(PAL, &planned);
    let env = Env::with_book(&book);
    env.ok("move pal clients").stdout_eq(str![[r#"
Moved Old Pal to clients; due since Fri 20 Nov

"#]]);
    assert_eq!(env.book().matches("next = ").count(), 1);
    moves(
        "edit cy --set bucket=clients --set next='1 feb'",
        "name = \"Cy Ng\"\nadded = 2026-11-20\n",
        "name = \"Cy Ng\"\nbucket = \"clients\"\nadded = 2026-11-20\nnext = { on = 2027-02-01 }\n",
        "Changed Cy Ng: bucket clients; next 1 Feb 2027, in 2 months; first due 1 Feb 2027, in 2 months\n",
    );
}

#[test]
fn a_promise_stays_and_brings_the_day_forward() {
    let promise = "promises = [\n  { by = 2026-11-27, what = \"send it\" },\n]\n";
    let env = Env::with_book(&format!("{LOOSE}{promise}"));
    env.ok("move cy clients").stdout_eq(str![[r#"
Moved Cy Ng to clients; first due Fri 27 Nov, in 4 days

"#]]);
    assert!(env.book().ends_with(promise) && !env.book().contains("next = "));
}

#[test]
fn from_bucket_to_bucket_the_days_stay() {
    let env = Env::with_book(BOOK);
    env.ok("move ana friends").stdout_eq(str![[r#"
Moved Ana Ruiz from clients to friends; due Wed 2 Dec, in 9 days

"#]]);
    env.ok("move bo clients");
    env.ok("edit bo --set bucket=friends");
    assert!(!env.book().contains("next = "));
}

#[test]
fn several_are_spread_and_the_days_already_planned_count() {
    let env = Env::with_book(LOOSE);
    env.ok("move pal cy clients").stdout_eq(str![[r#"
Moved Old Pal to clients; first due Mon 30 Nov, in 7 days
Moved Cy Ng to clients; first due Mon 7 Dec, in 14 days

"#]]);
    env.ok("undo");
    env.ok("move pal clients");
    env.ok("move cy clients").stdout_eq(str![[r#"
Moved Cy Ng to clients; first due Mon 7 Dec, in 14 days

"#]]);
}

#[test]
fn paused_people_do_not_come_back_years_overdue() {
    let paused = LOOSE.replace(PAL, &format!("{PAL}paused = true\n"));
    let env = Env::with_book(&paused);
    env.ok("move pal clients").stdout_eq(str![[r#"
Moved Old Pal to clients; paused

"#]]);
    env.ok("resume pal").stdout_eq(str![[r#"
Resumed Old Pal; due Mon 30 Nov, in 7 days

"#]]);
    assert_eq!(env.book(), LOOSE.replace(PAL, PLANNED));
}

#[test]
fn resting_people_get_no_day() {
    let out = |day: &str| format!("  {{ on = 2026-{day}, direction = \"out\" }},\n");
    let touches = ["08-01", "09-01", "10-01"].map(out).concat();
    let resting = LOOSE.replace("  { on = 2019-05-05, via = \"call\" },\n", &touches);
    let env = Env::with_book(&resting);
    env.ok("move pal clients").stdout_eq(str![[r#"
Moved Old Pal to clients; resting

"#]]);
    assert!(!env.book().contains("next = "));
}

#[cfg(unix)]
#[test]
fn a_bucket_typed_in_the_editor_is_one_change_with_its_first_day() {
    let env = Env::with_book(LOOSE).editor("sed -i '2a bucket = \"clients\"  # at last' \"$1\"");
    env.ok("edit pal").stdout_eq(str![[r#"
Changed Old Pal: bucket clients; first due Mon 30 Nov, in 7 days

"#]]);
    let typed = PLANNED.replace("clients\"", "clients\"  # at last");
    assert_eq!(env.book(), LOOSE.replace(PAL, &typed));
    env.ok("undo");
    assert_eq!(env.book(), LOOSE);
    env.ok("edit pal --now").stdout_eq(str![[r#"
Changed Old Pal: bucket clients; due since 2 Jun 2019

"#]]);
    assert!(!env.book().contains("next = "));
}

#[cfg(unix)]
#[test]
fn a_day_typed_in_the_editor_is_left_alone() {
    let script = "sed -i '2a bucket = \"clients\"\\nnext = { on = 2027-02-01 }' \"$1\"";
    let env = Env::with_book(LOOSE).editor(script);
    env.ok("edit pal").stdout_eq(str![[r#"
Changed Old Pal: bucket clients; next 1 Feb 2027, in 2 months; first due 1 Feb 2027, in 2 months

"#]]);
    assert_eq!(env.book().matches("next = ").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_plan_that_a_touch_has_spent_is_none_in_the_editor_either() {
    for spent in ["next = { on = 2013-01-01 }", "next.on = 2013-01-01"] {
        let touched = "touches = [{ on = 2014-01-01 }]";
        let contact = |plan: &str| format!("[[contacts]]\nname = \"Al\"\n{plan}\n{touched}\n");
        let buckets = "[buckets.clients]\ncadence = \"4 weeks\"\n\n";
        let book = format!("{buckets}{}", contact(spent));
        let env = Env::with_book(&book).editor("sed -i '2a bucket = \"clients\"' \"$1\"");
        env.ok("edit al").stdout_eq(str![[r#"
Changed Al: bucket clients; first due Mon 30 Nov, in 7 days

"#]]);
        let plan = spent.replace("2013-01-01", "2026-11-30");
        let after = contact(&format!("bucket = \"clients\"\n{plan}"));
        assert_eq!(env.book(), format!("{buckets}{after}"));
    }
}

/// `people` rows as LinkedIn exports them, years old.
fn connections(people: usize) -> String {
    let row = |at: usize| {
        format!(
            "Pat{at},Poole,https://www.linkedin.com/in/pat-{at},,Firm {at},,0{} Mar 20{:02}\n",
            at % 9 + 1,
            at % 20
        )
    };
    let head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    head.to_owned() + &(0..people).map(row).collect::<String>()
}

#[test]
fn nobody_is_overdue_after_an_import_into_a_bucket() {
    let env = Env::empty();
    env.write("Connections.csv", connections(60));
    env.ok("import Connections.csv -y -b clients")
        .stdout_eq(str![[r#"
LinkedIn: 60 new
Created book.toml with the buckets clients, prospects, colleagues and friends
Added 60 contacts; first due from Tue 24 Nov to Mon 21 Dec; `netkeep undo` undoes it

"#]]);
    let book = env.book();
    assert_eq!(book.matches("\nadded = 2026-11-23\nnext = ").count(), 60);
    assert!(book.contains("met = \"LinkedIn, 1 Mar 2000\"\n"));
    let due = stdout(&env.ok("due"));
    assert!(!due.contains("over") && !due.contains("urgent"), "{due}");
    env.ok("import Connections.csv -y -b clients");
    assert_eq!(env.book(), book);
}

/// The table of `due` names each contact at the beginning of a line.
fn listed(due: &str) -> Vec<String> {
    let rows = due.lines().filter(|line| line.starts_with("Pat"));
    let name = |row: &str| row.split("  ").next().unwrap_or_default().to_owned();
    rows.map(name).collect()
}

#[test]
fn four_imports_of_one_day_fill_no_week() {
    let env = Env::empty();
    let buckets = ["clients", "prospects", "colleagues", "friends"];
    for (at, bucket) in buckets.iter().enumerate() {
        let people = connections(60).replace("Poole", &format!("P{at}"));
        env.write("all.csv", people.replace("/in/pat", &format!("/in/p{at}")));
        env.run(&format!("import all.csv -y -b {bucket}")).success();
    }
    assert_eq!(env.book().matches("\nnext = ").count(), 240);
    // Prospects are due every two weeks, the others more seldom.
    for (day, is_in_time) in [
        ("2026-11-29", true),
        ("2026-12-06", true),
        ("2026-12-13", false),
        ("2026-12-20", false),
    ] {
        let due = stdout(&env.ok(&format!("due --today {day}")));
        let listed = listed(&due);
        assert!(
            due.starts_with("This week: 0 of 10 done, 10 to go"),
            "{due}"
        );
        assert!(
            listed.len() == 10 && !(is_in_time && due.contains("urgent")),
            "{due}"
        );
        let names = listed.iter().map(|name| format!("'{name}' "));
        env.ok(&format!(
            "log {} -v call --today {day}",
            names.collect::<String>()
        ));
    }
}

#[test]
fn people_who_are_known_are_not_moved() {
    let env = Env::empty();
    env.write("Connections.csv", connections(2));
    env.run("import Connections.csv -y").success();
    env.run("import Connections.csv -y -b clients")
        .success()
        .stdout_eq(str![[r#"
LinkedIn: 0 new, 2 known
Nothing to write

"#]])
        .stderr_eq(str![[r#"
hint: `-b` is for new people, and 2 known ones are in no bucket: `netkeep triage` goes through them

"#]]);
}

#[test]
fn an_import_with_now_is_due_a_cadence_later() {
    let env = Env::empty();
    env.write("Connections.csv", connections(3));
    let run = env.ok("import Connections.csv -y -b clients --now");
    assert!(stdout(&run).contains("Added 3 contacts; first due Mon 21 Dec, in 4 weeks; "));
    assert!(!env.book().contains("next = "));
}

/// It had the day as `added`, and is not told that it differs.
#[test]
fn a_book_imported_before_keeps_its_days() {
    let person = |met: &str| {
        format!(
            "[[contacts]]\nname = \"Pat0 Poole\"\ncompany = \"Firm 0\"\n\
             links = \"https://www.linkedin.com/in/pat-0\"\n{met}added = 2000-03-01\n"
        )
    };
    let env = Env::with_book(&person(""));
    env.write("Connections.csv", connections(1));
    env.ok("import Connections.csv -y").stdout_eq(str![[r#"
LinkedIn: 0 new, 1 known (1 gains where you met)
Changed 1 contact; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), person("met = \"LinkedIn, 1 Mar 2000\"\n"));
    for option in ["", " --prefer theirs"] {
        let own = person("met = \"at the harbour\"\n");
        env.write("book.toml", &own);
        env.ok(&format!("import Connections.csv -y{option}"))
            .stdout_eq(str![[r#"
LinkedIn: 0 new, 1 known
Nothing to write

"#]]);
        assert_eq!(env.book(), own);
    }
}

#[test]
fn how_you_met_stands_before_where_you_connected() {
    let env = Env::with_book("");
    env.write(
        "li.csv",
        "First Name,Last Name,Met,Connected On\nAna,Ruiz,at the harbour,05 Mar 2023\n",
    );
    env.run("import li.csv -y").success();
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ana Ruiz\"\nmet = \"at the harbour\"\nadded = 2026-11-23\n\
         notes = \"Connected: LinkedIn, 5 Mar 2023\"\n"
    );
    let book = env.book();
    env.run("import li.csv -y").success();
    assert_eq!(env.book(), book);
}

/// What another program's record says of itself is not when netkeep first knew them, unless the user says so.
#[test]
fn the_day_of_a_record_is_not_the_day_tracking_began() {
    let env = Env::with_book("");
    let table = "Name,Email,Added,Create Date\nAna,ana@x.example,2020-01-01,2020-01-02\n";
    env.write("crm.csv", table);
    let run = env.run("import crm.csv -y").success();
    assert!(stdout(&run).contains("columns left out: Added, Create Date"));
    assert!(env.book().contains("added = 2026-11-23\n"));
    env.ok("undo");
    env.run("import crm.csv -y --map added=Added").success();
    assert!(env.book().contains("added = 2020-01-01\n"));
    env.ok("undo");
    // Our own column, of a part of our own table.
    env.write("ours.csv", table.replace("Added", "added"));
    env.run("import ours.csv -y").success();
    assert!(env.book().contains("added = 2020-01-01\n"));
}

#[test]
fn buckets_in_a_table_made_by_hand_are_come_into() {
    let env = Env::with_book("[buckets.clients]\ncadence = '4 weeks'\n");
    env.write("all.csv", "name,bucket\nAna,clients\nBo,clients\nCy,\n");
    let run = env.run("import all.csv -y").success();
    assert!(stdout(&run).contains("first due from Mon 30 Nov to Mon 7 Dec"));
    assert_eq!(env.book().matches("added = 2026-11-23\n").count(), 3);
    assert_eq!(env.book().matches("next = ").count(), 2);
}

/// The days of netkeep's own files go on, in another book, too.
#[test]
fn people_of_another_book_keep_their_days() {
    for format in ["csv", "vcard", "toml"] {
        let env = Env::with_book(BOOK);
        let out = format!("export --to {format} -o all.{format}");
        env.run(&out).success();
        env.write(
            "book.toml",
            BOOK.split("# Met in").next().unwrap_or_default(),
        );
        env.run("check --accept").success();
        env.run(&format!("import all.{format} -y")).success();
        assert_eq!(env.book().matches("[[contacts]]").count(), 3, "{format}");
        assert!(!env.book().contains("next = "), "{format} {}", env.book());
    }
}

/// Who is known and in no bucket comes into the one of the file.
#[test]
fn a_bucket_gained_from_a_file_is_come_into() {
    let env = Env::with_book(LOOSE);
    env.write(
        "theirs.toml",
        LOOSE.replace(PAL, &format!("{PAL}bucket = \"clients\"\n")),
    );
    env.ok("import theirs.toml -y").stdout_eq(str![[r#"
netkeep book: 0 new, 3 known (1 gains a bucket)
Changed 1 contact; first due Mon 30 Nov, in 7 days; `netkeep undo` undoes it

"#]]);
    assert_eq!(env.book(), LOOSE.replace(PAL, PLANNED));
}
