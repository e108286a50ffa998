//! When a book need not be read as a whole: netkeep has read it before, as it is, and found nothing wrong.
//!
//! Then whoever is not sought is only gone over ([`over`]). That rests on no rule but on a trial: a text is only taken for such
//! a one after it was read in both ways, and both said the same. A contact that could be gone over can be again, whatever
//! becomes of the others: nothing behind its own text was looked at. So after a change, only the changed ones are tried.

use super::over::over;
use super::pieces::in_pieces;
use super::plain::Detail;
use super::scan::{Segment, SegmentKind, cut};
use crate::domain::{Contact, Field};

/// Whether nothing is wrong with the parts of `text`, and those who are gone over end where they should, under the names they
/// have: then, unless something is wrong in the whole, an excerpt of it may be taken from now on.
#[must_use]
pub fn is_steady(text: &str) -> bool {
    let Ok((pieces, Some(parts))) = in_pieces(text, Detail::All) else {
        return false;
    };
    let mut is_right = parts.problems.is_empty();
    let mut contacts = parts.book.contacts.iter();
    let mut gone_over = Vec::new();
    let was_cut = cut(text, &mut gone_over, |at| {
        let contact = contacts.next();
        let mut seen = Vec::new();
        let gone = over(text, at, |field, value| {
            seen.push((field, value.to_owned()));
        });
        let is_it = |contact: &Contact| names(contact).eq(in_order(&seen));
        // Where one cannot be gone over, that may depend on what comes behind.
        is_right &= gone.is_some() && contact.is_some_and(|contact| is_it(contact));
        gone
    });
    // How touches are written is asked of those who have some, and of those who are gone over it is not known.
    let has_blocks = |piece: &Segment| piece.kind == SegmentKind::Contact { blocks: true };
    is_right && was_cut.is_ok() && gone_over == pieces && !pieces.iter().any(has_blocks)
}

fn names(contact: &Contact) -> impl Iterator<Item = (Field, &str)> {
    let aka = contact.aka.iter().map(|name| (Field::Aka, name.as_str()));
    let email = contact.email.iter();
    let email = email.map(|address| (Field::Email, address.as_str()));
    std::iter::once((Field::Name, contact.name.as_str()))
        .chain(aka)
        .chain(email)
}

/// The fields of a contact may stand in any order.
fn in_order(seen: &[(Field, String)]) -> impl Iterator<Item = (Field, &str)> {
    let of = |field| seen.iter().filter(move |(other, _)| *other == field);
    let fields = [Field::Name, Field::Aka, Field::Email];
    let seen = fields.into_iter().flat_map(of);
    seen.map(|(field, value)| (*field, value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: &str = "[[contacts]]\nname = \"Ana\"\ntouches = [\n  { on = 2026-11-20 },\n]\n";

    #[test]
    fn what_stands_after_the_touches_is_seen() {
        for more in [
            "",
            "aka = [\"Ani\"]\n# end\n\n",
            "email = 'ana@acme.example' # hers\n",
            "notes = \"\"\"\ntouches = [\n]\n\"\"\"\n",
            "tags = [\n  'a', # ]\n]\nadded = 2026-01-01\n",
            "next = { on = 2026-12-01, what = 'call' }\nfriendly = true\n",
            "\n[week]\ntouches = 4\n",
        ] {
            let text = format!("{ANA}{more}");
            assert!(is_steady(&text), "{text}");
            assert!(is_steady(&format!("{text}{ANA}")), "{text}");
            assert!(is_steady(&text.replace('\n', "\r\n")), "{text}");
        }
        for touches in [
            "[]",
            "[{ on = 2026-11-20 }]",
            "[\n  { on = 2026-11-20 },\n  ] # all",
        ] {
            assert!(is_steady(&format!(
                "[[contacts]]\nname = \"Ana\"\ntouches = {touches}\n"
            )));
        }
    }

    /// An array that ends in the middle of a line is gone over to the end of another's.
    #[test]
    fn a_text_that_is_read_wrongly_is_not_taken() {
        let short = ANA.replace(" },\n]", " }]");
        assert!(!is_steady(&format!("{short}\n{ANA}")));
        // Nor is one that would be read wrongly after a change of somebody else.
        assert!(!is_steady(&short));
        assert!(!is_steady(&format!("{short}\n[[contacts]]\nname = 'Bo'\n")));
        let text = "note = \"\"\"\n]\naka = 'Ani'\ntags = [\n#\"\"\" },";
        assert!(!is_steady(&ANA.replace(" },", &format!(", {text}"))));
    }

    #[test]
    fn touches_in_blocks_are_read_each_time() {
        let block = "[[contacts]]\nname = 'Bo'\n[[contacts.touches]]\non = 2026-11-20\n";
        assert!(!is_steady(&format!("{ANA}{block}")));
    }

    #[test]
    fn nothing_may_be_wrong() {
        assert!(!is_steady(&ANA.replace("2026", "26")));
        assert!(!is_steady(&ANA.replace("name", "nome")));
        assert!(!is_steady(&format!("{ANA}touches = []\n")));
    }
}
