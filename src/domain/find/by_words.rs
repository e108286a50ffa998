//! Which of several short texts is meant by a few words.

use crate::domain::text::fold;

/// The places of the `texts` that `words` fit, case and accents aside: those that are equal, else those that have each word,
/// in any order, else those that have each as a part. The first of these that finds any decides.
pub(crate) fn fitting(texts: &[&str], words: &str) -> Vec<usize> {
    let wanted = fold(words);
    if wanted.is_empty() {
        return places(texts, |text| text.trim() == words.trim());
    }
    let each = |has: fn(&str, &str) -> bool| {
        places(texts, |text| {
            let text = fold(text);
            wanted.split(' ').all(|word| has(&text, word))
        })
    };
    let equal = places(texts, |text| fold(text) == wanted);
    let whole = || each(|text, word| text.split(' ').any(|other| other == word));
    let parts = || each(|text, word| text.contains(word));
    [equal]
        .into_iter()
        .chain(std::iter::once_with(whole))
        .chain(std::iter::once_with(parts))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn places(texts: &[&str], fits: impl Fn(&str) -> bool) -> Vec<usize> {
    let places = texts.iter().enumerate().filter(|(_, text)| fits(text));
    places.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 5] = [
        "send the draft",
        "Draft",
        "drafting café photos",
        "— ☎ —",
        "— —",
    ];

    #[track_caller]
    fn case(words: &str, expected: &[usize]) {
        assert_eq!(fitting(&TEXTS, words), expected, "{words}");
    }

    #[test]
    fn an_equal_text_comes_before_whole_words_and_these_before_parts() {
        case("draft", &[1]);
        case("the draft", &[0]);
        case("DRAFT SEND", &[0]);
        case("draf", &[0, 1, 2]);
        case("cafe", &[2]);
        case("phot draft", &[2]);
        case("the", &[0]);
        case("nothing", &[]);
    }

    #[test]
    fn words_of_signs_alone_fit_an_equal_text() {
        case("— —", &[4]);
        case("—", &[]);
        case("☎", &[3]);
        case("", &[]);
    }
}
