//! Who people are, and that importing them a second time changes nothing.

use std::slice::from_ref;

use netkeep::domain::identity::import::{Answer, Arrival, Intake, Outcome, intake};
use netkeep::domain::identity::match_key::MatchedBy;
use netkeep::domain::identity::supplement::Prefer;
use netkeep::domain::{Book, Contact, ContactId, Field};

use super::day;

fn arrival(name: &str, email: &str, company: &str) -> Arrival {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Arrival {
        contact: Contact {
            name: name.to_owned(),
            email: some(email).into_iter().collect(),
            company: some(company),
            ..Contact::default()
        },
        line: 1,
        is_own: false,
        ..Arrival::default()
    }
}

fn today() -> chrono::NaiveDate {
    day("2026-11-23")
}

fn book(contacts: &[Contact]) -> Book {
    contacts.iter().cloned().collect()
}

/// The result of importing the arrivals into the book; importing them again must change nothing.
#[track_caller]
fn settled(book: &[Contact], arrivals: &[Arrival], prefer: Prefer, answer: Answer) -> Intake {
    let first = intake(&self::book(book), arrivals, prefer, |_| answer, today());
    let again = self::book(&first.contacts);
    let second = intake(&again, arrivals, prefer, |_| answer, today());
    assert_eq!(second.contacts, first.contacts);
    first
}

fn names(intake: &Intake) -> Vec<&str> {
    let names = intake.contacts.iter().map(|contact| contact.name.as_str());
    names.collect()
}

#[test]
fn namesakes_stay_two_and_a_second_run_finds_nobody_new() {
    let arrivals = [
        arrival("Ana Ruiz", "ana@acme.example", "Acme"),
        arrival("Ana Ruiz", "ana@globex.example", "Globex"),
        arrival("Ana Ruiz", "ana@acme.example", ""),
        arrival("Bo", "", ""),
    ];
    let first = settled(&[], &arrivals, Prefer::Mine, Answer::Leave);
    assert_eq!(names(&first), ["Ana Ruiz", "Ana Ruiz (Globex)", "Bo"]);
    assert!(matches!(first.outcomes[2], Outcome::Again(ContactId(0), _)));

    let second = settled(&first.contacts, &arrivals, Prefer::Mine, Answer::Leave);
    let is_known = |outcome: &Outcome| match outcome {
        Outcome::Known(_, gains) | Outcome::Again(_, gains) => gains.fields.is_empty(),
        _ => false,
    };
    assert!(second.outcomes.iter().all(is_known));
}

#[test]
fn the_answer_decides_what_is_unclear() {
    let bo = arrival("Bo Lind", "bo@a.example", "").contact;
    let other = arrival("Bo Lind", "bo@b.example", "");
    let with = |answer| settled(from_ref(&bo), from_ref(&other), Prefer::Mine, answer);
    let left = with(Answer::Leave);
    assert_eq!(
        (left.contacts.len(), &left.outcomes[0]),
        (1, &Outcome::Unclear(vec![ContactId(0)], MatchedBy::Name))
    );
    let both = with(Answer::New);
    assert_eq!(names(&both), ["Bo Lind", "Bo Lind (bo@b.example)"]);
    let same = with(Answer::Same(ContactId(0)));
    assert_eq!(names(&same), ["Bo Lind"]);
    assert!(
        matches!(&same.outcomes[0], Outcome::Known(_, gains) if gains.fields == [Field::Email])
    );
}

