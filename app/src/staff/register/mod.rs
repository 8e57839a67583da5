//! The register's pages: units, files, classes, and what chiefs reported.

mod classes;
mod edit;
mod files;
mod history;
mod list;
mod mapping;
mod preview;
mod reports;
pub(super) mod tables;
mod undo;
mod unit;
mod waiting;

pub use classes::{ClassFilePage, LoadedFile};
pub use edit::{EditPage, FactChoice, PersonPage};
pub use files::{FilesPage, PastImport, SenderChoice, WaitingFile};
pub use history::{HistoryFile, HistoryPage, UnitHistoryLine};
pub use list::{ListLine, ListPage, StatusTab};
pub use mapping::{HeadingChoice, MappingPage, RowSample};
pub use preview::{
    ChangedField, ChangedLine, ChiefLine, Count, PreviewPage, RowLine, Shown, UnitLine,
};
pub use reports::{HandledReport, OpenReport, ReportPage, ReportsPage};
pub use undo::{ObstacleLine, UndoPage};
pub use unit::{CaseBox, DispositionLine, Fact, HistoryLine, PersonLine, UnitPage};
pub use waiting::{ProgressPage, UnreadablePage};

use super::words::area_words;

area_words! {
    RegisterWords from "register" {
        units_title, units_lead, search, search_hint, region, all, class, show, add_file, class_files, tab_present,
        tab_branch, tab_gone, unit, place, contact, found, found_one, nothing_found, register_empty, ownership,
        undeliverable, no_contact, back_to_units, facts, edit_facts, people, edit_person, no_people, person, role,
        valid, from_to, until_now, history, history_lead, history_title, history_whole,
        history_of_file, history_file_lead, history_found, history_found_one, when, who, what, before, after, source, no_history, cases,
        no_cases, round, pilot, answered_at, not_answered, counts_as, counts_by_itself, disposition_new, note,
        note_hint, save, decided, gone_notice, branch_notice, derived, saved, nothing_changed, edit_title, edit_lead,
        name_missing, date_invalid, too_long, yes, cancel, person_title_chief, person_title_head, person_lead_chief,
        person_lead_head, person_name, person_email, email_missing, email_invalid, person_nobody, person_nobody_hint,
        person_nobody_both, person_undeliverable, files_title, files_lead, upload_heading, sender, sender_hint, sender_country,
        sender_missing, file, file_hint, file_missing, file_too_large, upload, waiting_heading, waiting_from,
        continue_with, discard, past_heading, past_none, past_by, past_undone, undo, import_done, mapping_title,
        mapping_lead, mapping_rows, mapping_headings, heading, examples, means, left_out, remembered, heading_row,
        heading_row_lead, heading_row_choose, other_heading_row, sheet, sheet_choose, additions, additions_hint,
        to_preview, fault_name, fault_region, fault_twice, format_text, format_excel, unreadable_title,
        unreadable_lead, choose_other, expired_title, expired, progress_title, progress_reading, progress_checking,
        progress_comparing, progress_starting, progress_reload, preview_title, preview_lead, count_new,
        count_changed, count_gone, count_unchanged, count_faulty, count_remarks, count_unclear, count_branches,
        rows_new, rows_changed, rows_gone, rows_faulty, rows_remarks, rows_unclear, show_all, back_to_preview, row,
        reason, value, column, was_gone, chiefs_heading, chiefs_lead, chief_of, chief_relieve, chief_heads,
        chief_missing, accept, accept_lead, accept_faulty, nothing_to_do, stale, change_mapping, several_units,
        other_scope, branch, undo_title, undo_lead, undo_do, undo_blocked, undo_blocked_lead, undo_given, undo_now,
        undo_changed, undo_undone, undo_done, undo_nobody, classes_title, classes_lead, classes_kind, classes_file,
        classes_load, classes_none, classes_codes, classes_loaded, classes_faults, classes_faults_lead,
        classes_empty, reports_title, reports_lead, reports_open, reports_handled, reports_none,
        reports_none_handled, report_title, report_kind, report_said, report_at, report_now, report_new_chief,
        report_new_chief_lead, report_change, report_change_at_once, report_closed, report_closed_lead, report_closed_when, report_close,
        report_dismiss, report_dismiss_lead, report_dismiss_do, report_was_handled, report_done_changed,
        report_done_closed, report_done_dismissed, note_missing, nobody_now
    } tables { fields, kinds, dispositions, sources, problems, ownerships, reports, unreadable, class_kinds }
}

/// A text by its key; the key itself where the language has none.
pub fn keyed<'t>(table: &'t std::collections::BTreeMap<String, String>, key: &'t str) -> &'t str {
    table.get(key).map_or(key, String::as_str)
}

/// A unit's page. Keys come from outside: what could end a path is escaped.
pub fn unit_path(key: &str) -> String {
    let mut path = String::from("/admin/register/enheter/");
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            for digit in [byte >> 4, byte & 15] {
                path.push(
                    char::from_digit(u32::from(digit), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase(),
                );
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use survey::text::Language;

    use super::{RegisterWords, unit_path};
    use crate::staff::words::AreaWords;

    #[test]
    fn both_languages_have_every_text() {
        let sv = RegisterWords::load(Language::Swedish).unwrap();
        let en = RegisterWords::load(Language::English).unwrap();
        for (sv, en) in [
            (&sv.fields, &en.fields),
            (&sv.kinds, &en.kinds),
            (&sv.dispositions, &en.dispositions),
            (&sv.sources, &en.sources),
            (&sv.problems, &en.problems),
            (&sv.ownerships, &en.ownerships),
            (&sv.reports, &en.reports),
            (&sv.unreadable, &en.unreadable),
            (&sv.class_kinds, &en.class_kinds),
        ] {
            assert_eq!(sv.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_key_cannot_leave_its_place_in_the_path() {
        assert_eq!(unit_path("vc-0001"), "/admin/register/enheter/vc-0001");
        assert_eq!(
            unit_path("a/../å?"),
            "/admin/register/enheter/a%2F..%2F%C3%A5%3F"
        );
    }
}
