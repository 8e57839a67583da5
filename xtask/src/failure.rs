//! Why a task ended early.

use std::{fmt, io, path::PathBuf, process::ExitStatus};

use crate::args::UsageFault;

#[derive(Debug)]
pub enum Failure {
    Usage(UsageFault),
    /// Neither `$HOME` nor anything else tells where to keep tools.
    NoCache,
    /// Started outside the clone.
    NoClone,
    Io {
        doing: String,
        source: io::Error,
    },
    /// A program could not be started at all.
    NotStarted {
        program: String,
        source: io::Error,
    },
    Ended {
        command: String,
        status: ExitStatus,
    },
    /// Debian packages that xtask may not, or cannot, install.
    MissingPackages(Vec<&'static str>),
    MissingTool {
        tool: &'static str,
        remedy: &'static str,
    },
    /// `Cargo.lock` names no such crate.
    NotLocked {
        krate: &'static str,
    },
    /// Built by another step that has not been run.
    NotBuilt {
        file: PathBuf,
        step: &'static str,
    },
    /// Trunk ended well but did not write what the server needs.
    NoBundle {
        dist: PathBuf,
    },
    /// A step failed, which its summary has told.
    Stopped,
}

impl Failure {
    pub fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        |source| Self::Io { doing, source }
    }
}

impl From<UsageFault> for Failure {
    fn from(fault: UsageFault) -> Self {
        Self::Usage(fault)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(fault) => fault.fmt(f),
            Self::NoCache => {
                f.write_str("set VARDENKAT_CACHE to a directory to keep tools in; HOME is not set")
            }
            Self::NoClone => f.write_str("start `cargo xtask` from within the clone"),
            Self::Io { doing, source } => write!(f, "could not {doing}: {source}"),
            Self::NotStarted { program, source } => {
                write!(f, "could not start {program}: {source}")
            }
            Self::Ended { command, status } => write!(f, "`{command}` ended with {status}"),
            Self::MissingPackages(packages) => {
                let packages = packages.join(" ");
                write!(
                    f,
                    "missing on this machine: {packages}\n\
                     On Debian or Ubuntu: sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}\n\
                     Elsewhere: install what corresponds, so that its programs are found on PATH."
                )
            }
            Self::MissingTool { tool, remedy } => write!(f, "{tool} is missing. {remedy}"),
            Self::NotLocked { krate } => {
                write!(
                    f,
                    "Cargo.lock does not name {krate}, so its version is not known; run `cargo check` once"
                )
            }
            Self::NotBuilt { file, step } => write!(
                f,
                "{} is not there; run `cargo xtask test --only {step}` first, or leave out --only",
                file.display()
            ),
            Self::NoBundle { dist } => write!(
                f,
                "Trunk left no app-<hash>.js and app-<hash>_bg.wasm in {}",
                dist.display()
            ),
            Self::Stopped => f.write_str("a step failed"),
        }
    }
}
