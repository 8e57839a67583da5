//! `run` and `build`: the server, for trying and for shipping.

use std::process::Command;

use crate::{
    args::Selection,
    failure::Failure,
    house::House,
    steps::{self, Step},
    tools, wasm,
};

/// Builds, fills the demo and serves it. `rest` goes to `vardenkat demo`.
pub fn run(house: &House, rest: &[String]) -> Result<(), Failure> {
    let steps = vec![
        tools_step(house),
        wasm_step(house),
        server_step(house, "dev"),
    ];
    steps::perform(steps, &Selection::default())?;

    let mut demo = house.command(&house.server("debug").to_string_lossy());
    demo.arg("demo");
    let places_itself = rest
        .iter()
        .any(|arg| arg == "--data" || arg.starts_with("--data="));
    if !places_itself {
        demo.arg("--data").arg(house.root.join("data"));
    }
    demo.args(rest);
    println!();
    become_it(&mut demo)
}

/// The release binary; its path is the last line.
pub fn build(house: &House) -> Result<(), Failure> {
    let steps = vec![
        tools_step(house),
        wasm_step(house),
        server_step(house, "release"),
    ];
    steps::perform(steps, &Selection::default())?;
    println!("\n{}", house.server("release").display());
    Ok(())
}

pub fn tools_step(house: &House) -> Step<'_> {
    Step::new("tools", "what building takes", || {
        tools::for_building(house)
    })
}

pub fn wasm_step(house: &House) -> Step<'_> {
    Step::new("wasm", "the browser's part, into dist/", || {
        wasm::build(house)
    })
}

/// Comes after [`wasm_step`]: the server carries what stands in `dist/`.
pub fn server_step<'a>(house: &'a House, profile: &'static str) -> Step<'a> {
    Step::new("server", "the binary", move || {
        steps::call(house.command("cargo").args([
            "build",
            "--locked",
            "--package",
            "server",
            "--profile",
            profile,
        ]))
    })
}

/// Signals and the exit code are then the server's own, and the build lock is let go.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let source = command.exec();
    Err(Failure::NotStarted {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<(), Failure> {
    steps::call(command)
}