#[test]
fn a_uid_stays_with_its_contact() {
    let with = |arrival: Arrival| Arrival {
        contact: Contact {
            uid: Some("6b2f3a0e-5c1d-4e8f-9a7b".to_owned()),
            ..arrival.contact
        },
        ..arrival
    };
    let ana = with(arrival("Ana Ruiz", "ana@a.example", "")).contact;
    let bo = with(arrival("Bo Lind", "bo@b.example", ""));
    let left = settled(from_ref(&ana), from_ref(&bo), Prefer::Mine, Answer::Leave);
    assert_eq!(
        left.outcomes,
        [Outcome::Unclear(vec![ContactId(0)], MatchedBy::Uid)]
    );
    let taken = settled(from_ref(&ana), &[bo], Prefer::Mine, Answer::New);
    assert_eq!(names(&taken), ["Ana Ruiz", "Bo Lind"]);
    assert_eq!((&taken.contacts[0], &taken.contacts[1].uid), (&ana, &None));
    // A contact known by another key does not gain someone else's UID.
    let bo = arrival("Bo Lind", "bo@b.example", "").contact;
    let again = with(arrival("Bo Lind", "bo@b.example", "Acme"));
    let known = settled(&[ana, bo], &[again], Prefer::Mine, Answer::Leave);
    assert_eq!(known.contacts[1].uid, None);
    assert_eq!(known.contacts[1].company.as_deref(), Some("Acme"));
}

#[test]
fn profiles_tell_namesakes_of_one_firm_apart() {
    let with = |profile: &str| {
        let mut arrival = arrival("Ana Ruiz", "", "Acme");
        arrival.contact.links = vec![format!("https://www.linkedin.com/in/{profile}")];
        arrival
    };
    let both = [with("ana-1"), with("ana-2")];
    let taken = settled(&[], &both, Prefer::Mine, Answer::Leave);
    assert_eq!(names(&taken), ["Ana Ruiz", "Ana Ruiz (Acme)"]);
    // The name of a profile may change: in a book it is unclear who that is.
    let ana = with("ana-1").contact;
    let other = settled(
        from_ref(&ana),
        &[with("ana-2")],
        Prefer::Mine,
        Answer::Leave,
    );
    assert_eq!(
        other.outcomes,
        [Outcome::Unclear(vec![ContactId(0)], MatchedBy::Name)]
    );
    let both = settled(
        &[ana],
        &[with("ana-2"), with("ana-1")],
        Prefer::Mine,
        Answer::Leave,
    );
    assert_eq!(names(&both), ["Ana Ruiz", "Ana Ruiz (Acme)"]);
    assert_eq!(both.outcomes[0], Outcome::New(ContactId(1)));
}

#[test]
fn an_incomplete_name_belongs_to_one_person() {
    let at = |name: &str| arrival(name, "berg@a.example", "");
    for (first, second, third) in [
        ("A. Berg", "Anna Berg", "Axel Berg"),
        ("Berg", "Anna Berg", "Axel Berg"),
        ("Anna", "Anna Berg", "Anna Lund"),
        ("A. Berg", "Anna Berg", "Axel"),
    ] {
        let arrivals = [at(first), at(second), at(third)];
        let taken = settled(&[], &arrivals, Prefer::Mine, Answer::Leave);
        assert_eq!(names(&taken), [first]);
        assert_eq!(
            taken.outcomes[2],
            Outcome::Unclear(vec![ContactId(0)], MatchedBy::Email),
            "{third}"
        );
    }
    let arrivals = ["Ana Ruiz", "Ana Maria Ruiz", "A. Ruiz", "Ana Ruiz Gil"].map(at);
    let taken = settled(&[], &arrivals, Prefer::Mine, Answer::Leave);
    assert_eq!((names(&taken).len(), taken.outcomes.len()), (1, 4));
    assert!(!matches!(taken.outcomes[3], Outcome::Unclear(..)));
}

#[test]
fn preferring_theirs_settles_down() {
    let mut ana = arrival("Ana Ruiz (2)", "ana@a.example", "").contact;
    ana.title = Some("CTO".to_owned());
    let namesake = arrival("Ana Ruiz", "", "Globex").contact;
    let mut first = arrival("Ana Ruiz (Acme)", "ana@a.example", "Acme");
    first.contact.title = Some("CEO".to_owned());
    let second = arrival("Ana R. Gil", "ana@a.example", "Initech");
    let third = arrival("Ana Ruiz", "ana@a.example", "Acme");
    for arrivals in [
        vec![first.clone()],
        vec![second.clone(), first.clone()],
        vec![first, third, second],
    ] {
        let book = [ana.clone(), namesake.clone()];
        let taken = settled(&book, &arrivals, Prefer::Theirs, Answer::New);
        assert_eq!(taken.contacts.len(), 2);
        assert!(taken.contacts[0].aka.len() < 3, "{:?}", taken.contacts[0]);
    }
}

