//! Reads the page of a report, and checks what it is made of.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The elements that a page is made of; no other may be in it, whatever people are called.
const ELEMENTS: &str = "bdi body caption code dd desc details div dl dt figcaption figure footer h1 h2 h3 head \
    header html li main meta ol p path rect section span strong style summary svg table tbody \
    td text th thead time title tr ul wbr";

/// The attributes of these elements.
const ATTRIBUTES: &str = "aria-hidden aria-labelledby charset class content d datetime dir height http-equiv id lang \
    name preserveAspectRatio role scope viewBox width x xmlns y";

/// What a page is made of.
#[derive(Default)]
pub(crate) struct PageSeen {
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
    ids: Vec<String>,
    labels: Vec<String>,
    /// The text of each table by its id, with ` | ` between cells and a new line after each row.
    pub(crate) tables: BTreeMap<String, String>,
    /// All text, as it is seen.
    pub(crate) text: String,
    /// How many figures have a chart and a table, by their number.
    figures: Vec<(usize, usize)>,
}

/// Reads a page as XML, which fails where a tag is not closed.
fn seen(page: &str) -> PageSeen {
    let mut seen = PageSeen::default();
    let mut reader = Reader::from_str(page);
    let (mut path, mut table): (Vec<String>, Option<String>) = (Vec::new(), None);
    loop {
        let event = reader.read_event().expect("a page is well-formed");
        match event {
            Event::Eof => break,
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let name = tag.name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("attributes are quoted");
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.to_string();
                    match key.as_str() {
                        "id" if name == "table" => {
                            table = Some(value.clone());
                            seen.ids.push(value);
                        }
                        "id" => seen.ids.push(value),
                        "aria-labelledby" => {
                            seen.labels.extend(value.split(' ').map(str::to_owned));
                        }
                        _ => {}
                    }
                    seen.attributes.insert(key);
                }
                if name == "figure" {
                    seen.figures.push((0, 0));
                }
                if path.iter().any(|one| one == "figure")
                    && let Some((charts, tables)) = seen.figures.last_mut()
                {
                    *charts += usize::from(name == "svg");
                    *tables += usize::from(name == "table");
                }
                seen.elements.insert(name.clone());
                if matches!(event, Event::Start(_)) {
                    path.push(name);
                }
            }
            Event::End(tag) => {
                let name = path.pop().expect("a start tag");
                assert_eq!(name, tag.name().as_ref());
                let mut add = |text: &str| {
                    if let Some(id) = &table {
                        *seen.tables.entry(id.clone()).or_default() += text;
                    }
                };
                match name.as_str() {
                    "th" | "td" => add(" | "),
                    "tr" | "caption" => add("\n"),
                    "table" => table = None,
                    _ => {}
                }
            }
            Event::Text(text) => {
                let text = text.to_string();
                add_text(&mut seen, table.as_deref(), &text);
            }
            Event::GeneralRef(entity) => {
                let name = entity.to_string();
                let text = match name.as_str() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other};"),
                };
                add_text(&mut seen, table.as_deref(), text);
            }
            Event::DocType(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(path, [""; 0]);
    seen
}

fn add_text(seen: &mut PageSeen, table: Option<&str>, text: &str) {
    seen.text += text;
    if let Some(id) = table {
        *seen.tables.entry(id.to_owned()).or_default() += text;
    }
}

/// The page, whose elements and attributes must be those of this program and have their references in it.
#[track_caller]
pub(crate) fn sound(page: &str) -> PageSeen {
    let seen = seen(page);
    for element in &seen.elements {
        assert!(ELEMENTS.split(' ').any(|one| one == element), "<{element}>");
    }
    for attribute in &seen.attributes {
        assert!(
            ATTRIBUTES.split(' ').any(|one| one == attribute),
            "{attribute}="
        );
    }
    let ids: BTreeSet<&String> = seen.ids.iter().collect();
    assert_eq!(ids.len(), seen.ids.len(), "{:?}", seen.ids);
    for label in &seen.labels {
        assert!(ids.contains(label), "{label}");
    }
    for (charts, tables) in &seen.figures {
        assert!(*charts > 0 && *tables == 1, "{:?}", seen.figures);
    }
    seen
}
