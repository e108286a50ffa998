//! Reads a text sign by sign, and finds the numbers in it.

use super::number::{MOST, PhoneNumber, WHOLE, count};
use super::signs::{
    EXTENSION, FREE, PAUSE, SEPARATORS, is_blank, is_line_end, is_within, key, plain,
};

/// So many digits are a number whatever is beside them: no number within an area is so long.
const LONG: usize = 9;

/// The most digits of a number with `00` before it.
const MOST_WITH_ZEROS: usize = 17;

/// The signs of a text in the form in which they are dialled, and the place of the next.
pub(super) struct NumberReader {
    signs: Vec<char>,
    /// Where each sign begins in the text, and where the text ends.
    places: Vec<usize>,
    at: usize,
    /// Where digits end that were found to be two numbers.
    stop: usize,
}

impl NumberReader {
    pub(super) fn new(text: &str) -> Self {
        let signs: Vec<char> = text.chars().map(plain).collect();
        let places = text.char_indices().map(|(place, _)| place);
        Self {
            stop: signs.len(),
            places: places.chain([text.len()]).collect(),
            signs,
            at: 0,
        }
    }

    /// Moves to the next sign with which a number may begin.
    pub(super) fn skip_to_number(&mut self) -> bool {
        let begins = |c| matches!(c, '0'..='9' | '+' | '*' | '#');
        self.at += self.length(self.at, |c| !begins(c));
        self.at < self.signs.len()
    }

    /// Reads the number that begins here; `None` if these digits cannot be dialled.
    pub(super) fn number(&mut self) -> Option<PhoneNumber> {
        let start = self.at;
        if matches!(self.signs[start], '*' | '#') {
            return self.code();
        }
        let mut digits = self.digits();
        if count(&digits) > most(&digits) {
            return self.half(start);
        }
        digits += &self.letters(&digits);
        let is_short = count(&digits) < WHOLE;
        let is_part = self.is_joined_before(start) || self.is_joined_after();
        let is_empty = digits.trim_matches(['+', '0']).is_empty();
        if is_short && (is_empty || is_part || !self.is_announced(start))
            || self.is_after_letter(start)
            || self.is_in_address(start)
        {
            self.at += self.length(self.at, |c| !is_blank(c) && !SEPARATORS.contains(&c));
            return None;
        }
        let extension = self.extension(is_short);
        Some(self.found(start, digits, extension))
    }

