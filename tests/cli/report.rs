//! `netkeep report`: the file that it writes, and what is in the page.

use std::fs;

use serde_json::json;
use snapbox::str;

use crate::env::{BOOK, Env, stdout};
use crate::pages::sound;

/// The page of a book.
fn page(env: &Env, args: &str) -> String {
    stdout(&env.ok(&format!("report -o - {args}")))
}

fn own(env: &Env) -> std::path::PathBuf {
    env.home().join(".local/state/netkeep/report.html")
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).expect("there").permissions())
        & 0o777
}

#[test]
#[cfg(unix)]
fn the_page_is_for_its_owner_and_the_same_each_time() {
    let env = Env::with_book(BOOK);
    let own = own(&env);
    let wrote = format!("Wrote {}\n", own.display());
    env.ok("report").stdout_eq(wrote.clone());
    assert_eq!(mode(&own), 0o600);
    assert_eq!(mode(own.parent().expect("a folder")), 0o700);
    let first = fs::read_to_string(&own).expect("a page");
    env.ok("report").stdout_eq(wrote);
    assert_eq!(fs::read_to_string(&own).expect("a page"), first);
    assert_eq!(page(&env, ""), first);
    env.ok("report -o other.html");
    assert_eq!(
        fs::read_to_string(env.path("other.html")).expect("a page"),
        first
    );
    assert_eq!(env.names(), ["book.toml", "other.html"]);
    assert_eq!(env.book(), BOOK);
}

#[test]
#[cfg(unix)]
fn what_was_there_is_replaced_and_no_link_is_followed() {
    let env = Env::with_book(BOOK);
    env.write("private.txt", "mine");
    env.write("old.html", "old");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    fs::set_permissions(env.path("old.html"), open).expect("set");
    env.ok("report -o old.html").stdout_eq("Wrote old.html\n");
    assert_eq!(mode(&env.path("old.html")), 0o600);

    std::os::unix::fs::symlink("private.txt", env.path("link.html")).expect("made");
    env.ok("report -o link.html");
    let link = fs::symlink_metadata(env.path("link.html")).expect("there");
    assert!(link.is_file());
    assert_eq!(
        fs::read_to_string(env.path("private.txt")).expect("there"),
        "mine"
    );
}

#[test]
#[cfg(unix)]
fn the_book_is_never_written_over() {
    let env = Env::with_book(BOOK);
    std::os::unix::fs::symlink("book.toml", env.path("link.html")).expect("made");
    fs::hard_link(env.path("book.toml"), env.path("hard.html")).expect("made");
    for path in ["book.toml", "./book.toml", "link.html", "hard.html"] {
        env.fails(&format!("report -o {path}"), 1)
            .stderr_eq(format!(
                "error: {path} is the book itself\nhint: give another file; `netkeep export --to toml` writes a copy\n"
            ));
        assert_eq!(env.book(), BOOK);
    }
    env.fails("report -o missing/report.html", 1)
        .stderr_eq(str![[r#"
error: there is no folder missing
hint: create the folder first, or check the path

"#]]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let env = Env::with_book(BOOK);
    let would = format!("Would write {}\n", own(&env).display());
    env.ok("report -n").stdout_eq(would);
    assert!(!own(&env).exists());
    env.ok("report -n -o x.html --open")
        .stdout_eq("Would write x.html\n");
    assert_eq!(env.names(), ["book.toml"]);
    let written = &env.json("report -n --json", 0)["written"];
    assert_eq!(*written, false);
}

#[test]
fn tells_in_json_what_it_wrote() {
    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "true");
    let told = env.json("report -o x.html --open --json --since 2026-05-01", 0);
    assert_eq!(told["written"], true);
    let expected =
        json!({ "path": "x.html", "since": "2026-05-01", "contacts": 3, "opened": true });
    assert_eq!(told["report"], expected);
    assert_eq!(env.json("report --json", 0)["report"]["opened"], false);
    env.fails_in_json("report -o - --json", 2);
}

#[test]
#[cfg(unix)]
fn the_desktop_gets_the_path() {
    let env = Env::with_book(BOOK);
    let path = fs::canonicalize(env.folder())
        .expect("there")
        .join("x.html");
    env.run("report -o x.html --open")
        .success()
        .stdout_eq("Wrote x.html\n")
        .stderr_eq(format!(
            "note: there is no desktop here to open it; the file to open: {}\n",
            path.display()
        ));
    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "printf '%s\\n'");
    let path = fs::canonicalize(env.folder())
        .expect("there")
        .join("x.html");
    env.ok("report -o x.html --open")
        .stdout_eq(format!("Wrote x.html\n{}\n", path.display()));
    env.fails("report -o - --open", 2);
}

#[test]
#[cfg(target_os = "linux")]
fn the_desktop_gets_a_path_that_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;

    let env = Env::with_book(BOOK).var("NETKEEP_OPEN", "cp -t copies");
    fs::create_dir(env.path("copies")).expect("made");
    let name = std::ffi::OsStr::from_bytes(b"x\xff.html");
    let mut command = env.command("report --open -o");
    command = command.arg(name);
    command.assert().success();
    assert!(env.folder().join(name).exists());
    assert!(env.folder().join("copies").join(name).exists());
}

