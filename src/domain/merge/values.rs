//! A value that two states have, and what they grew from.

/// What becomes of something that two states have, or have not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Both have the same, or both lack it.
    Same,
    /// What ours has, or that it has none.
    Ours,
    /// What theirs has, or that it has none.
    Theirs,
    /// Both have something else, and nothing says which of them is right.
    Conflict,
}

/// What decides between two values that are both new.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ValueRule {
    /// A person does.
    Ask,
    /// The smaller one: the day a contact was added.
    Earlier,
    /// The larger one: the day of the last regrouping.
    Later,
}

/// What becomes of a value, `None` where it is absent. The side that differs from every base has changed it; a value that was
/// changed on one side and removed on the other stays. Bases that differ prove nothing, as if there were none: then a value
/// that one side lacks is the other's.
///
/// ```
/// use netkeep::domain::merge::values::{Decision, decide};
///
/// assert_eq!(decide(&[Some("Oslo")], Some("Oslo"), Some("Rome")), Decision::Theirs);
/// assert_eq!(decide(&[Some("Oslo")], Some("Oslo"), None), Decision::Theirs);
/// assert_eq!(decide(&[Some("Oslo")], Some("Rome"), None), Decision::Ours);
/// assert_eq!(decide(&[Some("Oslo")], Some("Rome"), Some("Bern")), Decision::Conflict);
/// ```
pub fn decide<V: PartialEq>(bases: &[Option<V>], ours: Option<V>, theirs: Option<V>) -> Decision {
    let is_base = |side: &Option<V>| !bases.is_empty() && bases.iter().all(|base| base == side);
    match (&ours, &theirs) {
        _ if ours == theirs => Decision::Same,
        _ if is_base(&theirs) => Decision::Ours,
        _ if is_base(&ours) => Decision::Theirs,
        (Some(_), None) => Decision::Ours,
        (None, _) => Decision::Theirs,
        (Some(_), Some(_)) => Decision::Conflict,
    }
}

/// The same with a rule for two values that are both new.
///
/// ```
/// use netkeep::domain::merge::values::{Decision, ValueRule, decide_by};
///
/// assert_eq!(decide_by(ValueRule::Earlier, &[], Some(3), Some(5)), Decision::Ours);
/// assert_eq!(decide_by(ValueRule::Later, &[], Some(3), Some(5)), Decision::Theirs);
/// assert_eq!(decide_by(ValueRule::Later, &[Some(5)], Some(3), Some(5)), Decision::Ours);
/// ```
pub fn decide_by<V: PartialOrd>(
    rule: ValueRule,
    bases: &[Option<V>],
    ours: Option<V>,
    theirs: Option<V>,
) -> Decision {
    let is_ours_earlier = ours < theirs;
    match (decide(bases, ours, theirs), rule) {
        (Decision::Conflict, ValueRule::Earlier) if is_ours_earlier => Decision::Ours,
        (Decision::Conflict, ValueRule::Later) if !is_ours_earlier => Decision::Ours,
        (Decision::Conflict, ValueRule::Earlier | ValueRule::Later) => Decision::Theirs,
        (decision, _) => decision,
    }
}

#[cfg(test)]
mod tests {
    use super::Decision::{Conflict, Ours, Same, Theirs};
    use super::*;

    /// The same for the sides in the other order.
    fn swapped(decision: Decision) -> Decision {
        match decision {
            Ours => Theirs,
            Theirs => Ours,
            Same | Conflict => decision,
        }
    }

    #[track_caller]
    fn becomes(bases: &[u8], ours: u8, theirs: u8, decision: Decision) {
        let value = |value: u8| Some(value).filter(|value| *value > 0);
        let bases: Vec<Option<u8>> = bases.iter().map(|base| value(*base)).collect();
        let [ours, theirs] = [ours, theirs].map(value);
        assert_eq!(decide(&bases, ours, theirs), decision);
        assert_eq!(decide(&bases, theirs, ours), swapped(decision));
    }

    #[test]
    fn the_side_that_changed_a_value_decides() {
        for (base, ours, theirs, decision) in [
            (1, 1, 1, Same),
            (1, 2, 2, Same),
            (1, 0, 0, Same),
            (1, 2, 1, Ours),
            (1, 0, 1, Ours),
            (0, 1, 0, Ours),
            (1, 2, 0, Ours),
            (1, 2, 3, Conflict),
            (0, 2, 3, Conflict),
        ] {
            becomes(&[base], ours, theirs, decision);
        }
    }

    #[test]
    fn without_a_base_nothing_is_removed() {
        becomes(&[], 1, 1, Same);
        becomes(&[], 1, 0, Ours);
        becomes(&[], 1, 2, Conflict);
    }

    #[test]
    fn only_what_every_base_has_counts() {
        becomes(&[1, 1], 0, 1, Ours);
        becomes(&[1, 0], 0, 1, Theirs);
        becomes(&[1, 2], 1, 2, Conflict);
        becomes(&[1, 2], 3, 3, Same);
    }

    #[test]
    fn a_rule_decides_only_where_both_sides_are_new() {
        let by = |rule, bases: &[Option<u8>], ours, theirs| decide_by(rule, bases, ours, theirs);
        for (rule, three_or_five) in [(ValueRule::Earlier, Ours), (ValueRule::Later, Theirs)] {
            assert_eq!(by(rule, &[Some(9)], Some(3), Some(5)), three_or_five);
            assert_eq!(by(rule, &[], Some(5), Some(3)), swapped(three_or_five));
            assert_eq!(by(rule, &[Some(3)], Some(5), Some(3)), Ours);
            assert_eq!(by(rule, &[Some(3)], Some(3), None), Theirs);
            assert_eq!(by(rule, &[Some(3)], None, Some(5)), Theirs);
            assert_eq!(by(rule, &[Some(3)], Some(5), Some(5)), Same);
        }
        assert_eq!(by(ValueRule::Ask, &[], Some(5), Some(3)), Conflict);
    }
}
