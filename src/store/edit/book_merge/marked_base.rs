//! A base that git made of several: it merges those, and leaves marks where they differ.

use super::conflict_marks::FEWEST;

/// Where a line with marks belongs.
#[derive(Clone, Copy)]
enum Section {
    Both,
    Ours,
    Base,
    Theirs,
}

/// The texts that a base with marks stands for; one without is itself.
pub(super) fn sides_of_marked(base: &str) -> Vec<String> {
    sides(base).map_or_else(|| vec![base.to_owned()], Vec::from)
}

/// The text with the lines of ours and the one with those of theirs; `None` if it has no conflict, or one without an end.
/// Marks of conflicts within conflicts have another length.
fn sides(text: &str) -> Option<[String; 2]> {
    let mut both = [String::new(), String::new()];
    let mut section = Section::Both;
    let mut size = 0;
    for line in text.split_inclusive('\n') {
        let is_mark = |mark: char| marked_by(line, mark) == Some(size);
        section = match section {
            Section::Both => match marked_by(line, '<') {
                Some(found) => {
                    size = found;
                    Section::Ours
                }
                None => section,
            },
            Section::Ours if is_mark('|') => Section::Base,
            Section::Ours | Section::Base if is_mark('=') => Section::Theirs,
            Section::Theirs if is_mark('>') => {
                section = Section::Both;
                continue;
            }
            Section::Ours => {
                both[0].push_str(line);
                continue;
            }
            Section::Theirs => {
                both[1].push_str(line);
                continue;
            }
            Section::Base => continue,
        };
        if let Section::Both = section {
            for side in &mut both {
                side.push_str(line);
            }
        }
    }
    if size == 0 || !matches!(section, Section::Both) {
        return None;
    }
    let [ours, theirs] = both;
    let [of_ours, of_theirs] = [&ours, &theirs].map(|side| sides(side));
    Some([
        of_ours.map_or(ours, |[ours, _]| ours),
        of_theirs.map_or(theirs, |[_, theirs]| theirs),
    ])
}

/// How long the mark of this kind is that a line consists of, with a label at most.
fn marked_by(line: &str, mark: char) -> Option<usize> {
    let label = line.trim_start_matches(mark);
    let size = line.len() - label.len();
    let label = label.trim_end_matches(['\n', '\r']);
    let is_mark = size >= FEWEST && (label.is_empty() || mark != '=' && label.starts_with(' '));
    is_mark.then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::merge_books;

    #[test]
    fn between_marks_are_two_texts() {
        let two = |one: &str, other: &str| Some([one.to_owned(), other.to_owned()]);
        assert_eq!(
            sides("a\n<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\nb\n"),
            two("a\n1\nb\n", "a\n2\nb\n")
        );
        assert_eq!(
            sides("<<<<<<<<<\r\n1\r\n||||||||| base\r\n0\r\n=========\r\n>>>>>>>>>\r\n"),
            two("1\r\n", "")
        );
        // A conflict within one.
        assert_eq!(
            sides("<<<<<<<\n<<<<<<<<<\n1\n=========\n2\n>>>>>>>>>\n=======\n3\n>>>>>>>\n"),
            two("1\n", "3\n")
        );
        for none in [
            "a\n=======\nb\n",
            "<<<<<<< ours\n1\n=======\n",
            "<<<<<<\n=======\n>>>>>>>\n",
        ] {
            assert_eq!(sides(none), None, "{none}");
        }
    }

    /// As git merges two bases that differ to one.
    #[test]
    fn what_both_sides_of_a_base_with_marks_have_counts_as_removed() {
        let base = "[[contacts]]\nname = \"Ana\"\n\n[[contacts]]\nname = \"Bo\"\n\n[[contacts]]\nname = \"Cy\"\ncity = \"Oslo\"\n";
        let marked = base.replace(
            "city = \"Oslo\"\n",
            "<<<<<<<<< a\ncity = \"Oslo\"\n=========\ncity = \"Rome\"\n>>>>>>>>> b\n",
        );
        let ours = base.replace("[[contacts]]\nname = \"Bo\"\n\n", "");
        let theirs = base.replace("\"Ana\"\n", "\"Ana\"\ncity = \"Lund\"\n");
        let both = ours.replace("\"Ana\"\n", "\"Ana\"\ncity = \"Lund\"\n");
        let merge = merge_books(&[&marked], &ours, &theirs).expect("it is proven");
        assert_eq!(merge.text(&[]), both);
        assert!(!merge.is_without_base);
        // The control: of what is no book, nothing is known.
        let broken = marked.replace(">>>>>>>>> b\n", "");
        let merge = merge_books(&[&broken], &ours, &theirs).expect("it is proven");
        assert!(merge.is_without_base && merge.text(&[]).contains("\"Bo\""));
    }
}