#[test]
fn a_later_row_may_identify_an_earlier_one() {
    let mut first = arrival("Ana Ruiz", "", "");
    first.contact.phone = vec!["+34 600 000 001".to_owned()];
    let unclear = arrival("Ana Ruiz", "ana@a.example", "Acme");
    let mut last = arrival("Ana Ruiz", "ana@a.example", "");
    last.contact.phone.clone_from(&first.contact.phone);
    let rows = [first.clone(), unclear, last];
    let taken = settled(&[first.contact], &rows, Prefer::Mine, Answer::Leave);
    assert_eq!(taken.contacts[0].company.as_deref(), Some("Acme"));
    let gained = |outcome: &Outcome| match outcome {
        Outcome::Known(_, gains) | Outcome::Again(_, gains) => gains.fields.clone(),
        outcome => panic!("{outcome:?}"),
    };
    let gained: Vec<Vec<Field>> = taken.outcomes.iter().map(gained).collect();
    assert_eq!(gained, [vec![], vec![Field::Company], vec![Field::Email]]);
    let skipped = intake(
        &book(&[rows[0].contact.clone()]),
        &rows,
        Prefer::Mine,
        |_| Answer::Skip,
        today(),
    );
    assert_eq!(skipped.contacts[0].company, None);
}

#[test]
fn a_newcomer_is_added_once_where_two_share_an_address() {
    let book = ["Ana Ruiz", "Ana Ruiz (2)"].map(|name| arrival(name, "a@a.example", "").contact);
    let ana = arrival("A. Ruiz", "a@a.example", "Acme");
    let taken = settled(&book, &[ana], Prefer::Mine, Answer::New);
    assert_eq!(names(&taken), ["Ana Ruiz", "Ana Ruiz (2)", "A. Ruiz"]);
}

#[test]
fn a_merged_contact_is_known_or_unclear_and_never_new() {
    let ana = Contact {
        aka: vec!["A. R. Gil".to_owned()],
        company: Some("Acme".to_owned()),
        ..arrival("Ana Ruiz", "ana@a.example", "").contact
    };
    let known = settled(
        from_ref(&ana),
        &[arrival("A. R. Gil", "", "")],
        Prefer::Theirs,
        Answer::Leave,
    );
    assert_eq!(known.contacts, from_ref(&ana));
    // Someone else may have their company by now, or a name of one word.
    let gil = arrival("A. R. Gil", "", "Globex");
    let known = settled(from_ref(&ana), from_ref(&gil), Prefer::Mine, Answer::New);
    assert_eq!(known.contacts, from_ref(&ana));
    let ani = Contact {
        aka: vec!["Ani".to_owned(), "Bo Lind (Globex)".to_owned()],
        ..ana.clone()
    };
    let rows = [
        arrival("Ani", "", "Globex"),
        arrival("Bo Lind", "", "Globex"),
    ];
    let taken = settled(from_ref(&ani), &rows, Prefer::Mine, Answer::Leave);
    assert_eq!(taken.contacts, from_ref(&ani));
    let perhaps = Outcome::Unclear(vec![ContactId(0)], MatchedBy::Name);
    assert_eq!(taken.outcomes[0], perhaps);
    let own = Arrival {
        is_own: true,
        ..arrival("A. R. Gil", "", "")
    };
    let known = settled(from_ref(&ana), &[own], Prefer::Mine, Answer::Leave);
    assert_eq!(known.contacts, [ana]);
}

#[test]
fn a_page_of_a_firm_identifies_nobody() {
    let with = |name: &str, email: &str, company: &str| {
        let mut arrival = arrival(name, email, company);
        arrival.contact.links = vec!["https://acme.example/team".to_owned()];
        arrival
    };
    let rows = [
        with("Ana Ruiz", "ana@acme.example", ""),
        with("Bo Lind", "", "Acme"),
        with("Cy Ng", "", "Acme"),
    ];
    let taken = settled(&[], &rows, Prefer::Mine, Answer::Leave);
    assert_eq!(names(&taken), ["Ana Ruiz", "Bo Lind", "Cy Ng"]);
    let elsewhere = with("Eva Berg", "", "");
    let unclear = settled(
        &[rows[1].contact.clone()],
        &[elsewhere],
        Prefer::Mine,
        Answer::Leave,
    );
    let perhaps = Outcome::Unclear(vec![ContactId(0)], MatchedBy::Link);
    assert_eq!(unclear.outcomes, [perhaps]);
}

