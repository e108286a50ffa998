//! What becomes of each part: removed, as one side has it, or merged.

use std::borrow::Cow;
use std::rc::Rc;

use super::block::{MergedBlock, merge_block};
use super::merged_book::{BookMerge, MergedPiece, Unmergeable};
use super::parts::PartKind;
use super::read_contacts::{ReadContact, ReadContacts};
use super::same_parts::{BookStates, SamePart, alike};
use crate::domain::merge::values::{Decision, decide};
use crate::store::edit::{lines, statements};

/// What becomes of a part.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum PartFate<'t> {
    /// No text has it, or one side removed it and the other left it as it was.
    Removed,
    /// The text of one side, or of both.
    Text(&'t str),
    Merged(MergedBlock),
}

/// A part with what becomes of it.
#[derive(Clone, Debug)]
pub(super) struct MergedPart<'t> {
    pub(super) part: SamePart,
    pub(super) fate: PartFate<'t>,
}

/// The texts of one part. `None` is where a text does not have it.
pub(super) struct PartTexts<'t> {
    pub(super) bases: Vec<Option<&'t str>>,
    pub(super) sides: [Option<&'t str>; 2],
}

impl<'t> BookStates<'_, 't> {
    pub(super) fn texts(&self, part: &SamePart) -> PartTexts<'t> {
        let bases = self.bases.iter().zip(&part.bases);
        PartTexts {
            bases: bases.map(|(base, at)| Some(base[(*at)?].body)).collect(),
            sides: [0, 1].map(|side| Some(self.sides[side][part.sides[side]?].body)),
        }
    }

    /// Decides what becomes of each part.
    pub(super) fn fates(&self, parts: Vec<SamePart>) -> Vec<MergedPart<'t>> {
        let with_fate = |part: SamePart| {
            let fate = match part.sides[0] {
                Some(ours) if part.is_same => PartFate::Text(self.sides[0][ours].body),
                _ => self.texts(&part).fate(),
            };
            MergedPart { part, fate }
        };
        parts.into_iter().map(with_fate).collect()
    }
}

/// Tells which contacts stay though one side removed them, and to which contact a conflict belongs.
pub(super) fn tell<'t>(
    states: &BookStates<'_, 't>,
    parts: &mut [MergedPart<'t>],
    merge: &mut BookMerge,
) -> Result<(), Unmergeable> {
    for MergedPart { part, fate } in parts {
        if part.kind != PartKind::Contact || part.is_same {
            continue;
        }
        let was = !part.bases.is_empty() && part.bases.iter().all(Option::is_some);
        let is_removed = was && part.sides.contains(&None);
        let read = fate.contact(&states.read, 0);
        if let Some(read) = read.as_ref().filter(|_| is_removed) {
            merge.kept.push(read.contact.name.clone());
        }
        if let PartFate::Merged(block) = fate {
            let read = read.ok_or(Unmergeable::NotProven)?;
            for conflict in &mut block.conflicts {
                conflict.contact = Some(read.contact.name.clone());
            }
        }
    }
    Ok(())
}

impl<'t> PartTexts<'t> {
    fn fate(&self) -> PartFate<'t> {
        let [ours, theirs] = self.sides;
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            let Some(there) = ours.or(theirs) else {
                return PartFate::Removed;
            };
            let mut bases = self.bases.iter().copied();
            let is_there = |base: Option<&str>| base.map(alike) == Some(alike(there));
            return if !self.bases.is_empty() && bases.all(is_there) {
                PartFate::Removed
            } else {
                PartFate::Text(there)
            };
        };
        match decide(&self.bases, Some(ours), Some(theirs)) {
            Decision::Same | Decision::Ours => PartFate::Text(ours),
            Decision::Theirs => PartFate::Text(theirs),
            Decision::Conflict => self.of_both(ours, theirs),
        }
    }

    /// What two changed texts become. Where their newlines differ, they are merged without them.
    fn of_both(&self, ours: &'t str, theirs: &'t str) -> PartFate<'t> {
        let bases = self.bases.iter().map(|base| base.unwrap_or_default());
        let bases: Vec<&str> = bases.collect();
        let mut texts = bases.iter().copied().chain([ours, theirs]);
        let newlines = |text: &str| [text.matches('\n').count(), text.matches("\r\n").count()];
        let of_ours = newlines(ours);
        let is_returns = of_ours[1] * 2 > of_ours[0];
        let is_alike = |text: &str| {
            let [all, returns] = newlines(text);
            returns == if is_returns { all } else { 0 }
        };
        if texts.all(is_alike) {
            return PartFate::Merged(merge_block(&bases, ours, theirs).without_blank_end());
        }
        let bases: Vec<Cow<str>> = bases.into_iter().map(alike).collect();
        let bases: Vec<&str> = bases.iter().map(AsRef::as_ref).collect();
        let (mine, others) = (alike(ours), alike(theirs));
        let of_bases: Vec<Option<&str>> = bases.iter().map(|base| Some(*base)).collect();
        match decide(&of_bases, Some(mine.as_ref()), Some(others.as_ref())) {
            Decision::Same | Decision::Ours => PartFate::Text(ours),
            Decision::Theirs => PartFate::Text(theirs),
            Decision::Conflict => {
                let mut block = merge_block(&bases, &mine, &others).without_blank_end();
                if is_returns {
                    block.end_lines_with_returns();
                }
                PartFate::Merged(block)
            }
        }
    }
}

