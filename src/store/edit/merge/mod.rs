//! Merges the text of a contact into that of another.
//!
//! What the first lacks moves as it is written, comments included. What the model knows and both have is set as by any
//! other edit. Comments that have lost their key become lines of their own.
//!
//! `other_text` is the text of the second, which `pieces` divides; `rows` moves its dates, promises and touches, or one of them;
//! `unmodelled` says what becomes of the keys that netkeep does not know, and proves that nothing is missing.

mod other_text;
mod pieces;
pub(super) mod rows;
mod unmodelled;

use self::other_text::OtherText;
pub(crate) use self::unmodelled::Unmodelled;
use self::unmodelled::keeps_all;
use super::contact_text::{self, ContactText, RowsText};
use super::lines;
use super::new_row::NewRow;
use super::set_rows;
use super::table::Unsupported;
use crate::domain::{Contact, Field};
use crate::store::parse::row_key::RowKey;

/// The two contacts, and what is to become of them.
pub(super) struct Merge<'c> {
    pub(super) one: &'c Contact,
    pub(super) other: &'c Contact,
    pub(super) merged: &'c Contact,
}

/// `mine` with everything that `theirs` says; `None` if something would be lost.
pub(super) fn merge(
    mine: &str,
    theirs: &str,
    merge: &Merge,
) -> Result<Option<String>, Unsupported> {
    let refused = |_| Unsupported(0..lines::end(mine, 0));
    let own = ContactText::of(mine)?;
    let mut other = OtherText::of(theirs).map_err(refused)?;
    let is_moved = |key: &str| !has(&own, key) && merge.takes(key);

    let mut text = mine.to_owned();
    for field in Field::ALL {
        let new = merge.merged.get(field);
        let is_moved = other.has(field.key()) && is_moved(field.key());
        if field == Field::Dates {
            text = merge.with_years(&text)?;
        } else if new != merge.one.get(field) && !is_moved {
            text = contact_text::set(&text, field, new.as_ref())?;
        }
    }
    let there = Unmodelled::of([mine, theirs], merge.one, merge.other);
    let there = there.map(|there| there.rows_there).unwrap_or_default();
    for (key, there) in [
        (RowKey::Dates, &there.dates),
        (RowKey::Promises, &there.promises),
        (RowKey::Touches, &there.touches),
    ] {
        if !is_moved(key.key()) {
            text = keep_apart(rows::insert(&text, &mut other, merge, key, there)?, &own)?;
        }
    }
    let [top, sections] = other.lines(&is_moved, lines::newline(mine, 0));
    let text = keep_apart(add(&text, &top, &sections)?, &own)?;
    let notes = merge.merged.notes.as_deref();
    Ok(keeps_all(mine, theirs, &text, notes).then_some(text))
}

impl Merge<'_> {
    /// Whether the merged contact has what the second says for this key.
    fn takes(&self, key: &str) -> bool {
        let is_same = |field| self.merged.get(field) == self.other.get(field);
        match RowKey::from_key(key) {
            Some(RowKey::Dates) => self.merged.dates == self.other.dates,
            Some(RowKey::Promises) => self.merged.promises == self.other.promises,
            Some(RowKey::Touches) => self.merged.touches == self.other.touches,
            None => Field::from_key(key).is_none_or(is_same),
        }
    }

    /// `text` with the years that the first's own dates gained.
    fn with_years(&self, text: &str) -> Result<String, Unsupported> {
        let rows = |contact: &Contact| -> Vec<NewRow> {
            let dates = contact.dates.iter().take(self.one.dates.len());
            dates.map(NewRow::from).collect()
        };
        let (old, new) = (rows(self.one), rows(self.merged));
        set_rows::set(text, RowKey::Dates, &old, &new, false)
    }

    /// The same of the first, the second and the merged contact.
    fn all<T>(&self, of: impl Fn(&Contact) -> &T) -> [&T; 3] {
        [self.one, self.other, self.merged].map(of)
    }
}

/// Whether a contact's text has a key.
fn has(contact: &ContactText, key: &str) -> bool {
    contact.table.entry(key).is_some()
}

