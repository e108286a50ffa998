//! When a book need not be looked at as a whole: netkeep has read it before, as it is, and found nothing wrong.
//!
//! Then its touches, which are nine tenths of it, may be gone over ([`Keep::Known`]). That rests on no rule but on a trial: a
//! text is only taken for such a one after it was read in both ways, and both said the same.

use super::pieces::in_pieces;
use super::skim::Keep;
use crate::domain::Contact;

/// Whether nothing is wrong with the parts of `text`, and they are rightly read when its touches are gone over.
pub(super) fn is_steady(text: &str) -> bool {
    let read = |keep| {
        let (pieces, parts) = in_pieces(text, keep).ok()?;
        let parts = parts.filter(|parts| parts.problems.is_empty())?;
        let contacts = parts.book.contacts.into_iter();
        let contacts: Vec<Contact> = contacts.map(|contact| told(&contact)).collect();
        Some((pieces, parts.spans, contacts))
    };
    let all = read(Keep::All);
    all.is_some() && all == read(Keep::Known)
}

/// What is kept of a contact in both ways.
fn told(contact: &Contact) -> Contact {
    Keep::Known
        .fields()
        .fold(Contact::default(), |mut told, field| {
            told.set(field, contact.get(field));
            told
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: &str = "[[contacts]]\nname = \"Ana\"\ntouches = [\n  { on = 2026-11-20 },\n]\n";

    #[test]
    fn what_stands_after_the_touches_is_seen() {
        assert!(is_steady(ANA));
        assert!(is_steady(&format!("{ANA}{ANA}")));
        assert!(is_steady(&format!("{ANA}aka = 'Ani'\n")));
        assert!(is_steady(&format!("{ANA}# end\n\n")));
        assert!(is_steady(&format!("{ANA}aka = [\"Ani\"]\n# end\n\n{ANA}")));
        assert!(is_steady(&ANA.replace('\n', "\r\n")));
        assert!(is_steady("[[contacts]]\nname = \"Ana\"\ntouches = []\n"));
    }

    /// An array that ends in the middle of a line is gone over to the end of another's.
    #[test]
    fn a_text_that_is_read_wrongly_is_not_taken() {
        let short = ANA.replace(" },\n]", " }]");
        assert!(!is_steady(&format!("{short}\n{ANA}")));
        let text = "note = \"\"\"\n]\ncompany = 'Oslo'\ntags = [\n#\"\"\" },";
        assert!(!is_steady(&ANA.replace(" },", &format!(", {text}"))));
    }

    #[test]
    fn nothing_may_be_wrong() {
        assert!(!is_steady(&ANA.replace("2026", "26")));
        assert!(!is_steady(&ANA.replace("name", "nome")));
        assert!(!is_steady(&format!("{ANA}touches = []\n")));
    }
}
