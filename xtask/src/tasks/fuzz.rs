//! `fuzz`: what reads text from outside, against whatever a machine can think of.

use std::{fs, path::Path};

use crate::{
    args::Selection,
    failure::Failure,
    house::House,
    steps::{self, Step},
    tools,
};

const TARGETS: [(&str, &str); 6] = [
    ("number", "numbers as typed"),
    ("condition", "the branching language"),
    ("instrument", "whole instrument files"),
    ("register", "register files, CSV and Excel"),
    ("cleaning", "rules for cleaning"),
    ("delivery_report", "mail that comes back"),
];

/// What `cargo fuzz` passes, without its nightly-only sanitizers: safe Rust has no use for them.
const COVERAGE: &str = "--cfg fuzzing \
    -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Each target for `seconds`.
pub fn fuzz(house: &House, selection: &Selection, seconds: u32) -> Result<(), Failure> {
    let names = TARGETS.map(|(name, _)| name);
    selection.check(&names)?;
    let mut steps = vec![
        Step::new("tools", "what building takes", || tools::for_fuzzing(house)),
        Step::new("build", "with coverage", || build(house)),
    ];
    for (name, about) in TARGETS {
        if selection.takes(name) {
            // Grown from run to run, outside the clone.
            let corpus = house.cache.join("fuzz/corpus").join(name);
            steps.push(Step::new(name, about, move || {
                one(house, name, seconds, &corpus)
            }));
        }
    }
    steps::perform(steps, &Selection::default())
}

/// Builds, and gives each target `seconds`, from the seeds alone: a corpus that grew from run to run would
/// make every run slower than the last.
pub fn briefly(house: &House, seconds: u32) -> Result<(), Failure> {
    build(house)?;
    for (name, _) in TARGETS {
        let corpus = house.target.join("fuzz/corpus").join(name);
        if corpus.exists() {
            fs::remove_dir_all(&corpus)
                .map_err(Failure::io(format!("remove {}", corpus.display())))?;
        }
        one(house, name, seconds, &corpus)?;
    }
    Ok(())
}

fn build(house: &House) -> Result<(), Failure> {
    let mut command = house.command("cargo");
    command
        .args(["build", "--release"])
        .args(["--manifest-path", "fuzz/Cargo.toml"])
        // Named, so that the flags stay away from build scripts.
        .args(["--target", &host(house)?])
        .env("CARGO_TARGET_DIR", house.target.join("fuzz"))
        .env("RUSTFLAGS", COVERAGE);
    steps::call(&mut command)
}

/// The triple that this machine's compiler builds for.
fn host(house: &House) -> Result<String, Failure> {
    steps::answer(house.command("rustc").arg("-vV"))
        .and_then(|about| {
            let host = about.lines().find_map(|line| line.strip_prefix("host: "))?;
            Some(host.to_owned())
        })
        .ok_or(Failure::MissingTool {
            tool: "rustc",
            remedy: "Install Rust from https://rustup.rs.",
        })
}

/// New inputs that reach further are written to `corpus`; the seeds are only read.
fn one(house: &House, name: &str, seconds: u32, corpus: &Path) -> Result<(), Failure> {
    let crashes = house.cache.join("fuzz/crashes").join(name);
    for folder in [corpus, &crashes] {
        fs::create_dir_all(folder).map_err(Failure::io(format!("make {}", folder.display())))?;
    }
    let binary = house
        .target
        .join("fuzz")
        .join(host(house)?)
        .join("release")
        .join(name);
    let mut command = house.command(&binary.to_string_lossy());
    command
        .arg(format!("-max_total_time={seconds}"))
        // Quiet until something is found: otherwise it tells of each of thousands of new inputs.
        .args(["-verbosity=0", "-print_final_stats=1"])
        .args(["-timeout=10", "-rss_limit_mb=1024"])
        .arg(format!("-artifact_prefix={}/", crashes.display()))
        .arg(corpus)
        .arg(house.root.join("fuzz/seeds").join(name));
    if name == "instrument" {
        command.arg(house.root.join("instruments"));
    }
    steps::call(&mut command)
}
