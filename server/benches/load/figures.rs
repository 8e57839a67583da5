//! Figures, and what the system says of itself.

use std::fmt;
use std::fs;
use std::time::Duration;

pub struct Timings {
    pub at_once: usize,
    pub took: Vec<Duration>,
    pub lasted: Duration,
}

impl Timings {
    pub fn new(at_once: usize) -> Self {
        Self {
            at_once,
            took: Vec::new(),
            lasted: Duration::ZERO,
        }
    }
}

/// The end of a row of the table.
pub struct Line {
    at_once: usize,
    count: usize,
    per_second: f64,
    median: Duration,
    p99: Duration,
}

impl Line {
    pub const HEAD: &str = "\
| database | what | at once | requests | per second | median ms | p99 ms |
|---|---|---:|---:|---:|---:|---:|";

    pub fn of(timings: &Timings) -> Self {
        let mut took = timings.took.clone();
        took.sort_unstable();
        let at = |hundredths: usize| {
            let place = (took.len() * hundredths).div_ceil(100).saturating_sub(1);
            took.get(place).copied().unwrap_or_default()
        };
        let count = u32::try_from(took.len()).unwrap_or(u32::MAX);
        Self {
            at_once: timings.at_once,
            count: took.len(),
            per_second: f64::from(count) / timings.lasted.as_secs_f64(),
            median: at(50),
            p99: at(99),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(
            f,
            "| {} | {} | {:.0} | {:.2} | {:.2} |",
            self.at_once,
            self.count,
            self.per_second,
            millis(self.median),
            millis(self.p99)
        )
    }
}

/// The server after all of it.
#[derive(Default)]
pub struct Memory {
    now: f64,
    most: f64,
    acknowledged: usize,
    errors: usize,
    lost: usize,
}

impl Memory {
    pub const HEAD: &str = "\
| database | memory afterwards MiB | at most MiB | changes acknowledged | errors | lost |
|---|---:|---:|---:|---:|---:|";

    pub fn of(process: u32) -> Self {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let mebibytes = |name: &str| {
            status
                .lines()
                .find_map(|line| line.strip_prefix(name)?.split_whitespace().next())
                .and_then(|kibibytes| kibibytes.parse::<u32>().ok())
                .map_or(f64::NAN, |kibibytes| f64::from(kibibytes) / 1024.0)
        };
        Self {
            now: mebibytes("VmRSS:"),
            most: mebibytes("VmHWM:"),
            ..Self::default()
        }
    }

    pub fn after(self, acknowledged: usize, errors: usize, lost: usize) -> Self {
        Self {
            acknowledged,
            errors,
            lost,
            ..self
        }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "| {:.0} | {:.0} | {} | {} | {} |",
            self.now, self.most, self.acknowledged, self.errors, self.lost
        )
    }
}

/// Processor, cores, and how busy others kept them in the last minute.
pub fn machine() -> String {
    let read = |file| fs::read_to_string(file).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("?");
    format!("{model}, {cores} cores; load average before: {load}")
}

/// How many files this process may have open.
pub fn open_files() -> u64 {
    fs::read_to_string("/proc/self/limits")
        .unwrap_or_default()
        .lines()
        .find_map(|line| {
            line.strip_prefix("Max open files")?
                .split_whitespace()
                .next()
        })
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(u64::MAX)
}
