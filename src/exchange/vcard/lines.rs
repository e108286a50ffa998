//! Cuts a file of vCards into cards, and each card into its logical lines.
//!
//! Sources: RFC 6350, 3.2 (folding); vCard 2.1, 2.1.3 (soft breaks of quoted-printable); and the output of real programs: blank
//! lines, missing ends, pictures whose lines are not folded.

use crate::exchange::{Parsed, RowProblem};

/// The properties that hold pictures, sounds and keys.
const MEDIA: [&str; 4] = ["PHOTO", "LOGO", "SOUND", "KEY"];

/// A card: its lines between BEGIN and END.
#[derive(Debug, Default)]
pub(super) struct Card {
    /// The line it begins on, from 1.
    pub(super) line: usize,
    pub(super) lines: Vec<ContentLine>,
    /// The line of its END, from 1; `None` if it has none.
    pub(super) end: Option<usize>,
}

/// A logical line, unfolded. It still has its soft breaks.
#[derive(Debug)]
pub(super) struct ContentLine {
    /// The line it begins on, from 1.
    pub(super) number: usize,
    /// The line after its last.
    pub(super) end: usize,
    pub(super) bytes: Vec<u8>,
    /// Whether its value is quoted-printable.
    pub(super) is_quoted: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ReadingState {
    Outside,
    Inside,
    /// A picture in a card. Its remaining lines are skipped.
    Media,
    /// A card inside a card: an agent in vCard 2.1, which is not a contact of the user.
    Agent,
}

/// Calls `take` for each card of `bytes`. Problems go to `found`, and the number of pictures, sounds and keys that were left out.
pub(super) fn each_card(bytes: &[u8], found: &mut Parsed, mut take: impl FnMut(Card, &mut Parsed)) {
    let mut at = ReadingState::Outside;
    let mut card = Card::default();
    let (mut is_reported, mut is_empty) = (false, false);
    for (number, line) in physical_lines(bytes) {
        let (name, value) = head(line);
        // A line that continues the one before is not a line of its own, whatever it says.
        let is_more = line
            .first()
            .is_some_and(|first| matches!(first, b' ' | b'\t'))
            && (at == ReadingState::Media || at == ReadingState::Inside && !card.lines.is_empty());
        let is = |wanted: &str| {
            !is_more && name.eq_ignore_ascii_case(wanted) && value.eq_ignore_ascii_case(b"VCARD")
        };
        if is("END") {
            if at == ReadingState::Agent {
                at = ReadingState::Inside;
            } else if at != ReadingState::Outside {
                card.end = Some(number);
                take(std::mem::take(&mut card), found);
                at = ReadingState::Outside;
            }
            continue;
        }
        if is("BEGIN") {
            let opens_agent = |last: &ContentLine| {
                let (name, value) = head(&last.bytes);
                name.eq_ignore_ascii_case("AGENT") && value.is_empty()
            };
            if at != ReadingState::Outside && card.lines.last().is_some_and(opens_agent) {
                at = ReadingState::Agent;
                found.unused.push("AGENT".to_owned());
                continue;
            }
            if at != ReadingState::Outside {
                found
                    .flaws
                    .push(RowProblem::new(card.line, "a card without an end"));
                take(std::mem::take(&mut card), found);
            }
            card.line = number;
            at = ReadingState::Inside;
            continue;
        }
        match at {
            ReadingState::Outside if line.trim_ascii().is_empty() => is_reported = false,
            ReadingState::Outside => {
                if !is_reported {
                    found
                        .flaws
                        .push(RowProblem::lost(number, "text outside a card"));
                }
                is_reported = true;
            }
            ReadingState::Agent => {}
            ReadingState::Media if is_more || line.is_empty() || is_base64(line) => {
                // The data may begin on the second line. An empty picture does not count.
                let is_first = is_empty && !line.is_empty();
                found.media += usize::from(is_first);
                is_empty &= !is_first;
            }
            _ if card.lines.last().is_some_and(|last| {
                last.is_quoted && last.bytes.ends_with(b"=") && goes_on(&last.bytes, line)
            }) =>
            {
                let last = card.lines.last_mut().expect("a line before this one");
                last.bytes.extend_from_slice(b"\r\n");
                last.bytes.extend_from_slice(line);
                last.end = number + 1;
            }
            _ if line.is_empty() => {}
            _ if is_more => {
                let last = card.lines.last_mut().expect("a line before this one");
                last.bytes.extend_from_slice(&line[1..]);
                last.end = number + 1;
            }
            _ if is_media(name, line) => {
                is_empty = value.is_empty();
                found.media += usize::from(!is_empty);
                at = ReadingState::Media;
            }
            _ => {
                at = ReadingState::Inside;
                card.lines.push(ContentLine {
                    number,
                    end: number + 1,
                    bytes: line.to_vec(),
                    is_quoted: is_quoted_printable(line),
                });
            }
        }
    }
    if at != ReadingState::Outside {
        found
            .flaws
            .push(RowProblem::new(card.line, "a card without an end"));
        take(card, found);
    }
}

/// Whether a property is a picture, a sound or a key. Phones of Japan write how a name is spoken as a sound.
fn is_media(name: &str, line: &[u8]) -> bool {
    let is_media = MEDIA.iter().any(|media| name.eq_ignore_ascii_case(media));
    is_media && !line.windows(9).any(|part| part == b";X-IRMC-N")
}

/// The lines of a file with their numbers, from 1, without CR, byte-order marks, and the marks of a page's and a file's end. Files that were concatenated without a newline have
/// two of them on one line.
fn physical_lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    const JOINT: &[u8] = b"END:VCARD";
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    lines.flat_map(|(at, line)| {
        let mut line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        while let [shorter @ .., b'\r' | b'\x0c' | b'\x1a'] = line {
            line = shorter;
        }
        let is_joined = line.len() > JOINT.len() && line[..JOINT.len()].eq_ignore_ascii_case(JOINT);
        let (first, second) = line.split_at(if is_joined { JOINT.len() } else { line.len() });
        let second = second
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(second)
            .trim_ascii_start();
        std::iter::once(first)
            .chain((!second.is_empty()).then_some(second))
            .map(move |line| (at + 1, line))
    })
}

