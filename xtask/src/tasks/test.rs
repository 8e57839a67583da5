//! `test`: everything that must hold before a change is taken in.

use crate::{
    args::Selection,
    counts::Runner,
    failure::Failure,
    house::House,
    steps::{self, Step},
    tools,
};

use super::{
    fuzz,
    run::{server_step, wasm_step},
};

/// Long enough to reach past the seeds, short enough to wait for.
const FUZZ_SECONDS: u32 = 8;

pub fn test(house: &House, selection: &Selection) -> Result<(), Failure> {
    steps::perform_and_count(plan(house), selection)
}

fn plan(house: &House) -> Vec<Step<'_>> {
    let cargo =
        |args: &'static [&'static str]| move || steps::call(house.command("cargo").args(args));
    vec![
        Step::new("tools", "what building and testing take", || {
            tools::for_testing(house)
        }),
        Step::new("format", "rustfmt", || {
            steps::call(house.command("cargo").args(["fmt", "--all", "--check"]))?;
            steps::call(house.command("cargo").args([
                "fmt",
                "--manifest-path",
                "fuzz/Cargo.toml",
                "--check",
            ]))
        }),
        // Before everything that compiles the server, which carries dist/.
        wasm_step(house),
        Step::new(
            "clippy",
            "every crate, warnings denied",
            cargo(&[
                "clippy",
                "--locked",
                "--workspace",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ]),
        ),
        Step::new(
            "clippy-wasm",
            "the browser's part, warnings denied",
            cargo(&[
                "clippy",
                "--locked",
                "--package",
                "app",
                "--lib",
                "--target",
                "wasm32-unknown-unknown",
                "--features",
                "hydrate",
                "--",
                "--deny",
                "warnings",
            ]),
        ),
        Step::counted(
            "rust-tests",
            "every crate; storage on SQLite and on PostgreSQL",
            move |counts| {
                let mut command = house.command("cargo");
                command.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
                steps::call_counting(&mut command, Runner::Cargo, counts)
            },
        ),
        server_step(house, "dev"),
        Step::counted("browser-tests", "Playwright", move |counts| {
            tools::browser_tests(house)?;
            let binary = house.server("debug");
            if !binary.is_file() {
                return Err(Failure::NotBuilt {
                    file: binary,
                    step: "server",
                });
            }
            let end2end = house.root.join("end2end");
            let playwright = end2end.join("node_modules/.bin/playwright");
            let mut command = house.command(&playwright.to_string_lossy());
            command
                .args(["test", "--reporter=list"])
                .current_dir(end2end)
                .env("VARDENKAT_BIN", binary);
            if let Some(chromium) = tools::chromium(house) {
                command.env("CHROMIUM", chromium);
            }
            steps::call_counting(&mut command, Runner::Playwright, counts)
        }),
        Step::new("fuzz", "hostile input, for a moment", move || {
            fuzz::briefly(house, FUZZ_SECONDS)
        }),
    ]
}
