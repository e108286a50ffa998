//! Bars made of characters.

/// The characters of the parts of a bar, in order; all further parts have the last.
pub(crate) const FILLS: [char; 5] = ['█', '▓', '▒', '░', '·'];

/// The scale of bars: one character stands for `per` contacts or touches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// How many a character stands for, at least 1.
    pub(crate) per: usize,
}

impl Scale {
    /// The scale on which `most` fits into `room` columns.
    pub(crate) fn fit(most: usize, room: usize) -> Self {
        Self {
            per: most.div_ceil(room.max(1)).max(1),
        }
    }

    /// A bar of these parts, each with its own fill. The bar is rounded up, so that even a single one shows.
    pub(crate) fn bar(self, parts: &[usize]) -> String {
        let mut bar = String::new();
        let (mut sum, mut drawn) = (0, 0);
        for (at, part) in parts.iter().enumerate() {
            sum += part;
            let end = sum.div_ceil(self.per);
            bar.extend(std::iter::repeat_n(fill(at), end - drawn));
            drawn = end;
        }
        bar
    }

    /// The same bar with a line at `limit`; what is beyond the line does not fit.
    pub(crate) fn bar_against(self, parts: &[usize], limit: usize) -> String {
        let bar: Vec<char> = self.bar(parts).chars().collect();
        let limit = limit.div_ceil(self.per);
        let (inside, beyond) = bar.split_at(bar.len().min(limit));
        let inside: String = inside.iter().collect();
        let beyond: String = beyond.iter().collect();
        let pad = " ".repeat(limit - inside.chars().count());
        format!("{inside}{pad}|{beyond}")
    }
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
        let scale = Scale::fit(8, 20);
        assert_eq!(scale.bar(&[2, 0, 1]), "██▒");
        assert_eq!(scale.bar(&[]), "");
        assert_eq!(scale.bar_against(&[2, 1], 5), "██▓  |");
        assert_eq!(scale.bar_against(&[2, 1], 2), "██|▓");
        assert_eq!(scale.bar_against(&[], 0), "|");
        let scale = Scale::fit(100, 10);
        assert_eq!(scale.per, 10);
        assert_eq!(scale.bar(&[1]), "█");
        assert_eq!(scale.bar_against(&[95, 5], 50), "█████|█████");
        assert_eq!(
            Scale::fit(81, 40).bar(&[27, 54]),
            "█████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓"
        );
    }
}
