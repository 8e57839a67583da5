//! The instruments that the product ships.

use survey::instrument::{Fault, Instrument, load};

const CHIEFS: &str = include_str!("../../instruments/vardcentralschefer-2022.toml");
const MUNICIPALITIES: &str = include_str!("../../instruments/kommuner-2019.toml");

fn loaded(source: &str) -> Instrument {
    load(source).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
        panic!("the file has faults:\n{}", list.join("\n"))
    })
}

#[test]
fn both_files_load() {
    assert_eq!(loaded(CHIEFS).key, "vardcentralschefer-2022");
    assert_eq!(loaded(MUNICIPALITIES).key, "kommuner-2019");
}
