//! The order of comments that both sides wrote at one place: it does not depend on which side is which.

use super::comment_merge::same_statement;
use super::entries::BlockText;
use crate::domain::merge::lines::{common_lines, hunks, union};
use crate::store::edit::lines;

/// `text` with the comment lines above each statement in the order in which lines of notes would be. Of two comments behind a statement the
/// one that is first by its text is behind it, and the other stands above.
pub(super) fn in_order(bases: &[&str], sides: [&BlockText; 2], text: &str) -> Option<String> {
    let bases: Vec<BlockText> = bases
        .iter()
        .map(|base| BlockText::of(base))
        .collect::<Option<_>>()?;
    let block = BlockText::of(text)?;
    let mut new = text.to_owned();
    for line in (0..block.lines.len()).rev() {
        if !block.is_statement(line) {
            continue;
        }
        let [Some(ours), Some(theirs)] = sides.map(|side| same_statement(side, &block, line))
        else {
            continue;
        };
        let mut of_bases = Vec::new();
        for base in &bases {
            let there = same_statement(base, &block, line);
            of_bases.push(there.map_or_else(Vec::new, |there| above(base, there)));
        }
        let own = Around::of(&block, line);
        let due = own.clone().in_order(
            &of_bases,
            [Around::of(sides[0], ours), Around::of(sides[1], theirs)],
        );
        if due != own {
            let start = block.lines[block.above(line)].at.start;
            let at = start..block.lines[line].at.end;
            new = lines::replace(&new, at, &due.written(&block, line));
        }
    }
    Some(new)
}

/// The comments above a statement, and the one behind it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Around<'t> {
    above: Vec<&'t str>,
    behind: Option<&'t str>,
}

fn above<'t>(block: &BlockText<'t>, line: usize) -> Vec<&'t str> {
    let group = &block.lines[block.above(line)..line];
    group
        .iter()
        .map(|line| block.text[line.at.clone()].trim())
        .collect()
}

/// The merged lines, and where both sides changed a line all of both.
fn every_line<'t>(base: &[&'t str], ours: &[&'t str], theirs: &[&'t str]) -> Vec<&'t str> {
    let hunks = hunks(base, ours, theirs).into_iter();
    let lines = hunks.flat_map(|hunk| {
        let both = || union(&ours[hunk.ours.clone()], &theirs[hunk.theirs.clone()]);
        hunk.lines(base, ours, theirs).unwrap_or_else(both)
    });
    lines.collect()
}

impl<'t> Around<'t> {
    fn of(block: &BlockText<'t>, line: usize) -> Self {
        let statement = &block.lines[line];
        let behind = block.text[statement.content.end..statement.at.end].trim();
        Self {
            above: above(block, line),
            behind: Some(behind).filter(|behind| behind.starts_with('#')),
        }
    }

    fn in_order(mut self, bases: &[Vec<&'t str>], [ours, theirs]: [Self; 2]) -> Self {
        let first = ours.behind.min(theirs.behind);
        let last = ours.behind.max(theirs.behind);
        if let Some(at) = self.above.iter().position(|one| Some(*one) == first)
            && first.is_some()
            && first != last
            && self.behind == last
            && !ours
                .above
                .iter()
                .chain(&theirs.above)
                .any(|one| Some(*one) == first)
        {
            self.above[at] = last.unwrap_or_default();
            self.behind = first;
        }
        let bases: Vec<&[&str]> = bases.iter().map(Vec::as_slice).collect();
        let base = common_lines(&bases);
        let mut left = self.above.clone();
        let mut above = Vec::new();
        for comment in every_line(&base, &ours.above, &theirs.above) {
            let Some(at) = left.iter().position(|one| *one == comment) else {
                continue;
            };
            above.push(left.remove(at));
        }
        left.sort_unstable();
        above.append(&mut left);
        Self { above, ..self }
    }

    /// The lines of the statement with these comments.
    fn written(&self, block: &BlockText<'t>, line: usize) -> String {
        let statement = &block.lines[line];
        let newline = lines::newline(block.text, statement.at.start);
        let indent = lines::indent(block.text, statement.at.start);
        let above = self.above.iter();
        let above: String = above
            .map(|comment| format!("{indent}{comment}{newline}"))
            .collect();
        let text = &block.text[statement.at.clone()];
        let own = Self::of(block, line).behind;
        match own.zip(self.behind) {
            Some((old, new)) if old != new => {
                let at = text.rfind(old).unwrap_or(text.len());
                format!("{above}{}{new}{}", &text[..at], &text[at + old.len()..])
            }
            _ => above + text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::{marked, merge_of};

    #[track_caller]
    fn becomes(base: &str, ours: &str, theirs: &str, merged: &str) {
        for [ours, theirs] in [[ours, theirs], [theirs, ours]] {
            let texts = [base, ours, theirs, merged]
                .map(|text| format!("[[contacts]]\nname = 'A'\n{text}"));
            assert_eq!(marked(&merge_of(&texts)), texts[3]);
        }
    }

    #[test]
    fn comments_of_both_sides_come_in_one_order() {
        let city = "city = 'Oslo'\n";
        let above = |comments: &str| comments.to_owned() + city;
        becomes(
            city,
            &above("# b\n# c\n"),
            &above("# a\n# d\n"),
            &above("# a\n# d\n# b\n# c\n"),
        );
        becomes(
            &above("# x\n"),
            &above("# x\n# b\n"),
            &above("# x\n# a\n"),
            &above("# x\n# a\n# b\n"),
        );
        becomes(
            &above("# x\n"),
            &above("# b\n"),
            &above("# a\n"),
            &above("# a\n# b\n"),
        );
    }

    #[test]
    fn of_two_comments_behind_a_value_one_stays_there() {
        let city = |comment: &str| format!("city = 'Oslo'{comment}\n");
        becomes(
            &city(""),
            &city(" # b"),
            &city(" # a"),
            &format!("# b\n{}", city(" # a")),
        );
        let ours = "# d\ncity = 'Oslo' # b\n";
        becomes(
            &city(""),
            ours,
            "# c\ncity = 'Oslo' # a\n",
            "# c\n# d\n# b\ncity = 'Oslo' # a\n",
        );
    }
}
