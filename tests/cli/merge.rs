use snapbox::str;

use crate::env::{BOOK, Env};

/// The book with Ana in it twice.
fn twice() -> String {
    format!(
        "{BOOK}\n# Ana again, from the phone.\n[[contacts]]\nname = \"A. Ruiz\"\ncompany = \"Globex\"\nemail = \"Ana@Acme.example\"\nphone = \"+34 600 000 001\"\nmood = \"good\"\n\
         touches = [\n  {{ on = 2026-09-01, via = \"call\" }},\n  {{ on = 2026-10-02, via = \"call\", note = \"budget approved\" }},\n  {{ on = 2026-11-01 }},\n]\n"
    )
}

#[test]
fn merges_two_contacts() {
    let env = Env::with_book(&twice());
    env.ok("merge 'ana ruiz' 'a. ruiz'").stdout_eq(str![[r##"
# Ana again, from the phone.
[[contacts]]
name = "A. Ruiz"
company = "Globex"
email = "Ana@Acme.example"
phone = "+34 600 000 001"
mood = "good"
touches = [
  { on = 2026-09-01, via = "call" },
  { on = 2026-10-02, via = "call", note = "budget approved" },
  { on = 2026-11-01 },
]

Merged A. Ruiz into Ana Ruiz; `netkeep undo` undoes it
Gained: aka A. Ruiz; phone +34 600 000 001; mood good; 2 touches; 1 comment
Kept: company Acme, not Globex (the notes have the rest)

"##]]);
    let ana = "name = \"Ana Ruiz\"\naka = \"A. Ruiz\"\nbucket = \"clients\"\ncompany = \"Acme\"\nemail = \"ana@acme.example\"\n\
               notes = \"company: Globex\"\n# Ana again, from the phone.\nphone = \"+34 600 000 001\"\nmood = \"good\"\n\
               touches = [\n  { on = 2026-09-01, via = \"call\" },\n  { on = 2026-10-02, via = \"call\", note = \"budget approved\" },  # a good one\n  { on = 2026-11-01 },\n]\n";
    let (before, after) = BOOK.split_once("name = \"Ana Ruiz\"").expect("Ana");
    let (_, after) = after.split_once("a good one\n]\n").expect("the end of Ana");
    assert_eq!(env.book(), format!("{before}{ana}{after}\n"));
    env.ok("undo");
    assert_eq!(env.book(), twice());
}

/// Keys that netkeep does not know, tables, keys inside a touch, comments: nothing of the second is lost, and every key
/// is named.
#[test]
fn merging_loses_nothing_that_netkeep_does_not_know() {
    let book = "[[contacts]]\nname = \"Ida\"\nblog = \"ida.example\"\ntouches = [\n  { on = 2026-11-01, via = \"call\" },\n]\n\n\
                # From the phone.\n[[contacts]]\nname = \"Ida Friis\"\nemial = \"ida@f.example\"  # a typo\nblog = \"old.example\"\n\
                next = { on = 2026-12-24, place = \"Oslo\" }\n\
                touches = [\n  # we talked\n  { on = 2026-11-01, mood = \"great\" }, # for long\n]\n\n[contacts.pets]\ncat = \"Mia\"\n";
    let env = Env::with_book(book);
    env.ok("merge Ida 'ida friis'").stdout_eq(str![[r##"
# From the phone.
[[contacts]]
name = "Ida Friis"
emial = "ida@f.example"  # a typo
blog = "old.example"
next = { on = 2026-12-24, place = "Oslo" }
touches = [
  # we talked
  { on = 2026-11-01, mood = "great" }, # for long
]

[contacts.pets]
cat = "Mia"

Merged Ida Friis into Ida; `netkeep undo` undoes it
Gained: aka Ida Friis; next Thu 24 Dec, in 4 weeks; emial ida@f.example; pets; 1 touch; 4 comments
Kept: blog ida.example, not old.example (the notes have the rest)

"##]]);
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Ida\"\naka = \"Ida Friis\"\nnotes = \"blog: old.example\"\nblog = \"ida.example\"\n\
         # From the phone.\nemial = \"ida@f.example\"  # a typo\nnext = { on = 2026-12-24, place = \"Oslo\" }\n\
         touches = [\n  { on = 2026-11-01, via = \"call\" },\n  # we talked\n  { on = 2026-11-01, mood = \"great\" }, # for long\n]\n\n\
         [contacts.pets]\ncat = \"Mia\"\n\n"
    );
    env.ok("undo");
    assert_eq!(env.book(), book);
}

/// The promises of both stay as they are written; the same promise is not made twice.
#[test]
fn merging_joins_promises() {
    let book = "[[contacts]]\nname = \"Ida\"\npromises = [\n  { by = 2026-11-25, what = \"send the draft\" },  # in full\n]\nuid = \"x\"\n\n\
                [[contacts]]\nname = \"Ida Friis\"\n\n[[contacts.promises]]\n# on paper\nwhat = 'a map'\nto = 'Bo'\n\n\
                [[contacts.promises]]\nwhat = 'send the draft'\nby = 2026-11-25\n\n[[contacts]]\nname = \"Kim\"\nnext = { on = 2026-12-24 }\n";
    let env = Env::with_book(book);
    env.ok("merge Ida 'ida friis'").stdout_eq(str![[r#"
[[contacts]]
name = "Ida Friis"

[[contacts.promises]]
# on paper
what = 'a map'
to = 'Bo'

[[contacts.promises]]
what = 'send the draft'
by = 2026-11-25

Merged Ida Friis into Ida; `netkeep undo` undoes it
Gained: aka Ida Friis; 1 promise; 1 comment

"#]]);
    let ida = "promises = [\n  { by = 2026-11-25, what = \"send the draft\" },  # in full\n  # on paper\n  { what = 'a map', to = 'Bo' },\n]\nuid = \"x\"\n";
    let kim = "[[contacts]]\nname = \"Kim\"\nnext = { on = 2026-12-24 }\n";
    assert_eq!(
        env.book(),
        format!("[[contacts]]\nname = \"Ida\"\naka = \"Ida Friis\"\n{ida}\n{kim}")
    );
    env.ok("merge kim ida").stdout_eq(str![[r#"
[[contacts]]
name = "Ida"
aka = "Ida Friis"
promises = [
  { by = 2026-11-25, what = "send the draft" },  # in full
  # on paper
  { what = 'a map', to = 'Bo' },
]
uid = "x"

Merged Ida into Kim; `netkeep undo` undoes it
Gained: aka Ida, Ida Friis; uid x; 2 promises; 2 comments

"#]]);
    let aka = "aka = [\"Ida\", \"Ida Friis\"]\n";
    let kim = kim.replace("next", &format!("{aka}next"));
    assert_eq!(env.book(), format!("{kim}{ida}"));
    env.ok("undo");
    env.ok("undo");
    assert_eq!(env.book(), book);
}

#[test]
fn a_dry_run_shows_it_and_one_contact_is_not_two() {
    let env = Env::with_book(&twice());
    env.ok("merge kim bo -n").stdout_eq(str![[r#"
--- book.toml
+++ book.toml
@@ -19,12 +19,10 @@
 # --- friends ---
 
 [[contacts]]
-name = "Bo Lind"
+name = "Kim Jansen"
+aka = "Bo Lind"
 bucket = "friends"
 touches = [{ on = 2026-11-10, via = "letter" }]
-
-[[contacts]]
-name = "Kim Jansen"
 
 # Ana again, from the phone.
 [[contacts]]
Gained: aka Bo Lind; bucket friends; 1 touch

"#]]);
    env.run("merge ana@acme.example 'ana ruiz'")
        .code(1)
        .stderr_eq(str![[r#"
error: `ana@acme.example` matches 2 contacts
  Ana Ruiz  clients  Acme    ana-ruiz
  A. Ruiz            Globex  'A. Ruiz'
hint: type more of the name, like `ana-ruiz`

"#]]);
    env.run("merge bo 'bo lind'").code(2).stderr_eq(str![[r#"
error: `bo` and `bo lind` are one contact: Bo Lind
hint: give more of the names, or the e-mail addresses

"#]]);
    env.run("merge bo nobody").code(1).stderr_eq(str![[r#"
error: nobody matches `nobody`
hint: `netkeep list` shows everyone, `netkeep add nobody` adds them

"#]]);
    assert_eq!(env.book(), twice());
}

#[test]
fn lists_duplicates_with_the_reason() {
    let env = Env::with_book(&twice());
    env.ok("check --duplicates").stdout_eq(str![[r#"
Ana Ruiz and A. Ruiz: the same e-mail address Ana@Acme.example
  netkeep merge ana-ruiz 'A. Ruiz'
1 pair of contacts may be duplicates

"#]]);
    env.ok("check --duplicates --json").stdout_eq(str![[r#"
{
  "version": 1,
  "duplicates": [
    {
      "one": "Ana Ruiz",
      "other": "A. Ruiz",
      "reasons": [
        "email"
      ]
    }
  ]
}

"#]]);
    env.ok("merge ana 'a. ruiz'");
    env.ok("check --duplicates").stdout_eq(str![[r#"
Nobody seems to be in the book twice

"#]]);
}

#[test]
fn two_with_one_name_are_merged_by_giving_it_twice() {
    let twins = "[[contacts]]\nname = \"Kim\"\nphone = \"+34 600 000 000\"\n\n[[contacts]]\nname = \"Bo\"\n\n\
                 # Kim again\n[[contacts]]\nname = \"Kim\"\naka = \"Kimmy\"\ncity = \"Rome\"\ntouches = [{ on = 2026-11-01 }]\n";
    let env = Env::with_book(twins);
    env.run("merge kim Kim").success();
    assert_eq!(
        env.book(),
        "[[contacts]]\nname = \"Kim\"\nphone = \"+34 600 000 000\"\n# Kim again\naka = \"Kimmy\"\ncity = \"Rome\"\n\
         touches = [{ on = 2026-11-01 }]\n\n[[contacts]]\nname = \"Bo\"\n\n"
    );
    env.run("undo").success();
    assert_eq!(env.book(), twins);
    let bare = Env::with_book("[[contacts]]\nname = \"Kim\"\n\n[[contacts]]\nname = \"Kim\"\n");
    bare.fails("log kim", 1).stderr_eq(str![[r#"
...
error: `kim` matches 2 contacts
  Kim  line 1
  Kim  line 4
hint: nothing tells them apart: change the name in one of these lines, or merge them: `netkeep merge Kim Kim`

"#]]);
    bare.run("merge kim Kim").success();
    assert_eq!(bare.book(), "[[contacts]]\nname = \"Kim\"\n\n");
    // Other problems are fixed first.
    let env = Env::with_book(&format!("{twins}birthday = \"x\"\n"));
    env.fails("merge kim kim", 1);
    // Two people are not one because they share a part of their names.
    let env = Env::with_book(&twins.replacen("\"Kim\"", "\"Kim Berg\"", 1));
    env.fails("merge kim kim", 2);
}
