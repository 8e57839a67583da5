//! Units and what was done to them, for the tests.

use super::{Process, Processed, Verdict};
use crate::{
    answers::Number,
    cleaning::{Author, Certainty, Entry, Evidence, Status, Value},
    instrument,
    statistics::Totals,
};

pub const SOURCE: &str = include_str!("../../../../instruments/vardcentralschefer-2022.toml");

pub fn step(variable: &str, before: &str, after: &str, rule: &str, by: &Author) -> Entry {
    let json = serde_json::json!({
        "variable": variable,
        "before": before,
        "after": Number::parse_plain(after),
        "status": Status::Corrected,
        "rule": rule,
        "version": "1",
        "certainty": Certainty::Certain,
        "evidence": Evidence::default(),
        "by": by,
    });
    serde_json::from_value(json).unwrap()
}

pub fn value(number: Option<&str>, status: Status, held: bool) -> Value {
    Value {
        number: number.and_then(Number::parse_plain),
        text: None,
        status,
        reason: None,
        held,
        rule: None,
    }
}

/// A unit of which only dietitians' posts are told.
pub fn process(units: &[(Value, Vec<Entry>, Vec<Verdict>)]) -> (Totals, Process) {
    let instrument = instrument::load(SOURCE).unwrap();
    let totals = Totals::of(&instrument);
    let place = instrument.place_of("dietitian_fte").unwrap();
    let mut process = Process::none(&totals);
    for (told, ledger, verdicts) in units {
        let blank = value(None, Status::Missing, false);
        let mut values = vec![blank; instrument.variables().len()];
        values[place] = told.clone();
        let unit = Processed {
            region: "Region Exempel",
            values: &values,
            ledger,
            queries: &[],
            verdicts,
        };
        process.add(&instrument, &totals, &unit);
    }
    (totals, process)
}
