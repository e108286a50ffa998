//! The lines of docs/guide/merging.md, with the real git: each way in which git merges a book merges it as one.

use std::fs;
use std::process::Output;

use crate::env::{Env, path_with_netkeep, stdout};
use crate::merge_file::BASE;
use crate::sync::person;

const DOCS: &str = include_str!("../../docs/guide/merging.md");

/// What a person does here and there; git alone has conflicts in it.
fn sides() -> [String; 2] {
    let touch = |row: &str| BASE.replace("touches = [\n", &format!("touches = [\n  {row},\n"));
    [
        touch("{ on = 2026-11-01, via = \"mail\" }") + "\n[[contacts]]\nname = \"Cy Ng\"\n",
        touch("{ on = 2026-11-02, via = \"letter\" }") + "\n[[contacts]]\nname = \"Di Ek\"\n",
    ]
}

/// The code of docs/guide/merging.md with this label.
fn code(label: &str) -> &'static str {
    let after = DOCS.split_once(&format!("{label}\n")).expect("there").1;
    after.split_once("```").expect("it ends").0
}

/// A repository with the book, which has no attributes yet.
fn plain() -> Env {
    let env = person(Env::empty(), "ana").var("GIT_EDITOR", "true");
    env.write("contacts.toml", BASE);
    git(&env, "init -q -b main");
    commit(&env, "first");
    env
}

/// The same, after the lines of the docs.
fn repository() -> Env {
    let env = plain();
    let done = env
        .beside("sh")
        .args(["-e", "-c", code("```sh git")])
        .output();
    assert!(done.expect("runs").status.success());
    commit(&env, "attributes");
    env
}

fn run_git(env: &Env, args: &str) -> Output {
    let args = shlex::split(args).expect("quotes are closed");
    env.beside("git").args(args).output().expect("git runs")
}

#[track_caller]
fn git(env: &Env, args: &str) -> String {
    let output = run_git(env, args);
    assert!(output.status.success(), "git {args}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn commit(env: &Env, message: &str) {
    git(env, "add --all");
    git(env, &format!("commit -q -m {message}"));
}

/// Commits this text on a branch that starts at `main`, or goes on.
fn on_branch(env: &Env, branch: &str, text: &str) {
    if !run_git(env, &format!("switch -q {branch}"))
        .status
        .success()
    {
        git(env, &format!("switch -q -c {branch} main"));
    }
    env.write("contacts.toml", text);
    commit(env, branch);
}

fn diverged(env: &Env, [ours, theirs]: [&str; 2]) {
    on_branch(env, "theirs", theirs);
    on_branch(env, "ours", ours);
}

fn book(env: &Env) -> String {
    fs::read_to_string(env.path("contacts.toml")).expect("there")
}

/// Everything that either side did is in the book, once, and nothing is in conflict.
#[track_caller]
fn has_both(env: &Env) {
    let book = book(env);
    for words in [
        "\"mail\"",
        "\"letter\"",
        "\"call\"",
        "Cy Ng",
        "Di Ek",
        "Bo Lind",
    ] {
        assert_eq!(book.matches(words).count(), 1, "{words}: {book}");
    }
    assert_eq!(git(env, "ls-files --unmerged"), "");
    env.ok("list --file contacts.toml");
}

#[test]
fn git_merges_what_both_sides_did() {
    let [ours, theirs] = sides();
    let env = repository();
    diverged(&env, [&ours, &theirs]);
    git(&env, "merge -q theirs");
    has_both(&env);
    // Control: without the driver git has a conflict.
    let env = plain();
    diverged(&env, [&ours, &theirs]);
    assert_eq!(run_git(&env, "merge -q theirs").status.code(), Some(1));
}

#[test]
fn git_stops_at_values_that_differ_and_marks_only_those() {
    let env = repository();
    let [ours, theirs] = sides();
    let [ours, theirs] = [ours.replace("Oslo", "Rome"), theirs.replace("Oslo", "Bern")];
    diverged(&env, [&ours, &theirs]);
    let stopped = run_git(&env, "merge theirs");
    assert_eq!(stopped.status.code(), Some(1));
    let said = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert!(
        said.contains("warning: both sides changed city of Ana Ruiz\n"),
        "{said}"
    );
    let marks = "<<<<<<< ours\ncity = \"Rome\"\n=======\ncity = \"Bern\"\n>>>>>>> theirs\n";
    assert!(book(&env).contains(marks), "{}", book(&env));
    assert!(git(&env, "status --porcelain").contains("UU contacts.toml"));
    env.run("log ana -v call --file contacts.toml").code(1);
    let resolved = book(&env).replace(marks, "city = \"Rome\"\n");
    env.write("contacts.toml", resolved);
    has_both_after(&env, "commit -q -a --no-edit");
    // Marks of another size.
    let attributes = "contacts.toml merge=netkeep conflict-marker-size=12\n";
    let env = repository();
    env.write(".gitattributes", attributes);
    commit(&env, "size");
    diverged(&env, [&ours, &theirs]);
    run_git(&env, "merge theirs");
    assert!(book(&env).contains("\n<<<<<<<<<<<< ours\n"));
}

#[track_caller]
fn has_both_after(env: &Env, command: &str) {
    git(env, command);
    has_both(env);
}

#[test]
fn git_rebases_and_ours_is_then_what_it_rebases_onto() {
    let env = repository();
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs]);
    has_both_after(&env, "rebase -q theirs");
    let env = repository();
    diverged(
        &env,
        [
            &ours.replace("Oslo", "Rome"),
            &theirs.replace("Oslo", "Bern"),
        ],
    );
    assert_ne!(run_git(&env, "rebase theirs").status.code(), Some(0));
    let marks = "<<<<<<< ours\ncity = \"Bern\"\n=======\ncity = \"Rome\"\n>>>>>>> theirs\n";
    assert!(book(&env).contains(marks), "{}", book(&env));
    env.write(
        "contacts.toml",
        book(&env).replace(marks, "city = \"Rome\"\n"),
    );
    git(&env, "add contacts.toml");
    has_both_after(&env, "rebase --continue");
}

