//! Units and questions for the tests.

use crate::{
    answers::Number,
    cleaning::{Alternative, Evidence, Query, Raw, Status, Urgency, Value},
    instrument::{self, Instrument},
    statistics::amounts::Amounts,
};

const SOURCE: &str = include_str!("../../../../instruments/vardcentralschefer-2022.toml");

pub fn chiefs() -> Instrument {
    instrument::load(SOURCE).unwrap()
}

/// A unit, blank but for what is told.
pub fn amounts(instrument: &Instrument, told: &[(&str, i32, bool)]) -> Amounts {
    let blank = Value {
        number: None,
        text: None,
        status: Status::Missing,
        reason: None,
        held: false,
        rule: None,
    };
    let mut values = vec![blank; Raw::blank(instrument).given().len()];
    for (variable, number, held) in told {
        let value = &mut values[instrument.place_of(variable).unwrap()];
        value.number = Some(Number::whole(*number));
        value.held = *held;
    }
    Amounts::of(&values)
}

pub fn alternative(id: &str, plausibility: u8, changes: &str) -> Alternative {
    Alternative {
        id: id.to_owned(),
        changes: serde_json::from_str(changes).unwrap(),
        plausibility,
    }
}

pub fn query(variable: &str, alternatives: Vec<Alternative>) -> Query {
    Query {
        id: variable.to_owned(),
        block: String::new(),
        rule: "percent".to_owned(),
        variables: vec![variable.to_owned()],
        urgency: Urgency::Soft,
        evidence: Evidence::default(),
        alternatives,
        suspicion: 0,
        confirmed: false,
    }
}
