//! Bars made of characters.

/// The characters of the parts of a bar, in order; all further parts have the last.
pub(crate) const FILLS: [char; 5] = ['█', '▓', '▒', '░', '∙'];

/// How many contacts or touches a character stands for, so that `most` fits into `room` columns.
pub(crate) fn scale(most: usize, room: usize) -> usize {
    most.div_ceil(room.max(1)).max(1)
}

/// A bar of these parts, each with its own fill. The bar is rounded up, so that even a single one shows.
pub(crate) fn bar(parts: &[usize], per: usize) -> String {
    let mut bar = String::new();
    let (mut sum, mut drawn) = (0, 0);
    for (at, part) in parts.iter().enumerate() {
        sum += part;
        let end = sum.div_ceil(per);
        bar.extend(std::iter::repeat_n(fill(at), end - drawn));
        drawn = end;
    }
    bar
}

/// The same bar with a line at `limit`; what is beyond the line does not fit.
pub(crate) fn bar_against(parts: &[usize], limit: usize, per: usize) -> String {
    let bar: Vec<char> = bar(parts, per).chars().collect();
    let limit = limit.div_ceil(per);
    let (inside, beyond) = bar.split_at(bar.len().min(limit));
    let pad = " ".repeat(limit - inside.len());
    let [inside, beyond] = [inside, beyond].map(String::from_iter);
    format!("{inside}{pad}|{beyond}")
}

/// The character of the part at this place.
pub(crate) fn fill(at: usize) -> char {
    FILLS[at.min(FILLS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_its_parts_and_the_limit() {
        let per = scale(8, 20);
        assert_eq!(bar(&[2, 0, 1], per), "██▒");
        assert_eq!(bar(&[], per), "");
        assert_eq!(bar_against(&[2, 1], 5, per), "██▓  |");
        assert_eq!(bar_against(&[2, 1], 2, per), "██|▓");
        assert_eq!(bar_against(&[], 0, per), "|");
        let per = scale(100, 10);
        assert_eq!(per, 10);
        assert_eq!(bar(&[1], per), "█");
        assert_eq!(bar_against(&[95, 5], 50, per), "█████|█████");
        assert_eq!(bar(&[27, 54], scale(81, 40)), "█████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓");
    }
}
