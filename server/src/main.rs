//! `vardenkat`: the whole product in one file.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    server::command::Command::parse().run()
}
