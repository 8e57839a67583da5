//! What npm brings: `wasm-opt` for the build, Playwright for the browser tests.

use std::fs;

use crate::{failure::Failure, house::House, steps};

/// The npm package that carries `wasm-opt`; its first number is what `wasm-opt --version` says.
pub const BINARYEN: &str = "132.0.0";

/// What Playwright and `wasm-opt` are written for.
const OLDEST_NODE: u32 = 18;

/// Distributions of some age carry a Node.js that npm accepts, but that what it installs does not run on.
pub fn check_age(house: &House) -> Result<(), Failure> {
    let version = steps::answer(house.command("node").arg("--version"));
    match version.as_deref().and_then(major) {
        Some(major) if major < OLDEST_NODE => Err(Failure::MissingTool {
            tool: "Node.js 18 or newer",
            remedy: "The one on PATH is older; Debian 12, Ubuntu 24.04 and https://nodejs.org have newer ones.",
        }),
        _ => Ok(()),
    }
}

/// `v18.20.4`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_what_node_says_is_its_age() {
        assert_eq!(major("v18.20.4"), Some(18));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("18.20.4"), None);
    }
}
