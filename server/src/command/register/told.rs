//! What a preview says, in lines; and how far the work has come.

use std::fmt::Write;
use std::io::IsTerminal;

use register::{Progress, Severity, Stage, Unsure};

use crate::intake::Preview;

/// Tells how far the work has come where somebody watches.
pub(super) fn telling() -> impl FnMut(Progress) + Send {
    let watched = std::io::stderr().is_terminal();
    let mut last = None;
    move |progress: Progress| {
        let percent = (progress.done * 100)
            .checked_div(progress.of)
            .unwrap_or(100);
        let now = Some((progress.stage, percent));
        if !watched || now == last {
            return;
        }
        last = now;
        let what = match progress.stage {
            Stage::Reading => "Reading",
            Stage::Checking => "Checking",
            Stage::Comparing => "Comparing",
        };
        eprint!("\r{what} … {percent} %   ");
        if progress.done == progress.of {
            eprintln!();
        }
    }
}

/// One line for each unit and each fault, then the counts.
pub(super) fn preview(preview: &Preview) -> String {
    let mut out = String::new();
    let Preview {
        checked,
        known,
        plan,
        ..
    } = preview;
    let unit = |place: usize| {
        let unit = &known.units[place].unit;
        format!("{} {}", unit.key.as_deref().unwrap_or_default(), unit.name)
    };
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{text}");
    };
    for row in &plan.new {
        let row = &checked.rows[*row];
        let branch = if row.unit.branch {
            " (branch office)"
        } else {
            ""
        };
        line(format_args!(
            "new      row {}: {}{branch}",
            row.number, row.unit.name
        ));
    }
    for one in &plan.changed {
        let number = checked.rows[one.row].number;
        if one.back {
            line(format_args!(
                "changed  row {number}: {}: back in the register",
                unit(one.known)
            ));
        }
        for change in &one.fields {
            line(format_args!(
                "changed  row {number}: {}: {} {:?} -> {:?}",
                unit(one.known),
                change.field,
                change.before.as_deref().unwrap_or_default(),
                change.after.as_deref().unwrap_or_default()
            ));
        }
    }
    for place in &plan.gone {
        line(format_args!("gone     {}", unit(*place)));
    }
    for unclear in &plan.unclear {
        let row = &checked.rows[unclear.row];
        let why = match &unclear.why {
            Unsure::Several(places) => {
                let units: Vec<String> = places.iter().map(|place| unit(*place)).collect();
                format!("may mean {}", units.join(", "))
            }
            Unsure::OutsideScope(place) => {
                format!("{} is not the sender's", unit(*place))
            }
        };
        line(format_args!(
            "unclear  row {}: {}: {why}",
            row.number, row.unit.name
        ));
    }
    for fault in &checked.faults {
        let word = match fault.problem.severity() {
            Severity::Error => "faulty ",
            Severity::Warning => "warning",
            Severity::Note => "note   ",
        };
        let place = fault.column.as_ref().map_or_else(String::new, |column| {
            format!(" column {} {:?}:", column.letters(), column.title)
        });
        let value = if fault.value.is_empty() {
            String::new()
        } else {
            format!(" ({:?})", fault.value)
        };
        line(format_args!(
            "{word}  row {}:{place} {}{value}",
            fault.row, fault.problem
        ));
    }
    for chief in &plan.chiefs {
        line(format_args!(
            "chief    {} has {} centres; {} have a local head with an address, {} lack one",
            chief.id,
            chief.local_heads.len() + chief.missing.len(),
            chief.local_heads.len(),
            chief.missing.len()
        ));
    }
    let of = plan.summary;
    line(format_args!(
        "{} new, {} changed, {} gone, {} unchanged, {} faulty, {} unclear, {} branch offices",
        of.new, of.changed, of.gone, of.unchanged, of.faulty, of.unclear, of.branches
    ));
    out
}
