//! Writing the day of the last regrouping: `[regroup] last`.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::buckets::{add_block, add_first};
use super::contact_text::entries;
use super::fields::Unsupported;
use super::lines;
use crate::store::parse::layout::Layout;
use crate::store::parse::source_map::JoinedText;

/// `text` with that day in it.
pub(crate) fn set(text: &str, layout: &Layout, day: NaiveDate) -> Result<String, Unsupported> {
    let joined = JoinedText::rest(text, &layout.pieces);
    let table = DeTable::parse(&joined.text).map_err(|_| Unsupported(0..0))?;
    let Some((key, node)) = table.get_ref().get_key_value("regroup") else {
        let block = |newline: &str| format!("[regroup]{newline}last = {day}");
        let added = add_block(text, layout, |newline, _| block(newline));
        return Ok(added.unwrap_or_else(|_| add_first(text, layout, |newline, _| block(newline))));
    };
    let odd = || Unsupported(joined.places().whole(key.span()));
    let DeValue::Table(regroup) = node.get_ref() else {
        return Err(odd());
    };
    let is_block = joined.text[node.span()].starts_with('[');
    let from = if joined.text[node.span()].starts_with('{') {
        node.span().start
    } else {
        0
    };
    let last = entries(&joined.text, regroup, from)
        .into_iter()
        .find(|entry| entry.name == "last");
    match last {
        Some(last) if last.is_pair(&joined.text) => {
            let at = joined.places().whole(last.value);
            Ok(lines::replace(text, at, &day.to_string()))
        }
        None if is_block => {
            let header = joined.places().whole(node.span());
            let indent = lines::indent(text, header.start);
            let at = lines::end(text, header.start);
            Ok(lines::insert(text, at, &format!("{indent}last = {day}")))
        }
        _ => Err(odd()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse::read;

    #[track_caller]
    fn case(before: &str, after: &str) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let layout = read(before).expect("a book").layout.expect("it can be cut");
        assert_eq!(set(before, &layout, day).ok().as_deref(), Some(after));
        let read = read(after).expect("a book");
        assert_eq!((read.book.regrouped, read.problems), (Some(day), vec![]));
    }

    #[test]
    fn a_day_that_is_there_is_replaced() {
        case(
            "[regroup] # twice a year\n  last  =  2026-05-01 # spring\n",
            "[regroup] # twice a year\n  last  =  2026-11-23 # spring\n",
        );
        case(
            "regroup = { last = 2026-05-01 }\n",
            "regroup = { last = 2026-11-23 }\n",
        );
        case("regroup.last = 2026-05-01", "regroup.last = 2026-11-23");
    }

    #[test]
    fn the_first_day_gets_a_block_after_the_buckets() {
        case("[regroup]\n", "[regroup]\nlast = 2026-11-23\n");
        case("", "[regroup]\nlast = 2026-11-23\n");
        case(
            "[buckets.a]\ncadence = '4w'\n\n# --- all ---\n\n[[contacts]]\nname = 'A'\n",
            "[buckets.a]\ncadence = '4w'\n\n[regroup]\nlast = 2026-11-23\n\n# --- all ---\n\n[[contacts]]\nname = 'A'\n",
        );
        case(
            "buckets = { a = { cadence = '4w' } }\r\n\r\n[[contacts]]\r\nname = 'A'\r\n",
            "buckets = { a = { cadence = '4w' } }\r\n\r\n[regroup]\r\nlast = 2026-11-23\r\n\r\n[[contacts]]\r\nname = 'A'\r\n",
        );
    }
}
