//! What `netkeep sync` asks about a folder of cards at a terminal.

use std::fs;

use crate::cards::{ANA, BOOK, IVO, change, files, people, synced, with_cards};
use crate::env::Env;
use crate::pty::{at_a_terminal, end};

/// Answers each question with its keys; the questions end with what is waited for.
fn answers(env: &Env, questions: &[(&str, &str)]) {
    let mut session = at_a_terminal(env, "sync");
    for (question, keys) in questions {
        session.exp_string(question).expect(question);
        session.send(keys).expect("sent");
        session.flush().expect("sent");
    }
    end(&mut session);
}

const WRITE: (&str, &str) = ("Write this? [Y/n, v shows everyone]", "y\n");

fn three() -> Env {
    let tess = IVO
        .replace("Ivo", "Tess")
        .replace("ivo@", "tess@")
        .replace("0001", "0002")
        .replace("1234567", "7770000");
    synced(&[("ivo.vcf", IVO), ("tess.vcf", &tess)])
}

#[test]
fn nothing_is_written_before_the_user_agrees() {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    let mut session = at_a_terminal(&env, "sync");
    session
        .exp_string("From the cards: Ivo Brand added")
        .expect("shown");
    session
        .exp_string("To the cards: Ana Ruiz added")
        .expect("shown");
    session
        .exp_string("Write this? [Y/n, v shows everyone]")
        .expect("asked");
    session.send("n\n").expect("sent");
    session.exp_string("Nothing was written").expect("said");
    session.exp_eof().expect("the end");
    assert_eq!((env.book(), files(&env).len()), (BOOK.to_owned(), 1));
    answers(&env, &[WRITE]);
    assert!(env.book().contains("Ivo Brand"));
    assert_eq!(files(&env).len(), 2);
}

#[test]
fn what_changes_meanwhile_is_shown_anew() {
    let env = with_cards(&[("ivo.vcf", IVO)]);
    let mut session = at_a_terminal(&env, "sync");
    session
        .exp_string("Write this? [Y/n, v shows everyone]")
        .expect("asked");
    change(&env, "cards/ivo.vcf", "FN:Ivo Brand", "FN:Ivo Brandt");
    session.send("y\n").expect("sent");
    session
        .exp_string("From the cards: Ivo Brandt added")
        .expect("shown");
    session
        .exp_string("Write this? [Y/n, v shows everyone]")
        .expect("asked");
    session.send("y\n").expect("sent");
    end(&mut session);
    assert!(env.book().contains("\"Ivo Brandt\""));
}

#[test]
fn a_person_chooses_which_value_stays() {
    for (key, value) in [("1", "CEO"), ("2", "COO")] {
        let env = synced(&[]);
        env.ok("edit ana --set title=CEO");
        change(&env, ANA, "TITLE:CTO", "TITLE:COO");
        answers(&env, &[("Which one stays? [1-2]", key), WRITE]);
        assert!(
            env.book().contains(&format!("title = \"{value}\"")),
            "{}",
            env.book()
        );
        assert!(
            files(&env)
                .values()
                .any(|card| card.contains(&format!("TITLE:{value}")))
        );
        env.ok("sync")
            .stdout_eq("The book and its cards say the same\n");
    }
}

#[test]
fn who_a_card_is_may_be_answered() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:9F1C9B7E-0009-4A6F\r\nFN:Eva Ruiz\r\nEMAIL:ana@acme.example\r\nEND:VCARD\r\n";
    for (key, contacts, cards) in [("1", 2, 1), ("n", 3, 2), ("\r", 2, 1)] {
        let env = with_cards(&[("eva.vcf", card)]);
        let mut questions = vec![("[Enter] leave the card", key)];
        match key {
            "1" => questions.extend([("Which one stays? [1-2]", "1"), WRITE]),
            "n" => questions.push(WRITE),
            // Ana gets no card before it is clear who this one is.
            _ => {}
        }
        answers(&env, &questions);
        assert_eq!(people(&env), contacts, "{key:?}");
        assert_eq!(files(&env).len(), cards, "{key:?}");
    }
}

#[test]
fn a_deleted_card_keeps_pauses_or_removes_the_contact() {
    for (key, paused, contacts) in [("k", 0, 3), ("\r", 0, 3), ("p", 1, 3), ("r", 0, 2)] {
        let env = three();
        assert_eq!(people(&env), 4);
        fs::remove_file(env.path("cards/ivo.vcf")).expect("removed");
        let mut questions = vec![("[r] remove it", key)];
        if ["p", "r"].contains(&key) {
            questions.push(WRITE);
        }
        answers(&env, &questions);
        assert_eq!(
            env.book().matches("paused = true").count(),
            paused,
            "{key:?}"
        );
        assert_eq!(people(&env), contacts + 1, "{key:?}");
        env.ok("sync")
            .stdout_eq("The book and its cards say the same\n");
        assert_eq!(files(&env).len(), 2);
    }
}

#[test]
fn the_card_of_a_removed_contact_is_deleted_or_kept() {
    for (key, cards, is_asked_again) in [("d", 2, false), ("k", 3, false), ("\r", 3, true)] {
        let env = three();
        env.ok("remove 'Ivo Brand'");
        let mut questions = vec![("[Enter] ask again later", key)];
        if key == "d" {
            questions.push(WRITE);
        }
        answers(&env, &questions);
        assert_eq!(files(&env).len(), cards, "{key:?}");
        let said = env.run("sync").success();
        let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
        assert_eq!(
            said.contains("no longer in the book"),
            is_asked_again,
            "{said}"
        );
        assert_eq!(env.book().matches("Ivo").count(), 0);
    }
}

#[test]
fn one_key_answers_for_all() {
    let env = three();
    fs::remove_file(env.path("cards/ivo.vcf")).expect("removed");
    fs::remove_file(env.path("cards/tess.vcf")).expect("removed");
    let mut session = at_a_terminal(&env, "sync --accept");
    session.exp_string("[a] keep all 2").expect("asked");
    session.send("a").expect("sent");
    session.flush().expect("sent");
    end(&mut session);
    assert_eq!(people(&env), 4);
    env.ok("sync")
        .stdout_eq("The book and its cards say the same\n");

    let env = three();
    env.ok("remove 'Ivo Brand'");
    env.ok("remove 'Tess Brand'");
    let mut session = at_a_terminal(&env, "sync --accept");
    session.exp_string("[a] delete all 2").expect("asked");
    session.send("a").expect("sent");
    session.flush().expect("sent");
    session.exp_string(WRITE.0).expect("asked");
    session.send("v\n").expect("sent");
    session
        .exp_string("To the cards: Tess Brand removed")
        .expect("shown");
    session.exp_string(WRITE.0).expect("asked again");
    session.send("y\n").expect("sent");
    end(&mut session);
    assert_eq!(files(&env).len(), 1);
}
