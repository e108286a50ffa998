//! Numbers that nobody answers: faxes and pagers, told by the labels that programs give them.

use super::clean::one_line;
use crate::domain::text::caseless;

/// What the label of a fax contains, in the languages in which programs write it.
const FAX: &str = "fax faks télécopie telecop факс φαξ bréfsími פקס فاكس فکس نمابر فیکس फ़ैक्स โทรสาร แฟกซ์ ファックス ファクス 传真 傳真 팩스";

/// The same for a pager.
const PAGER: &str = "pager beeper bleeper bipeur récepteur téléavertisseur personenruf funkruf piepser pieper semafoon \
    buscapersonas localizador cercapersone personsökar personsøger personsøker hakulaite személyhívó przywoływacz piipar \
    çağrı-cihazı пейджер βομβητής זימונית איתורית ביפר بيجر پیجر النداء ポケベル ページャ 寻呼 尋呼 呼机 呼機 传呼 傳呼 호출기 삐삐";

/// Places whose names contain the word.
const PLACES: [&str; 4] = ["fairfax", "halifax", "colfax", "carfax"];

/// The label of a fax or a pager as the notes have it, if `label` is one: `Work Fax` for `_$!<WorkFAX>!$_`. `None` for any other.
pub(super) fn label(label: &str) -> Option<String> {
    let plain = caseless(label).replace([' ', '_'], "-");
    let plain = PLACES
        .iter()
        .fold(plain, |plain, place| plain.replace(place, ""));
    let has = |words: &str| {
        let mut words = words.split_ascii_whitespace();
        words.any(|word| {
            let may_match = word.is_ascii() || !label.is_ascii();
            may_match && plain.contains(&caseless(word))
        })
    };
    (has(FAX) || has(PAGER)).then(|| readable(label))
}

/// `WORK FAX`, `workfax` and Apple's `_$!<WorkFAX>!$_` as `Work Fax`. Other languages stay as they are.
fn readable(label: &str) -> String {
    let label = one_line(label);
    let label = label
        .trim_start_matches("_$!<")
        .trim_end_matches(">!$_")
        .trim_start_matches("* ");
    let label = match label.len().checked_sub("fax".len()) {
        Some(at) if label.is_ascii() && label[at..].eq_ignore_ascii_case("fax") => {
            format!("{} {}", &label[..at], &label[at..])
        }
        _ => label.to_owned(),
    };
    let label = label.trim_start_matches("X-").replace(['_', '-'], " ");
    let words = label.split_whitespace().map(|word| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        let is_shouted = !word.chars().any(char::is_lowercase);
        let rest = if is_shouted {
            rest.to_lowercase()
        } else {
            rest.to_owned()
        };
        first.to_uppercase() + &rest
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faxes_and_pagers_are_told_by_their_labels() {
        for (text, expected) in [
            ("Work Fax", "Work Fax"),
            ("* Home fax", "Home Fax"),
            ("homefax", "Home Fax"),
            ("_$!<WorkFAX>!$_", "Work Fax"),
            ("FAX", "Fax"),
            ("WORK FAX", "Work Fax"),
            ("WORK_PAGER", "Work Pager"),
            ("X-HOME-FAX", "Home Fax"),
            ("Télécopie", "Télécopie"),
            ("Telefaks", "Telefaks"),
            ("рабочий факс", "Рабочий Факс"),
            ("Personsökare", "Personsökare"),
            ("çağrı cihazı", "Çağrı Cihazı"),
            ("ポケットベル・ポケベル", "ポケットベル・ポケベル"),
            ("직장 팩스", "직장 팩스"),
            ("Halifax fax", "Halifax Fax"),
        ] {
            assert_eq!(label(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "Mobile", "Work", "Halifax office", "Факультет"] {
            assert_eq!(label(text), None, "{text}");
        }
    }
}