/// `text` with lines before its touches or after its last key, and with tables at its end.
fn add(text: &str, top: &str, sections: &str) -> Result<String, Unsupported> {
    let mut text = text.to_owned();
    if !sections.is_empty() {
        text = add_at_end(&ContactText::of(&text)?, sections);
    }
    if !top.is_empty() {
        let contact = ContactText::of(&text)?;
        let below = match contact.rows(RowKey::Touches) {
            RowsText::Array { entry, .. } => Some(contact.comments_start(entry.key.start)),
            _ => {
                let last = contact.last_pair().map(|last| last.value.end);
                let end = lines::end(&text, last.unwrap_or(contact.table.at.end));
                Some(end).filter(|end| *end < contact.end())
            }
        };
        text = match below {
            Some(below) => lines::replace(&text, below..below, top),
            None => add_at_end(&contact, top),
        };
    }
    Ok(text)
}

/// The contact's text with lines after its last one and the comments below that. Comments that reach to the end belong to
/// the contact below.
fn add_at_end(contact: &ContactText, new: &str) -> String {
    let text = contact.text;
    let under = contact.end() + lines::run(&text[contact.end()..], lines::is_comment).len();
    let at = if under < text.len() {
        under
    } else {
        contact.end()
    };
    let (before, after) = text.split_at(at);
    if before.ends_with('\n') {
        return [before, new, after].concat();
    }
    let newline = lines::newline(text, at);
    let new = new.strip_suffix('\n').unwrap_or(new);
    let new = new.strip_suffix('\r').unwrap_or(new);
    [before, newline, new, after].concat()
}