#[test]
fn git_pops_a_stash() {
    let env = repository();
    let [ours, theirs] = sides();
    env.write("contacts.toml", &theirs);
    git(&env, "stash -q");
    on_branch(&env, "ours", &ours);
    has_both_after(&env, "stash pop -q");
    assert_eq!(git(&env, "stash list"), "");
    let env = repository();
    env.write("contacts.toml", theirs.replace("Oslo", "Bern"));
    git(&env, "stash -q");
    on_branch(&env, "ours", &ours.replace("Oslo", "Rome"));
    assert_eq!(run_git(&env, "stash pop").status.code(), Some(1));
    // What is not popped stays stashed.
    assert_ne!(git(&env, "stash list"), "");
    assert!(book(&env).contains("<<<<<<< ours\ncity = \"Rome\"\n"));
}

#[test]
fn git_picks_and_reverts_a_commit() {
    let env = repository();
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs]);
    has_both_after(&env, "cherry-pick theirs");
    // What came with the commit is out again, and the rest stays.
    git(&env, "revert --no-edit HEAD");
    assert_eq!(book(&env), ours);
    on_branch(&env, "ours", &book(&env).replace("\"mail\"", "\"visit\""));
    git(&env, "revert --no-edit HEAD~1");
    assert!(book(&env).contains("\"visit\"") && book(&env).contains("Di Ek"));
}

#[test]
fn git_joins_books_that_both_sides_added() {
    let env = repository();
    let [ours, theirs] = sides();
    git(&env, "rm -q contacts.toml");
    git(&env, "commit -q -m without");
    diverged(
        &env,
        [
            &ours,
            &theirs.replace(
                "name = \"Bo Lind\"\n",
                "name = \"Bo Lind\"\ncity = \"Lund\"\n",
            ),
        ],
    );
    has_both_after(&env, "merge -q theirs");
    assert!(book(&env).contains("city = \"Lund\""));
    // Two histories; differing values are marked.
    let env = repository();
    on_branch(&env, "ours", &ours);
    git(&env, "switch -q --orphan theirs");
    env.write(".gitattributes", "contacts.toml merge=netkeep\n");
    env.write("contacts.toml", theirs.replace("Oslo", "Bern"));
    commit(&env, "theirs");
    git(&env, "switch -q ours");
    let merge = run_git(&env, "merge --allow-unrelated-histories theirs");
    assert_eq!(merge.status.code(), Some(1));
    assert!(book(&env).contains("<<<<<<< ours\ncity = \"Oslo\"\n=======\ncity = \"Bern\"\n"));
}

#[test]
fn a_checkout_with_crlf_stays_one() {
    let env = repository();
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs]);
    git(&env, "config core.autocrlf true");
    git(&env, "rm -q --cached contacts.toml");
    fs::remove_file(env.path("contacts.toml")).expect("there");
    git(&env, "reset -q --hard");
    assert!(book(&env).contains("\r\n"));
    has_both_after(&env, "merge -q theirs");
    let text = book(&env);
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    // A commit has LF.
    assert!(!git(&env, "show HEAD:contacts.toml").contains('\r'));
}

#[test]
fn a_book_that_the_other_side_broke_is_merged_as_text() {
    let env = repository();
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs.replace("\"4 weeks\"", "\"4 weeks")]);
    assert_eq!(run_git(&env, "merge theirs").status.code(), Some(1));
    for words in ["\"mail\"", "\"letter\"", "Cy Ng", "Di Ek", "<<<<<<< ours\n"] {
        assert!(book(&env).contains(words), "{words}");
    }
}

#[test]
fn git_takes_the_one_side_that_changed_without_asking() {
    let env = repository();
    git(&env, "config merge.netkeep.driver false");
    on_branch(&env, "theirs", &sides()[1]);
    git(&env, "switch -q -c ours main");
    env.write("other", "1\n");
    commit(&env, "other");
    git(&env, "merge -q theirs");
    assert_eq!(book(&env), sides()[1]);
}