#[test]
fn a_report_says_when_it_begins_later_than_asked() {
    let first = "[[contacts]]\nname = \"Ana\"\ntouches = [{ on = 2020-03-05 }]\n";
    let env = Env::with_book(first);
    env.run("report --since 2019-01-01")
        .success()
        .stderr_eq("note: the report begins on 5 Mar 2020: there are no earlier touches\n");
    env.run("report --since 6y").success().stderr_eq("");
    let env = Env::with_book(&first.replace("2020", "2000"));
    env.run("report --since \"20 years\"").success().stderr_eq(
        "note: the report begins on 23 Nov 2016: a report looks back ten years at most\n",
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let env = Env::with_book(BOOK);
    env.fails("report --since 2026-12-01", 2);
    env.fails("report --since soon", 2);
    env.fails("report ana", 2);
    assert!(!own(&env).exists());
}

#[test]
fn a_book_without_people_says_how_to_start() {
    let env = Env::with_book("format = 1\n");
    env.run("report").success().stdout_eq("");
    assert!(!own(&env).exists());
    let told = env.json("report -o x.html --json", 0);
    assert_eq!(told["written"], false);
    assert!(!env.path("x.html").exists());
}

#[test]
fn hundreds_of_buckets_are_all_counted() {
    let bucket = |at: u32| {
        let on = if at < 100 { "2026-11-20" } else { "2026-05-01" };
        format!(
            "[buckets.b{at}]\ncadence = \"2 weeks\"\n[[contacts]]\nname = \"P {at}\"\nbucket = \"b{at}\"\n\
             touches = [{{ on = {on}, via = \"v{at}\" }}]\n"
        )
    };
    let env = Env::with_book(&(0..200).map(bucket).collect::<String>());
    let seen = sound(&page(&env, ""));
    assert!(
        seen.text.contains("100 of 200 people with one, 50%"),
        "{}",
        seen.text
    );
    for id in ["kept", "by-bucket", "load"] {
        assert!(seen.tables[id].contains("\nb199 | "), "{id}");
    }
}

#[test]
fn very_long_names_are_cut_everywhere() {
    let long = "x".repeat(5000);
    let person = |at: usize| {
        format!(
            "[[contacts]]\nname = \"P{at} {long}\"\nbucket = \"{long}\"\nmet = \"through P{} {long}\"\n\
             promises = [{{ what = \"send\" }}]\ntouches = [{{ on = 2026-01-01, via = \"call\", got = \"x\" }}]\n",
            at / 10
        )
    };
    let people: String = (0..250).map(person).collect();
    let env = Env::with_book(&format!(
        "[buckets.{long}]\ncadence = \"2 weeks\"\n{people}"
    ));
    let page = page(&env, "");
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert!(!page.contains(&"x".repeat(300)));
}

#[test]
fn words_from_right_to_left_do_not_turn_the_english_around_them() {
    let env = Env::with_book(
        "[[contacts]]\nname = \"Ana\"\npromises = [{ by = 2026-11-20, what = \"مفتاح\" }]\n",
    );
    let page = page(&env, "");
    assert!(
        page.contains("<bdi dir=\"ltr\">مفتاح (by Fri 20 Nov)</bdi>"),
        "{page}"
    );
}

#[test]
fn one_day_is_no_curve() {
    let env = Env::with_book(BOOK);
    let page = page(&env, "--since today");
    assert!(sound(&page).tables["kept"].contains("23 Nov 2026"));
    assert!(!page.contains("id=\"kept-0"), "{page}");
}

#[test]
fn a_plan_is_no_promise() {
    let plan = |next: &str| {
        let env = Env::with_book(&format!("[[contacts]]\nname = \"Ana\"\n{next}"));
        let page = page(&env, "");
        let (_, rest) = page
            .split_once("touches in this time</dt>")
            .expect("the sums");
        let (_, words) = rest.split_once("<dt>").expect("one more");
        words
            .split_once("</dd>")
            .expect("its end")
            .0
            .replace("</dt><dd>", ": ")
    };
    assert_eq!(
        plan("next = { on = 2026-12-01, what = \"ask\" }\n"),
        "plan open: 1"
    );
    assert_eq!(plan("promises = [{ what = \"ask\" }]\n"), "promise open: 1");
    assert_eq!(
        plan(
            "promises = [{ by = 2026-11-01, what = \"ask\" }]\nnext = { on = 2026-12-01, what = \"ask\" }\n"
        ),
        "promises and plans open, 1 late: 2"
    );
    assert_eq!(plan(""), "promises open: 0");
}

#[test]
fn a_full_week_says_what_cadences_come_to() {
    let env = Env::with_book(
        "week.touches = 1\n[buckets.a]\ncadence = \"1 week\"\n[[contacts]]\nname = \"A\"\nbucket = \"a\"\n\
         [[contacts]]\nname = \"B\"\nbucket = \"a\"\n",
    );
    let seen = sound(&page(&env, ""));
    let said = "In full weeks, the cadences come to: a 14 days.";
    assert!(seen.text.contains(said), "{}", seen.text);
    assert!(seen.tables["load"].contains("Comes to"));
}

#[test]
fn a_purge_deletes_the_report_that_names_people() {
    let env = Env::with_book(BOOK);
    env.ok("report");
    assert!(own(&env).exists());
    env.run("remove --purge --yes \"Kim Jansen\"").success();
    assert!(!own(&env).exists());
}

#[test]
fn an_invented_network_names_nobody() {
    let env = Env::with_book(BOOK);
    let page = page(&env, "--redact");
    for name in [
        "Ana Ruiz",
        "Bo Lind",
        "Kim Jansen",
        "Acme",
        "budget approved",
    ] {
        assert!(!page.contains(name), "{name}");
    }
    assert_eq!(sound(&page).tables["days"].lines().count(), 4);
    assert!(page.contains("Everyone in it is invented"), "{page}");
    assert!(!page.contains("names people"), "{page}");
}

#[test]
fn an_invented_network_still_tells_who_introduced_someone() {
    let env = Env::with_book(&format!(
        "{BOOK}met = \"RustConf, through Bo Lind\"\n[[contacts]]\nname = \"Cy\"\nmet = \"introduced by Kim Jansen\"\n"
    ));
    let table = &sound(&page(&env, "--redact")).tables["brought"];
    let pairs: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .map(|row| row.split(" | ").collect())
        .collect();
    let [bo, kim, cy] = pairs.as_slice() else {
        panic!("three: {table}")
    };
    assert_eq!((bo[1], kim[1], cy[1]), ("", bo[0], kim[0]), "{table}");
    assert!(
        !table.contains("Bo Lind") && !table.contains("Kim"),
        "{table}"
    );
}

#[test]
fn tables_have_the_numbers_of_the_book() {
    let env = Env::with_book(&format!(
        "{BOOK}met = \"RustConf, through Bo Lind\"\nbirthday = \"--12-01\"\npromises = [{{ by = 2026-11-20, what = \"a map\" }}]\n"
    ));
    let tables = sound(&page(&env, "")).tables;
    let table = |id: &str| tables[id].as_str();
    assert_eq!(
        table("week"),
        "Who to reach out to this week\nName | Due | Bucket | Why | Next | Last | \n\
         Kim Jansen | Fri 20 Nov, 3 days over |  | Promised | a map (by Fri 20 Nov) | met: RustConf, through Bo Lind | \n\
         Ana Ruiz | Fri 30 Oct, 3 weeks over, urgent | clients | Past the limit | email ana@acme.example | call 7 weeks ago: “budget approved” | \n"
    );
    assert_eq!(
        table("promises"),
        "What you will do for people\nName | By | Promised | \nKim Jansen | Fri 20 Nov, late, 3 days ago | a map | \n"
    );
    assert_eq!(
        table("birthdays"),
        "Birthdays and other days\nName | Day | What | \nKim Jansen | Tue 1 Dec, in 8 days | birthday | \n"
    );
    assert_eq!(
        table("days"),
        "Days with touches; all others had none\nDay | Touches | \nFri 2 Oct 2026 | 1 | \nTue 10 Nov 2026 | 1 | \n"
    );
    assert_eq!(
        table("by-channel"),
        "Touches by channel\nChannel | Touches | \ncall | 1 | \nletter | 1 | \n"
    );
    assert_eq!(
        table("by-bucket"),
        "Touches by bucket\nBucket | Touches | \nclients | 1 | \nfriends | 1 | \nno bucket | 0 | \n"
    );
    assert_eq!(
        table("silence"),
        "Days of silence, to the due day, and to the limit\nName | Silent | Due after | Limit | Due | \n\
         Ana Ruiz | 52 | 28 | 42 | 3 weeks over, urgent | \n\
         Kim Jansen | – | – | – | 3 days over | \n\
         Bo Lind | 13 | 61 | 91 | in 7 weeks | \n"
    );
    assert_eq!(
        table("brought"),
        "Who you met through others\nName | Through | People through them | \nBo Lind |  | 1 | \nKim Jansen | Bo Lind | 0 | \n"
    );
    assert_eq!(
        table("load"),
        "What the cadences ask for a week, and what was done\nBucket | Cadence | Asks a week | Done a week | \n\
         clients | 4 weeks | 0.2 | 0.1 | \nfriends | 2 months | 0.1 | 0.1 | \nno bucket |  | 0.0 | 0.0 | \nall |  | 0.4 | 0.2 | \n"
    );
}

#[test]
fn looks_back_as_far_as_asked_a_year_a_row() {
    let touches: String = (2020..=2026)
        .map(|year| format!("{{ on = {year}-03-01 }}, "))
        .collect();
    let book = format!("[[contacts]]\nname = \"Ana\"\ntouches = [{touches}]\n");
    let env = Env::with_book(&book);
    let text = sound(&page(&env, "--since 2020-03-01")).text;
    for year in 2020..=2026 {
        assert!(text.contains(&format!("1 Mar {year}: 1 touch")), "{year}");
    }
    assert!(
        text.contains("7 touches on 7 days, since 1 March 2020."),
        "{text}"
    );
    let text = sound(&page(&env, "")).text;
    assert!(
        text.contains("1 touch on 1 day, since 1 December 2025."),
        "{text}"
    );
}

/// Names that try to be something else, as TOML, and as they are to be seen.
fn hostile() -> Vec<(String, String)> {
    let long = "Ä".repeat(5000);
    let same = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style></svg><svg onload=alert(1)>",
        "]]><!-- -->&lt;&amp;&#x3c;script&#x3e;",
        "javascript:alert(1)",
        "يوسف منصور",
        "👩\u{200d}🚀 李小龙",
        &long,
    ]
    .map(|name| (name.to_owned(), name.to_owned()));
    let acting = [
        ("a\0b\u{1b}[31m\u{7f}", "a\\u{0}b\\u{1b}[31m\\u{7f}"),
        ("\u{202e}gnp.exe\u{2066}", "\\u{202e}gnp.exe\\u{2066}"),
        ("two\nlines", "two\\nlines"),
        ("not\u{fffe}a\u{ffff}letter", "not\u{fffd}a\u{fffd}letter"),
    ]
    .map(|(name, seen)| (name.to_owned(), seen.to_owned()));
    same.into_iter().chain(acting).collect()
}

