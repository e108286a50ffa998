//! Days in words against GNU `date`, for those that it also counts from a given day.

use std::process::Command;

use crate::env::{Env, stdout};

/// What GNU date makes of `words` on `today`, if GNU date is installed.
fn gnu(today: &str, words: &str) -> Option<String> {
    let words = format!("{today} {words}");
    let output = Command::new("date")
        .args(["-d", &words, "+%F"])
        .env("LC_ALL", "C")
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn days_in_words_match_gnu_date() {
    if gnu("2026-11-23", "yesterday").as_deref() != Some("2026-11-22") {
        return; // Not GNU date: the table in the domain stands alone.
    }
    for today in ["2026-11-23", "2024-02-29", "2027-01-01"] {
        let env = Env::with_book("[[contacts]]\nname = \"Ana\"\n");
        let past = [
            "yesterday",
            "3 days ago",
            "1 week ago",
            "2 weeks ago",
            "45 days ago",
            "5 months ago",
            "1 year ago",
            "last month",
            "last year",
        ];
        // In a month that is too short, GNU date differs from what people mean.
        for words in past
            .into_iter()
            .filter(|words| today != "2024-02-29" || !words.contains("year"))
        {
            let shown = stdout(&env.ok(&format!("log ana --today {today} -d '{words}' -n")));
            let expected = gnu(today, words).expect("GNU date reads it");
            assert!(
                shown.contains(&format!("on = {expected}")),
                "{today} {words}: {expected}\n{shown}"
            );
        }
        for words in ["tomorrow", "2 weeks", "11 days", "next week", "next month"] {
            let shown = stdout(&env.ok(&format!("log ana --today {today} --next '{words}' -n")));
            let expected = gnu(today, words).expect("GNU date reads it");
            assert!(
                shown.contains(&format!("next = {{ on = {expected} }}")),
                "{today} {words}: {expected}\n{shown}"
            );
        }
    }
}
