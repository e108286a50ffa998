//! Phone numbers in a text that people wrote: which digits are dialled, and where one number ends and the next begins.
//!
//! - `number`: what comes out. `reader`: reads a text sign by sign. `signs`: what each sign means.
//! - `spreadsheet`: numbers that were computed with.
//!
//! Sources: ITU-T E.164 (at most 15 digits) and E.161 (letters), RFC 3966 (pauses are not part of a number).

mod number;
mod reader;
mod signs;
mod spreadsheet;

pub(crate) use self::number::PhoneNumber;
use self::number::{MOST, WHOLE, count};
use self::reader::NumberReader;
use self::signs::{SEPARATORS, is_line_end};

/// A longer text is not a phone number, whatever is in it.
const LONGEST_TEXT: usize = 1000;

/// Words between two numbers.
const BETWEEN: [&str; 9] = ["or", "and", "oder", "und", "ou", "et", "o", "y", "e"];

/// The numbers in a text, in their order; none if nothing in it can be dialled.
pub(crate) fn numbers(text: &str) -> Vec<PhoneNumber> {
    if let Some(number) = quick(text) {
        return vec![number];
    }
    if text.len() > LONGEST_TEXT || spreadsheet::is_cut(text) {
        return vec![];
    }
    if let Some(digits) = spreadsheet::whole_number(text) {
        return vec![PhoneNumber {
            digits,
            extension: String::new(),
            at: 0..text.len(),
        }];
    }
    let mut reader = NumberReader::new(text);
    let mut found = Vec::new();
    while reader.skip_to_number() {
        found.extend(reader.number());
    }
    // Beside a whole number, a short one is a room, a flat or a place in a list.
    if found.iter().any(PhoneNumber::is_whole) {
        found.retain(PhoneNumber::is_whole);
    } else {
        found.truncate(1);
    }
    found
}

/// The number in a text of digits and blanks, in a tenth of the time; most are such.
fn quick(text: &str) -> Option<PhoneNumber> {
    let text = text.trim();
    let bare = text.strip_prefix('+').unwrap_or(text);
    let is_plain = bare
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    let many = count(bare);
    if !is_plain || !(WHOLE..=MOST).contains(&many) || text.starts_with("+0") {
        return None;
    }
    let digits = text.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    Some(PhoneNumber {
        digits: digits.collect(),
        extension: String::new(),
        at: 0..text.len(),
    })
}

/// The first number in a text, which is the one to dial.
pub(crate) fn number(text: &str) -> Option<PhoneNumber> {
    numbers(text).into_iter().next()
}

/// A text divided into one for each of its numbers, as they are written; `None` if nothing in it can be dialled.
pub(crate) fn one_each(text: &str) -> Option<Vec<String>> {
    if let Some(digits) = spreadsheet::whole_number(text) {
        return Some(vec![digits]);
    }
    let found = numbers(text);
    let cuts = found
        .windows(2)
        .map(|pair| cut(text, pair[0].at.end, pair[1].at.start));
    let mut places: Vec<usize> = std::iter::once(0).chain(cuts).collect();
    places.push(text.len());
    let pieces = places
        .windows(2)
        .map(|ends| without_separators(&text[ends[0]..ends[1]]).to_owned());
    (!found.is_empty()).then(|| pieces.collect())
}

/// Where to divide the text between two numbers: words in brackets belong to the number before, other words to the one after.
fn cut(text: &str, end: usize, start: usize) -> usize {
    let between = &text[end..start];
    let separator = between.find(|c| is_line_end(c) || SEPARATORS.contains(&signs::plain(c)));
    let bracket = between.rfind([')', ']']).map(|at| at + 1);
    end + separator.or(bracket).unwrap_or_default()
}

