//! Whatever stands in a rule set, loading it ends in rules or in faults that name a place in it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use survey::{
    cleaning::RuleSet,
    instrument::{Instrument, load},
};

static INSTRUMENT: LazyLock<Option<Instrument>> = LazyLock::new(|| {
    load(include_str!(
        "../../instruments/vardcentralschefer-2022.toml"
    ))
    .ok()
});

fuzz_target!(|source: &str| {
    let Some(instrument) = &*INSTRUMENT else {
        return;
    };
    let Err(faults) = RuleSet::load(source, instrument) else {
        return;
    };
    assert!(!faults.is_empty(), "refused without a reason");
    let lines = source.matches('\n').count() + 1;
    for fault in faults {
        assert!((1..=lines).contains(&fault.place.line), "{fault}");
        assert!(fault.place.column >= 1, "{fault}");
        assert!(!fault.wrong.is_empty(), "{fault}");
    }
});
