//! Two devices in one case, in any order that chance comes up with.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use server::storage::{NewRevision, Outcome};

use crate::support::world::{Page, World};

on_both_databases!(two_devices_in_any_order_agree_with_the_rule_as_told);

const CASES: usize = 25;

#[derive(Clone, Debug)]
enum Act {
    /// A device sends these fields.
    Save(usize, Vec<(u8, u8)>),
    /// It sends the last ones again, not having heard of them.
    Resend(usize),
    Reload(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let fields = prop::collection::vec((0..3_u8, 0..4_u8), 1..4);
    let act = prop_oneof![
        4 => (0..2_usize, fields).prop_map(|(device, fields)| Act::Save(device, fields)),
        1 => (0..2_usize).prop_map(Act::Resend),
        1 => (0..2_usize).prop_map(Act::Reload),
    ];
    prop::collection::vec(act, 0..25)
}

/// What holds, and who wrote it; what each device shows.
#[derive(Default)]
struct Told {
    holds: BTreeMap<String, (String, usize)>,
    shows: [BTreeMap<String, String>; 2],
    page: [usize; 2],
}

impl Told {
    fn hears(&mut self, device: usize, variable: &str, text: &str) {
        let shows = self.shows[device].insert(variable.to_owned(), text.to_owned());
        let shows = shows.unwrap_or_default();
        let page = self.page[device];
        let may = match self.holds.get(variable) {
            None => true,
            Some((_, by)) if *by == page => true,
            Some((holds, _)) => *holds == shows || holds == text,
        };
        if may && self.holds.get(variable).is_none_or(|_| shows != text) {
            self.holds
                .insert(variable.to_owned(), (text.to_owned(), page));
        }
    }

    fn reloads(&mut self, device: usize) {
        self.page[device] += 2;
        let holds = self.holds.iter();
        self.shows[device] = holds
            .map(|(variable, (text, _))| (variable.clone(), text.clone()))
            .collect();
    }
}

async fn two_devices_in_any_order_agree_with_the_rule_as_told(world: World) {
    let links = world.open_round(CASES).await;
    let mut runner = TestRunner::default();
    for link in links {
        let acts = acts().new_tree(&mut runner).unwrap().current();
        agree(&world, link.link_id, &acts).await;
    }
}

async fn agree(world: &World, link: uuid::Uuid, acts: &[Act]) {
    let mut told = Told {
        page: [1, 2],
        ..Told::default()
    };
    let mut pages = [Page::blank(), Page::blank()];
    let mut last: [Vec<NewRevision>; 2] = [vec![], vec![]];
    let mut kept = 0;
    for act in acts {
        match act {
            Act::Reload(device) => {
                pages[*device] = Page::of(&world.view(link).await);
                told.reloads(*device);
            }
            Act::Resend(device) => {
                world.save_all(link, last[*device].clone()).await;
            }
            Act::Save(device, fields) => {
                let typed: Vec<_> = fields
                    .iter()
                    .map(|(field, text)| (format!("v{field}"), "x".repeat((*text).into())))
                    .collect();
                let revisions: Vec<_> = typed
                    .iter()
                    .map(|(variable, text)| pages[*device].types(variable, text))
                    .collect();
                let appended = world.save_all(link, revisions.clone()).await;
                // What added nothing would be weighed anew: only kept changes are safe to send again.
                last[*device] = revisions
                    .into_iter()
                    .zip(&appended)
                    .filter(|(new, appended)| was_kept(new, &appended.outcome))
                    .map(|(new, _)| new)
                    .collect();
                kept += last[*device].len();
                for (variable, text) in &typed {
                    told.hears(*device, variable, text);
                }
            }
        }
        let view = world.view(link).await;
        let holds: Vec<_> = told
            .holds
            .iter()
            .map(|(variable, (text, _))| (variable.as_str(), text.as_str()))
            .collect();
        assert_eq!(view.answers.iter().collect::<Vec<_>>(), holds, "{acts:?}");
        let all: usize = (0..3)
            .map(|field| view.answers.history(&format!("v{field}")).len())
            .sum();
        assert_eq!(all, kept, "{acts:?}");
    }
}

fn was_kept(new: &NewRevision, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Stored(revision) | Outcome::Conflict { mine: revision, .. } => {
            revision.change == new.change
        }
        Outcome::Unchanged | Outcome::ChangedElsewhere { .. } => false,
    }
}
