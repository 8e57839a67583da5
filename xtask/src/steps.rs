//! Steps performed one after another, with their names, their live output and the time they took.

use std::{
    ffi::OsStr,
    io::{self, BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    args::Selection,
    counts::{Counts, Runner},
    failure::Failure,
};

type Action<'a> = Box<dyn FnOnce(&mut Counts) -> Result<(), Failure> + 'a>;

pub struct Step<'a> {
    pub name: &'static str,
    /// What is being done, for whoever waits.
    about: &'static str,
    action: Action<'a>,
}

struct Outcome {
    name: &'static str,
    passed: bool,
    took: Duration,
    counts: Counts,
}

impl<'a> Step<'a> {
    pub fn new(
        name: &'static str,
        about: &'static str,
        action: impl FnOnce() -> Result<(), Failure> + 'a,
    ) -> Self {
        Self::counted(name, about, |_| action())
    }

    /// A step that runs tests and adds them to the counts.
    pub fn counted(
        name: &'static str,
        about: &'static str,
        action: impl FnOnce(&mut Counts) -> Result<(), Failure> + 'a,
    ) -> Self {
        Self {
            name,
            about,
            action: Box::new(action),
        }
    }
}

/// Performs what `selection` takes of `steps`, up to the first that fails.
pub fn perform(steps: Vec<Step<'_>>, selection: &Selection) -> Result<(), Failure> {
    perform_all(select(steps, selection)?).1
}

/// The same, with a summary whose last line is `N passed, N failed`.
pub fn perform_and_count(steps: Vec<Step<'_>>, selection: &Selection) -> Result<(), Failure> {
    let (outcomes, result) = perform_all(select(steps, selection)?);
    if let Err(failure) = &result {
        println!("\n{failure}");
    }
    println!("\n{}", summary(&outcomes));
    result.map_err(|_| Failure::Stopped)
}

fn select<'a>(steps: Vec<Step<'a>>, selection: &Selection) -> Result<Vec<Step<'a>>, Failure> {
    let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
    selection.check(&names)?;
    Ok(steps
        .into_iter()
        .filter(|step| selection.takes(step.name))
        .collect())
}

fn perform_all(steps: Vec<Step<'_>>) -> (Vec<Outcome>, Result<(), Failure>) {
    let total = steps.len();
    let mut outcomes = Vec::new();
    for (index, step) in steps.into_iter().enumerate() {
        println!("\n[{}/{total}] {}: {}", index + 1, step.name, step.about);
        let started = Instant::now();
        let mut counts = Counts::default();
        let result = (step.action)(&mut counts);
        let took = started.elapsed();
        let passed = result.is_ok();
        let word = if passed { "done" } else { "failed" };
        println!(
            "[{}/{total}] {} {word} in {}",
            index + 1,
            step.name,
            spoken(took)
        );
        outcomes.push(Outcome {
            name: step.name,
            passed,
            took,
            counts,
        });
        if result.is_err() {
            return (outcomes, result);
        }
    }
    (outcomes, Ok(()))
}

fn summary(outcomes: &[Outcome]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let mut total = Counts::default();
    for outcome in outcomes {
        let word = if outcome.passed { "passed" } else { "FAILED" };
        let name = outcome.name;
        // Writing to a string cannot fail.
        let _ = write!(text, "{name:<16} {word}  {:>10}", spoken(outcome.took));
        if !outcome.counts.is_empty() {
            let Counts {
                passed,
                failed,
                left_out,
            } = outcome.counts;
            let _ = write!(
                text,
                "   {passed} passed, {failed} failed, {left_out} left out"
            );
        }
        text.push('\n');
        total += outcome.counts;
    }
    // A step that fell over before its runner could count is still a failure in the closing line.
    let uncounted = outcomes
        .iter()
        .any(|outcome| !outcome.passed && outcome.counts.failed == 0);
    let failed = total.failed + u64::from(uncounted);
    let _ = write!(text, "\n{} passed, {failed} failed", total.passed);
    text
}

fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Runs `command` to its end, its output shown as it comes.
pub fn call(command: &mut Command) -> Result<(), Failure> {
    println!("$ {}", line_of(command));
    let child = start(command)?;
    ended(command, child)
}

/// Runs `command` without saying so.
pub fn call_quietly(command: &mut Command) -> Result<(), Failure> {
    let child = start(command)?;
    ended(command, child)
}

/// The same, while adding the tests that it reports to `counts`.
pub fn call_counting(
    command: &mut Command,
    runner: Runner,
    counts: &mut Counts,
) -> Result<(), Failure> {
    println!("$ {}", line_of(command));
    let mut child = start(command.stdout(Stdio::piped()))?;
    if let Some(output) = child.stdout.take() {
        show(output, io::stdout(), |line| *counts += runner.count(line))
            .map_err(Failure::io(format!("read what {} says", line_of(command))))?;
    }
    ended(command, child)
}

/// What `command` prints on its standard output, or `None` where it is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn start(command: &mut Command) -> Result<Child, Failure> {
    command
        .stdin(Stdio::null())
        .spawn()
        .map_err(|source| Failure::NotStarted {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })
}

fn ended(command: &Command, mut child: Child) -> Result<(), Failure> {
    let line = line_of(command);
    let status = child
        .wait()
        .map_err(Failure::io(format!("wait for {line}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Ended {
            command: line,
            status,
        })
    }
}

/// Copies `output` to `screen` line by line, each as soon as it is whole.
fn show(
    output: impl io::Read,
    mut screen: impl Write,
    mut each: impl FnMut(&str),
) -> io::Result<()> {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        screen.write_all(&line)?;
        screen.flush()?;
        each(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(())
}

fn line_of(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(name: &'static str, passed: bool, counts: (u64, u64)) -> Outcome {
        Outcome {
            name,
            passed,
            took: Duration::from_millis(1500),
            counts: Counts {
                passed: counts.0,
                failed: counts.1,
                left_out: 0,
            },
        }
    }

    fn closing(outcomes: &[Outcome]) -> String {
        summary(outcomes)
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn the_last_line_adds_up_the_tests_of_every_step() {
        let outcomes = [
            outcome("format", true, (0, 0)),
            outcome("rust-tests", true, (40, 0)),
            outcome("browser-tests", false, (7, 2)),
        ];
        assert_eq!(closing(&outcomes), "47 passed, 2 failed");
    }

    #[test]
    fn a_step_that_fails_without_a_test_is_a_failure_too() {
        assert_eq!(
            closing(&[outcome("clippy", false, (0, 0))]),
            "0 passed, 1 failed"
        );
    }

    #[test]
    fn steps_stop_at_the_first_failure() {
        let steps = vec![
            Step::new("first", "", || Ok(())),
            Step::new("second", "", || Err(Failure::NoClone)),
            Step::new("third", "", || Ok(())),
        ];
        let (outcomes, result) = perform_all(steps);
        assert!(result.is_err());
        let names: Vec<_> = outcomes.iter().map(|outcome| outcome.name).collect();
        assert_eq!(names, ["first", "second"]);
    }

    #[test]
    fn what_a_runner_says_is_both_shown_and_counted() {
        let output = "  3 passed (1s)\n\u{e5}\n  1 failed";
        let mut counts = Counts::default();
        let mut screen = Vec::new();
        show(output.as_bytes(), &mut screen, |line| {
            counts += Runner::Playwright.count(line);
        })
        .unwrap();
        assert_eq!(screen, output.as_bytes());
        assert_eq!((counts.passed, counts.failed), (3, 1));
    }

    #[test]
    fn output_that_is_no_text_is_passed_on_untouched() {
        let mut screen = Vec::new();
        show(&b"\xff\xfe\n"[..], &mut screen, |_| {}).unwrap();
        assert_eq!(screen, b"\xff\xfe\n");
    }

    #[test]
    fn times_are_told_in_seconds_then_in_minutes() {
        assert_eq!(spoken(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(83)), "1 min 23 s");
        assert_eq!(spoken(Duration::from_secs(3605)), "60 min 05 s");
    }
}