/// A TOML string, every odd character of it escaped.
fn quoted(text: &str) -> String {
    let one = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(one).collect::<String>())
}

#[test]
fn whatever_people_are_called_it_is_text() {
    for (name, shown) in hostile() {
        let word = quoted(&name);
        let book = format!(
            "buckets.{word} = {{ cadence = '4 weeks' }}\n[[contacts]]\nname = {word}\nbucket = {word}\nbirthday = '--12-01'\n\
             email = {word}\nmet = {word}\npromises = [{{ what = {word} }}]\n\
             touches = [{{ on = 2026-09-01, via = {word}, note = {word}, gave = {word}, got = {word} }}]\n\
             [[contacts]]\nname = 'Bo'\nmet = {}\n",
            quoted(&format!("a talk, through {name}"))
        );
        let env = Env::with_book(&book);
        let page = stdout(&env.run("report -o -").success());
        let seen = sound(&page);
        let shown: String = shown.chars().take(80).collect();
        assert!(seen.text.contains(&shown), "{name:?}");
        let lower = page.to_lowercase();
        assert!(
            !lower.contains("<script") && !lower.contains("<img"),
            "{name:?}"
        );
        assert!(seen.tables["week"].contains(&shown), "{name:?}");
    }
}

#[test]
fn nothing_is_loaded() {
    let page = page(&Env::with_book(BOOK), "");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;";
    assert!(page.contains(policy), "{page}");
    assert!(page.contains("<meta name=\"referrer\" content=\"no-referrer\"/>"));
    for word in [
        "http://", "https://", "url(", "@import", "src=", "href=", "style=", " on",
    ] {
        let found = page.match_indices(word).map(|(at, _)| &page[at..]);
        for text in found {
            let is_name_space = text.starts_with("http://www.w3.org/1999/xhtml\"");
            let is_word = word == " on"
                && !text
                    .split(['<', '>'])
                    .next()
                    .unwrap_or_default()
                    .contains('=');
            assert!(is_name_space || is_word, "{}", &text[..text.len().min(60)]);
        }
    }
}

#[test]
fn many_people_make_no_large_page() {
    let mut book = "buckets.a.cadence = '4 weeks'\n".to_owned();
    for number in 0..3000 {
        let (month, day) = (number % 11 + 1, number % 27 + 1);
        book += &format!(
            "[[contacts]]\nname = 'Person {number}'\nbucket = 'a'\nbirthday = '--12-{day:02}'\n\
             promises = [{{ what = 'a thing' }}]\nmet = 'a party, through Person {}'\n\
             touches = [{{ on = 2026-{month:02}-{day:02}, via = 'call', note = 'a note', got = 'a hint', gave = 'an introduction' }}]\n",
            number / 2
        );
    }
    let env = Env::with_book(&book);
    let page = page(&env, "");
    assert!(page.len() < 500_000, "{}", page.len());
    let text = sound(&page).text;
    assert!(text.contains("and 2950 more: netkeep promise"), "{text}");
}
