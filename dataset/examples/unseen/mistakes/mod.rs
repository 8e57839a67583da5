//! The mistakes, with how many units in a thousand make each.

mod listed;
mod percent;
mod rows;
mod slips;
mod totals;
mod units;

use crate::{chance::Chance, unit::Unit};

pub type Mistake = fn(&mut Unit, &mut Chance);

/// Kinds that are made together.
pub type Kinds = &'static [(u64, &'static str, Mistake)];

/// Kinds that were thought of first.
pub const FIRST: Kinds = &[
    (25, "percent_some_signs", percent::percent_some_signs),
    (20, "percent_signed_rows", percent::percent_signed_rows),
    (8, "persons_in_percent", percent::persons_in_percent),
    (12, "hours_other_week", |unit, chance| {
        let hours = chance.one_of(&[3500, 3600, 3633, 3750, 3900, 4200]);
        units::times(unit, hours, 50);
    }),
    (6, "hours_year", |unit, chance| {
        let hours = chance.one_of(&[172_000, 176_000, 180_000, 188_000, 198_000]);
        units::times(unit, hours, 1000);
    }),
    (5, "hours_other_month", |unit, chance| {
        let hours = chance.one_of(&[16_000, 16_700, 17_300]);
        units::times(unit, hours, 100);
    }),
    (4, "months", |unit, _| units::times(unit, 1200, 10)),
    (3, "days_year", |unit, _| units::times(unit, 22_000, 100)),
    (2, "per_mille", |unit, _| units::times(unit, 100_000, 1)),
    (8, "total_last", totals::total_last),
    (6, "total_first_posts", totals::total_first_posts),
    (8, "total_and_averages", totals::total_and_averages),
    (6, "negative", slips::negative),
    (6, "range", slips::range),
    (6, "excel_date", slips::excel_date),
    (8, "digit_doubled", slips::digit_doubled),
    (6, "sign_moved", slips::sign_moved),
    (10, "swapped_st", slips::swapped_st),
    (6, "temps_signed", |unit, _| {
        percent::signed(unit, "_temp_fte");
    }),
    (6, "need_signed", |unit, _| {
        percent::signed(unit, "_need_fte");
    }),
    (4, "temps_in_hours", |unit, _| units::temps(unit, 4000)),
    (4, "temps_in_weeks", |unit, chance| {
        let weeks = chance.one_of(&[1000, 2600, 4400]);
        units::temps(unit, weeks);
    }),
    (5, "listed_grouped", listed::listed_grouped),
    (4, "listed_hundreds", |unit, _| listed::listed(unit, 100)),
    (4, "listed_per_physician", |unit, _| {
        let physicians = unit.truth_of("gp_specialist_persons") / 100;
        listed::listed(unit, physicians);
    }),
    (30, "omitted", slips::omitted),
];

/// Kinds that came later, likelier to be taken for something else.
pub const SECOND: Kinds = &[
    (30, "percent_then_averages", percent::percent_then_averages),
    (20, "need_some_percent", percent::need_some_percent),
    (15, "st_in_percent", percent::st_in_percent),
    (15, "percent_first_rows", percent::percent_first_rows),
    (15, "hours_some_rows", units::hours_some_rows),
    (12, "hours_each", units::hours_each),
    (8, "days_month", |unit, _| units::times(unit, 2100, 50)),
    (8, "temps_in_hours_month", |unit, _| {
        units::temps(unit, 16_500);
    }),
    (15, "signs_lost", slips::signs_lost),
    (12, "persons_from_posts", slips::persons_from_posts),
    (12, "posts_with_temps", slips::posts_with_temps),
    (12, "nought_added", slips::nought_added),
    (10, "temps_copied", rows::temps_copied),
    (12, "posts_a_row_down", rows::posts_a_row_down),
    (10, "neighbours_exchanged", rows::neighbours_exchanged),
    (15, "three_decimals", slips::three_decimals),
    (8, "listed_misgrouped", listed::listed_misgrouped),
    (6, "listed_digit_doubled", listed::listed_digit_doubled),
];