    fn found(&self, start: usize, digits: String, extension: String) -> PhoneNumber {
        PhoneNumber {
            digits,
            extension,
            at: self.places[start]..self.places[self.at],
        }
    }

    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied()
    }

    /// How many signs from `at` on are like this.
    fn length(&self, at: usize, is_it: impl Fn(char) -> bool) -> usize {
        let rest = self.signs.get(at..).unwrap_or_default();
        rest.iter().take_while(|c| is_it(**c)).count()
    }

    fn text(&self, at: usize, is_it: impl Fn(char) -> bool) -> String {
        let length = self.length(at, is_it);
        self.signs[at..at + length].iter().collect()
    }

    /// Reads a code of the network: `*100#`, `#31#0600000001`.
    fn code(&mut self) -> Option<PhoneNumber> {
        let start = self.at;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#');
        let code = self.text(start, is_part);
        let is_code = code.len() > 2 && (code.starts_with('*') || code[1..].contains(['*', '#']));
        if !is_code {
            // `#2` is the place in a list.
            let place = code.len() - 1;
            self.at += if place < 3 { 1 + place } else { 1 };
            return None;
        }
        let all = self.text(start, |c| is_part(c) || is_within(c));
        self.at += all.chars().count();
        let digits: String = all.chars().filter(|c| is_part(*c)).collect();
        let can_be_dialled =
            digits.contains(|c: char| c.is_ascii_digit()) && !self.is_joined_after();
        can_be_dialled.then(|| self.found(start, digits, String::new()))
    }

    /// Reads the digits from here to the end of the number.
    fn digits(&mut self) -> String {
        let mut digits = String::new();
        let mut at = self.at;
        let mut is_open = self.signs[..at].ends_with(&['(']);
        // How many digits are before the last blank.
        let mut group = 0;
        while let Some(c) = self.sign(at).filter(|_| at < self.stop) {
            let many = count(&digits);
            match c {
                '0'..='9' => {
                    digits.push(c);
                    self.at = at + 1;
                }
                '+' if many == 0 => digits = c.to_string(),
                '(' | '[' => match self.in_brackets(at) {
                    // In `+44 (0)20` the zero is dialled only within the country.
                    Some(inside) if many > 0 && inside == "0" => {
                        at += self.length(at, |c| !matches!(c, ')' | ']'));
                    }
                    Some(inside) if many < WHOLE || inside.len() < WHOLE => is_open = true,
                    _ => break,
                },
                // `1) 0600 000 001 2) 0600 000 002`
                ')' if !is_open && many < WHOLE => digits.clear(),
                ')' if !is_open => {
                    digits.truncate(group);
                    break;
                }
                ')' => is_open = false,
                '.' if self.is_place(at, &digits) => digits.clear(),
                _ if is_line_end(c) || SEPARATORS.contains(&c) => {
                    if self.ends_at(at, &digits) {
                        break;
                    }
                }
                _ if is_blank(c) => group = digits.len(),
                _ if is_within(c) => {}
                _ => break,
            }
            at += 1;
        }
        if count(&digits) == 0 {
            self.at += 1;
            return String::new();
        }
        // No country has a code with a zero first.
        match (digits.strip_prefix("+00"), digits.strip_prefix("+0")) {
            (Some(rest), _) => format!("+{rest}"),
            (_, Some(rest)) => format!("0{rest}"),
            _ => digits,
        }
    }

    /// Whether the digits before the stop here are the place in a list: `1. 0600 000 001`.
    fn is_place(&self, at: usize, digits: &str) -> bool {
        let is_short = digits.len() < 3 && !digits.starts_with(['+', '0']);
        is_short && self.sign(at + 1).is_some_and(char::is_whitespace)
    }

    /// The digits in brackets, if nothing else is in them.
    fn in_brackets(&self, at: usize) -> Option<String> {
        let inside = self.text(at + 1, |c| !matches!(c, ')' | ']'));
        let digits: String = inside.chars().filter(|c| !is_within(*c)).collect();
        let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_digits && !digits.is_empty()).then_some(digits)
    }

    /// Whether the number with these digits ends at the separator here.
    fn ends_at(&self, at: usize, digits: &str) -> bool {
        let is_area = digits.starts_with(['+', '0']);
        let digits = count(digits);
        let separator = self.signs[at];
        let next = self.sign(at + 1 + self.length(at + 1, is_blank));
        let run = self.text(at + 1, |c| {
            c == '+' || c.is_ascii_digit() || is_within(c) && c != '/' && !is_line_end(c)
        });
        let run = count(&run);
        if run == 0 || next == Some(separator) || next.is_some_and(char::is_alphabetic) {
            return true;
        }
        let is_complete = match separator {
            // `020 7946 0991/0992`, `555-0101/0102` and `08-555 01 09/10`, but not `0049 8141/55501`.
            '/' => digits > LONG || digits >= WHOLE && (run < 3 || !is_area),
            _ => digits >= WHOLE,
        };
        let is_pause = matches!(separator, ',' | ';') && digits + run < WHOLE;
        let is_new = run >= LONG && (!is_area || matches!(next, Some('+' | '0')));
        let are_alike = !is_area && digits == run && digits > 4;
        is_complete || is_pause || is_new || are_alike || digits >= WHOLE && run >= WHOLE
    }

    /// Reads the first of two numbers with only blanks between them: both have as many digits.
    fn half(&mut self, start: usize) -> Option<PhoneNumber> {
        let end = self.at;
        let all: String = self.signs[start..end].iter().collect();
        let mut blanks = (start..end).filter(|at| is_blank(self.signs[*at]));
        let first = |at: &usize| self.signs[start..*at].iter().collect::<String>();
        let middle = blanks.find(|at| 2 * count(&first(at)) == count(&all));
        let Some(middle) = middle.filter(|_| self.stop == self.signs.len()) else {
            self.at = end;
            return None;
        };
        (self.at, self.stop) = (start, middle);
        let number = self.number();
        (self.at, self.stop) = (middle, self.signs.len());
        number
    }

    /// Whether a letter or another sign of a word is right before.
    fn is_joined_before(&self, start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| self.sign(at));
        before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Whether a single letter is right before, which may be a mistyped digit: `O600 000 001`.
    fn is_after_letter(&self, start: usize) -> bool {
        let before = |back: usize| start.checked_sub(back).and_then(|at| self.sign(at));
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        is_letter(before(1)) && !is_letter(before(2))
    }

    /// Whether letters follow that are no word of their own.
    fn is_joined_after(&self) -> bool {
        let dash = self.length(self.at, |c| matches!(c, '-' | '.' | '_'));
        let next = self.sign(self.at + dash.min(1));
        let word = self.at + self.length(self.at, is_blank);
        let word = self.text(word, char::is_alphanumeric);
        // `0600 O00 001`
        let is_mixed =
            word.starts_with(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit());
        (is_mixed || next.is_some_and(char::is_alphabetic)) && self.announcement().is_none()
    }

    /// Whether the digits are part of an e-mail address or a page.
    fn is_in_address(&self, start: usize) -> bool {
        let before = self.signs[..start].iter().rev();
        let begin = start - before.take_while(|c| !is_blank(**c)).count();
        let word = self.text(begin, |c| !is_blank(c));
        word.contains('@') || word.contains("://")
    }

    /// Whether the words before a short number, if there are any, announce it: `Police: 112`, but not `room 12`.
    fn is_announced(&self, start: usize) -> bool {
        let before: String = self.signs[..start].iter().collect();
        let before = before.trim().to_lowercase();
        let word = before.strip_suffix(':').unwrap_or_default();
        let last = word.rsplit(|c: char| !c.is_alphabetic()).next();
        let is_word = last.is_some_and(|last| !last.is_empty() && !EXTENSION.contains(&last));
        !before.contains(char::is_alphanumeric) || is_word
    }

    /// Reads letters that stand for digits: `1-800-FLOWERS`.
    fn letters(&mut self, digits: &str) -> String {
        let is_american = digits.starts_with("+1") && digits.len() == "+1212".len();
        let bare = digits.trim_start_matches(['+', '0', '1']);
        let is_free = is_american || FREE.iter().any(|free| bare.ends_with(free));
        // `1 800 555 CARE`: the last four of a number of North America.
        let is_open = count(digits) == "1212555".len()
            && (digits.starts_with("+1") || FREE.iter().any(|free| bare.starts_with(free)));
        let (mut letters, mut at) = (String::new(), self.at);
        loop {
            let gap = self.text(at, |c| is_blank(c) || matches!(c, '-' | '.' | ')' | ']'));
            let start = at + gap.chars().count();
            let word = self.text(start, char::is_alphanumeric);
            let is_upper = !word.contains(|c: char| c.is_ascii_lowercase());
            let is_tied = gap.contains(['-', '.']);
            let is_first = letters.is_empty();
            let is_last = is_open && is_first && is_upper && word.len() == 4;
            let is_part =
                is_upper && (is_tied || !is_first) || is_free && (is_first || is_tied) || is_last;
            let is_extension = {
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                EXTENSION.contains(&word.to_lowercase().as_str())
            };
            let is_own = !gap.is_empty() || is_free && is_first;
            if word.is_empty() || !word.is_ascii() || !is_own || !is_part || is_extension {
                break;
            }
            letters.extend(word.chars().map(key));
            at = start + word.len();
        }
        let own = self.signs[self.at..at].iter();
        let has_word = own.filter(|c| c.is_ascii_alphabetic()).count() > 2;
        let whole = count(digits) + letters.len();
        let has_all = count(digits) >= WHOLE && !(is_open && letters.len() == 4);
        if has_all || !has_word || !(WHOLE..=MOST).contains(&whole) {
            return String::new();
        }
        self.at = at;
        letters
    }

    /// The word after the number that announces an extension or a pause, and where its digits begin.
    fn announcement(&self) -> Option<(&'static str, usize)> {
        let gap = self.length(self.at, |c| is_blank(c) || "-.,;/([".contains(c));
        let word = self.text(self.at + gap, char::is_alphabetic);
        let end = self.at + gap + word.chars().count();
        let digits = end + self.length(end, |c| is_blank(c) || ".:=#".contains(c));
        let mut words = EXTENSION.into_iter().chain(PAUSE);
        let known = words.find(|known| *known == word.to_lowercase())?;
        let is_digit = self.sign(digits).is_some_and(|c| c.is_ascii_digit());
        is_digit.then_some((known, digits))
    }

    /// Reads an extension, and skips what is typed after a pause.
    fn extension(&mut self, is_short: bool) -> String {
        let mut extension = String::new();
        loop {
            let sign = self.at + self.length(self.at, is_blank);
            let announced = self.announcement();
            let is_hash = !is_short && self.sign(sign) == Some('#');
            let is_digit = self.sign(sign + 1).is_some_and(|c| c.is_ascii_digit());
            let (is_extension, at) = match announced {
                Some((word, at)) => (!PAUSE.contains(&word), at),
                None if is_hash && is_digit => (true, sign + 1),
                None => match self.pause(sign) {
                    Some(at) => (false, at),
                    None => return extension,
                },
            };
            let digits = self.text(at, |c| c.is_ascii_digit());
            self.at = at + digits.len();
            self.at += self.length(self.at, |c| matches!(c, '#' | '*'));
            if is_extension && extension.is_empty() {
                extension = digits;
            }
        }
    }

    /// Where the digits after a pause begin: after `,,`, before `#`, or a few after `,` or `;`.
    fn pause(&self, at: usize) -> Option<usize> {
        let signs = self.length(at, |c| matches!(c, ',' | ';' | '*' | '#'));
        let start = at + signs + self.length(at + signs, is_blank);
        let run = self.length(start, |c| c.is_ascii_digit());
        let is_code = self.sign(start + run) == Some('#');
        let is_pause = signs > 1 || run < WHOLE && !self.is_number_of_groups(start) || is_code;
        (signs > 0 && run > 0 && is_pause).then_some(start)
    }

    /// Whether digits with blanks between them begin here that are a whole number.
    fn is_number_of_groups(&self, start: usize) -> bool {
        let run = self.text(start, |c| {
            c.is_ascii_digit() || is_within(c) && !is_line_end(c)
        });
        count(&run) >= WHOLE
    }
}

fn most(digits: &str) -> usize {
    if digits.starts_with("00") {
        MOST_WITH_ZEROS
    } else {
        MOST
    }
}
