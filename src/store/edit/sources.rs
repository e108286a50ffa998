//! Sets those keys of `[sources]` that differ, and leaves the others as they are.

use chrono::NaiveDate;

use super::change::Refused;
use super::lines;
use super::list;
use super::long_text::parsed;
use super::settings_text::SettingsText;
use super::table::{Entry, EntryContent, TableKind, TableText, Unsupported, block};
use super::text_list::{self, TextItem};
use crate::domain::text::email::is_address;
use crate::domain::{Book, BookSources, ContactId, IgnoredTouch};
use crate::store::parse::layout::Layout;
use crate::store::parse::toml_value::{array, string};
use crate::store::parse::{Detail, read_in_detail};

/// `text`, in which `[sources]` says `old`, with what `new` says, and all else as it was: contacts byte for byte.
pub(super) fn apply(text: &str, old: &BookSources, new: &BookSources) -> Result<String, Refused> {
    let before = BookOutline::of(text)?;
    let set = set(text, &before.layout, old, new)?;
    let after = BookOutline::of(&set)?;
    let is_same = before.contacts(text).eq(after.contacts(&set));
    let settings = Book {
        sources: new.clone(),
        ..before.settings
    };
    if is_same && after.settings == settings {
        Ok(set)
    } else {
        Err(Refused::VerificationFailed)
    }
}

/// A book without what its contacts say.
struct BookOutline {
    layout: Layout,
    settings: Book,
}

impl BookOutline {
    fn of(text: &str) -> Result<Self, Refused> {
        let read = read_in_detail(text, Detail::Who).map_err(|_| Refused::VerificationFailed)?;
        let settings = Book {
            contacts: vec![],
            ..read.book
        };
        let layout = read.layout.map_err(|_| Refused::VerificationFailed)?;
        Ok(Self { layout, settings })
    }

    /// The texts of the contacts.
    fn contacts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let ids = (0..self.layout.contacts.len()).map(ContactId);
        ids.map(|id| &text[self.layout.contact(id)])
    }
}

/// `text` with the keys of `[sources]` that differ.
pub(super) fn set(
    text: &str,
    layout: &Layout,
    old: &BookSources,
    new: &BookSources,
) -> Result<String, Unsupported> {
    let head = SettingsText::of(text, layout)?;
    let Some(entry) = head.entry("sources") else {
        return Ok(head.add_setting(|newline| {
            block("[sources]", newline, &pairs(new, newline), |key, value| {
                format!("{key} = {value}")
            })
        }));
    };
    let EntryContent::Table(table) = &entry.content else {
        return Err(Unsupported(entry.key.clone()));
    };
    let changed = keys(old).into_iter().zip(keys(new));
    let changed = changed.filter(|(old, new)| old.value != new.value);
    let (mut there, mut added) = (Vec::new(), Vec::new());
    for (_, key) in changed {
        match table.entry(key.name) {
            Some(entry) => there.push((entry, key)),
            None => added.push(key),
        }
    }
    let mut text = text.to_owned();
    // From the end, so that the places before stay valid.
    for key in added.into_iter().rev() {
        text = key.add(&text, table)?;
    }
    there.sort_by_key(|(entry, _)| entry.key.start);
    for (entry, key) in there.into_iter().rev() {
        text = key.change(&text, table, entry)?;
    }
    Ok(text)
}

/// The keys that say something, each with its value as it is written anew.
pub(super) fn pairs(sources: &BookSources, newline: &str) -> Vec<(&'static str, String)> {
    let keys = keys(sources).into_iter();
    let pairs = keys.filter_map(|key| Some((key.name, key.written(Some(("", newline)))?)));
    pairs.collect()
}

/// A key of `[sources]` with what it says.
struct SourcesKey {
    name: &'static str,
    value: SourcesValue,
    /// What an item of the list says, if it can be read.
    says: fn(&str) -> Option<String>,
    /// Whether an item is another form of one that says this, and takes its place.
    becomes: fn(&str, &str) -> bool,
    /// Whether each item of a new list has a line of its own.
    is_long: bool,
}

#[derive(Eq, PartialEq)]
enum SourcesValue {
    Texts(Vec<String>),
    Day(Option<NaiveDate>),
}

