//! `[sync]` of the book: the folder of cards, and whose cards are in it.

use std::fs;
use std::path::Path;

use snapbox::str;

use super::cards::{IVO, files, synced};
use super::env::{Env, stdout};

/// Two buckets, and nobody.
const BUCKETS: &str =
    "[buckets.clients]\ncadence = \"4 weeks\"\n\n[buckets.friends]\ncadence = \"2 months\"\n";

fn with(sync: &str) -> Env {
    Env::with_book(&book(sync))
}

fn book(sync: &str) -> String {
    format!("[sync]\n{sync}\n\n{BUCKETS}")
}

#[test]
fn check_names_what_is_wrong_with_the_settings() {
    let env = with("card = '~/cards'\nwho = ['clients', 'freinds']");
    env.run("check").code(1).stdout_eq(str![[r#"
warning: netkeep does not know the key `card`; it is kept as it is
 --> book.toml:2:1
  |
2 | card = '~/cards'
  | ^^^^
hint: did you mean `cards`?
warning: there is no bucket `freinds`
 --> book.toml:3:19
  |
3 | who = ['clients', 'freinds']
  |                   ^^^^^^^^^
hint: did you mean `friends`?
book.toml: 2 problems
hint: `netkeep check --fix` fixes 1 problem

"#]]);
}

#[test]
fn a_folder_that_this_machine_lacks_is_a_note() {
    let env = with("cards = 'cards'");
    env.run("check").success().stdout_eq(str![[r#"
note: this machine has no folder cards, which `[sync] cards` names
hint: where it is missing, `netkeep sync` leaves cards alone
book.toml: 0 contacts, no problems, 1 note

"#]]);
    fs::create_dir(env.path("cards")).expect("made");
    env.run("check").success().stdout_eq(str![[r#"
book.toml: 0 contacts, no problems

"#]]);
}

#[test]
fn whose_cards_are_shared_follows_the_buckets() {
    let env = with("who = ['clients', 'friends'] # mine");
    env.ok("bucket rename friends pals");
    let renamed = |text: String| text.replace("buckets.friends", "buckets.pals");
    let who = "who = ['clients', \"pals\"] # mine";
    assert_eq!(env.book(), renamed(book(who)));
    env.ok("bucket remove clients");
    let left = book("who = [\"pals\"] # mine");
    let (head, _) = left.split_once("[buckets.clients]").expect("a bucket");
    assert_eq!(
        env.book(),
        format!("{head}[buckets.pals]\ncadence = \"2 months\"\n")
    );
    env.fails("bucket remove pals", 1).stderr_eq(str![[r#"
error: the bucket `pals` is the only one whose people get cards
hint: change `who` in `[sync]` of the book first

"#]]);
    env.ok("undo");
    env.ok("undo");
    assert_eq!(env.book(), book("who = ['clients', 'friends'] # mine"));
}

#[test]
fn a_setting_that_was_changed_is_told() {
    let env = with("cards = 'cards'");
    env.ok("bucket add family --cadence 1w");
    env.write(
        "book.toml",
        env.book()
            .replace("'cards'", "'phone'\nprivate = true\nwho = 'all'"),
    );
    env.ok("bucket set family --share 2");
    env.run("undo --list").success().stdout_eq(str![[r#"
STEP  WHEN         WHAT
   1  today [..]  bucket set: family
   2  today [..]  by hand: sync.cards, sync.private and sync.who
   3  today [..]  bucket add: family

"#]]);
}

#[test]
fn a_redacted_book_names_no_folder() {
    let env = with("cards = '/home/ana/cards'\nprivate = true\nwho = ['clients', 'Basalt']");
    let redacted = stdout(&env.run("export --to toml --redact"));
    assert!(redacted.contains("[sync]\nprivate = true\nwho = [\"clients\", "));
    for secret in ["ana", "Basalt", "cards"] {
        assert!(!redacted.contains(secret), "{redacted}");
    }
}

#[test]
fn who_is_purged_is_forgotten_and_their_card_is_named() {
    let env = synced(&[("ivo.vcf", IVO)]);
    let state = env.home().join(".local/state/netkeep");
    assert!(all_text(&state).contains("Ana Ruiz"));
    let cards = files(&env);
    env.run("remove --purge --yes 'Ana Ruiz'")
        .success()
        .stderr_eq(str![[r#"
note: still named in [..]/cards/4976e4bc-5c3a-8e29-a30d-2b1440ee851e.vcf; `netkeep sync` asks whether to delete it

"#]]);
    let left = all_text(&state);
    for secret in ["Ana", "ana@", "600 000 001"] {
        assert!(!left.contains(secret), "{left}");
    }
    assert!(left.contains("Ivo Brand"), "{left}");
    assert_eq!(files(&env), cards);
    env.run("sync --yes --accept").success().stderr_eq(str![[r#"
note: Ana Ruiz is no longer in the book, and the card 4976e4bc-5c3a-8e29-a30d-2b1440ee851e.vcf stays; `netkeep sync` at a terminal asks whether to delete it

"#]]);
    assert_eq!(files(&env), cards);
}

/// The text of every file below a folder.
fn all_text(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let texts = paths.map(|path| {
        if path.is_dir() {
            all_text(&path)
        } else {
            let bytes = fs::read(path).expect("a file");
            String::from_utf8_lossy(&bytes).into_owned()
        }
    });
    texts.collect()
}
