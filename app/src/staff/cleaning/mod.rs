//! Cleaning on screen: which questions matter most, one centre's answer with what to decide, and what cleaning did to the totals.

mod address;
mod alternative;
mod answers;
mod case;
mod decisions;
mod figures;
mod filter;
mod form;
mod gain;
mod left;
mod letter;
mod list;
mod numbers;
mod own;
mod query;
mod rows;

use super::words::area_words;

pub use address::{CleaningPaths, anchor};
pub use alternative::EffectShown;
pub use case::{CasePage, Earlier, Next, Stale, rule_name};
pub use decisions::{DecisionLine, Standing};
pub use figures::{FiguresPage, RuleLine, StepLine, TotalLine};
pub use filter::{ListFilter, ListState, PLACE};
pub use form::{
    CaseForm, Press, Preview, QueryForm, field_of, query_of, reason_of, sure_field, sure_of,
    value_of,
};
pub use left::LeftShown;
pub use letter::{LetterForm, LetterToChiefPage, NoLetter};
pub use list::{CleaningCounts, ListTold, NoRulesPage, ReviewPage, RowChoice, Unknown};
pub use numbers::{amount, number, share};
pub use own::VALUE;
pub use query::about;
pub use rows::{DecidedRow, ListRows, MissingRow, MovementShown, OpenRow};

area_words! {
    CleaningWords from "cleaning" {
        title, lead, no_rules, rules_version, counts, counts_open, counts_open_one, counts_none,
        waiting, waiting_one, clean_new, cleaned_new, cleaned_new_one, cleaned_new_none,
        to_figures, to_list, choose_round, left_title, left_all, left_all_one, left_none, stop_now,
        stop_after, stop_after_one, stop_label, stop_do, left_chart, left_desc,
        gain_only, gain_one, gain_all, gain_some, gain_line, gain_stop, gain_table, gain_up, gain_across, filter, region, all_regions, rule, all_rules, state, show, state_open,
        state_missing, state_decided, state_returned,
        caption_missing, missing_lead, what_is_missing, why_asked, caption_open, caption_decided,
        caption_returned, empty, order, centre, asked, likely_change, likely_lead,
        ordered_by, ordered_by_in_region, ordered_by_in_row, row_of_tables, weighed, in_country, in_region, in_country_row, in_region_row,
        unknown_region, unknown_row, unknown_rule, show_everything, movement, all_rows,
        left_where, left_where_row, left_country, left_after,
        stop_here, hard, soft, confirmed_tag, decision, who, when, why, back, back_to_case,
        of_round, submitted, reopened, edition, register_title, queries_title, queries_none,
        queries_lead, read_only, query_number, query_hard, query_soft, confirmed, confirmed_reason,
        confirmed_bare, alternatives, as_typed, unknown, plausibility, most_likely, least_likely, left_blank, changes_named, changes_missing, round, changes,
        change, missing, effect, effect_country_says, effect_region_says, effect_row_says,
        effect_none, own_values,
        own_values_hint, own_value, reason, reason_hint, reason_of, decide, decide_all, decide_hint, choose_one, own_missing,
        own_reason_hint, own_empty, own_look, own_effect, own_and_other, own_same, own_other_chosen, doubts, doubts_sure, doubts_unsure, of_query, same_values, same_values_own,
        nothing_chosen, reason_missing_own, query_missing, query_and_more, quoted, ticked, not_ticked, stale_settled, decided_told_many, next_empty,
        own_unreadable, own_whole, own_range, reason_missing, too_long, answers_title,
        answers_lead, typed, cleaned, earlier, blank, own_title, own_lead, own_which, own_choose, own_stands, own_unchanged,
        own_limits, own_option_missing, own_do, gate_open, gate_closed,
        own_which_missing, decisions_title, decisions_none, decided_by, undo_what, undone,
        unfit_typed_since, unfit_unknown, unfit_forbidden, did_keep, did_alternative, did_values,
        did_undo, given_reason, ledger_title, ledger_none, ledger_lead, ledger_step,
        ledger_certain, ledger_decibans, ledger_decided, ledger_by, as_blank, stale_title,
        stale_lead, stale_submission, stale_chosen, stale_kept, decided_told, undone_told, letter_told, next,
        next_none, to_register, to_letter, letters_written, letter_title, letter_lead, letter_to,
        letter_subject, letter_body, letter_fields, letter_do, letter_subject_text,
        letter_body_text, letter_body_end, letter_body_end_closed, letter_closed,
        letter_fields_closed, letter_language, letter_in_swedish, letter_in_english, letter_nobody, letter_bounced,
        letter_no_link, letter_nowhere, letter_blank, letter_meant, letter_right, letter_confirmed, letter_confirmed_bare, letter_again, overruled, figures_title, figures_lead, figures_csv, figures_scope,
        figures_units, rules_caption, rule_name, triggered, mended, mended_values,
        withdrawn, rules_lead, open, accepted, refused, editor_rule, whole_country, totals_title, totals_lead,
        figures_where, figures_excel, choose_part, rules_all_rows, measured_in, total_caption, total_caption_in, step, step_typed, step_held, step_cleaned, sum, difference, values,
        with_without, with_without_lead, with, without, mean_with, mean_without, total, held,
        held_lead,
    } tables { statuses, reasons, languages }
}

/// A text by its key; the key itself where the language has none.
fn keyed<'t>(table: &'t std::collections::BTreeMap<String, String>, key: &'t str) -> &'t str {
    table.get(key).map_or(key, String::as_str)
}

#[cfg(test)]
mod tests {
    use survey::{cleaning::Status, text::Language};

    use super::CleaningWords;
    use crate::staff::words::AreaWords;

    #[test]
    fn every_status_and_reason_has_a_name_in_both_languages() {
        for language in Language::ALL {
            let words = CleaningWords::load(language).unwrap();
            for status in Status::ALL {
                assert!(words.statuses.contains_key(status.name()), "{status:?}");
            }
            for reason in [
                "nothing_here",
                "not_asked",
                "blank",
                "unknown",
                "unreadable",
            ] {
                assert!(words.reasons.contains_key(reason), "{reason}");
            }
        }
    }
}
