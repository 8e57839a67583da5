//! One group of a round at a glance, over time and now, beside the whole.

use leptos::prelude::*;
use survey::statistics::{Definition, Group};

use super::{
    RoundHead, SectionNames, Timeline, outcomes,
    parts::{Pieces, headline, pilot_note},
    time,
};
use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct GroupPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a RoundHead,
    pub shown: GroupShown<'a>,
    pub counts: &'a Group,
    /// What is counted of all cases.
    pub whole: &'a Group,
    pub definition: Definition,
    pub sections: &'a SectionNames,
    pub timeline: &'a Timeline,
}

/// Which group it is.
#[derive(Clone, Copy, Debug)]
pub struct GroupShown<'a> {
    pub dimension: &'a str,
    pub category: &'a str,
    /// In words.
    pub name: &'a str,
}

impl GroupPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let GroupShown {
            dimension,
            category,
            name,
        } = self.shown;
        let closed = self.round.closed;
        let pieces = Pieces::new(self.frame, &self.round.key).of((dimension, category));
        let back = format!("{}#{dimension}", pieces.paths.counted(self.definition));
        let whole = self.whole.rate(self.definition, closed).share;
        let whole = fill(&words.group_whole, &[("share", &pieces.share(whole))]);
        let title = fill(
            &words.group_title,
            &[("group", name), ("round", &self.round.key)],
        );
        let main = view! {
            <p class="back"><a href=back>{words.back.clone()}</a></p>
            <h1>{title.clone()}</h1>
            {pilot_note(words, self.round.pilot)}
            <p>{self.round.state(words)}</p>
            {headline(&pieces, self.counts, self.definition, closed)}
            <p>{whole}" "{pieces.measure(self.definition)}</p>
            {time::section(&pieces, self.counts, self.timeline)}
            {outcomes::funnel(&pieces, self.counts)}
            {outcomes::standing(&pieces, self.counts, closed)}
            {outcomes::stopped(&pieces, self.counts, self.sections)}
            {outcomes::times(&pieces, self.counts)}
        };
        self.frame.document(&title, Current::FollowUp, main)
    }
}