/// The name of a line without its group, and its value. Both are empty if the line has no value.
fn head(line: &[u8]) -> (&str, &[u8]) {
    let Some(end) = line.iter().position(|byte| matches!(byte, b':' | b';')) else {
        return ("", b"");
    };
    let name = std::str::from_utf8(&line[..end]).unwrap_or_default().trim();
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    let value = line
        .iter()
        .position(|byte| *byte == b':')
        .map_or(&b""[..], |colon| &line[colon + 1..]);
    (name, value.trim_ascii())
}

/// A line of this length was broken because of its length.
const LONG: usize = 70;

/// Whether `line` continues after a soft break. Some programs end a value with an equals sign that is not one; then a property
/// follows.
fn goes_on(last: &[u8], line: &[u8]) -> bool {
    const NAMES: &str = "ADR AGENT BDAY CATEGORIES EMAIL FN KEY LABEL LOGO N NICKNAME NOTE ORG PHOTO REV ROLE SOUND TEL TITLE UID URL \
        VERSION";
    let (name, _) = head(line);
    let is_known = NAMES.split(' ').any(|known| known == name) || name.starts_with("X-");
    // What is coded is part of the coded text, and a sentence with a soft break too.
    let is_coded = has_escape(line) || line.ends_with(b"=") && line.contains(&b' ');
    let is_text = is_coded && !is_quoted_printable(line) || !is_plausible(name, line);
    let is_property = is_known && is_named(line) && !is_text;
    let piece = last
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    // A line of the text may end here, and the next may say TEL.
    let is_lines_end = piece.to_ascii_uppercase().ends_with(b"=0D=0A=");
    !is_property || is_lines_end || piece.len() >= LONG
}

/// Whether a line begins with the name of a property, perhaps with a group before it: `item1.TEL`, but not `4th floor.N`.
fn is_named(line: &[u8]) -> bool {
    let mut head = line.split(|byte| matches!(byte, b':' | b';'));
    let head = head.next().unwrap_or_default();
    head.iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether a line has what a property of that name cannot do without.
fn is_plausible(name: &str, line: &[u8]) -> bool {
    match name {
        "TEL" | "BDAY" | "REV" => line.iter().any(u8::is_ascii_digit),
        "EMAIL" => line.contains(&b'@'),
        _ => true,
    }
}

/// Whether a line has a character in quoted-printable, `=3D`.
fn has_escape(line: &[u8]) -> bool {
    let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte);
    let is_escape = |part: &[u8]| matches!(part, [b'=', high, low] if is_hex(high) && is_hex(low));
    line.windows(3).any(is_escape)
}