#[test]
fn an_address_is_not_a_name() {
    let ana = arrival("Ana Lind", "office@acme.example", "").contact;
    let nameless = arrival("office@acme.example", "office@acme.example", "");
    let bo = arrival("Bo Berg", "office@acme.example", "");
    for rows in [
        [bo.clone(), nameless.clone()],
        [nameless.clone(), bo.clone()],
    ] {
        for prefer in [Prefer::Mine, Prefer::Theirs] {
            let taken = settled(from_ref(&ana), &rows, prefer, Answer::Leave);
            assert_eq!(taken.contacts, from_ref(&ana));
        }
    }
    // Once it has been given a name, it belongs to nobody else.
    let eva = arrival("Eva Lind", "office@acme.example", "");
    let rows = [arrival("Bo Berg", "", ""), bo, eva];
    let taken = settled(&[nameless.contact], &rows, Prefer::Mine, Answer::Leave);
    assert_eq!(names(&taken), ["office@acme.example", "Bo Berg"]);
    assert!(matches!(taken.outcomes[2], Outcome::Unclear(..)));
}

#[test]
fn titles_and_word_order_make_no_new_person_in_a_firm() {
    let ana = arrival("Ana Ruiz", "", "Acme").contact;
    for name in ["Ana Ruiz, PhD", "Dr. Ana Ruiz", "Ruiz, Ana"] {
        let taken = settled(
            from_ref(&ana),
            &[arrival(name, "", "Acme AB")],
            Prefer::Mine,
            Answer::New,
        );
        assert_eq!(names(&taken), ["Ana Ruiz"], "{name}");
    }
    // An initial or a second name may belong to someone else.
    for name in ["A. Ruiz", "Ana F. Ruiz"] {
        let taken = settled(
            from_ref(&ana),
            &[arrival(name, "", "Acme")],
            Prefer::Mine,
            Answer::Leave,
        );
        assert_eq!(
            taken.outcomes,
            [Outcome::Unclear(vec![ContactId(0)], MatchedBy::Name)],
            "{name}"
        );
    }
    for (name, company) in [("Dr. Ana Ruiz", "Globex"), ("Bo Ruiz", "Acme")] {
        let taken = settled(
            from_ref(&ana),
            &[arrival(name, "", company)],
            Prefer::Mine,
            Answer::Leave,
        );
        assert_eq!(taken.contacts.len(), 2, "{name}");
    }
}

#[test]
fn a_number_shared_by_many_names_identifies_nobody() {
    let at = |name: &str, day: Option<&str>| {
        let mut arrival = arrival(name, &format!("{}@x.example", &name[..1]), "");
        arrival.contact.phone = vec!["+1 212 555 1000".to_owned()];
        arrival.contact.birthday = day.map(|day| day.parse().expect("a birthday"));
        arrival
    };
    let rows = ["Ana Ruiz", "Bo Lind", "Cy Ng", "Di Moss", "Eva Berg"].map(|name| at(name, None));
    let taken = settled(&[], &rows, Prefer::Mine, Answer::Leave);
    assert_eq!(taken.contacts.len(), 5);
    let couple = settled(&[], &rows[..2], Prefer::Mine, Answer::Leave);
    assert_eq!(couple.contacts.len(), 1);
    let mut relatives = [
        at("Hal Moss", Some("1940-01-02")),
        at("Hal Moss", Some("1970-01-02")),
    ];
    relatives[1].contact.email.clear();
    let taken = settled(&[], &relatives, Prefer::Mine, Answer::Leave);
    assert_eq!(
        taken.outcomes[1],
        Outcome::Unclear(vec![ContactId(0)], MatchedBy::Phone)
    );
}
