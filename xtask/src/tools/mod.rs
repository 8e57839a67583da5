//! What must be on the machine before anything is built, and how it gets there.

mod cargo;
mod debian;
mod node;

pub use cargo::{TRUNK, locked_version};
pub use node::{BINARYEN, browser_tests};

use crate::{failure::Failure, house::House};

/// What turning the workspace into a server takes.
pub fn for_building(house: &House) -> Result<(), Failure> {
    debian::provide(house, &[debian::NODE, debian::NPM])?;
    node::check_age(house)?;
    cargo::provide(house)?;
    node::provide_wasm_opt(house)
}

/// What the tests take besides: a browser, a database server and a compiler for the fuzzer's engine.
pub fn for_testing(house: &House) -> Result<(), Failure> {
    debian::provide(
        house,
        &[
            debian::NODE,
            debian::NPM,
            debian::CHROMIUM,
            debian::POSTGRESQL,
            debian::CXX,
        ],
    )?;
    for_building(house)
}

/// What the figures take besides: a browser and a database server.
pub fn for_measuring(house: &House) -> Result<(), Failure> {
    debian::provide(
        house,
        &[
            debian::NODE,
            debian::NPM,
            debian::CHROMIUM,
            debian::POSTGRESQL,
        ],
    )?;
    for_building(house)
}

pub fn for_fuzzing(house: &House) -> Result<(), Failure> {
    debian::provide(house, &[debian::CXX])
}

/// The browser that the tests drive, whatever the distribution calls it.
pub fn chromium(house: &House) -> Option<std::path::PathBuf> {
    debian::CHROMIUM
        .programs
        .iter()
        .find_map(|program| house.which(program))
}
