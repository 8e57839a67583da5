//! Whatever stands in a file, loading it ends in an instrument or in faults that name a place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::instrument::load;

fuzz_target!(|source: &str| {
    let Err(faults) = load(source) else {
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
