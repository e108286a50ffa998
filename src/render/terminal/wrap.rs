//! What of a text stays together when its lines are wrapped.

use unicode_width::UnicodeWidthChar;

use super::text::Text;

/// A part of a text that stays on one line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct WrapItem {
    pub(super) text: Text,
    /// It follows the one before it without a blank.
    pub(super) is_joined: bool,
}

impl WrapItem {
    pub(super) fn word(text: Text) -> Self {
        let is_joined = false;
        Self { text, is_joined }
    }
}

/// The words of a text. Those between two backticks are one, if they take at most `room` columns; of a longer command each
/// argument is one, with the blanks in its quotes. A word that takes more is divided between wide characters, of which many
/// languages write whole sentences without a blank; any other stays whole.
pub(super) fn items(text: &Text, room: usize) -> Vec<WrapItem> {
    let mut items = Vec::new();
    let is_open = |item: &String| item.matches('`').count() % 2 == 1;
    let mut words = text.as_str().split(' ');
    while let Some(word) = words.next() {
        let mut item = word.to_owned();
        let mut rest = words.clone();
        while is_open(&item) {
            let Some(next) = rest.next().filter(|_| item.len() / 4 <= room) else {
                break;
            };
            item = format!("{item} {next}");
        }
        if is_open(&item) {
            items.extend(divided(word, room));
            continue;
        }
        words = rest;
        let whole = Text::laid_out(item.clone());
        if whole.width() <= room {
            items.push(WrapItem::word(whole));
        } else {
            let arguments = arguments(&item).into_iter();
            items.extend(arguments.flat_map(|argument| divided(argument, room)));
        }
    }
    items
}

/// A command between its arguments: at the blanks outside of quotes, if those are closed.
fn arguments(command: &str) -> Vec<&str> {
    let (mut quote, mut is_escaped) = (None, false);
    let is_gap = |c: char| {
        let is_literal = std::mem::take(&mut is_escaped);
        match (quote, c) {
            _ if is_literal => {}
            (None, '\\') => is_escaped = true,
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        c == ' ' && quote.is_none()
    };
    let arguments: Vec<&str> = command.split(is_gap).collect();
    if quote.is_none() {
        arguments
    } else {
        command.split(' ').collect()
    }
}

fn divided(word: &str, room: usize) -> Vec<WrapItem> {
    let whole = Text::laid_out(word.to_owned());
    if whole.width() <= room {
        return vec![WrapItem::word(whole)];
    }
    let mut parts: Vec<String> = vec![String::new()];
    let mut before = None;
    for c in word.chars() {
        let is_part = before.is_some_and(|before| may_part(before, c));
        before = Some(c).filter(|c| c.width() != Some(0)).or(before);
        match parts.last_mut() {
            Some(part) if !is_part => part.push(c),
            _ => parts.push(c.to_string()),
        }
        // What joins two characters joins no less when it has no width.
        if c == JOINER {
            before = Some(c);
        }
    }
    let parts = parts.into_iter().enumerate();
    let part = |(at, part)| WrapItem {
        text: Text::laid_out(part),
        is_joined: at > 0,
    };
    parts.map(part).collect()
}

const JOINER: char = '\u{200d}';

/// Whether a line may end between two characters of a word: beside a wide one, but not before what closes and not after what
/// opens.
fn may_part(before: char, after: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let has_width = |c: char| c.width().is_some_and(|width| width > 0);
    (is_wide(before) || is_wide(after))
        && has_width(after)
        && before != JOINER
        && !"、。，．：；！？）」』】〉》〕ー々…”’)]}.,;:!?`".contains(after)
        && !"（「『【〈《〔“‘([{`".contains(before)
        // The colour of a skin.
        && !('\u{1f3fb}'..='\u{1f3ff}').contains(&after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, room: usize) -> Vec<String> {
        let items = items(&Text::new(text), room).into_iter();
        let shown = |item: WrapItem| {
            let joint = if item.is_joined { "+" } else { "" };
            format!("{joint}{}", item.text.as_str())
        };
        items.map(shown).collect()
    }

    #[test]
    fn a_command_is_one_part_where_it_fits() {
        let text = "run `netkeep log ana`, then";
        assert_eq!(parts(text, 20), ["run", "`netkeep log ana`,", "then"]);
        assert_eq!(parts(text, 10), ["run", "`netkeep", "log", "ana`,", "then"]);
        assert_eq!(parts("a ` b", 20), ["a", "`", "b"]);
    }

    #[test]
    fn of_a_command_that_fits_nowhere_the_arguments_are_whole() {
        let text = "`sync --copy 'a (1) \"b.toml'` joins it; `log ana` logs";
        assert_eq!(
            parts(text, 20),
            [
                "`sync",
                "--copy",
                "'a (1) \"b.toml'`",
                "joins",
                "it;",
                "`log ana`",
                "logs"
            ]
        );
        assert_eq!(
            parts(r"`rm 'it'\''s this.toml' now`", 10),
            ["`rm", r"'it'\''s this.toml'", "now`"]
        );
        // An apostrophe is no quote.
        assert_eq!(
            parts("`show Sean O'Brien in full`", 12),
            ["`show", "Sean", "O'Brien", "in", "full`"]
        );
    }

    #[test]
    fn only_wide_characters_divide_a_word_that_is_too_long() {
        let path = "/home/ana/.local/share/netkeep/contacts.toml";
        assert_eq!(parts(path, 10), [path]);
        assert_eq!(parts("李小龙", 6), ["李小龙"]);
        assert_eq!(parts("李小龙。a", 5), ["李", "+小", "+龙。", "+a"]);
        assert_eq!(parts("「李」e\u{301}", 2), ["「李」", "+e\u{301}"]);
        assert_eq!(parts("👩\u{200d}🚀👩🏽", 3), ["👩\u{200d}🚀", "+👩🏽"]);
    }
}