fn keys(sources: &BookSources) -> [SourcesKey; 6] {
    let key = |name, value| SourcesKey {
        name,
        value,
        says: |item| Some(item.to_owned()),
        becomes: |_, _| false,
        is_long: false,
    };
    let paths = |name, paths: &Vec<String>| SourcesKey {
        says: |path| Some(path.to_owned()).filter(|path| !path.trim().is_empty()),
        ..key(name, SourcesValue::Texts(paths.clone()))
    };
    let ignored = sources.ignored.iter().map(ToString::to_string);
    [
        SourcesKey {
            says: |address| Some(address.to_owned()).filter(|address| is_address(address)),
            ..key("me", SourcesValue::Texts(sources.me.clone()))
        },
        paths("mail", &sources.mail),
        paths("calendar", &sources.calendar),
        paths("calls", &sources.calls),
        key("until", SourcesValue::Day(sources.until)),
        SourcesKey {
            says: |item| Some(item.parse::<IgnoredTouch>().ok()?.to_string()),
            becomes: |old, new| match [old, new].map(str::parse::<IgnoredTouch>) {
                [Ok(old), Ok(new)] => old.with(new.name()) == new,
                _ => false,
            },
            is_long: true,
            ..key("ignored", SourcesValue::Texts(ignored.collect()))
        },
    ]
}

impl SourcesKey {
    /// The value as it is written anew, over several lines where it is long and the indent and newline of them are given; `None`
    /// if there is nothing to write.
    fn written(&self, lines: Option<(&str, &str)>) -> Option<String> {
        match (&self.value, lines) {
            (SourcesValue::Day(day), _) => day.map(|day| day.to_string()),
            (SourcesValue::Texts(texts), _) if texts.is_empty() => None,
            (SourcesValue::Texts(texts), Some((indent, newline))) if self.is_long => {
                let items = texts.iter().map(|text| string(text));
                let items = list::on_lines(items, indent, newline);
                Some(list::array(&items, indent, newline))
            }
            (SourcesValue::Texts(texts), _) => Some(array(texts.iter().map(String::as_str))),
        }
    }

    /// `text` with the key, which `table` lacks, after its last one.
    fn add(&self, text: &str, table: &TableText) -> Result<String, Unsupported> {
        let anchor = table.last_pair();
        let above = anchor.map_or(table.at.start, |anchor| anchor.key.start);
        let layout = (lines::indent(text, above), lines::newline(text, above));
        let is_inline = table.kind == TableKind::Inline;
        match self.written(Some(layout).filter(|_| !is_inline)) {
            Some(value) => table.set(text, anchor, self.name, &value),
            None => Ok(text.to_owned()),
        }
    }

