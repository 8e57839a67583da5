use uuid::Uuid;

use super::history::{current, open_conflicts, value_at};
use super::revision::{Revision, RevisionNumber};

/// What becomes of a text that a page sends for a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge<'h> {
    /// It becomes the current answer.
    Apply,
    /// It is the current answer.
    Unchanged,
    /// The page had not touched the field, and another page's later text stands.
    ChangedElsewhere(&'h Revision),
    /// Another page has written something else meanwhile: both are kept, and someone must choose.
    Contest(&'h Revision),
    /// The page sends again what is already contested.
    StillContested {
        mine: &'h Revision,
        other: &'h Revision,
    },
}

/// Compares what a page sends with what it knew and with what holds now, given every revision of the
/// variable in order. What a page knew is what it last wrote itself, or else the text that held when
/// it was rendered.
///
/// A first text is applied even when empty: the question was seen and left blank.
pub fn merge<'h>(
    history: &'h [Revision],
    base: RevisionNumber,
    page: Uuid,
    submitted: &str,
) -> Merge<'h> {
    let Some(current) = current(history) else {
        return Merge::Apply;
    };
    let own = history
        .iter()
        .rev()
        .find(|revision| revision.page == page && revision.number > base);
    let known = own.map_or_else(|| value_at(history, base), |own| &own.raw);

    if submitted == current.raw {
        let settles_a_conflict = open_conflicts(history)
            .any(|contested| contested.page == page || contested.number <= base);
        return if settles_a_conflict || submitted != known {
            Merge::Apply
        } else {
            Merge::Unchanged
        };
    }
    if current.page == page {
        return Merge::Apply;
    }
    if submitted == known {
        return match own {
            Some(own) if own.contested => Merge::StillContested {
                mine: own,
                other: current,
            },
            _ => Merge::ChangedElsewhere(current),
        };
    }
    if current.raw == known {
        Merge::Apply
    } else {
        Merge::Contest(current)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::revision::testing::{contested, number, page, typed};
    use super::*;

    const PHONE: u128 = 1;
    const DESK: u128 = 2;

    #[test]
    fn the_first_text_is_applied() {
        assert_eq!(merge(&[], number(0), page(PHONE), "5"), Merge::Apply);
    }

    #[test]
    fn a_question_seen_and_left_blank_is_kept_as_such_once() {
        assert_eq!(merge(&[], number(0), page(PHONE), ""), Merge::Apply);
        let blank = [typed(1, "a", "", PHONE, 0)];
        assert_eq!(merge(&blank, number(0), page(PHONE), ""), Merge::Unchanged);
        assert_eq!(merge(&blank, number(1), page(DESK), ""), Merge::Unchanged);
    }

    #[test]
    fn a_page_may_change_its_own_text_as_often_as_it_likes() {
        let history = [typed(1, "a", "1", PHONE, 0), typed(2, "a", "12", PHONE, 0)];
        assert_eq!(merge(&history, number(0), page(PHONE), "123"), Merge::Apply);
    }

    #[test]
    fn what_a_page_has_seen_it_may_change() {
        let history = [typed(1, "a", "5", PHONE, 0)];
        assert_eq!(merge(&history, number(1), page(DESK), "6"), Merge::Apply);
    }

    #[test]
    fn what_a_page_has_not_seen_it_may_not_overwrite() {
        let history = [typed(1, "a", "5", PHONE, 0)];
        assert_eq!(
            merge(&history, number(0), page(DESK), "6"),
            Merge::Contest(&history[0])
        );
    }

    #[test]
    fn sending_a_whole_section_leaves_alone_what_the_page_did_not_touch() {
        let history = [typed(1, "a", "5", PHONE, 0), typed(2, "a", "8", PHONE, 0)];
        assert_eq!(
            merge(&history, number(1), page(DESK), "5"),
            Merge::ChangedElsewhere(&history[1])
        );
    }

    #[test]
    fn the_same_text_on_both_devices_is_no_conflict() {
        let history = [typed(1, "a", "5", PHONE, 0)];
        assert_eq!(merge(&history, number(0), page(DESK), "5"), Merge::Apply);
        let history = [
            typed(1, "a", "5", PHONE, 0),
            typed(2, "a", "5", DESK, 0),
            typed(3, "a", "6", PHONE, 0),
        ];
        assert_eq!(
            merge(&history, number(0), page(DESK), "5"),
            Merge::ChangedElsewhere(&history[2])
        );
    }

    #[test]
    fn a_change_that_was_taken_back_is_no_conflict() {
        let history = [
            typed(1, "a", "5", PHONE, 0),
            typed(2, "a", "7", PHONE, 0),
            typed(3, "a", "5", PHONE, 0),
        ];
        assert_eq!(merge(&history, number(1), page(DESK), "6"), Merge::Apply);
    }

    #[test]
    fn a_contested_text_sent_again_is_not_kept_twice() {
        let history = [
            typed(1, "a", "5", PHONE, 0),
            contested(2, "a", "6", DESK, 0),
        ];
        assert_eq!(
            merge(&history, number(0), page(DESK), "6"),
            Merge::StillContested {
                mine: &history[1],
                other: &history[0]
            }
        );
    }

    #[test]
    fn choosing_either_text_settles_the_conflict() {
        for chosen in ["5", "6"] {
            let mut history = vec![
                typed(1, "a", "5", PHONE, 0),
                contested(2, "a", "6", DESK, 0),
            ];
            assert_eq!(
                merge(&history, number(2), page(DESK), chosen),
                Merge::Apply,
                "choosing {chosen}"
            );
            history.push(typed(3, "a", chosen, DESK, 2));
            assert_eq!(open_conflicts(&history).count(), 0, "choosing {chosen}");
        }
    }

    #[test]
    fn typing_on_without_having_seen_the_conflict_leaves_it_open() {
        let history = [
            typed(1, "a", "5", PHONE, 0),
            contested(2, "a", "6", DESK, 0),
            typed(3, "a", "55", PHONE, 0),
        ];
        let open: Vec<_> = open_conflicts(&history).collect();
        assert_eq!(open, [&history[1]]);
    }

    /// What people at two devices do to one field.
    #[derive(Clone, Debug)]
    enum Act {
        Type(usize, u8),
        Reload(usize),
        Choose(usize, u8),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            5 => (0..2_usize, 0..4_u8).prop_map(|(who, what)| Act::Type(who, what)),
            1 => (0..2_usize).prop_map(Act::Reload),
            1 => (0..2_usize, 0..4_u8).prop_map(|(who, what)| Act::Choose(who, what)),
        ]
    }

    fn text(what: u8) -> String {
        if what == 0 {
            String::new()
        } else {
            what.to_string()
        }
    }

    /// The rule told from the devices' side: each shows a text, and may change what it shows
    /// as long as that is what holds.
    #[derive(Default)]
    struct Told {
        holds: Option<(String, u128)>,
        shows: [String; 2],
        page: [u128; 2],
    }

    impl Told {
        fn hears(&mut self, who: usize, text: &str) {
            let shown = std::mem::replace(&mut self.shows[who], text.to_owned());
            let page = self.page[who];
            match &self.holds {
                Some((holds, by)) if holds != text && *by != page => {
                    if shown != text && shown == *holds {
                        self.holds = Some((text.to_owned(), page));
                    }
                }
                Some((holds, _)) if *holds == text && shown == text => {}
                _ => self.holds = Some((text.to_owned(), page)),
            }
        }

        fn sees(&mut self, who: usize) {
            self.shows[who] = self
                .holds
                .as_ref()
                .map_or_else(String::new, |(text, _)| text.clone());
        }
    }

    proptest! {
        /// Ticked or not: where two devices differ, one of them stands as it was found. So no page asks about a box.
        #[test]
        fn a_box_is_never_contested(
            acts in prop::collection::vec((1..4_u128, 0..2_u8, any::<prop::sample::Index>()), 0..20),
        ) {
            let mut history: Vec<Revision> = Vec::new();
            for (by, ticked, seen) in acts {
                let latest = i64::try_from(history.len()).unwrap();
                let base = i64::try_from(seen.index(history.len() + 1)).unwrap();
                match merge(&history, number(base), page(by), &text(ticked)) {
                    Merge::Apply => history.push(typed(latest + 1, "box", &text(ticked), by, base)),
                    Merge::Contest(_) | Merge::StillContested { .. } => prop_assert!(false, "{history:?}"),
                    Merge::Unchanged | Merge::ChangedElsewhere(_) => {}
                }
            }
        }

        #[test]
        fn two_devices_agree_with_the_rule_as_told(acts in prop::collection::vec(act(), 0..40)) {
            let mut told = Told { page: [1, 2], ..Told::default() };
            let mut history: Vec<Revision> = Vec::new();
            let mut bases = [0, 0];
            for act in acts {
                let latest = i64::try_from(history.len()).unwrap();
                let (who, what) = match act {
                    Act::Reload(who) => {
                        told.sees(who);
                        told.page[who] += 2;
                        bases[who] = latest;
                        continue;
                    }
                    Act::Choose(who, what) => {
                        told.sees(who);
                        bases[who] = latest;
                        (who, what)
                    }
                    Act::Type(who, what) => (who, what),
                };
                let (raw, base, by) = (text(what), bases[who], told.page[who]);
                let next = latest + 1;
                match merge(&history, number(base), page(by), &raw) {
                    Merge::Apply => history.push(typed(next, "a", &raw, by, base)),
                    Merge::Contest(_) => history.push(contested(next, "a", &raw, by, base)),
                    Merge::Unchanged | Merge::ChangedElsewhere(_) | Merge::StillContested { .. } => {}
                }
                told.hears(who, &raw);
                let holds = current(&history).map(|revision| revision.raw.clone());
                prop_assert_eq!(holds, told.holds.as_ref().map(|(text, _)| text.clone()));
                if matches!(act, Act::Choose(..)) {
                    prop_assert_eq!(open_conflicts(&history).count(), 0);
                }
            }
        }
    }
}