/// A piece without what stood between it and the pieces beside it.
fn without_separators(piece: &str) -> &str {
    let is_edge = |c: char| c.is_whitespace() || SEPARATORS.contains(&signs::plain(c));
    let mut piece = piece.trim_matches(is_edge);
    for word in BETWEEN {
        let rest = piece
            .get(..word.len())
            .filter(|start| start.eq_ignore_ascii_case(word));
        if rest.is_some() && piece[word.len()..].starts_with(char::is_whitespace) {
            piece = piece[word.len()..].trim_start();
        }
    }
    piece.strip_prefix("+ ").unwrap_or(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_reading_is_the_thorough_one() {
        for text in [
            "0600 000 001",
            "+34-600-000-001",
            "+34 600 000 001 ",
            "555-0101",
            "0034600000001",
            "- 600 000 001",
        ] {
            let number = quick(text).expect("a plain number");
            let mut reader = NumberReader::new(text);
            assert!(reader.skip_to_number());
            let slowly = reader.number().expect("a number");
            assert_eq!(
                (number.digits, number.extension),
                (slowly.digits, slowly.extension),
                "{text}"
            );
        }
        for text in [
            "112",
            "+0600 000 001",
            "0600/000001",
            "1234567890123456",
            "+ +",
            "",
        ] {
            assert_eq!(quick(text), None, "{text}");
        }
    }

    /// The numbers in a text, as `digits;extension`, with commas between them.
    fn read(text: &str) -> String {
        let found = numbers(text).into_iter();
        let found = found.map(|number| match number.extension.as_str() {
            "" => number.digits,
            extension => format!("{};{extension}", number.digits),
        });
        found.collect::<Vec<_>>().join(",")
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (text, expected) in [
            ("+34 600 000 000", "+34600000000"),
            ("(0) 30 / 555-01", "03055501"),
            ("+44 (0)20 7946 0018", "+442079460018"),
            ("0044 [0] 20 7946 0018", "00442079460018"),
            ("(+44) ( 0 ) 20 7946 0018", "+442079460018"),
            ("+0034 600 000 000", "+34600000000"),
            ("tel:+34-600-000-001", "+34600000001"),
            ("TEL:7042;phone-context=x.example", "7042"),
            ("Mobile: 0600 000 001", "0600000001"),
            ("work 0600 000 001 (after six)", "0600000001"),
            ("600 000 000 (not after 20:00)", "600000000"),
            (
                "\u{202a}+49\u{a0}30\u{2011}555\u{202f}0123\u{202c}",
                "+49305550123",
            ),
            ("\u{200e}(0151) 5550123", "01515550123"),
            ("0600/000001", "0600000001"),
            ("0049 8141/55501", "0049814155501"),
            ("030,5550123", "0305550123"),
            ("030|5550123", "0305550123"),
            ("0600.000.001", "0600000001"),
            ("1. 0600 000 001", "0600000001"),
            ("+49 (0) 30 / 5550123-45", "+4930555012345"),
            ("Mobile0600 000 001", "0600000001"),
            ("O600 000 001", ""),
            ("0600 O00 001", ""),
            ("'0600000001", "0600000001"),
            ("=\"0600000001\"", "0600000001"),
            ("٠٦٠٠٠٠٠٠٠١", "0600000001"),
            ("०६०० ०००००१", "0600000001"),
            ("＋８１（３）５５５５－０１０１", "+81355550101"),
            ("0️⃣600000001", "0600000001"),
            ("☎ 0600 000 001", "0600000001"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_are_digits_only_in_a_number_for_them() {
        for (text, expected) in [
            ("1-800-BAKERY-9", "18002253799"),
            ("1-800-Flowers", "18003569377"),
            ("+1 (888) MY-BOATS", "+18886926287"),
            ("800 GARDEN", "800427336"),
            ("+44 800 GARDENS", "+448004273367"),
            ("1800gardens", "18004273367"),
            ("1-888-55-GARDEN", "188855427336"),
            ("555-TAXI", "5558294"),
            ("1 800 GARDENS x12", "18004273367;12"),
            ("112 POLICE", "112"),
            ("4711 Office", "4711"),
            ("4711-office", ""),
            ("12b", ""),
            ("GARDENS", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn two_numbers_are_never_one() {
        let both = "0600000001,0600000002";
        for between in [
            ", ",
            ",",
            "; ",
            ";",
            " / ",
            "/",
            "|",
            " | ",
            " & ",
            "&",
            " or ",
            " and ",
            "\n",
            "\t",
            " + ",
            " oder ",
            " - ",
            " ",
            " (home) / ",
            " home, work ",
            "، ",
        ] {
            let text = format!("0600 000 001{between}0600 000 002");
            assert_eq!(read(&text), both, "{text}");
        }
        for (text, expected) in [
            (
                "+34 600 000 001 +34 600 000 002",
                "+34600000001,+34600000002",
            ),
            ("030 555 0101 (0151 5550102)", "0305550101,01515550102"),
            ("020 7946 0991/2", "02079460991"),
            ("020 7946 0991/0992", "02079460991"),
            ("08-555 01 09/10", "085550109"),
            ("555-0101/0102", "5550101"),
            ("1 800 555 CARE", "18005552273"),
            ("+1 212 555 HELP", "+12125554357"),
            ("1) 0600 000 001 2) 0600 000 002", both),
            ("555010, 555011", "555010"),
            ("030 / 0305550101", "0305550101"),
            ("112 / 0600 000 001", "0600000001"),
            ("room 5, 0600 000 001", "0600000001"),
            ("0600 000 001 or 5", "0600000001"),
            ("1234567890123456789", ""),
            ("060000000106000000020600", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn digits_behind_a_pause_are_not_the_number() {
        for (text, expected) in [
            ("0600 000 001 code: 12345678", "0600000001"),
            ("0600 000 001, PIN 1234#", "0600000001"),
            ("020 5555 0101,,123#", "02055550101"),
            ("020 5555 0101,,1234567#", "02055550101"),
            ("+1 646 555 0101,,123456789#,,*4321#", "+16465550101"),
            ("020 5555 0101;123", "02055550101"),
            ("020 5555 0101p123", "02055550101"),
            ("020 5555 0101 w 1234567", "02055550101"),
            ("020 5555 0101;ext=12", "02055550101;12"),
            ("020 5555 0101 ext. 12", "02055550101;12"),
            ("020 5555 0101 (ext 12)", "02055550101;12"),
            ("020 5555 0101 x12", "02055550101;12"),
            ("020 5555 0101 #12", "02055550101;12"),
            ("030 5550101, Durchwahl 12", "0305550101;12"),
            ("020 5555 0101 x4 / home 555 99", "02055550101;4"),
            (
                "020 5555 0101 ext 12, 0600 000 001",
                "02055550101;12,0600000001",
            ),
            ("4711,12", "4711"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_spreadsheet_computes_with_numbers() {
        for (text, expected) in [
            ("34600000001.0", "34600000001"),
            ("34600000001.00", "34600000001"),
            ("+34600000001.0", "+34600000001"),
            ("34 600 000 001.0", "34600000001"),
            ("34,600,000,001", "34600000001"),
            ("3.46E+10", ""),
            ("+4.47E+11", ""),
            ("3,46E+10", ""),
            ("4E11", ""),
            ("4e+11", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn short_numbers_are_dialled_if_nothing_else_is_there() {
        for (text, expected) in [
            ("112", "112"),
            ("*100#", "*100#"),
            ("*#06#", "*#06#"),
            ("#31#0600 000 001", "#31#0600000001"),
            ("#1 0600 000 001", "0600000001"),
            ("Police: 112", "112"),
            ("555-01", "55501"),
            ("ext. 12", ""),
            ("ext: 12", ""),
            ("x12", ""),
            ("room 12", ""),
            ("call 20:00", ""),
            ("ask Bo", ""),
            ("none", ""),
            ("000", ""),
            ("+", ""),
            ("", ""),
            ("600000001@x.example", ""),
            ("https://x.example/600000001", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read(&"1/".repeat(100_000)), "");
    }

    #[test]
    fn a_text_is_divided_between_its_numbers() {
        let each = |text: &str| one_each(text).map(|pieces| pieces.join("|"));
        for (text, expected) in [
            ("0600 000 001, 0600 000 002", "0600 000 001|0600 000 002"),
            ("0600 000 001 or 0600 000 002", "0600 000 001|0600 000 002"),
            ("0600 000 001\n0600 000 002", "0600 000 001|0600 000 002"),
            (
                "home 0600 000 001; work 0600 000 002 x3",
                "home 0600 000 001|work 0600 000 002 x3",
            ),
            (
                "0600 000 001 (home) 0600 000 002 (work)",
                "0600 000 001 (home)|0600 000 002 (work)",
            ),
            (
                "+34 600 000 001 +34 600 000 002",
                "+34 600 000 001|+34 600 000 002",
            ),
            ("0600/000001", "0600/000001"),
            ("020 5555 0101,,123#", "020 5555 0101,,123#"),
            ("34600000001.0", "34600000001"),
        ] {
            assert_eq!(each(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(each("ask Bo"), None);
    }
}