    /// `text` with another value of the key at `entry`.
    fn change(&self, text: &str, table: &TableText, entry: &Entry) -> Result<String, Unsupported> {
        let refused = || Unsupported(entry.key.clone());
        let texts = match &self.value {
            SourcesValue::Texts(texts) => texts,
            SourcesValue::Day(_) => {
                return match self.written(None) {
                    Some(day) => table.set(text, None, self.name, &day),
                    None => table.unset(text, self.name),
                };
            }
        };
        let old = match &entry.content {
            _ if !entry.is_pair => return Err(refused()),
            EntryContent::Texts(items) => items.clone(),
            _ => {
                let item = parsed(&text[entry.value.clone()]).ok_or_else(refused)?;
                vec![(item, entry.value.clone())]
            }
        };
        let items = old.into_iter().map(|(item, at)| TextItem {
            says: (self.says)(&item),
            at,
        });
        let items: Vec<TextItem> = items.collect();
        match text_list::align(text, entry, &items, texts, self.becomes) {
            Some(text) => Ok(text),
            None => table.unset(text, self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(me: &[&str], until: &str, ignored: &[&str]) -> BookSources {
        BookSources {
            me: me.iter().map(|address| (*address).to_owned()).collect(),
            until: until.parse().ok(),
            ignored: ignored
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect(),
            ..BookSources::default()
        }
    }

    /// The text with these sources.
    #[track_caller]
    fn case(before: &str, new: &BookSources, after: &str) {
        let old = read_in_detail(before, Detail::All).expect("a book").book;
        let applied = apply(before, &old.sources, new);
        assert_eq!(applied.as_deref(), Ok(after));
        assert_eq!(apply(after, new, new).as_deref(), Ok(after));
    }

    const ME: &[&str] = &["sam@keeper.example"];
    const BO: &str = "2026-11-04 email Bo Lind";
    const ANA: &str = "2026-11-05 call Ana";

    #[test]
    fn adds_a_table_before_the_contacts() {
        case(
            "[week]\ntouches = 4\n\n# Ana\n[[contacts]]\nname = 'Ana'\n",
            &sources(ME, "2026-01-01", &[BO, ANA]),
            "[week]\ntouches = 4\n\n[sources]\nme = [\"sam@keeper.example\"]\nuntil = 2026-01-01\nignored = [\n  \"2026-11-04 email Bo Lind\",\n  \"2026-11-05 call Ana\",\n]\n\n# Ana\n[[contacts]]\nname = 'Ana'\n",
        );
        case(
            "[buckets.a]\r\ncadence = '4w'\r\n\r\n[[contacts]]\r\nname = 'Ana'\r\n",
            &sources(ME, "", &[]),
            "[buckets.a]\r\ncadence = '4w'\r\n\r\n[sources]\r\nme = [\"sam@keeper.example\"]\r\n\r\n[[contacts]]\r\nname = 'Ana'\r\n",
        );
        case(
            "",
            &sources(ME, "", &[]),
            "[sources]\nme = [\"sam@keeper.example\"]\n",
        );
    }

    #[test]
    fn adds_keys_in_the_style_of_the_table_and_leaves_the_others() {
        case(
            "[sources] # mine\n  mail  =  '~/Mail' # all\n  spam = 1\n\n[[contacts]]\nname = 'Ana'\n",
            &BookSources {
                mail: vec!["~/Mail".to_owned()],
                ..sources(ME, "2026-01-01", &[BO])
            },
            "[sources] # mine\n  mail  =  '~/Mail' # all\n  spam = 1\n  me = [\"sam@keeper.example\"]\n  until = 2026-01-01\n  ignored = [\n    \"2026-11-04 email Bo Lind\",\n  ]\n\n[[contacts]]\nname = 'Ana'\n",
        );
        case(
            "sources = { me = 'sam@keeper.example' }\n",
            &sources(ME, "2026-01-01", &[BO]),
            "sources = { me = 'sam@keeper.example', until = 2026-01-01, ignored = [\"2026-11-04 email Bo Lind\"] }\n",
        );
        case(
            "sources.me = 'sam@keeper.example'\n",
            &sources(ME, "", &[BO]),
            "sources.me = 'sam@keeper.example'\nsources.ignored = [\n  \"2026-11-04 email Bo Lind\",\n]\n",
        );
        case(
            "[sources]\n",
            &sources(ME, "2026-01-01", &[]),
            "[sources]\nme = [\"sam@keeper.example\"]\nuntil = 2026-01-01\n",
        );
    }

    #[test]
    fn texts_that_stay_keep_their_bytes_and_what_cannot_be_read_stays() {
        let list = "[sources]\nignored = [ # gone\n  '2026-11-04  Email Bo Lind', # why\n  'soon',\n  '2026-11-05 call Ana', # too\n]\n";
        case(
            list,
            &sources(&[], "", &[BO, ANA, "2026-11-06 email Cy"]),
            &list.replace("# too\n", "# too\n  \"2026-11-06 email Cy\",\n"),
        );
        case(
            list,
            &sources(&[], "", &[BO]),
            &list.replace("  '2026-11-05 call Ana', # too\n", ""),
        );
        case(
            list,
            &sources(&[], "", &["2026-11-04 email Bob", ANA]),
            &list.replace("'2026-11-04  Email Bo Lind'", "\"2026-11-04 email Bob\""),
        );
        case(
            list,
            &sources(&[], "", &[]),
            "[sources]\nignored = [ # gone\n  'soon',\n]\n",
        );
    }

    #[test]
    fn a_list_without_texts_goes_unless_comments_are_left() {
        case(
            "[sources]\nmail = 'm'\nignored = ['2026-11-05 call Ana'] # x\nuntil = 2026-01-01\n",
            &BookSources {
                mail: vec!["m".to_owned()],
                ..BookSources::default()
            },
            "[sources]\nmail = 'm'\n",
        );
        case(
            "[sources]\nignored = [\n  # none\n  '2026-11-05 call Ana',\n]\n",
            &sources(&[], "", &[]),
            "[sources]\nignored = [\n  # none\n]\n",
        );
        case(
            "[sources]\nignored = []\n",
            &sources(&[], "", &[BO, ANA]),
            "[sources]\nignored = [\n  \"2026-11-04 email Bo Lind\",\n  \"2026-11-05 call Ana\",\n]\n",
        );
    }

    #[test]
    fn one_text_becomes_a_list_or_another_text() {
        case(
            "[sources]\nme = 'sam@keeper.example' # me\n",
            &sources(&["sam@keeper.example", "s@k.example"], "", &[]),
            "[sources]\nme = ['sam@keeper.example', \"s@k.example\"] # me\n",
        );
        case(
            "[sources]\nignored = '2026-11-04 email Bo'\n",
            &sources(&[], "", &[BO]),
            "[sources]\nignored = \"2026-11-04 email Bo Lind\"\n",
        );
    }

    #[test]
    fn what_is_no_list_of_texts_is_refused_at_its_place() {
        for (text, place) in [
            ("[sources]\nignored = 5\n", 10..17),
            ("[sources]\nignored = ['soon', 5]\n", 10..17),
            ("sources = 5\n", 0..7),
        ] {
            let applied = apply(text, &BookSources::default(), &sources(&[], "", &[BO]));
            assert_eq!(applied, Err(Refused::Unsupported(place)), "{text}");
        }
    }
}
