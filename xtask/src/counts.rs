//! How many tests passed and failed, read from what the test runners print.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    /// Ignored, skipped or never reached.
    pub left_out: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.left_out += other.left_out;
    }
}

impl Counts {
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Whose output is read.
#[derive(Clone, Copy, Debug)]
pub enum Runner {
    Cargo,
    Playwright,
}

impl Runner {
    /// The tests that one line of output accounts for; none for a line that is no summary.
    pub fn count(self, line: &str) -> Counts {
        let line = plain(line);
        match self {
            Self::Cargo => cargo(&line),
            Self::Playwright => playwright(&line),
        }
        .unwrap_or_default()
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn cargo(line: &str) -> Option<Counts> {
    let (_, figures) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = Counts::default();
    for figure in figures.split(';') {
        let mut words = figure.split_whitespace();
        match (
            words.next().and_then(|word| word.parse().ok()),
            words.next(),
        ) {
            (Some(number), Some("passed")) => counts.passed = number,
            (Some(number), Some("failed")) => counts.failed = number,
            (Some(number), Some("ignored")) => counts.left_out = number,
            _ => {}
        }
    }
    Some(counts)
}

/// The block at the end: `  12 passed (1.2m)`, `  1 failed`, `  2 flaky`, `  3 skipped`, `  4 did not run`.
/// A flaky test passed in the end, but a test that must be tried twice holds nothing: it counts as failed.
fn playwright(line: &str) -> Option<Counts> {
    let mut words = line.strip_prefix("  ")?.split_whitespace();
    let number = words.next()?.parse().ok()?;
    let outcome = words.next()?;
    let rest: Vec<&str> = words.collect();
    let mut counts = Counts::default();
    match (outcome, rest.as_slice()) {
        ("passed", [] | [_]) => counts.passed = number,
        ("failed" | "flaky" | "interrupted", []) => counts.failed = number,
        ("skipped", []) | ("did", ["not", "run"]) => counts.left_out = number,
        _ => return None,
    }
    Some(counts)
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.trim_end().chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            for coded in characters.by_ref() {
                if coded.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, left_out: u64) -> Counts {
        Counts {
            passed,
            failed,
            left_out,
        }
    }

    fn total(runner: Runner, output: &str) -> Counts {
        let mut total = Counts::default();
        for line in output.lines() {
            total += runner.count(line);
        }
        total
    }

    #[test]
    fn the_results_of_every_test_binary_are_added_up() {
        let output = "\
running 3 tests
test one ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.30s
error: test failed, to rerun pass `-p survey --lib`";
        assert_eq!(total(Runner::Cargo, output), counts(7, 2, 1));
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        let line = "test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Runner::Cargo.count(line), counts(2, 0, 0));
    }

    #[test]
    fn the_closing_block_of_playwright_is_read() {
        let output = "\
Running 21 tests using 1 worker
  ✓   1 respondent.spec.ts:3:5 › a chief submits (1.2s)
  1 failed
    respondent.spec.ts:9:5 › 2 passed the gate ─────
  1 flaky
  2 skipped
  3 did not run
  14 passed (1.2m)";
        assert_eq!(total(Runner::Playwright, output), counts(14, 2, 5));
    }

    #[test]
    fn talk_of_passing_is_not_a_result() {
        for line in [
            "12 passed",
            "  12 passed the whole afternoon",
            "  all passed",
            "    12 of 13 passed",
        ] {
            assert_eq!(Runner::Playwright.count(line), Counts::default(), "{line}");
        }
        assert_eq!(
            Runner::Cargo.count("the test result: ok. 3 passed; 0 failed"),
            Counts::default()
        );
    }
}