/// Whether the head of a line declares its value as quoted-printable.
pub(super) fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
    head.to_ascii_uppercase()
        .windows(16)
        .any(|word| word == b"QUOTED-PRINTABLE")
}

/// Whether a line can only be part of a picture.
fn is_base64(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(text: &str) -> (Vec<Vec<String>>, usize, Vec<RowProblem>) {
        let (mut cards, mut found) = (Vec::new(), Parsed::default());
        each_card(text.as_bytes(), &mut found, |card, _| {
            let text = |line: &ContentLine| {
                format!("{} {}", line.number, String::from_utf8_lossy(&line.bytes))
            };
            cards.push(card.lines.iter().map(text).collect());
        });
        (cards, found.media, found.flaws)
    }

    #[test]
    fn lines_are_unfolded_and_pictures_left_out() {
        let (cards, media, flaws) = cards(
            "BEGIN:VCARD\r\nFN:Ana\r\n  Ruiz\r\nPHOTO;ENCODING=b:AAA\r\n BBB\r\n\r\nCCC=\r\nitem1.KEY:x\r\n\r\nTEL:1\r\nEND:VCARD\r\n",
        );
        assert_eq!(cards, [["2 FN:Ana Ruiz", "10 TEL:1"]]);
        assert_eq!((media, flaws), (2, vec![]));
        let text = "BEGIN:VCARD\nPHOTO;BASE64:\n  AAA\n  BBB\n\nLOGO:\nTEL:1\nEND:VCARD\n";
        assert_eq!(self::cards(text).1, 1);
    }

    #[test]
    fn soft_breaks_stay_with_their_line() {
        let text = "begin:vcard\nNOTE;ENCODING=QUOTED-PRINTABLE:caf=\n=C3=A9=\n\nTEL:1\nend:vcard";
        assert_eq!(
            cards(text).0,
            [[
                "2 NOTE;ENCODING=QUOTED-PRINTABLE:caf=\r\n=C3=A9=\r\n",
                "5 TEL:1"
            ]]
        );
    }

    #[test]
    fn a_lone_equals_sign_does_not_join_a_property() {
        let text = "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:1+1=\nTEL:1\nEND:VCARD\n";
        let expected = ["2 NOTE;ENCODING=QUOTED-PRINTABLE:1+1=", "3 TEL:1"];
        assert_eq!(cards(text).0, [expected]);
        let text = text.replace("1+1=", "call:=0D=0A=");
        assert_eq!(cards(&text).0[0].len(), 1);
        let text = text.replace("call:", &"x".repeat(60));
        assert_eq!(cards(&text).0[0].len(), 1);
    }

    #[test]
    fn a_card_without_an_end_leaves_the_others_alone() {
        let text = "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nAGENT:\nBEGIN:VCARD\nFN:C\nEND:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:D\n";
        let (cards, _, flaws) = cards(text);
        assert_eq!(
            cards,
            [
                vec!["2 FN:A"],
                vec!["4 FN:B", "5 AGENT:", "9 TEL:1"],
                vec!["12 FN:D"]
            ]
        );
        let lines: Vec<usize> = flaws.iter().map(|flaw| flaw.line).collect();
        assert_eq!(lines, [1, 11]);
    }

    #[test]
    fn concatenated_files_have_two_cards() {
        for joint in ["", "\u{feff}", "\n\u{feff}"] {
            let text = format!("BEGIN:VCARD\nFN:A\nEND:VCARD{joint}BEGIN:VCARD\nFN:B\nEND:VCARD\n");
            let (cards, _, flaws) = cards(&text);
            assert_eq!((cards.len(), flaws), (2, vec![]), "{joint:?}");
        }
        let (cards, _, flaws) = cards("END:VCARD\nFN:Bo\nTEL:1\nEND:VCARD\n");
        assert_eq!(
            (cards.len(), flaws),
            (0, vec![RowProblem::lost(2, "text outside a card")])
        );
    }

    #[test]
    fn every_line_end_is_accepted() {
        for end in ["\n", "\r\n", "\r\r\n"] {
            let text = ["BEGIN:VCARD", "FN:A", "END:VCARD", ""].join(end);
            assert_eq!(cards(&text).0, [["2 FN:A"]], "{end:?}");
        }
    }
}
