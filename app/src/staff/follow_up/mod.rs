//! Who has answered: the round at a glance, the units behind each number, tables to download, and what a region's own
//! coordinator sees.

mod address;
mod behind;
mod dashboard;
mod group;
mod groups;
mod links;
mod number;
mod outcomes;
mod parts;
mod published;
mod region;
mod slices;
mod time;

use super::words::area_words;

pub use address::RoundPaths;
pub(in crate::staff) use address::encoded;
pub use behind::{BehindPage, UnitLine};
pub use dashboard::{DashboardPage, NoRoundPage, RoundChoice, RoundHead};
pub use group::{GroupPage, GroupShown};
pub use links::{LinkLine, RegionLine, RegionLinksPage, RegionTold};
pub use number::count;
pub(in crate::staff) use number::percent;
pub use published::{PublishedPage, TableShown};
pub use region::{RegionNotice, RegionPage, RegionUnit};
pub use slices::SectionNames;
pub use time::{Day, MailingShown, Timeline};

area_words! {
    FollowUpWords from "follow_up" {
        title, no_round, choose_round, pilot, pilot_note, not_open, open, closed, headline, rate,
        choose_measure, report, measure, formula, pending, letters_caption, letter, meaning, number,
        to_tables, to_region_links, funnel, funnel_says, step, share_of_all, step_all, standing,
        standing_caption, status, aapor, time, time_says, time_none, time_desc, time_compared, time_table, time_caption, day,
        day_new, day_total, mailings, mark_invitation, mark_reminder, mailing_invitation, mailing_reminder,
        mailing_planned, group_title, group_whole, whole, groups_says, groups_none,
        share_heading, stopped, stopped_says, stopped_none,
        section, share_of_begun, waited, worked, often, times_none, duration, share_of_these, behind_count,
        behind_count_one, behind_in, behind_lead, behind_none, back, unit, city, region, mailed, last,
        last_answered, last_started, last_opened, chief, bounced_back, slice_stopped, slice_answered_on, slice_answered_by,
        slice_waited, slice_worked, slice_statuses, tables_title, tables_lead, tables_download, tables_csv,
        tables_xlsx, tables_logged, tables_role, links_title, links_lead, links_caption, links_link, links_of,
        links_made, links_make, links_make_for, links_make_all, links_revoke, links_revoke_for, links_none,
        links_empty, links_did_make, links_did_make_one, links_did_revoke, region_title, region_lead,
        region_until, region_caption, region_caption_one, region_done, region_begun, region_yes, region_no,
        region_mail, region_not_open_title, region_not_open, region_closed_title, region_closed,
        region_revoked_title, region_revoked, region_unknown_title, region_unknown, region_too_many_title,
        region_too_many,
    } tables { letters, statuses, reached, slices, buckets }
}

/// A text by its key; the key itself where the language has none.
fn keyed<'t>(table: &'t std::collections::BTreeMap<String, String>, key: &'t str) -> &'t str {
    table.get(key).map_or(key, String::as_str)
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use survey::{
        statistics::{Class, Reached, Status, WAITED_DAYS, WORKED_MINUTES},
        text::Language,
    };

    use super::FollowUpWords;
    use crate::staff::words::AreaWords;

    #[test]
    fn everything_that_is_counted_has_a_name_in_both_languages() {
        for language in Language::ALL {
            let words = FollowUpWords::load(language).unwrap();
            for status in Status::ALL {
                assert!(words.statuses.contains_key(status.as_str()), "{status:?}");
            }
            for reached in Reached::ALL {
                assert!(words.reached.contains_key(reached.as_str()), "{reached:?}");
            }
            for bucket in WAITED_DAYS.iter().chain(&WORKED_MINUTES) {
                assert!(words.buckets.contains_key(bucket.key), "{bucket:?}");
            }
            for letter in Class::ALL.into_iter().filter_map(Class::letter) {
                assert!(words.letters.contains_key(letter), "{letter}");
            }
        }
    }
}
