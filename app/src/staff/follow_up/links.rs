//! Where the administrator makes, copies and revokes the regions' links.

use leptos::prelude::*;

use super::{RoundPaths, parts::pilot_note};
use crate::{
    fill,
    staff::{Current, StaffFrame, form::done},
};

pub struct RegionLinksPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    pub pilot: bool,
    pub regions: &'a [RegionLine],
    pub told: Option<RegionTold>,
}

/// A region of the round, and its link where it has one.
#[derive(Clone, Debug)]
pub struct RegionLine {
    pub region: String,
    pub link: Option<LinkLine>,
}

#[derive(Clone, Debug)]
pub struct LinkLine {
    pub id: String,
    /// The whole address.
    pub address: String,
    /// When it was made, written out.
    pub made: String,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum RegionTold {
    Made(usize),
    MadeFor(String),
    Revoked(String),
}

impl RegionLinksPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let paths = RoundPaths(self.round);
        let told = self.told.as_ref().map(|told| {
            let text = match told {
                RegionTold::Made(n) => fill(&words.links_did_make, &[("count", &n.to_string())]),
                RegionTold::MadeFor(region) => {
                    fill(&words.links_did_make_one, &[("region", region)])
                }
                RegionTold::Revoked(region) => fill(&words.links_did_revoke, &[("region", region)]),
            };
            done(&text)
        });
        let lacking = self.regions.iter().filter(|one| one.link.is_none()).count();
        let make_all = (lacking > 1).then(|| {
            view! {
                <form method="post" action=paths.region_links()>
                    <p><button>{words.links_make_all.clone()}</button></p>
                </form>
            }
        });
        let rows: Vec<_> = self.regions.iter().map(|one| self.row(one)).collect();
        let found = if rows.is_empty() {
            view! { <p class="empty">{words.links_empty.clone()}</p> }.into_any()
        } else {
            view! {
                <table class="t cards links">
                    <caption>{words.links_caption.clone()}</caption>
                    <thead><tr>
                        <th scope="col">{words.region.clone()}</th>
                        <th scope="col">{words.links_link.clone()}</th>
                        <th scope="col">{words.links_made.clone()}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let title = format!("{}: {}", words.links_title, self.round);
        let main = view! {
            <p class="back"><a href=paths.follow_up()>{words.back.clone()}</a></p>
            {told}
            <h1>{title.clone()}</h1>
            {pilot_note(words, self.pilot)}
            <p>{words.links_lead.clone()}</p>
            {make_all}
            {found}
        };
        self.frame.document(&title, Current::FollowUp, main)
    }

    fn row(&self, of: &RegionLine) -> AnyView {
        let words = &self.frame.words.follow_up;
        let paths = RoundPaths(self.round);
        let named = |text: &str| fill(text, &[("region", &of.region)]);
        let Some(link) = &of.link else {
            return view! {
                <tr>
                    <th scope="row">{of.region.clone()}</th>
                    <td data-l=words.links_link.clone()>{words.links_none.clone()}</td>
                    <td></td>
                    <td>
                        <form method="post" action=paths.region_links()>
                            <input type="hidden" name="region" value=of.region.clone()/>
                            <button class="b2" aria-label=named(&words.links_make_for)>{words.links_make.clone()}</button>
                        </form>
                    </td>
                </tr>
            }
            .into_any();
        };
        view! {
            <tr>
                <th scope="row">{of.region.clone()}</th>
                <td data-l=words.links_link.clone()>
                    <input type="text" readonly value=link.address.clone() aria-label=named(&words.links_of)/>
                </td>
                <td data-l=words.links_made.clone()>{link.made.clone()}</td>
                <td>
                    <form method="post" action=paths.revoke(&link.id)>
                        <button class="b2" aria-label=named(&words.links_revoke_for)>{words.links_revoke.clone()}</button>
                    </form>
                </td>
            </tr>
        }
        .into_any()
    }
}