impl MergedBlock {
    /// The same without blank lines at its end, and above the comments there: a comment below a blank line is no part of
    /// the block.
    fn without_blank_end(mut self) -> Self {
        if let Some(MergedPiece::Text(last)) = self.pieces.last_mut() {
            let below = last.split_off(statements::end_of_last(last));
            let below = below.split_inclusive('\n');
            last.extend(below.filter(|line| !lines::is_blank(line)));
        }
        self
    }

    fn end_lines_with_returns(&mut self) {
        let texts = self.pieces.iter_mut().flat_map(|piece| match piece {
            MergedPiece::Text(text) => std::slice::from_mut(text),
            MergedPiece::Conflict(sides) => sides.as_mut_slice(),
        });
        let values = self.conflicts.iter_mut().flat_map(|one| &mut one.values);
        for text in texts.chain(values) {
            *text = text.replace('\n', "\r\n");
        }
    }
}

impl<'t> PartFate<'t> {
    /// The text with the values of one side; `None` if it is removed.
    pub(super) fn text(&self, side: usize) -> Option<Cow<'t, str>> {
        match self {
            Self::Removed => None,
            Self::Text(text) => Some((*text).into()),
            Self::Merged(block) => {
                let texts = block.pieces.iter().map(|piece| match piece {
                    MergedPiece::Text(text) => text.as_str(),
                    MergedPiece::Conflict(sides) => sides[side].as_str(),
                });
                Some(texts.collect::<String>().into())
            }
        }
    }

    /// The contact with the values of one side; `None` if it is removed, or cannot be read.
    pub(super) fn contact(&self, read: &ReadContacts<'t>, side: usize) -> Option<Rc<ReadContact>> {
        read.of(self.text(side)?)
    }

    /// The name of a contact that stays, or the two that it may have; `None` if it cannot be read.
    pub(super) fn names(&self, read: &ReadContacts<'t>) -> Option<Vec<String>> {
        let texts = (0..2).filter_map(|side| self.text(side));
        let names = texts.map(|text| Some(read.of(text)?.contact.name.clone()));
        let mut names: Vec<String> = names.collect::<Option<_>>()?;
        names.dedup();
        Some(names)
    }
}

#[cfg(test)]
mod tests {
    use crate::store::merge_books;

    #[track_caller]
    fn case(base: &str, [ours, theirs]: [&str; 2], expected: &str) {
        let merge = merge_books(&[base], ours, theirs).expect("it is proven");
        assert_eq!(merge.text(&[]), expected);
    }

    #[test]
    fn a_comment_below_rows_that_one_side_added_stays_that_of_the_contact() {
        let base = "[[contacts]]\nname = 'Ana'\n\n\n  # met\n  [[ contacts.touches ]]\n  on = 2026-01-10\n\n  \
            [[ contacts.touches ]]\n  on = 2026-02-10\n# under\n";
        let ours = base.replace("'Ana'\n", "'Ana'\ncity = 'Oslo'\n");
        let new = "\n  [[ contacts.touches ]]\n  on = 2026-03-01\n# under";
        let theirs = base.replace("# under", new);
        let both = ours.replace("# under", new);
        case(base, [&theirs, &ours], &both);
        case(base, [&ours, &theirs], &both);
    }

    #[test]
    fn a_line_of_a_text_that_looks_like_a_comment_is_none() {
        let ana = "[[contacts]]\nname = 'Ana'\nmet = '''\nsaid:\n\n# nothing'''\n";
        let bo = "[[contacts]]\nname = 'Bo'\n";
        let base = format!("{ana}\n{bo}");
        // The empty line between two contacts became a comment.
        let ours = format!("{ana} # new\n{bo}");
        let theirs = base.clone() + "city = 'Oslo'\n";
        case(&base, [&ours, &theirs], &(ours.clone() + "city = 'Oslo'\n"));
        // The empty line in the text stays.
        let [ours, theirs] = ["city = 'Oslo'", "company = 'Acme'"]
            .map(|new| base.replace("'Ana'\n", &format!("'Ana'\n{new}\n")));
        let both = ours.replace("'Ana'\n", "'Ana'\ncompany = 'Acme'\n");
        case(&base, [&ours, &theirs], &both);
    }

    #[test]
    fn what_is_left_when_each_side_removes_a_contact_may_have_none() {
        let [ana, bo] = ["Ana", "Bo"].map(|name| format!("[[contacts]]\nname = '{name}'\n\n"));
        let rest = "[[extras]]\na = 1\n";
        let base = ana.clone() + &bo + rest;
        case(&base, [&(ana + rest), &(bo + rest)], rest);
    }
}
