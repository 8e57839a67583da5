//! What was asked for on the command line.

use std::fmt;

pub const HELP: &str = "\
cargo xtask run [ARGS…]     build everything, fill the demo and serve it; ARGS go to `vardenkat demo`
cargo xtask test            formatting, clippy, Rust tests on both databases, browser tests, a little fuzzing
cargo xtask build           the release binary, one file that carries everything
cargo xtask bench           the figures in docs/benchmarks.md
cargo xtask fuzz            the parsers against hostile input [--seconds N, for each; 60 where not given]

test, bench and fuzz take --only NAME and --skip NAME, several times if need be.

Missing tools are installed into a cache outside the clone: $VARDENKAT_CACHE, else
$XDG_CACHE_HOME/vardenkat, else ~/.cache/vardenkat. Build output goes to $VARDENKAT_TARGET, else
$CARGO_TARGET_DIR, else target/ in that cache.";

#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    Run { rest: Vec<String> },
    Build,
    Test(Selection),
    Bench(Selection),
    Fuzz { selection: Selection, seconds: u32 },
    Help,
}

/// Which of a task's steps to perform: all, unless some are named.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Selection {
    pub only: Vec<String>,
    pub skip: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum UsageFault {
    UnknownTask(String),
    UnknownFlag { task: String, flag: String },
    NoValue { flag: &'static str },
    NotSeconds(String),
    UnknownStep { name: String, known: Vec<String> },
}

impl fmt::Display for UsageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownTask(task) => write!(f, "there is no `cargo xtask {task}`\n\n{HELP}"),
            Self::UnknownFlag { task, flag } => {
                write!(f, "`cargo xtask {task}` does not know `{flag}`\n\n{HELP}")
            }
            Self::NoValue { flag } => write!(f, "`{flag}` needs a value after it"),
            Self::NotSeconds(text) => {
                write!(
                    f,
                    "`--seconds {text}` is not a whole number of seconds from 1 up"
                )
            }
            Self::UnknownStep { name, known } => {
                write!(
                    f,
                    "no step is called `{name}`; there are {}",
                    known.join(", ")
                )
            }
        }
    }
}

impl Selection {
    pub fn takes(&self, name: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|other| other == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }

    /// A misspelt name would otherwise quietly select nothing, or skip nothing.
    pub fn check(&self, known: &[&str]) -> Result<(), UsageFault> {
        match self
            .only
            .iter()
            .chain(&self.skip)
            .find(|name| !known.contains(&name.as_str()))
        {
            None => Ok(()),
            Some(name) => Err(UsageFault::UnknownStep {
                name: name.clone(),
                known: known.iter().map(|&name| name.to_owned()).collect(),
            }),
        }
    }
}

pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Task, UsageFault> {
    let Some(task) = args.next() else {
        return Ok(Task::Help);
    };
    match task.as_str() {
        "run" => Ok(Task::Run {
            rest: args.collect(),
        }),
        "build" => match args.next() {
            None => Ok(Task::Build),
            Some(flag) => Err(UsageFault::UnknownFlag { task, flag }),
        },
        "test" => Ok(Task::Test(flags(&task, args, &mut None)?)),
        "bench" => Ok(Task::Bench(flags(&task, args, &mut None)?)),
        "fuzz" => {
            let mut seconds = Some(60);
            let selection = flags(&task, args, &mut seconds)?;
            Ok(Task::Fuzz {
                selection,
                seconds: seconds.unwrap_or(60),
            })
        }
        "help" | "--help" | "-h" => Ok(Task::Help),
        _ => Err(UsageFault::UnknownTask(task)),
    }
}

/// Reads the flags of a task. `seconds` is `None` for a task that takes no `--seconds`.
fn flags(
    task: &str,
    mut args: impl Iterator<Item = String>,
    seconds: &mut Option<u32>,
) -> Result<Selection, UsageFault> {
    let mut selection = Selection::default();
    while let Some(arg) = args.next() {
        let (flag, mut attached) = match arg.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (arg, None),
        };
        let mut value = |flag| {
            attached
                .take()
                .or_else(|| args.next())
                .ok_or(UsageFault::NoValue { flag })
        };
        match (flag.as_str(), &mut *seconds) {
            ("--only", _) => selection.only.push(value("--only")?),
            ("--skip", _) => selection.skip.push(value("--skip")?),
            ("--seconds", Some(seconds)) => {
                let text = value("--seconds")?;
                *seconds = match text.parse() {
                    Ok(whole) if whole > 0 => whole,
                    _ => return Err(UsageFault::NotSeconds(text)),
                };
            }
            _ => {
                return Err(UsageFault::UnknownFlag {
                    task: task.to_owned(),
                    flag,
                });
            }
        }
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, UsageFault> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn nothing_asked_for_is_a_call_for_help() {
        assert_eq!(parsed(""), Ok(Task::Help));
        assert_eq!(parsed("--help"), Ok(Task::Help));
    }

    #[test]
    fn what_follows_run_is_left_to_the_demo() {
        assert_eq!(
            parsed("run --data /srv/demo --only x"),
            Ok(Task::Run {
                rest: names(&["--data", "/srv/demo", "--only", "x"])
            })
        );
    }

    #[test]
    fn steps_can_be_named_several_times_and_with_an_equals_sign() {
        assert_eq!(
            parsed("test --only format --only=clippy --skip fuzz"),
            Ok(Task::Test(Selection {
                only: names(&["format", "clippy"]),
                skip: names(&["fuzz"]),
            }))
        );
    }

    #[test]
    fn fuzzing_takes_a_minute_unless_told_otherwise() {
        let fuzz = |seconds| Task::Fuzz {
            selection: Selection::default(),
            seconds,
        };
        assert_eq!(parsed("fuzz"), Ok(fuzz(60)));
        assert_eq!(parsed("fuzz --seconds 5"), Ok(fuzz(5)));
    }

    #[test]
    fn seconds_that_are_no_time_are_refused() {
        for text in ["0", "-1", "1.5", "soon"] {
            assert_eq!(
                parsed(&format!("fuzz --seconds {text}")),
                Err(UsageFault::NotSeconds(text.to_owned()))
            );
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        assert_eq!(
            parsed("tset"),
            Err(UsageFault::UnknownTask("tset".to_owned()))
        );
        assert_eq!(
            parsed("build --fast"),
            Err(UsageFault::UnknownFlag {
                task: "build".to_owned(),
                flag: "--fast".to_owned()
            })
        );
        assert_eq!(
            parsed("test --seconds 5"),
            Err(UsageFault::UnknownFlag {
                task: "test".to_owned(),
                flag: "--seconds".to_owned()
            })
        );
    }

    #[test]
    fn a_flag_without_its_value_is_refused() {
        assert_eq!(
            parsed("test --only"),
            Err(UsageFault::NoValue { flag: "--only" })
        );
    }

    #[test]
    fn a_selection_takes_what_is_named_and_leaves_what_is_skipped() {
        let all = Selection::default();
        let some = Selection {
            only: names(&["format", "clippy"]),
            skip: names(&["clippy"]),
        };
        assert!(all.takes("format"));
        assert!(some.takes("format"));
        assert!(!some.takes("clippy"));
        assert!(!some.takes("wasm"));
    }

    #[test]
    fn a_misspelt_step_is_refused_with_the_names_there_are() {
        let selection = Selection {
            only: names(&["formt"]),
            skip: Vec::new(),
        };
        assert_eq!(
            selection.check(&["format", "clippy"]),
            Err(UsageFault::UnknownStep {
                name: "formt".to_owned(),
                known: names(&["format", "clippy"]),
            })
        );
    }
}
