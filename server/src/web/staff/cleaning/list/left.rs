//! What is left to gain below each place in the list.

use app::staff::cleaning::{LeftShown, ListFilter};

use super::{super::ranking::OpenQuestions, wide};
use crate::web::staff::StaffVisit;

impl StaffVisit {
    pub(super) fn left(&self, open: &OpenQuestions, filter: &ListFilter) -> LeftShown {
        let all = open.moving.ranking.all;
        let curve = open
            .moving
            .ranking
            .rows
            .iter()
            .map(|row| {
                let tenths = u128::from(row.left.most) * 1_000 / u128::from(all.most.max(1));
                u64::try_from(tenths).unwrap_or_default()
            })
            .collect();
        let rows = open.totals.rows();
        let row = rows.iter().find(|(key, _)| *key == filter.row);
        LeftShown {
            region: filter.region.clone(),
            row: row.map_or_else(String::new, |(_, label)| {
                label.get(self.language).to_owned()
            }),
            queries: wide(all.queries),
            total: self.total_named(open, all.figure),
            most: all.most,
            expected: all.expected,
            stop_after: open.moving.ranking.stop_after(filter.stop_at),
            stop_at: filter.stop_at,
            curve,
        }
    }
}