/// Controls: what the docs warn of is so.
#[test]
fn a_union_of_lines_is_no_book_and_an_attribute_alone_is_a_text_merge() {
    let [ours, theirs] = sides();
    let env = plain();
    env.write(".gitattributes", "contacts.toml merge=union\n");
    commit(&env, "attributes");
    diverged(&env, [&ours, &theirs]);
    git(&env, "merge -q theirs");
    env.run("list --file contacts.toml").code(1);
    let env = repository();
    git(&env, "config --remove-section merge.netkeep");
    diverged(&env, [&ours, &theirs]);
    assert_eq!(run_git(&env, "merge -q theirs").status.code(), Some(1));
    assert!(book(&env).contains("<<<<<<< HEAD\n"));
}

#[test]
fn without_netkeep_git_has_a_conflict_that_can_be_merged_again() {
    let env = repository();
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs]);
    let driver = git(&env, "config merge.netkeep.driver").replace("netkeep", "no-such-netkeep");
    git(
        &env,
        &format!("config merge.netkeep.driver '{}'", driver.trim()),
    );
    assert_eq!(run_git(&env, "merge -q theirs").status.code(), Some(1));
    assert_eq!(book(&env), ours);
    let driver = driver.replace("no-such-netkeep", "netkeep");
    git(
        &env,
        &format!("config merge.netkeep.driver '{}'", driver.trim()),
    );
    git(&env, "checkout --merge contacts.toml");
    has_both_after(&env, "commit -q -a --no-edit");
}

#[test]
fn the_lines_for_a_merge_by_hand_work() {
    let env = Env::empty();
    let [ours, theirs] = sides();
    for (name, text) in [("older", BASE), ("contacts", &ours), ("other", &theirs)] {
        env.write(&format!("{name}.toml"), text);
    }
    let done = env
        .beside("sh")
        .args(["-e", "-c", code("```sh hand")])
        .output();
    assert!(done.expect("runs").status.success());
    for words in ["\"mail\"", "\"letter\"", "Cy Ng", "Di Ek"] {
        assert_eq!(book(&env).matches(words).count(), 1, "{words}");
    }
}

/// Types the line that a hint names.
#[track_caller]
fn run_in_shell(env: &Env, said: &str) {
    let line = said.split('`').nth(1).expect("a line").replace('\n', " ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let done = env.beside("sh").args(["-c", &line]).status();
    assert!(done.expect("runs").success(), "{line}");
}

#[test]
fn check_tells_how_git_would_merge_the_book() {
    let env = repository();
    let path = path_with_netkeep();
    let check = || {
        let check = env.command("check --file contacts.toml");
        check.env("PATH", &path).assert()
    };
    check()
        .success()
        .stdout_eq("contacts.toml: 2 contacts, no problems\n");
    // What is there of a driver keeps git from merging the book as text.
    for left in ["merge.netkeep.driver ''", "--unset merge.netkeep.driver"] {
        git(&env, &format!("config {left}"));
        let said = stdout(&check().code(1).stderr_eq(""));
        let told = "warning: git is to merge the book by netkeep, but has no command for that";
        assert!(said.contains(told), "{left}: {said}");
    }
    git(&env, "config --remove-section merge.netkeep");
    let said = stdout(&check().success().stderr_eq(""));
    let told =
        "note: git is to merge the book by netkeep, but does not know how: it merges it as text\n";
    assert!(said.contains(told), "{said}");
    run_in_shell(&env, &said);
    check()
        .success()
        .stdout_eq("contacts.toml: 2 contacts, no problems\n");
    // A netkeep that is no longer where it was.
    git(
        &env,
        "config merge.netkeep.driver \"'/opt/my tools/netkeep' merge-file %O %A %B\"",
    );
    let said = stdout(&check().code(1).stderr_eq(""));
    let told = "warning: git is to merge the book by /opt/my tools/netkeep, which is not found";
    assert!(said.contains(told), "{said}");
    run_in_shell(&env, &said);
    check()
        .success()
        .stdout_eq("contacts.toml: 2 contacts, no problems\n");
    let [ours, theirs] = sides();
    diverged(&env, [&ours, &theirs]);
    has_both_after(&env, "merge -q theirs");
    // Attributes may be in any folder, and of the repository alone.
    let env = plain();
    fs::create_dir(env.path("folder")).expect("made");
    git(&env, "mv contacts.toml folder/contacts.toml");
    for path in [
        ".gitattributes",
        "folder/.gitattributes",
        ".git/info/attributes",
    ] {
        fs::create_dir_all(env.path(".git/info")).expect("made");
        env.write(path, "*.toml merge=union\n");
        let said = stdout(&env.run("check --file folder/contacts.toml").code(1));
        assert!(
            said.contains("warning: git merges the book by `merge=union`"),
            "{said}"
        );
        assert!(said.contains("`contacts.toml merge=netkeep`"), "{said}");
        fs::remove_file(env.path(path)).expect("there");
    }
    // Other attributes, and no git at all, are nothing to tell.
    env.write(".gitattributes", "*.toml -merge text\n");
    env.ok("check --file folder/contacts.toml");
    env.write(".gitattributes", "*.toml merge=union\n");
    let run = env
        .command("check --file folder/contacts.toml")
        .env("PATH", "/none");
    run.assert().success();
}