/// `text` with a blank line below comments that were added at the end of `mine`: right above a header they would belong
/// to that.
fn keep_apart(text: String, mine: &ContactText) -> Result<String, Unsupported> {
    let above_next = |contact: &ContactText| {
        let length = contact.text.len();
        length - lines::run_up(contact.text, contact.end(), length, lines::is_comment)
    };
    let (before, now) = (above_next(mine), above_next(&ContactText::of(&text)?));
    if now <= before || !text.ends_with('\n') {
        return Ok(text);
    }
    let at = text.len() - before;
    Ok(lines::replace(&text, at..at, lines::newline(&text, at)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;
    use crate::domain::ContactId;
    use crate::domain::identity::merge_contacts::merge_contacts;
    use crate::store::edit::apply;
    use crate::store::edit::change::{Edit, Refused};
    use crate::store::edit::session::lines_of;
    use crate::store::parse::read;

    /// `text` after its contact `other` is merged into its contact `one`.
    fn merged(text: &str, one: usize, other: usize) -> Result<String, Refused> {
        let parsed = read(text).expect("a book");
        let ids = [ContactId(one), ContactId(other)];
        let layout = parsed.layout.as_ref().expect("a layout");
        let texts = ids.map(|id| &text[lines_of(text, layout, id)]);
        let [first, second] = ids.map(|id| parsed.book.contact(id));
        let unmodelled = Unmodelled::of(texts, first, second).expect("contacts");
        let there = &unmodelled.rows_there;
        let merged = merge_contacts(first, second, there, &unmodelled.asides);
        let [contact, other] = ids;
        let merge = Edit::Merge {
            contact,
            other,
            merged: Box::new(merged.contact),
        };
        apply(text, &parsed, &[merge, Edit::Remove(other)]).map(|change| change.text.to_string())
    }

    #[track_caller]
    fn case(one: &str, other: &str, expected: &str) {
        let text = format!("{one}{other}");
        assert_eq!(merged(&text, 0, 1).as_deref(), Ok(expected));
    }

    #[test]
    fn moves_what_is_lacking_as_it_is_written() {
        case(
            "[[contacts]]\nname = 'A'\ntouches = [\n  { on = 2026-01-01 },\n]\n# mine\n\n",
            "# from the phone\r\n[[contacts]] # who\r\n\tname = 'B' # b\r\n\t# his\r\n\t'a key'.x = '''\r\n# no'''\r\n\temail = [ 'b@x.example', # work\r\n\t]\r\n",
            "[[contacts]]\nname = 'A'\naka = \"B\"\n# from the phone\n# who\n# b\n\t# his\r\n\t'a key'.x = '''\r\n# no'''\r\n\temail = [ 'b@x.example', # work\r\n\t]\r\ntouches = [\n  { on = 2026-01-01 },\n]\n# mine\n\n",
        );
    }

    #[test]
    fn keeps_in_the_notes_what_differs() {
        case(
            "[[contacts]]\nname = 'A'\ngithub = 'a'\nx = { y = 1 }\nsame = [1]\nnotes = 'n'\n\n",
            "[[contacts]]\nname = 'B'\ngithub = 'b' # old\nnotes = 'm'\nsame = [ 1 ]\nx.y = 2\n",
            "[[contacts]]\nname = 'A'\naka = \"B\"\ngithub = 'a'\nx = { y = 1 }\nsame = [1]\nnotes = '''\nn\n\nm\ngithub: b\nx: { y = 2 }'''\n# old\n\n",
        );
    }

    #[test]
    fn moves_touches_into_the_style_of_the_others() {
        let rows = "touches = [\n  { on = 2026-01-01 },\n  { on = 2026-03-01 }\n]\n";
        let blocks = "\n# first\n[[contacts.touches]]\non = 2026-02-01 # in May\nmood = [\n 1, # one\n]\n[[contacts.touches]]\non = 2026-04-01\n[contacts.touches.x]\ny = 1\n";
        case(
            &format!("[[contacts]]\nname = 'A'\naka = 'B'\n{rows}\n"),
            &format!("[[contacts]]\nname = 'B'\n{blocks}"),
            "[[contacts]]\nname = 'A'\naka = 'B'\ntouches = [\n  { on = 2026-01-01 },\n  # first\n  # in May\n  { on = 2026-02-01, mood = [\n 1, # one\n] },\n  { on = 2026-03-01 },\n  { on = 2026-04-01, x = { y = 1 } }\n]\n\n",
        );
        case(
            &format!("[[contacts]]\nname = 'A'\naka = 'B'\n{blocks}\n"),
            "[[contacts]]\nname = 'B'\ntouches = [ { on = 2026-03-01, via = 'x', y.z = 2 }, # c\n  { on = 2026-02-01 } ]\n",
            &format!(
                "[[contacts]]\nname = 'A'\naka = 'B'\n{}\n",
                blocks.replace(
                    "1, # one\n]\n",
                    "1, # one\n]\n\n# c\n[[contacts.touches]]\non = 2026-03-01\nvia = 'x'\ny = { z = 2 }\n"
                )
            ),
        );
    }

    #[test]
    fn drops_only_the_very_same_touch() {
        let row = |keys: &str| format!("touches = [{{ on = 2026-01-01{keys} }}]\n");
        for (mine, theirs, both) in [
            ("", "", "{ on = 2026-01-01 }"),
            (
                ", via = 'x'",
                ", via = \"x\"",
                "{ on = 2026-01-01, via = 'x' }",
            ),
            (
                ", via = 'x'",
                "",
                "{ on = 2026-01-01, via = 'x' }, { on = 2026-01-01 }",
            ),
            (
                "",
                ", mood = 'x'",
                "{ on = 2026-01-01 }, { on = 2026-01-01, mood = 'x' }",
            ),
            (", mood = 'x'", "", "{ on = 2026-01-01, mood = 'x' }"),
        ] {
            let contact = |name: &str, keys| {
                format!("[[contacts]]\nname = '{name}'\naka = 'B'\n{}", row(keys))
            };
            case(
                &contact("A", mine),
                &contact("B", theirs),
                &format!("[[contacts]]\nname = 'A'\naka = 'B'\ntouches = [{both}]\n"),
            );
        }
    }

    #[test]
    fn refuses_a_contact_with_problems() {
        let text = "[[contacts]]\nname = 'A'\n[[contacts]]\nname = 'B'\nbirthday = 'x'\n";
        for (one, other) in [(0, 1), (1, 0)] {
            assert!(matches!(
                merged(text, one, other),
                Err(Refused::HasProblems { .. })
            ));
        }
    }

    /// Keys of a contact; each `@` becomes a word of its own.
    const KEYS: [&str; 24] = [
        "company = '@' # @\n",
        "company = \"@\"\n",
        "# @\nemail = [\n  '@', # @\n  \"@\" # @\n  # @\n]\n",
        "email = '@'\n",
        "tags = ['@', \"@\"]\n",
        "notes = \"\"\"\n@\n@\"\"\" # @\n",
        "notes = '@'\n",
        "city = '@'\n",
        "friendly = true # @\n",
        "added = 2024-01-01 # @\n",
        "\n# @\n\n",
        "next = { on = 2026-12-01, what = '@', zz = '@' } # @\n",
        "next.on = 2026-12-02\nnext.what = '@' # @\n",
        "promises = []\n",
        "promises = [{ what = '@' }]\n",
        "promises = [{by=2026-11-25,what='@'}, {what='@', mood='@'},] # @\n",
        "promises = [\n  { by = 2026-11-25, what = \"@\" },  # @\n  # @\n  { what = '@' } # @\n  # @\n]\n# @\n",
        "github = '@' # @\n",
        "github = '''\n@\n@'''\n",
        "\"my key\" = { deep = [ { a = '@' }, [ '@' ] ] }\n",
        "extra.'d d' = '@'\nextra.more = '@'\n",
        "list = [ # @\n  '@', # @\n]\n",
        "  tight='@'# @\n",
        "uid = '@'\n",
    ];

    /// Touches, always the last of the keys.
    const TOUCHES: [&str; 12] = [
        "",
        "touches = []\n",
        "touches = [ # @\n]\n",
        "touches = [{ on = 2026-01-10 }]\n",
        "touches = [{on=2026-01-10,via='@'}, {on=2026-03-01, mood='@'},] # @\n",
        "touches = [\n  { on = 2026-01-10, via = \"@\" },  # @\n  # @\n  { on = 2026-02-01 } # @\n  # @\n]\n# @\n",
        "touches = [ { on = 2026-01-11, mood = '@' }, # @\n\n  # @\n  { on = 2026-01-10, note = '@, # }' }\n  , { on = 2026-04-01 } ]\n",
        "touches = [\n  { on = 2026-01-10, # @\n    note = '@', x.y = '@' },\n  { # @\n    on = 2026-02-10,\n    # @\n  }\n]\n",
        "[[contacts.touches]]\non = 2026-01-10\nnote = '@'\n",
        "\n  # @\n  [[ contacts.touches ]] # @\n  on = 2026-01-10\n\n  [[ contacts.touches ]]\n  # @\n  on = 2026-02-10\n  mood = '@'\n  # @\n",
        "[[contacts.touches]]\non = 2026-02-10\nlist = [\n  '@', # @\n]\n[contacts.touches.deep]\nx = '@' # @\n\n[[contacts.touches]]\non = 2026-01-20\n",
        "touches = [\n\t{ on = 2026-05-10, note = \"@\" },\n\t{ on = 2026-01-10 },\n]\n",
    ];

    const SECTIONS: [&str; 8] = [
        "[contacts.social]\nmastodon = '@' # @\n",
        "\n# @\n[contacts.social]\n# @\nx.y = '@'\n\n# @\n",
        "[[contacts.kids]]\nname = '@'\n[[contacts.kids]]\nname = '@'\n[contacts.kids.toy]\nkind = '@'\n",
        "[contacts.deep.er]\nx = '@'\n",
        "[[contacts.promises]]\nwhat = '@'\nby = 2026-11-25 # @\n",
        "\n  # @\n  [[ contacts.promises ]] # @\n  what = '@'\n\n  [[ contacts.promises ]]\n  # @\n  what = '@'\n  mood = '@'\n  # @\n",
        "\n[contacts.next]\non = 2026-12-03\nwhat = '@'\nzz = '@' # @\n",
        "# @\n\n",
    ];

    /// A contact's text, with comments above it, in a layout of its own.
    fn contact(letter: char) -> impl Strategy<Value = String> {
        let keys = subsequence(KEYS.to_vec(), 0..8);
        let sections = subsequence(SECTIONS.to_vec(), 0..4);
        let layout = (select(vec!["\n", "\r\n"]), select(vec![" = ", "="]));
        let above = select(vec!["", "# @\n", "# @\n  # @\n"]);
        let under = select(vec!["", "# @\n", "\n", "# @\n\n", "\n# divider\n\n"]);
        (
            keys,
            select(TOUCHES.to_vec()),
            sections,
            layout,
            above,
            under,
        )
            .prop_map(
                move |(keys, touches, sections, (newline, equals), above, under)| {
                    let mut known: Vec<&str> = Vec::new();
                    let mut body = String::new();
                    for part in keys.into_iter().chain([touches]).chain(sections) {
                        // Each key once.
                        let key = |line: &str| {
                            let line = line.trim_start_matches([' ', '[']);
                            let line = line.strip_prefix("contacts.").unwrap_or(line);
                            line.split([' ', '=', '.', ']']).next().map(str::len)
                        };
                        let line = part.lines().find(|line| {
                            !line.trim_start().starts_with('#') && !line.trim().is_empty()
                        });
                        if let Some(line) = line {
                            let bare = line.trim_start_matches([' ', '[']);
                            let bare = bare.strip_prefix("contacts.").unwrap_or(bare);
                            let name = &bare[..key(line).unwrap_or_default()];
                            if known.contains(&name) {
                                continue;
                            }
                            known.push(name);
                        }
                        body.push_str(part);
                    }
                    let text =
                        format!("{above}[[contacts]] # @\nname = '{letter}' # @\n{body}{under}");
                    let mut words = 0;
                    let mut numbered = String::new();
                    for c in text.chars() {
                        if c == '@' {
                            words += 1;
                            numbered.push_str(&format!("{letter}{words}w"));
                        } else {
                            numbered.push(c);
                        }
                    }
                    numbered.replace(" = ", equals).replace('\n', newline)
                },
            )
    }

    /// The words of a contact: `A1w`.
    fn words(text: &str, letter: char) -> Vec<&str> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let is_word = |word: &&str| word.starts_with(letter) && word.ends_with('w');
        words.filter(is_word).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn everything_of_both_is_found_afterwards_and_nothing_else_changes(
            one in contact('A'),
            other in contact('B'),
            third in contact('C'),
            order in select(vec![[0, 1, 2], [1, 0, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1], [2, 1, 0]]),
            has_last_newline in any::<bool>(),
        ) {
            let contacts = [&one, &other, &third];
            let mut text: String = order.iter().map(|at| contacts[*at].as_str()).collect();
            if !has_last_newline {
                text.truncate(text.trim_end_matches(['\r', '\n']).len());
            }
            let place = |at: usize| order.iter().position(|other| *other == at).expect("it is there");
            let after = merged(&text, place(0), place(1));
            let after = after.map_err(|err| TestCaseError::fail(format!("{err:?}")))?;
            for (text, letter) in [(&one, 'A'), (&other, 'B'), (&third, 'C')] {
                let mut found = words(&after, letter);
                found.sort_unstable();
                found.dedup();
                let mut expected = words(text, letter);
                expected.sort_unstable();
                prop_assert_eq!(found, expected, "{}", after);
            }
            // A comment right under the third may belong to the second.
            let (_, body) = third.split_once("[[contacts]]").expect("a header");
            let is_content = |line: &&str| !lines::is_blank(line) && !lines::is_comment(line);
            let last = body.lines().rfind(is_content).expect("a key");
            let body = &body[..body.rfind(last).expect("it is there") + last.len()];
            prop_assert!(after.contains(body), "{}", after);
            let dividers = |text: &str| text.matches("# divider").count();
            prop_assert_eq!(dividers(&after), dividers(&text));
        }
    }
}
