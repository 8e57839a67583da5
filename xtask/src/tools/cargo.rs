//! What rustup and cargo bring: the WASM target, Trunk, and the `wasm-bindgen` that fits our `Cargo.lock`.

use std::{fs, path::Path};

use crate::{failure::Failure, house::House, steps};

/// The newest that Rust 1.95 compiles.
pub const TRUNK: &str = "0.21.14";

pub fn provide(house: &House) -> Result<(), Failure> {
    wasm_target(house)?;
    component(house, "fmt", "rustfmt")?;
    component(house, "clippy", "clippy")?;
    // Without its default features: it fetches nothing here, and TLS is much of what it would compile.
    let trunk = ["--locked", "--no-default-features"];
    install(house, "trunk", "trunk", TRUNK, &trunk)?;
    // The lock file shipped with wasm-bindgen-cli does not build: its dependencies are resolved anew.
    let bindgen = locked_version(house, "wasm-bindgen")?;
    install(house, "wasm-bindgen-cli", "wasm-bindgen", &bindgen, &[])
}

/// The version of `krate` that `Cargo.lock` holds.
pub fn locked_version(house: &House, krate: &'static str) -> Result<String, Failure> {
    let path = house.root.join("Cargo.lock");
    let lock =
        fs::read_to_string(&path).map_err(Failure::io(format!("read {}", path.display())))?;
    version_in(&lock, krate).ok_or(Failure::NotLocked { krate })
}

fn version_in(lock: &str, krate: &str) -> Option<String> {
    let name = format!("name = \"{krate}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?;
    let version = version.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

fn wasm_target(house: &House) -> Result<(), Failure> {
    let sysroot = steps::answer(house.command("rustc").args(["--print", "sysroot"]));
    let there = sysroot.is_some_and(|sysroot| {
        Path::new(&sysroot)
            .join("lib/rustlib/wasm32-unknown-unknown/lib")
            .is_dir()
    });
    if there {
        return Ok(());
    }
    rustup(house, &["target", "add", "wasm32-unknown-unknown"])
}

fn component(house: &House, subcommand: &str, component: &str) -> Result<(), Failure> {
    let there = steps::answer(house.command("cargo").args([subcommand, "--version"])).is_some();
    if there {
        return Ok(());
    }
    rustup(house, &["component", "add", component])
}

fn rustup(house: &House, args: &[&str]) -> Result<(), Failure> {
    if house.which("rustup").is_none() {
        return Err(Failure::MissingTool {
            tool: "rustup",
            remedy: "Install Rust from https://rustup.rs; the WASM target, rustfmt and clippy come through it.",
        });
    }
    steps::call(house.command("rustup").args(args))
}

fn install(
    house: &House,
    package: &str,
    program: &str,
    version: &str,
    flags: &[&str],
) -> Result<(), Failure> {
    let found = steps::answer(house.command(program).arg("--version"));
    if found.is_some_and(|found| says_version(&found, version)) {
        return Ok(());
    }
    println!("installing {package} {version}; this takes some minutes, once");
    let build = house.cache.join("tool-build");
    let mut command = house.command("cargo");
    command
        .args(["install", package, "--version", version, "--force"])
        .args(flags)
        .arg("--root")
        .arg(house.tools())
        .env("CARGO_TARGET_DIR", &build)
        // Trunk ships with link-time optimisation of everything, which costs minutes here and saves no one a second.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        // From the root, our own `.cargo/config.toml` and lock file would have a say.
        .current_dir(&house.cache);
    steps::call(&mut command)?;
    // Kept until the end so that an interrupted install goes on where it stopped.
    fs::remove_dir_all(&build).map_err(Failure::io(format!("remove {}", build.display())))
}

/// `trunk 0.21.14`, `wasm-bindgen 0.2.130 (abcdef)`.
fn says_version(text: &str, version: &str) -> bool {
    text.split_whitespace().nth(1) == Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"
"#;

    #[test]
    fn the_version_of_exactly_that_crate_is_read_from_the_lock_file() {
        assert_eq!(version_in(LOCK, "wasm-bindgen"), Some("0.2.130".to_owned()));
        assert_eq!(
            version_in(LOCK, "wasm-bindgen-futures"),
            Some("0.4.80".to_owned())
        );
        assert_eq!(version_in(LOCK, "wasm"), None);
    }

    #[test]
    fn another_version_of_a_tool_does_not_do() {
        assert!(says_version("trunk 0.21.14", "0.21.14"));
        assert!(says_version("wasm-bindgen 0.2.130 (0a1b2c)", "0.2.130"));
        assert!(!says_version("trunk 0.21.1", "0.21.14"));
        assert!(!says_version("trunk", "0.21.14"));
    }
}
