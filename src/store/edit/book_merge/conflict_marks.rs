//! The marks around a conflict, as git writes them.

/// The fewest characters of a mark.
pub(super) const FEWEST: usize = 7;

/// The marks around a conflict.
#[derive(Clone, Copy, Debug)]
pub struct ConflictMarks<'l> {
    /// How many characters each has.
    pub size: usize,
    /// What the sides are called, ours first.
    pub labels: [&'l str; 2],
    /// What the base is called, if there is to be a part for it, which is empty.
    pub base: Option<&'l str>,
}

/// Those of git.
impl Default for ConflictMarks<'_> {
    fn default() -> Self {
        Self {
            size: FEWEST,
            labels: ["ours", "theirs"],
            base: None,
        }
    }
}

impl ConflictMarks<'_> {
    /// Writes the lines of a conflict.
    pub(super) fn write(&self, text: &mut String, [ours, theirs]: &[String; 2]) {
        let newline = [ours, theirs].iter().any(|side| side.ends_with("\r\n"));
        let newline = if newline { "\r\n" } else { "\n" };
        let mut mark = |mark: char, label: &str, lines: &str| {
            text.extend(std::iter::repeat_n(mark, self.size));
            if !label.is_empty() {
                text.push(' ');
            }
            for part in [label, newline, lines] {
                text.push_str(part);
            }
        };
        mark('<', self.labels[0], ours);
        if let Some(base) = self.base {
            mark('|', base, "");
        }
        mark('=', "", theirs);
        mark('>', self.labels[1], "");
    }
}
