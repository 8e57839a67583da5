//! Everything a developer does, in one command each. `cargo xtask help` lists them.

mod args;
mod counts;
mod failure;
mod house;
mod steps;
mod tasks;
mod tools;
mod wasm;

use std::process::ExitCode;

use args::Task;
use failure::Failure;
use house::House;

fn main() -> ExitCode {
    match perform() {
        Ok(()) => ExitCode::SUCCESS,
        // All said already, and the summary's last line must stay the last.
        Err(Failure::Stopped) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform() -> Result<(), Failure> {
    let task = args::parse(std::env::args().skip(1))?;
    if matches!(task, Task::Help) {
        println!("{}", args::HELP);
        return Ok(());
    }
    let house = House::find()?;
    let _alone = house.enter()?;
    match task {
        Task::Run { rest } => tasks::run(&house, &rest),
        Task::Build => tasks::build(&house),
        Task::Test(selection) => tasks::test(&house, &selection),
        Task::Bench(selection) => tasks::bench(&house, &selection),
        Task::Fuzz { selection, seconds } => tasks::fuzz(&house, &selection, seconds),
        Task::Help => Ok(()),
    }
}
