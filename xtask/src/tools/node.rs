//! What npm brings: `wasm-opt` for the build, Playwright for the browser tests.

use std::fs;

use crate::{failure::Failure, house::House, steps};

/// The npm package that carries `wasm-opt`; its first number is what `wasm-opt --version` says.
pub const BINARYEN: &str = "132.0.0";

pub fn provide_wasm_opt(house: &House) -> Result<(), Failure> {
    let place = house.node_tools();
    let manifest = place.join("node_modules/binaryen/package.json");
    let there = fs::read_to_string(&manifest)
        .is_ok_and(|manifest| manifest.contains(&format!("\"version\": \"{BINARYEN}\"")));
    if there {
        return Ok(());
    }
    fs::create_dir_all(&place).map_err(Failure::io(format!("make {}", place.display())))?;
    println!("installing wasm-opt (npm binaryen {BINARYEN})");
    steps::call(
        house
            .command("npm")
            .args(["install", "--no-save", "--no-audit", "--no-fund"])
            .arg("--prefix")
            .arg(&place)
            .arg(format!("binaryen@{BINARYEN}")),
    )
}

/// Installs what `end2end/` is locked to, unless that very lock file is what is installed.
pub fn browser_tests(house: &House) -> Result<(), Failure> {
    let end2end = house.root.join("end2end");
    let path = end2end.join("package-lock.json");
    let lock = fs::read(&path).map_err(Failure::io(format!("read {}", path.display())))?;
    let installed = end2end.join("node_modules/.installed-lock");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    steps::call(
        house
            .command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--prefer-offline"])
            .current_dir(&end2end),
    )?;
    fs::write(&installed, lock).map_err(Failure::io(format!("write {}", installed.display())))
}
