//! The answers as files: what there is to download at a data cut, and what each column means.

mod address;
mod codebook;
mod download;

use super::words::area_words;

pub use address::DataPaths;
pub use codebook::{CodebookLine, CodebookPage, CodebookPart, Legend};
pub use download::{DataCounts, DataPage};

area_words! {
    DataWords from "data" {
        title, lead, choose_round, pilot, pilot_note, cut_title, cut_now, cut_earlier, to_now, cut_label, cut_hint, cut_do,
        cut_unreadable, cut_future, submitted, units, values, corrected, corrected_in, corrected_in_one, awaiting,
        awaiting_in, rules, rules_version, rules_none, not_cleaned, not_cleaned_one, empty, download_title, kind, format,
        download, logged, address, codebook_title, codebook_lead, codebook_show, codebook_csv, codebook_excel,
        codebook_of, codebook_personal, back, variable, number, label, holds, asked, wording, legend_beside,
        legend_beside_lead, legend_states, legend_statuses, legend_reasons, code, meaning,
    } tables { kinds, kind_hints, formats, format_hints }
}

/// A text by its key; empty where the language has none.
fn keyed<'t>(table: &'t std::collections::BTreeMap<String, String>, key: &str) -> &'t str {
    table.get(key).map_or("", String::as_str)
}
